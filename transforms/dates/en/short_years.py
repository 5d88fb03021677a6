"""Years in two digits and no apostrophe: in 2004, 08 and 12; in 84 and 88, and in '96."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.dates.en.rules.calendar import two_digits
from transforms.dates.en.spans import counts_nothing, node_at
from transforms.dates.engine import Node
from transforms.dates.patterns import code, codes

_YEAR4, _YEAR2, _IN = code("YEAR4"), code("YEAR2"), code("in")
_TWO = codes("DAYNUM SHORT")
_JOINS = codes(", and or")
_LAST_JOINS = codes("and or")

#: The places of years among the nodes, each with its year.
Years = list[tuple[int, int]]


def settle_short_years(nodes: list[Node], text: str) -> None:
    """Give two digits that are a year the class and value of a year in four."""
    if not any(_is_two_digits(node) for node in nodes):
        return
    years, said = Years(), Years()
    stated = [i for i, node in enumerate(nodes) if node.cls in (_YEAR4, _YEAR2)]
    for i in stated:
        value: int = nodes[i].value
        year = two_digits(value) if nodes[i].cls == _YEAR2 else value
        years += _listed_after(i, year, nodes, text)
    for i, node in enumerate(nodes[1:], 1):
        if (
            nodes[i - 1].cls == _IN
            and _may_be_year(node, text)
            and counts_nothing(node_at(nodes, i + 1), text)
        ):
            year = two_digits(node.value)
            said += [(i, year), *_listed_after(i, year, nodes, text)]
    if stated and len(said) > 1:
        years += said
    for i, year in years:
        nodes[i].cls, nodes[i].value = _YEAR4, year


def _is_two_digits(node: Node) -> bool:
    return node.cls in _TWO and node.end - node.start == 2


def _may_be_year(node: Node, text: str) -> bool:
    """Whether two digits are none of a day or of a small count: 84, 08."""
    return _is_two_digits(node) and (text[node.start] == "0" or node.value > 31)


def _listed_after(i: int, year: int, nodes: Sequence[Node], text: str) -> Years:
    """The two digits that are listed with the year at ``i``, each a later year.

    None where the list does not end with "and" or "or" before its last year.
    """
    found = Years()
    joined = False
    while True:
        j = i + 1
        while j < len(nodes) and nodes[j].cls in _JOINS:
            j += 1
        if j == i + 1 or j == len(nodes) or not _is_two_digits(nodes[j]):
            break
        later = year // 100 * 100 + nodes[j].value
        if later <= year or not counts_nothing(node_at(nodes, j + 1), text):
            break
        joined = nodes[j - 1].cls in _LAST_JOINS
        found.append((j, later))
        i, year = j, later
    return found if joined else Years()
