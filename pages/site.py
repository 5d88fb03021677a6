"""What is a site made of? The state of a lake that it shows, the choice of pages, and how one is
written; what the modules that make pages are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pages.templates import rendered
from pages.wanted import Choice, Limits, State
from warehouse.asking import Asked, question, view_named, views
from warehouse.columns import Row


@dataclass(frozen=True)
class File:
    """A file of the site: its address from the first folder, and its bytes."""

    path: str
    data: bytes


class Asker(Protocol):
    """Asks the lake in SQL, with values for its question marks; rows as dicts of Python values."""

    def __call__(self, sql: str, values: Sequence[Any] = ()) -> list[Row]: ...


@dataclass
class Site:
    """What is shown, and of which state.

    ``article_ids`` and ``entity_ids`` are those that have a page; in SQL they are the temporary
    tables ``site_articles`` (article_id, published_date) and ``site_entities`` (entity_id, name,
    entity_type, articles, mentions, first_date, last_date). ``title`` names the lake.
    ``code_of`` gives the code of a country that a choice asks for by name.
    """

    ask: Asker
    state: State
    title: str
    limits: Limits = field(default_factory=Limits)
    choice: Choice = field(default_factory=Choice)
    article_ids: frozenset[str] = frozenset()
    entity_ids: frozenset[str] = frozenset()
    version: str = ""
    code_of: Callable[[str], str | None] = lambda name: None
    _views: set[str] = field(default_factory=set)

    def page(self, path: str, template: str, **data: Any) -> File:
        """A page, its address and what its template is given beside the site."""
        return File(path, rendered(template, path, site=self, **data).encode())

    @property
    def narrowed(self) -> bool:
        """Whether the site is of a part of the lake only."""
        return self.choice != Choice()

    def question(self, name: str, columns: Sequence[str] = ()) -> str:
        """The question in SQL that asks a view for what the choice lets through: ``since`` and
        ``until`` by the view's own day, as ``dateline ask`` does."""
        view = view_named(name)
        kinds = {
            row["column_name"]: row["column_type"] for row in self.ask(f"DESCRIBE {view.name}")
        }
        chosen = (("place", self.choice.place), ("category", self.choice.category))
        wanted = {
            column: (value,)
            for column, value in chosen
            if value is not None and column in view.columns
        }
        since, until = (self.choice.since, self.choice.until) if view.day in kinds else (None, None)
        asked = Asked(wanted, since=since, until=until, columns=columns)
        return question(view, kinds, asked, code_of=self.code_of)

    def view(self, name: str) -> str:
        """The name of a temporary table with the rows of a view that the choice lets through, in
        the view's order: ``row_no`` from 1. It is worked out once."""
        kept = f"site_{name}"
        if name not in self._views:
            view = view_named(name)
            # The view's order, and all columns behind it: rows that it leaves equal stand the same
            # each time.
            every = (f'"{column}" NULLS LAST' for column in view.columns)
            order = ", ".join((*filter(None, (view.order,)), *every))
            self.ask(
                f"CREATE OR REPLACE TEMPORARY TABLE {kept} AS "
                f"SELECT row_number() OVER (ORDER BY {order}) AS row_no, * "
                f"FROM ({self.question(name)}) ORDER BY row_no"
            )
            self._views.add(name)
        return kept

    def chunks(self, ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
        """The ids in portions, so that memory does not grow with the lake."""
        for at in range(0, len(ids), size):
            yield ids[at : at + size]


def asked_views() -> list[str]:
    """The views that a site shows and offers, by name; not the one whose rows are all rows of an
    article, which the articles' own pages list."""
    return [name for name, view in views().items() if view.question and name != "article_rows"]
