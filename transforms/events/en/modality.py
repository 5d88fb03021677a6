"""Whether a thing is stated as fact: actual, planned, possible or denied.

Demands, offers, conditions and thresholds are possible; what is scheduled, proposed or forecast is
planned; what is negated or what the source rejects is denied.
"""

from __future__ import annotations

from transforms.event_words import counted_categories
from transforms.events.en.clauses import is_finite
from transforms.events.en.given import (
    in_condition,
    is_given,
    is_infinitive,
    is_known_fact,
    stands_apart,
)
from transforms.events.en.harm import of_subject
from transforms.events.en.intent import (
    Stated,
    attributive,
    is_aim,
    is_known_level,
    is_thought_of,
    of_noun,
)
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, words

_POSSIBLE = frozenset(("may", "might", "could"))
_DEMANDING = frozenset(("should", "must", "ought"))
_COMING = frozenset(("will", "shall", "'ll", "’ll", "wo"))
_BOUNDING = frozenset(["only", "just", "more", "less", "fewer", "until"])


def modality(tree: Tree, token: int, number: int | None = None, *, happens: bool = True) -> Stated:
    """The modality of what a token says and the name of the rule that gave it.

    ``number`` is the first token of a figure; without one the event of the token itself is asked,
    which is not there where somebody only tried or prevented it. ``happens`` is whether the figure
    tells of those to whom something happens: others are there if they are known (the two sides).
    """
    found = _stated(tree, token, number)
    given = found[0] in ("possible", "denied") and number is not None and not happens
    return ("actual", "") if given and is_given(tree, token, whole=True) else found


def _stated(tree: Tree, token: int, number: int | None) -> Stated:
    """The modality, without what is taken for known."""
    apart = number and tree.lower[number - 1] == "not" and tree.lower[number - 2] != "if"
    if apart and number and tree.lower[number] not in _BOUNDING:
        return "denied", "negated"  # only 16,000 fell, not 120,000
    found: Stated = attributive(tree, token) or ("actual", "")
    below = token
    within = True  # the token's own clause, whose auxiliaries count
    told = False  # a relative clause, whose fact is taken for known
    for head in tree.up(token)[1:]:
        if stands_apart(tree, below, head, number or token):
            return found
        if tree.pos[head] in ("NOUN", "PROPN"):
            told = told or _is_participle(tree, below)
            if tree.lower[below] == "of" and is_known_level(tree, head):
                within = False  # would bring it near the jobless rate of 5%
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
        if lemma in reporting("verb", "denial") and not told and _rejects(tree, below, token):
            return "denied", "rejected"
        if within:
            if is_given(tree, token) and (dep == "nsubj" or _negates(tree, head, token)):
                told_of = _of_verb(tree, head, below) if found[0] == "actual" else None
                would = any(tree.lower[c] == "would" for c in tree.children[head])
                ahead = told_of is not None and told_of[0] == "planned" and not would
                if told_of is not None and ahead and below == token:
                    return told_of  # the two sides will meet
                return found  # could talk
            if dep in SUBJECTS and number is not None and _negates(tree, head, token):
                return found  # 40 men did not come: there are 40
            if dep not in ("advcl", "relcl", "csubj") and _negates(tree, head, token):
                return "denied", "negated"
            if found[0] == "actual":
                found = _of_verb(tree, head, below) or found
        elif (
            found[0] == "actual"
            and lemma in words("modality.demand") | words("modality.fearing")
            and dep in ("ccomp", "xcomp")
            and not _is_evidence(tree, head)
            and head < below  # not the clause before a semicolon
            and not told
        ):
            found = "possible", "demand"
        if number is None and not told and found[0] == "actual" and _is_unreal(tree, head, below):
            found = "possible", "demand"
        if found[0] == "actual" and is_aim(tree, head, below):
            found = "planned", "plan"
        asked = told and tree.dep[head] == "ccomp"
        if found[0] == "actual" and not asked and in_condition(tree, head):
            found = "possible", "condition"
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
    past = tree.tag[verb] == "VBD" and tree.lower[verb] != tree.lemma[verb]
    return past and tree.dep[verb] == "conj" and tree.tag[tree.head[verb]] == "VB"


