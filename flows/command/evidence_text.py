"""Evidence for a terminal: marks in colours, or as lines of letters below the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from flows.command.evidence_parts import NAMES, Section, Shown, headline, name_of, sections
from flows.command.results import Utf8, console, print_table
from flows.command.values import CONTROL, to_cell
from flows.errors import shown as safe
from flows.excerpt import Mark, pieces

if TYPE_CHECKING:
    from rich.console import Console

#: How a row that is asked for and the others are marked, by their tables.
_ASKED = Style.parse("bold reverse")
_STYLES = {
    "figures": Style.parse("yellow"),
    "dates": Style.parse("cyan"),
    "mentions": Style.parse("green"),
    "events": Style.parse("magenta"),
    "claims": Style.parse("underline"),
}
_LETTERS = {"figures": "f", "dates": "d", "mentions": "n", "events": "e", "claims": "c"}
#: How wide a text is set where nobody says how wide it may be, and at most.
_WIDE = 88
_INDENT = "    "
_LONGEST, _SHORTER = 300, 80

#: A character as it is shown, and where it stands in the article.
_Cell = tuple[str, int]


def write(shown: Shown, stream: BinaryIO | None) -> None:
    """Print the evidence, to a stream or to standard output."""
    to = console(Utf8(stream) if stream is not None else None)
    colours = to.is_terminal and not to.no_color and to.color_system is not None
    title, lines = headline(shown)
    to.print(Text(safe(title), style="bold"), soft_wrap=True)
    for line in lines:
        to.print(Text(safe(line)), soft_wrap=True)
    start, end = shown.span
    if start < end:
        to.print()
        width = min(to.width, _WIDE) - len(_INDENT)
        for cells in _wrapped(shown.text, start, end, width):
            _print_line(cells, shown.marks, to, colours)
        to.print()
        to.print(_legend(shown, colours), soft_wrap=True)
    for section in sections(shown):
        _print_section(section, to)


def _wrapped(text: str, start: int, end: int, width: int) -> Iterator[list[_Cell]]:
    """The lines of a stretch of text, cut at spaces; a word that is too long is cut where it is."""
    for first, last in _lines(text, start, end):
        line: list[_Cell] = []
        filled, space = 0, 0
        for at in range(first, last):
            told = CONTROL.sub(lambda one: f"[U+{ord(one[0]):04X}]", text[at])
            if filled + cell_len(told) > width and line:
                rest = line[space:] if space else []
                yield line[:space] if space else line
                line, space = rest, 0
                filled = sum(cell_len(one) for one, _ in line)
            line.append((" " if told == "\t" else told, at))
            filled += cell_len(told)
            if text[at].isspace():
                space = len(line)
        yield line


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            yield start, stop
        start = stop + 1


def _print_line(line: list[_Cell], marks: Sequence[Mark], to: Console, colours: bool) -> None:
    first, last = line[0][1], line[-1][1] + 1
    here = [mark for mark in marks if mark.start < last and mark.end > first]
    told = {at: one for one, at in line}
    if colours:
        text = Text(_INDENT)
        for piece in pieces(here, (first, last)):
            styles = [_STYLES[one.kind] for one in piece.marks]
            if any(one.asked for one in piece.marks):
                styles.append(_ASKED)
            style = sum(styles, Style.null())
            text.append("".join(told[at] for at in range(piece.start, piece.end)), style)
        to.print(text, soft_wrap=True)
        return
    to.print(Text(_INDENT + "".join(told.values()).rstrip()), soft_wrap=True)
    for layer in _layers(here):
        letters = ""
        for one, at in line:
            over = next((mark for mark in layer if mark.start <= at < mark.end), None)
            letter = " " if over is None else "^" if over.asked else _LETTERS[over.kind]
            letters += letter * cell_len(one)
        if letters.strip():
            to.print(Text(_INDENT + letters.rstrip()), soft_wrap=True)


def _layers(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Marks in lines that have no two over the same character: the row itself on the first, and
    the shorter before the longer."""
    layers: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda one: (not one.asked, one.end - one.start, one.start)):
        free = (
            layer
            for layer in layers
            if all(mark.end <= other.start or mark.start >= other.end for other in layer)
        )
        layer = next(free, None)
        if layer is None:
            layers.append(layer := [])
        layer.append(mark)
    return layers


def _legend(shown: Shown, colours: bool) -> Text:
    kinds = [kind for kind in _LETTERS if any(m.kind == kind and not m.asked for m in shown.marks)]
    text = Text(_INDENT)
    if any(mark.asked for mark in shown.marks):
        this = f"this {name_of(shown.evidence.found)}"
        text.append(this if colours else f"^ {this}", _ASKED if colours else "")
        text.append("  ")
    for kind in kinds:
        text.append(NAMES[kind] if colours else f"{_LETTERS[kind]} {NAMES[kind]}",
                    _STYLES[kind] if colours else "")  # fmt: skip
        text.append("  ")
    text.rstrip()
    return text


def _print_section(section: Section, to: Console) -> None:
    to.print()
    to.print(Text(section.title, style="bold"))
    if section.heads:
        rows = [tuple(to_cell(value, _SHORTER) for value in row) for row in section.rows]
        print_table(section.heads, rows, to)
        return
    widest = max((len(str(name)) for name, _ in section.rows), default=0)
    for name, value in section.rows:
        text = Text(f"{name:<{widest}}  ", style="cyan")
        text.append(to_cell(value, _LONGEST), style="default")
        to.print(text, soft_wrap=True)
