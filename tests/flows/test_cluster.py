"""Dask computes what the process pool computes, loses nothing, and nothing of it stays behind."""

from __future__ import annotations

import datetime as dt
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import dask.config
import psutil
import pytest

from flows import executor, worker
from flows.cluster import Cluster
from flows.errors import ClusterError, UsageError
from flows.pipeline import run_plainly
from flows.pool import LEAST, Failure, Pool
from flows.settings import Settings, SourceSpec, load_settings
from tests.flows import work
from tests.flows.conftest import BUDGET, FERRY, STRIKE
from tests.flows.dask_cluster import ROOT, Commands, finished, open_tasks
from tests.waiting import LIMIT, until, until_gone
from transforms.model import TEXT, Article, RawArticle, Source
from transforms.parse import DEFAULT_MODEL


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    """A scheduler and two workers."""
    running = Commands(tmp_path_factory.mktemp("dask"))
    try:
        running.certify()
        running.scheduler()
        running.worker("one")
        running.worker("two")
        with running.client() as client:
            until(lambda: len(client.nthreads()) == 2, lambda: running.log("two"))
        with dask.config.set(running.settings()):
            yield running
    finally:
        running.stop_all()


@pytest.fixture(scope="module")
def cluster(commands: Commands) -> Iterator[Pool]:
    make = partial(Cluster, model=DEFAULT_MODEL, address=commands.address)
    with Pool(2, make, patience=LIMIT) as pool:
        yield pool


def heavy(_: object) -> int:
    return LEAST


def jobs() -> list[worker.Job]:
    found = []
    for number, text in enumerate((FERRY, BUDGET, STRIKE)):
        at, payload = dt.datetime(2025, 3, 8), text.encode()
        article = worker.read(RawArticle(f"{number}.txt", TEXT, at, payload, Source("news")))
        assert isinstance(article, Article)
        found.append(worker.Job(article, full=True))
    return found


def test_rows_are_the_process_pools_though_a_worker_is_lost(
    cluster: Pool, pool: Pool, commands: Commands, tmp_path: Path
) -> None:
    done: list[int] = []
    make = partial(
        work.rows_after_losing_a_worker, model=DEFAULT_MODEL, flag=(flag := tmp_path / "flag")
    )
    items = jobs() * 2
    found = cluster.map(make, items, heavy, done.append, "rows-20250301T101500Z-bc-batch-3")
    assert flag.exists()
    assert found == pool.map(partial(worker.rows, model=DEFAULT_MODEL), items, heavy)
    assert all(isinstance(one, dict) and one["mentions"] for one in found)
    with commands.client() as client:
        names = client.run_on_scheduler(finished)
        until(lambda: len(client.nthreads()) == 2)  # the nanny has started another one
    rows = [name for name in names if name.startswith("dateline-rows-")]
    assert all(
        re.fullmatch(r"dateline-rows-20250301T101500Z-bc-batch-3-\d-of-6-\d+", n) for n in rows
    )
    assert len(rows) == sum(done) == 6  # the page and the run's progress


def test_what_kills_its_process_or_takes_too_long_costs_no_other(
    commands: Commands, tmp_path: Path
) -> None:
    make = partial(Cluster, model=DEFAULT_MODEL, address=commands.address)
    with commands.client() as client, Pool(2, make, patience=1.0) as fresh:
        there = client.nthreads()
        killed = fresh.map(work.die_at_seven, range(12), lambda n: 10)
        counted = partial(work.counted_unless_slow, folder=tmp_path)
        slow = fresh.map(counted, [6, 8, 9, 7], lambda n: 1 if n == 7 else LEAST)
        broken = fresh.map(work.unpicklable, [6, 7], heavy)
        assert client.nthreads() == there
    assert [number for number in killed if isinstance(number, int)] == [*range(7), *range(8, 12)]
    assert isinstance(killed[7], Failure)
    assert "ended without an answer" in killed[7].detail
    assert slow == [6, 8, 9, Failure("it took more than 1 s", slow=True)]
    begun = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert begun == dict.fromkeys("6789", "begun\n")
    assert broken[0] == 6
    assert isinstance(broken[1], Failure)


