"""What the ways over a parse ask of a clause: how it is joined, opened and told."""

from __future__ import annotations

from transforms.event_words import event_categories
from transforms.events.en.harm import is_quantifier
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, time_words, words

_OTHERS = frozenset(["another", "others", "other", "several", "some", "many", "most", "more"])


def harms(tree: Tree, verb: int) -> bool:
    """Whether a verb, or one that it is coordinated with, tells of harm."""
    while tree.lemma[verb] not in words("events.harm"):
        if tree.dep[verb] != "conj" or not tree.is_verb(tree.head[verb]):
            return False
        verb = tree.head[verb]
    return True


def is_dead(tree: Tree, verb: int) -> bool:
    """Whether a clause tells of a state that only a past event leaves: 12 people are dead."""
    told = tree.child(verb, "acomp") if tree.lemma[verb] == "be" else None
    return told is not None and event_categories("adjective").get(tree.lower[told]) == "killed"


def brought_about(tree: Tree, cause: int) -> bool:
    """Whether a clause tells what brought about the harm that the clause above it tells of, and not
    what the same people did or suffered before: they were killed after a wall fell on them."""
    above = tree.head[cause]
    if not (harms(tree, above) or is_dead(tree, above)) or above > cause:
        return False
    subject = next((c for c in tree.children[cause] if tree.dep[c] in SUBJECTS), None)
    earlier = any(tree.lower[c] in ("had", "has", "have") for c in tree.children[cause])
    mark = next((c for c in tree.children[cause] if tree.dep[c] == "mark"), cause)
    earlier = earlier or tree.lemma[mark - 1] in time_words("UNIT")  # days after another fell
    return subject is not None and tree.pos[subject] != "PRON" and not earlier


def is_wish(tree: Tree, verb: int) -> bool:
    """Whether an infinitive is what somebody wants, asks or is bound to do: not done by then."""
    wishes = words("modality.demand") | words("modality.planning")
    wish = tree.lemma[tree.head[verb]] in wishes - words("dates.arranged")
    return wish and any(tree.tag[c] == "TO" for c in tree.children[verb] if c < verb)


def goes_on_there(tree: Tree, verb: int) -> bool:
    """Whether a relative clause tells what went on at a place then: in Leeds, where she spoke."""
    there = any(tree.lower[c] == "where" for c in tree.children[verb])
    above = next((i for i in tree.up(verb)[1:] if tree.is_verb(i)), verb)
    return there and tree.tag[verb] == "VBD" and tree.tag[above] == "VBD"


def is_apart(tree: Tree, verb: int) -> bool:
    """Whether a coordinated clause tells of something else than the one before, so that its place
    and time are its own: it has a subject that is not counted, or tells alone of what will be."""
    subject = next((c for c in tree.children[verb] if tree.dep[c] in ("nsubj", "nsubjpass")), None)
    if subject is not None and not any(
        tree.tag[k] == "CD"
        or tree.lower[k] in _OTHERS
        or (tree.tag[k] == "NNS" and is_quantifier(tree, k))
        for k in range(tree.left_edge(subject), subject + 1)
    ):
        return True
    but = any(tree.lower[c] == "but" for c in tree.children[tree.head[verb]] if c < verb)
    if (
        but
        and subject is not None
        and tells_now(tree, verb)
        and not tells_now(tree, tree.head[verb])
    ):
        return True  # it slowed in May, but 52 percent are still poor
    coming, before = _comes(tree, verb), _comes(tree, tree.head[verb])
    return coming != before and (coming or is_finite(tree, verb))


def is_finite(tree: Tree, verb: int) -> bool:
    """Whether a coordinated verb has a tense that it does not share: an auxiliary or a subject of
    its own (will close 35 and cut 11: the form alone does not tell)."""
    tensed = ("VBD", "VBZ", "VBP")
    return any(
        (tree.dep[c] in ("nsubj", "nsubjpass") and tree.tag[verb] in tensed)
        or (tree.dep[c] in ("aux", "auxpass") and tree.tag[c] in tensed)
        for c in tree.children[verb]
    )


def tells_now(tree: Tree, verb: int) -> bool:
    """Whether a verb tells how things are: in the present, with no auxiliary."""
    helped = any(tree.dep[c] in ("aux", "auxpass") for c in tree.children[verb])
    return tree.tag[verb] in ("VBZ", "VBP") and not helped


def holds_since(tree: Tree, verb: int) -> bool:
    """Whether a clause tells in the perfect what the clause above it does not: on Monday crews
    fought a blaze that has burned 40 huts."""
    above = next((i for i in tree.up(verb)[1:] if tree.is_verb(i)), verb)
    return _is_perfect(tree, verb) and not _is_perfect(tree, above)


def _is_perfect(tree: Tree, verb: int) -> bool:
    return any(
        tree.dep[c] == "aux" and tree.lemma[c] == "have" and tree.tag[c] in ("VBZ", "VBP")
        for c in tree.children[verb]
    )


def says_after(tree: Tree, verb: int) -> bool:
    """Whether a verb that the parse coordinates says what stands before it: it follows a comma or
    a name in commas, with no "and" and no subject left to it."""
    if tree.lemma[verb] not in reporting("verb", "claim") or tree.child(verb, *SUBJECTS):
        return False
    beside = [c for c in tree.children[tree.head[verb]] if tree.head[verb] < c < verb]
    before = max((c for c in beside if tree.dep[c] == "conj"), default=tree.head[verb])
    joined = any(tree.dep[c] == "cc" and c > before for c in beside)
    return not joined and tree.lower[verb - 1] == ","


def parts_before(tree: Tree, token: int, meet: int) -> bool:
    """Whether such a clause lies between a token and the verb that its way goes up to."""
    here = token
    while here != meet and tree.head[here] != here:
        if tree.dep[here] == "conj" and tree.is_verb(here) and is_apart(tree, here):
            return True
        here = tree.head[here]
    return False


def is_of_part(tree: Tree, tie: int, token: int) -> bool:
    """Whether a phrase is tied to a part of something else: 40 towers, half of them in Assam."""
    below = tree.up(token)
    for i in tree.up(tie)[:3]:
        if i in below or tree.is_verb(i):
            return False
        for c in tree.children[i]:
            inner = tree.child(c, "pobj") if tree.lower[c] in ("of", "among") else None
            if inner is not None and tree.lower[inner] in ("them", "whom", "which", "these"):
                return True
    return False


def is_known(tree: Tree, i: int) -> bool:
    """Whether a number or its noun is a known one (the nine, these three)."""
    return any(
        tree.dep[c] in ("det", "poss")
        and tree.lower[c] not in ("a", "an", "some", "any", "another")
        for c in tree.children[i]
        if c < i
    )


def _comes(tree: Tree, verb: int) -> bool:
    return any(tree.dep[c] == "aux" and tree.tag[c] == "MD" for c in tree.children[verb])


def opening(tree: Tree, clause: int) -> str:
    """The word that opens an adverbial clause ("" for a bare participle)."""
    for c in tree.children[clause]:
        if c > clause:
            break
        if tree.dep[c] in ("mark", "advmod") and tree.tag[c] in ("IN", "WRB"):
            return tree.lower[c]
        if tree.dep[c] == "prep" and tree.tag[c] == "IN":
            return tree.lower[c]
    return ""
