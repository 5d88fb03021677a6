"""The tables of docs/dates.md: the rules of the temporal grammar, the reasons why what looks like
a time is left out, and the ways in which an expression comes by its days, each with an example.

``python -m benchmarks.dates_rules`` writes the tables between the page's marks anew. The examples
of rules are the first of each in benchmarks/gold/dates.gold.jsonl, those of reasons and ways stand
in benchmarks/gold/dates.explained.jsonl, so that every one is held by a test; another fails when
the page is out of date or a name has no example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.dates import article, read_lines
from benchmarks.pages import renewed
from transforms.dates import read_dates, study_dates
from transforms.dates.en.reasons import REASONS
from transforms.dates.en.rules import STAGES
from transforms.dates.ways import WAYS
from transforms.parse import parse
from warehouse.tables import Row

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "dates.md"
GOLD = ROOT / "benchmarks" / "gold"

#: Rules that read parts of expressions (numbers, hours, ages), which are in no row by themselves.
HELPERS = frozenset(("early_hours", "hundred_hours", "spoken_clock", "age"))
#: Rules outside the stages: of names and figures, of a clause after the grammar, of what recurs.
WORDS = (
    "named",
    "numeric_date",
    "length_after_event",
    "any_weekday",
    "habit",
    "timetable",
    "our_day",
    "one_day",
)


def examples() -> dict[str, Row]:
    """The first row of our gold that each rule reads."""
    found: dict[str, Row] = {}
    for document in read_lines(GOLD / "dates.docs.jsonl"):
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


def rules() -> Iterator[Sequence[str]]:
    """The rules. Raises ``KeyError`` for one without an example."""
    found = examples()
    yield "stage", "rule", "example", "published", "value", "first day", "last day"
    for stage, names in stages():
        for name in names:
            row = found[name]
            surface = " ".join(row["surface"].split())
            days = [str(row[key] or "") for key in ("date_start", "date_end")]
            yield stage, name, surface, str(row["published_date"]), row["value"] or "", *days


def explained(kind: str) -> dict[str, dict[str, Any]]:
    """The example of each reason (``kind`` "reason") or way ("way") by its name."""
    lines = read_lines(GOLD / "dates.explained.jsonl")
    return {line[kind]: line for line in lines if kind in line}


def reasons() -> Iterator[Sequence[str]]:
    """The reasons of refusals. Raises ``KeyError`` for one without an example."""
    found = explained("reason")
    yield "reason", "what it says", "left out", "example"
    for name, description in REASONS.items():
        yield name, description, found[name]["surface"], found[name]["text"]


def ways() -> Iterator[Sequence[str]]:
    """The ways to the days of an expression. Raises ``KeyError`` for one without an example."""
    found = explained("way")
    yield "way", "what it says", "read", "first day", "last day", "tense", "example", "published"
    for name, description in WAYS.items():
        example = found[name]
        studied = study_dates(parse(article({"doc_id": name, **example})))
        row = next(r for r in studied.rows if r["surface"] == example["surface"])
        days = [str(row[key] or "") for key in ("date_start", "date_end")]
        tense = studied.traces[row["date_id"]].tense
        asked = "not asked" if tense is None else tense or "none"
        yield name, description, row["surface"], *days, asked, example["text"], example["dct"]


#: The tables of the page by the name of their marks.
TABLES: Mapping[str, Callable[[], Iterator[Sequence[str]]]] = {
    "rules": rules,
    "ways": ways,
    "reasons": reasons,
}


def markdown(lines: Iterator[Sequence[str]]) -> str:
    """A table, whose first line is its head."""
    head, *rest = lines
    rows = [head, ["---"] * len(head), *rest]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)


def page(text: str) -> str:
    """The page with its tables made anew."""
    for name, lines in TABLES.items():
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
        text = renewed(text, begin, end, markdown(lines()))
    return text


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