def _is_participle(tree: Tree, clause: int) -> bool:
    """Whether a clause that hangs on a noun is a bare participle: a plan drawn up by two."""
    own = tree.child(clause, *SUBJECTS, "mark", "aux", "auxpass")
    return tree.dep[clause] == "acl" and tree.tag[clause] == "VBN" and own is None


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
        if tree.lower[child] in ("would", "'d", "’d") and not _is_share(tree, below):
            if _reported(tree, verb) and not _conditioned(tree, verb):
                return "planned", "future"  # it announced that it would send 14
            return "possible", "condition"
    if dep == "xcomp" and (lemma in words("modality.planning") or _is_to(tree, verb, below)):
        return "planned", "plan"
    if _is_expected(tree, verb, below) or _is_headline(tree, verb):
        return "planned", "plan"
    if lemma in words("modality.fearing") and (dep == "ccomp" or _is_feared(tree, verb, below)):
        return "possible", "demand"
    if dep == "prep" and lemma in words("modality.planning") and tree.tag[below - 1] == "TO":
        return "planned", "plan"  # hopes to up its output, where "up" is taken for no verb
    due = tree.child(verb, "acomp") if lemma == "be" and dep in SUBJECTS else None
    if (
        due is not None
        and tree.lemma[due] in words("modality.planning")
        and tree.lower[due + 1 : due + 2] != ["to"]  # a third are due to cold
    ):
        return "planned", "plan"  # the 40 boats are due in May
    if dep in ("advcl", "xcomp") and is_infinitive(tree, below):
        thing = tree.child(verb, "dobj")  # signed a decree to hire 40
        if thing is not None and tree.lemma[thing] in words("modality.plan"):
            return "planned", "plan"
    planned = lemma in words("modality.planning") and tree.tag[verb] in ("VBN", "JJ")
    if planned and dep in SUBJECTS and tree.child(verb, "xcomp") is not None:
        return "planned", "plan"  # 50 are scheduled to show
    if any(_is_to(tree, verb, child) for child in tree.children[verb] if child > verb):
        return "planned", "plan"
    if lemma in words("modality.proposing") and dep in ("dobj", "xcomp", "ccomp"):
        aimed_at = lemma in words("modality.aiming") and _is_thing(tree, below)
        if not aimed_at:
            return "planned", "plan"
    calls = lemma in words("modality.demand_for") and dep == "prep"
    if calls and tree.lower[below] == "for":
        return "possible", "demand"  # called for 500 buses
    if _is_chance(tree, verb, below):
        return "possible", "modal"
    if tree.pos[verb] == "ADJ" and dep in ("xcomp", "advcl", "ccomp", "acl"):
        infinitive = any(tree.tag[c] == "TO" for c in tree.children[below])
        if infinitive and lemma in words("modality.able"):
            return "possible", "demand"  # ready to send 200, enough to equip 40
    if lemma in words("modality.demand") and not _is_evidence(tree, verb):
        asked = any(tree.dep[c] in ("xcomp", "ccomp") for c in tree.children[verb])
        weighed = lemma in words("modality.weighing") and _is_counted(tree, below)
        if dep in ("dobj", "npadvmod") and not asked and not weighed:  # who is asked is there
            return "possible", "demand"
        if dep in ("ccomp", "xcomp") or (dep == "prep" and tree.lower[below] == "for"):
            return "possible", "demand"
    return None


def _is_share(tree: Tree, token: int) -> bool:
    """Whether a subject is a share of all that were asked: 3% would go, a third would."""
    return tree.dep[token] in SUBJECTS and tree.tag[token] not in ("NNS", "CD")


