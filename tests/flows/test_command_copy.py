"""``dateline copy``: what it says, and what it refuses."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from flows.command.cli import cli
from tests.jobs import Samples


def copied(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["copy", *arguments])


def test_the_lake_of_the_samples_is_another_lake_that_answers_alike(
    samples: Samples, empty_folder: Path
) -> None:
    done = copied(str(samples.lake), "copy")
    assert done.exit_code == 0, done.output
    assert "every table is equal" in done.output
    ask = ["sql", "--format", "csv", "SELECT count(*), sum(value) FROM figures", "--lake"]
    one = CliRunner().invoke(cli, [*ask, str(samples.lake)])
    other = CliRunner().invoke(cli, [*ask, "copy"])
    assert one.exit_code == other.exit_code == 0
    assert one.stdout == other.stdout


def test_there_must_be_a_lake_here_and_none_there(empty_folder: Path, samples: Samples) -> None:
    missing = copied("nowhere", "copy")
    assert (missing.exit_code, Path("copy").exists()) == (64, False)
    assert "there is no lake" in missing.output
    there = copied(str(samples.lake), str(samples.lake))
    assert there.exit_code != 0
    assert "there is a lake" in there.output


def test_a_password_is_not_taken_from_the_command_line(samples: Samples) -> None:
    refused = copied(str(samples.lake), "postgres://ann:secret@127.0.0.1/news")
    assert refused.exit_code == 64
    assert "secret" not in refused.output
    assert "DST has a password in it" in refused.output


def test_data_is_of_a_lake_in_a_database(samples: Samples, empty_folder: Path) -> None:
    refused = copied(str(samples.lake), "copy", "--data", "s3://news/lake")
    assert refused.exit_code == 64
    assert "data cannot be set" in refused.output
