"""Words that mean something else too: May, March, Sun, fall; their neighbours say which."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from transforms.dates.en.spans import node_at, word_after
from transforms.dates.en.vocabulary import is_short
from transforms.dates.engine import Node, Refusal
from transforms.dates.patterns import UNKNOWN, code, codes
from transforms.reference import reference
from transforms.words import words

#: The part-of-speech tag of the token at a character of the text, from the parse.
Tag = Callable[[int], str]

#: The word before a name, with its full stop, if it has one.
_BEFORE_NAME = re.compile(r"([^\W\d_]+)\.?\s$")
_GMONTH, _GWEEKDAY, _FALL = code("GMONTH"), code("GWEEKDAY"), code("FALL")
_MONTH, _SEASON = code("MONTH"), code("SEASON")
_GUARDED = frozenset((_GMONTH, _GWEEKDAY, _FALL, _SEASON))
_BESIDE_MONTH = codes("DAYNUM ORD YEAR4 YEAR2")
_BESIDE_WEEKDAY = codes("DAYNUM ORD YEAR4 YEAR2 MONTH GMONTH ,")
_BEFORE_MONTH = codes(
    "in since until by from of between through to LATE EARLY MIDW LAST NEXT THIS "
    "before after and or PAST COMING during for the - EACH"
)
_THE, _YEAR = code("the"), code("YEAR4")
_BEFORE_NAMED = codes("the ` ' \" “ ‘")
_OF_MARCH = codes("of for on")
_BEFORE_FALL = frozenset(("in", "during", "by", "until", "since", "of", "throughout", "over"))
_SEASON_BEFORE = codes("LAST NEXT THIS THAT EARLY LATE MIDW COMING EACH PAST PREVIOUS FOLLOWING")


@cache
def _titles() -> frozenset[str]:
    """The last words of titles, without a full stop: Ms, Justice, President."""
    return frozenset(row["title"].split()[-1].rstrip(".") for row in reference("titles"))


def settle_guarded(nodes: list[Node], text: str, tag: Tag) -> None:
    """Give the guarded words their class, or none and the reason."""
    for i, node in enumerate(nodes):
        if node.cls not in _GUARDED:
            continue
        if node.cls == _GMONTH:
            read, refused = _MONTH, _no_month(i, nodes, text, tag)
        elif node.cls == _GWEEKDAY:
            read, refused = code("WEEKDAY"), _no_weekday(i, nodes, text)
        elif node.cls == _FALL:
            read, refused = _SEASON, "" if _is_fall(i, nodes, text) else "fall_alone"
        else:
            read, refused = _SEASON, _no_season(i, nodes, text, tag)
        node.cls = code(UNKNOWN) if refused else read
        if refused:
            node.refused = Refusal(refused)


def _no_month(i: int, nodes: list[Node], text: str, tag: Tag) -> str:
    """Why the name of a month is none where it stands, "" if it is one."""
    node = nodes[i]
    before = node_at(nodes, i - 1)
    after = node_at(nodes, i + 1)
    if not text[node.start].isupper() and not _is_dated(i, nodes):
        return "lower_case"
    beside = [one for one in (before, after) if one is not None]
    if after is not None and after.cls == code("-") and after.start == node.end:
        beside += nodes[i + 2 : i + 3]  # Mar-03-2021
    if any(one.cls in _BESIDE_MONTH for one in beside):
        return ""
    title = _BEFORE_NAME.search(text, max(0, node.start - 20), node.start)
    if title is not None and title[1] in _titles():
        return "after_title"  # Ms. May
    if before is not None and before.cls in _BEFORE_NAMED and _is_named_march(node, nodes, i, text):
        return "in_name"
    if before is not None and before.cls in _BEFORE_MONTH:
        return "verb" if tag(node.start) == "MD" else ""
    if before is not None and before.cls == code(UNKNOWN) and text[before.start].isupper():
        return "after_name"  # Theresa May, Justice August
    named = (
        not is_short(text[node.start : node.end])
        and tag(node.start) in ("NNP", "NN")
        and before is not None
    )
    return "" if named else "no_date_beside"


def _is_dated(i: int, nodes: list[Node]) -> bool:
    """Whether a year follows, and before it stands what leads to one: in may 2024."""
    after, before = node_at(nodes, i + 1), node_at(nodes, i - 1)
    if after is None or after.cls != _YEAR or before is None:
        return False
    return before.cls in _BEFORE_MONTH or before.cls in _BESIDE_MONTH


def _is_named_march(node: Node, nodes: list[Node], i: int, text: str) -> bool:
    """Whether what follows names a march: the March of Hope, the March for Bread."""
    joined, named = node_at(nodes, i + 1), node_at(nodes, i + 2)
    if joined is None or named is None or joined.start != node.end + 1:
        return False
    if named.cls == _THE:
        named = node_at(nodes, i + 3) or named
    name = named.cls == code(UNKNOWN) and text[named.start].isupper()
    return name and joined.cls in _OF_MARCH


def _no_season(i: int, nodes: list[Node], text: str, tag: Tag) -> str:
    """Why a season's name is none where it stands, "" if it is one."""
    node = nodes[i]
    if tag(node.start)[:2] not in ("NN", "JJ"):
        return "verb"
    after = word_after(node, nodes, i + 1)
    if after is None:
        return ""
    named = text[node.start].isupper() and text[after.start].isupper()
    second = text[after.start : after.end].lower()
    if second in words("dates.seasonal"):
        return "in_name"  # summer school
    return "in_name" if named and second in words("dates.after_season") else ""


def _no_weekday(i: int, nodes: list[Node], text: str) -> str:
    """Why the short name of a weekday is none where it stands, "" if it is one."""
    if not text[nodes[i].start].isupper():
        return "lower_case"
    beside = i + 1 < len(nodes) and nodes[i + 1].cls in _BESIDE_WEEKDAY
    return "" if beside else "no_date_beside"


def _is_fall(i: int, nodes: list[Node], text: str) -> bool:
    """Whether "fall" is the season: last fall, in the fall, the fall of 1999, fall 2024."""
    following = [node.cls for node in nodes[i + 1 : i + 3]]
    if following[:1] == [code("YEAR4")] or following == [code("of"), code("YEAR4")]:
        return True
    before = nodes[i - 1].cls if i else ""
    if before in _SEASON_BEFORE:
        return following[:1] != [code("of")]
    if before == code("the") and i > 1:
        preposition = text[nodes[i - 2].start : nodes[i - 2].end].lower()
        return preposition in _BEFORE_FALL and following[:1] != [code("of")]
    return before in map(code, ("in", "and")) and following[:1] != [code("of")]
