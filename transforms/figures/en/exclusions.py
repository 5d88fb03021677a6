"""What is no quantity: dates, times, ordinals, names and models, labels, addresses, idioms.

Each test has a reason of its own. The first that holds says why a number is left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from transforms.figures.en.labels import is_label, is_list_mark, is_mark, is_shirt
from transforms.figures.en.looks import counts_noun, digits_of, has_unit, phrases
from transforms.figures.en.names import (
    is_address,
    is_identifier,
    is_kind,
    is_model,
    is_moved_hyphen,
    is_name,
)
from transforms.figures.en.number_words import number_words
from transforms.figures.en.reasons import Reason
from transforms.figures.en.times import is_clock, is_paired, is_year
from transforms.figures.lexer import BREAK, WORD, at, is_hyphen, lower, word_set
from transforms.figures.quantity import Qualifier, Quantity, Shape
from transforms.figures.rules import Form, Joined
from transforms.figures.view import View
from transforms.time_words import HUNG
from transforms.words import time_words, words

Test = Callable[[View, Quantity], str | None]
#: What follows "one" as a pronoun, and what stands before it.
_AFTER_ONE = word_set("of another 's ’s who that which")
_BEFORE_ONE = word_set("no every any each this that another which some everyone")
_WHICH = word_set("other the this that each")
_ORDINAL_ENDS = word_set("st nd rd th s 's ’s")


class Dates:
    """The date rows of the article: where calendar times stand, which are no figures."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        spans = sorted(_span(row) for row in rows if row["type"] != "DURATION")
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def covering(self, start: int, end: int) -> tuple[int, int] | None:
        """Start and end of the date inside which the characters lie."""
        i = bisect_right(self._starts, start) - 1
        return (self._starts[i], self._ends[i]) if i >= 0 and self._ends[i] >= end else None


def _span(row: Mapping[str, Any]) -> tuple[int, int]:
    """Start and end of a date, of one that hangs on an event (a day after 12 fell) without it."""
    start, end = row["char_start"], row["char_end"]
    if row["rule"] == HUNG:
        told = row["surface"].lower()
        end = start + max(told.find(" after "), told.find(" before "))
    return start, end


def excluded(view: View, quantity: Quantity, dates: Dates) -> tuple[Reason, str] | None:
    """Why the number is no quantity, and what the test saw; None if it is one."""
    if quantity.joined in (Joined.ODDS, Joined.ONE_IN):
        return None
    number = quantity.number
    start, end = view.atoms[number.first].start, view.atoms[number.last - 1].end
    own = quantity.shared is None and quantity.unit.dimension in ("money", "percent")
    measured = quantity.prefixed or own  # in 2024, 1.3% fewer: the year has no unit of its own
    date = None if measured else dates.covering(start, end)
    if date is not None and not _is_no_date(view, quantity):
        return Reason.DATE, view.text[date[0] : date[1]]
    for reason, test in TESTS:
        seen = test(view, quantity)
        if seen is not None:
            return reason, seen
    return None


def _is_no_date(view: View, quantity: Quantity) -> bool:
    """A number that a date's rule may have taken for a year: 1100 pictures, the high 30s."""
    if quantity.shape is Shape.TENS:
        return True
    digits = digits_of(view, quantity)
    year = len(digits) == 4 and not "1900" <= digits <= "2040"
    return year and counts_noun(view, quantity)


def _phone(view: View, quantity: Quantity) -> str | None:
    """The telephone number that the number is part of."""
    if quantity.prefixed:
        return None
    start, end = view.atoms[quantity.first].start, view.atoms[quantity.last - 1].end
    inside = (view.text[a:b] for a, b in view.phones if a < end and start < b)
    return next(inside, None)


def _ordinal(view: View, quantity: Quantity) -> str | None:
    """155th, 1990s, 2018s."""
    number = quantity.number
    after = at(view.atoms, number.last)
    if after is None or not digits_of(view, quantity) or quantity.shape is Shape.TENS:
        return None
    last = number.last
    if after.text in "'’" and after.glued and at(view.atoms, last + 1) is not None:
        last += 1
        after = view.atoms[last]
    if after.kind != WORD or not after.glued or after.lower not in _ORDINAL_ENDS:
        return None
    ordinal = quantity.last <= number.last + 1 and not quantity.prefixed
    return view.written(number.first, last + 1) if ordinal else None


def _end_mark(view: View, quantity: Quantity) -> bool:
    """-0- and -30-, with which agencies end a report."""
    atoms, number = view.atoms, quantity.number
    before, after = at(atoms, number.first - 1), at(atoms, number.last)
    if before is None or after is None or not (is_hyphen(before) and is_hyphen(after)):
        return False
    following = at(atoms, number.last + 1)
    glued = atoms[number.first].glued and after.glued
    return glued and (following is None or following.kind == BREAK or not following.glued)


def _score(view: View, quantity: Quantity) -> bool:
    """2-2, 21-14, one-one, two-one: two small numbers with a dash and no counted noun."""
    if _is_tied_word(view, quantity):
        return True
    if quantity.joined is not Joined.DASH or has_unit(quantity):
        return False
    if (quantity.high or 0) >= 200 or quantity.number.scale != 1:
        return False
    return not counts_noun(view, quantity)


