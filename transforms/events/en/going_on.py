"""What ties a sentence to the place of one before it, and what leads away from there.

A story does not stay where its last sentence was. What is counted and was not harmed is there only
if a word of its own clause takes up what was told: "it", "there", the blaze.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.events.en.clauses import is_known
from transforms.events.en.happenings import points_back, sets
from transforms.events.en.places import Places
from transforms.events.en.where import Placed, find_place
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import words

#: How many sentences back the scene of an event is looked for.
BACK = 4
#: Subjects that take up what was told of.
TAKEN_UP = frozenset(("it", "they", "these", "those", "this"))
#: Within how many words a sentence says that it tells of something else.
_OPENING = 3


def leads_away(tree: Tree, tokens: Sequence[int]) -> bool:
    """Whether a sentence opens with a word that leaves the scene before: meanwhile, elsewhere."""
    away = words("places.leaving")
    return any(tree.lower[i] in away and tree.dep[i] == "advmod" for i in tokens[:_OPENING])


def takes_up(tree: Tree, token: int) -> bool:
    """Whether the clause of a token, or its sentence, takes up what was told before: it speaks of
    the site or of what is there, its subject is a pronoun for a thing or an event that is known."""
    if points_back(tree, tree.sentences[tree.sent[token]]):
        return True
    clause = next((i for i in tree.up(token) if tree.is_verb(i)), token)
    if any(tree.lower[c] == "still" and tree.dep[c] == "advmod" for c in tree.children[clause]):
        return True  # 40 huts are still cut off
    subject = tree.child(clause, *SUBJECTS)
    if subject is None:
        return False
    if tree.lower[subject] in TAKEN_UP:
        return True
    event = tree.pos[subject] == "NOUN" and tree.lemma[subject] in words("events.noun")
    return event and is_known(tree, subject)


def names_place(places: Places, sentence: int) -> bool:
    """Whether a sentence says itself where it is."""
    return any(
        p.named and p.form in ("prep", "object") and p.prep not in ("from", "to", "of")
        for p in places.by_sentence.get(sentence, ())
    )


def of_known(tree: Tree, places: Places, token: int) -> Placed | None:
    """Where the known thing is that the clause of a token tells of, as a sentence before says of
    it: a mill in Lota burned; the mill employed 300."""
    here = tree.sent[token]
    clause = next((i for i in tree.up(token) if tree.is_verb(i)), token)
    thing = tree.child(clause, "nsubj", "nsubjpass")
    if thing is None or tree.pos[thing] != "NOUN" or names_place(places, here):
        return None
    if not any(tree.lower[c] in ("the", "this", "its") for c in tree.children[thing]):
        return None
    lemma = tree.lemma[thing]
    if lemma in words("events.unspecific"):
        return None
    for sentence in range(here - 1, max(-1, here - BACK - 1), -1):
        for i in tree.sentences[sentence]:
            own = _own_place(tree, places, i) if tree.lemma[i] == lemma else None
            if own is not None:
                return Placed(own.phrase, 0.0, "scene_continued")
    return None


def _own_place(tree: Tree, places: Places, thing: int) -> Placed | None:
    """The place that a noun is part of the name of, or that is tied to it or to the verb that it is
    the subject or object of."""
    for phrase in places.by_sentence.get(tree.sent[thing], ()):
        if phrase.named and phrase.start <= tree.start[thing] < phrase.end:
            return Placed(phrase, 0.0, "scene_continued")  # the Port of Riga; the port
    found = find_place(tree, places, thing, event=True)
    if found is None or not sets(tree, found.phrase):
        return None
    near = (thing, tree.head[thing]) if tree.is_verb(tree.head[thing]) else (thing,)
    return found if found.phrase.tie in near else None
