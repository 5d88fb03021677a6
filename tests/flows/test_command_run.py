"""The command in processes of its own: a whole run, and Ctrl-C."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.flows.test_orchestration import wait_until_gone

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "flows.command"]

pytestmark = pytest.mark.long


def start(folder: Path, *args: str) -> subprocess.Popen[str]:
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("DATELINE_", "PREFECT_"))
    }
    return subprocess.Popen(
        [*COMMAND, *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
    )


def ended(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    out, err = process.communicate(timeout=400)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def dateline(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return ended(start(folder, *args))


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("lake")
def test_a_run_and_the_questions_after_it(tmp_path: Path) -> None:
    """Without a server: a private one comes with the run, and nobody is left after it."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "empty.txt").write_text("")
    (tmp_path / "news" / "flood.txt").write_text(
        "Published on: 2025/04/28 10:00\n"
        "At least 40 people were killed in floods in Nepal on Sunday, the police said.\n"
    )
    process = start(tmp_path, "run", "news")
    below: set[int] = set()
    while process.poll() is None:
        with suppress(psutil.NoSuchProcess):
            below.update(child.pid for child in psutil.Process(process.pid).children(True))
        time.sleep(0.1)
    first = ended(process)
    assert first.returncode == 0, first.stderr
    assert "2 inputs = 1 new + 0 revised + 0 unchanged + 0 duplicates + 1 rejects" in first.stdout
    assert not [word for word in ("Beginning flow", "prefect", "Traceback") if word in first.stderr]
    assert len(below) >= 2
    wait_until_gone(sorted(below))

    question = "SELECT value_low, category, sentence FROM figures WHERE category = 'killed'"
    asked = dateline(tmp_path, "sql", question, "--format", "json")
    (row,) = json.loads(asked.stdout)
    assert row["value_low"] == 40
    assert row["sentence"].startswith("At least 40 people")

    second = dateline(tmp_path, "run", "news")
    assert second.returncode == 0, second.stderr
    assert "nothing new" in second.stdout
    assert "2 inputs = 0 new + 0 revised + 2 unchanged" in second.stdout
    told = json.loads(dateline(tmp_path, "runs", "last", "--format", "json").stdout)
    assert (told["status"], told["unchanged"], told["rows_published"]) == ("done", 2, 0)
    assert (tmp_path / "lake" / "logs" / f"{told['run_id']}.log").is_file()
    assert dateline(tmp_path, "check").returncode == 0

    (tmp_path / "dateline.toml").write_text('default_zone = "Asia/Kathmandu"\n')
    rebuilt = dateline(tmp_path, "rebuild")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert "2 inputs = 0 new + 1 revised + 0 unchanged + 0 duplicates + 1 rejects" in rebuilt.stdout
    assert re.search(r"articles +published_zone +changed +1 ", rebuilt.stdout)
    question = "SELECT published_zone FROM articles"
    zone = dateline(tmp_path, "sql", question, "--format", "json")
    assert json.loads(zone.stdout) == [{"published_zone": "Asia/Kathmandu"}]


def test_a_run_where_nothing_answers_on_loopback(tmp_path: Path) -> None:
    """Cut off from every network, also from itself: the rows are made all the same."""
    alone = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], check=False).returncode:
        pytest.skip("no network namespace can be made here")
    (tmp_path / "flood.txt").write_text(
        "Published on: 2025/04/28 10:00\n"
        "At least 40 people were killed in floods in Nepal on Sunday, the police said.\n"
    )
    command = [*alone, *COMMAND, "run", "flood.txt"]
    run = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert run.returncode == 0, run.stderr
    assert "without Prefect's server" in run.stderr
    assert "1 inputs = 1 new" in run.stdout


def test_an_interrupted_command_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "extract", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        # A variable that is no setting is warned of as soon as the command is under way.
        env={**os.environ, "PYTHONPATH": str(ROOT), "DATELINE_NOTHING": "1"},
    )
    with process:
        assert process.stderr is not None
        assert "DATELINE_NOTHING" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.strip() == "Interrupted."
