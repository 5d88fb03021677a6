"""Numbers that name: labels, models, codes, addresses.

Each test gives what it saw, for a person ("" where there is no more to say), or None where it does
not hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.figures.en.counted import linear_head
from transforms.figures.en.looks import counts_noun, digits_of, has_unit, noun_follows, phrases
from transforms.figures.en.titled import titled
from transforms.figures.lexer import NUMBER, WORD, Atom, at, is_hyphen, lower
from transforms.figures.quantity import Qualifier, Quantity
from transforms.figures.rules import Joined
from transforms.figures.view import View
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

#: The most that a word for a kind of thing tells of its parts.
_FEW = 12
#: The fewest digits of a model that no name tells.
_MODEL = 3
_NAMED = frozenset(("PRODUCT", "ORG", "FAC", "EVENT", "WORK_OF_ART", "LAW"))
#: What stands before the number of a product that names one of them: the 747 took off.
_ONE_OF_THEM = frozenset(("a", "an", "the", "this", "that", "its", "their", "another"))
_WEB = re.compile(r"\w://\w|^\W?[a-z][\w-]*(?:\.[\w-]+)*\.[a-z]{2,}/")
_NO_NAME = frozenset(("the", "a", "some", "about", "i"))


def is_name(view: View, quantity: Quantity) -> str | None:
    """S&P 500, iPhone 11, Leopard 2, Boeing 737, Big 12: a number that ends a name, or begins one
    (50 Cent, Nine Mile Point)."""
    atoms, i = view.atoms, quantity.number.first
    if (capitals := titled(view, quantity)) is not None:
        return capitals
    if quantity.is_range and (pair := _model_of_two(view, quantity)) is not None:
        return pair
    if has_unit(quantity) or quantity.first < i or quantity.number.scale > 1 or quantity.is_range:
        return None
    before = at(atoms, i - 1)
    if before is None:
        return None
    digits = digits_of(view, quantity)
    if digits in words("figures.model_number") and before.lower in _ONE_OF_THEM:
        return None if noun_follows(view, quantity) else view.written(i - 1, i + 1)
    if before.text == "-" and before.glued and atoms[i].glued:
        further = at(atoms, i - 2)
        named = further is not None and further.kind == WORD and further.text[0].isupper()
        return view.written(i - 2, quantity.number.last) if named and digits else None
    if before.kind != WORD or atoms[i].glued:
        return None
    if "," in digits or (digits and "." in digits and not before.text.isupper()):
        return None
    ends = _ends_name(view, quantity, before, digits)
    return view.written(i - 1, quantity.number.last) if ends else None


def _model_of_two(view: View, quantity: Quantity) -> str | None:
    """Boeing 737-800: the number of a product and of its variant."""
    low, maker = view.atoms[quantity.first], at(view.atoms, quantity.first - 1)
    if quantity.joined is not Joined.DASH or low.text not in words("figures.model_number"):
        return None
    named = maker is not None and maker.kind == WORD and maker.text[0].isupper()
    return view.written(quantity.first - 1, quantity.last) if named else None


def _ends_name(view: View, quantity: Quantity, before: Atom, digits: str) -> bool:
    """Whether the word before the number is the name that the number belongs to."""
    i = quantity.number.first
    token, named = view.token(i), view.token(i - 1)
    capital = before.text[0].isupper() or any(c.isupper() for c in before.text[1:])
    if not capital or before.lower in _NO_NAME:
        return False
    if digits and _is_given(token):
        return False
    if counts_noun(view, quantity) and (
        token.head.i > token.i and token.dep_ in ("nummod", "compound", "amod")
    ):
        inside = token.ent_iob_ == "I" and token.ent_type_ == named.ent_type_
        return inside and token.ent_type_ in _NAMED
    if digits and _is_gapped(token):
        return False
    if not digits and (named.pos_ != "PROPN" or not view.atoms[i].text[0].isupper()):
        return False
    if named.pos_ == "PROPN" or named.ent_type_ in _NAMED:
        return (
            token.dep_ in ("nummod", "appos", "nmod", "npadvmod", "compound", "punct")
            or token.pos_ in ("PROPN", "NOUN")
            or token.ent_iob_ == "I"
            or digits != ""
        )
    return token.ent_type_ in ("PRODUCT", "FAC", "LAW", "WORK_OF_ART") and token.ent_iob_ == "I"


def _is_given(number: Token) -> bool:
    """Whether the name before a number is who gets so many: sent Ukraine 31 tanks."""
    i = number.i - 1
    while i > 0 and number.doc[i].pos_ == "PROPN":
        i -= 1
    verb = number.doc[i]
    given = verb.pos_ == "VERB" and verb.lemma_.lower() in words("events.giving")
    return given and linear_head(number.nbor()) is not None


def _is_gapped(number: Token) -> bool:
    """Whether a verb and a noun are understood before a number: Ford cuts 300 jobs and Fiat 150.

    The name before it is coordinated with the first counted noun, whose subject holds a name too.
    """
    top = number.head
    if number.dep_ != "nummod" or top.i != number.i - 1 or top.pos_ != "PROPN":
        return False
    while top.dep_ in ("pobj", "prep"):
        top = top.head
    first = top.head
    counted = first.pos_ == "NOUN" and any(child.dep_ == "nummod" for child in first.lefts)
    if top.dep_ != "conj" or not counted or first.dep_ != "dobj":
        return False
    subject = next((child for child in first.head.lefts if child.dep_ == "nsubj"), None)
    return subject is not None and any(token.pos_ == "PROPN" for token in subject.subtree)


def is_moved_hyphen(view: View, quantity: Quantity) -> str | None:
    """The number of a name whose hyphen a tokeniser moved (the Skyhawk -4)."""
    if not quantity.negative or has_unit(quantity):
        return None
    before = at(view.atoms, quantity.first - 1)
    if before is None or before.kind != WORD or not before.text[0].isupper():
        return None
    named = before.lower not in ("at", "to")
    return view.written(quantity.first - 1, quantity.number.last) if named else None


def is_model(view: View, quantity: Quantity) -> str | None:
    """747s, a 737 Max, 5G, 4x4, the system 4200, 6800-based: digits in the name of a product."""
    digits = digits_of(view, quantity)
    if not digits or has_unit(quantity) or quantity.prefixed:
        return None
    if digits in words("figures.model_number") and _is_of_one(view, quantity):
        return view.written(quantity.number.first, quantity.last + 1)
    if len(digits) >= _MODEL and digits.isdigit():
        tied, first = _tied_to_model(view, quantity), quantity.number.first
        if tied or _follows_its_noun(view, quantity):
            return view.written(first - (not tied), quantity.last + 2 * tied)
    after = at(view.atoms, quantity.last)
    if after is None or after.kind != WORD:
        return None
    if after.glued or (after.text[0].isupper() and _begins_name(view, quantity, digits)):
        return view.written(quantity.number.first, quantity.last + 1)
    return None


def _tied_to_model(view: View, quantity: Quantity) -> bool:
    """6800-based, 6800-compatible."""
    hyphen, word = at(view.atoms, quantity.last), at(view.atoms, quantity.last + 1)
    if hyphen is None or word is None or not (is_hyphen(hyphen) and hyphen.glued and word.glued):
        return False
    return word.lower in words("figures.tied_to_model")


def _is_of_one(view: View, quantity: Quantity) -> bool:
    """A 747 jet, its new 747 jet: one thing behind the number."""
    after = at(view.atoms, quantity.last)
    return after is not None and after.kind == WORD and view.token(quantity.last).tag_ == "NN"


def _follows_its_noun(view: View, quantity: Quantity) -> bool:
    """The system 4200: plain digits that the parse hangs on the one thing right before them."""
    if quantity.first != quantity.number.first:
        return False
    token = view.token(quantity.first)
    noun = token.head
    if token.dep_ not in ("appos", "nummod") or noun.i != token.i - 1 or noun.tag_ != "NN":
        return False
    return any(child.lower_ == "the" for child in noun.children)


def _begins_name(view: View, quantity: Quantity, digits: str) -> bool:
    """Whether the number and the capital after it are one name (737 Max)."""
    token = view.token(quantity.number.first)
    following = view.token(quantity.last)
    if following.tag_ in ("NNPS", "NNS") or following.ent_type_ == "NORP":
        return False
    if len(digits) >= 3 and digits.isdigit() and _ends_in_name(view, quantity):
        return True
    counted = token.dep_ == "nummod" and token.head.tag_ == "NNS" and token.head.pos_ == "NOUN"
    if counted and digits not in words("figures.model_number"):
        return False  # 40 Leopard tanks
    inside = following.ent_iob_ == "I"
    return inside and token.ent_type_ in ("PRODUCT", "FAC", "ORG", "WORK_OF_ART", "LAW")


def _ends_in_name(view: View, quantity: Quantity) -> bool:
    """Whether what follows is a name in the singular (737 Max), and no counted noun."""
    head = linear_head(view.token(quantity.last))
    if head is None:
        return False
    return head.tag_ == "NNP" and not head.text.endswith(("s", "S")) and not head.text.isupper()


def is_kind(view: View, quantity: Quantity) -> str | None:
    """two-pronged, a three-legged race, four-wheelers: small numbers tied to a word in -ed or -er.

    What so many are told to be of one noun is a count (a three-member board), and so is what holds
    many (a 500-seater stadium).
    """
    atoms, last = view.atoms, quantity.number.last
    hyphen, word = at(atoms, last), at(atoms, last + 1)
    if hyphen is None or word is None or not is_hyphen(hyphen) or not hyphen.glued:
        return None
    if word.kind != WORD or not word.glued or has_unit(quantity) or quantity.is_range:
        return None
    small = quantity.low is not None and quantity.low <= _FEW and quantity.low == int(quantity.low)
    if not small or word.lower in words("figures.sizing") | words("figures.no_kind"):
        return None
    made = word.lower.endswith(tuple(words("figures.kind_ending"))) and len(word.text) > 4
    return view.written(quantity.number.first, last + 2) if made else None


def is_identifier(view: View, quantity: Quantity) -> str | None:
    """Long runs of digits, leading zeros, postcodes, mail addresses."""
    digits = digits_of(view, quantity)
    if not digits or quantity.prefixed:
        return None
    first, last = quantity.number.first, quantity.number.last
    if (address := _web_address(view, first)) is not None:
        return address
    if _is_postcode(view, first, digits):
        return view.written(first - 1, last)
    if has_unit(quantity):
        return None
    if digits.isdigit() and (len(digits) >= 9 or (len(digits) > 1 and digits.startswith("0"))):
        return digits
    before, after = at(view.atoms, first - 1), at(view.atoms, last)
    glued = view.atoms[first].glued
    if before is not None and glued and before.text in "@_=&?":
        return view.written(first - 1, last)
    if after is not None and after.glued and after.text in "@_=&?":
        return view.written(first, last + 1)
    if (digits,) in phrases("emergency") and _is_dialled(view, quantity):
        return view.written(max(0, first - 1), last)
    if before is not None and (before.lower,) in phrases("identifier"):
        return view.written(first - 1, last)
    if after is not None and (after.lower,) in phrases("postcode"):
        return view.written(first, last + 1)
    return None


def _is_dialled(view: View, quantity: Quantity) -> bool:
    """Whether the number of a service is meant: it is dialled here, or elsewhere in the text and
    counts nothing here."""
    i = quantity.number.first
    if quantity.qualifier is not Qualifier.EXACT:
        return False
    if _dials(view, i):
        return True
    digits = view.atoms[i].text
    return not noun_follows(view, quantity) and any(
        atom.text == digits and _dials(view, j) for j, atom in enumerate(view.atoms)
    )


def _dials(view: View, i: int) -> bool:
    """call 911, a call to 999, a 911 operator, 911 was down: the number at ``i`` is a service's."""
    by, token, following = words("figures.dialling"), view.token(i), at(view.atoms, i + 1)
    if following is not None and following.kind == WORD and not following.glued:
        named = view.token(i + 1)
        if named.pos_ in ("NOUN", "ADJ", "PROPN"):
            return _is_of_service(named)
    before = view.token(i - 1 - (lower(view.atoms, i - 1) == "to" and i > 1)) if i else token
    verb = token.head
    alone = token.dep_ == "nsubj" and (verb.tag_ == "VBZ" or verb.lower_ == "was")
    return (i > 0 and before.lemma_ in by) or alone


