"""Which deployments a work pool is to have, and what a run looks at on a worker's machine: pure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flows import on_worker
from flows.automations import automations
from flows.errors import SettingsError, UsageError
from flows.pooled import lake_of, pooled
from flows.settings import Settings, SourceSpec, load_settings
from flows.team_settings import Team

pytestmark = pytest.mark.usefixtures("empty_folder")
WIRE = SourceSpec(path="wire", name="the wire", schedule="*/15 * * * *", zone="Asia/Seoul")
DESK = SourceSpec(path="s3://me:secret@desk/x", name="desk", paused=True)


def known(**more: Any) -> Settings:
    return load_settings(**{"lake": "lake", "sources": (WIRE, DESK), **more})


def test_deployments_hold_names_and_nothing_of_this_machine() -> None:
    plan = pooled(known(), "0 6 * * *")
    assert plan.lake == str(Path.cwd() / "lake")
    wire, desk, check, maintain = plan.deployments
    assert wire.deployment.name == "the-wire"
    assert wire.deployment.parameters == {"sources": ["the wire"]}
    assert (desk.deployment.cron, desk.deployment.active) == ("0 6 * * *", False)
    assert check.deployment.parameters == maintain.deployment.parameters == {}
    assert "secret" not in str(plan)
    assert {"dateline", f"lake:{plan.lake}", "source:the wire"} < set(wire.tags)
    for one in plan.deployments:
        assert lake_of(one.tags) == plan.lake
        assert sum(tag.startswith("version:") for tag in one.tags) == 1


def test_a_database_is_called_without_who_asks_it() -> None:
    plan = pooled(known(lake="postgres://ann:secret@db.example/news"), "0 6 * * *")
    assert plan.lake == "postgres://db.example/news"
    assert plan.key.startswith("news-")
    assert "secret" not in str(plan)


def test_one_writer_shares_a_limit_and_many_have_one_each() -> None:
    one = {p.deployment.name: p.limit for p in pooled(known(), "0 6 * * *").deployments}
    assert one["the-wire"] == one["desk"] == one["maintain"] != one["check"]
    many = pooled(known(writers="many"), "0 6 * * *").deployments
    assert len({p.limit for p in many}) == len(many)
    other = {p.limit for p in pooled(known(lake="other/lake"), "0 6 * * *").deployments}
    assert not other & {*one.values(), *(p.limit for p in many)}


def test_names_may_begin_with_what_tells_lakes_apart() -> None:
    plan = pooled(known(team=Team(prefix="asia-")), "0 6 * * *", upkeep=False)
    assert [one.deployment.name for one in plan.deployments] == ["asia-the-wire", "asia-desk"]


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        ((), "there is no source under"),
        ((SourceSpec(path="wire"),), r"^wire: no name; a worker finds"),
        ((DESK, DESK), "^desk: several sources have this name"),
        ((DESK,), "desk: no schedule"),
    ],
)
def test_what_no_worker_could_find_is_named(sources: tuple[SourceSpec, ...], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        pooled(known(sources=sources), None)


def test_names_that_prefect_does_not_take_are_refused() -> None:
    Path("dateline.toml").write_text('[team]\npool = "a/b"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"team\.pool: 'a/b' has '/'"):
        load_settings()


def test_a_run_is_refused_where_the_settings_are_of_another_lake(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = known()
    assert on_worker.checked(here, ["gone"]) is here  # no run of a pool
    monkeypatch.setenv(on_worker.LAKE, str(Path.cwd() / "lake"))
    assert on_worker.checked(here, ["desk", {"path": "anywhere"}]) is here
    with pytest.raises(UsageError, match="no source that is called gone"):
        on_worker.checked(here, ["gone", "desk"])
    with pytest.raises(UsageError, match=r"DATELINE_CONFIG is not set.+ the deployment is of "):
        on_worker.checked(known(lake="elsewhere"), ["desk"])


def test_automations_are_of_the_runs_of_one_lake() -> None:
    from uuid import UUID

    plan = pooled(known(), "0 6 * * *")
    quiet = automations(plan, Team(), None)
    assert [one.actions[0].type for one in quiet] == ["change-flow-run-state"]
    told = automations(plan, Team(late_minutes=5), UUID(int=1))
    assert [one.actions[0].type for one in told[1:]] == ["call-webhook"] * 3
    for one in told[:3]:
        assert plan.lake in str(one.trigger.model_dump()["match_related"])
    assert len({one.name for one in told}) == len(told)
