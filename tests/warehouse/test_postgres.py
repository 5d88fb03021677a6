"""A lake in PostgreSQL: its lock, its broken connections, its rights, its copies."""

from __future__ import annotations

import logging
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import warehouse
from tests.kinds import fresh
from tests.servers import PASSWORD, Cluster, ObjectStore
from tests.waiting import LIMIT, until
from tests.warehouse.proxy import Proxy
from tests.warehouse.stories import batch_of
from tests.warehouse.test_concurrency import line
from warehouse import LakeError, NoLakeError
from warehouse import address as addresses
from warehouse.address import Address
from warehouse.export import export
from warehouse.lake import Lake, Publication
from warehouse.migrate import migrate
from warehouse.postgres import PostgresCatalog
from warehouse.postgres_restore import main as restore
from warehouse.reader import lake_address

Python = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Address:
    return fresh("postgres+folder", tmp_path, request, monkeypatch)


def one(number: int) -> Publication:
    return Publication(insert=batch_of(range(number, number + 1)))


def name_of(place: Address) -> str:
    assert place.database is not None
    return place.database.uri.rpartition("/")[2]


def end_backends(cluster: Cluster, place: Address, which: str = "") -> int:
    """Kill the backends of a lake's database whose application's name has this in it."""
    return len(
        cluster.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
            f"'{name_of(place)}' AND application_name LIKE '%{which}%'"
        )
    )


def test_a_lock_whose_connection_broke_is_taken_again_and_that_is_told(
    place: Address, cluster: Cluster, caplog: pytest.LogCaptureFixture
) -> None:
    with Lake.open(place, create=True) as lake, lake.lock("a run"):
        lake.publish(one(0), "run-1")
        assert end_backends(cluster, place, "writer") == 1
        with caplog.at_level(logging.WARNING):
            lake.publish(one(1), "run-1")
        assert "held again; nobody had it meanwhile" in caplog.text
        assert lake.counts()["articles"] == 2
        # it is held for real
        with Lake.open(place) as other:
            waited = pytest.raises(RuntimeError, match="a run")
            with waited, other.lock("another", on_wait=refuse):
                pass  # pragma: no cover


def refuse(holder: object) -> None:
    raise RuntimeError(str(holder))


def test_without_the_lock_nothing_is_committed(place: Address, cluster: Cluster) -> None:
    with Lake.open(place, create=True) as lake, Lake.open(place) as other, lake.lock("a run"):
        lake.publish(one(0), "run-1")
        end_backends(cluster, place, "writer")
        other.publish(one(1), "run-2")  # takes it, and gives it back
        with pytest.raises(LakeError, match="was lost with its connection, and another writer has"):
            lake.publish(one(2), "run-1")
    with Lake.open(place) as lake:
        assert lake.counts()["articles"] == 2
        with lake.lock("next"):
            lake.publish(one(2), "run-3")


@pytest.mark.parametrize("times", [1, 3])
def test_a_commit_whose_answer_was_lost_is_not_made_twice(
    times: int, place: Address, cluster: Cluster
) -> None:
    Lake.open(place, create=True).close()
    with Proxy(cluster.port, b"COMMIT") as proxy:
        through = addresses.read(str(place).replace(str(cluster.port), str(proxy.own_port)))
        with Lake.open(through) as lake, lake.lock("a run"):
            for number in range(4):
                before = lake.snapshot
                proxy.left = times
                assert lake.publish(one(number), "run-1") == before + 1
                proxy.left = 0
        assert proxy.cut >= 4
    with Lake.open(place) as lake:
        assert lake.counts()["articles"] == 4
        assert len([s for s in lake.history() if s.run == "run-1"]) == 4


def test_a_publication_outlives_killed_backends_and_a_restart(
    place: Address, cluster: Cluster
) -> None:
    with Lake.open(place, create=True) as lake, warehouse.Reader.open(place) as reader:
        ended = threading.Event()

        def disturb() -> None:
            for _ in range(4):
                if not ended.wait(0.7):
                    end_backends(cluster, place)
            cluster.restart()

        disturbing = threading.Thread(target=disturb)
        with lake.lock("a run"):
            disturbing.start()
            number = 0
            while disturbing.is_alive() or number < 12:
                lake.publish(one(number), "run-1")
                number += 1
            disturbing.join()
            ended.set()
        assert lake.counts()["articles"] == number
        assert len([s for s in lake.history() if s.run == "run-1"]) == number
        [row] = reader.ask("SELECT count(*) AS n FROM articles").to_pylist()
        assert row["n"] == number


