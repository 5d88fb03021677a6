"""Moves: rose 12.5%, down 58 points, from 240 to 273."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from transforms.figures.lexer import WORD, lower, word_set
from transforms.figures.quantity import Change, Figure, Quantity, Role, Shape
from transforms.figures.rules import Moved
from transforms.figures.view import View
from transforms.reference import reference
from transforms.words import reporting, words

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Words that may stand between a word of change and its number.
_SKIP = word_set(
    """
    by just only another a an the as much more than about around to at over up down back some least
    """
)

#: How many words and signs behind a level tell that it was moved to, and from where.
_BEHIND = 4


@cache
def change_words(kind: str) -> dict[str, str]:
    """The direction of each word of a kind (verb, noun or word) that has one."""
    return {
        row["word"]: row["direction"]
        for row in reference("change_words")
        if row["kind"] == kind and row["direction"]
    }


@cache
def change_words_for(kind: str, use: str) -> frozenset[str]:
    """The words of a kind that are put to a use."""
    return frozenset(
        row["word"]
        for row in reference("change_words")
        if row["kind"] == kind and use in row["uses"].split("|")
    )


def _moves_by(verb: Token) -> bool:
    """Whether the verb with "up" and "down" moves by what follows: inched up 5%, not picked up."""
    moving = change_words_for("verb", "particle") | change_words_for("verb", "opening")
    return verb.lemma_ == "be" or verb.lemma_ in moving


def _moves_to(verb: Token) -> bool:
    """Whether it moves to what "to" brings: pushed the rate up to 5%, not opened up to visitors."""
    moving = change_words_for("verb", "particle") | change_words_for("verb", "closing")
    return verb.lemma_ == "be" or verb.lemma_ in moving


def change_before(view: View, i: int, reach: int = 14) -> str | None:
    """The direction of the nearest word of change up to ``reach`` atoms before atom ``i``."""
    verbs, nouns = change_words("verb"), change_words("noun")
    for j in range(i - 1, max(-1, i - 1 - reach), -1):
        atom = view.atoms[j]
        if atom.text in ".;" or atom.kind == "b":
            return None
        if atom.kind != WORD:
            continue
        token = view.token(j)
        if atom.lower in ("up", "down") and _moves_to(token.head):
            return change_words("word")[atom.lower]
        if token.pos_ == "VERB" and token.lemma_ in verbs:
            return verbs[token.lemma_]
        if token.pos_ == "NOUN" and token.lemma_ in nouns:
            return nouns[token.lemma_]
        if token.pos_ == "VERB" and token.lemma_ in change_words_for("verb", "open"):
            return "none"
        if token.pos_ in ("VERB", "AUX") and _tells_no_move(token):
            return None
    return None


def _tells_no_move(verb: Token) -> bool:
    return (
        verb.lemma_ in ("be", "have")
        or verb.lemma_ in change_words_for("verb", "still")
        or verb.lemma_ in reporting("verb", "told")
    )


Read = tuple[Change, Moved]
_UNMOVED: Read = (Change.NONE, Moved.NOT)


def read_change(view: View, quantity: Quantity, previous: Figure | None) -> Figure:
    """The quantity with its change and, of the ends of a move, the role."""
    before = lower(view.atoms, quantity.first - 1)
    role = {"from": Role.FROM, "to": Role.TO}.get(before, Role.NONE)
    change, moved = _change(view, quantity, role, previous)
    figure = Figure.of(quantity)
    if not moved:
        return replace(figure, role=role) if role else figure
    return replace(figure, role=role, change=change, moved=moved, rules=quantity.by(moved))


def _change(view: View, quantity: Quantity, role: Role, previous: Figure | None) -> Read:
    atoms = view.atoms
    i = quantity.number.first - 1
    signed = quantity.negative or (i >= 0 and atoms[i].text == "+")
    if signed and quantity.unit.dimension == "percent":
        return Change.DOWN if quantity.negative else Change.UP, Moved.SIGN
    if role is Role.FROM:
        return _UNMOVED
    times = quantity.shape is Shape.TIMES
    if times and lower(atoms, quantity.last) in ("the", "its", "their"):
        return _UNMOVED  # rain fell at four times the normal amount
    told = _by_word(view, quantity) or _by_noun(view, quantity) or _by_amount(view, quantity)
    if told is None and role is Role.TO and previous is not None:
        told = _to(view, quantity, previous)
    told = told or _from(view, quantity)
    if told is not None:
        return told
    if previous is not None and previous.moved is Moved.BY and previous.change is not Change.NONE:
        between = [a.lower for a in atoms[previous.last : quantity.first]]
        if between and len(between) <= 4 and between[-1] == "or":
            return previous.change, Moved.BY
    return _UNMOVED


def _to(view: View, quantity: Quantity, previous: Figure) -> Read | None:
    """The end of a move: fell from 240 to 200, went from 240 to 200."""
    governed = change_before(view, quantity.first - 1)
    if governed in ("up", "down"):
        return Change(governed), Moved.TO
    if previous.role is not Role.FROM or governed != "none":
        return None
    if quantity.low is None or previous.low is None:
        return None
    if quantity.low == previous.low:
        return Change.NONE, Moved.BETWEEN
    return Change.UP if quantity.low > previous.low else Change.DOWN, Moved.BETWEEN


def _from(view: View, quantity: Quantity) -> Read | None:
    """Where the move to a level is told behind it: 87 cents each, up from 33."""
    atoms, i = view.atoms, quantity.last
    while i < quantity.last + _BEHIND and i < len(atoms) and atoms[i].text not in ".;":
        word = lower(atoms, i)
        if word in ("up", "down") and lower(atoms, i + 1) == "from":
            return Change(change_words("word")[word]), Moved.TO
        if atoms[i].kind != WORD and word != ",":
            return None
        i += 1
    return None


def _by_word(view: View, quantity: Quantity) -> Read | None:
    """The word of change that the quantity follows: rose 5%, grew by just 3%, up 58 points."""
    atoms, verbs = view.atoms, change_words("verb")
    j = quantity.first - 1
    told = Moved.TO if lower(atoms, j) == "to" else Moved.BY
    steps = 0
    while j >= 0 and steps < 5 and atoms[j].kind == WORD:
        word = atoms[j].lower
        token = view.token(j)
        if word in ("up", "down") and not (lower(atoms, j + 1) == "to" and j + 2 > quantity.first):
            if token.dep_ == "prt" and not _moves_by(token.head):
                return None  # picked up 73 migrants, shot down 30 drones
            return Change(change_words("word")[word]), told
        if token.lemma_ in verbs and token.pos_ in ("VERB", "NOUN") and token.tag_ != "NNS":
            following = lower(atoms, j + 1)
            moved = following == "by" or following in change_words("word")
            if token.lemma_ in change_words_for("verb", "phrasal") and not moved:
                return None
            if not _moves(view, quantity, j):
                return None
            return Change(verbs[token.lemma_]), told
        if word not in _SKIP and word not in words("figures.more") and token.pos_ != "ADV":
            return None
        j -= 1
        steps += 1
    return None


def _by_amount(view: View, quantity: Quantity) -> Read | None:
    """The verb of "by": cut its key rate by 25 basis points."""
    if lower(view.atoms, quantity.first - 1) != "by":
        return None
    by = view.token(quantity.first - 1)
    verb = by.head
    if by.dep_ != "prep" or verb.pos_ != "VERB" or verb.lemma_ not in change_words("verb"):
        return None
    return Change(change_words("verb")[verb.lemma_]), Moved.BY


def _moves(view: View, quantity: Quantity, verb: int) -> bool:
    """Whether the verb tells a move of its subject by this amount, not an act on so many things."""
    token = view.token(verb)
    if token.pos_ == "NOUN":
        return token.dep_ == "ROOT" or token.lemma_ in change_words_for("noun", "verbal")
    if token.lemma_ not in change_words_for("verb", "transitive"):
        return True
    if lower(view.atoms, verb + 1) == "by" or lower(view.atoms, verb + 2) == "by":
        return True
    if token.lemma_ not in change_words_for("verb", "amount"):
        return False
    if quantity.unit.dimension in ("percent", "money"):
        return not (
            quantity.unit.dimension == "money"
            and quantity.low is not None
            and quantity.low >= 100_000
        )
    return lower(view.atoms, quantity.last) in words("figures.moved_unit")


def _by_noun(view: View, quantity: Quantity) -> Read | None:
    """a 5% increase, a rise of 3%, an increase of 60,600 jobs."""
    nouns, measured = change_words("noun"), change_words_for("noun", "amount")
    atoms = view.atoms
    j = quantity.first - 1
    if lower(atoms, j) == "of" and j >= 1:
        token = view.token(j - 1)
        if token.pos_ == "NOUN" and token.lemma_ in measured:
            return Change(nouns[token.lemma_]), Moved.NOUN
    if (
        quantity.unit.dimension == "percent"
        and quantity.last < len(atoms)
        and atoms[quantity.last].kind == WORD
    ):
        token = view.token(quantity.last)
        for _ in range(3):
            if token.pos_ == "NOUN" and token.lemma_ in measured:
                return Change(nouns[token.lemma_]), Moved.NOUN
            if token.pos_ not in ("ADJ", "NOUN") or token.i + 1 >= len(view.doc):
                break
            token = token.nbor()
    return None
