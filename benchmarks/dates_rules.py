"""The rules of the temporal grammar with an example each, for docs/dates.md.

``python -m benchmarks.dates_rules`` writes the table between the page's marks anew. The examples
are the first of each rule in benchmarks/gold/dates.*.jsonl, so that every one is held by a test;
another fails when the page is out of date or a rule has no example.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.dates import article, read_lines
from transforms.dates import read_dates
from transforms.dates.en.rules import STAGES
from transforms.parse import parse
from warehouse.tables import Row

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "dates.md"
BEGIN, END = "<!-- rules: begin -->\n", "<!-- rules: end -->\n"

#: Rules that read parts of expressions (numbers, hours, ages), which are in no row by themselves.
HELPERS = frozenset(("early_hours", "hundred_hours", "spoken_clock", "age"))
#: Rules outside the stages: of names and figures, and of a clause after the grammar.
WORDS = ("named", "numeric_date", "length_after_event")


def examples() -> dict[str, Row]:
    """The first row of our gold that each rule reads."""
    found: dict[str, Row] = {}
    for document in read_lines(ROOT / "benchmarks" / "gold" / "dates.docs.jsonl"):
        for row in read_dates(parse(article(document))):
            found.setdefault(row["rule"], row)
    return found


def stages() -> Iterator[tuple[str, list[str]]]:
    """Each stage of the grammar with the rules whose readings are rows, in their order."""
    yield "words", list(WORDS)
    for stage in STAGES:
        names = list(dict.fromkeys(rule.name for rule in stage.rules))
        if stage.name != "numbers":
            yield stage.name, [name for name in names if name not in (*HELPERS, *WORDS)]


def table() -> str:
    """The rules as Markdown. Raises ``KeyError`` for a rule without an example."""
    found = examples()
    lines = ["| stage | rule | example | published | value | first day | last day |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- |")
    for stage, names in stages():
        for name in names:
            row = found[name]
            surface = " ".join(row["surface"].split())
            days = [str(row[key] or "") for key in ("date_start", "date_end")]
            cells = [stage, name, surface, str(row["published_date"]), row["value"] or "", *days]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def page(text: str) -> str:
    """The page with its table made anew."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}{table()}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
