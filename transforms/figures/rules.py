"""The names that the column ``rule`` of figures is written with, by the step that gives each.

A rule says what was read. What a later step decides by is a field of the quantity, never a rule;
the names that are also the values of such a field are those of :class:`Form`, :class:`Joined`,
:class:`Aged` and :class:`Moved`. docs/figures.md has an example of each name.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Form(StrEnum):
    """How a number is written: the first rule of each figure."""

    DIGITS = "digits"
    DIGITS_SCALE = "digits_scale"
    WORDS = "words"
    WORDS_SCALE = "words_scale"
    FRACTION = "fraction"
    FRACTION_SCALE = "fraction_scale"
    MIXED_FRACTION = "mixed_fraction"
    MIXED_FRACTION_SCALE = "mixed_fraction_scale"
    HALF_UNIT = "half_unit"
    HALF_SCALE = "half_scale"
    INDEFINITE = "indefinite"
    DOZEN = "dozen"
    COUPLE = "couple"
    FOLD = "fold"
    SCIENTIFIC = "scientific"
    AS_MANY = "as_many"
    VAGUE = "vague"
    SEVERAL = "several"


class Written(StrEnum):
    """What is written around a number and belongs to it."""

    LETTER_SCALE = "letter_scale"
    CURRENCY_MAGNITUDE = "currency_magnitude"
    CURRENCY_BEFORE = "currency_before"
    NEGATIVE = "negative"
    UNIT = "unit"
    UNIT_IN_BRACKETS = "unit_in_brackets"
    MONEY_MINOR = "money_minor"
    RATE = "rate"
    RATE_OF_COUNTS = "rate_of_counts"
    RATE_OF_CLAUSE = "rate_of_clause"
    RATE_AFTER_NOUN = "rate_after_noun"
    AGE = "age"
    TENS = "tens"
    TIMES = "times"
    FEET_AND_INCHES = "feet_and_inches"


class Joined(StrEnum):
    """How two numbers are one quantity; empty for one number."""

    NOT = ""
    BETWEEN = "range_between"
    TO = "range_to"
    DASH = "range_dash"
    OR = "range_or"
    SLASH = "range_slash"
    ODDS = "odds"
    ONE_IN = "one_in"
    COMPOUND = "compound"


#: The ways in which two numbers are the ends of one range.
RANGES = frozenset((Joined.BETWEEN, Joined.TO, Joined.DASH, Joined.OR, Joined.SLASH))


class Aged(StrEnum):
    """What tells that a bare number is an age; empty where nothing does."""

    NOT = ""
    BOUND = "age_bound"
    STATED = "age_stated"
    APPOSITIVE = "age_appositive"
    PREDICATE = "age_predicate"


class Settled(StrEnum):
    """How the words around a number decide its unit."""

    SHARED_UNIT = "shared_unit"
    UNIT_CARRIED = "unit_carried"
    DEGREES_OF_HEAT = "degrees_of_heat"
    POUNDS_OF_MONEY = "pounds_of_money"


class Qualified(StrEnum):
    """Where the words stand that say how a number is meant."""

    BEFORE = "qualifier_before"
    AFTER = "qualifier_after"


class Moved(StrEnum):
    """What tells that a quantity is a change; empty where nothing does."""

    NOT = ""
    BY = "change_by"
    TO = "change_to"
    NOUN = "change_noun"
    SIGN = "change_sign"
    BETWEEN = "move"


class Noun(StrEnum):
    """Where the counted noun of a count stands."""

    WRITTEN = "counted_written"
    OF_PHRASE = "counted_of_phrase"
    HYPHEN = "counted_hyphen"
    ANTECEDENT = "counted_antecedent"


class Happened(StrEnum):
    """What gives the category of a count."""

    NOUN = "category_noun"
    VERB = "category_verb"
    STATE = "category_state"
    TOLL = "category_toll"
    BODY = "category_body"
    NONE = "category_none"


class Said(StrEnum):
    """How the text names who says so."""

    REPORTED = "source_reported"
    QUOTED = "source_quoted"
    ACCORDING = "source_according"
    ESTIMATE = "source_estimate"


class Scened(StrEnum):
    """What another sentence of the story says: where and when the same event was."""

    TIME = "time_scene"
    PLACE = "place_scene"
    #: The country that the text speaks of, for a measure of a country's economy.
    NATION = "place_nation"
    #: What is said of the sum before its bracket: 40 million pounds ($52 million).
    BRACKET = "place_bracketed"


Rule = (
    Form | Written | Joined | Aged | Settled | Qualified | Moved | Noun | Happened | Said | Scened
)

#: Each step with the rules that it gives, in the order in which they stand in the column.
STEPS: Mapping[str, tuple[Rule, ...]] = {
    "number": tuple(Form),
    "amount": tuple(Written),
    "joined": tuple(name for name in Joined if name),
    "qualifier": tuple(Qualified),
    "change": tuple(name for name in Moved if name),
    "unit": (*Settled, *(name for name in Aged if name)),
    "counted": tuple(Noun),
    "source": tuple(Said),
    "category": tuple(Happened),
    "scene": tuple(Scened),
}
