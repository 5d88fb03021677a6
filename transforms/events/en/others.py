"""Whether a date in the sentence of a figure is that of something else: of what is compared, of
what came before, of a source, of a thing told by the way.
"""

from __future__ import annotations

from transforms.events.en.tied import Tied, Times
from transforms.events.en.ways import SEQUENCE, is_event_noun
from transforms.events.tree import Tree
from transforms.words import time_words, words

#: Days that a month has at least, less one.
SHORTEST_PERIOD = 27
_COMPARING = frozenset(["than", "against", "versus"])
#: What stands before a paper or a thing that only tells more of another.
_ABOUT = frozenset(("of", "under", "with", "like"))
_MODIFIERS = ("poss", "compound", "nummod", "nmod", "amod")


def is_cited(tree: Tree, date: Tied, barred: tuple[int, int] | None) -> bool:
    """Whether a date stands in the source of a statement."""
    if barred is not None:
        if barred[0] <= date.first <= barred[1]:
            return True
        if any(barred[0] <= i <= barred[1] for i in tree.up(date.tie) if not tree.is_verb(i)):
            return True  # a survey taken in May found
    return any(tree.lower[i] == "according" for i in tree.up(date.head))


def is_behind(tree: Tree, date: Tied, end: int) -> bool:
    """Whether a period stands right behind the level that was left: up from 2% at the end of May
    to 3%."""
    return (
        date.first - 2 == end
        and date.word in ("in", "at")
        and date.row["date_start"] != (date.row["date_end"])
    )


def of_sequel(tree: Tree, date: Tied, token: int) -> bool:
    """Whether a date is that of what came before or after: after opening talks in May, they met."""
    if date.row.get("type") == "TIME":
        return False  # it rose to 40 after touching 39 in the morning
    below = tree.up(token)
    return any(
        tree.dep[i] == "pcomp" and tree.lower[tree.head[i]] in SEQUENCE
        for i in tree.up(date.tie)
        if i not in below
    )


def _is_aside(tree: Tree, noun: int) -> bool:
    """Whether a noun stands in an apposition, or behind a preposition that says of what."""
    for i in tree.up(noun):
        if tree.is_verb(i):
            return False
        if tree.dep[i] == "appos":
            return True
        if tree.dep[i] == "pobj" and tree.lower[tree.head[i]] in _ABOUT:
            return True
    return False


def of_other(times: Times, date: Tied, token: int) -> bool:
    """Whether a date only tells another thing from its like: one of the year's best films."""
    tree, noun = times.tree, date.tie
    gone = times.published is not None and date.row["date_end"] < times.published
    if date.word == "from" and gone and is_period(date) and tree.pos[noun] in ("NOUN", "PROPN"):
        return noun not in tree.up(token)  # topping the record from 2019
    if tree.dep[date.head] not in _MODIFIERS or noun == token or noun in tree.up(token):
        return False
    if tree.dep[date.head] != "poss":
        aside = date.word == "" and _is_aside(tree, noun)
        return aside and not is_event_noun(tree, noun)  # part of his 2024 campaign
    return any(tree.tag[i] in ("JJS", "RBS") for i in range(date.last + 1, noun))


def is_season(tree: Tree, date: Tied, noun: int) -> bool:
    """Whether a season only says of what kind an event is: a winter storm."""
    before = date.first == date.last == noun - 1 and date.tie == noun
    return before and tree.lower[date.first] in time_words("SEASON")


def of_move(tree: Tree, date: Tied, base: int) -> bool:
    """Whether a date behind the level that was left is that of the move; where no verb tells of
    one it is that of the level: it is up from 60 cents on Friday."""
    verb = next((i for i in tree.up(base) if tree.is_verb(i)), base)
    return date.word not in ("", "in", "of") and tree.lemma[verb] != "be"


def of_compared(tree: Tree, date: Tied, token: int, end: int) -> bool:
    """Whether a date stands right behind what is compared with: against 512 in May 2023."""
    ago = tree.lower[date.last] == "ago"  # against 18 men ten years ago
    if (date.word not in ("in", "of") and not ago) or date.first <= end:
        return False
    over = next((i for i in tree.up(token) if tree.dep[i] == "pobj"), token)
    if tree.lower[tree.head[over]] not in _COMPARING:
        return False
    between = range(end + 1, date.first - (not ago))
    return all(tree.tag[i] in ("IN", "DT", "JJ", "NN", "NNS") for i in between)


def compares(tree: Tree, date: Tied, end: int, moves: bool) -> bool:
    """Whether a date is that of something else the figure is compared with."""
    if date.first <= end:
        return False
    between = range(end + 1, date.first)
    if not between:
        return False
    numbers = [i for i in between if tree.tag[i] == "CD"]
    for i in between:
        word = tree.lower[i]
        counts = tree.dep[i] == "quantmod" and tree.lower[i - 1] == "more"
        if word == "than" and counts and "from" not in tree.lower[end + 1 : i]:
            continue  # nine died and more than 40 were hurt on Monday
        if word in _COMPARING or word in words("events.comparing"):
            return True
        inside = tree.lower[date.first : date.last]
        if word == "over" and i == date.first - 1 and words("events.compared").intersection(inside):
            return True  # a rise of 5% over the previous year
        moved = moves or (i > 0 and tree.lower[i - 1] in ("up", "down"))
        if (
            word == "from"
            and moved
            and numbers
            and numbers[-1] > i
            and (not date.word or _of_period(date))
        ):
            return True  # rose to 10.9 from 11.4 in May
    last = tree.lower[date.first - 1]
    firsts = words("events.superlative")
    superlative = any(tree.tag[i] in ("JJS", "RBS") or tree.lower[i] in firsts for i in between)
    return (last == "since" and superlative) or (last == "from" and moves)


def _of_period(date: Tied) -> bool:
    """Whether a date is a month, a year or the like in which a level held, no day of a move."""
    return date.word in ("in", "of") and is_period(date)


def is_period(date: Tied) -> bool:
    return bool((date.row["date_end"] - date.row["date_start"]).days >= SHORTEST_PERIOD)
