"""Which figures of a story were stated by an earlier carrier of it already?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple


class Statement(NamedTuple):
    """A figure, and what it says (:func:`transforms.stories.said.content`)."""

    figure_id: str
    content: str


def repeated(carriers: Sequence[Sequence[Statement]]) -> list[tuple[str, str]]:
    """Pairs of a figure and the one that it repeats, the first carrier's that says the same.

    ``carriers`` are those of one story in the order of publication, each with its figures in the
    order of the text. The second of two equal ones repeats the second of the earlier carrier's, as
    long as that has one. What an article says twice itself is not told here (``restates``).
    """
    first: dict[str, tuple[int, list[str]]] = {}
    found: list[tuple[str, str]] = []
    for number, statements in enumerate(carriers):
        met: dict[str, int] = defaultdict(int)
        for figure_id, content in statements:
            at, there = first.setdefault(content, (number, []))
            if at == number:
                there.append(figure_id)
            else:
                found.append((figure_id, there[min(met[content], len(there) - 1)]))
                met[content] += 1
    return found
