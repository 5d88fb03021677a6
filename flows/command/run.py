"""``dateline run``: read, build, check and publish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from flows.command.group import Globals, common_options, corrections_option

if TYPE_CHECKING:
    from flows.settings import Settings, SourceSpec


@click.command(short_help="Read, build, check and publish articles.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--workers", type=int, metavar="N", help="How many processes compute.")
@click.option("--batch-size", type=int, metavar="N", help="How many inputs a batch has.")
@click.option("--model", metavar="NAME", help="The spaCy pipeline to parse with.")
@corrections_option
@common_options
@click.pass_obj
def run(
    shared: Globals,
    sources: Sequence[str],
    workers: int | None,
    batch_size: int | None,
    model: str | None,
    corrections: str | None,
) -> int:
    """Read articles, build their rows, check them and publish them in the lake.

    SOURCE is a file, a folder, a glob in quotes, an address, or the name of a source in
    dateline.toml; without one, all sources of dateline.toml are read, and if there are none the
    sample articles.
    What the lake already holds is not read again, so the same command can be repeated at any
    time, also after a crash.

    \b
    Examples:
      $ dateline run news/
      $ dateline run "news/2025-*/*.html" wire.jsonl.gz --lake /data/lake
    """
    settings = shared.settings(
        workers=workers, batch_size=batch_size, model=model, corrections=corrections
    )
    chosen = chosen_sources(settings, sources)
    require_model(settings)

    from flows.command.results import console
    from flows.command.summary import print_report
    from flows.launch import run as start

    report = start(settings, chosen, verbose=shared.verbose)
    print_report(report, console())
    return report.exit_code


def chosen_sources(settings: Settings, named: Sequence[str]) -> tuple[SourceSpec, ...]:
    """The sources that a command line means, or all that are configured.

    Raises ``SourceError`` for one that is named and cannot be read, or if none of those that are
    configured can, before anything slow has started.
    """
    from flows.readers import check

    chosen = settings.select(named) or settings.select([_samples()])
    check(chosen, all_must_do=bool(named))
    return chosen


def require_model(settings: Settings) -> None:
    """Raises ``UsageError`` if the language model is not there; does not load it."""
    from importlib.util import find_spec
    from pathlib import Path

    from flows.errors import UsageError

    name = settings.model
    if not (name.isidentifier() and find_spec(name)) and not Path(name).is_dir():
        raise UsageError(
            f"the language model {name!r} is not installed: install the package, or name one "
            "that is with --model, DATELINE_MODEL or `model` in dateline.toml"
        )


def _samples() -> str:
    from importlib.resources import files

    folder = str(files("seeds") / "articles")
    click.echo(f"No source is named: reading the sample articles in {folder}", err=True)
    return folder
