"""The import rule: which room may import what."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("flows", "transforms", "expectations", "warehouse", "pages")

#: Of our own modules, what each room may import beside itself (None: everything).
OURS: dict[str, tuple[str, ...] | None] = {
    "flows": None,
    "transforms": ("warehouse.tables", "warehouse.release"),
    "expectations": ("warehouse.tables",),
    "warehouse": (),
    "pages": ("warehouse", "expectations.visible"),
}
#: The one room that knows a library.
ONLY_IN = {"prefect": "flows", "great_expectations": "expectations", "duckdb": "warehouse"}

MODULES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def nodes(tree: ast.AST, *, inside: bool, for_types: bool) -> Iterator[ast.AST]:
    """The nodes of a module; without those inside functions if not ``inside``, without those under
    ``if TYPE_CHECKING`` if not ``for_types``."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and not for_types:
            continue
        yield node
        if inside or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from nodes(node, inside=inside, for_types=for_types)


def imported(
    path: Path, *, inside: bool = True, for_types: bool = True
) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every import in a module, by default of whatever kind."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in nodes(tree, inside=inside, for_types=for_types):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute here"
            assert node.module is not None
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def within(name: str, module: str) -> bool:
    return name == module or name.startswith(module + ".")


def module_id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def module_of(name: str, modules: set[str]) -> str | None:
    """The module that an imported name is of, or that it is."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name or None


@pytest.mark.parametrize("path", MODULES, ids=module_id)
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    allowed = OURS[room]
    for line, name in imported(path):
        top = name.split(".")[0]
        if top in ONLY_IN:
            assert room == ONLY_IN[top], f"{module_id(path)}:{line}: {room} must not know {top}"
        if top in ROOMS and top != room and allowed is not None:
            assert any(within(name, module) for module in allowed), (
                f"{module_id(path)}:{line}: {room} must not import {name}"
            )


@pytest.mark.parametrize("path", MODULES, ids=module_id)
def test_no_room_imports_tests_or_benchmarks(path: Path) -> None:
    for line, name in imported(path):
        assert name.split(".")[0] not in {"tests", "benchmarks"}, f"{module_id(path)}:{line}"


def graph(*, inside: bool, for_types: bool) -> dict[str, set[str]]:
    """What each module imports of ours, with imports inside functions and for the type checker."""
    modules = {dotted(path) for path in MODULES}
    found: dict[str, set[str]] = {}
    for path in MODULES:
        names = (name for _, name in imported(path, inside=inside, for_types=for_types))
        of = {module for name in names if (module := module_of(name, modules)) is not None}
        found[dotted(path)] = of - {dotted(path)}
    return found


def circles(imports: Mapping[str, set[str]]) -> list[list[str]]:
    """The sets of modules, two or more, of which each imports every other, if over others."""
    reached = {module: _reached(module, imports) for module in imports}
    found = {
        tuple(sorted(other for other in reached[module] if module in reached[other]))
        for module in imports
        if module in reached[module]
    }
    return sorted(map(list, found))


def _reached(module: str, imports: Mapping[str, set[str]]) -> set[str]:
    """All that it imports, directly or not; itself only where something it imports does."""
    seen: set[str] = set()
    ahead = list(imports[module])
    while ahead:
        if (one := ahead.pop()) not in seen:
            seen.add(one)
            ahead += imports[one]
    return seen


def test_circles_are_found() -> None:
    imports = {"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a", "e"}, "e": {"d"}, "f": set()}
    assert circles(imports) == [["b", "c"], ["d", "e"]]


@pytest.mark.parametrize(
    ("inside", "for_types"), [(True, False), (False, True)], ids=["in functions too", "for types"]
)
def test_modules_import_one_another_in_no_circle(inside: bool, for_types: bool) -> None:
    """Neither when all functions have run, nor for who reads the types at the head."""
    assert circles(graph(inside=inside, for_types=for_types)) == []


@pytest.mark.parametrize("room", ["flows", "warehouse"])
def test_each_module_of_the_engine_has_its_question(room: str) -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.split(f"| `{room}/` | its question |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| `([\w/]+)` \| (.+) \|$", table, re.MULTILINE)
    there = {
        path.relative_to(ROOT / room).with_suffix("").as_posix().removesuffix("/__init__")
        for path in MODULES
        if dotted(path).split(".")[0] == room and path.read_text("utf-8").startswith('"""')
    }
    assert sorted(name for name, _ in rows) == sorted(there)
    assert all("?" in question for _, question in rows)


#: Who may speak of what: words of code by the modules that know them.
KNOWN_BY = {
    "sqlite": (
        "warehouse/sqlite.py",
        "warehouse/opening.py",  # which chooses it
        "warehouse/export.py",  # a file for others, which has nothing to do with the catalog
        "warehouse/exporting/database.py",
        "warehouse/exporting/made.py",
        "warehouse/exporting/sqlite_file.py",
        "flows/command/export.py",
        "flows/prefect_database.py",  # Prefect's own
        "flows/prefect_server.py",
    ),
    "psycopg": (
        "warehouse/libpq.py",
        "warehouse/postgres.py",
        "warehouse/postgres_copy.py",
        "warehouse/postgres_lock.py",
    ),
    "__ducklake_metadata": ("warehouse/ducklake.py",),
}


@pytest.mark.parametrize("word", KNOWN_BY)
def test_a_secret_is_known_by_few(word: str) -> None:
    """Comments count too: what has to be explained is known."""
    rooms = ("flows/", "warehouse/")
    ours = [path for path in MODULES if module_id(path).startswith(rooms)]
    known = {module_id(path) for path in ours if word in path.read_text("utf-8").lower()}
    assert known == set(KNOWN_BY[word])


def test_what_runs_is_also_what_is_tested() -> None:
    def pinned(name: str) -> set[str]:
        lock = (ROOT / name).read_text(encoding="utf-8")
        return set(re.findall(r"^[\w.\-\[\], ]+==\S+", lock, re.MULTILINE))

    assert len(pinned("requirements.txt")) > 100
    assert pinned("requirements.txt") <= pinned("requirements-team.txt")
    assert pinned("requirements-team.txt") <= pinned("requirements-dev.txt")
