"""sql, runs and quarantine, asked of a small lake."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.flows.small_lake import DAY, FIRST, SECOND, TEXT, ask, build, rows
from tests.waiting import LIMIT

pytestmark = pytest.mark.usefixtures("empty_folder")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("lakes") / "lake", rows())


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
        assert "'yesterday' is not a snapshot" in wrong.stderr

    @pytest.mark.parametrize(
        ("question", "message"),
        [
            ("SELECT * FROM figurs", 'Did you mean "figures"'),
            ("SELEC 1", 'syntax error at or near "SELEC"'),
            ("SELECT value + FROM figures", "^"),
            ("DROP TABLE figures", "give one statement that reads"),
            (
                "CALL ducklake_cleanup_old_files('lake', cleanup_all => true)",
                "cannot call ducklake_cleanup_old_files()",
            ),
            ("FROM query('SELECT 1')", "cannot call query()"),
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
                timeout=LIMIT,
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


@pytest.mark.parametrize("secret", ["ann:hush@db.example/news", "db.example/news?password=hush"])
def test_a_password_on_the_command_line_is_refused(secret: str) -> None:
    result = ask(f"postgres://{secret}", "sql", "SELECT 1")
    assert result.exit_code == 64
    assert "set PGPASSWORD" in result.stderr
    assert "hush" not in result.output
