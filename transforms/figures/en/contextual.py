"""Units that the words around a number decide: degrees, pounds, and units that are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transforms.figures.en.ages import settle_age
from transforms.figures.en.looks import noun_follows
from transforms.figures.lexer import lower
from transforms.figures.quantity import Figure, Role
from transforms.figures.rules import Settled
from transforms.figures.units import COUNT, degrees_of_heat, is_home, unit_of
from transforms.figures.view import View
from transforms.words import words

_PARTS_OF = (("of",), ("of", "the"), ("of", "its"), ("of", "their"), ("of", "a"), ("out", "of"))


def settle_units(view: View, figures: Sequence[Figure]) -> list[Figure]:
    """The figures with the units that one number alone does not tell."""
    settled: list[Figure] = []
    for figure in figures:
        if figure.unit.code == "deg":
            figure = _degrees(view, figure)
        elif figure.unit.code == "[lb_av]":
            figure = _pounds(view, figure)
        elif figure.unit is COUNT:
            figure = settle_age(view, figure, settled[-1] if settled else None)
        settled.append(figure)
    return _carried(view, settled)


def _degrees(view: View, figure: Figure) -> Figure:
    """Degrees of heat where the sentence speaks of it; the publisher's scale where known."""
    if not view.words_near(figure.first) & words("figures.warmth"):
        return figure
    rules = figure.by(Settled.DEGREES_OF_HEAT)
    return replace(figure, unit=degrees_of_heat(view.country), rules=rules)


def _pounds(view: View, figure: Figure) -> Figure:
    """Pounds are money in millions, beside a sign of money, or in a British paper."""
    spelled = lower(view.atoms, figure.last - 1).startswith(figure.unit.name)
    if figure.hyphenated or not spelled or lower(view.atoms, figure.last) == "of":
        return figure
    near = view.words_near(figure.first)
    if near & words("figures.weighing"):
        return figure
    sterling = unit_of("GBP")
    if (
        figure.number.scale >= 1e6
        or "£" in near
        or is_home(sterling, view.country)
        or near & words("figures.paying")
    ):
        return replace(figure, unit=sterling, rules=figure.by(Settled.POUNDS_OF_MONEY))
    return figure


def _carried(view: View, figures: list[Figure]) -> list[Figure]:
    """The unit that is not written again: "from 21 mpg to 23", "2 of the 5 million shekels"."""
    done: list[Figure] = []
    for farther in figures:
        if done and _same_sentence(view, done[-1], farther):
            done[-1], farther = _carry(view, done[-1], farther)
        done.append(farther)
    return done


def _same_sentence(view: View, nearer: Figure, farther: Figure) -> bool:
    starts = (view.atoms[figure.first].start for figure in (nearer, farther))
    return len({view.sentence_no(start) for start in starts}) == 1


def _carry(view: View, nearer: Figure, farther: Figure) -> tuple[Figure, Figure]:
    """Both, the one that has no unit with the other's if it is meant."""
    between = tuple(atom.lower for atom in view.atoms[nearer.last : farther.first])
    if nearer.role is Role.FROM and farther.role is Role.TO:
        if farther.unit is COUNT and nearer.unit is not COUNT:
            if not noun_follows(view, farther):
                rules = farther.by(Settled.UNIT_CARRIED)
                farther = replace(farther, unit=nearer.unit, rules=rules)
        elif nearer.unit is COUNT and farther.unit is not COUNT and len(between) <= 3:
            nearer = _scaled_like(nearer, farther)
    elif nearer.unit is COUNT and farther.unit.dimension == "money" and between in _PARTS_OF:
        rules = nearer.by(Settled.UNIT_CARRIED)
        nearer = replace(nearer, unit=farther.unit, rules=rules)
    return nearer, farther


def _scaled_like(nearer: Figure, farther: Figure) -> Figure:
    """The start of a move with the unit and the scale of its end: from 3 to 5 million shekels."""
    scale = farther.number.scale if nearer.number.scale == 1 else 1.0
    nearer = replace(nearer, unit=farther.unit, rules=nearer.by(Settled.UNIT_CARRIED))
    if scale == 1 or nearer.low is None or nearer.high is None or farther.low is None:
        return nearer
    if nearer.low >= farther.low / scale * 20:
        return nearer
    return replace(nearer, low=nearer.low * scale, high=nearer.high * scale)
