"""Runs by a schedule: on a real server, without anybody starting them."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from flows.prefect_server import PrivateServer, environment
from tests.flows.asked import ask
from tests.flows.commands import Command
from tests.flows.conftest import FERRY
from tests.waiting import until
from warehouse.lake import Lake

ROOT = Path(__file__).parents[2]
#: A schedule that does not come while a test lasts.
NEVER = f"0 0 1 {(dt.datetime.now(dt.UTC).month + 5) % 12 + 1} *"
#: Seconds within which the command ends, six times over for a machine that has much to do.
ENDS = 10.0 * 6
Start = Callable[..., Command]

pytestmark = pytest.mark.long


def first_run(lake: Path) -> dict[str, Any] | None:
    """The first row of runs, if there is any yet."""
    if not (lake / "catalog.sqlite").is_file():
        return None
    with Lake.open(lake) as opened:
        rows: list[dict[str, Any]] = opened.query("FROM lake.runs").to_pylist()
    return rows[0] if rows else None


def quiet(serve: Command) -> bool:
    """Whether the terminal shows neither a traceback nor a warning."""
    return not re.search("traceback|warning", serve.err + serve.out, re.IGNORECASE)


def test_serve_runs_by_itself_and_leaves_nobody(news: Path, lake: Path, dateline: Start) -> None:
    """With a private server, by --cron, ended by Ctrl-C."""
    serve = dateline("serve", "--cron", "* * * * *", str(news), "--lake", str(lake))
    serve.until_it_says("3 inputs = 3 new")
    row = first_run(lake)
    assert row is not None
    assert (row["status"], row["new"]) == ("done", 3)
    serve.interrupt()
    assert serve.process.wait(ENDS) == 0, serve.err
    serve.until_nobody_is_left()
    assert re.search(r"A private server is at http://127\.0\.0\.1:\d+ until", serve.err)
    assert quiet(serve), serve.err


def test_serve_is_killed_and_leaves_nobody(news: Path, lake: Path, dateline: Start) -> None:
    serve = dateline("serve", "--cron", "* * * * *", str(news), "--lake", str(lake))
    serve.until_it_says("Ctrl-C ends it")
    assert serve.family()
    serve.process.kill()
    serve.ended()
    serve.until_nobody_is_left()


@pytest.mark.parametrize("cron", ["often", "0 0 6 * * *", "@reboot", "r r * * *"])
def test_what_is_no_schedule_is_refused(cron: str, news: Path, lake: Path, dateline: Start) -> None:
    serve = dateline("serve", "--cron", cron, str(news), "--lake", str(lake))
    assert serve.ended() == 64, serve.err
    assert f"--cron {cron!r} is not a schedule" in serve.err
    assert "give minute, hour" in serve.err
    assert not lake.exists()


def test_a_source_without_a_schedule_asks_for_one(news: Path, lake: Path, dateline: Start) -> None:
    serve = dateline("serve", str(news), "--lake", str(lake))
    assert serve.ended() == 64, serve.err
    assert "no schedule; give --cron" in serve.err


class Served:
    """``dateline serve`` over the sources of a file, and what its server shows of it."""

    def __init__(
        self, start: Start, server: PrivateServer, folder: Path, text: str, *options: str
    ) -> None:
        folder.mkdir(exist_ok=True)
        config = folder / "dateline.toml"
        config.write_text(f'lake = "lake"\n{text}', encoding="utf-8")
        self.lake = folder / "lake"
        self.names = re.findall(r'^name = "(\w+)"', text, re.MULTILINE)
        self.server = server
        self.command = start(
            "serve", "--config", str(config), *options, PREFECT_API_URL=server.api_url
        )

    def deployment(self, name: str) -> str:
        """The id, once it is there."""

        def found() -> str | None:
            known = ask(self.server, "deployments/filter")
            ids: list[str] = [one["id"] for one in known if one["name"] == name]
            return ids[0] if ids else None

        return str(until(found, lambda: self.command.err))

    def runs(self, name: str) -> list[dict[str, Any]]:
        """The runs of a deployment."""
        wanted = {"id": {"any_": [self.deployment(name)]}}
        found: list[dict[str, Any]] = ask(self.server, "flow_runs/filter", deployments=wanted)
        return found

    def until_one(self, name: str, state: str) -> dict[str, Any]:
        """The first run of a deployment that is in this state, once there is one."""

        def found() -> dict[str, Any] | None:
            return next((r for r in self.runs(name) if r["state_type"] == state), None)

        one = until(found, lambda: (self.command.err, self.runs(name)))
        assert one is not None
        return one

    def start(self, name: str) -> str:
        """A run now, as the button on Prefect's pages starts it; gives its id."""
        path = f"deployments/{self.deployment(name)}/create_flow_run"
        return str(ask(self.server, path)["id"])

    def fall_due(self, name: str, times: int) -> None:
        """Have its schedule of every minute been due so often, as after a server's absence."""
        now = dt.datetime.now(dt.UTC)
        since = now - dt.timedelta(minutes=times + 1)
        body = {"start_time": since.isoformat(), "end_time": now.isoformat(), "max_runs": times}
        ask(self.server, f"deployments/{self.deployment(name)}/schedule", **body)

    def running(self) -> int:
        """How many of its runs are under way."""
        known = [self.deployment(name) for name in self.names]
        return len(
            ask(
                self.server,
                "flow_runs/filter",
                deployments={"id": {"any_": known}},
                flow_runs={"state": {"type": {"any_": ["RUNNING"]}}},
            )
        )

    def state(self, run: str) -> str:
        wanted = {"id": {"any_": [run]}}
        (one,) = ask(self.server, "flow_runs/filter", flow_runs=wanted)
        return str(one["state_type"])


