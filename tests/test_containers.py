"""The container files: linted, and what their services run is run here without a container engine.

Commands are those of compose.yaml, with the addresses of this machine in the place of its hosts.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml  # type: ignore[import-untyped]

from flows import prefect_database
from flows.settings import load_settings
from tests.flows.commands import Command
from tests.flows.conftest import BUDGET, FERRY, dateline
from tests.flows.team import BLOCK, PAST, Team
from tests.flows.test_notifications import webhook
from tests.flows.test_schedule import NEVER, first_run, source
from tests.waiting import LIMIT, until
from warehouse.lake import Lake

__all__ = ["dateline", "webhook"]

ROOT = Path(__file__).parent.parent
SCRIPTS = Path(sysconfig.get_path("scripts"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE_TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name for name, one in SERVICES.items() if "DATELINE_IMAGE" in one["image"]}
EXAMPLE = (ROOT / "containers" / "example.env").read_text(encoding="utf-8")
#: Of a variable of compose.yaml, its name and what is said where it is not set.
_VARIABLE = re.compile(r"\$\{(\w+)(:[-?][^}]*)?\}")


def test_the_dockerfile_passes_its_linter() -> None:
    done = subprocess.run(
        [SCRIPTS / "hadolint", ROOT / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_image_has_the_lock_and_nobody_else_rights() -> None:
    steps = re.findall(r"^[A-Z]+ .*?(?<!\\)$", DOCKERFILE, re.MULTILINE | re.DOTALL)
    words = [step.split() for step in steps]
    assert [w[1] for w in words if w[0] == "FROM"] == ["${PYTHON}"] * 2  # whose digest can be given
    assert not [w for w in words if w[0] == "ADD"]
    last = max(n for n, w in enumerate(words) if w[0] == "FROM")
    assert not [w for w in words[last:] if w[0] == "RUN" and {"pip", "apt-get", "curl"} & set(w)]
    (user,) = [w[1] for w in words[last:] if w[0] == "USER"]
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    (install,) = [step for step in steps if "requirements-team.txt" in step and "pip" in step]
    assert {"--require-hashes", "--no-deps", "--only-binary"} < set(install.split())

    copied = [w[1] for w in words if w[0] == "COPY" and not w[1].startswith("--")]
    copied += [w[2] for w in words if w[0] == "COPY" and len(w) > 3 and not w[1].startswith("--")]
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for name in copied:
        assert (ROOT / name).exists()
        assert ignored.index("*") < max(
            ignored.index(line) for line in ignored if line.strip("!/") == name
        )


def test_compose_is_what_its_schema_says() -> None:
    vendored = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    jsonschema.validate(COMPOSE, json.loads(vendored.read_text(encoding="utf-8")))


def test_services_wait_for_what_they_need_and_are_reached_on_this_machine_alone() -> None:
    needed = {name: set(one.get("depends_on", {})) for name, one in SERVICES.items()}
    for name, one in SERVICES.items():
        assert all(port.startswith("127.0.0.1:") for port in one.get("ports", [])), name
        assert one["networks"], name
        assert "no-new-privileges:true" in one["security_opt"], name
        assert not one.get("privileged"), name
        once = "restart" not in one
        assert once or "healthcheck" in one, name
        for other, wanted in one.get("depends_on", {}).items():
            ends = "restart" not in SERVICES[other]
            assert (
                wanted["condition"] == f"service_{'completed_successfully' if ends else 'healthy'}"
            )
        hosts = set(re.findall(r"//(?:[^/@\s]*@)?([a-z]+):\d", json.dumps(one)))
        assert hosts <= set(SERVICES) | {"127"}, name
    assert needed["postgres"] == needed["store"] == needed["scheduler"] == set()
    assert COMPOSE["networks"]["inner"]["internal"]
    assert SERVICES["dask"]["deploy"]["replicas"] == 2
    used = {v.partition(":")[0] for one in SERVICES.values() for v in one.get("volumes", [])}
    assert {name for name in used if name.isalpha()} == set(COMPOSE["volumes"])


def test_no_secret_is_written_down_and_those_who_compute_know_none() -> None:
    for name, value in re.findall(
        r"^ +(\w*(?:PASSWORD|SECRET|AUTH|KEY|USER)\w*): (.+)$", COMPOSE_TEXT, re.MULTILINE
    ):
        assert _VARIABLE.fullmatch(value), name
        assert ":?" in value, name
    variables = {name for name, _ in _VARIABLE.findall(COMPOSE_TEXT)}
    told = dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))
    assert set(told) == variables
    must = {name for name, default in _VARIABLE.findall(COMPOSE_TEXT) if default.startswith(":?")}
    assert {name for name in must if told[name]} == {"STORE_USER"}
    assert "environment" not in SERVICES["dask"]
    assert "environment" not in SERVICES["scheduler"]
    assert re.search(r"^\.env$", (ROOT / ".gitignore").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_settings_of_the_containers_are_settings() -> None:
    settings = load_settings(ROOT / "containers" / "dateline.toml")
    assert str(settings.lake) == "postgres://dateline@postgres/dateline"
    assert settings.home is not None
    (mount,) = {v for v in SERVICES["worker"]["volumes"] if v.startswith("home:")}
    assert mount == f"home:{settings.home}"
    (news,) = settings.sources
    assert any(f":{news.path}:ro" in volume for volume in SERVICES["worker"]["volumes"])
    assert settings.team.pool in SERVICES["worker"]["command"]
    assert settings.team.pool in SERVICES["deploy"]["command"]
    assert (settings.executor, settings.dask) == ("dask", "tcp://scheduler:8786")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@dataclass
class Machine:
    """This machine as the services' hosts: a port of its own for each that they listen on."""

    start: Callable[..., Command]
    folder: Path

    def __post_init__(self) -> None:
        self.ports = {n: free_port() for n in (4200, 8080, 8081, 8786, 8787, 8788)}
        self.api_url = f"http://{PREFECT_AUTH}@127.0.0.1:{self.ports[4200]}/api"

    def here(self, text: str) -> str:
        """What a container is told, with the addresses of this machine."""
        text = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)
        text = re.sub(r"//(prefect|scheduler|store):", "//127.0.0.1:", text)
        text = text.replace("0.0.0.0", "127.0.0.1")
        for inside, outside in self.ports.items():
            text = re.sub(rf"(?<!\d){inside}(?!\d)", str(outside), text)
        return text

    def run(self, service: str, **named: str) -> Command:
        """The service's command, in an empty folder, with its variables but those of databases."""
        program, *arguments = [self.here(word) for word in SERVICES[service]["command"]]
        told = {
            name: self.here(value)
            for name, value in SERVICES[service].get("environment", {}).items()
            if not _VARIABLE.search(value) and not name.startswith("AWS")
        }
        home = self.folder / service
        home.mkdir(exist_ok=True)
        told |= {"PREFECT_HOME": str(home), "DO_NOT_TRACK": "1", **named}
        module = {"dateline": "flows.command"}.get(program, program)
        return self.start(*arguments, module=module, cwd=home, **told)

    def until_healthy(self, service: str, command: Command, port: int | None = None) -> None:
        """Until the service's own check of its health passes."""
        _, program, *arguments = SERVICES[service]["healthcheck"]["test"]
        words = [self.here(word) for word in arguments]
        if port is not None:
            words = [w.replace(str(self.ports[8080]), str(port)) for w in words]

        def healthy() -> bool:
            assert command.process.poll() is None, command.err
            done = subprocess.run(
                [SCRIPTS / program, *words], capture_output=True, check=False, timeout=LIMIT
            )
            return done.returncode == 0

        until(healthy, lambda: (command.out, command.err))


