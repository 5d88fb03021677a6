"""``dateline diff``: what came, went and changed between two states of the lake."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.command.group import BAD_DATA, DONE, Globals, common_options

if TYPE_CHECKING:
    from rich.console import Console

    from warehouse.comparing import TableChange
    from warehouse.differences import Differences
    from warehouse.history import Snapshot

#: How many characters of a value are shown, and of a row.
_SHOWN, _ROW = 60, 110
#: Nothing of a value is cut before it is compared with another.
_WHOLE = sys.maxsize
#: What tells a row from others, where it has them; of other tables all columns do.
_TELLING = ("surface", "name", "title", "counted", "entity_type", "event_type", "speaker", "place")
_DIGEST = re.compile(r"[0-9a-f]{64}")
#: Tables of which rows say nothing to a person.
_COUNTED_ONLY = frozenset({"bands"})


@click.command(short_help="Say what changed between two states.")
@click.argument("before", metavar="[A]", required=False)
@click.argument("after", metavar="[B]", required=False)
@click.option("--run", metavar="RUN", help="What this run, or the last one (last), changed.")
@click.option("--table", metavar="NAME", help="Compare this table alone.")
@click.option("--source", metavar="NAME", help="Compare what is of this source alone.")
@click.option("--article", metavar="ID", help="Compare what is of this article alone.")
@click.option(
    "--samples",
    type=click.IntRange(0),
    default=3,
    show_default=True,
    metavar="N",
    help="Show N rows that came, went and changed, by table and column.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    help="text for a person, json for programs.  [default: by the end of --out's name, else text]",
)
@click.option("--out", metavar="FILE", help="Write into this file.")
@click.option("--exit-code", is_flag=True, help="Let the exit code be 1 if there are differences.")
@common_options
@click.pass_obj
def diff(
    shared: Globals,
    before: str | None,
    after: str | None,
    run: str | None,
    table: str | None,
    source: str | None,
    article: str | None,
    samples: int,
    form: str | None,
    out: str | None,
    exit_code: bool,
) -> int:
    """Say what came, went and changed from state A of the lake to state B.

    A and B are snapshots, runs (as the lake was after them) or times, as in `dateline sql --at`;
    without B, A is compared to the lake as it is. Rows are known by the keys of their tables and
    compared by all columns but those that only say in which run or when something was done. For
    each table it shows how many rows came and went, and for each column how many of the rows that
    stayed have another value, with examples. A row that was only written anew is no difference.

    \b
    Examples:
      $ dateline diff --run last
      $ dateline diff 2025-05-01 --table figures --samples 10
      $ dateline diff 20250501T060000Z-kqzxwvut 20250502T060000Z-mnopqrst --format json
    """
    from flows.command.results import Utf8, console, opened
    from flows.errors import UsageError
    from warehouse.differences import Only, differences, of_run

    if (before is None) == (run is None):
        raise UsageError("name a state A to compare with, or a run with --run, and not both")
    lake = shared.settings().lake
    only = Only(table, source, article)
    if run is not None:
        found = of_run(lake, run, only=only, samples=samples)
    else:
        assert before is not None
        found = differences(lake, before, after, only=only, samples=samples)
    json_wanted = form == "json" or (form is None and Path(out or "").suffix.lower() == ".json")
    with opened(out) as stream:
        if json_wanted:
            stream.write(f"{json.dumps(as_json(found), ensure_ascii=False, indent=1)}\n".encode())
        else:
            _print(found, console(Utf8(stream) if out else None))
    return BAD_DATA if exit_code and found.differs else DONE


def as_json(found: Differences) -> dict[str, Any]:
    """The differences in JSON's types: the states, the tables that differ, and the names of those
    that are the same."""
    from flows.command.values import to_plain

    told = {
        "before": _state(found.before),
        "after": _state(found.after),
        "tables": [
            {
                "table": one.table,
                "rows_before": one.rows_before,
                "rows_after": one.rows_after,
                "added": one.added,
                "removed": one.removed,
                "changed": one.changed,
                "only_in": one.only_in,
                "new_columns": one.new_columns,
                "gone_columns": one.gone_columns,
                "came": one.came,
                "went": one.went,
                "columns": [
                    {
                        "column": column.column,
                        "rows": column.rows,
                        "samples": [
                            {"key": sample.key, "old": sample.old, "new": sample.new}
                            for sample in column.samples
                        ],
                    }
                    for column in one.columns
                ],
            }
            for one in found.tables
            if one.differs
        ],
        "same": [one.table for one in found.tables if not one.differs],
    }
    plain: dict[str, Any] = to_plain(told)
    return plain


def _state(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "snapshot": snapshot.number,
        "committed_at": snapshot.committed_at,
        "run": snapshot.run,
        "batch": snapshot.batch,
        "message": snapshot.message,
    }


def _print(found: Differences, to: Console) -> None:
    from rich.text import Text

    from flows.command.results import print_table
    from flows.errors import shown

    for name, state in (("A", found.before), ("B", found.after)):
        message = f": {state.message}" if state.message else ""
        told = f"snapshot {state.number}, {state.committed_at:%Y-%m-%d %H:%M:%S} UTC{message}"
        to.print(Text(shown(f"{name}  {told}")), soft_wrap=True)
    to.print()
    differing = [one for one in found.tables if one.differs]
    both = [one for one in differing if one.only_in is None]
    if both:
        heads = ("table", "rows in A", "rows in B", "came", "went", "changed")
        rows = [(o.table, o.rows_before, o.rows_after, o.added, o.removed, o.changed) for o in both]
        print_table(heads, rows, to)
    for side, where in (("A", "before"), ("B", "after")):
        names = [one.table for one in differing if one.only_in == where]
        if names:
            to.print(f"tables that only {side} has: {', '.join(names)}", soft_wrap=True)
    same = len(found.tables) - len(differing)
    if same:
        to.print(f"{same} {'other ' if differing else ''}tables are the same")
    for one in both:
        for line, style in _lines(one):
            to.print(Text(shown(line), style=style), soft_wrap=True)


def _lines(one: TableChange) -> Iterator[tuple[str, str]]:
    """What there is to say of a table, each line with its style."""
    samples = one.table not in _COUNTED_ONLY
    columns = [column for column in one.columns if column.samples] if samples else []
    told = [
        (f"columns that only {side} has: {', '.join(names)}", "")
        for side, names in (("B", one.new_columns), ("A", one.gone_columns))
        if names
    ]
    if samples:
        for sign, style, rows in (("+", "green", one.came), ("-", "red", one.went)):
            told += [(f"{sign} {_row(one.key, row)}", style) for row in rows]
    if not (told or columns):
        return
    yield "", ""
    yield one.table, "bold"
    yield from ((f"  {line}", style) for line, style in told)
    for column in columns:
        many = "1 row" if column.rows == 1 else f"{column.rows:,} rows"
        yield f"  {column.column}: {many}", "cyan"
        for sample in column.samples:
            old, new = apart(_text(sample.old), _text(sample.new))
            about = _about(sample.row, column.column)
            yield f"    {_key(sample.key)}{about}: {old} -> {new}", ""


def apart(old: str, new: str, width: int = _SHOWN) -> tuple[str, str]:
    """Two texts, of each no more than ``width`` characters around where they begin to differ."""
    if max(len(old), len(new)) <= width:
        return old, new
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    start = max(same - width // 3, 0)
    return _cut(old, start, width), _cut(new, start, width)


def _cut(text: str, start: int, width: int) -> str:
    before = "…" if start > 0 else ""
    after = "…" if len(text) > start + width else ""
    return f"{before}{text[start : start + width]}{after}"


def _text(value: Any) -> str:
    """A value, a text in quotes; of a digest of bytes its beginning."""
    from flows.command.values import to_cell

    if not isinstance(value, str):
        return to_cell(value, _WHOLE)
    return f"“{f'{value[:12]}…' if _DIGEST.fullmatch(value) else to_cell(value, _WHOLE)}”"


def _bare(value: Any) -> str:
    """A value without quotes."""
    text = _text(value)
    return text[1:-1] if isinstance(value, str) else text


def _key(key: Mapping[str, Any]) -> str:
    return " ".join(_bare(value) for value in key.values())


def _about(row: Mapping[str, Any], column: str) -> str:
    """What a row is about, in brackets; nothing if it does not say."""
    surface = row.get("surface") or row.get("name") or row.get("title")
    if not isinstance(surface, str) or column in ("surface", "name", "title"):
        return ""
    return f" ({_cut(' '.join(surface.split()), 0, 40)})"


def _row(key: Sequence[str], row: Mapping[str, Any]) -> str:
    """A row in a line: its key, and what tells it from others."""
    telling = [name for name in _TELLING if name not in key and row.get(name) is not None]
    names = telling or [name for name in row if name not in key and row[name] is not None]
    said = ", ".join(f"{name} {_cut(_bare(row[name]), 0, _SHOWN)}" for name in names)
    told = _key({name: row[name] for name in key})
    return _cut(f"{told}  {said}".strip(), 0, _ROW)
