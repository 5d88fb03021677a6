"""Boxes of a page that are no part of its article, known by the names they are given in it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from lxml.html import HtmlElement

from transforms.reference import reference

#: A box with more words than this is furniture only if most of them are links.
_NOTICE_WORDS = 150
_LINKED = 0.5
#: A box with more than this share of the page's paragraphs is where the article is, whatever it
#: is called.
_MOST = 0.4

_TAGS = frozenset(
    "div section aside ul ol li p span article figure figcaption footer form h2 h3 h4 a".split()  # noqa: SIM905
)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@cache
def _names() -> re.Pattern[str]:
    patterns = "|".join(row["pattern"] for row in reference("page_boxes"))
    return re.compile(rf"\b(?:{patterns})\b")


@lru_cache(maxsize=8192)
def _is_named(names: str) -> bool:
    return _names().search(" ".join(_WORDS.findall(names)).lower()) is not None


def drop_boxes(tree: HtmlElement) -> None:
    """Takes boxes of notices, links and captions out of the tree, the text behind them kept."""
    named = [
        element
        for element in tree.iter(*_TAGS)
        if (names := f"{element.get('class', '')} {element.get('id', '')}") != " "
        and _is_named(names)
    ]
    if not named:
        return
    whole = sum(len(p.text_content()) for p in tree.iter("p"))
    for element in named:
        if _is_furniture(element, _MOST * whole):
            element.drop_tree()


def _is_furniture(element: HtmlElement, most: float) -> bool:
    if element.getparent() is None:
        return False
    text = " ".join(element.text_content().split())
    words = text.count(" ") + 1
    if words <= _NOTICE_WORDS:
        return len(text) <= most or words <= 20
    linked = sum(len(" ".join(a.text_content().split())) for a in element.iter("a"))
    return linked > _LINKED * len(text) and len(text) <= most
