from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.transforms.article.inputs import article, reject
from transforms.model import Source

SEEDS = Path(__file__).parents[3] / "seeds" / "articles"

BODY = (
    "The ferry to Skye will run again from Friday, its operator said, after nine weeks in dock.\n"
    "About 1,200 people had signed a petition."
)


def test_the_first_sample_is_read_right() -> None:
    name = "000_a2bdac593a31db87.txt"
    found = article((SEEDS / name).read_bytes(), uri=name)
    assert found.published_date == dt.date(2025, 4, 28)
    assert found.published_at == dt.datetime(2025, 4, 28, 10)
    assert found.published_zone == "UTC"
    assert found.publisher == "Arirang News"
    assert found.authors == ("Bae Eun-ji",)
    assert found.country == "KOR"
    assert found.language == "en"
    lines = found.text.split("\n")
    assert lines[0].startswith("North Korea has officially acknowledged")
    assert lines[-1] == "Bae Eun-ji, Arirang News."
    assert "Published on" not in found.text
    assert "logged in" not in found.text


def test_header_lines_become_columns() -> None:
    found = article(
        "Title: Ferry to Skye returns\nBy: Ailsa Munro and Rory Bain\nSource: Minch Herald\n"
        "Published on: 2024/03/05 09:30 GMT\nUpdated: 2024/03/05 11:00 GMT\n"
        f"URL: https://WWW.Example.org/ferry?utm_source=x#top\nID: 77\nLanguage: en-GB\n\n{BODY}\n"
    )
    assert found.text == BODY
    assert found.title == "Ferry to Skye returns"
    assert found.authors == ("Ailsa Munro", "Rory Bain")
    assert found.publisher == "Minch Herald"
    assert found.published_at == dt.datetime(2024, 3, 5, 9, 30)
    assert found.version_at == dt.datetime(2024, 3, 5, 11)
    assert found.url == "https://www.example.org/ferry"
    assert found.external_id == "77"
    assert found.language == "en"


def test_header_lines_at_the_end_become_columns() -> None:
    found = article(f"{BODY}\nSource: Minch Herald\nPublished: 5 March 2024\n")
    assert (found.text, found.publisher) == (BODY, "Minch Herald")
    assert found.published_date == dt.date(2024, 3, 5)


@pytest.mark.parametrize(
    "head",
    [
        "Ferry to Skye returns\n\n",
        "Ferry to Skye returns\nBy AILSA MUNRO\n",
        "Ferry to Skye returns\n=====================\n5 March 2024 09:30\n",
        "5 March 2024 09:30\n\nFerry to Skye returns\n\n",
        "Ferry to Skye returns\n",
    ],
)
def test_a_headline_above_the_body_is_the_title(head: str) -> None:
    found = article(head + BODY)
    assert (found.title, found.text) == ("Ferry to Skye returns", BODY)


@pytest.mark.parametrize(
    "first",
    ["The ferry is back.", "PORTREE, March 5 (Minch Herald) -- The ferry is back",
     "Islanders call it the long winter:"],
)  # fmt: skip
def test_a_sentence_is_no_title(first: str) -> None:
    found = article(f"{first}\n\n{BODY}")
    assert found.title is None
    assert found.text == f"{first}\n{BODY}"


def test_one_line_is_text() -> None:
    assert article("Ferry to Skye returns\n").text == "Ferry to Skye returns"


@pytest.mark.parametrize(
    "line",
    [
        "You must be logged in to add a comment.",
        "Please log in to leave a comment",
        "Share this on Facebook",
        "Share | Tweet | Email",
        "Subscribe to our newsletter",
        "Sign up for our weekly newsletter",
        "Read more: The long winter",
        "READ MORE",
        "We use cookies to improve this site.",
        "Accept all cookies",
        "Advertisement",
        "© 2024 Minch Herald. All rights reserved.",
        "Follow us on X and Instagram",
        "Comments (12)",
        "Be the first to comment",
        "(END)",
        "-30-",
        "***",
        "Photo: Minch Pictures",
        "Tags: ferries, islands",
        "4 min read",
    ],
)
def test_furniture_is_no_text(line: str) -> None:
    first, second = BODY.split("\n")
    assert article(f"{first}\n{line}\n{second}\n\n{line}").text == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Support for the crossing fell to 30% last year.",
        "Register to vote before Friday, the council told islanders.",
        "Copyright law does not cover timetables, the court found.",
        "Listen to the islanders first, the minister said.",
        "Photos of the dock went round the world.",
        "Home owners paid more.",
        "The end came at noon.",
        "Follow the money, she said.",
    ],
)
def test_sentences_that_begin_like_furniture_are_text(line: str) -> None:
    assert line in article(f"{BODY}\n{line}\n{BODY[:40]}.").text