def _is_tied_word(view: View, quantity: Quantity) -> bool:
    """Whether a small number in words is tied to a smaller or greater one, or any to a word of
    results: they won two-one, it ended three-all."""
    atoms, number, units = view.atoms, quantity.number, number_words("unit")
    if number.last - number.first != 1 or quantity.last != number.last or has_unit(quantity):
        return False
    tied = at(atoms, number.last)
    if tied is not None and is_hyphen(tied) and tied.glued:
        word = at(atoms, number.last + 1)
        if word is not None and word.glued and word.lower in words("figures.level"):
            return True
    if atoms[number.first].lower not in units:
        return False
    ties = ((number.first - 1, number.first - 2), (number.last, number.last + 1))
    return any(
        (tie := at(atoms, hyphen)) is not None
        and is_hyphen(tie)
        and tie.glued
        and lower(atoms, other) in units
        and atoms[max(hyphen, other, number.first)].glued
        for hyphen, other in ties
    )


def _pronoun(view: View, quantity: Quantity) -> bool:
    """one as a pronoun, "one of", "no one", "the one"; zero as a name."""
    number = quantity.number
    if number.last - number.first != 1 or lower(view.atoms, number.first) != "one":
        return False
    if has_unit(quantity) or quantity.is_range or quantity.qualifier is not Qualifier.EXACT:
        return False
    token = view.token(number.first)
    before, after = lower(view.atoms, number.first - 1), lower(view.atoms, number.last)
    if after in _AFTER_ONE or before in _BEFORE_ONE:
        return True
    inside = before not in ("", ".", '"', "“", "\n")
    if view.atoms[number.first].text == "One" and inside and token.pos_ == "PROPN":
        return True
    if quantity.hyphenated:
        return False
    adjective = number.first > 0 and view.token(number.first - 1).pos_ == "ADJ"
    if adjective and before not in words("figures.before_one"):
        return True  # the new one costs less
    head = token.head
    if token.dep_ == "nummod" and head.i > token.i and head.pos_ in ("NOUN", "PROPN", "SYM"):
        return False
    if token.i + 1 < len(view.doc):
        following = token.nbor()
        if following.pos_ in ("NOUN", "ADJ", "SYM") and token.pos_ in ("NUM", "ADJ", "DET"):
            return False
    return True


@cache
def _idioms() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Idioms by each of the words they hold."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases("idiom")):
        for word in phrase:
            found.setdefault(word, []).append(phrase)
    return {word: tuple(phrases) for word, phrases in found.items()}


def _idiom(view: View, quantity: Quantity) -> str | None:
    """The fixed phrase that holds a word of the number: at one point."""
    number = quantity.number
    if quantity.prefixed:
        return None
    for i in range(number.first, number.last):
        for phrase in _idioms().get(view.atoms[i].lower, ()):
            for k, word in enumerate(phrase):
                start, end = i - k, i - k + len(phrase)
                if word != view.atoms[i].lower or start < 0:
                    continue
                if tuple(a.lower for a in view.atoms[start:end]) == phrase:
                    return view.written(start, end)
    return None


def _named_part(view: View, quantity: Quantity) -> bool:
    """The second half, the first quarter, the better half."""
    number = quantity.number
    if number.form not in (Form.FRACTION, Form.HALF_UNIT) or digits_of(view, quantity):
        return False
    before, part = lower(view.atoms, number.first - 1), lower(view.atoms, number.first)
    shared = lower(view.atoms, number.last) in ("of", "to") or part not in ("a", "an")
    if before and not shared and view.token(number.first - 1).lemma_ in words("figures.scoring"):
        return True  # added a third in injury time
    if before in time_words("ORD", "SECOND", "LAST"):
        return True
    named = before in _WHICH or before in time_words("LATTER") | words("figures.which_half")
    return named and part in number_words("part") and lower(view.atoms, number.last) != "of"


def _plainly(test: Callable[[View, Quantity], bool]) -> Test:
    """A test whose name says all."""
    return lambda view, quantity: "" if test(view, quantity) else None


TESTS: tuple[tuple[Reason, Test], ...] = (
    (Reason.PHONE, _phone),
    (Reason.END_MARK, _plainly(_end_mark)),
    (Reason.CLOCK, _plainly(is_clock)),
    (Reason.ORDINAL, _ordinal),
    (Reason.IDIOM, _idiom),
    (Reason.PRONOUN, _plainly(_pronoun)),
    (Reason.LABEL, is_label),
    (Reason.SHIRT, is_shirt),
    (Reason.MARK, is_mark),
    (Reason.SCORE, _plainly(_score)),
    (Reason.YEAR, _plainly(is_year)),
    (Reason.PAIRED, _plainly(is_paired)),
    (Reason.ADDRESS, is_address),
    (Reason.IDENTIFIER, is_identifier),
    (Reason.LIST, is_list_mark),
    (Reason.KIND, is_kind),
    (Reason.NAME, is_name),
    (Reason.MODEL, is_model),
    (Reason.MOVED_HYPHEN, is_moved_hyphen),
    (Reason.NAMED_PART, _plainly(_named_part)),
)
