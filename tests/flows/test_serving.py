"""Runs by a schedule: on a real server, without anybody starting them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
import yaml  # type: ignore[import-untyped]

from flows.server import PrivateServer
from tests.flows.test_orchestration import ask, dateline, ended, processes_of, wait_until_gone
from warehouse.lake import Lake

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


def wait_for_run(lake: Path, process: subprocess.Popen[str]) -> dict[str, Any]:
    """The first row of runs."""
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()
        if (lake / "catalog.sqlite").is_file():
            with Lake.open(lake) as opened:
                rows: list[dict[str, Any]] = opened.query("FROM lake.runs").to_pylist()
            if rows:
                return rows[0]
        time.sleep(1)
    raise AssertionError("no run came by itself")


def test_serve_runs_by_itself_and_leaves_nobody(news: Path, lake: Path) -> None:
    process = dateline("serve", "--cron", "* * * * *", str(news), "--lake", str(lake))
    row = wait_for_run(lake, process)
    assert (row["status"], row["new"]) == ("done", 3)
    below = processes_of(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    code, _, err = ended(process)
    wait_until_gone(below)
    assert code in (0, 130), err
    assert re.search(r"A private server is at http://127\.0\.0\.1:\d+ until", err)
    assert "Traceback" not in err
    assert "3 inputs = 3 new" in err


def test_serve_is_killed_and_leaves_nobody(news: Path, lake: Path) -> None:
    process = dateline("serve", "--cron", "* * * * *", str(news), "--lake", str(lake))
    assert process.stderr is not None
    while "Ctrl-C ends it" not in (line := process.stderr.readline()):
        assert line, "serve ended"
    below = processes_of(process.pid)
    assert below
    process.kill()
    process.communicate(timeout=30)
    wait_until_gone(below)


def test_what_is_no_schedule_is_refused(news: Path, lake: Path) -> None:
    process = dateline("serve", "--cron", "often", str(news), "--lake", str(lake))
    below = processes_of(process.pid)
    code, _, err = ended(process)
    assert code == 64, err
    assert "--cron 'often' is no schedule" in err
    wait_until_gone(below)


def test_the_deployment_of_prefect_yaml_runs_by_itself(
    news: Path, home_of_prefect: Callable[[Path], Path], tmp_path: Path
) -> None:
    """``prefect deploy`` and a worker, as the file says, with a schedule of every minute."""
    wanted = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    (deployment,) = wanted["deployments"]
    deployment["schedules"][0]["cron"] = "* * * * *"
    lake = tmp_path / "lake"
    deployment["parameters"] = {"sources": [str(news)], "settings": {"lake": str(lake)}}
    changed = tmp_path / "prefect.yaml"
    changed.write_text(yaml.safe_dump(wanted), encoding="utf-8")
    home = home_of_prefect(tmp_path / "prefect")
    with PrivateServer(home, home / "server.log", pages=True) as server:
        server.wait()
        environ = {**os.environ, "PREFECT_HOME": str(home), "PREFECT_API_URL": server.api_url}

        def prefect(*arguments: str) -> list[str]:
            return [sys.executable, "-m", "prefect", "--no-prompt", *arguments]

        for arguments in (
            ("work-pool", "create", "dateline", "--type", "process"),
            ("deploy", "--all", "--prefect-file", str(changed)),
        ):
            subprocess.run(
                prefect(*arguments), cwd=ROOT, env=environ, check=True, capture_output=True
            )
        worker = subprocess.Popen(
            prefect("worker", "start", "--pool", "dateline"),
            cwd=ROOT,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            row = wait_for_run(lake, worker)
        finally:
            below = processes_of(worker.pid) if psutil.pid_exists(worker.pid) else []
            worker.send_signal(signal.SIGTERM)
            worker.communicate(timeout=120)
        wait_until_gone(below)
        assert (row["status"], row["new"]) == ("done", 3)
        # The title is given before the run has its id, perhaps in the minute before.
        title = re.compile(rf"run \d{{8}}T\d{{4}} {re.escape(str(news))}")
        runs = {run["name"]: run for run in ask(server, "flow_runs/filter")}
        assert any(title.fullmatch(name) and run["deployment_id"] for name, run in runs.items()), (
            sorted(runs)
        )
