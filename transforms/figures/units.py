"""Units and currencies, from the reference tables: spellings to codes.

Codes are UCUM's for measures and ISO 4217's for money; ``1`` stands for counts. A symbol is matched
with its capitals (mW, MW), a word without them. How they are found in a text is told by
``transforms.figures.en.written``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from transforms.figures.lexer import atoms
from transforms.reference import reference
from transforms.time_words import names_of
from transforms.words import time_words


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

Key = tuple[str, ...]
Units = dict[Key, Unit]
#: Durations that an age is told in, by code.
_AGES = frozenset(("a", "mo", "wk", "d", "10.a", "100.a", "h", "min"))


def key_of(spelling: str) -> Key:
    """A spelling as the tables have it: the atoms that it is written with."""
    return tuple(atom.text for atom in atoms(spelling))


def _listed(column: str) -> list[str]:
    return [spelling for spelling in column.split("|") if spelling]


def _forms(names: str) -> list[str]:
    """Singular and plural of each name in a column of the tables."""
    return [form for forms in names_of(names) for form in forms]


@cache
def measures() -> tuple[Units, Units]:
    """Symbols (with capitals) and words (without) of every unit of measure."""
    symbols: Units = {}
    words: Units = {}
    prefixes = {row["prefix"]: row for row in reference("unit_prefixes")}
    for row in reference("units"):
        factor = float(row["factor"] or 0)
        base = Unit(row["code"], row["name"], row["dimension"], factor)
        for symbol in _listed(row["symbols"]):
            symbols.setdefault(key_of(symbol), base)
        for form in _forms(row["words"]):
            words.setdefault(key_of(form), base)
        for prefix in row["prefixes"].split():
            long, power = prefixes[prefix]["name"], float(prefixes[prefix]["factor"])
            name = long + row["name"]
            unit = Unit(prefix + row["code"], name, row["dimension"], factor * power)
            for symbol in _listed(row["symbols"]):
                for sign in _listed(prefixes[prefix]["symbols"]):
                    if sign + symbol != "us":  # the pronoun
                        symbols.setdefault(key_of(sign + symbol), unit)
            for form in _forms(row["words"]):
                words.setdefault(key_of(long + form), unit)
    return symbols, words


@cache
def lowered() -> Units:
    """Symbols of two letters and more without their capitals (KM, KPH), where they stay unique and
    are no words (in, pm)."""
    found: dict[Key, Unit | None] = {}
    for key, unit in measures()[0].items():
        low = tuple(part.lower() for part in key)
        if len("".join(low)) < 2 or low == ("in",) or low[0] in time_words("AMPM"):
            continue
        found[low] = unit if found.get(low, unit) == unit else None
    return {key: unit for key, unit in found.items() if unit is not None}


@cache
def currencies() -> tuple[Units, Units]:
    """Symbols and codes (with capitals), and words (without), of every currency."""
    symbols: Units = {}
    words: Units = {}
    rows = reference("currencies")
    shared = _shared("words"), _shared("minor")
    for row in rows:
        unit = Unit(row["code"], row["name"], "money", 1.0)
        for symbol in _listed(row["symbols"]):
            symbols.setdefault(key_of(symbol), replace(unit, bare=symbol == "$"))
        symbols.setdefault((row["code"],), unit)
        for spelling in _listed(row["words"]):
            for form in _forms(spelling):
                words.setdefault(key_of(form), replace(unit, bare=spelling in shared[0]))
        hundredth = replace(unit, factor=0.01, minor=True)
        for spelling in _listed(row["minor"]):
            cents = replace(hundredth, bare=spelling in shared[1])
            if not spelling[0].isalpha():
                symbols.setdefault(key_of(spelling), replace(hundredth, bare=True))
                continue
            for form in _forms(spelling):
                words.setdefault(key_of(form), cents)
    return symbols, words


def _shared(column: str) -> frozenset[str]:
    """The spellings of one word that end the names of several currencies (dollar, cent)."""
    owners: Counter[str] = Counter()
    for row in reference("currencies"):
        forms = _listed(row[column])
        owners.update({form.rsplit(" ", 1)[-1].split("/")[0] for form in forms})
    return frozenset(
        spelling
        for row in reference("currencies")
        for spelling in _listed(row[column])
        if " " not in spelling and owners[spelling.split("/")[0]] > 1
    )


@cache
def transliterated() -> Units:
    """What is left of a currency's sign where a text was made ASCII (PS for £)."""
    return {
        key_of(symbol): currencies()[0][(row["code"],)]
        for row in reference("currencies")
        for symbol in _listed(row["ascii"])
    }


@cache
def currency_codes() -> Units:
    """ISO codes alone, for MUSD and usd."""
    return {
        key: unit for key, unit in currencies()[0].items() if len(key) == 1 and len(key[0]) == 3
    }


@cache
def _by_country() -> dict[tuple[str, str], Unit]:
    """(country, last word of a currency's name) -> currency: what "dollars" means there."""
    found: dict[tuple[str, str], Unit] = {}
    for row in reference("currencies"):
        if row["country"]:
            unit = Unit(row["code"], row["name"], "money", 1.0)
            for spelling in _listed(row["words"]):
                found.setdefault((row["country"], _forms(spelling)[0].split()[-1]), unit)
    return found


def localised(unit: Unit, country: str | None) -> Unit:
    """A bare currency (dollars, $) as publishers of that country mean it."""
    if not unit.bare or not country:
        return unit
    noun = unit.name.lower().split()[-1]
    local = _by_country().get((country, noun))
    return replace(local, factor=unit.factor, minor=unit.minor, bare=True) if local else unit


@cache
def unit_of(code: str) -> Unit:
    """The unit or currency of a code. Raises ``KeyError`` for one that no table has."""
    for row in reference("units"):
        if row["code"] == code:
            return Unit(code, row["name"], row["dimension"], float(row["factor"] or 0))
    return currencies()[0][(code,)]


def aged(duration: Unit) -> Unit | None:
    """The unit of an age that is told in a duration; None if none is."""
    if duration.dimension != "duration" or duration.code not in _AGES:
        return None
    return replace(duration, dimension="age", factor=0.0)


@cache
def years_of_age() -> Unit:
    unit = aged(unit_of("a"))
    assert unit is not None
    return unit


def degrees_of_heat(country: str | None) -> Unit:
    """Bare degrees as publishers of a country mean them; of no scale where it is not known."""
    if not country:
        return replace(unit_of("deg"), dimension="temperature", factor=0.0)
    for row in reference("units"):
        if country in _listed(row["publishers"]):
            return unit_of(row["code"])
    return unit_of("Cel")


def is_home(unit: Unit, country: str | None) -> bool:
    """Whether publishers of a country pay in the currency."""
    return any(
        row["code"] == unit.code and row["country"] == country for row in reference("currencies")
    )


@cache
def rates() -> dict[Key, tuple[str, str]]:
    """Code and name of what a rate is over (a month, a barrel), by its spelling."""
    return {key_of(row["word"]): (row["code"], row["name"]) for row in reference("rates")}


def spellings() -> Iterator[tuple[str, Unit]]:
    """Every spelling with its unit, for the tests."""
    for table in (*measures(), *currencies()):
        for key, unit in table.items():
            yield " ".join(key), unit
