"""``dateline serve``: the same run again and again, by a schedule."""

from __future__ import annotations

from collections.abc import Sequence

import click

from flows.command.group import Globals, common_options
from flows.command.run import chosen_sources


@click.command(short_help="Run by a schedule.")
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
    """Run by a schedule until interrupted.

    PREFECT_API_URL names the Prefect server to use; without it a private one is kept for as
    long as the command lasts, and its address is shown. Its pages show every run with its
    sums. Times are UTC; a run that falls due while another is under way is left out.

    \b
    Example:
      $ PREFECT_API_URL=http://127.0.0.1:4200/api dateline serve --cron "0 * * * *" news/
    """
    settings = shared.settings()
    chosen = chosen_sources(settings, sources)

    from flows.serving import serve as serve_flow

    serve_flow(settings, cron, chosen, verbose=shared.verbose)
