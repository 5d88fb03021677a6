"""A number that is no figure is left out with its reason, and none is lost on the way."""

from __future__ import annotations

import datetime as dt

import pytest

from transforms.considered import LeftOut
from transforms.dates import read_dates
from transforms.entities import read_entities
from transforms.figures import read_figures, study_figures
from transforms.model import Article
from transforms.parse import parse


def _study(text: str) -> tuple[list[str], list[tuple[str, str, str]]]:
    """What is read, and what is left out as (text, reason, detail)."""
    article = Article(
        "0" * 16, "test", "0" * 64, text, "0" * 16, published_date=dt.date(2025, 4, 28)
    )
    parsed = parse(article)
    about = (read_dates(parsed), *read_entities(parsed))
    rows, left_out = study_figures(parsed, *about)
    assert rows == read_figures(parsed, *about)
    return [row["surface"] for row in rows], [
        (text[one.start : one.end], str(one.reason), one.detail) for one in left_out
    ]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("The dam broke on 5 May 2019.", "5 May 2019"),
        ("The well froze in the 20th century.", "the 20th century"),
        ("At one point he slept.", "At one point"),
        ("See page 12 of the atlas.", "page 12"),
        ("An office at 31 Wilton Road burned.", "31 Wilton Road"),
        ("The desk answers on +44 20 7946 0018.", "+44 20 7946 0018"),
        ("He sold the Leopard 2 again.", "Leopard 2"),
        ("(The G7 met.)", "G7"),
    ],
)
def test_the_detail_is_what_the_test_saw(text: str, seen: str) -> None:
    _, left_out = _study(text)
    assert seen in [detail for _, _, detail in left_out]


def test_each_number_is_read_or_left_out_in_the_order_of_the_text() -> None:
    read, left_out = _study("On page 12, 40 boats of the G7 and 3 of the 747s sank in 2014.")
    assert read == ["40", "3"]
    assert [(number, reason) for number, reason, _ in left_out] == [
        ("12", "label"), ("7", "glued"), ("747s", "ordinal"), ("2014", "date"),
    ]  # fmt: skip


def test_a_qualifier_is_no_part_of_what_is_left_out() -> None:
    _, left_out = _study("It was about page 12 and around 2014.")
    assert [number for number, _, _ in left_out] == ["12", "2014"]


def test_words_that_seldom_tell_a_number_are_left_out_in_silence() -> None:
    assert _study("A man saw a few of an old tribe.") == ([], [])


def test_what_is_left_out_knows_its_reader() -> None:
    article = Article("0" * 16, "test", "0" * 64, "The G7 met.", "0" * 16)
    _, left_out = study_figures(parse(article), [], [], [])
    assert left_out == [LeftOut("figures", 5, 6, "glued", "G7")]
