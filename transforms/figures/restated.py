"""Figures of one article that state the same thing: a sum in another money, a number said again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from transforms.figures.itemised import is_item, of_two_items, tables
from transforms.words import words
from warehouse.tables import HARMED, Row

#: Counts below it are said again only where the same happened to the same people.
_TELLING = 10
#: Sums below it are said again only where the text says what they are.
_SUM = 1000
#: Kinds of numbers that many things have in common: two men of 40, two discs of 512 MB.
_TELL_NOTHING = frozenset(("age", "duration", "ratio", "data", "frequency", "angle"))
_UPPER, _LOWER = frozenset(("at_most", "less_than")), frozenset(("at_least", "more_than"))
#: Days from which on a period is one that things are counted over.
_LONG = 28
#: Words of a second thing, and how many words before a number they stand at most.
_ANOTHER, _NEAR = frozenset(("also", "another", "other", "too")), 6
_ARTICLES = frozenset(("a", "an", "the", "its", "his", "her", "their", "this", "that"))
#: What stands before a number that is taken up again: the 300, those 14.
_TAKES_UP = frozenset(("the", "its", "his", "her", "their", "this", "that", "these", "those"))
#: How many words two statements share where both plainly name the same thing.
_SHARED = 2
_MORE_OF = frozenset(("at", "by", "for", "from", "in", "of", "on", "to", "with"))


def restatements(rows: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """For each row of figures of an article, in the order of the text, the figure_id of the first
    that states the same; None for one that says something new.

    The same is the same number and unit of the same thing, by nobody else, and nowhere and never
    else as far as both say. What only one of them says (a day, a bound, a word that narrows the
    thing) may tell another fact, so then something must tie the later to the first: see ``_tied``.
    One sentence says nothing twice: where a number comes again in it (15
    cents against 15 cents), it is of something else. A conversion is no restatement of what it
    converts.
    """
    found: list[str | None] = []
    first: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    listed, beside = tables(rows), _beside(rows)
    for row in rows:
        keys = [] if row["sentence_no"] in listed or is_item(row) else _keys(row)
        seen = [one for key in keys for one in first.get(key, ())]
        same = next((one for one in seen if _agree(one, row, beside)), None)
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
    if value is None or kind in _TELL_NOTHING:
        return []
    if kind == "count":
        harmed, head = row["category"] in HARMED, row["counted_head"]
        if abs(value) < _TELLING and not harmed:
            return []
        keys: list[tuple[Any, ...]] = [("harm", value, row["category"])] if harmed else []
        return [*keys, ("count", value, head)] if head is not None else keys
    if kind == "money":
        return [] if abs(value) < _SUM and row["subject"] is None else [(row["unit"], value, None)]
    if row["subject"] is None and (kind != "percent" or row["change"] == "none"):
        return []
    return [(row["unit"], value, _head(row["subject"]))]


def _head(phrase: str | None) -> str | None:
    """The last word before what only tells more of it: offer from a rival -> offer."""
    if not phrase:
        return None
    said = phrase.lower().split()
    end = next((i for i, word in enumerate(said) if i and word in _MORE_OF), len(said))
    return said[end - 1]


def _is_of_another(row: Mapping[str, Any]) -> bool:
    """Whether words shortly before a number say that it is of another thing: also, a separate."""
    before = row["sentence"].partition(row["surface"])[0].lower().split()[-_NEAR:]
    return any(word.strip(",;") in _ANOTHER | words("figures.of_another") for word in before)


def _nested(one: str | None, other: str | None) -> bool:
    """Whether one phrase has no word that the other lacks, as far as both are given."""
    if not one or not other:
        return True
    a, b = ({w for w in phrase.lower().split() if w not in _ARTICLES} for phrase in (one, other))
    return a <= b or b <= a


def _is_told(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether both say what the number is of: a subject, or what is counted with its own words."""
    if one["subject"] and other["subject"]:
        return True
    counted = (one["counted"], other["counted"])
    return all(counted) and min(len(phrase.split()) for phrase in counted) > 1


