"""What nouns say of how sure it is: a plan to send 500, an offer of 4%, a proposed $5m deal."""

from __future__ import annotations

from transforms.events.en.given import head_of_phrase, is_definite, is_infinitive
from transforms.events.rules import Ground, Modality
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import words

Stated = tuple[Modality, Ground]


def of_noun(tree: Tree, noun: int, below: int) -> Stated | None:
    """A plan to send 500, an offer of 4%, the capacity to train 10,000, a goal of 50%."""
    evidence = tree.lemma[noun] in words("modality.evidence") and tree.dep[below] in (
        "acl",
        "ccomp",
    )
    if evidence and any(tree.lower[c] == "no" for c in tree.children[noun]):
        return "denied", "negated"  # there is no evidence that 500 crossed
    complement = tree.dep[below] in ("acl", "relcl", "xcomp") and _is_to(tree, below)
    if tree.dep[below] != "acl" and any(tree.tag[c] == "CD" for c in tree.children[noun]):
        complement = False  # kicked three goals to give them the lead
    of = tree.dep[below] == "prep" and tree.lower[below] in ("of", "for")
    if not complement and not of:
        return None
    lemma = tree.lemma[noun]
    if lemma in words("modality.plan"):
        none = any(tree.lower[c] == "no" for c in tree.children[noun])
        return ("denied", "negated") if none else ("planned", "plan")  # no plans to invade
    if complement and lemma in words("modality.undertaking"):
        return "planned", "plan"  # a campaign to vaccinate 40
    if complement and lemma in words("modality.negotiating"):
        return "possible", "demand"  # in talks to buy 40
    if of and _is_maximum(tree, noun):
        return "possible", "demand"
    if lemma in words("modality.option") and (complement or lemma not in words("modality.sized")):
        return "possible", "demand"  # the capacity to train 500, but not a capacity of 500
    return None


def attributive(tree: Tree, token: int) -> Stated | None:
    """What an adjective says of what a noun names: a planned sale, the proposed $5 million deal."""
    noun = head_of_phrase(tree, token)
    for child in tree.children[noun]:
        if tree.dep[child] != "amod" or child > noun:
            continue
        if tree.lower[child] in words("modality.planned"):
            return "planned", "plan"
        act = tree.lemma[noun] in words("events.noun") or noun != token
        if tree.lower[child] in words("modality.attempted") and act:
            return "possible", "modal"
    return None


def _is_to(tree: Tree, clause: int) -> bool:
    """Whether a clause is an infinitive without a subject, whatever the parse calls it."""
    return is_infinitive(tree, clause) and tree.child(clause, *SUBJECTS) is None


def _is_maximum(tree: Tree, noun: int) -> bool:
    """Whether a noun is a punishment as the law has it: a maximum sentence of 15 years."""
    bounds = any(tree.lower[c] in words("modality.maximum") for c in tree.children[noun])
    return bounds and tree.lemma[noun] in words("modality.penalty")


def is_known_level(tree: Tree, noun: int) -> bool:
    """Whether what follows "of" is the value of something that is taken for known: the rate of."""
    known = any(tree.lower[c] == "the" for c in tree.children[noun])
    return known and tree.lemma[noun] in words("figures.valued")


def is_aim(tree: Tree, verb: int, below: int) -> bool:
    """The goal is to have 8,000 ready; the plan calls for 500."""
    if tree.dep[below] in ("nsubj", "csubj"):
        return False
    if tree.lemma[verb] != "be" and tree.tag[verb] not in ("VBZ", "VBP"):
        return False
    subject = tree.child(verb, "nsubj")
    if subject is None:
        return False
    planned = any(tree.lower[c] in words("modality.planned") for c in tree.children[subject])
    holds = tree.lemma[verb] in words("modality.containing") and tree.tag[verb] in ("VBZ", "VBP")
    return (planned and holds) or tree.lemma[subject] in words("modality.plan")


def aimed_at(tree: Tree, noun: int) -> bool:
    """Whether a noun is what somebody wants or arranges and has not got: a deal to secure their
    release, officials arrange for his extradition."""
    above = tree.head[noun]
    if tree.dep[noun] == "pobj":
        above = tree.head[above]
    elif tree.dep[noun] != "dobj":
        return False
    wanted = words("modality.aimed")
    return tree.lemma[above] in wanted and tree.tag[above] in ("VB", "VBG", "VBP", "VBZ")


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
    sure = not any(tree.tag[c] == "MD" for c in tree.children[above])
    if state is not None and sure and tree.lower[state] in words("modality.planned"):
        return "planned", "plan"  # an eruption is imminent
    if _is_scenario(tree, noun):
        return "possible", "condition"
    while tree.dep[noun] == "pobj" and tree.lemma[tree.head[tree.head[noun]]] in words(
        "events.onset"
    ):
        noun = tree.head[tree.head[noun]]  # in the event of the start of an attack
    prep = tree.head[noun]
    if tree.dep[noun] == "pobj" and tree.lower[prep] in (
        "of", "about", "for", "against", "by"
    ):  # fmt: skip
        governor = tree.lemma[tree.head[prep]]
        event = governor in words("events.eventuality")
        if event or (governor in words("modality.feared") and not is_definite(tree, noun)):
            return "possible", "condition"
    return None


def _is_scenario(tree: Tree, noun: int) -> bool:
    """Whether a noun says what is feared or possible: one of the scenarios is an attack, the worst
    scenario: an attack."""
    above = tree.head[noun]
    if tree.dep[noun] == "appos":
        told = above
    elif tree.dep[noun] == "attr":
        told = tree.child(above, "nsubj") or noun
    else:
        return False
    held = [told]
    for child in tree.children[told]:
        inner = tree.child(child, "pobj") if tree.lower[child] == "of" else None
        held += [inner] if inner is not None else []
    return any(tree.lemma[i] in words("modality.feared") for i in held)


def is_thought_of(tree: Tree, noun: int, clause: int) -> bool:
    """Whether a clause is what a noun of fear or chance is of: the possibility that he was shot."""
    return tree.dep[clause] in ("acl", "ccomp") and tree.lemma[noun] in words("modality.feared")
