"""What the lake says around the articles of a batch: all that planning the batch may hang on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from flows.plan import Key, Standing, Version
from flows.roles import Role
from transforms.stories.rules import Rules
from transforms.stories.said import from_json
from transforms.stories.sketch import bands, similarity
from warehouse.lake import Lake
from warehouse.tables import ARTICLES, FINGERPRINTS, INPUTS, Row

_STANDING = (
    "article_id", "source", "source_uri", "raw_id", "text_id", "published_at", "revision",
    "duplicate_of", "story_id", "similarity",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What is asked about.

    ``ids`` are the articles read and those that were read again; ``were`` the articles that
    inputs read again were before. ``signatures`` are those of the texts read, by text_id, ``days``
    the days on which they were published. ``again`` are inputs whose ledger rows count no more;
    ``without`` are articles that are taken as not being there.
    """

    ids: AbstractSet[str]
    were: AbstractSet[str]
    signatures: Mapping[str, bytes]
    days: Sequence[dt.date | None]
    again: AbstractSet[Key]
    without: AbstractSet[str]


@dataclass(frozen=True)
class Neighbours:
    """See :func:`flows.plan.plan`; ``signatures`` are those of the standing texts, by text_id."""

    ledger: Mapping[str, Sequence[Version]]
    standing: Sequence[Standing]
    signatures: Mapping[str, bytes] = field(default_factory=dict)


def neighbours(lake: Lake, asked: Asked, rules: Rules) -> Neighbours:
    """The versions of the articles, and the articles rows of them, of their texts and families."""
    ledger: dict[str, list[Version]] = {article_id: [] for article_id in asked.ids}
    texts = set(asked.signatures)
    for row in lake.fetch(INPUTS.name, "article_id", asked.ids):
        version = Version(
            row["article_id"], row["source"], row["source_uri"], row["raw_id"], row["text_id"],
            row["version_at"],
        )  # fmt: skip
        if version.article_id in asked.without:
            continue
        if version.key not in asked.again:
            ledger[version.article_id].append(version)
        texts.add(version.text_id)
    known = [article_id for article_id, versions in ledger.items() if versions]
    rows = _by(lake, "article_id", {*known, *asked.were})
    texts |= {row["text_id"] for row in rows.values()}
    rows |= _by(lake, "text_id", texts)
    similar = _similar(lake, asked, rules)
    prints = _prints(lake, "article_id", {*rows, *similar})
    prints |= _prints(lake, "family_id", {row["family_id"] for row in prints.values()})
    rows |= _by(lake, "article_id", prints.keys() - rows.keys())
    standing = [
        _standing(row, prints.get(article_id))
        for article_id, row in rows.items()
        if article_id not in asked.without
    ]
    signatures = {
        rows[article_id]["text_id"]: one["signature"]
        for article_id, one in prints.items()
        if article_id in rows
    }
    return Neighbours(ledger, standing, signatures)


def ledger_key(row: Row) -> Key:
    """What the ledger knows the input of a row by."""
    return (row["source"], row["source_uri"], row["raw_id"])


def _similar(lake: Lake, asked: Asked, rules: Rules) -> set[str]:
    """The articles of the lake whose texts are alike one of those read."""
    meet: dict[int, list[bytes]] = defaultdict(list)
    for one in set(asked.signatures.values()):
        for band in bands(one):
            meet[band].append(one)
    candidates = lake.meeting(list(meet), *_within(asked.days, rules.window))
    beside: dict[str, list[int]] = defaultdict(list)
    for article_id, band in candidates:
        beside[article_id].append(band)
    columns = ("article_id", "signature")
    rows = lake.fetch(FINGERPRINTS.name, "article_id", list(beside), columns)
    return {
        row["article_id"]
        for row in rows
        if any(
            (similarity(row["signature"], one) or 0) >= rules.similarity
            for one in {other for band in beside[row["article_id"]] for other in meet[band]}
        )
    }


def _within(
    days: Iterable[dt.date | None], window: dt.timedelta
) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day on which a story of theirs may be published; None for any.

    A day more on each side: a date is that of a zone, the window counts from time to time.
    """
    known = [day for day in days if day is not None]
    if not known or len(known) < len(list(days)):
        return None, None
    more = window + dt.timedelta(days=2)
    return min(known) - more, max(known) + more


def _by(lake: Lake, column: str, values: AbstractSet[str]) -> dict[str, Row]:
    found = lake.fetch(ARTICLES.name, column, values, _STANDING)
    return {row["article_id"]: row for row in found}


def _prints(lake: Lake, column: str, values: AbstractSet[str]) -> dict[str, Row]:
    return {row["article_id"]: row for row in lake.fetch(FINGERPRINTS.name, column, values)}


def _standing(row: Row, found: Row | None) -> Standing:
    version = Version(
        row["article_id"], row["source"], row["source_uri"], row["raw_id"], row["text_id"], None
    )
    if found is None:
        return Standing(version, row["published_at"], row["revision"], None)
    said = None if found["said"] is None else from_json(found["said"])
    role = Role(
        row["story_id"], found["family_id"], row["similarity"], row["duplicate_of"], said is None
    )
    return Standing(version, row["published_at"], row["revision"], role, said)
