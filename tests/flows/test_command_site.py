"""``dateline site``: pages of a lake, made again and for each run."""

from __future__ import annotations

import csv
import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.command.cli import cli
from tests.flows.commands import Command
from tests.flows.conftest import FERRY, STRIKE
from tests.jobs import Samples
from tests.waiting import until

pytestmark = pytest.mark.long


def site(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["site", *map(str, arguments)])


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_two_sites_of_one_state_are_equal_to_the_byte(samples: Samples, tmp_path: Path) -> None:
    for name in ("one", "two"):
        made = site(tmp_path / name, "--lake", samples.lake)
        assert made.exit_code == 0, made.output
        assert made.output.splitlines()[-1] == str(tmp_path / name / "index.html")
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    again = site(tmp_path / "two", "--lake", samples.lake)
    assert "written: 0 files, 0 bytes; gone: 0" in again.output


def test_a_part_of_the_lake(samples: Samples, tmp_path: Path) -> None:
    part = ("--category", "killed", "--since", "2025", "--title", "Tolls", "--names", 3)
    made = site(tmp_path / "part", "--lake", samples.lake, *part)
    assert made.exit_code == 0, made.output
    told = json.loads((tmp_path / "part" / "site.json").read_text())
    assert told["title"] == "Tolls"
    assert told["choice"] == {"category": "killed", "since": "2025"}
    assert told["names"]["pages"] == 3 < told["names"]["in_lake"]
    assert 0 < told["articles"]["pages"] == told["articles"]["in_lake"] < 36
    with (tmp_path / "part" / "data" / "articles.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == told["articles"]["in_lake"]
    pages = {path.stem for path in (tmp_path / "part" / "articles").glob("*/*.html")}
    assert {row["article_id"] for row in rows} <= pages


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("{lake}",), "holds the lake"),
        (("{here}/full",), "no site of dateline"),
        (("{here}/new", "--since", "soon"), "soon"),
        (("{here}/new", "--at", "99999"), "no snapshot 99999"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_left(
    samples: Samples, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    given = [one.format(lake=samples.lake, here=tmp_path) for one in arguments]
    made = site(*given, "--lake", samples.lake)
    assert made.exit_code == 64
    assert told in made.output
    assert contents(tmp_path) == {"full/mine.txt": b"mine"}


def test_each_run_makes_the_site_anew_and_ctrl_c_leaves_the_old_one(
    tmp_path: Path, dateline: Callable[..., Command]
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (tmp_path / "dateline.toml").write_text(
        'lake = "lake"\n[site]\nfolder = "www"\ntitle = "Wire"\n[[sources]]\npath = "news"\n'
    )
    config = ("--config", str(tmp_path / "dateline.toml"))
    first = tmp_path / "www" / "index.html"
    for name, text in (("a", FERRY), ("b", STRIKE)):
        (news / f"{name}.txt").write_text(text)
        run = dateline("run", *config, "--workers", "1")
        assert run.ended() == 0, run.err
        assert str(first) in run.out
    assert "2 articles" in first.read_text()
    before = contents(tmp_path / "www")
    making = dateline("site", *config)
    until((tmp_path / ".www.part").exists, lambda: making.err)
    making.process.send_signal(signal.SIGINT)
    assert making.ended() in (130, 0)  # 0 where it was quicker than the signal
    assert contents(tmp_path / "www") == before
    assert list(tmp_path.glob(".www*")) == []
