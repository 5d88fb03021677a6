"""``dateline forget``: an article leaves the lake for good, as a legal request asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from flows.command.group import DONE, Globals, common_options

if TYPE_CHECKING:
    from flows.forgetting import Found


@click.command(short_help="Remove an article for good, from history and backups too.")
@click.argument("articles", metavar="ARTICLE_ID|URL...", nargs=-1, required=True)
@click.option("--why", metavar="TEXT", help="The reason, for the table forgettings.")
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@common_options
@click.pass_obj
def forget(shared: Globals, articles: Sequence[str], why: str | None, dry_run: bool) -> int:
    """Remove articles from every table, every earlier state and every backup of the lake, and keep
    them from coming back.

    The raw payloads go too. Snapshots that showed the articles expire, since their files are one
    with other articles'; those before the articles came stay. Backups of the catalog are replaced
    by a new one. The same bytes, and the same article in other bytes, stay out of later runs,
    which count them as forgotten. What was done stands in the table forgettings. Copies of the
    text that other articles carry stay and are named, as are exports that were made earlier.

    Killed at any moment, the same command goes on where it was, and so does the next run.

    \b
    Examples:
      $ dateline forget 0123456789abcdef --why "court order 12/2026" --dry-run
      $ dateline forget https://example.org/story --why "court order 12/2026"
    """
    settings = shared.settings()

    from flows.command.results import console, print_table
    from flows.errors import UsageError
    from flows.forgetting import find
    from flows.forgetting import forget as start
    from warehouse.lake import Lake

    to = console()
    if dry_run:
        with Lake.open(settings.lake) as lake:
            found = find(lake, articles)
        print_table(("table", "rows"), list(found.rows.items()), to)
        for line in _told(found):
            to.print(line, soft_wrap=True)
        return DONE
    if not (why and why.strip()):
        raise UsageError("a reason is wanted, which is kept in the table forgettings: --why TEXT")
    done = start(settings, articles, why.strip())
    for article_id in done.found.article_ids:
        to.print(f"forgotten: {article_id}")
    for line in _told(done.found):
        to.print(line, soft_wrap=True)
    rows = sum(done.found.rows.values())
    to.print(
        f"{rows:,} rows, {done.snapshots:,} snapshots that showed them and {done.files:,} files "
        "were removed; the catalog was written anew, and a new backup of it made"
    )
    return DONE


def _told(found: Found) -> list[str]:
    told = [f"was forgotten before, and stays out: {one}" for one in found.known]
    told += [
        f"the same text stays in {copy.article_id} ({copy.url or copy.source_uri}): to forget that "
        "too, name it"
        for copy in found.copies
    ]
    told += [f"not reached: {one}" for one in found.not_reached]
    return told
