"""Where a time lies: what it hangs on, on which side, and what has no days, kind by kind."""

from __future__ import annotations

import pytest

from tests.transforms.dates.conftest import Read
from tests.transforms.dates.test_anchors import days


def found(read: Read, text: str, published: str | None) -> list[tuple[str, str | None]]:
    return [(row["surface"], days(row)) for row in read(text, published)]


# 2024-06-12 is a Wednesday
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The eagle flew in 1927. On Tuesday a team said so, and last July it had searched.",
            ["1927-01-01..1927-12-31", "2024-06-11", "2023-07-01..2023-07-31"],
        ),
        (
            "The yard opened in 2009, the year the bank failed. On August 3 it built a boat.",
            ["2009-01-01..2009-12-31", "2023-08-03"],
        ),
        (
            "Workers at the yard, founded in 2009, walk out on August 3.",
            ["2009-01-01..2009-12-31", "2024-08-03"],
        ),
        (
            "The dam was finished in 1968. It was shut on June 12, the board said.",
            ["1968-01-01..1968-12-31", "2024-06-12"],
        ),
        ("Boats will be led past the weir on June 11, the board said.", ["2024-06-11"]),
        ("In 1988 she crossed Spain. That summer she cooked.", [
            "1988-01-01..1988-12-31", "1988-06-01..1988-08-31",
        ]),
        ("The crew slept that Thursday in a barn.", [None]),
        ("The crew left at dawn in May 1927.", [None, "1927-05-01..1927-05-31"]),
    ],
)  # fmt: skip
def test_what_a_time_hangs_on(read: Read, sentence: str, expected: list[str | None]) -> None:
    assert [told for _, told in found(read, sentence, "2024-06-12")] == expected


