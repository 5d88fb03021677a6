"""Whether a number that stands alone counts people: millions of us, the two met, 40 who fled."""

from __future__ import annotations

from transforms.event_words import counted_categories, event_words, patients
from transforms.events.en.harm import PERSONAL, undergoes
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, words

_NAMES = ("PERSON", "ORG", "GPE", "NORP", "LOC")
#: As far back as two are looked for that "the two" may be.
_REACH = 60


def are_people(tree: Tree, number: int) -> bool:
    """Whether a bare number is said to count people."""
    return (
        in_body(tree, number)
        or _of_people(tree, number)
        or (_does_as_people(tree, number) and _named(tree, number) != ["GPE", "GPE"])
        or (_is_known(tree, number) and _named(tree, number)[:1] == ["PERSON"])
    )


def in_body(tree: Tree, token: int) -> bool:
    """Whether a bare number is that of a body of people: a team of eight."""
    of = tree.head[token]
    if tree.dep[token] != "pobj" or tree.lower[of] != "of":
        return False
    body = tree.lemma[tree.head[of]]
    return body in words("events.body") or counted_categories().get(body) in PERSONAL


def _of_people(tree: Tree, number: int) -> bool:
    """Thousands of us; 40 who had fled."""
    for child in tree.children[number]:
        if tree.lower[child] == "of":
            inner = tree.child(child, "pobj")
            if inner is not None and tree.lower[inner] in ("us", "you", "whom"):
                return True
        if tree.dep[child] == "relcl" and child > number:
            told = tree.child(child, *SUBJECTS, "dobj")
            if told is not None and tree.lower[told] in ("who", "whom"):
                return True
    return False


def _does_as_people(tree: Tree, number: int) -> bool:
    """Whether a number is the subject of what people alone do, or of what is done to them."""
    verb = tree.head[number]
    if tree.dep[number] not in SUBJECTS or not tree.is_verb(verb):
        return False
    lemma = tree.lemma[verb]
    told = event_words("verb").get(lemma)
    suffers = told is not None and (undergoes(tree, verb) or told.of_subject)
    kinds = patients(told.event_type) if told is not None else frozenset()
    if suffers and "people" in kinds and len(kinds) <= 2:
        return True
    says = lemma in reporting("verb", "claim") and not undergoes(tree, verb)
    return says or lemma in words("events.of_people")


def _is_known(tree: Tree, number: int) -> bool:
    """The two, the three."""
    return tree.dep[number] in SUBJECTS and any(
        tree.lower[c] == "the" for c in tree.children[number] if c < number
    )


def _named(tree: Tree, number: int) -> list[str]:
    """The kinds of the last two that were named before a number, the nearest first."""
    found: list[str] = []
    for i in range(number - 1, max(0, number - _REACH) - 1, -1):
        begins = i == 0 or tree.ent[i - 1] != tree.ent[i]
        if tree.ent[i] in _NAMES and begins:
            found.append(tree.ent[i])
            if len(found) == 2:
                break
    return found
