"""Tags: a source and a reporting verb beside a statement or in its middle (..., police said)."""

from __future__ import annotations

from itertools import pairwise

from transforms.events.en.extent import is_mark, is_parted, until_next
from transforms.events.en.sources import Source
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting

Span = tuple[int, int]

#: What tells that a tag says when or how something was said, and not who says what.
_ASIDE = frozenset(("as", "when", "if", "after", "before", "while", "until", "once", "because"))
_BEHIND = ("prep", "npadvmod", "advmod", "dobj", "dative", "prt", "advcl")


def is_aside(tree: Tree, verb: int) -> bool:
    """Whether a verb tells when something was said: ..., when a reporter asked."""
    return any(
        tree.dep[c] in ("mark", "advmod") and tree.lower[c] in _ASIDE for c in tree.children[verb]
    )


def tag_of(tree: Tree, verb: int, source: Source) -> Span | None:
    """First and last token of the tag that a verb heads; None where it has a clause of its own."""
    if tree.dep[verb] in ("pcomp", "acl") or tree.tag[verb] in ("VB", "VBG"):
        return None
    above = tree.head[verb]
    if (
        tree.dep[verb] == "ccomp"
        and above < verb
        and tree.lemma[above] in reporting("verb", "claim")
    ):
        return None  # it is itself what is said
    told = tree.lemma[verb] in reporting("verb", "addressed")
    for c in tree.children[verb]:
        if c > verb and tree.dep[c] in ("ccomp", "xcomp", "oprd"):
            return None
        thing = c > verb and tree.dep[c] == "dobj" and c != source.head
        if thing and not told and tree.tag[c] != "PRP":
            return None
    first = min(source.first, verb)
    while first > 0 and tree.head[first - 1] == verb and tree.dep[first - 1] in ("aux", "advmod"):
        first -= 1
    last = verb
    if source.first > verb:
        last = max(source.last, tree.right_edge(source.head))
    for c in tree.children[verb]:
        if c > last and tree.dep[c] in _BEHIND:
            if tree.lower[tree.left_edge(c) - 1] == "," and tree.dep[c] not in ("prep", "advcl"):
                break
            last = tree.right_edge(c)
    return first, last


def tagged(tree: Tree, verb: int, tag: Span, first: int, last: int) -> Span | None:
    """What a tag of the sentence ``first`` to ``last`` speaks for: what stands before or around."""
    before = tag[0] - 1
    if is_aside(tree, verb):
        return None
    parted = before >= first and is_parted(tree, before)
    if not parted and not any(tree.dep[c] == "ccomp" and c < verb for c in tree.children[verb]):
        return None
    start = first
    while start <= before and (is_mark(tree, start) or tree.pos[start] == "SPACE"):
        start += 1
    for i in range(start, before):
        if tree.lower[i] == ";":
            start = i + 1
    if before - start < 1:
        return None
    rest = (i for i in range(tag[1] + 1, last + 1) if tree.pos[i] not in ("PUNCT", "SPACE"))
    behind = next(rest, None)
    if behind is not None and _goes_on(tree, behind, verb, before):
        return start, until_next(tree, verb, verb + 1, last)
    return start, before


def _goes_on(tree: Tree, token: int, verb: int, before: int) -> bool:
    """Whether what stands after a tag goes on with what stood before it."""
    chain = tree.up(token)
    for below, head in pairwise(chain):
        if head == verb:
            if tree.dep[below] == "cc":
                after = (c for c in tree.children[verb] if c > below and tree.dep[c] == "conj")
                below = next(after, below)
            if tree.dep[below] in ("cc", "conj"):
                return tree.child(below, *SUBJECTS) is not None
            return tree.dep[below] in ("ccomp", "dep") or below < verb
        if head <= before:
            return True
    return chain[-1] != verb