def source(name: str, schedule: str, *more: str, path: str = "") -> str:
    """A source of a settings file."""
    lines = [f'name = "{name}"', f'path = "{path or name}"', f'schedule = "{schedule}"', *more]
    return "\n".join(["[[sources]]", *lines, ""])


def test_sources_run_by_their_own_schedules(
    server: PrivateServer, news: Path, tmp_path: Path, dateline: Start
) -> None:
    text = (
        source("wire", "* * * * *", path=str(news))
        + source("gone", "* * * * *")
        + source("desk", NEVER, path=str(news))
        + source("still", "* * * * *", "paused = true", path=str(news))
    )
    served = Served(dateline, server, tmp_path, text)
    serve = served.command
    serve.until_it_says("still: paused, else * * * * * (UTC)")
    assert "check: 40 3 * * * (UTC)" in serve.err

    # By themselves, each its own source; the one that fails says so and stops no other.
    wire = served.until_one("wire", "COMPLETED")
    assert [one["name"] for one in wire["parameters"]["sources"]] == ["wire"]
    failed = served.until_one("gone", "FAILED")
    assert "gone" in failed["state"]["message"]
    assert "there is no such file" in failed["state"]["message"]
    serve.until_it_says(" of gone: ")
    ask(server, f"deployments/{served.deployment('gone')}/pause_deployment")
    row = first_run(served.lake)
    assert row is not None
    ran = serve.err.count("of wire done: ")
    assert ran > 0

    # While one runs, here held up by another writer, the others wait, one of each source.
    with Lake.open(served.lake) as held, held.lock("a test"):
        by_hand = [served.start("desk")]
        until(served.running, lambda: serve.err)
        by_hand.append(served.start("desk"))
        served.fall_due("wire", 3)

        def left_out() -> int:
            states = [run["state"] for run in served.runs("wire")]
            return sum("waits already" in (state["message"] or "") for state in states)

        until(lambda: left_out() >= 2, lambda: served.runs("wire"))
        assert served.running() == 1
        assert served.state(by_hand[1]) == "SCHEDULED"
    for run in by_hand:
        until(lambda run=run: served.state(run) == "COMPLETED", lambda: serve.err)  # type: ignore[misc]
    until(lambda: serve.err.count("of wire done: ") > ran, lambda: serve.err)

    assert served.runs("still") == []
    # It is told to end in the middle of a run, which then says so.
    with Lake.open(served.lake) as held, held.lock("a test"):
        served.start("desk")
        until(served.running, lambda: serve.err)
        serve.process.send_signal(signal.SIGTERM)
        assert serve.process.wait(ENDS) == 0, serve.err
    assert served.running() == 0
    serve.until_nobody_is_left()
    assert quiet(serve), serve.err
    for name in ("wire", "gone", "desk", "check", "maintain"):
        wanted = {"id": {"any_": [served.deployment(name)]}}
        (one,) = ask(server, "deployments/filter", deployments=wanted)
        assert one["paused"], name


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[PrivateServer]:
    """A server that a test may stop, hold and start again."""
    home = tmp_path / "prefect"
    with PrivateServer(home, home / "server.log", pages=True) as running:
        yield running.wait()


