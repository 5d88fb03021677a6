"""Articles in messages: newsletters and releases (RFC 5322), and pages kept with their parts."""

from __future__ import annotations

import dataclasses
import email
import re
from collections.abc import Iterator
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message

from transforms.article.documents.stated import Stated, line_of, time_of, with_stated, writers
from transforms.article.encoding import decode
from transforms.article.found import Found, NoArticle
from transforms.article.html import read_html
from transforms.article.plain import read_plain
from transforms.limits import DEFAULT, Limits, excess

#: Parts that a message may have: each line is held against the bounds of all parts around it.
_PARTS = 60
#: Characters of a header that are looked at, and bytes that the one of a part's type may have.
_HEADER, _TYPE = 4000, 10_000
_TYPE_LINE = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)
_LINE_END = re.compile(rb"\n(?![ \t])")
_WEB = re.compile(r"<?(https?://[^\s<>]+)>?")
_NAMED = re.compile(r"(?P<name>[^<>]*)<[^<>]*>")
_REMARKED = re.compile(r"\S+@\S+ \((?P<name>[^()]*)\)")
#: A text that follows its HTML says more of the article if it has this many times its words.
_MORE = 2
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


def read_mail(
    payload: bytes, source_uri: str, country: str | None = None, limits: Limits = DEFAULT
) -> Found:
    """The article in a message: its text or its HTML, whichever holds more; no attachments.

    Subject, Date, From, Message-ID and Archived-At are stated. Raises :class:`NoArticle` with
    reason ``empty``, ``malformed``, ``no_text`` or what a text or page is refused for.
    """
    message = _message(payload)
    authors, publisher = writers([_sender(_header(message, "From") or "")])
    identifier = line_of((_header(message, "Message-ID") or "").strip("<> "))
    archived = _WEB.fullmatch(_header(message, "Archived-At") or "")
    stated = Stated(
        title=_header(message, "Subject"),
        authors=authors,
        publisher=publisher,
        published=time_of(_header(message, "Date"), country),
        url=archived[1] if archived else None,
        external_id=identifier,
    )
    return with_stated(_best(message, source_uri, country, limits, stated.title), stated)


def read_mhtml(
    payload: bytes, source_uri: str, country: str | None = None, limits: Limits = DEFAULT
) -> Found:
    """The article on a page that was kept as one file with its parts.

    The address that the page was at (``Content-Location``) is its address if it says none; the
    date of the file is when it was kept. Raises as :func:`read_mail`.
    """
    message = _message(payload)
    pages = [part for part in _parts(message) if part.get_content_type() == "text/html"]
    root = _root(message, pages)
    if root is None:
        raise NoArticle("no_text", "no part of it is a page (text/html)")
    found = read_html(_text(root, is_html=True), source_uri, country, limits)
    places = (_header(root, "Content-Location"), _header(message, "Snapshot-Content-Location"))
    address = next((place for place in places if place and _WEB.fullmatch(place)), None)
    return dataclasses.replace(
        found, url=found.url or address, title=found.title or _header(message, "Subject")
    )


def _message(payload: bytes) -> Message:
    if not payload.strip():
        raise NoArticle("empty", f"there is nothing in it ({len(payload)} bytes)")
    if len(re.findall(rb"boundary\s*=", payload, re.IGNORECASE)) > _PARTS:
        raise NoArticle("malformed", "the message has more parts within parts than a message has")
    for line in _TYPE_LINE.finditer(payload):
        until = line.end() + _TYPE
        if until < len(payload) and _LINE_END.search(payload, line.end(), until) is None:
            raise NoArticle("malformed", f"a header Content-Type has more than {_TYPE:,} bytes")
    try:
        message = email.message_from_bytes(payload)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise NoArticle("malformed", f"it cannot be read as a message: {error}") from error
    if not message.keys():
        raise NoArticle("malformed", "it has no headers of a message: name it .txt if it is text")
    return message


def _header(message: Message, name: str) -> str | None:
    """The value of a header, as one line; None if it is not there or is blank."""
    try:
        value = str(message.get(name) or "")[:_HEADER]
        return line_of(str(make_header(decode_header(value))))
    except (HeaderParseError, ValueError, LookupError):
        return line_of("".join(c for c in value if c.isprintable()))


def _sender(written: str) -> str:
    """The name of who a message is from: ``Ana Rojas <a@b.example>``, ``a@b.example (Ana Rojas)``.

    The standard library's reader goes down into itself with each bracket."""
    match = _NAMED.fullmatch(written) or _REMARKED.fullmatch(written)
    return match["name"].strip("\"' ") if match else ""


def _parts(message: Message) -> Iterator[Message]:
    """The parts that are no attachments, in their order, not those of messages within."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        within = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(within, list):
            waiting.extend(p for p in reversed(within) if isinstance(p, Message))
        elif part.get_content_disposition() != "attachment" and not part.is_multipart():
            yield part


def _root(message: Message, pages: list[Message]) -> Message | None:
    """The page that the parts belong to: named by ``start``, else the first."""
    start = message.get_param("start")
    named = [page for page in pages if start and page.get("Content-ID") == start]
    return next(iter([*named, *pages]), None)


def _best(
    message: Message, source_uri: str, country: str | None, limits: Limits, title: str | None
) -> Found:
    parts = list(_parts(message))
    texts = [part for part in parts if part.get_content_type() == "text/plain"]
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    tried: list[Found] = []
    refused: NoArticle | None = None
    for part in (*pages[:1], *texts[:1]):
        try:
            if part in pages:
                tried.append(read_html(_text(part, is_html=True), source_uri, country, limits))
            else:
                text = _text(part)
                lines = text.count("\n") + 1
                if lines > limits.lines:
                    raise NoArticle("too_many_lines", excess(lines, "lines", "lines", limits.lines))
                tried.append(read_plain(_unflowed(part, text), country, title))
        except NoArticle as outcome:
            if outcome.reason.startswith("too_"):
                raise
            refused = refused or outcome
    if not tried:
        raise refused or NoArticle("no_text", "no part of the message is a text or a page")
    first, last = tried[0], tried[-1]
    return last if len(last.text.split()) > _MORE * len(first.text.split()) else first


def _text(part: Message, *, is_html: bool = False) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        raise NoArticle("malformed", "a part of the message cannot be decoded")
    charset = part.get_param("charset")
    header = f"; charset={charset}" if isinstance(charset, str) else None
    return decode(payload, is_html=is_html, header=header)


def _unflowed(part: Message, text: str) -> str:
    """The text without its signature; lines that only end to fit the width are joined."""
    text = _SIGNATURE.split(text.replace("\r\n", "\n"))[0] or text
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    return re.sub(r" \n(?=\S)", " ", text)