def test_a_dead_writer_s_lock_is_free_though_its_machine_still_stands(
    place: Address, python: Python
) -> None:
    Lake.open(place, create=True).close()
    holder = python(
        "from warehouse.lake import Lake\nfrom warehouse.reader import lake_address\n"
        "import sys\n"
        "with Lake.open(lake_address()) as lake, lake.lock('the dead'):\n"
        "    print('holds', flush=True)\n    sys.stdin.readline()"
    )
    assert line(holder) == "holds"
    holder.send_signal(signal.SIGKILL)
    holder.wait(LIMIT)
    with Lake.open(place) as lake:
        died = until(lambda: lake._lock.acquire("next"))
        assert died is not None
        assert (died.owner, died.pid) == ("the dead", holder.pid)
        lake._lock.release()


def test_who_may_only_read_can_do_all_that_readers_do(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cluster: Cluster,
    store: ObjectStore,
) -> None:
    """The grants are those of the documents; the store is only asked to show things."""
    from tests.warehouse.test_kinds import revised

    place = fresh("postgres+s3", tmp_path, request, monkeypatch)
    with Lake.open(place, create=True) as lake:
        lake.publish(Publication(insert=batch_of(range(3))), "run-1")
        lake.publish(revised(range(1), 7), "run-2")
    page = (Path(__file__).parents[2] / "docs" / "architecture-storage.md").read_text("utf-8")
    grants = page.split("<!-- grants -->")[1].split("```sql\n")[1].split("```")[0]
    role = f"reader_{name_of(place)}"
    cluster.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'")
    cluster.execute(grants.replace("reader", role).replace("news", name_of(place)), name_of(place))
    asked = len(store.asked)
    reading = addresses.read(str(place).replace("postgres@", f"{role}@"), home=tmp_path / "other")
    with warehouse.connect(reading) as connection:
        assert connection.execute("SELECT count(*) FROM figures").fetchone() == (3,)
    with warehouse.Reader.open(reading, "run-1") as reader:
        assert reader.ask("SELECT sum(value) AS n FROM figures").to_pylist() == [{"n": 3600.0}]
    assert export(reading, tmp_path / "out").tables
    assert {method for method, _ in store.asked[asked:]} <= {"GET", "HEAD"}
    with pytest.raises(LakeError, match="permission denied"), Lake.open(reading) as lake:
        lake.publish(one(9), "run-3")


def test_a_new_lake_needs_data_and_an_old_one_has_its_own(place: Address, tmp_path: Path) -> None:
    assert place.database is not None
    with pytest.raises(LakeError, match=r"set `data` in dateline\.toml, or DATELINE_DATA"):
        Lake.open(Address(place.home, place.database), create=True)
    Lake.open(place, create=True).close()
    Lake.open(Address(place.home, place.database)).close()
    other = Address(place.home, place.database, "s3://elsewhere/lake")
    with pytest.raises(LakeError, match=f"has its data in {place.data}, not in s3://elsewhere"):
        Lake.open(other)
    with pytest.raises(LakeError, match="not in s3://elsewhere"):
        warehouse.connect(other)
    assert migrate(place).snapshot is None


def test_lakes_in_one_database_have_a_schema_each(place: Address, tmp_path: Path) -> None:
    two = addresses.read(f"{place}?schema=archive", tmp_path / "two", place.home)
    with Lake.open(place, create=True) as first, Lake.open(two, create=True) as second:
        with first.lock("of the first"), second.lock("of the second", on_wait=refuse):
            first.publish(one(0), "run-1")
            second.publish(Publication(insert=batch_of(range(3))), "run-1")
        assert (first.counts()["articles"], second.counts()["articles"]) == (1, 3)
    with pytest.raises(NoLakeError, match="schema=third"):
        Lake.open(f"{place}?schema=third")


