"""From a settled batch to the one transaction that publishes it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from flows.corrected import after_batch
from flows.plan import Key, Shown
from flows.rejects import reject_row
from flows.settled import Settled
from flows.story_rows import story_rows
from flows.tombstones import CAME_BACK, removed_rows, tombstones
from warehouse.lake import Lake, Publication
from warehouse.tables import (
    ARTICLE_TABLES,
    ARTICLES,
    BANDS,
    CORRECTIONS,
    FINGERPRINTS,
    FORGETTINGS,
    INPUTS,
    QUALITY,
    QUARANTINE,
    RAW_ARTICLES,
    REJECTS,
    REPEATS,
    TABLES_BY_NAME,
    TOMBSTONES,
    VISITS,
    WARNINGS,
    Row,
)


@dataclass(frozen=True)
class Stamp:
    """By which run, and when (UTC)."""

    run_id: str
    now: dt.datetime

    def of(self, shown: Shown) -> Row:
        """The columns of articles that only publishing knows."""
        return {
            "revision": shown.revision,
            "duplicate_of": shown.duplicate_of,
            "story_id": shown.role.story_id,
            "similarity": shown.role.similarity,
            "run_id": self.run_id,
            "ingested_at": self.now,
        }


def publication_of(lake: Lake, settled: Settled, stamp: Stamp, number: int) -> Publication:
    """What is taken out of the lake and what is put in, as batch ``number``."""
    planned, checked = settled.planned, settled.checked
    moved = [s for s in planned.listed if (s.version.key, False) not in settled.remade]
    changed = [*planned.extract, *planned.listed]
    gone = {*planned.gone, *(shown.version.article_id for shown in changed)}
    patched = {shown.version.article_id for shown in planned.patch}
    stood = {row.version.article_id for row in settled.around.standing}

    insert = {
        name: pa.Table.from_pandas(frame, _schema(name), preserve_index=False)
        for name, frame in checked.passed.items()
    }
    if moved or planned.patch:
        kept = _with_another_role(lake, [*moved, *planned.patch], moved, stamp)
        insert[ARTICLES.name] = pa.concat_tables([insert[ARTICLES.name], ARTICLES.arrow(kept)])
    insert |= story_rows(lake, settled, insert)
    insert[INPUTS.name] = INPUTS.arrow(_ledger(settled, stamp))
    insert[REJECTS.name] = REJECTS.arrow(
        reject_row(settled.rejects[key], stamp.run_id) for key in settled.rejected
    )
    insert[QUARANTINE.name] = QUARANTINE.arrow(checked.quarantine)
    insert[WARNINGS.name] = WARNINGS.arrow(checked.warnings)
    insert[QUALITY.name] = QUALITY.arrow(checked.quality)

    replace: dict[str, Collection[str]] = {
        table.name: sorted(gone & stood) for table in ARTICLE_TABLES
    }
    replace[ARTICLES.name] = sorted((gone & stood) | patched)
    still = {shown.version.article_id for shown in moved}
    replace[FINGERPRINTS.name] = replace[ARTICLES.name]
    replace[BANDS.name] = sorted((gone - still) & stood)
    replace[REPEATS.name] = [article_id for article_id in planned.touched if article_id in stood]
    # A batch that was not published left its quarantine rows, so not only those that stood.
    replace[QUARANTINE.name] = sorted(gone)
    replace[WARNINGS.name] = sorted(gone & stood)
    forget = {INPUTS.name: settled.again, REJECTS.name: settled.again}
    corrections = after_batch(
        lake,
        gone,
        {shown.version.article_id for shown in moved},
        settled.met,
        {(row["table_name"], row["row_id"]) for row in checked.quarantine},
    )
    if corrections is None:
        return Publication(replace, insert, number, forget)
    insert[CORRECTIONS.name] = CORRECTIONS.arrow(corrections)
    return Publication(replace, insert, number, forget, (CORRECTIONS.name,))


def _schema(table: str) -> pa.Schema:
    return TABLES_BY_NAME[table].arrow([]).schema


def _with_another_role(
    lake: Lake, shown: Sequence[Shown], no_longer_read: Sequence[Shown], stamp: Stamp
) -> list[Row]:
    """The articles rows as they stand, with another role; a duplicate is not read."""
    roles = {one.version.article_id: stamp.of(one) for one in shown}
    for one in no_longer_read:
        roles[one.version.article_id]["sentence_count"] = None
    rows = lake.fetch(ARTICLES.name, "article_id", list(roles))
    return [{**row, **roles[row["article_id"]]} for row in rows]


def _ledger(settled: Settled, stamp: Stamp) -> list[Row]:
    """The ledger's new rows."""
    rows = []
    for key in (*settled.fresh, *settled.again):
        source, uri, raw_id = key
        article = settled.articles.get(key)
        rows.append(
            INPUTS.row(
                source=source,
                source_uri=uri,
                raw_id=raw_id,
                article_id=article.article_id if article else None,
                text_id=article.text_id if article else None,
                version_at=article.version_at if article else None,
                recipe=settled.recipes.get(key),
                run_id=stamp.run_id,
            )
        )
    return rows


def kept_out(publication: Publication, barred: Mapping[Key, str]) -> Publication:
    """The publication, and in it that these inputs, each of a forgotten article, go again."""
    if not barred:
        return publication
    again = sorted(set(barred.values()))
    insert = {
        **publication.insert,
        TOMBSTONES.name: TOMBSTONES.arrow(
            tombstones((article, raw) for (_, _, raw), article in barred.items() if raw)
        ),
        FORGETTINGS.name: FORGETTINGS.arrow(removed_rows(again, CAME_BACK, len(barred))),
    }
    forget = {**publication.forget, RAW_ARTICLES.name: list(barred), VISITS.name: list(barred)}
    return dataclasses.replace(publication, insert=insert, forget=forget)
