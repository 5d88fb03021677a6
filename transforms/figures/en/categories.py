"""What the counted noun alone says: the category of soldiers, tanks, villages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from transforms.event_words import counted_categories
from transforms.figures.en.counted import Counted
from transforms.figures.view import View
from transforms.reference import reference
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token


def noun_category(counted: Counted, view: View) -> str:
    """The category of the counted noun alone."""
    nouns = counted_categories()
    phrase = counted.phrase.lower().split()
    if len(phrase) > 1:
        named = nouns.get(f"{phrase[-2]} {counted.head}")
        if named:
            return named
    named = nouns.get(counted.head) or nouns.get(counted.phrase.lower())
    if named == "munitions" and counted.token is not None and _of_talks(counted.token):
        return "other"
    if named:
        return named
    token = counted.token
    if token is None and _is_people(f"{counted.head}s"):
        return "people"
    if token is not None and token.tag_[:3] in ("NNP", "NNS") and _is_people(token.lower_):
        return "people"
    if token is not None and (
        token.ent_type_ == "NORP" or (token.tag_ == "NNPS" and token.pos_ == "PROPN")
    ):
        return "people" if token.ent_type_ == "NORP" else "other"
    named_by_ending = counted.head.endswith(tuple(words("figures.people_ending")))
    return "people" if named_by_ending else "other"


def _is_people(plural: str) -> bool:
    """Whether a plural names the people of a country: Belarusians, not French or Swiss alone."""
    return plural.endswith("s") and plural in _peoples()


@cache
def _peoples() -> frozenset[str]:
    """The plurals of peoples: those listed, and those of the names of one that end in "an"."""
    named = [d.lower() for row in reference("countries") for d in row["demonyms"].split("|") if d]
    return frozenset(named) | {f"{name}s" for name in named if name.endswith(("an", "i"))}


def _of_talks(noun: Token) -> bool:
    """Whether a noun is one of something that is not fired: rounds of talks."""
    of = next((t for t in noun.rights if t.lower_ == "of"), None)
    inner = next((t for t in of.rights if t.dep_ == "pobj"), None) if of is not None else None
    return inner is not None and inner.lemma_.lower() in words("figures.in_rounds")
