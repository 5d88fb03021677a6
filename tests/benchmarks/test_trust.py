"""How often a rule was right is counted by what it decides, and told by a table of the lake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import warehouse
from benchmarks import trust, trust_count
from benchmarks.events_score import Passage, Verdict
from benchmarks.trust_count import Counts
from tests.warehouse.stories import batch_of
from transforms.figures.rules import STEPS
from transforms.recipe import fingerprint
from transforms.reference import reference
from warehouse.lake import Lake, Publication

Json = dict[str, Any]

WANT: Json = {
    "category": "killed",
    "attributed_to": "police",
    "place": "Bled",
    "as_of_start": None,
    "as_of_end": None,
}
GOT: Json = {
    **WANT,
    "rule": "digits+source_reported+category_verb+place_scene",
    "place": "Piran",
    "event_id": "e",
    "claim_id": "c",
}
TABLES: dict[str, dict[str, Json]] = {
    "events": {"e": {"rule": "verb+place_clause+time_clause"}},
    "claims": {"c": {"rule": "reported"}},
}


def counted(counts: Counts) -> dict[str, tuple[int, int]]:
    return {rule: (n, counts.right[key]) for key, n in counts.seen.items() for rule in [key[1]]}


def test_a_rule_is_judged_by_what_it_decides() -> None:
    found = trust_count.figures([Passage("d", (Verdict(WANT, GOT),), ())], TABLES)
    assert counted(found) == {
        "digits": (1, 1),
        "source_reported": (1, 1),
        "category_verb": (1, 1),
        "place_scene": (1, 0),
        "verb": (1, 1),
        "place_clause": (1, 0),
        "time_clause": (1, 1),
        "reported": (1, 1),
    }
    assert ("events", "place_clause") in found.seen


def test_a_figure_that_is_elsewhere_says_nothing_of_its_event() -> None:
    apart = {**GOT, "rule": "digits+event_elsewhere", "place": "Bled"}
    found = counted(trust_count.figures([Passage("d", (Verdict(WANT, apart),), ())], TABLES))
    assert "place_clause" not in found
    assert (found["event_elsewhere"], found["time_clause"]) == ((1, 1), (1, 1))


def test_a_row_that_is_too_much_is_its_numbers_fault() -> None:
    found = trust_count.figures([Passage("d", (Verdict(WANT, None),), (GOT,))], TABLES)
    assert counted(found) == {"digits": (1, 0)}


def test_a_column_that_the_gold_lacks_is_not_judged() -> None:
    bare = {name: value for name, value in WANT.items() if name != "category"}
    found = counted(trust_count.figures([Passage("d", (Verdict(bare, GOT),), ())], TABLES))
    assert "category_verb" not in found
    assert found["digits"] == (1, 1)


def test_a_date_is_right_by_its_days_or_its_value() -> None:
    gold = [{"start": 3, "end": 9, "value": "2025-W03", "days": ("2025-01-13", "2025-01-19")}]
    row = {"rule": "weekday", "char_start": 3, "char_end": 9, "value": "x", "date_start": None}
    row |= {"date_end": None}
    same_days = {**row, "rule": "week", "date_start": "2025-01-13", "date_end": "2025-01-19"}
    same_value = {**row, "rule": "current", "value": "2025-W03"}
    elsewhere = {**row, "rule": "year", "char_start": 20, "char_end": 24}
    rows = [row, same_days, same_value, elsewhere]
    every = counted(trust_count.dates(gold, rows, all_rows=True))
    assert every == {"weekday": (1, 0), "week": (1, 1), "current": (1, 1), "year": (1, 0)}
    assert "year" not in counted(trust_count.dates(gold, rows, all_rows=False))


def test_a_range_is_right_by_its_outer_days() -> None:
    ends = [("2025-01-13", "2025-01-13"), ("2025-01-16", "2025-01-16")]
    gold = [
        {"start": at, "end": at + 2, "value": None, "days": end}
        for at, end in zip((5, 11), ends, strict=True)
    ]
    row = {"rule": "from_to", "char_start": 0, "char_end": 13, "value": None}
    row |= {"date_start": "2025-01-13", "date_end": "2025-01-16"}
    assert counted(trust_count.dates(gold, [row], all_rows=True)) == {"from_to": (1, 1)}


def test_a_claim_is_right_by_span_and_speaker() -> None:
    gold = [{"start": 0, "end": 40, "speakers": ["the mayor"], "optional": False}]
    row = {"rule": "quoted", "char_start": 2, "char_end": 38, "speaker": "the mayor of Bled"}
    short = {**row, "rule": "reported", "char_end": 12}
    assert counted(trust_count.claims(gold, [row, short])) == {
        "quoted": (1, 1),
        "reported": (1, 0),
    }
    optional = [{**gold[0], "optional": True}]
    assert counted(trust_count.claims(optional, [row])) == {}


def test_a_span_is_right_with_its_kind() -> None:
    rows = [({"rule": "tagger"}, (0, 4), "ORG"), ({"rule": "shape+title"}, (6, 9), "PERSON")]
    found = counted(trust_count.spans("mentions", {(0, 4): "GPE", (6, 9): "PERSON"}, rows))
    assert found == {"tagger": (1, 0), "shape": (1, 1), "title": (1, 1)}


def test_the_table_names_rules_that_there_are() -> None:
    rows = trust.stored()
    keys = [(row["reader"], row["rule"]) for row in rows]
    assert keys == sorted(set(keys))
    assert {reader for reader, _ in keys} == {"claims", "dates", "events", "figures", "mentions"}
    known = {str(rule) for rules in STEPS.values() for rule in rules}
    known |= {"event_elsewhere", "event_another_time"}
    assert {rule for reader, rule in keys if reader == "figures"} <= known
    for row in rows:
        for part in ("gold", "sets"):
            assert 0 <= row[f"{part}_right"] <= row[f"{part}_seen"], row
        assert row["gold_seen"] + row["sets_seen"]


def test_the_page_tells_the_weakest() -> None:
    text = trust.PAGE.read_text(encoding="utf-8")
    assert trust.page(text, trust.stored()) == text, "run: python -m benchmarks.trust write"


def test_what_the_sets_said_is_kept_without_them(tmp_path: Path) -> None:
    row = {"reader": "dates", "rule": "year", "gold_seen": 1, "gold_right": 1}
    other = trust.kept([{**row, "sets_seen": 7, "sets_right": 5}])
    gold = Counts({("dates", "year"): 2}, {("dates", "year"): 2})
    assert list(trust.table(gold, other)) == [("dates", "year", 2, 2, 7, 5)]


def test_how_often_rules_are_right_changes_no_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint.__wrapped__()
    text = trust.FILE.read_bytes()
    read = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda path: text + b"x" if path.name == "rules.csv" else read(path)
    )
    assert fingerprint.__wrapped__() == before


@pytest.mark.parametrize(("right", "kept"), [("12", False), ("19", True)], ids=["weak", "strong"])
def test_an_analyst_leaves_out_what_a_weak_rule_read(
    right: str, kept: bool, tmp_path: Path
) -> None:
    query = trust.PAGE.read_text(encoding="utf-8").split("```sql\n")[1].split("```")[0]
    row = ("figures", "cardinal", "20", right, "5", "4")
    with Lake.open(tmp_path / "lake", create=True) as lake:
        lake.publish(Publication(insert=batch_of(range(50))), "run-1")
        lake.publish_reference([("rules", trust.COLUMNS, [row])])
    with warehouse.connect(tmp_path / "lake") as connection:
        every = connection.execute("SELECT count(*) FROM figures").fetchall()
        found = connection.execute(f"SELECT count(*) FROM ({query})").fetchall()
    assert every != [(0,)]
    assert found == (every if kept else [(0,)])


def test_the_lake_has_the_table() -> None:
    assert tuple(reference("rules")[0]) == trust.COLUMNS
