"""Names in bylines: splitting, cleaning, and bylines at the end of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from transforms.article.publishers import is_media_name

#: A longer line is no byline.
BYLINE_LENGTH = 240
#: More names than this are no byline.
MOST_AUTHORS = 12

_PREFIX = re.compile(
    r"^(?:(?:written|posted|published|words|story|reported|compiled|edited|report|text)\s+by|by|"
    r"from|reporting by|author|authors)\b[:\s]*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:;|\||•|·|\n|\s&\s|\sand\s|\sund\s|\set\s|\sy\s|\swith\s)\s*")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+")
_TAIL = re.compile(
    r"\s*(?:\((?:.*)\)|[-–—]\s.*|\sin\s[A-ZÀ-Þ].*|,\s*(?:[\w’'&-]+\s){0,4}"
    r"(?:editor|reporter|correspondent|writer|columnist|journalist|producer|bureau chief|"
    r"contributor|analyst|commentator|fellow|professor)\b.*)$",
    re.IGNORECASE,
)
_JUNK = re.compile(
    r"^(?:admin|administrator|editor|editorial|newsroom|web ?desk|news ?desk|staff|anonymous|"
    r"unknown|null|none|undefined|author|editors?|n/?a|contributor|reporter|view all posts.*|"
    r"follow|follow .*|updated|published|share|.*\d{4}.*)$",
    re.IGNORECASE,
)

_PART = r"(?:[A-ZÀ-ÞĀ-Ž][\w’'.-]*|de|da|di|del|der|den|dos|van|von|al|el|bin|ibn|la|le|al-\w+)"
NAME = rf"[A-ZÀ-ÞĀ-Ž][\w’'.-]*(?:\s{_PART}){{1,4}}"
_NAMES = rf"{NAME}(?:(?:,\s|\sand\s|,\sand\s|\s&\s){NAME}){{0,5}}?"
_TOP_BYLINE = re.compile(
    rf"(?:By|BY)\s(?P<names>{_NAMES})(?P<rest>(?:(?:\s?[,|/–—-]\s?|\sin\s|\sfor\s).{{2,80}})?)"
)
_SIGNED = re.compile(
    rf"(?:[-–—]+\s?|By\s)?(?P<names>{_NAMES}),\s(?P<publisher>[A-Z][^,.()]{{1,50}}?)"
    rf"(?P<place>,\s[A-Z][^,()]{{1,40}}?)?\.?"
)
_CREDITS = re.compile(
    r"\(?(?P<what>(?:additional )?(?:reporting|writing|report) (?:and \w+ )?by) (?P<names>[^;()]+)"
    r"(?:;[^()]*)?\)?\.?",
    re.IGNORECASE,
)
_AGENCY_END = re.compile(r"(?:[-–—]{1,2}\s?|\()(?P<publisher>[A-Z][\w’'. &-]{1,40}?)\)?\.?")


def clean_authors(written: Iterable[str]) -> tuple[str, ...]:
    """Names of people or desks, in order, each once, without "By", titles and addresses."""
    names: list[str] = []
    for text in written:
        for name in split_names(text):
            if name.casefold() not in (known.casefold() for known in names):
                names.append(name)
    return tuple(names) if len(names) <= MOST_AUTHORS else ()


def split_names(written: str) -> list[str]:
    """The names in one byline as written."""
    text = _ADDRESS.sub(" ", " ".join(written[: 4 * BYLINE_LENGTH].split()))
    text = _PREFIX.sub("", text.strip(" ,.-–—|:"))
    names: list[str] = []
    for piece in _SPLIT.split(text):
        piece = _TAIL.sub("", piece)
        parts = [part.strip(" ,;:|-–—") for part in piece.split(",")]
        parts = [part for part in parts if part]
        if len(parts) == 2 and len(parts[1].split()) == 1 and len(parts[0].split()) == 1:
            parts = [f"{parts[1]} {parts[0]}"]  # "Doe, Jane"
        for part in parts:
            part = _PREFIX.sub("", part)
            initials = re.fullmatch(r"(?:jr|sr|ii|iii)\.?", part, re.IGNORECASE)
            if part and not initials and _is_name(part):
                names.append(part)
    return names


def _is_name(text: str) -> bool:
    return (
        2 <= len(text) <= 60
        and len(text.split()) <= 7
        and any(c.isalpha() for c in text)
        and not _JUNK.match(text)
    )


def top_byline(line: str) -> tuple[tuple[str, ...], str | None] | None:
    """Authors and publisher of a line such as ``By JANE DOE, Associated Press``, or None."""
    match = _TOP_BYLINE.fullmatch(line) if len(line) <= BYLINE_LENGTH else None
    if match is None:
        return None
    publisher = None
    for part in re.split(r"\s?[,|/–—-]\s", match["rest"]):
        if is_media_name(part.strip()):
            publisher = part.strip()
    return clean_authors([match["names"]]), publisher


def end_byline(lines: list[str]) -> tuple[tuple[str, ...], str | None]:
    """Authors and publisher that the last lines give: ``Bae Eun-ji, Arirang News.``,
    ``(Reporting by ...)``, ``-- Reuters``.
    """
    last = [line for line in lines if line][-3:]
    for line in reversed([line for line in last if len(line) <= BYLINE_LENGTH]):
        signed = _SIGNED.fullmatch(line)
        if signed is not None and is_media_name(signed["publisher"]):
            return clean_authors([signed["names"]]), signed["publisher"].strip()
        credits = _CREDITS.fullmatch(line)
        if credits is not None:
            people = re.sub(r"\bin [A-Z][\w’' ,-]*?(?= and |, [A-Z]|$)", "", credits["names"])
            return clean_authors([people]), None
        byline = top_byline(line)
        if byline is not None:
            return byline
        agency = _AGENCY_END.fullmatch(line)
        if agency is not None and is_media_name(agency["publisher"]):
            return (), agency["publisher"].strip()
    return (), None
