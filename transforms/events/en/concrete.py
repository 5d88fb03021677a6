"""What kind of thing takes part: whether what a verb happens to is what its event happens to.

An event of a type happens to some kinds of things (``patients`` of event_types.csv): people are
released, not albums; a vehicle overturns, a verdict is overturned.
"""

from __future__ import annotations

from collections.abc import Iterator

from transforms.event_words import counted_categories, event_words, patients
from transforms.events.en.harm import PERSONAL
from transforms.events.tree import Tree
from transforms.words import words

_PERSONS = ("PERSON", "NORP")
_PLACES = ("GPE", "LOC", "FAC")
#: Labels of names that the tagger often gives to people and bodies.
_DOUBTFUL = ("", "WORK_OF_ART", "PRODUCT", "LAW", "CARDINAL")
_WHO = frozenset(
    ["who", "whom", "he", "she", "him", "his", "her", "i", "my", "we", "our", "us", "me", "you",
     "their"]
)  # fmt: skip
_ANY = frozenset(
    [
        "it",
        "they",
        "them",
        "that",
        "which",
        "this",
        "these",
        "those",
        "more",
        "others",
        "many",
        "some",
    ]
)
#: Uses of nouns for bodies of people.
_BODIES = (
    "claims.company", "claims.government", "claims.military", "claims.organisation",
    "claims.police", "events.body", "sources.institution",
)  # fmt: skip
_OF_KIND = {"equipment": "force", "munitions": "force", "places": "place", "attacks": "event"}


def fits(tree: Tree, event_type: str, patient: int | None) -> bool:
    """Whether an event of a type can happen to what a token is the head of."""
    needed = patients(event_type)
    if not needed:
        return True
    if patient is None:
        return False
    return tree.lower[patient] in _ANY or not needed.isdisjoint(kinds(tree, patient))


def kinds(tree: Tree, head: int) -> Iterator[str]:
    """The kinds of things that a noun may be, as ``patients`` of event_types.csv names them."""
    lemma, entity = tree.lemma[head], tree.ent[head]
    named = counted_categories().get(lemma)
    if entity in _PERSONS or named in PERSONAL or tree.lower[head] in _WHO:
        yield "people"
    elif tree.pos[head] == "PROPN" and entity in _DOUBTFUL and lemma not in event_words("noun"):
        yield "people"
        yield "body"
    if named == "troops":
        yield "force"
    if named in _OF_KIND:
        yield _OF_KIND[named]
    if entity in _PLACES or lemma in words("places.noun") or lemma in words("places.kind"):
        yield "place"
    if entity == "ORG" or any(lemma in words(use) for use in _BODIES):
        yield "body"
    if entity == "MONEY" or lemma in words("events.money"):
        yield "money"
    if lemma in words("events.goods"):
        yield "goods"
    if lemma in event_words("noun"):
        yield "event"
    if lemma in words("events.part"):
        of = next((c for c in tree.children[head] if tree.lower[c] == "of"), None)
        inner = tree.child(of, "pobj") if of is not None else None
        if inner is not None:
            yield from kinds(tree, inner)  # a total of 30 people
    if tree.tag[head] == "CD" or any(tree.tag[c] == "CD" for c in tree.children[head] if c < head):
        yield "counted"
        if tree.tag[head] == "CD":
            yield "people"  # 40 were killed
