"""Carriers of a story in a real lake: whose duplicate each is, and what is counted once."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import warehouse
from flows.forgetting import forget
from flows.limits import Stories
from flows.pipeline import run_plainly, walk
from flows.pool import Pool
from flows.report import RunReport
from flows.run_state import REBUILD, opened
from flows.settings import Settings, SourceSpec
from tests.flows.carriers import BODY, OTHER, SAME, STORY, page, write
from tests.flows.commands import ROOT
from tests.flows.test_forgetting import files_with
from tests.waiting import LIMIT
from warehouse.lake import Lake
from warehouse.tables import ARTICLE_TABLES, ARTICLES, STORY_TABLES, Row

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("no_data_docs")]

Go = Callable[..., RunReport]


@pytest.fixture
def go(settings: Settings, pool: Pool) -> Go:
    """A run over some paths, in their order."""

    def run(*paths: Path, **changes: Any) -> RunReport:
        chosen = settings.model_copy(update=changes)
        report = run_plainly(chosen, [SourceSpec(path=str(path)) for path in paths], pool=pool)
        assert report.sums_hold
        assert report.status == "done", report.message
        return report

    return run


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    return write(tmp_path / "wire")


def rows(settings: Settings, table: str) -> list[Row]:
    with Lake.open(settings.lake) as lake:
        found: list[Row] = lake.query(f"FROM lake.{table} ORDER BY ALL").to_pylist()
    return found


def asked(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    """Asked as an analyst does, who has the views."""
    with warehouse.connect(settings.lake) as connection:
        answer: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
    return answer


def digests(settings: Settings) -> dict[str, str]:
    with Lake.open(settings.lake) as lake:
        return lake.digests()


def names(settings: Settings) -> dict[str, str]:
    """The file of each article."""
    return {r["article_id"]: Path(r["source_uri"]).stem for r in rows(settings, "articles")}


def told(settings: Settings) -> dict[str, tuple[str, str | None]]:
    """By file: the story it is of and whose duplicate it is, by their files."""
    file = names(settings)
    return {
        file[row["article_id"]]: (file[row["story_id"]], file.get(row["duplicate_of"]))
        for row in rows(settings, "articles")
    }


def hold(settings: Settings) -> None:
    """What holds of the tables of stories in every lake."""
    articles = {row["article_id"]: row for row in rows(settings, "articles")}
    read = {a for a, row in articles.items() if row["duplicate_of"] is None}
    prints = {row["article_id"]: row for row in rows(settings, "fingerprints")}
    assert prints.keys() == articles.keys()
    bands = Counter(row["article_id"] for row in rows(settings, "bands"))
    assert bands == {a: 64 for a, one in prints.items() if one["signature"]}
    for table in (*ARTICLE_TABLES, *STORY_TABLES):
        for row in rows(settings, table.name):
            assert row["published_date"] == articles[row["article_id"]]["published_date"]
    for table in ARTICLE_TABLES:
        if table is not ARTICLES:
            assert {row["article_id"] for row in rows(settings, table.name)} <= read
    figures = {row["figure_id"]: row["article_id"] for row in rows(settings, "figures")}
    for row in rows(settings, "repeats"):
        assert figures[row["figure_id"]] == row["article_id"]
        assert figures[row["of_figure_id"]] == row["of_article_id"]
        for side in (row["article_id"], row["of_article_id"]):
            assert articles[side]["story_id"] == row["story_id"]


def test_carriers_are_of_one_story_and_a_follow_up_is_another(
    go: Go, wire: Path, settings: Settings
) -> None:
    report = go(wire)
    assert report.counts["new"] == 5
    assert report.counts["duplicates"] == 5
    assert told(settings) == {
        "original": ("original", None),
        **dict.fromkeys(SAME, ("original", "original")),
        **dict.fromkeys(OTHER, ("original", None)),
        "later": ("later", None),
        "later-word": ("later", "later"),
        "ferries": ("ferries", None),
    }
    similar = {Path(r["source_uri"]).stem: r["similarity"] for r in rows(settings, "articles")}
    assert similar["original"] is similar["later"] is similar["ferries"] is None
    assert similar["curly"] == similar["headline"] == 1
    for name in ("word", "credit", "prefix", "trimmed"):
        assert 0.34 <= similar[name] < 1
    hold(settings)
    families = {
        names(settings)[r["article_id"]]: r["family_id"] for r in rows(settings, "fingerprints")
    }
    assert families["later"] == families["original"] != families["ferries"]


def test_each_figure_is_counted_once_and_none_is_lost(
    go: Go, wire: Path, settings: Settings, tmp_path: Path
) -> None:
    go(wire)
    once = dict(
        asked(
            settings,
            "SELECT surface, count(*) FROM figures ANTI JOIN repeats USING (figure_id) "
            "GROUP BY surface",
        )
    )
    alone = settings.model_copy(update={"lake": tmp_path / "alone"})
    go(write(tmp_path / "few", "original", "ferries"), lake=alone.lake)
    expected = dict(asked(alone, "SELECT surface, count(*) FROM figures GROUP BY surface"))
    follow_up = {"At least 17", "29"}
    more = {"60"}
    assert {s: n for s, n in once.items() if s in expected} != expected  # the follow-up counts too
    [ours] = asked(
        settings,
        "SELECT list(surface ORDER BY surface) FROM figures ANTI JOIN repeats USING (figure_id) "
        f"JOIN articles USING (article_id) WHERE story_id <> '{_id(settings, 'later')}'",
    )
    assert Counter(ours[0]) == Counter(expected) + Counter(more)
    assert follow_up <= once.keys()
    # nothing of what a carrier says depends on the others
    kept = {row["figure_id"] for row in rows(settings, "figures")}
    for name in OTHER:
        lone = settings.model_copy(update={"lake": tmp_path / f"lone-{name}"})
        # of the same source, hence with the same ids
        shelf = tmp_path / name
        shelf.mkdir()
        go(write(shelf / "wire", name), lake=lone.lake)
        theirs = rows(lone, "figures")
        assert theirs
        here = {r["figure_id"]: r for r in rows(settings, "figures")}
        assert all(here[row["figure_id"]] == row for row in theirs)
        assert {row["figure_id"] for row in theirs} <= kept


def _id(settings: Settings, file: str) -> str:
    return next(article for article, name in names(settings).items() if name == file)


def test_the_view_says_who_carried_a_story_and_what_each_changed(
    go: Go, wire: Path, settings: Settings
) -> None:
    go(wire)
    found = asked(
        settings,
        "SELECT c.title, part, hours_later, carriers, repeated, adds, drops, "
        "parse_filename(source_uri, true) FROM story_carriers c JOIN articles USING (article_id) "
        f"WHERE c.story_id = '{_id(settings, 'original')}' ORDER BY c.published_at",
    )
    assert [row[-1] for row in found] == [
        "original", "word", "credit", "prefix", "trimmed", "curly", "headline",
    ]  # fmt: skip
    by_file = {row[-1]: row[:-1] for row in found}
    number = len(
        [r for r in rows(settings, "figures") if r["article_id"] == _id(settings, "original")]
    )
    title = STORY["original"][1]
    assert by_file["original"] == (title, "original", 0.0, 7, 0, [], [])
    assert by_file["word"] == (title, "duplicate", 1.0, 7, 0, [], [])
    assert by_file["prefix"] == (title, "carrier", 3.0, 7, number, ["60 beds"], [])
    _, part, hours, _, repeated, adds, drops = by_file["trimmed"]
    assert (part, hours, adds) == ("carrier", 4.0, [])
    assert repeated + len(drops) == number
    assert {"200 soldiers", "3 million euros"} <= set(drops)
    assert asked(settings, "SELECT count(DISTINCT story_id) FROM story_carriers") == [(2,)]


def test_views_count_stories(go: Go, wire: Path, settings: Settings) -> None:
    go(wire)
    named = asked(
        settings,
        "SELECT day, articles, stories FROM entity_daily WHERE name = 'Brenna' ORDER BY day",
    )
    assert named == [(dt.date(2025, 3, 4), 3, 1), (dt.date(2025, 3, 5), 1, 1)]
    killed = asked(
        settings,
        "SELECT figures, articles, stories, lowest, highest FROM events_per_day "
        "WHERE category = 'killed'",
    )
    assert killed == [(2, 2, 2, 14.0, 17.0)]
    details = asked(
        settings,
        "SELECT count(*), count(repeats) FROM figure_details WHERE surface = 'At least 14'",
    )
    assert details == [(3, 2)]


@pytest.mark.parametrize(
    ("size", "workers", "seed"), [(1, 2, 1), (1, 2, 2), (2, 2, 3), (3, 1, 4), (500, 1, 5)]
)
def test_any_order_any_batches_any_workers_end_in_the_same_lake(
    go: Go, wire: Path, settings: Settings, tmp_path: Path, size: int, workers: int, seed: int
) -> None:
    go(wire)
    expected = digests(settings)
    files = sorted(wire.iterdir())
    random.Random(seed).shuffle(files)
    other = settings.model_copy(
        update={"lake": tmp_path / "other", "batch_size": size, "workers": workers}
    )
    if workers == 1:
        run_plainly(other, [SourceSpec(path=str(path)) for path in files])
    else:
        go(*files, lake=other.lake, batch_size=size)
    assert digests(other) == expected
    hold(other)


def test_killed_at_every_step_of_every_batch_it_ends_in_the_same_lake(
    go: Go, wire: Path, settings: Settings, tmp_path: Path
) -> None:
    """Batches of four: each joins or moves a story that stands."""
    go(wire)
    expected = digests(settings)
    other = settings.model_copy(update={"lake": tmp_path / "other"})
    kills = 0
    for step in itertools.cycle(("made", "written", "committed")):
        process = subprocess.run(
            [sys.executable, "-m", "tests.flows.killed_run", str(other.lake), str(wire), step],
            cwd=ROOT, capture_output=True, text=True, timeout=LIMIT, check=False,
        )  # fmt: skip
        if process.returncode != -signal.SIGKILL:
            assert process.returncode == 0, process.stderr
            break
        kills += 1
    assert kills == 9
    assert digests(other) == expected
    hold(other)


def test_an_earlier_carrier_takes_the_story_over_in_one_transaction(
    go: Go, tmp_path: Path, settings: Settings
) -> None:
    wire = write(tmp_path / "wire", "word", "prefix", "trimmed", "later", "ferries")
    first = go(wire)
    assert told(settings)["prefix"] == ("word", None)
    before = rows(settings, "articles")
    (wire / "original.txt").write_text(page("original"), encoding="utf-8")
    second = go(wire)
    assert second.counts["duplicates"] == 1
    assert told(settings) == {
        "original": ("original", None),
        "word": ("original", "original"),
        "prefix": ("original", None),
        "trimmed": ("original", None),
        "later": ("later", None),
        "ferries": ("ferries", None),
    }
    hold(settings)
    assert not [r for r in rows(settings, "figures") if names(settings)[r["article_id"]] == "word"]
    # the inputs came in a snapshot, all the rest in the next
    with Lake.open(settings.lake) as lake:
        batches = [s for s in lake.history() if "batch" in (s.message or "")]
        assert len([s for s in batches if second.run_id in (s.message or "")]) == 1
        then = lake.query(
            f"FROM lake.articles AT (VERSION => {first.last_snapshot}) ORDER BY ALL"
        ).to_pylist()
    assert then == before
    whole = settings.model_copy(update={"lake": tmp_path / "whole"})
    go(wire, lake=whole.lake)
    assert digests(settings) == digests(whole)


def test_a_revision_leaves_its_story(go: Go, tmp_path: Path, settings: Settings) -> None:
    wire = write(tmp_path / "wire", "original", "word", "trimmed", "ferries")
    go(wire)
    assert told(settings)["trimmed"] == ("original", None)
    # the first paper takes its report back and prints another in its place
    ferries = page("ferries", at="2025/03/04 21:30")
    (wire / "original.txt").write_text(ferries.replace("Lissa ferries stop", "Taken back"))
    go(wire)
    assert told(settings) == {
        "original": ("ferries", "ferries"),
        "word": ("word", None),
        "trimmed": ("word", None),
        "ferries": ("ferries", None),
    }
    hold(settings)


def test_a_correction_that_brings_another_toll_makes_it_a_follow_up(
    go: Go, tmp_path: Path, settings: Settings
) -> None:
    wire = write(tmp_path / "wire", "original", "word", "curly")
    go(wire)
    assert told(settings)["word"] == ("original", "original")
    body = STORY["word"][2].replace("At least 14", "At least 17")
    (wire / "word.txt").write_text(page("word", at="2025/03/05 02:00", body=body), encoding="utf-8")
    go(wire)
    assert told(settings) == {
        "original": ("original", None),
        "word": ("word", None),
        "curly": ("original", "original"),
    }
    hold(settings)


def test_what_is_far_in_time_is_another_story(go: Go, tmp_path: Path, settings: Settings) -> None:
    wire = write(tmp_path / "wire", "original")
    (wire / "word.txt").write_text(page("word", at="2025/03/24 09:00"), encoding="utf-8")
    go(wire)
    assert told(settings)["word"] == ("word", None)
    # a text that is the very same is a copy at any time
    (wire / "curly.txt").write_text(page("curly", at="2025/03/24 09:00"), encoding="utf-8")
    go(wire)
    assert told(settings)["curly"] == ("original", "original")
    hold(settings)


def test_a_carrier_takes_the_place_of_a_forgotten_original(
    go: Go, wire: Path, settings: Settings, pool: Pool, tmp_path: Path
) -> None:
    (wire / "curly.txt").unlink()
    (wire / "headline.txt").unlink()
    # a word that no other carrier has
    body = BODY.replace("dogs", "beagles")
    (wire / "original.txt").write_text(page("original", body=body), encoding="utf-8")
    go(wire)
    original = _id(settings, "original")
    assert told(settings)["word"] == ("original", "original")
    assert files_with(settings.lake.home, "beagles")

    done = forget(settings, [original], "a court said so", pool=pool)

    assert {names(settings)[copy.article_id] for copy in done.found.copies} == {"word", "credit"}
    assert told(settings) == {
        "word": ("word", None),
        "credit": ("word", "word"),
        "prefix": ("word", None),
        "trimmed": ("word", None),
        "later": ("later", None),
        "later-word": ("later", "later"),
        "ferries": ("ferries", None),
    }
    hold(settings)
    assert files_with(settings.lake.home, "beagles") == []
    for table in STORY_TABLES:
        for row in rows(settings, table.name):
            assert original not in row.values()
    new = settings.model_copy(update={"lake": tmp_path / "new"})
    (wire / "original.txt").unlink()
    go(wire, lake=new.lake)
    here, there = digests(settings), digests(new)
    assert {k: v for k, v in here.items() if k != "tombstones"} == {
        k: v for k, v in there.items() if k != "tombstones"
    }


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Stories(similarity=0.99), {"word": ("word", None), "curly": ("original", "original")}),
        (Stories(window_days=30), {"far": ("original", None)}),  # another Tuesday
    ],
    ids=["similarity", "window"],
)
def test_other_settings_count_from_the_next_rebuild(
    chosen: Stories,
    expected: dict[str, tuple[str, str | None]],
    go: Go,
    tmp_path: Path,
    settings: Settings,
    pool: Pool,
) -> None:
    wire = write(tmp_path / "wire", "original", "word", "curly", "prefix", "ferries")
    far = page("word", at="2025/03/24 09:00", body=BODY.replace("bakery", "sawmill"))
    (wire / "far.txt").write_text(far, encoding="utf-8")
    go(wire)
    assert told(settings)["word"] == ("original", "original")
    assert told(settings)["far"] == ("far", None)
    other = settings.model_copy(update={"stories": chosen, "batch_size": 2})
    with opened(other, (), command=REBUILD, pool=pool) as run:
        walk(run)
        assert run.report.sums_hold
    found = told(settings)
    assert {name: found[name] for name in expected} == expected
    hold(settings)
    new = settings.model_copy(update={"lake": tmp_path / "new"})
    go(wire, lake=new.lake, stories=chosen)
    assert digests(settings) == digests(new)


def test_a_lake_of_before_is_regrouped_by_a_rebuild(
    go: Go, wire: Path, settings: Settings, pool: Pool, tmp_path: Path
) -> None:
    """As it stands when version 7 of the tables was migrated: nothing is known of stories, and
    near-duplicates have rows of their own."""
    alone = Stories(similarity=1.0)
    go(wire, stories=alone)
    with Lake.open(settings.lake) as lake:
        for table in STORY_TABLES:
            lake.query(f"DELETE FROM lake.{table.name}")
        lake.query(
            "UPDATE lake.articles SET story_id = coalesce(duplicate_of, article_id), "
            "similarity = NULL"
        )
    small = settings.model_copy(update={"batch_size": 3})
    with opened(small, (), command=REBUILD, pool=pool) as run:
        walk(run)
        assert run.report.sums_hold
    hold(settings)
    new = settings.model_copy(update={"lake": tmp_path / "new"})
    go(wire, lake=new.lake)
    assert digests(settings) == digests(new)
