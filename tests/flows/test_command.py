"""What all commands share: help, examples, exit codes, a quick start, a clean end."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from flows.command.cli import COMMANDS, cli
from flows.command.reference import helps, reference
from tests.flows.commands import dateline
from tests.waiting import LIMIT
from warehouse.release import VERSION

pytestmark = pytest.mark.usefixtures("empty_folder")

ROOT = Path(__file__).parents[2]

#: What some commands cannot do without.
NEEDED = {
    "explain": ["a text"],
    "run": [str(ROOT / "seeds" / "articles")],
    "extract": [str(ROOT / "seeds" / "articles")],
    "sql": ["SELECT 1"],
    "evidence": ["0" * 16],
    "diff": ["1"],
    "export": ["out"],
    "forget": ["0" * 16, "--why", "asked"],
    "serve": ["--cron", "0 6 * * *"],
}


def invoke(*args: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, args, input=stdin)


def examples(text: str) -> Iterator[list[str]]:
    """The arguments of every ``$ ... dateline ...`` line of a help."""
    for line in re.findall(r"^\s*\$ (.*)$", text, flags=re.MULTILINE):
        words = shlex.split(line)
        start = words.index("dateline") + 1
        end = words.index("<") if "<" in words else len(words)
        yield words[start:end]


class TestHelp:
    def test_the_reference_in_docs_is_the_help(self) -> None:
        page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
        assert page == reference(), "run: python -m flows.command.reference > docs/commands.md"

    def test_every_command_is_in_it(self) -> None:
        assert [name for name, _ in helps()] == ["dateline", *(f"dateline {c}" for c in COMMANDS)]

    @pytest.mark.parametrize(("name", "text"), [*helps()], ids=[name for name, _ in helps()])
    def test_every_command_has_examples_that_parse(self, name: str, text: str) -> None:
        found = list(examples(text))
        assert found, f"{name} --help shows no example"
        for words in found:
            command = cli.get_command(click.Context(cli), words[0])
            assert command is not None
            assert f"dateline {words[0]}".startswith(name)
            command.make_context(words[0], words[1:])

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_option_says_what_it_is(self, name: str) -> None:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        assert command.short_help
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, parameter.name

    def test_help_is_given_for_h(self) -> None:
        assert invoke("-h").output == invoke("--help").output
        assert invoke("sql", "-h").exit_code == 0

    def test_the_version(self) -> None:
        assert invoke("--version").output == f"dateline {VERSION}\n"


class TestExitCodes:
    @pytest.mark.parametrize(
        "args",
        [
            ("nothing",),
            ("sql",),
            ("sql", "SELECT 1", "--format", "xml"),
            ("sql", "SELECT 1"),  # there is no lake
            ("runs",),
            ("quarantine",),
            ("check",),
            ("extract", "no-such-file.txt"),
            ("run", "no-such-folder"),
            ("run", "*.nothing"),
            ("run", ".", "--workers", "0"),
            ("run", ".", "--workers", "two"),
            ("serve", "."),
            ("run", ".", "--model", "no_such_model"),
            ("extract", ".", "--model", "no/such/model"),
            ("--config", "none.toml", "runs"),
        ],
        ids=" ".join,
    )
    def test_what_the_user_got_wrong_is_64_with_a_message(self, args: tuple[str, ...]) -> None:
        result = invoke(*args)
        assert result.exit_code == 64
        assert "Error: " in result.stderr
        assert "Traceback" not in result.output

    def test_no_lake_says_what_to_do(self) -> None:
        assert "dateline run" in invoke("runs", "--lake", "elsewhere").stderr

    @pytest.mark.parametrize("command", [name for name in COMMANDS if name != "copy"])
    @pytest.mark.parametrize("scheme", ["mysql", "s3", "gs", "file", "anything"])
    def test_a_lake_that_is_no_folder_is_refused_by_every_command(
        self, command: str, scheme: str, tmp_path: Path
    ) -> None:
        given = f"{scheme}://news.example/lake"
        result = invoke(command, *NEEDED.get(command, ()), "--lake", given)
        assert result.exit_code == 64
        assert f"--lake: there can be no lake in {given}: " in result.stderr
        assert "name a folder" in result.stderr
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("command", ["run", "sql", "runs", "site"])
    def test_a_database_that_does_not_answer_is_named_without_its_password(
        self, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATELINE_LAKE", "postgres://ann:secret@127.0.0.1:1/news")
        result = invoke(command, *NEEDED.get(command, ()))
        assert result.exit_code == 2
        assert "postgres://ann@127.0.0.1:1/news cannot be" in result.stderr
        assert "secret" not in result.output

    def test_an_unknown_setting_is_64_and_names_it(self, tmp_path: Path) -> None:
        (tmp_path / "dateline.toml").write_text("wrokers = 1")
        result = invoke("runs")
        assert result.exit_code == 64
        assert "Error: dateline.toml: wrokers: there is no such setting" in result.stderr

    def test_an_unknown_variable_is_warned_of(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATELINE_WROKERS", "1")
        assert "Warning: DATELINE_WROKERS (did you mean" in invoke("runs").stderr

    def test_what_nobody_foresaw_is_2_and_traced_only_with_v(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*args: object) -> None:
            raise ZeroDivisionError("unforeseen")

        monkeypatch.setattr("flows.command.group.Globals.settings", broken)
        quiet = invoke("runs")
        assert quiet.exit_code == 2
        assert quiet.stderr == (
            "Error: dateline broke: ZeroDivisionError: unforeseen\n"
            "The same command with -v shows where.\n"
        )
        told = invoke("runs", "-v")
        assert told.exit_code == 2
        assert "in broken" in told.stderr

    @pytest.mark.parametrize("error", [KeyboardInterrupt, click.Abort])
    def test_interrupted_is_130(
        self, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
    ) -> None:
        def interrupted(*args: object) -> None:
            raise error

        monkeypatch.setattr("flows.command.group.Globals.settings", interrupted)
        result = invoke("runs")
        assert (result.exit_code, result.stderr.strip()) == (130, "Interrupted.")


@pytest.mark.parametrize(
    "args",
    [
        ("--lake", "LAKE", "runs"),
        ("runs", "--lake", "LAKE"),
        ("--lake", "other", "runs", "--lake", "LAKE"),
    ],
    ids=" ".join,
)
def test_shared_options_stand_before_or_after_the_command(args: tuple[str, ...]) -> None:
    assert f"{Path('LAKE').absolute()}" in invoke(*args).stderr


class TestProcess:
    def test_the_exit_code_is_the_process_s(self) -> None:
        result = dateline("nothing")
        assert result.returncode == 64
        assert "No such command" in result.stderr

    @pytest.mark.parametrize("args", [("--help",), ("sql", "--help"), ("run", "--help")])
    def test_help_imports_nothing_heavy(self, args: tuple[str, ...]) -> None:
        code = (
            "import sys\n"
            f"sys.argv = ['dateline', *{args!r}]\n"
            "from flows.command import main\n"
            "try:\n    main()\nexcept SystemExit:\n    pass\n"
            "heavy = {'prefect', 'great_expectations', 'spacy', 'pandas', 'pyarrow', 'duckdb',\n"
            "         'pydantic', 'rich'}\n"
            "sys.exit(' '.join(sorted(heavy & set(sys.modules))) or 0)\n"
        )
        result = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=LIMIT, cwd=ROOT
        )
        assert result.returncode == 0, f"imported: {result.stderr}"

    def test_a_worker_that_imports_main_again_imports_nothing(self) -> None:
        code = (
            "import sys\nbefore = set(sys.modules)\nimport flows.command.__main__\n"
            "new = {name.split('.')[0] for name in set(sys.modules) - before}\n"
            "sys.exit(' '.join(sorted(new - {'flows', '__future__'})) or 0)\n"
        )
        result = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=LIMIT, cwd=ROOT
        )
        assert result.returncode == 0, f"imported: {result.stderr}"
