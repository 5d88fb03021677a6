"""The reported statements of an article with their spans: what is said, from where to where.

A statement is found where it is tied to its source: the clause or the object of a reporting verb,
what a tag ("..., police said") or a citation ("according to X") speaks for. What stands wholly in
quotation marks is found by ``spoken``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from transforms.events.en.attributions import cites
from transforms.events.en.sources import Source, source_of
from transforms.events.en.statements import Statements
from transforms.events.tree import Tree
from transforms.words import reporting, words

Kind = Literal["direct", "indirect", "according_to", "estimate"]

_MARKS = (",", ";", ":", "—", "–", "-", "--", ".", "…", "...")
_QUOTE_MARKS = ("“", "”", '"', "''", "``", "«", "»", "’", "'")
_WOULD = frozenset(("would", "could", "can", "may", "might", "should", "must", "'d", "’d"))
_ASIDE = frozenset(("as", "when", "if", "after", "before", "while", "until"))
_SELF = frozenset(("i", "we", "you"))
_BARE = frozenset(("this", "that", "it", "so", "what", "which", "they", "he", "she", "them"))


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says: characters ``start`` to ``end``, who, and by which word (``cue``).

    ``joined`` is a quotation without a cue that goes on with the one before.
    """

    start: int
    end: int
    source: Source
    cue: int | None
    kind: Kind
    quoted: bool = False
    joined: bool = False
    #: Characters inside that say who says so.
    gaps: tuple[tuple[int, int], ...] = ()


