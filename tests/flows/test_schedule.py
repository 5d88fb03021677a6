"""Runs by a schedule: on a real server, without anybody starting them."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from flows.prefect_server import PrivateServer, environment
from tests.flows.commands import Command
from tests.flows.test_prefect_flows import ask
from tests.waiting import until
from warehouse.lake import Lake

ROOT = Path(__file__).parents[2]
Start = Callable[..., Command]

pytestmark = pytest.mark.long


def first_run(lake: Path) -> dict[str, Any] | None:
    """The first row of runs, if there is any yet."""
    if not (lake / "catalog.sqlite").is_file():
        return None
    with Lake.open(lake) as opened:
        rows: list[dict[str, Any]] = opened.query("FROM lake.runs").to_pylist()
    return rows[0] if rows else None


def test_serve_runs_by_itself_and_leaves_nobody(news: Path, lake: Path, dateline: Start) -> None:
    serve = dateline("serve", "--cron", "* * * * *", str(news), "--lake", str(lake))
    serve.until_it_says("3 inputs = 3 new")
    row = first_run(lake)
    assert row is not None
    assert (row["status"], row["new"]) == ("done", 3)
    serve.interrupt()
    assert serve.ended() in (0, 130), serve.err
    serve.until_nobody_is_left()
    assert re.search(r"A private server is at http://127\.0\.0\.1:\d+ until", serve.err)
    assert "Traceback" not in serve.err


def test_serve_is_killed_and_leaves_nobody(news: Path, lake: Path, dateline: Start) -> None:
    serve = dateline("serve", "--cron", "* * * * *", str(news), "--lake", str(lake))
    serve.until_it_says("Ctrl-C ends it")
    assert serve.family()
    serve.process.kill()
    serve.ended()
    serve.until_nobody_is_left()


def test_what_is_no_schedule_is_refused(news: Path, lake: Path, dateline: Start) -> None:
    serve = dateline("serve", "--cron", "often", str(news), "--lake", str(lake))
    assert serve.ended() == 64, serve.err
    assert "--cron 'often' is not a schedule" in serve.err
    serve.until_nobody_is_left()


@pytest.mark.parametrize("module", ["prefect_flows", "orchestration"])
def test_deployments_find_their_flows_also_by_the_name_of_before(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(ROOT)
    from prefect.flows import load_flow_from_entrypoint

    for name in ("dateline_run", "dateline_rebuild"):
        found: Any = load_flow_from_entrypoint(f"flows/{module}.py:{name}")
        assert found.name == name.replace("_", "-")


def test_the_deployment_of_prefect_yaml_runs_by_itself(
    news: Path, tmp_path: Path, dateline: Start
) -> None:
    """``prefect deploy`` and a worker, as the file says, with a schedule of every minute."""
    wanted = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    (deployment,) = wanted["deployments"]
    deployment["schedules"][0]["cron"] = "* * * * *"
    lake = tmp_path / "lake"
    deployment["parameters"] = {"sources": [str(news)], "settings": {"lake": str(lake)}}
    changed = tmp_path / "prefect.yaml"
    changed.write_text(yaml.safe_dump(wanted), encoding="utf-8")
    home = tmp_path / "prefect"
    with PrivateServer(home, home / "server.log", pages=True) as server:
        server.wait()
        told = {**environment(home), "PREFECT_API_URL": server.api_url}

        def prefect(*arguments: str) -> Command:
            return dateline("--no-prompt", *arguments, module="prefect", **told)

        for arguments in (
            ("work-pool", "create", "dateline", "--type", "process"),
            ("deploy", "--all", "--prefect-file", str(changed)),
        ):
            done = prefect(*arguments)
            assert done.ended() == 0, done.err
        worker = prefect("worker", "start", "--pool", "dateline")

        def run() -> dict[str, Any] | None:
            assert worker.process.poll() is None, worker.err
            return first_run(lake)

        row = until(run, lambda: worker.err)
        assert row is not None
        worker.process.send_signal(signal.SIGTERM)
        worker.ended()
        worker.until_nobody_is_left()
        assert (row["status"], row["new"]) == ("done", 3)
        # The title is given before the run has its id, perhaps in the minute before.
        title = re.compile(rf"run \d{{8}}T\d{{4}} {re.escape(str(news))}")
        runs = {run["name"]: run for run in ask(server, "flow_runs/filter")}
        assert any(title.fullmatch(name) and run["deployment_id"] for name, run in runs.items()), (
            sorted(runs)
        )
