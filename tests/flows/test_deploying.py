"""``dateline deploy`` on a real server: what is made, left alone, changed, paused and refused.

Workers that run what it makes are in tests/test_containers.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.deploying import deploy
from flows.errors import UsageError
from flows.pooled import pooled
from flows.prefect_api import RefusedError
from flows.prefect_server import PrivateServer, environment
from flows.settings import load_settings
from tests.flows.team import BLOCK, Team
from tests.flows.test_schedule import NEVER, source

pytestmark = pytest.mark.long


@pytest.fixture
def team(server: PrivateServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    for name, value in environment(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PREFECT_API_URL", server.api_url)
    made = Team(server, tmp_path)
    yield made
    made.lake = tmp_path / "lake"
    made.remove()


def deployed(team: Team) -> list[str]:
    """The command's lines, without a process of its own."""
    from prefect.settings import PREFECT_API_URL, temporary_settings

    settings = load_settings(team.config)
    said: list[str] = []
    with temporary_settings({PREFECT_API_URL: team.server.api_url}):
        deploy(pooled(settings, None), settings.team, said.append)
    return said


def test_without_a_server_that_stays_nothing_is_deployed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    settings = load_settings(lake=tmp_path, sources=[{"path": "x", "name": "x", "schedule": NEVER}])
    with pytest.raises(UsageError, match="PREFECT_API_URL names no Prefect server"):
        deploy(pooled(settings, None), settings.team, print)


def test_what_is_there_already_is_left_alone_and_what_is_not_wanted_is_paused(team: Team) -> None:
    team.settings(source("wire", NEVER), source("desk", NEVER))
    made = deployed(team)
    assert made[0].startswith("work pool dateline: ")
    assert [line.rpartition(": ")[2] for line in made[1:]] == ["made"] * 5
    before = team.deployments()
    assert {line.rpartition(": ")[2] for line in deployed(team)} == {"unchanged"}
    assert team.deployments() == before
    limits = {name: one["global_concurrency_limit"]["name"] for name, one in before.items()}
    assert limits["wire"] == limits["desk"] == limits["maintain"] != limits["check"]
    assert all(one["global_concurrency_limit"]["limit"] == 1 for one in before.values())

    # Another schedule, many writers, a source less, a webhook: each is said, once.
    team.make_block("http://127.0.0.1:9/nobody")
    wire = source("wire", "1 2 3 4 *")
    many = 'writers = "many"'
    team.settings(wire, first=many, team=f'notify = "{BLOCK}"')
    changed = deployed(team)
    assert "wire: 1 2 3 4 * (UTC): schedule, limit changed" in changed
    assert "desk: is not in the settings any more, paused" in changed
    assert sum(line.startswith("automation ") for line in changed) == 4
    after = team.deployments()
    assert [name for name, one in after.items() if one["paused"]] == ["desk"]
    assert after["wire"]["global_concurrency_limit"]["name"] not in limits.values()
    assert all(line.endswith((": unchanged", ", paused")) for line in deployed(team))

    # Late is sooner: the automation is another. It comes back; the webhook goes.
    team.settings(wire, first=many, team=f'notify = "{BLOCK}"\nlate_minutes = 5')
    assert [line for line in deployed(team) if line.endswith("a run that is late: changed")]
    team.settings(wire, source("desk", NEVER), first=many)
    back = deployed(team)
    assert any(line.startswith("desk: ") and "paused changed" in line for line in back)
    assert sum(line.endswith(": removed") for line in back) == 3

    # Another lake cannot take its deployments, and no block is made up.
    team.settings(source("wire", NEVER), team='notify = "nobody"')
    with pytest.raises(RefusedError, match="no webhook block that is called nobody"):
        deployed(team)
    team.lake = team.lake.with_name("other")
    team.settings(source("wire", NEVER))
    with pytest.raises(RefusedError, match=r"dateline-run/wire is of the lake .+`prefix`"):
        deployed(team)
