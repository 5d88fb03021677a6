"""Units and currencies, from the reference tables: spellings to codes.

Codes are UCUM's for measures and ISO 4217's for money; ``1`` stands for counts. A symbol is matched
with its capitals (mW, MW), a word without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from transforms.figures.en.numbers import Atoms, at, is_hyphen
from transforms.figures.lexer import NUMBER, WORD, atoms, word_set
from transforms.reference import reference

_PREFIXES = {
    "T": ("tera", 1e12), "G": ("giga", 1e9), "M": ("mega", 1e6), "k": ("kilo", 1e3),
    "h": ("hecto", 1e2), "d": ("deci", 1e-1), "c": ("centi", 1e-2), "m": ("milli", 1e-3),
    "u": ("micro", 1e-6), "n": ("nano", 1e-9), "p": ("pico", 1e-12), "P": ("peta", 1e15),
}  # fmt: skip
#: Words that are a unit of money and something else: the parse says which.
AMBIGUOUS_WORDS = word_set("won real sol mark marks second stone sterling")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its code, English name, dimension, and factor to the dimension's first unit.

    ``minor`` marks a hundredth of a currency (cents), which is stated in the currency itself.
    ``bare`` marks a currency word that several countries use (dollars).
    """

    code: str
    name: str
    dimension: str
    factor: float = 0.0
    minor: bool = False
    bare: bool = False

    def per(self, code: str, name: str) -> Unit:
        """The rate of this unit over another."""
        dimension = self.dimension
        if dimension == "length" and code in ("h", "s", "min", "ms"):
            dimension = "speed"
        return replace(
            self,
            code=f"{self.code}/{code}",
            name=f"{self.name} per {name}".strip(),
            dimension=dimension,
        )


COUNT = Unit("1", "", "count")
RATIO = Unit("1", "", "ratio")
FOLD = Unit("1", "fold", "ratio")
AGE_UNITS = {
    "a": Unit("a", "year", "age"),
    "mo": Unit("mo", "month", "age"),
    "wk": Unit("wk", "week", "age"),
    "d": Unit("d", "day", "age"),
    "10.a": Unit("10.a", "decade", "age"),
    "100.a": Unit("100.a", "century", "age"),
    "h": Unit("h", "hour", "age"),
    "min": Unit("min", "minute", "age"),
}

Key = tuple[str, ...]

#: Systems of measure that may stand before a unit (a US gallon, an imperial pint).
_SYSTEMS = word_set("us u.s. uk u.k. imperial british american")


def _key(spelling: str) -> Key:
    return tuple(atom.text for atom in atoms(spelling))


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def _forms(spelling: str) -> list[str]:
    """Singular and plural of a spelling in the table (``foot/feet``, ``mile``)."""
    if "/" in spelling:
        return spelling.split("/")
    return [spelling, _plural(spelling)]


@cache
def _measures() -> tuple[dict[Key, Unit], dict[Key, Unit]]:
    """Symbols (with capitals) and words (without) of every unit of measure."""
    symbols: dict[Key, Unit] = {('"',): Unit("[in_i]", "inch", "length", 0.0254)}
    words: dict[Key, Unit] = {}
    for row in reference("units"):
        factor = float(row["factor"] or 0)
        base = Unit(row["code"], row["name"], row["dimension"], factor)
        for symbol in filter(None, row["symbols"].split("|")):
            symbols.setdefault(_key(symbol), base)
        for spelling in filter(None, row["words"].split("|")):
            for form in _forms(spelling):
                words.setdefault(_key(form), base)
        for prefix in row["prefixes"].split():
            long, power = _PREFIXES[prefix]
            name = long + row["name"]
            unit = Unit(prefix + row["code"], name, row["dimension"], factor * power)
            for symbol in filter(None, row["symbols"].split("|")):
                micro = ("μ", "µ") if symbol == "s" else ("u", "μ", "µ")  # "us" is a word
                for sign in micro if prefix == "u" else (prefix,):
                    symbols.setdefault(_key(sign + symbol), unit)
            for spelling in filter(None, row["words"].split("|")):
                for form in _forms(spelling):
                    words.setdefault(_key(long + form), unit)
    return symbols, words


