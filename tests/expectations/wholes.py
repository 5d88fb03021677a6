"""Findings on a lake as a whole, of every outcome, and trends, for the tests of the report."""

from __future__ import annotations

import datetime as dt

from expectations.trends import Days, Trend, trends
from expectations.whole.model import WholeExample, WholeFinding
from tests.expectations.test_report import run_row
from warehouse.tables import Row

#: What a source might write to be markup, a mention, an issue, a link, or to hide what it is.
EVIL = (
    "<script>alert(1)</script> @admin fixes #1 and o/r#22, GH-7, !3 *bold* `code` [a](javascript:x)"
    " ![i](https://evil.example/x.png) https://evil.example www.evil.example mail@evil.example"
    " $x$ ~~gone~~ | cell \u202egpj.exe \x1b[31m <!-- -->"
)


def wholes() -> list[WholeFinding]:
    """One of each outcome; two of them worse than before."""
    last = WholeExample(
        "articles", "a" * 16, "a" * 16, "Storm", "Storm over", "https://n.example/1"
    )
    evil = WholeExample("articles", "b" * 16, "b" * 16, "@admin", EVIL, "javascript:alert(1)")
    return [
        WholeFinding("each_once", "articles", "url", None, "error", "passed", "each once", "each"),
        WholeFinding(
            "nulls",
            "figures",
            "place",
            None,
            "warning",
            "warned",
            "at most 40% null",
            "61% null",
            "35% null",
            1.5,
        ),
        WholeFinding(
            "volume",
            "articles",
            None,
            "radio",
            "error",
            "failed",
            "at least 20 articles a day",
            "none",
            "22 a day",
            4.0,
            "no article since 2026-03-12",
            "see whether the source has moved",
            (last,),
        ),
        WholeFinding(
            "future",
            "articles",
            "published_date",
            None,
            "error",
            "failed",
            "no day to come",
            "1",
            None,
            1.0,
            EVIL,
            "",
            (evil,),
        ),
        WholeFinding(
            "share", "figures", "category", "killed", "warning", "broke", "2%", "?", detail=EVIL
        ),
        WholeFinding("mean", "figures", None, None, "warning", "not judged", "2 to 6", "too few"),
    ]


def some_trends() -> list[Trend]:
    """Of three runs and of four days with six sources, on one of which nothing was published."""
    runs = [
        run_row(f"202603{day:02}T120000Z-aaaa", started_at=dt.datetime(2026, 3, day, 12), new=day)
        for day in (1, 2, 3)
    ]
    verdicts = [
        {"run_id": run["run_id"], "passed": 9, "warned": at, "failed": 0, "broke": 0}
        for at, run in enumerate(runs)
    ]
    rows: list[Row] = [
        {
            "starts": dt.date(2026, 3, day),
            "source": source,
            "articles": 10 - at,
            "read": 10 - at,
            "figures": 20,
            "without_figure": at,
        }
        for day in (1, 2, 4)
        for at, source in enumerate(("wire", "desk", "<b>radio", "post", "echo", "herald", "star"))
    ]
    return trends(runs, verdicts, Days("day", dt.date(2026, 3, 1), dt.date(2026, 3, 4), rows))
