"""Rows of ``dates`` as the TIMEX3 of the TempEval-3 gold, where its conventions are others.

The table keeps to its own meaning (a range is one row, "two days after the vote" is the day of
the vote, "a year ago" the calendar year); this says the same in the words of the annotated
corpora: newswire as in TimeBank, historical narrative as in WikiWars, which types everything
DATE. Conventions only: nothing here looks at a document's content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from transforms.dates import Expression
from transforms.dates import meanings as m
from transforms.dates.resolve import Resolved
from transforms.dates.timex import CODES, length_value
from transforms.model import Parsed


@dataclass(frozen=True)
class Timex:
    """One TIMEX3: characters ``start`` to ``end`` (exclusive) of the document's text."""

    start: int
    end: int
    type: str
    value: str | None


def timexes(parsed: Parsed, expressions: list[Expression], narrative: bool) -> list[Timex]:
    """The TIMEX3 of a document, in the order of its text."""
    text = parsed.article.text
    found = wikiwars(text, expressions) if narrative else timebank(text, expressions)
    return sorted(found, key=lambda timex: (timex.start, timex.end))


def _ends(expression: Expression) -> Iterator[tuple[int, int, m.Meaning, Resolved]]:
    """An expression, or both ends of a range: the gold annotates each end."""
    ends = expression.resolved.ends
    if isinstance(expression.meaning, m.Range) and len(expression.parts) == 2 and ends:
        for part, resolved in zip(expression.parts, ends, strict=True):
            yield part.start, part.end, part.value, resolved
    else:
        yield expression.start, expression.end, expression.meaning, expression.resolved


_LATER = re.compile(r"\s+(?:later|earlier|after|before|afterwards?|previously)\b.*$", re.DOTALL)
_UNMARKED = frozenset(("per_unit", "future"))
#: A set of one a unit is the unit's length.
_SETS = {"XXXX-XX-XX": "P1D", "XXXX-WXX": "P1W", "XXXX-XX": "P1M", "XXXX": "P1Y"}
#: Of the words of repetition, those that are annotated: daily, weekly.
_SET_WORDS = ("XXXX-XX-XX", "XXXX-WXX")
_RECENT = re.compile(r"recent (weeks|months|quarters)", re.IGNORECASE)


def timebank(text: str, expressions: list[Expression]) -> Iterator[Timex]:
    """As in TimeBank.

    Adjectives of repetition and rates with "per" (annual, quarterly, per month) are not annotated;
    every day is a set of days' length, P1D; a length
    from a day told before is a DURATION without the word that counts it; in reports of results
    "a year ago" is the same quarter of the year before.
    """
    quarter: Resolved | None = None
    for expression in expressions:
        value = expression.resolved.value
        if expression.rule in _UNMARKED:
            continue
        if expression.rule == "set_word" and value not in _SET_WORDS:
            continue
        if expression.resolved.granularity == "quarter" and not expression.resolved.mod:
            quarter = expression.resolved
        elif _is_of_months(expression.meaning):
            quarter = None
        for start, end, meaning, resolved in _ends(expression):
            surface = text[start:end]
            timex = Timex(start, end, resolved.type, resolved.value)
            if resolved.type == "SET":
                timex = replace(timex, value=_SETS.get(resolved.value or "", resolved.value))
            if isinstance(meaning, m.Offset) and meaning.to in ("reference", "event", "base"):
                if meaning.length.unit != "year" or meaning.to != "reference":
                    end = start + len(_LATER.sub("", surface))
                    yield Timex(start, end, "DURATION", length_value(meaning.length))
                    continue
            elif isinstance(meaning, m.Offset) and _is_a_year_ago(meaning) and quarter:
                period = quarter.period
                if period is not None and expression.sentence_no - 3 <= expression.sentence_no:
                    ago = period.shift(-4) if quarter.direction != "past" else period
                    timex = replace(timex, value=_year_before(resolved, quarter) or ago.value)
            elif isinstance(meaning, m.Ended) and meaning.length.unit == "year":
                timex = Timex(start, end, "DURATION", length_value(meaning.length))
            elif _is_first_months(expression):
                front, outer = expression.parts
                yield Timex(front.start, front.end, "DURATION", length_value(front.value))
                timex = Timex(outer.start, outer.end, "DATE", resolved.value and resolved.value[:4])
            elif isinstance(meaning, m.FirstOfYear):
                timex = Timex(start, end, "DURATION", length_value(meaning.length))
            elif recent := _RECENT.fullmatch(surface):
                timex = Timex(start, end, "DURATION", f"PX{recent[1][0].upper()}".replace("Q", "M"))
            yield timex


def _is_of_months(meaning: m.Meaning) -> bool:
    length = meaning.length if isinstance(meaning, m.FirstOfYear) else meaning
    return isinstance(length, m.Length) and length.unit == "month"


def _is_first_months(expression: Expression) -> bool:
    """The first nine months of 1997: a DURATION and the DATE it lies in."""
    meaning = expression.meaning
    counted = isinstance(meaning, m.Nth) and meaning.count > 1 and meaning.unit == "month"
    return counted and len(expression.parts) == 2


def _is_a_year_ago(meaning: m.Offset) -> bool:
    return meaning.length.unit == "year" and meaning.length.amount == 1 and not meaning.length.mod


def _year_before(resolved: Resolved, quarter: Resolved) -> str | None:
    """The quarter spoken of, in the year that is meant."""
    if resolved.period is None or quarter.period is None:
        return None
    return f"{resolved.period.year:04d}-Q{quarter.period.number}"


_LONG = {"decade": "DE", "century": "CE"}


def wikiwars(text: str, expressions: list[Expression]) -> Iterator[Timex]:
    """As in WikiWars: everything is a DATE, and "former" is annotated."""
    for expression in expressions:
        for start, end, meaning, resolved in _ends(expression):
            value = resolved.value
            length = meaning.length if isinstance(meaning, m.Stretch) else meaning
            if isinstance(length, m.Length) and length.unit in _LONG and length.amount:
                value = f"P{length.amount:g}{_LONG[length.unit]}"
            elif isinstance(meaning, m.Nth) and meaning.count > 1:
                value = f"P{meaning.count}{CODES[meaning.unit]}"
            yield Timex(start, end, "DATE", value)
    for former in re.finditer(r"\bformer\b", text):
        yield Timex(former.start(), former.end(), "DATE", "PAST_REF")
