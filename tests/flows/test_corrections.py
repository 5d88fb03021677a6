"""The file of corrections: what it says, and what is wrong with which of its lines."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from flows.command.cli import cli
from flows.corrections import named_corrections, read_corrections, text_of, value_of
from flows.errors import CorrectionsError
from tests.flows.small_lake import ask
from transforms.corrections import Correction
from warehouse.tables import TABLES_BY_NAME, Column

HEADER = "table,id,column,value,why,by,on"
FIGURE = "f" * 16


def write(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "corrections.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


def line(
    table: str = "figures",
    row_id: str = FIGURE,
    column: str = "place",
    value: str = "Riga",
    why: str = "it says so",
    by: str = "kim",
    on: str = "2025-04-30",
) -> str:
    return ",".join((table, row_id, column, value, why, by, on))


def test_each_line_is_a_correction(tmp_path: Path) -> None:
    article, entity = "a" * 16, "e" * 16
    path = write(
        tmp_path,
        line(),
        "",
        line(column="value", value=" 14 "),
        line(column="place_entity_id", value=""),
        line("articles", article, "title", '"A title, and\na second line"'),
        line("entities", f"{article}/{entity}", "country", "LVA"),
    )
    day = dt.date(2025, 4, 30)
    assert list(read_corrections(path)) == [
        Correction("figures", FIGURE, "place", "Riga", "it says so", "kim", day),
        Correction("figures", FIGURE, "value", 14.0, "it says so", "kim", day),
        Correction("figures", FIGURE, "place_entity_id", None, "it says so", "kim", day),
        Correction(
            "articles", article, "title", "A title, and\na second line", "it says so", "kim", day
        ),
        Correction("entities", f"{article}/{entity}", "country", "LVA", "it says so", "kim", day),
    ]
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())  # as a spreadsheet saves it
    assert len(list(read_corrections(path))) == 5


def test_columns_may_stand_in_another_order(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        f"kim,2025-04-30,figures,{FIGURE},place,Riga,it says so",
        header="by,on,table,id,column,value,why",
    )
    assert [one.value for one in read_corrections(path)] == ["Riga"]


def test_no_file_is_not_an_empty_file(tmp_path: Path) -> None:
    assert named_corrections(None) is None
    empty = named_corrections(write(tmp_path))
    assert empty is not None
    assert not empty


@pytest.mark.parametrize(
    ("wrong", "trouble"),
    [
        (line(table="figure"), "'figure' are read from articles (did you mean figures?)"),
        (line(table="runs"), "the tables are articles, entities, mentions"),
        (line(row_id="12"), "'12' is not the key of a row of figures: give its figure_id"),
        (line("entities", "e" * 16, "name"), "give its article_id/entity_id, such as"),
        (line(column="plaice"), "figures has no column 'plaice' (did you mean place?)"),
        (line(column="surface"), "figures.surface says which row it is or where it stands"),
        (line(column="figure_id"), "cannot be corrected; what can is value, value_low"),
        (line("mentions", column="published_date"), "cannot be corrected"),
        (line(column="value", value="many"), "value of figures.value: 'many' is not a number"),
        (line(column="modality", value=""), "figures.modality: modality may not be null"),
        (line(why=""), "'why' is empty: say why it was corrected"),
        (line(by=""), "'by' is empty: say who corrected it"),
        (line(on="30.4.2025"), "'on' is '30.4.2025': give the day of the correction"),
        (line() + ",more", "8 values for 7 columns; a value with a comma in it needs quotes"),
        (line(value='"Riga'), "unexpected end of data"),
    ],
)
def test_a_wrong_line_is_named_with_what_to_do(tmp_path: Path, wrong: str, trouble: str) -> None:
    path = write(tmp_path, line(column="per"), wrong)
    with pytest.raises(CorrectionsError) as caught:
        read_corrections(path)
    assert str(caught.value).startswith(f"{path}, line 3: ")
    assert trouble in str(caught.value)


def test_every_wrong_line_is_named(tmp_path: Path) -> None:
    wrong = [line(column="plaice")] * 30
    path = write(tmp_path, line(), line(value="Oslo"), *wrong)
    with pytest.raises(CorrectionsError) as caught:
        read_corrections(path)
    told = str(caught.value).splitlines()
    assert told[0] == f"{path}, line 3: line 2 corrects the same value; keep one"
    assert told[1].startswith(f"{path}, line 4: ")
    assert told[-1] == "and 11 lines more"


def test_what_is_no_such_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorrectionsError, match="No such file"):
        read_corrections(tmp_path / "nowhere.csv")
    with pytest.raises(CorrectionsError, match="the first line must name the columns table,id,"):
        read_corrections(write(tmp_path, header="id,column,value"))
    path = tmp_path / "latin.csv"
    path.write_bytes(f"{HEADER}\n{line(value='Zürich')}\n".encode("latin-1"))
    with pytest.raises(CorrectionsError, match="not UTF-8"):
        read_corrections(path)


@pytest.mark.parametrize("command", [["run", "."], ["rebuild", "--dry-run"], ["extract", "."]])
def test_a_command_that_is_given_a_wrong_file_makes_nothing(
    tmp_path: Path, command: list[str]
) -> None:
    path = write(tmp_path, line(column="plaice"))
    result = ask(tmp_path / "lake", *command, "--corrections", str(path))
    assert result.exit_code == 64
    assert f"{path}, line 2: figures has no column 'plaice'" in result.output
    assert not (tmp_path / "lake").exists()


def test_commands_that_make_rows_take_a_file() -> None:
    for name in ("run", "rebuild", "extract", "explain"):
        command = cli.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert "corrections" in {one.name for one in command.params}


def column(name: str) -> Column:
    table, _, own = name.partition(".")
    return TABLES_BY_NAME[table][own]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("figures.value", "1e3", 1000.0),
        ("figures.cumulative", "false", False),
        ("figures.place", "Riga", "Riga"),
        ("figures.as_of_start", "2025-04-28", dt.date(2025, 4, 28)),
        ("entities.geonames_id", "456172", 456172),
        ("articles.published_at", "2025-04-28 10:00", dt.datetime(2025, 4, 28, 10)),
        ("articles.published_at", "2025-04-28T10:00+09:00", dt.datetime(2025, 4, 28, 1)),
        ("articles.authors", '["Ann Lee", "Bo Holm"]', ["Ann Lee", "Bo Holm"]),
        ("figures.place", None, None),
    ],
)
def test_a_text_stands_for_a_value_of_the_column(name: str, text: str | None, value: Any) -> None:
    assert value_of(column(name), text) == value
    assert value_of(column(name), text_of(value)) == value


@pytest.mark.parametrize(
    ("name", "text", "trouble"),
    [
        ("figures.value", "many", "'many' is not a number"),
        ("figures.value", "nan", "'nan' is not a number"),
        ("figures.cumulative", "yes", "true or false"),
        ("figures.category", "ferries", "not one of troops, killed"),
        ("figures.modality", None, "modality may not be null"),
        ("figures.place_country", "France", "does not match"),
        ("entities.geonames_id", "1.5", "a whole number"),
        ("articles.published_date", "28/04/2025", "a date such as 2025-04-28"),
        ("articles.published_at", "noon", "a time in UTC"),
        ("articles.published_zone", "KST", "is not a time zone"),
        ("articles.authors", "Ann Lee", "a JSON list of texts"),
    ],
)
def test_a_value_that_the_column_may_not_hold_says_what_it_takes(
    name: str, text: str | None, trouble: str
) -> None:
    with pytest.raises(ValueError, match=trouble):
        value_of(column(name), text)
