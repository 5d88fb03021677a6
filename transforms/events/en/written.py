"""A noun phrase as it is written: where it begins and ends."""

from __future__ import annotations

from transforms.events.tree import Tree

_TRIMMED = ("cc", "prep", "mark", "advmod", "punct", "case", "preconj", "predet")

#: Letters of the longest magnitude that is glued to a number: £3m, £3bn.
_MAGNITUDE = 2


def phrase(tree: Tree, head: int) -> tuple[int, int]:
    """First and last token of a noun phrase as written, with its "of" but no clause or place."""
    own = [c for c in tree.children[head] if tree.mended.get(c) != "gapped"]
    first, last = tree.left_edge(own[0]) if own and own[0] < head else head, head
    while first < head and (
        tree.pos[first] in ("PUNCT", "SPACE")
        or (tree.dep[first] in _TRIMMED and tree.lower[first + 1] != "than")
        or tree.lower[first] == "than"
        or tree.lower[first] == "#"
        or not (any(map(str.isalnum, tree.lower[first])) or tree.tag[first] == "$")
    ):
        first += 1
    named = title_name(tree, head)
    if named is not None:
        last = max(named, *(c for c in tree.children[named] if tree.pos[c] == "PROPN"), named)
    for child in tree.children[head]:
        if child == last + 1 and tree.lower[child] == "of" and tree.dep[child] == "prep":
            inner = tree.child(child, "pobj")
            if inner is not None and tree.ent[head] != "PERSON":  # convicted Ann Berg of theft
                last = phrase(tree, inner)[1]
    return first, _with_magnitude(tree, last)


def _with_magnitude(tree: Tree, last: int) -> int:
    """The letter glued to a number that ends a phrase: £3m."""
    after = last + 1
    if tree.tag[last] != "CD" or after >= len(tree.lower) or tree.start[after] != tree.end[last]:
        return last
    return after if tree.lower[after].isalpha() and len(tree.lower[after]) <= _MAGNITUDE else last


def title_name(tree: Tree, head: int) -> int | None:
    """The name that stands right behind a noun for who it is: the commander Ann Berg."""
    named = tree.child(head, "appos") if tree.pos[head] == "NOUN" else None
    if named is None or tree.pos[named] != "PROPN" or tree.left_edge(named) != head + 1:
        return None
    return named
