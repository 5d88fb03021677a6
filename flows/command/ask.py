"""``dateline ask``: a view by its name, with each of its columns as a filter."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from flows.command.group import Globals, common_options
from flows.command.results import FORMATS, RAW_CSV, form_of

if TYPE_CHECKING:
    from warehouse import Reader
    from warehouse.views import View

#: A filter whose column has the name of an option is called so, with the column behind it.
_APART = "column_"

_EXAMPLES = """\b
Examples:
  $ dateline ask
  $ dateline ask figure_details --help
  $ dateline ask figure_details --category killed --place Ukraine --since 2024-05 --limit 20
  $ dateline ask event_dates --event_type attack --place "*kursk*" --format csv --out attacks.csv
"""


class Views(click.Group):
    """The views, each as a command made of its columns."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from warehouse.asking import views

        return [name for name, view in views().items() if view.question]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from warehouse.asking import views

        view = views().get(cmd_name)
        return None if view is None else command_of(view)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from warehouse.asking import view_named

        if not ctx.resilient_parsing and args and not args[0].startswith("-"):
            view_named(args[0])
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Nothing: without a name, the command itself lists them with their questions."""


@click.group(
    cls=Views,
    invoke_without_command=True,
    short_help="Ask a view by its name, with filters.",
    subcommand_metavar="[NAME [FILTER]...]",
    help=f"""Ask one of the views by its NAME: prints its question, its SQL and its rows.

    Without NAME it lists the views and the questions that they answer. Every column of a view is a
    filter: --place Riga. `dateline ask NAME --help` lists them and says how values are written.
    docs/asking.md shows what to ask, and how a shell completes names, filters and values.

    {_EXAMPLES}""",
)
@common_options
@click.pass_context
def ask(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is not None:
        return
    ctx.ensure_object(Globals).settings()
    from flows.command.results import console, print_table
    from warehouse.asking import views

    listed = [(one.name, one.question) for one in views().values() if one.question]
    print_table(("view", "question"), listed, console())


class _Filter(click.Option):
    """An option that filters by a column."""

    def __init__(self, *args: Any, column: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.column = column


class _ViewCommand(click.Command):
    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, filters in (("Filters", True), ("Options", False)):
            records = [
                record
                for one in self.get_params(ctx)
                if isinstance(one, _Filter) is filters and (record := one.get_help_record(ctx))
            ]
            with formatter.section(title):
                formatter.write_dl(records)


def command_of(view: View) -> click.Command:
    """The command that asks a view, made of what the view says of its columns."""
    from warehouse.asking import lying_in
    from warehouse.filters import WAYS

    own = _own_options(view)
    taken = {str(option.name) for option in own} | {"help", "lake", "config", "verbose"}
    filters: list[click.Parameter] = []
    for column, meaning in view.columns.items():
        name = f"{_APART}{column}" if column in taken else column
        if column == "place" and (wider := lying_in(view)):
            meaning += f"; also what lies in it: {', '.join(wider)}"
        filters.append(
            _Filter(
                [f"--{name}", f"{_FILTER}{column}"],
                column=column,
                multiple=True,
                metavar="VALUE",
                help=meaning,
                shell_complete=partial(_values, view, column),
            )
        )
    ways = "\n".join(f"  {line}" for line in WAYS.splitlines())
    head = f"{view.question} {view.description}".strip()
    command = _ViewCommand(
        view.name,
        params=[*filters, *own],
        callback=click.pass_obj(partial(_ask, view)),
        help=f"{head}\n\nA row is shown if it meets every filter; a filter that is given again "
        f"is met by any of its values.\n\n\b\nValues:\n{ways}",
        short_help=view.question,
        # a column is written as in SQL; with hyphens it is the same
        context_settings={"token_normalize_func": lambda token: token.replace("-", "_")},
    )
    return common_options(command)


#: What the values of a filter are called among the arguments of :func:`_ask`.
_FILTER = "filter_"


def _own_options(view: View) -> list[click.Option]:
    """The options that are no filters."""
    days = [
        click.Option(
            [f"--{name}"],
            metavar="DAY",
            help=f"Only rows whose {view.day} is {meaning} this day, month or year.",
        )
        for name, meaning in (("since", "in or after"), ("until", "in or before"))
    ]
    complete = partial(_columns, view)
    return [
        *(days if view.day else ()),
        click.Option(
            ["--columns"],
            metavar="NAME,...",
            help="Show these columns.  [default: all]",
            shell_complete=complete,
        ),
        click.Option(
            ["--order"],
            metavar="NAME,...",
            help="Sort by these columns, by one with - before it from the greatest on.  "
            f"[default: {view.order or 'none'}]",
            shell_complete=complete,
        ),
        click.Option(["--limit"], type=click.IntRange(1), metavar="N", help="Show N rows at most."),
        click.Option(
            ["--format"],
            type=click.Choice(FORMATS),
            help="How rows are written; all but a table are the rows alone.  "
            "[default: by the end of --out's name, else table]",
        ),
        click.Option(["--out"], metavar="FILE", help="Write into this file."),
        click.Option(["--raw-csv"], is_flag=True, help=RAW_CSV),
        click.Option(
            ["--at"],
            metavar="SNAPSHOT|TIME|RUN",
            help="Ask the lake as it was: a snapshot's number, a time (UTC) or a run.",
        ),
        click.Option(["--sql"], is_flag=True, help="Print the question in SQL, and do not ask it."),
    ]


def _ask(view: View, shared: Globals, **given: Any) -> None:
    import warehouse
    from flows.command.results import write
    from flows.errors import shown
    from transforms.countries import code_of
    from warehouse.asking import Asked, question

    settings = shared.settings()
    own = {option.name: given.get(str(option.name)) for option in _own_options(view)}
    asked = Asked(
        {name.removeprefix(_FILTER): some for name, some in given.items()
         if name.startswith(_FILTER) and some},
        own.get("since"),
        own.get("until"),
        _listed(own["columns"]),
        _listed(own["order"]),
        own["limit"],
    )  # fmt: skip
    with warehouse.Reader.open(settings.lake, own["at"]) as reader:
        kinds, reserved = _shape(reader, view)
        sql = question(view, kinds, asked, reserved=reserved, code_of=code_of)
        if own["sql"]:
            click.echo(sql)
            return
        answer = reader.ask(sql)
    form = form_of(own["format"], own["out"])
    head = f"{view.question or view.description}\n\n{sql}\n\n" if form == "table" else ""
    write(answer, form, own["out"], head=shown(head), raw_csv=bool(own["raw_csv"]))
    if not answer.num_rows and (whole := _whole(asked.wanted, kinds)):
        click.echo(
            "No row. A text is compared as a whole; * stands for any characters: "
            f'--{whole} "*...*"',
            err=True,
        )


def _shape(reader: Reader, view: View) -> tuple[dict[str, str], frozenset[str]]:
    """The types of the view's columns, and the words that no column can be called by unquoted."""
    import warehouse

    try:
        described = reader.ask(f"DESCRIBE FROM {view.name}").to_pylist()
    except warehouse.SqlError as error:
        raise warehouse.SqlError(
            f"the lake cannot be asked for {view.name} as it was then: a table or a column that "
            "this view is made of came later"
        ) from error
    words = reader.ask(
        "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'"
    )
    kinds = {row["column_name"]: row["column_type"] for row in described}
    return kinds, frozenset(words.column(0).to_pylist())


