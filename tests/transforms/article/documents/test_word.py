"""Word documents."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties import examples
from tests.transforms.article.inputs import article, raw, reject
from transforms.article import read_article
from transforms.model import DOCX

FIRST = "The dam above Lota held through the night, officials said on Tuesday."
SECOND = "Some 1,200 people were told to leave two villages below it."


def document(
    *, title: str | None = "Dam above Lota holds", stated: str = "", author: str = ""
) -> bytes:
    made = docx.Document()
    if title is not None:
        made.add_heading(title, 0)
    made.add_paragraph(FIRST)
    made.add_heading("What comes next", 2)
    bold = made.add_paragraph("Some ")
    bold.add_run("1,200").bold = True
    bold.add_run(SECOND.removeprefix("Some 1,200"))
    table = made.add_table(2, 2)
    for cell, text in zip(table._cells, ["Coronel", "700", "Arauco", "500"], strict=True):
        cell.text = text
    made.core_properties.title = stated
    made.core_properties.author = author
    made.core_properties.created = dt.datetime(2025, 3, 4, 10)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(data: bytes, name: str, before: str, after: str) -> bytes:
    """The document with a part written otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            part = old.read(one)
            if one == name:
                assert before.encode() in part
                part = part.replace(before.encode(), after.encode(), 1)
            new.writestr(one, part)
    return out.getvalue()


def test_paragraphs_headings_and_tables_are_lines() -> None:
    found = article(document(author="Ana Rojas"), DOCX)
    assert found.text.split("\n") == [
        FIRST, "What comes next", SECOND, "Coronel | 700", "Arauco | 500",
    ]  # fmt: skip
    assert found.title == "Dam above Lota holds"
    assert found.authors == ("Ana Rojas",)
    assert found.published_at == dt.datetime(2025, 3, 4, 10)


def test_a_title_may_be_a_property() -> None:
    assert article(document(title=None, stated="Lota: dam holds"), DOCX).title == "Lota: dam holds"


def test_a_date_in_the_text_goes_before_when_the_file_was_made() -> None:
    dated = "Published: 2 March 2025</w:t></w:r></w:p>"
    dated += f"<w:p><w:r><w:t>{FIRST}"
    data = changed(document(), "word/document.xml", FIRST, dated)
    found = article(data, DOCX)
    assert found.published_date == dt.date(2025, 3, 2)
    assert found.text.startswith(FIRST)


def test_what_was_struck_out_is_not_text_and_what_was_added_is() -> None:
    marked = (
        f"{FIRST}</w:t></w:r>"
        '<w:del w:id="1"><w:r><w:delText> Nobody left.</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t xml:space="preserve"> Many left.'
    )
    data = changed(
        document(), "word/document.xml", f"{FIRST}</w:t></w:r>", f"{marked}</w:t></w:r></w:ins>"
    )
    assert article(data, DOCX).text.startswith(f"{FIRST} Many left.\n")


def test_broken_ones_say_why() -> None:
    data = document()
    assert reject(b"", DOCX).reason == "empty"
    assert reject(b"PK\x03\x04word/", DOCX).reason == "malformed"
    assert reject(data[:-50], DOCX).reason == "malformed"
    assert (
        reject(changed(data, "word/document.xml", "<w:body>", "<w:bod>"), DOCX).reason
        == "malformed"
    )
    empty = docx.Document()
    out = io.BytesIO()
    empty.save(out)
    assert reject(out.getvalue(), DOCX).reason == "no_text"


def test_entities_are_left_alone() -> None:
    doctype = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document())) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            part = old.read(one)
            if one == "word/document.xml":
                part = doctype.encode() + part[part.index(b"?>") + 2 :].replace(
                    b"The dam", b"&e;The dam"
                )
            new.writestr(one, part)
    text = article(out.getvalue(), DOCX).text
    assert text.startswith("What comes next")
    assert Path("/etc/passwd").read_text()[:9] not in text


def test_a_document_that_comes_to_too_much_is_refused_unread() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (60 * 1024 * 1024))
    assert reject(out.getvalue(), DOCX).reason == "too_large"


DOCUMENT = document()


@settings(max_examples=examples(80), deadline=None)
@given(st.data())
def test_no_mutation_makes_it_raise(data: st.DataObject) -> None:
    payload = bytearray(DOCUMENT)
    for _ in range(data.draw(st.integers(1, 8))):
        payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    read_article(raw(bytes(payload[: data.draw(st.integers(0, len(payload)))]), DOCX))
