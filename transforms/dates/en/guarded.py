"""Words that mean something else too: May, March, Sun, fall; their neighbours say which."""

from __future__ import annotations

import re
from collections.abc import Callable

from transforms.dates.engine import UNKNOWN, Node, code, codes

#: The part-of-speech tag of the token at a character of the text, from the parse.
Tag = Callable[[int], str]

_TITLE = re.compile(r"\b(?:Mr|Ms|Mrs|Miss|Dr|Sir|Lady|Lord|Judge|Justice|Minister)\.?\s$")
_BESIDE_MONTH = codes("DAYNUM ORD YEAR4 YEAR2")
_BEFORE_MONTH = codes(
    "in since until by from of between through to early LATE EARLY MIDW LAST NEXT THIS "
    "before after and or PAST COMING during for the - EACH"
)
_BEFORE_FALL = frozenset(("in", "during", "by", "until", "since", "of", "throughout", "over"))
_SEASON_BEFORE = codes("LAST NEXT THIS THAT EARLY LATE MIDW COMING EACH PAST PREVIOUS FOLLOWING")


def settle_guarded(nodes: list[Node], text: str, tag: Tag) -> None:
    """Give the guarded words their class, or none."""
    months, weekdays, fall = code("GMONTH"), code("GWEEKDAY"), code("FALL")
    season = code("SEASON")
    unknown = code(UNKNOWN)
    for i, node in enumerate(nodes):
        if node.cls not in (months, weekdays, fall, season):
            continue
        before = nodes[i - 1] if i else None
        after = nodes[i + 1] if i + 1 < len(nodes) else None
        capital = text[node.start].isupper()
        if node.cls == months:
            node.cls = (
                code("MONTH") if capital and _is_month(node, before, after, text, tag) else unknown
            )
        elif node.cls == weekdays:
            beside = after is not None and (
                after.cls in _BESIDE_MONTH
                or after.cls in (code("MONTH"), code("GMONTH"), code(","))
            )
            node.cls = code("WEEKDAY") if capital and beside else unknown
        elif node.cls == fall:
            node.cls = season if _is_fall(i, nodes, text) else unknown
        elif tag(node.start)[:2] not in ("NN", "JJ"):
            node.cls = unknown


def _is_month(node: Node, before: Node | None, after: Node | None, text: str, tag: Tag) -> bool:
    if (after and after.cls in _BESIDE_MONTH) or (before and before.cls in _BESIDE_MONTH):
        return True
    if _TITLE.search(text, max(0, node.start - 14), node.start):
        return False  # Ms. May
    if before is not None and before.cls in _BEFORE_MONTH:
        return tag(node.start) != "MD"
    if before is not None and before.cls == code(UNKNOWN) and text[before.start].isupper():
        return False  # Theresa May, Justice August
    full = node.end - node.start > 3 or text[node.start : node.end] == "May"
    return full and tag(node.start) in ("NNP", "NN") and before is not None


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
