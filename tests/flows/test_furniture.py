"""Lines that a site has on page after page: counted, reviewed and left out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings, strategies

from flows import furniture
from flows.command.cli import cli
from flows.errors import FurnitureError
from flows.furniture import Line, Pages, read_furniture, write_furniture
from flows.pipeline import run_plainly, walk
from flows.pool import Pool
from flows.run_state import REBUILD, opened
from flows.settings import Settings, load_settings
from tests.properties import examples
from transforms.article import read_article
from transforms.model import HTML, Article, RawArticle, Source
from warehouse.lake import Lake

PLEA = "Our readers in every county pay for this work, and now you can do so, too."
SLOGAN = "The Islander is printed on Aran, at night, when the wind is still."
SIGNED = "This report was written with the help of the county."
STORY = (
    "On day {n} of the storm some {n}00 people slept in the school of Inis {n}, the mayor said.",
    "Bakers brought {n} loaves, and a doctor looked after {n} people with bruises on their arms.",
    "The next boat of the {n} that wait leaves on Thursday if the wind turns west, they said.",
)


def page(n: int, host: str, *around: str) -> str:
    lines = (*(line.format(n=n) for line in STORY), *around)
    address = f"<link rel='canonical' href='https://{host}/storm/day-{n}-of-the-storm'>"
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<html lang='en'><head>{address}<title>Day {n} of the storm</title></head>"
        f"<body><article>{body}</article></body></html>"
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Six pages of one host, and two of another that says the same on each."""
    folder = tmp_path / "site"
    folder.mkdir()
    for n in range(2, 8):
        around = (PLEA, SLOGAN) if n < 6 else (PLEA,)
        (folder / f"a{n}.html").write_text(page(n, "www.islander.example", *around))
    for n in range(2, 4):
        (folder / f"b{n}.html").write_text(page(n, "coast.example", PLEA))
    return folder


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["furniture", *arguments])


def articles(count: int, *around: str) -> list[Article]:
    found = []
    for n in range(2, 2 + count):
        for version in ("", "The mayor took it back. "):
            payload = page(n, "islander.example", *around, f"{version}It is day {n}.").encode()
            raw = RawArticle(f"{n}.html", HTML, dt.datetime(2025, 1, 1), payload, Source("site"))
            article = read_article(raw)
            assert isinstance(article, Article)
            found.append(article)
    return found


TEN = articles(10, PLEA)