def test_a_worker_with_other_versions_is_left_out(commands: Commands, tmp_path: Path) -> None:
    info = tmp_path / "old" / "spacy-0.0.1.dist-info" / "METADATA"
    info.parent.mkdir(parents=True)
    info.write_text("Metadata-Version: 2.1\nName: spacy\nVersion: 0.0.1\n")
    alone = Commands(tmp_path)
    said: list[str] = []
    try:
        alone.certify()
        alone.scheduler()
        alone.worker("old", first=tmp_path / "old")
        with dask.config.set(alone.settings()):
            make = partial(Cluster, model=DEFAULT_MODEL, address=alone.address, say=said.append)
            with Pool(2, make) as fresh, pytest.raises(ClusterError, match="no worker") as caught:
                fresh.map(work.square, [1], heavy)
            with Pool(2, make) as fresh:
                alone.worker("right")
                with alone.client() as client:
                    until(lambda: len(client.nthreads()) == 2, lambda: alone.log("right"))
                assert fresh.map(work.square, range(4), heavy) == [0, 1, 4, 9]
    finally:
        alone.stop_all()
    assert re.search(r"tls://[\d.:]+: spacy 0\.0\.1 there, 3[.\d]+ here$", str(caught.value))
    assert any("is left out: spacy 0.0.1 there" in line for line in said)


CLIENT = """
import sys
from functools import partial
from pathlib import Path
from flows.cluster import Cluster
from flows.pool import Pool
from tests.flows import work
with Pool(2, partial(Cluster, model=sys.argv[2], address=sys.argv[3])) as pool:
    pool.map(work.busy, [Path(sys.argv[1])] * 2, lambda _: 10**6, label="busy")
"""


def test_nothing_is_left_of_a_client_that_ends(commands: Commands, tmp_path: Path) -> None:
    for how in (signal.SIGINT, signal.SIGKILL):
        (folder := tmp_path / how.name).mkdir()
        arguments = [str(folder), DEFAULT_MODEL, commands.address]
        environment = {**dict(psutil.Process().environ()), **commands.variables()}
        with (
            commands.client() as client,
            subprocess.Popen(
                [sys.executable, "-c", CLIENT, *arguments],
                cwd=ROOT,
                env=environment,
                stderr=subprocess.DEVNULL,
            ) as parent,
        ):
            until(lambda: parent.poll() is not None or len(list(folder.iterdir())) == 2)
            parent.send_signal(how)
            assert parent.wait(LIMIT) != 0
            until_gone(int(path.name) for path in folder.iterdir())
            until(lambda: not any("busy" in name for name in client.run_on_scheduler(open_tasks)))
            assert len(client.nthreads()) == 2


def test_a_run_computes_on_a_cluster_here_that_listens_on_loopback_only(
    commands: Commands, news: Path, tmp_path: Path
) -> None:
    """Whatever TLS settings there are."""
    settings = load_settings(lake=tmp_path / "lake", executor="dask", workers=1)
    me = psutil.Process()
    before = {one.laddr for one in me.net_connections("inet")}
    said: list[str] = []
    with Pool(1, executor.executor(settings, said.append)) as here:
        report = run_plainly(settings, [SourceSpec(path=str(news))], pool=here)
        sockets = [one for one in me.net_connections("inet") if one.laddr not in before]
        children = [one.pid for one in me.children() if "flows.child" in one.cmdline()]
    assert report.status == "done"
    assert report.published["mentions"]
    assert said == ["Computing on a Dask cluster here"]
    assert {one.laddr.ip for one in sockets} <= {"127.0.0.1"}
    assert len(children) == 1
    until_gone(children)


def test_no_scheduler_and_no_dask_are_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.cluster.CONNECT", 0.5)
    with (
        pytest.raises(ClusterError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"),
        Pool(1, partial(Cluster, model=DEFAULT_MODEL, address="tcp://127.0.0.1:9")) as fresh,
    ):
        fresh.submit(work.process, 0)
    monkeypatch.setattr(executor, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=re.escape('pip install "dateline[dask]"')):
        executor.executor(Settings(executor="dask"), print)
