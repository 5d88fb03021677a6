"""What is forgotten is in no table, no earlier state and no file of the lake, and stays out."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.errors import UsageError
from flows.forgetting import forget
from flows.pipeline import run_plainly
from flows.pool import Pool
from flows.report import RunReport
from flows.settings import Settings, SourceSpec
from flows.tombstones import pending_rows
from tests.flows.commands import Command
from warehouse.address import Address
from warehouse.export import export
from warehouse.lake import Lake
from warehouse.tables import ARTICLES, FORGETTINGS, TABLES

pytestmark = pytest.mark.usefixtures("no_data_docs")

WHY = "the court of Lissa said so"
#: Words of the article about the ferry that no other has.
WORDS = ("Rescuers pulled 63 passengers", "Ferry sinks off Lissa island", "coast guard of Norway")


@pytest.fixture
def sources(news: Path) -> list[SourceSpec]:
    return [SourceSpec(path=str(news))]


@pytest.fixture
def five(settings: Settings, sources: list[SourceSpec], news: Path, pool: Pool) -> str:
    """A lake of several snapshots, the ferry's article in its middle; gives that article's id."""
    ferry = (news / "a.txt").read_bytes()
    (news / "a.txt").unlink()
    run_plainly(settings, sources, pool=pool)
    (news / "a.txt").write_bytes(ferry)
    run_plainly(settings, sources, pool=pool)
    (news / "d.txt").write_text((news / "c.txt").read_text().replace("120", "121"))
    run_plainly(settings, sources, pool=pool)
    return ids(settings)["a.txt"]


def ids(settings: Settings) -> dict[str, str]:
    with Lake.open(settings.lake) as lake:
        rows = lake.query("SELECT source_uri, article_id FROM lake.articles").to_pylist()
    return {row["source_uri"]: row["article_id"] for row in rows}


def files_with(folder: Path, words: str) -> list[str]:
    """The files under the folder that hold the words: as they lie, in hexadecimal digits as the
    catalog notes bytes, or compressed in a column of Parquet."""
    needle = words.encode()
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        if path.suffix == ".parquet":
            with duckdb.connect() as connection:
                query = f"SELECT * FROM read_parquet('{path}')"
                content = repr(connection.sql(query).fetchall()).encode() + content
        if needle in content or needle.hex().upper().encode() in content:
            found.append(str(path.relative_to(folder)))
    return found


def others(lake: Lake, article_id: str) -> dict[str, object]:
    """The rows of every table of articles that are not the article's."""
    return {
        table.name: lake.query(
            f"FROM lake.{table.name} WHERE article_id <> '{article_id}' ORDER BY ALL"
        ).to_pylist()
        for table in TABLES
        if "article_id" in table.column_names and table.name not in ("tombstones", FORGETTINGS.name)
    }


def again(settings: Settings, sources: list[SourceSpec], pool: Pool) -> RunReport:
    report = run_plainly(settings, sources, pool=pool)
    assert report.status == "done", report.message
    assert report.sums_hold
    return report


def test_no_byte_of_the_text_is_left_and_it_stays_out(
    settings: Settings, sources: list[SourceSpec], news: Path, pool: Pool, five: str
) -> None:
    export(settings.lake, settings.lake.home.parent / "copy")
    with Lake.open(settings.lake) as lake:
        lake.maintain()  # a backup that names the files
        before, snapshots = others(lake, five), [s.number for s in lake.history()]
        [article] = lake.fetch(ARTICLES.name, "article_id", [five], ("raw_id",))
        first = min(lake.snapshots_showing([five], [article["raw_id"]]))
    for words in WORDS:
        assert files_with(settings.lake.home, words)

    done = forget(settings, [five], WHY, pool=pool)

    assert done.found.article_ids == (five,)
    assert done.snapshots
    assert "copy" in done.found.not_reached[0]
    for words in WORDS:
        assert files_with(settings.lake.home, words) == []
    with Lake.open(settings.lake) as lake:
        assert others(lake, five) == before
        left = [s.number for s in lake.history()]
        # what was before the article came can still be asked for
        assert [n for n in left if n < first] == [n for n in snapshots if n < first]
        assert not [n for n in snapshots if n >= first and n in left]
        rows = lake.fetch(FORGETTINGS.name, "article_id", [five])
        assert [(row["step"], row["why"]) for row in rows] == [("purged", WHY), ("removed", WHY)]
        assert not pending_rows(lake)

    report = again(settings, sources, pool)
    assert report.counts["forgotten"] == 1
    assert report.counts["unchanged"] == report.inputs - 1
    # the same article in other bytes
    (news / "a.txt").write_text((news / "a.txt").read_text() + "Two more were found on Friday.\n")
    report = again(settings, sources, pool)
    assert report.counts["forgotten"] == 1
    assert five not in ids(settings).values()
    for words in (*WORDS, "Two more were found"):
        assert files_with(settings.lake.home, words) == []
    assert again(settings, sources, pool).counts["forgotten"] == 1


