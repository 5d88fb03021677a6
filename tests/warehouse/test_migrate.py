"""A lake that an older version wrote is brought forward, or refused with what to do."""

from __future__ import annotations

import dataclasses
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import warehouse
from tests.waiting import LIMIT
from tests.warehouse.stories import Batch, batch_of, key
from warehouse import LakeError, NoLakeError, VersionError, creation, migrate, shape
from warehouse.address import Address
from warehouse.columns import INTEGER, STRING, Column, Table
from warehouse.lake import Lake, Publication
from warehouse.migrate import Migrated, Target
from warehouse.migrations import MIGRATIONS, Drop, Fill, Rename, RenameTable, Step
from warehouse.publishing import insert
from warehouse.tables import TABLES, TABLES_BY_NAME
from warehouse.transaction import Message, commit
from warehouse.version import DIGESTS, SCHEMA_VERSION, facts, schema_digest

Python = Callable[..., "subprocess.Popen[str]"]
OLD = SCHEMA_VERSION - 1


#: What version 4 brought.
IN_4 = ("event_id", "claim_id", "cumulative", "conversion_of", "restates", "per")
TABLES_OF_4 = ("claims", "events")
#: And those after it.
TABLES_OF_5 = ("warnings",)
#: And version 6.
TABLES_OF_6 = ("corrections", "tombstones", "forgettings")
NEW_IN_6 = [
    *(f"{name}: new table" for name in TABLES_OF_6),
    "runs: new, null in the rows that are there: forgotten",
]
#: What version 7 brought.
IN_7 = ("address", "headers")
TABLES_OF_7 = ("visits", "source_reads")
NEW_IN_7 = [
    *(f"{name}: new table" for name in TABLES_OF_7),
    f"raw_articles: new, null in the rows that are there: {', '.join(IN_7)}",
]
#: What version 8 brought.
IN_8 = ("story_id", "similarity")
TABLES_OF_8 = ("repeats", "fingerprints", "bands")
NEW_IN_8 = [
    *(f"{name}: new table" for name in TABLES_OF_8),
    "articles: written anew: story_id filled; new and null: similarity",
]
#: What version 9 brought.
IN_9 = {"entities": ("region", "region_id"), "dates": ("sentence",), "events": ("purpose",)}
NEW_IN_9 = [
    f"{name}: new, null in the rows that are there: {', '.join(columns)}"
    for name, columns in IN_9.items()
]


def without(name: str, *columns: str) -> Table:
    """The table as it would have been before those columns were declared."""
    table = TABLES_BY_NAME[name]
    return dataclasses.replace(
        table, columns=tuple(c for c in table.columns if c.name not in columns)
    )


def tables(*changed: Table, leave_out: Sequence[str] = ()) -> tuple[Table, ...]:
    """The declarations with some in another form."""
    others = {table.name: table for table in changed}
    return tuple(others.get(t.name, t) for t in TABLES if t.name not in leave_out)


def target(old: Sequence[Table], *steps: Step, new: Sequence[Table] = TABLES) -> Target:
    digests = {OLD: schema_digest(old), SCHEMA_VERSION: schema_digest(new)}
    return Target(SCHEMA_VERSION, new, digests, {SCHEMA_VERSION: steps})


