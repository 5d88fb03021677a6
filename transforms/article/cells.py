"""Cells of a page's tables that hold text: those that lay out the page, and lists in others."""

from __future__ import annotations

from lxml.html import HtmlElement

#: A table cell with more characters than this holds a text, not a datum.
_CELL_TEXT = 400
_LISTS = ("ul", "ol", "dl")
_STOPS = tuple(".,;:!?…")


def free_cells(tree: HtmlElement) -> None:
    """Turns cells that lay out the page into plain blocks, and lists in other cells into text.

    Extraction keeps a table's row as one line, and loses the lists in it.
    """
    cells = list(tree.iter("td"))
    for cell in cells:
        if len(cell) and _lays_out(cell):
            for element in (cell, *cell.iterancestors("tr", "tbody", "table", "td")):
                element.tag = "div"
    for cell in (*cells, *tree.iter("th")):
        if cell.tag != "div" and len(cell) and next(cell.iter(*_LISTS), None) is not None:
            _write_out(cell)


def _lays_out(cell: HtmlElement) -> bool:
    if next(cell.iter("p", "br", "table", *_LISTS), None) is None:
        return False
    return len(cell.text_content()) > _CELL_TEXT or _is_alone(cell)


def _is_alone(cell: HtmlElement) -> bool:
    """Whether it has a list, and its table no other cell."""
    if next(cell.iter(*_LISTS), None) is None:
        return False
    table = next(cell.iterancestors("table"), None)
    return table is not None and not any(
        other is not cell and next(other.iterancestors("table")) is table
        for other in table.iter("td", "th")
    )


def _write_out(cell: HtmlElement) -> None:
    """Makes text of its lists: the items behind one another, parted by semicolons."""
    for entry in list(cell.iter("li", "dt", "dd")):
        if entry.getnext() is not None:
            mark = ":" if entry.tag == "dt" else ";"
            stopped = entry.text_content().strip().endswith(_STOPS)
            entry.tail = f"{'' if stopped else mark} {entry.tail or ''}"
    for element in list(cell.iter(*_LISTS, "li", "dt", "dd")):
        element.text = f" {element.text or ''}"
        if (element.tail or "").strip(" :;"):
            element.tail = f" {element.tail}"
        element.drop_tag()
