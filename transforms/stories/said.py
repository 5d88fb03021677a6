"""What an article says in numbers, days and names, so that two carriers of a story can be compared.

Two carriers say the same if they state the same figures (value, unit, category, the words of the
span) and the same dates. A carrier is a follow-up and another story if it states another toll, or
if most of the numbers, or of the names, that both have at the same place of their texts differ: the
market report of the next day, the same greeting to another minister. What is at the same place is
told by the words around it.
"""

from __future__ import annotations

import json
import operator
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from transforms.identity import digest
from transforms.stories.sketch import words
from warehouse.tables import DATES, FIGURES, HARMED, MENTIONS, Row

#: Words on each side of a figure by which its place is known, and how many of them two figures
#: at the same place have in common at least.
_AROUND = 3
_IN_COMMON = 3
#: Characters that hold these words in nearly any text.
_REACH = 60
#: The sentences that state the news: a toll is another one also where they were rewritten.
_LEAD = 3

#: The number that is stated, both ends of a range, or the words of a name.
Value = tuple[float | str, ...]
#: Whose names are compared: those of places stand in too many other news of the same day.
_NAMED = frozenset({"PERSON", "ORG"})


@dataclass(frozen=True, slots=True)
class Slot:
    """A number or a name at its place: what kind of thing it counts, and the words around it.

    ``toll``: it counts people to whom something happened; ``lead``: it stands in the first three
    sentences.
    """

    kind: str
    value: Value
    toll: bool
    lead: bool
    before: frozenset[str]
    after: frozenset[str]

    def at_the_place_of(self, other: Slot) -> bool:
        """Whether both stand between much the same words, and are of one kind."""
        if self.kind != other.kind:
            return False
        shared = len(self.before & other.before) + len(self.after & other.after)
        return shared >= _IN_COMMON


@dataclass(frozen=True, slots=True)
class Said:
    """``says_id`` is equal for texts that state the same figures and dates."""

    says_id: str
    slots: tuple[Slot, ...]

    def to_json(self) -> str:
        """As :func:`from_json` reads it."""
        return json.dumps(
            [
                self.says_id,
                *(
                    [s.kind, s.value, s.toll, s.lead, sorted(s.before), sorted(s.after)]
                    for s in self.slots
                ),
            ],
            ensure_ascii=False,
            separators=(",", ":"),
        )


def from_json(text: str) -> Said:
    """What :meth:`Said.to_json` wrote."""
    says_id, *slots = json.loads(text)
    return Said(
        says_id,
        tuple(
            Slot(kind, tuple(value), toll, lead, frozenset(before), frozenset(after))
            for kind, value, toll, lead, before, after in slots
        ),
    )


def said(text: str, rows: Mapping[str, Sequence[Row]]) -> Said:
    """What an article's rows, by table, say, as its readers made them: a correction changes no
    story."""
    figures = rows.get(FIGURES.name, ())
    numbers = sorted(content(row) for row in figures)
    days = sorted(f"{row['type']} {row['value']} {row['mod']}" for row in rows.get(DATES.name, ()))
    slots = [_number(text, row) for row in figures if row["value"] is not None]
    slots += _names(text, rows.get(MENTIONS.name, ()))
    return Said(digest("says", *numbers, "dates", *days), tuple(slots))


def content(row: Row) -> str:
    """What a figure says: equal for the same value, unit, category and words, and for the same
    thing counted where that is of no category."""
    what = row["counted_head"] if row["category"] == "other" else row["category"]
    numbers = " ".join(repr(row[name]) for name in ("value", "value_low", "value_high"))
    return f"{numbers} {row['unit']} {what} {' '.join(words(row['surface']))}"


def together(one: Said, other: Said) -> Said:
    """What one says and what the other says beyond it."""
    known = _values(one)
    more = tuple(slot for slot in other.slots if (slot.kind, slot.value) not in known)
    return Said(one.says_id, one.slots + more) if more else one


def is_follow_up(earlier: Said, later: Said) -> bool:
    """Whether the later is a follow-up: it states a toll that the earlier does not, where that
    states one, or most of the numbers, or of the names, at the places of both differ."""
    known = _values(earlier)
    numbers: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for slot in later.slots:
        there = [other for other in earlier.slots if slot.at_the_place_of(other)]
        if not there:
            continue
        found, same = (names, _one_name) if slot.kind in _NAMED else (numbers, operator.eq)
        if any(same(other.value, slot.value) for other in there):
            found["same"] += 1
        elif (slot.kind, slot.value) not in known:
            if slot.toll:
                return True
            found["other"] += 1
    differ = any(found["other"] > found["same"] for found in (numbers, names))
    return differ or _lead_differs(earlier.slots, later.slots, known)


def _one_name(one: Value, other: Value) -> bool:
    """Whether two names share half the words of the shorter: one that was cut short, or in which a
    word is wrong, is no other name."""
    return 2 * len(set(one) & set(other)) >= min(len(one), len(other))


def _values(said: Said) -> set[tuple[str, Value]]:
    return {(slot.kind, slot.value) for slot in said.slots}


def _lead_differs(
    earlier: Sequence[Slot], later: Sequence[Slot], known: set[tuple[str, Value]]
) -> bool:
    """Whether the later begins with a toll that the earlier does not state, and that is more than a
    part of the earlier's: "two of the dead were of this town" is the addition of a local paper."""
    first, news = _lead_tolls(earlier), _lead_tolls(later)
    still = {(slot.kind, slot.value) for slot in later}
    return any(
        kind in first
        and (kind, slot.value) not in known
        and (slot.value > first[kind].value or (kind, first[kind].value) not in still)
        for kind, slot in news.items()
    )


def _lead_tolls(slots: Sequence[Slot]) -> dict[str, Slot]:
    """By kind the first toll of the lead."""
    found: dict[str, Slot] = {}
    for slot in slots:
        if slot.toll and slot.lead:
            found.setdefault(slot.kind, slot)
    return found


def _value(row: Row) -> Value:
    """Without what is put before it: a copy that lost "at least" states no other number."""
    if row["qualifier"] == "between":
        return row["value_low"], row["value_high"]
    return (row["value"],)


def _number(text: str, row: Row) -> Slot:
    counted = row["unit_type"] == "count"
    # "rose to 17" states a toll, "rose by 3" does not
    level = row["change"] == "none" or row["cumulative"] is True
    toll = counted and row["category"] in HARMED and level
    kind = f"{row['unit']} {row['category']}"
    if counted and not toll:
        kind += f" {row['counted_head']}"
    return Slot(kind, _value(row), toll, row["sentence_no"] < _LEAD, *_around(text, row))


def _names(text: str, mentions: Iterable[Row]) -> Iterator[Slot]:
    """The persons and organisations, each where it is named first."""
    met: set[str] = set()
    for row in mentions:
        if row["entity_type"] in _NAMED and row["entity_id"] not in met:
            met.add(row["entity_id"])
            name = tuple(words(row["surface"]))
            yield Slot(
                row["entity_type"], name, False, row["sentence_no"] < _LEAD, *_around(text, row)
            )


def _around(text: str, row: Row) -> tuple[frozenset[str], frozenset[str]]:
    start, end = row["char_start"], row["char_end"]
    before = words(text[max(0, start - _REACH) : start])[-_AROUND:]
    return frozenset(before), frozenset(words(text[end : end + _REACH])[:_AROUND])
