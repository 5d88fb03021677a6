"""What a number counts: the noun phrase after it, or the one that is left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from transforms.event_words import counted_forms, event_categories
from transforms.figures.en.suffixes import spaced_hyphen
from transforms.figures.en.syntax import NOUNS, Span, text_of, time_nouns
from transforms.figures.lexer import WORD, at, is_hyphen, word_set
from transforms.figures.quantity import Quantity
from transforms.figures.view import View
from transforms.words import time_words, words
from warehouse.tables import HARMED

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPEN = word_set("ADJ NOUN PROPN X SYM NUM")
#: Determiners after a number that stand for a noun that is left out, or say nothing of it.
_EMPTY = word_set("more others other less fewer each")

#: What follows those who are named by their state: four of the injured sustained burns.
_TENSED = ("VBD", "VBN", "VBP", "VBZ", "MD")

Found = Literal["written", "of_phrase", "number_of", "hyphen", "antecedent", "understood"]


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted noun phrase: its text, the lemma of its head, its head where the text has it here.

    ``found`` says how: four ways at the number, from what was counted before, or understood.
    ``state`` is the category of those who are named by what happened to them (two of the dead).
    """

    phrase: str
    head: str
    token: Token | None
    found: Found
    span: Span | None = None
    state: str | None = None


def read_counted(view: View, quantity: Quantity) -> Counted | None:
    """The counted noun phrase that the text writes after the number, or None."""
    start = quantity.shared if quantity.shared is not None else quantity.last
    atoms = view.atoms
    atom = at(atoms, start)
    if atom is None or atom.start - atoms[start - 1].end > 2:
        return None
    if is_hyphen(atom) and (atom.glued or spaced_hyphen(view, start)):
        following = at(atoms, start + 1)
        if following is None or following.kind != WORD or following.glued != atom.glued:
            return None
        token = view.token(start + 1)
        if following.lower in words("figures.sizing"):  # a 1,200-strong crowd
            return _phrase(view, quantity, start + 2)
        return _made(view, token, token, "hyphen")
    if atom.kind != WORD and atom.text not in "\"'“‘(":
        return None
    if atom.lower == "of":
        return _of_phrase(view, quantity, start)
    if atom.kind != WORD:
        start += 1
    return _phrase(view, quantity, start)


def _of_phrase(view: View, quantity: Quantity, start: int) -> Counted | None:
    """thousands of troops; 500 of the soldiers; 12 of them (no noun here)."""
    token = view.token(start)
    if token.i + 1 >= len(view.doc):
        return None
    following = token.nbor()
    while following.pos_ in ("DET", "PRON", "NUM") and following.i + 1 < len(view.doc):
        if following.pos_ == "NUM" and following.nbor().text == "-":
            break
        if following.tag_ == "PRP" or following.lower_ in ("which", "whom"):
            return None
        state = _states().get(following.nbor().lower_) if following.lower_ == "those" else None
        if state is not None:
            return people("of_phrase", state)  # five of those killed
        if following.lower_ in ("those", "these", "all") and following.nbor().pos_ not in _OPEN:
            return None
        following = following.nbor()
    head = linear_head(following)
    verb = following.i + 1 < len(view.doc) and following.nbor().tag_ in _TENSED
    if head is None or head.i == following.i or (verb and following.tag_ in ("VBN", "JJ")):
        state = _states().get(following.lower_) or _states().get(following.lemma_)
        if state is not None and following.pos_ != "PROPN" and following.nbor(-1).lower_ == "the":
            return people("of_phrase", state)
    return _made(view, following, head, "of_phrase") if head is not None else None


def _phrase(view: View, quantity: Quantity, start: int) -> Counted | None:
    if start >= len(view.atoms):
        return None
    first = view.token(start)
    number = view.token(quantity.number.last - 1)
    while (
        first.lower_ in ("more", "or", "so")
        and first.i + 1 < len(view.doc)
        and first.nbor().pos_ in _OPEN
    ):
        if first.lower_ == "or" and first.nbor().lower_ not in ("so", "more"):
            return None
        first = first.nbor()
    if _begins_a_time(first):
        return None  # closed at 22 last night
    linear = linear_head(first)
    head = _by_parse(number, first, linear)
    head = head if head is not None else linear
    if head is None or head.lower_ in _EMPTY or head.lower_ in words("figures.not_counted"):
        return None
    return _made(view, first, head, "written")


def _by_parse(number: Token, first: Token, linear: Token | None) -> Token | None:
    """The head that the parse gives the number, if only words of its phrase lie between."""
    head = number.head
    if number.dep_ not in ("nummod", "compound", "amod", "quantmod") or head.i < first.i:
        return None
    if head.lower_ in event_categories("adjective"):
        return None
    if head.pos_ not in NOUNS or head.i - first.i > 8:
        return None
    for token in number.doc[first.i : head.i]:
        if token.lower_ == "but":  # not one but two reports
            return None
        if token.pos_ in ("VERB", "AUX", "ADP", "SCONJ", "PRON") and token.tag_ not in (
            "VBN",
            "VBG",
        ):
            return None
        if token.text in ",;:.":
            return None
    measures = head.lemma_.lower() in words("figures.measuring") and head.tag_ == "NN"
    plural = head.tag_ in ("NNS", "NNPS") or (
        not measures and linear is not None and linear.tag_ == "NNS" and head.tag_ == "NN"
    )
    if linear is not None and head.i < linear.i and head.dep_ == "compound" and plural:
        return linear
    if linear is not None and _letter_of(linear) == head:  # one daily e-mail
        return linear
    return head


