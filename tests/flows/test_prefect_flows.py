"""Runs under a real Prefect server: what it shows, what it is told, and how a run ends."""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.pool import Pool
from flows.prefect_server import PrivateServer
from flows.run_state import BadDataError, opened
from flows.settings import Settings, SourceSpec
from tests.flows.asked import ask
from tests.flows.commands import Command
from tests.flows.conftest import FERRY
from tests.waiting import until
from warehouse.errors import LakeError
from warehouse.lake import Lake, Publication

Start = Callable[..., Command]

pytestmark = pytest.mark.long


def run_rows(lake: Path) -> list[dict[str, Any]]:
    with Lake.open(lake) as opened:
        found: list[dict[str, Any]] = opened.query("FROM lake.runs ORDER BY run_id").to_pylist()
    return found


def test_a_server_shows_the_run_its_batches_and_its_sums(
    server: PrivateServer, news: Path, tmp_path: Path, dateline: Start
) -> None:
    lake = tmp_path / "lake"
    options = ("--lake", str(lake), "--batch-size", "2")
    run = dateline("run", str(news), *options, PREFECT_API_URL=server.api_url)
    assert run.ended() == 0, run.err
    (run_row,) = run_rows(lake)
    stamp = run_row["run_id"][:13]

    flow_runs = {run["name"]: run for run in ask(server, "flow_runs/filter")}
    expected = [f"{what} {stamp} {news}" for what in ("run", "ingest", "build")]
    assert set(expected) <= set(flow_runs)
    assert all(flow_runs[name]["state_type"] == "COMPLETED" for name in expected)

    # the server has other runs, too: other tests' of this process
    this_run = {"name": {"any_": expected}}

    def titles() -> set[str]:
        return {task["name"] for task in ask(server, "task_runs/filter", flow_runs=this_run)}

    # task runs are written from events, a little later
    until(lambda: {"batch 1: 2 inputs", "batch 2: 1 input"} <= titles(), titles)
    until(lambda: len([t for t in titles() if re.fullmatch(r"batch \d: \d+ rows", t)]) == 2, titles)

    artifacts = {a["key"]: a for a in ask(server, "artifacts/filter", flow_runs=this_run)}
    assert float(artifacts["dateline-progress"]["data"]) == 100
    sums = {
        (row["sum"], row["part"]): row["count"]
        for row in json.loads(artifacts["dateline-sums"]["data"])
    }
    assert sums["inputs", ""] == sums["inputs", "new"] == 3
    made, published = sums["rows made", ""], sums["rows made", "published"]
    assert made == published + sums["rows made", "quarantined"] > 0
    assert sums["table", "articles"] == 3

    this_runs = {"flow_run_id": {"any_": [flow_runs[name]["id"] for name in expected]}}
    logs = [line["message"] for line in ask(server, "logs/filter", logs=this_runs)]
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

    from flows import prefect_flows

    failures = [OSError(errno.EIO, "the disk stumbled"), LakeError("the catalog is locked")]
    with opened(settings, [SourceSpec(path=str(news))], pool=pool) as run:
        publish = run.lake.publish

        def stumbling(publication: Publication, run_id: str) -> int:
            if publication.batch is not None and failures:
                raise failures.pop()
            return publish(publication, run_id)

        monkeypatch.setattr(run.lake, "publish", stumbling)
        monkeypatch.setattr(prefect_flows.TASKS["publish"], "retry_delay_seconds", [0.1, 0.1])
        with temporary_settings({PREFECT_API_URL: server.api_url}):
            prefect_flows.under_prefect(run)
        assert (run.report.status, run.report.counts["new"]) == ("done", 3)
        assert failures == []
        assert run.lake.counts()["inputs"] == 3

    def again(error: Exception) -> bool:
        state: State[Any] = Failed(data=error)
        return prefect_flows.worth_retrying(prefect_flows.TASKS["publish"], None, state)  # type: ignore[arg-type]

    assert again(LakeError("locked"))
    assert again(OSError(errno.EIO, "stumbled"))
    assert not again(OSError(errno.ENOSPC, "full"))
    assert not again(BadDataError("bad"))
    assert not again(ValueError("bad"))


def many(folder: Path, count: int) -> Path:
    """A source of so many articles."""
    lines = []
    for n in range(count):
        text = "\n".join(f"On day {day} of trip {n}, {FERRY.splitlines()[-1]}" for day in range(20))
        lines.append(json.dumps({"id": n, "text": text}))
    path = folder / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


