"""What the text says of a figure: what it counts, of what, who says so, where, when, how sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from transforms.event_words import event_words_for
from transforms.figures.en.categories import PERSONAL, read_category
from transforms.figures.en.claims import Claims, Source, read_modality
from transforms.figures.en.counted import (
    Counted,
    counted_by_subject,
    people_understood,
    read_counted,
    understood,
)
from transforms.figures.en.setting import AsOf, Place, Setting
from transforms.figures.en.subjects import Subject, Subjects, aged_noun, others
from transforms.figures.en.syntax import governing, root_of
from transforms.figures.en.written import match_rate
from transforms.figures.lexer import WORD, lower
from transforms.figures.quantity import Change, Figure, Quantity
from transforms.figures.rules import Happened, Noun, Rule, Said, Written
from transforms.figures.units import Unit
from transforms.figures.view import View

if TYPE_CHECKING:
    from spacy.tokens import Token

Rows = Sequence[Mapping[str, Any]]
_RATED = frozenset(("count", "mass", "volume", "length", "area", "energy", "data", "money"))
#: Codes of what a rate after its noun may be over: a time.
_PERIODS = frozenset(("s", "min", "h", "d", "{night}", "wk", "mo", "{quarter}", "a"))


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the text says of one figure, and the rules that found it."""

    unit: Unit
    counted: Counted | None
    subject: str | None
    category: str
    nationality: str | None
    verb: Token | None
    source: Source | None
    source_entity: str | None
    place: Place | None
    date: AsOf | None
    modality: str
    rules: tuple[Rule, ...]


class Meanings:
    """Reads the figures of a page one after another: a later one may leave out what an earlier
    one counted."""

    def __init__(
        self, view: View, figures: Sequence[Figure], dates: Rows, mentions: Rows, entities: Rows
    ) -> None:
        self._page = view
        self._claims = Claims(view)
        self._setting = Setting(view, dates, mentions, entities)
        self._subjects = Subjects(view, figures)
        self._earlier: list[tuple[Quantity, Counted]] = []

    def read(self, figure: Figure) -> Meaning:
        """What the text says of a figure; to be asked in the order of the text."""
        view, setting = self._page, self._setting
        start, end = view.atoms[figure.first].start, view.atoms[figure.last - 1].end
        unit, counted, rules = self._counted(figure)
        token = counted.token if counted is not None else None
        token = token or others(view, figure) or root_of(view, figure)
        subject = self._subjects.read(figure, counted)
        verb = governing(aged_noun(view, figure) or token)
        countable = unit.dimension == "count"
        if countable and (counted is None or counted.found == "antecedent"):
            told = counted_by_subject(view, subject, verb)
            counted = self._remembered(figure, told) or counted
        source = self._claims.source(token, start, end)
        if source is not None:
            rules = (*rules, Said(f"source_{source.rule}"))
        category = unit.dimension
        if countable:
            category, rule = self._category(counted, token, subject)
            rules = (*rules, rule)
            if counted is None and category in PERSONAL:
                counted = self._remembered(figure, people_understood())
        sentence = view.sentence(start)
        return Meaning(
            unit=unit,
            counted=counted,
            subject=subject[0] if subject is not None else None,
            category=category,
            nationality=setting.nationality(counted, start, end),
            verb=verb,
            source=source,
            source_entity=self._source_entity(source),
            place=setting.place(token, sentence, source),
            date=setting.as_of(token, sentence, end, moves=figure.change is not Change.NONE),
            modality=read_modality(token),
            rules=rules,
        )

    def _counted(self, figure: Figure) -> tuple[Unit, Counted | None, tuple[Rule, ...]]:
        """The unit, a rate if one follows the noun; and of a count the noun, also one left out."""
        view, rules = self._page, tuple[Rule, ...]()
        countable = figure.unit.dimension == "count"
        counted = read_counted(view, figure) if countable else None
        rate = _rate_after_noun(view, figure, counted)
        if rate is not None:
            rules = (Written.RATE_AFTER_NOUN,)
        if countable:
            counted = self._remembered(figure, counted or understood(view, figure, self._earlier))
        if counted is not None:
            rules = (*rules, Noun(f"counted_{counted.found}"))
        return rate or figure.unit, counted, rules

    def _remembered(self, figure: Figure, counted: Counted | None) -> Counted | None:
        """The counted noun, which a later figure may leave out."""
        if counted is not None:
            self._earlier.append((figure, counted))
        return counted

    def _category(
        self, counted: Counted | None, token: Token, subject: Subject | None
    ) -> tuple[str, Happened]:
        """What happened to the counted, and what tells it."""
        if subject is not None and subject[1].lemma_ in event_words_for("noun", "toll"):
            return "killed", Happened.TOLL
        if counted is not None and counted.found == "number_of" and counted.token is not None:
            token = counted.token
        category, rule = read_category(self._page, counted, token)
        return category, Happened(rule)

    def _source_entity(self, source: Source | None) -> str | None:
        if source is None:
            return None
        first, last = (self._page.doc[i] for i in source.span)
        return self._setting.entity_of(first.idx, last.idx + len(last), source.head.idx)


def _rate_after_noun(view: View, figure: Figure, counted: Counted | None) -> Unit | None:
    """The rate that is written after the noun: 40,000 tonnes of steel a year, 300 tests per day."""
    if figure.rated or figure.unit.dimension not in _RATED:
        return None
    i = _after_noun(view, figure, counted)
    rate = match_rate(view.atoms, i) if i is not None and i < len(view.atoms) else None
    if rate is None or rate[0] not in _PERIODS:
        return None
    return figure.unit.per(rate[0], rate[1])


def _after_noun(view: View, figure: Figure, counted: Counted | None) -> int | None:
    """The atom after the counted noun, or after what a measure is of."""
    if counted is not None and counted.token is not None:
        end = counted.token.idx + len(counted.token)
        atoms = range(figure.last, len(view.atoms))
        return next((n for n in atoms if view.atoms[n].start >= end), None)
    if figure.unit.dimension == "count" or lower(view.atoms, figure.last) != "of":
        return None
    i = figure.last + 1
    while i < figure.last + 4 and i < len(view.atoms) and view.atoms[i].kind == WORD:
        if view.atoms[i].lower in ("a", "an", "per"):
            break
        i += 1
    return i
