"""Names in bylines: splitting, cleaning, and bylines at the end of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice

from transforms.article.publishers import is_media_name
from transforms.closed import FOREIGN_CONJUNCTIONS, NAME_PARTICLES
from transforms.words import words

#: A longer line is no byline.
BYLINE_LENGTH = 240
#: More names than this are no byline.
MOST_AUTHORS = 12
#: Of more bylines than these no further ones are looked at.
_MOST_WRITTEN = 100

_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+")
_YEAR = re.compile(r"\d{4}")


@cache
def _prefix() -> re.Pattern[str]:
    """What stands before the names of a byline: Written by, Author:."""
    credits, authors = _one_of("article.credit"), _one_of("article.author")
    return re.compile(rf"^(?:{credits}\s+by|by|from|{authors})\b[:\s]*", re.IGNORECASE)


@cache
def _split() -> re.Pattern[str]:
    joined = "|".join(
        rf"\s{word}\s" for word in ("&", "and", "with", *sorted(FOREIGN_CONJUNCTIONS))
    )
    return re.compile(rf"\s*(?:;|\||•|·|\n|{joined})\s*")


@cache
def _tail() -> re.Pattern[str]:
    """What follows a name: (London), in Lima, political editor of the paper."""
    roles = _one_of("article.byline_role")
    return re.compile(
        r"\s*(?:\((?:.*)\)|[-–—]\s.*|\sin\s[A-ZÀ-Þ].*|"
        rf",\s*(?:[\w’'&-]+\s){{0,4}}{roles}\b.*)$",
        re.IGNORECASE,
    )


@cache
def _credits() -> re.Pattern[str]:
    """A last line such as ``(Additional reporting by ...; editing by ...)``."""
    before, credits = _one_of("article.end_credit_more"), _one_of("article.end_credit")
    return re.compile(
        rf"\(?(?:{before} )?{credits} (?:and \w+ )?by (?P<names>[^;()]+)(?:;[^()]*)?\)?\.?",
        re.IGNORECASE,
    )


def _one_of(use: str) -> str:
    """A regular expression for any word of a use."""
    return f"(?:{'|'.join(sorted(words(use), key=lambda word: (-len(word), word)))})"


_PART = rf"(?:[A-ZÀ-ÞĀ-Ž][\w’'.-]*|{'|'.join(sorted(NAME_PARTICLES))}|al-\w+)"
NAME = rf"[A-ZÀ-ÞĀ-Ž][\w’'.-]*(?:\s{_PART}){{1,4}}"
_NAMES = rf"{NAME}(?:(?:,\s|\sand\s|,\sand\s|\s&\s){NAME}){{0,5}}?"
_TOP_BYLINE = re.compile(
    rf"(?:By|BY)\s(?P<names>{_NAMES})(?P<rest>(?:(?:\s?[,|/–—-]\s?|\sin\s|\sfor\s).{{2,80}})?)"
)
_SIGNED = re.compile(
    rf"(?:[-–—]+\s?|By\s)?(?P<names>{_NAMES}),\s(?P<publisher>[A-Z][^,.()]{{1,50}}?)"
    rf"(?P<place>,\s[A-Z][^,()]{{1,40}}?)?\.?"
)
_AGENCY_END = re.compile(r"(?:[-–—]{1,2}\s?|\()(?P<publisher>[A-Z][\w’'. &-]{1,40}?)\)?\.?")


def clean_authors(written: Iterable[str]) -> tuple[str, ...]:
    """Names of people or desks, in order, each once, without "By", titles and addresses."""
    names: list[str] = []
    for text in islice(written, _MOST_WRITTEN):
        for name in split_names(text):
            if name.casefold() not in (known.casefold() for known in names):
                names.append(name)
    return tuple(names) if len(names) <= MOST_AUTHORS else ()


def split_names(written: str) -> list[str]:
    """The names in one byline as written."""
    text = _ADDRESS.sub(" ", " ".join(written[: 4 * BYLINE_LENGTH].split()))
    text = _prefix().sub("", text.strip(" ,.-–—|:"))
    names: list[str] = []
    for piece in _split().split(text):
        piece = _tail().sub("", piece)
        parts = [part.strip(" ,;:|-–—") for part in piece.split(",")]
        parts = [part for part in parts if part]
        if len(parts) == 2 and len(parts[1].split()) == 1 and len(parts[0].split()) == 1:
            parts = [f"{parts[1]} {parts[0]}"]  # "Doe, Jane"
        for part in parts:
            part = _prefix().sub("", part)
            generation = part.lower().removesuffix(".") in words("shared.generation")
            if part and not generation and _is_name(part):
                names.append(part)
    return names


def _is_name(text: str) -> bool:
    return (
        2 <= len(text) <= 60
        and len(text.split()) <= 7
        and any(c.isalpha() for c in text)
        and not _names_nobody(text)
    )


def _names_nobody(text: str) -> bool:
    lower = text.lower()
    return (
        lower in words("article.no_author")
        or lower == "none"
        or lower.split()[0] in words("article.caption")
        or _YEAR.search(text) is not None
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
        credits = _credits().fullmatch(line)
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
