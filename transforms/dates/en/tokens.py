"""From the characters of a sentence to nodes of the grammar: words by their class.

Numbers are classed by what they may stand for: DAYNUM (1 to 31), SHORT (0 and 32 to 99), YEAR4
(1000 to 2999 in four digits), NUMBER (all others). Words that mean something else too ("May",
"March", "Sun", "fall") are read as time only where their neighbours say so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.dates.en.guarded import Tag, settle_guarded
from transforms.dates.en.short_years import settle_short_years
from transforms.dates.en.spans import span_at
from transforms.dates.en.vocabulary import lexicon
from transforms.dates.engine import Node, Refusal
from transforms.dates.meanings import Clock, Meaning, Point
from transforms.dates.patterns import UNKNOWN, code
from transforms.dates.periods import Period
from transforms.zones import offsets_in_text

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TOKEN = re.compile(
    r"""
    (?P<numeric>\d{4}([-/.])\d{1,2}\2\d{1,2}(?!\d)(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?
               |\d{1,2}([-/.])\d{1,2}\3\d{4}(?!\d)|\d{1,2}/\d{1,2}/\d\d(?![\d/]))
  | (?P<clock>\d{1,2}[:.]\d\d(?::\d\d)?(?!\d|[,:.]\d))
  | (?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)
  | (?P<decade>(?:\d{1,3}0|['’]\d0)(?:['’]?s)\b)
  | (?P<quarter>\b(?:[QH][1-4]|[1-4][QH])\b)
  | (?P<short>['’]\d\d\b)
  | (?P<fraction>\d{1,3}/\d+|[½¼¾])
  | (?P<number>\d+(?:,\d{3})*(?:\.\d+)?)
  | (?P<word>[^\W\d_](?:\.[^\W\d_])+\.?|[^\W\d_]+(?:['’]clock)?)
  | (?P<possessive>['’]s\b|['’](?=\s))
  | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)
_CLOCK_PARTS = re.compile(r"[:.]")


def tagger(doc: Doc) -> Tag:
    """The part-of-speech tag of the token at a character."""

    def tag(at: int) -> str:
        span = span_at(doc, at, at + 1)
        return span[0].tag_ if span is not None else ""

    return tag


def tokenise(
    text: str, start: int, end: int, tag: Tag, day_first: bool, country: str | None = None
) -> list[Node]:
    """The nodes of ``text[start:end]``; ``country`` (ISO 3166-1 alpha-3) is the publisher's."""
    known = lexicon()
    words, phrases, zones = known.words, known.phrases, offsets_in_text(country)
    unknown = code(UNKNOWN)
    nodes: list[Node] = []
    at = start
    while True:
        found = _TOKEN.search(text, at, end)
        if found is None:
            break
        begin, at = found.span()
        kind, surface = found.lastgroup, found[0]
        if kind == "word" or kind == "fraction":
            lower = surface.lower()
            entries = phrases.get(lower)
            if entries and (phrase := _phrase_at(entries, text, begin, end)):
                at = begin + len(phrase[0])
                nodes.append(Node(phrase[1], begin, at, phrase[2], "named"))
                continue
            if kind == "fraction":
                nodes.append(Node(code("FRACTION"), begin, at, _fraction(surface)))
                continue
            entry = words.get(lower)
            if lower in known.abbreviations and at < end and text[at] == ".":
                at += 1
                entry = entry or words.get(lower)
            if entry is None:
                entry = words.get(lower.rstrip("."))
            if entry is None and surface in zones:
                nodes.append(Node(code("ZONE"), begin, at, zones[surface] or surface))
            elif entry is None:
                nodes.append(Node(unknown, begin, at))
            else:
                nodes.append(Node(entry[0], begin, at, entry[1]))
        elif kind == "number":
            nodes.append(_number(surface, begin, at))
        elif kind == "numeric":
            nodes.append(_numeric_date(surface, begin, at, day_first))
        elif kind == "clock":
            nodes.append(_clock(surface, begin, at))
        elif kind == "ordinal":
            nodes.append(Node(code("ORD"), begin, at, int(surface[:-2])))
        elif kind == "decade":
            nodes.append(Node(code("DECADE"), begin, at, int(re.sub(r"\D", "", surface))))
        elif kind == "short":
            nodes.append(Node(code("YEAR2"), begin, at, int(surface[1:])))
        elif kind == "quarter":
            nodes.append(_quarter(surface, begin, at))
        elif kind == "possessive":
            nodes.append(Node(code("POSS"), begin, at))
        else:
            nodes.append(Node(code({"–": "-", "—": "-"}.get(surface, surface)), begin, at))
    settle_guarded(nodes, text, tag)
    settle_short_years(nodes, text)
    return nodes


def _phrase_at(
    entries: tuple[tuple[str, str, Meaning], ...], text: str, begin: int, end: int
) -> tuple[str, str, Meaning] | None:
    for entry in entries:
        phrase = entry[0]
        stop = begin + len(phrase)
        if stop > end or (stop < len(text) and (text[stop].isalnum())):
            continue
        if text.startswith(phrase, begin):
            return entry
        capital = phrase[0].islower() and text[begin : begin + 1] == phrase[0].upper()
        if capital and text.startswith(phrase[1:], begin + 1):
            return entry
    return None


def _number(surface: str, begin: int, end: int) -> Node:
    if surface.isdigit():
        number = int(surface) if len(surface) < 16 else 0
        if len(surface) <= 2:
            return Node(code("DAYNUM" if 1 <= number <= 31 else "SHORT"), begin, end, number)
        if len(surface) == 4 and 1000 <= number <= 2999:
            return Node(code("YEAR4"), begin, end, number)
        return Node(code("DIGITS4" if len(surface) == 4 else "NUMBER"), begin, end, number)
    return Node(code("NUMBER"), begin, end, float(surface.replace(",", "")))


def _fraction(surface: str) -> float:
    if surface in "½¼¾":
        return {"½": 0.5, "¼": 0.25, "¾": 0.75}[surface]
    above, below = surface.split("/")
    return int(above[:9]) / int(below[:9]) if int(below[:9]) else 0.0


def _numeric_date(surface: str, begin: int, end: int, day_first: bool) -> Node:
    date, _, time = surface.partition("T")
    period = numeric_period(date, day_first)
    if period is None:
        return Node(code(UNKNOWN), begin, end, refused=Refusal("no_such_day"))
    if time:
        clock = Clock(int(time[:2]), int(time[3:5]), zone=time.lstrip("0123456789:"))
        return Node(code("STAMP"), begin, end, (Point(period), clock))
    return Node(code("Pday"), begin, end, Point(period), "numeric_date")


def numeric_period(surface: str, day_first: bool) -> Period | None:
    """The day that 2024-04-03, 03/04/2024 or 3.4.24 names, or None if it names none."""
    parts = re.split(r"[-/.]", surface)
    if len(parts[0]) == 4:
        return Period.of_day(int(parts[0]), int(parts[1]), int(parts[2]))
    first, second, year = (int(part) for part in parts)
    if len(parts[2]) == 2:
        year += 2000 if year < 70 else 1900
    if "." in surface:
        day_first = True
    day, month = (first, second) if day_first else (second, first)
    if month > 12:
        day, month = month, day
    return Period.of_day(year, month, day)


def _quarter(surface: str, begin: int, end: int) -> Node:
    """Q1 to Q4, H1 and H2, or the digit first."""
    unit = "quarter" if "Q" in surface else "half"
    number = int(re.sub(r"\D", "", surface))
    if unit == "half" and number > 2:
        return Node(code(UNKNOWN), begin, end, refused=Refusal("no_such_half"))
    return Node(code("QUARTERCODE"), begin, end, (unit, number))


def _clock(surface: str, begin: int, end: int) -> Node:
    parts = [int(part) for part in _CLOCK_PARTS.split(surface)]
    if parts[0] > 24 or any(part > 59 for part in parts[1:]):
        return Node(code(UNKNOWN), begin, end, refused=Refusal("no_such_time"))
    second = parts[2] if len(parts) > 2 else None
    cls = "CLOCKTIME" if ":" in surface else "CLOCKDOT"
    return Node(code(cls), begin, end, Clock(parts[0], parts[1], second))
