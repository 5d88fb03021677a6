"""A phrase that says where, how precise it is, and the words that make one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from transforms.countries import is_country
from transforms.events.rules import Form
from transforms.events.tree import Tree
from transforms.reference import reference
from transforms.time_words import names_of
from transforms.words import words

Row = Mapping[str, Any]

#: Prepositions that say where, and those that do so only beside what moves or ends there.
STRONG = frozenset(
    [
        "in",
        "at",
        "near",
        "into",
        "inside",
        "across",
        "throughout",
        "outside",
        "around",
        "within",
        "along",
        "off",
        "on",
        "over",
        "beneath",
        "under",
        "above",
        "behind",
        "beyond",
        "amid",
        "aboard",
        "onto",
    ]
)
WEAK = frozenset(
    ["to", "from", "toward", "towards", "through", "between", "of", "by", "for", "via"]
)
#: close to X, away from X
_NEARNESS = frozenset(("close", "next", "near", "opposite", "outside", "inside"))
INSIDE = frozenset(
    [
        "of",
        "in",
        "at",
        "near",
        "on",
        "with",
        "between",
        "along",
        "outside",
        "within",
        "around",
        "inside",
    ]
)
#: How precise a phrase is: what no country holds, a country, an unknown or larger part, a town, a
#: facility.
BROAD, COUNTRY, PART, TOWN, SITE = range(5)
#: Types of entities that are places.
PLACES = ("GPE", "LOC", "FAC")


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """One phrase: characters ``start`` to ``end``; ``tie`` the token it is tied to, by ``form``.

    ``form`` is prep, possessive, modifier or subject; ``prep`` the preposition; ``named`` whether
    it holds a name that the gazetteer or the tagger knows.
    """

    head: int
    tie: int
    start: int
    end: int
    form: Form
    prep: str
    rank: int
    named: bool
    entity_id: str | None
    country: str | None


@cache
def anaphoric() -> dict[str, int]:
    """Nouns that take up a place named before, by the kind of place."""
    return {
        **dict.fromkeys(words("places.again_country"), COUNTRY),
        **dict.fromkeys(words("places.again_part"), PART),
        **dict.fromkeys(words("places.again_town"), TOWN),
    }


@cache
def nearnesses() -> frozenset[str]:
    """What stands before a place that something is near: north of, adjacent to, miles from."""
    return _NEARNESS | words("places.near") | words("shared.compass") | distances()


@cache
def distances() -> frozenset[str]:
    """Units of how far apart places are: mile, miles, metres, kilometres, km."""
    kilo = next(row for row in reference("unit_prefixes") if row["prefix"] == "k")
    found: set[str] = set()
    for row in reference("units"):
        if row["code"] in ("m", "[mi_i]"):
            long, short = (kilo["name"], kilo["symbols"]) if row["prefixes"] else ("", "")
            names = {form for forms in names_of(row["words"]) for form in forms}
            found |= names | {long + name for name in names}
            found |= {short + symbol for symbol in row["symbols"].split("|")}
    return frozenset(found)


@cache
def shares() -> frozenset[str]:
    """Words that are a part of a whole before they are a place: a quarter."""
    return frozenset(row["word"] for row in reference("number_words") if row["kind"] == "share")


def rank_of(row: Row, entity: Row) -> int:
    """How precise the place of a mention is, by its kind and its entity."""
    if row["entity_type"] == "FAC":
        return SITE
    if is_country(entity.get("name")):
        return COUNTRY
    if row["entity_type"] == "LOC" and not entity.get("geonames_id"):
        return BROAD if entity.get("name") in words("places.broad") else PART
    return TOWN if entity.get("geonames_id") else PART


def left_of(tree: Tree, noun: int) -> int:
    """The first token of a noun's own modifiers."""
    first = noun
    for child in tree.children[noun]:
        if child < noun and tree.dep[child] in (
            "det",
            "amod",
            "compound",
            "nmod",
            "poss",
            "advmod",
        ):
            first = min(first, tree.left_edge(child))
    return first
