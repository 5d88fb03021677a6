"""What clauses are about: verbs, and nouns for something that happens, with their word's entry.

A verb counts together with its particle, object or complement where only both mean the event
(shoot down, take hostage, crush to death), a state with its adjective (are missing, left dead).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from transforms.event_words import EventWord, event_words
from transforms.events.frame import Kind
from transforms.events.tree import Tree
from transforms.words import words

#: Labels of verbs that qualify a noun or work as a preposition, and so head no clause.
_NO_CLAUSE = ("amod", "compound", "nmod", "prep", "case", "mark", "cc", "quantmod", "nummod", "aux",
              "auxpass")  # fmt: skip
_TOGETHER = ("prt", "prep", "advmod", "dobj", "oprd", "npadvmod", "acomp", "attr")
_COMPLEMENTS = ("acomp", "oprd", "attr", "ccomp", "xcomp", "amod", "acl")
_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_NOMINAL = ("NOUN", "PROPN", "NUM", "PRON")


@dataclass(frozen=True, slots=True)
class Predicate:
    """The token of a predicate, the tokens it is written in (inclusive) and its entry.

    ``state`` is the adjective of a state; ``stated`` are those that an object's state is said of.
    """

    token: int
    first: int
    last: int
    lemma: str
    kind: Kind
    word: EventWord | None
    state: int | None = None
    stated: tuple[int, ...] = ()

    @property
    def preposition(self) -> str:
        """The preposition that is part of the word (fire on), else ""."""
        parts = self.word.word.split(" ") if self.word is not None else []
        return parts[1] if self.kind is Kind.VERB and len(parts) == 2 else ""

    @property
    def of_subject(self) -> bool:
        """Whether it happens to the subject."""
        return self.word is not None and self.word.of_subject


def predicates(tree: Tree) -> Iterator[Predicate]:
    """Every predicate of an article, in the order of the text; one that leaves some dead and others
    wounded heads two."""
    states: set[int] = set()
    for i in range(len(tree.head)):
        if tree.is_verb(i) and tree.dep[i] not in _NO_CLAUSE and i not in states:
            found = list(_left(tree, i)) or [_verb(tree, i)]
            states.update(one.state for one in found if one.state is not None)
            yield from found
        elif tree.pos[i] == "NOUN" and tree.dep[i] not in ("compound", "nmod", "amod"):
            noun = noun_of(tree, i)
            if noun is not None:
                yield noun


def _verb(tree: Tree, verb: int) -> Predicate:
    lemma, states = tree.lemma[verb], event_words("adjective")
    found, last = _together(tree, verb)
    word = event_words("verb").get(found)
    bare = tree.child(verb, "dobj", "prt") is None  # not: drowned out, missing the train
    if word is None and bare and tree.lower[verb] in states:  # are missing
        word = states[tree.lower[verb]]
        return Predicate(verb, verb, verb, f"be {word.word}", Kind.VERB, word, verb)
    for child in tree.children[verb] if lemma == "be" else ():
        if child < verb or tree.dep[child] not in _COMPLEMENTS or tree.lower[child] not in states:
            continue
        if tree.child(child, *_SUBJECTS) is None:  # not: it is possible that he is missing
            word = states[tree.lower[child]]
            return Predicate(verb, child, child, f"be {word.word}", Kind.VERB, word, child)
    subject = tree.child(verb, "nsubj")
    if word is not None and word.of_subject and subject is not None and noun_of(tree, subject):
        word = None  # a fire broke out: the noun says what happened
    return Predicate(verb, verb, last, found, Kind.VERB, word)


def _together(tree: Tree, verb: int) -> tuple[str, int]:
    """The lemma of a verb with what belongs to it, and the last token of both if that is next."""
    known, lemma = event_words("verb"), tree.lemma[verb]
    for child in tree.children[verb]:
        if child < verb or tree.dep[child] not in _TOGETHER:
            continue
        inner = tree.child(child, "pobj") if tree.dep[child] == "prep" else None
        if inner is not None and tree.ent[inner] in ("DATE", "TIME"):
            continue  # fired 40 workers on Monday
        last = child if child == verb + 1 else verb
        phrase = f"{lemma} {tree.lemma[child]}"
        if phrase in known or tree.dep[child] == "prt":
            return phrase, last
        phrase = f"{phrase} {tree.lemma[inner]}" if inner is not None else ""
        if phrase in known:
            return phrase, verb
    return lemma, verb


def _left(tree: Tree, verb: int) -> Iterator[Predicate]:
    """What a verb says to have become of its objects, each with its own: left 12 people dead and
    30 wounded. The parse gives the second to the verb, whatever it is said of."""
    lemma, states = tree.lemma[verb], event_words("adjective")
    if lemma not in words("figures.resulting"):
        return
    before = verb
    for i in range(verb + 1, tree.right_edge(verb) + 1):
        if tree.lower[i] in (",", ";") or (tree.is_verb(i) and tree.lower[i] not in states):
            return
        if tree.lower[i] not in states or tree.dep[i] not in (*_COMPLEMENTS, "conj"):
            continue
        if any(tree.tag[c] == "TO" for c in tree.children[i]):
            continue  # made him the first to be detained
        span = range(before + 1, i)
        stated = [
            k
            for k in span
            if tree.pos[k] in _NOMINAL and (tree.head[k] not in span or tree.dep[k] == "conj")
        ]
        if stated:
            word = states[tree.lower[i]]
            state = (word, i, tuple(stated))
            yield Predicate(verb, verb, verb, f"{lemma} {word.word}", Kind.VERB, *state)
            before = i


def noun_of(tree: Tree, noun: int) -> Predicate | None:
    """The predicate that a noun is, if it tells of something that happens."""
    known, lemma = event_words("noun"), tree.lemma[noun]
    before = noun - 1
    if before >= 0 and tree.head[before] == noun and tree.dep[before] == "compound":
        phrase = f"{tree.lemma[before]} {lemma}"
        if phrase in known:
            return Predicate(noun, before, noun, phrase, Kind.NOUN, known[phrase])
    word = known.get(lemma)
    if word is None and lemma not in words("events.noun"):
        return None
    return Predicate(noun, noun, noun, lemma, Kind.NOUN, word)
