"""What looks like a time and is none, and what only its sentence tells: rates, names, ages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.dates import meanings as m
from transforms.dates.en.dayparts import is_of_any_day, kind_of_thing, not_every, programme
from transforms.dates.en.four_digits import no_year
from transforms.dates.en.habits import as_set
from transforms.dates.en.halves import is_half, no_half
from transforms.dates.en.our_day import is_our_day
from transforms.dates.en.spans import node_at, span_of, word_after
from transforms.dates.en.tense import tense_at
from transforms.dates.en.vocabulary import class_of, is_short
from transforms.dates.engine import Node, Refusal
from transforms.dates.language import FUTURE, PAST
from transforms.dates.patterns import UNKNOWN, code, codes
from transforms.dates.timex import set_value
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: The kinds of meaning that stand for a time by themselves.
EXPRESSIONS = (
    m.Point, m.Partial, m.Holiday, m.Relative, m.Chosen, m.Nth, m.Inside, m.Offset, m.Length,
    m.Stretch, m.Section, m.Modified, m.Timed, m.Weekend, m.Range, m.Repeated, m.Vague,
    m.Account, m.YearsOff, m.Ended, m.Half, m.Holding, m.ToDate, m.FirstOfYear,
    m.SoFar,
)  # fmt: skip

_BEFORE_MONTH = codes(
    "in since until by from of between through to LATE EARLY MIDW LAST NEXT THIS "
    "before after during for EACH"
)
_IN_WHICH = codes("in of during")
_TODAY, _A_DAY = m.Relative("day", 0), m.Length(1, "day")
_AGE = code("AGE")
_AS_SOON_AS = codes("as after LATER")
#: Classes of words and figures that name a time once a rule joins them with others.
_OF_TIME = codes(
    "MONTH WEEKDAY WEEKDAYS SECOND UNIT UNITS UNITABBR QUARTER WEEKEND WEEKENDS SEASON DAYPART "
    "DAYPARTS DAYTIME NOON MIDNIGHT OCLOCK AGO DECADEW DECADE YEAR4 YEAR2"
)


def judged(nodes: Sequence[Node], text: str, doc: Doc) -> Iterator[Node]:
    """The expressions of time, in order; those that are none where they stand are ``refused``."""
    for i, node in enumerate(nodes):
        if not isinstance(node.value, EXPRESSIONS):
            continue
        refused = _refused(i, nodes, text, doc)
        yield replace(node, refused=refused) if refused else _recast(i, nodes, text, doc)


def left_over(nodes: Sequence[Node]) -> Iterator[Node]:
    """What looks like a time and no rule made an expression of, with why."""
    for node in nodes:
        if isinstance(node.value, EXPRESSIONS):
            continue
        if node.refused is not None:
            yield node
        elif node.cls == _AGE:
            yield replace(node, refused=Refusal("age"))
        elif node.cls == code("CLOCKTIME"):
            yield replace(node, refused=Refusal("bare_clock"))
        elif node.cls in _OF_TIME:
            yield replace(node, refused=Refusal("unjoined"))


def _refused(i: int, nodes: Sequence[Node], text: str, doc: Doc) -> Refusal | None:
    node = nodes[i]
    match node.rule:
        case "year":
            return no_year(node, i, nodes, text, doc)
        case "month":
            return _person(node, i, nodes, text)
        case "vague":
            return _no_reference(node, i, nodes, text, doc)
        case "set_word":
            return _paper(node, word_after(node, nodes, i + 1), text, doc)
        case "the_unit":
            return _award(i, nodes, text)
        case "that_daypart" | "daypart":
            return kind_of_thing(node, doc)
        case "every_daypart":
            return not_every(node, text, doc)
        case "that_part":
            return _verb(node, doc)
        case "daypart_day":
            return programme(node, word_after(node, nodes, i + 1), text)
        case "deictic" | "last_next_unit":
            return _title(node, node_at(nodes, i - 1), text)
    if isinstance(node.value, m.Length) and node.value.unit == "quarter" and _is_share(i, nodes):
        return Refusal("fourth_part")
    if is_half(node.value):
        return no_half(i, nodes, text, doc)
    if isinstance(node.value, m.Holiday):
        return _other_name(node, i, nodes, text)
    return None


def _recast(i: int, nodes: Sequence[Node], text: str, doc: Doc) -> Node:
    """The node, as a rate or a plain length where its sentence says that it is one."""
    node, value = nodes[i], nodes[i].value
    before = node_at(nodes, i - 1)
    after = node_at(nodes, i + 1)
    if node.rule == "that_part" and not _is_demonstrative(node, doc):
        node, value = node.parts[0], node.parts[0].value  # said that Thursday was worse
    if recurs := as_set(i, nodes, doc):
        return replace(node, value=recurs[0], rule=recurs[1], parts=())
    if node.rule == "deictic" and value == _TODAY and is_our_day(i, nodes, text, doc):
        return replace(node, value=m.Vague("PRESENT_REF"), rule="our_day")
    if node.rule in ("that_daypart", "daypart") and is_of_any_day(i, nodes, text, doc):
        return replace(node, value=replace(value, told="beside"))
    if node.rule == "the_unit" and _is_throughout(before, text, doc, node):
        return replace(node, value=m.Length(1, value.unit), rule="the_length")
    if node.rule == "length" and value == _A_DAY and (day := _some_day(node, after, text, doc)):
        return replace(node, value=day, rule="one_day")
    if (
        isinstance(value, m.Length)
        and node.rule == "one_unit"
        and _is_rate(node, before, text, doc)
    ):
        return replace(node, value=m.Repeated(set_value(value.unit)), rule="rate")
    if isinstance(value, m.Stretch) and node.rule == "stretch" and _lasts(node, text, doc):
        start = text.index(" ", node.start) + 1
        return replace(node, start=start, value=value.length, rule="length")
    return node


def _is_throughout(before: Node | None, text: str, doc: Doc, node: Node) -> bool:
    """Whether something is so at all times of any year: they travel throughout the year."""
    if before is None or text[before.start : before.end].lower() != "throughout":
        return False
    return tense_at(doc, node.start, node.end)[0] != PAST


def _is_demonstrative(node: Node, doc: Doc) -> bool:
    """Whether "that" points at a time: that summer. Before a verb it only opens a clause."""
    span = span_of(node, doc)
    if span is None:
        return True
    return span[0].dep_ != "mark" and span.root.dep_ not in ("nsubj", "nsubjpass", "poss")


def _some_day(node: Node, after: Node | None, text: str, doc: Doc) -> m.Vague | None:
    """The time to come or gone by that "one day" is under a verb, None if it is a length."""
    one = class_of(text[node.start : node.end].split()[0]) == "WONE"
    if not one or (after and after.cls in _IN_WHICH):
        return None  # one day in May
    span = span_of(node, doc)
    if span is None or span.root.dep_ != "npadvmod" or span.root.head.tag_[:2] != "VB":
        return None
    tense = tense_at(doc, node.start, node.end)[0]
    return {FUTURE: m.Vague("FUTURE_REF"), PAST: m.Vague("PAST_REF")}.get(tense)


def _lasts(node: Node, text: str, doc: Doc) -> bool:
    """Whether "last six weeks" says how long something lasts."""
    word = text[node.start : node.end].split()[0]
    if class_of(word) != "LAST":
        return False
    span = span_of(node, doc)
    return span is not None and span[0].tag_[:2] == "VB"


def _is_share(i: int, nodes: Sequence[Node]) -> bool:
    """Whether a quarter is a fourth part: a quarter of the seats."""
    return i + 1 < len(nodes) and nodes[i + 1].cls == code("of")


def _person(node: Node, i: int, nodes: Sequence[Node], text: str) -> Refusal | None:
    """A month alone that is somebody's name: April Jones, Jan Smuts."""
    after = word_after(node, nodes, i + 1)
    if after is None or not text[after.start].isupper() or text[after.start : after.end].isupper():
        return None
    if is_short(text[node.start : node.end]) or not (i and nodes[i - 1].cls in _BEFORE_MONTH):
        return Refusal("person", text[after.start : after.end])
    return None


