"""The daily check and maintenance of a lake, as their flows tell it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows.small_lake import build, rows


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_folder: Path) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "home"))


def test_a_sound_lake_is_checked_and_maintained(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from flows.upkeep import dateline_check, dateline_maintain

    lake = build(tmp_path / "lake", rows())
    checked = dateline_check.fn({"lake": str(lake)})
    assert checked.is_completed(), checked.message
    assert "1 article, " in str(checked.message)
    maintained = dateline_maintain.fn({"lake": str(lake)})
    assert maintained.is_completed(), maintained.message
    [copy] = (lake / "backups").iterdir()
    assert str(copy) in str(maintained.message)
    told = capfd.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in told][-2:] == ["check", "maintain"]


def test_a_row_that_is_wrong_fails_the_check_by_name(tmp_path: Path) -> None:
    from flows.upkeep import dateline_check

    made = rows()
    made["figures"][0]["surface"] = "Some 400"
    state = dateline_check.fn({"lake": str(build(tmp_path / "lake", made))})
    assert state.is_failed()
    assert "figures.surface" in str(state.message)


def test_what_cannot_be_done_is_the_flows_failure_and_no_lake_is_none(tmp_path: Path) -> None:
    from flows.upkeep import dateline_check, dateline_maintain

    nowhere = {"lake": str(tmp_path / "nowhere")}
    assert dateline_check.fn(nowhere).message == "there is no lake yet"
    assert dateline_maintain.fn(nowhere).is_completed()
    state = dateline_check.fn({"batch_size": 0})
    assert state.is_failed()
    assert str(state.message).startswith("check: SettingsError")
