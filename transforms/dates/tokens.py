"""From the characters of a sentence to nodes of the grammar: words by their class.

Numbers are classed by what they may stand for: DAYNUM (1 to 31), SHORT (0 and 32 to 99), YEAR4
(1000 to 2999 in four digits), NUMBER (all others). Words that mean something else too ("May",
"March", "Sun", "fall") are read as time only where their neighbours say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from transforms.dates.grammar import UNKNOWN, Node, code
from transforms.dates.meanings import Clock, Holiday, Meaning, Point, ToDate, Vague
from transforms.dates.periods import Period
from transforms.reference import reference

_TOKEN = re.compile(
    r"""
    (?P<numeric>\d{4}([-/.])\d{1,2}\2\d{1,2}(?!\d)(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?
               |\d{1,2}([-/.])\d{1,2}\3\d{4}(?!\d)|\d{1,2}/\d{1,2}/\d\d(?![\d/]))
  | (?P<clock>\d{1,2}[:.]\d\d(?::\d\d)?(?!\d|[,:.]\d))
  | (?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)
  | (?P<decade>(?:\d{1,3}0|['’]\d0)(?:['’]?s)\b)
  | (?P<quarter>\b(?:[QH][1-4]|[1-4][QH])\b)
  | (?P<short>['’]\d\d\b)
  | (?P<fraction>\d+/\d+|[½¼¾])
  | (?P<number>\d+(?:,\d{3})*(?:\.\d+)?)
  | (?P<word>[^\W\d_](?:\.[^\W\d_])+\.?|[^\W\d_]+(?:['’]clock)?)
  | (?P<possessive>['’]s\b|['’](?=\s))
  | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(
    r"\d{4}|\d[-:/.]\d|\d\s?[apAP]\.?[mM]\b|['’]\d\d|\d(?:st|nd|rd|th)\b|\d[hQqH]\b"
)
_TITLE = re.compile(r"\b(?:Mr|Ms|Mrs|Miss|Dr|Sir|Lady|Lord|Judge|Justice|Minister)\.?\s$")
_CLOCK_PARTS = re.compile(r"[:.]")

#: Abbreviations that take their full stop with them.
_WITH_STOP = frozenset(
    """
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri
    sat sun yr yrs hr hrs min mins ca b.c a.d b.c.e a.m p.m
    """.split()  # noqa: SIM905
)

#: Classes that alone are no reason to read a sentence.
_PLAIN = frozenset(
    """
    ORD LAST EARLY LATE END BEGINNING MIDDLE FINAL OPENING FULL ABOUT SOME
    NEARLY OVER UNDER ONLY FEW SEVERAL MANY DOZEN HIS ADDED RUNNING WORKING EACH ONCE
    TIMES PERIOD ENDED STARTED LATER EARLIER AHEAD REST COURSE THIS THAT SAME THESE THOSE
    NEXT FOLLOWING COMING PRIOR PREVIOUS WONE WTEEN WTEN WHUNDRED WTHOUSAND
    WMILLION AD CE FISCAL FINANCIAL CALENDAR CIRCA MIDW EVE AMPM GMONTH GWEEKDAY
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Lexicon:
    """The words of the grammar: their class and value, the named days and fixed phrases."""

    words: dict[str, tuple[str, object]]
    #: By first word in lower case: whole spelling, class, value; the longest first.
    phrases: dict[str, tuple[tuple[str, str, Meaning], ...]]
    zones: dict[str, str]
    triggers: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon of seeds/reference, read once a process."""
    words: dict[str, tuple[str, object]] = {}
    triggers = set[str]()
    for record in reference("time_words"):
        value: object = record["value"]
        if record["value"].lstrip("-").isdigit():
            value = int(record["value"])
        name = record["class"]
        if name == "VAGUE":
            value = Vague(record["value"])
        words[record["word"]] = (code(name), value)
        word = record["word"]
        if name in ("GMONTH", "GWEEKDAY"):
            triggers |= {word.capitalize(), word.upper()}
        elif name.isupper() and name not in _PLAIN:
            triggers.add(word)
    phrases: dict[str, list[tuple[str, str, Meaning]]] = {}
    for record in reference("time_phrases"):
        phrase = record["phrase"]
        to_date = record["value"] == "YTD"
        meaning: Meaning = ToDate() if to_date else Vague(record["value"])
        _add_phrase(phrases, triggers, phrase, meaning.node, meaning)
    seen = set[str]()
    for record in reference("named_days"):
        for name in _names(record["names"]):
            if name not in seen:
                seen.add(name)
                _add_phrase(phrases, triggers, name, "Qholiday", Holiday(name))
    return Lexicon(
        words,
        {
            first: tuple(sorted(entries, key=lambda entry: -len(entry[0])))
            for first, entries in phrases.items()
        },
        {record["zone"]: record["offset"] for record in reference("time_zones")},
        frozenset(triggers),
    )


def _names(names: str) -> list[str]:
    return [n for n in re.split(r"(?<!\d)/|/(?!\d)", names) if n]


def _add_phrase(
    phrases: dict[str, list[tuple[str, str, Meaning]]],
    triggers: set[str],
    phrase: str,
    cls: str,
    meaning: Meaning,
) -> None:
    first = _TOKEN.match(phrase)
    assert first is not None
    phrases.setdefault(first[0].lower(), []).append((phrase, code(cls), meaning))
    words = _WORD.findall(phrase.lower())
    if words:
        triggers.add(max(words, key=len))


def may_hold_time(sentence: str) -> bool:
    """The cheap test before the grammar: whether a sentence has any word or digits of time."""
    if _DIGITS.search(sentence):
        return True
    triggers = lexicon().triggers
    if not triggers.isdisjoint(_WORD.findall(sentence)):
        return True
    return not triggers.isdisjoint(_WORD.findall(sentence.lower()))


#: The part-of-speech tag of the token at a character of the text, from the parse.
Tag = Callable[[int], str]


def tokenise(text: str, start: int, end: int, tag: Tag, day_first: bool) -> list[Node]:
    """The nodes of ``text[start:end]``."""
    known = lexicon()
    words, phrases = known.words, known.phrases
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
            if lower in _WITH_STOP and at < end and text[at] == ".":
                at += 1
                entry = entry or words.get(lower)
            if entry is None:
                entry = words.get(lower.rstrip("."))
            if entry is None and surface in known.zones:
                nodes.append(Node(code("ZONE"), begin, at, known.zones[surface] or surface))
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
            unit = "quarter" if "Q" in surface else "half"
            number = int(surface.strip("QH"))
            cls = "QUARTERCODE" if unit == "quarter" or number < 3 else UNKNOWN
            nodes.append(Node(code(cls), begin, at, (unit, number)))
        elif kind == "possessive":
            nodes.append(Node(code("POSS"), begin, at))
        else:
            nodes.append(Node(code({"–": "-", "—": "-"}.get(surface, surface)), begin, at))
    _settle_guarded(nodes, text, tag)
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
        return Node(code(UNKNOWN), begin, end)
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


def _clock(surface: str, begin: int, end: int) -> Node:
    parts = [int(part) for part in _CLOCK_PARTS.split(surface)]
    if parts[0] > 24 or any(part > 59 for part in parts[1:]):
        return Node(code(UNKNOWN), begin, end)
    second = parts[2] if len(parts) > 2 else None
    cls = "CLOCKTIME" if ":" in surface else "CLOCKDOT"
    return Node(code(cls), begin, end, Clock(parts[0], parts[1], second))


_BESIDE_MONTH = frozenset(map(code, ("DAYNUM", "ORD", "YEAR4", "YEAR2")))
_BEFORE_MONTH = frozenset(
    map(
        code,
        [
            "in",
            "since",
            "until",
            "by",
            "from",
            "of",
            "between",
            "through",
            "to",
            "early",
            "LATE",
            "EARLY",
            "MIDW",
            "LAST",
            "NEXT",
            "THIS",
            "before",
            "after",
            "and",
            "or",
            "PAST",
            "COMING",
            "during",
            "for",
            "the",
            "-",
            "EACH",
        ],
    )
)
_BEFORE_FALL = frozenset(("in", "during", "by", "until", "since", "of", "throughout", "over"))
_SEASON_BEFORE = frozenset(
    map(
        code,
        [
            "LAST",
            "NEXT",
            "THIS",
            "THAT",
            "EARLY",
            "LATE",
            "MIDW",
            "COMING",
            "EACH",
            "PAST",
            "PREVIOUS",
            "FOLLOWING",
        ],
    )
)


def _settle_guarded(nodes: list[Node], text: str, tag: Tag) -> None:
    """Give the guarded words their class, or none."""
    months, weekdays, fall = code("GMONTH"), code("GWEEKDAY"), code("FALL")
    season = code("SEASON")
    unknown = code(UNKNOWN)
    for i, node in enumerate(nodes):
        if node.cls not in (months, weekdays, fall, season):
            continue
        before = nodes[i - 1] if i else None
        after = nodes[i + 1] if i + 1 < len(nodes) else None
        capital = text[node.start].isupper()
        if node.cls == months:
            node.cls = (
                code("MONTH") if capital and _is_month(node, before, after, text, tag) else unknown
            )
        elif node.cls == weekdays:
            beside = after is not None and (
                after.cls in _BESIDE_MONTH
                or after.cls in (code("MONTH"), code("GMONTH"), code(","))
            )
            node.cls = code("WEEKDAY") if capital and beside else unknown
        elif node.cls == fall:
            node.cls = season if _is_fall(i, nodes, text) else unknown
        elif tag(node.start)[:2] not in ("NN", "JJ"):
            node.cls = unknown


def _is_month(node: Node, before: Node | None, after: Node | None, text: str, tag: Tag) -> bool:
    if (after and after.cls in _BESIDE_MONTH) or (before and before.cls in _BESIDE_MONTH):
        return True
    if _TITLE.search(text, max(0, node.start - 14), node.start):
        return False  # Ms. May
    if before is not None and before.cls in _BEFORE_MONTH:
        return tag(node.start) != "MD"
    if before is not None and before.cls == code(UNKNOWN) and text[before.start].isupper():
        return False  # Theresa May, Justice August
    full = node.end - node.start > 3 or text[node.start : node.end] == "May"
    return full and tag(node.start) in ("NNP", "NN") and before is not None


def _is_fall(i: int, nodes: list[Node], text: str) -> bool:
    """Whether "fall" is the season: last fall, in the fall, the fall of 1999, fall 2024."""
    following = [node.cls for node in nodes[i + 1 : i + 3]]
    if following[:1] == [code("YEAR4")] or following == [code("of"), code("YEAR4")]:
        return True
    before = nodes[i - 1].cls if i else ""
    if before in _SEASON_BEFORE:
        return following[:1] != [code("of")]
    if before == code("the") and i > 1:
        preposition = text[nodes[i - 2].start : nodes[i - 2].end].lower()
        return preposition in _BEFORE_FALL and following[:1] != [code("of")]
    return before in map(code, ("in", "and")) and following[:1] != [code("of")]