def old_lake[Place: Path | Address](
    folder: Place, declared: Sequence[Table], batch: Batch | None = None
) -> Place:
    """A lake as those declarations made it, with the rows of a batch as far as they have room."""
    told = {
        **facts(),
        "created_by": "dateline 0.0.1",
        "schema_version": str(OLD),
        "schema_digest": schema_digest(declared),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(creation, "TABLES", tuple(declared))
        patch.setattr(creation, "facts", lambda: told)
        patch.setattr("warehouse.lake.check_version", lambda *_: None)
        with Lake.open(folder, create=True) as lake:
            for table in declared:
                data = (batch or {}).get(table.name)
                if data is not None:
                    part = data.select([n for n in table.column_names if n in data.column_names])
                    if part.num_columns == len(table.columns):
                        commit(
                            lake.catalog,
                            lake._connection,
                            lambda t=table, d=part: insert(lake._connection, t, d),  # type: ignore[misc]
                            Message(f"old rows of {table.name}"),
                        )
    return folder


def nulled(batch: Batch, name: str, column: str) -> Batch:
    """The batch with nothing but null in a column."""
    table = TABLES_BY_NAME[name]
    rows = [{**row, column: None} for row in batch[name].to_pylist()]
    return {**batch, name: table.arrow(rows)}


WITHOUT_7 = without("raw_articles", *IN_7)
WITHOUT_8 = without("articles", *IN_8)
WITHOUT_9 = tuple(without(name, *columns) for name, columns in IN_9.items())


def test_a_lake_of_version_1_learns_what_read_its_inputs(tmp_path: Path, lake: Lake) -> None:
    old = tables(
        without("inputs", "recipe"),
        without("figures", "place_country", *IN_4),
        without("runs", "forgotten"),
        WITHOUT_7,
        WITHOUT_8,
        *WITHOUT_9,
        leave_out=["changes", *TABLES_OF_4, *TABLES_OF_5, *TABLES_OF_6, *TABLES_OF_7, *TABLES_OF_8],
    )
    assert schema_digest(old) == DIGESTS[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "OLD", 1)
        folder = old_lake(tmp_path / "old", old, batch_of(range(200)))
    done = migrate.migrate(folder)
    assert (done.found, done.reached) == (1, SCHEMA_VERSION)
    assert "changes: new table" in done.changes
    assert "inputs: new, null in the rows that are there: recipe" in done.changes
    lake.publish(Publication(insert=batch_of(range(200))), "run-1")
    with Lake.open(folder) as migrated:
        assert migrated.digests() == lake.digests()


def test_a_lake_of_version_2_learns_the_country_of_places(tmp_path: Path, lake: Lake) -> None:
    old = tables(
        without("figures", "place_country", *IN_4),
        without("runs", "forgotten"),
        WITHOUT_7,
        WITHOUT_8,
        *WITHOUT_9,
        leave_out=[*TABLES_OF_4, *TABLES_OF_5, *TABLES_OF_6, *TABLES_OF_7, *TABLES_OF_8],
    )
    assert schema_digest(old) == DIGESTS[2]
    folder = tmp_path / "old"
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "OLD", 2)
        old_lake(folder, old, batch_of(range(200)))
    done = migrate.migrate(folder)
    assert (done.found, done.reached) == (2, SCHEMA_VERSION)
    told = next(one for one in done.changes if one.startswith("figures"))
    assert "null in the rows that are there: place_country, event_id" in told
    lake.publish(Publication(insert=batch_of(range(200))), "run-1")
    with Lake.open(folder) as migrated:
        assert migrated.counts() == lake.counts()
        assert migrated.digests() == lake.digests()


def test_a_lake_of_version_3_learns_of_claims_and_events(tmp_path: Path, lake: Lake) -> None:
    old = tables(
        without("figures", *IN_4),
        without("runs", "forgotten"),
        WITHOUT_7,
        WITHOUT_8,
        *WITHOUT_9,
        leave_out=[*TABLES_OF_4, *TABLES_OF_5, *TABLES_OF_6, *TABLES_OF_7, *TABLES_OF_8],
    )
    assert schema_digest(old) == DIGESTS[3]
    folder = tmp_path / "old"
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "OLD", 3)
        old_lake(folder, old, batch_of(range(200)))
    done = migrate.migrate(folder)
    assert (done.found, done.reached) == (3, SCHEMA_VERSION)
    assert set(done.changes) == {
        "claims: new table",
        "events: new table",
        f"figures: new, null in the rows that are there: {', '.join(IN_4)}",
        *NEW_IN_6,
        *NEW_IN_7,
        *NEW_IN_8,
        *(told for told in NEW_IN_9 if "events" not in told),
        "warnings: new table",
    }
    lake.publish(Publication(insert=batch_of(range(200))), "run-1")
    with Lake.open(folder) as migrated:
        assert migrated.counts() == lake.counts()
        assert migrated.digests() == lake.digests()


