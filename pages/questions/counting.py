"""What is counted over time, what was counted last, and where do counts not agree?"""

from __future__ import annotations

import math
from collections.abc import Iterator

from pages import links, plots, words
from pages.charts import Chart, Choice, Spec
from pages.countries import names
from pages.questions.series import series, timeline, title
from pages.site import Site
from warehouse.columns import Row

#: Series that are drawn when the site is built, and those among which one may choose.
_DRAWN, _CHOICE = 6, 40
_SUBJECTS = 4
_PAIRS = 12


def over_time(site: Site) -> Iterator[Chart]:
    """The series with most days, each on axes of its own."""
    page = links.question("count_timeline")
    every = series(site, _CHOICE)
    for number, one in enumerate(every[:_DRAWN]):
        note = (
            "A point is a statement, its line the range that it gives. Grey reaches from the "
            "lowest to the highest number of each day"
            + (" and joins them; so is each source with itself. " if one.total else ". ")
        )
        yield Chart(
            f"series-{number}",
            one.title,
            one.says,
            timeline(site, page, one),
            280,
            note=note if number == 0 else "",
            live=True,
            moved=number == 0,
            choose="Choose another count",
            choices=[
                Choice(other.title, other.says, timeline(site, page, other)) for other in every
            ]
            if number == 0
            else (),
        )


def latest(site: Site) -> Iterator[Chart]:
    """What each source says last of the same thing, and what it said before."""
    page = links.question("latest_counts")
    rows = site.ask(
        f"""
        WITH n AS (
          SELECT *, coalesce(value, value_low, value_high) AS number
          FROM {site.view("latest_counts")}
          WHERE place IS NOT NULL AND category NOT IN ('people', 'places', 'other')
        ),
        ranked AS (
          SELECT category, kind, nationality, place, place_country, cumulative,
                 count(DISTINCT claimed_by) AS speakers, max(published_date) AS newest
          FROM n GROUP BY ALL HAVING count(DISTINCT claimed_by) >= 3
          ORDER BY speakers DESC, newest DESC, category, kind, nationality, place, place_country,
                   cumulative
          LIMIT {_SUBJECTS}
        )
        SELECT n.*, f.surface AS said, r.speakers FROM n
        JOIN ranked AS r ON r.category = n.category AND r.kind = n.kind AND r.place = n.place
         AND r.nationality IS NOT DISTINCT FROM n.nationality
         AND r.place_country IS NOT DISTINCT FROM n.place_country
         AND r.cumulative IS NOT DISTINCT FROM n.cumulative
        JOIN figures AS f ON f.figure_id = n.figure_id
        ORDER BY r.speakers DESC, r.newest DESC, n.category, n.kind, n.nationality, n.place,
                 n.place_country, n.cumulative, n.published_date DESC, n.number DESC, n.figure_id
        """
    )
    subjects: dict[tuple[object, ...], list[Row]] = {}
    keys = ("category", "kind", "nationality", "place", "place_country", "cumulative")
    for row in rows:
        subjects.setdefault(tuple(row[key] for key in keys), []).append(row)
    for number, together in enumerate(subjects.values()):
        yield _dots(site, page, f"latest-{number}", together[:14])


def _dots(site: Site, page: str, name: str, rows: list[Row]) -> Chart:
    values = [
        {
            "name": f"{plots.name(row['claimed_by'], 34)}|{words.short_day(row['day'])}",
            "who": plots.name(row["claimed_by"]),
            "day": words.day(row["day"]),
            "number": row["number"],
            "low": row["number"] if row["value_low"] is None else row["value_low"],
            "high": row["number"] if row["value_high"] is None else row["value_high"],
            "before": row["earlier_value"],
            "said": plots.name(row["said"], 26),
            "page": links.relative(page, links.article(row["article_id"], row["figure_id"]))
            if row["article_id"] in site.article_ids
            else None,
        }
        for row in rows
    ]
    order = list(dict.fromkeys(value["name"] for value in values))
    y = {
        "field": "name",
        "type": "nominal",
        "sort": order,
        "title": None,
        "axis": {"labelExpr": "split(datum.label, '|')"},
    }
    furthest = max(max(value["number"], value["high"], value["before"] or 0) for value in values)
    x: Spec = {
        "type": "quantitative",
        "axis": plots.number_axis("number stated", top=furthest),
        "scale": {"domain": [0, furthest * 1.05 or 1], "nice": False},
    }
    stated = ("number", "low", "before")
    lowest = min(value[key] for value in values for key in stated if value[key] is not None)
    if plots.far([value["number"] for value in values]) and lowest > 0:
        title_ = "number stated (logarithmic scale)"
        x["axis"] = plots.number_axis(title_, **plots.powers(lowest, furthest))
        x["scale"] = {"type": "log", "domain": [lowest / 1.5, furthest * 1.5], "nice": False}
    tooltip = [
        {"field": "said", "title": "as written"},
        {"field": "who", "title": "who says so"},
        {"field": "day", "title": "as of"},
        {"field": "before", "title": "before that", "format": ","},
    ]
    earlier = {"filter": "isValid(datum.before)"}
    layers: list[Spec] = [
        *(
            []
            if all(value["before"] is None for value in values)
            else [
                {
                    "transform": [earlier],
                    "mark": {"type": "rule", "strokeDash": [3, 3], "color": "var(--c5)"},
                    "encoding": {"x": {**x, "field": "before"}, "x2": {"field": "number"}},
                },
                {
                    "transform": [earlier],
                    "mark": {"type": "point", "filled": False, "size": 60, "color": "var(--c5)"},
                    "encoding": {"x": {**x, "field": "before"}},
                },
            ]
        ),
        {
            "transform": [{"filter": "datum.low < datum.high"}],
            "mark": {"type": "rule", "strokeWidth": 2, "color": "var(--c0)"},
            "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}},
        },
        {
            "mark": {
                "type": "point",
                "filled": True,
                "size": 70,
                "opacity": 1,
                "cursor": "pointer",
            },
            "encoding": {"x": {**x, "field": "number"}, "tooltip": tooltip},
        },
        *(
            {
                "transform": [{"filter": f"datum.far === {far}"}],
                "mark": {"type": "text", "align": align, "dx": dx},
                "encoding": {"x": {**x, "field": "number"}, "text": {"field": "said"}},
            }
            for far, align, dx in (("false", "left", 9), ("true", "right", -9))
        ),
    ]
    for value in values:  # where the number stands beside its dot: to the inner side
        share = value["number"] / furthest if furthest else 0
        if x["scale"].get("type") == "log":
            share = math.log(value["number"] / lowest) / math.log(furthest / lowest)
        value["far"] = share > 0.45
    numbers = [value["number"] for value in values]
    return Chart(
        name,
        f"{title(rows[0], names(site))}, by who says so",
        f"Dots: {len(values)} sources, {words.number(min(numbers))} to "
        f"{words.number(max(numbers))}.",
        {"data": {"values": values}, "encoding": {"y": y}, "layer": layers},
        30 * len(order) + plots.AXES,
        note="A hollow dot is the number that the same source gave in an earlier story."
        if any(value["before"] is not None for value in values)
        else "",
        live=True,
    )


