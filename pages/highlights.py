"""What would one want to see first? The newest of the lake, for the overview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pages import links, plots, words
from pages.charts import Chart
from pages.countries import names
from pages.questions.cells import counts, shortened
from pages.questions.coming import newest
from pages.questions.counting import pairs
from pages.site import Site
from pages.templates import environment
from warehouse.columns import Row

_LATEST, _PAIRS, _DUE = 6, 3, 8
#: What a first look is for, in this order; the first of them happen to people.
_CATEGORIES = (
    "killed", "wounded", "missing", "displaced", "captured", "detained",
    "troops", "casualties", "attacks", "equipment", "munitions",
)  # fmt: skip
_TO_PEOPLE = _CATEGORIES[:6]


@dataclass(frozen=True)
class Told:
    """What is said: in a few words, about what and by whom, in which sentence, and the address of
    its mark; empty where its article has no page."""

    said: str
    about: str
    sentence: str
    link: str


@dataclass(frozen=True)
class Disagreement:
    """Two that do not agree, the lower number first."""

    sides: Sequence[Told]


@dataclass(frozen=True)
class Due:
    """What is said to come: when, in which sentence, and the address of its mark."""

    when: str
    said: str
    link: str


def articles_by_day(site: Site) -> Markup:
    """A chart of the articles over time by publisher, and its figures as a table; empty where none
    has a date."""
    rows = site.ask(
        """
        SELECT a.published_date AS day, coalesce(a.publisher, a.source, 'unknown') AS publisher,
               count(*) AS count
        FROM lake.articles AS a SEMI JOIN site_chosen USING (article_id)
        WHERE a.published_date IS NOT NULL GROUP BY ALL ORDER BY ALL
        """
    )
    if not rows:
        return Markup("")
    first, last = plots.crowded([row["day"] for row in rows for _ in range(row["count"])], 0.95)
    within = [row for row in rows if first <= row["day"] <= last]
    sums: dict[str, int] = {}
    for row in within:
        row["publisher"] = plots.name(row["publisher"], 26)
        sums[row["publisher"]] = sums.get(row["publisher"], 0) + row["count"]
    kinds = plots.most(sums)
    calendar = plots.Calendar(first, last)
    values = calendar.counted(
        (
            row["day"],
            row["publisher"] if row["publisher"] in kinds else plots.OTHERS,
            row["count"],
        )
        for row in within
    )
    out = sum(row["count"] for row in rows) - sum(sums.values())
    chart = Chart(
        "articles",
        f"Articles by {calendar.unit} of publication, and by publisher",
        f"Columns by {calendar.unit}, {words.day(first)} to {words.day(last)}: "
        f"{words.counted(sum(sums.values()), 'article')} of {words.listed(kinds)}.",
        plots.columns(values, "articles", kinds=kinds),
        220,
        note=f"{words.counted(out, 'more article')}, before {words.day(first)} or after "
        f"{words.day(last)}, {'is' if out == 1 else 'are'} not drawn."
        if out
        else "",
    )
    module = environment().get_template("drawn.html").module
    macro = module.chart  # type: ignore[attr-defined]
    return Markup(macro(chart)) + Markup(module.table(values))  # type: ignore[attr-defined]


def latest(site: Site) -> list[Told]:
    """The newest counts of different categories and stories, whose articles have a page."""
    wanted = ", ".join(f"'{one}'" for one in _CATEGORIES)
    rows = site.ask(
        f"""
        WITH counted AS (
          SELECT v.*, f.surface, f.counted, list_position([{wanted}], v.category) AS rank
          FROM {site.view("latest_counts")} AS v
          JOIN lake.figures AS f ON f.figure_id = v.figure_id
          JOIN articles AS a ON a.article_id = v.article_id
          SEMI JOIN site_articles AS s ON s.article_id = v.article_id
          WHERE v.category IN ({wanted}) AND v.place IS NOT NULL
          QUALIFY row_number() OVER (PARTITION BY a.story_id ORDER BY rank, v.row_no) = 1
        )
        SELECT *, row_number() OVER (PARTITION BY category ORDER BY row_no) AS nth FROM counted
        ORDER BY nth, rank, row_no LIMIT {_LATEST}
        """
    )
    return [
        Told(
            shortened(" ".join(filter(None, (row["surface"], row["counted"])))),
            f"{words.label(row['category'])} · {row['place']}, {words.day(row['day'])}: "
            f"{row['claimed_by']}",
            shortened(row["sentence"]),
            links.article(row["article_id"], row["figure_id"]),
        )
        for row in rows
    ]


def largest_disagreements(site: Site) -> list[Disagreement]:
    """The pairs of counts that are furthest apart."""
    called = names(site)
    return [
        Disagreement([_side(site, row, end, called) for end in ("lower", "higher")])
        for row in pairs(site, _PAIRS)
    ]


def _said(many: str, row: Row, countries: Mapping[str, str]) -> str:
    """A count in a few words: 12 people killed; at least 3 attacks (strike)."""
    if row["category"] in _TO_PEOPLE and row["kind"] == "people" and not row["nationality"]:
        return f"{many} {'person' if many == '1' else 'people'} {row['category']}"
    category, _, kind = counts(row, countries).partition(", ")
    return f"{many} {category}{f' ({kind})' if kind else ''}"


def _side(site: Site, row: Row, end: str, countries: Mapping[str, str]) -> Told:
    article = row[f"{end}_article"]
    where = f", {row['place']}" if row["place"] else ""
    return Told(
        _said(words.number(row[f"{end}_value"]), row, countries) + where,
        f"{row[f'{end}_by']}, {words.day(row[f'{end}_published'])}",
        shortened(row[f"{end}_sentence"]),
        links.article(article, row[f"{end}_figure_id"]) if article in site.article_ids else "",
    )


def due_next(site: Site) -> list[Due]:
    """What is said for the days after the newest article, soonest first and each story once, with
    an event before what is a time alone."""
    day = newest(site)
    if day is None:
        return []
    rows = site.ask(
        f"""
        SELECT * FROM {site.view("scheduled")}
        WHERE day > DATE '{day}' AND granularity IN ('day', 'hour', 'minute', 'second', 'part')
          AND day <= DATE '{min(day, dt.date(9990, 1, 1)) + dt.timedelta(days=366)}'
        QUALIFY row_number() OVER (PARTITION BY story_id ORDER BY row_no) = 1
            AND row_number() OVER (PARTITION BY day ORDER BY event_id IS NULL, row_no) <= 2
        ORDER BY row_no LIMIT {_DUE}
        """
    )
    return [
        Due(
            words.days(row["day"], row["until"]),
            shortened(row["sentence"]),
            links.article(row["article_id"], row["date_id"])
            if row["article_id"] in site.article_ids
            else "",
        )
        for row in rows
    ]
