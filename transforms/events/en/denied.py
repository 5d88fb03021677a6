"""What is denied: negated in the text, or rejected by its source."""

from __future__ import annotations

from transforms.events.tree import Tree
from transforms.words import words

#: After "not", they only bound the number that follows: not more than 40.
BOUNDING = frozenset(["only", "just", "more", "less", "fewer", "until"])


def rejects(tree: Tree, below: int, token: int) -> bool:
    """Whether a verb of denial denies what stands below it: not the 12 claims that it rejects."""
    thing = below == token and tree.lemma[token] not in words("events.noun")
    thing = thing or tree.lemma[below] in words("modality.plan") | words("modality.option")
    denied = tree.dep[below] in ("ccomp", "prep", "pcomp", "xcomp")
    return denied or (tree.dep[below] == "dobj" and not thing)


def negates(tree: Tree, verb: int, token: int) -> bool:
    """Whether a negation denies the figure, and does not only bound it (no more than, not only)."""
    for child in tree.children[verb]:
        if tree.dep[child] == "neg" and abs(child - token) <= 12:
            if any(tree.lower[i] == "but" for i in range(child, token)):
                return False  # not 40 but 14
            if tree.lower[child - 1] == "if":
                return False  # hundreds, if not a thousand
            following = min(child + 1, len(tree.lower) - 1)
            if tree.lower[following] == "yet":
                following = min(following + 1, len(tree.lower) - 1)
            return tree.lower[following] not in BOUNDING | words("modality.bounding")
    return False
