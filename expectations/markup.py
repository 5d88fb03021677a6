"""What the parts of the report's page are made of."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Sequence

from expectations.visible import visible


def escape(text: str) -> str:
    """What others wrote, as a page may show it: markup escaped, characters that turn the direction
    of what follows shown by their numbers."""
    return html.escape(visible(text))


def badge(outcome: str) -> str:
    """An outcome in its colour."""
    return f'<span class="badge {outcome.replace(" ", "-")}">{outcome}</span>'


def minute(time: dt.datetime | None) -> str:
    """A time in UTC."""
    return "never" if time is None else f"{time:%Y-%m-%d %H:%M} UTC"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: set[int]) -> str:
    """A table whose cells carry their head, so that a phone can show rows as cards."""
    kinds = [' class="n"' if at in numbers else "" for at in range(len(heads))]
    head = "".join(f"<th{kind}>{name}</th>" for name, kind in zip(heads, kinds, strict=True))
    body = "".join(
        "<tr>"
        + "".join(
            f'<td{kind} data-head="{name}">{cell}</td>'
            for name, kind, cell in zip(heads, kinds, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        "</div>"
    )
