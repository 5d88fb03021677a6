"""A release: one number wherever it stands, and distributions that work where installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

import warehouse
from tests.test_readme import FIRST_RUN
from tests.waiting import LIMIT
from transforms.extract import extractor_name
from warehouse.release import VERSION

ROOT = Path(__file__).parent.parent
ROOMS = ("flows", "transforms", "expectations", "warehouse", "pages", "seeds")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
#: What a team starts containers with.
TEAM = ("requirements-team.txt", "Dockerfile", ".dockerignore", "compose.yaml", "containers")
#: What is built from: all that a clone has and a distribution is made of.
SOURCES = (*ROOMS, "docs", "pyproject.toml", "MANIFEST.in", "README.md", "CHANGELOG.md")
PYTHON_PAGE = ROOT / "docs" / "python.md"


def released() -> list[tuple[int, int, int]]:
    """The versions that the changelog has headings with a date of, the newest first."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first, *headings = re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    assert first == "Unreleased"
    found = [re.fullmatch(r"(\d+)\.(\d+)\.(\d+) - \d{4}-\d\d-\d\d", one) for one in headings]
    return [(int(one[1]), int(one[2]), int(one[3])) for one in found if one]


def test_package_extractor_and_changelog_have_one_number() -> None:
    number = VERSION.removesuffix(".dev0")
    version = tuple(map(int, number.split(".")))
    versions = released()
    assert versions == sorted(versions, reverse=True)
    assert version > versions[0] if number != VERSION else version == versions[0]
    assert "version" in PROJECT["project"]["dynamic"]
    assert PROJECT["tool"]["setuptools"]["dynamic"]["version"] == {
        "attr": "warehouse.release.VERSION"
    }
    assert extractor_name().startswith(f"dateline-{VERSION}+")
    assert warehouse.__version__ == VERSION


def test_the_pages_name_the_newest_release() -> None:
    newest = ".".join(map(str, released()[0]))
    page = (ROOT / "docs" / "releases.md").read_text(encoding="utf-8")
    named = re.findall(r"dateline-(\d+\.\d+\.\d+)|\bv(\d+\.\d+\.\d+)|^## `(\d\S+)", page)
    assert {one for found in named for one in found if one} == {newest}


def test_the_page_of_the_python_api_has_every_name() -> None:
    page = PYTHON_PAGE.read_text(encoding="utf-8")
    examples = "".join(re.findall(r"^```pycon\n(.+?)^```", page, flags=re.MULTILINE | re.DOTALL))
    for name in warehouse.__all__:
        assert re.search(rf"\bwarehouse\.{name}\b", examples), f"{name} has no example"
    assert set(re.findall(r"\bwarehouse\.(\w+)", examples)) <= {
        *warehouse.__all__,
        "errors",  # in what Python prints of an error
    }


@dataclass(frozen=True)
class Built:
    wheel: Path
    sdist: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Both distributions as ``make dist`` builds them: the wheel out of the source distribution."""
    clone, out = tmp_path_factory.mktemp("clone"), tmp_path_factory.mktemp("dist")
    for name in (*SOURCES, *TEAM, "requirements.txt"):
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, clone / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, clone / name)
    run(clone, "uv", "build", "--offline", "--no-build-isolation", "--out-dir", str(out), ".")
    [wheel], [sdist] = out.glob("*.whl"), out.glob("*.tar.gz")
    return Built(wheel, sdist)


def run(folder: Path, program: str, *arguments: str, bin: Path | None = None) -> str:
    """What a program of an environment says when it is run in a folder; it must go well.

    Nothing of this process tells it of the project: no PYTHONPATH, no settings.
    """
    scripts = bin or Path(sysconfig.get_path("scripts"))
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATELINE_", "PREFECT_", "PYTHON", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [scripts / program, *arguments],
        cwd=folder,
        env={**kept, "UV_PYTHON": str(scripts / "python")},
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.long
def test_the_distributions_hold_all_that_is_needed(built: Built) -> None:
    assert built.wheel.name == f"dateline-{VERSION}-py3-none-any.whl"
    assert built.sdist.name == f"dateline-{VERSION}.tar.gz"
    ours = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != "README.md"
    }
    assert {f"{room}/py.typed" for room in ROOMS} <= ours
    with zipfile.ZipFile(built.wheel) as wheel:
        assert {name for name in wheel.namelist() if ".dist-info/" not in name} == ours
    with tarfile.open(built.sdist) as sdist:
        names = {member.name.partition("/")[2] for member in sdist if member.isfile()}
    assert {*TEAM[:-1], "containers/databases.sh", "containers/example.env"} <= names
    assert ours | {"README.md", "CHANGELOG.md", "requirements.txt", "docs/releases.md"} <= names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]


@pytest.mark.long
def test_the_wheel_works_in_an_environment_of_its_own(built: Built, tmp_path: Path) -> None:
    """Its libraries are this environment's; what is ours is the wheel's alone."""
    home, folder = tmp_path / "env", tmp_path / "elsewhere"
    folder.mkdir()
    venv.create(home, symlinks=True)
    scripts = home / "bin"
    options = ("--offline", "--no-deps", "--python", str(home))
    run(folder, "uv", "pip", "install", *options, str(built.wheel))
    [packages] = home.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")

    where = run(
        folder, "python", "-c", "import flows, warehouse; print(flows.__file__)", bin=scripts
    )
    assert Path(where.strip()).is_relative_to(home)
    assert run(folder, "dateline", "--version", bin=scripts) == f"dateline {VERSION}\n"
    assert FIRST_RUN in run(folder, "dateline", "run", bin=scripts)
    assert (folder / "lake" / "prefect" / "prefect.db").is_file()
    asked = run(folder, "dateline", "sql", "SELECT DISTINCT extractor FROM articles", bin=scripts)
    assert f"dateline-{VERSION}+" in asked
    text = "Some 300 troops left Riga on Monday."
    assert "Some 300" in run(folder, "dateline", "explain", text, bin=scripts)
    run(folder, "python", "-m", "doctest", "-o", "ELLIPSIS", str(PYTHON_PAGE), bin=scripts)
