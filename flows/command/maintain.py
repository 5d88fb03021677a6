"""``dateline maintain``: fewer files, no needless ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flows.command.group import BROKE, DONE, Globals, common_options

if TYPE_CHECKING:
    from warehouse.maintain import Heap, Maintained


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
    from warehouse.lake import Lake
    from warehouse.maintain import Policy

    policy = Policy(expire_days, grace_hours, keep_backups)
    with Lake.open(settings.lake) as lake:
        done = lake.maintain(policy, dry_run=dry_run)
    to = console()
    lines = [
        (b.table, b.files, a.files, b.delete_files, a.delete_files, _size(b.bytes), _size(a.bytes))
        for b, a in zip(done.before, done.after, strict=True)
        if b.files
    ]
    now = "then" if dry_run else "now"
    if lines:
        print_table(("table", "files", now, "deletes", now, "size", now), lines, to)
    for line in _told(done):
        to.print(line, soft_wrap=True)  # a path is not broken
    return BROKE if done.problems else DONE


def _told(done: Maintained) -> list[str]:
    would = "would be " if done.dry_run else ""
    told = [
        f"{done.expired} of {done.snapshots} snapshots {would}expired",
        f"{_heap(done.removed)} no longer needed, {would}removed",
    ]
    if done.orphans.files:
        told.append(f"{_heap(done.orphans)} known to nobody, {would}removed")
    if done.waiting.files and not done.dry_run:
        told.append(
            f"{_heap(done.waiting)} no longer needed, kept for readers and backups until a "
            "later call"
        )
    if not done.dry_run:
        told.append(f"on disk: {_heap(done.disk_before)} before, {_heap(done.disk_after)} now")
    if done.backup:
        told.append(f"backup of the catalog: {done.backup}")
    told += [f"not done: {problem}" for problem in done.problems]
    return told


def _heap(heap: Heap) -> str:
    return f"{heap.files:,} file{'' if heap.files == 1 else 's'} ({_size(heap.bytes)})"


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 100_000 else f"{count / 1e3:,.1f} kB"
