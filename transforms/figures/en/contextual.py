"""Units that the words around a number decide: degrees, pounds, ages, and units left out."""

from __future__ import annotations

import itertools

from transforms.event_words import counted_categories
from transforms.figures.en.counted import lemma
from transforms.figures.en.looks import counts_noun
from transforms.figures.en.numbers import at, lower
from transforms.figures.lexer import WORD, word_set
from transforms.figures.quantity import Quantity
from transforms.figures.units import AGE_UNITS, COUNT, Unit
from transforms.figures.view import View

_WARM = word_set(
    """
    temperature temperatures thermometer thermostat heat hot cold warm warmer cool cooler
    colder hotter weather fever boil boils freeze freezes oven melt melts mercury highs lows
    climate warming
    """
)
_WEIGHT = word_set(
    """
    weigh weighs weighed weighing weight heavy heavier lose lost losing gain drop dropped shed
    fish baby
    """
)
_WHOM = frozenset(("those", "anyone", "everyone", "anybody", "everybody", "people"))
_AGED = frozenset(("aged", "age", "ages"))


def settle_units(view: View, quantities: list[Quantity]) -> None:
    """Sets the units that one number alone does not tell."""
    for n, quantity in enumerate(quantities):
        unit = quantity.unit
        if unit.code == "deg":
            _degrees(view, quantity)
        elif unit.code == "[lb_av]":
            _pounds(view, quantity)
        elif unit is COUNT:
            _aged(view, quantity, quantities[n - 1] if n else None)
    _carry(view, quantities)


def _words(view: View, quantity: Quantity) -> set[str]:
    start, end = view.sentence(view.atoms[quantity.first].start)
    low = high = quantity.first
    while low > 0 and view.atoms[low - 1].start >= start and quantity.first - low < 30:
        low -= 1
    while high < len(view.atoms) and view.atoms[high].end <= end and high - quantity.first < 30:
        high += 1
    return {atom.lower for atom in view.atoms[low:high]}


def _degrees(view: View, quantity: Quantity) -> None:
    """Degrees of heat where the sentence speaks of it; the publisher's scale where known."""
    if not _words(view, quantity) & _WARM:
        return
    code, name = "deg", "degree"
    if view.country == "USA":
        code, name = "[degF]", "degree Fahrenheit"
    elif view.country:
        code, name = "Cel", "degree Celsius"
    quantity.unit = Unit(code, name, "temperature")
    quantity.rules.append("degrees_of_heat")


def _pounds(view: View, quantity: Quantity) -> None:
    """Pounds are money in millions, beside a sign of money, or in a British paper."""
    if quantity.hyphenated or lower(view.atoms, quantity.last - 1) not in ("pounds", "pound"):
        return
    if lower(view.atoms, quantity.last) == "of":
        return
    words = _words(view, quantity)
    if words & _WEIGHT:
        return
    million = quantity.number.scale >= 1e6
    if (
        million
        or "£" in words
        or view.country == "GBR"
        or words & {"cost", "costs", "paid", "profit", "worth", "fined", "pence"}
    ):
        quantity.unit = Unit("GBP", "pound sterling", "money", 1.0)
        quantity.rules.append("pounds_of_money")


