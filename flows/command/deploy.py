"""``dateline deploy``: deployments for the workers of a pool, on several machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flows.command.group import Globals, common_options

if TYPE_CHECKING:
    from flows.team_settings import Team


@click.command(short_help="Have workers on several machines run on a schedule.")
@click.option(
    "--pool", metavar="NAME", help="The work pool.  [default: `pool` under [team], or dateline]"
)
@click.option(
    "--cron",
    metavar="EXPR",
    help="When sources without a schedule of their own are read: minute, hour, day of month, "
    "month and day of week, in UTC.",
)
@click.option("--no-upkeep", is_flag=True, help="Leave out the daily check and maintenance.")
@common_options
@click.pass_obj
def deploy(shared: Globals, pool: str | None, cron: str | None, no_upkeep: bool) -> None:
    """Have the Prefect server that PREFECT_API_URL names know what the workers of a pool run.

    Each source of dateline.toml gets a deployment `dateline-run/NAME`, by its `schedule`, else
    --cron; the lake is checked and maintained once a day. They hold the sources' names alone: every
    machine has its own copy of the settings file, named by DATELINE_CONFIG, where
    `prefect worker start --pool NAME` runs.

    Runs of one source never overlap, whatever the number of machines, and with `writers = "one"` no
    two runs that write do; what falls due meanwhile waits, and of one source a single run. The
    server also gets automations: a run whose machine is gone is ended as crashed, and if `notify`
    under [team] names a webhook block, it is told of runs that failed or are late and of a pool
    without workers (docs/operating.md).

    The same command can be repeated at any time: it changes what is not as it is to be, and pauses
    deployments of sources that are not in the settings any more.

    \b
    Examples:
      $ PREFECT_API_URL=http://127.0.0.1:4200/api dateline deploy
      $ dateline deploy --pool news --cron "0 * * * *"
    """
    from flows.command.serve import checked_cron
    from flows.deploying import deploy as have
    from flows.pooled import pooled

    settings = shared.settings()
    team = settings.team if pool is None else _in_pool(settings.team, pool)
    checked = None if cron is None else checked_cron(cron)
    have(pooled(settings, checked, upkeep=not no_upkeep), team, click.echo)


def _in_pool(team: Team, pool: str) -> Team:
    from pydantic import ValidationError

    from flows.errors import UsageError
    from flows.team_settings import Team

    try:
        return Team(**{**team.model_dump(), "pool": pool})
    except ValidationError as error:
        why = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise UsageError(f"--pool: {why}") from None
