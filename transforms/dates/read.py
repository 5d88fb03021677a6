"""From a parsed article to its expressions of time, in the order of the text."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from transforms.considered import LeftOut
from transforms.dates import meanings as m
from transforms.dates.en import ENGLISH
from transforms.dates.engine import Node, Refusal
from transforms.dates.language import NO_WORD
from transforms.dates.narrative import is_narrative, is_report, is_short, stated_years
from transforms.dates.resolve import Anchors, Resolved, resolve
from transforms.dates.story import Told, story_years
from transforms.model import Parsed


@dataclass(slots=True)
class Expression:
    """One expression of time: its characters, sentence, meaning, reading and rule.

    ``tense`` is what its verb was asked for: past, present, future, "" where no verb says, None
    where it was not asked.
    """

    start: int
    end: int
    sentence_no: int
    meaning: m.Meaning
    rule: str
    resolved: Resolved
    parts: tuple[Node, ...] = ()
    tense: str | None = None


#: How near the date of its clause stands before "two days after ..." (characters).
BESIDE = 12

_LANGUAGE = ENGLISH
#: Why what looks like a time is left out: each reason with what it says.
REASONS = _LANGUAGE.reasons


def read_expressions(parsed: Parsed) -> list[Expression]:
    """Every expression of time of an article, resolved, in the order of its text."""
    return _read(parsed, None)


def study_expressions(parsed: Parsed) -> tuple[list[Expression], list[LeftOut]]:
    """The same expressions, and what looked like one and was left out, in the order of the text.

    Sentences that the cheap test leaves out are read here too, so that what would have been read
    there is told of.
    """
    left_out: list[LeftOut] = []
    expressions = _read(parsed, left_out)
    left_out.sort(key=lambda one: (one.start, one.end))
    return expressions, left_out


def _read(parsed: Parsed, left_out: list[LeftOut] | None) -> list[Expression]:
    found = list(_found(parsed, left_out))
    narrative = is_narrative([node.value for _, node in found], parsed)
    return list(_resolved(found, parsed, narrative))


def _found(parsed: Parsed, left_out: list[LeftOut] | None) -> Iterator[tuple[int, Node]]:
    """Each expression with the number of its sentence; what is none goes to ``left_out``."""
    text, doc = parsed.text, parsed.doc
    article = parsed.article
    day_first = _LANGUAGE.is_day_first(text, article.country, article.published_date)
    starts = [start for start, _ in parsed.sentences]
    for start, end in _windows(parsed):
        timed = _LANGUAGE.may_hold_time(text[start:end])
        if not timed and left_out is None:
            continue
        nodes = _LANGUAGE.read_nodes(text, start, end, doc, day_first, article.country)
        for node in _LANGUAGE.judged(nodes, text, doc):
            if timed and node.refused is None:
                yield bisect_right(starts, node.start) - 1, node
            elif left_out is not None:
                left_out.append(_left_out(node, node.refused or Refusal(NO_WORD)))
        if left_out is not None:
            rest = _LANGUAGE.left_over(nodes)
            left_out += [_left_out(node, node.refused) for node in rest if node.refused]


def _left_out(node: Node, refusal: Refusal) -> LeftOut:
    return LeftOut("dates", node.start, node.end, refusal.reason, refusal.detail)


def _windows(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """The sentences, put together where one was cut short or its lines are wrapped."""
    text = parsed.text
    begun: int | None = None
    sentences = parsed.sentences
    for i, (start, end) in enumerate(sentences):
        begun = start if begun is None else begun
        if i + 1 < len(sentences) and _goes_on(text, start, end, sentences[i + 1][0]):
            continue
        yield begun, end
        begun = None


def _goes_on(text: str, start: int, end: int, following: int) -> bool:
    """Whether the next sentence belongs to this one: cut at an abbreviation, or at a line's end."""
    gap = text[end:following]
    if "\n" not in gap:
        return text[end - 1] == "," or _LANGUAGE.is_cut_short(text, start, end)
    wrapped = text[following].islower() or text[following].isdigit()
    return wrapped and gap.count("\n") == 1 and text[end - 1] not in ".!?:;\"'”’)"


#: Ways that leave little doubt about the year of a day.
_SURE = ("stated", "past_tense", "future_tense", "at_publication", "listed")


def _learn(known: dict[tuple[int, int], int], meaning: m.Meaning, resolved: Resolved) -> None:
    """Keep the year of a day, for where the text names the day again; the first one stays."""
    day = resolved.start
    if day is None or resolved.granularity != "day" or resolved.way not in _SURE:
        return
    if isinstance(meaning, m.Point) or (isinstance(meaning, m.Partial) and meaning.unit == "day"):
        known.setdefault((day.month, day.day), day.year)


#: How many years before publication a time lies at least that "today" is contrasted with.
_LONG_PAST = 5
#: The same of no year: back then, in those days.
_GONE = m.Vague("PAST_REF")


