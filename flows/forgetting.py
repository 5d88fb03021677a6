"""Forgetting articles for good, as a legal request asks: ``dateline forget``.

Their rows leave the newest state in one transaction, in which a copy of the same text that stays
becomes the original and has rows of its own; a tombstone in it keeps them from coming back. What
older states, notes and copies hold is purged then (:mod:`warehouse.forgetting`). The table
``forgettings`` says what was done: an article that was removed and not yet purged is seen there,
so that this command and any later run can go on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from flows.build import rebuild
from flows.errors import UsageError
from flows.pipeline import check_passed, walk
from flows.plan import Key
from flows.pool import Pool
from flows.run_state import Run, now, opened
from flows.settings import Settings
from flows.tombstones import purge_pending, removed_rows, tombstones
from flows.traces import marks, remove_from
from transforms.article.address import canonical_url, ids_of_address
from transforms.corrections import Correction, Corrections
from warehouse.lake import Holder, Lake, Publication
from warehouse.tables import (
    ARTICLE_TABLES,
    ARTICLES,
    CORRECTIONS,
    FINGERPRINTS,
    FORGETTINGS,
    INPUTS,
    QUARANTINE,
    RAW_ARTICLES,
    REJECTS,
    STORY_TABLES,
    TOMBSTONES,
    VISITS,
    WARNINGS,
    Row,
)

FORGET = "forget"
#: The tables whose rows of an article are known by its id.
_BY_ARTICLE = (*ARTICLE_TABLES, *STORY_TABLES, QUARANTINE, WARNINGS, CORRECTIONS)
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Copy:
    """An article that stays and says the same as one that is forgotten."""

    article_id: str
    of: str
    url: str | None
    source_uri: str


@dataclass(frozen=True)
class Found:
    """What the lake has of the articles to be forgotten.

    ``rows`` counts the rows of the newest state by table. ``known`` were forgotten before;
    ``not_reached`` is what may hold them and is not the lake's.
    """

    article_ids: tuple[str, ...]
    known: tuple[str, ...]
    keys: tuple[Key, ...]
    rows: dict[str, int]
    copies: tuple[Copy, ...]
    not_reached: tuple[str, ...]


@dataclass(frozen=True)
class Forgotten:
    """What came of it: what was found and removed, and what was purged."""

    found: Found
    snapshots: int
    files: int


def ids_of(named: str) -> tuple[str, ...]:
    """The id of the article that an id or an address names, and the one that an older release may
    have given it; raises ``UsageError`` for neither."""
    if _ID.fullmatch(named):
        return (named,)
    url = canonical_url(named)
    if url is None:
        raise UsageError(f"{named!r} is neither an article_id (16 digits 0-9a-f) nor an address")
    return ids_of_address(url)


def find(lake: Lake, named: Sequence[str]) -> Found:
    """What the lake has of the articles that ids or addresses name.

    Raises ``UsageError`` for one that it never had.
    """
    meant = {one: ids_of(one) for one in named}
    ids = sorted({article_id for several in meant.values() for article_id in several})
    ledger = lake.fetch(INPUTS.name, "article_id", ids)
    there = {row["article_id"] for row in ledger}
    known = {row["article_id"] for row in lake.fetch(TOMBSTONES.name, "article_id", ids)}
    if strange := [one for one, several in meant.items() if not (there | known) & {*several}]:
        raise UsageError(
            f"the lake in {lake.address} has no article {', '.join(strange)}: its id and address "
            "are in the table articles"
        )
    keys = [_key(row) for row in ledger]
    raw_ids = {raw_id for _, _, raw_id in keys if raw_id is not None}
    unbuilt = _unbuilt(lake, raw_ids)
    every = tuple(sorted({*keys, *unbuilt}))
    return Found(
        tuple(sorted(there)),
        tuple(sorted(known - there)),
        every,
        _rows(lake, there, every),
        tuple(_copies(lake, {row["text_id"] for row in ledger if row["text_id"]}, there)),
        (*_exports(lake, there, raw_ids), *_corrections(lake, there)),
    )


def forget(
    settings: Settings,
    named: Sequence[str],
    why: str,
    *,
    pool: Pool | None = None,
    on_wait: Callable[[Holder | None], None] | None = None,
) -> Forgotten:
    """Forget the articles that ids or addresses name, in the settings' lake.

    Raises ``UsageError`` for one that the lake never had, ``LakeError`` if it cannot go on: the
    same call does the rest.
    """
    hand: list[Forgotten] = []
    with opened(settings, (), command=FORGET, pool=pool, on_wait=on_wait) as run:
        found = find(run.lake, named)
        theirs = run.lake.row_ids(found.article_ids)
        run.corrections = Corrections(c for c in run.corrections if not theirs & _ids_of(c))

        def forgetting(run: Run) -> None:
            if found.article_ids:
                _remove(run, found, why)
            hand[:] = [Forgotten(found, *purge_pending(run.lake, run.report.run_id))]

        walk(run, ingesting=lambda run: None, building=forgetting)
    return hand[0]


def _remove(run: Run, found: Found, why: str) -> None:
    """Take them out of the newest state, and put their copies in their place."""
    lake, ids = run.lake, found.article_ids
    texts = [
        text
        for row in lake.fetch(ARTICLES.name, "article_id", ids, ("title", "text"))
        for text in row.values()
        if text
    ]
    left = remove_from(lake.path, marks(ids, texts))
    not_reached = [*found.not_reached, *(f"{path}: remove it when no run is on" for path in left)]
    publication = _promotion(run, found)
    pairs = {
        (row["article_id"], row["raw_id"]) for row in lake.fetch(INPUTS.name, "article_id", ids)
    }
    count = sum(found.rows.values())
    insert = {
        **{name: _without(data, ids) for name, data in publication.insert.items()},
        TOMBSTONES.name: TOMBSTONES.arrow(tombstones(pairs)),
        FORGETTINGS.name: FORGETTINGS.arrow(removed_rows(ids, why, count, not_reached)),
    }
    replace = {
        table.name: sorted({*publication.replace.get(table.name, ()), *ids})
        for table in _BY_ARTICLE
    }
    by_key = {
        table.name: sorted({*publication.forget.get(table.name, ()), *found.keys}, key=repr)
        for table in (INPUTS, RAW_ARTICLES, REJECTS, VISITS)
    }
    removal = Publication(replace, insert, publication.batch, by_key, publication.renew)
    run.report.saw(lake.forget(removal, ids, run.report.run_id))


def _without(data: pa.Table, ids: Collection[str]) -> pa.Table:
    """The rows that are not of those articles: a table that is renewed as a whole has all."""
    if "article_id" not in data.column_names:
        return data
    theirs = pc.is_in(data["article_id"], value_set=pa.array(ids, pa.string()))
    return data.filter(pc.invert(theirs))


def _promotion(run: Run, found: Found) -> Publication:
    """What is written so that copies of the articles, and all of their stories, stand without
    them."""
    heirs = _heirs(run.lake, found)
    if not heirs:
        return Publication()
    rows = run.lake.fetch(INPUTS.name, "article_id", heirs)
    keys = [_key(row) for row in rows]
    run.know_configured_sources()
    built = rebuild(run.tools(), run.totals, 1, keys, now(), without=frozenset(found.article_ids))
    check_passed(built)
    report, checked = run.report, built.checked
    report.rows_made += checked.batch.rows_made
    report.rows_published += checked.batch.rows_passed
    report.rows_quarantined += checked.batch.rows_quarantined
    return built.publication


def _heirs(lake: Lake, found: Found) -> list[str]:
    """The articles that are read again: their copies, and all of their families of similar texts
    (a copy that is of no family is a row of an earlier version of the tables)."""
    heirs = {copy.article_id for copy in found.copies if copy.of in found.article_ids}
    columns = ("article_id", "family_id")
    theirs = lake.fetch(FINGERPRINTS.name, "article_id", found.article_ids, columns)
    families = {row["family_id"] for row in theirs}
    members = lake.fetch(FINGERPRINTS.name, "family_id", families, columns)
    return sorted((heirs | {row["article_id"] for row in members}) - set(found.article_ids))


def _unbuilt(lake: Lake, raw_ids: Collection[str]) -> list[Key]:
    """Stored inputs of the same bytes that no run has built."""
    rows = lake.fetch(RAW_ARTICLES.name, "raw_id", raw_ids, INPUTS.key)
    keys = [_key(row) for row in rows]
    known = lake.known_inputs(keys)
    return [key for key in keys if key not in known]


def _rows(lake: Lake, ids: Collection[str], keys: Collection[Key]) -> dict[str, int]:
    """How many rows of the newest state are theirs, by table; those that have none left out."""
    counts = {}
    for table in _BY_ARTICLE:
        counts[table.name] = len(lake.fetch(table.name, "article_id", ids, ("article_id",)))
    counts[RAW_ARTICLES.name] = len(lake.stored_raws(list(keys)))
    return {name: count for name, count in counts.items() if count}


def _copies(lake: Lake, text_ids: Collection[str], ids: Collection[str]) -> Iterable[Copy]:
    columns = ("article_id", "text_id", "url", "source_uri", "duplicate_of")
    rows = lake.fetch(ARTICLES.name, "text_id", text_ids, columns)
    rows += lake.fetch(ARTICLES.name, "duplicate_of", ids, columns)
    for row in {row["article_id"]: row for row in rows}.values():
        if row["article_id"] not in ids:
            yield Copy(row["article_id"], row["duplicate_of"], row["url"], row["source_uri"])


def _exports(lake: Lake, ids: Collection[str], raw_ids: Collection[str]) -> Iterable[str]:
    """The exports that were made of snapshots which show them, as far as they are still there."""
    made = [one for one in lake.exports() if Path(one.folder).exists()]
    if made and ids:
        showing = set(lake.snapshots_showing(ids, raw_ids))
        for one in made:
            if one.snapshot in showing:
                yield f"the export of snapshot {one.snapshot} in {one.folder}"


def _corrections(lake: Lake, ids: Collection[str]) -> Iterable[str]:
    """The lines of the file of corrections that are about their rows."""
    if rows := lake.fetch(CORRECTIONS.name, "article_id", ids, ("row_id",)):
        names = ", ".join(sorted({row["row_id"] for row in rows}))
        yield f"the file of corrections, whose lines about {names} are to be taken out"


def _ids_of(correction: Correction) -> set[str]:
    """An entity's row is known by its article's id and its own."""
    return set(correction.row_id.split("/"))


def _key(row: Row) -> Key:
    return (row["source"], row["source_uri"], row["raw_id"])
