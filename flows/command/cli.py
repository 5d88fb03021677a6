"""The command line: its options, and where each command is."""

from __future__ import annotations

import click

from flows.command.group import Group, common_options

COMMANDS = (
    "run", "extract", "explain", "ask", "sql", "evidence", "diff", "export", "check",
    "site", "runs", "quarantine", "rebuild", "maintain", "migrate", "copy", "forget", "furniture",
    "serve", "deploy",
)  # fmt: skip


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from warehouse.release import VERSION

        click.echo(f"dateline {VERSION}")
        ctx.exit()


@click.group(
    cls=Group,
    lazy={name: f"flows.command.{name}:{name}" for name in COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
)
@common_options
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version.",
)
def cli() -> None:
    """Turn raw news articles into tables that can be followed back to the sentence.

    \b
    Example:
      $ dateline run news/
      $ dateline sql "SELECT value, counted, sentence FROM figures LIMIT 5"

    --lake, --config and -v may stand before or after the command. Settings come from
    dateline.toml, DATELINE_* variables and the command line, which wins.

    Exit codes: 0 done; 1 the data is bad; 2 the program or a check broke; 64 the command
    line, the SQL or a path is wrong; 130 interrupted.
    """