def _is_rate(node: Node, before: Node | None, text: str, doc: Doc) -> bool:
    """Whether "a week" means each week: four flights a week, $1.76 a year."""
    if before is None or not text[node.start : node.end].lower().startswith("a"):
        return False
    if before.cls == code("DUR"):
        return True
    span = span_of(before, doc)
    if span is None:
        return False
    tag = span[-1].tag_
    return tag in ("NNS", "CD") or (tag == "NN" and before.cls == code(UNKNOWN))


def _no_reference(node: Node, i: int, nodes: Sequence[Node], text: str, doc: Doc) -> Refusal | None:
    """A vague word that refers to no time: "as soon as", or "soon" in a told past."""
    after = node_at(nodes, i + 1)
    if class_of(text[node.start : node.end]) != "SOON":
        return None
    if after is not None and after.cls in _AS_SOON_AS:
        return Refusal("as_soon_as", text[after.start : after.end])
    told = tense_at(doc, node.start, node.end)[0] == PAST
    return Refusal("soon_in_past") if told else None


def _other_name(node: Node, i: int, nodes: Sequence[Node], text: str) -> Refusal | None:
    """A holiday's name that is part of another: the Easter Rising, White Christmas."""
    if " " in text[node.start : node.end]:
        return None
    if i > 1 and nodes[i - 1].cls == code("&"):
        return Refusal("other_name", text[nodes[i - 1].start : nodes[i - 1].end])
    unknown = code(UNKNOWN)
    for other in (nodes[j] for j in (i - 1, i + 1) if 0 <= j < len(nodes)):
        if (
            other.cls == unknown
            and text[other.start].isupper()
            and min(abs(other.start - node.end), abs(node.start - other.end)) <= 1
            and not (other.start < node.start and i == 1)
        ):
            return Refusal("other_name", text[other.start : other.end])
    return None


