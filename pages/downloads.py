"""The tables behind the site, to take away: each as CSV and as Parquet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pages import links
from pages.site import Site, asked_views
from pages.staging import Staging
from warehouse.exporting.described import described
from warehouse.exporting.files import Form, write_file
from warehouse.tables import ARTICLE_TABLES, ARTICLES, REJECTS, REPEATS

if TYPE_CHECKING:
    from warehouse.reader import Connection

FORMS = ("csv", "parquet")
#: Tables that are offered, and the views beside them those that are asked.
TABLES = tuple(dict.fromkeys(t.name for t in (ARTICLES, *ARTICLE_TABLES, REPEATS, REJECTS)))


@dataclass(frozen=True)
class Offered:
    """A table or view that can be taken away: how many rows, and each file's address and bytes."""

    name: str
    description: str
    rows: int
    files: tuple[tuple[str, str, int], ...]


def write(
    site: Site,
    connection: Connection,
    made: Staging,
    told: Callable[[str], None],
) -> None:
    """Writes every file of ``data/`` and the page that lists them."""
    offered: list[list[Offered]] = []
    for names in (TABLES, asked_views()):
        offered.append([])
        for name in names:
            if (one := _offered(site, connection, made, name)) is not None:
                offered[-1].append(one)
                for form, _, _ in one.files:
                    told(links.data(name, form))
    page = site.page(links.DOWNLOADS, "downloads", tables=offered[0], views=offered[1])
    made.put(page)
    told(page.path)


def _offered(site: Site, connection: Connection, made: Staging, name: str) -> Offered | None:
    if not site.ask(f"SELECT 1 FROM (SHOW TABLES) WHERE name = '{name}'"):
        return None  # a state of an earlier version
    table = replace(described(connection, name), name=_rows_of(site, name))
    files, rows = [], 0
    for form in FORMS:
        file = made.part / f".{name}.{form}"
        rows = write_file(connection, table, file, Form(form))
        files.append((form, links.data(name, form), file.stat().st_size))
        made.take(links.data(name, form), file)
    return Offered(name, table.description, rows, tuple(files))


def _rows_of(site: Site, name: str) -> str:
    """The table of the connection that has the rows which the choice lets through."""
    if name in asked_views():
        site.view(name)
        site.ask(
            f"CREATE OR REPLACE TEMPORARY VIEW site_rows AS SELECT * EXCLUDE (row_no) "
            f"FROM {site.view(name)}"
        )
        return "site_rows"
    if site.narrowed and name != REJECTS.name:
        site.ask(
            f"CREATE OR REPLACE TEMPORARY VIEW site_rows AS FROM lake.{name} "
            "WHERE article_id IN (SELECT article_id FROM site_chosen)"
        )
        return "site_rows"
    return name
