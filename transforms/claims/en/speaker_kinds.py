"""What kind of speaker somebody is, and of which country: by their entity and their noun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from transforms.claims.en.names import Names, Speaker
from transforms.events.en.sources import Source
from transforms.events.tree import Tree
from transforms.reference import reference
from transforms.words import words

#: The kind of speaker that an organisation of organisations.csv is, by its kind there.
_KINDS = {
    "company": "company",
    "media": "medium",
    "government": "government",
    "armed_group": "military",
}
#: The use of the words that tell a kind, the most telling first.
_USES = {
    "document": "claims.document",
    "police": "claims.police",
    "military": "claims.military",
    "government": "claims.government",
    "medium": "claims.medium",
    "organisation": "claims.organisation",
    "company": "claims.company",
}


@cache
def _known() -> dict[str, str]:
    return {
        row["reference_id"]: _KINDS.get(row["kind"], "organisation")
        for row in reference("organisations")
    }


@cache
def _media() -> frozenset[str]:
    return frozenset(
        name.lower()
        for row in reference("publishers")
        for name in (row["name"], *filter(None, row["aliases"].split(";")))
    )


def speaker_kinds(tree: Tree, told: Sequence[tuple[Source, Speaker]]) -> list[str]:
    """One of ``SPEAKER_KINDS`` for each.

    What a noun says once of a name holds for all that it says: Orvo, when it is "the company".
    """
    found = [speaker_kind(tree, *one) for one in told]
    known: dict[str, str] = {}
    for kind, (_, speaker) in zip(found, told, strict=True):
        if speaker.entity is not None and kind not in ("organisation", "document"):
            known.setdefault(speaker.entity["entity_id"], kind)
    return [
        known.get(speaker.entity["entity_id"], kind)
        if kind == "organisation" and speaker.entity is not None
        else kind
        for kind, (_, speaker) in zip(found, told, strict=True)
    ]


def speaker_kind(tree: Tree, source: Source, speaker: Speaker) -> str:
    """One of ``SPEAKER_KINDS``."""
    entity = speaker.entity
    noun = tree.lemma[source.head]
    if noun in words("claims.document"):
        return "document"
    if entity is not None:
        person = entity["entity_type"] == "PERSON"
        told = None if person or tree.pos[source.head] == "PROPN" else _by_word([noun])
        return told or _of_entity(entity)
    head = speaker.head
    lemma = tree.lemma[head]
    if lemma in words("claims.document"):
        return "document"
    phrase = [lemma, *(tree.lemma[c] for c in tree.children[head] if tree.dep[c] == "compound")]
    phrase += (
        [tree.lemma[i] for i in range(source.first, source.last + 1)] if head == source.head else []
    )
    kind = _by_word(phrase[:1]) or _by_word(phrase)
    if kind is not None:
        return kind
    if tree.lower[head] in ("he", "she"):
        return "person"
    if tree.pos[head] == "PROPN":
        return "organisation"
    known = any(tree.dep[c] == "poss" or tree.lower[c] == "the" for c in tree.children[head])
    single = tree.tag[head] == "NN" and lemma in words("claims.person")
    return "person" if single and known else "unnamed"


def _of_entity(entity: Mapping[str, Any]) -> str:
    kind = entity["entity_type"]
    if kind == "PERSON":
        return "person"
    if kind in ("GPE", "LOC"):
        return "government"
    known = _known().get(entity["reference_id"] or "")
    if known is not None:
        return known
    name = entity["name"].lower()
    if name in _media():
        return "medium"
    parts = [part.strip("().,’'") for part in name.replace("’s", "").split()]
    if parts and parts[-1] in words("shared.legal_form"):
        return "company"
    return _by_word(parts[-1:]) or _by_word(parts) or "organisation"


def _by_word(lemmas: list[str]) -> str | None:
    for kind, use in _USES.items():
        if any(lemma in words(use) for lemma in lemmas):
            return kind
    return None


def speaker_country(names: Names, source: Source, speaker: Speaker) -> str | None:
    """ISO 3166-1 alpha-3 of the speaker's entity, else of whom the phrase names with them."""
    if speaker.entity is not None and speaker.entity["country"] is not None:
        return str(speaker.entity["country"])
    return names.country(source.first, max(source.last, source.head))
