"""What an expression hangs on: publication, tense, the dates before it, the publisher's country."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.transforms.dates.conftest import Read
from warehouse.tables import Row


def days(row: Row) -> str | None:
    if row["date_start"] is None:
        return None
    start, end = str(row["date_start"]), str(row["date_end"])
    return start if start == end else f"{start}..{end}"


@pytest.mark.parametrize(
    ("sentence", "surface", "expected"),
    [
        # 2024-06-12 is a Wednesday
        ("They met on Wednesday.", "Wednesday", "2024-06-12"),
        ("They met on Thursday.", "Thursday", "2024-06-06"),
        ("They will meet on Thursday.", "Thursday", "2024-06-13"),
        ("They will meet on Wednesday.", "Wednesday", "2024-06-12"),
        ("They are to meet on Monday.", "Monday", "2024-06-17"),
        ("They plan to meet on Monday.", "Monday", "2024-06-17"),
        ("They had met on Monday.", "Monday", "2024-06-10"),
        ("This comes after Kyiv on Saturday confirmed the deal.", "Saturday", "2024-06-08"),
        ("The vote takes place on Sunday.", "Sunday", "2024-06-16"),
        ("The law passed in January.", "January", "2024-01-01..2024-01-31"),
        ("The law passed in August.", "August", "2023-08-01..2023-08-31"),
        ("The law will pass in August.", "August", "2024-08-01..2024-08-31"),
        ("The law will pass in January.", "January", "2025-01-01..2025-01-31"),
        ("The law passed on 12 June.", "12 June", "2024-06-12"),
        ("The law passed on June 13.", "June 13", "2023-06-13"),
        ("The offer was extended to June 20.", "June 20", "2024-06-20"),
    ],
)
def test_tense_chooses_the_side(read: Read, sentence: str, surface: str, expected: str) -> None:
    (row,) = read(sentence, "2024-06-12")
    assert (row["surface"], days(row)) == (surface, expected)
    assert row["is_relative"]
    assert row["anchor"] == "publication"
    assert row["anchor_date"] == dt.date(2024, 6, 12)


def test_without_a_publication_date_relative_times_stay_open(read: Read) -> None:
    rows = read("They met on Monday, last year and on 5 May 2020.", None)
    assert [(row["surface"], days(row)) for row in rows] == [
        ("Monday", None),
        ("last year", None),
        ("5 May 2020", "2020-05-05"),
    ]


def test_later_times_hang_on_the_date_before(read: Read) -> None:
    rows = read(
        "The dam burst on 3 March 2021. That day 40 people fled. Two days later the town was dry. "
        "The following week it rained. Three months later it burst again.",
        "2024-06-12",
    )
    assert [days(row) for row in rows] == [
        "2021-03-03",
        "2021-03-03",
        "2021-03-05",
        "2021-03-08..2021-03-14",
        "2021-06-01..2021-06-30",
    ]
    ids = [row["date_id"] for row in rows]
    assert rows[1]["anchor"] == ids[0]
    assert rows[2]["anchor"] == ids[1]
    assert rows[2]["direction"] == "future"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The following week", "2021-03-08..2021-03-14"),
        ("The subsequent week", "2021-03-08..2021-03-14"),
        ("The previous week", "2021-02-22..2021-02-28"),
        ("The preceding week", "2021-02-22..2021-02-28"),
        ("The ensuing two weeks", "2021-03-03..2021-03-17"),
        ("The preceding two weeks", "2021-02-17..2021-03-03"),
        ("The two weeks before", "2021-02-17..2021-03-03"),
        ("The two weeks after", "2021-03-03..2021-03-17"),
    ],
)
def test_words_of_one_class_count_alike(read: Read, words: str, expected: str) -> None:
    rows = read(f"The dam burst on 3 March 2021. {words} brought rain.")
    assert (rows[1]["surface"], days(rows[1])) == (words, expected)
    assert rows[1]["anchor"] == rows[0]["date_id"]


def test_the_whole_of_a_month_is_the_month(read: Read) -> None:
    (row,) = read("The locks will be shut for the entire month of July.")
    assert (row["surface"], row["value"]) == ("the entire month of July", "2024-07")


def test_the_day_of_an_event_is_counted_from_the_date_of_the_clause(read: Read) -> None:
    rows = read("They confirmed it on Monday, just two days after Moscow did so.", "2025-04-28")
    assert [(row["surface"], days(row)) for row in rows] == [
        ("Monday", "2025-04-28"),
        ("two days after Moscow did", "2025-04-26"),
    ]
    assert rows[1]["anchor"] == rows[0]["date_id"]


STORY = (
    "The siege began on 4 May 1812. In June the wells ran dry, and by the end of September half "
    "of the town had left. In January the walls fell. The peace of 10 March 1813 was kept. Ten "
    "days later the king returned. In 1790 he had been a child. On April 2 he was crowned, and in "
    "the summer of 1815 he went to war. In October he died."
)


def test_a_story_counts_from_itself(read: Read) -> None:
    assert [(row["surface"], days(row)) for row in read(STORY, "2009-12-19")] == [
        ("4 May 1812", "1812-05-04"),
        ("June", "1812-06-01..1812-06-30"),
        ("the end of September", "1812-09-21..1812-09-30"),
        ("January", "1813-01-01..1813-01-31"),
        ("10 March 1813", "1813-03-10"),
        ("Ten days later", "1813-03-20"),
        ("1790", "1790-01-01..1790-12-31"),
        ("April 2", "1813-04-02"),
        ("the summer of 1815", "1815-06-01..1815-08-31"),
        ("October", "1815-10-01..1815-10-31"),
    ]


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("Signed on 03/04/2024.", "GBR", "2024-04-03"),
        ("Signed on 03/04/2024.", "USA", "2024-03-04"),
        ("Signed on 03/04/2024.", None, "2024-04-03"),
        ("Sent 25/04/2024. Signed on 03/04/2024.", "USA", "2024-04-03"),
        ("Sent 04/25/2024. Signed on 03/04/2024.", "GBR", "2024-03-04"),
        ("Posted 06/12/2024. Signed on 03/04/2024.", None, "2024-03-04"),
    ],
)
def test_day_or_month_first(read: Read, text: str, country: str | None, expected: str) -> None:
    assert days(read(text, "2024-06-12", country=country)[-1]) == expected


@pytest.mark.parametrize(
    ("sentence", "country", "expected"),
    [
        ("Russia marked Victory Day.", "USA", "2024-05-09"),
        ("India's Independence Day was wet.", "USA", "2023-08-15"),
        ("Independence Day was wet.", "UKR", "2023-08-24"),
        ("Shops were shut on Labor Day.", "USA", "2023-09-04"),
        ("Shops were shut on Labour Day.", "GBR", "2024-05-01"),
        ("They ate at Thanksgiving in Canada.", "USA", "2023-10-09"),
        ("Eid al-Adha was quiet last year.", None, "2023-06-28..2023-07-01"),
    ],
)
def test_named_days_by_country(
    read: Read, sentence: str, country: str | None, expected: str
) -> None:
    row = read(sentence, "2024-06-12", country=country)[0]
    assert row["holiday"] is not None
    if "last year" not in sentence:
        assert days(row) == expected


def test_results_are_compared_with_the_quarter_spoken_of(read: Read) -> None:
    rows = read(
        "Profit in the third quarter rose to $4 million from $3 million a year earlier. "
        "In the latest quarter sales were higher than in the year-ago period.",
        "2024-10-28",
    )
    assert [row["value"] for row in rows] == ["2024-Q3", "2023-Q3", "2024-Q3", "2023-Q3"]


def test_sentences_that_the_parse_cuts_after_a_month_are_read_whole(read: Read) -> None:
    rows = read("The offer is payable Jan. 2 to holders of record Dec. 15. It was raised.")
    assert [row["surface"] for row in rows] == ["Jan. 2", "Dec. 15"]


def test_rows_name_their_sentence(read: Read) -> None:
    rows = read("It rained on Monday. Nothing else. It will rain on Friday.")
    assert [row["sentence_no"] for row in rows] == [0, 2]


def test_times_are_read_across_wrapped_lines(read: Read) -> None:
    rows = read("It has been open since May\n7 and shut for most of the past\nyear.", "2024-06-12")
    assert [row["value"] for row in rows] == ["2024-05-07", "P1Y"]
    assert rows[0]["surface"] == "May\n7"
