"""Which counts tell of one thing, and how are they drawn over time?

A series is what may stand on one axis: counts of one category and kind, side and place, totals so
far and new numbers never together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pages import links, plots, words
from pages.charts import Spec
from pages.countries import names
from pages.site import Site
from warehouse.columns import Row

_VALUE = "coalesce(n.value, n.value_low, n.value_high)"


@dataclass(frozen=True)
class Series:
    """Statements of one thing, by day; each a row of ``count_claims`` with ``number``."""

    title: str
    total: bool
    rows: Sequence[Row]

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        days = [row["day"] for row in self.rows]
        return min(days), max(days)

    @property
    def range(self) -> tuple[float, float]:
        return (
            min(_low(row) for row in self.rows),
            max(_high(row) for row in self.rows),
        )

    @property
    def says(self) -> str:
        """What a chart of it shows, in a sentence."""
        low, high = self.range
        first, last = self.days
        speakers = len({row["claimed_key"] for row in self.rows})
        return (
            f"Chart over time of {words.counted(len(self.rows), 'statement')} of "
            f"{words.counted(speakers, 'source')}, {words.number(low)} to {words.number(high)}, "
            f"from {words.day(first)} to {words.day(last)}."
        )


def series(site: Site, most: int) -> list[Series]:
    """The series with the most days and statements, what is only counted as people or things
    last."""
    rows = site.ask(
        f"""
        WITH n AS (
          SELECT * FROM {site.view("count_claims")}
          WHERE day IS NOT NULL AND NOT starts_with(place_key, 'story ')
            AND category NOT IN ('other', 'places')
        ),
        ranked AS (
          SELECT category, kind, nationality, place_key, cumulative, count(DISTINCT day) AS days,
                 count(*) AS statements,
                 category IN ('people', 'equipment') AS plain
          FROM n GROUP BY ALL HAVING count(DISTINCT day) >= 3
          ORDER BY plain, days DESC, statements DESC, category, kind,
                   nationality, place_key, cumulative
          LIMIT {most}
        )
        SELECT n.*, {_VALUE} AS number, r.days, r.statements, f.surface AS said
        FROM n JOIN ranked AS r
          ON r.category = n.category AND r.kind = n.kind AND r.place_key = n.place_key
         AND r.nationality IS NOT DISTINCT FROM n.nationality
         AND r.cumulative IS NOT DISTINCT FROM n.cumulative
        JOIN figures AS f ON f.figure_id = n.figure_id
        ORDER BY r.plain, r.days DESC, r.statements DESC, n.category,
                 n.kind, n.nationality, n.place_key, n.cumulative, n.day, n.published_date,
                 n.figure_id
        """
    )
    made: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        key = tuple(
            row[one] for one in ("category", "kind", "nationality", "place_key", "cumulative")
        )
        made.setdefault(key, []).append(row)
    called = names(site)
    return [
        Series(title(rows[0], called), rows[0]["cumulative"] is True, rows)
        for rows in made.values()
    ]


#: What a number is, by ``cumulative``.
TOTAL = {True: "totals so far", False: "new numbers", None: "not said whether total or new"}


def title(row: Row, countries: Mapping[str, str]) -> str:
    """Killed, people of Ukraine, Kursk region: totals so far"""
    what = [words.label(row["category"]).capitalize()]
    side = countries.get(row["nationality"] or "", row["nationality"])
    kind = row["kind"].replace("_", " ")
    if row["category"] == "troops" and kind == "people":
        what[0] += f" of {side}" if side else ""
    else:
        what.append(plots.name(kind) + (f" of {side}" if side else ""))
    return f"{', '.join(what)}, {plots.name(row['place'])}: {TOTAL[row['cumulative']]}"


def timeline(site: Site, page: str, one: Series) -> Spec:
    """A series over time: each statement a point with its range, in the colour and shape of who
    makes it; a band from the lowest to the highest of each day; totals of one source joined."""
    speakers: dict[str, int] = {}
    called = {row["claimed_key"]: plots.name(row["claimed_by"], 32) for row in one.rows}
    for row in one.rows:
        speakers[called[row["claimed_key"]]] = speakers.get(called[row["claimed_key"]], 0) + 1
    kinds = plots.most(speakers)
    points = [
        {
            "day": row["day"].isoformat(),
            "number": row["number"],
            "low": _low(row),
            "high": _high(row),
            "who": who if (who := called[row["claimed_key"]]) in kinds else plots.OTHERS,
            "speaker": who,
            "said": plots.name(row["said"]),
            "when": words.day(row["day"]),
            "page": links.relative(page, links.article(row["article_id"], row["figure_id"]))
            if row["article_id"] in site.article_ids
            else None,
        }
        for row in one.rows
    ]
    y: Spec = {
        "type": "quantitative",
        "axis": plots.number_axis("number stated", top=one.range[1]),
        "scale": {"domain": [0, one.range[1] * 1.06 or 1], "nice": False},
    }
    if _far(one):
        y["axis"] = plots.number_axis(
            "number stated (logarithmic scale)", **plots.powers(*one.range)
        )
        y["scale"] = {
            "type": "log",
            "domain": [one.range[0] / 1.4, one.range[1] * 1.4],
            "nice": False,
        }
    x = {
        "field": "day",
        "type": "temporal",
        "axis": plots.time_axis(*one.days),
        "scale": {"type": "utc", "padding": 12},
    }
    tooltip = [
        {"field": "said", "title": "as written"},
        {"field": "speaker", "title": "who says so"},
        {"field": "when", "title": "as of"},
    ]
    ends = {"y": {**y, "field": "low"}, "y2": {"field": "high"}}
    grey = "var(--c5)"
    layers: list[Spec] = []
    days = _days(points)
    if one.total and len(days) > 1:
        layers.append(
            {
                "data": {"values": days},
                "mark": {"type": "area", "opacity": 0.13, "color": grey},
                "encoding": {"x": x, **ends},
            }
        )
    if apart := [day for day in days if day["low"] < day["high"]]:
        layers.append(
            {
                "data": {"values": apart},
                "mark": {"type": "rule", "opacity": 0.28, "strokeWidth": 9, "color": grey},
                "encoding": {"x": x, **ends},
            }
        )
    colour = plots.colours("who", kinds)
    if one.total:
        layers.append(
            {
                "mark": {"type": "line", "strokeWidth": 1.5, "opacity": 0.8},
                "transform": [{"filter": f"datum.who !== '{plots.OTHERS}'"}],
                "encoding": {
                    "x": x,
                    "y": {**y, "field": "number"},
                    "color": colour,
                    "detail": {"field": "speaker"},
                },
            }
        )
    if ranges := [point for point in points if point["low"] < point["high"]]:
        layers.append(
            {
                "data": {"values": ranges},
                "mark": {"type": "rule", "strokeWidth": 1.5},
                "encoding": {"x": x, **ends, "color": colour},
            }
        )
    layers.append(
        {
            "mark": {
                "type": "point",
                "filled": True,
                "size": 60,
                "opacity": 1,
                "cursor": "pointer",
            },
            "encoding": {
                "x": x,
                "y": {**y, "field": "number"},
                "color": colour,
                "shape": plots.shapes("who", kinds),
                "tooltip": tooltip,
            },
        }
    )
    layers[0] = {**layers[0], "params": [plots.zoom()]}
    return {"data": {"values": points}, "layer": layers}


def _low(row: Row) -> float:
    return float(
        row["number"] if row["value_low"] is None else min(row["value_low"], row["number"])
    )


def _high(row: Row) -> float:
    return float(
        row["number"] if row["value_high"] is None else max(row["value_high"], row["number"])
    )


def _days(points: Sequence[Spec]) -> list[Spec]:
    """The lowest and highest number of each day."""
    days: dict[str, Spec] = {}
    for point in points:
        day = days.setdefault(
            point["day"], {"day": point["day"], "low": point["low"], "high": point["high"]}
        )
        day["low"], day["high"] = min(day["low"], point["low"]), max(day["high"], point["high"])
    return [days[day] for day in sorted(days)]


def _far(one: Series) -> bool:
    """Whether the highest number is so far from the middle one that a linear axis shows only it;
    an axis that is not linear has no nought."""
    return plots.far([row["number"] for row in one.rows]) and one.range[0] > 0
