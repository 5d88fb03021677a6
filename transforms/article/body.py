"""The body of a page: trafilatura's, with what its layout hid put back and menus taken away."""

from __future__ import annotations

import logging
import re
from collections import Counter

from lxml.html import HtmlElement

from transforms.article.found import NoArticle
from transforms.article.lines import split_lines, without_furniture

#: A table cell with more characters than this holds a text, not a datum.
_CELL_TEXT = 400
#: A run of at least this many short lines at either end is a menu.
_MENU_LINES = 8
_MENU_WORDS = 6

_LIST_MARK = re.compile(r"^[-–•*]\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?。！？।؟…][\"'”’»)\]]*$")

#: A body of one line this long has lost its paragraphs; what the page shows instead must have
#: at least this share of it.
_LONG_LINE, _SHOWN_SHARE = 800, 0.8
#: A link of at least this many words is a headline.
_LINK_WORDS = 5
_BLOCKS = ("p", "li", "div", "h2", "h3", "h4", "h5", "h6", "figcaption", "td")

#: What the parent elements of a paragraph are: tags and classes of two levels.
_Setting = tuple[str, str, str, str]


def read_body(tree: HtmlElement) -> list[str]:
    """The paragraphs of the body in their order, furniture left out; the tree is left as it is.

    Raises :class:`NoArticle` with reason ``too_deep`` for a page that cannot be walked.
    """
    tree = _without_layout_tables(tree)
    lines = _extract(tree)
    if len(lines) == 1 and len(lines[0]) > _LONG_LINE:
        # taken from the page's data, whose paragraphs run together: look at the page alone
        shown = _extract(_without_scripts(tree))
        if sum(map(len, shown)) > _SHOWN_SHARE * len(lines[0]):
            lines = shown
    lines = _with_other_parts(tree, lines)
    lines = _without_links(tree, lines)
    lines = without_furniture(_LIST_MARK.sub("", line) for line in lines)
    return _without_menus(lines)


def _extract(tree: HtmlElement) -> list[str]:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = bare_extraction(tree, fast=True, include_comments=False, deduplicate=False)
    except RecursionError:
        raise NoArticle("too_deep", "the HTML is nested too deeply to be an article") from None
    return [line for line in split_lines(getattr(document, "text", None) or "") if line]


def _without_scripts(tree: HtmlElement) -> HtmlElement:
    copied = tree.__copy__()
    for script in list(copied.iter("script")):
        script.text = None
    return copied


def _without_layout_tables(tree: HtmlElement) -> HtmlElement:
    """A page laid out by tables, with their cells turned into plain blocks."""
    cells = [
        cell
        for cell in tree.iter("td")
        if len(cell) and next(cell.iter("p", "br", "table"), None) is not None
    ]
    cells = [cell for cell in cells if len(cell.text_content()) > _CELL_TEXT]
    if not cells:
        return tree
    copied = tree.__copy__()
    for cell in list(copied.iter("td")):
        if not len(cell) or next(cell.iter("p", "br", "table"), None) is None:
            continue
        if len(cell.text_content()) > _CELL_TEXT:
            for element in (cell, *cell.iterancestors("tr", "tbody", "table", "td")):
                element.tag = "div"
    return copied


def _with_other_parts(tree: HtmlElement, lines: list[str]) -> list[str]:
    """The lines, with the paragraphs of a body's other parts.

    Pages cut a body in parts to put advertisements between them; extraction may find one part.
    Paragraphs in another element with the same setting as those found are of the same body.
    """
    paragraphs = [(p, " ".join(p.text_content().split())) for p in tree.iter("p")]
    found = {_letters(line): i for i, line in enumerate(lines)}
    settings: Counter[_Setting] = Counter()
    parents: set[HtmlElement] = set()
    places: list[int] = []
    for p, text in paragraphs:
        place = found.get(_letters(text)) if len(text) > 40 else None
        if place is not None:
            places.append(place)
            settings[_setting(p)] += 1
            parents.add(p.getparent())
    if not settings:
        return lines
    setting, count = settings.most_common(1)[0]
    if count < 3 or not any((setting[1], setting[3])):
        return lines
    after: dict[int, list[str]] = {}
    last = -1
    for p, text in paragraphs:
        place = found.get(_letters(text))
        if place is not None:
            last = max(last, place)
        elif (
            last >= 0
            and _setting(p) == setting
            and p.getparent() not in parents
            and len(text.split()) >= 8
            and _link_share(p, text) < 0.4
        ):
            after.setdefault(last, []).append(text)
    if sum(map(len, after.values())) < 3:
        return lines
    merged: list[str] = []
    for i, line in enumerate(lines):
        merged += [line, *after.get(i, ())]
    return merged


def _without_links(tree: HtmlElement, lines: list[str]) -> list[str]:
    """The lines without those that are nothing but a link to another story."""
    links: set[str] = set()
    for a in tree.iter("a"):
        text = " ".join(a.text_content().split())
        if len(text.split()) >= _LINK_WORDS and not _SENTENCE_END.search(text):
            block = a
            while block.getparent() is not None and block.tag not in _BLOCKS:
                block = block.getparent()
            if " ".join(block.text_content().split()) == text:
                links.add(_letters(text))
    return [line for line in lines if _letters(line) not in links]


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)[:200]


def _setting(p: HtmlElement) -> _Setting:
    parent = p.getparent()
    above = parent.getparent() if parent is not None else None
    return (
        parent.tag if parent is not None and isinstance(parent.tag, str) else "",
        (parent.get("class") or "") if parent is not None else "",
        above.tag if above is not None and isinstance(above.tag, str) else "",
        (above.get("class") or "") if above is not None else "",
    )


def _link_share(p: HtmlElement, text: str) -> float:
    linked = sum(len(" ".join(a.text_content().split())) for a in p.iter("a"))
    return linked / max(1, len(text))


def _without_menus(lines: list[str]) -> list[str]:
    """The lines without runs of short labels at either end."""
    labels = [len(line.split()) <= _MENU_WORDS and not _SENTENCE_END.search(line) for line in lines]
    if all(labels):
        return lines
    start, end = labels.index(False), len(lines) - labels[::-1].index(False)
    if start < _MENU_LINES:
        start = 0
    if len(lines) - end < _MENU_LINES:
        end = len(lines)
    return lines[start:end]