def _verb(node: Node, doc: Doc) -> Refusal | None:
    """A season's name that is a verb: costs that fall on others."""
    span = span_of(node, doc)
    return Refusal("verb") if span is not None and span[-1].tag_[:2] == "VB" else None


def _paper(node: Node, after: Node | None, text: str, doc: Doc) -> Refusal | None:
    """A word of repetition that is a newspaper: the daily Granma, the weekly reported."""
    span = span_of(node, doc)
    if span is None or span[0].lower_ not in words("dates.paper"):
        return None
    subject = span[0].tag_ in ("NN", "NNP") and span[0].dep_ in ("nsubj", "nsubjpass", "poss")
    named = after is not None and _is_name(text[after.start : after.end])
    return Refusal("paper") if subject or named else None


def _is_name(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


def _award(i: int, nodes: Sequence[Node], text: str) -> Refusal | None:
    """A period that somebody is named the best of: player of the month, Person of the Year."""
    if i < 2 or nodes[i - 1].cls != code("of"):
        return None
    what = nodes[i - 2]
    word = text[what.start : what.end]
    return Refusal("award", word) if word.lower() in words("dates.awarded") else None


def _title(node: Node, before: Node | None, text: str) -> Refusal | None:
    """Words that are a name: ABC's This Week, USA Today."""
    words = text[node.start : node.end].split()
    if before is None or not all(word[0].isupper() for word in words):
        return None
    if len(words) > 1 or (before.cls == code(UNKNOWN) and text[before.start].isupper()):
        return Refusal("title", text[before.start : before.end])
    return None
