"""The charts of the page: what they show, in words and pictures, and nothing from elsewhere."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from lxml import html

from expectations.charts import number, svg, told
from expectations.report import write_report
from expectations.trends import Days, Trend, following, trends
from tests.expectations.wholes import some_trends


def by_title(title: str) -> Trend:
    (one,) = (trend for trend in some_trends() if trend.title == title)
    return one


def test_days_without_an_article_stand_among_the_others() -> None:
    articles = by_title("Articles a day by source")
    assert articles.labels == ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"]
    assert articles.series["wire"] == [10, 10, 0, 10]
    assert articles.series["2 others"] == [9, 9, 0, 9]
    assert by_title("Figures an article, by day").series["figures"][2] is None
    shares = by_title("Share of articles without a figure, by day").series["without a figure"]
    assert shares == [21 / 49, 21 / 49, None, 21 / 49]


def test_runs_are_shown_from_the_second_on() -> None:
    assert by_title("Inputs of each run").series["new"] == [1, 2, 3]
    assert "revised" not in by_title("Inputs of each run").series
    assert by_title("Expectations that did not pass").series["warned"] == [0, 1, 2]
    assert by_title("Share of each run's rows in quarantine").series["in quarantine"] == [0.1] * 3
    assert trends([], [], None) == []


@pytest.mark.parametrize(
    ("unit", "day", "next_day"),
    [
        ("day", dt.date(2024, 2, 28), dt.date(2024, 2, 29)),
        ("week", dt.date(2024, 12, 30), dt.date(2025, 1, 6)),
        ("month", dt.date(2024, 12, 1), dt.date(2025, 1, 1)),
        ("year", dt.date(2024, 1, 1), dt.date(2025, 1, 1)),
    ],
)
def test_stretches_follow_one_another(unit: str, day: dt.date, next_day: dt.date) -> None:
    assert following(day, unit) == next_day  # type: ignore[arg-type]
    assert Days(unit, day, next_day, ()).starts() == [day, next_day]  # type: ignore[arg-type]


@pytest.mark.parametrize("trend", some_trends(), ids=lambda trend: trend.title)
def test_a_picture_says_in_words_what_it_shows(trend: Trend) -> None:
    drawn = svg(trend)
    assert drawn == svg(trend)
    picture = html.fragment_fromstring(drawn)
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == told(trend)
    values = [value for series in trend.series.values() for value in series if value is not None]
    marks = picture.xpath("//*[contains(@class, 'dot ') or contains(@class, 'rect ')]")
    assert len(marks) == len(values)
    titles = [title.text for title in picture.iter("title")]
    assert len(titles) == len(values)
    label, series = trend.labels[0], next(iter(trend.series))
    assert f"{label}: {series}: {number(trend.series[series][0], trend)}" in titles
    assert not re.search(r"https?:|script|url\(|style=|id=", drawn)


def test_the_page_has_each_chart_with_its_numbers(tmp_path: Path) -> None:
    page = write_report([], [], tmp_path, trends=some_trends(), data_docs=False)
    root = html.document_fromstring(page.read_text(encoding="utf-8"))
    figures = root.xpath("//figure")
    assert [one.findtext("figcaption") for one in figures] == [t.title for t in some_trends()]
    for figure in figures:
        assert figure.xpath(".//*[@role='img']")
        assert len(figure.xpath(".//details//tbody/tr")) >= 3
    assert "<b>radio" in figures[0].text_content()
    assert not root.xpath("//script|//link|//img|//iframe|//*[@onload]")


def test_a_value_is_told_as_people_read_it() -> None:
    share, mean = (
        by_title("Share of each run's rows in quarantine"),
        by_title("Figures an article, by day"),
    )
    assert number(0.125, share) == "12.5%"
    assert number(0.3, share) == "30%"
    assert number(1234.0, mean) == "1,234"
    assert number(None, mean) == ""
    empty = Trend("Nothing", "mean", "day", ["2026-03-01"], {"a": [None]})
    assert told(empty).endswith("no value.")
    assert "aria-label" in svg(empty)
