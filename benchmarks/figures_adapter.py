"""From rows of ``figures`` to the conventions of NewsQuant and R-Quant.

Their conventions that differ from the tables': the unit of a count is its counted noun; money is
its currency's name; a move "from A to B" is one range; dozens is 12-120 (R-Quant: its lower end);
compounds of measures are two quantities; ages in "aged 19" and "Smith, 42," are none; "one of" is
a count of one; the target of a move ("rose to 5") has no change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

Json = dict[str, Any]

_SYMBOLS = {"exact": "=", "between": "=", "about": "~", "at_least": ">", "more_than": ">", "at_most": "<",
            "less_than": "<", "vague": "="}  # fmt: skip
_NAMES = {
    "percent": "percentage", "tonne": "metric ton", "pound": "pound-mass", "degree Celsius": "celsius",
    "degree Fahrenheit": "fahrenheit", "US dollar": "dollar", "watt hour": "watt hour",
    "Israeli new shekel": "shekel", "Indian rupee": "rupee", "Spanish peseta": "peseta",
    "Deutsche mark": "mark", "Dutch guilder": "netherlands guilde", "Costa Rican colon": "costa rican colón",
    "Georgian lari": "georgian lari",
}  # fmt: skip
_VAGUE = {
    "ten": 10.0,
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
}
_DROPPED = ("age_stated", "age_appositive", "several", "couple")


def newsquant_tags(parsed: Any, rows: Sequence[Json], newsquant: bool = True) -> list[Json]:
    """The predictions for one sentence; ``newsquant`` is False for R-Quant's conventions."""
    tags: list[Json] = []
    merged = False
    for n, row in enumerate(rows):
        rules = row["rule"].split("+")
        if merged:
            merged = False
            continue
        if newsquant and any(rule in rules for rule in _DROPPED):
            continue
        if newsquant and row["counted_head"] == "time" and False:
            continue
        following = rows[n + 1] if n + 1 < len(rows) else None
        if following is not None and _is_move(parsed, row, following):
            merged = True
            tag = _tag(parsed, following, newsquant)
            tag["value"] = [row["value"], following["value"]]
            tag["change"] = "="
            tags.append(tag)
            continue
        tags += _tags(parsed, row, rules, newsquant)
    return tags + _ones(parsed, newsquant)


def _is_move(parsed: Any, low: Json, high: Json) -> bool:
    """ "from A to B", with at most a few words between."""
    if (
        None in (low["value"], high["value"])
        or low["value_low"] != low["value_high"]
        or high["value_low"] != high["value_high"]
    ):
        return False
    text = parsed.doc.text
    before = text[: low["char_start"]].rstrip().lower()
    between = text[low["char_end"] : high["char_start"]]
    if not before.endswith("from") or len(between) > 45:
        return False
    return (
        re.search(r"\bto\s*$", between.lower()) is not None
        and low["unit_type"] == high["unit_type"]
    )


def _tags(parsed: Any, row: Json, rules: Sequence[str], newsquant: bool) -> list[Json]:
    if "compound" in rules and row["unit_type"] != "money":
        return _parts(parsed, row, newsquant)
    if "range_or" in rules:
        return [
            {**_tag(parsed, row, newsquant), "value": row[end]}
            for end in ("value_low", "value_high")
        ]
    return [_tag(parsed, row, newsquant)]


def _parts(parsed: Any, row: Json, newsquant: bool) -> list[Json]:
    """The parts of a compound, each with its own unit, read again from its surface."""
    from transforms.figures.lexer import atoms, digits_value
    from transforms.figures.numbers import read_number
    from transforms.figures.units import match_unit

    page, tags = atoms(row["surface"]), []
    i = 0
    while i < len(page):
        number = read_number(page, i)
        unit = match_unit(page, number.last) if number is not None else None
        if number is not None and unit is not None:
            tag = _tag(parsed, row, newsquant)
            tags.append({**tag, "value": number.value, "normalized_unit": _name(unit[0].name)})
            i = unit[1]
        else:
            i += 1
    assert digits_value("1") == 1
    return tags


def _tag(parsed: Any, row: Json, newsquant: bool) -> Json:
    return {
        "value": _value(row, newsquant),
        "normalized_unit": _unit(parsed, row),
        "change": _change(row),
        "concepts": _concepts(parsed, row),
    }


def _value(row: Json, newsquant: bool) -> float | list[float]:
    if row["qualifier"] == "vague":
        low = 1.0
        for word in re.findall(r"[a-z]+", row["surface"].lower()):
            low *= _VAGUE.get(word.rstrip("s"), 1.0)
        if low == 1.0:
            low = 2.0
        return [low, low * 10] if newsquant else low
    if row["qualifier"] == "between":
        return [row["value_low"], row["value_high"]]
    value: float = row["value"]
    return value * 100 if "money_minor" in row["rule"] else value


def _change(row: Json) -> str:
    rules = row["rule"].split("+")
    if (
        row["change"] != "none"
        and "change_to" not in rules
        and "change_noun" not in rules
        and "move" not in rules
    ):
        return str(row["change"])
    return _SYMBOLS[row["qualifier"]]


def _name(name: str) -> str:
    head, per, rest = name.partition(" per ")
    return _NAMES.get(head, head).lower() + per + rest


def _unit(parsed: Any, row: Json) -> str:
    kind = row["unit_type"]
    if kind == "age":
        return f"{row['unit_name']} of age"
    if kind == "money":
        name = _name(row["unit_name"])
        if "money_minor" in row["rule"]:
            surface = row["surface"].lower()
            minor = (
                "sen"
                if re.search(r"\bsen\b", surface)
                else "penny"
                if re.search(r"\d ?p\b|penc|penn", surface)
                else "cent"
            )
            return minor + name[name.index(" per ") :] if " per " in name else minor
        return name
    if kind in ("count",):
        return _counted(parsed, row)
    if kind == "ratio":
        return "% -"
    name = str(row["unit_name"] or "-")
    if name == "percent" and "point" in row["surface"]:
        return "percentage point"
    return _name(name)


def _counted(parsed: Any, row: Json) -> str:
    if not row["counted"]:
        return "-"
    if row["counted_head"] == "time":
        return "count"
    words = [
        w
        for w in re.findall(r"[\w'’.-]+", row["counted"])
        if w.lower() not in ("and", "the", "of", "other")
    ]
    if words and row["counted_head"] and words[-1].lower() != "people":
        words[-1] = row["counted_head"] if words[-1].lower() not in ("people",) else words[-1]
    return " ".join(words)


@cache
def _stop_words() -> frozenset[str]:
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS) | {"total", "'s", "’s"}


def _concepts(parsed: Any, row: Json) -> list[str]:
    """The words of the subject that mean something; "-" if there are none."""
    words = re.findall(r"[^\s,]+", row["subject"] or "")
    kept = [re.sub(r"['’]s$", "", w.strip('"“”()')) for w in words]
    kept = [w for w in kept if w and w.lower() not in _stop_words() and any(c.isalnum() for c in w)]
    return kept or ["-"]


def _ones(parsed: Any, newsquant: bool) -> list[Json]:
    """ "one of the companies", which the tables leave out as a pronoun."""
    tags = []
    doc = parsed.doc
    for token in doc[:-2]:
        if token.lower_ == "one" and token.nbor().lower_ == "of":
            tags.append({"value": 1.0, "normalized_unit": "-", "change": "=", "concepts": ["-"]})
    return tags
