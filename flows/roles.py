"""Which story an article is of, and whose duplicate it is: what follows from the articles shown.

Among the articles of one text the earliest publication speaks for it; the others are its
duplicates. The texts are grouped into stories (:mod:`transforms.stories.grouping`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from transforms.stories.grouping import Order, Teller, grouped, order_of
from transforms.stories.rules import Rules
from transforms.stories.said import Said


@dataclass(frozen=True, slots=True)
class Current:
    """An article as it is shown, as far as its role hangs on it."""

    article_id: str
    text_id: str
    published_at: dt.datetime | None

    @property
    def order(self) -> Order:
        """As :func:`transforms.stories.grouping.order_of` gives it."""
        return order_of(self.published_at, self.article_id)


@dataclass(frozen=True, slots=True)
class Role:
    """The story, and whose duplicate; ``similarity`` is to the story's first article, None for
    that itself. ``copies``: another article has the same text, and speaks for it."""

    story_id: str
    family_id: str
    similarity: float | None = None
    duplicate_of: str | None = None
    copies: bool = False


def roles(
    shown: Iterable[Current],
    signatures: Mapping[str, bytes],
    said: Callable[[str], Said | None],
    rules: Rules,
) -> tuple[dict[str, Role], tuple[str, ...]]:
    """The role of each article, and the articles that have to be read before more is known.

    ``signatures`` gives by text_id that of a text, ``said`` by article_id what it says.
    """
    texts: dict[str, list[Current]] = defaultdict(list)
    for one in sorted(shown, key=lambda one: one.order):
        texts[one.text_id].append(one)
    tellers = [
        Teller(
            first.article_id,
            first.published_at,
            signatures.get(first.text_id, b""),
            said(first.article_id),
        )
        for first, *_ in texts.values()
    ]
    found = grouped(tellers, rules)
    given: dict[str, Role] = {}
    for same in texts.values():
        place = found.places.get(same[0].article_id)
        if place is None:
            continue
        for number, one in enumerate(same):
            copies = number > 0
            alike = 1.0 if copies and place.similarity is None else place.similarity
            first = place.same_as or (same[0].article_id if copies else None)
            given[one.article_id] = Role(place.story_id, place.family_id, alike, first, copies)
    return given, found.unsaid


def carriers(order: Sequence[Current], given: Mapping[str, Role]) -> list[tuple[str, ...]]:
    """For each story of more than one article with rows, those articles, the earliest first."""
    stories: dict[str, list[str]] = defaultdict(list)
    for one in sorted(order, key=lambda one: one.order):
        role = given[one.article_id]
        if role.duplicate_of is None:
            stories[role.story_id].append(one.article_id)
    return [tuple(members) for _, members in sorted(stories.items()) if len(members) > 1]
