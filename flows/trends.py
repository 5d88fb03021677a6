"""What a lake says of its days and its runs, for the trends of the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from expectations.trends import RUNS, STRETCHES, Days, Trend, Unit, trends
from warehouse.tables import Row

#: Asks a lake: SQL and its parameters.
Ask = Callable[[str, Sequence[Any]], list[Row]]

#: What part of the articles the stretches that are shown hold at least.
_MOST = 0.9
#: Days that are told wrongly lie in the future; of others' clocks a day is let pass.
_DAYS = """
SELECT published_date AS day, count(*) AS articles
FROM lake.articles
WHERE published_date <= (SELECT max(ingested_at)::DATE + 1 FROM lake.articles)
GROUP BY published_date ORDER BY published_date
"""
_STRETCHES = """
WITH shown AS (
  SELECT article_id, source, date_trunc(?, published_date)::DATE AS starts,
         duplicate_of IS NULL AND coalesce(language, 'en') = 'en' AS was_read
  FROM lake.articles
  WHERE published_date BETWEEN ? AND ?
),
counted AS (
  SELECT article_id, count(*) AS figures
  FROM lake.figures
  WHERE published_date BETWEEN ? AND ?
  GROUP BY article_id
)
SELECT starts, source, count(*) AS articles, count(*) FILTER (was_read) AS read,
       coalesce(sum(figures) FILTER (was_read), 0)::BIGINT AS figures,
       count(*) FILTER (was_read AND figures IS NULL) AS without_figure
FROM shown LEFT JOIN counted USING (article_id)
GROUP BY starts, source ORDER BY starts, source
"""
_VERDICTS = f"""
WITH worst AS (
  SELECT run_id, max(list_position(['passed', 'warned', 'failed', 'broke'], outcome)) AS outcome
  FROM lake.quality
  WHERE run_id IN (SELECT run_id FROM lake.runs ORDER BY run_id DESC LIMIT {RUNS})
  GROUP BY run_id, table_name, expectation, column_name
)
SELECT run_id, count(*) FILTER (outcome = 1) AS passed, count(*) FILTER (outcome = 2) AS warned,
       count(*) FILTER (outcome = 3) AS failed, count(*) FILTER (outcome = 4) AS broke
FROM worst GROUP BY run_id ORDER BY run_id
"""


def trends_of(ask: Ask, runs: Sequence[Row]) -> list[Trend]:
    """The trends of a lake: of some of its days, and of ``runs``, rows of its table."""
    in_order = sorted(runs, key=lambda run: str(run["run_id"]))
    return trends(in_order, ask(_VERDICTS, ()), _days(ask))


def _days(ask: Ask) -> Days | None:
    days = [(row["day"], row["articles"]) for row in ask(_DAYS, ())]
    if not days:
        return None
    unit, first = stretch(days)
    last: dt.date = days[-1][0]
    first = max(first, _start(days[0][0], unit))
    asked = (unit, first, last, first, last)
    return Days(unit, first, last, ask(_STRETCHES, asked))


def stretch(days: Sequence[tuple[dt.date, int]]) -> tuple[Unit, dt.date]:
    """The shortest unit of which so many as are shown, up to the newest day, hold most articles,
    and the first day of the first of them. ``days`` are days with their articles, in order."""
    newest, total = days[-1][0], sum(many for _, many in days)
    units: tuple[Unit, ...] = ("day", "week", "month", "year")
    for unit in units:
        first = _start(newest, unit)
        for _ in range(STRETCHES - 1):
            if first <= dt.date(1, 1, 7):
                break
            first = _start(first - dt.timedelta(days=1), unit)
        if sum(many for day, many in days if day >= first) >= _MOST * total:
            break
    return unit, first


def _start(day: dt.date, unit: Unit) -> dt.date:
    """The first day of the stretch that the day lies in."""
    if unit == "week":
        return day - dt.timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day