class Paused:
    """The command, held at a moment (:mod:`tests.flows.paused`) until it is let go."""

    def __init__(self, start: Start, folder: Path, *arguments: str, **named: str) -> None:
        self.folder = folder / "pause"
        self.folder.mkdir()
        self.command = start(
            *arguments, module="tests.flows.paused", PAUSE=str(self.folder), **named
        )

        def held() -> bool:
            over = self.command.process.poll() is not None
            seen = any(self.folder.glob("paused-*"))
            assert seen or not over, self.command.err
            return seen

        until(held, lambda: self.command.err)

    def go(self) -> Command:
        (self.folder / "go").touch()
        return self.command


def test_ctrl_c_ends_a_run_after_its_batch_and_the_next_run_goes_on(
    server: PrivateServer, tmp_path: Path, dateline: Start
) -> None:
    source, lake = many(tmp_path, 3), tmp_path / "lake"
    command = ("run", str(source), "--lake", str(lake), "--batch-size", "1")
    api = {"PREFECT_API_URL": server.api_url}
    run = Paused(dateline, tmp_path, *command, PAUSE_AFTER_BATCH="1", **api)
    run.command.interrupt()
    run.command.until_it_says("Ending after this batch")
    first = run.go()
    assert first.ended() == 130, first.err
    assert "2 inputs left to build" in first.out
    (row,) = run_rows(lake)
    assert row["status"] == "interrupted"
    parts = ("new", "revised", "unchanged", "duplicates", "rejects")
    assert row["inputs"] == sum(row[part] for part in parts) == row["batches"] == 1
    states = {run["state_name"] for run in ask(server, "flow_runs/filter")}
    assert "Cancelled" in states

    second = dateline(*command, "--batch-size", "500", **api)
    assert second.ended() == 0, second.err
    with Lake.open(lake) as opened:
        assert opened.counts()["articles"] == 3


def test_ctrl_c_twice_ends_a_run_at_once_and_leaves_nobody(
    server: PrivateServer, tmp_path: Path, dateline: Start
) -> None:
    """Its workers would never end by themselves what they have in hand."""
    source, lake = many(tmp_path, 3), tmp_path / "lake"
    command = ("run", str(source), "--lake", str(lake))
    api = {"PREFECT_API_URL": server.api_url}
    run = Paused(dateline, tmp_path, *command, PAUSE_IN_WORKERS="1", **api).command
    assert run.family()
    run.interrupt()
    run.until_it_says("Ending after this batch")
    run.interrupt()
    assert run.ended() == 130, run.err
    run.until_nobody_is_left()
    # One that takes long to end is ended as it is, without a row.
    assert {row["status"] for row in run_rows(lake)} <= {"interrupted"}


def test_a_run_that_is_killed_leaves_nobody_and_the_next_one_ends_well(
    lake: Path, tmp_path: Path, dateline: Start
) -> None:
    source = many(tmp_path, 4)
    command = ("run", str(source), "--lake", str(lake))
    run = Paused(dateline, tmp_path, *command, "--batch-size", "1", PAUSE_AFTER_BATCH="2").command
    assert len(run.family()) >= 2
    run.process.kill()
    run.until_nobody_is_left()
    run.ended()
    second = dateline(*command)
    assert second.ended() == 0, second.err
    with Lake.open(lake) as opened:
        assert opened.counts()["articles"] == 4


def test_a_private_server_that_is_killed_costs_the_run_nothing(
    lake: Path, tmp_path: Path, dateline: Start
) -> None:
    source = many(tmp_path, 4)
    command = ("run", str(source), "--lake", str(lake), "--batch-size", "2")
    paused = Paused(dateline, tmp_path, *command, PAUSE_AFTER_BATCH="1")
    (server,) = [one for one in paused.command.family() if "flows.prefect_server" in one.cmdline()]
    server.kill()
    paused.command.until_it_says("it is started again")
    run = paused.go()
    assert run.ended() == 0, (run.out, run.err)
    (row,) = run_rows(lake)
    assert (row["status"], row["new"]) == ("done", 4)
    run.until_nobody_is_left()


def test_a_second_run_waits_and_says_for_whom(
    server: PrivateServer, news: Path, tmp_path: Path, dateline: Start
) -> None:
    lake = tmp_path / "lake"
    with Lake.open(lake, create=True) as held:
        with held.lock("run of another"):
            second = dateline("run", str(news), "--lake", str(lake), PREFECT_API_URL=server.api_url)
            second.until_it_says(" to end\n")
            assert second.process.poll() is None
        assert second.ended() == 0, second.err
    waiting = rf"Waiting for run of another \(process {os.getpid()}, .*\) to end"
    assert re.match(waiting, second.err)
    with Lake.open(lake) as opened:
        assert opened.counts()["articles"] == 3
