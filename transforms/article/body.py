"""The body of a page: trafilatura's, with what its layout hid put back and menus taken away."""

from __future__ import annotations

import logging
import re
from collections import Counter
from typing import NamedTuple

from lxml.html import HtmlElement

from transforms.article.blocks import Setting, letters, setting
from transforms.article.boxes import drop_boxes
from transforms.article.cells import free_cells
from transforms.article.found import NoArticle
from transforms.article.lines import split_lines, without_furniture
from transforms.article.links import SENTENCE_END, drop_menus, is_menu, without_links
from transforms.article.quoted import free_quotations
from transforms.article.repeats import without_boxes

_LIST_MARK = re.compile(r"^[-–•*]\s+(?=\S)")

#: A body of one line this long has lost its paragraphs; what the page shows instead must have
#: at least this share of it.
_LONG_LINE, _SHOWN_SHARE = 800, 0.8


class Body(NamedTuple):
    """The paragraphs of a page's body, and the words of a menu that was found in its place."""

    lines: list[str]
    menu: int = 0


def read_body(tree: HtmlElement) -> Body:
    """The paragraphs of the body in their order, furniture left out; the tree is left as it is.

    Where nothing is said in sentences, or most is links, the page is extracted a second time, with
    its menus taken out and more effort. If that finds no sentences either, and what the first had
    found are links, the body has no lines.
    Raises :class:`NoArticle` with reason ``too_deep`` for a page that cannot be walked.
    """
    tree = tree.__copy__()
    drop_boxes(tree)
    free_cells(tree)
    free_quotations(tree)
    found = _extract(tree)
    lines = _body(tree, found)
    menu = is_menu(tree, lines or found)
    if _told(lines) and not menu:
        return Body(lines)
    drop_menus(tree)
    second = _body(tree, _extract(tree, fast=False))
    if _told(second) and not is_menu(tree, second):
        return Body(second)
    return Body([], len(" ".join(lines or found).split())) if menu else Body(lines)


def _body(tree: HtmlElement, lines: list[str]) -> list[str]:
    """What was extracted, with what the page's layout hid and without what is not the article."""
    if len(lines) == 1 and len(lines[0]) > _LONG_LINE:
        # taken from the page's data, whose paragraphs run together: look at the page alone
        shown = _extract(_without_scripts(tree))
        if sum(map(len, shown)) > _SHOWN_SHARE * len(lines[0]):
            lines = shown
    lines = _with_other_parts(tree, lines)
    lines = without_links(tree, [_LIST_MARK.sub("", line) for line in lines])
    return without_furniture(without_boxes(tree, lines))


def _told(lines: list[str]) -> int:
    """The characters of lines that end as sentences do."""
    return sum(len(line) for line in lines if SENTENCE_END.search(line))


def _extract(tree: HtmlElement, *, fast: bool = True) -> list[str]:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = bare_extraction(tree, fast=fast, include_comments=False, deduplicate=False)
    except RecursionError:
        raise NoArticle("too_deep", "the HTML is nested too deeply to be an article") from None
    return [line for line in split_lines(getattr(document, "text", None) or "") if line]


def _without_scripts(tree: HtmlElement) -> HtmlElement:
    copied = tree.__copy__()
    for script in list(copied.iter("script")):
        script.text = None
    return copied


def _with_other_parts(tree: HtmlElement, lines: list[str]) -> list[str]:
    """The lines, with the paragraphs of a body's other parts.

    Pages cut a body in parts to put advertisements between them; extraction may find one part.
    Paragraphs in another element with the same setting as those found are of the same body.
    """
    paragraphs = [(p, " ".join(p.text_content().split())) for p in tree.iter("p")]
    found = {letters(line): i for i, line in enumerate(lines)}
    settings: Counter[Setting] = Counter()
    parents: set[HtmlElement] = set()
    places: list[int] = []
    for p, text in paragraphs:
        place = found.get(letters(text)) if len(text) > 40 else None
        if place is not None:
            places.append(place)
            settings[setting(p)] += 1
            parents.add(p.getparent())
    if not settings:
        return lines
    usual, count = settings.most_common(1)[0]
    if count < 3 or not any((usual[1], usual[3])):
        return lines
    after: dict[int, list[str]] = {}
    last = -1
    for p, text in paragraphs:
        place = found.get(letters(text))
        if place is not None:
            last = max(last, place)
        elif (
            last >= 0
            and setting(p) == usual
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


def _link_share(p: HtmlElement, text: str) -> float:
    linked = sum(len(" ".join(a.text_content().split())) for a in p.iter("a"))
    return linked / max(1, len(text))