def _listed(names: str | None) -> list[str]:
    return [name.strip() for name in (names or "").split(",") if name.strip()]


def _whole(wanted: Mapping[str, Sequence[str]], kinds: Mapping[str, str]) -> str | None:
    """The first filter that asks for a whole text."""
    for column, values in wanted.items():
        if kinds[column].startswith("VARCHAR") and not any("*" in value for value in values):
            return column
    return None


# completion, as click's scripts for shells ask for it


def _columns(view: View, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    before, comma, begun = incomplete.rpartition(",")
    minus = "-" if begun.startswith("-") and param.name == "order" else ""
    return [
        f"{before}{comma}{minus}{column}"
        for column in view.columns
        if column.startswith(begun.removeprefix(minus))
    ]


def _values(
    view: View, column: str, ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[str]:
    """Values that the column may have by its declaration, else those that it has in the lake."""
    from warehouse.completion import allowed, values

    found = allowed(column)
    if not found:
        try:
            settings = ctx.ensure_object(Globals).settings()
            found = values(settings.lake, view, column, incomplete)
        except Exception:  # nobody can be told of it in the middle of a line
            return []
    begun = incomplete.casefold()
    return [_in_shell(one) for one in found if one.casefold().startswith(begun)]


def _in_shell(value: str) -> str:
    """The value as click's script puts it into the line: bash's quotes nothing, and takes off a
    backslash in each pair."""
    if os.environ.get("_DATELINE_COMPLETE") != "bash_complete":
        return value
    return re.sub(r"([^\w./:@%+,-])", r"\\\\\1", value)