def test_a_lake_of_version_4_learns_of_warnings(tmp_path: Path, lake: Lake) -> None:
    old = tables(
        without("runs", "forgotten"),
        WITHOUT_7,
        WITHOUT_8,
        *WITHOUT_9,
        leave_out=[*TABLES_OF_5, *TABLES_OF_6, *TABLES_OF_7, *TABLES_OF_8],
    )
    assert schema_digest(old) == DIGESTS[4]
    folder = tmp_path / "old"
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "OLD", 4)
        old_lake(folder, old, batch_of(range(200)))
    done = migrate.migrate(folder)
    assert (done.found, done.reached) == (4, SCHEMA_VERSION)
    assert set(done.changes) == {"warnings: new table", *NEW_IN_6, *NEW_IN_7, *NEW_IN_8, *NEW_IN_9}
    lake.publish(Publication(insert=batch_of(range(200))), "run-1")
    with Lake.open(folder) as migrated:
        assert migrated.counts() == lake.counts()
        assert migrated.digests() == lake.digests()


def test_a_lake_of_version_5_learns_to_forget_and_correct(tmp_path: Path, lake: Lake) -> None:
    old = tables(
        without("runs", "forgotten"),
        WITHOUT_7,
        WITHOUT_8,
        *WITHOUT_9,
        leave_out=[*TABLES_OF_6, *TABLES_OF_7, *TABLES_OF_8],
    )
    assert schema_digest(old) == DIGESTS[5]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "OLD", 5)
        folder = old_lake(tmp_path / "old", old, batch_of(range(200)))
    done = migrate.migrate(folder)
    assert (done.found, done.reached) == (5, SCHEMA_VERSION)
    assert set(done.changes) == {*NEW_IN_6, *NEW_IN_7, *NEW_IN_8, *NEW_IN_9}
    lake.publish(Publication(insert=batch_of(range(200))), "run-1")
    with Lake.open(folder) as migrated:
        assert migrated.counts() == lake.counts()
        assert migrated.digests() == lake.digests()


def test_a_lake_of_version_6_learns_where_inputs_came_from(tmp_path: Path, lake: Lake) -> None:
    old = tables(WITHOUT_7, WITHOUT_8, *WITHOUT_9, leave_out=[*TABLES_OF_7, *TABLES_OF_8])
    assert schema_digest(old) == DIGESTS[6]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "OLD", 6)
        folder = old_lake(tmp_path / "old", old, batch_of(range(200)))
    done = migrate.migrate(folder)
    assert (done.found, done.reached) == (6, SCHEMA_VERSION)
    assert set(done.changes) == {*NEW_IN_7, *NEW_IN_8, *NEW_IN_9}
    lake.publish(Publication(insert=batch_of(range(200))), "run-1")
    with Lake.open(folder) as migrated:
        assert migrated.counts() == lake.counts()
        assert migrated.digests() == lake.digests()


def test_a_lake_of_version_7_learns_of_stories(tmp_path: Path, lake: Lake) -> None:
    old = tables(WITHOUT_8, *WITHOUT_9, leave_out=TABLES_OF_8)
    assert schema_digest(old) == DIGESTS[7]
    batch = batch_of(range(200))
    first, copy, *others = batch["articles"].to_pylist()
    copy["duplicate_of"] = first["article_id"]
    rows = [first, copy, *others]
    batch["articles"] = TABLES_BY_NAME["articles"].arrow(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "OLD", 7)
        folder = old_lake(tmp_path / "old", old, batch)
    done = migrate.migrate(folder)
    assert (done.found, done.reached) == (7, SCHEMA_VERSION)
    assert set(done.changes) == {*NEW_IN_8, *NEW_IN_9}
    copy["story_id"] = first["article_id"]
    batch["articles"] = TABLES_BY_NAME["articles"].arrow(rows)
    lake.publish(Publication(insert=batch), "run-1")
    with Lake.open(folder) as migrated:
        assert migrated.counts() == lake.counts()
        assert migrated.digests() == lake.digests()


