"""A lake of an older release with other ids of addresses is read on as one of today."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.pipeline import run_plainly, walk
from flows.pool import Pool
from flows.run_state import REBUILD, opened
from flows.settings import Settings, SourceSpec
from tests.flows.commands import ROOT, Command
from warehouse.lake import Lake
from warehouse.tables import ARTICLE_TABLES, INPUTS

pytestmark = pytest.mark.usefixtures("no_data_docs")

#: How the reader takes an article's id of those that its address has had, newest first.
TODAY, FORMERLY = "article_id, *_ = ids_of_address(url)", "*_, article_id = ids_of_address(url)"
TEXT = (
    "LISSA, March 4 - At least {} people drowned when a ferry sank off Lissa, the port of {} said."
)


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """This checkout with the ids that articles had of their addresses before."""
    folder = tmp_path / "former"
    for room in ("expectations", "flows", "seeds", "transforms", "warehouse"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    reader = folder / "transforms" / "article" / "reader.py"
    text = reader.read_text(encoding="utf-8")
    assert TODAY in text
    reader.write_text(text.replace(TODAY, FORMERLY), encoding="utf-8")
    return folder


def write(path: Path, *stories: tuple[str, int, str]) -> None:
    """Records of stories: address, dead, port; each a minute later than the one before."""
    records = [
        {"url": url, "text": TEXT.format(dead, port), "published_at": f"2025-03-04T10:{n:02}:00Z"}
        for n, (url, dead, port) in enumerate(stories)
    ]
    path.write_text("".join(f"{json.dumps(r)}\n" for r in records), encoding="utf-8")


FERRY = ("https://www.post.example/ferry", 14, "Lissa")
LATER = ("http://m.post.example/ferry/?utm_source=mail", 15, "Lissa")
ONE = ("https://www.post.example/story?id=1", 3, "Oslo")
TWO = ("https://www.post.example/story?id=2", 4, "Riga")
SECRET = ("https://www.post.example/secret", 7, "Ostrava")


def seen(settings: Settings) -> dict[str, str]:
    names = [table.name for table in (*ARTICLE_TABLES, INPUTS)]
    with Lake.open(settings.lake) as lake:
        return {name: digest for name, digest in lake.digests().items() if name in names}


def test_a_rebuild_of_an_older_lake_ends_as_a_new_one_and_what_was_forgotten_stays_out(
    settings: Settings,
    former: Path,
    tmp_path: Path,
    pool: Pool,
    dateline: Callable[..., Command],
) -> None:
    source = tmp_path / "wire.jsonl"
    write(source, FERRY, LATER, ONE, TWO, SECRET)
    place = ("--lake", str(settings.lake))
    for arguments in (
        ("run", str(source)),
        ("forget", SECRET[0], "--why", "a court said so"),
    ):
        older = dateline(*arguments, *place, cwd=former, PYTHONPATH=str(former))
        assert older.ended() == 0, older.err
    with Lake.open(settings.lake) as lake:
        [row] = lake.query("SELECT count(*) AS n FROM lake.articles").to_pylist()
    assert row["n"] == 4

    write(source, FERRY, LATER, ONE, TWO, (SECRET[0], 8, "Ostrava"))
    sources = [SourceSpec(path=str(source))]
    report = run_plainly(settings, sources, pool=pool)
    assert report.counts["forgotten"] == 1
    assert report.counts["new"] == 0

    with opened(settings, (), command=REBUILD, pool=pool) as run:
        walk(run)
    with Lake.open(settings.lake) as lake:
        rows = lake.query("SELECT url, revision, text FROM lake.articles ORDER BY url").to_pylist()
    assert [(row["url"], row["revision"]) for row in rows] == [
        ("http://m.post.example/ferry/", 1),
        (ONE[0], 0),
        (TWO[0], 0),
    ]
    assert "15 people" in rows[0]["text"]

    write(source, FERRY, LATER, ONE, TWO)
    fresh = settings.model_copy(update={"lake": tmp_path / "fresh"})
    run_plainly(fresh, sources, pool=pool)
    assert seen(settings) == seen(fresh)
