"""A report of something long past: what hangs on its story and what on its publication."""

from __future__ import annotations

import pytest

from tests.transforms.dates.conftest import Read

# 2024-07-17 is a Wednesday
PUBLISHED = "2024-07-17"
STORY = (
    "The barge Aurora sank in 1927. Its owner had bought it in 1919, rebuilt it in 1922 and sold "
    "it in 1925. In June of that year it had run aground, and in August it was mended. Today the "
    "wreck is a museum. "
)


@pytest.mark.parametrize(
    ("sentence", "surface", "start", "end"),
    [
        ("Divers said on Monday that the hull was sound.", "Monday", "2024-07-15", "2024-07-15"),
        ("The board closed it last May.", "last May", "2024-05-01", "2024-05-31"),
        ("It reopens on August 3.", "August 3", "2024-08-03", "2024-08-03"),
        ("Its roof fell in on July 16.", "July 16", "2024-07-16", "2024-07-16"),
        ("The board met in March.", "March", "2024-03-01", "2024-03-31"),
        ("Some 900 came this year.", "this year", "2024-01-01", "2024-12-31"),
        ("A keeper found the bell four years ago.", "four years ago", "2020-01-01", "2020-12-31"),
        ("It will stay shut today.", "today", "2024-07-17", "2024-07-17"),
        ("In 1931 it was raised. In May it was sold.", "May", "1931-05-01", "1931-05-31"),
    ],
)
def test_what_a_report_of_the_past_hangs_on(
    read: Read, sentence: str, surface: str, start: str, end: str
) -> None:
    rows = read(STORY + sentence, PUBLISHED)
    days = [(str(r["date_start"]), str(r["date_end"])) for r in rows if r["surface"] == surface]
    assert days[-1:] == [(start, end)]


def test_the_story_itself_is_told_in_its_own_years(read: Read) -> None:
    rows = {row["surface"]: row for row in read(STORY, PUBLISHED)}
    assert rows["August"]["value"] == "1925-08"


@pytest.mark.parametrize(
    ("sentence", "surface", "value"),
    [
        ("The union said the strike starts on Friday.", "Friday", "2024-07-19"),
        ("This comes after Riga on Saturday confirmed the sale.", "Saturday", "2024-07-13"),
        ("The lease was extended until Friday.", "Friday", "2024-07-19"),
        ("The skippers, who said Monday night they would stay, left.", "Monday night",
         "2024-07-15TNI"),
        ("The rebuilt lock, to be opened in the autumn, cost $4 million.", "the autumn",
         "2024-FA"),
        ("An engineer warned of risks to the November vote.", "November", "2024-11"),
        ("The guild complained in an August 8 letter.", "August 8", "2023-08-08"),
    ],
)  # fmt: skip
def test_what_chooses_the_turn(read: Read, sentence: str, surface: str, value: str) -> None:
    rows = [row for row in read(sentence, PUBLISHED) if row["surface"] == surface]
    assert [row["value"] for row in rows] == [value]


def test_a_match_has_halves_of_its_own(read: Read) -> None:
    assert read("On Friday the keeper saved a penalty in the second half.", PUBLISHED)[1:] == []
    rows = read("On Friday the firm said sales rose 3% in the second half.", PUBLISHED)
    assert rows[1]["surface"] == "the second half"
