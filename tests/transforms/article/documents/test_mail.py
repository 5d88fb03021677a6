"""Messages and pages kept as one file."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties import examples
from tests.transforms.article.inputs import article, raw, reject
from transforms.article import read_article
from transforms.identity import digest
from transforms.model import MAIL, MHTML

FIRST = "The dam above Lota held through the night, officials said on Tuesday."
SECOND = "Some 1,200 people were told to leave two villages below it, and 40 stayed."
PAGE = (
    f"<html><body><article><h1>Dam holds</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
)

_TYPE = b"Content-Type: multipart/%s; boundary=a\n\n--a\n"


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    known = {
        "Subject": "Dam above Lota holds",
        "From": "Ana Rojas <ana@valley.example>",
        "Date": "Tue, 4 Mar 2025 07:30:00 -0300",
        "Message-ID": "<4711@valley.example>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for name, value in known.items():
        made[name] = value
    return made


def test_a_message_of_plain_text() -> None:
    made = message()
    made.set_content(f"{FIRST}\n\n{SECOND}\n\n-- \nAna Rojas\nValley Post\n")
    found = article(made.as_bytes(), MAIL)
    assert found.text == f"{FIRST}\n{SECOND}"
    assert found.title == "Dam above Lota holds"
    assert found.authors == ("Ana Rojas",)
    assert found.published_at == dt.datetime(2025, 3, 4, 10, 30)
    assert found.published_date == dt.date(2025, 3, 4)
    assert found.external_id == "4711@valley.example"
    assert found.article_id == digest("id", "desk", "4711@valley.example")
    assert found.url is None


def test_headers_are_decoded_and_a_medium_is_the_publisher() -> None:
    made = message(
        Subject="Staudamm hält – 1.200 müssen gehen", From="Associated Press <x@y.example>"
    )
    made.replace_header("Message-ID", "<1@y.example>")
    made["Archived-At"] = "<https://lists.example/2025/03/1>"
    made.set_content(f"{FIRST}\n\n{SECOND}")
    found = article(made.as_bytes(), MAIL)
    assert found.title == "Staudamm hält – 1.200 müssen gehen"
    assert found.publisher == "Associated Press"
    assert found.authors == ()
    assert found.url == "https://lists.example/2025/03/1"


def test_of_two_wordings_the_fuller_is_read_and_attachments_are_not() -> None:
    made = message()
    made.set_content("See this message in a browser.")
    made.add_alternative(PAGE, subtype="html")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    made.add_attachment("Some other text that is long enough. " * 20, filename="b.txt")
    assert article(made.as_bytes(), MAIL).text == f"{FIRST}\n{SECOND}"
    made = message()
    made.set_content(f"{FIRST}\n\n{SECOND}")
    made.add_alternative(
        "<p>Your reader shows no text of this message, we are sorry.</p>", subtype="html"
    )
    assert article(made.as_bytes(), MAIL).text == f"{FIRST}\n{SECOND}"


def test_a_charset_and_a_width_of_lines_are_undone() -> None:
    text = FIRST.replace("Lota", "Concepción") + " \n" + SECOND
    head = (
        "Subject: x\nDate: Tue, 4 Mar 2025 07:30:00 -0300\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=iso-8859-1; format=flowed\n\n"
    )
    found = article((head + text).encode("latin-1"), MAIL)
    assert found.text == text.replace(" \n", " ")


def test_a_page_kept_with_its_parts() -> None:
    data = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://post.example/a/dam\r\n"
        "Subject: Dam holds\r\nDate: Wed, 5 Mar 2025 07:30:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n'
        "----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: https://post.example/a/dam\r\n\r\n{PAGE.replace('=', '=3D')}\r\n"
        "----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n"
        "----b--\r\n"
    )
    found = article(data, MHTML)
    assert found.text == f"{FIRST}\n{SECOND}"
    assert found.url == "https://post.example/a/dam"
    assert found.title == "Dam holds"
    assert found.published_at is None


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("Ana Rojas <a@b.example>", ("Ana Rojas",)),
        ('"Rojas, Ana" <a@b.example>', ("Ana Rojas",)),
        ("a@b.example (Ana Rojas)", ("Ana Rojas",)),
        ("a@b.example", ()),
        ("<a@b.example>", ()),
        ("(" * 3000, ()),
        ("=?utf-8?q?Luc=C3=ADa?= Herrero <a@b.example>", ("Lucía Herrero",)),
    ],
)
def test_who_a_message_is_from(written: str, authors: tuple[str, ...]) -> None:
    payload = f"From: {written}\nSubject: x\n\nThe dam above the town held through the night."
    assert article(payload, MAIL).authors == authors


@pytest.mark.parametrize(
    ("payload", "media_type", "reason"),
    [
        (b"", MAIL, "empty"),
        (b"\n\nOnly a text.", MAIL, "malformed"),
        (b"Subject: x\nDate: y\n\n", MAIL, "empty"),
        (b"Subject: x\nContent-Type: image/png\n\nabc", MAIL, "no_text"),
        (
            b"Subject: x\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 300,
            MAIL,
            "malformed",
        ),
        (
            b"Subject: x\nContent-Type: multipart/related; boundary=a\n\n--a\n\nabc\n--a--",
            MHTML,
            "no_text",
        ),
    ],
)
def test_broken_ones_say_why(payload: bytes, media_type: str, reason: str) -> None:
    assert reject(payload, media_type).reason == reason


_PIECES = st.sampled_from(
    ["Subject: ", "From: ", "Date: ", "Content-Type: ", "multipart/mixed; boundary=", '"b"', "--b",
     "--b--", "\n", "\n\n", "text/plain; charset=", "utf-7", "base64", "=?utf-8?b?",
     "Content-Transfer-Encoding: ", "=?x?q?=FF?=", "?=", "<p>", "The dam held. ", "message/rfc822",
     "<a@b>", ";", "\x00", "é"]
)  # fmt: skip


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(_PIECES | st.text(max_size=6), max_size=40), st.sampled_from([MAIL, MHTML]))
def test_no_pieces_of_messages_make_it_raise(pieces: list[str], media_type: str) -> None:
    payload = ("Subject: x\n" + "".join(pieces)).encode("utf-8", "replace")
    assert read_article(raw(payload, media_type)) == read_article(raw(payload, media_type))
