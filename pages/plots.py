"""Which forms do our charts have? Vega-Lite's specifications of bars, columns over time, matrices
and dots, from rows that are ready to be drawn."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from expectations.visible import visible
from pages import words
from pages.charts import COLOURS, SHAPES, Spec

#: Pixels of a row of bars or of a matrix, and of the axes around them.
ROW, AXES = 24, 46
#: Categories that get a colour of their own; the others share the last.
KINDS = 5
#: How many times the lower numbers the highest is where an axis is better logarithmic.
FAR = 200
OTHERS = "others"

#: Days as 7 May, months as May, years as 2024.
TIMES = {
    "year": "%Y",
    "quarter": "%b",
    "month": "%b",
    "week": "%-d %b",
    "day": "%-d %b",
    "date": "%-d %b",
    "hours": "%H:%M",
    "minutes": "%H:%M",
}

#: A label of an axis of money: billions as bn, not as G.
MONEY = "replace(replace(replace(format(datum.value, '~s'), 'G', ' bn'), 'M', ' m'), 'T', ' tn')"


def name(text: Any, longest: int = 40) -> str:
    """What others call something, as a label of a chart: cut, with every character to be seen."""
    shown = visible(" ".join(str(text).split()))
    return shown if len(shown) <= longest else f"{shown[:longest].rstrip()}…"


def far(numbers: Sequence[float]) -> bool:
    """Whether the highest number is so far from the lower half that a linear axis shows only it."""
    ordered = sorted(numbers)
    return ordered[0] > 0 and ordered[-1] > FAR * ordered[(len(ordered) - 1) // 4]


def powers(low: float, high: float) -> Spec:
    """Where an axis of a logarithmic scale has its lines: at the powers of ten."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    return {"values": [10**power for power in range(first, last + 1)], "labelOverlap": True}


def number_axis(title: str, *, whole: bool = True, top: float = 0, **more: Any) -> Spec:
    """An axis of numbers with its unit as title; ``whole`` if halves make no sense. ``top`` is the
    highest number where that may be a few: there each has a line."""
    return {
        "title": title,
        "format": ",d" if whole else "~s",
        "tickCount": 5,
        **({"values": list(range(math.ceil(top) + 1))} if whole and 0 < top <= 5 else {}),
        **more,
    }


def time_axis(first: dt.date, last: dt.date) -> Spec:
    """An axis of days, with the first and the last, since not every line of it names its year."""
    title = f"{words.short_day(first)} to {words.short_day(last)}"
    return {"title": title, "format": TIMES, "grid": False, "tickCount": 7}


def bars(
    values: Sequence[Mapping[str, Any]],
    unit: str,
    *,
    kinds: Sequence[str] = (),
    tooltip: Sequence[Spec] = (),
) -> tuple[Spec, int]:
    """Lying bars, one for each ``name`` in the order given, ``count`` long, with the number at
    its end; parts by ``kind`` where ``kinds`` names them. The specification, and its height."""
    order = list(dict.fromkeys(row["name"] for row in values))
    sums: dict[str, float] = {}
    for row in values:
        sums[row["name"]] = sums.get(row["name"], 0) + row["count"]
    y = {"field": "name", "type": "nominal", "sort": order, "title": None}
    # Room for the number behind the longest bar, which Vega does not count in.
    longest = max(sums.values(), default=1)
    x = {
        "field": "count",
        "type": "quantitative",
        "axis": number_axis(unit, top=longest),
        "scale": {"domain": [0, longest * 1.12], "nice": False},
    }
    bar: Spec = {
        "mark": {"type": "bar", "height": {"band": 0.72}},
        "encoding": {"x": x, "y": y, **({"tooltip": list(tooltip)} if tooltip else {})},
    }
    if kinds:
        bar["encoding"]["color"] = colours("kind", kinds)
        bar["encoding"]["order"] = {"field": "rank"}
    ends = {
        "data": {
            "values": [
                {"name": key, "count": sums[key], "said": words.number(sums[key])} for key in order
            ]
        },
        "mark": {"type": "text", "align": "left", "dx": 5},
        "encoding": {
            "x": {"field": "count", "type": "quantitative"},
            "y": y,
            "text": {"field": "said"},
        },
    }
    ranked = [{**row, "rank": kinds.index(row["kind"])} if kinds else dict(row) for row in values]
    return {"data": {"values": ranked}, "layer": [bar, ends]}, ROW * len(order) + AXES + (
        30 if kinds else 0
    )


