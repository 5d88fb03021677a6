"""Who says what: spans, speakers, kinds, and how statements hang together."""

from __future__ import annotations

import pytest

from tests.transforms.claims.cases import CASES, SILENT, Case
from tests.transforms.claims.conftest import claims, figures_of
from warehouse.tables import CLAIMS


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}: {case[2]}")
def test_a_statement_is_read_with_its_speaker(case: Case) -> None:
    _, text, statement, columns = case
    row = next((row for row in claims(text) if row["surface"] == statement), None)
    assert row is not None, [row["surface"] for row in claims(text)]
    assert {column: row[column] for column in columns} == columns


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}: {case[2]}")
def test_a_row_points_at_its_characters(case: Case) -> None:
    text = case[1]
    ids = {row["claim_id"] for row in claims(text)}
    assert len(ids) == len(claims(text))
    for row in claims(text):
        assert text[row["char_start"] : row["char_end"]] == row["surface"]
        assert row["sentence"] in text
        assert list(row) == list(CLAIMS.column_names)
        assert row["within"] is None or row["within"] in ids
        assert row["continues"] is None or row["continues"] in ids


@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_statement_has_no_row(text: str) -> None:
    assert not claims(text)


def test_a_nested_statement_lies_within_the_outer_one() -> None:
    outer, inner = claims("Ann Berg said the ministry had warned that the dam would break.")
    assert inner["surface"] == "the dam would break"
    assert inner["speaker"] == "the ministry"
    assert (outer["within"], inner["within"]) == (None, outer["claim_id"])


def test_he_in_a_quotation_is_somebody_else_than_who_speaks() -> None:
    text = "Tom Hale locked the gate. “He said nobody would leave,” Rosa Lind recalled."
    inner = next(row for row in claims(text) if row["within"] is not None)
    assert inner["surface"] == "nobody would leave"
    assert inner["speaker_name"] == "Tom Hale"


def test_a_quotation_with_a_cue_of_its_own_goes_on_with_the_one_before() -> None:
    text = "“The dam is gone,” Ann Berg said. “Nobody came,” she added."
    first, second = claims(text)
    assert second["continues"] == first["claim_id"]
    assert second["speaker_name"] == "Ann Berg"


def test_a_quotation_that_is_a_paragraph_goes_on_with_the_one_before() -> None:
    text = "“The dam is gone,” Ann Berg said.\n\n“Nobody came to help us.”"
    first, second = claims(text)
    assert second["continues"] == first["claim_id"]
    assert (second["speaker"], second["cue"]) == ("Ann Berg", None)


LAW = [
    "The union said 40 weavers, of whom 12 were ill, would strike for 3 days.",
    "Forty boats sank, the harbour office said, and 9 are missing.",
    "“We lost 300 goats,” Ann Berg, 61, said. “Nobody paid us 5 euros.”",
    "Losses are put at 3 million euros by the chamber of trade. It has 900 members.",
    "According to three people, 40 boats sank.",
]


@pytest.mark.parametrize("text", LAW)
def test_the_source_of_a_figure_is_the_speaker_of_the_innermost_statement(text: str) -> None:
    scene, figures = figures_of(text)
    rows = {(row["char_start"], row["char_end"]): row for row in claims(text)}
    assert any(figure["attributed_to"] for figure in figures)
    for figure in figures:
        one = scene.statements.at(figure["char_start"], figure["char_end"])
        speaker = rows[one.start, one.end]["speaker"] if one is not None else None
        assert figure["attributed_to"] == speaker


def test_who_speaks_is_no_part_of_what_is_said() -> None:
    text = "“We lost 300 goats,” Ann Berg, 61, said. “Nobody paid us.”"
    _, figures = figures_of(text)
    told = {figure["surface"]: figure["attributed_to"] for figure in figures}
    assert told["300"] == "Ann Berg"
    assert told["61"] is None
