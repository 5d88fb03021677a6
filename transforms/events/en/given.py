"""What is taken for known, however sure the clause around it is of what it says.

"Could divide the two countries" doubts no country, "40 men did not come" no man; who says so
("two aides said"), what a name is explained by ("the alliance, a league of 30 states") and what
is only beside a clause ("despite 40 arrests") stand as facts.
"""

from __future__ import annotations

from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, time_words, words

#: What opens a phrase that tells what is done all the same: is not fit after a month off.
_ASIDE = frozenset(("by", "after", "before", "since", "despite"))
#: The same before a noun, wherever it stands and only before the clause.
_BESIDE = frozenset(("since", "despite", "following", "amid"))
#: What stands between a verb and what it comes to.
_LEADING = frozenset(("into", "to"))
_FRONTED = frozenset(("after", "with", "at"))
_INSIDE = ("nummod", "quantmod", "compound", "nmod", "amod", "npadvmod", "advmod", "poss")
_CONDITIONAL = frozenset(("if", "unless"))
_ASKED = frozenset(("if", "whether"))
_PAST_MARKS = frozenset(("after", "although", "because", "since", "though", "whereas", "while"))
_NAMES = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC")
_OPEN_DETERMINERS = ("a", "an", "any", "some", "no", "another", "each", "every", "either")


def is_given(tree: Tree, token: int, *, whole: bool = False) -> bool:
    """Whether the counted are known already, whatever is said to come of them: the two sides.

    With ``whole`` the phrase must say all that is said of them: the four which may sink are not.
    """
    noun = head_of_phrase(tree, token)
    number = tree.tag[noun] == "CD" or any(
        tree.tag[c] == "CD" or tree.lower[c] in words("figures.many")
        for c in tree.children[noun]
        if c < noun
    )
    known = any(
        tree.dep[c] in ("det", "poss") and tree.lower[c] not in _OPEN_DETERMINERS
        for c in tree.children[noun]
        if c < noun
    )
    if not (number or noun != token) or not known:
        return False
    if tree.pos[noun] not in ("NOUN", "PROPN", "NUM"):
        return False
    if tree.lemma[noun] in words("modality.plan") | words("modality.option"):
        return False  # its 500 million offer
    return not (whole and any(_is_open(tree, c) for c in tree.children[noun]))


def _is_open(tree: Tree, clause: int) -> bool:
    """Whether a clause leaves open what it says of a noun: the four which may sink."""
    if tree.dep[clause] == "relcl":
        return any(tree.tag[c] == "MD" for c in tree.children[clause])
    return tree.dep[clause] == "acl"


def is_measured(tree: Tree, token: int) -> bool:
    """Whether a measure is told of a known thing, before its noun: the 40-ton crane."""
    noun = head_of_phrase(tree, token)
    unit = noun != token and tree.tag[token] in ("NN", "NNS")
    if tree.lemma[noun] in words("modality.reached"):
        return False  # will be in the 2 percent range
    return unit and is_given(tree, token, whole=True)


def head_of_phrase(tree: Tree, token: int) -> int:
    """The noun of whose phrase a token is a part before it: their 10-year contract."""
    while (
        tree.dep[token] in _INSIDE
        and tree.head[token] > token
        and tree.pos[tree.head[token]] in ("NOUN", "PROPN", "NUM", "ADJ", "SYM")
        and (tree.dep[token] != "poss" or tree.pos[token] == "NUM")
    ):
        token = tree.head[token]
    return token


def stands_apart(tree: Tree, below: int, head: int, token: int) -> bool:
    """Whether what stands below a word is a fact of its own, with ``head`` above it.

    ``token`` is where the way up began.
    """
    dep, lower = tree.dep[below], tree.lower[below]
    if dep == "pcomp" and tree.lower[head] in _ASIDE:
        return True  # may do it by selling the 12
    if dep == "pobj" and tree.lower[head] in _BESIDE:
        return True
    if lower == "than" and below < token:
        return True  # would be less than the 91 they had
    if "according" in (lower, tree.lower[head]):
        return True
    if dep == "prep" and lower in _FRONTED and below < head and tree.is_verb(head):
        return lower != "with" or _fronts(tree, below, head)
    if dep in SUBJECTS and tree.lemma[head] in reporting("verb", "claim"):
        return not any(tree.tag[c] == "MD" for c in tree.children[head])  # two aides said
    if dep == "appos" and tree.ent[head] in _NAMES:
        return True  # the pope, 85, has not come
    if dep == "prep" and lower in ("in", "for") and _is_span(tree, below):
        return _is_superlative(tree, head) or tree.lemma[head] in words("modality.demand_for")
    return dep == "prep" and lower == "with" and _is_absolute(tree, below)


def _fronts(tree: Tree, prep: int, verb: int) -> bool:
    """Whether a phrase stands before the subject of its verb."""
    subject = tree.child(verb, *SUBJECTS)
    return subject is not None and prep < tree.left_edge(subject)


def _is_span(tree: Tree, prep: int) -> bool:
    """Whether a phrase is one of time: for six months, in ten years."""
    inner = tree.child(prep, "pobj")
    return inner is not None and tree.lower[inner] in time_words("UNIT", "UNITS")


def _is_superlative(tree: Tree, word: int) -> bool:
    """The worst loss (in years), the first visit."""
    return tree.tag[word] == "JJS" or any(
        tree.tag[c] == "JJS" or tree.lower[c] in time_words("ORD") for c in tree.children[word]
    )


