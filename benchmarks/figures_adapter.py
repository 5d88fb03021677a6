"""From rows of ``figures`` to the conventions of NewsQuant and R-Quant.

Where their conventions differ from the tables':

- the unit of a count is its counted noun, each word by its lemma; money is its currency's name;
- a move "from A to B" is one range; the target of a move ("rose to 5") has no change, nor has a
  noun ("a 5% rise"); "averaged 7" is about 7;
- dozens is 12-120 (R-Quant: its lower end); "eight or nine" is two quantities, and so are the parts
  of a compound of measures;
- durations in names of terms ("five-year award"), "aged 19", "Smith, 42," and "several" are none;
- "one of the companies" counts one;
- a concept is the subject, and with it the subject of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

Json = dict[str, Any]

_SYMBOLS = {
    "exact": "=",
    "between": "=",
    "about": "~",
    "at_least": ">",
    "more_than": ">",
    "at_most": "<",
    "less_than": "<",
    "vague": "=",
}
_NAMES = {
    "percent": "percentage",
    "tonne": "metric ton",
    "pound": "pound-mass",
    "degree Celsius": "celsius",
    "degree Fahrenheit": "fahrenheit",
    "US dollar": "dollar",
    "Israeli new shekel": "shekel",
    "Indian rupee": "rupee",
    "Spanish peseta": "peseta",
    "Deutsche mark": "mark",
    "Dutch guilder": "netherlands guilde",
    "Costa Rican colon": "costa rican colón",
}
_ORDERS = {
    "ten": 10.0,
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
}
_DROPPED = frozenset(("age_stated", "age_appositive", "several", "couple"))
_NO_CHANGE = frozenset(("change_to", "change_noun", "move"))


def newsquant_tags(parsed: Any, rows: Sequence[Json], newsquant: bool = True) -> list[Json]:
    """The predictions for one sentence; ``newsquant`` is False for R-Quant's conventions."""
    tags: list[Json] = []
    done = -1
    for n, row in enumerate(rows):
        rules = frozenset(row["rule"].split("+"))
        if n <= done or _dropped(row, rules, newsquant):
            continue
        if newsquant and n + 1 < len(rows) and _is_move(parsed, row, rows[n + 1]):
            tag = _tag(parsed, rows[n + 1], rows, newsquant)
            tags.append({**tag, "value": [row["value"], rows[n + 1]["value"]], "change": "="})
            done = n + 1
        elif "compound" in rules and row["unit_type"] != "money":
            tags += _parts(parsed, row, rows, newsquant)
        elif "range_or" in rules:
            tag = _tag(parsed, row, rows, newsquant)
            tags += [{**tag, "value": row[end]} for end in ("value_low", "value_high")]
        else:
            tags.append(_tag(parsed, row, rows, newsquant))
    return tags + _ones(parsed)


def _dropped(row: Json, rules: frozenset[str], newsquant: bool) -> bool:
    if rules & _DROPPED and (newsquant or not rules & {"age_stated"}):
        return True
    return (
        newsquant
        and row["unit_type"] == "duration"
        and re.search(r"\w[-–]\w+$", row["surface"]) is not None
    )


def _is_move(parsed: Any, low: Json, high: Json) -> bool:
    """ "from A to B", with at most a few words between."""
    ends = [row[end] for row in (low, high) for end in ("value_low", "value_high")]
    if (
        None in ends
        or ends[0] != ends[1]
        or ends[2] != ends[3]
        or low["unit_type"] != high["unit_type"]
    ):
        return False
    text = parsed.doc.text
    between = text[low["char_end"] : high["char_start"]].lower()
    before = text[: low["char_start"]].rstrip().lower()
    return (
        before.endswith("from")
        and len(between) <= 45
        and re.search(r"\bto\s*$", between) is not None
    )


def _parts(parsed: Any, row: Json, rows: Sequence[Json], newsquant: bool) -> list[Json]:
    """The parts of a compound, each with its own unit, read again from its surface."""
    from transforms.figures.en.numbers import read_number
    from transforms.figures.en.written import match_unit
    from transforms.figures.lexer import atoms

    view, tags = atoms(row["surface"]), []
    i = 0
    while i < len(view):
        number = read_number(view, i)
        unit = match_unit(view, number.last) if number is not None else None
        if number is not None and unit is not None:
            tag = _tag(parsed, row, rows, newsquant)
            tags.append({**tag, "value": number.value, "normalized_unit": _name(unit[0].name)})
            i = unit[1]
        else:
            i += 1
    return tags


def _tag(parsed: Any, row: Json, rows: Sequence[Json], newsquant: bool) -> Json:
    return {
        "value": _value(row, newsquant),
        "normalized_unit": _unit(parsed, row).lower(),
        "change": _change(row),
        "concepts": _concepts(parsed, row, rows),
    }


def _value(row: Json, newsquant: bool) -> float | list[float]:
    if row["qualifier"] == "vague":
        order = 1.0
        for word in re.findall(r"[a-z]+", row["surface"].lower()):
            order *= _ORDERS.get(word.rstrip("s"), 1.0)
        order = order if order > 1 else 2.0
        return [order, order * 10] if newsquant else order
    if row["qualifier"] == "between":
        return [row["value_low"], row["value_high"]]
    value: float = row["value"]
    return value * 100 if "money_minor" in row["rule"] else value


def _change(row: Json) -> str:
    rules = frozenset(row["rule"].split("+"))
    if row["change"] != "none" and not rules & _NO_CHANGE:
        return str(row["change"])
    before = row["sentence"].split(row["surface"])[0].rstrip().lower()
    if row["qualifier"] == "exact" and before.endswith(
        ("average", "averages", "averaged", "averaging")
    ):
        return "~"
    return _SYMBOLS[row["qualifier"]]


