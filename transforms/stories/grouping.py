"""From the texts that resemble each other to stories: who carries which, whose is the original.

Everything here follows from the set of texts alone, never from the order in which they came:

- Texts are of one *family* if a chain of pairs leads from one to the other, each pair with a band
  in common, alike enough and near enough in time.
- Within a family the pairs are joined, the most alike first, into *stories*; two stories are not
  joined if one of the pair, or one of their originals, or all that the one says together, is a
  follow-up of the other (:func:`transforms.stories.said.is_follow_up`): a text that lost its toll
  resembles the one before and the one after.
- A story is named after its *original*: the earliest publication (undated ones last).
- Of the texts of a story that say the same (the same figures and dates, and half of the shingles
  at least) the earliest is the original, the others are duplicates.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from transforms.stories.rules import Rules
from transforms.stories.said import Said, is_follow_up, together
from transforms.stories.sketch import bands, similarity, stacked

#: The least resemblance of a duplicate: one that shares less says more than its figures and dates.
DUPLICATE = 0.5


Order = tuple[bool, dt.datetime, str]


def order_of(published_at: dt.datetime | None, article_id: str) -> Order:
    """The order of publication: the earliest first, undated ones last, then by id."""
    return (published_at is None, published_at or dt.datetime.min, article_id)


@dataclass(frozen=True, slots=True)
class Teller:
    """A text, known by the article that publishes it first, and what it says (None: not read)."""

    article_id: str
    published_at: dt.datetime | None
    signature: bytes
    said: Said | None = None

    @property
    def order(self) -> Order:
        """As :func:`order_of` gives it."""
        return order_of(self.published_at, self.article_id)


@dataclass(frozen=True, slots=True)
class Place:
    """A text's place: its family, its story, how alike it is to the story's original (None for
    the original itself), and the text that says the same before it."""

    family_id: str
    story_id: str
    similarity: float | None
    same_as: str | None


@dataclass(frozen=True, slots=True)
class Grouped:
    """The place of each text, or, if any, the texts that have to be read before that is known."""

    places: Mapping[str, Place]
    unsaid: tuple[str, ...] = ()


def grouped(tellers: Iterable[Teller], rules: Rules) -> Grouped:
    """The stories of texts that are complete: for each, all that are of its family."""
    every = {teller.article_id: teller for teller in tellers}
    places: dict[str, Place] = {}
    unsaid: list[str] = []
    for family in families(list(every.values()), rules):
        if len(family) > 1 and (silent := [t.article_id for t in family if t.said is None]):
            unsaid += silent
            continue
        family_id = family[0].article_id  # what comes later changes nothing of what stands
        for story in _stories(family, rules):
            places |= _places(story, family_id)
    return Grouped(places, tuple(sorted(unsaid)))


def families(tellers: Sequence[Teller], rules: Rules) -> list[list[Teller]]:
    """The texts by family, each in the order of publication."""
    ordered = sorted(tellers, key=lambda teller: teller.order)
    parts = _Parts(len(ordered))
    buckets: dict[int, list[int]] = defaultdict(list)
    for number, teller in enumerate(ordered):
        for band in bands(teller.signature):
            buckets[band].append(number)
    for bucket in buckets.values():
        _join_alike(bucket, ordered, rules, parts)
    members: dict[int, list[Teller]] = defaultdict(list)
    for number, teller in enumerate(ordered):
        members[parts.part(number)].append(teller)
    return list(members.values())


def _join_alike(
    bucket: Sequence[int], ordered: Sequence[Teller], rules: Rules, parts: _Parts
) -> None:
    """Join those of a band that are alike; a thousand copies are compared a thousand times."""
    groups: list[list[int]] = []
    for number in bucket:
        own = [number]
        others: list[list[int]] = []
        for group in groups:
            if not parts.apart(group[0], number):
                own += group
            elif any(alike(ordered[first], ordered[number], rules) for first in group):
                parts.join(group[0], number)
                own += group
            else:
                others.append(group)
        groups = [*others, own]


def alike(one: Teller, other: Teller, rules: Rules) -> bool:
    """Whether two texts may carry one story, by resemblance and time alone."""
    if not _near(one, other, rules):
        return False
    found = similarity(one.signature, other.signature)
    return found is not None and found >= rules.similarity


def _near(one: Teller, other: Teller, rules: Rules) -> bool:
    if one.published_at is None or other.published_at is None:
        return True
    return abs(one.published_at - other.published_at) <= rules.window


def _stories(family: Sequence[Teller], rules: Rules) -> list[list[Teller]]:
    """The family's stories, each in the order of publication."""
    if len(family) == 1:
        return [list(family)]
    parts = _Parts(len(family))
    says = [_said(teller) for teller in family]
    told = list(says)  # by the number of a part: what its members say together
    for first, second in _pairs(family, rules):
        if not parts.apart(first, second):
            continue
        # a part's number is that of its earliest member: its original
        one, other = sorted((parts.part(first), parts.part(second)))
        if (
            is_follow_up(says[first], says[second])
            or is_follow_up(says[one], says[other])
            or is_follow_up(told[one], told[other])
        ):
            continue
        parts.join(first, second)
        told[one] = together(told[one], told[other])
    members: dict[int, list[Teller]] = defaultdict(list)
    for number, teller in enumerate(family):
        members[parts.part(number)].append(teller)
    return list(members.values())


def _pairs(family: Sequence[Teller], rules: Rules) -> Iterator[tuple[int, int]]:
    """The pairs that are alike, the most alike first, then the earliest."""
    minima = stacked([teller.signature for teller in family])
    found: list[tuple[float, int, int]] = []
    for first, teller in enumerate(family):
        shares = (minima[first + 1 :] == minima[first]).mean(axis=1)
        for offset in np.flatnonzero(shares >= rules.similarity):
            second = first + 1 + int(offset)
            if _near(teller, family[second], rules):
                found.append((-float(shares[offset]), first, second))
    for _, first, second in sorted(found):
        yield first, second


def _said(teller: Teller) -> Said:
    assert teller.said is not None
    return teller.said


def _places(story: Sequence[Teller], family_id: str) -> dict[str, Place]:
    original = story[0]
    says: dict[str, list[Teller]] = defaultdict(list)
    places: dict[str, Place] = {}
    for teller in story:
        first = None
        if teller.said is not None:
            before = says[teller.said.says_id]
            first = next((one for one in before if _half_alike(one, teller)), None)
            if first is None:
                before.append(teller)
        places[teller.article_id] = Place(
            family_id,
            original.article_id,
            None if teller is original else similarity(teller.signature, original.signature),
            None if first is None else first.article_id,
        )
    return places


def _half_alike(one: Teller, other: Teller) -> bool:
    found = similarity(one.signature, other.signature)
    return found is not None and found >= DUPLICATE


class _Parts:
    """Which of n things are joined (union-find); a part is known by its smallest member."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def part(self, one: int) -> int:
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def apart(self, one: int, other: int) -> bool:
        return self.part(one) != self.part(other)

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.part(one), self.part(other)))
        self._above[second] = first
