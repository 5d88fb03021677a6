"""What is due, month by month?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pages import plots, words
from pages.charts import Chart
from pages.site import Site

_READ, _BARE = "with an event", "a time alone"


def newest(site: Site) -> dt.date | None:
    """The day of the newest article: what lies on or after it was still to come then."""
    [row] = site.ask("SELECT max(published_date) AS newest FROM articles")
    day = row["newest"]
    return day if isinstance(day, dt.date) else None


def scheduled(site: Site) -> Iterator[Chart]:
    """How much is said for each month."""
    rows = site.ask(
        f"""
        SELECT day, event_id IS NOT NULL AS read, count(DISTINCT date_id) AS count
        FROM {site.view("scheduled")} WHERE day IS NOT NULL GROUP BY ALL ORDER BY ALL
        """
    )
    if not rows:
        return
    first, last = plots.crowded([row["day"] for row in rows for _ in range(row["count"])], 0.95)
    calendar = plots.Calendar(first, last)
    kinds = (_READ, _BARE)
    values = calendar.counted(
        (row["day"], kinds[not row["read"]], row["count"])
        for row in rows
        if first <= row["day"] <= last
    )
    out = sum(row["count"] for row in rows if not first <= row["day"] <= last)
    beyond = (
        f"{words.counted(out, 'time')} before {words.day(first)} or after {words.day(last)} "
        f"{'is' if out == 1 else 'are'} not drawn."
        if out
        else ""
    )
    yield Chart(
        "due",
        f"What is said to come, by {calendar.unit}",
        f"Columns: times in the future that articles name, by {calendar.unit}, "
        f"{words.day(first)} to {words.day(last)}.",
        plots.columns(values, "times named", kinds=kinds, live=True),
        240,
        live=True,
        moved=True,
        note=" ".join(filter(None, (beyond, "Said for a time after the article's own day."))),
    )
