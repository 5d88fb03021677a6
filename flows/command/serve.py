"""``dateline serve``: runs again and again, by the schedules of the sources."""

from __future__ import annotations

from collections.abc import Sequence

import click

from flows.command.group import Globals, common_options
from flows.command.run import chosen_sources, require_model


@click.command(short_help="Run on a schedule.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--cron",
    metavar="EXPR",
    help="When sources without a schedule of their own are read: minute, hour, day of month, "
    "month and day of week.",
)
@click.option("--no-upkeep", is_flag=True, help="Leave out the daily check and maintenance.")
@common_options
@click.pass_obj
def serve(shared: Globals, cron: str | None, no_upkeep: bool, sources: Sequence[str]) -> None:
    """Run on a schedule, in UTC, until interrupted.

    Each source is read by its `schedule` in dateline.toml, else by --cron, in a deployment of its
    own, `dateline-run/NAME`; one that fails stops no other. Once a day, at 03:40 and 04:40 UTC, the
    lake is checked and maintained. One of all these runs at a time: what falls due meanwhile waits,
    no more than one run of each source. SOURCE is as for `dateline run`.

    The Prefect server that PREFECT_API_URL names keeps the schedules; without one, a private server
    that lives as long as this command. Its pages show every run with its sums. While the server
    does not answer, nothing begins; what was due begins when it does. Ctrl-C or SIGTERM ends the
    command within ten seconds, and with it a run under way, which the next one takes up.

    \b
    Examples:
      $ dateline serve
      $ dateline serve --cron "0 6 * * *" news/ --no-upkeep
      $ PREFECT_API_URL=http://127.0.0.1:4200/api dateline serve --cron "0 * * * *"
    """
    if cron is not None:
        cron = checked_cron(cron)
    settings = shared.settings()
    chosen = chosen_sources(settings, sources)
    require_model(settings)

    from flows.deployments import planned
    from flows.prefect_server import told
    from flows.schedule import serve as serve_deployments
    from flows.settings import config_variable

    deployments = planned(settings, chosen, cron, upkeep=not no_upkeep)
    with told(config_variable(shared.config)):
        serve_deployments(settings.lake.absolute(), deployments, verbose=shared.verbose)


def checked_cron(cron: str) -> str:
    """The schedule that a command line names. Raises ``UsageError`` for what is none."""
    from flows.cron import checked
    from flows.errors import UsageError

    try:
        return checked(cron)
    except ValueError as error:
        raise UsageError(f"--cron {error}") from None
