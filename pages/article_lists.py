"""By which lists are articles found? By day of publication and publisher, the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pages import links
from pages.site import File, Site
from warehouse.columns import Row

TEMPLATE = "articles"
#: How many articles a list has.
LISTED = 300


@dataclass(frozen=True)
class Part:
    """A list's page: of which month (None: of the newest), and of what portion of its articles."""

    path: str
    month: dt.date | None
    undated: bool
    number: int
    numbers: int
    offset: int
    count: int


@dataclass(frozen=True)
class Month:
    """A month (None: without a day of publication), its first page, and how many articles."""

    month: dt.date | None
    path: str
    articles: int


def pages(site: Site) -> Iterator[File]:
    """The newest articles, and all of them month by month."""
    found = site.ask(
        "SELECT date_trunc('month', published_date)::DATE AS month, count(*) AS articles "
        "FROM site_articles GROUP BY ALL ORDER BY month DESC NULLS LAST"
    )
    months = [Month(row["month"], links.articles(row["month"]), row["articles"]) for row in found]
    total = sum(month.articles for month in months)
    newest = Part(links.ARTICLES, None, False, 1, 1, 0, min(total, LISTED))
    yield _page(site, newest, months, total)
    offset = 0
    for month in months:
        numbers = -(-month.articles // LISTED)
        for number in range(1, numbers + 1):
            before = (number - 1) * LISTED
            part = Part(
                links.articles(month.month, number), month.month, month.month is None, number,
                numbers, offset + before, min(LISTED, month.articles - before),
            )  # fmt: skip
            yield _page(site, part, months, total)
        offset += month.articles


def _page(site: Site, part: Part, months: list[Month], total: int) -> File:
    rows = site.ask(
        "WITH listed AS (FROM site_articles ORDER BY published_date DESC NULLS LAST, article_id "
        f"LIMIT {part.count} OFFSET {part.offset}) "
        "SELECT article_id, published_date, publisher, source, title, published_at, "
        "duplicate_of IS NOT NULL AS duplicate FROM lake.articles SEMI JOIN listed "
        "USING (article_id) ORDER BY published_date DESC NULLS LAST, "
        "lower(coalesce(publisher, source, '')), published_at DESC, article_id"
    )
    return site.page(
        part.path,
        TEMPLATE,
        part=part,
        days=[(day, list(_publishers(of))) for day, of in groupby(rows, _day)],
        months=months,
        total=total,
        newest=part.path == links.ARTICLES,
    )


def _day(row: Row) -> dt.date | None:
    day: dt.date | None = row["published_date"]
    return day


def _publishers(rows: Iterator[Row]) -> Iterator[tuple[str, list[Row]]]:
    for publisher, of in groupby(rows, lambda row: row["publisher"] or row["source"]):
        yield publisher or "Publisher not known", list(of)
