"""What may stand in code beside words of grammar: labels, gathered from where they are declared."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from spacy.parts_of_speech import IDS as PARTS_OF_SPEECH

from tests.transforms.literals import words_of
from transforms.dates import meanings
from transforms.dates.en.rules import STAGES
from transforms.dates.en.rules.categories import CATEGORIES
from transforms.parse import load_model
from transforms.reference import reference
from warehouse.tables import TABLES

ROOT = Path(__file__).parents[2]
#: Columns of reference tables that say how a word is used, and codes of standards (ISO 3166, ISO
#: 4217, UCUM): their values are no words of a text.
_SAYING = {
    "alpha3", "category", "class", "code", "column", "country", "dimension", "direction", "form",
    "kind", "level", "part", "position", "qualifier", "role", "rule", "use", "uses", "value",
    "where",
}  # fmt: skip


@cache
def of_the_parse() -> frozenset[str]:
    """Labels of the language model: parts, tags, dependencies, entities, features, components."""
    nlp = load_model()
    found = {
        label for name in nlp.pipe_names for label in getattr(nlp.get_pipe(name), "labels", ())
    }
    found |= {str(name) for name in PARTS_OF_SPEECH} | set(nlp.pipe_names)
    for pattern in nlp.get_pipe("attribute_ruler").patterns:
        found |= set(words_of(str(pattern["attrs"].get("MORPH", ""))))
    return frozenset(found)


@cache
def of_the_grammar() -> frozenset[str]:
    """Classes, slots, categories, stages and rules of the grammar of dates."""
    found = set(CATEGORIES)
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
def _reviewed() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """The groups of labels.txt: the modules they hold for, and their labels."""
    groups: list[tuple[tuple[str, ...], frozenset[str]]] = []
    for block in (Path(__file__).parent / "labels.txt").read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if lines:
            head, *rest = lines
            assert head.startswith("in: "), head
            groups.append((tuple(head.split()[1:]), frozenset(" ".join(rest).split())))
    return tuple(groups)


def of_formats(module: str) -> frozenset[str]:
    """The reviewed labels (labels.txt) that hold for a module, named by its path."""
    return frozenset().union(
        *(labels for where, labels in _reviewed() if any(fnmatch(module, glob) for glob in where))
    )