def test_a_lake_of_version_8_learns_of_regions_and_of_the_sentences_of_dates(
    tmp_path: Path, lake: Lake
) -> None:
    old = tables(*WITHOUT_9)
    assert schema_digest(old) == DIGESTS[8]
    folder = old_lake(tmp_path / "old", old, batch_of(range(200)))
    done = migrate.migrate(folder)
    assert (done.found, done.reached) == (8, SCHEMA_VERSION)
    assert set(done.changes) == {*NEW_IN_9}
    lake.publish(Publication(insert=batch_of(range(200))), "run-1")
    with Lake.open(folder) as migrated:
        assert migrated.counts() == lake.counts()
        assert migrated.digests() == lake.digests()


def test_new_tables_and_columns_follow_from_the_declarations(
    tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tables(
        without("figures", "subject", "predicate"), without("mentions", "rule"), leave_out=["dates"]
    )
    folder = old_lake(tmp_path / "old", old, batch_of(range(400)))
    with pytest.raises(VersionError, match="run `dateline migrate` to bring it forward"):
        Lake.open(folder)
    with pytest.raises(VersionError, match="dateline migrate"):
        warehouse.connect(folder)
    done = migrate.migrate(folder, target=target(old))
    assert (done.found, done.reached) == (OLD, SCHEMA_VERSION)
    assert sorted(done.changes) == [
        "dates: new table",
        "figures: new, null in the rows that are there: subject, predicate",
        "mentions: new, null in the rows that are there: rule",
    ]
    lake.publish(Publication(insert=batch_of(range(400))), "run-1")
    lake.publish(Publication({"dates": [key("article", n) for n in range(400)]}), "run-2")
    with Lake.open(folder) as migrated:
        assert migrated.digests() == lake.digests()
        assert columns(migrated) == columns(lake)
        assert migrated.history(1)[0].message == (
            f"migrate from version {OLD} of the tables to {SCHEMA_VERSION}"
        )
        assert migrated.history(1)[0].number == done.snapshot
        # and can be written as any other
        some = Publication(insert=batch_of(range(400, 410)))
        assert [it.publish(some, "run-3") > 0 for it in (migrated, lake)] == [True, True]
        assert migrated.digests() == lake.digests()
        before = migrated.snapshot
    assert migrate.migrate(folder, target=target(old)) == Migrated(SCHEMA_VERSION, SCHEMA_VERSION)
    with Lake.open(folder) as again:
        assert again.snapshot == before


def columns(lake: Lake) -> set[tuple[object, ...]]:
    """What is known of every column but its place."""
    rows = lake.query(
        "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE database_name = 'lake'"
    ).to_pylist()
    return {tuple(row.values()) for row in rows}


def changed_lake[Place: Path | Address](place: Place) -> tuple[Place, Target]:
    """A lake that differs in every way that steps can speak of."""
    renamed = tuple(
        dataclasses.replace(c, name="read_by") if c.name == "rule" else c
        for c in TABLES_BY_NAME["figures"].columns
        if c.name != "modality"
    )
    figures = dataclasses.replace(
        TABLES_BY_NAME["figures"],
        columns=(*renamed, Column("is_plan", INTEGER, "1 for a plan", True)),
        order=("article_id",),
    )
    mentions = dataclasses.replace(TABLES_BY_NAME["mentions"], name="names")
    notes = Table("notes", "Once there.", (Column("note", STRING, "a note"),), ("note",))
    articles = dataclasses.replace(
        TABLES_BY_NAME["articles"],
        columns=tuple(
            dataclasses.replace(c, nullable=False) if c.name == "title" else c
            for c in TABLES_BY_NAME["articles"].columns
        ),
    )
    swapped = {"figures": figures, "mentions": mentions, "articles": articles}
    old = (*(swapped.get(t.name, t) for t in TABLES), notes)
    batch = batch_of(range(400))
    rows = batch["figures"].to_pylist()
    batch["names"] = batch["mentions"]
    batch["figures"] = figures.arrow(
        {
            **{k: v for k, v in row.items() if k not in ("modality", "rule")},
            "read_by": row["rule"],
            "is_plan": None,
        }
        for row in rows
    )
    reach = target(
        old,
        Rename("figures", "rule_before", "nothing"),  # of a table's column that is not there
        Rename("figures", "read_by", "rule"),
        Fill("figures", "modality", "CASE WHEN is_plan = 1 THEN 'planned' ELSE 'actual' END"),
        Drop("figures", "is_plan"),
        RenameTable("names", "mentions"),
        RenameTable("never", "there"),
        Drop("notes"),
    )
    return old_lake(place, old, batch), reach


def test_steps_say_what_the_declarations_cannot(tmp_path: Path, lake: Lake) -> None:
    folder, reach = changed_lake(tmp_path / "old")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warehouse.lake.check_version", lambda *_: None)
        with Lake.open(folder) as before:
            number = before.snapshot
    done = migrate.migrate(folder, target=reach)
    assert sorted(done.changes) == [
        "articles: written anew: title may be null",
        (
            "figures: written anew: read_by is now rule; modality filled; is_plan dropped; "
            "sorted by published_date, article_id, char_start"
        ),
        "mentions: written anew: was called names",
        "notes: dropped",
    ]
    lake.publish(Publication(insert=batch_of(range(400))), "run-1")
    with Lake.open(folder) as migrated:
        assert migrated.digests() == lake.digests()
        assert columns(migrated) == columns(lake)
        options = (
            "SELECT scope_entry, value FROM lake.options() WHERE scope_entry IS NOT NULL "
            "ORDER BY ALL"
        )
        assert migrated.query(options).to_pylist() == lake.query(options).to_pylist()
        orders = "SELECT count(*) AS n FROM duckdb_tables() WHERE table_name IN ('notes', 'names')"
        assert migrated.query(orders).to_pylist() == [{"n": 0}]
        # what was, is still to be seen
        assert migrated.query(
            f"SELECT count(read_by) AS n FROM lake.figures AT (VERSION => {number})"
        ).to_pylist() == [{"n": 400}]
        assert migrated.query(
            f"SELECT count(*) AS n FROM lake.names AT (VERSION => {number})"
        ).to_pylist() == [{"n": 800}]
    with warehouse.connect(folder, at=number) as then:
        assert then.execute("SELECT count(*) FROM articles").fetchone() == (400,)
    assert not list(folder.glob("spill-*"))


def test_the_backup_is_the_lake_as_it_was(tmp_path: Path) -> None:
    folder, reach = changed_lake(tmp_path / "old")
    done = migrate.migrate(folder, target=reach)
    assert done.backup is not None
    assert done.backup.parent == folder / "backups"
    shutil.copyfile(done.backup, folder / "catalog.sqlite")
    with pytest.raises(VersionError, match="dateline migrate"):
        Lake.open(folder)
    again = migrate.migrate(folder, target=reach)
    assert again.changes == done.changes
    with Lake.open(folder) as lake:
        assert lake.counts()["figures"] == 400


KILLED = """
import os, signal, sys
from pathlib import Path
import pytest
from tests.warehouse.test_migrate import OLD, changed_target
from warehouse import migrate, sqlite
step, at = sys.argv[2], int(sys.argv[3])
count = 0
def counted(call):
    def wrapped(*them, **more):
        global count
        count += 1
        if count > at:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*them, **more)
    return wrapped
module = sqlite if step == "_copy" else migrate
setattr(module, step, counted(getattr(module, step)))
migrate.migrate(sys.argv[1], target=changed_target())
"""


def changed_target() -> Target:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return changed_lake(Path(folder) / "old")[1]


@pytest.mark.parametrize(
    ("step", "at"),
    [("_copy", 0), ("_make", 0), ("_make", 2), ("_set_row_groups", 0), ("_verify", 0)],
)
def test_a_killed_migration_is_done_by_the_next_call(
    step: str, at: int, tmp_path: Path, python: Python
) -> None:
    folder, reach = changed_lake(tmp_path / "old")
    process = python(KILLED, folder, step, at)
    assert process.wait(LIMIT) == -signal.SIGKILL, process.communicate()[1]
    migrate.migrate(folder, target=reach)
    with Lake.open(folder) as lake, lake.lock("look"):
        assert lake.counts()["figures"] == 400
        assert lake.counts()["mentions"] == 800
        stored = lake.query("SELECT scope_entry FROM lake.options() WHERE scope_entry IS NOT NULL")
        assert sorted(r["scope_entry"] for r in stored.to_pylist()) == [
            "main.articles",
            "main.raw_articles",
        ]
        known = lake.query(
            "SELECT count(*) AS n FROM __ducklake_metadata_lake.ducklake_data_file"
        ).to_pylist()[0]["n"]
        assert len(list(lake.catalog.layout.data.rglob("*.parquet"))) == known
    assert sorted(p.name for p in folder.iterdir()) == [
        "backups",
        "catalog.sqlite",
        "data",
        "lake.lock",
    ]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    folder, reach = changed_lake(tmp_path / "old")
    wrong = Fill("figures", "modality", "no_such_column")
    steps = tuple(wrong if isinstance(s, Fill) else s for s in reach.steps[SCHEMA_VERSION])
    broken = dataclasses.replace(reach, steps={SCHEMA_VERSION: steps})
    with pytest.raises(LakeError, match=r"nothing of 'migrate from .*no_such_column"):
        migrate.migrate(folder, target=broken)
    assert migrate.migrate(folder, target=reach).found == OLD


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"schema_version": "99"}, "install the newer dateline"),
        ({"schema_digest": "0" * 16}, "use the dateline that wrote it"),
        ({"schema_version": str(OLD), "schema_digest": "0" * 16}, "as no release did"),
    ],
)
def test_an_unknown_or_newer_lake_is_refused(
    told: dict[str, str], message: str, lake: Lake
) -> None:
    for name, value in told.items():
        lake.query("UPDATE lake.lake_info SET value = ? WHERE name = ?", [value, name])
    lake.close()
    with pytest.raises(VersionError, match=message):
        migrate.migrate(lake.path)
    assert not (lake.path / "backups").exists()