@cache
def _lowered() -> dict[Key, Unit]:
    """Symbols of two letters and more without their capitals (KM, KPH), where they stay unique."""
    found: dict[Key, Unit | None] = {}
    for key, unit in _measures()[0].items():
        low = tuple(part.lower() for part in key)
        if len("".join(low)) < 2 or low in (("in",), ("at",), ("pm",), ("am",), ("as",), ("mt",)):
            continue
        found[low] = unit if found.get(low, unit) == unit else None
    return {key: unit for key, unit in found.items() if unit is not None}


@cache
def _currencies() -> tuple[dict[Key, Unit], dict[Key, Unit]]:
    """Symbols and codes (with capitals), and words (without), of every currency."""
    symbols: dict[Key, Unit] = {}
    words: dict[Key, Unit] = {}
    owners: dict[str, int] = {}
    rows = reference("currencies")
    for row in rows:
        for form in {f.rsplit(" ", 1)[-1] for f in row["words"].split("|") if f}:
            owners[form.split("/")[0]] = owners.get(form.split("/")[0], 0) + 1
    for row in rows:
        unit = Unit(row["code"], row["name"], "money", 1.0)
        for symbol in filter(None, row["symbols"].split("|")):
            bare = symbol == "$"
            symbols.setdefault(_key(symbol), replace(unit, bare=bare))
        symbols.setdefault((row["code"],), unit)
        for spelling in filter(None, row["words"].split("|")):
            bare = " " not in spelling and owners.get(spelling.split("/")[0], 0) > 1
            for form in _forms(spelling):
                words.setdefault(_key(form), replace(unit, bare=bare))
        hundredth = replace(unit, factor=0.01, minor=True)
        for spelling in filter(None, row["minor"].split("|")):
            for form in _forms(spelling):
                words.setdefault(_key(form), replace(hundredth, bare=spelling == "cent"))
    for key in (("yen", "japanese"), ("¢",)):
        words.pop(key, None)
    symbols[("¢",)] = Unit("USD", "US dollar", "money", 0.01, minor=True, bare=True)
    return symbols, words


@cache
def _codes() -> dict[str, Unit]:
    """ISO codes alone, for MUSD and usd."""
    return {
        key[0]: unit for key, unit in _currencies()[0].items() if len(key) == 1 and len(key[0]) == 3
    }


@cache
def _by_country() -> dict[tuple[str, str], Unit]:
    """(country, last word of a currency's name) -> currency: what "dollars" means there."""
    found: dict[tuple[str, str], Unit] = {}
    for row in reference("currencies"):
        if row["country"]:
            unit = Unit(row["code"], row["name"], "money", 1.0)
            for spelling in filter(None, row["words"].split("|")):
                found.setdefault((row["country"], _forms(spelling)[0].split()[-1]), unit)
            if row["code"] != "USD" and "dollar" in row["name"].lower():
                found[(row["country"], "dollar")] = unit
    return found


def localised(unit: Unit, country: str | None) -> Unit:
    """A bare currency (dollars, $) as publishers of that country mean it."""
    if not unit.bare or not country:
        return unit
    noun = unit.name.lower().split()[-1]
    local = _by_country().get((country, noun))
    return replace(local, factor=unit.factor, minor=unit.minor, bare=True) if local else unit


def _longest(
    view: Atoms, i: int, tables: tuple[tuple[dict[Key, Unit], bool], ...]
) -> tuple[Unit, int] | None:
    """The longest key of one of the tables at ``i``; hyphens between words count as spaces."""
    texts: list[str] = []
    ends: list[int] = []
    j = i
    while j < len(view) and len(texts) < 5:
        atom = view[j]
        if texts and is_hyphen(atom):
            j += 1
            continue
        if atom.kind == NUMBER and not atom.glued:
            break
        texts.append(atom.text)
        ends.append(j + 1)
        j += 1
    for size in range(len(texts), 0, -1):
        exact = tuple(texts[:size])
        folded = tuple(text.lower() for text in exact)
        for table, capitals in tables:
            unit = table.get(exact if capitals else folded)
            if unit:
                return unit, ends[size - 1]
    return None


def match_unit(view: Atoms, i: int) -> tuple[Unit, int] | None:
    """The unit of measure or money that is written at atom ``i``, and where it ends."""
    atom = at(view, i)
    if atom is None or atom.kind == NUMBER:
        return None
    symbols, words = _measures()
    signs, names = _currencies()
    if atom.lower in _SYSTEMS and i + 1 < len(view):
        measure = _longest(view, i + 1, ((symbols, True), (words, False)))
        if measure and measure[0].dimension in ("volume", "mass", "length"):
            return measure
    tables = ((symbols, True), (signs, True), (words, False), (names, False), (_lowered(), False))
    found = _longest(view, i, tables)
    if found:
        return found
    if atom.kind == WORD:
        unit = (
            _codes().get(atom.text.upper()) if len(atom.text) == 3 and atom.text.islower() else None
        )
        if unit and atom.lower in ("usd", "eur", "gbp", "cad", "aud", "nzd", "cny", "jpy", "inr"):
            return unit, i + 1
    return None


