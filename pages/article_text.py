"""How is a text shown with its rows marked? As elements that nest, with links at their leaves."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from expectations.visible import visible
from pages import links
from pages.marks import Piece, Span, lines, tree
from warehouse.columns import Row

#: Of the tables that are marked: the letter of their marks, the innermost kind last, and what one
#: row of each is called.
KINDS: Mapping[str, tuple[str, str]] = {
    "claims": ("c", "claim"),
    "events": ("e", "event"),
    "dates": ("d", "date"),
    "figures": ("f", "figure"),
    "mentions": ("m", "name"),
}


def spans(text: str, rows: Mapping[str, Sequence[Row]]) -> list[tuple[Span, str]]:
    """Where each row stands, with the letter of its kind. A row whose surface is not in its place
    (a lake that was changed by hand) has no mark."""
    return [
        (Span(row["char_start"], row["char_end"], row[f"{table[:-1]}_id"], rank), letter)
        for rank, (table, (letter, _)) in enumerate(KINDS.items())
        for row in rows.get(table, ())
        if row["surface"] and text[row["char_start"] : row["char_end"]] == row["surface"]
    ]


def marked(text: str, found: Iterable[tuple[Span, str]]) -> Markup:
    """The text as paragraphs, one a line, with an element for each row (its kind is the class).

    What a row's elements hold is its characters, line breaks included. The smallest row over any
    character is where a click leads.
    """
    letters = {span.row_id: letter for span, letter in found}
    roots = tree(text, (span for span, _ in found), lines(text))
    return Markup(
        "".join(f'<p dir="auto">{_inner(root, text, None, letters)}</p>' for root in roots)
    )


def _inner(piece: Piece, text: str, over: str | None, letters: Mapping[str, str]) -> str:
    return "".join([_element(part, text, over, letters) for part in piece.parts])


def _element(piece: Piece, text: str, over: str | None, letters: Mapping[str, str]) -> str:
    """A piece under the row ``over``, the smallest that it lies in."""
    row_id = piece.row_id
    if row_id is None:
        plain = text[piece.start : piece.end]
        if over is None:
            return seen(plain)
        # a link must have a name: spaces between two rows look like one only
        href = "" if plain.isspace() else f' href="#{links.row(over)}"'
        return f"<a{href}>{seen(plain)}</a>"
    named = f' id="{links.mark(row_id)}"' if piece.first else ""
    if not piece.whole:
        named += f' data-row="{row_id}"'
    kind = letters[row_id]
    if not piece.parts:
        told = seen(text[piece.start : piece.end])
        return f'<a class="{kind}"{named} href="#{links.row(row_id)}">{told}</a>'
    return f'<span class="{kind}"{named}>{_inner(piece, text, row_id, letters)}</span>'


def seen(text: str) -> str:
    """Characters of a text as markup, those that nobody sees or that turn the direction of others
    with their number before them, and each kept from what stands around it."""
    if visible(text) == text and "\r" not in text:
        return html.escape(text)
    return "".join(_one(char) for char in text)


def _one(char: str) -> str:
    number = "[U+000D]" if char == "\r" else visible(char)
    if number == char:
        return html.escape(char)
    # a page cannot hold the character 0, and takes a raw carriage return for a line's end
    kept = {"\0": "", "\r": "&#13;"}.get(char, char)
    return f'<bdi class="u" data-u="{number}">{kept}</bdi>'
