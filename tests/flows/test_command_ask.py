"""``dateline ask``: every view by its name, every column as a filter."""

from __future__ import annotations

import csv
import io
import json
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from flows.command.ask import ask as ask_group
from flows.command.ask import command_of
from flows.command.cli import cli
from tests.flows.small_lake import DAY, ask, build, rows
from tests.waiting import LIMIT
from warehouse import Reader
from warehouse.asking import Asked, lying_in, question
from warehouse.tables import FIGURES
from warehouse.views import VIEWS, View

pytestmark = pytest.mark.usefixtures("empty_folder")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small lake, with figures that are somewhere and say something."""
    made = rows()
    (first,) = made["figures"]
    more = [
        {"place": "Riga", "place_entity_id": "e" * 16, "value": 12.0, "cumulative": True},
        {"place": "O'Brien's \"50%\" Pub", "value": 20.0},
    ]
    made["entities"][0]["country"] = "LVA"
    made["figures"] += [
        FIGURES.row(**{**first, "figure_id": f"{number:016x}", **columns})
        for number, columns in enumerate(more)
    ]
    return build(tmp_path_factory.mktemp("lakes") / "lake", made)


@pytest.fixture(scope="module")
def reader(lake: Path) -> Iterator[Reader]:
    """Asks what is pasted into ``dateline sql``."""
    with Reader.open(lake) as opened:
        yield opened


def out(lake: Path, *args: str) -> str:
    result = ask(lake, "ask", *args)
    assert result.exit_code == 0, result.output
    return result.stdout


def found(lake: Path, view: str, *args: str) -> list[dict[str, object]]:
    answer: list[dict[str, object]] = json.loads(out(lake, view, *args, "--format", "json"))
    return answer


class TestEveryView:
    def test_without_a_name_they_are_listed_with_their_questions(self, lake: Path) -> None:
        listed = out(lake)
        for view in VIEWS:
            assert (view.question in listed and view.name in listed) == bool(view.question)

    @pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
    def test_its_help_lists_each_column_with_its_meaning(self, view: View) -> None:
        told = " ".join(CliRunner().invoke(cli, ["ask", view.name, "--help"]).output.split())
        for column, meaning in view.columns.items():
            assert f"--{column} VALUE" in told or f"--column_{column} VALUE" in told
            assert " ".join(meaning.split()) in told
        assert ("--since" in told) == bool(view.day)

    @pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
    def test_it_is_asked_by_each_of_its_columns_in_the_sql_that_it_shows(
        self, lake: Path, reader: Reader, view: View
    ) -> None:
        filters = [
            option.opts[0]
            for option in command_of(view).params
            if isinstance(option, click.Option) and (option.name or "").startswith("filter_")
        ]
        assert len(filters) == len(view.columns)
        given = [word for name in filters for value in ("null", "*") for word in (name, value)]
        if view.day:
            given += ["--since", "1900", "--until", "2999-12"]
        told, sql, table = out(lake, view.name, *given, "--limit", "3").split("\n\n", 2)
        assert told == (view.question or view.description)
        assert sql.count(" IS NULL") + sql.count("coalesce(len(") == len(view.columns)
        rows = reader.ask(sql).num_rows
        assert table.splitlines()[-1] == ("1 row" if rows == 1 else f"{rows} rows")


class TestFilters:
    def test_all_must_hold_and_any_value_of_one(self, lake: Path) -> None:
        assert len(found(lake, "figure_details")) == 3
        both = ("--value", "12", "--value", "300")
        assert len(found(lake, "figure_details", *both)) == 2
        assert len(found(lake, "figure_details", *both, "--place", "riga")) == 1

    def test_a_place_is_also_what_lies_in_it(self, lake: Path) -> None:
        (one,) = found(lake, "figure_details", "--place", "Latvia")
        assert one["place"] == "Riga"
        assert len(found(lake, "figure_details", "--place", "LVA")) == 0
        assert len(found(lake, "figure_details", "--place", "null")) == 1
        assert found(lake, "figure_details", "--place_country", "latvia") == [one]
        assert found(lake, "figure_details", "--place-country", "LVA") == [one]

    def test_days_and_kinds(self, lake: Path) -> None:
        assert len(found(lake, "figure_details", "--since", "2025-04", "--until", "2025")) == 3
        assert found(lake, "figure_details", "--until", "2025-04-27") == []
        assert len(found(lake, "figure_details", "--published_date", str(DAY))) == 3
        assert len(found(lake, "figure_details", "--cumulative", "yes")) == 1
        assert len(found(lake, "figure_details", "--cumulative", "null")) == 2
        assert len(found(lake, "figure_details", "--value", "15..")) == 2

    def test_columns_order_and_limit(self, lake: Path) -> None:
        rows = found(
            lake, "figure_details", "--columns", "value,place", "--order", "-value", "--limit", "2"
        )
        assert rows == [
            {"value": 300.0, "place": None},
            {"value": 20.0, "place": "O'Brien's \"50%\" Pub"},
        ]

    @pytest.mark.parametrize(
        "value",
        [
            "'; DROP TABLE figures; --",
            "' OR '1'='1",
            "\\' OR 1=1 --",
            "$(touch x)",
            "\x1b[31m",
            "%",
        ],
    )
    def test_no_value_becomes_sql(self, lake: Path, value: str) -> None:
        told = out(lake, "figure_details", "--place", value, "--place", f"{value}*")
        assert told.splitlines()[-1] == "0 rows"
        assert "\x1b" not in told

    def test_quotes_and_wildcards_of_sql_are_characters(self, lake: Path) -> None:
        (one,) = found(lake, "figure_details", "--place", "o'brien's \"50%\" pub")
        assert found(lake, "figure_details", "--place", '*"50%"*') == [one]
        sql = out(lake, "figure_details", "--place", '*"50%"*', "--sql")
        assert json.loads(ask(lake, "sql", sql, "--format", "json").stdout) == [one]

    def test_an_empty_answer_says_how_texts_are_compared(self, lake: Path) -> None:
        result = ask(lake, "ask", "figure_details", "--place", "Rig")
        assert result.exit_code == 0
        assert '--place "*...*"' in result.stderr
        assert ask(lake, "ask", "figure_details", "--place", "Rix*").stderr == ""


class TestErrors:
    @pytest.mark.parametrize(
        ("args", "told"),
        [
            (("figure_detail",), "did you mean figure_details"),
            (("figure_details", "--plase", "x"), "--place"),
            (("figure_details", "--value", "many"), "--value: 'many' is not a number"),
            (("figure_details", "--since", "soon"), "--since: 'soon' is not a day"),
            (("figure_details", "--order", "valu"), "did you mean value"),
            (("figure_details", "--columns", "x; DROP TABLE y"), "has no column 'x; DROP TABLE y'"),
            (("figure_details", "--limit", "0"), "--limit"),
            (("figure_details", "--at", "never"), "'never' is not a snapshot"),
            (("figure_details", "--at", "0"), "came later"),
        ],
    )
    def test_what_is_wrong_is_64_and_told(
        self, lake: Path, args: tuple[str, ...], told: str
    ) -> None:
        result = ask(lake, "ask", *args)
        assert result.exit_code == 64
        assert told in result.stderr
        assert "Traceback" not in result.stderr


class TestFormats:
    def test_others_than_a_table_are_the_rows_alone(self, lake: Path) -> None:
        args = ("figure_details", "--place", "Riga", "--columns", "place,value")
        text = out(lake, *args, "--format", "csv")
        assert list(csv.reader(io.StringIO(text))) == [["place", "value"], ["Riga", "12.0"]]
        assert out(lake, *args, "--out", "a.parquet") == ""
        assert pq.read_table("a.parquet").to_pylist() == [{"place": "Riga", "value": 12.0}]
        assert out(lake, *args, "--out", "a.txt") == ""
        assert Path("a.txt").read_text("utf-8") == out(lake, *args)

    def test_wide_rows_are_blocks_on_a_narrow_terminal(
        self, lake: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "70")
        shown = out(lake, "figure_details", "--place", "Riga").split("\n\n", 2)[2]
        assert shown.startswith("row 1\nfigure_id")
        assert max(map(len, shown.splitlines())) <= 70

    def test_as_it_was(self, lake: Path) -> None:
        assert found(lake, "figure_details", "--at", "1") == []


def test_a_column_with_the_name_of_an_option_is_a_filter_all_the_same() -> None:
    view = View(
        "odd", "Odd.", {"order": "a text", "since": "a day", "at": "a number"}, "", "Odd?", "since"
    )
    command = command_of(view)
    asked = Asked({"order": ["x"], "at": ["1"]}, since="2024", order=["-order"])
    kinds = {"order": "VARCHAR", "since": "DATE", "at": "BIGINT"}
    told = command.get_help(click.Context(command))
    for option in (
        "--column_order",
        "--column_since",
        "--column_at",
        "--order NAME",
        "--since DAY",
    ):
        assert option in told
    assert question(view, kinds, asked, reserved={"order"}).splitlines() == [
        "SELECT *",
        "FROM odd",
        "WHERE lower(\"order\") = lower('x')",
        "  AND at = 1",
        "  AND since >= DATE '2024-01-01'",
        'ORDER BY "order" DESC NULLS LAST',
    ]


def test_what_a_place_lies_in_is_what_the_columns_say() -> None:
    columns = (
        "place",
        "place_name",
        "place_entity_id",
        "place_country",
        "region",
        "country",
        "day",
    )
    view = View(
        "v", "", {name: "ISO 3166-1 alpha-3" if "country" in name else "" for name in columns}, ""
    )
    assert lying_in(view) == ("place_name", "place_country", "region", "country")
    assert lying_in(View("v", "", {"region": ""}, "")) == ()


class TestCompletion:
    """As a shell asks for it, through the script that click gives it."""

    @pytest.fixture
    def completed(self, lake: Path, tmp_path: Path) -> Callable[..., list[str]]:
        """What bash offers for the last of the words."""
        folder = tmp_path
        program = folder / "dateline"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m flows.command "$@"\n')
        program.chmod(0o755)
        root = Path(__file__).parents[2]

        def complete(*words: str) -> list[str]:
            script = (
                f'PATH={folder}:$PATH; eval "$(_DATELINE_COMPLETE=bash_source dateline)"\n'
                f"COMP_WORDS=({shlex.join(['dateline', *words])}); COMP_CWORD={len(words)}\n"
                "compopt() { :; }\n_dateline_completion dateline\n"
                'printf "%s\\n" "${COMPREPLY[@]}"'
            )
            done = subprocess.run(
                ["bash", "-c", script],
                env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(root), "DATELINE_LAKE": str(lake)},
                capture_output=True,
                text=True,
                timeout=LIMIT,
                check=True,
            )
            assert done.stderr == ""
            return done.stdout.splitlines()

        return complete

    def test_names_filters_and_values(self, completed: Callable[..., list[str]]) -> None:
        assert "ask" in completed("a")
        assert completed("ask", "figure_d") == ["figure_details"]
        assert completed("ask", "figure_details", "--place_c") == ["--place_country"]
        # declared, of the lake, of the lake with what a shell would take for words of its own
        assert completed("ask", "figure_details", "--category", "wou") == ["wounded"]
        assert completed("ask", "figure_details", "--place", "ri") == ["Riga"]
        assert completed("ask", "figure_details", "--place", "o") == [
            "O\\'Brien\\'s\\ \\\"50%\\\"\\ Pub"
        ]
        assert completed("ask", "figure_details", "--columns", "place,val") == [
            "place,value",
            "place,value_low",
            "place,value_high",
        ]


def test_the_examples_of_its_help_are_questions(lake: Path) -> None:
    """The lines of the help are parsed to their end, by the view that they name."""
    context = click.Context(ask_group)
    told = ask_group.get_help(context)
    lines = [shlex.split(line)[3:] for line in told.splitlines() if "$ dateline ask " in line]
    assert len(lines) == 3
    for name, *args in lines:
        if "--help" not in args:
            assert ask(lake, "ask", name, *args).exit_code == 0