def _name(name: str) -> str:
    head, per, rest = name.partition(" per ")
    return _NAMES.get(head, head).lower() + per + rest


def _unit(parsed: Any, row: Json) -> str:
    kind, name = row["unit_type"], str(row["unit_name"] or "-")
    if kind == "age":
        return f"{name} of age"
    if kind == "money" and "money_minor" in row["rule"]:
        per = name.partition(" per ")
        return _minor(row["surface"].lower()) + per[1] + per[2]
    if kind == "count":
        return _counted(parsed, row) + (
            f" per {name.removeprefix('per ')}" if row["unit"] != "1" else ""
        )
    if kind == "ratio":
        manifold = "fold" in row["surface"] or "times" in row["rule"].split("+")
        return "count" if manifold else "% -"
    after = parsed.doc.text[row["char_end"] : row["char_end"] + 12]
    if name == "barrel" and (content := re.match(r" of (\w+)", after)):
        return f"barrel of {content[1]}"
    return "percentage point" if name == "percentage point" else _name(name)


def _minor(surface: str) -> str:
    """The name of a hundredth of a currency, in the singular."""
    amount = surface.split(" per ")[0].split(" a ")[0]
    word = str(re.findall(r"[^\W\d_]+|¢", amount)[-1])
    names = {"p": "penny", "pence": "penny", "pennies": "penny", "¢": "cent", "share": "cent"}
    return names.get(word, word.rstrip("s") if word.endswith(("ents", "shis")) else word)


def _counted(parsed: Any, row: Json) -> str:
    """The lemmas of the counted phrase, found again after the number."""
    if not row["counted"]:
        return "-"
    if row["counted_head"] == "time":
        return "count"
    start = parsed.doc.text.find(row["counted"], row["char_end"])
    tokens = (
        _tokens(parsed, start, start + len(row["counted"]))
        if 0 <= start <= row["char_end"] + 80
        else []
    )
    if not tokens:
        return "people" if row["counted_head"] == "person" else str(row["counted_head"])
    words = []
    for token in tokens:
        if token.pos_ in ("CCONJ", "ADV", "DET", "PUNCT", "ADP") and token.text not in "-/":
            continue
        words.append(token.text if token.pos_ == "PROPN" and token.tag_ == "NNP" else token.lemma_)
    if tokens[-1].lower_ in ("people", "persons"):
        words[-1] = "people"
    elif row["counted_head"]:
        words[-1] = row["counted_head"]
    return re.sub(r" ?([-/]) ?", r"\1", " ".join(words))


def _tokens(parsed: Any, start: int, end: int) -> list[Any]:
    span = parsed.doc.char_span(start, end, alignment_mode="expand")
    return list(span) if span is not None else []


@cache
def _stop_words() -> frozenset[str]:
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS) | {"total", "'s", "’s"}


def _concepts(parsed: Any, row: Json, rows: Sequence[Json]) -> list[str]:
    """The words of the subject, and of the subject of its clause, that mean something."""
    words = _meaning(row["subject"] or "")
    content = _unit(parsed, row).partition(" of ")[2].split()
    words = [w for w in words if row["unit_type"] != "volume" or w not in content]
    actor = _actor(parsed, row, rows)
    if words or row["unit_type"] == "count":
        words += [w for w in _meaning(actor) if w not in words]
    return words or ["-"]


def _meaning(text: str) -> list[str]:
    words = [re.sub(r"['’]s$", "", w.strip('"“”();:.')) for w in re.findall(r"[^\s,]+", text)]
    return [w for w in words if any(c.isalnum() for c in w) and w.lower() not in _stop_words()]


def _actor(parsed: Any, row: Json, rows: Sequence[Json]) -> str:
    """The subject of the clause, where it is a noun and not what the quantity speaks of."""
    from transforms.figures.en.syntax import governor, noun_phrase, subject_of
    from transforms.figures.view import View

    tokens = _tokens(parsed, row["char_start"], row["char_end"])
    subject = row["subject"]
    if not tokens or not subject or row["unit_type"] in ("age", "duration"):
        return ""
    verb = governor(tokens[-1])
    found = subject_of(verb) if verb is not None else None
    if found is None or found.pos_ not in ("NOUN", "PROPN") or found.ent_type_ in ("DATE", "TIME"):
        return ""
    if (
        row["char_start"] <= found.idx < row["char_end"]
        or verb is None
        or verb.lemma_ in ("be", "say")
    ):
        return ""
    view = View(parsed)
    first, last = noun_phrase(found)
    start, end = view.doc[first].idx, view.doc[last].idx + len(view.doc[last])
    if start <= row["char_start"] < end:
        return ""
    text: str = view.text[start:end]
    for other in rows:
        if start <= other["char_start"] < end and "age_stated" not in other["rule"]:
            text = (
                view.text[other["char_end"] : end]
                if other["char_end"] < found.idx
                else view.text[start : other["char_start"]]
            )
    return text


def _ones(parsed: Any) -> list[Json]:
    """ "one of the companies", which the tables leave out as a pronoun."""
    tags: list[Json] = []
    for token in parsed.doc[:-2]:
        if token.lower_ != "one" or token.nbor().lower_ != "of":
            continue
        noun = next((t for t in token.nbor().children if t.dep_ == "pobj"), None)
        unit = "-"
        if noun is not None:
            kept = [
                t.lemma_
                for t in parsed.doc[noun.left_edge.i : noun.i + 1]
                if t.pos_ in ("ADJ", "NOUN")
                or (t.pos_ == "PROPN" and t.lower_ not in ("its", "their"))
            ]
            unit = " ".join(kept)
        tags.append(
            {"value": 1.0, "normalized_unit": unit.lower(), "change": "=", "concepts": ["-"]}
        )
    return tags
