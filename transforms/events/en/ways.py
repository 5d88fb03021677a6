"""How far something in a sentence is from a figure or a predicate: the way over the parse.

The way goes up from the one (through what it is part of) and down to the other. Each step has a
cost by the construction that it crosses, or is barred; the cheapest way tells which place and time
belong to what. The steps' names make the rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from transforms.events.en.clauses import (
    brought_about,
    goes_on_there,
    harms,
    holds_since,
    is_apart,
    is_dead,
    is_known,
    is_wish,
    opening,
    says_after,
    tells_now,
)
from transforms.events.rules import Step
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, words

#: A way that costs more than this does not hold.
LONGEST = 7.0

_SMALL = frozenset([
    "nummod", "quantmod", "compound", "amod", "nmod", "advmod", "det", "npadvmod", "oprd", "attr",
    "acomp", "dobj", "nsubj", "nsubjpass", "dative", "expl", "prep", "agent", "prt", "intj",
    "predet", "poss", "case", "meta", "neg", "aux", "auxpass", "punct", "cc", "mark"
])  # fmt: skip
#: Prepositions that tie a noun to what happened in, by or after it.
_BINDING = frozenset([
    "in", "at", "during", "after", "following", "by", "on", "amid", "from", "when", "of", "as",
    "over", "under", "near", "inside", "across", "throughout", "since", "within", "through", "upon"
])  # fmt: skip
_PART_OF = frozenset(["of", "in", "at", "to", "by", "from", "on", "with", "including"])
_OTHER_TIME = frozenset(["after", "before", "without", "despite", "since", "until"])
_CONDITIONS = frozenset(
    ["if", "unless", "although", "though", "because", "whether", "even", "than", "lest"]
)
#: What opens a clause about something else, where it has a subject of its own.
_CONTRASTS = frozenset(("while", "whereas"))
#: What stands between those who are blamed and what for.
_BLAME = frozenset(["of", "for", "over", "with"])
SEQUENCE = frozenset(["after", "before", "since", "until", "once"])


@dataclass(frozen=True, slots=True)
class Way:
    """What a way costs and the names of what it crosses; ``meet`` is its highest token."""

    cost: float
    meet: int
    steps: tuple[Step, ...]


@cache
def event_nouns() -> frozenset[str]:
    return words("events.noun")


def is_event_noun(tree: Tree, i: int) -> bool:
    return tree.pos[i] in ("NOUN", "PROPN") and tree.lemma[i] in event_nouns()


def is_of_event(tree: Tree, place: int) -> bool:
    """Whether a noun only says where the event before it was: a raid in Lota that killed nine."""
    while tree.dep[place] == "appos":
        place = tree.head[place]
    prep = tree.head[place]
    inside = tree.dep[place] == "pobj" and tree.lower[prep] in ("in", "on", "at", "near")
    return inside and is_event_noun(tree, tree.head[prep])


def ascent(tree: Tree, token: int, *, time: bool) -> list[tuple[int, float, tuple[Step, ...]]]:
    """The token and those above it with the cost of getting there, as far as the way is open."""
    found: list[tuple[int, float, tuple[Step, ...]]] = [(token, 0.0, ())]
    cost, here, below = 0.0, token, token
    steps: tuple[Step, ...] = ()
    while tree.head[here] != here and len(found) < 40:
        step = _up(tree, here, time=time, origin=token, below=below)
        if step is None:
            break
        price, name = step
        cost += price
        if name:
            steps = (*steps, name)
        if cost > LONGEST:
            break
        below, here = here, tree.head[here]
        found.append((here, cost, steps))
    return found


def _up(tree: Tree, i: int, *, time: bool, origin: int, below: int) -> tuple[float, Step] | None:
    """The cost of going from a token to its head; None where the way is barred."""
    dep, head = tree.dep[i], tree.head[i]
    if dep in ("pobj", "pcomp"):
        word = tree.lower[head]
        if word in ("than", "against", "versus"):
            return None
        above = tree.head[head]
        if word == "of" and tree.tag[above] in ("CD", "DT", "JJS", "JJR") and is_known(tree, i):
            return None  # three of the nine towers
        if time and word in _OTHER_TIME:
            return None
        if time and dep == "pcomp" and word in ("for", "of"):
            return None
        known = is_known(tree, i) and tree.pos[above] in ("NOUN", "PROPN")
        if time and known and word not in _PART_OF:
            return None
        return (1.0, "") if word in _OTHER_TIME else (0.25, "")
    if dep in _SMALL:
        told = time and dep == "dobj" and is_event_noun(tree, i)
        if told and tree.lemma[head] in words("events.attitude"):
            return None  # they examine the blasts
        if told and i != origin and tree.dep[below] == "relcl" and is_known(tree, i):
            return None  # they saw the blasts that killed 12
        return 0.0, ""
    if dep == "appos":
        return 0.5, ""
    if dep == "conj":
        if tree.is_verb(i) and tree.is_verb(head):
            return 1.5, "shared"
        return 0.75, "listed"
    if dep == "xcomp":
        if time and is_wish(tree, i):
            return None  # asked a court on Monday to let it cut the fee of 12,000 students
        return 0.5, ""
    if dep == "acl":
        if time and any(tree.tag[c] == "TO" for c in tree.children[i] if c < i):
            return None  # they refused on Monday an offer to pay 40 million
        return 1.0, "clause_of"
    if dep == "relcl":
        when = any(tree.lower[c] == "when" for c in tree.children[i])
        when = when or goes_on_there(tree, i)
        when = when or tree.ent[head] == "EVENT"  # the 1936 Games where 49 teams met
        told = is_event_noun(tree, head) or is_of_event(tree, head)
        if time and not when and (not told or holds_since(tree, i)):
            return None
        return 1.5, "clause_of"
    if dep == "advcl":
        mark = opening(tree, i)
        if time and (mark in SEQUENCE or mark in _CONDITIONS):
            if mark == "after" and brought_about(tree, i):
                return 2.0, "main_clause"  # two died on Monday after a bus overturned
            return None
        return (1.5, "main_clause") if mark not in _CONDITIONS else (2.5, "main_clause")
    if dep == "ccomp":
        if tree.lemma[head] in reporting("verb", "claim"):
            return 3.0, "reported"
        if i < head and tree.lemma[head] == "be":
            return None  # it is untried: its last war was in 1979
        return 2.0, "main_clause"
    if dep in ("parataxis", "dep", "csubj", "csubjpass"):
        if tree.lemma[head] in reporting("verb", "claim"):
            return 3.0, "reported"
        return 2.0, "main_clause"
    return 2.0, ""


def descent(
    tree: Tree,
    tie: int,
    above: dict[int, tuple[float, tuple[Step, ...]]],
    token: int,
    *,
    time: bool,
) -> Way | None:
    """The way from the ascent of a token down to the token that a phrase is tied to."""
    cost, here = 0.0, tie
    steps: tuple[Step, ...] = ()
    seen = 0
    rising: list[int] = []
    while here not in above:
        rising.append(here)
        if tree.head[here] == here or seen > 12:
            return None
        here = tree.head[here]
        seen += 1
    meet = here
    up_cost, up_steps = above[meet]
    own = _within(tree, token, meet)
    for i in rising:
        step = _down(tree, i, meet, own=own, time=time)
        if step is None:
            return None
        cost += step[0]
        if step[1]:
            steps = (step[1], *steps)
    total = up_cost + cost
    return Way(total, meet, (*up_steps, *steps)) if total <= LONGEST else None


def _within(tree: Tree, token: int, meet: int) -> bool:
    """Whether no verb lies from a token up to where the way turns."""
    here = token
    while here != meet:
        if tree.is_verb(here):
            return False
        here = tree.head[here]
    return not tree.is_verb(meet)


def is_far(tree: Tree, prep: int) -> bool:
    """Whether a phrase that opens a clause tells how long after another event it was."""
    first = all(tree.dep[c] not in SUBJECTS for c in tree.children[tree.head[prep]] if c < prep)
    long = any(tree.dep[c] == "npadvmod" for c in tree.children[prep] if c < prep)
    return first and long and prep < tree.head[prep]


def _has_event(tree: Tree, prep: int) -> bool:
    """Whether a preposition stands before something that happened, and no time."""
    inner = tree.child(prep, "pobj")
    return inner is not None and tree.ent[inner] not in ("DATE", "TIME")


def _down(tree: Tree, i: int, meet: int, *, own: bool, time: bool) -> tuple[float, Step] | None:
    """The cost of going down to a token from its head; None where the way is barred."""
    dep, head = tree.dep[i], tree.head[i]
    if dep == "prep" or dep == "agent":
        word = tree.lower[i]
        if time and word in _BLAME and tree.lemma[head] in words("events.blaming"):
            return None  # two people accused of plotting the attack of 2001
        if time and word == "including":
            return None  # faced many attacks, including a raid on July 4
        if time and word == "over" and _has_event(tree, i):
            return None  # a row over the sale of 2018, jailed over it
        if word in SEQUENCE and is_far(tree, i):
            return None  # two days after the raid in Lota, rebels struck again
        if word in _BINDING:
            return 0.25, ""
        return (1.5, "") if not time else (2.0, "")
    if dep in ("pobj", "nsubj", "nsubjpass", "dobj", "attr", "npadvmod", "dative", "oprd"):
        event = is_event_noun(tree, i)
        if dep == "dobj" and tree.lemma[head] in words("events.attitude"):
            return None
        if dep == "pobj" and event and tree.lower[head] in _BINDING:
            return 0.75, "event_noun"
        if event:
            return 1.0, "event_noun"
        return (2.0, "") if not time else (1.75, "")
    if dep == "conj":
        if tree.is_verb(i):
            if time and says_after(tree, i):
                return None  # five died in Lota, Ana Ruiz told reporters on Monday
            then = time and tree.tag[i] == "VBD" and tells_now(tree, head)
            return None if then or is_apart(tree, i) else (1.5, "shared")
        return 0.75, "listed"
    if dep == "advcl":
        mark = opening(tree, i)
        if mark in _CONDITIONS:
            return None
        if time and mark in SEQUENCE:
            caused = mark == "after" and (harms(tree, head) or is_dead(tree, head))
            return (2.0, "subordinate") if caused else None  # died after a hall fell on Monday
        own = tree.child(i, "nsubj", "nsubjpass") is not None
        at_once = time and i < head and tree.tag[i] == tree.tag[head] == "VBD"
        if mark in _CONTRASTS and own and tree.tag[i] != "VBG" and not at_once:
            return None  # while others stayed, not while they were crossing
        if mark == "since" and not tree.is_verb(head):
            return None  # in the third swap since rebels crossed into Ituri
        return 1.25, "subordinate"
    if dep == "xcomp":
        return 0.5, ""
    if dep == "acl" and tree.lower[head] == "those" and tree.lower[tree.head[head]] == "among":
        return 1.0, "own_clause"  # 12 were among those hurt in a fire on Monday
    if dep in ("acl", "relcl"):
        return (1.0, "own_clause") if own and head == meet else None
    if dep == "appos":
        return 0.75, ""
    if dep == "poss":
        return 1.0, ""
    if dep in ("compound", "amod", "nmod", "nummod", "advmod"):
        return 0.5, ""
    if dep == "pcomp":
        if any(tree.lower[c] == "what" for c in tree.children[i] if c < i):
            return None  # a third of what they had last year
        return 1.0, ""
    return None
