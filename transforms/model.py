"""The records that walk through this room: a raw input, an article, its parse."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


#: The media types of inputs; each element of a JSON list, and each JSON line, is an input.
TEXT = "text/plain"
HTML = "text/html"
JSON = "application/json"
NDJSON = "application/x-ndjson"
MARKDOWN = "text/markdown"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIL = "message/rfc822"
MHTML = "multipart/related"
NITF = "application/nitf+xml"
NEWSML = "application/vnd.iptc.g2.newsitem+xml"

#: Bytes of the largest input there is: a file, a JSON value or a line that is larger is a reject.
LARGEST = 32 * 1024 * 1024


@dataclass(frozen=True)
class Source:
    """What the settings say of the source that an input was read from.

    ``name`` is the configured name, else the name of the folder that was read.
    ``zone`` (IANA name) and ``country`` (ISO 3166-1 alpha-3) stand in where a page is silent.
    ``furniture`` are hosts, each with a line that its pages have around their articles.
    """

    name: str
    zone: str | None = None
    country: str | None = None
    publisher: str | None = None
    language: str | None = None
    keys: tuple[tuple[str, str], ...] = ()
    furniture: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RawArticle:
    """One input as it was fetched. ``fetched_at`` is UTC without a zone.

    ``address`` is where it was fetched from, ``headers`` those of the answer (names in lower
    case), where it came from the web or from an archive of it.
    """

    source_uri: str
    media_type: str
    fetched_at: dt.datetime
    payload: bytes
    source: Source
    address: str | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def raw_id(self) -> str:
        return hashlib.sha256(self.payload).hexdigest()


@dataclass(frozen=True)
class Reject:
    """An input that is no article. ``reason`` is one of ``REJECT_REASONS``.

    ``detail`` is for a person: what was found, where (file and line) and what to do.
    """

    source: str
    source_uri: str
    reason: str
    detail: str
    raw_id: str | None = None


#: What a reader of sources yields.
Record = RawArticle | Reject


@dataclass(frozen=True)
class Article:
    """An article as its page gives it; the columns of ``articles`` that need no parse.

    ``published_at`` is UTC without a zone; ``published_date`` the calendar date in
    ``published_zone``. ``version_at`` (modified, else published) orders the versions of an
    article. ``country`` (ISO 3166-1 alpha-3) is the publisher's, where it is known: it decides
    what "dollars" and 03/04 mean.
    """

    article_id: str
    source_uri: str
    raw_id: str
    text: str
    text_id: str
    external_id: str | None = None
    url: str | None = None
    source: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published_at: dt.datetime | None = None
    published_zone: str | None = None
    published_date: dt.date | None = None
    version_at: dt.datetime | None = None
    location_line: str | None = None
    language: str | None = None
    country: str | None = None


@dataclass(frozen=True)
class Parsed:
    """An article with its parse: the one input of the readers of entities, figures and dates.

    ``doc.text`` is ``article.text`` but for a space where a hard-wrapped line is broken (see
    ``transforms.wrapped``), so token offsets are the offsets of the tables; what a row quotes is
    cut from ``article.text``.
    ``sentences`` are the (start, end) characters of each sentence, in order.
    """

    article: Article
    doc: Doc
    sentences: tuple[tuple[int, int], ...]
    #: ``doc.text``, which spaCy puts together anew each time that it is asked.
    text: str

    def evidence(self, sentence_no: int, end: int) -> str:
        """What a row shows as its sentence: the one it begins in, and those up to ``end`` where
        what was read goes on past a limit that the parse saw in it."""
        start, limit = self.sentences[sentence_no]
        while limit < end:
            sentence_no += 1
            limit = self.sentences[sentence_no][1]
        return self.article.text[start:limit]
