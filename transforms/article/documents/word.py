"""Articles in Word documents (.docx)."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from transforms.article.documents.stated import Stated, line_of, read_paragraphs, writers
from transforms.article.found import Found, NoArticle
from transforms.article.times import Stamp

if TYPE_CHECKING:
    from docx.document import Document

#: Bytes that all parts of a document, and its parts of XML, may come to.
_LARGEST, _LARGEST_XML = 256 * 1024 * 1024, 48 * 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: What is not of the text: what was struck out, other wordings for older programs, boxes.
_NOT_TEXT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", _COMPATIBLE})
_TITLE, _HEADING = "Title", "Heading 1"


def read_word(payload: bytes, country: str | None = None) -> Found:
    """The article in a Word document: a line a paragraph or a row of a table.

    Title, author, language and time of making are its core properties'; a title in the text goes
    before, and a date line in the text goes before when it was made. Raises :class:`NoArticle`
    with reason ``empty``, ``malformed``, ``too_large`` or ``no_text``.
    """
    if not payload:
        raise NoArticle("empty", "there is nothing in it (0 bytes)")
    _check(payload)
    try:
        document = _opened(payload)
        lines = list(_lines(document))
        stated, made = _stated(document)
    except Exception as error:  # python-docx raises what its parts do: KeyError, XMLSyntaxError ...
        told = str(error)[:200] or type(error).__name__
        raise NoArticle("malformed", f"it cannot be read as a Word document: {told}") from error
    titles = [text for style, text in lines if style == _TITLE]
    if not titles and lines and lines[0][0] == _HEADING:
        titles = [lines[0][1]]
    title = titles[0] if titles else stated.title
    stated = Stated(title, stated.authors, stated.publisher, language=stated.language)
    found = read_paragraphs((text for style, text in lines if style != _TITLE), stated, country)
    if found.published is not None or made is None:
        return found
    return Found(**{**found.__dict__, "published": Stamp(made, is_utc=True)})


def _check(payload: bytes) -> None:
    """Refuses what comes to too much before any of it is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            sizes = [(one.filename.lower(), one.file_size) for one in archive.infolist()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
        raise NoArticle("malformed", "it is not a whole Word document: get it again") from error
    whole = sum(size for _, size in sizes)
    written = sum(size for name, size in sizes if name.endswith((".xml", ".rels")))
    if whole > _LARGEST or written > _LARGEST_XML:
        raise NoArticle("too_large", f"unpacked it has {whole:,} bytes: it was made to do harm")


def _opened(payload: bytes) -> Document:
    import docx

    return docx.Document(io.BytesIO(payload))


def _lines(document: Document) -> Iterator[tuple[str, str]]:
    """(style, text) of each paragraph, and of each row of a table."""
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield str(block.style.name if block.style is not None else ""), _text(block._p)
        elif isinstance(block, Table):
            for row in block._tbl.tr_lst:
                cells = [" ".join(_text(cell).split()) for cell in row.tc_lst]
                yield "", " | ".join(cell for cell in cells if cell)


def _text(element: Any) -> str:
    """The text below an element, without what was struck out."""
    parts: list[str] = []
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one.tag == f"{_W}t":
            parts.append(one.text or "")
        elif one.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            parts.append(" ")
        if one.tag == f"{_W}p" and parts:
            parts.append(" ")
        waiting.extend(child for child in reversed(one) if child.tag not in _NOT_TEXT)
    return "".join(parts)


def _stated(document: Document) -> tuple[Stated, dt.datetime | None]:
    core = document.core_properties
    authors, publisher = writers((core.author or "").split(";"))
    made = core.created
    if made is not None and made.tzinfo is not None:
        made = made.astimezone(dt.UTC).replace(tzinfo=None)
    title, language = line_of(core.title), line_of(core.language)
    return Stated(title, authors, publisher, language=language), made
