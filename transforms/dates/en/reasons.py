"""Why what looks like a time is left out: each reason by its name, with what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Reason = Literal[
    "no_word_of_time",
    "lower_case",
    "after_title",
    "after_name",
    "verb",
    "no_date_beside",
    "fall_alone",
    "in_name",
    "no_such_day",
    "no_such_time",
    "no_such_half",
    "age",
    "bare_clock",
    "unjoined",
    "price",
    "percent",
    "longer_number",
    "far_year",
    "model",
    "measure",
    "numbered",
    "count",
    "level",
    "bare_early_year",
    "person",
    "fourth_part",
    "as_soon_as",
    "soon_in_past",
    "other_name",
    "half_of_thing",
    "match",
    "award",
    "paper",
    "title",
    "kind_of_thing",
    "not_every",
]

REASONS: Mapping[Reason, str] = {
    "no_word_of_time": "its sentence has no word that is sure to mean a time, so it was not read",
    # words that mean something else too
    "lower_case": "a word that is a month or weekday only with a capital letter",
    "after_title": "a month's name after a title: it is a person's",
    "after_name": "a month's name after another word with a capital letter: it is part of a name",
    "verb": "a month's or season's name that the tagger takes for a verb",
    "no_date_beside": "a name of a month or weekday with another meaning and no date beside it",
    "fall_alone": "“fall” without a word beside it that shows that it is the season",
    "in_name": "a season's or month's name that is one name with the words beside it: the Winter "
    "Games, the March of Hope",
    # figures in the form of a date
    "no_such_day": "digits in the form of a date that is not in the calendar",
    "no_such_time": "digits in the form of a time of day that does not exist",
    "no_such_half": "a letter and a digit in the form of a half-year that does not exist",
    # what no rule made an expression of
    "age": "how old somebody or something is",
    "bare_clock": "digits in the form of a time of day, with nothing that shows that they are one",
    "unjoined": "a word of time, or digits, that no rule reads where they stand",
    # four digits
    "price": "four digits after a sign of money or number",
    "percent": "four digits before a percent sign",
    "longer_number": "four digits that are part of a longer number",
    "far_year": "four digits that lie too far from today for a year",
    "model": "four digits that a hyphen joins with the capitals of a model: the BR-2000",
    "measure": "four digits before a unit or currency",
    "numbered": "four digits after the name of a thing that is numbered",
    "count": "four digits that count the plural after them",
    "level": "four digits that a number rises or falls to: up two to 1830",
    "bare_early_year": "four digits below 1500 with no preposition before them",
    # names and other meanings
    "person": "a month's name before another name: it is a person's",
    "fourth_part": "a quarter of something: the fourth part",
    "as_soon_as": "“soon” that compares or is counted from something else",
    "soon_in_past": "“soon” under a verb of the past: it follows what was mentioned before",
    "other_name": "a named day that is part of another name",
    "half_of_thing": "a half of something that is not a period: the first half of the film",
    "match": "a half of a match",
    "award": "the period of an award: player of the month",
    "paper": "a word of repetition that means a newspaper: the daily Granma",
    "title": "words of time with capital letters that are part of a name",
    "kind_of_thing": "a part of the day that says what kind of thing follows: the night shift",
    "not_every": "a plural of a part of the day, but not of every one: sleepless nights",
}
