"""What the text says of a figure: what it counts, of what, who says so, where, when, how sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from transforms.event_words import event_words_for
from transforms.events.en.harm import OVERRULING, PERSONAL
from transforms.events.en.sources import Source, reach
from transforms.events.en.statement import Statement
from transforms.events.en.when import Dated
from transforms.events.en.where import Placed
from transforms.events.frame import Frame
from transforms.events.scene import Scene
from transforms.figures.en.categories import noun_category
from transforms.figures.en.counted import (
    Counted,
    counted_by_relative,
    counted_by_subject,
    people_understood,
    read_counted,
    understood,
)
from transforms.figures.en.rates import each_time
from transforms.figures.en.subjects import Subject, Subjects, aged_noun, others
from transforms.figures.en.syntax import governing, root_of
from transforms.figures.en.tallied import counted_inside
from transforms.figures.en.tally import is_cumulative
from transforms.figures.en.written import match_rate
from transforms.figures.lexer import WORD, lower
from transforms.figures.quantity import Change, Figure, Quantity, Role
from transforms.figures.rules import Happened, Noun, Rule, Said, Scened, Written
from transforms.figures.units import Unit
from transforms.figures.view import View
from transforms.words import words
from warehouse.tables import HARMED

if TYPE_CHECKING:
    from spacy.tokens import Token

Rows = Sequence[Mapping[str, Any]]
#: Harm done to people and attacks: sentences of it near each other tell of one event.
EVENTFUL = HARMED | {"attacks"}
#: What goes on at the place of the sentence before, and what has no day.
CONTINUED = frozenset(["count", "area", "volume", "mass", "energy", "power", "speed"])
#: Measures of what may be harmed: burned 400 acres, spilled 30 tonnes.
_HARMABLE = frozenset(["area", "volume", "mass"])
_ARMS = frozenset(("troops", "munitions"))
#: What is told on from the day that a story's event was on.
_GOING_ON = (EVENTFUL | PERSONAL | {"places", "equipment", "munitions"}) - {"troops"}
TIMELESS = frozenset(("duration", "age"))
#: What measures a country's economy.
_NATIONAL = frozenset(("percent", "money", "ratio"))
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
    source: str | None
    source_entity: str | None
    place: str | None
    place_entity: str | None
    place_country: str | None
    date: Dated | None
    modality: str
    claim: Statement | None
    event: Frame | None
    cumulative: bool | None
    #: Whether it says in another unit what the figure before says.
    converts: bool
    rules: tuple[Rule, ...]


class Meanings:
    """Reads the figures of a page one after another: a later one may leave out what an earlier
    one counted."""

    def __init__(self, scene: Scene, figures: Sequence[Figure]) -> None:
        self._page = scene.view
        self._scene = scene
        self._subjects = Subjects(scene.view, figures)
        self._earlier: list[tuple[Quantity, Counted]] = []
        #: The country of the last that were counted by a phrase.
        self._owners: dict[str, str] = {}
        #: The figure before and what the text says of it.
        self._before: tuple[Figure, Meaning] | None = None
        #: What happened to them.
        self._happened: dict[str, str] = {}

    def read(self, figure: Figure) -> Meaning:
        """What the text says of a figure; to be asked in the order of the text."""
        view, scene = self._page, self._scene
        start, end = view.atoms[figure.first].start, view.atoms[figure.last - 1].end
        unit, counted, rules = self._counted(figure)
        token = counted.token if counted is not None else None
        token = token or others(view, figure) or root_of(view, figure)
        often = (
            each_time(scene, token.i) if unit.code == "1" and unit.dimension == "count" else None
        )
        if often is not None:
            unit, rules = unit.per(*often), (*rules, Written.RATE_OF_CLAUSE)
        subject = self._subjects.read(figure, counted)
        verb = governing(aged_noun(view, figure) or token)
        countable = unit.dimension == "count"
        if countable and (counted is None or counted.found == "antecedent"):
            told = counted_by_subject(view, subject, verb) or counted_inside(view, figure)
            counted = self._remembered(figure, told) or counted
        statement = scene.statements.at(start, end)
        source = statement.source if statement is not None else None
        if source is not None:
            rules = (*rules, Said(f"source_{source.rule}"))
        category = unit.dimension
        if countable:
            counted = self._fitting(figure, counted, token)
            category, rule = self._category(counted, token, subject)
            category = self._inherited(figure, counted, category)
            if self._before is not None and scene.sides.level_of(root_of(view, figure).i):
                category, counted = self._before[1].category, self._before[1].counted
            rules = (*rules, rule)
            if counted is None and category in PERSONAL:
                counted = self._remembered(figure, people_understood())
                self._inherited(figure, counted, category)
        at = token.i
        if counted is not None and counted.found == "of_phrase" and scene.is_known(at):
            at = root_of(view, figure).i  # three of the nine towers: where the three are
        whole = counted is not None and counted.found == "written" and scene.is_whole(token.i)
        whole = whole and category not in PERSONAL  # the crew of whom three died were there too
        asked = (at, token.i)
        date, place, scened = self._setting(figure, unit, category, source, asked, end, subject)
        if scened and countable and (scene.is_speaker(token.i) or scene.is_again(token.i)):
            date, place, scened = _of_sentence(date, place, scened)
        rules = (*rules, *scened)
        if whole and (scened or place is None or place.cost > 0.5):
            date, place, rules = None, None, rules[: len(rules) - len(scened)]
        happens = Happened.VERB in rules or Happened.TOLL in rules
        modality, _ = scene.modality(at, start, happens=happens)
        published = view.published
        later = published is not None and date is not None and date.start > published
        if figure.role is Role.FROM and modality in ("planned", "possible"):
            modality = "actual"  # it will rise to 70 from 55: the 55 is there
        ahead = later and date is not None and date.ahead and not scene.is_past(at)
        if modality == "actual" and ahead:
            modality = "planned"
        number = root_of(view, figure).i
        side = scene.side(counted, category, number)
        country = side[0] if side is not None else self._owner_before(counted, category)
        if counted is not None and country is not None:
            self._owners[counted.phrase] = country
        meaning = Meaning(
            unit=unit,
            counted=counted,
            subject=subject[0] if subject is not None else None,
            category=category,
            nationality=country,
            verb=verb,
            source=scene.tokens(source.first, source.last) if source is not None else None,
            source_entity=scene.entity_of(source) if source is not None else None,
            place=scene.text(place.phrase) if place is not None else None,
            place_entity=place.phrase.entity_id if place is not None else None,
            place_country=place.phrase.country if place is not None else None,
            date=date,
            modality=modality,
            claim=statement,
            event=scene.event_of(token.i, root_of(view, figure).i),
            cumulative=(
                self._cumulative(figure, unit, category, (number, token.i), date)
                if modality == "actual"
                else None
            ),
            converts=False,
            rules=rules,
        )
        if self._before is not None and _is_conversion(view, self._before[0], figure):
            meaning = _as_before(meaning, self._before[1])
        self._before = (figure, meaning)
        return meaning

    def _cumulative(
        self,
        figure: Figure,
        unit: Unit,
        category: str,
        at: tuple[int, int],
        date: Dated | None,
    ) -> bool | None:
        if unit.dimension not in ("count", "money"):
            return None
        happened = category in EVENTFUL
        return is_cumulative(self._scene, figure, *at, date, happened=happened)

    def _owner_before(self, counted: Counted | None, category: str) -> str | None:
        """The country of those that were counted before and are left out here."""
        if counted is None or counted.found != "antecedent" or category == "other":
            return None
        return self._owners.get(counted.phrase)

    def _setting(
        self,
        figure: Figure,
        unit: Unit,
        category: str,
        source: Source | None,
        at: tuple[int, int],
        end: int,
        subject: Subject | None,
    ) -> tuple[Dated | None, Placed | None, tuple[Rule, ...]]:
        """When and where a figure is, and the rules where another sentence says so.

        ``at`` are the tokens that are asked, the second where the first is part of a whole.
        """
        scene, rules = self._scene, tuple[Rule, ...]()
        countable = unit.dimension == "count"
        harm = category in EVENTFUL or (
            (unit.dimension in _HARMABLE or (countable and category not in _ARMS))
            and scene.is_harmed(at[0])
        )
        barred = reach(scene.tree, source) if source is not None else None
        start = self._page.atoms[figure.first].start
        place = None
        if unit.dimension != "age":  # of somebody, wherever
            place = scene.place(at[0], event=countable, start=start, end=end, barred=barred)
            if at[1] != at[0] and (place is None or place.cost > 1.0):
                place = scene.place(at[1], event=countable, start=start, end=end, barred=barred)
        date = None
        moves = figure.change is not Change.NONE
        if unit.dimension not in TIMELESS and (unit.dimension != "length" or moves):
            base = figure.role is Role.FROM
            date = scene.time(at[0], end=end, moves=moves, base=base, barred=barred)
        if date is None and countable and figure.role is not Role.FROM:
            date = scene.story.time(at[0], harm=harm, place=place)
            rules = (Scened.TIME,) if date is not None else rules
        if date is None and unit.dimension not in TIMELESS and figure.role is not Role.FROM:
            goes_on = moves or category in _GOING_ON
            date = scene.story.narrated(at[0], harm=not moves, goes_on=goes_on)
            rules = (Scened.TIME,) if date is not None else rules
        if (
            date is None
            and self._before is not None
            and _is_listed(self._page, self._before[0], figure)
        ):
            date = self._before[1].date  # pears (40 tonnes) and plums (12 tonnes)
        by = moves and figure.role is Role.NONE and category == "other"  # the points of an index
        if place is None and unit.dimension in _NATIONAL and self._is_national(at[0], subject):
            nation = scene.places.nation(at[0])
            place = Placed(nation, 2.0, "scene") if nation is not None else None
            rules = (*rules, Scened.NATION) if place is not None else rules
        if place is None and not by and unit.dimension != "age":
            place = scene.story.elsewhere(
                at[0],
                harm=harm,
                time=date,
                counted=countable or harm,
                goes_on=unit.dimension in CONTINUED,
                people=category in _GOING_ON,
                barred=barred,
            )
            rules = (*rules, Scened.PLACE) if place is not None else rules
        if countable:
            scene.story.tell(at[1], place, date, harm=harm)
        return date, place, rules

    def _is_national(self, at: int, subject: Subject | None) -> bool:
        """Whether a figure measures a country's economy: inflation, the trade deficit."""
        tree, told = self._scene.tree, words("figures.national")
        heads = [at, *tree.up(at)[1:4], *([subject[1].i] if subject is not None else [])]
        return any(
            (tree.lemma[i] in told and not tree.is_verb(i))
            or any(
                f"{tree.lower[c]} {tree.lemma[i]}" in told
                for c in tree.children[i]
                if tree.dep[c] in ("compound", "amod", "nmod")
            )
            for i in heads
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
            counted = counted or counted_by_relative(view, figure)
            if counted is None and not self._scene.in_body(root_of(view, figure).i):
                counted = understood(view, figure, self._earlier)
            counted = self._remembered(figure, counted)
        if counted is not None:
            rules = (*rules, Noun(f"counted_{counted.found}"))
        return rate or figure.unit, counted, rules

    def _inherited(self, figure: Figure, counted: Counted | None, category: str) -> str:
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

    def _fitting(self, figure: Figure, counted: Counted | None, token: Token) -> Counted | None:
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

    def _remembered(self, figure: Figure, counted: Counted | None) -> Counted | None:
        """The counted noun, which a later figure may leave out."""
        if counted is not None:
            self._earlier.append((figure, counted))
        return counted

    def _category(
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


def _is_conversion(view: View, before: Figure, figure: Figure) -> bool:
    """Whether a figure says in a bracket what the one before it is in another unit."""
    between = view.text[view.atoms[before.last - 1].end : view.atoms[figure.first].start].strip()
    measures = figure.unit.dimension == before.unit.dimension != "count"
    return measures and between in ("(", "[", ";", "/") and figure.unit.code != before.unit.code


def _is_listed(view: View, before: Figure, figure: Figure) -> bool:
    """Whether a figure and the one before it stand in brackets in one list."""
    atoms = view.atoms
    between = view.text[atoms[before.last - 1].end : atoms[figure.first].start]
    opens = lower(atoms, before.first - 1) == "(" == lower(atoms, figure.first - 1)
    return opens and between.startswith(")") and "." not in between


def _of_sentence(
    date: Dated | None, place: Placed | None, scened: tuple[Rule, ...]
) -> tuple[Dated | None, Placed | None, tuple[Rule, ...]]:
    """What the sentence itself says of when and where."""
    if Scened.TIME in scened:
        date = None
    if Scened.PLACE in scened or Scened.NATION in scened:
        place = None
    return date, place, ()


def _as_before(meaning: Meaning, before: Meaning) -> Meaning:
    """What a bracket says in another unit is said by, of and at the same."""
    return replace(
        meaning,
        subject=before.subject,
        verb=before.verb,
        source=before.source,
        source_entity=before.source_entity,
        place=before.place,
        place_entity=before.place_entity,
        place_country=before.place_country,
        date=before.date,
        modality=before.modality,
        claim=before.claim,
        event=before.event,
        cumulative=before.cumulative,
        converts=True,
        rules=(*(r for r in meaning.rules if r not in Scened), Scened.BRACKET),
    )


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
