"""What looks like a time and is none, and what only its sentence tells: rates, names, ages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from transforms.dates import meanings as m
from transforms.dates.en.rules.lengths import set_of
from transforms.dates.en.tense import PAST, tense_at
from transforms.dates.engine import Node, code, codes
from transforms.reference import reference

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: The kinds of meaning that stand for a time by themselves.
EXPRESSIONS = (
    m.Point, m.Partial, m.Holiday, m.Relative, m.Chosen, m.Nth, m.Inside, m.Offset, m.Length,
    m.Stretch, m.Section, m.Modified, m.Timed, m.Weekend, m.Range, m.Repeated, m.Vague,
    m.Account, m.YearsOff, m.Ended, m.Half, m.Holding, m.ToDate,
)  # fmt: skip

#: Parts of speech after which four digits before a plural are its year.
_BEFORE_YEAR = frozenset(("DET", "ADP", "PRON", "PART"))
#: What carries a number of its own: Flight 1990.
_NUMBERED = frozenset(
    """
    flight room route highway suite page number no. no form channel gate bus train resolution
    chapter section article box unit model line extension
    """.split()  # noqa: SIM905
)
_BEFORE_MONTH = codes(
    "in since until by from of between through to early LATE EARLY MIDW LAST NEXT THIS "
    "before after during for EACH"
)
_DIMENSIONS = frozenset(("length", "area", "mass", "volume"))
_SIGNS = frozenset("kg km cm mm mph kph ft lbs hp feet yen".split())  # noqa: SIM905
_AMBIGUOUS = frozenset(("marks", "reals", "stones"))
_DIGITS = codes("DAYNUM SHORT DIGITS4 NUMBER")
_MONEY = ("$", "£", "€", "¥", "#")


def settled(nodes: list[Node], text: str, doc: Doc) -> Iterator[Node]:
    """The nodes that are expressions of time where they stand, in order."""
    for i, node in enumerate(nodes):
        if not isinstance(node.value, EXPRESSIONS):
            continue
        before = nodes[i - 1] if i else None
        if node.rule == "year" and not _is_year(node, i, nodes, text, doc):
            continue
        if node.rule == "month" and _is_name(node, i, nodes, text):
            continue
        length = node.value
        if isinstance(length, m.Length) and length.unit == "quarter" and _is_share(i, nodes):
            continue
        if (
            isinstance(length, m.Length)
            and node.rule == "one_unit"
            and _is_rate(node, before, text, doc)
        ):
            yield replace(node, value=m.Repeated(set_of(length.unit)), rule="rate")
            continue
        if node.rule == "stretch" and isinstance(node.value, m.Stretch) and _lasts(node, text, doc):
            start = text.index(" ", node.start) + 1
            yield replace(node, start=start, value=node.value.length, rule="length")
            continue
        if isinstance(node.value, m.Holiday) and _is_in_name(node, i, nodes, text):
            continue
        if node.rule == "vague" and not _is_reference(node, i, nodes, text, doc):
            continue
        if node.rule in ("deictic", "last_next_unit") and _is_title(node, before, text):
            continue
        yield node


@cache
def _measures() -> frozenset[str]:
    """Plurals of units and currencies, and units' signs: 1500 kg and 2019 euros are no years."""
    written = [unit["words"] for unit in reference("units") if unit["dimension"] in _DIMENSIONS]
    written += [currency["words"] for currency in reference("currencies")]
    names = {name for words in written for name in re.split(r"[|/]", words)}
    plural = {name if name.endswith("s") else f"{name}s" for name in names if len(name) > 3}
    return frozenset(plural - _AMBIGUOUS) | _SIGNS


