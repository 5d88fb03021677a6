"""What the README tells a newcomer: the first run, its question and its answer."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import LIMIT

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.long


def dateline(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATELINE_", "PREFECT_"))}
    return subprocess.run(
        [sys.executable, "-m", "flows.command", *arguments],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )


def test_the_first_run_answers_the_question_as_the_readme_says(tmp_path: Path) -> None:
    first = dateline(tmp_path, "run")
    assert first.returncode == 0, first.stderr
    assert (tmp_path / "lake" / "prefect" / "prefect.db").is_file()
    assert "27 inputs = 24 new + 1 revised + 0 unchanged + 1 duplicates + 1 rejects" in first.stdout

    [command] = re.findall(r"^\.venv/bin/(dateline sql .+)$", README, flags=re.MULTILINE)
    asked = dateline(tmp_path, *shlex.split(command)[1:])
    [answer] = re.findall(r"```json\n(.+?)```", README, flags=re.DOTALL)
    assert json.loads(asked.stdout) == json.loads(answer)


def test_every_command_of_the_readme_exists() -> None:
    help_text = dateline(ROOT, "--help").stdout
    for name in set(re.findall(r"dateline (\w+)", README)):
        assert re.search(rf"^\s+{name}\b", help_text, flags=re.MULTILINE), name
