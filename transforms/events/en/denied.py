"""What is denied: negated in the text, or rejected by its source."""

from __future__ import annotations

from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, words

#: After "not", they only bound the number that follows: not more than 40.
BOUNDING = frozenset(["only", "just", "more", "less", "fewer", "until"])


def rejects(tree: Tree, below: int, token: int) -> bool:
    """Whether a verb of denial denies what stands below it: not the 12 claims that it rejects."""
    thing = below == token and tree.lemma[token] not in words("events.noun")
    thing = thing or tree.lemma[below] in words("modality.plan") | words("modality.option")
    denied = tree.dep[below] in ("ccomp", "prep", "pcomp", "xcomp")
    return denied or (tree.dep[below] == "dobj" and not thing)


def is_false(tree: Tree, verb: int, below: int) -> bool:
    """Whether a clause says that what stands below it is not so: the claim that 40 died is false,
    it is not true that 40 died, reports that 40 died were denied."""
    state = tree.child(verb, "acomp") if tree.lemma[verb] == "be" else None
    negated = any(tree.dep[c] == "neg" for c in tree.children[verb])
    if tree.dep[below] == "ccomp":
        told = state if state is not None else verb
        true = tree.lower[told] in words("modality.true") and negated
        return true or tree.lower[told] in words("modality.false")
    told_of = any(tree.dep[c] in ("acl", "ccomp", "relcl") for c in tree.children[below])
    if tree.dep[below] not in SUBJECTS or not told_of:
        return False
    if tree.lemma[below] not in words("modality.stated"):
        return False
    if state is not None:
        return tree.lower[state] in words("modality.true" if negated else "modality.false")
    return tree.tag[verb] == "VBN" and tree.lemma[verb] in reporting("verb", "denial")


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
