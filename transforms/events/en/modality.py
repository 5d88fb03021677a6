"""Whether a thing is stated as fact: actual, planned, possible or denied.

Demands, offers, conditions and thresholds are possible; what is scheduled, proposed or forecast is
planned; what is negated or what the source rejects is denied.
"""

from __future__ import annotations

from transforms.events.en.clauses import is_finite
from transforms.events.rules import Ground, Modality
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, words

_POSSIBLE = frozenset(("may", "might", "could"))
_DEMANDING = frozenset(("should", "must", "ought"))
_COMING = frozenset(("will", "shall", "'ll", "’ll", "wo"))
#: What opens a phrase that tells what is done all the same: is not fit after a month off.
_ASIDE = frozenset(("by", "after", "before", "since", "despite"))
_CONDITIONAL = frozenset(("if", "unless"))
_BOUNDING = frozenset(["only", "just", "more", "less", "fewer", "until"])
_OBJECTS = ("dobj", "xcomp", "ccomp", "oprd", "pobj", "attr", "acl")

Stated = tuple[Modality, Ground]


def modality(tree: Tree, token: int, number: int | None = None) -> Stated:
    """The modality of what a token says and the name of the rule that gave it.

    ``number`` is the first token of a figure; without one the event of the token itself is asked,
    which is not there where somebody only tried or prevented it.
    """
    apart = number and tree.lower[number - 1] == "not" and tree.lower[number - 2] != "if"
    if apart and number and tree.lower[number] not in _BOUNDING:
        return "denied", "negated"  # only 16,000 fell, not 120,000
    found: Stated = ("actual", "")
    below = token
    within = True  # the token's own clause, whose auxiliaries count
    told = False  # a relative clause, whose fact is taken for known
    for head in tree.up(token)[1:]:
        means = tree.dep[below] == "pcomp" and tree.lower[head] in _ASIDE
        means = means or (tree.dep[below] == "pobj" and tree.lower[head] == "since")
        compared = tree.lower[below] == "than" and below < (number or token)
        if means or compared:
            return found  # may do it by selling the 12; would be less than the 91 they had
        if tree.pos[head] in ("NOUN", "PROPN"):
            if tree.lower[below] == "of" and _is_known_level(tree, head):
                within = False  # would bring it near the jobless rate of 5%
            if found[0] == "actual":
                found = _of_noun(tree, head, below) or found
            if number is None and found[0] == "actual" and _is_thought_of(tree, head, below):
                found = "possible", "condition"
            below = head
            continue
        if tree.pos[head] not in ("VERB", "AUX", "ADJ"):
            below = head
            continue
        lemma, dep = tree.lemma[head], tree.dep[below]
        if lemma in reporting("verb", "denial") and dep in (
            "ccomp",
            "dobj",
            "prep",
            "pcomp",
            "xcomp",
        ):
            return "denied", "rejected"
        if within:
            if _is_given(tree, token) and (dep == "nsubj" or _negates(tree, head, token)):
                return found  # the two sides could talk; did not erase the one fact
            inside = dep in SUBJECTS and below not in (token, tree.head[token])
            inside = inside and tree.tag[below] != "CD"  # but one in six did not
            if dep not in ("advcl", "relcl") and not inside and _negates(tree, head, token):
                return "denied", "negated"
            if found[0] == "actual":
                found = _of_verb(tree, head, below) or found
        elif (
            found[0] == "actual"
            and lemma in words("modality.demand")
            and dep in ("ccomp", "xcomp")
            and not _is_evidence(tree, head)
            and head < below  # not the clause before a semicolon
            and not told
        ):
            found = "possible", "demand"
        if number is None and not told and found[0] == "actual" and _is_unreal(tree, head, below):
            found = "possible", "demand"
        if found[0] == "actual" and _is_aim(tree, head, below):
            found = "planned", "plan"
        if found[0] == "actual" and _in_condition(tree, head):
            found = "possible", "condition"
        told = told or tree.dep[head] == "relcl"  # weighs if two sold it in a fair that took 9 days
        if number is None and found[0] == "actual" and _is_known_fact(tree, head):
            return found
        if tree.dep[head] == "conj" and is_finite(tree, head):
            within = False  # it would pay 400 and had set aside 90
        named = tree.dep[head] == "acl" or (
            tree.dep[head] == "relcl" and _is_infinitive(tree, head)
        )
        goes_on = (named and found[0] == "actual") or _sets_level(tree, head)
        if tree.dep[head] in ("relcl", "advcl", "ccomp", "acl") and not goes_on:
            within = False
        below = head
    return found


