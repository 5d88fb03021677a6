"""How often what a rule decided was right, counted rule by rule beside a gold.

A rule is judged by what it decides: one that reads a number by the value, one that finds a place by
the place. A cell of ``rule`` may hold several names, joined by ``+``: each counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.events_score import Passage, answers, reading, same_phrase
from transforms.figures.rules import STEPS, Scened

Json = dict[str, Any]
Key = tuple[str, str]
Span = tuple[int, int]
#: Rows by table and id.
Tables = Mapping[str, Mapping[str, Json]]

#: The column that a step of the reader of figures decides; the number's steps decide the value.
_DECIDES = {
    **dict.fromkeys(("number", "amount", "joined", "qualifier"), "value"),
    "change": "change",
    "unit": "unit_type",
    "counted": "counted_head",
    "source": "attributed_to",
    "category": "category",
}
_PLACE, _TIME = "place", "as_of"
_STEP_OF = {str(rule): step for step, rules in STEPS.items() for rule in rules}
#: Names that tell where a figure is not with its event.
_APART = {"event_elsewhere": _PLACE, "event_another_time": _TIME}


@dataclass
class Counts:
    """By reader and rule, how often it was seen and how often right."""

    seen: dict[Key, int] = field(default_factory=dict)
    right: dict[Key, int] = field(default_factory=dict)

    def add(self, reader: str, rule: str, right: bool) -> None:
        key = reader, rule
        self.seen[key] = self.seen.get(key, 0) + 1
        self.right[key] = self.right.get(key, 0) + right

    def __add__(self, other: Counts) -> Counts:
        return Counts(_sum(self.seen, other.seen), _sum(self.right, other.right))


def _sum(one: Mapping[Key, int], other: Mapping[Key, int]) -> dict[Key, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in {**one, **other}}


def names(row: Json) -> list[str]:
    """The names in a row's cell of rules."""
    return [name for name in (row["rule"] or "").split("+") if name]


def decided(rule: str) -> str | None:
    """The column of figures that a rule decides, ``value`` where it reads the number itself."""
    if rule in _APART:
        return _APART[rule]
    step = _STEP_OF.get(rule)
    if step == "scene":
        return _TIME if rule == Scened.TIME else _PLACE
    return _DECIDES.get(step or "")


def figures(passages: Iterable[Passage], tables: Tables) -> Counts:
    """Of figures beside a gold, and of the events and claims that they point at.

    ``tables`` holds the rows of ``events`` and ``claims`` by id. An event is judged by the figures
    that count what happened in it, a claim by those it states.
    """
    counts = Counts()
    for passage in passages:
        for row in passage.extra:
            for rule in names(row):
                if decided(rule) == "value":
                    counts.add("figures", rule, False)
        for verdict in passage.verdicts:
            if verdict.got is None:
                continue
            for reader, rule, column in _deciding(verdict.got, tables):
                if column == "value" or column in verdict.want or column == _TIME:
                    right = column == "value" or _is_right(verdict.want, verdict.got, column)
                    counts.add(reader, rule, right)
    return counts


def _deciding(row: Json, tables: Tables) -> Iterator[tuple[str, str, str]]:
    """Reader, rule and column of each rule that decided one in a figure."""
    own = names(row)
    for rule in own:
        column = decided(rule)
        if column is not None:
            yield "figures", rule, column
    event = tables["events"].get(row["event_id"] or "")
    apart = {_APART.get(rule) for rule in own}
    for rule in names(event) if event else ():
        kind = rule.partition("_")[0]
        column = {"place": _PLACE, "time": _TIME}.get(kind, "category")
        if column not in apart:
            yield "events", rule, column
    claim = tables["claims"].get(row["claim_id"] or "")
    for rule in names(claim) if claim else ():
        yield "claims", rule, "attributed_to"


def _is_right(want: Json, got: Json, column: str) -> bool:
    wanted, read = answers(want, column), reading(got, column)
    if column == _TIME:
        return all(end in ends for end, ends in zip(read, wanted, strict=True))
    if column in ("place", "attributed_to", "counted_head"):
        return any(same_phrase(one, read) for one in wanted)
    return read in wanted


def claims(gold: Sequence[Json], rows: Sequence[Json]) -> Counts:
    """Of the claims of one text: right if a gold one has half of both in common, and its speaker.

    Gold: ``start``, ``end`` and ``speakers``, the answers that are right. A row over one that is
    ``optional`` is not counted.
    """
    counts = Counts()
    for row in rows:
        near = [want for want in gold if _half(want, row)]
        if any(want["optional"] for want in near):
            continue
        told = any(same_phrase(one, row["speaker"]) for want in near for one in want["speakers"])
        for rule in names(row):
            counts.add("claims", rule, told)
    return counts


def _half(want: Json, row: Json) -> bool:
    starts, ends = (want["start"], row["char_start"]), (want["end"], row["char_end"])
    common = min(ends) - max(starts)
    return bool(2 * common >= max(ends) - min(starts))


def spans(reader: str, gold: Mapping[Span, str], rows: Iterable[tuple[Json, Span, str]]) -> Counts:
    """Of spans of a kind: right where the gold has the same span with that kind."""
    counts = Counts()
    for row, span, kind in rows:
        for rule in names(row):
            counts.add(reader, rule, gold.get(span) == kind)
    return counts


def dates(gold: Sequence[Json], rows: Sequence[Json], *, all_rows: bool) -> Counts:
    """Of the expressions of one text: right if a gold one overlaps with the same days or value.

    Gold: ``start``, ``end``, ``value`` and ``days`` (first and last, or None). Without ``all_rows``
    an expression where the gold has none is not counted: what is annotated is a convention.
    """
    counts = Counts()
    for row in rows:
        over = [g for g in gold if g["start"] < row["char_end"] and row["char_start"] < g["end"]]
        if not over and not all_rows:
            continue
        days = [str(row[end])[:10] if row[end] else None for end in ("date_start", "date_end")]
        told = [g["days"] for g in sorted(over, key=lambda g: int(g["start"])) if g["days"]]
        whole = [*told, (told[0][0], told[-1][1])] if told else []  # each end of a range is one
        same = any(g["value"] is not None and g["value"] == row["value"] for g in over)
        right = same or any(list(one) == days for one in whole)
        for rule in names(row):
            counts.add("dates", rule, right)
    return counts
