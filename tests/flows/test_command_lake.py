"""sql, runs, quarantine and check, asked of a small lake."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from flows.command.cli import cli
from warehouse.lake import Lake, Publication
from warehouse.tables import TABLES_BY_NAME, Row

TEXT = "Some 300 troops left on Monday.\nThe mayor of Riga [sic] said so."
DAY = dt.date(2025, 4, 28)
FIRST, SECOND = "20250428T100000Z-aaaa", "20250429T100000Z-bbbb"
ARTICLE = "a" * 16


def rows() -> dict[str, list[Row]]:
    """A lake's worth of rows that no expectation objects to."""
    span = {"article_id": ARTICLE, "published_date": DAY, "sentence_no": 0}
    at = dt.datetime(2025, 4, 28, 10, 0)
    made: dict[str, list[dict[str, Any]]] = {
        "raw_articles": [
            {
                "raw_id": "c" * 64,
                "source_uri": "riga.txt",
                "source": "news",
                "media_type": "text/plain",
                "fetched_at": at,
                "payload": TEXT.encode(),
                "run_id": FIRST,
            }
        ],
        "articles": [
            {
                "article_id": ARTICLE,
                "source": "news",
                "source_uri": "riga.txt",
                "authors": [],
                "published_at": dt.datetime(2025, 4, 28, 7, 0),
                "published_zone": "Europe/Riga",
                "published_date": DAY,
                "language": "en",
                "text": TEXT,
                "sentence_count": 2,
                "text_id": "b" * 16,
                "revision": 0,
                "raw_id": "c" * 64,
                "run_id": FIRST,
                "ingested_at": at,
                "extractor": "dateline-0.1.0+en_core_web_md-3.8.0",
            }
        ],
        "entities": [
            {
                "entity_id": "e" * 16,
                "article_id": ARTICLE,
                "published_date": DAY,
                "name": "Riga",
                "entity_type": "GPE",
                "link_status": "local",
                "mention_count": 1,
                "first_char": 45,
            }
        ],
        "mentions": [
            {
                **span,
                "mention_id": "d" * 16,
                "entity_id": "e" * 16,
                "sentence_no": 1,
                "char_start": 45,
                "char_end": 49,
                "surface": "Riga",
                "entity_type": "GPE",
            }
        ],
        "figures": [
            {
                **span,
                "figure_id": "f" * 16,
                "char_start": 0,
                "char_end": 8,
                "surface": "Some 300",
                "value": 300.0,
                "value_low": 300.0,
                "value_high": 300.0,
                "qualifier": "about",
                "change": "none",
                "unit_type": "count",
                "unit": "1",
                "counted": "troops",
                "counted_head": "troop",
                "category": "troops",
                "modality": "actual",
                "rule": "count",
                "sentence": TEXT[:31],
            }
        ],
        "quarantine": [
            {
                "table_name": "figures",
                "row_id": "9" * 16,
                "article_id": ARTICLE,
                "expectation": "surface_in_text",
                "column_name": "surface",
                "detail": "expected the words of the text, found other ones",
                "row": json.dumps({"surface": "400 tanks", "sentence": "No tanks here."}),
                "run_id": FIRST,
            }
        ],
        "quality": [
            {
                "run_id": FIRST,
                "batch_no": 1,
                "table_name": "figures",
                "expectation": "surface_in_text",
                "column_name": "surface",
                "kind": "row",
                "outcome": "failed",
                "checked": 2,
                "failed": 1,
                "checked_at": at,
            }
        ],
        "rejects": [
            {
                "source": "news",
                "source_uri": "empty.txt",
                "reason": "empty",
                "detail": "empty.txt: the file is empty",
                "run_id": FIRST,
            }
        ],
        "runs": [
            _run(FIRST, at, new=1, rejects=1, rows_made=5, published=4, quarantined=1),
            _run(SECOND, at + dt.timedelta(days=1), unchanged=2),
        ],
    }
    return {name: [TABLES_BY_NAME[name].row(**row) for row in some] for name, some in made.items()}