def _is_known_fact(tree: Tree, clause: int) -> bool:
    """Whether a clause is taken for known, whatever its main clause says: the man who was killed,
    those held in Kyiv, after Russia invaded."""
    if tree.dep[clause] in ("relcl", "acl"):
        noun = tree.head[clause]
        first = tree.lower[tree.left_edge(noun)]
        if first in ("a", "an", "any", "every", "no") and tree.ent[noun] == "":
            return False  # the family of a soldier killed in action could be paid
        if tree.dep[clause] == "acl":
            return tree.tag[clause] == "VBN" and tree.child(clause, *SUBJECTS) is None
        return not _is_infinitive(tree, clause)
    if tree.dep[clause] != "advcl" or _in_condition(tree, clause):
        return False
    tensed = [clause, *(c for c in tree.children[clause] if tree.dep[c] in ("aux", "auxpass"))]
    return any(tree.tag[i] == "VBD" for i in tensed)


def _is_thought_of(tree: Tree, noun: int, clause: int) -> bool:
    """Whether a clause is what a noun of fear or chance is of: the possibility that he was shot."""
    return tree.dep[clause] in ("acl", "ccomp") and tree.lemma[noun] in words("modality.feared")


def _is_infinitive(tree: Tree, verb: int) -> bool:
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
        return tree.lemma[above] not in words("modality.occurring") | words("events.support")
    if tree.dep[first] == "pobj":
        above = tree.head[above]
    lemma = tree.lemma[above]
    uses = (
        "modality.aimed", "modality.averting", "modality.demand", "modality.demand_for",
        "modality.option", "modality.plan", "modality.planning", "modality.proposing",
        "modality.unreal", "events.support",
    )  # fmt: skip
    return not any(lemma in words(use) for use in uses)


def qualified(tree: Tree, noun: int) -> Stated | None:
    """What the words beside a noun for an event say: a planned attack, the risk of a flood."""
    for child in tree.children[noun]:
        if child < noun and tree.lower[child] in words("modality.attempted"):
            return "possible", "demand"
        if child < noun and tree.lower[child] in words("modality.planned"):
            return "planned", "plan"
    above = tree.head[noun]
    state = tree.child(above, "acomp") if tree.dep[noun] == "nsubj" else None
    if state is not None and tree.lower[state] in words("modality.attempted"):
        return "possible", "condition"  # an invasion is possible
    prep = tree.head[noun]
    if tree.dep[noun] == "pobj" and tree.lower[prep] in ("of", "about", "for", "against"):
        governor = tree.lemma[tree.head[prep]]
        if governor in words("modality.feared") and not is_definite(tree, noun):
            return "possible", "condition"
    return None


def is_definite(tree: Tree, noun: int) -> bool:
    """Whether a noun is known by what stands before it: the raid, their raid, this raid."""
    return any(
        tree.dep[c] == "poss" or tree.lower[c] in ("the", "this", "that", "these", "those")
        for c in tree.children[noun]
        if c < noun
    )


def _is_evidence(tree: Tree, verb: int) -> bool:
    """Whether a verb's subject is a document, which can ask for nothing: a survey suggests."""
    subject = tree.child(verb, "nsubj")
    return subject is not None and tree.lemma[subject] in words("sources.document")


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


def _of_verb(tree: Tree, verb: int, below: int) -> Stated | None:
    lemma, dep = tree.lemma[verb], tree.dep[below]
    if dep == "conj" and tree.pos[below] in ("NOUN", "NUM", "SYM"):
        dep = "dobj"  # offered 3% on pay and 2% on pensions: the verb is said once
    for child in tree.children[verb]:
        if tree.dep[child] != "aux":
            continue
        if tree.lower[child] in _POSSIBLE:
            return "possible", "modal"
        if tree.lower[child] in _DEMANDING:
            return "possible", "demand"
        if tree.lower[child] in _COMING:
            return "planned", "future"
        if tree.lower[child] in ("would", "'d", "’d") and dep != "nsubj":
            if _reported(tree, verb) and not _conditioned(tree, verb):
                return "planned", "future"  # it announced that it would send 14
            return "possible", "condition"
    if dep == "xcomp" and (lemma in words("modality.planning") or _is_to(tree, verb, below)):
        return "planned", "plan"
    if dep == "prep" and lemma in words("modality.planning") and tree.tag[below - 1] == "TO":
        return "planned", "plan"  # hopes to up its output, where "up" is taken for no verb
    planned = lemma in words("modality.planning") and tree.tag[verb] in ("VBN", "JJ")
    if planned and dep in SUBJECTS and tree.child(verb, "xcomp") is not None:
        return "planned", "plan"  # 50 are scheduled to show
    if any(_is_to(tree, verb, child) for child in tree.children[verb] if child > verb):
        return "planned", "plan"
    if lemma in words("modality.proposing") and dep in ("dobj", "xcomp", "ccomp"):
        return "planned", "plan"
    calls = lemma in words("modality.demand_for") and dep == "prep"
    if calls and tree.lower[below] == "for":
        return "possible", "demand"  # called for 500 buses
    if tree.pos[verb] == "ADJ" and dep in ("xcomp", "advcl", "ccomp", "acl"):
        infinitive = any(tree.tag[c] == "TO" for c in tree.children[below])
        if infinitive and lemma in words("modality.able"):
            return "possible", "demand"  # ready to send 200, enough to equip 40
    if lemma in words("modality.demand") and not _is_evidence(tree, verb):
        asked = any(tree.dep[c] in ("xcomp", "ccomp") for c in tree.children[verb])
        if dep in ("dobj", "npadvmod") and not asked:  # who is asked to do it is there
            return "possible", "demand"
        if dep in ("ccomp", "xcomp") or (dep == "prep" and tree.lower[below] == "for"):
            return "possible", "demand"
    return None