def _is_of_service(noun: Token) -> bool:
    """Whether the nouns after a number are one thing of its service: a 911 call, the 112 emergency
    line; no 911 call boxes."""
    nouns = [noun]
    while nouns[-1].i + 1 < len(noun.doc) and nouns[-1].nbor().pos_ in ("NOUN", "ADJ", "PROPN"):
        nouns.append(nouns[-1].nbor())
    told = any(one.lemma_ in words("figures.dialling") for one in nouns)
    return told and nouns[-1].tag_ in ("NN", "NNP")


def _web_address(view: View, i: int) -> str | None:
    """The address of a page that the digits at ``i`` stand in: www.example.org/news/5512."""
    start, end = view.atoms[i].start, view.atoms[i].end
    while start and not view.text[start - 1].isspace():
        start -= 1
    while end < len(view.text) and not view.text[end].isspace():
        end += 1
    run = view.text[start:end]
    return run if _WEB.search(run) else None


def _is_postcode(view: View, i: int, digits: str) -> bool:
    """Five digits after a region's two capitals: Austin, TX 73301."""
    state = at(view.atoms, i - 1)
    if not digits.isdigit() or len(digits) != 5 or state is None or state.kind != WORD:
        return False
    code = len(state.text) == 2 and state.text.isupper()
    return code and lower(view.atoms, i - 2) in (",", ".", "")


def is_address(view: View, quantity: Quantity) -> str | None:
    """12 Station Road."""
    digits = digits_of(view, quantity)
    if not digits.isdigit() or len(digits) > 5 or has_unit(quantity):
        return None
    for capitals, atom in enumerate(view.atoms[quantity.last : quantity.last + 5]):
        capital = atom.text[0].isupper()
        if capitals and capital and atom.kind == WORD and (atom.lower,) in phrases("street"):
            return view.written(quantity.number.first, quantity.last + capitals + 1)
        if atom.text != "." and not (atom.kind == NUMBER or (atom.kind == WORD and capital)):
            return None
    return None