@given(strategies.permutations(TEN), strategies.integers(1, 4))
@settings(max_examples=examples(30), deadline=None)
def test_lines_are_counted_alike_in_any_order_and_versions_are_one_page(
    order: Sequence[Article], looked_at: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(furniture, "MOST_PAGES", 2 * looked_at)
        counted, usual = Pages(), Pages()
        for article in order:
            assert counted.add(article)
        for article in TEN:
            usual.add(article)
    assert counted.counts() == {"islander.example": 2 * looked_at}
    assert list(counted.furniture(2, 0.01)) == list(usual.furniture(2, 0.01))
    assert list(counted.furniture(2, 1)) == [
        Line("islander.example", PLEA, 2 * looked_at, 2 * looked_at)
    ]


def test_a_page_without_an_address_is_of_no_host() -> None:
    pages = Pages()
    assert not pages.add(dataclasses.replace(TEN[0], url=None))
    assert pages.counts() == {}


def test_the_command_counts_the_pages_of_a_source(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "furniture.csv"
    done = invoke(str(site), "--pages", "5", "--share", "0.6", "--out", str(out))
    assert done.exit_code == 0
    assert "8 pages of 2 hosts: 2 lines of 1 hosts with at least 5 pages" in done.stderr
    assert out.read_text().splitlines() == [
        "host,line,pages,of",
        f'islander.example,"{PLEA}",6,6',
        f'islander.example,"{SLOGAN}",4,6',
    ]
    told = invoke(str(site), "--pages", "2", "--share", "1")
    assert told.stdout.splitlines() == [
        "host,line,pages,of",
        f'coast.example,"{PLEA}",2,2',
        f'islander.example,"{PLEA}",6,6',
    ]
    assert "0 lines of 0 hosts with at least 20 pages" in invoke(str(site)).stderr


def test_where_a_file_cannot_be_written_it_is_told(site: Path, tmp_path: Path) -> None:
    refused = invoke(str(site), "--out", str(tmp_path / "none" / "furniture.csv"))
    assert refused.exit_code == 64
    assert "cannot be written: No such file or directory" in refused.stderr


def with_file(site: Path, text: str, **more: object) -> Settings:
    """Settings in a file that names the furniture of the source by a relative path."""
    config = site.parent / "dateline.toml"
    config.write_text(f'[[sources]]\nname = "site"\npath = "{site}"\nfurniture = "furniture.csv"\n')
    (site.parent / "furniture.csv").write_text(text, encoding="utf-8")
    return load_settings(config, lake=site.parent / "lake", workers=2, **more)


def texts(lake: Path) -> list[str]:
    with Lake.open(lake) as held:
        return [row["text"] for row in held.query("SELECT text FROM lake.articles").to_pylist()]


@pytest.mark.usefixtures("no_data_docs")
def test_a_file_is_applied_by_a_run_and_a_changed_one_by_a_rebuild(site: Path, pool: Pool) -> None:
    first = with_file(site, "host,line\n")
    run_plainly(first, first.select(), pool=pool)
    assert sum(PLEA in text for text in texts(first.lake.home)) == 8

    config = str(site.parent / "dateline.toml")
    made = CliRunner().invoke(
        cli, ["furniture", "--pages", "6", "--lake", str(first.lake), "--config", config]
    )
    assert made.exit_code == 0
    assert made.stdout.count("\n") == 3
    changed = with_file(site, made.stdout)
    with opened(changed, (), command=REBUILD, pool=pool) as run:
        walk(run)
        assert run.report.sums_hold
    after = texts(changed.lake.home)
    assert sum(PLEA in text for text in after) == 2, "the other host's pages say it still"
    assert not any(SLOGAN in text for text in after)
    assert all("Bakers brought" in text for text in after)

    # the file tells of the pages as they are without it
    again = CliRunner().invoke(
        cli, ["furniture", "--pages", "6", "--lake", str(first.lake), "--config", config]
    )
    assert again.stdout == made.stdout
    with opened(changed, (), command=REBUILD, pool=pool) as run:
        walk(run)
        assert run.report.nothing_new


def test_a_file_is_applied_by_extract_and_its_absence_refused(site: Path) -> None:
    with_file(site, f'host,line,pages,of\nm.islander.example,"{PLEA}",,\n')
    config = str(site.parent / "dateline.toml")
    done = CliRunner().invoke(cli, ["extract", str(site), "--config", config])
    assert done.exit_code == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    texts = {row["url"]: row["text"] for row in rows if row["table"] == "articles"}
    assert {"coast.example" in url for url, text in texts.items() if PLEA in text} == {True}
    assert any("islander.example" in url for url in texts)
    (site.parent / "furniture.csv").unlink()
    refused = CliRunner().invoke(cli, ["extract", str(site), "--config", config])
    assert refused.exit_code == 64
    assert f"the furniture in {site.parent / 'furniture.csv'} cannot be read" in refused.stderr
    assert "dateline furniture SOURCE --out" in refused.stderr
    assert invoke(str(site), "--config", config).exit_code == 0, "the command makes it"


WRONG = {
    "": "line 1: the first line must name the columns host,line,pages,of",
    "line,pages\nx,1\n": "line 1: the first line must name the columns host,line,pages,of",
    "host,line\na.example,one, two\n": "line 2: 3 values for 2 columns; a value with a comma",
    "host,line\n\nhttps://a.example,one\n": "line 3: 'https://a.example' is not a host; write it",
    "host,line\n,one\n": "line 2: '' is not a host",
    "host,line\na.example,\n": "line 2: the line is empty; take it out",
    "host,line,pages\na.example,one,many\n": "line 2: pages is 'many', which is not a number",
    "host,line\na.example,one\nwww.a.example,one\n": "line 3: line 2 says the same; keep one",
    'host,line\na.example,"one\n': "line 2: unexpected end of data",
}


@pytest.mark.parametrize(("text", "trouble"), WRONG.items())
def test_a_wrong_file_is_refused_with_the_line_and_what_to_do(
    text: str, trouble: str, tmp_path: Path
) -> None:
    path = tmp_path / "furniture.csv"
    path.write_text(text)
    with pytest.raises(FurnitureError) as refused:
        read_furniture(path)
    assert f"{path}, {trouble}" in str(refused.value)


def test_all_wrong_lines_are_told_up_to_twenty(tmp_path: Path) -> None:
    path = tmp_path / "furniture.csv"
    path.write_text("host,line\n" + "a.example,\n" * 25)
    with pytest.raises(FurnitureError, match=r"line 21: .*\nand 5 lines more"):
        read_furniture(path)
    path.write_bytes("host,line\na.example,été\n".encode("latin-1"))
    with pytest.raises(FurnitureError, match="is not UTF-8"):
        read_furniture(path)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    said = [Line("a.example", 'So "it" is, he said', 7, 9), Line("b.example", "#1 | one", 2, 2)]
    text = io.StringIO()
    write_furniture(said, text)
    path = tmp_path / "furniture.csv"
    path.write_text(text.getvalue())
    assert read_furniture(path) == tuple((one.host, one.line) for one in said)
