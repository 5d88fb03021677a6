"""Names read with everything that was considered: the evidence, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from transforms.considered import LeftOut
from transforms.entities.candidate import Candidate
from transforms.entities.entity import Entity
from transforms.entities.manual import MapEvidenceName, RuleName, VerdictName
from transforms.entities.place import LEVELS
from transforms.entities.read import found_in, rows_of
from transforms.entities.scores import Evidence
from transforms.entities.trace import Refusal, Trace, Weighing
from transforms.model import Parsed
from warehouse.tables import Row


@dataclass(frozen=True, slots=True)
class PlaceConsidered:
    """A place on the map that a name may mean.

    ``level`` is country, region, county or city; ``country`` ISO 3166-1 alpha-3; ``score`` the
    sum of the weights of ``evidence`` (see ``manual.MAP_EVIDENCE``), in log-odds; ``verdict`` one
    of ``manual.VERDICTS``.
    """

    geonames_id: int
    name: str
    level: str
    country: str
    score: float
    evidence: Mapping[MapEvidenceName, float]
    verdict: VerdictName


@dataclass(frozen=True, slots=True)
class NameConsidered:
    """Characters ``start`` to ``end`` that may be a name, whether they have a row or not.

    ``rule`` says how the span was found; ``kind`` is the kind decided, "" if it came to none;
    ``scores`` is what speaks for each kind of the name over the whole article, in log-odds.
    ``evidence`` is what stands at this mention; ``together`` what is true of the name, with all
    mentions as one piece: its weights add up to the scores. ``entity_id`` is None and
    ``left_out`` says why where the span has no row. ``places`` are those on the map that the
    name may mean, the likeliest first; empty where none was weighed.
    """

    start: int
    end: int
    text: str
    rule: RuleName
    kind: str
    scores: Mapping[str, float]
    evidence: tuple[Evidence, ...]
    together: tuple[Evidence, ...]
    entity_id: str | None
    left_out: LeftOut | None
    places: tuple[PlaceConsidered, ...]


@dataclass(frozen=True, slots=True)
class EntityStudy:
    """The rows of mentions and entities, and every span that was considered, in text order."""

    mentions: list[Row]
    entities: list[Row]
    considered: tuple[NameConsidered, ...]

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What was considered and has no row."""
        return tuple(one.left_out for one in self.considered if one.left_out is not None)


def study_entities(parsed: Parsed) -> EntityStudy:
    """The same rows as ``read_entities``, with what was considered."""
    trace = Trace()
    found = found_in(parsed, trace)
    considered = [*_taken(found, trace), *_left(trace)]
    considered.sort(key=lambda one: (one.start, one.end, one.left_out is not None, one.rule))
    mentions, entities = rows_of(parsed, found)
    return EntityStudy(mentions, entities, tuple(considered))


def _taken(found: list[Entity], trace: Trace) -> Iterator[NameConsidered]:
    for entity in found:
        entity_id = entity.entity_id
        for item in entity.items:
            places = tuple(_places(trace.places.get(id(item)), entity))
            yield _considered(item, trace, entity.kind, entity_id, None, places)


def _left(trace: Trace) -> Iterator[NameConsidered]:
    for item, refusal in trace.left:
        yield _considered(item, trace, item.kind, None, refusal, ())


def _considered(
    item: Candidate,
    trace: Trace,
    kind: str,
    entity_id: str | None,
    refusal: Refusal | None,
    places: tuple[PlaceConsidered, ...],
) -> NameConsidered:
    name = trace.names.get(id(item))
    left_out = None
    if refusal is not None:
        left_out = LeftOut("entities", item.start, item.end, refusal.reason, refusal.detail)
    return NameConsidered(
        item.start,
        item.end,
        item.text,
        item.rule,
        kind,
        dict(name.scores) if name is not None else {},
        item.evidence.pieces,
        name.scores.pieces if name is not None else (),
        entity_id,
        left_out,
        places,
    )


def _places(weighing: Weighing | None, entity: Entity) -> Iterator[PlaceConsidered]:
    if weighing is None:
        return
    told = weighing.toponym.told or {}
    runner_up = entity.runner_up.geonames_id if entity.runner_up is not None else None
    for number, (score, place) in enumerate(weighing.toponym.options):
        verdict: VerdictName = "less"
        if number == 0:
            verdict = weighing.verdict
        elif place.geonames_id == runner_up:
            verdict = "runner_up"
        yield PlaceConsidered(
            place.geonames_id,
            place.name,
            LEVELS[place.level],
            place.country,
            score,
            dict(told.get(place.geonames_id, {})),
            verdict,
        )