def test_a_copy_of_the_text_becomes_the_original_and_is_named(
    settings: Settings, sources: list[SourceSpec], news: Path, pool: Pool
) -> None:
    (news / "z.txt").write_bytes((news / "b.txt").read_bytes().replace(b"03/06 15", b"03/06 16"))
    run_plainly(settings, sources, pool=pool)
    known = ids(settings)
    with Lake.open(settings.lake) as lake:
        [copy] = lake.fetch(ARTICLES.name, "article_id", [known["z.txt"]])
        assert copy["duplicate_of"] == known["b.txt"]

    done = forget(settings, [known["b.txt"]], WHY, pool=pool)

    assert [one.article_id for one in done.found.copies] == [known["z.txt"]]
    with Lake.open(settings.lake) as lake:
        [copy] = lake.fetch(ARTICLES.name, "article_id", [known["z.txt"]])
        assert copy["duplicate_of"] is None
        assert lake.fetch("figures", "article_id", [known["z.txt"]])
        assert not lake.fetch("figures", "article_id", [known["b.txt"]])
        here = lake.digests()
    # as a lake that never had it
    (news / "b.txt").unlink()
    elsewhere = settings.model_copy(update={"lake": Address(settings.lake.home.with_name("new"))})
    run_plainly(elsewhere, sources, pool=pool)
    with Lake.open(elsewhere.lake) as lake:
        there = lake.digests()
    assert {k: v for k, v in here.items() if k != "tombstones"} == {
        k: v for k, v in there.items() if k != "tombstones"
    }


def test_corrections_of_it_go_too_and_the_file_is_named(
    settings: Settings, sources: list[SourceSpec], pool: Pool, five: str, tmp_path: Path
) -> None:
    with Lake.open(settings.lake) as lake:
        [figure, *_] = lake.fetch("figures", "article_id", [five], ("figure_id",))
    file = tmp_path / "corrections.csv"
    file.write_text(
        "table,id,column,value,why,by,on\n"
        f"figures,{figure['figure_id']},place,off Lissa,it was at sea,kim,2025-04-30\n"
    )
    corrected = settings.model_copy(update={"corrections": file})
    again(corrected, sources, pool)
    done = forget(corrected, [five], WHY, pool=pool)
    assert figure["figure_id"] in done.found.not_reached[0]
    with Lake.open(settings.lake) as lake:
        assert not lake.fetch("corrections", "article_id", [five])
    file.unlink()
    again(settings, sources, pool)
    for words in (*WORDS, "off Lissa"):
        assert files_with(settings.lake.home, words) == []


def test_what_was_never_there_is_refused_and_what_was_forgotten_is_told(
    settings: Settings, pool: Pool, five: str
) -> None:
    with pytest.raises(UsageError, match="has no article"):
        forget(settings, [five, "0" * 16], WHY, pool=pool)
    with pytest.raises(UsageError, match="neither an article_id"):
        forget(settings, ["the ferry"], WHY, pool=pool)
    assert five in ids(settings).values()
    forget(settings, [five], WHY, pool=pool)
    once_more = forget(settings, [five], WHY, pool=pool)
    assert once_more.found.known == (five,)
    assert (once_more.snapshots, once_more.files) == (0, 0)


@pytest.mark.long
@pytest.mark.parametrize("where", ["removed", "expired", "unlinked", "rewritten"])
def test_killed_anywhere_the_same_command_goes_on(
    settings: Settings, pool: Pool, five: str, where: str, dateline: Callable[..., Command]
) -> None:
    arguments = ("forget", five, "--why", WHY, "--lake", str(settings.lake))
    killed = dateline(*arguments, module="tests.flows.killed", KILL_WHEN=where)
    assert killed.ended() == -signal.SIGKILL, killed.err
    done = dateline(*arguments)
    assert done.ended() == 0, done.err
    for words in WORDS:
        assert files_with(settings.lake.home, words) == []
    with Lake.open(settings.lake) as lake:
        assert not pending_rows(lake)
        assert not lake.query("FROM lake.articles WHERE title LIKE 'Ferry%'").num_rows


def test_a_run_goes_on_with_a_forgetting_that_was_killed(
    settings: Settings,
    sources: list[SourceSpec],
    pool: Pool,
    five: str,
    dateline: Callable[..., Command],
) -> None:
    killed = dateline(
        "forget", five, "--why", WHY, "--lake", str(settings.lake),
        module="tests.flows.killed", KILL_WHEN="removed",
    )  # fmt: skip
    assert killed.ended() == -signal.SIGKILL, killed.err
    assert files_with(settings.lake.home, WORDS[0])
    assert again(settings, sources, pool).counts["forgotten"] == 1
    assert files_with(settings.lake.home, WORDS[0]) == []


def test_the_command_says_what_it_did(
    settings: Settings, five: str, dateline: Callable[..., Command]
) -> None:
    lake = str(settings.lake)
    dry = dateline("forget", five, "--dry-run", "--lake", lake)
    assert dry.ended() == 0, dry.err
    assert "articles" in dry.out
    assert five in ids(settings).values()
    unsaid = dateline("forget", five, "--lake", lake)
    assert unsaid.ended() == 64
    assert "--why" in unsaid.err
    done = dateline("forget", five, "--why", WHY, "--lake", lake)
    assert done.ended() == 0, done.err
    assert f"forgotten: {five}" in done.out
