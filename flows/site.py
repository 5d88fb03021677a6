"""The evidence site of a lake (:mod:`pages`), as the settings want it, with its quality."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import UsageError
from flows.reporting import SHOWN, matter
from pages import links
from pages.build import Built, Told, build
from pages.opening import Wish
from pages.site import File, Site
from pages.wanted import Choice, Limits
from warehouse.catalog import quoted
from warehouse.errors import LakeError, SqlError, TargetError
from warehouse.history import At
from warehouse.tables import ARTICLE_TABLES

if TYPE_CHECKING:
    from flows.settings import Settings

log = logging.getLogger(__name__)

#: Where a site is made that no setting and no command line names a folder for: in the lake's own.
FOLDER = "site"


def make(
    settings: Settings,
    folder: str | Path | None = None,
    *,
    at: At | None = None,
    choice: Choice | None = None,
    told: Told = lambda part, path: None,
) -> Built:
    """Makes the site of the settings' lake in ``folder``, else in that of the settings, else in the
    lake's own. Raises ``UsageError`` for a folder that cannot be it, and as :func:`pages.build`."""
    from transforms.countries import code_of

    wanted = settings.site
    wish = Wish(
        title=wanted.title,
        choice=choice or Choice(),
        limits=Limits(wanted.articles, wanted.names, wanted.rows, wanted.pages),
        code_of=code_of,
    )
    place = folder or wanted.folder or settings.lake.home / FOLDER
    try:
        return build(
            settings.lake, place, at=at, wish=wish, quality=quality_of(settings), told=told
        )
    except TargetError as error:
        raise UsageError(str(error)) from error


def publish(settings: Settings) -> Path | None:
    """After a run: makes the site anew, if the settings name a folder for it; gives its first page.

    What goes wrong is logged and changes nothing of the run: its rows are published.
    """
    if settings.site.folder is None:
        return None
    try:
        return make(settings).page
    except (UsageError, LakeError, SqlError) as error:
        log.warning("the site was not made anew: %s", error)
    except Exception:
        log.exception("the site was not made anew")
    return None


def quality_of(settings: Settings) -> Callable[[Site], Iterator[File]]:
    """Makes the pages that tell of quality: the report of the newest run that checked something."""

    def pages(site: Site) -> Iterator[File]:
        from expectations.html import body
        from expectations.style import STYLE
        from expectations.summary import summarise

        (newest,) = site.ask("SELECT max(run_id) AS run_id FROM lake.quality")
        run = quoted(newest["run_id"] or "")
        quarantine = site.ask(f"FROM lake.quarantine WHERE run_id = {run} ORDER BY ALL")
        articles = site.ask(
            f"SELECT {', '.join(SHOWN)} FROM lake.articles WHERE article_id IN "
            f"(SELECT article_id FROM lake.quarantine WHERE run_id = {run})"
        )
        summary = summarise(
            site.ask(f"FROM lake.quality WHERE run_id = {run} ORDER BY ALL"),
            quarantine,
            warnings=site.ask(f"FROM lake.warnings WHERE run_id = {run} ORDER BY ALL"),
            tables={
                table.name: site.ask(f"SELECT count(*) AS rows FROM lake.{table.name}")[0]["rows"]
                for table in ARTICLE_TABLES
            },
            limits=settings.shares(),
            **matter(site.ask, articles),
        )
        yield site.page(links.QUALITY, "quality", report=body(summary))
        yield File("assets/report.css", f".report{{{STYLE}}}\n".encode())

    return pages