PREFECT_AUTH = "ann:marked-password"


@pytest.fixture
def machine(tmp_path: Path, dateline: Callable[..., Command]) -> Machine:
    return Machine(dateline, tmp_path)


@pytest.mark.long
def test_the_cluster_listens_and_a_worker_joins(machine: Machine) -> None:
    scheduler = machine.run("scheduler")
    machine.until_healthy("scheduler", scheduler)
    worker = machine.run("dask")
    machine.until_healthy("dask", worker)
    until(lambda: "Registered to:" in worker.err, lambda: worker.err)
    for one in (worker, scheduler):
        one.process.send_signal(signal.SIGTERM)
        one.ended()
        one.until_nobody_is_left()


def test_the_bucket_is_made_and_made_again() -> None:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        keys = {"AWS_ACCESS_KEY_ID": "ours", "AWS_SECRET_ACCESS_KEY": "ours"}
        told = {**os.environ, **keys, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}
        program, *arguments = SERVICES["bucket"]["command"]
        for _ in range(2):
            done = subprocess.run(
                [SCRIPTS / program, *arguments], env=told, capture_output=True, check=False
            )
            assert done.returncode == 0, done.stderr
        import s3fs

        store = s3fs.S3FileSystem(key="ours", secret="ours", endpoint_url=told["AWS_ENDPOINT_URL"])
        assert store.exists("dateline")
    finally:
        server.stop()


