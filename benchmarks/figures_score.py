"""Measures of quantities: micro P, R and F1 with one-to-one matching within a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

Json = dict[str, Any]
Scores = dict[str, tuple[float, float, float, str]]
Value = float | list[float]


def gold_value(text: object) -> Value:
    """A number, or both ends of a range written ``low-high``."""
    written = str(text).strip()
    try:
        return float(written)
    except ValueError:
        ends = re.fullmatch(r"(-?[\d.]+(?:E[-+]?\d+)?)\s*-\s*(-?[\d.]+(?:E[-+]?\d+)?)", written)
        if ends is None:
            raise ValueError(f"no value and no range: {written!r}") from None
        return [float(ends[1]), float(ends[2])]


def equal(gold: Value, found: Value) -> bool:
    """Equal numbers; a range only equals a range with the same ends."""
    if isinstance(gold, list) or isinstance(found, list):
        if not (isinstance(gold, list) and isinstance(found, list)):
            return False
        return all(_close(a, b) for a, b in zip(sorted(gold), sorted(found), strict=True))
    return _close(gold, found)


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-8 + 1e-5 * abs(b)


def matched(gold: Sequence[Any], found: Sequence[Any], fits: Callable[[Any, Any], bool]) -> int:
    """The size of the greatest one-to-one matching."""
    fitting = [[j for j, f in enumerate(found) if fits(g, f)] for g in gold]
    mate: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in fitting[i]:
            if j not in seen:
                seen.add(j)
                if j not in mate or place(mate[j], seen):
                    mate[j] = i
                    return True
        return False

    return sum(place(i, set()) for i in range(len(gold)))


def _tokens(concepts: str | Sequence[str]) -> set[str]:
    parts = re.split(r"[,\s]+", concepts) if isinstance(concepts, str) else concepts
    return {part.lower() for part in parts if part}


def quantity_scores(results: Sequence[Json], verbose: bool = False) -> Scores:
    """Value, and value with unit, change and concept, over sentences with gold and predictions."""
    with_change = any("change" in q for result in results for q in result["gt"])
    tests: dict[str, Callable[[Json, Json], bool]] = {
        "value": lambda g, p: equal(g["v"], p["v"]),
        "value+unit": lambda g, p: equal(g["v"], p["v"]) and g["u"] == p["u"],
    }
    if with_change:
        tests["value+change"] = lambda g, p: equal(g["v"], p["v"]) and g["ch"] == p["ch"]
        tests["concept any"] = lambda g, p: equal(g["v"], p["v"]) and bool(g["c"] & p["c"])
        tests["concept all"] = lambda g, p: equal(g["v"], p["v"]) and g["c"] == p["c"]
    totals = {name: [0, 0, 0] for name in tests}
    for result in results:
        gold = [
            {"v": gold_value(q["value"]), "u": q["normalized_unit"].lower(), "ch": q.get("change"),
             "c": _tokens(q.get("referred_concepts", "-"))}
            for q in result["gt"]
        ]  # fmt: skip
        found = [
            {"v": t["value"], "u": t["normalized_unit"].lower(), "ch": t.get("change"),
             "c": _tokens(t.get("concepts", ["-"]))}
            for t in result["tags"]
        ]  # fmt: skip
        missed = []
        for name, test in tests.items():
            hits = matched(gold, found, test)
            for k, count in enumerate((hits, len(found), len(gold))):
                totals[name][k] += count
            if hits < max(len(gold), len(found)):
                missed.append(name)
        if verbose and missed:
            print(f"# {result['text']}\n  misses: {', '.join(missed)}")
            for side, rows in (("gold", gold), ("read", found)):
                for row in rows:
                    concepts = " ".join(sorted(row["c"]))
                    print(f"    {side} {row['v']} | {row['u']} | {row['ch']} | {concepts}")
    return {name: _prf(*total) for name, total in totals.items()}


def _prf(hits: int, found: int, gold: int) -> tuple[float, float, float, str]:
    precision = hits / found if found else 0.0
    recall = hits / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return 100 * precision, 100 * recall, 100 * f1, f"{hits} of {found} read, {gold} gold"


_STREETS = frozenset(
    ("street", "st", "road", "rd", "avenue", "ave", "boulevard", "blvd", "lane", "drive", "place")
)


def counted_scores(
    gold: Sequence[Json], read: Sequence[Sequence[Json]], verbose: bool = False
) -> Scores:
    """Recall of values, and of values with the counted head, over numbers that count nouns.

    Left out: heads that are no nouns, street addresses and identifiers. An item whose number has
    several parts (ten to 32) is found when every part is an end of a figure at that place.
    """
    value = both = total = 0
    for item, rows in zip(gold, read, strict=True):
        for number in item["items"]:
            values = _numbers(number["number"])
            if (
                number["head_upos"] not in ("NOUN", "PROPN")
                or not values
                or _is_address(number, item["text"])
            ):
                continue
            total += 1
            hits = [row for row in rows if _covers(row, number, values)]
            value += bool(hits)
            right = any(_head(row, number) for row in hits)
            both += right
            if verbose and not right:
                print(
                    f"# {item['text']}\n   {number['number']} {number['counted_lemma']}: "
                    f"{'head' if hits else 'value'} "
                    f"{[(r['surface'], r['counted_head'], r['unit_name']) for r in (hits or rows)]}"
                )
    return {
        "value recall": (0.0, 100 * value / max(total, 1), 0.0, f"{value} of {total}"),
        "value+head": (0.0, 100 * both / max(total, 1), 0.0, f"{both} of {total}"),
    }


def _is_address(number: Json, sentence: str) -> bool:
    """Street addresses, identifiers (a name's bare number, # 12), years (the 1993 bombing)."""
    text = str(number["number"])
    if sentence[: number["num_start"]].rstrip().endswith("#"):
        return True
    following = sentence[number["num_end"] :].split()[:3]
    if number["head_upos"] == "PROPN" and any(w.lower().strip(".,") in _STREETS for w in following):
        return True
    if number["head_upos"] == "PROPN" and (text.isdigit() and len(text) >= 3):
        return True
    if number["counted_lemma"].lower().rstrip(".") in _STREETS:
        return True
    return text.isdigit() and len(text) == 4 and "1900" <= text <= "2040"


_UNITS = {
    "zero": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0,
    "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0,
    "thirteen": 13.0, "fourteen": 14.0, "fifteen": 15.0, "sixteen": 16.0, "seventeen": 17.0,
    "eighteen": 18.0, "nineteen": 19.0,
}  # fmt: skip
_TENS = {
    "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0,
    "eighty": 80.0, "ninety": 90.0,
}  # fmt: skip
_POWERS = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_POWERS |= {"dozen": 12.0, "k": 1e3}


def _numbers(text: str) -> list[float]:
    """The values of a gold number string, read word by word (no grammar of ours)."""
    found: list[float] = []
    for word in re.split(r"[\s\-–/]+", text.lower()):
        if word in _UNITS or word in _TENS:
            value = _UNITS.get(word, _TENS.get(word, 0.0))
            if (
                word in _UNITS
                and found
                and found[-1] in _TENS.values()
                and value < 10
                and "-" in text
            ):
                found[-1] += value
            else:
                found.append(value)
        elif word in _POWERS:
            if found:
                found[-1] *= _POWERS[word]
            else:
                found.append(_POWERS[word])
        elif re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?", word):
            found.append(float(word.replace(",", "")))
        elif re.fullmatch(r"\d+,\d{1,2}", word):
            found.append(float(word.replace(",", ".")))
        elif re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", word):
            found.append(float(word.replace(".", "")))
        elif word not in ("and", "to", "or", ">", "+", ""):
            return []
    return found


def _covers(row: Json, number: Json, values: Sequence[float]) -> bool:
    """Whether the figure stands at the number and has one of its values."""
    if row["char_end"] <= number["num_start"] or row["char_start"] >= number["num_end"]:
        return False
    ends = [row[c] for c in ("value", "value_low", "value_high") if row[c] is not None]
    if row["qualifier"] == "vague":
        return len(values) == 1
    if row["unit_type"] == "ratio" and len(values) == 2 and values[1]:
        ends.append(
            values[0]
            if row["value"] is not None and _close(values[0] / values[1], row["value"])
            else -1.0
        )
    minor = [100 * end for end in ends] if row["unit_type"] == "money" else []
    return any(_close(v, e) for v in values for e in (*ends, *minor))


def _head(row: Json, number: Json) -> bool:
    """The counted head, or for measures the unit, equals the gold's lemma."""
    gold = number["counted_lemma"].lower().rstrip(".")
    forms = {gold, number["counted_head"].lower().rstrip(".")}
    if gold in ("people", "person"):
        forms |= {"people", "person"}
    head = row["counted_head"] or (row["subject"] or "").lower().split(" ")[0]
    if head is not None and (head in forms or head + "s" in forms):
        return True
    name = (row["unit_name"] or "").split(" per ")[0].lower()
    if row["unit_type"] in ("count", "ratio") and not name:
        return False
    surface = row["surface"].lower()
    spelled = {gold, number["counted_head"].lower()}
    return any(s and s in surface for s in spelled) or (
        bool(name) and (name in forms or name.split()[-1] in forms)
    )
