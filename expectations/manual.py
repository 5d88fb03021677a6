"""The page of all expectations of rows and batches, docs/quality.md, derived from the suites.

``python -m expectations.manual`` writes it anew, and docs/quality-whole.md beside it
(:mod:`expectations.whole.manual`); a test fails while one differs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from expectations.catalogue import catalogue
from expectations.model import PARENT_PASSED, Expectation, Rule
from expectations.totals import Limits
from expectations.whole import manual as whole
from warehouse.tables import ARTICLE_TABLES, Table

PAGE = Path(__file__).parents[1] / "docs" / "quality.md"

_HEAD = """\
# The checks

<!-- Derived from the suites: run `python -m expectations.manual` to write it anew. -->

Before a batch is published, every expectation on this page is asked of its rows. Each has one of
four outcomes:

- **passed**: it held for all rows that it was asked of.
- **failed**: the data is bad. Of a *row* expectation, the failing rows go to the table
  `quarantine`, each with what was expected and what was found, and the others are published. Of
  an *aggregate* expectation, nothing of the batch is published and the run ends with exit code 1.
- **warned**: of a *warning*, some rows look as rows that were read correctly seldom look. They are
  published, and named with what was found in the table `warnings`, in the report and by the run;
  the exit code stays the same. `FROM warnings JOIN figures ON row_id = figure_id` shows the figures
  to look at first; `figure_id NOT IN (SELECT row_id FROM warnings)` leaves them out.
- **broke**: it could not be asked (a rule raised, a column was missing). That says nothing about
  the data. Nothing of the batch is published, and the run ends with exit code 2.

A check never alters a row. Rows that depend on a row in quarantine follow it there
(`parent_passed`): all rows of a quarantined article, a mention of a quarantined entity, a figure
whose as-of date, place or source is in quarantine. So every row that a published row points at is
published too, and `rows made = rows published + rows in quarantine`, each row counted once however
many expectations it failed. Rows that share a key all go to quarantine, since nothing says which of
them is right; their row ids are numbered (`...`, `...#2`).

A row that passed passes again when it is asked later, beside the rows in quarantine: an entity
counts all its mentions, those in quarantine too, and may start before the first one that passed.

A written rule is asked only of rows whose types, nulls, allowed values, patterns and key are right,
and whose article's are. A null end, link or the like passes unless a rule says otherwise.

The outcomes are in the table `quality`, one row for each expectation, batch and run. For people
they are in `report/index.html` in the lake's folder, for programs in `report.json` beside it, and
in `data_docs/` as Great Expectations shows them. `dateline check` asks every expectation again of
all that the lake holds, and what is expected of it as a whole: files, keys and references over all
tables, volumes and shares, against an earlier state, too ([quality-whole.md](quality-whole.md)).

The time of publication is compared with when the article was fetched, not with when it is checked:
nothing can have been published after it was fetched (one day is allowed for clocks and time zones).
So the answer is the same on whichever day the article is built again.
"""

_AGGREGATES = """\
## Of a run as a whole

Aggregate expectations look at the run's counts so far, from {from_articles} articles on: fewer say
too little. `no_sudden_drop` compares a batch of at least {batch_articles} English articles with
what the run had before it: a reader that falls silent shows there first. Limits with a setting:
`max_no_entity_share`, `max_undated_share`, `max_quarantine_share`.
"""


def manual() -> str:
    """The page as Markdown."""
    lines = [_HEAD]
    expectations = catalogue()
    for table in ARTICLE_TABLES:
        lines += _of(table, [one for one in expectations if one.table == table.name])
    limits = Limits()
    lines.append(
        _AGGREGATES.format(from_articles=limits.from_articles, batch_articles=limits.batch_articles)
    )
    lines += _rows(
        ("table", "expectation", "expected"),
        [
            (one.table, f"`{one.name}`", one.description)
            for one in expectations
            if one.kind == "aggregate" and one.name != "columns"
        ],
    )
    return "\n".join(lines) + "\n"


def _of(table: Table, expectations: Sequence[Expectation]) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield "Derived from its declaration:\n"
    yield from _rows(("expectation", "columns", "expected"), _derived(expectations))
    rules = [one for one in expectations if isinstance(one, Rule)]
    for title, warns in (("Written", False), ("Warnings", True)):
        some = [one for one in rules if (one.kind == "warning") is warns]
        if some:
            yield f"\n{title}:\n"
            cells = [(f"`{one.name}`", one.column or "", one.description) for one in some]
            yield from _rows(("expectation", "column", "expected"), cells)
    yield ""


def _derived(expectations: Sequence[Expectation]) -> list[tuple[str, str, str]]:
    """One line for each kind of promise that columns share, else one for each column."""
    lines: dict[tuple[str, str], list[str]] = {}
    for one in expectations:
        if isinstance(one, Rule) or (one.kind == "aggregate" and one.name != "columns"):
            continue
        shared = {
            "type": "a value of the declared type, nothing cut or converted in silence",
            PARENT_PASSED: "the row that it points at to pass",
        }
        description = shared.get(one.name, one.description)
        lines.setdefault((one.name, description), []).append(one.column or "")
    return [
        (
            f"`{name}`",
            "every column" if name == "type" else ", ".join(filter(None, columns)),
            description,
        )
        for (name, description), columns in lines.items()
    ]


def _rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def main() -> None:
    for page, text in ((PAGE, manual()), (whole.PAGE, whole.manual())):
        page.write_text(text, encoding="utf-8")
        sys.stdout.write(f"wrote {page}\n")


if __name__ == "__main__":
    main()
