"""What was counted and what happened to it: the category of a count."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from transforms.event_words import counted_categories, event_categories, event_words
from transforms.figures.en.counted import Counted
from transforms.figures.en.syntax import conjuncts
from transforms.figures.lexer import word_set
from transforms.figures.view import View
from transforms.reference import reference
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

PERSONAL = word_set(
    """
    troops killed wounded casualties captured missing detained displaced people
    """
)


def noun_category(counted: Counted, view: View) -> str:
    """The category of the counted noun alone."""
    nouns = counted_categories()
    phrase = counted.phrase.lower().split()
    if len(phrase) > 1:
        named = nouns.get(f"{phrase[-2]} {counted.head}")
        if named:
            return named
    named = nouns.get(counted.head) or nouns.get(counted.phrase.lower())
    if named:
        return named
    token = counted.token
    if token is not None and (
        token.ent_type_ == "NORP" or (token.tag_ == "NNPS" and token.pos_ == "PROPN")
    ):
        return "people" if token.ent_type_ == "NORP" else "other"
    named_by_ending = counted.head.endswith(tuple(words("figures.people_ending")))
    return "people" if named_by_ending else "other"


def read_category(view: View, counted: Counted | None, token: Token) -> tuple[str, str]:
    """The category of a count and the rule that gave it.

    ``token`` is the counted head, or the number where the noun is left out.
    """
    if counted is not None and counted.state is not None:
        if _happened(token) == "killed":  # four of the wounded died
            return "killed", "category_verb"
        return counted.state, "category_state"
    noun = noun_category(counted, view) if counted is not None else ""
    if noun in ("killed", "wounded", "casualties", "captured", "missing", "detained"):
        if noun in ("captured", "detained", "missing"):  # hostages who were killed
            happened = _happened(token)
            if happened in ("killed", "wounded", "casualties"):
                return happened, "category_verb"
        return noun, "category_noun"
    if noun in PERSONAL or noun == "":
        happened = _happened(token)
        if happened:
            return happened, "category_verb"
    if noun == "":
        return "other", "category_none"
    return noun, "category_noun"


def _happened(token: Token) -> str | None:
    """What the governing verb says happened to the counted: killed, wounded, both ..."""
    verbs, complements = event_categories("verb"), event_categories("adjective")
    for child in token.children:
        if child.dep_ in ("acl", "relcl", "amod") and child.pos_ in ("VERB", "ADJ"):
            if any(t.like_num for t in token.doc[token.i + 1 : child.i]):
                continue  # 40 soldiers, 12 of them wounded
            if child.lemma_ in verbs and (child.tag_ == "VBN" or _to_subject(child)):
                return _together(child)
            if child.lower_ in complements:
                return complements[child.lower_]
            for below in child.rights:  # people known to have died
                if below.dep_ == "xcomp" and below.lemma_ in verbs:
                    return _together(below)
    head, top, seen = token.head, token, 0
    while seen < 4 and head.i != top.i:
        seen += 1
        if top.dep_ == "conj" and head.pos_ in ("NOUN", "PROPN", "NUM"):
            top, head = head, head.head
            continue
        if "including" in (top.lower_, head.lower_):
            top, head = head, head.head
            continue
        if head.pos_ in ("VERB", "AUX", "ADJ"):
            return _by_verb(top, head)
        if (
            top.dep_ in ("nummod", "quantmod", "compound", "appos")
            or head.pos_ == "NUM"
            or head.lower_ in ("of", "by", "for", "to")
            or (top.lower_ == "of" and _is_quantifier(head))
        ):
            top, head = head, head.head
            continue
        return None
    return None


def _by_verb(argument: Token, verb: Token) -> str | None:
    verbs, complements = event_categories("verb"), event_categories("adjective")
    passive = (
        any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children) or verb.tag_ == "VBN"
    )
    subject = argument.dep_ in ("nsubj", "nsubjpass")
    subjected = subject and (passive or _to_subject(verb))
    if verb.lemma_ in verbs and (subjected or argument.dep_ == "nsubjpass"):
        return _together(verb)
    for child in verb.children:
        if child.dep_ not in ("acomp", "oprd", "attr", "ccomp") or child.i < verb.i:
            continue
        if child.lower_ in complements and (subject or verb.lemma_ in words("figures.resulting")):
            return complements[child.lower_]
    if verb.lemma_ == "be" and subject:
        for child in verb.rights:  # were among the 19 dead
            if child.lower_ == "among":
                among = [t for t in child.subtree if t.lower_ in complements]
                if among:
                    return complements[among[0].lower_]
    nexts = [
        t
        for t in argument.rights
        if t.lower_ in complements
        and not any(other.like_num for other in t.doc[argument.i + 1 : t.i])
    ]
    if nexts:
        return complements[nexts[0].lower_]
    for child in verb.children:
        if f"{verb.lemma_} {child.lemma_}" in verbs:  # took 12 prisoner
            return verbs[f"{verb.lemma_} {child.lemma_}"]
    if verb.lower_ in complements and subject:
        return complements[verb.lower_]
    if verb.lemma_ not in verbs and verb.dep_ == "conj":
        return None
    if verb.lemma_ not in verbs:
        linked = [v for v in conjuncts(verb) if v.lemma_ in verbs]
        return None if not linked or not passive else _together(linked[0])
    done_to = (
        argument.dep_ in ("dobj", "nsubjpass")
        or (subject and (passive or _to_subject(verb)))
        or (argument.dep_ in ("prep", "agent", "npadvmod", "attr", "oprd"))
    )
    if subject and not passive and not _to_subject(verb):
        done_to = False
    return _together(verb) if done_to else None


@cache
def _quantifiers() -> frozenset[str]:
    """Nouns that say how many of what "of" brings: dozens of, a third of, the rest of."""
    kinds = ("hundred", "scale", "group", "plural", "part")
    numbers = {row["word"] for row in reference("number_words") if row["kind"] in kinds}
    return frozenset(numbers) | words("figures.many")


def _is_quantifier(token: Token) -> bool:
    return token.lower_ in _quantifiers() or token.lemma_.lower() in _quantifiers()


def _to_subject(verb: Token) -> bool:
    """Whether the verb tells what happens to its subject (12 died), not to its object."""
    told = event_words("verb").get(verb.lemma_)
    return told is not None and told.of_subject


def _shares(other: Token, verb: Token) -> bool:
    """Whether two coordinated verbs tell of the same people: the later has nothing of its own."""
    first, second = (other, verb) if other.i < verb.i else (verb, other)
    subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in second.children)
    objects = all(any(c.dep_ == "dobj" for c in verb_.children) for verb_ in (first, second))
    return (
        not subject
        and not objects
        and not any(t.like_num for t in first.doc[first.i + 1 : second.i])
    )


def _together(verb: Token) -> str:
    """Killed, wounded: each its own; killed and wounded together, or with more: casualties."""
    verbs, complements = event_categories("verb"), event_categories("adjective")
    shared = [v for v in conjuncts(verb) if v.i == verb.i or _shares(v, verb)]
    each = [verbs.get(v.lemma_) or complements.get(v.lower_) for v in shared]
    found = [name for name in dict.fromkeys(each) if name is not None]
    if "killed" in found and len({*found} & {"wounded", "captured", "missing"}) > 0:
        return "casualties"
    own = verbs.get(verb.lemma_)
    return own or found[0]
