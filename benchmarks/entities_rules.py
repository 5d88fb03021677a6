"""How names are found, weighed and left out, with examples, for docs/entities.md.

``python -m benchmarks.entities_rules`` writes the tables between the page's marks anew. The
examples lie in benchmarks/gold/entities_rules.jsonl, one a rule (the values of ``mentions.rule``)
and one a reason; a test reads each and finds its rule or reason in it, another fails when the page
is out of date or something declared has no example.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pages import renewed
from transforms.entities.manual import EVIDENCE, MAP_EVIDENCE, REASONS, RULES, VERDICTS

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "entities.md"
EXAMPLES = Path(__file__).parent / "gold" / "entities_rules.jsonl"


@dataclass(frozen=True)
class Example:
    """A text in which the words of ``surface`` are read by a rule, or left out for a reason."""

    name: str
    text: str
    surface: str

    def __str__(self) -> str:
        """The text with the words in bold, line breaks as slashes."""
        position = self.text.rindex(self.surface)
        end = position + len(self.surface)
        marked = f"{self.text[:position]}**{self.surface}**{self.text[end:]}"
        return marked.replace("\n", " / ").replace("|", r"\|")


def examples(column: str) -> dict[str, Example]:
    """The examples of each ``rule`` or ``reason``."""
    lines = EXAMPLES.read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if column in row]
    return {row[column]: Example(row[column], row["text"], row["surface"]) for row in rows}


def table[K: str](declared: Mapping[K, str], column: str) -> Iterator[str]:
    """What is declared with its examples, as Markdown. Raises ``KeyError`` for one without."""
    found = examples(column)
    yield f"| {column} | what it says | example |"
    yield "| --- | --- | --- |"
    for name, line in declared.items():
        yield f"| {name} | {line} | {found[name]} |"


def plain[K: str](declared: Mapping[K, str], column: str) -> Iterator[str]:
    """What is declared without examples, as Markdown."""
    yield f"| {column} | what it says |"
    yield "| --- | --- |"
    for name, line in declared.items():
        yield f"| {name} | {line} |"


def page(text: str) -> str:
    """The page with its tables made anew."""
    made = {
        "rules": table(RULES, "rule"),
        "reasons": table(REASONS, "reason"),
        "evidence": plain(EVIDENCE, "evidence"),
        "map": plain(MAP_EVIDENCE, "evidence"),
        "verdicts": plain(VERDICTS, "verdict"),
    }
    for name, lines in made.items():
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
        text = renewed(text, begin, end, "".join(f"{line}\n" for line in lines))
    return text


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
