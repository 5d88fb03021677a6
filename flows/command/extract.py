"""``dateline extract``: the rows of some files, with no lake and no server."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.command.group import BAD_DATA, DONE, Globals, common_options, corrections_option
from flows.command.run import require_model
from flows.errors import UsageError, shown

if TYPE_CHECKING:
    from flows.settings import Settings
    from transforms.model import Record


@click.command(short_help="Show the rows of some files, without a lake.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--out", metavar="DIR", help="Write one file a table into this folder.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "parquet"]),
    default="jsonl",
    show_default=True,
    help="What the files of --out are.",
)
@click.option("--model", metavar="NAME", help="The spaCy pipeline to parse with.")
@corrections_option
@common_options
@click.pass_obj
def extract(
    shared: Globals,
    files: Sequence[str],
    out: str | None,
    form: str,
    model: str | None,
    corrections: str | None,
) -> int:
    """Show the rows of some files, without a lake and without a server.

    FILE is a file, a folder, a glob, an address (of a page, a feed, a sitemap), or - for standard
    input. The rows are those that `dateline run` would make of the same place, before the checks.
    Files are not compared with each other: duplicate_of and similarity are null, story_id is the
    article's own id. Standard output gets one JSON object a line, whose "table" is articles,
    entities, mentions, dates, figures, claims, events or rejects.

    \b
    Examples:
      $ dateline extract news/story.txt
      $ dateline extract news/ --out rows --format parquet
      $ dateline extract https://example.org/news/1234
      $ zcat dump.jsonl.gz | dateline extract - --out rows
    """
    if form == "parquet" and out is None:
        raise click.UsageError("--format parquet needs a folder: --out DIR")
    settings = shared.settings(model=model, corrections=corrections)
    require_model(settings)
    records = _records(files, settings)

    from flows.command.rows import Folder, Lines, RowsOf
    from flows.corrections import named_corrections
    from flows.worker import load
    from transforms.corrections import NONE

    corrected = named_corrections(settings.corrections) or NONE

    try:
        load(settings.model)
    except LookupError as error:
        raise UsageError(str(error)) from error

    limits = settings.limits.of_input()
    count: Counter[str] = Counter()
    with (
        Folder(Path(out), form) if out else Lines(sys.stdout.buffer) as sink,
        RowsOf(settings.model, corrected, limits) as rows_of,
    ):
        for record in records:
            rows = rows_of(record)
            count["inputs"] += 1
            for name, some in rows.items():
                count[name] += len(some)
            for row in rows.get("rejects", ()):
                click.echo(f"Rejected ({row['reason']}): {shown(row['detail'])}", err=True)
            sink.write(rows)
    click.echo(_summary(count, out), err=True)
    return BAD_DATA if count["inputs"] and count["rejects"] == count["inputs"] else DONE


def _records(files: Sequence[str], settings: Settings) -> Iterator[Record]:
    from flows.readers import read
    from flows.readers.remote import Web

    named = [file for file in files if file != "-"]
    web = Web(settings.fetch)
    records = read(settings.select(named), settings.limits, web) if named else iter(())
    return _with_stdin(records, settings) if "-" in files else records


def _with_stdin(records: Iterator[Record], settings: Settings) -> Iterator[Record]:
    """The records, then those of standard input; what it holds is told from how it begins."""
    import datetime as dt

    from flows.readers import read_unnamed
    from transforms.model import Source

    yield from records
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.seek(0)
        now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        yield from read_unnamed(
            copy, "stdin", Source("stdin", settings.default_zone), now, settings.limits
        )


def _summary(count: Counter[str], out: str | None) -> str:
    rows = [_counted(n, name) for name, n in count.items() if name != "inputs" and n]
    listed = ", ".join(rows) or "no rows"
    return f"{_counted(count['inputs'], 'inputs')}: {listed}" + (f", in {out}" if out else "")


def _counted(count: int, what: str) -> str:
    one = {"entities": "entity"}.get(what, what.removesuffix("s"))
    return f"1 {one}" if count == 1 else f"{count} {what}"
