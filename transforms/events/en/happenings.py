"""What a sentence tells of: harm or known events, with the place and time that it gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.events.en.clauses import is_dead
from transforms.events.en.phrases import BROAD, SITE, STRONG, TOWN, PlacePhrase
from transforms.events.en.places import Places
from transforms.events.en.tied import Times
from transforms.events.en.ways import is_far
from transforms.events.en.when import Dated, find_time, is_state
from transforms.events.en.where import Placed, find_place
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, words

#: Days that the time of a scene spans at most.
_LONGEST = 31


@dataclass(frozen=True, slots=True)
class Told:
    """What one sentence tells: of which harm, what is counted or named, where and when."""

    harm: bool
    lemmas: frozenset[str]
    place: Placed | None
    time: Dated | None


def told_in(tree: Tree, places: Places, times: Times, tokens: Sequence[int]) -> list[Told]:
    """The harm and the known events of a sentence (``tokens``), where it gives place or time."""
    found: list[Told] = []
    sentence = tree.sent[tokens[0]]
    has_place = sentence in places.by_sentence
    has_time = sentence in times.by_sentence
    if not has_place and not has_time:
        return found
    harms, nouns = words("events.harm"), words("events.noun")
    for i in tokens:
        lemma = tree.lemma[i]
        if lemma not in harms and lemma not in nouns:
            continue
        verb = tree.is_verb(i)
        harm = lemma in harms and (verb or tree.pos[i] in ("NOUN", "ADJ"))
        if not harm and not (lemma in nouns and tree.pos[i] == "NOUN"):
            continue
        if any(tree.dep[k] == "prep" and is_far(tree, k) for k in tree.up(i)):
            continue  # two days after a raid, something else happened
        place = find_place(tree, places, i, event=True) if has_place else None
        if place is not None and (
            place.phrase.form not in ("prep", "subject", "object") or "clause_of" in place.rule
        ):
            place = None  # those rescued are to be taken to Lagos
        time = find_time(tree, times, i, end=i, state=is_state(tree, i)) if has_time else None
        if time is not None and (time.rule == "stated" or (time.end - time.start).days > _LONGEST):
            time = None  # the day of saying is that of no event
        if time is not None and not verb and tree.lemma[tree.head[i]] in words("events.beginning"):
            time = None  # the riots began on Monday
        if place is not None or time is not None:
            lemmas = frozenset((lemma,)) if not verb else frozenset()
            found.append(Told(harm, lemmas, place, time))
    return found


def happenings(tree: Tree, places: Places, times: Times, tokens: Sequence[int]) -> list[Told]:
    """What a sentence (``tokens``) tells of in the past tense, where it gives place or time."""
    found: list[Told] = []
    for i in tokens:
        said = tree.dep[i] == "ccomp" and tree.lemma[tree.head[i]] in reporting("verb", "claim")
        if not (said or tree.head[i] == i) or not tree.is_verb(i) or not is_past(tree, i):
            continue
        if tree.lemma[i] in reporting("verb", "claim"):
            continue
        place = find_place(tree, places, i, event=True)
        if place is not None and not _tells(tree, place):
            place = None
        time = find_time(tree, times, i, end=i)
        if time is not None and (time.end - time.start).days > _LONGEST:
            time = None
        if place is not None or time is not None:
            found.append(Told(False, frozenset(), place, time))
    return found


def is_past(tree: Tree, token: int) -> bool:
    """Whether the clause of a token tells of a past event (were killed, killing six)."""
    for i in tree.up(token):
        if _is_known_harm(tree, i):
            return True
        if not tree.is_verb(i):
            continue
        helpers = {tree.tag[c] for c in tree.children[i] if tree.dep[c] in ("aux", "auxpass")}
        if tree.tag[i] == "VBD" or "VBD" in helpers or is_dead(tree, i):
            return True
        if tree.dep[i] in ("relcl", "advcl", "acl", "conj") and not helpers:
            continue
        return False
    return False


def _is_known_harm(tree: Tree, noun: int) -> bool:
    """Whether a noun tells of harm that is known to have been done: the murder of five."""
    harm = tree.pos[noun] == "NOUN" and tree.lemma[noun] in words("events.harm")
    return harm and _the(tree, noun)


def _tells(tree: Tree, place: Placed) -> bool:
    """Whether a place is that of a clause: its own, or of what its subject stands in."""
    phrase = place.phrase
    strong = phrase.form == "prep" and phrase.prep in STRONG and phrase.named
    return sets(tree, phrase) or (strong and place.cost <= 2.5)


def sets(tree: Tree, phrase: PlacePhrase) -> bool:
    """Whether a phrase says where its sentence's event is."""
    if not phrase.named or phrase.form not in ("prep", "object", "subject"):
        return False
    if phrase.form == "prep" and phrase.prep not in STRONG and phrase.prep != "near":
        return False
    if phrase.prep == "near" and phrase.rank == BROAD:
        return False  # 40 km from Lota
    tie = phrase.tie
    if phrase.form == "object":
        return tree.lemma[tie] in words("events.hitting")
    if phrase.form == "subject":
        return phrase.rank >= SITE or tree.lemma[tie] in words("events.hosting")
    return tree.is_verb(tie) or tree.lemma[tie] in words("events.noun")


