"""Runs under a real Prefect server: what it shows, what it is told, and how a run ends."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil
import pytest

from flows.pool import Pool
from flows.server import PrivateServer
from flows.session import BadDataError, opened
from flows.settings import Settings, SourceSpec
from tests.flows.conftest import FERRY
from warehouse.errors import LakeError
from warehouse.lake import Lake, Publication

ROOT = Path(__file__).parents[2]
#: What a run's log says of a batch that is published.
BATCH = re.compile(r"^.+ flows\.pipeline: batch \d+: .+ published", re.MULTILINE)

pytestmark = pytest.mark.long


def dateline(*arguments: str, api: str | None = None, **named: str) -> subprocess.Popen[str]:
    """The command as a user starts it, in a session of its own."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "DATELINE"))}
    if api:
        environ["PREFECT_API_URL"] = api
    return subprocess.Popen(
        [sys.executable, "-m", "flows.command", *arguments],
        cwd=ROOT,
        env={**environ, **named},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=240)
    return process.returncode, out, err


def ask(server: PrivateServer, path: str, **body: Any) -> Any:
    request = urllib.request.Request(
        f"{server.api_url}/{path}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def wait_until_gone(ids: list[int]) -> None:
    deadline = time.monotonic() + 30
    while left := [i for i in ids if psutil.pid_exists(i)]:
        assert time.monotonic() < deadline, [psutil.Process(i).cmdline() for i in left]
        time.sleep(0.1)


def processes_of(session: int) -> list[int]:
    """All processes below one, the private server in a session of its own too."""
    return [child.pid for child in psutil.Process(session).children(recursive=True)]


def run_rows(lake: Path) -> list[dict[str, Any]]:
    with Lake.open(lake) as opened:
        found: list[dict[str, Any]] = opened.query("FROM lake.runs ORDER BY run_id").to_pylist()
    return found


def test_a_server_shows_the_run_its_batches_and_its_sums(
    server: PrivateServer, news: Path, tmp_path: Path
) -> None:
    lake = tmp_path / "lake"
    code, _out, err = ended(
        dateline("run", str(news), "--lake", str(lake), "--batch-size", "2", api=server.api_url)
    )
    assert code == 0, err
    (run_row,) = run_rows(lake)
    stamp = run_row["run_id"][:13]

    flow_runs = {run["name"]: run for run in ask(server, "flow_runs/filter")}
    expected = [f"{what} {stamp} {news}" for what in ("run", "ingest", "build")]
    assert set(expected) <= set(flow_runs)
    assert all(flow_runs[name]["state_type"] == "COMPLETED" for name in expected)

    deadline = time.monotonic() + 20  # task runs are written from events, a little later
    titles: set[str] = set()
    while len(titles) < 6 and time.monotonic() < deadline:
        titles = {task["name"] for task in ask(server, "task_runs/filter")}
        time.sleep(0.5)
    assert {"batch 1: 2 inputs", "batch 2: 1 input"} <= titles
    assert len([title for title in titles if re.fullmatch(r"batch \d: \d+ rows", title)]) == 2

    artifacts = {a["key"]: a for a in ask(server, "artifacts/filter")}
    assert float(artifacts["dateline-progress"]["data"]) == 100
    sums = {
        (row["sum"], row["part"]): row["count"]
        for row in json.loads(artifacts["dateline-sums"]["data"])
    }
    assert sums["inputs", ""] == sums["inputs", "new"] == 3
    made, published = sums["rows made", ""], sums["rows made", "published"]
    assert made == published + sums["rows made", "quarantined"] > 0
    assert sums["table", "articles"] == 3

    logs = [line["message"] for line in ask(server, "logs/filter")]
    assert any(line.startswith("batch 1: 2 new; ") for line in logs)
    assert not (lake / "prefect").exists()
    assert not any(FERRY.splitlines()[-1] in json.dumps(run) for run in flow_runs.values())


def test_a_lake_that_stumbles_is_tried_again_and_bad_data_is_not(
    server: PrivateServer,
    news: Path,
    settings: Settings,
    pool: Pool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PREFECT_API_URL", server.api_url)
    from prefect.client.schemas.objects import State
    from prefect.settings import PREFECT_API_URL, temporary_settings
    from prefect.states import Failed

    from flows import orchestration

    failures = [OSError(errno.EIO, "the disk stumbled"), LakeError("the catalog is locked")]
    with opened(settings, [SourceSpec(path=str(news))], pool=pool) as run:
        publish = run.lake.publish

        def stumbling(publication: Publication, run_id: str) -> int:
            if publication.batch is not None and failures:
                raise failures.pop()
            return publish(publication, run_id)

        monkeypatch.setattr(run.lake, "publish", stumbling)
        monkeypatch.setattr(orchestration.TASKS["publish"], "retry_delay_seconds", [0.1, 0.1])
        with temporary_settings({PREFECT_API_URL: server.api_url}):
            orchestration.under_prefect(run)
        assert (run.report.status, run.report.counts["new"]) == ("done", 3)
        assert failures == []
        assert run.lake.counts()["inputs"] == 3

    def again(error: Exception) -> bool:
        state: State[Any] = Failed(data=error)
        return orchestration.worth_retrying(orchestration.TASKS["publish"], None, state)  # type: ignore[arg-type]

    assert again(LakeError("locked"))
    assert again(OSError(errno.EIO, "stumbled"))
    assert not again(OSError(errno.ENOSPC, "full"))
    assert not again(BadDataError("bad"))
    assert not again(ValueError("bad"))


def many(folder: Path, count: int) -> Path:
    """A source that takes some seconds."""
    lines = []
    for n in range(count):
        text = "\n".join(f"On day {day} of trip {n}, {FERRY.splitlines()[-1]}" for day in range(20))
        lines.append(json.dumps({"id": n, "text": text}))
    path = folder / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def wait_for_batches(lake: Path, number: int, process: subprocess.Popen[str]) -> None:
    """Until so many batches are published, by the run's log: to ask the lake costs a run time."""
    deadline = time.monotonic() + 240
    while sum(len(BATCH.findall(log.read_text())) for log in lake.glob("logs/*.log")) < number:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_ctrl_c_ends_a_run_after_its_batch_and_the_next_run_goes_on(
    server: PrivateServer, tmp_path: Path
) -> None:
    source, lake = many(tmp_path, 6), tmp_path / "lake"
    command = ("run", str(source), "--lake", str(lake), "--batch-size", "1")
    process = dateline(*command, api=server.api_url)
    wait_for_batches(lake, 1, process)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    code, out, err = ended(process)
    assert code == 130, err
    assert "Ending after this batch" in err
    assert "left to build" in out
    (row,) = run_rows(lake)
    assert row["status"] == "interrupted"
    parts = ("new", "revised", "unchanged", "duplicates", "rejects")
    assert row["inputs"] == sum(row[part] for part in parts) == row["batches"]
    assert 1 <= row["inputs"] < 6
    states = {run["state_name"] for run in ask(server, "flow_runs/filter")}
    assert "Cancelled" in states

    code, out, err = ended(dateline(*command, "--batch-size", "500", api=server.api_url))
    assert code == 0, err
    with Lake.open(lake) as opened:
        assert opened.counts()["articles"] == 6


def test_ctrl_c_twice_ends_a_run_at_once_and_leaves_nobody(
    server: PrivateServer, tmp_path: Path
) -> None:
    source, lake = many(tmp_path, 60), tmp_path / "lake"
    process = dateline("run", str(source), "--lake", str(lake), api=server.api_url)
    deadline = time.monotonic() + 240
    while not (len(below := processes_of(process.pid)) >= 2 and (lake / "data").is_dir()):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.2)
    time.sleep(3)
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(0.5)
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    code, _, err = ended(process)
    assert code == 130, err
    assert time.monotonic() - began < 120
    wait_until_gone(below)
    (row,) = run_rows(lake)
    assert row["status"] == "interrupted"


def test_a_run_that_is_killed_leaves_nobody_and_the_next_one_ends_well(
    lake: Path, tmp_path: Path
) -> None:
    source = many(tmp_path, 6)
    process = dateline("run", str(source), "--lake", str(lake), "--batch-size", "1")
    wait_for_batches(lake, 2, process)
    below = processes_of(process.pid)
    assert len(below) >= 2
    process.kill()
    process.communicate(timeout=30)
    wait_until_gone(below)
    code, _out, err = ended(dateline("run", str(source), "--lake", str(lake)))
    assert code == 0, err
    with Lake.open(lake) as opened:
        assert opened.counts()["articles"] == 6


def test_a_private_server_that_is_killed_costs_the_run_nothing(lake: Path, tmp_path: Path) -> None:
    source = many(tmp_path, 12)
    process = dateline("run", str(source), "--lake", str(lake), "--batch-size", "3")
    wait_for_batches(lake, 1, process)
    (server,) = [
        child
        for child in psutil.Process(process.pid).children()
        if "flows.server" in child.cmdline()
    ]
    server.kill()
    time.sleep(1)
    below = processes_of(process.pid)
    code, out, err = ended(process)
    assert code == 0, (out, err)
    assert "it is started again" in err
    (row,) = run_rows(lake)
    assert (row["status"], row["new"]) == ("done", 12)
    wait_until_gone(below)


def test_a_second_run_waits_and_says_for_whom(
    server: PrivateServer, news: Path, tmp_path: Path
) -> None:
    lake = tmp_path / "lake"
    with Lake.open(lake, create=True) as held:
        with held.lock("run of another"):
            second = dateline("run", str(news), "--lake", str(lake), api=server.api_url)
            assert second.stderr is not None
            waiting = second.stderr.readline()
            assert second.poll() is None
        code, _, err = ended(second)
    assert re.search(rf"Waiting for run of another \(process {os.getpid()}, .*\) to end", waiting)
    assert code == 0, err
    with Lake.open(lake) as opened:
        assert opened.counts()["articles"] == 3