def colours(field: str, kinds: Sequence[str], *, legend: bool = True) -> Spec:
    """A colour for each of up to six kinds."""
    made: Spec = {
        "field": field,
        "type": "nominal",
        "scale": {"domain": list(kinds), "range": list(COLOURS[: len(kinds)])},
    }
    if not legend:
        made["legend"] = None
    return made


def shapes(field: str, kinds: Sequence[str]) -> Spec:
    """A shape for each of up to six kinds: with the colour, never the colour alone."""
    scale = {"domain": list(kinds), "range": list(SHAPES[: len(kinds)])}
    return {"field": field, "type": "nominal", "scale": scale}


def most(counts: Mapping[str, int], kinds: int = KINDS) -> list[str]:
    """The most frequent kinds, and a last one for the others if there are more."""
    ranked = sorted(counts, key=lambda kind: (-counts[kind], kind))
    return ranked if len(ranked) <= kinds + 1 else [*ranked[:kinds], OTHERS]


def columns(
    values: Sequence[Mapping[str, Any]], unit: str, *, kinds: Sequence[str] = (), live: bool = False
) -> Spec:
    """Columns over time: each from ``start`` to ``end``, ``count`` high, in parts by ``kind``."""
    first = dt.date.fromisoformat(min(row["start"] for row in values))
    last = dt.date.fromisoformat(max(row["end"] for row in values)) - dt.timedelta(days=1)
    x = {
        "field": "start",
        "type": "temporal",
        "axis": time_axis(first, last),
        "scale": {"type": "utc", "nice": False},
    }
    tooltip = [
        {"field": "when", "title": "when"},
        {"field": "count", "title": unit, "format": ","},
    ]
    encoding: Spec = {
        "x": x,
        "x2": {"field": "end"},
        "y": {
            "field": "count",
            "type": "quantitative",
            "axis": number_axis(unit, top=_highest(values)),
            "stack": "zero",
        },
        "tooltip": tooltip,
    }
    if kinds:
        encoding["color"] = colours("kind", kinds)
        encoding["order"] = {"field": "rank"}
        tooltip.insert(1, {"field": "kind", "title": "what"})
        values = [{**row, "rank": kinds.index(row["kind"])} for row in values]
    made: Spec = {
        "data": {"values": list(values)},
        "mark": {"type": "bar", "orient": "vertical", "binSpacing": 0.5},
        "encoding": encoding,
    }
    if live:
        made["params"] = [zoom()]
    return made


def _highest(values: Sequence[Mapping[str, Any]]) -> float:
    """How high the highest column is, with all its parts."""
    sums: dict[str, float] = {}
    for row in values:
        sums[row["start"]] = sums.get(row["start"], 0) + row["count"]
    return max(sums.values(), default=0)


def zoom() -> Spec:
    """Time is moved by dragging, and made longer and shorter by the wheel with Ctrl held."""
    return {
        "name": "window",
        "select": {"type": "interval", "encodings": ["x"], "zoom": "wheel![event.ctrlKey]"},
        "bind": "scales",
    }


