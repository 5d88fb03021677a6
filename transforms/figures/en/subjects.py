"""What a quantity speaks of, by its place in the parse.

In order: the noun that it stands before ("the $61 billion aid package"), the noun after "of"
("12.5% of its revenue"), the noun that a preposition ties it to ("a speed of 80 km/h"), and the
subject or object of its verb ("shares rose 5%", "cut its forecast by 3%"). A quantity that hangs
on another one ("8 miles (13 km)") shares its subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from transforms.figures.en.counted import Counted, linear_head
from transforms.figures.en.syntax import (
    NOUNS,
    VERBS,
    ancestors,
    noun_phrase,
    root_of,
    subject_of,
    text_of,
    time_nouns,
)
from transforms.figures.lexer import word_set
from transforms.figures.quantity import Figure, Shape
from transforms.figures.rules import Aged
from transforms.figures.view import View
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token


type Subject = tuple[str, Token]

_EMPTY = word_set(
    "it that which this there these those they them he she we i you who what one none others"
)
_TRAILING = frozenset(("ADP", "PUNCT", "DET", "CCONJ", "ADV", "VERB"))
_MOVING = frozenset(("from", "to", "by"))
#: By which preposition a verb puts an amount to a thing or takes it away: $5 added to the price.
_ADDING = {"to": "figures.amount_to", "from": "figures.amount_from", "off": "figures.amount_off"}
_AWAY = word_set("from off away outside")
_BEFORE = frozenset(
    ("nummod", "compound", "amod", "nmod", "quantmod", "npadvmod", "advmod", "poss")
)
_AFTER = word_set("appos prep nummod npadvmod amod acl relcl parataxis")


class Subjects:
    """The subjects of a page's quantities, read in the order of the text."""

    def __init__(self, view: View, quantities: Sequence[Figure]) -> None:
        self._page = view
        #: Tokens of all quantities, which no subject may hold.
        self._numbers = frozenset(
            i
            for quantity in quantities
            if quantity.aged is not Aged.STATED
            for i in range(view.token(quantity.first).i, view.token(quantity.last - 1).i + 1)
        )
        #: Which subject the tokens of the quantities before have, and of what they count.
        self._taken: dict[int, Subject | None] = {}

    def read(self, quantity: Figure, counted: Counted | None) -> Subject | None:
        """The subject as written, with its head; None if the text gives none."""
        view = self._page
        first = view.token(quantity.first).i
        last = view.token(quantity.last - 1).i
        noun = counted.token if counted is not None else None
        if noun is None:
            noun = others(view, quantity) or _compared(view, quantity)
        token = noun if noun is not None else root_of(view, quantity)
        if noun is not None and counted is not None and counted.found == "hyphen":
            last, noun = max(last, noun.i), None
        aged = aged_noun(view, quantity)
        if aged is not None:
            return self._written(aged, (first, last))
        if quantity.shared is not None and counted is None:
            token = view.token(quantity.shared - 1)  # the unit of 3, 5 and 7 km of track
        found = self._found(token, (first, last), noun)
        if found is None or found[1].dep_ in ("nsubj", "nsubjpass"):
            found = self._away(quantity) or found
        for i in range(first, last + 1):
            self._taken.setdefault(i, found)
        if noun is not None:
            self._taken.setdefault(noun.i, found)
        return found

    def _found(self, token: Token, own: tuple[int, int], counted: Token | None) -> Subject | None:
        head = _subject(token, own, counted is not None, self._taken, self._numbers)
        if head is not None and head.i in self._taken:
            taken = self._taken[head.i]
            # What another quantity counts may be this one's subject: two sides swapped 95 men.
            own_subject = counted is not None and head.dep_ == "nsubj"
            if taken is not None or not own_subject or head in ancestors(token):
                return taken
        if head is not None and head.like_num:
            return None
        if head is None:
            head = _beside(self._page, own)
        if head is None or own[0] <= head.i <= own[1]:
            return None
        if head.pos_ not in NOUNS and head.dep_ not in ("nsubj", "nsubjpass", "csubj"):
            return None
        if head.lower_ in _EMPTY or head.tag_ in ("PRP", "WP", "WDT", "EX", "PRP$"):
            return None
        return self._written(head, own)

    def _away(self, quantity: Figure) -> Subject | None:
        """A distance from somewhere right after a noun: a refinery 15 miles from Perm."""
        view = self._page
        if quantity.unit.dimension != "length" or quantity.last >= len(view.atoms):
            return None
        where = view.atoms[quantity.last].lower
        if quantity.first == 0 or not (where in _AWAY or where in words("shared.compass")):
            return None
        noun = view.token(quantity.first - 1)
        own = view.token(quantity.first).i, view.token(quantity.last - 1).i
        return self._written(noun, own) if noun.pos_ in ("NOUN", "PROPN") else None

    def _written(self, head: Token, own: tuple[int, int]) -> Subject | None:
        """The noun phrase of a head; where the quantity stands inside it, what is around it."""
        view = self._page
        first, last = noun_phrase(head)
        if head.left_edge.i <= own[0] < head.i:  # a 52-year-old man and his daughter
            also = next((t.i for t in head.rights if t.dep_ in ("cc", "conj")), last + 1)
            last = max(head.i, min(last, also - 1))
        for i in range(head.i - 1, first - 1, -1):
            if i in self._numbers and not own[0] <= i <= own[1]:
                first = i + 1
                break
        for i in range(head.i + 1, last + 1):
            if i in self._numbers and not own[0] <= i <= own[1]:
                last = i - 1
                while last > head.i and view.doc[last].pos_ in _TRAILING:
                    last -= 1
                break
        return _around(view, head, (first, last), own)