def _of_noun(tree: Tree, noun: int, below: int) -> Stated | None:
    """A plan to send 500, an offer of 4%, the capacity to train 10,000, a goal of 50%."""
    evidence = tree.lemma[noun] in words("modality.evidence") and tree.dep[below] in (
        "acl",
        "ccomp",
    )
    if evidence and any(tree.lower[c] == "no" for c in tree.children[noun]):
        return "denied", "negated"  # there is no evidence that 500 crossed
    complement = tree.dep[below] == "acl" and any(tree.tag[c] == "TO" for c in tree.children[below])
    of = tree.dep[below] == "prep" and tree.lower[below] in ("of", "for")
    if not complement and not of:
        return None
    lemma = tree.lemma[noun]
    if lemma in words("modality.plan"):
        none = complement and any(tree.lower[c] == "no" for c in tree.children[noun])
        return ("denied", "negated") if none else ("planned", "plan")  # no plans to invade
    if lemma in words("modality.option") and (complement or lemma not in words("modality.sized")):
        return "possible", "demand"  # the capacity to train 500, but not a capacity of 500
    return None


def _is_given(tree: Tree, token: int) -> bool:
    """Whether the counted are known already, whatever is said to come of them: the two sides."""
    if tree.pos[token] not in ("NOUN", "PROPN"):
        return False
    number = any(tree.tag[c] == "CD" for c in tree.children[token] if c < token)
    return number and any(
        tree.dep[c] in ("det", "poss") and tree.lower[c] not in ("a", "an", "any", "some", "no")
        for c in tree.children[token]
        if c < token
    )


def _is_known_level(tree: Tree, noun: int) -> bool:
    """Whether what follows "of" is the value of something that is taken for known: the rate of."""
    known = any(tree.lower[c] == "the" for c in tree.children[noun])
    return known and tree.lemma[noun] in words("figures.valued")


def _is_aim(tree: Tree, verb: int, below: int) -> bool:
    """The goal is to have 8,000 ready; the plan calls for 500."""
    if tree.dep[below] in ("nsubj", "csubj"):
        return False
    if tree.lemma[verb] != "be" and tree.tag[verb] not in ("VBZ", "VBP"):
        return False
    subject = tree.child(verb, "nsubj")
    return subject is not None and tree.lemma[subject] in words("modality.plan")


def _reported(tree: Tree, verb: int) -> bool:
    """Whether a clause is what somebody said, decided or promised, not in their own words."""
    if tree.dep[verb] not in ("ccomp", "conj", "relcl", "acl"):
        return False
    telling = reporting("verb", "claim") | words("modality.planning")
    claim = next((i for i in tree.up(verb)[1:] if tree.lemma[i] in telling), None)
    return claim is not None and not any(
        tree.tag[i] == "''"
        for i in range(verb, claim)  # "I'd pay 40", he said
    )


def _conditioned(tree: Tree, verb: int) -> bool:
    return any(tree.dep[c] == "advcl" and _in_condition(tree, c) for c in tree.children[verb])


def _in_condition(tree: Tree, clause: int) -> bool:
    """Whether a clause is a condition: if we have 500; no matter if; unless."""
    return tree.dep[clause] == "advcl" and any(
        tree.dep[c] in ("mark", "advmod") and tree.lower[c] in _CONDITIONAL
        for c in tree.children[clause]
        if c < clause
    )


def _is_to(tree: Tree, verb: int, below: int) -> bool:
    """are to follow: what is arranged."""
    return (
        tree.lemma[verb] == "be"
        and tree.dep[below] == "xcomp"
        and verb < below <= verb + 4
        and any(tree.tag[c] == "TO" for c in tree.children[below] if c < below)
    )


def _negates(tree: Tree, verb: int, token: int) -> bool:
    """Whether a negation denies the figure, and does not only bound it (no more than, not only)."""
    for child in tree.children[verb]:
        if tree.dep[child] == "neg" and abs(child - token) <= 12:
            if any(tree.lower[i] == "but" for i in range(child, token)):
                return False  # not 40 but 14
            following = min(child + 1, len(tree.lower) - 1)
            return tree.lower[following] not in _BOUNDING | words("modality.bounding")
    return False