@pytest.mark.parametrize(
    ("published", "sentence", "expected"),
    [
        ("2024-06-12", "The truce starts on Friday, the general said.", "2024-06-14"),
        ("2024-06-12", "The port reopens Monday after the storm.", "2024-06-17"),
        ("2024-06-12", "Wounded on Sunday, the guard died in hospital.", "2024-06-09"),
        ("2024-06-12", "Court to hear the appeal on Friday", "2024-06-14"),
        ("2024-06-12", "Storm kills four in the north on Monday", "2024-06-10"),
        ("2024-06-12", "Minister to visit the port on Monday", "2024-06-17"),
        ("2024-06-12", "They were ordered to leave immediately on Monday.", "2024-06-10"),
        ("2024-06-12", "The mayor told shops to shut at once on Tuesday.", "2024-06-11"),
        ("2024-06-15", "The minister travelled to Riga this Friday.", "2024-06-14"),
        ("2024-06-12", "The minister will travel to Riga this Friday.", "2024-06-14"),
        ("2024-04-10", "Having beaten the summer attack, they dug in.", "2023-06-01..2023-08-31"),
        ("2024-04-10", "The army expects a summer offensive.", "2024-06-01..2024-08-31"),
        ("2024-03-10", "Farmers are counting on the wet winter.", "2024-12-01..2025-02-28"),
        # yesterday's weekday, unless the verb says for sure that it is to come
        ("2024-06-11", "They sought permission to march on Monday.", "2024-06-10"),
        ("2024-06-11", "There may be some delays Monday because of the fault.", "2024-06-10"),
        ("2024-06-11", "Divers remain in the port Monday to look for the crew.", "2024-06-10"),
        ("2024-06-11", "The board will meet on Monday.", "2024-06-17"),
        ("2024-06-11", "Talks are set to resume on Monday.", "2024-06-17"),
        ("2024-06-11", "Divers are due to inspect the hull on Monday.", "2024-06-17"),
        # what stands beside
        ("2024-06-12", "Crowds began to gather in the port on Tuesday.", "2024-06-11"),
        ("2024-06-12", "The visit follows a speech in the port on Monday.", "2024-06-10"),
        ("2024-06-12", "It will be her first speech since the fire on Sunday.", "2024-06-09"),
        ("2024-06-12", "The line has halted its boats until Saturday.", "2024-06-15"),
        ("2024-06-12", "All eyes are on the upcoming report on Friday.", "2024-06-14"),
        ("2024-06-12", "The keeper’s decision to quit on Sunday surprised all.", "2024-06-09"),
        ("2024-06-12", "The march planned for Monday was called off.", "2024-06-10"),
        ("2024-06-13", "The march planned for Saturday was banned.", "2024-06-15"),
        ("2024-06-16", "This is a time of calm ahead of a vote on Monday.", "2024-06-17"),
        ("2024-06-12", "If she wins in November, she will raise tolls.", "2024-11-01..2024-11-30"),
        ("2024-06-12", "If elected in November, he would close it.", "2024-11-01..2024-11-30"),
        ("2024-06-12", "The stocks are the highest ever as of May 28.", "2024-05-28"),
        ("2024-07-26", "She had agreed to the September 10 debate.", "2024-09-10"),
    ],
)  # fmt: skip
def test_on_which_side_it_lies(read: Read, published: str, sentence: str, expected: str) -> None:
    assert [told for _, told in found(read, sentence, published)] == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Exports have doubled in the past decade.", "2014-06-12..2024-06-12"),
        ("Rents rose over the last three years.", "2021-06-12..2024-06-12"),
        ("It rained for most of the last six months.", "2023-12-12..2024-06-12"),
        ("Sales have fallen so far this year.", "2024-01-01..2024-06-12"),
        ("The plant will open later this month.", "2024-06-12..2024-06-30"),
        ("The two weeks after the coup were calm.", None),
        ("The lease runs until 2029, the year when the mine closes.", "2029-01-01..2029-12-31"),
        ("The town was founded in the 1600s.", "1600-01-01..1699-12-31"),
        ("He ruled from 1912 to 14 and never again.", "1912-01-01..1914-12-31"),
        ("He led the guild from 1998 to 02.", "1998-01-01..2002-12-31"),
        ("The season usually runs through late October.", None),
        ("They travel throughout the year.", None),
        ("In the two weeks that followed the vote it rained.", None),
        ("From 1939 to 45 the line was shut.", "1939-01-01..1945-12-31"),
        ("The deed was signed on Feb. 29, 2023.", "2023-02-01..2023-02-28"),
        ("The vote is on Friday, 9 a.m. to 5 p.m.", "2024-06-14"),
    ],
)
def test_periods(read: Read, sentence: str, expected: str | None) -> None:
    assert [told for _, told in found(read, sentence, "2024-06-12")] == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Back then nobody locked a door.", [("Back then", None)]),
        ("We met the other day.", [("the other day", None)]),
        ("These days I paint.", [("These days", None)]),
        ("I spent my twenties in Rome.", []),
        ("When I was 16 I left school.", []),
        ("Everybody wore it in the '60s.", [("the '60s", "1960-01-01..1969-12-31")]),
        ("I came a couple of years ago.", [("a couple of years ago", None)]),
        ("I live there now, and last week I bought a dog.", [("now", None), ("last week", None)]),
        ("We wed in 1994. Two years later we left, and the next spring we were back.", [
            ("1994", "1994-01-01..1994-12-31"),
            ("Two years later", "1996-01-01..1996-12-31"),
            ("the next spring", None),
        ]),
        ("In 1988 I crossed Spain. That summer I cooked.", [
            ("1988", "1988-01-01..1988-12-31"), ("That summer", "1988-06-01..1988-08-31"),
        ]),
        ("On 3 May 2015 the roof fell in. The next day we were back.", [
            ("3 May 2015", "2015-05-03"), ("The next day", "2015-05-04"),
        ]),
    ],
)  # fmt: skip
def test_speech_without_a_date_has_the_days_that_it_tells(
    read: Read, sentence: str, expected: list[tuple[str, str | None]]
) -> None:
    assert found(read, sentence, None) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "In today's world nobody waits.",
        "The yard has more hands today than ever.",
        "He sold me a lamp which I still own today.",
        "Do you think that poetry matters today?",
        "He would be a Whig today.",
    ],
)
def test_today_is_the_present(read: Read, sentence: str) -> None:
    assert found(read, sentence, "2024-06-12") == [("today", None)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The talks resume today.",
        "The airport is still shut today.",
        "The minister is in court today.",
        "Oil is up today.",
    ],
)
def test_today_is_the_day(read: Read, sentence: str) -> None:
    assert found(read, sentence, "2024-06-12") == [("today", "2024-06-12")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Seats were up two to 183.",
        "The index was down five to 1204.",
        "The number rose from 980 to 1204.",
        "The site has over 1000 short films.",
        "The file holds some 2000 rare photographs.",
        "She works the night shift.",
        "The Friday Night Fight Club is full.",
        "Ferries that fall short are sold.",
    ],
)
def test_numbers_and_names_are_no_times(read: Read, sentence: str) -> None:
    assert found(read, sentence, "2024-06-12") == []