@pytest.mark.parametrize(
    ("last", "authors", "publisher"),
    [
        ("Ailsa Munro, Minch Herald.", ("Ailsa Munro",), "Minch Herald"),
        ("Ailsa Munro and Rory Bain, BBC News, Portree", ("Ailsa Munro", "Rory Bain"), "BBC News"),
        ("(Reporting by Ailsa Munro in Portree; Editing by Rory Bain)", ("Ailsa Munro",), None),
        ("-- Minch Herald", (), "Minch Herald"),
        ("By Ailsa Munro", ("Ailsa Munro",), None),
        ("Calum Rae, Portree.", (), None),
    ],
)
def test_a_byline_at_the_end_is_read_and_stays_text(
    last: str, authors: tuple[str, ...], publisher: str | None
) -> None:
    found = article(f"{BODY}\n{last}")
    assert (found.authors, found.publisher) == (authors, publisher)
    assert found.text == f"{BODY}\n{last}"


@pytest.mark.parametrize(
    ("opening", "place", "publisher"),
    [
        ("SEOUL, April 28 (Yonhap) -- ", "SEOUL", "Yonhap"),
        ("PORT-AU-PRINCE, Haiti (AP) — ", "PORT-AU-PRINCE, Haiti", "Associated Press"),
        ("KYIV - ", "KYIV", None),
        ("Lagos, 3 May (Reuters) - ", "Lagos", "Reuters"),
        ("RIO DE JANEIRO — ", "RIO DE JANEIRO", None),
        ("ABUJA/LAGOS, Nigeria, Sept. 3, 2024 – ", "ABUJA/LAGOS, Nigeria", None),
        ("The vote - ", None, None),
        ("", None, None),
    ],
)
def test_the_place_in_the_opening_is_read_and_stays_text(
    opening: str, place: str | None, publisher: str | None
) -> None:
    found = article(f"{opening}{BODY}")
    assert (found.location_line, found.publisher) == (place, publisher)
    assert found.text == f"{opening}{BODY}"


def test_white_space_is_settled() -> None:
    found = article("\ufeff  One   story.\t\r\n\r\n\r\n Sec\u00adond\u200b line. \u2028Third.\n\n")
    assert found.text == "One story.\nSecond line.\nThird."


def test_lines_broken_at_a_fixed_width_are_joined() -> None:
    text = (
        "The ferry to Skye will run again from Friday, its operator said,\n"
        "after nine weeks in a dry dock on the Clyde that cost it more than\n"
        "a million pounds and many of its friends.\n\n"
        "About 1,200 people had signed a petition for a second boat, which\n"
        "the government has promised for the summer of next year."
    )
    assert article(text).text.split("\n") == [
        paragraph.replace("\n", " ") for paragraph in text.split("\n\n")
    ]


def test_a_paragraph_said_again_counts_once() -> None:
    first, second = BODY.split("\n")
    assert article(f"{first}\n{second}\n{first}\n{first}").text == BODY


def test_no_date_leaves_the_columns_empty() -> None:
    found = article(BODY)
    assert (found.published_at, found.published_zone, found.published_date) == (None, None, None)
    assert found.version_at is None


def test_only_furniture_is_no_article() -> None:
    refused = reject("Published on: 2024/03/05 09:30\nShare this on Facebook\n")
    assert refused.reason == "no_text"


def test_the_source_stands_in_where_the_page_is_silent() -> None:
    source = Source("desk", zone="Asia/Tokyo", country="JPN", publisher="Desk Daily", language="en")
    found = article(f"Published on: 2024/03/05 09:30\n\n{BODY}", source=source)
    assert found.published_at == dt.datetime(2024, 3, 5, 0, 30)
    assert (found.published_zone, found.published_date) == ("Asia/Tokyo", dt.date(2024, 3, 5))
    assert (found.publisher, found.country, found.language) == ("Desk Daily", "JPN", "en")