@pytest.mark.long
def test_a_run_and_the_pool_s_workers_share_a_lake_one_at_a_time(
    machine: Machine, webhook: tuple[str, list[tuple[str | None, bytes]]]
) -> None:
    """The services prefect, run, deploy, and worker twice, as on two machines, over a folder."""
    address, posted = webhook
    folder = machine.folder
    news = folder / "news"
    news.mkdir()
    for name, text in (("a", FERRY), ("b", BUDGET)):
        (news / f"{name}.txt").write_text(text, encoding="utf-8")
    team = Team(machine, folder)
    team.settings(
        source("news", NEVER, path=str(news)),
        source("lost", PAST, path=str(folder / "nowhere")),
        team=f'notify = "{BLOCK}"',
    )
    home = folder / "prefect"
    home.mkdir()
    prefect_database.provide(home)
    soon = {"PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "4"}
    server = machine.run(
        "prefect", PREFECT_SERVER_API_AUTH_STRING=PREFECT_AUTH, PREFECT_HOME=str(home), **soon
    )
    machine.until_healthy("prefect", server)
    told = {"PREFECT_API_AUTH_STRING": PREFECT_AUTH, "DATELINE_CONFIG": str(team.config)}

    run = machine.run("run", **told)
    assert run.ended() == 1, run.err  # one of its two sources is not there
    row = first_run(team.lake)
    assert row is not None
    assert (row["new"], row["status"]) == (2, "failed")

    team.make_block(address)
    deploy = machine.run("deploy", **told)
    assert deploy.ended() == 0, deploy.err
    assert f"lost: {PAST} (UTC): made" in deploy.out
    told |= {"PREFECT_WORKER_QUERY_SECONDS": "3"}
    workers = []
    for port in (8080, 8081):
        outside = machine.ports[port]
        worker = machine.run("worker", **told, PREFECT_WORKER_WEBSERVER_PORT=str(outside))
        machine.until_healthy("worker", worker, outside)
        workers.append(worker)

    def trouble() -> object:
        return [(one.out, one.err) for one in (server, *workers)]

    # While one runs, here held up by another writer, the other waits, whichever machine is free.
    with Lake.open(team.lake) as held, held.lock("a test"):
        first = team.start("news")
        until(lambda: team.run(first)["state_type"] == "RUNNING", trouble)
        lost = team.start("lost")
        team.fall_due("lost")
        waits = "AwaitingConcurrencySlot"
        until(lambda: waits in {one["state_name"] for one in team.runs("lost")}, trouble)
        assert {one["state_type"] for one in team.runs("lost")} == {"SCHEDULED"}
    until(lambda: team.run(first)["state_type"] == "COMPLETED", trouble)
    assert {"dateline", "source:news"} < set(team.run(first)["tags"])

    # Then it runs: what fell due beside it is left out, what a person started is not. It fails,
    # which the webhook is told.
    until(lambda: team.run(lost)["state_type"] == "FAILED", trouble)
    until(lambda: posted, trouble)
    assert b"lost failed: lost: " in posted[0][1]
    ended = [(one["state_type"], one["state"]["message"] or "") for one in team.runs("lost")]
    left_out = [why for kind, why in ended if kind == "CANCELLED"]
    assert len(left_out) >= 2
    assert all(why.startswith("left out: run ") for why in left_out)
    for one in (*workers, server):
        one.process.send_signal(signal.SIGTERM)
        one.ended()
    for one in (*workers, server):
        one.until_nobody_is_left()
        assert PREFECT_AUTH not in one.out + one.err