def _run(run_id: str, at: dt.datetime, **counts: int) -> dict[str, Any]:
    parts = {k: counts.get(k, 0) for k in ("new", "revised", "unchanged", "duplicates", "rejects")}
    return {
        "run_id": run_id,
        "command": "run",
        "status": "done",
        "started_at": at,
        "ended_at": at + dt.timedelta(seconds=2),
        "inputs": sum(parts.values()),
        **parts,
        "rows_made": counts.get("rows_made", 0),
        "rows_published": counts.get("published", 0),
        "rows_quarantined": counts.get("quarantined", 0),
        "batches": 1,
        "versions": json.dumps({"dateline": "0.1.0"}),
        "parameters": json.dumps({"batch_size": 500}),
    }


def build(path: Path, made: dict[str, list[Row]]) -> Path:
    with Lake.open(path, create=True) as lake:
        lake.add_raws(made["raw_articles"], FIRST)
        insert = {
            name: TABLES_BY_NAME[name].arrow(some)
            for name, some in made.items()
            if name != "raw_articles"
        }
        lake.publish(Publication({}, insert), FIRST)
    return path


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("lakes") / "lake", rows())


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)


def ask(lake: Path, *args: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, [*args, "--lake", str(lake)], input=stdin)


def out(lake: Path, *args: str, stdin: str | None = None) -> str:
    result = ask(lake, *args, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result.stdout


QUESTION = "SELECT surface, value, published_date, place FROM figures"


class TestSql:
    def test_a_table_shows_the_rows_and_says_how_many(self, lake: Path) -> None:
        head, _, row, count = out(lake, "sql", QUESTION).splitlines()
        assert head.split() == ["surface", "value", "published_date", "place"]
        assert row.split() == ["Some", "300", "300", "2025-04-28", "null"]
        assert count == "1 row"

    def test_a_table_fits_the_terminal(self, lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "60")
        shown = out(lake, "sql", "SELECT sentence, surface, repeat('long ', 40) FROM figures")
        assert max(map(len, shown.splitlines())) <= 60
        blocks = out(lake, "sql", "SELECT * FROM figures")
        assert max(map(len, blocks.splitlines())) <= 60
        assert blocks.startswith("row 1\nfigure_id")

    def test_a_table_says_when_there_is_more(self, lake: Path) -> None:
        shown = out(lake, "sql", "SELECT * FROM range(1234)")
        assert shown.splitlines()[-1].startswith("100 of 1,234 rows")

    def test_a_text_is_shown_as_it_is(self, lake: Path) -> None:
        shown = out(lake, "sql", r"SELECT text || chr(27) || '[31m' FROM articles")
        assert "Riga [sic] said" in shown
        assert "\x1b" not in shown

    def test_csv(self, lake: Path) -> None:
        text = out(lake, "sql", "SELECT text, value, as_of_start, published_at, authors "
                   "FROM articles JOIN figures USING (article_id)", "--format", "csv")  # fmt: skip
        assert list(csv.reader(io.StringIO(text))) == [
            ["text", "value", "as_of_start", "published_at", "authors"],
            [TEXT, "300.0", "", "2025-04-28 07:00:00", "[]"],
        ]

    def test_json_is_exact(self, lake: Path) -> None:
        text = out(lake, "sql", "SELECT *, 9007199254740993 AS big, 0.1::DECIMAL(5,2) AS cent, "
                   "sum(1) OVER () AS total, 'nan'::DOUBLE AS nan, payload AS bytes "
                   "FROM (SELECT value, a.published_date, published_at, payload FROM articles a "
                   "JOIN figures USING (article_id) JOIN raw_articles USING (raw_id))",
                   "--format", "json")  # fmt: skip
        (row,) = json.loads(text)
        assert row["value"] == 300.0
        assert row["published_date"] == "2025-04-28"
        assert row["published_at"] == "2025-04-28T07:00:00"
        assert row["big"] == 9007199254740993
        assert (row["cent"], row["total"], row["nan"]) == (0.1, 1, None)
        assert row["bytes"].startswith("U29tZSAzMDA")

    def test_json_of_no_row_is_an_empty_list(self, lake: Path) -> None:
        assert json.loads(out(lake, "sql", f"{QUESTION} WHERE false", "--format", "json")) == []

    def test_columns_of_one_name_are_told_apart(self, lake: Path) -> None:
        (row,) = json.loads(out(lake, "sql", "SELECT 1 AS a, 2 AS a", "--format", "json"))
        assert row == {"a": 1, "a_1": 2}

    @pytest.mark.parametrize("name", ["answer.csv", "answer.json", "answer.parquet", "answer"])
    def test_out_writes_a_file_in_the_format_of_its_name(self, lake: Path, name: str) -> None:
        assert out(lake, "sql", QUESTION, "--out", name) == ""
        data = Path(name).read_bytes()
        if name.endswith(".parquet"):
            assert pq.read_table(name).to_pylist() == [
                {"surface": "Some 300", "value": 300.0, "published_date": DAY, "place": None}
            ]
        else:
            start = {".csv": b"surface,", ".json": b"[\n{", "": b"surface "}[Path(name).suffix]
            assert data.startswith(start)
        assert sorted(path.name for path in Path().iterdir()) == [name]

    def test_out_that_cannot_be_written_is_64(self, lake: Path) -> None:
        result = ask(lake, "sql", QUESTION, "--out", "no/such/folder.csv")
        assert result.exit_code == 64
        assert "does not exist" in result.stderr

    def test_a_question_on_standard_input(self, lake: Path) -> None:
        assert "Some 300" in out(lake, "sql", "-", stdin=QUESTION)
        assert ask(lake, "sql", "-", stdin=" ").exit_code == 64

    def test_a_lake_is_asked_as_it_was(self, lake: Path) -> None:
        count = "SELECT count(*) AS n FROM figures"
        assert json.loads(out(lake, "sql", count, "--at", "1", "--format", "json")) == [{"n": 0}]
        assert json.loads(out(lake, "sql", count, "--at", FIRST, "--format=json")) == [{"n": 1}]
        wrong = ask(lake, "sql", count, "--at", "yesterday")
        assert wrong.exit_code == 64
        assert "'yesterday' is no snapshot" in wrong.stderr

    @pytest.mark.parametrize(
        ("question", "message"),
        [
            ("SELECT * FROM figurs", 'Did you mean "figures"'),
            ("SELEC 1", 'syntax error at or near "SELEC"'),
            ("SELECT value + FROM figures", "^"),
            ("DROP TABLE figures", "lake is written by `dateline run` only"),
            ("SELECT error('told so')", "told so"),
        ],
    )
    def test_wrong_sql_is_64_with_what_is_wrong(
        self, lake: Path, question: str, message: str
    ) -> None:
        result = ask(lake, "sql", question)
        assert result.exit_code == 64
        assert message in result.stderr
        assert "\n\n" not in result.stderr
        assert "Traceback" not in result.stderr

    def test_a_reader_that_leaves_is_no_error(self, lake: Path) -> None:
        command = f"{sys.executable} -m flows.command --lake {lake} sql"
        for form in ("csv", "json", "table"):
            script = f"{command} 'SELECT * FROM range(300000)' --format {form} | head -n 2"
            done = subprocess.run(
                ["bash", "-o", "pipefail", "-c", script],
                capture_output=True,
                text=True,
                timeout=120,
            )
            assert (done.returncode, done.stderr) == (0, ""), form
            assert len(done.stdout.splitlines()) == 2


class TestRuns:
    def test_the_newest_comes_first(self, lake: Path) -> None:
        lines = out(lake, "runs").splitlines()
        assert lines[0].split()[:5] == ["run_id", "command", "status", "started_at", "seconds"]
        assert lines[2].startswith(SECOND)
        assert lines[3].startswith(FIRST)
        assert SECOND in out(lake, "runs", "--limit", "1")
        assert FIRST not in out(lake, "runs", "--limit", "1")

    @pytest.mark.parametrize("name", [FIRST, "20250428"])
    def test_one_is_shown_with_both_sums(self, lake: Path, name: str) -> None:
        shown = out(lake, "runs", name)
        assert "2 inputs = 1 new + 0 revised + 0 unchanged + 0 duplicates + 1 rejects" in shown
        assert "5 made = 4 published + 1 quarantined" in shown
        assert "empty.txt: the file is empty" in shown
        assert "figures.surface surface_in_text: failed, 1 row in quarantine" in shown

    def test_the_last_one(self, lake: Path) -> None:
        told = json.loads(out(lake, "runs", "last", "--format", "json"))
        assert (told["run_id"], told["unchanged"], told["rejected"]) == (SECOND, 2, [])

    def test_a_run_that_is_not_there_is_64(self, lake: Path) -> None:
        result = ask(lake, "runs", "2020")
        assert result.exit_code == 64
        assert "there is no run '2020'" in result.stderr
        assert "2 runs begin with '2025'" in ask(lake, "runs", "2025").stderr


class TestQuarantine:
    def test_a_row_is_shown_with_its_words(self, lake: Path) -> None:
        shown = out(lake, "quarantine")
        for words in ("surface_in_text", "found other ones", "400 tanks", "No tanks here."):
            assert words in shown

    def test_json_holds_the_row(self, lake: Path) -> None:
        (held,) = json.loads(out(lake, "quarantine", "--format", "json"))
        assert json.loads(held["row"])["surface"] == "400 tanks"

    @pytest.mark.parametrize(
        ("filters", "count"),
        [
            (("--table", "figures"), 1),
            (("--table", "dates"), 0),
            (("--expectation", "surface_in_text", "--run", FIRST), 1),
            (("--run", "last"), 0),
        ],
    )
    def test_filters(self, lake: Path, filters: tuple[str, ...], count: int) -> None:
        found = json.loads(out(lake, "quarantine", *filters, "--format", "json"))
        assert len(found) == count


class TestCheck:
    def test_a_sound_lake_passes_and_can_be_reported(self, lake: Path) -> None:
        result = ask(lake, "check", "--report", "quality")
        assert result.exit_code == 0, result.output
        assert "1 article, " in result.stdout
        assert "all passed" in result.stdout
        page = Path(result.stdout.split("report: ")[1].strip())
        assert page.is_file()

    def test_a_row_that_is_wrong_fails_with_an_example(self, tmp_path: Path) -> None:
        made = rows()
        made["figures"][0]["surface"] = "Some 400"
        result = ask(build(tmp_path / "lake", made), "check")
        assert result.exit_code == 1
        assert "surface_is_the_text" in result.stdout
        assert "Some 400" in result.stdout

    def test_a_row_without_its_article_fails(self, tmp_path: Path) -> None:
        made = rows()
        made["mentions"].append(
            {**made["mentions"][0], "mention_id": "1" * 16, "article_id": "2" * 16}
        )
        made["entities"].append({**made["entities"][0], "article_id": "2" * 16})
        result = ask(build(tmp_path / "lake", made), "check")
        assert result.exit_code == 1
        assert "mentions.article_id" in result.stdout

    def test_a_check_that_breaks_is_2(self, lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        import expectations.rules as written

        def broken(row: Row, batch: object) -> bool:
            raise ZeroDivisionError("a check that breaks")

        one = written.RULES[0]
        changed = dataclasses.replace(one, holds=broken)
        monkeypatch.setattr(written, "RULES", (changed, *written.RULES[1:]))
        result = ask(lake, "check")
        assert result.exit_code == 2
        assert "0 failed, 1 broke" in result.stdout
        assert "a check that breaks" in result.stdout

    def test_an_empty_lake_has_nothing_to_check(self, tmp_path: Path) -> None:
        with Lake.open(tmp_path / "lake", create=True):
            pass
        result = ask(tmp_path / "lake", "check")
        assert result.exit_code == 0
        assert "nothing to check" in result.stdout

    def test_the_size_of_a_batch_changes_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = rows()
        for number in range(3):
            article_id = f"{number}" * 16
            made["articles"].append({**made["articles"][0], "article_id": article_id})
            mention_id = f"{number:016x}"
            entity, mention = made["entities"][0], made["mentions"][0]
            made["entities"].append({**entity, "article_id": article_id})
            made["mentions"].append({**mention, "article_id": article_id, "mention_id": mention_id})
        path = build(tmp_path / "lake", made)
        whole = ask(path, "check").stdout
        monkeypatch.setenv("DATELINE_BATCH_SIZE", "1")
        assert ask(path, "check").stdout == whole
        assert "4 articles" in whole
