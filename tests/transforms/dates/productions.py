"""Texts made from the grammar itself: for a rule, words that one of its patterns reads.

A rule's pattern is a regular expression over classes of words; a string of classes that it matches
becomes a text by taking a word of each class. Classes of what other rules read (Qmonth, DUR ...)
become a text that those rules read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from hypothesis import strategies as st

from transforms.dates.en.rules import STAGES
from transforms.dates.en.tokens import tokenise
from transforms.dates.en.vocabulary import lexicon
from transforms.dates.engine import Node, Rule
from transforms.dates.patterns import class_name, code

#: Tokens that are no words of the lexicon.
_TOKENS = {
    "DAYNUM": ["1", "7", "12", "28", "29", "30", "31"],
    "SHORT": ["32", "45", "80", "99", "0"],
    "YEAR4": ["1000", "1492", "1789", "1900", "1968", "1999", "2000", "2024", "2999"],
    "DIGITS4": ["0930", "0100", "4004", "9999"],
    "NUMBER": ["100", "480", "753", "12,000", "1.5", "99999"],
    "ORD": ["1st", "2nd", "3rd", "11th", "23rd", "31st", "20th"],
    "DECADE": ["1990s", "1920s", "60s", "’80s", "1800s"],
    "YEAR2": ["’98", "'24", "'05"],
    "FRACTION": ["1/2", "½", "3/4"],
    "CLOCKSAID": ["half past five", "a quarter to one", "ten past four", "five minutes to twelve"],
    "CLOCKTIME": ["10:30", "00:00", "23:59:59", "24:00"],
    "CLOCKDOT": ["10.30", "7.15"],
    "QUARTERCODE": ["Q1", "Q4", "H1", "3Q"],
    "POSS": ["'s", "’s"],
    "STAMP": ["2024-02-29T10:30:00Z", "2023-12-31T23:59"],
    "ZONE": ["GMT", "EST"],
    "Pday": ["3/4/2024", "2024-02-29", "31.12.1999"],
    "UNKNOWN": ["soldiers"],
}
#: Texts from which what each class of node may be is gathered.
_TOLD = """
3 May 2021 | May 3 | yesterday | Friday | last Friday | next May | Easter | Good Friday | 2019
last year | this year | October | October 2020 | the third quarter | the first half | the summer
the summer of 2015 | the first quarter of 2020 | the first half of 2021 | the 1990s
the past decade | the 19th century | last week | this month | last month | last quarter
this decade | this century
the week of May 6 | two weeks | 18 months | an hour | several days | two years and three months
two weeks ago | three days later | a year earlier | the past three months | the last two weeks
early 2019 | late last week | the end of May | the weekend | last summer | the last week of May
the second Sunday of May | noon on Friday | 10:30 a.m. on 3 May | the first nine months | now
recently | every Friday | daily | 480 BC | the year-ago quarter | the latest quarter | about 2019
more than two years | last night | Monday morning | the first three quarters | the third century BC
a couple | couple of | early May 2020 | the early 1990s | early last year | 3 to 7 May
ten | twenty-two | a few | a dozen | several | the first weeks | ten years ago | last December
the second half | the first quarter of last year | the third day of May | Christmas Eve | Ramadan
the final three days
""".replace("\n", "|").split("|")


def read_stages(text: str) -> list[Node]:
    """Every node of a text, after each stage of the grammar."""
    nodes = tokenise(text, 0, len(text), lambda at: "NN", True)
    seen = list(nodes)
    for stage in STAGES:
        nodes = stage.apply(nodes, text)
        seen += nodes
    return seen


@cache
def words() -> dict[str, list[str]]:
    """What there is of each class, by its character."""
    found: dict[str, set[str]] = defaultdict(set)
    for word, (character, _) in lexicon().words.items():
        found[character].add(word)
    for entries in lexicon().phrases.values():
        for phrase, character, _ in entries:
            found[character].add(phrase)
    for told in filter(None, map(str.strip, _TOLD)):
        for node in read_stages(told):
            if node.rule:
                found[node.cls].add(told[node.start : node.end])
    for name, tokens in _TOKENS.items():
        found[code(name)].update(tokens)
    return {character: sorted(texts) for character, texts in sorted(found.items())}


@cache
def patterns() -> list[tuple[Rule, str]]:
    """Every rule and pattern, the pattern over the characters of classes that have words."""
    found = []
    known = set(words())
    for stage in STAGES:
        for rule, expression, _, _ in stage.expressions():
            kept = re.sub(r"\[([^]]*)\]", lambda c: _known(c[1], known), expression)
            found.append((rule, kept))
    return found


def _known(characters: str, known: set[str]) -> str:
    named = [c for c in characters if c in known or not class_name(c)[0].isalnum()]
    return f"[{''.join(map(re.escape, named))}]" if named else "(?!)"


@st.composite
def productions(draw: st.DrawFn) -> tuple[str, str]:
    """A rule's name and a text that one of its patterns reads."""
    rule, pattern = draw(st.sampled_from(patterns()))
    classes = draw(st.from_regex(pattern, fullmatch=True))
    text = ""
    for character in classes:
        name = class_name(character)
        piece = draw(st.sampled_from(words()[character])) if character in words() else name
        tight = not text or name in {",", "POSS"} or name == "-" or text.endswith("-")
        text += piece if tight else f" {piece}"
    return rule.name, text
