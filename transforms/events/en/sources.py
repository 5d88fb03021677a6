"""The noun phrase that names a source, whole: with its name, its complement, its second half."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.events.rules import Saying
from transforms.events.tree import Tree
from transforms.words import reporting, words

_TRIMMED = ("cc", "prep", "mark", "advmod", "punct", "case")
_INSIDE = frozenset(["of", "for", "at", "in", "on", "to", "with", "from"])
_NOUNS = ("NOUN", "PROPN", "PRON", "SYM", "X", "NUM")


@dataclass(frozen=True, slots=True)
class Source:
    """Who says something: the tokens of the phrase (inclusive), its head, the verb and the rule."""

    first: int
    last: int
    head: int
    verb: int | None
    rule: Saying


def source_of(tree: Tree, head: int, verb: int | None, rule: Saying) -> Source | None:
    """The phrase of a source by its head; None where the head can be no source (a date, a number).

    A report speaks for its author: "an estimate by the World Bank" is the World Bank's.
    """
    head = _author(tree, head)
    if tree.tag[head] == "CD" or tree.ent[head] in ("DATE", "TIME", "PERCENT", "MONEY"):
        return None
    first, last = tree.left_edge(head), head
    while first < head and (tree.pos[first] in ("PUNCT", "SPACE") or tree.dep[first] in _TRIMMED):
        first += 1
    head_end = verb - 1 if verb is not None and head < verb else len(tree.head) - 1
    last = _second_half(tree, head, last)
    for child in tree.children[last] if last != head else tree.children[head]:
        if child <= last or child > head_end:
            continue
        dep, word = tree.dep[child], tree.lower[child]
        if dep == "prep" and child == last + 1 and word in _INSIDE:
            if not _belongs(tree, child, word, head):
                break
            last = min(tree.right_edge(child), head_end)
        elif dep == "appos" and tree.pos[child] == "PROPN" and tree.left_edge(child) == last + 1:
            last = (
                min(tree.right_edge(child), head_end)
                if tree.right_edge(child) - last < 6
                else child
            )
        elif (
            dep in ("amod", "advmod")
            and child == last + 1
            and any(tree.dep[c] == "prep" for c in tree.children[child])
        ):
            last = min(tree.right_edge(child), head_end)  # a source familiar with the talks
        elif dep in ("advmod", "det") and child == last + 1 and word == "there":
            last = child
        elif dep in ("punct", "cc", "conj"):
            if (
                dep == "conj"
                and tree.head[child] == head
                and child - last <= 6
                and verb is not None
            ):
                last = min(tree.right_edge(child), head_end)
                continue
            if dep == "punct" and word != ",":
                break
            continue
        else:
            break
    while last > head and tree.pos[last] in ("PUNCT", "SPACE"):
        last -= 1
    return Source(first, last, head, verb, rule)


def _belongs(tree: Tree, prep: int, word: str, head: int) -> bool:
    """Whether a phrase after the head is part of the name or the office, and no circumstance."""
    inner = tree.child(prep, "pobj")
    if inner is None or tree.ent[inner] in ("DATE", "TIME"):
        return False
    if any(tree.ent[i] in ("DATE", "TIME") for i in range(prep, tree.right_edge(prep) + 1)):
        return False
    if word in ("of", "for", "at", "in"):
        return True
    return word == "on" and tree.pos[inner] == "PROPN"


def _second_half(tree: Tree, head: int, last: int) -> int:
    """Fire and rescue authority: the parse takes the first noun for the head, the name goes on."""
    for child in tree.children[head]:
        if tree.dep[child] != "conj" or child < head or child - head > 4:
            continue
        if tree.lemma[child] not in words("sources.institution"):
            continue
        if not any(tree.dep[c] == "det" for c in tree.children[child]):
            return child
    return last


def _author(tree: Tree, head: int) -> int:
    """Who made the report that speaks: an estimate by the World Bank."""
    if tree.lemma[head] not in reporting("noun", "claim"):
        return head
    for child in tree.children[head]:
        if (
            child > head
            and tree.dep[child] in ("prep", "agent")
            and tree.lower[child] in ("by", "from")
        ):
            inner = tree.child(child, "pobj")
            if (
                inner is not None
                and tree.pos[inner] in ("PROPN", "NOUN")
                and tree.tag[inner] != "CD"
            ):
                return inner
    return head


def reach(tree: Tree, source: Source) -> tuple[int, int]:
    """First and last token of a source and what belongs to it: the union in a post on X."""
    last = max(source.last, tree.right_edge(source.head))
    return source.first, last if source.verb is None else source.last
