"""The pages stay true: dependencies named with a reason, links that lead somewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def declared_dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    requirements = [*project["dependencies"], *(name for extra in extras for name in extra)]
    return {re.split(r"[<>=!~ \[;]", requirement)[0] for requirement in requirements} - {"dateline"}


def test_every_dependency_is_named_with_its_reason() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w.-]+) \| (.+) \|$", page, flags=re.MULTILINE)
    named = {name: reason for name, reason in rows if name not in {"package", "---"}}
    assert set(named) == declared_dependencies()
    assert all(len(reason) > 15 for reason in named.values())


@pytest.mark.parametrize(
    "lock", ["requirements.txt", "requirements-team.txt", "requirements-dev.txt"]
)
def test_locks_pin_every_dependency_with_hashes_and_name_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^([\w.-]+)(?:\[[\w, -]+\])?==\S+ \\$", text, flags=re.MULTILINE)
    lines = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(pins) == len(lines), "a line of the lock is no pinned requirement"
    assert "://" not in text
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=!~ \[;]", name)[0] for name in project["dependencies"]}
    assert {name.lower().replace("_", "-") for name in wanted} <= {
        pin.lower().replace("_", "-") for pin in pins
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target} does not exist"


def test_every_guarantee_names_a_test_that_there_is() -> None:
    page = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")
    tables = re.findall(r"^\| promise \| test \|\n.+\n((?:\|.+\n)+)", page, flags=re.MULTILINE)
    promises = re.findall(r"^\| (.+) \| (.+) \|$", "".join(tables), flags=re.MULTILINE)
    assert len(promises) > 25
    for promise, held in promises:
        found = re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", held)
        assert found, promise
        code = (ROOT / found[1]).read_text(encoding="utf-8")
        assert re.search(rf"^def {found[2]}\(", code, flags=re.MULTILINE), held
    for module in re.findall(r"python -m benchmarks\.(\w+)", page):
        assert (ROOT / "benchmarks" / f"{module}.py").is_file(), module
