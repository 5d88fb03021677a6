"""What the lake holds is read again as it would be today, batch by batch, and told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.pipeline import run_plainly, walk
from flows.pool import Pool
from flows.progress import Progress
from flows.report import RunReport
from flows.run_state import REBUILD, Interrupted, opened
from flows.settings import Settings, SourceSpec
from tests.flows.small_lake import ask, build, rows
from warehouse.lake import Lake, Publication
from warehouse.tables import REJECTS

pytestmark = pytest.mark.usefixtures("no_data_docs")

Go = Callable[..., RunReport]


@pytest.fixture
def mixed(news: Path) -> Path:
    """Articles, a revision, a duplicate and what is no article."""
    (news / "copy.txt").write_bytes((news / "b.txt").read_bytes())
    (news / "empty.txt").write_bytes(b"")
    return news


def rebuild(settings: Settings, pool: Pool, progress: Progress | None = None) -> RunReport:
    with opened(settings, (), command=REBUILD, pool=pool, progress=progress) as run:
        if isinstance(progress, Stop):
            progress.stop = run.stop.set
        walk(run)
        return run.report


class Stop(Progress):
    """Asks the run to end after its first batch."""

    stop: Callable[[], None]

    def batch(self, text: str) -> None:
        self.stop()


def digests(settings: Settings) -> dict[str, str]:
    with Lake.open(settings.lake) as lake:
        return lake.digests()


def totals(report: RunReport) -> Counter[tuple[str, str | None, str]]:
    return Counter(
        {(r["table_name"], r["column_name"], r["change"]): r["rows"] for r in report.changes}
    )


def test_a_rebuild_ends_as_a_new_lake_would_and_says_what_changed(
    mixed: Path, settings: Settings, pool: Pool, tmp_path: Path
) -> None:
    sources = [SourceSpec(path=str(mixed))]
    first = run_plainly(settings, sources, pool=pool)
    before = digests(settings)
    again = rebuild(settings, pool)
    assert again.nothing_new
    assert not again.changes
    assert digests(settings) == before

    # the same bytes mean other times in another zone
    tokyo = settings.model_copy(update={"default_zone": "Asia/Tokyo", "batch_size": 1})
    with pytest.raises(Interrupted, match="left to build"):
        rebuild(tokyo, pool, Stop())
    between = digests(settings)
    assert between["inputs"] != before["inputs"]
    done = rebuild(tokyo, pool)
    assert done.sums_hold
    assert done.inputs == 5
    assert done.counts["rejects"] + done.counts["unchanged"] >= 1
    assert totals(done)["articles", "published_zone", "changed"] == 4
    assert totals(done)["articles", "published_at", "changed"] == 4
    assert not {column for _, column, _ in totals(done)} & {"text", "title", "surface"}

    fresh = tokyo.model_copy(update={"lake": tmp_path / "fresh", "batch_size": 500})
    run_plainly(fresh, [s.model_copy(update={"zone": "Asia/Tokyo"}) for s in sources], pool=pool)
    assert digests(settings) == digests(fresh)
    with Lake.open(settings.lake) as lake:
        runs = lake.query("SELECT command, status FROM lake.runs ORDER BY run_id").to_pylist()
        old = lake.query(
            f"SELECT published_zone FROM lake.articles AT (VERSION => {first.last_snapshot})"
        ).to_pylist()
    assert [(r["command"], r["status"]) for r in runs] == [
        ("run", "done"),
        ("rebuild", "done"),
        ("rebuild", "interrupted"),
        ("rebuild", "done"),
    ]
    assert {row["published_zone"] for row in old} == {"UTC"}


def test_inputs_are_forgotten_by_key(tmp_path: Path) -> None:
    folder = build(tmp_path / "lake", rows())
    reject: dict[str, Any] = rows()["rejects"][0]
    other = {**reject, "source_uri": "other.txt"}
    key = (reject["source"], reject["source_uri"], reject["raw_id"])
    with Lake.open(folder) as lake:
        lake.publish(Publication(insert={REJECTS.name: REJECTS.arrow([other])}), "run")
        lake.publish(Publication(forget={REJECTS.name: [key]}), "run")
        left = lake.query("SELECT source_uri FROM lake.rejects").to_pylist()
        with pytest.raises(ValueError, match="not known by input"):
            lake.publish(Publication(forget={"figures": [key]}), "run")
    assert left == [{"source_uri": "other.txt"}]


def test_the_command_says_how_much_there_is_to_do(tmp_path: Path) -> None:
    nowhere = ask(tmp_path / "nowhere", "rebuild")
    assert nowhere.exit_code == 64
    assert not (tmp_path / "nowhere").exists()
    folder = build(tmp_path / "lake", rows())
    outlook = ask(folder, "rebuild", "--dry-run")
    assert outlook.exit_code == 0, outlook.output
    assert outlook.stdout == "1 of 1 inputs would be read again\n"
