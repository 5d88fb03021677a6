"""docs/quality.md is what the suites are, in both directions."""

from __future__ import annotations

from expectations.catalogue import catalogue, descriptions
from expectations.manual import PAGE, manual
from expectations.rules import RULES
from expectations.whole import manual as whole
from warehouse.tables import ARTICLE_TABLES


def test_the_page_is_the_suites() -> None:
    assert PAGE.read_text(encoding="utf-8") == manual(), "run: python -m expectations.manual"


def test_the_page_of_the_whole_is_its_catalogue() -> None:
    assert whole.PAGE.read_text("utf-8") == whole.manual(), "run: python -m expectations.manual"


def test_every_expectation_is_on_the_page_once() -> None:
    page = manual()
    expectations = catalogue()
    assert len(descriptions()) == len(expectations)
    for one in expectations:
        assert f"`{one.name}`" in page
        assert one.description
        assert not one.description.endswith(".")
    assert {rule.label for rule in RULES} <= {one.label for one in expectations}
    for table in ARTICLE_TABLES:
        assert f"## {table.name}\n" in page


def test_what_is_asked_is_what_is_told() -> None:
    import datetime as dt

    from expectations.check import check_batch
    from expectations.frames import to_frames
    from expectations.totals import Totals

    empty = to_frames({table.name: [] for table in ARTICLE_TABLES})
    checked = check_batch(
        empty, Totals(), run_id="r", batch_no=1, checked_at=dt.datetime(2026, 1, 1)
    )
    asked = {(q["table_name"], q["expectation"], q["column_name"]) for q in checked.quality}
    assert asked == set(descriptions())
