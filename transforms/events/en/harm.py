"""The words that say what happened to people: states and nouns of harm, verbs alone and together.

Here too is what the readers of categories ask of a word: whether a verb is done to its subject, and
whether a noun is a quantifier.
"""

from __future__ import annotations

from functools import cache

from transforms.event_words import event_categories, event_words, event_words_for
from transforms.events.tree import SUBJECTS, Tree
from transforms.reference import reference
from transforms.words import words
from warehouse.tables import HARMED, PEOPLE

#: Categories of people, whether or not something happened to them.
PERSONAL = frozenset(PEOPLE)
#: Categories of people to whom something happened: a noun that says so is not overruled but by
#: what is worse (hostages who were killed).
OVERRULING = HARMED - {"displaced"}


def with_harm(tree: Tree, prep: int) -> str | None:
    """Seven passengers with injuries, 12 with burns."""
    inner = tree.child(prep, "pobj") if tree.lower[prep] == "with" else None
    if inner is None:
        return None
    return "wounded" if tree.lemma[inner] in event_words_for("noun", "harm") else None


def of_state(tree: Tree, word: int) -> str | None:
    """The dead, the injured."""
    if not any(tree.lower[c] == "the" for c in tree.children[word]):
        return None
    return event_categories("adjective").get(tree.lower[word])


def undergoes(tree: Tree, verb: int) -> bool:
    """Whether a form of a verb says what was done to somebody: a participle with no "have", or what
    was taken for the past tense behind a verb of resulting (left 12 wounded)."""
    seen = tree.tag[verb] == "VBD" and tree.dep[verb] == "ccomp" and tree.head[verb] < verb
    if seen and tree.lemma[tree.head[verb]] in words("figures.resulting"):
        return not any(tree.dep[c] in ("dobj", "ccomp", "xcomp") for c in tree.children[verb])
    return tree.tag[verb] == "VBN" and not any(
        tree.lemma[c] == "have" and tree.dep[c] == "aux" and not _has_be(tree, verb)
        for c in tree.children[verb]
    )


def _has_be(tree: Tree, verb: int) -> bool:
    return any(tree.dep[c] in ("auxpass", "nsubjpass") for c in tree.children[verb])


def of_subject(lemma: str) -> bool:
    """Whether a verb tells what happens to its subject (12 died), not to its object."""
    told = event_words("verb").get(lemma)
    return told is not None and told.of_subject


def together(tree: Tree, verb: int) -> str:
    """Killed, wounded: each its own; killed and wounded together, or with more: casualties."""
    verbs, states = event_categories("verb"), event_categories("adjective")
    own = verbs.get(tree.lemma[verb]) or states.get(tree.lower[verb], "other")
    found, later = {own}, False
    for other in _coordinated(tree, verb):
        if other != verb and _shares(tree, *sorted((other, verb))):
            named = verbs.get(tree.lemma[other]) or states.get(tree.lower[other])
            if named:
                found.add(named)
                later = later or (named == "killed" and other > verb)
    if later and own in ("captured", "detained", "missing"):
        return "killed"  # were captured and shot dead
    if "killed" in found and found & {"wounded", "captured", "missing"}:
        return "casualties"
    return own


def _coordinated(tree: Tree, verb: int) -> list[int]:
    top = verb
    while tree.dep[top] == "conj" and tree.pos[tree.head[top]] in ("VERB", "AUX", "ADJ"):
        top = tree.head[top]
    found, queue = [top], [top]
    while queue:
        for child in tree.children[queue.pop()]:
            if tree.dep[child] == "conj" and tree.pos[child] in ("VERB", "AUX", "ADJ"):
                found.append(child)
                queue.append(child)
    return found


def _shares(tree: Tree, first: int, second: int) -> bool:
    """Whether two coordinated verbs tell of the same people: the later has nothing of its own."""
    own = any(tree.dep[c] in SUBJECTS for c in tree.children[second])
    objects = all(any(tree.dep[c] == "dobj" for c in tree.children[v]) for v in (first, second))
    between = range(first + 1, second)
    counted = any(
        tree.tag[i] == "CD" or tree.lower[i] in ("another", "others", "several", "more")
        for i in between
    )
    return not own and not objects and not counted


@cache
def _quantifiers() -> frozenset[str]:
    kinds = ("hundred", "scale", "group", "plural", "part")
    numbers = {row["word"] for row in reference("number_words") if row["kind"] in kinds}
    return frozenset(numbers) | words("figures.many")


def is_quantifier(tree: Tree, i: int) -> bool:
    """Whether a word tells how many or how much there is of something: dozens, a part."""
    return tree.lower[i] in _quantifiers() or tree.lemma[i] in _quantifiers()
