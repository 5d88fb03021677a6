"""Mailboxes and messages of agencies: each message or item as an input."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.limits import Limits
from tests.flows.reading import inputs, reasons, records, reject, unnamed
from tests.properties import examples
from transforms.article import read_article
from transforms.model import MAIL, NEWSML, Article, RawArticle

TEXT = "The dam above Lota held for a night, officials said.\n\nFrom Lota to Arauco 1,200 left.\n"


_LINES = ["From a@b 2025\n", "Subject: x\n", "\n", "x", ">From y 2025\n"]


def message(number: int, text: str = TEXT) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = "Ana Rojas <a@post.example>", f"Story {number}"
    made["Date"], made["Message-ID"] = "Tue, 04 Mar 2025 10:00:00 +0000", f"<{number}@post.example>"
    made.set_content(text)
    return made


def written(tmp_path: Path, *messages: EmailMessage) -> Path:
    """A mailbox as the standard library writes it."""
    box = mailbox.mbox(tmp_path / "news.mbox")
    for one in messages:
        box.add(one)
    box.close()
    return tmp_path / "news.mbox"


def test_each_message_of_a_mailbox_is_an_input(tmp_path: Path) -> None:
    path = written(tmp_path, message(1), message(2), message(3))
    found = records(path)
    assert list(inputs(found)) == ["news.mbox#1", "news.mbox#2", "news.mbox#3"]
    for number, one in enumerate(found, 1):
        assert isinstance(one, RawArticle)
        assert one.media_type == MAIL
        read = read_article(one)
        assert isinstance(read, Article)
        assert (read.title, read.external_id) == (f"Story {number}", f"{number}@post.example")
        assert read.text == TEXT.replace("\n\n", "\n").strip()
    assert list(inputs(unnamed(path.read_bytes()))) == ["-#1", "-#2", "-#3"]


def test_a_message_alone_is_one_input(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(message(1).as_bytes())
    (one,) = records(tmp_path)
    assert isinstance(one, RawArticle)
    assert (one.source_uri, one.media_type) == ("a.eml", MAIL)
    assert list(inputs(unnamed(message(1).as_bytes()))) == ["-"]


def test_a_message_that_is_too_large_costs_no_other(tmp_path: Path) -> None:
    path = written(tmp_path, message(1), message(2, "word " * 2000), message(3))
    found = records(path, Limits(input_bytes=2000))
    assert reasons(found) == [("news.mbox#2", "too_large")]
    assert len(found) == 3


def test_only_so_many_messages(tmp_path: Path) -> None:
    found = records(written(tmp_path, message(1), message(2), message(3)), Limits(members=2))
    assert reasons(found) == [("news.mbox", "too_large")]
    assert "limits.members" in reject(found).detail
    assert len(found) == 3


def test_what_is_no_mailbox_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_text("Some text.\n")
    (tmp_path / "b.mbox").write_text("\n")
    assert reasons(records(tmp_path)) == [("a.mbox", "malformed"), ("b.mbox", "empty")]


@settings(max_examples=examples(200), deadline=None)
@given(
    st.lists(
        st.sampled_from(["From a@b 2025\n", "Subject: x\n", "\n", "x", ">From y 2025\n"]),
        max_size=30,
    )
)
def test_every_line_of_a_mailbox_is_in_one_message(lines: list[str]) -> None:
    data = ("From a@b Tue Mar 4 2025\nSubject: x\n" + "".join(lines)).encode()
    found = inputs(unnamed(data))
    kept = sum(payload.count(b"x") for payload in found.values())
    assert kept == data.count(b"x")


class TestNewsML:
    def _item(self, number: int, content: str) -> str:
        return f'<newsItem guid="urn:{number}"><contentSet>{content}</contentSet></newsItem>'

    def _message(self, *items: str) -> bytes:
        space = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
        return f"<newsMessage {space}><itemSet>{''.join(items)}</itemSet></newsMessage>".encode()

    def test_each_item_with_a_text_is_an_input(self, tmp_path: Path) -> None:
        items = [
            self._item(
                1, "<inlineXML><p>The dam held through the night, officials said.</p></inlineXML>"
            ),
            self._item(2, '<remoteContent href="a.jpg"/>'),
            "<packageItem/>",
            self._item(3, "<inlineData>Nobody left the two villages below the dam.</inlineData>"),
        ]
        (tmp_path / "a.xml").write_bytes(self._message(*items))
        found = records(tmp_path / "a.xml")
        assert list(inputs(found)) == ["a.xml#1", "a.xml#2"]
        ids = []
        for one in found:
            assert isinstance(one, RawArticle)
            assert one.media_type == NEWSML
            read = read_article(one)
            assert isinstance(read, Article)
            ids.append(read.external_id)
        assert ids == ["urn:1", "urn:3"]

    def test_a_message_without_a_text_says_so(self) -> None:
        assert reasons(unnamed(self._message("<packageItem/>"))) == [("-", "empty")]

    def test_a_message_of_endless_tags_is_not_held(self) -> None:
        assert reasons(unnamed(self._message("<a/>" * 1_000_001))) == [("-", "too_many_tags")]