def _elsewhere(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether the two are at places of other names: one died in a flat, one at a base."""
    a, b = one["place"], other["place"]
    return a is not None and b is not None and a not in b and b not in a


def _differs(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether the two are said of days that do not meet, or of two long periods (a quarter, nine
    months): what is counted over one is not what is counted over the other."""
    a, b = one["as_of_start"], other["as_of_start"]
    if a is None or b is None:
        return False
    c, d = one["as_of_end"], other["as_of_end"]
    if c < b or d < a:
        return True
    return (a, c) != (b, d) and min((c - a).days, (d - b).days) >= _LONG


def _thing(row: Mapping[str, Any], *columns: str) -> frozenset[str]:
    """The words, without their plurals, with which the columns name a thing."""
    said = " ".join(row[name] or "" for name in columns).lower().replace("’", "'").split()
    kept = (word.removesuffix("'s").strip(",.“”\"'()").removesuffix("s") for word in said)
    return frozenset(word for word in kept if word and word not in _ARTICLES | _MORE_OF)


def _takes_up(row: Mapping[str, Any]) -> bool:
    """Whether a number is told as one that the reader knows: the 300 boats, those 14."""
    before = row["sentence"].partition(row["surface"])[0].lower().split()
    return before[-1:] != [] and before[-1] in _TAKES_UP


def _tied(
    one: Mapping[str, Any], other: Mapping[str, Any], beside: frozenset[tuple[int, str]]
) -> bool:
    """Whether nothing that only one of two statements says can make it another fact.

    A bound is of the same only where the later takes the number up, or where people were harmed. A
    day, a word that narrows the subject, or other numbers beside both, also where two words of
    what it is, and whose, are shared. The same sentence written again says the same.
    """
    if one["sentence"] == other["sentence"] or _takes_up(other):
        return True
    if not HARMED.isdisjoint((one["category"], other["category"])):
        return True
    bound = _UPPER | _LOWER
    if (one["qualifier"] in bound) != (other["qualifier"] in bound):
        return False
    dated = (one["as_of_start"] is None) != (other["as_of_start"] is None)
    plain = one["unit_type"] != "count" or {one["category"], other["category"]} == {"other"}
    of = [_thing(row, "subject") for row in (one, other)]
    narrowed = plain and all(of) and of[0] != of[1]
    among = all((row["sentence_no"], row["unit"]) in beside for row in (one, other))
    among = among and (one["as_of_start"] is None or one["as_of_start"] != other["as_of_start"])
    if not (dated or narrowed or among):
        return True
    a, b = (_thing(row, "counted", "subject", "place", "nationality") for row in (one, other))
    return len(a & b) >= _SHARED


def _beside(rows: Sequence[Mapping[str, Any]]) -> frozenset[tuple[int, str]]:
    """The sentences with two numbers of one unit other than 1, and the unit: each is of a side, a
    year or a question of its own (46% to 43%)."""
    held: dict[tuple[int, str], set[float | None]] = {}
    for row in rows:
        if row["unit_type"] != "count":
            held.setdefault((row["sentence_no"], row["unit"]), set()).add(row["value"])
    return frozenset(at for at, values in held.items() if len(values) > 1)


def _agree(
    one: Mapping[str, Any], other: Mapping[str, Any], beside: frozenset[tuple[int, str]]
) -> bool:
    """Whether nothing that both rows say differs."""
    if one["sentence_no"] == other["sentence_no"]:
        return False
    for name in ("nationality", "place_country", "attributed_entity_id", "conversion_of"):
        if one[name] is not None and other[name] is not None and one[name] != other[name]:
            return False
    harms = {row["category"] for row in (one, other)} & HARMED
    if len(harms) == 2:
        return False  # 12 killed, 12 hurt
    if one["unit_type"] == "count" and abs(one["value"]) < _TELLING and _elsewhere(one, other):
        return False
    if _is_of_another(other) or of_two_items(one, other):
        return False
    plain = one["unit_type"] != "count" or {one["category"], other["category"]} == {"other"}
    if plain and not (_nested(one["subject"], other["subject"]) and _is_told(one, other)):
        return False  # one scored 16 points, another 16; wheat sales and corn sales
    if plain and not _nested(one["counted"], other["counted"]):
        return False  # 300 small boats, 300 old boats
    bounds = {one["qualifier"], other["qualifier"]}
    if bounds & _UPPER and bounds & _LOWER:
        return False
    if one["modality"] != other["modality"] or {one["change"], other["change"]} == {"up", "down"}:
        return False
    if _differs(one, other) or not _tied(one, other, beside):
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
