"""``dateline maintain``: fewer files, no needless ones."""

from __future__ import annotations

import click

from flows.command.group import BROKE, DONE, Globals, common_options


@click.command(short_help="Merge files, expire snapshots, clean up.")
@click.option(
    "--expire-days",
    type=click.FloatRange(min=0),
    default=30,
    show_default=True,
    metavar="N",
    help="For how many days back --at must still work.",
)
@click.option(
    "--grace-hours",
    type=click.FloatRange(min=0),
    default=24,
    show_default=True,
    metavar="N",
    help="How long a reader may take: files that one may still read are kept so long.",
)
@click.option(
    "--keep-backups",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    metavar="N",
    help="How many copies of the catalog are kept.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@common_options
@click.pass_obj
def maintain(
    shared: Globals, expire_days: float, grace_hours: float, keep_backups: int, dry_run: bool
) -> int:
    """Keep the lake small and quick: merge small files, let old snapshots expire, remove files
    that nobody needs any more.

    The catalog is copied into the lake's folder backups/ first. Rows stay as they are, and readers
    are not disturbed. A small file that was merged is removed only when the snapshots that show it
    have expired, the grace is over and no kept backup needs it, so its room comes back some calls
    later. If it is killed, the next call goes on from there. Once a day is often enough.

    \b
    Examples:
      $ dateline maintain
      $ dateline maintain --expire-days 90 --dry-run
    """
    settings = shared.settings()

    from flows.command.results import console, print_table
    from flows.maintaining import size, told
    from warehouse.lake import Lake
    from warehouse.maintain import Policy

    policy = Policy(expire_days, grace_hours, keep_backups)
    with Lake.open(settings.lake) as lake:
        done = lake.maintain(policy, dry_run=dry_run)
    to = console()
    lines = [
        (b.table, b.files, a.files, b.delete_files, a.delete_files, size(b.bytes), size(a.bytes))
        for b, a in zip(done.before, done.after, strict=True)
        if b.files
    ]
    now = "then" if dry_run else "now"
    if lines:
        print_table(("table", "files", now, "deletes", now, "size", now), lines, to)
    for line in told(done):
        to.print(line, soft_wrap=True)  # a path is not broken
    return BROKE if done.problems else DONE