def _is_expected(tree: Tree, verb: int, below: int) -> bool:
    """Whether a verb forecasts what its clause or level says: expects it to sell 40, seen at 5%."""
    dep, lemma = tree.dep[below], tree.lemma[verb]
    if dep == "prep":
        return tree.lower[below] == "at" and lemma in words("modality.proposing")
    infinitive = any(tree.tag[c] == "TO" for c in tree.children[below] if c < below)
    if dep != "ccomp" or not infinitive or lemma in words("modality.demand"):
        return False
    return lemma in words("modality.planning")


def _is_headline(tree: Tree, verb: int) -> bool:
    """Whether a clause has an infinitive alone, as headlines do: Malta to send 40 nurses."""
    return (
        tree.head[verb] == verb
        and tree.tag[verb] == "VB"
        and is_infinitive(tree, verb)
        and tree.child(verb, *SUBJECTS) is not None
    )


def _is_feared(tree: Tree, verb: int, below: int) -> bool:
    """Whether the subject of a verb is what is only feared: 40 are feared dead."""
    return tree.dep[below] in SUBJECTS and tree.tag[verb] == "VBN"


def _is_chance(tree: Tree, verb: int, below: int) -> bool:
    """Whether something is only said to be likely: probably killed 40, is likely to kill 40, it is
    possible that 40 died, 40 deaths are possible."""
    chances, dep = words("modality.chance"), tree.dep[below]
    suffers = dep == "nsubjpass" or of_subject(tree.lemma[verb])
    doubted = any(tree.dep[c] == "advmod" and tree.lower[c] in chances for c in tree.children[verb])
    if doubted and (dep not in SUBJECTS or suffers):
        return True
    told = verb if tree.pos[verb] == "ADJ" else tree.child(verb, "acomp")
    if told is None or tree.lower[told] not in chances or tree.child(told, "advmod") is not None:
        return False  # more likely to fail
    if told == verb:
        return dep in ("xcomp", "ccomp", "advcl")
    return tree.lemma[verb] == "be" and dep in (*SUBJECTS, "ccomp")


def _is_thing(tree: Tree, token: int) -> bool:
    """Whether a noun is of people or things, which can be hit: targets two banks."""
    return tree.lemma[token] in counted_categories() or tree.ent[token] in ("ORG", "NORP", "GPE")


def _is_counted(tree: Tree, token: int) -> bool:
    return tree.tag[token] == "NNS" and any(tree.tag[c] == "CD" for c in tree.children[token])


def _rejects(tree: Tree, below: int, token: int) -> bool:
    """Whether a verb of denial denies what stands below it: not the 12 claims that it rejects."""
    thing = below == token and tree.lemma[token] not in words("events.noun")
    thing = thing or tree.lemma[below] in words("modality.plan") | words("modality.option")
    denied = tree.dep[below] in ("ccomp", "prep", "pcomp", "xcomp")
    return denied or (tree.dep[below] == "dobj" and not thing)


def _reported(tree: Tree, verb: int) -> bool:
    """Whether a clause is what somebody said, decided or promised, not in their own words."""
    if tree.dep[verb] not in ("ccomp", "conj", "relcl", "acl"):
        return False
    claim = next(
        (i for i in tree.up(verb)[1:] if tree.lemma[i] in reporting("verb", "claim")), None
    )
    return claim is not None and not any(
        tree.tag[i] == "''"
        for i in range(verb, claim)  # "I'd pay 40", he said
    )


def _conditioned(tree: Tree, verb: int) -> bool:
    return any(tree.dep[c] == "advcl" and in_condition(tree, c) for c in tree.children[verb])


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
            if tree.lower[child - 1] == "if":
                return False  # hundreds, if not a thousand
            following = min(child + 1, len(tree.lower) - 1)
            if tree.lower[following] == "yet":
                following = min(following + 1, len(tree.lower) - 1)
            return tree.lower[following] not in _BOUNDING | words("modality.bounding")
    return False
