"""What may stand in code beside words of grammar: labels, gathered from where they are declared."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path, PurePosixPath
from typing import get_args

from spacy.attrs import IDS
from spacy.glossary import GLOSSARY

from tests.transforms.literals import words_of
from transforms.dates import meanings
from transforms.dates.en.reasons import Reason
from transforms.dates.en.rules import STAGES
from transforms.dates.en.rules.categories import CATEGORIES
from transforms.dates.patterns import class_names
from transforms.dates.timex import CODES
from transforms.dates.ways import Way
from transforms.entities.manual import EVIDENCE, MAP_EVIDENCE, REASONS, RULES, VERDICTS
from transforms.events import rules as events
from transforms.events.frame import Join, Kind, Role
from transforms.figures.en.reasons import Reason as FigureReason
from transforms.figures.rules import STEPS
from transforms.parse import load_model
from transforms.reference import reference
from warehouse.tables import TABLES

ROOT = Path(__file__).parents[2]
#: Columns of reference tables that say how a word is used, and codes of standards (ISO 3166, ISO
#: 4217, UCUM): their values are no words of a text.
_SAYING = {
    "alpha3", "category", "class", "code", "column", "country", "dimension", "direction", "form",
    "kind", "level", "levels", "part", "position", "qualifier", "role", "rule", "use", "uses",
    "value", "where",
}  # fmt: skip


@cache
def of_the_parse() -> frozenset[str]:
    """Labels of the language model: parts, tags, dependencies, entities, features, components, and
    the names of what a token has."""
    nlp = load_model()
    found = {name for name in GLOSSARY if name.isupper()} | set(nlp.pipe_names)
    found |= set(IDS)
    for _, component in nlp.pipeline:
        found |= set(getattr(component, "labels", ()))
        for pattern in getattr(component, "patterns", ()):
            found |= set(words_of(str(pattern["attrs"].get("MORPH", ""))))
    return frozenset(found)


@cache
def of_the_grammar() -> frozenset[str]:
    """Classes, slots, categories, stages and rules of the grammar of dates; its units, why it
    leaves out what looks like a time, and the ways in which it resolves one. How names are found,
    what speaks for them and why they are left out. The rules of figures and of clauses; the kinds,
    roles and joins of frames."""
    found = {*CATEGORIES, *class_names(), *CODES, *get_args(Reason), *get_args(Way)}
    found |= {*RULES, *EVIDENCE, *REASONS, *MAP_EVIDENCE, *VERDICTS}
    found |= {*Kind, *Role, *Join}
    found |= {*FigureReason, *STEPS, *(rule for rules in STEPS.values() for rule in rules)}
    for kind in (events.Mending, events.Step, events.Form, events.Modality, events.Ground):
        found |= {*get_args(kind)}
    found |= {*get_args(events.Siding), *get_args(events.Saying)}
    for stage in STAGES:
        found.add(stage.name)
        for rule in stage.rules:
            found.add(rule.name)
            found |= set(re.findall(r"(\w+)=", rule.pattern))
            found |= {word for word in words_of(rule.pattern) if word != word.lower()}
    for classes in CATEGORIES.values():
        found |= {word for word in words_of(classes) if word != word.lower()}
    found |= {node for kind in vars(meanings).values() if (node := getattr(kind, "node", None))}
    return frozenset(found)


@cache
def of_tables() -> frozenset[str]:
    """Names, columns and allowed values of the declared and of the reference tables."""
    found: set[str] = set()
    for table in TABLES:
        found |= {table.name, *table.column_names}
        found |= {value for column in table.columns for value in column.allowed}
    for path in sorted((ROOT / "seeds" / "reference").glob("*.csv")):
        rows = reference(path.stem)
        found |= {path.stem, *rows[0]}
        for row in rows:
            found |= {v for name in _SAYING & row.keys() for v in row[name].split("|")}
    found |= {word for row in reference("named_days") for word in words_of(row["rule"])}
    zones = {row["abbreviation"] for row in reference("zones")}
    return frozenset(found | zones)


@cache
def reviewed() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """The groups of labels.txt: the modules that they hold for, and their labels."""
    groups: list[tuple[tuple[str, ...], frozenset[str]]] = []
    for block in (Path(__file__).parent / "labels.txt").read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if lines:
            head, *rest = lines
            assert head.startswith("in: "), head
            groups.append((tuple(head.split()[1:]), frozenset(" ".join(rest).split())))
    return tuple(groups)


def holds_for(module: str, where: tuple[str, ...]) -> bool:
    """Whether a module, by its path, is among paths with wildcards or below one of the folders."""
    path = PurePosixPath(module)
    return any(module.startswith(w) if w.endswith("/") else path.match(w) for w in where)


def of_formats(module: str) -> frozenset[str]:
    """The reviewed labels (labels.txt) that hold for a module, named by its path."""
    return frozenset().union(*(names for where, names in reviewed() if holds_for(module, where)))
