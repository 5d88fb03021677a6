from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.entities_gold import Mention, differences, passages, same_link, score
from benchmarks.entities_top import Tally, marks, most_frequent, write
from transforms.countries import country_names
from transforms.entities.gazetteer import gazetteer
from transforms.entities.lexicon import by_reference


def mention(start: int, text: str, kind: str, entity: str, link: str = "-") -> Mention:
    return Mention("p", start, start + len(text), text, kind, entity, link)


def test_the_gold_is_as_large_as_said_and_its_links_exist() -> None:
    gold = passages()
    assert len(gold) >= 60
    mentions = [one for passage in gold for one in passage.mentions]
    assert len(mentions) >= 400
    for passage in gold:
        for one in passage.mentions:
            assert passage.article.text[one.start : one.end] == one.text
    for link in {one.link for one in mentions} - {"-", "?"}:
        known = link in by_reference() or link in country_names()
        assert known or gazetteer().by_id(int(link)), link


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.txt"
    path.write_text("## a\n{Oslo|G|oslo} was quiet.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"gold.txt:2: .* first mention of oslo"):
        passages(path)


def test_kinds_identity_and_links_are_scored() -> None:
    gold = [mention(0, "Ada", "PERSON", "a"), mention(9, "Ada", "PERSON", "a")]
    assert score([(gold, gold)])["kind"] == 100.0
    parted = [mention(0, "Ada", "PERSON", "x"), mention(9, "Ada", "PERSON", "y")]
    assert score([(gold, parted)])["identity"] < 100.0
    wrong = [mention(0, "Ada", "ORG", "x", "?")]
    found = score([(gold, wrong)])
    assert (found["kind"], found["link"]) == (0.0, 0.0)
    assert any("missed" in line for line in differences(gold, wrong))


def test_a_town_and_its_county_are_one_place() -> None:
    towns = gazetteer().find("Kisumu")
    assert same_link(str(towns[0].geonames_id), str(towns[1].geonames_id))
    assert not same_link("2643743", "2988507")


def test_the_most_frequent_carry_their_marks(tmp_path: Path) -> None:
    found = {
        ("PERSON", "1"): Tally("Ada", "-", articles=2),
        ("PERSON", "2"): Tally("Bo", "-", articles=5),
    }
    sums = write(most_frequent(found, 1), tmp_path)
    assert "| 1 | Bo | - | 5 |" in (tmp_path / "PERSON.md").read_text(encoding="utf-8")
    assert sums[0] == "PERSON: 1 entities, 0 wrong (0.0%)"


def test_the_page_of_the_most_frequent_carries_every_mark_and_counts_them() -> None:
    page = (Path(__file__).parents[2] / "docs" / "entities-measured.md").read_text(encoding="utf-8")
    marked: set[tuple[str, str, str]] = set()
    for kind, table in re.findall(
        r"^### ([A-Z_]+)\n(.*?)(?=^### |\Z)", page, re.DOTALL | re.MULTILINE
    ):
        rows = re.findall(r"^\| \d+ \| (.+) \| (\S+) \| \d+ \| (.*) \|$", table, re.MULTILINE)
        wrong = {(kind, name, link) for name, link, why in rows if why.strip()}
        said = re.search(r"^(\d+) entities, (\d+) wrong\.$", table, re.MULTILINE)
        assert said is not None
        assert (int(said[1]), int(said[2])) == (len(rows), len(wrong))
        assert f"| {kind} | {len(rows)} | {100 * len(wrong) / len(rows):.1f}% |" in page
        assert len(wrong) < 0.05 * len(rows), kind
        marked |= wrong
    assert marked == set(marks())
