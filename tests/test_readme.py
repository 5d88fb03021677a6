"""What the README tells a newcomer: the first run, its question and its answer."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.flows.commands import dateline
from tests.jobs import Samples

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
#: What a first run over the samples says.
FIRST_RUN = "39 inputs = 35 new + 1 revised + 0 unchanged + 1 duplicates + 2 rejects"

pytestmark = pytest.mark.long


def test_the_first_run_answers_the_question_as_the_readme_says(samples: Samples) -> None:
    """That ``dateline run`` by itself makes the same lake is a test of releases."""
    assert samples.job.code == 0, samples.job.told
    assert (samples.lake / "prefect" / "prefect.db").is_file()
    assert FIRST_RUN in samples.job.told

    [command] = re.findall(r"^\.venv/bin/(dateline sql .+)$", README, flags=re.MULTILINE)
    asked = dateline(*shlex.split(command)[1:], cwd=samples.folder)
    [answer] = re.findall(r"```json\n(.+?)```", README, flags=re.DOTALL)
    assert json.loads(asked.stdout) == json.loads(answer)


def test_every_command_of_the_readme_exists() -> None:
    help_text = dateline("--help", cwd=ROOT).stdout
    for name in set(re.findall(r"dateline (\w+)", README)):
        assert re.search(rf"^\s+{name}\b", help_text, flags=re.MULTILINE), name
