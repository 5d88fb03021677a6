"""The rows of a batch by which stories are found and copies are told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pyarrow as pa

from flows.settled import Settled
from transforms.stories.repeated import Statement, repeated
from transforms.stories.said import content
from transforms.stories.sketch import bands
from warehouse.lake import Lake
from warehouse.tables import ARTICLES, BANDS, FIGURES, FINGERPRINTS, REPEATS, Row

_SAYS = (
    "figure_id", "article_id", "published_date", "char_start", "value", "value_low", "value_high",
    "unit", "category", "counted_head", "surface",
)  # fmt: skip


def story_rows(
    lake: Lake, settled: Settled, incoming: Mapping[str, pa.Table]
) -> dict[str, pa.Table]:
    """The rows of the three tables that come in with a batch, whose other rows are ``incoming``."""
    articles = incoming[ARTICLES.name].select(["article_id", "published_date"]).to_pylist()
    days = {row["article_id"]: row["published_date"] for row in articles}
    return {
        FINGERPRINTS.name: FINGERPRINTS.arrow(_fingerprints(settled, days)),
        BANDS.name: BANDS.arrow(_bands(settled, days)),
        REPEATS.name: REPEATS.arrow(_repeats(lake, settled, incoming[FIGURES.name])),
    }


def _fingerprints(settled: Settled, days: Mapping[str, dt.date | None]) -> Iterator[Row]:
    standing = {row.version.article_id: row.said for row in settled.around.standing}
    for shown in settled.planned.shown:
        version = shown.version
        if version.article_id not in days:
            continue  # its row was refused
        said = settled.said.get(version.key) or standing.get(version.article_id)
        yield FINGERPRINTS.row(
            article_id=version.article_id,
            published_date=days[version.article_id],
            family_id=shown.role.family_id,
            signature=settled.signatures.get(version.text_id, b""),
            said=None if shown.role.copies or said is None else said.to_json(),
        )


def _bands(settled: Settled, days: Mapping[str, dt.date | None]) -> Iterator[Row]:
    remade = {key for key, _ in settled.remade}
    for shown in (*settled.planned.extract, *settled.planned.listed):
        version = shown.version
        if version.key in remade and version.article_id in days:
            for band in bands(settled.signatures.get(version.text_id, b"")):
                yield BANDS.row(
                    band=band,
                    article_id=version.article_id,
                    published_date=days[version.article_id],
                )


def _repeats(lake: Lake, settled: Settled, incoming: pa.Table) -> Iterator[Row]:
    """What carriers of the stories that are touched repeat of their earlier ones."""
    planned = settled.planned
    members = {article_id for story in planned.stories for article_id in story}
    made = {shown.version.article_id for shown in planned.extract}
    rows = lake.fetch(FIGURES.name, "article_id", members - made, _SAYS)
    rows += [
        row
        for row in incoming.select(list(_SAYS)).to_pylist()
        if row["article_id"] in members & made
    ]
    figures: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["char_start"], row["figure_id"])):
        figures[row["article_id"]].append(row)
    for story in planned.stories:
        by_id = {row["figure_id"]: row for article_id in story for row in figures[article_id]}
        stated = [
            [Statement(row["figure_id"], content(row)) for row in figures[article_id]]
            for article_id in story
        ]
        for figure_id, of in repeated(stated):
            yield REPEATS.row(
                figure_id=figure_id,
                article_id=by_id[figure_id]["article_id"],
                published_date=by_id[figure_id]["published_date"],
                of_figure_id=of,
                of_article_id=by_id[of]["article_id"],
                story_id=story[0],
            )
