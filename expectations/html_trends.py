"""The charts of the report's page, each with its numbers beside it."""

from __future__ import annotations

from collections.abc import Sequence

from expectations.charts import number, svg
from expectations.markup import escape, table
from expectations.trends import Trend


def trends_section(trends: Sequence[Trend]) -> str:
    """Every trend as a figure; nothing where there is none."""
    figures = "".join(_figure(one) for one in trends)
    return f'<section><h2>Trends</h2><div class="charts">{figures}</div></section>' * bool(figures)


def _figure(trend: Trend) -> str:
    legend = ""
    if len(trend.series) > 1:
        keys = (
            f'<span class="key color-{at}">{escape(name)}</span>'
            for at, name in enumerate(trend.series)
        )
        legend = f'<p class="legend">{"".join(keys)}</p>'
    rows = [
        (label, *(number(values[at], trend) for values in trend.series.values()))
        for at, label in reversed(list(enumerate(trend.labels)))
        if any(values[at] is not None for values in trend.series.values())
    ]
    heads = (trend.over, *(escape(name) for name in trend.series))
    numbers = table(heads, rows, numbers=set(range(1, len(heads))))
    return (
        f"<figure><figcaption>{escape(trend.title)}</figcaption>{legend}{svg(trend)}"
        f"<details><summary>The numbers</summary>{numbers}</details></figure>"
    )