def others(view: View, quantity: Figure) -> Token | None:
    """The word that stands for a noun left out: more than 40 others."""
    i = quantity.last
    if i >= len(view.atoms) or view.atoms[i].lower != "others":
        return None
    return view.token(i)


def _compared(view: View, quantity: Figure) -> Token | None:
    """The measure in "three times the size": what has it is the subject, as if it were counted."""
    if quantity.shape is not Shape.TIMES or quantity.last + 1 >= len(view.atoms):
        return None
    if view.atoms[quantity.last].lower not in ("the", "its", "their"):
        return None
    return linear_head(view.token(quantity.last + 1))


def aged_noun(view: View, quantity: Figure) -> Token | None:
    """Whose age it is in "his daughter, aged 19", "children under 5": the noun right before."""
    i = quantity.first - 1
    if quantity.aged is Aged.BOUND:  # children under five
        return view.token(i)
    if quantity.unit.dimension != "age" or i < 1 or view.atoms[i].lower not in words("figures.age"):
        return None
    token = view.token(i - 1)
    if token.text == "," and token.i > 0:
        token = token.nbor(-1)
    return token if token.pos_ in ("NOUN", "PROPN", "ADJ") else None


def _around(view: View, head: Token, span: tuple[int, int], own: tuple[int, int]) -> Subject | None:
    first, last = span
    if not first <= own[0] <= last and not first <= own[1] <= last:
        return text_of(view, (first, last)), head
    if head.i < own[0]:
        end = own[0] - 1
        while end > head.i and view.doc[end].pos_ in _TRAILING:
            end -= 1
        return text_of(view, (first, max(end, head.i))), head
    start = own[1] + 1
    while start < head.i and (
        view.doc[start].is_punct or view.doc[start].pos_ in ("ADP", "DET", "PART")
    ):
        start += 1
    written = text_of(view, (min(start, head.i), max(last, head.i)))
    before = [
        t
        for t in view.doc[first : own[0]]
        if t.pos_ in ("ADJ", "NOUN", "PROPN") and t.head.i == head.i
    ]
    if before and before[-1].i == own[0] - 1:
        written = " ".join([*(t.text for t in before), written])
    return written, head


def _subject(
    token: Token,
    own: tuple[int, int],
    counts: bool,
    taken: dict[int, Subject | None],
    numbers: frozenset[int],
) -> Token | None:
    if not counts:
        inner = _of(token, own)
        if inner is None and token.dep_ == "conj":
            inner = _of(token, own, ("for",))  # $1bn for trains and another $300m for buses
        if inner is not None:
            return inner
    below = token
    for _ in range(9):
        head = token.head
        if head.i == token.i:
            if token.pos_ in VERBS and below.dep_ not in ("nsubj", "nsubjpass"):
                return subject_of(token)
            for child in token.children:
                if child.dep_ in ("nsubj", "appos") and not own[0] <= child.i <= own[1]:
                    return child
            return None
        if head.i in taken and not own[0] <= head.i <= own[1]:
            return head
        if head.i in numbers and not own[0] <= head.i <= own[1]:
            below, token = token, head
            continue
        dep = token.dep_
        if head.pos_ in VERBS:
            return _of_verb(token, below, head, counts, own)
        outside = not own[0] <= head.i <= own[1]
        if dep in _BEFORE and head.i > token.i:
            if head.pos_ in NOUNS and outside and not _spans_time(head):
                return head
        elif dep == "pobj" or head.pos_ == "ADP":
            noun = head.head
            fits = noun.pos_ in NOUNS and noun.i != head.i and not own[0] <= noun.i <= own[1]
            if fits and (not _spans_time(noun) or noun.dep_ == "ROOT"):
                return noun
        elif dep in _AFTER and head.pos_ in NOUNS and outside and not _spans_time(head):
            if head.pos_ != "SYM" and not head.like_num:
                return head
        elif dep == "conj" and not counts and head.pos_ in NOUNS and outside and not head.like_num:
            return head
        below, token = token, head
    return None


