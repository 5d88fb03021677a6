"""``dateline serve``: the same run again and again, by a schedule."""

from __future__ import annotations

from collections.abc import Sequence

import click

from flows.command.group import Globals, common_options
from flows.command.run import chosen_sources, require_model


@click.command(short_help="Run on a schedule.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--cron",
    required=True,
    metavar="EXPR",
    help="When: minute, hour, day of month, month and day of week.",
)
@common_options
@click.pass_obj
def serve(shared: Globals, cron: str, sources: Sequence[str]) -> None:
    """Run on a schedule, in UTC, until interrupted.

    The Prefect server that PREFECT_API_URL names keeps the schedule; without one, a private server
    that lives as long as this command. Its pages show every run with its sums. SOURCE is as for
    `dateline run`. A run that falls due while another one is under way is left out.

    \b
    Examples:
      $ dateline serve --cron "0 6 * * *" news/
      $ PREFECT_API_URL=http://127.0.0.1:4200/api dateline serve --cron "0 * * * *"
    """
    settings = shared.settings()
    chosen = chosen_sources(settings, sources)
    require_model(settings)

    from flows.schedule import serve as serve_flow

    serve_flow(settings, cron, chosen, verbose=shared.verbose)