class Reports:
    """Finds the statements that are tied to a verb or a citation of their own sentence."""

    def __init__(
        self, tree: Tree, text: str, bounds: Sequence[tuple[int, int]], statements: Statements
    ) -> None:
        self._tree = tree
        self._text = text
        self._bounds = bounds
        self._statements = statements
        self._verbs = reporting("verb", "claim")
        self._estimates = reporting("verb", "estimate")

    def read(self, spoken_by: frozenset[int]) -> Iterator[Statement]:
        """All of them in the order of their cues; ``spoken_by`` are the cues of quotations."""
        tree = self._tree
        for first, last in self._bounds:
            for i in range(first, last + 1):
                if tree.lemma[i] in self._verbs and tree.pos[i] == "VERB":
                    if i not in spoken_by:
                        yield from self._verb(i, first, last)
                elif tree.lower[i] in ("according", "per"):
                    yield from self._cited(i, first, last)
                elif cites(tree, i):
                    yield from self._cited(i, first, last)

    # a reporting verb

    def _verb(self, verb: int, first: int, last: int) -> Iterator[Statement]:
        tree = self._tree
        below = tree.children[verb]
        if any(tree.dep[c] == "neg" or tree.lower[c] in _WOULD for c in below if c < verb):
            return
        source = self._inverted(verb) or self._statements.subject(verb) or self._carrier(verb)
        if source is None or tree.lower[source.head] in _SELF:
            return
        kind = self._kind(verb, source)
        clause = next(
            (c for c in below if c > verb and tree.dep[c] == "ccomp" and c > source.first), None
        ) or self._that(verb)
        if clause is not None:
            span, gap = self._clause(verb, clause, source, last), None
        elif (tag := self._tag(verb, source)) is not None:
            span, gap = self._tagged(verb, tag, first, last), tag
        else:
            span, gap = self._object(verb, source, last), None
        if span is not None:
            yield from self._statement(span, source, verb, kind, gap)

    def _inverted(self, verb: int) -> Source | None:
        """The source behind its verb that the parse takes for an object: ..., reported the mayor."""
        tree = self._tree
        thing = tree.child(verb, "dobj")
        told = any(tree.dep[c] == "ccomp" and c < verb for c in tree.children[verb])
        aside = tree.dep[verb] == "advcl" and tree.tag[verb] in ("VBD", "VBZ")
        aside = aside and tree.child(verb, "mark", "advmod", *_SUBJECT) is None
        if not (told or aside) or thing is None or thing < verb or not self._is_parted(verb - 1):
            return None
        return source_of(tree, thing, verb, "reported")

    def _that(self, verb: int) -> int | None:
        """The clause of a "that" which the parse hangs on a noun between: said last year that."""
        tree = self._tree
        for i in range(verb + 1, min(tree.right_edge(verb), verb + 12) + 1):
            if tree.lower[i] == "that" and tree.dep[i] == "mark":
                stray = tree.dep[tree.head[i]] in ("relcl", "acl")
                return tree.head[i] if stray and tree.is_verb(tree.head[i]) else None
            if tree.is_verb(i):
                return None
        return None

    def _carrier(self, verb: int) -> Source | None:
        """What is written that says so: a letter saying that, a statement warning of."""
        tree = self._tree
        noun = tree.head[verb]
        if tree.dep[verb] != "acl" or tree.tag[verb] != "VBG" or noun > verb:
            return None
        if tree.child(verb, "ccomp") is None and tree.lemma[noun] not in words("claims.document"):
            return None
        return source_of(tree, noun, verb, "reported")

    def _is_parted(self, token: int) -> bool:
        return self._is_mark(token) or self._is_quote_mark(token)

    def _kind(self, verb: int, source: Source) -> Kind:
        tree = self._tree
        if tree.lemma[verb] in self._estimates:
            return "estimate"
        shown = tree.lemma[verb] in reporting("verb", "showing")
        if shown and tree.lemma[source.head] in reporting("noun", "claim"):
            return "according_to"
        return "indirect"

    def _clause(self, verb: int, clause: int, source: Source, last: int) -> tuple[int, int]:
        """The clause after a verb, to the end of what the verb has below it."""
        tree = self._tree
        start = tree.left_edge(clause)
        start = max(start, verb + 1)
        if source.first > verb:
            start = max(start, source.last + 1)
        while start < clause and (
            tree.lower[start] == "that" and tree.dep[start] == "mark" or self._is_mark(start)
        ):
            start += 1
        end = last if tree.head[verb] == verb else max(tree.right_edge(verb), tree.right_edge(clause))
        return start, self._until_next(verb, clause, min(end, last))

    def _until_next(self, verb: int, clause: int, end: int) -> int:
        """Cut before another verb that the source of ``verb`` goes on with: ..., adding that."""
        tree = self._tree
        for i in range(clause + 1, end + 1):
            told = (tree.lemma[i] in self._verbs and tree.tag[i] == "VBG") or cites(tree, i)
            if told and (tree.lower[i - 1] == "," or tree.child(i, "ccomp") is not None):
                return i - 1
            joined = tree.dep[i] in ("conj", "cc") and tree.head[i] == verb
            if joined and i > clause:
                left = tree.left_edge(i)
                if tree.dep[i] == "cc":
                    other = next(
                        (c for c in tree.children[verb] if c > i and tree.dep[c] == "conj"), None
                    )
                    own = other is not None and tree.child(other, "nsubj", "nsubjpass") is not None
                    if other is None or (own and tree.lemma[other] not in self._verbs):
                        continue
                    return i - 1
                if tree.child(i, "nsubj", "nsubjpass") is None or tree.lemma[i] in self._verbs:
                    return left - 1
        return end

    def _tag(self, verb: int, source: Source) -> tuple[int, int] | None:
        """First and last token of a tag: ..., police said on Monday."""
        tree = self._tree
        below = tree.children[verb]
        told = tree.lemma[verb] in reporting("verb", "addressed")
        for c in below:
            if c > verb and tree.dep[c] in ("ccomp", "xcomp", "oprd"):
                return None
            if c > verb and tree.dep[c] == "dobj" and not told and tree.tag[c] != "PRP":
                return None
        edge = source.first if source.first < verb else verb
        while edge > 0 and tree.dep[edge - 1] in ("aux", "advmod", "neg") and tree.head[edge - 1] == verb:
            edge -= 1
        right = max(verb, source.last, tree.right_edge(source.head) if source.first > verb else 0)
        for c in below:
            if c > verb and c > right and (
                tree.dep[c] in ("prep", "npadvmod", "advmod", "dobj", "dative", "prt", "punct")
                or tree.dep[c] == "advcl"
            ):
                if tree.dep[c] == "punct":
                    continue
                if self._apart(verb, c):
                    break
                right = tree.right_edge(c)
        return edge, right

    def _apart(self, verb: int, child: int) -> bool:
        """Whether a comma parts something behind a tag from it, so that it may be the statement's."""
        tree = self._tree
        left = tree.left_edge(child)
        return tree.lower[left - 1] == "," and tree.dep[child] in ("npadvmod", "advmod", "dobj")

    def _tagged(
        self, verb: int, tag: tuple[int, int], first: int, last: int
    ) -> tuple[int, int] | None:
        """What a tag speaks for: the sentence before it, or around it."""
        tree = self._tree
        before, after = tag[0] - 1, tag[1] + 1
        mark = tree.child(verb, "mark", "advmod")
        if mark is not None and mark < tag[0] and tree.lower[mark] in _ASIDE:
            return None
        parted = before >= first and self._is_parted(before)
        told = any(tree.dep[c] == "ccomp" and c < verb for c in tree.children[verb])
        if not parted and not told:
            return None
        start = first
        while start <= before and (self._is_mark(start) or tree.pos[start] == "SPACE"):
            start += 1
        for i in range(start, before):
            if tree.lower[i] == ";":
                start = i + 1
        if before - start < 1:
            return None
        rest = [i for i in range(after, last + 1) if tree.pos[i] not in ("PUNCT", "SPACE")]
        if rest and self._belongs(rest[0], verb, before):
            return start, self._until_next(verb, verb, last)
        return start, before

    def _belongs(self, token: int, verb: int, before: int) -> bool:
        """Whether what stands after a tag goes on with what stood before it."""
        tree = self._tree
        chain = tree.up(token)
        for below, head in zip(chain, chain[1:], strict=False):
            if head == verb:
                if tree.dep[below] == "cc":
                    other = next(
                        (c for c in tree.children[verb] if c > below and tree.dep[c] == "conj"), None
                    )
                    return other is not None and tree.child(other, *_SUBJECT) is not None
                if tree.dep[below] == "conj":
                    return tree.child(below, *_SUBJECT) is not None
                return tree.dep[below] in ("ccomp", "dep") or (below < verb)
            if head <= before:
                return True
        return chain[-1] != verb

    def _object(self, verb: int, source: Source, last: int) -> tuple[int, int] | None:
        """What is reported as an object: reported 40 deaths, put the loss at 3 million."""
        tree = self._tree
        lemma = tree.lemma[verb]
        if lemma not in reporting("verb", "object"):
            return None
        written = tree.lemma[source.head] in words("claims.document")
        if lemma in reporting("verb", "finding") and not written:
            at = tree.child(verb, "prep")
            if lemma not in reporting("verb", "preposition") or at is None:
                return None
            if tree.lower[at] != "at":
                return None
        thing = next((c for c in tree.children[verb] if c > verb and tree.dep[c] == "dobj"), None)
        if thing is None or thing < source.first < verb:
            return None
        if tree.lower[thing] in _BARE or tree.tag[thing] == "WDT":
            return None
        subject = tree.child(verb, "nsubj")
        if subject is not None and tree.tag[subject] in ("WDT", "WP"):
            return None
        end = tree.right_edge(thing)
        for c in tree.children[verb]:
            if c > end and tree.dep[c] in ("prep", "advcl", "acl", "xcomp", "oprd", "advmod"):
                if tree.dep[c] == "advcl" and tree.lower[tree.left_edge(c) - 1] == ",":
                    break
                end = tree.right_edge(c)
        return tree.left_edge(thing), min(end, last)

    # a citation

    def _cited(self, i: int, first: int, last: int) -> Iterator[Statement]:
        tree = self._tree
        noun = next(
            (
                c
                for c in range(i + 1, min(last, i + 16) + 1)
                if tree.dep[c] in ("pobj", "dobj")
                and tree.head[c] in (i, i + 1)
            ),
            None,
        )
        if noun is None:
            return
        source = source_of(tree, noun, None, "according")
        if source is None:
            return
        edge = min(tree.right_edge(noun), last)
        gap: tuple[int, int] | None = None
        opens = not any(tree.pos[k] not in ("PUNCT", "SPACE", "CCONJ") for k in range(first, i))
        rest = [k for k in range(edge + 1, last + 1) if tree.pos[k] not in ("PUNCT", "SPACE")]
        if opens:
            comma = next((k for k in range(i, edge + 1) if tree.lower[k] == ","), None)
            if not rest and comma is not None:
                rest = [k for k in range(comma + 1, last + 1) if tree.pos[k] != "PUNCT"]
            if not rest:
                return
            span = (rest[0], last)
        elif rest and tree.lower[edge + 1] == ",":
            span, gap = (first, last), (i, edge)
        else:
            span = (first, i - 1)
            verb = tree.head[i]
            if tree.lower[i - 1] != "," and tree.is_verb(verb) and verb < i:
                span = (max(first, tree.left_edge(verb)), i - 1)
        yield from self._statement(span, source, i, "according_to", gap)

    # the statement as written

    def _statement(
        self,
        span: tuple[int, int],
        source: Source,
        cue: int,
        kind: Kind,
        gap: tuple[int, int] | None,
    ) -> Iterator[Statement]:
        first, last = self._trimmed(*span)
        if last < first:
            return
        if first <= source.head <= last and not first < source.first:
            return
        start, end = self._tree.start[first], self._tree.end[last]
        quoted = self._statements.is_quotation(start, end)
        if quoted:
            kind = "direct"
        gaps: tuple[tuple[int, int], ...] = ()
        if gap is not None and first < gap[0] and gap[1] < last:
            gaps = ((self._tree.start[gap[0]], self._tree.end[gap[1]]),)
        yield Statement(start, end, source, cue, kind, quoted, gaps=gaps)

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        """Without marks at both ends, but for quotation marks that belong inside."""
        tree = self._tree
        while first <= last and (self._is_mark(first) or tree.pos[first] == "SPACE"):
            first += 1
        while last > first and (self._is_mark(last) or tree.pos[last] == "SPACE"):
            last -= 1
        return first, last

    def _is_mark(self, token: int) -> bool:
        return self._tree.lower[token] in _MARKS

    def _is_quote_mark(self, token: int) -> bool:
        return self._tree.lower[token] in _QUOTE_MARKS


_SUBJECT = ("nsubj", "nsubjpass")
