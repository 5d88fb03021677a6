"""``dateline copy``: a lake into another place, of the same kind or another."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from flows.command.group import Globals, no_password, settings_options

if TYPE_CHECKING:
    from warehouse.catalog import Holder


@click.command(short_help="Copy a lake, into a folder or a database.")
@click.argument("source", metavar="SRC")
@click.argument("target", metavar="DST")
@click.option(
    "--newest",
    is_flag=True,
    help="The newest state alone, as one snapshot in few files, without the history.",
)
@click.option(
    "--data",
    metavar="PLACE",
    help="Of a DST in a database: where its Parquet is to lie, such as s3://news/lake.",
)
@settings_options
@click.pass_obj
def copy(shared: Globals, source: str, target: str, newest: bool, data: str | None) -> None:
    """Copy the lake SRC to DST: each a folder, or a database such as postgres://user@host/news.
    There must be no lake at DST.

    The history goes with it: every snapshot that SRC keeps has the number, the time, the message
    and the rows that it had, and --at answers alike. Files are copied first and the catalog last:
    a copy that was ended halfway is no lake, and the same command goes on with the files that are
    there. At the end every table of the newest state is read in both and compared.

    Runs that write SRC wait meanwhile; readers do not. Logs, reports, backups and the database of
    Prefect are not of the lake and stay where they are. SRC is left as it is: have your settings
    name DST, and remove SRC when nobody reads it any more.

    \b
    Examples:
      $ dateline copy lake postgres://ann@db.example/news --data s3://news/lake
      $ dateline copy "postgres://?service=news" /data/lake
      $ dateline copy lake smaller --newest
    """
    no_password("SRC", source)
    no_password("DST", target)
    settings = shared.settings()

    from flows.command.results import console, print_table
    from pages.words import size
    from warehouse import address
    from warehouse.copying import copy as copy_lake

    known = {str(settings.lake): settings.lake}  # with what only the settings may say of it
    here = known.get(source) or address.read(source, None, None)
    there = address.read(target, data, None)
    with _shown(bytes_of=None if newest else size) as progress:
        done = copy_lake(here, there, history=not newest, on_wait=_wait, progress=progress)
    to = console()
    print_table(("table", "rows"), list(done.tables.items()), to)
    had = f", {done.had:,} of them there already" if done.had else ""
    states = "1 snapshot" if done.snapshots == 1 else f"{done.snapshots:,} snapshots"
    to.print(
        f"{states} in {done.files:,} files{had}, {size(done.bytes)}, from {done.source} to "
        f"{done.target}; every table is equal",
        soft_wrap=True,
    )


def _wait(holder: Holder | None) -> None:
    click.echo(f"Waiting for {holder or 'another writer'} to end", err=True)


@contextmanager
def _shown(bytes_of: Callable[[int], str] | None) -> Iterator[Callable[[int, int], None]]:
    """Shows how far the copy is: of bytes if they can be said, else of tables. A live bar on a
    terminal, a line now and then in a log."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from flows.progress import EVERY

    def told(done: int, total: int) -> str:
        if bytes_of is None:
            return f"{done} of {total} tables"
        return f"{bytes_of(done)} of {bytes_of(total)}"

    console = Console(stderr=True)
    if not console.is_terminal:
        last = time.monotonic()

        def line(done: int, total: int) -> None:
            nonlocal last
            if time.monotonic() - last >= EVERY:
                last = time.monotonic()
                print(f"copied {told(done, total)}", file=sys.stderr, flush=True)

        yield line
        return
    columns = (BarColumn(bar_width=None), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, expand=True) as bar:
        task = bar.add_task("looking at the lake", total=None)

        def moved(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=told(done, total))

        yield moved
