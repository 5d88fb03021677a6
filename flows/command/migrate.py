"""``dateline migrate``: bring a lake forward that an older version wrote."""

from __future__ import annotations

import click

from flows.command.group import Globals, common_options


@click.command(short_help="Bring the lake of an older version forward.")
@common_options
@click.pass_obj
def migrate(shared: Globals) -> None:
    """Bring a lake that an older dateline wrote forward to the tables of this one.

    The catalog is copied into the lake's folder backups/ first, then everything happens in one
    transaction: killed, it has not happened, and the same command does it. Readers go on; earlier
    states keep the tables they had. A lake that is up to date is left as it is.

    \b
    Example:
      $ dateline migrate --lake /data/lake
    """
    settings = shared.settings()

    from warehouse.migrate import migrate as bring_forward

    done = bring_forward(settings.lake)
    if done.found == done.reached:
        click.echo(
            f"The lake in {settings.lake} has version {done.reached} of the tables: "
            "there is nothing to do."
        )
        return
    for change in done.changes:
        click.echo(change)
    click.echo(
        f"The lake in {settings.lake} was brought from version {done.found} of the tables to "
        f"{done.reached} in snapshot {done.snapshot}."
    )
    click.echo(f"The catalog as it was before: {done.backup}")
