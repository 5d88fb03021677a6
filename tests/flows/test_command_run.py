"""The command in processes of its own: a whole run, and Ctrl-C."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flows.commands import Command

pytestmark = pytest.mark.long
Start = Callable[..., Command]

FLOOD = (
    "Published on: 2025/04/28 10:00\n"
    "At least 40 people were killed in floods in Nepal on Sunday, the police said.\n"
)


@pytest.mark.usefixtures("lake")
def test_a_run_and_the_questions_after_it(tmp_path: Path, dateline: Start) -> None:
    """Without a server: a private one comes with the run, and nobody is left after it."""

    def done(*arguments: str) -> Command:
        command = dateline(*arguments, cwd=tmp_path)
        assert command.ended() == 0, command.err
        return command

    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "empty.txt").write_text("")
    (tmp_path / "news" / "flood.txt").write_text(FLOOD)
    first = done("run", "news")
    assert "2 inputs = 1 new + 0 revised + 0 unchanged + 0 duplicates + 1 rejects" in first.out
    assert not [word for word in ("Beginning flow", "prefect", "Traceback") if word in first.err]
    first.until_nobody_is_left()

    question = "SELECT value_low, category, sentence FROM figures WHERE category = 'killed'"
    (row,) = json.loads(done("sql", question, "--format", "json").out)
    assert row["value_low"] == 40
    assert row["sentence"].startswith("At least 40 people")

    second = done("run", "news")
    assert "nothing new" in second.out
    assert "2 inputs = 0 new + 0 revised + 2 unchanged" in second.out
    told = json.loads(done("runs", "last", "--format", "json").out)
    assert (told["status"], told["unchanged"], told["rows_published"]) == ("done", 2, 0)
    assert (tmp_path / "lake" / "logs" / f"{told['run_id']}.log").is_file()
    done("check")

    (tmp_path / "dateline.toml").write_text('default_zone = "Asia/Kathmandu"\n')
    rebuilt = done("rebuild")
    assert "2 inputs = 0 new + 1 revised + 0 unchanged + 0 duplicates + 1 rejects" in rebuilt.out
    assert re.search(r"articles +published_zone +changed +1 ", rebuilt.out)
    zone = done("sql", "SELECT published_zone FROM articles", "--format", "json")
    assert json.loads(zone.out) == [{"published_zone": "Asia/Kathmandu"}]


def test_a_run_where_nothing_answers_on_loopback(tmp_path: Path, dateline: Start) -> None:
    """Cut off from every network, also from itself: the rows are made all the same."""
    alone = ("unshare", "--map-root-user", "--net")
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], check=False).returncode:
        pytest.skip("no network namespace can be made here")
    (tmp_path / "flood.txt").write_text(FLOOD)
    run = dateline("run", "flood.txt", cwd=tmp_path, before=alone)
    assert run.ended() == 0, run.err
    assert "without Prefect's server" in run.err
    assert "1 inputs = 1 new" in run.out


def test_an_interrupted_command_ends_with_130_and_no_traceback(
    tmp_path: Path, dateline: Start
) -> None:
    """It reads what nobody writes."""
    # A variable that is no setting is warned of as soon as the command is under way.
    command = dateline("extract", "-", cwd=tmp_path, DATELINE_NOTHING="1")
    command.until_it_says("DATELINE_NOTHING")
    command.interrupt()
    assert command.ended() == 130
    said = [line for line in command.err.splitlines()[1:] if line]
    assert said == ["Interrupted."]