def _is_year(node: Node, i: int, nodes: list[Node], text: str, doc: Doc) -> bool:
    """Whether four digits are a year: no price, share, count or part of a longer number."""
    year = node.value.period.index
    before, after = text[node.start - 1 : node.start], text[node.end : node.end + 2]
    if before in _MONEY or after[:1] == "%" or (after[:1] in (".", ",") and after[1:].isdigit()):
        return False
    if not 1000 <= year <= 2150:
        return False
    if i and nodes[i - 1].cls in _DIGITS and nodes[i - 1].end + 1 == node.start:
        return False
    if i + 1 < len(nodes) and text[nodes[i + 1].start : nodes[i + 1].end] in _measures():
        return False
    span = doc.char_span(node.start, node.end, alignment_mode="expand")
    if span is None:
        return True
    token = span.root
    last = token.nbor(-1) if token.i else None
    if last is not None and last.lower_ in _NUMBERED:
        return False
    if token.dep_ == "nummod" and token.head.tag_ == "NNS":
        # 1990 results, but 2000 people
        named = last is not None and last.pos_ in _BEFORE_YEAR
        return named or (1900 <= year <= 2040 and year % 100 > 0)
    return year >= 1500 or (last is not None and last.pos_ in ("ADP", "SCONJ"))


def _lasts(node: Node, text: str, doc: Doc) -> bool:
    """Whether "last six weeks" says how long something lasts."""
    if not text.startswith("last ", node.start):
        return False
    span = doc.char_span(node.start, node.start + 4, alignment_mode="expand")
    return span is not None and span[0].tag_[:2] == "VB"


def _is_share(i: int, nodes: list[Node]) -> bool:
    """Whether a quarter is a fourth part: a quarter of the seats."""
    return i + 1 < len(nodes) and nodes[i + 1].cls == code("of")


def _is_name(node: Node, i: int, nodes: list[Node], text: str) -> bool:
    """Whether a month alone is somebody's name: April Jones, Jan Smuts."""
    after = nodes[i + 1] if i + 1 < len(nodes) else None
    if after is None or after.cls != code("UNKNOWN") or after.start != node.end + 1:
        return False
    if not text[after.start].isupper() or text[after.start : after.end].isupper():
        return False
    short = node.end - node.start == 3 and text[node.start : node.end] != "May"
    return short or not (i and nodes[i - 1].cls in _BEFORE_MONTH)


def _is_rate(node: Node, before: Node | None, text: str, doc: Doc) -> bool:
    """Whether "a week" means each week: four flights a week, $1.76 a year."""
    if before is None or not text[node.start : node.end].lower().startswith("a"):
        return False
    if before.cls == code("DUR"):
        return True
    span = doc.char_span(before.start, before.end, alignment_mode="expand")
    if span is None or not len(span):
        return False
    tag = span[-1].tag_
    return tag in ("NNS", "CD") or (tag == "NN" and before.cls == code("UNKNOWN"))


def _is_reference(node: Node, i: int, nodes: list[Node], text: str, doc: Doc) -> bool:
    """Whether a vague word refers to a time: not "as soon as", nor "soon" in a told past."""
    surface = text[node.start : node.end].lower()
    if surface != "soon":
        return True
    after = nodes[i + 1] if i + 1 < len(nodes) else None
    if after is not None and after.cls in (code("as"), code("after"), code("LATER")):
        return False
    return tense_at(doc, node.start, node.end)[0] != PAST


def _is_in_name(node: Node, i: int, nodes: list[Node], text: str) -> bool:
    """Whether a holiday's name is part of another: the Easter Rising, White Christmas."""
    unknown = code("UNKNOWN")
    around = [nodes[j] for j in (i - 1, i + 1) if 0 <= j < len(nodes)]
    return " " not in text[node.start : node.end] and any(
        other.cls == unknown
        and text[other.start].isupper()
        and min(abs(other.start - node.end), abs(node.start - other.end)) <= 1
        and not (other.start < node.start and i == 1)
        for other in around
    )


def _is_title(node: Node, before: Node | None, text: str) -> bool:
    """Whether the words are a name: ABC's This Week, USA Today."""
    words = text[node.start : node.end].split()
    if before is None or not all(word[0].isupper() for word in words):
        return False
    if len(words) > 1:
        return True
    return before.cls == code("UNKNOWN") and text[before.start].isupper()
