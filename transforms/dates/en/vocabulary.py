"""The words of the grammar, from seeds/reference, and the cheap test of whether a text has any."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from transforms.dates.meanings import Holiday, Meaning, ToDate, Vague
from transforms.dates.named_days import names_in
from transforms.dates.patterns import class_name, code, codes
from transforms.reference import reference
from transforms.time_words import time_entries

_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(
    r"\d{4}|\d[-:/.]\d|\d\s?[apAP]\.?[mM]\b|['’]\d\d|\d(?:st|nd|rd|th)\b|\d[hQqH]\b"
    r"|\d\s(?:AD|CE)\b|\bAD\s\d"
)
#: The first token of a phrase, as the tokens of a text are cut.
_FIRST = re.compile(r"\d+/\d+|[^\W\d_]+")

#: Classes that alone are no reason to read a sentence.
_PLAIN = codes(
    "ORD LAST EARLY LATE END BEGINNING MIDDLE FINAL OPENING FULL ABOUT SOME NEARLY OVER UNDER ONLY "
    "FEW SEVERAL MANY DOZEN HIS ADDED RUNNING WORKING EACH ONCE TIMES PERIOD ENDED LATER EARLIER "
    "AHEAD THIS THAT SAME THESE NEXT FOLLOWED FOLLOWING COMING PRIOR PREVIOUS WONE WTEEN WTEN "
    "WHUNDRED "
    "WTHOUSAND WSCALE AD CE ERA FISCAL FINANCIAL CALENDAR CIRCA MIDW AMPM GMONTH GWEEKDAY"
)


@dataclass(frozen=True)
class Lexicon:
    """The words of the grammar: their class and value, the named days and fixed phrases."""

    words: dict[str, tuple[str, object]]
    #: By first word in lower case: whole spelling, class, value; the longest first.
    phrases: dict[str, tuple[tuple[str, str, Meaning], ...]]
    triggers: frozenset[str]
    #: Words that may take a full stop with them.
    abbreviations: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon of seeds/reference, read once a process."""
    words: dict[str, tuple[str, object]] = {}
    triggers = set[str]()
    abbreviations = set[str]()
    for word, name, value, stop in time_entries():
        words[word] = (code(name), _value(name, value))
        if stop:
            abbreviations.add(word)
        if name in ("GMONTH", "GWEEKDAY"):
            triggers |= {word.capitalize(), word.upper()}
        elif name.isupper() and code(name) not in _PLAIN:
            triggers.add(word)
    phrases: dict[str, list[tuple[str, str, Meaning]]] = {}
    for record in reference("time_phrases"):
        phrase = record["phrase"]
        to_date = record["value"] == "YTD"
        meaning: Meaning = ToDate() if to_date else Vague(record["value"])
        _add_phrase(phrases, triggers, phrase, meaning.node, meaning)
    seen = set[str]()
    for record in reference("named_days"):
        for name in names_in(record):
            if name not in seen:
                seen.add(name)
                _add_phrase(phrases, triggers, name, "Qholiday", Holiday(name))
    return Lexicon(
        words,
        {
            first: tuple(sorted(entries, key=lambda entry: -len(entry[0])))
            for first, entries in phrases.items()
        },
        frozenset(triggers),
        frozenset(abbreviations),
    )


def _value(name: str, written: str) -> object:
    """What the grammar has for a word: a meaning, a number or the value as written."""
    if name in ("VAGUE", "SOON"):
        return Vague(written)
    return int(written) if written.lstrip("-").isdigit() else written


def _add_phrase(
    phrases: dict[str, list[tuple[str, str, Meaning]]],
    triggers: set[str],
    phrase: str,
    cls: str,
    meaning: Meaning,
) -> None:
    first = _FIRST.match(phrase)
    assert first is not None
    phrases.setdefault(first[0].lower(), []).append((phrase, code(cls), meaning))
    words = _WORD.findall(phrase.lower())
    if words and triggers.isdisjoint(words):
        triggers.add(max(reversed(words), key=len))


def may_hold_time(sentence: str) -> bool:
    """The cheap test before the grammar: whether a sentence has any word or digits of time."""
    if _DIGITS.search(sentence):
        return True
    triggers = lexicon().triggers
    if not triggers.isdisjoint(_WORD.findall(sentence)):
        return True
    return not triggers.isdisjoint(_WORD.findall(sentence.lower()))


def class_of(word: str) -> str:
    """The class of a word, "" if the grammar does not know it."""
    entry = lexicon().words.get(word.lower())
    return class_name(entry[0]) if entry else ""


def is_short(word: str) -> bool:
    """Whether a word is an abbreviation that stands without its full stop."""
    return word.lower() in lexicon().abbreviations


@cache
def _cut_short() -> re.Pattern[str]:
    """How a sentence ends that goes on in the next one, whatever the parse says: Jan., ca., p.m."""
    known = lexicon()
    ends = set[str]()
    for word, (cls, _) in known.words.items():
        if class_name(cls) in ("MONTH", "GMONTH") and word in known.abbreviations:
            ends.add(word.capitalize())
        elif class_name(cls) == "CIRCA" or (class_name(cls) == "AMPM" and "." in word):
            ends.add(word.rstrip("."))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(ends)))})\.$")


def is_cut_short(text: str, start: int, end: int) -> bool:
    """Whether the parse cut ``text[start:end]`` short, after an abbreviation of a time."""
    if text[end - 1 : end] != ".":
        return False
    return _cut_short().search(text, max(start, end - 6), end) is not None
