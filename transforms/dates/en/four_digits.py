"""Whether four digits that a rule read as a year are one: no price, share, count or number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from transforms.dates.engine import Node, Refusal
from transforms.dates.patterns import codes
from transforms.reference import reference

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Parts of speech after which four digits before a plural are its year.
_BEFORE_YEAR = frozenset(("DET", "ADP", "PRON", "PART"))
#: What carries a number of its own: Flight 1990.
_NUMBERED = frozenset(
    """
    flight room route highway suite page number no. no form channel gate bus train resolution
    chapter section article box unit model line extension
    """.split()  # noqa: SIM905
)
_DIMENSIONS = frozenset(("length", "area", "mass", "volume"))
_SIGNS = frozenset("kg km cm mm mph kph ft lbs hp feet yen".split())  # noqa: SIM905
_AMBIGUOUS = frozenset(("marks", "reals", "stones"))
_DIGITS = codes("DAYNUM SHORT DIGITS4 NUMBER")
_MONEY = ("$", "£", "€", "¥", "#")


@cache
def _measures() -> frozenset[str]:
    """Plurals of units and currencies, and units' signs: 1500 kg and 2019 euros are no years."""
    written = [unit["words"] for unit in reference("units") if unit["dimension"] in _DIMENSIONS]
    written += [currency["words"] for currency in reference("currencies")]
    names = {name for words in written for name in re.split(r"[|/]", words)}
    plural = {name if name.endswith("s") else f"{name}s" for name in names if len(name) > 3}
    return frozenset(plural - _AMBIGUOUS) | _SIGNS


def no_year(node: Node, i: int, nodes: Sequence[Node], text: str, doc: Doc) -> Refusal | None:
    """Why four digits are no year where they stand; None if they are one."""
    year = node.value.period.index
    before, after = text[node.start - 1 : node.start], text[node.end : node.end + 2]
    if before in _MONEY:
        return Refusal("price", before)
    if after[:1] == "%":
        return Refusal("percent")
    if after[:1] in (".", ",") and after[1:].isdigit():
        return Refusal("longer_number")
    if not 1000 <= year <= 2150:
        return Refusal("far_year")
    if i and nodes[i - 1].cls in _DIGITS and nodes[i - 1].end + 1 == node.start:
        return Refusal("longer_number", text[nodes[i - 1].start : nodes[i - 1].end])
    if i + 1 < len(nodes):
        following = text[nodes[i + 1].start : nodes[i + 1].end]
        if following in _measures():
            return Refusal("measure", following)
    span = doc.char_span(node.start, node.end, alignment_mode="expand")
    if span is None:
        return None
    token = span.root
    last = token.nbor(-1) if token.i else None
    if last is not None and last.lower_ in _NUMBERED:
        return Refusal("numbered", last.text)
    if token.dep_ == "nummod" and token.head.tag_ == "NNS":
        # 1990 results, but 2000 people
        named = last is not None and last.pos_ in _BEFORE_YEAR
        if named or (1900 <= year <= 2040 and year % 100 > 0):
            return None
        return Refusal("count", token.head.text)
    if year >= 1500 or (last is not None and last.pos_ in ("ADP", "SCONJ")):
        return None
    return Refusal("bare_early_year")
