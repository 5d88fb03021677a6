"""``dateline evidence``: the article around any row, with the row and its neighbours marked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.command.group import Globals, common_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.command.evidence_parts import Shown
    from warehouse.evidence import Link

_SUFFIXES = {".html": "html", ".htm": "html", ".json": "json"}


@click.command(short_help="Show where in its article a row stands.")
@click.argument("row_id", metavar="ID")
@click.option(
    "--around",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    metavar="N",
    help="Show N sentences on each side of the row's.",
)
@click.option("--all", "whole", is_flag=True, help="Show the whole text.")
@click.option("--article", metavar="ID", help="Of an entity: in this article.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "json"]),
    help="text for a terminal, html for one page that needs nothing else, json for programs.  "
    "[default: by the end of --out's name, else text]",
)
@click.option(
    "--at",
    metavar="SNAPSHOT|TIME|RUN",
    help="Look at the lake as it was: a snapshot's number, a time (UTC) or a run.",
)
@click.option("--out", metavar="FILE", help="Write into this file.")
@common_options
@click.pass_obj
def evidence(
    shared: Globals,
    row_id: str,
    around: int,
    whole: bool,
    article: str | None,
    form: str | None,
    at: str | None,
    out: str | None,
) -> None:
    """Show the text around a row, with the row and what else was read there marked.

    ID is that of any row: a figure, date, mention, event, claim, entity or article; six of its
    digits are enough if no other id begins so. Below the text stand the row's columns, what it
    points at (its event, claim, date, entities), what points at it, and the other rows of the
    sentences that are shown. An entity is shown where the article that names it most names it
    first, an article as a whole. A row in quarantine is shown with what was wrong with it.

    On a terminal the marks are colours; with NO_COLOR or in a pipe they are lines below the text:
    ^ for the row itself, a letter for each kind of row.

    \b
    Examples:
      $ dateline evidence 1f0c3a9b2d4e5f60
      $ dateline evidence 1f0c3a --around 3 --at 2025-05-01
      $ dateline evidence 1f0c3a --all --out row.html
    """
    from flows.command.evidence_parts import shown_of
    from flows.command.results import opened
    from warehouse.evidence import evidence as evidence_of

    settings = shared.settings()
    found = evidence_of(settings.lake, row_id, at=at, article=article)
    shown = shown_of(found, around, whole)
    chosen = form or _SUFFIXES.get(Path(out or "").suffix.lower(), "text")
    with opened(out) as stream:
        if chosen == "text":
            from flows.command.evidence_text import write

            write(shown, stream if out else None)
        elif chosen == "html":
            from flows.command.evidence_html import page

            stream.write(page(shown).encode("utf-8", "backslashreplace"))
        else:
            stream.write(f"{json.dumps(told(shown), ensure_ascii=False, indent=1)}\n".encode())


def told(shown: Shown) -> dict[str, Any]:
    """The evidence in JSON's types; ``text`` begins at ``char_start`` of the article's."""
    from flows.command.values import to_plain

    found = shown.evidence
    start, end = shown.span
    whole = {
        "table": found.found.table,
        "id": found.found.row_id,
        "row": found.found.row,
        "article": {name: value for name, value in found.article.items() if name != "text"},
        "text": {"char_start": start, "char_end": end, "text": shown.text[start:end]},
        "marks": [
            {
                "table": mark.kind,
                "id": mark.row_id,
                "char_start": mark.start,
                "char_end": mark.end,
                "asked": mark.asked,
            }
            for mark in shown.marks
        ],
        "points_at": _links(found.points_at),
        "pointed_at_by": _links(found.pointed_at_by),
        "neighbours": [
            {"table": one.table, "id": one.row_id, "row": one.row} for one in shown.neighbours
        ],
        "repeats": [{"how": how, **row} for how, row in found.repeats],
        "named_in": {"articles": found.naming, "others": found.named_in},
        "carriers": found.carriers,
        "quarantined": found.quarantined,
    }
    plain: dict[str, Any] = to_plain(whole)
    return plain


def _links(links: Sequence[Link]) -> list[dict[str, Any]]:
    return [
        {
            "column": link.column,
            "table": link.found.table,
            "id": link.found.row_id,
            "row": link.found.row,
        }
        for link in links
    ]
