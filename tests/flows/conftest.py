"""What the tests of flows share: articles written for them, and a pool and a server that stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import expectations.report
from flows.pool import Pool
from flows.prefect_server import PrivateServer
from flows.settings import Settings, load_settings
from tests.flows.commands import Command

FERRY = """Published on: 2025/03/04 09:00
Ferry sinks off Lissa island

LISSA, March 4 - At least 14 people drowned on Monday when a ferry sank off Lissa, the coast guard of Norway said. Rescuers pulled 63 passengers from the water.
"""  # noqa: E501
BUDGET = """Published on: 2025/03/06 15:30
Parliament passes budget

OSLO, March 6 - Parliament in Norway passed a budget of $48 billion on Thursday. Finance Minister Kari Holm said spending would rise 3.5 percent.
"""  # noqa: E501
STRIKE = """Published on: 2025/03/07 08:00
Rail workers strike in Belgium

BRUSSELS, March 7 - About 3,000 rail workers walked out on Friday, the union said. Belgium cancelled 120 trains.
"""  # noqa: E501


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    """Two workers for the whole session, since a worker takes seconds to load its model."""
    with Pool(2) as shared:
        yield shared


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateServer]:
    """The server of a team: it is there before a run and after it."""
    home = tmp_path_factory.mktemp("prefect")
    with PrivateServer(home, home / "server.log", pages=True) as running:
        yield running.wait()


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Where a lake will be."""
    return tmp_path / "lake"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with three articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in (("a", FERRY), ("b", BUDGET), ("c", STRIKE)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def dateline() -> Iterator[Callable[..., Command]]:
    """Starts the command in a process of its own; whatever is left of it is ended."""
    started: list[Command] = []

    def start(*arguments: str, **named: Any) -> Command:
        started.append(Command(*arguments, **named))
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(lake=tmp_path / "lake", workers=2)


@pytest.fixture
def no_data_docs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out Great Expectations' own pages, the greater part of a small run."""
    whole = expectations.report.write_report
    monkeypatch.setattr(expectations.report, "write_report", partial(whole, data_docs=False))