def test_a_service_names_a_database(
    place: Address, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Lake.open(place, create=True).close()
    monkeypatch.delenv("PGPASSWORD")
    (tmp_path / "services").write_text(
        f"[news]\nhost=127.0.0.1\nport={cluster.port}\nuser=postgres\ndbname={name_of(place)}\n"
    )
    passwords = tmp_path / "pgpass"
    passwords.write_text(f"127.0.0.1:{cluster.port}:*:postgres:{PASSWORD}\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    with Lake.open(addresses.read("postgres://?service=news", home=place.home)) as lake:
        lake.publish(one(0), "run-1")
    monkeypatch.setenv("PGPASSFILE", "/nowhere")
    with pytest.raises(LakeError, match=r"the lake in postgres://\?service=news cannot be opened"):
        Lake.open("postgres://?service=news")


def test_a_password_in_the_address_opens_and_is_shown_nowhere(
    place: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    Lake.open(place, create=True).close()
    monkeypatch.delenv("PGPASSWORD")
    given = str(place).replace("postgres@", f"postgres:{PASSWORD}@")
    with Lake.open(given) as lake, lake.lock("a run"):
        lake.publish(one(0), "run-1")
        for table in ("duckdb_databases", "duckdb_secrets", "duckdb_settings", "duckdb_logs"):
            assert PASSWORD not in str(lake.query(f"FROM {table}()").to_pylist())
        with pytest.raises(LakeError) as caught:
            lake.query("FROM duckdb_secrets(redact => false)")
        assert PASSWORD not in str(caught.value)
    monkeypatch.setenv("DATELINE_LAKE", given)
    with warehouse.connect() as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    assert PASSWORD not in f"{lake_address()!r} {lake_address()}"
    for broken in (given.replace(PASSWORD, "Marked-wrong"), given.replace(name_of(place), "gone")):
        for door in (Lake.open, warehouse.connect, migrate):
            with pytest.raises(LakeError) as caught:
                door(broken)
            said = f"{caught.value} {caught.value.__cause__} {caught.value.__context__}"
            assert "Marked" not in said


def test_a_catalog_is_brought_back_from_its_copy(
    place: Address, cluster: Cluster, tmp_path: Path
) -> None:
    with Lake.open(place, create=True) as lake:
        lake.publish(Publication(insert=batch_of(range(4))), "run-1")
        digests, history = lake.digests(), lake.history()
        with lake.lock("copy"):
            copy = lake.catalog.back_up()
        lake.publish(one(5), "run-2")
        assert "python -m warehouse.postgres_restore" in lake.catalog.way_back(copy)
    kept = Path(shutil.copy(copy.path, tmp_path))
    restore(str(kept), str(place))
    with Lake.open(place) as lake:
        assert (lake.digests(), lake.history()) == (digests, history)
        with lake.lock("next"):  # tidies what the copy does not know
            lake.publish(one(6), "run-3")
        with lake.lock("copy"):
            kept = Path(shutil.copy(lake.catalog.back_up().path, tmp_path))
        digests = lake.digests()
    cluster.execute("DROP SCHEMA dateline CASCADE", name_of(place))
    with pytest.raises(NoLakeError):
        Lake.open(place)
    (tmp_path / "no.zip").write_bytes(b"x")
    restore(str(kept), str(place))
    with Lake.open(place) as lake:
        assert lake.digests() == digests
        lake.publish(one(7), "run-4")
        with pytest.raises(LakeError, match="is no copy of a catalog"):
            restore(str(tmp_path / "no.zip"), str(place))
        assert lake.counts()["articles"] == 6


def test_errors_are_told_apart(place: Address) -> None:
    catalog = PostgresCatalog(place, Lake.open(place, create=True).catalog.layout)
    busy = RuntimeError("Failed to commit: could not serialize access due to concurrent update")
    lost = RuntimeError("terminating connection due to administrator command")
    assert (catalog.is_busy(busy), catalog.is_lost(busy)) == (True, False)
    assert (catalog.is_busy(lost), catalog.is_lost(lost)) == (False, True)
    assert not catalog.is_busy(RuntimeError("disk is full"))
