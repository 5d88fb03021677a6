"""What verbs say of how sure it is what they govern: will hire 40, is set to hire 40, offers 4%."""

from __future__ import annotations

from transforms.event_words import counted_categories, event_words
from transforms.events.en.given import in_condition, is_infinitive
from transforms.events.en.harm import of_subject
from transforms.events.en.intent import Stated, is_aim
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, time_words, words

_POSSIBLE = frozenset(("may", "might", "could"))
_ABLE = frozenset(("can", "ca"))
#: Prepositions of how much: in 12 hours, by 40%, for 40 days.
_MEASURING = frozenset(("at", "by", "for", "in", "of", "over", "to", "up", "within"))
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
        if tree.lower[child] in _ABLE and _is_ability(tree, verb, below):
            return "possible", "modal"  # can produce 300
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
        and (tree.lower[due + 1 : due + 2] != ["to"] or _has_infinitive(tree, due))
    ):
        return "planned", "plan"  # the 40 boats are due in May, but a third are due to cold
    if dep in ("advcl", "xcomp") and is_infinitive(tree, below):
        thing = tree.child(verb, "dobj")  # signed a decree to hire 40
        if thing is not None and tree.lemma[thing] in words("modality.plan"):
            return "planned", "plan"
    planned = lemma in words("modality.planning") and tree.tag[verb] in ("VBN", "JJ")
    foreseen = tree.lower[verb] in words("modality.planned")
    if planned and dep in SUBJECTS and (foreseen or tree.child(verb, "xcomp") is not None):
        return "planned", "plan"  # 50 are scheduled to show, growth of 5% is expected
    if _is_soon(tree, verb):
        return "planned", "plan"
    if _is_lacking(tree, verb, below) or _is_faced(tree, verb, below):
        return "possible", "demand"
    if any(_is_to(tree, verb, child) for child in tree.children[verb] if child > verb):
        return "planned", "plan"
    ordered = lemma in words("modality.ordering") and dep in ("xcomp", "ccomp")
    if ordered and is_infinitive(tree, below):
        return "planned", "plan"  # ordered the guard to hire 40
    if lemma in words("modality.proposing") and dep in ("dobj", "xcomp", "ccomp"):
        aimed_at = lemma in words("modality.aiming") and _is_thing(tree, below)
        if not aimed_at and not _is_struck(tree, verb):
            return "planned", "plan"
    calls = lemma in words("modality.demand_for") and dep == "prep"
    if calls and tree.lower[below] == "for" and not is_aim(tree, verb, below):
        return "possible", "demand"  # called for 500 buses
    asks = lemma in words("modality.demand_for") and dep in ("xcomp", "ccomp", "advcl")
    if asks and _calls_on(tree, verb, below):
        return "possible", "demand"  # called on the mill to hire 500
    if _is_chance(tree, verb, below):
        return "possible", "modal"
    if tree.pos[verb] == "ADJ" and dep in ("xcomp", "advcl", "ccomp", "acl"):
        infinitive = any(tree.tag[c] == "TO" for c in tree.children[below])
        if infinitive and lemma in words("modality.able"):
            return "possible", "demand"  # ready to send 200, enough to equip 40
    able = lemma in words("modality.able") and tree.pos[verb] == "ADJ"
    if able and dep == "prep" and tree.lower[below] == "of":
        return "possible", "demand"  # capable of flying 40 km
    if lemma in words("modality.demand") and not is_evidence(tree, verb):
        asked = any(tree.dep[c] in ("xcomp", "ccomp") for c in tree.children[verb])
        weighed = lemma in words("modality.weighing") and _is_counted(tree, below)
        if dep in ("dobj", "npadvmod") and not asked and not weighed:  # who is asked is there
            return "possible", "demand"
        if dep in ("ccomp", "xcomp") or (dep == "prep" and tree.lower[below] == "for"):
            return "possible", "demand"
    return None


def _has_infinitive(tree: Tree, word: int) -> bool:
    """Whether a verb is what a word is followed by: due to arrive, but not due to cold."""
    told = tree.child(word, "xcomp")
    return told is not None and tree.tag[told] in ("VB", "VBN")


