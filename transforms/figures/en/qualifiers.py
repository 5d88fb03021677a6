"""How a number is meant: the words before and after it, and how far they reach."""

from __future__ import annotations

from functools import cache

from transforms.figures.en.numbers import at, lower
from transforms.figures.lexer import BREAK, NUMBER, word_set
from transforms.figures.quantity import Quantity
from transforms.figures.view import View
from transforms.reference import reference

#: Of two qualifiers at one number, a bound says more than an approximation (up to about 60).
_BOUNDS = frozenset(("at_least", "more_than", "at_most", "less_than"))
#: Words that may stand between a qualifier and its number.
_FILLERS = (
    ("a", "further"),
    ("another",),
    ("further",),
    ("additional",),
    ("an", "additional"),
    ("a", "total", "of"),
    ("an", "estimated"),
    ("a", "record"),
    ("a", "combined"),
    ("the",),
    ("an", "extra"),
    ("the", "age", "of"),
)
_AGED = ("the", "age", "of")
#: Nouns and verbs of what people are at odds or in talks over.
_DISPUTES = word_set(
    """
    talk talks negotiation dispute row argue argument debate quarrel fight battle war clash concern
    worry fear anger outrage deal feud lawsuit case sue vote haggle wrangle
    """
)


@cache
def _table(where: str) -> dict[tuple[str, ...], str]:
    return {
        tuple(row["words"].split()): row["qualifier"]
        for row in reference("qualifiers")
        if row["where"] == where
    }


def read_qualifier(view: View, quantity: Quantity, floor: int, ceiling: int) -> None:
    """Sets the qualifier and makes the quantity as long as its words; within the given atoms."""
    read = ["more_than"] if quantity.number.more else []
    while (found := _before(view, quantity, floor)) is not None:
        name, first = found
        read.append(name)
        quantity.first = first
        quantity.rules.append("qualifier_before")
    found = _after(view, quantity, ceiling)
    if found is not None:
        read.append(found[0])
        quantity.last = found[1]
        quantity.rules.append("qualifier_after")
    if quantity.low is None:
        quantity.qualifier = "vague"
        return
    if quantity.is_range:
        quantity.qualifier = "between"
        return
    read = [name for name in read if name not in ("exact", "between")]
    if read:
        quantity.qualifier = next((name for name in read if name in _BOUNDS), read[0])


def _before(view: View, quantity: Quantity, floor: int) -> tuple[str, int] | None:
    atoms, end = view.atoms, quantity.first
    for filler in ((), *_FILLERS):
        size = len(filler)
        if size and tuple(a.lower for a in atoms[max(0, end - size) : end]) != filler:
            continue
        stop = end - size
        for length in range(min(6, stop - floor), 0, -1):
            words = tuple(a.lower for a in atoms[stop - length : stop])
            name = _table("before").get(words)
            if name and _reaches(view, quantity, stop - length, stop, words, size):
                return name, stop - length
    return None


def _reaches(
    view: View, quantity: Quantity, first: int, stop: int, words: tuple[str, ...], filler: int
) -> bool:
    """Whether the words qualify this number, and do not stand there for something else."""
    atoms = view.atoms
    if any(a.kind == BREAK for a in atoms[first : quantity.first]):
        return False
    if filler and tuple(a.lower for a in atoms[stop : stop + 3]) == _AGED:
        return words in (("over",), ("under",), ("above",), ("below",), ("around",))
    if filler and words in (
        ("some",),
        ("near",),
        ("over",),
        ("under",),
        ("around",),
        ("above",),
        ("below",),
        ("beyond",),
    ):
        return False
    if (
        filler
        and atoms[stop].lower == "the"
        and words not in (("more", "than"), ("at", "least"), ("up", "to"), ("all", "but"))
    ):
        return False
    word = words[-1]
    duration = quantity.unit.dimension == "duration"
    if word in ("over", "under", "around", "near", "above", "below") and len(words) == 1:
        token = view.token(first)
        if duration and word == "over":
            # A period over which something lasts, unless the parse has it as part of the number.
            return token.dep_ in ("quantmod", "advmod") or token.pos_ == "ADV"
        if word == "over" and token.dep_ == "prep" and token.head.lemma_ in _DISPUTES:
            return False
        if word == "near" and token.pos_ == "ADP" and quantity.unit.dimension == "count":
            return False
        if word in ("below", "above") and first > 0 and atoms[first - 1].kind == NUMBER:
            return False
        return token.dep_ != "prt"
    if word == "some" and quantity.number.value == 1 and quantity.unit.dimension == "count":
        return False
    if word == "to" and words == ("up", "to"):
        return lower(atoms, first - 1) not in (
            "made",
            "makes",
            "make",
            "add",
            "adds",
            "added",
            "sums",
        )
    if word in ("perhaps", "maybe", "probably"):
        return atoms[stop - 1].end + 1 >= atoms[quantity.first].start
    if word in ("<", ">") and at(atoms, quantity.last) is not None:
        return atoms[quantity.last].text not in "<>"
    return True


def _after(view: View, quantity: Quantity, ceiling: int) -> tuple[str, int] | None:
    atoms, start = view.atoms, quantity.last
    for length in range(min(4, ceiling - start), 0, -1):
        words = tuple(a.lower for a in atoms[start : start + length])
        name = _table("after").get(words)
        if name is None:
            continue
        after = lower(atoms, start + length)
        if words == ("+",) and not atoms[start].glued:
            continue
        if words in (("plus",), ("odd",), ("minimum",), ("maximum",)):
            token = view.token(start)
            if words == ("plus",) and after != "" and token.dep_ in ("cc", "prep", "conj"):
                continue
        if words in (("and", "more"), ("or", "more"), ("or", "less")) and after == "than":
            continue
        if (
            words == ("at", "least")
            and at(atoms, start + length)
            and atoms[start + length].kind == NUMBER
        ):
            continue
        return name, start + length
    return None