def linear_head(token: Token) -> Token | None:
    """The last noun of the run of adjectives and nouns that begins at a token."""
    head: Token | None = None
    doc = token.doc
    i, limit = token.i, min(token.i + 9, len(doc))
    while i < limit:
        here = doc[i]
        if here.is_sent_start and i > token.i:
            break
        if (
            here.lower_ in event_categories("adjective")
            and i > token.i
            and doc[i - 1].pos_ in ("NOUN", "PROPN", "ADJ")
        ):
            if head is None:
                head = doc[i - 1]
            break
        if here.pos_ in ("NOUN", "PROPN", "X") or here.tag_ in ("NN", "NNS", "NNP", "NNPS"):
            if head is not None and head.tag_ == "NNS" and here.pos_ == "PROPN":
                break
            if here.ent_type_ in ("DATE", "TIME") and head is not None and here.ent_iob_ == "B":
                break
            head = here
        elif here.pos_ == "ADJ" or here.tag_ in ("JJ", "JJR", "JJS"):
            if head is not None and head.tag_ in ("NNS", "NNPS") and doc[i - 1].tag_ != "POS":
                break  # but the nations' highest officials
        elif here.tag_ in ("VBN", "VBG"):
            if (
                head is not None
                or i + 1 >= limit
                or doc[i + 1].pos_ not in ("NOUN", "ADJ", "PROPN")
            ):
                break
            if here.dep_ not in ("amod", "compound", "nmod", "nummod") and here.head.i < i:
                break
        elif (
            here.text in ("-", "–", "/")
            or here.tag_ in ("HYPH", "POS")
            or (
                here.pos_ == "ADV"
                and (head is None or doc[i - 1].tag_ == "POS")
                and i + 1 < limit
                and doc[i + 1].pos_ in ("ADJ", "VERB")
            )
            or (here.pos_ == "NUM" and (head is None or doc[i - 1].tag_ == "POS"))
            or (here.pos_ == "CCONJ" and i + 1 < limit and _coordinated(doc[i + 1], head, limit))
        ):
            pass
        else:
            break
        i += 1
    if head is None and i > token.i and doc[i - 1].ent_type_ == "NORP":
        return doc[i - 1]
    return head


@cache
def _states() -> dict[str, str]:
    """What people may be named by, and the category: the dead, the injured, the detained."""
    both = {**event_categories("adjective"), **event_categories("verb")}
    return {word: category for word, category in both.items() if category in HARMED}


def _coordinated(following: Token, head: Token | None, limit: int) -> bool:
    """Whether "and" joins parts of the same phrase (Ford and Volvo vans)."""
    if following.pos_ not in ("ADJ", "PROPN", "NOUN") or following.i + 1 >= limit:
        return False
    after = following.nbor()
    singular = head is None or head.tag_ not in ("NNS", "NNPS")
    return singular and after.tag_ in ("NNS", "NN") and following.tag_ not in ("NNS", "NNPS")


def people(found: Found, state: str | None = None) -> Counted:
    """People whose noun the text does not write."""
    return Counted("people", counted_forms()["people"], None, found, state=state)


def _made(view: View, first: Token, head: Token, found: Found) -> Counted:
    return Counted(text_of(view, (first.i, head.i)), lemma(head), head, found, (first.i, head.i))


def _letter_of(token: Token) -> Token | None:
    """The single letter that a hyphen joins to a noun: the e of e-mail, the X of X-ray."""
    if token.i < 2:
        return None
    hyphen, letter = token.nbor(-1), token.nbor(-2)
    glued = not (hyphen.whitespace_ or letter.whitespace_)
    return letter if glued and hyphen.text in "-‑" and len(letter) == 1 else None


def lemma(token: Token) -> str:
    """The singular, lower-case lemma of a noun (people -> person, Greeks -> greek, e-mails ->
    e-mail)."""
    letter = _letter_of(token)
    return _lemma(token) if letter is None else f"{letter.lower_}-{_lemma(token)}"


def _lemma(token: Token) -> str:
    word = token.lower_
    if word in counted_forms():
        return counted_forms()[word]
    base = token.lemma_.lower()
    if base == word and token.tag_ in ("NNPS", "NNP", "NNS") and len(word) > 3:
        if word.endswith("ies"):
            return word[:-3] + "y"
        if word.endswith("s") and word[-2] not in ("s", "u", "i"):
            return word[:-1]
    return base


def _begins_a_time(token: Token) -> bool:
    """Whether what follows the number is when: yesterday, last night."""
    if token.lower_ in time_words("DEICTIC", "TONIGHT"):
        return True
    chosen = token.lower_ in time_words("LAST", "NEXT", "THIS")
    if not chosen or token.i + 1 >= len(token.doc):
        return False
    following = token.nbor()
    return following.lemma_.lower() in time_nouns() and following.tag_ == "NN"