def match_prefix(view: Atoms, end: int) -> tuple[Unit, int] | None:
    """The currency that is written up to atom ``end`` (exclusive), and where it begins."""
    signs = _currencies()[0]
    for size in range(min(4, end), 0, -1):
        part = view[end - size : end]
        if any(atom.kind == NUMBER for atom in part):
            continue
        texts = tuple(atom.text for atom in part)
        unit = signs.get(texts)
        if unit is None and texts[-1] == "$" and size > 1:
            joined = texts[0].rstrip(".").upper().replace(".", "")
            if joined in (
                "US",
                "HK",
                "NZ",
                "NT",
                "USD",
                "AUD",
                "CAD",
                "NZD",
                "MXN",
                "HKD",
                "SGD",
                "MEX",
            ):
                unit = signs.get((joined, *texts[1:])) or signs.get((texts[0].title(), *texts[1:]))
            elif texts == ("c", "$"):
                unit = signs.get(("C", "$"))
        if unit is None and size == 1:
            word = texts[0]
            if word in ("usd", "eur", "gbp", "cad", "aud", "rmb", "inr"):
                unit = signs.get((word.upper(),))
            elif word.lower() in ("dollar", "euro", "sen"):
                unit = _currencies()[1].get((word.lower(),))
        if unit is None and size == 1 and (coded := magnified_code(texts[0])):
            unit = replace(coded[0], factor=coded[1])
        if unit and not (
            part[0].kind == WORD
            and part[0].glued
            and end - size > 0
            and view[end - size - 1].kind == WORD
        ):
            return unit, end - size
    return None


def nationality_of_dollar(word: str) -> Unit | None:
    """The dollar of "$75 U.S." and "$100 Canadian"."""
    name = {"us": "us", "u.s.": "us", "u.s": "us", "american": "us"}.get(word, word)
    return _currencies()[1].get((name, "dollar"))


def magnified_code(text: str) -> tuple[Unit, float] | None:
    """MUSD, kEUR, MAUD: a currency code with its magnitude before it."""
    if len(text) != 4 or not text[1:].isupper():
        return None
    power = {"M": 1e6, "m": 1e6, "k": 1e3, "K": 1e3, "T": 1e3, "B": 1e9}.get(text[0])
    unit = _codes().get(text[1:])
    return (unit, power) if unit and power else None


@cache
def _rates() -> dict[Key, tuple[str, str]]:
    found: dict[Key, tuple[str, str]] = {}
    for row in reference("rates"):
        found[_key(row["word"])] = (row["code"], row["name"])
    return found


def match_rate(view: Atoms, i: int) -> tuple[str, str, int] | None:
    """What a rate is over ("a month", "per square foot", "/cm", "-a-share"): code, name, end."""
    j = i
    if j < len(view) and is_hyphen(view[j]):
        j += 1
    atom = at(view, j)
    if atom is None:
        return None
    slash = atom.text == "/" and atom.glued
    per = atom.lower in ("per", "p/")
    article = atom.lower in ("a", "an")
    if not (slash or per or article):
        return None
    j += 1
    if j < len(view) and is_hyphen(view[j]):
        j += 1
    for size in (2, 1):
        texts = tuple(a.text for a in view[j : j + size])
        found = _rates().get(texts) or _rates().get(tuple(t.lower() for t in texts))
        if found and len(texts) == size:
            return (*found, j + size)
    following = at(view, j)
    if following is None or article or following.kind != WORD:
        return None
    unit = match_unit(view, j)
    if unit and unit[0].dimension != "money":
        return unit[0].code, unit[0].name, unit[1]
    if slash:
        return None
    name = following.lower
    return f"{{{name}}}", name, j + 1


def spellings() -> Iterator[tuple[str, Unit]]:
    """Every spelling with its unit, for the tests."""
    for table in (*_measures(), *_currencies()):
        for key, unit in table.items():
            yield " ".join(key), unit
