"""What verbs say of how sure it is what they govern: will hire 40, is set to hire 40, offers 4%."""

from __future__ import annotations

from transforms.event_words import counted_categories
from transforms.events.en.given import in_condition, is_infinitive
from transforms.events.en.harm import of_subject
from transforms.events.en.intent import Stated
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, words

_POSSIBLE = frozenset(("may", "might", "could"))
_DEMANDING = frozenset(("should", "must", "ought"))
_COMING = frozenset(("will", "shall", "'ll", "’ll", "wo"))


def of_verb(tree: Tree, verb: int, below: int) -> Stated | None:
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
    if lemma in words("modality.demand") and not is_evidence(tree, verb):
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


def is_evidence(tree: Tree, verb: int) -> bool:
    """Whether a verb's subject is a document, which can ask for nothing: a survey suggests."""
    subject = tree.child(verb, "nsubj")
    return subject is not None and tree.lemma[subject] in words("sources.document")