def _spans_time(noun: Token) -> bool:
    """Whether a noun is a time or a mark that an amount is reached in: a month, a record."""
    return noun.lemma_ in time_nouns() or noun.lemma_ in words("figures.no_subject")


def _of(
    token: Token, own: tuple[int, int], prepositions: tuple[str, ...] = ("of",)
) -> Token | None:
    """The noun after "of": 12.5% of its revenue."""
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            for inner in child.rights:
                if inner.dep_ == "pobj" and not own[0] <= inner.i <= own[1]:
                    return inner
    return None


def _of_verb(
    token: Token, below: Token, verb: Token, counts: bool, own: tuple[int, int]
) -> Token | None:
    if token.dep_ in ("nsubj", "nsubjpass"):
        if counts:
            return None
        for child in verb.rights:
            if child.dep_ in ("attr", "dobj") and not own[0] <= child.i <= own[1]:
                return child
        return None
    if not counts and token.dep_ == "prep" and (token.lower_ in _MOVING or token.lower_ == "for"):
        thing = _object(verb, own)
        if thing is not None:
            return thing
    where = [prep for prep, use in _ADDING.items() if verb.lemma_ in words(use)]
    if not counts and token.dep_ == "dobj" and where:
        for prep in (*verb.rights, *token.rights):
            if prep.dep_ == "prep" and prep.lower_ in where:
                for inner in prep.rights:
                    if inner.dep_ == "pobj" and not own[0] <= inner.i <= own[1]:
                        return inner
    if (
        not counts
        and verb.lemma_ in words("figures.spending")
        and token.dep_ in ("dobj", "npadvmod", "attr")
    ):
        for prep in (*verb.rights, *token.rights):
            if prep.dep_ == "prep" and prep.lower_ in ("for", "on") and prep.i > token.i:
                for inner in prep.rights:
                    if inner.dep_ == "pobj" and inner.ent_type_ not in ("DATE", "TIME"):
                        return inner
    if verb.lemma_ in words("figures.valuing") and token.dep_ == "prep" and token.lower_ == "at":
        thing = _object(verb, own)
        if thing is not None:
            return thing
    subject = subject_of(verb)
    if not counts and (subject is None or subject.lower_ in _EMPTY):
        thing = _object(verb, own)
        if thing is not None:
            return thing
        return subject if subject is not None else _fronted(verb)
    return subject


def _fronted(verb: Token) -> Token | None:
    """The noun of a phrase before a verb that has no subject, as headlines and parses leave it."""
    for prep in reversed(list(verb.lefts)):
        if prep.dep_ == "prep" and prep.pos_ in ("ADP", "SCONJ"):
            for inner in prep.rights:
                if inner.dep_ == "pobj" and inner.ent_type_ not in ("DATE", "TIME", "GPE", "LOC"):
                    return inner
    return None


def _object(verb: Token, own: tuple[int, int]) -> Token | None:
    for child in verb.rights:
        if child.dep_ != "dobj" or own[0] <= child.i <= own[1] or child.like_num:
            continue
        if child.pos_ in ("NOUN", "PROPN"):
            return child
    return None


def _beside(view: View, own: tuple[int, int]) -> Token | None:
    """In a list without verbs, the name right before the number: "Nikkei +0.4% Hang Seng -0.2%"."""
    if own[0] == 0:
        return None
    before = view.doc[own[0]].nbor(-1)
    if before.text in ("(", ":", "-") and before.i > 0:
        before = before.nbor(-1)
    return before if before.pos_ == "PROPN" else None