def _is_absolute(tree: Tree, prep: int) -> bool:
    """Whether a phrase tells something of its own: with 200 houses burnt."""
    told = tree.child(prep, "pcomp")
    inner = tree.child(prep, "pobj")
    if told is None and inner is not None:
        told = next((c for c in tree.children[inner] if tree.dep[c] in ("acl", "relcl")), None)
    if told is None:
        return False
    # with a month to go
    left = tree.lemma[told] in words("modality.remaining") and is_infinitive(tree, told)
    return left or tree.tag[told] in ("VBN", "VBD")


def is_known_fact(tree: Tree, clause: int) -> bool:
    """Whether a clause is taken for known, whatever its main clause says: the man who was killed,
    those held in Kyiv, after Russia invaded."""
    if tree.dep[clause] in ("relcl", "acl"):
        noun = tree.head[clause]
        first = tree.lower[tree.left_edge(noun)]
        if first in ("a", "an", "any", "every", "no") and tree.ent[noun] == "":
            # The family of a soldier killed in action could be paid; but will stay closed after a
            # blast that damaged it.
            return tree.tag[clause] == "VBD" and _follows(tree, noun)
        if tree.dep[clause] == "acl":
            return tree.tag[clause] == "VBN" and tree.child(clause, *SUBJECTS) is None
        return not is_infinitive(tree, clause)
    if tree.dep[clause] != "advcl" or in_condition(tree, clause):
        return False
    tensed = [clause, *(c for c in tree.children[clause] if tree.dep[c] in ("aux", "auxpass"))]
    return any(tree.tag[i] == "VBD" for i in tensed)


def is_past_aside(tree: Tree, clause: int) -> bool:
    """Whether a clause tells what came before that of which it is said: may fall after it rose."""
    if tree.dep[clause] != "advcl" or tree.tag[clause] != "VBD":
        return False
    marks = [tree.lower[c] for c in tree.children[clause] if c < clause and tree.dep[c] == "mark"]
    return any(mark in _PAST_MARKS for mark in marks)


def is_done(tree: Tree, token: int) -> bool:
    """Whether the clause of a token is in the perfect: it has recruited 40 who come in May."""
    verb = next((i for i in tree.up(token) if tree.is_verb(i)), token)
    helpers = [tree.lower[c] for c in tree.children[verb] if tree.dep[c] in ("aux", "auxpass")]
    return tree.tag[verb] == "VBN" and helpers[:1] in (["has"], ["have"])


def is_measured_against(tree: Tree, verb: int, noun: int) -> bool:
    """Whether a noun is a known level that is passed: would surpass its purchase of the mill."""
    compared = tree.lemma[verb] in words("modality.measuring") and tree.dep[noun] == "dobj"
    return compared and is_definite(tree, noun)


def _follows(tree: Tree, noun: int) -> bool:
    """Whether a noun names what came before: after a blast, following a blast."""
    prep = tree.head[noun]
    return tree.dep[noun] == "pobj" and tree.lower[prep] in {*_ASIDE, *_BESIDE}


def is_infinitive(tree: Tree, verb: int) -> bool:
    return any(tree.tag[c] == "TO" for c in tree.children[verb])


def known_noun(tree: Tree, noun: int) -> bool:
    """Whether a noun for an event names one that is known, whatever is said of it: the attack could
    lead to war; after the attack they will go. What is wanted, planned or carried out is not."""
    if not is_definite(tree, noun):
        return False
    first = noun
    while tree.dep[first] == "conj" and tree.pos[tree.head[first]] in ("NOUN", "PROPN"):
        first = tree.head[first]
    above = tree.head[first]
    if tree.dep[first] in SUBJECTS:
        if any(tree.lower[c] in ("would", "’d", "'d") for c in tree.children[above]):
            return False  # the attack would mean war
        return tree.lemma[above] not in words("modality.occurring") | words("events.support")
    if tree.dep[first] == "pobj":
        verb = tree.head[above]
        leads = tree.lemma[verb] in words("modality.implying") and tree.lower[above] in _LEADING
        if tree.is_verb(verb) and (tree.lower[above] == "with" or leads):
            return False  # could end with the surrender of the rebels, lead to it
        above = tree.head[above]
    lemma = tree.lemma[above]
    uses = (
        "modality.aimed", "modality.averting", "modality.demand", "modality.demand_for",
        "modality.option", "modality.plan", "modality.planning", "modality.proposing",
        "modality.unreal", "events.support",
    )  # fmt: skip
    return not any(lemma in words(use) for use in uses)


def is_definite(tree: Tree, noun: int) -> bool:
    """Whether a noun is known by what stands before it: the raid, their raid, this raid."""
    return any(
        tree.dep[c] == "poss" or tree.lower[c] in ("the", "this", "that", "these", "those")
        for c in tree.children[noun]
        if c < noun
    )


def in_condition(tree: Tree, clause: int) -> bool:
    """Whether a clause is a condition or a question: if we have 500; unless; whether 40 died."""
    asked = _CONDITIONAL if tree.dep[clause] == "advcl" else _ASKED
    return tree.dep[clause] in ("advcl", "ccomp") and any(
        tree.dep[c] in ("mark", "advmod") and tree.lower[c] in asked
        for c in tree.children[clause]
        if c < clause
    )
