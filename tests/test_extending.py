"""The page for those who add: its files, tests and commands exist, its lines fit their files."""

from __future__ import annotations

import csv
import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

from expectations.model import Rule
from expectations.rules import dates
from flows.command.cli import COMMANDS
from warehouse.tables import Row

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([\w.]+/[\w./]+)(?:::(\w+))?`", PAGE)))
#: The table that a section is about, and the lines of it that the section shows.
ROWS = re.findall(
    r"^`(seeds/reference/\w+\.csv)`[^`]*```csv\n(.+?)\n(.+?)\n```", PAGE, re.MULTILINE
)


@pytest.mark.parametrize(("path", "test"), NAMED, ids=["::".join(one) for one in NAMED])
def test_what_it_names_exists(path: str, test: str) -> None:
    assert (ROOT / path).exists()
    if test:
        code = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(rf"^def {test}\(", code, flags=re.MULTILINE)


@pytest.mark.parametrize(("path", "head", "row"), ROWS, ids=[path for path, _, _ in ROWS])
def test_a_line_it_shows_has_the_columns_of_its_table(path: str, head: str, row: str) -> None:
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    assert head == next(line for line in lines if not line.startswith("#"))
    shown, columns = next(csv.reader([row])), head.split(",")
    assert len(shown) == len(columns)


def test_it_shows_a_line_of_each_table() -> None:
    assert len(ROWS) == PAGE.count("```csv\n") == 7


def test_its_commands_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`make (\w+)`", PAGE)):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target
    for module in set(re.findall(r"python -m ([\w.]+)", PAGE)):
        assert importlib.util.find_spec(module), module
    assert set(re.findall(r"(?:^|`)dateline (\w+)", PAGE, flags=re.MULTILINE)) <= set(COMMANDS)


def test_the_check_it_shows_is_one() -> None:
    [code] = re.findall(r"^```python\n(@rule.+?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
    rules: list[Rule] = []
    room: dict[str, Any] = {**vars(dates), "RULES": rules}
    exec(code, room)
    [made] = rules
    rows: list[Row] = [{"date_start": "2026-03-06", "granularity": size} for size in ("day", None)]
    assert [made.holds(row, room["Batch"]) for row in rows] == [True, False]
