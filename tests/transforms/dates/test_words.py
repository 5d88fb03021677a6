"""A word of time has one home, and only the language's own package knows words."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import transforms.dates
from transforms.dates import meanings as m
from transforms.dates.anchors import Resolved
from transforms.dates.en.rules import STAGES
from transforms.dates.en.vocabulary import lexicon
from transforms.dates.patterns import UNKNOWN, class_name
from transforms.dates.periods import SEASON_CODES, UNITS
from transforms.dates.timex import CODES
from transforms.dates.ways import WAYS
from transforms.reference import reference
from transforms.time_words import names_of
from transforms.words import time_words
from warehouse.tables import DATES

WORDS = [row["word"] for row in reference("time_words")]
ENGINE = sorted(Path(transforms.dates.__file__).parent.glob("*.py"))


def test_no_word_of_time_stands_twice() -> None:
    assert [word for word, count in Counter(WORDS).items() if count > 1] == []
    phrases = {row["phrase"] for row in reference("time_phrases")}
    named = {name for row in reference("named_days") for name in row["names"].split("/")}
    assert not phrases & set(WORDS)
    assert not named & set(WORDS)


def test_numbers_and_units_stand_in_their_own_tables() -> None:
    kinds = ("unit", "ten", "hundred", "scale", "group", "ordinal")
    numbers = {row["word"] for row in reference("number_words") if row["kind"] in kinds}
    # a second is a unit before it is a number
    assert numbers & set(WORDS) == {"second"}
    units = {
        name
        for row in reference("units")
        if row["dimension"] == "duration"
        for names in names_of(row["words"])
        for name in names
    }
    assert units & set(WORDS) == {"second"}


def test_months_of_english_stand_once() -> None:
    months = time_words("MONTH", "GMONTH")
    others = {name for row in reference("month_names") for name in row["names"].split(";")}
    assert len(months) == 24  # May has no short form, September two
    assert not months & others


def test_a_word_in_a_pattern_is_a_word_of_its_own_class() -> None:
    known = lexicon().words
    for stage in STAGES:
        for rule in stage.rules:
            named = re.sub(r"\w+=", "", rule.pattern)
            for name in re.findall(r"\b[a-z]+\b", named):
                assert class_name(known[name][0]) == name, f"rule {rule.name}: {name}"


def test_numbers_and_units_have_the_classes_of_their_grammar() -> None:
    assert {"one", "nine"} <= time_words("WONE")
    assert {"million", "billion"} <= time_words("WSCALE")
    assert {"first", "thirtieth"} <= time_words("ORD")
    assert {"year", "fortnight", "millennium"} <= time_words("UNIT")
    assert {"years", "centuries", "millennia", "quarters"} <= time_words("UNITS")
    assert time_words("SECOND") == {"second"}
    assert time_words("QUARTER") == {"quarter"}
    assert "zero" not in lexicon().words


# ---- the engine above the language

#: Names of the engine's own that its code compares with, beside those declared elsewhere: slots,
#: anchors, the patterns of TIMEX3, the rules of named_days.csv and the marks of their library.
LABELS = frozenset(
    """
    publication reference event dom dates date slot
    XX XXXX WXX QX TXX XXTXX PT WE BC PAST_REF PRESENT_REF FUTURE_REF Pday
    arranged beside
    named_days names country easter orthodox en_US estimated fortnight no_word_of_time
    """.split()  # noqa: SIM905
)


def _declared() -> Iterator[str]:
    """Labels that a declaration of ours has: columns, allowed values, fields, units, ways."""
    for column in DATES.columns:
        yield column.name
        yield from column.allowed or ()
    yield from (*UNITS, *CODES, *CODES.values(), *SEASON_CODES, *WAYS, UNKNOWN)
    for kind in (*vars(m).values(), Resolved):
        if dataclasses.is_dataclass(kind):
            yield kind.__name__ if isinstance(kind, type) else ""
            yield from (field.name for field in dataclasses.fields(kind))
            node = vars(kind).get("node")
            if isinstance(node, str):
                yield node


def _literals(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every string of a module but its docstrings and what it raises."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise):
            skipped.update(ast.walk(node))
        elif isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                skipped.add(first.value)
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).startswith("__"):
            skipped.update(ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.name)
def test_the_engine_knows_no_word(path: Path) -> None:
    allowed = {*LABELS, *_declared()}
    if path.stem == "ways":
        allowed |= {word for says in WAYS.values() for word in re.findall(r"\w+", says)}
    for line, text in _literals(path):
        if text in allowed:
            continue
        unknown = [word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in allowed]
        assert not unknown, f"{path.name}:{line}: {unknown} in {text!r}"


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.name)
def test_the_language_is_met_at_one_door(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported = [name for name in modules if f"{name}.".startswith("transforms.dates.en.")]
    assert imported == (["transforms.dates.en"] if path.stem == "read" else [])
