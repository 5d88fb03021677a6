"""What the text says of a figure: what it counts, of what, who says so, where, when, how sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from transforms.events.en.harm import PERSONAL
from transforms.events.en.sources import Source, reach
from transforms.events.en.statement import Statement
from transforms.events.en.when import Dated
from transforms.events.en.where import Placed
from transforms.events.frame import Frame
from transforms.events.scene import Scene
from transforms.figures.en.counted import Counted
from transforms.figures.en.counts import Counts
from transforms.figures.en.rates import each_time
from transforms.figures.en.subjects import Subject, Subjects, aged_noun, others
from transforms.figures.en.syntax import governing, root_of
from transforms.figures.en.tally import is_cumulative
from transforms.figures.lexer import lower
from transforms.figures.quantity import Change, Figure, Role
from transforms.figures.rules import Happened, Rule, Said, Scened, Written
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
        self._counts = Counts(scene)
        #: The figure before and what the text says of it.
        self._before: tuple[Figure, Meaning] | None = None

    def read(self, figure: Figure) -> Meaning:
        """What the text says of a figure; to be asked in the order of the text."""
        view, scene = self._page, self._scene
        start, end = view.atoms[figure.first].start, view.atoms[figure.last - 1].end
        unit, counted, rules = self._counts.counted(figure)
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
            counted = self._counts.by_subject(figure, subject, verb) or counted
        statement = scene.statements.at(start, end)
        source = statement.source if statement is not None else None
        if source is not None:
            rules = (*rules, Said(f"source_{source.rule}"))
        category = unit.dimension
        if countable:
            counted = self._counts.fitting(figure, counted, token)
            category, rule = self._counts.category(counted, token, subject)
            category = self._counts.inherited(figure, counted, category)
            if self._before is not None and scene.sides.level_of(root_of(view, figure).i):
                category, counted = self._before[1].category, self._before[1].counted
            rules = (*rules, rule)
            if counted is None and category in PERSONAL:
                counted = self._counts.people(figure, category)
        at = token.i
        if counted is not None and counted.found == "of_phrase" and scene.is_known(at):
            at = root_of(view, figure).i  # three of the nine towers: where the three are
        whole = counted is not None and counted.found == "written" and scene.is_whole(token.i)
        whole = whole and category not in PERSONAL  # the crew of whom three died were there too
        asked = (at, token.i)
        again = counted is not None and counted.found == "antecedent"
        date, place, scened = self._setting(
            figure, unit, category, source, asked, end, subject, again=again
        )
        if scened and countable and (scene.is_speaker(token.i) or scene.is_again(token.i)):
            date, place, scened = _of_sentence(date, place, scened)
        rules = (*rules, *scened)
        if whole and (scened or place is None or place.cost > 0.5):
            date, place, rules = None, None, rules[: len(rules) - len(scened)]
        happens = Happened.VERB in rules or Happened.TOLL in rules
        modality, _ = scene.modality(at, start, happens=happens)
        published = view.published
        later = published is not None and date is not None and date.start > published
        if unit.dimension == "age" and "-" in view.text[start:end]:
            modality = "actual"  # a 19-year-old cook will run: he is 19
        if figure.role is Role.FROM and modality in ("planned", "possible"):
            modality = "actual"  # it will rise to 70 from 55: the 55 is there
        ahead = later and date is not None and date.ahead and not scene.is_past(at)
        ahead = ahead and not scene.is_done(at)
        if modality == "actual" and ahead:
            modality = "planned"
        number = root_of(view, figure).i
        side = scene.side(counted, category, number)
        country = side[0] if side is not None else self._counts.owner_before(counted, category)
        self._counts.owned(counted, country)
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

    def _setting(
        self,
        figure: Figure,
        unit: Unit,
        category: str,
        source: Source | None,
        at: tuple[int, int],
        end: int,
        subject: Subject | None,
        *,
        again: bool,
    ) -> tuple[Dated | None, Placed | None, tuple[Rule, ...]]:
        """When and where a figure is, and the rules where another sentence says so.

        ``at`` are the tokens that are asked, the second where the first is part of a whole;
        ``again`` tells that what is counted is understood from a number before.
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
            first = self._opens(start)
            date = scene.story.narrated(at[0], harm=not moves, goes_on=goes_on, first=first)
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
        settled = scene.is_of_nations(at[0]) or scene.is_everywhere(at[0])
        if place is None and not by and not settled and unit.dimension not in TIMELESS:
            place = scene.story.elsewhere(
                at[0],
                harm=harm,
                time=date,
                counted=countable or harm,
                goes_on=unit.dimension in CONTINUED,
                people=category in _GOING_ON,
                barred=barred,
                again=again,
            )
            rules = (*rules, Scened.PLACE) if place is not None else rules
        if countable:
            scene.story.tell(at[1], place, date, harm=harm)
        return date, place, rules

    def _opens(self, start: int) -> int:
        """The sentence in which the quotation opens that a character stands in; else the first."""
        said = self._scene.statements.at(start, start + 1)
        if said is None or not said.quoted:
            return 0
        return self._scene.tree.sent[self._scene.tree.at(said.start)]

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