def test_there_is_nothing_to_migrate(tmp_path: Path, lake_folder: Path) -> None:
    with pytest.raises(NoLakeError):
        migrate.migrate(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    assert migrate.migrate(lake_folder) == Migrated(SCHEMA_VERSION, SCHEMA_VERSION)


def stored_as(declared: Sequence[Table]) -> dict[str, shape.Stored]:
    return {
        t.name: shape.Stored({c.name: (c.kind.sql, c.nullable) for c in t.columns}, t.order)
        for t in declared
    }


def test_what_nobody_says_is_a_fault() -> None:
    text = Column("added", STRING, "text")
    table = Table("things", "Things.", (Column("id", STRING, "key"),), ("id",))
    wider = dataclasses.replace(table, columns=(*table.columns, text))
    number = dataclasses.replace(table, columns=(Column("id", INTEGER, "key"),))
    for stored, declared, what in (
        (table, wider, "what things.added is in the rows"),
        (wider, table, "what becomes of the column things.added"),
        (table, number, "how things.id becomes BIGINT from VARCHAR"),
    ):
        with pytest.raises(LakeError, match=what):
            shape.plan(stored_as([stored]), (), [declared])
    with pytest.raises(LakeError, match="what becomes of the table things"):
        shape.plan(stored_as([table]), (), [])
    assert shape.plan(stored_as([table]), (Drop("things"),), []) == [shape.Remove("things")]


def test_steps_of_several_versions_follow_each_other() -> None:
    old = Table("things", "Things.", (Column("id", STRING, "key"),), ("id",))
    new = Table(
        "goods",
        "Things.",
        (Column("good_id", STRING, "key"), Column("weight", INTEGER, "how heavy")),
        ("good_id",),
    )
    [change] = shape.plan(
        stored_as([old]),
        (
            Fill("things", "size", "length(id)"),  # a column of a version between
            Rename("things", "size", "weight"),
            RenameTable("things", "goods"),
            Rename("goods", "id", "good_id"),
            Fill("goods", "weight", "length(good_id)"),
        ),
        [new],
    )
    assert isinstance(change, shape.Rewrite)
    assert change.select.format(source="s") == (
        'SELECT CAST(("good_id") AS VARCHAR) AS "good_id", '
        'CAST((length(good_id)) AS BIGINT) AS "weight" FROM (SELECT "id" AS "good_id" FROM s)'
    )


def test_every_lake_of_today_needs_no_change() -> None:
    assert shape.plan(stored_as(TABLES), (), TABLES) == []
    assert set(MIGRATIONS) <= set(range(2, SCHEMA_VERSION + 1)) <= set(DIGESTS)
