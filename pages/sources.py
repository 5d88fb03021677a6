"""The pages of sources and publishers: how much, how fast, and against whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from urllib.parse import urlsplit

from pages import links
from pages.bars import UNIT_SQL, bars
from pages.carried import carried
from pages.site import File, Site
from pages.source_rows import known
from pages.words import counted
from warehouse.columns import Row

#: From which median on, in seconds, what was fetched is an archive: it says nothing of how fast
#: the source is read.
ARCHIVE = 30 * 86_400.0
#: A name that a shell takes as it stands, between double quotes and single ones.
_PLAIN = re.compile(r"[\w .,&()-]{1,80}")
#: Who asks, in an address.
_WHO = re.compile(r"(?<=//)[^/@\s]+@")
_STATES = ("failing", "silent", "ok")

#: How to see all that a list is cut from, for a name that can be written in a command.
EVERY: Mapping[str, str] = {
    "speakers": "SELECT coalesce(speaker_entity_id, lower(speaker_name)) AS who, count(*) "
    "FROM claims SEMI JOIN ({articles}) USING (article_id) WHERE who IS NOT NULL "
    "GROUP BY who ORDER BY 2 DESC",
    "newest": "FROM articles SEMI JOIN ({articles}) USING (article_id)",
    "rejects": "FROM rejects WHERE source = '{name}'",
}
_OF: Mapping[str, str] = {
    "source": "SELECT article_id FROM inputs JOIN articles USING (article_id, raw_id) "
    "WHERE inputs.source = '{name}'",
    "publisher": "SELECT article_id FROM articles WHERE coalesce(publisher, source) = '{name}'",
}


def pages(site: Site) -> Iterator[File]:
    """The list of sources and publishers, and a page for each."""
    carried(site)
    rows = known(site, UNIT_SQL)
    numbers = [row for every in rows["numbers"].values() for row in every]
    for row in numbers:
        row["href"] = links.relative(links.SOURCES, address(row["part"], row["name"]))
        health = rows["health"].get((row["part"], row["name"]), [])
        row["state"] = min((one["state"] for one in health), key=_STATES.index, default=None)
        row["rejects"] = sum(
            one["inputs"] for one in rows["reasons"].get((row["part"], row["name"]), [])
        )
    (publishers,) = site.ask(
        "SELECT count(DISTINCT name) AS count FROM site_carried WHERE part = 'publisher'"
    )
    yield site.page(
        links.SOURCES,
        "sources",
        sources=[row for row in numbers if row["part"] == "source"],
        publishers=[row for row in numbers if row["part"] == "publisher"],
        publisher_count=publishers["count"],
    )
    own = frozenset((row["part"], row["name"]) for row in numbers)
    for row in numbers:
        key = (row["part"], row["name"])
        yield _page(site, row, {part: every.get(key, []) for part, every in rows.items()}, own)


def address(part: str, name: str) -> str:
    """The page of a source or of a publisher."""
    return links.source(f"{part} {name}")


def _page(
    site: Site, one: Row, parts: dict[str, list[Row]], own: frozenset[tuple[str, str]]
) -> File:
    path = address(one["part"], one["name"])

    def mark(article_id: str, row_id: str | None = None) -> str | None:
        if article_id not in site.article_ids:
            return None
        return links.relative(path, links.article(article_id, row_id))

    for row in parts["conflicts"]:
        for side in ("lower", "higher"):
            row[f"{side}_href"] = mark(row[f"{side}_article"], row[f"{side}_figure_id"])
    for row in parts["newest"]:
        row["href"] = mark(row["article_id"])
    for row in parts["speakers"]:
        is_page = row["speaker_entity_id"] in site.entity_ids
        to = links.entity(row["speaker_entity_id"]) if is_page else None
        row["href"] = links.relative(path, to) if to else None
    for row in parts["others"]:
        there = ("publisher", row["other"]) in own
        row["href"] = links.relative(path, address("publisher", row["other"])) if there else None
    for row in parts["health"]:
        row["place"] = place(row["path"])
        row["trouble"] = _WHO.sub("", row["trouble"]) if row["trouble"] else None
    times = [(row["start"], row["articles"]) for row in parts["times"]]
    plain = _PLAIN.fullmatch(one["name"]) is not None
    articles = _OF[one["part"]].format(name=one["name"])
    return site.page(
        path,
        "source",
        one=one,
        parts=parts,
        totals={
            name: rows[0]["total"] for name, rows in parts.items() if rows and "total" in rows[0]
        },
        times=bars(times, one["first_date"], one["last_date"]),
        delay=delay(parts["delays"][0]) if parts["delays"] else None,
        all={
            name: sql.format(articles=articles, name=one["name"]) if plain else None
            for name, sql in EVERY.items()
        },
    )


def delay(row: Row) -> str:
    """From publication to fetching, in a sentence; of an archive it is not known."""
    of = f"(of {counted(row['measured'], 'article')} with both times)"
    if row["median"] > ARCHIVE:
        return (
            f"Read as an archive: half of the articles were {_span(row['median'])} old or older "
            f"when they were fetched {of}, so how soon after publication they come is not known."
        )
    return (
        f"From publication to fetching: half within {_span(row['median'])}, nine of ten within "
        f"{_span(row['most'])} {of}."
    )


def _span(seconds: float) -> str:
    """A stretch of time in its largest unit and no finer: 40 seconds, 22 minutes, 3 days."""
    for unit, size in (("year", 31_556_952), ("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * size or (seconds >= size and unit != "year"):
            return counted(round(seconds / size), unit)
    return counted(round(seconds), "second")


def place(path: str) -> str:
    """Where a source is read, for everybody to see: an address without who asks and what else it
    asks for, a folder or file without what it lies in."""
    if "://" in path:
        parts = urlsplit(path)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    return PurePath(path).name or path
