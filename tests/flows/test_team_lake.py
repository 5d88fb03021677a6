"""A run on a lake in PostgreSQL with S3: the same rows as in a folder, and no secret anywhere."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from flows.pipeline import run_plainly
from flows.pool import Pool
from flows.settings import SourceSpec, load_settings
from tests.flows.commands import Command
from tests.flows.test_rebuild import digests, rebuild
from tests.kinds import fresh
from tests.servers import KEY, PASSWORD, SECRET, Cluster
from warehouse.lake import Lake
from warehouse.tables import TABLES

#: What no one may find: the catalog's password, the store's key.
MARKED = tuple(word.encode() for word in (PASSWORD, SECRET, KEY))


@pytest.mark.long
@pytest.mark.usefixtures("no_data_docs")
def test_a_run_and_a_rebuild_give_the_rows_that_a_folder_s_would(
    news: Path,
    pool: Pool,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = []
    for kind in ("sqlite+folder", "postgres+s3"):
        fresh(kind, tmp_path, request, monkeypatch)
        settings = load_settings(batch_size=2)
        sources = [SourceSpec(path=str(news))]
        first = run_plainly(settings, sources, pool=pool)
        assert (first.status, first.sums_hold) == ("done", True)
        assert run_plainly(settings, sources, pool=pool).nothing_new
        tokyo = settings.model_copy(update={"default_zone": "Asia/Tokyo"})
        rebuilt = rebuild(tokyo, pool)
        assert (rebuilt.status, rebuilt.sums_hold) == ("done", True)
        found.append((first.tables, digests(settings)))
        assert (settings.lake.home / "report" / "metrics.prom").is_file()
    assert found[0] == found[1]


def holding(folder: Path) -> list[str]:
    """The files below a folder that have one of the marked words."""
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(word in path.read_bytes() for word in MARKED)
    ]


def command_lines(command: Command) -> Iterator[str]:
    """Those of a command and all that it started."""
    for process in (psutil.Process(command.process.pid), *command.family()):
        with suppress(psutil.NoSuchProcess):
            yield " ".join(process.cmdline())


@pytest.mark.long
def test_no_secret_is_in_any_log_table_report_error_or_list_of_processes(
    news: Path,
    tmp_path: Path,
    dateline: Callable[..., Command],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    cluster: Cluster,
) -> None:
    address = fresh("postgres+s3", tmp_path, request, monkeypatch)
    monkeypatch.delenv("PGPASSWORD")
    secret = str(address).replace("postgres@", f"postgres:{PASSWORD}@")
    assert secret != str(address)
    away = secret.replace(f":{cluster.port}/", ":9/")
    assert address.data is not None
    named = {"DATELINE_DATA": address.data, "DATELINE_HOME": str(address.home)}
    said = ""
    for given, code, *arguments in (
        (secret, 0, "run", str(news), "-v"),
        (secret, 64, "sql", "FROM duckdb_secrets()", "-v"),
        (secret, 0, "sql", "SELECT * FROM duckdb_settings()", "--format", "csv"),
        (secret.replace(PASSWORD, f"x{PASSWORD}"), 2, "sql", "SELECT 1", "-v"),
        (away, 2, "run", str(news), "-v"),
    ):
        command = dateline(*arguments, cwd=tmp_path, DATELINE_LAKE=given, **named)
        while command.process.poll() is None:
            for told in command_lines(command):
                assert PASSWORD not in told
            with suppress(subprocess.TimeoutExpired):
                command.process.wait(0.3)
        assert command.process.returncode == code, f"{arguments}: {command.err}"
        said += command.out + command.err
    assert "marked" not in said.lower()
    with Lake.open(secret) as lake:
        copy = lake.maintain().backup
        assert copy is not None
        with zipfile.ZipFile(copy) as members:
            members.extractall(tmp_path / "copy")
        assert holding(tmp_path) == []
        for table in TABLES:
            rows = str(lake.query(f"FROM lake.{table.name}").to_pylist()).encode()
            assert not any(word in rows for word in MARKED), table.name
    name = str(address).rpartition("/")[2]
    for (table,) in cluster.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'dateline'", name
    ):
        rows = str(cluster.execute(f"SELECT * FROM dateline.{table}", name)).encode()
        assert not any(word in rows for word in MARKED), table
