"""What is asked most, each on a page of its own: charts where one helps, and the rows behind them.

``QUESTIONS`` says which there are, :func:`pages` makes their pages and the list of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pages import charts, links, words
from pages.countries import names
from pages.questions.cells import Group, groups
from pages.questions.listing import QUESTIONS
from pages.questions.question import Question
from pages.site import File, Site
from warehouse.asking import view_named
from warehouse.columns import Row

__all__ = ["QUESTIONS", "pages"]


@dataclass(frozen=True)
class Listed:
    """A question in the list: its page, what is asked, and how many rows answer it."""

    view: str
    asked: str
    description: str
    rows: int


def pages(site: Site) -> Iterator[File]:
    """The page of each question, the scripts of those with charts, and the list of questions."""
    countries = names(site)
    listed = []
    live = mapped = False
    for question in QUESTIONS:
        view = view_named(question.view)
        kept = site.view(question.view)
        [counted] = site.ask(f"SELECT count(*)::BIGINT AS rows FROM {kept}")
        some, most = site.limits.rows, site.limits.pages
        shown = site.ask(question.sql(kept, some * most))
        cut = [shown[at : at + some] for at in range(0, len(shown), some)] or [[]]
        drawn = list(question.charts(site))
        path = links.question(question.view)
        pager = [links.question(question.view, number) for number in range(1, len(cut) + 1)]
        moving = [chart for chart in drawn if chart.live]
        listed.append(Listed(question.view, view.question, view.description, counted["rows"]))
        for at, rows in enumerate(cut):
            yield site.page(
                pager[at],
                "question",
                question=question,
                view=view,
                rows=counted["rows"],
                first=at * some + 1 if rows else 0,
                last=at * some + len(rows),
                pager=pager,
                groups=headed(question, groups(site, question, rows, countries)),
                charts=drawn if at == 0 else [],
                numeric=numeric(question, shown),
                live=bool(moving) and at == 0,
                mapped=at == 0 and any(chart.scales for chart in moving),
                command=command(site, question.view),
            )
        if moving:
            live = True
            mapped = mapped or any(chart.scales for chart in moving)
            yield File(links.piece(path), charts.piece(moving))
    yield site.page(links.QUESTIONS, "questions", listed=listed)
    if live:
        yield File(links.VEGA, charts.library())
    if mapped:
        yield File(links.WORLD, charts.world())


def numeric(question: Question, rows: Sequence[Row]) -> set[str]:
    """The columns that hold numbers."""
    return {
        column
        for column in question.columns
        if any(isinstance(row.get(column), int | float) for row in rows)
        and not any(isinstance(row.get(column), bool) for row in rows)
    }


def command(site: Site, view: str) -> str:
    """The line that asks the same of the lake in a terminal."""
    columns = view_named(view).columns
    asked = [f"dateline ask {view}"]
    for column, value in (("place", site.choice.place), ("category", site.choice.category)):
        if value is not None and column in columns:
            asked.append(f'--{column} "{value}"')
    if view_named(view).day:
        for bound, day in (("since", site.choice.since), ("until", site.choice.until)):
            if day is not None:
                asked.append(f"--{bound} {day}")
    return " ".join(asked)


def headed(question: Question, every: Iterator[Group]) -> Iterator[Group]:
    """The groups with their headings as words: of ``2024-05 ahead`` May 2024, still to come."""
    for group in every:
        if question.view == "scheduled":
            month, _, ahead = group.head.partition(" ")
            yield Group(words.month(month) + (", still to come" if ahead else ""), group.rows)
        else:
            yield group
