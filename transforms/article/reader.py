"""``read_article``: decode, read by media type, settle what was found."""

from __future__ import annotations

import datetime as dt
import re

from transforms.article.address import (
    canonical_url,
    host_of,
    ids_of_address,
)
from transforms.article.days import day_of_address, settled
from transforms.article.documents.mail import read_mail, read_mhtml
from transforms.article.documents.markdown import read_markdown
from transforms.article.documents.newsml import read_newsml
from transforms.article.documents.nitf import read_nitf
from transforms.article.documents.word import read_word
from transforms.article.encoding import decode, decode_json
from transforms.article.found import Found, NoArticle
from transforms.article.houses import is_slogan, known_house
from transforms.article.html import read_html
from transforms.article.language import read_language
from transforms.article.plain import read_plain
from transforms.article.publishers import (
    by_host,
    by_name,
    country_of_address,
    is_media_name,
)
from transforms.article.record import read_record
from transforms.article.times import Stamp
from transforms.identity import digest, text_id
from transforms.limits import DEFAULT, Limits, excess
from transforms.model import (
    DOCX,
    HTML,
    JSON,
    MAIL,
    MARKDOWN,
    MHTML,
    NDJSON,
    NEWSML,
    NITF,
    TEXT,
    Article,
    RawArticle,
    Reject,
)
from transforms.zones import is_zone

_HALF_PAIR = re.compile("[\ud800-\udfff]")


def read_article(raw: RawArticle, limits: Limits = DEFAULT) -> Article | Reject:
    """The article in an input, or the reason why there is none.

    A pure function: equal inputs give equal results, and no bytes make it raise. What is over one
    of the ``limits`` is a reject whose reason says of what (``too_large``, ``too_many_tags`` ...);
    only their ``seconds`` are for others to keep. Raises
    ``ValueError`` only for a media type that no reader knows or a zone setting that is none.
    """
    source = raw.source
    if source.zone is not None and not is_zone(source.zone):
        raise ValueError(
            f"source {source.name}: zone {source.zone!r} is neither an IANA time zone nor an offset"
        )
    try:
        if len(raw.payload) > limits.input_bytes:
            raise NoArticle(
                "too_large",
                excess(len(raw.payload), "bytes", "input_bytes", limits.input_bytes)
                + ", or split the file",
            )
        found = _find(raw, limits)
        _check_found(found, limits)
        return _settle(raw, found)
    except NoArticle as outcome:
        return Reject(
            source.name,
            raw.source_uri,
            outcome.reason,
            # what it quotes of the input may be no characters
            f"{_place(raw.source_uri)}: {outcome.detail}".encode(
                "utf-8", "backslashreplace"
            ).decode(),
            raw.raw_id,
        )


def _find(raw: RawArticle, limits: Limits) -> Found:
    country = raw.source.country
    media_type = raw.media_type.split(";")[0].strip().lower()
    header = next((value for name, value in raw.headers if name == "content-type"), None)
    if media_type == TEXT:
        text = decode(raw.payload, header=header)
        _check_lines(text, limits)
        return read_plain(text, country)
    if media_type == HTML:
        text = decode(raw.payload, is_html=True, header=header)
        address = raw.address or raw.source_uri
        return read_html(text, address, country, limits, raw.source.furniture)
    if media_type in (JSON, NDJSON):
        return read_record(decode_json(raw.payload), raw.source_uri, country, raw.source.keys)
    if media_type == MAIL:
        return read_mail(raw.payload, raw.source_uri, country, limits)
    if media_type == MHTML:
        return read_mhtml(raw.payload, raw.source_uri, country, limits)
    if media_type == MARKDOWN:
        text = decode(raw.payload, header=header)
        _check_lines(text, limits)
        return read_markdown(text, country)
    if media_type == DOCX:
        return read_word(raw.payload, country)
    if media_type == NITF:
        return read_nitf(raw.payload, country, limits)
    if media_type == NEWSML:
        return read_newsml(raw.payload, country, limits)
    raise ValueError(f"{raw.source_uri}: no reader for media type {raw.media_type}")