def matrix(
    values: Sequence[Mapping[str, Any]], across: Sequence[str], down: Sequence[str], unit: str
) -> tuple[Spec, int]:
    """A field for each pair of ``row`` and ``column``, the darker the higher ``count``, with the
    number in it. The specification, and its height."""
    top = max((row["count"] for row in values), default=1)
    x = {
        "field": "column",
        "type": "nominal",
        "sort": list(across),
        "title": None,
        "scale": {"domain": list(across)},
        "axis": {
            "orient": "top",
            "labelAngle": -40,
            "labelLimit": 110,
            "domain": False,
            "ticks": False,
            "labelAlign": "left",
            "labelBaseline": "middle",
        },
    }
    y = {
        "field": "row",
        "type": "nominal",
        "sort": list(down),
        "title": None,
        "scale": {"domain": list(down)},
    }
    shade = {
        "field": "count",
        "type": "quantitative",
        "legend": None,
        "scale": {"domain": [0, top], "range": [0.12, 0.62]},
    }
    tooltip = [
        {"field": "row", "title": "row"},
        {"field": "column", "title": "column"},
        {"field": "count", "title": unit, "format": ","},
    ]
    layers = [
        {
            "mark": {"type": "rect", "color": COLOURS[0]},
            "encoding": {"opacity": shade, "tooltip": tooltip},
        },
        {
            "mark": {"type": "text", "color": "var(--ink)"},
            "encoding": {"text": {"field": "count", "format": ","}},
        },
    ]
    return {
        "data": {"values": list(values)},
        "encoding": {"x": x, "y": y},
        "layer": layers,
    }, ROW * len(down) + 100


class Calendar:
    """Days put together to stretches that a chart can show side by side: days, weeks, months or
    years, by how long a time it is."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        days = (last - first).days + 1
        self.unit = (
            "day"
            if days <= 62
            else "week"
            if days <= 420
            else "month"
            if days <= 6 * 366
            else "year"
        )

    def start(self, day: dt.date) -> dt.date:
        """The first day of the stretch that a day lies in."""
        if self.unit == "week":
            return day - dt.timedelta(days=day.weekday())
        if self.unit == "month":
            return day.replace(day=1)
        return day.replace(month=1, day=1) if self.unit == "year" else day

    def last(self, start: dt.date) -> dt.date:
        """The last day of a stretch."""
        if self.unit == "month":
            return start.replace(day=calendar.monthrange(start.year, start.month)[1])
        if self.unit == "year":
            return start.replace(month=12, day=31)
        days = 6 if self.unit == "week" else 0
        return start + min(dt.timedelta(days=days), dt.date.max - start)

    def end(self, start: dt.date) -> dt.date:
        """The day after the last of a stretch; the last itself where there is none."""
        last = self.last(start)
        return last + min(dt.timedelta(days=1), dt.date.max - last)

    def said(self, start: dt.date) -> str:
        """A stretch in words."""
        return words.days(start, self.last(start))

    def counted(self, days: Iterable[tuple[dt.date, str, int]]) -> list[Spec]:
        """Numbers by day and kind, summed by stretch and kind, as :func:`columns` wants them."""
        sums: dict[tuple[dt.date, str], int] = {}
        for day, kind, count in days:
            key = (self.start(day), kind)
            sums[key] = sums.get(key, 0) + count
        return [
            {
                "start": start.isoformat(),
                "end": self.end(start).isoformat(),
                "when": self.said(start),
                "kind": kind,
                "count": count,
            }
            for (start, kind), count in sorted(sums.items())
        ]


def crowded(days: Sequence[dt.date], share: float = 0.98) -> tuple[dt.date, dt.date]:
    """The shortest time that holds a share of the days, where that is less than half of the whole
    time: what a few days far off do not squeeze."""
    ordered = sorted(days)
    held = math.ceil(len(ordered) * share)
    start = min(
        range(len(ordered) - held + 1), key=lambda at: (ordered[at + held - 1] - ordered[at], at)
    )
    first, last = ordered[start], ordered[start + held - 1]
    whole = ordered[-1] - ordered[0]
    return (first, last) if (last - first) * 2 < whole else (ordered[0], ordered[-1])
