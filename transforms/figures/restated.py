"""Figures of one article that state the same thing: a sum in another money, a number said again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from warehouse.tables import Row

#: Counts below it are said again only where the same happened to the same people.
_TELLING = 10
_HARMED = frozenset(
    ("killed", "wounded", "casualties", "captured", "missing", "detained", "displaced")
)


def restatements(rows: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """For each row of figures of an article, in the order of the text, the figure_id of the first
    that states the same; None for one that says something new.

    The same is the same number and unit of the same thing, by nobody else, and nowhere and never
    else as far as both say. A conversion is no restatement of what it converts.
    """
    found: list[str | None] = []
    first: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        keys = _keys(row)
        seen = [one for key in keys for one in first.get(key, ())]
        same = next((one for one in seen if _agree(one, row)), None)
        if same is None:
            for key in keys:
                first.setdefault(key, []).append(row)
        found.append(same["figure_id"] if same is not None else None)
    return found


def linked(rows: list[Row]) -> list[Row]:
    """The rows with ``restates``; the first statement of a restated sum's conversion is that of
    the conversion."""
    again = restatements(rows)
    return [{**row, "restates": same} for row, same in zip(rows, again, strict=True)]


def _keys(row: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What two statements of the same have in common; none of what is not telling enough."""
    value, kind = row["value"], row["unit_type"]
    if value is None or kind in ("age", "duration", "ratio"):
        return []
    if kind == "count":
        harmed, head = row["category"] in _HARMED, row["counted_head"]
        if abs(value) < _TELLING and not harmed:
            return []
        keys: list[tuple[Any, ...]] = [("harm", value, row["category"])] if harmed else []
        return [*keys, ("count", value, head)] if head is not None else keys
    if kind == "percent" and row["subject"] is None and row["change"] == "none":
        return []
    return [(row["unit"], value, _head(row["subject"]) if kind != "money" else None)]


def _head(phrase: str | None) -> str | None:
    return phrase.rsplit(" ", 1)[-1].lower() if phrase else None


def _agree(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether nothing that both rows say differs."""
    for name in ("nationality", "place_country", "attributed_entity_id", "conversion_of"):
        if one[name] is not None and other[name] is not None and one[name] != other[name]:
            return False
    harms = {row["category"] for row in (one, other)} & _HARMED
    if len(harms) == 2:
        return False  # 12 killed, 12 hurt
    if one["modality"] != other["modality"] or {one["change"], other["change"]} == {"up", "down"}:
        return False
    a, b = one["as_of_start"], other["as_of_start"]
    if a is not None and b is not None and (one["as_of_end"] < b or other["as_of_end"] < a):
        return False
    x, y = one["place_entity_id"], other["place_entity_id"]
    if x is not None and y is not None and x != y and one["place_country"] is None:
        return False
    return not (
        one["attributed_to"] is not None
        and other["attributed_to"] is not None
        and one["attributed_entity_id"] is None
        and other["attributed_entity_id"] is None
        and _head(one["attributed_to"]) != _head(other["attributed_to"])
    )
