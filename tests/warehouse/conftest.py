"""Lakes for the tests of the warehouse, and processes beside them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from warehouse.lake import Lake

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def empty_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new lake that no test writes to; tests copy it, which is quicker than making one."""
    path = tmp_path_factory.mktemp("empty") / "lake"
    Lake.open(path, create=True).close()
    return path


@pytest.fixture
def lake_folder(empty_lake: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(empty_lake, tmp_path / "lake"))


@pytest.fixture
def lake(lake_folder: Path) -> Iterator[Lake]:
    with Lake.open(lake_folder) as opened:
        yield opened


@pytest.fixture
def python(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a Python process over some source text; whatever is left of it is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(source: str, *arguments: object, cwd: Path | None = None) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", source, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()
