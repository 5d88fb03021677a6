"""Whether a thing is stated as fact: actual, planned, possible or denied.

Demands, offers, conditions and thresholds are possible; what is scheduled, proposed or forecast is
planned; what is negated or what the source rejects is denied.
"""

from __future__ import annotations

from transforms.events.en.clauses import is_finite
from transforms.events.en.denied import BOUNDING, is_false, negates, rejects
from transforms.events.en.given import (
    in_condition,
    is_given,
    is_infinitive,
    is_known_fact,
    is_measured,
    is_measured_against,
    is_past_aside,
    stands_apart,
)
from transforms.events.en.intent import (
    Stated,
    attributive,
    is_aim,
    is_known_level,
    is_thought_of,
    of_noun,
)
from transforms.events.en.verbal import is_evidence, of_verb
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, words


def modality(tree: Tree, token: int, number: int | None = None, *, happens: bool = True) -> Stated:
    """The modality of what a token says and the name of the rule that gave it.

    ``number`` is the first token of a figure; without one the event of the token itself is asked,
    which is not there where somebody only tried or prevented it. ``happens`` is whether the figure
    tells of those to whom something happens: others are there if they are known (the two sides).
    """
    found = _stated(tree, token, number)
    if found[0] == "planned" and number is not None and is_measured(tree, token):
        return "actual", ""  # to remove the 40-ton crane
    given = found[0] in ("possible", "denied") and number is not None and not happens
    return ("actual", "") if given and is_given(tree, token, whole=True) else found


def _stated(tree: Tree, token: int, number: int | None) -> Stated:
    """The modality, without what is taken for known."""
    apart = number and tree.lower[number - 1] == "not" and tree.lower[number - 2] != "if"
    if apart and number and tree.lower[number] not in BOUNDING:
        return "denied", "negated"  # only 16,000 fell, not 120,000
    found: Stated = attributive(tree, token) or ("actual", "")
    below = token
    within = True  # the token's own clause, whose auxiliaries count
    told = False  # a relative clause, whose fact is taken for known
    for head in tree.up(token)[1:]:
        if not told and is_false(tree, head, below):
            return "denied", "rejected"
        if stands_apart(tree, below, head, number or token):
            return found
        if tree.pos[head] in ("NOUN", "PROPN"):
            told = told or _is_participle(tree, below)
            if tree.lower[below] == "of" and is_known_level(tree, head):
                within = False  # would bring it near the jobless rate of 5%
            known = number is not None and not told and is_given(tree, token, whole=True)
            if known and tree.lemma[head] in words("modality.undertaking"):
                return found  # efforts to reconcile the two
            if found[0] == "actual":
                found = of_noun(tree, head, below) or attributive(tree, head) or found
            if number is None and found[0] == "actual" and is_thought_of(tree, head, below):
                found = "possible", "condition"
            below = head
            continue
        if tree.pos[head] not in ("VERB", "AUX", "ADJ"):
            below = head
            continue
        lemma, dep = tree.lemma[head], tree.dep[below]
        if lemma in reporting("verb", "denial") and not told and rejects(tree, below, token):
            return "denied", "rejected"
        if within and is_measured_against(tree, head, below):
            return found
        if within:
            if is_given(tree, token) and (dep == "nsubj" or negates(tree, head, token)):
                told_of = of_verb(tree, head, below) if found[0] == "actual" else None
                would = any(tree.lower[c] == "would" for c in tree.children[head])
                ahead = told_of is not None and told_of[0] == "planned" and not would
                if told_of is not None and ahead and below == token:
                    return told_of  # the two sides will meet
                return found  # could talk
            if dep in SUBJECTS and number is not None and negates(tree, head, token):
                return found  # 40 men did not come: there are 40
            if dep not in ("advcl", "relcl", "csubj") and negates(tree, head, token):
                return "denied", "negated"
            if found[0] == "actual":
                found = of_verb(tree, head, below) or found
        elif (
            found[0] == "actual"
            and lemma in words("modality.demand") | words("modality.fearing")
            and dep in ("ccomp", "xcomp")
            and not is_evidence(tree, head)
            and head < below  # not the clause before a semicolon
            and not told
        ):
            found = "possible", "demand"
        if number is None and not told and found[0] == "actual" and _is_unreal(tree, head, below):
            failed = (
                lemma in words("modality.failing") and dep == "xcomp" and tree.head[token] == below
            )
            found = ("denied", "negated") if failed else ("possible", "demand")
        if found[0] == "actual" and is_aim(tree, head, below):
            found = "planned", "plan"
        asked = told and tree.dep[head] == "ccomp"
        open_yet = found[0] == "actual" or (number is None and found == ("planned", "future"))
        if open_yet and not asked and in_condition(tree, head):
            found = "possible", "condition"
        if number is not None and found[0] == "actual" and is_past_aside(tree, head):
            return found
        told = told or tree.dep[head] == "relcl"  # weighs if two sold it in a fair that took 9 days
        if number is None and found[0] == "actual" and is_known_fact(tree, head):
            return found
        if _is_past_beside(tree, head):
            return found
        if tree.dep[head] == "conj" and is_finite(tree, head):
            within = False  # it would pay 400 and had set aside 90
        named = tree.dep[head] == "acl" or (tree.dep[head] == "relcl" and is_infinitive(tree, head))
        goes_on = (named and found[0] == "actual") or _sets_level(tree, head)
        if tree.dep[head] in ("relcl", "advcl", "ccomp", "acl") and not goes_on:
            within = False
        below = head
    return found


def _is_past_beside(tree: Tree, verb: int) -> bool:
    """Whether a verb in the past is coordinated with an infinitive: agreed to talk and sent 14. Of
    some verbs the form does not tell (to close 35 and cut 11)."""
    past = tree.tag[verb] == "VBD" or (
        tree.tag[verb] == "VBN" and tree.child(verb, "aux", "auxpass") is None
    )
    past = past and tree.lower[verb] != tree.lemma[verb]
    return past and tree.dep[verb] == "conj" and tree.tag[tree.head[verb]] == "VB"


def _is_participle(tree: Tree, clause: int) -> bool:
    """Whether a clause that hangs on a noun is a bare participle: a plan drawn up by two."""
    own = tree.child(clause, *SUBJECTS, "mark", "aux", "auxpass")
    return tree.dep[clause] == "acl" and tree.tag[clause] == "VBN" and own is None


def _is_unreal(tree: Tree, verb: int, below: int) -> bool:
    """Whether what a verb governs did not come about by it: prevented the sale, tried to kill."""
    dep, lemma = tree.dep[below], tree.lemma[verb]
    if dep in ("xcomp", "pcomp") or (dep == "prep" and below > verb):
        return lemma in words("modality.unreal")
    return dep == "dobj" and lemma in words("modality.averting")


def _sets_level(tree: Tree, verb: int) -> bool:
    """Whether a participle tells what a clause comes to: will send 35, taking the total to 80."""
    levels = words("events.level") | words("events.setting_level") | words("events.bringing")
    return tree.dep[verb] == "advcl" and tree.tag[verb] == "VBG" and tree.lemma[verb] in levels
