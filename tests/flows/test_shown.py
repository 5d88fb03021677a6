"""What others wrote steers no terminal, log or page."""

from __future__ import annotations

import logging
from pathlib import Path

from click.testing import CliRunner

from expectations.markup import escape
from flows.command.cli import cli
from flows.command.values import to_cell
from flows.errors import shown
from flows.logs import Shown
from flows.progress import Lines

EVIL = "a\x1b[31mred\x07\u202egpj.exe\x9b2J"


def test_control_characters_are_shown_by_their_numbers() -> None:
    assert shown(EVIL) == r"a\x1b[31mred\x07\u202egpj.exe\x9b2J"
    assert shown("half \ud800 of a pair") == r"half \ud800 of a pair"
    assert shown("Zoë reads 北京\tand\nאבג") == "Zoë reads 北京\tand\nאבג"
    assert to_cell(EVIL, 80).isprintable()


def test_progress_and_logs_say_them_so() -> None:
    said: list[str] = []
    Lines(said.append).say(EVIL)
    Lines(said.append).batch(EVIL)
    record = logging.LogRecord("flows", logging.INFO, "", 0, "%s", (EVIL,), None)
    said.append(Shown("%(message)s").format(record))
    assert said == [shown(EVIL)] * 3


def test_the_reports_page_turns_no_direction() -> None:
    assert escape(f"<b>{EVIL}") == "&lt;b&gt;a[U+001B][31mred[U+0007][U+202E]gpj.exe[U+009B]2J"
    assert escape("Zoë reads 北京\tand אבג") == "Zoë reads 北京\tand אבג"


def test_a_name_of_a_setting_reaches_the_terminal_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["extract", str(tmp_path / f"{EVIL}.txt")])
    assert result.exit_code == 64
    assert r"a\x1b[31mred" in result.stderr
    assert "\x1b" not in result.stderr
