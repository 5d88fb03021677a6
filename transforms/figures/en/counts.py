"""What the counts of a page count and what happened to it, one after another.

A later count may leave out what an earlier one counted, and be part of those to whom it happened.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.event_words import event_words_for
from transforms.events.en.harm import OVERRULING, PERSONAL
from transforms.events.scene import Scene
from transforms.figures.en.categories import noun_category
from transforms.figures.en.counted import Counted, read_counted
from transforms.figures.en.omitted import (
    counted_by_relative,
    counted_by_subject,
    people_understood,
    understood,
)
from transforms.figures.en.rates import rate_after_noun
from transforms.figures.en.subjects import Subject
from transforms.figures.en.syntax import root_of
from transforms.figures.en.tallied import counted_inside
from transforms.figures.lexer import lower
from transforms.figures.quantity import Figure, Quantity
from transforms.figures.rules import Happened, Noun, Rule, Written
from transforms.figures.units import Unit

if TYPE_CHECKING:
    from spacy.tokens import Token


class Counts:
    """The counts of a page so far; to be asked in the order of the text."""

    def __init__(self, scene: Scene) -> None:
        self._page = scene.view
        self._scene = scene
        self._earlier: list[tuple[Quantity, Counted]] = []
        #: The country of the last that were counted by a phrase.
        self._owners: dict[str, str] = {}
        #: What happened to them.
        self._happened: dict[str, str] = {}

    def counted(self, figure: Figure) -> tuple[Unit, Counted | None, tuple[Rule, ...]]:
        """The unit, a rate if one follows the noun; and of a count the noun, also one left out."""
        view, rules = self._page, tuple[Rule, ...]()
        countable = figure.unit.dimension == "count"
        counted = read_counted(view, figure) if countable else None
        rate = rate_after_noun(view, figure, counted)
        if rate is not None:
            rules = (Written.RATE_AFTER_NOUN,)
        if countable:
            counted = counted or counted_by_relative(view, figure)
            if counted is None and not self._scene.in_body(root_of(view, figure).i):
                counted = understood(view, figure, self._earlier)
            counted = self.remembered(figure, counted)
        if counted is not None:
            rules = (*rules, Noun(f"counted_{counted.found}"))
        return rate or figure.unit, counted, rules

    def by_subject(
        self, figure: Figure, subject: Subject | None, verb: Token | None
    ) -> Counted | None:
        """What the subject of a number that stands alone says is counted, or its own noun."""
        told = counted_by_subject(self._page, subject, verb) or counted_inside(self._page, figure)
        return self.remembered(figure, told)

    def people(self, figure: Figure, category: str) -> Counted | None:
        """The people whom a number that stands alone is understood to count."""
        counted = self.remembered(figure, people_understood())
        self.inherited(figure, counted, category)
        return counted

    def inherited(self, figure: Figure, counted: Counted | None, category: str) -> str:
        """Of part of those counted before, what happened to all of them: injured 20, four of them
        seriously."""
        if counted is None or category not in PERSONAL:
            return category
        atoms = self._page.atoms
        part = (lower(atoms, figure.last), lower(atoms, figure.last + 1))
        left_out = counted.found == "antecedent" and category == "people"
        before = self._happened.get(counted.phrase, category)
        unnamed = left_out and noun_category(counted, self._page) == "people"
        if unnamed and before == "troops":
            return before  # the contingent grew to 610; another has 340
        among = figure.first > 0 and lower(atoms, figure.first - 1) == "including"
        those = part[0] == "of" and part[1] in ("them", "whom", "these", "those")
        if left_out and (those or among):
            return before
        self._happened[counted.phrase] = category
        return category

    def fitting(self, figure: Figure, counted: Counted | None, token: Token) -> Counted | None:
        """The noun that is left out, as the verb asks for it: people escape and are wounded."""
        if counted is None or counted.found != "antecedent":
            return counted
        if noun_category(counted, self._page) in PERSONAL:
            return counted
        if self._scene.happened(token.i) not in PERSONAL - {"casualties"}:  # things are lost too
            return counted
        no = self._page.sentence_no(self._page.atoms[figure.first].start)
        for other, earlier in reversed(self._earlier[-8:]):
            there = self._page.sentence_no(self._page.atoms[other.first].start)
            if no - there > 2:
                break
            if earlier.found != "hyphen" and noun_category(earlier, self._page) in PERSONAL:
                return replace(earlier, token=None, found="antecedent", state=None)
        return people_understood()

    def remembered(self, figure: Figure, counted: Counted | None) -> Counted | None:
        """The counted noun, which a later figure may leave out."""
        if counted is not None:
            self._earlier.append((figure, counted))
        return counted

    def owner_before(self, counted: Counted | None, category: str) -> str | None:
        """The country of those that were counted before and are left out here."""
        if counted is None or counted.found != "antecedent" or category == "other":
            return None
        return self._owners.get(counted.phrase)

    def owned(self, counted: Counted | None, country: str | None) -> None:
        """Keeps the country of the counted for those that leave them out."""
        if counted is not None and country is not None:
            self._owners[counted.phrase] = country

    def category(
        self, counted: Counted | None, token: Token, subject: Subject | None
    ) -> tuple[str, Happened]:
        """What happened to the counted, and what tells it."""
        toll = subject is not None and subject[1].lemma_ in event_words_for("noun", "toll")
        if toll and subject is not None and not self._scene.below(token.i, subject[1].i):
            said = self._scene.happened(token.i)  # the toll stands at 12 dead and 30 injured
            return said if said in OVERRULING else "killed", Happened.TOLL
        if counted is not None and counted.found == "number_of" and counted.token is not None:
            token = counted.token
        state = counted.state if counted is not None else None
        if state is not None:  # four of the wounded died
            died = self._scene.happened(token.i) == "killed"
            return ("killed", Happened.VERB) if died else (state, Happened.STATE)
        noun = noun_category(counted, self._page) if counted is not None else ""
        if counted is not None and counted.found == "antecedent" and noun in OVERRULING:
            found = self._scene.happened(token.i)
            if found in OVERRULING:
                return found, Happened.VERB  # seven fatalities ...; four were missing
        if counted is not None and counted.found == "written" and self._scene.is_whole(token.i):
            return noun, Happened.NOUN  # three of her five children died: the five
        category, rule = self._scene.category(token.i, noun)
        return category, Happened(rule)
