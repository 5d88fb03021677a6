"""``dateline site``: a lake as pages to look at."""

from __future__ import annotations

import click

from flows.command.group import Globals, common_options


@click.command(short_help="Make a site of pages: every number leads to its sentence.")
@click.argument("folder", required=False, metavar="[DIR]")
@click.option(
    "--at",
    metavar="SNAPSHOT|TIME|RUN",
    help="Show the lake as it was: a snapshot's number, a time (UTC) or a run.",
)
@click.option(
    "--place", metavar="PLACE", help="Only what has figures there: a place, a country, *part*."
)
@click.option("--category", metavar="KIND", help="Only what has figures of a kind: killed, troops.")
@click.option("--since", metavar="DAY", help="Only what was published since then: 2024-05-01.")
@click.option("--until", metavar="DAY", help="Only what was published until then.")
@click.option("--title", metavar="TEXT", help="What the site is called.")
@click.option("--articles", type=click.IntRange(0), metavar="N", help="How many get a page.")
@click.option("--names", type=click.IntRange(0), metavar="N", help="How many get a page.")
@common_options
@click.pass_obj
def site(
    shared: Globals,
    folder: str | None,
    at: str | None,
    place: str | None,
    category: str | None,
    since: str | None,
    until: str | None,
    title: str | None,
    articles: int | None,
    names: int | None,
) -> None:
    """Make a static site of one state of the lake in DIR: an overview, a page for each question,
    article, name and source, search, and the tables to take away.

    It needs no server and no network: open DIR/index.html, or put the folder on any web host. The
    same state gives the same bytes. A site that is there is replaced as a whole, and only files
    that changed are written. DIR must be a site, empty or new; without it the site is made in the
    folder of [site] in dateline.toml, else in the folder site in the lake's own.

    With --place or --category the site is of the articles that have such figures, and its answers
    are of these; values are written as for `dateline ask`.

    \b
    Examples:
      $ dateline site
      $ dateline site /srv/www/news --title "What was said of the flood"
      $ dateline site kursk --place "*kursk*" --since 2024-08
      $ dateline site as-of-may --at 2025-05-01 --lake /data/lake
    """
    settings = shared.settings()
    given = {"title": title, "articles": articles, "names": names}
    wanted = settings.site.model_copy(
        update={key: value for key, value in given.items() if value is not None}
    )
    settings = settings.model_copy(update={"site": wanted})

    from flows.command.results import console
    from flows.command.site_progress import making
    from flows.site import make
    from pages.wanted import Choice
    from pages.words import size

    with making() as told:
        built = make(
            settings, folder, at=at, choice=Choice(place, category, since, until), told=told
        )
    written, chosen = built.written, built.chosen
    to = console()
    to.print(
        f"{_of(chosen.shown_articles, chosen.articles, 'article')} and "
        f"{_of(chosen.shown_entities, chosen.entities, 'name')} have a page; state "
        f"{built.state.snapshot} of {built.state.committed_at:%Y-%m-%d %H:%M:%S} UTC",
        soft_wrap=True,
    )
    to.print(
        f"{written.files:,} files, {size(written.size)}; written: {written.new:,} files, "
        f"{size(written.new_size)}; gone: {written.gone:,}",
        soft_wrap=True,
    )
    to.print(str(built.page), soft_wrap=True)


def _of(shown: int, every: int, what: str) -> str:
    """``36 articles``, ``10,000 of 12,345 articles``"""
    many = what if every == 1 else f"{what}s"
    return f"{every:,} {many}" if shown == every else f"{shown:,} of {every:,} {many}"