def conflicts(site: Site) -> Iterator[Chart]:
    """The pairs that are furthest apart, the lower and the higher number on one line."""
    chart = disagreements(site, links.question("conflicting_counts"), _PAIRS)
    if chart is not None:
        yield chart


def disagreements(site: Site, page: str, most: int, *, live: bool = True) -> Chart | None:
    """The pairs of counts that are furthest apart, for a page; nothing if there are none."""
    rows = pairs(site, most)
    if not rows:
        return None
    values = [
        {
            "name": f"{words.label(row['category'])}, "
            f"{plots.name(row['place'] or row['kind'], 26)}, {words.short_day(row['day'])}",
            "end": end,
            "number": row[f"{end}_value"],
            "said": words.number(row[f"{end}_value"]),
            "by": plots.name(row[f"{end}_by"]),
            "page": links.relative(
                page, links.article(row[f"{end}_article"], row[f"{end}_figure_id"])
            )
            if row[f"{end}_article"] in site.article_ids
            else None,
            "at": number,
        }
        for number, row in enumerate(rows)
        for end in ("lower", "higher")
    ]
    for value in values:  # two pairs of one place and day would stand on one line
        same = sum(
            1 for other in values if other["name"] == value["name"] and other["at"] < value["at"]
        )
        value["line"] = value["name"] if not same else f"{value['name']} ({same // 2 + 1})"
    order = list(dict.fromkeys(value["line"] for value in values))
    y = {"field": "line", "type": "nominal", "sort": order, "title": None, "axis": {"grid": True}}
    numbers = [float(value["number"]) for value in values]
    x: Spec = {
        "field": "number",
        "type": "quantitative",
        "axis": plots.number_axis("number stated"),
        "scale": {"domain": [0, max(numbers) * 1.2], "nice": False},
    }
    if plots.far(numbers):
        low, high = min(numbers), max(numbers)
        title_ = "number stated (logarithmic scale)"
        x["axis"] = plots.number_axis(title_, **plots.powers(low, high))
        x["scale"] = {"type": "log", "domain": [low / 4, high * 4], "nice": False}
    kinds = ("lower", "higher")
    tooltip = [
        {"field": "said", "title": "number"},
        {"field": "by", "title": "who says so"},
        {"field": "name", "title": "of what"},
    ]
    layers = [
        {
            "mark": {"type": "line", "color": "var(--c5)", "strokeWidth": 2, "opacity": 0.6},
            "encoding": {"detail": {"field": "line"}},
        },
        {
            "mark": {
                "type": "point",
                "filled": True,
                "size": 80,
                "opacity": 1,
                "cursor": "pointer",
            },
            "encoding": {
                "color": plots.colours("end", kinds),
                "shape": plots.shapes("end", kinds),
                "tooltip": tooltip,
            },
        },
        {
            "transform": [{"filter": "datum.end === 'lower'"}],
            "mark": {"type": "text", "align": "right", "dx": -8},
            "encoding": {"text": {"field": "said"}},
        },
        {
            "transform": [{"filter": "datum.end === 'higher'"}],
            "mark": {"type": "text", "align": "left", "dx": 8},
            "encoding": {"text": {"field": "said"}},
        },
    ]
    top = rows[0]
    return Chart(
        "disagreements",
        f"The {words.counted(len(rows), 'pair')} of counts that are furthest apart"
        if len(rows) > 1
        else "The pair of counts that do not agree",
        f"Dots in pairs: {words.counted(len(rows), 'pair')}, the first "
        f"{words.number(top['lower_value'])} against {words.number(top['higher_value'])}.",
        {"data": {"values": values}, "encoding": {"x": x, "y": y}, "layer": layers},
        plots.ROW * len(order) + plots.AXES + 30,
        live=live,
    )


def pairs(site: Site, most: int) -> list[Row]:
    """The pairs that are furthest apart, with the articles of both; without numbers of nought,
    which no ratio can be taken of."""
    return site.ask(
        f"""
        SELECT v.*, l.article_id AS lower_article, h.article_id AS higher_article
        FROM {site.view("conflicting_counts")} AS v
        JOIN figures AS l ON l.figure_id = v.lower_figure_id
        JOIN figures AS h ON h.figure_id = v.higher_figure_id
        WHERE v.lower_value > 0
        ORDER BY v.row_no LIMIT {most}
        """
    )
