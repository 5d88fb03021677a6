"""Blocks of a page: what they say, and where they stand."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

BLOCKS = ("p", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "td")

#: What holds an element: tag and class of its parent, tag and class of that one's.
Setting = tuple[str, str, str, str]


def letters(text: str, *, whole: bool = False) -> str:
    """What of a line is compared: letters and digits, of a long one the first."""
    return re.sub(r"\W+", "", text)[: None if whole else 200]


def line_of(element: HtmlElement) -> str:
    """The text of an element on one line."""
    return " ".join(element.text_content().split())


def setting(element: HtmlElement) -> Setting:
    """What holds the element."""
    parent = element.getparent()
    above = parent.getparent() if parent is not None else None
    return (
        parent.tag if parent is not None and isinstance(parent.tag, str) else "",
        (parent.get("class") or "") if parent is not None else "",
        above.tag if above is not None and isinstance(above.tag, str) else "",
        (above.get("class") or "") if above is not None else "",
    )
