"""The cookbook's queries over a lake of the samples, and the answers as the page shows them.

``python -m tests.cookbook LAKE`` writes the answers of docs/cookbook.md anew.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from flows.command.results import console, write_table
from warehouse.reader import query

PAGE = Path(__file__).parent.parent / "docs" / "cookbook.md"
_RECIPE = re.compile(r"```sql\n(.+?)```\n\n```text\n(.*?)```", re.DOTALL)


def recipes() -> list[tuple[str, str]]:
    """Each query of the page with the answer below it."""
    return _RECIPE.findall(PAGE.read_text(encoding="utf-8"))


def answer(sql: str, lake: Path) -> str:
    """What ``dateline sql`` prints for a query, without spaces at the ends of lines."""
    rows = query(sql, path=lake)
    told = io.StringIO()
    columns = [column.to_pylist() for column in rows.columns]
    write_table(rows.column_names, zip(*columns, strict=True), console(told))
    return "\n".join(line.rstrip() for line in told.getvalue().splitlines()) + "\n"


def main(lake: str) -> None:
    """The command."""
    page = PAGE.read_text(encoding="utf-8")
    told = _RECIPE.sub(
        lambda one: f"```sql\n{one[1]}```\n\n```text\n{answer(one[1], Path(lake))}```", page
    )
    PAGE.write_text(told, encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
