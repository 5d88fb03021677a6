"""Boxes of a page in which a name is not that of the article's author: comments, other stories."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from lxml.html import HtmlElement

from transforms.reference import reference

#: How far up from a byline a teaser is looked for, and how many headings are looked at there.
_UP, _HEADINGS = 4, 20


def is_others(element: HtmlElement, own: frozenset[HtmlElement]) -> bool:
    """Whether an element stands in a box of comments, of other stories or of a form.

    ``own`` are the elements around the headline, which are the article's whatever they are called.
    """
    headed = any(around.tag == "article" for around in own)
    for up, around in enumerate((element, *element.iterancestors())):
        if around in own or around.tag in ("body", "html"):
            return False
        if around.tag in ("aside", "form", "nav", "label") or (headed and around.tag == "article"):
            return True
        if up and (is_box(around) or (up <= _UP and _is_teaser(around))):
            return True
    return False


def is_box(element: HtmlElement) -> bool:
    """Whether it is called what such boxes are called."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return names != " " and _names().search(names.lower()) is not None


def _is_teaser(element: HtmlElement) -> bool:
    """Whether it holds a heading that leads to another page."""
    return any(
        next(heading.iter("a"), None) is not None
        or any(around.tag == "a" for around in heading.iterancestors())
        for heading in islice(element.iter("h2", "h3", "h4"), _HEADINGS)
    )


@cache
def _names() -> re.Pattern[str]:
    patterns = "|".join(row["pattern"] for row in reference("byline_boxes"))
    return re.compile(rf"(?:^|[\s_-])(?:{patterns})(?:$|[\s_-])")