def test_serve_outlives_its_server_and_ends_without_it(
    own_server: PrivateServer, tmp_path: Path, dateline: Start
) -> None:
    """Whether the server answers, hangs or is gone, and by either signal."""
    served: dict[str, Served] = {}
    for name in ("a-term", "a-int", "h-term", "h-int", "g-term", "g-int"):
        (tmp_path / name / name).mkdir(parents=True)
        (tmp_path / name / name / "a.txt").write_text(FERRY, encoding="utf-8")
        text = source(name, NEVER)
        served[name] = Served(dateline, own_server, tmp_path / name, text, "--no-upkeep")

    def end(name: str) -> None:
        serve = served[name].command
        number = signal.SIGTERM if name.endswith("term") else signal.SIGINT
        os.killpg(serve.process.pid, number)
        assert serve.process.wait(ENDS) == 0, serve.err
        serve.until_nobody_is_left()
        assert quiet(serve), serve.err

    for name, one in served.items():
        one.deployment(name)
    end("a-term")
    end("a-int")

    # It hangs: whoever calls is let in and gets no answer, and so is a run that is under way.
    with Lake.open(served["h-term"].lake, create=True) as held, held.lock("a test"):
        run = served["h-term"].start("h-term")
        until(lambda: served["h-term"].state(run) == "RUNNING")
        assert own_server.pid is not None
        os.kill(own_server.pid, signal.SIGSTOP)
        try:
            served["g-int"].command.until_it_says("does not answer")
            end("h-term")
            end("h-int")
        finally:
            os.kill(own_server.pid, signal.SIGCONT)
    served["g-int"].command.until_it_says("answers again")

    # It is gone, and comes back: each is told once, and runs go on.
    port = int(own_server.address.rpartition(":")[2])
    own_server.stop()
    gone = served["g-term"].command
    until(lambda: gone.err.count("does not answer") > gone.err.count("answers again"))
    home = own_server.home
    with PrivateServer(home, home / "again.log", pages=True, port=port) as back:
        back.wait()
        served["g-term"].server = back
        until(lambda: gone.err.count("does not answer") == gone.err.count("answers again"))
        served["g-term"].start("g-term")
        gone.until_it_says("1 inputs = 1 new")
    until(lambda: gone.err.count("does not answer") > gone.err.count("answers again"))
    end("g-term")
    end("g-int")
    told = [line for line in gone.err.splitlines() if "answer" in line]
    assert [("again" in line) for line in told] == [False, True] * (len(told) // 2) + [False]


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


def test_the_deployments_of_prefect_yaml_run_by_themselves(
    news: Path, tmp_path: Path, dateline: Start
) -> None:
    """``prefect deploy`` and a worker, as the file says, three with a schedule of every minute."""
    wanted = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    deployments = {one["name"]: one for one in wanted["deployments"]}
    assert {name: one["schedules"][0]["cron"] for name, one in deployments.items()} == {
        "feeds": "*/15 * * * *",
        "archives": "10 1 * * *",
        "check": "40 3 * * *",
        "maintain": "40 4 * * *",
    }
    lake = tmp_path / "lake"
    for name, one in deployments.items():
        one["parameters"] = {"settings": {"lake": str(lake)}}
        one["schedules"][0]["cron"] = NEVER if name == "archives" else "* * * * *"
    deployments["feeds"]["parameters"]["sources"] = [str(news)]
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
        assert len(ask(server, "deployments/filter")) == len(deployments)
        worker = prefect("worker", "start", "--pool", "dateline")

        def run() -> dict[str, Any] | None:
            assert worker.process.poll() is None, worker.err
            return first_run(lake)

        row = until(run, lambda: worker.err)
        assert row is not None

        def completed() -> set[str]:
            flows = {one["id"]: one["name"] for one in ask(server, "flows/filter")}
            runs = ask(server, "flow_runs/filter", sort="START_TIME_ASC")
            return {flows[one["flow_id"]] for one in runs if one["state_type"] == "COMPLETED"}

        until(
            lambda: {"dateline-run", "dateline-check", "dateline-maintain"} <= completed(),
            lambda: (completed(), worker.err),
        )
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
