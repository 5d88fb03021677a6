"""maintain and migrate, asked of a small lake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows.small_lake import ask, build, rows
from warehouse.lake import Lake


@pytest.fixture
def lake(empty_folder: Path) -> Path:
    return build(empty_folder / "lake", rows())


def test_maintain_says_what_it_did_and_where_the_backup_is(lake: Path) -> None:
    dry = ask(lake, "maintain", "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "would be expired" in dry.stdout
    assert not (lake / "backups").exists()
    done = ask(lake, "maintain", "--expire-days", "0", "--grace-hours", "0")
    assert done.exit_code == 0, done.output
    assert done.stdout.split()[:4] == ["table", "files", "now", "deletes"]
    [copy] = (lake / "backups").iterdir()
    assert f"backup of the catalog: {copy}" in done.stdout
    assert ask(lake, "maintain", "--keep-backups", "0").exit_code == 64


def test_migrate_leaves_a_lake_of_today_and_refuses_a_newer_one(lake: Path) -> None:
    done = ask(lake, "migrate")
    assert done.exit_code == 0, done.output
    assert "nothing to do" in done.stdout
    with Lake.open(lake) as opened:
        opened.query("UPDATE lake.lake_info SET value = '99' WHERE name = 'schema_version'")
        opened.query("UPDATE lake.lake_info SET value = '0' WHERE name = 'schema_digest'")
    refused = ask(lake, "migrate")
    assert refused.exit_code == 2
    assert "install the newer dateline" in refused.output
    assert ask(lake.parent / "nowhere", "migrate").exit_code == 64
