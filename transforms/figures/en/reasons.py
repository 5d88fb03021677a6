"""Why a number is no figure: the reasons, each the name of the one test that says no."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Reason(StrEnum):
    """The names of the reasons, in the order in which the tests are asked."""

    UNREAD = "unread"
    GLUED = "glued"
    SEQUENCE = "sequence"
    HYPHENATED = "hyphenated"
    DATE = "date"
    PHONE = "phone"
    END_MARK = "end_mark"
    CLOCK = "clock"
    ORDINAL = "ordinal"
    IDIOM = "idiom"
    PRONOUN = "pronoun"
    LABEL = "label"
    SHIRT = "shirt"
    MARK = "mark"
    SCORE = "score"
    YEAR = "year"
    PAIRED = "paired"
    ADDRESS = "address"
    IDENTIFIER = "identifier"
    LIST = "list"
    KIND = "kind"
    NAME = "name"
    MODEL = "model"
    MOVED_HYPHEN = "moved_hyphen"
    NAMED_PART = "named_part"
    DENOMINATOR = "denominator"


#: What each reason says, for a person.
REASONS: Mapping[Reason, str] = {
    Reason.UNREAD: "A word of number that means no number here: a third man, the first quarter.",
    Reason.GLUED: "Digits glued to a word or to other digits: G7, M21.",
    Reason.SEQUENCE: "Digits parted by points or a colon: 1.2.3, 19:30, won 2:1.",
    Reason.HYPHENATED: "Digits that a hyphen ties to a word, so that both are a name: F-16.",
    Reason.DATE: "It is in a row of dates: a day, a year, a time of day.",
    Reason.PHONE: "Part of a telephone number.",
    Reason.END_MARK: "The mark with which an agency ends its report: -0-, -30-.",
    Reason.CLOCK: "A time of day by the word beside it: 7 p.m., half past five.",
    Reason.ORDINAL: "A number with an ending: 155th, 1990s.",
    Reason.IDIOM: "Part of a fixed phrase that counts nothing (ref_not_quantities): at one point.",
    Reason.PRONOUN: "One as a pronoun: no one, the new one, one of them.",
    Reason.LABEL: "It says which one, not how many: page 12, Article 4, No. 3.",
    Reason.SHIRT: "In brackets behind a player's name: the striker Silva (9).",
    Reason.MARK: "A mark that a player is given, in a list of names and marks: Weber 7.5.",
    Reason.SCORE: "Two small numbers with a dash that count nothing: drew 2-2.",
    Reason.YEAR: "Written like a year, it counts nothing, but is in no row of dates.",
    Reason.PAIRED: "One side of a dash or slash whose other side is a number: 24/7, 9/11.",
    Reason.ADDRESS: "The number of a house: 12 Station Road.",
    Reason.IDENTIFIER: "A code: a long run of digits, leading zeros, a postcode, a page's address.",
    Reason.LIST: "The number of an item in a list: 1. Wash the rice.",
    Reason.KIND: "Part of a word for a kind of thing, counting nothing: two-pronged, two-wheelers.",
    Reason.NAME: "It ends a name: S&P 500, Leopard 2.",
    Reason.MODEL: "It begins a name, or a word is glued to it: 4x4, a 500kVA line.",
    Reason.MOVED_HYPHEN: "A name's number whose hyphen a tokeniser moved: the Skyhawk -4.",
    Reason.NAMED_PART: "A part that is named beside others: the other half, the second half-hour.",
    Reason.DENOMINATOR: "The denominator of a rate; it is in the unit: 31 per 100,000 soldiers.",
}