def _of_long_past(found: list[tuple[int, Node]], published: dt.date | None) -> set[int]:
    """The numbers of the sentences that state years long past, or speak of a time gone."""
    if published is None:
        return set()
    last = published.year - _LONG_PAST
    return {
        sentence_no
        for sentence_no, node in found
        if node.value == _GONE or any(year <= last for year in stated_years(node.value))
    }


#: Ways in which a time comes by its days from the story.
_TOLD_WAYS = ("story_path", "story_nearest", "from_told")


def _resolved(
    found: list[tuple[int, Node]], parsed: Parsed, narrative: bool
) -> Iterator[Expression]:
    article, doc, text = parsed.article, parsed.doc, parsed.text
    anchors = Anchors(article.published_date, narrative, country=article.country)
    meanings = [node.value for _, node in found]
    report = narrative and is_report(meanings)
    anchors.mixed = report or (narrative and is_short(meanings))
    years = _story_years(found, text) if narrative and not report else {}
    told_in: int | None = None
    known: dict[tuple[int, int], int] = {}
    for _, node in found:
        if isinstance(node.value, m.Point):
            _learn(known, node.value, resolve(node.value, anchors))
    long_past = _of_long_past(found, article.published_date)
    for number, (sentence_no, node) in enumerate(found):
        anchors.long_past_beside = not long_past.isdisjoint((sentence_no - 1, sentence_no))
        anchors.state = _Asked(_LANGUAGE.is_state, doc, node.start, node.end)
        anchors.story_year = years.get(number)
        tense = _Asked(_LANGUAGE.tense_at, doc, node.start, node.end)
        anchors.tense = tense
        anchors.named_country = _Asked(_LANGUAGE.country_beside, text, node.start, node.end)
        anchors.surely_ahead = _Asked(_LANGUAGE.is_surely_ahead, doc, node.start, node.end)
        anchors.naming = _Asked(_LANGUAGE.names_noun, doc, node.start, node.end)
        anchors.quoted = _Asked(_in_quotes, text, node.start)
        told = anchors.reference
        anchors.sentence_date = None
        spoken = anchors.spoken.get("day")
        near = spoken is not None and sentence_no - found[spoken[0]][0] <= 1
        anchors.day_beside = spoken if near else None
        if told is not None and told[0] == number - 1:
            last_sentence, last_node = found[told[0]]
            if last_sentence == sentence_no and node.start - last_node.end <= BESIDE:
                anchors.sentence_date = told
        anchors.told_ahead = _unit_ahead(told, found, sentence_no, article.published_date)
        anchors.known = known
        anchors.told_beside = told_in is not None and sentence_no - told_in <= 1
        anchors.listed = _listed(found, number, text, anchors)
        resolved = resolve(node.value, anchors)
        anchors.remember(number, node.value, resolved)
        _learn(known, node.value, resolved)
        if resolved.way in _TOLD_WAYS or any(stated_years(node.value)):
            told_in = sentence_no
        end, rule = node.end, node.rule
        by_event = isinstance(node.value, m.Offset) and node.value.to == "event"
        if by_event and resolved.type == "DURATION":
            end, rule = node.parts[0].end, node.parts[0].rule  # nobody knows when the event was
        asked = tense.known[0][0] if tense.known else None
        yield Expression(
            node.start, end, sentence_no, node.value, rule, resolved, node.parts, asked
        )


def _listed(
    found: list[tuple[int, Node]], number: int, text: str, anchors: Anchors
) -> tuple[int, Resolved] | None:
    """The time that the expression is listed with, if nothing else stands between them."""
    told = anchors.reference
    if told is None or told[0] != number - 1:
        return None
    gap = text[found[number - 1][1].end : found[number][1].start]
    return told if gap and _LANGUAGE.is_listing(gap) else None


def _unit_ahead(
    told: tuple[int, Resolved] | None,
    found: list[tuple[int, Node]],
    sentence_no: int,
    published: dt.date | None,
) -> str | None:
    """The unit of the day or month spoken of last, in the same sentence and after publication."""
    if told is None or published is None or found[told[0]][0] != sentence_no:
        return None
    start, unit = told[1].start, told[1].granularity
    return unit if unit in ("day", "month") and start and start > published else None


def _in_quotes(text: str, at: int) -> bool:
    """Whether a place stands in quotation marks that were opened in its paragraph."""
    before = text[text.rfind("\n", 0, at) + 1 : at].replace("``", "“").replace("''", "”")
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _story_years(found: list[tuple[int, Node]], text: str) -> dict[int, int]:
    paragraph, at, told = 0, 0, []
    for _, node in found:
        paragraph += "\n" in text[at : node.start]
        at = node.start
        told.append(Told(node.value, paragraph))
    return story_years(told)


class _Asked[T]:
    """What a function says, asked once and only if somebody wants to know."""

    __slots__ = ("_arguments", "_function", "known")

    def __init__(self, function: Callable[..., T], *arguments: object) -> None:
        self._function, self._arguments = function, arguments
        self.known: list[T] = []

    def __call__(self) -> T:
        if not self.known:
            self.known.append(self._function(*self._arguments))
        return self.known[0]