def _aged(view: View, quantity: Quantity, previous: Quantity | None) -> None:
    """aged 19, at the age of 87, "John Smith, 42,", "he is 35", a life expectancy of 73."""
    atoms = view.atoms
    if (
        quantity.low is None
        or not 0 < quantity.low <= 120
        or (quantity.high or 0) > 125
        or quantity.number.scale > 1
    ):
        return
    first = quantity.first
    if lower(atoms, quantity.number.first - 1) == "of":  # under the age of 12
        first = quantity.number.first
    before = lower(atoms, first - 1)
    if _bounds_age(view, quantity):
        quantity.unit = AGE_UNITS["a"]
        quantity.rules.append("age_bound")
        return
    if before in _AGED or (
        before in ("of", "between", "from") and lower(atoms, first - 2) in _AGED
    ):
        quantity.unit = AGE_UNITS["a"]
        quantity.rules.append("age_stated")
        return
    if (
        previous is not None
        and "age_stated" in previous.rules
        and quantity.first - previous.last <= 1
    ):
        quantity.unit = AGE_UNITS["a"]
        quantity.rules.append("age_stated")
        return
    token = view.token(quantity.number.first)
    if before == "," and _appositive(view, quantity):
        quantity.unit = AGE_UNITS["a"]
        quantity.rules.append("age_appositive")
        return
    verb = token.head
    if (
        verb.lemma_ in ("be", "turn")
        and token.dep_ in ("attr", "acomp", "dobj", "npadvmod", "oprd")
        and not _noun_follows(view, quantity)
    ):
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is not None and (
            subject.lower_ in ("he", "she", "i", "who") or subject.ent_type_ == "PERSON"
        ):
            quantity.unit = AGE_UNITS["a"]
            quantity.rules.append("age_predicate")
            return
    words = _words(view, quantity)
    if (
        words & {"age", "expectancy", "lifespan"}
        and not _noun_follows(view, quantity)
        and verb.lemma_ == "be"
    ):
        quantity.unit = AGE_UNITS["a"]
        quantity.rules.append("age_predicate")


def _bounds_age(view: View, quantity: Quantity) -> bool:
    """people over 65, children under 5: a bound right after those whom it bounds."""
    atoms = view.atoms
    if quantity.is_range or lower(atoms, quantity.first) not in ("over", "under", "above", "below"):
        return False
    if quantity.number.first != quantity.first + 1 or counts_noun(view, quantity):
        return False
    if lower(atoms, quantity.last) in ("%", "percent", "per"):
        return False
    whom = at(atoms, quantity.first - 1)
    if whom is None or whom.kind != WORD:
        return False
    token = view.token(quantity.first - 1)
    return whom.lower in _WHOM or (
        token.tag_ == "NNS" and counted_categories().get(lemma(token)) == "people"
    )


def _appositive(view: View, quantity: Quantity) -> bool:
    """A number between a person's name and a comma: "John Smith, 42, said"."""
    atoms = view.atoms
    if lower(atoms, quantity.last) not in (",", ".", ")", ";", "") or quantity.first < 2:
        return False
    name = view.token(quantity.first - 2)
    if name.ent_type_ == "PERSON":
        return True
    if name.pos_ != "PROPN" or name.ent_type_ not in ("", "ORG") or name.i == 0:
        return False
    return name.nbor(-1).pos_ == "PROPN"


def _noun_follows(view: View, quantity: Quantity) -> bool:
    if quantity.last >= len(view.atoms) or view.atoms[quantity.last].kind != "w":
        return False
    return view.token(quantity.last).pos_ in ("NOUN", "ADJ", "PROPN")


def _carry(view: View, quantities: list[Quantity]) -> None:
    """The unit that is not written again: "from 21 mpg to 23", "2 of the 5 million shekels"."""
    for nearer, farther in itertools.pairwise(quantities):
        if view.sentence_no(view.atoms[nearer.first].start) != view.sentence_no(
            view.atoms[farther.first].start
        ):
            continue
        ended = [a.lower for a in view.atoms[nearer.last : farther.first]]
        if nearer.role == "from" and farther.role == "to":
            if (
                farther.unit is COUNT
                and nearer.unit is not COUNT
                and not _noun_follows(view, farther)
            ):
                farther.unit = nearer.unit
                farther.rules.append("unit_carried")
            elif nearer.unit is COUNT and farther.unit is not COUNT and len(ended) <= 3:
                nearer.unit = farther.unit
                nearer.rules.append("unit_carried")
                scale = farther.number.scale
                if (
                    nearer.number.scale == 1
                    and scale > 1
                    and nearer.low is not None
                    and nearer.high is not None
                    and (farther.low is not None and nearer.low < farther.low / scale * 20)
                ):
                    nearer.low, nearer.high = nearer.low * scale, nearer.high * scale
        elif (
            nearer.unit is COUNT
            and farther.unit.dimension == "money"
            and ended
            in (["of", "the"], ["of", "its"], ["of", "their"], ["out", "of"], ["of", "a"], ["of"])
        ):
            nearer.unit = farther.unit
            nearer.rules.append("unit_carried")
