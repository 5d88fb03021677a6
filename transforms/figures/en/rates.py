"""Rates of counts: so many to so many (31 per 100,000 soldiers), so many a time (610 each day).

The denominator of the first is no figure: its number goes into the unit, its noun into ``per``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from transforms.considered import LeftOut
from transforms.events.scene import Scene
from transforms.figures.en.counted import Counted, read_counted
from transforms.figures.en.reasons import Reason
from transforms.figures.en.written import match_rate
from transforms.figures.lexer import WORD, lower
from transforms.figures.quantity import Figure
from transforms.figures.rules import Written
from transforms.figures.units import Unit, rates
from transforms.figures.view import View
from transforms.reference import reference

#: What stands between so many and so many: per, for every, in every.
_OVER = (("per",), ("for", "every"), ("for", "each"), ("in", "every"), ("out", "of", "every"))
_EACH = frozenset(("each", "every", "a", "an", "per"))
_RATED = frozenset(("count", "mass", "volume", "length", "area", "energy", "data", "money"))
#: Codes of what a rate after its noun may be over: a time.
_PERIODS = frozenset(("s", "min", "h", "d", "{night}", "wk", "mo", "{quarter}", "a"))


def over_so_many(view: View, figures: Sequence[Figure]) -> tuple[list[Figure], list[LeftOut]]:
    """The figures with rates of counts over counts made one, and the denominators left out."""
    found: list[Figure] = []
    left_out: list[LeftOut] = []
    taken = -1
    for n, figure in enumerate(figures):
        if n <= taken:
            continue
        following = figures[n + 1] if n + 1 < len(figures) else None
        rate = _rate(view, figure, following)
        if rate is None:
            found.append(figure)
            continue
        size, noun, denominator = rate
        code = f"(10*{round(math.log10(size))})" if _is_power(size) else f"{size:g}"
        unit = figure.unit.per(code, f"{size:,g}")
        rules = figure.by(Written.RATE_OF_COUNTS)
        found.append(replace(figure, unit=unit, rated=True, per=noun, rules=rules))
        if denominator is not None:
            taken = n + 1
            left_out.append(
                view.left_out(denominator.first, denominator.last, Reason.DENOMINATOR, noun or "")
            )
    return found, left_out


def _is_power(size: float) -> bool:
    return size >= 10 and math.isclose(10 ** round(math.log10(size)), size)


def _rate(
    view: View, figure: Figure, following: Figure | None
) -> tuple[float, str | None, Figure | None] | None:
    """Size and noun of what a count is over, and the figure that states it if one does."""
    if figure.rated or figure.unit.code != "1" or figure.is_range or figure.low is None:
        return None
    counted = read_counted(view, figure)
    at = figure.last
    if counted is not None and counted.token is not None:
        end = counted.token.idx + len(counted.token)
        at = next(
            (k for k in range(figure.last, len(view.atoms)) if view.atoms[k].start >= end), at
        )
    for words in _OVER:
        if tuple(lower(view.atoms, at + k) for k in range(len(words))) != words:
            continue
        start = at + len(words)
        if following is not None and following.first == start and _is_count(following):
            over = read_counted(view, following)
            size = following.low or 0.0
            return (
                (size, over.phrase if over is not None else None, following) if size > 1 else None
            )
        scale = _scales().get(lower(view.atoms, start))
        if scale is not None and words == ("per",):
            token = view.token(start)
            noun = token.nbor() if token.i + 1 < len(view.doc) else None
            told = noun.text if noun is not None and noun.pos_ == "NOUN" else None
            return scale, told, None
    return None


def _is_count(figure: Figure) -> bool:
    return figure.unit.code == "1" and not figure.is_range and figure.low is not None


def _scales() -> dict[str, float]:
    """Words that multiply, alone: per thousand."""
    kinds = ("hundred", "scale")
    return {
        row["word"]: float(row["value"])
        for row in reference("number_words")
        if row["kind"] in kinds
    }


def each_time(scene: Scene, token: int) -> tuple[str, str] | None:
    """Code and name of how often what a clause tells happens: are dying each day."""
    tree = scene.tree
    verb = next((i for i in tree.up(token) if tree.is_verb(i)), None)
    if verb is None:
        return None
    for child in tree.children[verb]:
        each = any(tree.lower[c] in ("each", "every") for c in tree.children[child] if c < child)
        if child > token and tree.dep[child] == "npadvmod" and each:
            return rates().get((tree.lemma[child],))
    return None


def rate_after_noun(view: View, figure: Figure, counted: Counted | None) -> Unit | None:
    """The rate that is written after the noun: 40,000 tonnes of steel a year, 300 tests per day."""
    if figure.rated or figure.unit.dimension not in _RATED:
        return None
    i = _after_noun(view, figure, counted)
    rate = match_rate(view.atoms, i) if i is not None and i < len(view.atoms) else None
    if rate is None or rate[0] not in _PERIODS:
        return None
    return figure.unit.per(rate[0], rate[1])


def _after_noun(view: View, figure: Figure, counted: Counted | None) -> int | None:
    """The atom after the counted noun, or after what a measure is of."""
    if counted is not None and counted.token is not None:
        end = counted.token.idx + len(counted.token)
        atoms = range(figure.last, len(view.atoms))
        return next((n for n in atoms if view.atoms[n].start >= end), None)
    if figure.unit.dimension == "count" or lower(view.atoms, figure.last) != "of":
        return None
    i = figure.last + 1
    while i < figure.last + 4 and i < len(view.atoms) and view.atoms[i].kind == WORD:
        if view.atoms[i].lower in ("a", "an", "per"):
            break
        i += 1
    return i
