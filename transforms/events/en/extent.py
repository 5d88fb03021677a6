"""From the tokens of a statement to its characters: what belongs to it at both ends."""

from __future__ import annotations

from transforms.events.en.sources import Source
from transforms.events.en.statement import Kind, Statement
from transforms.events.en.voices import Voices
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting

_MARKS = frozenset((",", ";", ":", "—", "–", "-", "--", ".", "…", "..."))
_QUOTE_MARKS = frozenset(("“", "”", '"', "''", "``", "«", "»", "’", "'"))


def is_mark(tree: Tree, token: int) -> bool:
    """Whether a token is a mark that parts a statement from what stands beside it."""
    return tree.lower[token] in _MARKS


def is_parted(tree: Tree, token: int) -> bool:
    """Whether a token may stand between a statement and its tag."""
    return tree.lower[token] in _MARKS or tree.lower[token] in _QUOTE_MARKS


def cites(tree: Tree, token: int) -> bool:
    """Whether a participle names a source: citing, quoting."""
    return tree.lemma[token] in reporting("verb", "citing") and tree.tag[token] == "VBG"


def statement_of(
    tree: Tree,
    voices: Voices,
    span: tuple[int, int],
    source: Source,
    cue: int,
    kind: Kind,
    gap: tuple[int, int] | None = None,
) -> Statement | None:
    """The statement of some tokens without the marks at its ends; None where nothing is left.

    ``gap`` are the tokens that say who says so; they count where they stand inside. A statement
    that is about no more than its source is none.
    """
    first, last = span
    while first <= last and (is_mark(tree, first) or tree.pos[first] == "SPACE"):
        first += 1
    while last > first and (is_mark(tree, last) or tree.pos[last] == "SPACE"):
        last -= 1
    if last < first or source.first <= first <= source.last:
        return None
    start, end = voices.whole(tree.start[first], tree.end[last])
    quoted = voices.is_quotation(start, end)
    gaps: tuple[tuple[int, int], ...] = ()
    if gap is not None and first < gap[0] and gap[1] < last:
        gaps = ((tree.start[gap[0]], tree.end[gap[1]]),)
    return Statement(start, end, source, cue, "direct" if quoted else kind, quoted, gaps=gaps)


def until_next(tree: Tree, verb: int, first: int, last: int) -> int:
    """The last token of what a verb says, before another verb that goes on: ..., adding that.

    A second clause with a subject of its own goes on with what is said; one without is what the
    source does besides.
    """
    verbs = reporting("verb", "claim")
    for i in range(first, last + 1):
        told = (tree.lemma[i] in verbs and tree.tag[i] == "VBG") or cites(tree, i)
        told = told or tree.lower[i] == "according"
        if told and (tree.lower[i - 1] == "," or tree.child(i, "ccomp") is not None):
            return i - 1
        if tree.dep[i] not in ("conj", "cc") or tree.head[i] != verb:
            continue
        joined = i
        if tree.dep[i] == "cc":
            after = (c for c in tree.children[verb] if c > i and tree.dep[c] == "conj")
            joined = next(after, -1)
        if joined >= 0 and not (tree.child(joined, *SUBJECTS) and tree.lemma[joined] not in verbs):
            return min(i, tree.left_edge(joined)) - 1
    return last
