"""docs/asking.md: its examples are asked of the sample articles, its commands exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.command.cli import COMMANDS, cli
from tests.jobs import Samples

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "asking.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```console\n\$ dateline (.+)\n((?:.*\n)*?)```", PAGE)


def in_order(told: list[str], printed: list[str]) -> None:
    """Every line that is told is printed, in that order; rules are as wide as they need be."""
    rest = iter(line.rstrip() for line in printed)
    skipped = True
    for line in (one.rstrip() for one in told):
        if line == "...":
            skipped = True
            continue
        found = next(rest, None)
        while skipped and found is not None and found != line:
            found = next(rest, None)
        skipped = False
        assert (set(line), set(found or "")) == ({"─"}, {"─"}) or found == line, line


@pytest.mark.long
def test_the_examples_are_answered_as_the_page_says(
    samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)  # lines are as wide as no terminal asks for
    assert len(EXAMPLES) == 4
    for line, says in EXAMPLES:
        asked = CliRunner().invoke(cli, [*shlex.split(line), "--lake", str(samples.lake)])
        assert asked.exit_code == 0, asked.output
        in_order(says.splitlines(), asked.stdout.splitlines())


def test_its_commands_exist() -> None:
    assert set(re.findall(r"(?:^|`|\$ )dateline (\w+)", PAGE, flags=re.MULTILINE)) <= set(COMMANDS)
