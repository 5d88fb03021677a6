"""What every test may count on: a machine that can talk to itself, and Ctrl-C."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from flows.prefect_server import reachable
from flows.processes import collect_seldom
from tests.jobs import Samples
from tests.kinds import KINDS, fresh
from tests.once import made_once
from tests.properties import examples
from tests.servers import Cluster, ObjectStore, object_store, postgres
from warehouse.address import Address

# Before the tests' own settings, which are made from the profile. No property is a matter of time:
# neither how long an example takes nor how long it takes to make one.
settings.register_profile(
    "dateline",
    max_examples=examples(),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("dateline")


#: One thread a process, for the workers keep all cores busy: DuckDB's threads cost a fifth more CPU
#: time for what small lakes are asked. DuckDB has as many as the first of these says.
_ONE_THREAD = ("SLURM_CPUS_ON_NODE", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """The lake of the samples, to be read: one for all workers."""
    return Samples.at(made_once(tmp_path_factory, "samples", Samples.make))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of this worker's."""
    with postgres() as running:
        yield running


@pytest.fixture(scope="session")
def store() -> Iterator[ObjectStore]:
    """An S3-compatible server of this worker's."""
    with object_store() as running:
        yield running


@pytest.fixture(params=KINDS)
def address(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Address:
    """Where a lake of each kind will be, also as the environment says it."""
    return fresh(request.param, tmp_path, request, monkeypatch)


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: an empty folder. A terminal there is as wide as one without a say."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


def pytest_configure() -> None:
    """In a network namespace of its own (``unshare -n``) the loopback interface starts down, and
    what a shell starts in the background is deaf to Ctrl-C, and so would its children be."""
    if not reachable() and (ip := shutil.which("ip")):
        subprocess.run([ip, "link", "set", "lo", "up"], check=False)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")


def pytest_collection_finish() -> None:
    """What was imported and collected is never rubbish: not to be looked through for some."""
    collect_seldom()
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deal the long tests out to pytest-xdist's workers, each of which begins with a share of the
    list: it runs them first, so that none is left with them at the end while the others idle."""
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    long = [item for item in items if item.get_closest_marker("long")]
    short = [item for item in items if not item.get_closest_marker("long")]
    share = -(-len(short) // workers)
    items[:] = [
        item
        for worker in range(workers)
        for item in (*long[worker::workers], *short[worker * share : (worker + 1) * share])
    ]
