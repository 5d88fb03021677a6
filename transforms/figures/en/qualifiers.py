"""How a number is meant: the words before and after it, and how far they reach."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from transforms.figures.lexer import BREAK, NUMBER, Atoms, at, lower, word_set
from transforms.figures.quantity import Qualifier, Quantity
from transforms.figures.rules import RANGES, Qualified
from transforms.figures.view import View
from transforms.reference import reference
from transforms.words import words

#: Of two qualifiers at one number, a bound says more than an approximation (up to about 60).
_BOUNDS = frozenset(
    (Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.AT_MOST, Qualifier.LESS_THAN)
)
#: Prepositions of place that say how many only right at the number, if at all.
_OF_PLACE = word_set("over under around near above below")
#: Words that reach over "the age of", over another filler, over "the".
_TO_AN_AGE = word_set("over under above below around")
_NOT_OVER_FILLERS = _OF_PLACE | word_set("some beyond")
_OVER_THE = (("more", "than"), ("at", "least"), ("up", "to"), ("all", "but"))
_OPEN = (("and", "more"), ("or", "more"), ("or", "less"))

Words = tuple[str, ...]


@cache
def _table(where: str) -> dict[Words, Qualifier]:
    return {
        tuple(row["words"].split()): Qualifier(row["qualifier"])
        for row in reference("qualifiers")
        if row["where"] == where
    }


@cache
def _fillers() -> tuple[tuple[Words, bool], ...]:
    """What may stand between a qualifier and its number, and whether it tells an age."""
    return (
        ((), False),
        *(
            (tuple(row["words"].split()), row["where"] == "between_age")
            for row in reference("qualifiers")
            if row["where"] in ("between", "between_age")
        ),
    )


def read_qualifier(view: View, quantity: Quantity, floor: int, ceiling: int) -> Quantity:
    """The quantity with its qualifier, as long as its words; within the given atoms."""
    read = [Qualifier.MORE_THAN] if quantity.number.more else []
    while (found := _before(view, quantity, floor)) is not None:
        name, first = found
        read.append(name)
        quantity = replace(quantity, first=first, rules=quantity.by(Qualified.BEFORE))
    found = _after(view, quantity, ceiling)
    if found is not None:
        read.append(found[0])
        quantity = replace(quantity, last=found[1], rules=quantity.by(Qualified.AFTER))
    qualifier = _of_all(quantity, read)
    same = qualifier is quantity.qualifier
    return quantity if same else replace(quantity, qualifier=qualifier)


def _of_all(quantity: Quantity, read: list[Qualifier]) -> Qualifier:
    """What all words at one number say together."""
    if quantity.low is None:
        return Qualifier.VAGUE
    if quantity.is_range:
        return Qualifier.BETWEEN
    read = [name for name in read if name not in (Qualifier.EXACT, Qualifier.BETWEEN)]
    if read:
        return next((name for name in read if name in _BOUNDS), read[0])
    if quantity.joined in RANGES:  # one-one
        return Qualifier.BETWEEN
    return Qualifier.ABOUT if quantity.number.about else Qualifier.EXACT


def _before(view: View, quantity: Quantity, floor: int) -> tuple[Qualifier, int] | None:
    """The qualifier that ends before the quantity, also over a filler, and where it begins."""
    atoms, end = view.atoms, quantity.first
    for filler, of_age in _fillers():
        stop = end - len(filler)
        if filler and tuple(a.lower for a in atoms[max(0, stop) : end]) != filler:
            continue
        for length in range(min(6, stop - floor), 0, -1):
            first = stop - length
            said = tuple(a.lower for a in atoms[first:stop])
            name = _table("before").get(said)
            if name is None or any(a.kind == BREAK for a in atoms[first:end]):
                continue
            if of_age:
                fits = len(said) == 1 and said[0] in _TO_AN_AGE
            else:
                fits = _reaches_over(said, filler) and _reaches(view, quantity, first, stop, said)
            if fits and said[-1] in words("modality.bounding"):
                yet = lower(atoms, first - 1) == "yet"
                if _denied(atoms, first - 1 - yet):  # did not exceed 200
                    return Qualifier.AT_MOST, max(first - 1 - yet, floor)
            if fits:
                return name, first
    return None


def _denied(atoms: Atoms, i: int) -> bool:
    """Whether a negation stands at ``i``, before a verb of exceeding."""
    word = lower(atoms, i)
    return word in ("not", "never", "cannot") or word.endswith(("n't", "n’t"))


def _reaches_over(said: Words, filler: Words) -> bool:
    """Whether words qualify a number over what stands between (at least another 40)."""
    if not filler:
        return True
    if len(said) == 1 and said[0] in _NOT_OVER_FILLERS:
        return False
    return filler[0] != "the" or said in _OVER_THE


def _reaches(view: View, quantity: Quantity, first: int, stop: int, said: Words) -> bool:
    """Whether the words qualify this number, and do not stand there for something else."""
    atoms = view.atoms
    word = said[-1]
    if word in _OF_PLACE and len(said) == 1:
        return _is_no_place(view, quantity, first)
    if word == "some" and quantity.number.value == 1 and quantity.unit.dimension == "count":
        return False
    if said == ("up", "to"):
        return lower(atoms, first - 1) not in words("figures.makes_up")
    if word in words("figures.topping"):
        return view.token(first).pos_ == "VERB"
    if word in words("figures.perhaps"):
        return atoms[stop - 1].end + 1 >= atoms[quantity.first].start
    if word in ("<", ">") and at(atoms, quantity.last) is not None:
        return atoms[quantity.last].text not in "<>"
    return True


def _is_no_place(view: View, quantity: Quantity, i: int) -> bool:
    """Whether a preposition of place at atom ``i`` says how many: over 40, not over five years."""
    word, token = view.atoms[i].lower, view.token(i)
    if word == "over":
        if quantity.unit.dimension == "duration":
            # A period over which something lasts, unless the parse has it as part of the number.
            return token.dep_ in ("quantmod", "advmod") or token.pos_ == "ADV"
        if token.dep_ == "prep" and token.head.lemma_ in words("figures.dispute"):
            return False
    if word == "near" and token.pos_ == "ADP" and quantity.unit.dimension == "count":
        return False
    if word in ("below", "above") and i > 0 and view.atoms[i - 1].kind == NUMBER:
        return False
    return token.dep_ != "prt"


def _after(view: View, quantity: Quantity, ceiling: int) -> tuple[Qualifier, int] | None:
    """The qualifier that follows the quantity, and where it ends."""
    atoms, start = view.atoms, quantity.last
    for length in range(min(4, ceiling - start), 0, -1):
        end = start + length
        said = tuple(a.lower for a in atoms[start:end])
        name = _table("after").get(said)
        if name is None or (length == 1 and atoms[start].text.istitle()):
            continue  # a 737 Max, the Four Tops
        following = at(atoms, end)
        if said == ("+",) and not atoms[start].glued:
            continue
        added = said == ("plus",) and following is not None
        if added and view.token(start).dep_ in ("cc", "prep", "conj"):
            continue
        if said in _OPEN and lower(atoms, end) == "than":
            continue
        if said == ("at", "least") and following is not None and following.kind == NUMBER:
            continue
        return name, end
    return None
