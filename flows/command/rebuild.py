"""``dateline rebuild``: read what the lake holds once more, with the extractor of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flows.command.group import DONE, Globals, common_options, corrections_option
from flows.command.run import require_model

if TYPE_CHECKING:
    from flows.settings import Settings


@click.command(short_help="Read everything again with today's extractor.")
@click.option("--workers", type=int, metavar="N", help="How many processes compute.")
@click.option("--batch-size", type=int, metavar="N", help="How many inputs a batch has.")
@click.option("--model", metavar="NAME", help="The spaCy pipeline to parse with.")
@corrections_option
@click.option("--dry-run", is_flag=True, help="Only say how much there is to rebuild.")
@common_options
@click.pass_obj
def rebuild(
    shared: Globals,
    workers: int | None,
    batch_size: int | None,
    model: str | None,
    corrections: str | None,
    dry_run: bool,
) -> int:
    """Read the raw inputs in the lake again, as today's extractor reads them; nothing is fetched.

    An input is read again if the extractor, its reference tables, its libraries, the language
    model, the settings of its source or of stories (docs/stories.md), or the corrections of its
    rows (docs/corrections.md) have changed since it was read. Each batch is one transaction:
    readers see an article's old rows or its new ones. If the command is killed, the same command
    goes on from there. What changed is shown by table and column, and kept in the table
    `changes`; the old rows can be asked for with --at until `dateline maintain` lets their
    snapshots expire.

    \b
    Examples:
      $ dateline rebuild --dry-run
      $ dateline rebuild --lake /data/lake --workers 8
      $ dateline rebuild --corrections corrections.csv
    """
    settings = shared.settings(
        workers=workers, batch_size=batch_size, model=model, corrections=corrections
    )
    require_model(settings)
    if dry_run:
        click.echo(_outlook(settings))
        return DONE

    from flows.command.results import console
    from flows.command.summary import print_report
    from flows.launch import run as start
    from flows.run_state import REBUILD

    report = start(settings, (), command=REBUILD, verbose=shared.verbose)
    print_report(report, console())
    return report.exit_code


def _outlook(settings: Settings) -> str:
    from flows.corrected import held, out_of_date, standing
    from flows.corrections import named_corrections
    from flows.run_state import configured_sources, recipes
    from warehouse.lake import Lake

    named = named_corrections(settings.corrections)
    with Lake.open(settings.lake) as lake:
        todo = recipes(lake, settings, configured_sources(settings))
        uncorrected = out_of_date(standing(lake, held(lake) if named is None else named))
        old, current = lake.count_out_of_date(todo, uncorrected)
    return f"{old:,} of {old + current:,} inputs would be read again"
