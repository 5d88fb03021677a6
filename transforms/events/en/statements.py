"""Reported statements: who says what stands where.

English ties a statement to its source by a reporting verb with its clause or object ("X said that",
"reported 40 deaths"), by a tag beside it ("..., X told reporters"), a citation ("according to X"),
a noun ("X's estimate of") or quotation marks, whose speaker may stand in the sentence before. What
stands at a token is said by the innermost statement that holds it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from transforms.events.en.cited import Citations
from transforms.events.en.reports import Reports
from transforms.events.en.sources import Source
from transforms.events.en.spoken import Spoken
from transforms.events.en.statement import Statement
from transforms.events.en.voices import Voices
from transforms.events.tree import Tree
from transforms.words import reporting

_PRONOUNS = frozenset(("he", "she", "they", "it"))


class Statements:
    """The reported statements of an article."""

    def __init__(self, tree: Tree, text: str, bounds: Sequence[tuple[int, int]]) -> None:
        self._tree = tree
        self._text = text
        self._bounds = bounds

    @cached_property
    def all(self) -> list[Statement]:
        """Every statement, by where it begins, an outer one before what it holds."""
        tree, bounds = self._tree, self._bounds
        voices = Voices(tree, self._text, bounds)
        spoken = Spoken(tree, self._text, voices)
        quoted = spoken.read()
        cues = frozenset(one.cue for one in quoted if one.cue is not None)
        found: dict[tuple[int, int], Statement] = {}
        told = [*Reports(tree, bounds, voices).read(cues), *Citations(tree, bounds, voices).read()]
        for one in (*quoted, *told):
            found.setdefault((one.start, one.end), one)
        for one in spoken.phrases(tuple(found.values()), bounds):
            found.setdefault((one.start, one.end), one)
        kept = sorted(found.values(), key=lambda one: (one.start, -one.end))
        return [one for one in kept if not self._is_own(one, kept)]

    def at(self, start: int, end: int) -> Statement | None:
        """The innermost statement that holds some characters; None: the author's own words."""
        return min(
            (one for one in self._over(start, end) if one.holds(start, end)),
            key=lambda one: (one.end - one.start, one.start),
            default=None,
        )

    def outer(self, inner: Statement) -> Statement | None:
        """The smallest other statement that a statement is part of."""
        over = (one for one in self._over(inner.start, inner.end) if one is not inner)
        return min(over, key=lambda one: (one.end - one.start, one.start), default=None)

    def _over(self, start: int, end: int) -> Iterator[Statement]:
        """Those that reach over some characters, the last that begins first."""
        found, reach = self.all, self._reach
        for n in range(bisect_right(found, start, key=lambda one: one.start) - 1, -1, -1):
            if reach[n] < end:
                return
            if found[n].end >= end:
                yield found[n]

    @cached_property
    def _reach(self) -> list[int]:
        """How far the statements up to each reach."""
        return list(accumulate((one.end for one in self.all), max))

    def source(self, start: int, end: int) -> Source | None:
        """Who says what stands at some characters; None: the author."""
        found = self.at(start, end)
        return found.source if found is not None else None

    def _is_own(self, one: Statement, others: Sequence[Statement]) -> bool:
        """Whether a thought is that of the one who tells it: X said he believed that."""
        tree = self._tree
        if tree.lower[one.source.head] not in _PRONOUNS or one.cue is None:
            return False
        if tree.lemma[one.cue] not in reporting("verb", "weak"):
            return False
        at = tree.start[one.cue]
        return any(
            other is not one and not other.quoted and other.holds(at, at + 1) for other in others
        )
