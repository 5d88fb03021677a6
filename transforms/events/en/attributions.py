"""A source that opens or closes a sentence and so speaks for all of it: ..., according to X."""

from __future__ import annotations

from collections.abc import Iterator

from transforms.events.en.sources import Source, source_of
from transforms.events.tree import Tree
from transforms.words import reporting

_CITING = frozenset(("according", "per"))


def attributions(tree: Tree, first: int, last: int) -> Iterator[tuple[int, int, Source]]:
    """The sources of a sentence with the first and last token of what each speaks for."""
    weak = reporting("verb", "weak")
    for i in range(first, last + 1):
        if tree.lower[i] in _CITING or cites(tree, i):
            yield from _cited(tree, i, first, last)
        elif tree.is_verb(i) and tree.lemma[i] in reporting("verb", "claim") - weak:
            yield from _closing(tree, i, first, last)
        elif tree.tag[i] == "NNS" and tree.lemma[i] in reporting("verb", "claim"):
            yield from _closing_noun(tree, i, first, last)


def cites(tree: Tree, token: int) -> bool:
    """Whether a participle names a source: citing, quoting."""
    return tree.lemma[token] in reporting("verb", "citing") and tree.tag[token] == "VBG"


def _cited(tree: Tree, i: int, first: int, last: int) -> Iterator[tuple[int, int, Source]]:
    """A citation after a comma near the end, or one that opens the sentence."""
    noun = next(
        (
            c
            for c in range(i + 1, min(last, i + 12) + 1)
            if tree.dep[c] in ("pobj", "dobj") and tree.head[c] in (i, i + 1)
        ),
        None,
    )
    if noun is None:
        return
    edge = min(tree.right_edge(noun), last)
    source = source_of(tree, noun, None, "according")
    if source is None:
        return
    if i - first <= 1:
        yield source.last + 1, last, source
    elif tree.lower[i - 1] == "," and _ends(tree, edge + 1, last):
        yield first, i - 1, source


def _closing(tree: Tree, verb: int, first: int, last: int) -> Iterator[tuple[int, int, Source]]:
    """A subject and a reporting verb after a comma, with no clause of its own behind it."""
    subject = next((c for c in tree.children[verb] if tree.dep[c] == "nsubj" and c < verb), None)
    if subject is None or tree.tag[subject] in ("WDT", "WP", "EX"):
        return
    start = tree.left_edge(subject)
    if start <= first + 1 or tree.lower[start - 1] not in (",", "”", '"', "''", "’", "—", "–"):
        return
    joined = next((c for c in tree.children[verb] if tree.dep[c] == "cc" and c > verb), last + 1)
    behind = [c for c in tree.children[verb] if verb < c < joined - 1]
    if any(tree.dep[c] in ("ccomp", "xcomp", "conj") for c in behind):
        return
    edge = min(max([verb, *(tree.right_edge(c) for c in behind)]), last)
    goes_on = tree.lower[edge + 1 : edge + 3] in ([",", "and"], [",", "but"])
    if edge - verb > 14 or not (goes_on or _ends(tree, edge + 1, last)):
        return
    source = source_of(tree, subject, verb, "reported")
    if source is not None:
        yield first, start - 1, source
        if goes_on:  # two have died, the agency said, and 28 are ill
            yield edge + 1, last, source


def _closing_noun(
    tree: Tree, word: int, first: int, last: int
) -> Iterator[tuple[int, int, Source]]:
    """A closing verb that was taken for a noun: ..., British intelligence estimates."""
    own = [
        c
        for c in tree.children[word]
        if c < word and tree.dep[c] in ("det", "amod", "compound", "poss", "nsubj")
    ]
    start = min((tree.left_edge(c) for c in own), default=word)
    if start in (word, first) or tree.lower[start - 1] not in (",", "”", '"', "''"):
        return
    if _ends(tree, word + 1, last):
        yield first, start - 2, Source(start, word - 1, word - 1, word, "reported")


def _ends(tree: Tree, i: int, last: int) -> bool:
    """Whether nothing but marks is left of a sentence, or a short phrase after a comma."""
    rest = [k for k in range(i, last + 1) if tree.pos[k] not in ("PUNCT", "SPACE")]
    return not rest or (len(rest) <= 3 and not any(tree.is_verb(k) for k in rest))
