"""Times that come again where they stand: usually in June, on a Monday, open Monday to Friday."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from transforms.dates import meanings as m
from transforms.dates.en.spans import span_of
from transforms.dates.en.tense import tense_at
from transforms.dates.en.vocabulary import class_of
from transforms.dates.engine import Node
from transforms.dates.language import PAST, PRESENT
from transforms.dates.patterns import codes
from transforms.dates.recurring import placeholder
from transforms.dates.timex import clock_value
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ARTICLE = codes("a")
_JOINS = codes(", and or -")
_LEADS = codes(", from between at")
#: How a word hangs on the noun that it names: a Monday meeting, Monday's meeting.
_NAMING = frozenset(("compound", "nmod", "amod", "poss", "nummod"))


def as_set(i: int, nodes: Sequence[Node], doc: Doc) -> tuple[m.Repeated, str] | None:
    """The set of times that an expression is where it stands, and by which rule; None if none."""
    value = nodes[i].value
    clocks = _clocks(value)
    if clocks:
        return (m.Repeated(clocks), "timetable") if _follows_days(i, nodes, doc) else None
    recurring = _recurring(value)
    if recurring is None:
        return None
    if _is_any(i, nodes, doc) and _names_weekday(recurring):
        return m.Repeated(recurring), "any_weekday"
    if _is_habit(doc, nodes[i]) or _is_described(doc, nodes[i], value):
        return m.Repeated(recurring), "habit"
    if _names_weekday(recurring) and (_is_in_timetable(i, nodes, doc) or _goes_on(i, nodes, doc)):
        return m.Repeated(recurring), "timetable"
    return None


def _recurring(value: object) -> str | None:
    """The TIMEX3 value of a time without its year or week, None for what has them."""
    match value:
        case m.Partial(unit) if unit != "dom":
            return placeholder(value).value
        case m.Section(inner) | m.Modified(inner):
            return _recurring(inner)
        case m.Timed(day, clock) if day is not None:
            told = _recurring(day)
            return f"{told}T{clock_value(clock)}" if told else None
        case m.Range(low, high):
            first, last = _recurring(low), _recurring(high)
            return f"{first}/{last}" if first and last else None
    return None


def _clocks(value: object) -> str:
    """The value of times of day that name no day, "" for all else."""
    match value:
        case m.Timed(None, clock) if clock.hour is not None:
            return f"T{clock_value(clock)}"
        case m.Range(low, high):
            first, last = _clocks(low), _clocks(high)
            return f"{first}/{last}" if first and last else ""
    return ""


def _is_any(i: int, nodes: Sequence[Node], doc: Doc) -> bool:
    """Whether "a" says that it is any Monday: on a Monday, but not at a Monday meeting."""
    if not i or nodes[i - 1].cls not in _ARTICLE:
        return False
    return not _is_naming(nodes[i], doc)


def _is_naming(node: Node, doc: Doc) -> bool:
    span = span_of(node, doc)
    return span is None or span[-1].dep_ in _NAMING or span.root.dep_ in _NAMING


def _is_described(doc: Doc, node: Node, value: object) -> bool:
    """Whether it is said what a month always is: October is the wettest month."""
    if not isinstance(value, m.Partial) or value.unit not in ("month", "season"):
        return False
    span = span_of(node, doc)
    if span is None or span.root.dep_ != "nsubj" or span.root.head.tag_ not in ("VBZ", "VBP"):
        return False
    said = [child for child in span.root.head.children if child.dep_ == "attr"]
    return any(class_of(one.lemma_) == "UNIT" for one in said)


def _goes_on(i: int, nodes: Sequence[Node], doc: Doc) -> bool:
    """Whether any Monday was told of before, in the present: on a Monday ..., on Tuesday ...."""
    if tense_at(doc, nodes[i].start, nodes[i].end)[0] == PAST or _is_naming(nodes[i], doc):
        return False
    for j in range(i):
        recurring = _recurring(nodes[j].value)
        if recurring and _names_weekday(recurring) and _is_any(j, nodes, doc):
            return tense_at(doc, nodes[j].start, nodes[j].end)[0] == PRESENT
    return False


def _is_habit(doc: Doc, node: Node) -> bool:
    """Whether the verb or adjective above says what usually is: it usually runs into October."""
    span = span_of(node, doc)
    if span is None:
        return False
    token: Token = span.root
    habit = False
    for _ in range(12):
        said = (token, *token.children)
        habit = habit or any(one.lower_ in words("dates.habit") for one in said)
        verb = token.tag_[:2] in ("VB", "MD")
        if token.head.i == token.i or (verb and token.dep_ not in ("conj", "aux", "xcomp")):
            break
        token = token.head
    return habit and tense_at(doc, node.start, node.end)[0] != PAST


def _is_in_timetable(i: int, nodes: Sequence[Node], doc: Doc) -> bool:
    """Whether weekdays are those of every week: told with hours, or beside "every"."""
    run = _run(i, nodes)
    if any(isinstance(nodes[j].value, m.Repeated) for j in run):
        return True
    last = run[-1]
    days = len(run) + isinstance(nodes[last].value, m.Range)
    after = next((j for j in range(last + 1, len(nodes)) if nodes[j].cls not in _LEADS), None)
    if days < 2 or after is None:
        return False
    following = nodes[after].value
    if isinstance(following, m.Repeated) and after == last + 1:
        return True  # from Friday to Monday each week
    hours = isinstance(following, m.Range) and bool(_clocks(following))
    return hours and tense_at(doc, nodes[i].start, nodes[i].end)[0] == PRESENT


def _run(i: int, nodes: Sequence[Node]) -> list[int]:
    """The places of the weekdays that are listed with the one at ``i``, itself included."""
    run = [i]
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(nodes) and (nodes[j].cls in _JOINS or _is_weekday(nodes[j].value)):
            if _is_weekday(nodes[j].value):
                run.append(j)
            j += step
    return sorted(run)


def _names_weekday(value: str) -> bool:
    return value.startswith("XXXX-WXX-")


def _is_weekday(value: object) -> bool:
    if isinstance(value, m.Repeated):
        return _names_weekday(value.value)
    recurring = _recurring(value)
    return recurring is not None and _names_weekday(recurring)


def _follows_days(i: int, nodes: Sequence[Node], doc: Doc) -> bool:
    """Whether hours are those of the weekdays of a timetable before them."""
    j = i - 1
    while j >= 0 and nodes[j].cls in _LEADS:
        j -= 1
    if j >= 0 and isinstance(nodes[j].value, m.Repeated):
        return True  # daily at 6 a.m.
    if j < 0 or not _is_weekday(nodes[j].value):
        return False
    return _is_in_timetable(j, nodes, doc)
