"""How do the rows of a text lie over one another? As a tree, which is what markup can nest.

Rows that lie within each other are nested; one that crosses another is split where it crosses, and
every one is split where a line ends.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True)
class Span:
    """Characters of a text, end exclusive, that a row was read from, and which row that is.

    ``rank`` decides which of two rows over the same characters is the inner one: the higher.
    """

    start: int
    end: int
    row_id: str
    rank: int = 0


@dataclass
class Piece:
    """Characters that belong to a row, or to none (``row_id`` is None), and what lies within them.

    A piece without parts is a stretch of text. ``first`` is whether the row begins here, ``whole``
    whether all of it is here.
    """

    start: int
    end: int
    row_id: str | None = None
    first: bool = True
    whole: bool = True
    parts: list[Piece] = field(default_factory=list)


def lines(text: str) -> list[tuple[int, int]]:
    """The lines of a text, each with the line breaks behind it: together they are the text."""
    cuts = [0]
    at = text.find("\n")
    while at >= 0:
        while at < len(text) and text[at] == "\n":
            at += 1
        cuts.append(at)
        at = text.find("\n", at)
    if cuts[-1] < len(text):
        cuts.append(len(text))
    return list(pairwise(cuts))


def tree(text: str, spans: Iterable[Span], cuts: Sequence[tuple[int, int]]) -> list[Piece]:
    """The pieces of each stretch of ``cuts``, which together are the text.

    Raises ``ValueError`` for a span that is empty or not within the text.
    """
    roots = [Piece(start, end) for start, end in cuts]
    ahead = [(span.start, -span.end, span.rank, span.row_id, span) for span in spans]
    for _, _, _, _, span in ahead:
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError(
                f"row {span.row_id}: characters {span.start} to {span.end} of {len(text)}"
            )
    heapq.heapify(ahead)
    for root in roots:
        _fill(root, ahead)
    return roots


def _fill(root: Piece, ahead: list[tuple[int, int, int, str, Span]]) -> None:
    """Puts the spans that begin within the root into it; what goes on behind it stays ahead."""
    open_ = [root]
    at = root.start
    while ahead and ahead[0][0] < root.end:
        start, _, rank, row_id, span = heapq.heappop(ahead)
        while open_[-1].end <= start:
            at = _close(open_, at)
        end = min(span.end, open_[-1].end)
        if end < span.end:
            # crosses what is open: the rest of it stands behind that
            heapq.heappush(ahead, (end, -span.end, rank, row_id, span))
        at = _text(open_[-1], at, start)
        first = start == span.start
        piece = Piece(start, end, row_id, first, first and end == span.end)
        open_[-1].parts.append(piece)
        open_.append(piece)
    while open_:
        at = _close(open_, at)


def _close(open_: list[Piece], at: int) -> int:
    """The innermost piece is full; gives where it ends."""
    piece = open_.pop()
    if piece.parts or piece.row_id is None:
        _text(piece, at, piece.end)
    return piece.end


def _text(into: Piece, start: int, end: int) -> int:
    """Characters of no other row."""
    if start < end:
        into.parts.append(Piece(start, end))
    return max(start, end)


def leaves(
    pieces: Iterable[Piece], over: tuple[str, ...] = ()
) -> Iterator[tuple[Piece, tuple[str, ...]]]:
    """The stretches of text in their order, each with the rows that lie over it, the outermost
    first."""
    for piece in pieces:
        rows = over if piece.row_id is None else (*over, piece.row_id)
        if piece.parts:
            yield from leaves(piece.parts, rows)
        else:
            yield piece, rows
