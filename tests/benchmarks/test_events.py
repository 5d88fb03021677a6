"""What happened where and when: verdicts on rows made for it, and the gold and its page."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest

from benchmarks import events, events_score, gate
from benchmarks.events_score import differences, judge, measures
from benchmarks.figures_table import lines

TEXT = "Nine miners died near Olaine on Monday, the mayor said."
WANT: dict[str, Any] = {
    "doc_id": "d",
    "char_start": 0,
    "char_end": 4,
    "surface": "Nine",
    "value": 9,
    "value_low": 9,
    "value_high": 9,
    "qualifier": "exact",
    "category": "killed",
    "nationality": None,
    "attributed_to": "the mayor",
    "place": "Olaine",
    "as_of_start": "2025-03-10",
    "as_of_end": "2025-03-10",
    "modality": "actual",
}
GOT: dict[str, Any] = {
    **WANT,
    "value": 9.0,
    "value_low": 9.0,
    "value_high": 9.0,
    "as_of_start": dt.date(2025, 3, 10),
    "as_of_end": dt.date(2025, 3, 10),
    "sentence": TEXT,
}


def measured(want: list[dict[str, Any]], got: list[dict[str, Any]]) -> dict[str, float]:
    return measures(judge(want, {"d": got}))


def test_a_row_like_the_gold_is_right_in_every_measure() -> None:
    assert set(measured([WANT], [GOT]).values()) == {100.0}


@pytest.mark.parametrize(
    ("column", "read"),
    [
        ("category", "wounded"),
        ("nationality", "LVA"),
        ("attributed_to", None),
        ("place", "Riga"),
        ("modality", "planned"),
    ],
)
def test_one_wrong_column_costs_itself_and_the_whole_row(column: str, read: str | None) -> None:
    found = measured([WANT], [{**GOT, column: read}])
    assert {name for name, share in found.items() if share == 0.0} == {
        column,
        "row_core",
        "row_core_by_document",
    }


def test_a_time_is_right_when_both_its_ends_are() -> None:
    longer = {**GOT, "as_of_end": dt.date(2025, 3, 12)}
    assert measured([WANT], [longer])["as_of"] == 0.0
    either = {**WANT, "or": {"as_of_end": ["2025-03-12"]}}
    assert measured([either], [longer])["as_of"] == 100.0
    undated = {**GOT, "as_of_start": None, "as_of_end": None}
    assert measured([WANT], [undated])["as_of"] == 0.0


def test_columns_are_judged_on_what_was_found_and_whole_rows_on_all() -> None:
    missed = {**WANT, "char_start": 20, "char_end": 24}
    found = measured([WANT, missed], [GOT])
    assert found["place"] == 100.0
    assert found["row_core"] == 50.0
    assert found["value F1"] == pytest.approx(200 / 3)


def test_another_value_is_no_find_unless_the_gold_is_vague() -> None:
    other = {**GOT, "value": 8.0, "value_low": 8.0, "value_high": 8.0}
    assert measured([WANT], [other])["value F1"] == 0.0
    vague = {**WANT, "qualifier": "vague", "value_low": None, "value_high": None}
    assert measured([vague], [other])["value F1"] == 100.0


def test_the_same_bound_under_the_same_qualifier_is_a_find() -> None:
    least = {**WANT, "qualifier": "at_least", "value_high": None}
    assert measured([least], [{**GOT, "qualifier": "at_least"}])["value F1"] == 100.0


def test_an_optional_figure_is_neither_asked_for_nor_too_much() -> None:
    optional = {**WANT, "char_start": 20, "char_end": 24, "optional": True}
    row = {**GOT, "char_start": 19, "char_end": 24, "value": 3.0, "value_low": 3.0}
    for rows in ([GOT], [GOT, row]):
        assert measured([WANT, optional], rows)["value F1"] == 100.0
    assert measured([WANT], [GOT, row])["value F1"] == pytest.approx(200 / 3)


def test_long_lists_do_not_decide_the_mean_over_passages() -> None:
    wrong = {**GOT, "place": None}
    gold = [WANT, *({**WANT, "doc_id": "e", "char_start": n, "char_end": n + 4} for n in (0, 9))]
    rows = {"d": [GOT], "e": [wrong, {**wrong, "char_start": 9, "char_end": 13}]}
    found = measures(judge(gold, rows))
    assert found["row_core"] == pytest.approx(100 / 3)
    assert found["row_core_by_document"] == 50.0


@pytest.mark.parametrize(
    ("want", "got", "same"),
    [
        ("the Olaine district", "Olaine", True),
        ("Olaine’s mayor, Ilze Kalna", "Kalna", True),
        ("the northern region of Latgale", "the northern region", False),
        ("the region", "the region", True),
        ("the city of Olaine", "the city of Riga", False),
        (None, None, True),
        (None, "Olaine", False),
        ("Olaine", "Olaine Jelgava Tukums Talsi Kuldiga Saldus Dobele Bauska", False),
    ],
)
def test_phrases_agree_when_they_share_a_telling_word(
    want: str | None, got: str | None, same: bool
) -> None:
    assert events_score.same_phrase(want, got) is same


def test_differences_name_the_passage_and_both_readings() -> None:
    passages = judge([WANT], {"d": [{**GOT, "place": "Riga", "modality": "planned"}]})
    (line,) = differences(passages, "place")
    assert line == f"d 'Nine': place ['Olaine'] read as Riga in {TEXT!r}"
    assert len(differences(passages)) == 2
    (apart,) = judge([WANT], {"d": [{**GOT, "char_start": 9, "char_end": 13}]})
    assert differences([apart]) == ["d 'Nine': missed", "d 'Nine': too much"]
    assert not differences([apart], "place")


def test_the_gold_is_whole_and_true_to_its_texts() -> None:
    texts = {one["doc_id"]: one["text"] for one in lines(events.DOCUMENTS)}
    gold = lines(events.GOLD)
    assert (len(texts), len(gold)) == (120, 424)
    assert {row["doc_id"] for row in gold} <= set(texts)
    for row in gold:
        assert texts[row["doc_id"]][row["char_start"] : row["char_end"]] == row["surface"]
        assert {*WANT, *row.get("or", {})} <= set(row)


def test_the_halves_are_equal_and_share_no_passage() -> None:
    passages = judge([], {one["doc_id"]: [] for one in lines(events.DOCUMENTS)})
    parts = events.halves(passages)
    assert [len(part) for part in parts.values()] == [60, 60, 120]
    assert not {one.doc_id for one in parts["dev"]} & {one.doc_id for one in parts["judge"]}


def test_the_page_shows_every_measure_at_or_above_its_floor() -> None:
    page = (gate.FLOORS.parent.parent / "docs" / "figures.md").read_text(encoding="utf-8")
    rows = r"^\| ([\w ]+) \| [\d.]+% \| [\d.]+% \| ([\d.]+)% \|$"
    shown = dict(re.findall(rows, page, flags=re.MULTILINE))
    assert set(shown) == {"value F1", *events_score.COLUMNS, "row_core", "row_core_by_document"}
    floors = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    for measure in events.GATED:
        assert float(shown[measure]) >= floors[f"events.{measure}"], measure