def _check_lines(text: str, limits: Limits) -> None:
    lines = text.count("\n") + 1
    if lines > limits.lines:
        raise NoArticle("too_many_lines", excess(lines, "lines", "lines", limits.lines))


def _check_found(found: Found, limits: Limits) -> None:
    if len(found.text) > limits.characters:
        raise NoArticle(
            "too_long",
            excess(len(found.text), "characters of text", "characters", limits.characters)
            + ", or split it",
        )
    _check_lines(found.text, limits)
    said = {"title": found.title, "url": found.url, "id": found.external_id}
    said |= {"publisher": found.publisher, "source": found.source, "language": found.language}
    for what, line in said.items():
        if line is not None and len(line) > limits.line:
            raise NoArticle(
                "too_long", excess(len(line), f"characters of {what}", "line", limits.line)
            )
    said |= {"text": found.text, "authors": "".join(found.authors)}
    for what, line in said.items():
        if line is not None and _HALF_PAIR.search(line):
            raise NoArticle(
                "malformed", f"{what} holds half of a surrogate pair, which is not a character"
            )


def _place(source_uri: str) -> str:
    """The input as a person looks for it: file, and line or element."""
    file, mark, number = source_uri.rpartition("#")
    if mark and re.fullmatch(r"L\d+", number):
        return f"{file}, line {number[1:]}"
    if mark and number.isdigit():
        return f"{file}, element {number}"
    return source_uri


def _settle(raw: RawArticle, found: Found) -> Article:
    source = raw.source
    url = canonical_url(found.url)
    if url is None:
        url = canonical_url(raw.address)
    if url is None and raw.source_uri.startswith(("http://", "https://")):
        url = canonical_url(raw.source_uri)
    address = day_of_address(url)
    publisher = _publisher(found, url, source.publisher)
    known = by_name(publisher) if publisher else None
    if known is None and url:
        known = by_host(host_of(url))
    country = (known.country if known else None) or source.country
    if country is None and url:
        country = country_of_address(url)
    published_at, zone, published_date = _instant(settled(found.published, address), source.zone)
    modified_at, _, _ = _instant(settled(found.modified, None), source.zone)
    name = found.source or source.name
    if url is not None:
        article_id, *_ = ids_of_address(url)
    elif found.external_id is not None:
        article_id = digest("id", name, found.external_id)
    else:
        article_id = digest("uri", name, raw.source_uri)
    return Article(
        article_id=article_id,
        source_uri=raw.source_uri,
        raw_id=raw.raw_id,
        text=found.text,
        text_id=text_id(found.text),
        external_id=found.external_id,
        url=url,
        source=name,
        title=found.title,
        authors=found.authors,
        publisher=publisher,
        published_at=published_at,
        published_zone=zone,
        published_date=published_date,
        version_at=modified_at or published_at,
        location_line=found.location_line,
        language=read_language(found.text, found.language, source.language),
        country=country,
    )


def _publisher(found: Found, url: str | None, setting: str | None) -> str | None:
    """The input's own word, else the setting, else whose site the address is of."""
    host = host_of(url) if url else ""
    if found.publisher:
        known = known_house(found.publisher)
        if known is not None or not is_slogan(found.publisher, host):
            return known.name if known else found.publisher
    if setting:
        return setting
    site = by_host(host)
    if site is not None:
        return site.name
    if found.source:
        named = by_name(found.source)
        if named is not None:
            return named.name
        return found.source if is_media_name(found.source) else None
    return None


def _instant(
    stamp: Stamp | None, zone: str | None
) -> tuple[dt.datetime | None, str | None, dt.date | None]:
    if stamp is None:
        return None, None, None
    try:
        return stamp.settle(zone or "UTC")
    except (OverflowError, ValueError):
        return None, None, None
