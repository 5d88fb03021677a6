"""Places that nothing names for certain: unknown names, nouns for a place, what takes one up again.

Each function reads one noun of a tree. ``names`` are the mentions of places by the token by which
they hang, ``entities`` their rows by entity_id.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from transforms.event_words import event_words
from transforms.events.en.phrases import (
    COUNTRY,
    INSIDE,
    PART,
    PLACES,
    SITE,
    STRONG,
    TOWN,
    WEAK,
    PlacePhrase,
    Row,
    anaphoric,
    distances,
    left_of,
    rank_of,
    shares,
)
from transforms.events.rules import Form
from transforms.events.tree import Tree
from transforms.words import words

#: How a noun that takes up a place is tied, by its label.
_FORMS: Mapping[str, Form] = {
    "dobj": "object",
    "poss": "possessive",
    "nsubj": "subject",
    "nsubjpass": "subject",
}


def unknown(tree: Tree, noun: int, doubtful: Set[int]) -> PlacePhrase | None:
    """A name that nobody knows after a preposition of place: raids on Tyre, a field in Gulu."""
    if tree.dep[noun] != "pobj" or tree.ent[noun] in ("DATE", "TIME", "MONEY"):
        return None
    if any(tree.tag[i] == "CD" for i in range(tree.left_edge(noun), noun)):
        return None  # a heat of 40 degrees Celsius
    prep = tree.head[noun]
    word, tie = tree.lower[prep], tree.head[prep]
    event = tree.pos[tie] == "NOUN" and tree.lemma[tie] in words("events.noun")
    if tree.ent[noun] == "PERSON" and noun not in doubtful:
        return None
    if noun in doubtful and not (
        word in ("near", "off") or (word in ("in", "on") and _happens(tree, tie))
    ):
        return None
    if (
        word not in ("in", "near", "at", "outside", "around", "off")
        and not (event and word in ("on", "of", "across"))
        and not (word == "on" and tree.tag[tie] == "CD")
    ):
        return None
    first = left_of(tree, noun)
    while first < noun and tree.pos[first] != "PROPN":
        first += 1
    return PlacePhrase(
        noun, tie, tree.start[first], tree.end[noun], "prep", word, PART, True, None, None
    )


def _happens(tree: Tree, tie: int) -> bool:
    """Whether something that happens to the counted or is counted stands at a token."""
    if tree.is_verb(tie):
        told = event_words("verb").get(tree.lemma[tie])
        return told is not None and bool(told.category)
    counted = any(tree.tag[c] == "CD" for c in tree.children[tie])
    return tree.tag[tie] == "CD" or counted or tree.lemma[tie] in words("events.noun")


def again(
    tree: Tree, noun: int, names: Mapping[int, Row], entities: Mapping[str, Row]
) -> PlacePhrase | None:
    """ "the country", "the city": the last place of that kind that was named before."""
    if noun in names or noun - 1 in names:
        return None
    known = any(
        tree.lower[c] in ("the", "this", "that", "their", "its")
        for c in tree.children[noun]
        if c < noun
    )
    if not known or any(
        tree.dep[c] in ("prep", "compound", "amod", "poss")
        and tree.lower[c] not in {"its", "their", *words("places.again_adjective")}
        for c in tree.children[noun]
    ):
        return None
    prep = ""
    form: Form
    if tree.dep[noun] == "pobj":
        prep, tie, form = tree.lower[tree.head[noun]], tree.head[tree.head[noun]], "prep"
        if prep not in STRONG and prep not in WEAK:
            return None
    elif tree.dep[noun] in _FORMS:
        tie, form = tree.head[noun], _FORMS[tree.dep[noun]]
    else:
        return None
    row = _antecedent(tree, noun, names, entities)
    if row is None:
        return None
    entity = entities.get(row["entity_id"], {})
    return PlacePhrase(
        head=noun,
        tie=tie,
        start=row["char_start"],
        end=row["char_end"],
        form=form,
        prep=prep,
        rank=rank_of(row, entity),
        named=True,
        entity_id=row["entity_id"],
        country=entity.get("country"),
    )


def _antecedent(
    tree: Tree, noun: int, names: Mapping[int, Row], entities: Mapping[str, Row]
) -> Row | None:
    """The mention that a definite noun for a place means, from up to four sentences before."""
    wanted = anaphoric()[tree.lemma[noun]]
    for head in sorted((h for h in names if h < noun), reverse=True):
        if tree.sent[noun] - tree.sent[head] > 4:
            return None
        row = names[head]
        if row["entity_type"] == "ORG":
            continue
        rank = rank_of(row, entities.get(row["entity_id"], {}))
        if wanted == COUNTRY and rank == COUNTRY:
            return row
        kinds = ("GPE", "LOC") if tree.lemma[noun] in words("places.again_land") else ("GPE",)
        if wanted != COUNTRY and row["entity_type"] in kinds and rank in (PART, TOWN):
            return row
    return None


def common(tree: Tree, noun: int, names: Mapping[int, Row]) -> PlacePhrase | None:
    """A noun for a place after a preposition, with no name inside it."""
    if tree.dep[noun] != "pobj":
        return None
    prep = tree.head[noun]
    reached = tree.lower[prep] == "to" and tree.lemma[tree.head[prep]] in words("events.moving")
    if tree.lower[prep] not in STRONG and not reached:
        return None
    if tree.ent[noun] in ("DATE", "TIME"):
        return None  # in the second quarter
    if tree.lower[prep - 1] in distances():
        return None  # a camp 3,200 metres above the sea
    if tree.tag[noun] in ("NN", "CD") and not _specified(tree, noun):
        return None  # in prison, in hospital, around a quarter
    if left_of(tree, noun) == noun and tree.child(noun, "prep") is not None:
        return None  # in front of
    edge = tree.right_edge(noun)
    inside = range(tree.left_edge(noun), edge + 1)
    if any(i in names and names[i]["entity_type"] in PLACES for i in inside):
        return None
    last = noun
    for child in tree.children[noun]:
        holds = tree.lower[child] in INSIDE and tree.lower[child] != "with"
        if child > noun and tree.dep[child] == "prep" and holds:
            inner = tree.child(child, "pobj")
            if inner is not None and child == last + 1 and tree.ent[inner] not in ("DATE", "TIME"):
                last = inner
    return PlacePhrase(
        head=noun,
        tie=tree.head[prep],
        start=tree.start[left_of(tree, noun)],
        end=tree.end[last],
        form="prep",
        prep=tree.lower[prep],
        rank=SITE,
        named=False,
        entity_id=None,
        country=None,
    )


def _specified(tree: Tree, noun: int) -> bool:
    """Whether a singular noun has what makes it one place: the school, a field near Gulu."""
    if tree.lemma[noun] in shares():
        return any(tree.dep[c] in ("amod", "compound", "prep") for c in tree.children[noun])
    return any(tree.dep[c] not in ("punct", "acl") for c in tree.children[noun])  # on track to pay
