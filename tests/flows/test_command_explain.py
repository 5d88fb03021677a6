"""explain: why each row is there, and why others are not, read from its answers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from flows.command.cli import cli

SCHEMA = json.loads(
    re.findall(
        r"```json\n(.*?)```",
        (Path(__file__).parents[2] / "docs" / "explain.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )[0]
)


def explain(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, ["explain", *map(str, args)])


def told(text: str, *options: str) -> list[dict[str, Any]]:
    """The pieces of a text, checked against the schema of the docs."""
    return [piece for sentence in sentences(text, *options) for piece in sentence["pieces"]]


def sentences(text: str, *options: str) -> list[dict[str, Any]]:
    result = explain(text, "--published", "2025-06-12", "--format", "json", *options)
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    jsonschema.validate(answer, SCHEMA)
    found: list[dict[str, Any]] = answer["sentences"]
    return found


def piece(pieces: list[dict[str, Any]], reader: str, surface: str) -> dict[str, Any]:
    found = [one for one in pieces if one["reader"] == reader and one["surface"] == surface]
    assert found, [(one["reader"], one["surface"]) for one in pieces]
    return found[0]


def test_a_figure_says_its_columns_and_rules() -> None:
    found = piece(told("Three men were killed near Oslo on Monday."), "figures", "Three")
    assert found["taken"]
    assert found["says"]["category"] == "killed"
    assert found["says"]["as_of_start"] == "2025-06-09"
    assert "counted_written" in [rule["name"] for rule in found["rules"]]


def test_a_number_that_is_none_says_why() -> None:
    found = piece(told("The S&P 500 rose 2%."), "figures", "500")
    assert not found["taken"]
    assert found["rules"][0]["name"] == "name"
    assert found["rules"][0]["says"]
    assert piece(told("The S&P 500 rose 2%."), "figures", "2%")["says"]["change"] == "up"


def test_a_time_says_its_anchor_and_the_tense_that_chose_it() -> None:
    past = piece(told("Ministers met on Friday."), "dates", "Friday")
    coming = piece(told("Ministers will meet on Friday."), "dates", "Friday")
    assert past["says"]["value"] == "2025-06-06"
    assert coming["says"]["value"] == "2025-06-13"
    assert "anchor: publication, 2025-06-12" in past["details"]
    assert "tense of its verb: past" in past["details"]
    assert "tense of its verb: future" in coming["details"]


def test_a_name_says_its_evidence_and_the_places_weighed() -> None:
    found = piece(told("Kursk fell."), "entities", "Kursk")
    assert found["says"]["country"] == "RUS"
    assert any(detail.startswith("on the map: Kursk") for detail in found["details"])
    assert any(detail.startswith("place: GPE +") for detail in found["details"])


def test_every_row_of_extract_is_explained(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(
        "Floods in Assam killed 12 people on Sunday, the state government said.\n"
        "More than 40,000 were moved to camps, and 3 bridges fell.\n"
    )
    rows = [
        json.loads(line)
        for line in CliRunner().invoke(cli, ["extract", str(story)]).stdout.splitlines()
    ]
    answer = json.loads(explain(story, "--format", "json").stdout)
    ids = {
        one["row_id"]
        for sentence in answer["sentences"]
        for one in sentence["pieces"]
        if one["taken"]
    }
    for table, key in (("figures", "figure_id"), ("dates", "date_id"), ("mentions", "mention_id")):
        assert {row[key] for row in rows if row["table"] == table} <= ids


def test_for_a_person_each_sentence_stands_over_its_pieces() -> None:
    result = explain("The S&P 500 rose 2%.", "--published", "2025-06-12")
    assert result.exit_code == 0
    assert "text, published 2025-06-12" in result.stdout
    assert "+ “2%”: figure" in result.stdout
    assert "- “500”: no figure" in result.stdout


def test_the_frames_of_each_sentence_are_told() -> None:
    first, second = sentences("Berlin gave Kyiv 18 tanks on Tuesday. Chad denied it, Oslo said.")
    (frame,) = first["frames"]
    taking = {(one["role"], one["surface"], one["name"]) for one in frame["participants"]}
    assert taking == {
        ("agent", "Berlin", "Berlin"),
        ("recipient", "Kyiv", "Kyiv"),
        ("patient", "18 tanks", None),
    }
    assert (frame["lemma"], frame["event_type"], frame["plover"]) == ("give", "aid", "AID")
    assert frame["time"]["start"] == frame["time"]["end"] == "2025-06-10"
    assert [one["lemma"] for one in second["frames"]] == ["deny", "say"]
    assert second["frames"][0]["source"]["surface"] == "Oslo"


def test_for_a_person_frames_stand_below_the_pieces() -> None:
    result = explain(
        "A flood in Jakarta killed two and may kill more.", "--published", "2025-06-12"
    )
    assert "= “flood”: flood (noun, flood)" in result.stdout
    assert "= “killed”: kill (verb, death): agent “A flood”" in result.stdout
    assert "place “Jakarta” (event_noun)" in result.stdout
    assert "agent “A flood” (coordinated)" in result.stdout
    assert "possible" in result.stdout


@pytest.mark.parametrize("name", ["no/such/file.txt", "gone-*.txt"])
@pytest.mark.usefixtures("empty_folder")
def test_a_path_without_files_is_a_wrong_command_line(name: str) -> None:
    assert explain(name).exit_code == 64


def test_what_was_corrected_stands_with_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the article, of a figure, and of rows that are no pieces: an event and a claim."""
    monkeypatch.chdir(tmp_path)
    text = "Published on: 2025/06/12\nA flood in Riga killed two men on Monday, the mayor said.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    extracted = CliRunner().invoke(cli, ["extract", "a.txt"]).stdout.splitlines()
    rows = {row.pop("table"): row for row in map(json.loads, extracted)}  # the last of each
    lines = [
        ("articles", rows["articles"]["article_id"], "published_date", "2025-06-05"),
        ("figures", rows["figures"]["figure_id"], "counted", "sailors"),
        ("claims", rows["claims"]["claim_id"], "speaker_kind", "person"),
        ("events", rows["events"]["event_id"], "patient", "two sailors"),
    ]
    told = [",".join((*line, "it says so,kim,2025-06-30")) for line in lines]
    (tmp_path / "c.csv").write_text("\n".join(("table,id,column,value,why,by,on", *told)))

    answer = json.loads(explain("a.txt", "--corrections", "c.csv", "--format", "json").stdout)
    jsonschema.validate(answer, SCHEMA)
    (article,) = answer["corrections"]
    assert (article["value"], article["value_read"]) == ("2025-06-05", "2025-06-12")
    (sentence,) = answer["sentences"]
    found = {one["table_name"]: one for one in sentence["corrections"]}
    assert found.keys() == {"figures", "claims", "events"}
    assert (found["figures"]["value"], found["figures"]["value_read"]) == ("sailors", "men")
    two = piece(sentence["pieces"], "figures", "two")
    assert two["says"]["counted"] == "sailors"
    assert two["says"]["as_of_start"] == "2025-06-02"
    assert "corrected_counted" in [rule["name"] for rule in two["rules"]]

    shown = explain("a.txt", "--corrections", "c.csv").stdout
    assert "a.txt, published 2025-06-05\n  * articles.published_date is “2025-06-05”" in shown
    assert "  * figures.counted of “two” is “sailors”, read as “men”: it says so (kim, " in shown
    again = CliRunner().invoke(cli, ["extract", "a.txt", "--corrections", "c.csv"])
    corrected = {row.pop("table"): row for row in map(json.loads, again.stdout.splitlines())}
    assert corrected["events"]["patient"] == "two sailors"
    assert corrected["claims"]["rule"].endswith("+corrected_speaker_kind")
