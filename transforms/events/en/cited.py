"""Statements that are tied to a citation or a noun: according to X, X's estimate of 500."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transforms.events.en.extent import cites, statement_of
from transforms.events.en.sources import Source, source_of
from transforms.events.en.statement import Statement
from transforms.events.en.voices import Voices
from transforms.events.tree import Tree
from transforms.words import reporting, words

Span = tuple[int, int]

_MARKED = ("PUNCT", "SPACE")


class Citations:
    def __init__(self, tree: Tree, bounds: Sequence[Span], voices: Voices) -> None:
        self._tree = tree
        self._bounds = bounds
        self._voices = voices

    def read(self) -> Iterator[Statement]:
        """All of them, in the order of their words."""
        tree = self._tree
        nouns = reporting("noun", "claim")
        for first, last in self._bounds:
            for i in range(first, last + 1):
                found = None
                if self._is_citation(i, first):
                    found = self._cited(i, first, last)
                elif tree.pos[i] == "NOUN" and tree.lemma[i] in nouns:
                    found = self._noun(i, first, last)
                if found is not None:
                    yield found

    def _is_citation(self, token: int, first: int) -> bool:
        tree = self._tree
        if tree.lower[token] == "per":
            return tree.dep[token] == "prep" and token == first
        return tree.lower[token] == "according" or cites(tree, token)

    def _cited(self, i: int, first: int, last: int) -> Statement | None:
        tree = self._tree
        near = range(i + 1, min(last, i + 16) + 1)
        tied = (c for c in near if tree.dep[c] in ("pobj", "dobj") and tree.head[c] in (i, i + 1))
        noun = next(tied, None)
        source = source_of(tree, noun, None, "according") if noun is not None else None
        if noun is None or source is None:
            return None
        edge = min(tree.right_edge(noun), last)
        opens = all(tree.pos[k] in (*_MARKED, "CCONJ") for k in range(first, i))
        rest = [k for k in range(edge + 1, last + 1) if tree.pos[k] not in _MARKED]
        gap: Span | None = None
        if opens:
            comma = next((k for k in range(i, edge + 1) if tree.lower[k] == ","), last)
            start = rest[0] if rest else comma + 1
            span = (start, last)
        elif rest and tree.lower[edge + 1] == ",":
            span, gap = (first, last), (i, edge)
        else:
            span = (first, i - 1)
            verb = tree.head[i]
            if tree.lower[i - 1] != "," and tree.is_verb(verb) and verb < i:
                span = (max(first, tree.left_edge(verb)), i - 1)
        return statement_of(tree, self._voices, span, source, i, "according_to", gap)

    def _noun(self, noun: int, first: int, last: int) -> Statement | None:
        """A report by the agency that ..., X's estimate of 500; by the agency's estimate, ..."""
        tree = self._tree
        source = self._owner(noun)
        if source is None:
            return None
        guess = tree.lemma[noun] in words("sources.estimate")
        for child in tree.children[noun]:
            if child < noun:
                continue
            that = tree.dep[child] in ("acl", "ccomp")
            if that and tree.lower[tree.left_edge(child)] == "that":
                span = (tree.left_edge(child) + 1, tree.right_edge(child))
                return statement_of(tree, self._voices, span, source, noun, "indirect")
            if tree.dep[child] == "prep" and tree.lower[child] == "of":
                inside = range(child + 1, tree.right_edge(child) + 1)
                if any(tree.tag[k] == "CD" for k in inside):
                    span = (child + 1, tree.right_edge(child))
                    return statement_of(tree, self._voices, span, source, noun, "estimate")
        above = tree.head[noun]
        if not guess or tree.dep[noun] != "pobj" or tree.lower[above] not in ("by", "in", "on"):
            return None
        if above == first or tree.lower[above - 1] == ",":  # by the agency's estimate
            span = (tree.right_edge(noun) + 1, last) if above == first else (first, above - 1)
            return statement_of(tree, self._voices, span, source, noun, "estimate")
        return None

    def _owner(self, noun: int) -> Source | None:
        """Whose report it is, or who gives it."""
        tree = self._tree
        for child in tree.children[noun]:
            if tree.dep[child] == "poss" and tree.tag[child] != "PRP$":
                return source_of(tree, child, None, "estimate")
            if tree.dep[child] in ("prep", "agent") and tree.lower[child] in ("by", "from"):
                inner = tree.child(child, "pobj")
                if inner is not None and tree.tag[inner] != "CD":
                    return source_of(tree, inner, None, "estimate")
        giver = tree.head[noun]
        if tree.dep[noun] == "dobj" and tree.lemma[giver] in words("events.giving"):
            return self._voices.subject(giver, "estimate")  # police gave a figure of eight
        return None
