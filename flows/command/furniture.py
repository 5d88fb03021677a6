"""``dateline furniture``: which lines a site has on page after page."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.command.group import DONE, Globals, common_options
from flows.errors import UsageError

if TYPE_CHECKING:
    from flows.settings import Settings
    from transforms.model import RawArticle

#: Pages that are taken out of the lake at once.
_CHUNK = 100


@click.command(short_help="Find the lines that a site has on page after page.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--out", metavar="FILE", help="Write the CSV there; without it to standard output.")
@click.option(
    "--pages",
    type=click.IntRange(min=2),
    default=20,
    show_default=True,
    help="Hosts with fewer pages are left out.",
)
@click.option(
    "--share",
    type=click.FloatRange(min=0, max=1, min_open=True),
    default=0.5,
    show_default=True,
    help="On which share of a host's pages a line must be.",
)
@common_options
@click.pass_obj
def furniture(
    shared: Globals, sources: Sequence[str], out: str | None, pages: int, share: float
) -> int:
    """Count the lines of bodies by host, and write those that recur on most of its pages.

    SOURCE is what `dateline run` takes; without one the pages are those that the lake holds. Only
    pages in HTML with an address count, versions of an article as one, at most 1,000 a host. The
    file has a line for each host and line, with the pages it is on and of how many. Look through
    it, take out what is text, and name it under the source in dateline.toml:

    \b
      [[sources]]
      path = "news"
      furniture = "furniture.csv"

    From then on these lines are left out of its articles, and `dateline rebuild` reads again what
    was read without the file or with another. Nothing is learnt during a run.

    \b
    Examples:
      $ dateline furniture --out furniture.csv
      $ dateline furniture news/ --pages 50 --share 0.8
    """
    from flows.furniture import Pages, write_furniture
    from transforms.article import read_article
    from transforms.model import Reject

    settings = shared.settings()
    found = Pages()
    nowhere = 0
    limits = settings.limits.of_input()
    for raw in _from_sources(settings, sources) if sources else _from_lake(settings):
        article = read_article(raw, limits)
        if not isinstance(article, Reject):
            nowhere += not found.add(article)
    lines = list(found.furniture(pages, share))
    if out is None:
        write_furniture(lines, sys.stdout)
    else:
        try:
            with Path(out).open("w", encoding="utf-8", newline="") as file:
                write_furniture(lines, file)
        except OSError as error:
            raise UsageError(f"--out {out} cannot be written: {error.strerror}") from None
    counts = found.counts()
    enough = sum(count >= pages for count in counts.values())
    click.echo(
        f"{sum(counts.values()):,} pages of {len(counts):,} hosts: {len(lines):,} lines of "
        f"{enough:,} hosts with at least {pages} pages"
        + (f"; {nowhere:,} pages without an address" if nowhere else ""),
        err=True,
    )
    return DONE


def _from_sources(settings: Settings, named: Sequence[str]) -> Iterator[RawArticle]:
    """The pages of sources, as they are without a file of furniture."""
    from flows.readers import read
    from flows.readers.remote import Web
    from transforms.model import HTML, RawArticle

    for record in read(_bare(settings).select(list(named)), settings.limits, Web(settings.fetch)):
        if isinstance(record, RawArticle) and record.media_type.startswith(HTML):
            yield record


def _from_lake(settings: Settings) -> Iterator[RawArticle]:
    """The pages that the lake holds, as they are without a file of furniture."""
    import json
    from itertools import batched

    from flows.run_state import configured_sources
    from transforms.model import HTML, RawArticle, Source
    from warehouse.lake import Lake

    known = configured_sources(_bare(settings))
    with Lake.open(settings.lake) as lake:
        keys = lake.query(
            "SELECT source, source_uri, raw_id FROM lake.raw_articles "
            "WHERE starts_with(media_type, ?) ORDER BY source_uri, source, raw_id",
            [HTML],
        ).to_pylist()
        for some in batched(keys, _CHUNK):
            for row in lake.payloads([(k["source"], k["source_uri"], k["raw_id"]) for k in some]):
                yield RawArticle(
                    row["source_uri"],
                    row["media_type"],
                    row["fetched_at"],
                    row["payload"],
                    known.get(row["source"]) or Source(row["source"], settings.default_zone),
                    row["address"],
                    tuple((name, value) for name, value in json.loads(row["headers"] or "[]")),
                )


def _bare(settings: Settings) -> Settings:
    """The settings without the files of furniture."""
    specs = tuple(spec.model_copy(update={"furniture": None}) for spec in settings.sources)
    return settings.model_copy(update={"sources": specs})
