"""From a parsed article to its expressions of time, in the order of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from transforms.dates import meanings as m
from transforms.dates.en.after_events import hang_on_event
from transforms.dates.en.context import country_beside, is_day_first
from transforms.dates.en.filters import settled
from transforms.dates.en.rules import read
from transforms.dates.en.tense import tense_at
from transforms.dates.en.tokens import tokenise
from transforms.dates.en.vocabulary import may_hold_time
from transforms.dates.engine import Node
from transforms.dates.resolve import Anchors, Resolved, resolve
from transforms.dates.story import Told, story_years
from transforms.model import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True)
class Expression:
    """One expression of time: its characters, sentence, meaning, reading and rule."""

    start: int
    end: int
    sentence_no: int
    meaning: m.Meaning
    rule: str
    resolved: Resolved
    parts: tuple[Node, ...] = ()


#: How near the date of its clause stands before "two days after ..." (characters).
BESIDE = 12


def read_expressions(parsed: Parsed) -> list[Expression]:
    """Every expression of time of an article, resolved, in the order of its text."""
    text, doc = parsed.text, parsed.doc
    tag = _tagger(doc)
    country = parsed.article.country
    day_first = is_day_first(text, country, parsed.article.published_date)
    found: list[tuple[int, Node]] = []
    starts = [start for start, _ in parsed.sentences]
    for start, end in _windows(parsed):
        if not may_hold_time(text[start:end]):
            continue
        nodes = read(tokenise(text, start, end, tag, day_first, country), text)
        nodes = hang_on_event(nodes, text, doc)
        found += [
            (bisect_right(starts, node.start) - 1, node) for node in settled(nodes, text, doc)
        ]
    narrative = is_narrative([node.value for _, node in found], parsed)
    return list(_resolved(found, parsed, narrative))


#: How many years before publication most of a story's years lie at least.
FAR = 3

#: A sentence that ends so goes on in the next one, whatever the parse says.
_CUT_SHORT = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|ca|[ap]\.m)\.$")


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
        return _CUT_SHORT.search(text, max(start, end - 6), end) is not None
    wrapped = text[following].islower() or text[following].isdigit()
    return wrapped and gap.count("\n") == 1 and text[end - 1] not in ".!?:;\"'”’)"


def is_narrative(found: list[m.Meaning], parsed: Parsed) -> bool:
    """Whether a text tells of times far from its publication.

    Its stated years decide: a story states many, and most of them lie years away; a report
    speaks of today, yesterday and weekdays more often than of such years.
    """
    published = parsed.article.published_date
    years = [year for meaning in found for year in _stated_years(meaning)]
    near = sum(isinstance(n, m.Relative) and n.to == "publication" for n in found)
    near += sum(isinstance(n, m.Partial) and n.unit == "weekday" for n in found)
    if published is None:
        return len(years) >= 6 and 4 * near < len(years)
    if len(years) < 4:
        return False
    distance = median(published.year - year for year in years)
    if distance >= FAR:
        return 2 * near < len(years)
    return distance >= 1 and 8 * near < len(years)


def _stated_years(meaning: m.Meaning) -> Iterator[int]:
    if isinstance(meaning, m.Point):
        yield meaning.period.year
    elif isinstance(meaning, m.Range):
        yield from _stated_years(meaning.low)
        yield from _stated_years(meaning.high)
    elif isinstance(meaning, (m.Section, m.Modified)):
        yield from _stated_years(meaning.inner)
    elif isinstance(meaning, m.Inside):
        yield from _stated_years(meaning.outer)
    elif isinstance(meaning, m.Timed) and meaning.day is not None:
        yield from _stated_years(meaning.day)


def _resolved(
    found: list[tuple[int, Node]], parsed: Parsed, narrative: bool
) -> Iterator[Expression]:
    article, doc, text = parsed.article, parsed.doc, parsed.text
    anchors = Anchors(article.published_date, narrative, article.country)
    years = _story_years(found, text) if narrative else {}
    for number, (sentence_no, node) in enumerate(found):
        anchors.story_year = years.get(number)
        anchors.tense = _lazily(tense_at, doc, node.start, node.end)
        anchors.named_country = _lazily(country_beside, text, node.start, node.end)
        told = anchors.reference
        anchors.sentence_date = None
        if told is not None and told[0] == number - 1:
            last_sentence, last_node = found[told[0]]
            if last_sentence == sentence_no and node.start - last_node.end <= BESIDE:
                anchors.sentence_date = told
        resolved = resolve(node.value, anchors)
        anchors.remember(number, node.value, resolved)
        end, rule = node.end, node.rule
        if node.rule == "length_after_event" and resolved.type == "DURATION":
            end, rule = node.parts[0].end, node.parts[0].rule  # nobody knows when the event was
        yield Expression(node.start, end, sentence_no, node.value, rule, resolved, node.parts)


def _story_years(found: list[tuple[int, Node]], text: str) -> dict[int, int]:
    paragraph, at, told = 0, 0, []
    for _, node in found:
        paragraph += "\n" in text[at : node.start]
        at = node.start
        told.append(Told(node.value, paragraph))
    return story_years(told)


def _lazily[T](function: Callable[..., T], *arguments: object) -> Callable[[], T]:
    known: list[T] = []

    def value() -> T:
        if not known:
            known.append(function(*arguments))
        return known[0]

    return value


def _tagger(doc: Doc) -> Callable[[int], str]:
    """The part-of-speech tag of the token at a character."""

    def tag(at: int) -> str:
        span = doc.char_span(at, at + 1, alignment_mode="expand")
        return span[0].tag_ if span is not None and len(span) else ""

    return tag