def attended(tree: Tree, token: int) -> frozenset[str]:
    """The known events that the clause of a figure names: 40 came to the fair."""
    found: set[str] = set()
    for verb in tree.up(token):
        if not tree.is_verb(verb):
            continue
        for c in tree.children[verb]:
            noun = tree.child(c, "pobj") if tree.dep[c] == "prep" else c
            if noun is None or tree.pos[noun] != "NOUN" or noun == token:
                continue
            known = any(tree.lower[d] in ("the", "this", "that") for d in tree.children[noun])
            if known and tree.lemma[noun] in words("events.noun"):
                found.add(tree.lemma[noun])
        break
    return frozenset(found - words("events.long"))


def counted_or_attended(tree: Tree, token: int) -> frozenset[str]:
    """What another sentence must count or name to be where a token is: its own noun or a known
    event of its clause, and not one that is only told of in a clause inside it."""
    counted = {tree.lemma[token]} if tree.pos[token] == "NOUN" else set()
    tokens = [i for i in tree.sentences[tree.sent[token]] if not _is_nested(tree, i, token)]
    return frozenset(counted - words("events.unspecific")) | named(tree, tokens, token)


def _is_nested(tree: Tree, inner: int, token: int) -> bool:
    """Whether a word stands in a clause inside the one of a token, which is no part of it."""
    above = set(tree.up(token))
    for i in tree.up(inner):
        if i in above and i != token:
            return False
        if tree.dep[i] in ("relcl", "ccomp", "parataxis") and tree.head[i] != token:
            return True  # but 40 men who fought the blaze
        if tree.dep[i] == "advcl" and tree.child(i, *SUBJECTS) is not None:
            return True
        if tree.dep[i] == "acl" and any(tree.tag[c] == "TO" for c in tree.children[i]):
            return True
    return False


def named(tree: Tree, tokens: Sequence[int], token: int) -> frozenset[str]:
    """What a figure's sentence counts or speaks of as known: its noun, "the blaze"."""
    counted = {tree.lemma[token]} if tree.pos[token] == "NOUN" else set()
    found: set[str] = set()
    nouns = words("events.noun")
    for i in tokens:
        if tree.pos[i] != "NOUN" or tree.lemma[i] not in nouns:
            continue
        below = {tree.lower[c] for c in tree.children[i]}
        known = bool(below.intersection(("the", "this", "that")))
        known = known and not below.intersection(("first", "such", "next", "last"))
        if known or (tree.dep[i] == "nsubj" and tree.lemma[tree.head[i]] in words("events.harm")):
            found.add(tree.lemma[i])  # floods killed 40, told of again: the floods hit Beira
    return frozenset(counted - words("events.unspecific") | found - words("events.long"))


def points_back(tree: Tree, tokens: Sequence[int]) -> bool:
    """Whether a sentence speaks of the event that was told of before: from the site, there."""
    scenes = words("events.scene")
    return any(
        (tree.lemma[i] in scenes and tree.pos[i] == "NOUN" and _the(tree, i))
        or (tree.lower[i] == "there" and tree.dep[i] == "advmod")
        for i in tokens
    )


def _the(tree: Tree, noun: int) -> bool:
    return any(tree.lower[c] == "the" for c in tree.children[noun])


def are_elsewhere(one: Placed | None, other: Placed | None) -> bool:
    """Whether two places are known and none can hold the other."""
    if one is None or other is None:
        return False
    here, there = one.phrase, other.phrase
    if not (here.entity_id and there.entity_id) or here.entity_id == there.entity_id:
        return False
    if here.country and there.country and here.country != there.country:
        return True
    return min(here.rank, there.rank) >= TOWN


def are_apart(one: Dated | None, other: Dated | None) -> bool:
    """Whether two times have no day in common."""
    if one is None or other is None:
        return False
    return one.end < other.start or other.end < one.start
