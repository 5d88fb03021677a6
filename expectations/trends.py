"""How a lake fares from run to run and from day to day: the numbers of the report's charts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from warehouse.tables import Row

Unit = Literal["day", "week", "month", "year"]

#: How many runs are shown, and how many stretches of days.
RUNS, STRETCHES = 30, 60
#: Sources that are shown each for itself; the others are one.
SOURCES = 5
OTHERS = "others"
_INPUTS = ("new", "revised", "duplicates", "rejects", "unchanged")


@dataclass(frozen=True)
class Days:
    """What the articles of a lake say of the days that they were published on.

    ``rows`` has a row a stretch (named by its first day, ``starts``) and source: ``articles``,
    how many of them were ``read`` (English and no duplicate), their ``figures``, and how many of
    those read are ``without_figure``. Stretches without an article have none.
    """

    unit: Unit
    first: dt.date
    last: dt.date
    rows: Sequence[Row]

    def starts(self) -> list[dt.date]:
        """The first day of every stretch from the first to the last."""
        found, day = [], self.first
        while day <= self.last:
            found.append(day)
            day = following(day, self.unit)
        return found


@dataclass(frozen=True)
class Trend:
    """One chart: for each label, in order, a value of every series; None where there is none.

    Shares are of 1. Values of a ``stacked`` one add up.
    """

    title: str
    unit: Literal["count", "mean", "share"]
    over: Literal["run", "day", "week", "month", "year"]
    labels: list[str]
    series: dict[str, list[float | None]]
    stacked: bool = False


def following(day: dt.date, unit: Unit) -> dt.date:
    """The first day of the next stretch, of the first day of one."""
    if unit in ("day", "week"):
        return day + dt.timedelta(days=1 if unit == "day" else 7)
    months = day.year * 12 + day.month - 1 + (1 if unit == "month" else 12)
    return dt.date(months // 12, months % 12 + 1, 1)


def trends(runs: Sequence[Row], verdicts: Iterable[Row], days: Days | None) -> list[Trend]:
    """Every trend that there is something to show of.

    ``runs`` are rows of ``runs`` in their order, ``verdicts`` how many expectations ended how in a
    run: rows of ``run_id``, ``passed``, ``warned``, ``failed`` and ``broke``. One run is no trend.
    """
    found = _of_days(days) if days is not None and days.rows else []
    if len(runs) > 1:
        found += _of_runs(runs[-RUNS:], {row["run_id"]: row for row in verdicts})
    return found


def _of_days(days: Days) -> list[Trend]:
    starts = days.starts()
    labels = [_label(day, days.unit) for day in starts]
    many: Counter[str] = Counter()
    cells: Counter[tuple[dt.date, str]] = Counter()
    sums: Counter[tuple[dt.date, str]] = Counter()
    for row in days.rows:
        many[row["source"]] += row["articles"]
        cells[row["starts"], row["source"]] += row["articles"]
        for name in ("read", "figures", "without_figure"):
            sums[row["starts"], name] += row[name]
    order = sorted(many, key=lambda source: (-many[source], source))
    shown, rest = order[:SOURCES], order[SOURCES:]
    series: dict[str, list[float | None]] = {
        source: [cells[day, source] for day in starts] for source in shown
    }
    if rest:
        name = f"{len(rest)} {OTHERS}"
        series[name] = [sum(cells[day, source] for source in rest) for day in starts]
    means = [_ratio(sums[day, "figures"], sums[day, "read"]) for day in starts]
    shares = [_ratio(sums[day, "without_figure"], sums[day, "read"]) for day in starts]
    unit = days.unit
    return [
        Trend(f"Articles a {unit} by source", "count", unit, labels, series, stacked=True),
        Trend(f"Figures an article, by {unit}", "mean", unit, labels, {"figures": means}),
        Trend(
            f"Share of articles without a figure, by {unit}",
            "share",
            unit,
            labels,
            {"without a figure": shares},
        ),
    ]


def _of_runs(runs: Sequence[Row], verdicts: Mapping[str, Row]) -> list[Trend]:
    labels = [f"{run['started_at']:%Y-%m-%d %H:%M}" for run in runs]
    inputs = {name: [float(run[name]) for run in runs] for name in _INPUTS}
    published = [float(run["rows_published"]) for run in runs]
    shares = [_ratio(run["rows_quarantined"], run["rows_made"]) for run in runs]
    found = [
        Trend(
            "Inputs of each run",
            "count",
            "run",
            labels,
            {name: list(values) for name, values in inputs.items() if any(values)},
            stacked=True,
        ),
        Trend("Rows published by each run", "count", "run", labels, {"rows": list(published)}),
        Trend(
            "Share of each run's rows in quarantine",
            "share",
            "run",
            labels,
            {"in quarantine": list(shares)},
        ),
    ]
    if verdicts:
        told: dict[str, list[float | None]] = {
            name: [
                float(verdicts[run["run_id"]][name]) if run["run_id"] in verdicts else None
                for run in runs
            ]
            for name in ("warned", "failed", "broke")
        }
        found.append(
            Trend("Expectations that did not pass", "count", "run", labels, told, stacked=True)
        )
    return [one for one in found if one.series]


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _label(day: dt.date, unit: Unit) -> str:
    if unit == "month":
        return f"{day:%Y-%m}"
    return f"{day:%Y}" if unit == "year" else day.isoformat()
