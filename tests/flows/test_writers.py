"""Several runs over one lake at once: it ends as if they had come one after the other."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from hypothesis import Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from flows.build import Built
from flows.forgetting import forget
from flows.pipeline import build_batch, conclude, ingest_all, publish_batch, run_plainly
from flows.pool import Pool
from flows.run_state import Run, opened
from flows.settings import Settings, SourceSpec, load_settings
from tests.flows import carriers
from tests.flows.commands import Command
from tests.properties import examples
from warehouse.lake import Lake

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("no_data_docs")]

#: A story, an earlier carrier of it, its follow-up; a revision of it comes with the second folder.
FIRST = ("word", "later", "ferries")
SECOND = ("original", "credit", "trimmed")


class Writer:
    """A run whose batches are built and published when a test says so."""

    def __init__(self, run: Run) -> None:
        self.run = run
        ingest_all(run)
        run.know_configured_sources()
        self._batches = enumerate(run.worklist.batches(run.settings.batch_size), 1)
        self._hand: list[Built] = []
        self._entries: Sequence[object] = ()

    def step(self) -> bool:
        """Build the next batch, or publish the one that is built; false if nothing is left."""
        if self._hand:
            publish_batch(self.run, self._entries, self._hand)
            self._hand.clear()
            return True
        number, self._entries = next(self._batches, (0, ()))
        if number:
            build_batch(self.run, number, self._entries, self._hand)
        return bool(number)

    def finish(self) -> None:
        while self.step():
            pass
        conclude(self.run)
        assert self.run.report.sums_hold
        assert self.run.report.inputs == self.run.read


@contextmanager
def writers(settings: Settings, pool: Pool, *folders: Path) -> Iterator[list[Writer]]:
    """Runs over one lake, side by side."""
    with ExitStack() as stack:
        yield [
            Writer(stack.enter_context(opened(settings, [spec(folder)], pool=pool)))
            for folder in folders
        ]


def spec(folder: Path) -> SourceSpec:
    """Both folders are one source: what lies in both at one place are two versions of it."""
    return SourceSpec(path=str(folder), name="news", zone="UTC")


def digests(lake: Path) -> dict[str, str]:
    with Lake.open(lake) as opened_lake:
        return opened_lake.digests()


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    home = tmp_path_factory.mktemp("writers")
    first, second = carriers.write(home / "first", *FIRST), carriers.write(home / "second", *SECOND)
    shutil.copy(first / "ferries.txt", second)
    revised = carriers.page("word", at="2025/03/05 09:00", body=carriers.LATER)
    (second / "word.txt").write_text(revised, encoding="utf-8")
    return first, second


@pytest.fixture(scope="module")
def in_turn(
    folders: tuple[Path, Path], pool: Pool, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The digests of a lake that the runs made one after the other."""
    lake = tmp_path_factory.mktemp("in-turn") / "lake"
    for folder in folders:
        run_plainly(load_settings(lake=lake, workers=2), [spec(folder)], pool=pool)
    return digests(lake)


@given(turns=st.lists(st.integers(0, 1), max_size=16))
@hypothesis_settings(max_examples=examples(2), phases=(Phase.explicit, Phase.generate))
def test_in_whatever_order_they_build_and_publish_the_lake_is_the_same(
    turns: list[int],
    folders: tuple[Path, Path],
    in_turn: dict[str, str],
    pool: Pool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    # nothing is made smaller: an example takes seconds
    lake = tmp_path_factory.mktemp("interleaved") / "lake"
    settings = load_settings(lake=lake, workers=2, writers="many", batch_size=2)
    with writers(settings, pool, *folders) as both:
        for turn in turns:
            both[turn].step()
        for one in both:
            one.finish()
    assert digests(lake) == in_turn


def test_what_another_run_built_meanwhile_counts_as_unchanged(
    tmp_path: Path, pool: Pool, folders: tuple[Path, Path], in_turn: dict[str, str]
) -> None:
    settings = load_settings(lake=tmp_path / "lake", workers=2, writers="many")
    with writers(settings, pool, folders[0], folders[0]) as (one, other):
        assert one.step()  # both have built the same three articles
        assert other.step()
        one.finish()
        other.finish()
        assert one.run.report.counts["new"] == other.run.report.counts["unchanged"] == 3
    with Lake.open(settings.lake) as lake:
        assert lake.counts()["articles"] == lake.counts()["raw_articles"] == 3
    run_plainly(settings, [spec(folders[1])], pool=pool)
    assert digests(tmp_path / "lake") == in_turn


def test_what_is_forgotten_meanwhile_does_not_come_back(
    tmp_path: Path, pool: Pool, folders: tuple[Path, Path]
) -> None:
    settings = load_settings(lake=tmp_path / "lake", workers=2, writers="many")
    run_plainly(settings, [spec(folders[0])], pool=pool)
    with Lake.open(settings.lake) as lake:
        rows = lake.query("SELECT article_id, source_uri FROM lake.articles").to_pylist()
    word = next(row["article_id"] for row in rows if row["source_uri"] == "word.txt")
    with writers(settings, pool, folders[1]) as (one,):
        assert one.step()  # the revision of that article is built
        forget(settings, [word], "a test", pool=pool)
        one.finish()
        assert one.run.report.counts["forgotten"] == 1
    with Lake.open(settings.lake) as lake:
        assert not lake.fetch("articles", "article_id", [word])


def test_two_commands_at_once_lose_nothing_and_write_nothing_twice(
    tmp_path: Path,
    folders: tuple[Path, Path],
    in_turn: dict[str, str],
    dateline: Callable[..., Command],
) -> None:
    settings = tmp_path / "dateline.toml"
    settings.write_text(
        'lake = "lake"\nwriters = "many"\nbatch_size = 1\nworkers = 1\n'
        + "".join(
            f'[[sources]]\npath = "{folder}"\nname = "news"\nzone = "UTC"\n' for folder in folders
        )
    )
    both = [
        dateline("run", "--config", str(settings), str(folder), cwd=tmp_path) for folder in folders
    ]
    for one in both:
        assert one.ended() == 0, one.err
    assert digests(tmp_path / "lake") == in_turn