def _is_ability(tree: Tree, verb: int, below: int) -> bool:
    """Whether "can" leaves open what is said: can carry 40, in less than 12 hours. Not what is
    perceived (can see 40 ships), nor what it can be done with."""
    lemma, dep = tree.lemma[verb], tree.dep[below]
    if lemma in words("modality.perceiving") or lemma in reporting("verb", "claim"):
        return False
    if dep == "prep":
        return tree.lower[below] in _MEASURING
    return dep in (*SUBJECTS, "attr", "acomp", "conj", "dative", "dobj", "npadvmod", "xcomp")


def _is_soon(tree: Tree, verb: int) -> bool:
    """Whether a present participle tells what is to come: is soon closing 40 shops, by May."""
    if tree.tag[verb] != "VBG":
        return False
    beside = tree.children[verb]
    if not any(tree.tag[c] in ("VBZ", "VBP") for c in beside):
        return False
    by = [tree.child(c, "pobj") for c in beside if c > verb and tree.lower[c] == "by"]
    dated = any(day is not None and tree.ent[day] == "DATE" for day in by)
    return dated or any(tree.lower[c] in words("modality.soon") for c in beside)


def _is_lacking(tree: Tree, verb: int, below: int) -> bool:
    """Whether so many are needed: at least 60 votes are needed."""
    lacking = tree.lemma[verb] in words("modality.lacking")
    return lacking and tree.tag[verb] == "VBN" and tree.dep[below] in SUBJECTS


def _is_faced(tree: Tree, verb: int, below: int) -> bool:
    """Whether a verb has a punishment that may come: faces up to 20 years, is punishable by 12
    years, carries a fine of $40."""
    lemma, dep = tree.lemma[verb], tree.dep[below]
    state = tree.child(verb, "acomp")
    told = verb if state is None else state
    if tree.lemma[told] in words("modality.punishable"):
        return dep in ("prep", "agent")
    if lemma not in words("modality.facing") or dep not in ("dobj", "dative", "npadvmod"):
        return False
    if tree.lemma[below] in words("modality.penalty"):
        return True
    following = tree.lower[below : below + 5]
    served = any(word in words("modality.penalty_place") for word in following)
    return tree.lower[below] in time_words("UNIT", "UNITS") and (
        served or any(tree.lower[c] == "up" for c in range(verb + 1, below))
    )


def _is_struck(tree: Tree, verb: int) -> bool:
    """Whether what targets something is no plan but an act: the sanctions target 40 firms."""
    if tree.lemma[verb] not in words("modality.aiming"):
        return False
    subject = tree.child(verb, "nsubj")
    return subject is not None and tree.lemma[subject] in (
        words("modality.striking") | words("events.noun")
    )


def _is_share(tree: Tree, token: int) -> bool:
    """Whether a subject is a share of all that were asked: 3% would go, a third would; not: an
    attack would."""
    asked = tree.dep[token] in SUBJECTS and tree.tag[token] not in ("NNS", "CD")
    return asked and tree.lemma[token] not in event_words("noun")


def _calls_on(tree: Tree, verb: int, below: int) -> bool:
    """Whether a verb asks those behind "on" or "for" to do what stands in an infinitive."""
    asked = any(
        tree.dep[c] in ("prep", "prt") and tree.lower[c] in ("on", "for")
        for c in tree.children[verb]
        if verb < c < below
    )
    return asked and is_infinitive(tree, below)


def _is_expected(tree: Tree, verb: int, below: int) -> bool:
    """Whether a verb forecasts what its clause or level says: expects it to sell 40, seen at 5%."""
    dep, lemma = tree.dep[below], tree.lemma[verb]
    if dep == "prep" and _is_forecast(tree, verb):
        return tree.lower[below] in ("at", "to")
    if dep == "prep":
        return tree.lower[below] == "at" and lemma in words("modality.proposing")
    infinitive = any(tree.tag[c] == "TO" for c in tree.children[below] if c < below)
    if dep != "ccomp" or not infinitive or lemma in words("modality.demand"):
        return False
    return lemma in words("modality.planning")


def _is_forecast(tree: Tree, verb: int) -> bool:
    """Whether it is a forecast or an aim that a verb moves: cut its forecast to 3%."""
    thing = tree.child(verb, "dobj") or tree.child(verb, *SUBJECTS)
    moved = tree.lemma[verb] in words("events.level") | words("events.setting_level")
    return moved and thing is not None and tree.lemma[thing] in words("modality.forecast")


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
