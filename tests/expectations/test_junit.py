"""The JUnit XML of a report, as programs read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase

from expectations.check import Checked
from expectations.report import write_report
from expectations.totals import Limits
from tests.expectations.test_report import RUN, Story, run_row
from tests.expectations.wholes import wholes
from warehouse.tables import WARNINGS


def cases(folder: Path) -> dict[tuple[str, str], TestCase]:
    """The cases by suite and name; the numbers of every suite are those of its cases."""
    found = {}
    read = JUnitXml.fromfile(str(folder / "junit.xml"))
    for suite in read:
        some = list(suite)
        assert suite.tests == len(some)
        for kind, said in (
            (Failure, suite.failures),
            (Error, suite.errors),
            (Skipped, suite.skipped),
        ):
            assert said == sum(isinstance(r, kind) for case in some for r in case.result)
        for case in some:
            assert case.classname == f"dateline.{suite.name}"
            assert (suite.name, case.name) not in found
            found[suite.name, case.name] = case
    assert read.tests == len(found)
    return found


@pytest.fixture
def checked(story: Callable[..., Story], check: Callable[..., Checked]) -> Checked:
    rows = story()
    rows["figures"][1]["value"] = 1.0
    rows["mentions"][1]["surface"] = "<b>Maja\x00 & Co"
    return check(rows, run_id=RUN)


def test_each_expectation_is_a_case_of_its_table(checked: Checked, tmp_path: Path) -> None:
    write_report(checked.quality, checked.quarantine, tmp_path, runs=[run_row()], data_docs=False)
    found = cases(tmp_path)
    assert len(found) == len(checked.quality)
    assert {table for table, _ in found} == {row["table_name"] for row in checked.quality}

    (failure,) = found["figures", "value: value_between_its_ends"].result
    assert isinstance(failure, Failure)
    assert failure.message.startswith("1 of 2 rows; expected value_low <= value <= value_high")
    assert "“Two days later Tolmin is to count [between 20 and 30] collapsed" in failure.text
    (failure,) = found["mentions", "surface: surface_is_the_text"].result
    assert "<b>Maja[U+0000] & Co" in failure.text

    (skipped,) = found["articles", "publication_dated"].result
    assert isinstance(skipped, Skipped)
    assert "too few articles" in skipped.message
    assert not found["figures", "rows_an_article"].system_out


def test_a_check_that_breaks_is_an_error(
    story: Callable[..., Story],
    check: Callable[..., Checked],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("expectations.gx._definition", lambda name: None)
    broken = check(story(), limits=Limits(from_articles=1))
    write_report(broken.quality, broken.quarantine, tmp_path, data_docs=False)
    results = [result for case in cases(tmp_path).values() for result in case.result]
    assert any(isinstance(result, Error) and result.message for result in results)


def test_a_warning_passes_and_says_what_it_doubts(checked: Checked, tmp_path: Path) -> None:
    (quality,) = (q for q in checked.quality if q["expectation"] == "denominator_not_counted")
    doubt = WARNINGS.row(
        table_name=quality["table_name"],
        row_id="f" * 16,
        article_id="a" * 16,
        expectation=quality["expectation"],
        column_name=quality["column_name"],
        detail="found one in \x1b six",
        run_id=RUN,
    )
    warned = {**quality, "outcome": "warned", "checked": 2, "failed": 1}
    write_report([warned], [], tmp_path, warnings=[doubt], data_docs=False)
    (case,) = cases(tmp_path).values()
    assert not case.result
    assert case.system_out.startswith("warned: 1 of 2 rows; expected the denominator of a rate")
    assert "found one in [U+001B] six" in case.system_out


def test_the_lake_as_a_whole_has_suites_of_its_own(tmp_path: Path) -> None:
    write_report([], [], tmp_path, whole=wholes(), asked="lake", data_docs=False)
    found = cases(tmp_path)
    kinds = {key: [type(result).__name__ for result in case.result] for key, case in found.items()}
    assert kinds == {
        ("lake.articles", "url: each_once"): [],
        ("lake.figures", "place: nulls"): [],
        ("lake.articles", "volume of radio"): ["Failure"],
        ("lake.articles", "published_date: future"): ["Failure"],
        ("lake.figures", "category: share of killed"): ["Error"],
        ("lake.figures", "mean"): ["Skipped"],
    }
    (failure,) = found["lake.articles", "volume of radio"].result
    assert failure.message == "expected at least 20 articles a day; found none, before: 22 a day"
    assert "“[Storm] over”" in failure.text
    assert "https://n.example/1" in failure.text
    assert "61% null" in found["lake.figures", "place: nulls"].system_out
