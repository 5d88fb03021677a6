"""Whether four digits that a rule read as a year are one: no price, share, count or number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from transforms.dates.en.spans import span_of
from transforms.dates.en.vocabulary import class_of, lexicon
from transforms.dates.engine import Node, Refusal
from transforms.dates.patterns import code, codes
from transforms.reference import reference
from transforms.time_words import names_of
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Parts of speech after which four digits before a plural are its year.
_BEFORE_YEAR = frozenset(("DET", "ADP", "PRON", "PART"))
_DIMENSIONS = frozenset(("length", "area", "mass", "volume", "speed", "power"))
_DIGITS = codes("DAYNUM SHORT DIGITS4 NUMBER")
#: Capitals that a hyphen joins with the number of a model: BR-2000.
_MODEL = re.compile(r"\b[A-Z]{1,3}\d?-$")
_MONEY = ("$", "£", "€", "¥", "#")


@cache
def _measures() -> frozenset[str]:
    """Plurals of units and currencies, and units' signs: 1500 kg and 2019 euros are no years."""
    units = [unit for unit in reference("units") if unit["dimension"] in _DIMENSIONS]
    named = [*units, *reference("currencies")]
    plurals = {plural for row in named for _, plural in names_of(row["words"])}
    signs = {
        prefix + sign
        for unit in units
        for sign in unit["symbols"].split("|")
        for prefix in ("", *unit["prefixes"].split())
    }
    short = {sign for sign in signs if sign.isalpha() and len(sign) > 1}
    return frozenset(plurals | short) - frozenset(lexicon().words)


def _measure(node: Node, text: str, doc: Doc) -> str:
    """The unit or currency that a node is, "" if it is none."""
    word = text[node.start : node.end]
    if word not in _measures():
        return ""
    span = span_of(node, doc)
    verb = span is not None and span.root.tag_[:2] in ("VB", "MD")  # 2019 marks a turn
    return "" if verb else word


def _is_level(i: int, nodes: Sequence[Node], text: str) -> bool:
    """Whether a number rose or fell to the digits: up two to 2010, from 980 to 1204."""
    if i < 2 or nodes[i - 1].cls != code("to"):
        return False
    source = nodes[i - 2]
    if source.cls in _DIGITS | codes("NUM WONE WTEEN WTEN"):
        return text[source.start].isalpha() or source.value < 1000
    return False


def _is_counting(before: Token) -> bool:
    return before.lower_ == "than" or class_of(before.text) in ("OVER", "UNDER", "NEARLY", "SOME")


def _has_plural(token: Token) -> bool:
    """Whether the digits count what follows them: some 2000 rare photographs."""
    return token.dep_ == "nummod" and token.head.tag_ == "NNS" and token.head.i > token.i


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
    if model := _MODEL.search(text, max(0, node.start - 8), node.start):
        return Refusal("model", model[0])
    if i and nodes[i - 1].cls in _DIGITS and nodes[i - 1].end + 1 == node.start:
        return Refusal("longer_number", text[nodes[i - 1].start : nodes[i - 1].end])
    if _is_level(i, nodes, text):
        return Refusal("level")
    if i + 1 < len(nodes):
        measure = _measure(nodes[i + 1], text, doc)
        if measure:
            return Refusal("measure", measure)
    span = span_of(node, doc)
    if span is None:
        return None
    token = span.root
    last = token.nbor(-1) if token.i else None
    if last is not None and last.lower_ in words("dates.numbered"):
        return Refusal("numbered", last.text)
    if last is not None and _is_counting(last) and _has_plural(token):
        return Refusal("count", token.head.text)
    if token.dep_ == "nummod" and token.head.tag_ == "NNS":
        # 1990 results, but 2000 people
        named = last is not None and last.pos_ in _BEFORE_YEAR
        if named or (1900 <= year <= 2040 and year % 100 > 0):
            return None
        return Refusal("count", token.head.text)
    if year >= 1500 or (last is not None and last.pos_ in ("ADP", "SCONJ")):
        return None
    return Refusal("bare_early_year")
