"""docs/recipes.md and the notebook, run as they stand over a lake of two sample articles."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from nbclient import NotebookClient

from flows.command.cli import cli
from tests.waiting import LIMIT
from warehouse.lake import Lake, Publication
from warehouse.tables import TABLES_BY_NAME

pytestmark = pytest.mark.long

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "recipes.md"
NOTEBOOK = ROOT / "docs" / "notebooks" / "first_look.ipynb"
SAMPLES = ("000_a2bdac593a31db87.txt", "001_night_drones.html")


@dataclass(frozen=True)
class Block:
    """Code of the page, and what it says that the code prints."""

    language: str
    by_hand: bool
    code: str
    printed: str | None


def blocks() -> Iterator[Block]:
    found = re.finditer(
        r"^```(python|sh|r)( by-hand)?\n(.+?)^```\n(?:```text\n(.+?)^```\n)?",
        PAGE.read_text(encoding="utf-8"),
        flags=re.MULTILINE | re.DOTALL,
    )
    for language, by_hand, code, printed in (match.groups() for match in found):
        yield Block(language, bool(by_hand), code, printed)


EXPORTS, *OTHERS = [block for block in blocks() if not block.by_hand]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a lake, and all that the page exports of it."""
    folder = tmp_path_factory.mktemp("recipes")
    samples = [str(ROOT / "seeds" / "articles" / name) for name in SAMPLES]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = CliRunner().invoke(
            cli, ["extract", *samples, "--format", "parquet", "--out", "rows"]
        )
        assert done.exit_code == 0, done.output
        with Lake.open(folder / "lake", create=True) as lake:
            insert = {
                file.stem: TABLES_BY_NAME[file.stem].arrow(
                    {**row, **_published(file.stem)} for row in pq.read_table(file).to_pylist()
                )
                for file in Path("rows").glob("*.parquet")
            }
            lake.publish(Publication(insert=insert), "run-1")
        for line in EXPORTS.code.splitlines():
            done = CliRunner().invoke(cli, shlex.split(line)[1:])
            assert done.exit_code == 0, done.output
    return folder


def _published(table: str) -> dict[str, object]:
    """What only publishing fills in."""
    declared = TABLES_BY_NAME[table]
    if "ingested_at" in declared.column_names:
        import datetime as dt

        return {"run_id": "run-1", "ingested_at": dt.datetime(2025, 4, 29)}
    return {"run_id": "run-1"} if "run_id" in declared.column_names else {}


def test_the_page_has_what_can_be_run() -> None:
    assert {line.split()[1] for line in EXPORTS.code.splitlines()} == {"export"}
    assert len(OTHERS) > 6
    assert all(block.printed for block in OTHERS)


@pytest.mark.parametrize("block", OTHERS, ids=lambda block: block.code.split("\n")[0][:40])
def test_a_recipe_prints_what_the_page_says(place: Path, block: Block) -> None:
    command = [sys.executable, "-"]  # by -c, DuckDB would take standard output for a terminal
    if block.language == "sh":
        name, *arguments = shlex.split(block.code)
        command = [str(Path(sys.executable).parent / name), *arguments]
    done = subprocess.run(
        command,
        input=block.code,
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == block.printed


def test_the_notebook_is_kept_without_outputs() -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        assert not cell.get("outputs")
        assert not cell.get("execution_count")


def test_the_notebook_runs_and_answers(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("DATELINE_LAKE", str(place / "lake"))
    notebook = nbformat.reads(  # type: ignore[no-untyped-call]
        NOTEBOOK.read_text(encoding="utf-8"), as_version=4
    )
    NotebookClient(
        notebook,
        timeout=LIMIT,
        kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path)}},
    ).execute()
    shown = [_shown(cell) for cell in notebook.cells if cell.cell_type == "code"]
    (content,) = [text for text in shown if "first_day" in text]
    assert "2024-11-19" in content
    assert "2025-04-28" in content
    (counts,) = [text for text in shown if "claimed_by" in text]
    assert "South Korea's intelligence agency" in counts
    assert "A Western official" in counts
    assert any("[around 12-thousand]" in text for text in shown)
    assert any("name_a" in text and "Kim Jong-un" in text for text in shown)


def _shown(cell: nbformat.NotebookNode) -> str:
    texts = [
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for output in cell.outputs
    ]
    return "".join(texts)
