"""Pages that are built to take long, told before they do: by their markup, and by their tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from transforms.article.found import NoArticle
from transforms.limits import Limits, excess

_OPENING = re.compile(r"<[a-zA-Z]")
#: A tag with more characters than attributes may have two each is looked at closely.
_TAG = r"<[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')"
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
#: What is no markup though it may look it: comments, scripts and styles, to the end of the page
#: where they are not closed. Tags are matched so that what their quotes hold begins none.
_RAW = re.compile(
    r"<!--(?:.*?-->|.*)"
    r"|<(?P<raw>script|style)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>(?:.*?</(?P=raw)\b|.*)"
    rf"|{_TAG}*+>",
    re.IGNORECASE | re.DOTALL,
)


def check_markup(text: str, limits: Limits) -> None:
    """Raises :class:`NoArticle` for a page whose markup, tags or attributes are over the limits."""
    if len(text) > limits.markup:
        raise NoArticle(
            "too_large", excess(len(text), "characters of markup", "markup", limits.markup)
        )
    tags = sum(1 for _ in _OPENING.finditer(text)) if len(text) > 2 * limits.tags else 0
    if tags > limits.tags:
        raise NoArticle("too_many_tags", excess(tags, "tags", "tags", limits.tags))
    for tag in _long_tags(text, 2 * limits.attributes):
        attributes = len(_QUOTED.sub("", tag).split()) - 1
        if attributes > limits.attributes:
            raise NoArticle(
                "too_many_attributes",
                excess(attributes, "attributes of a tag", "attributes", limits.attributes),
            )


def _long_tags(text: str, length: int) -> Iterator[str]:
    """The tags of at least so many pieces that are markup, not the code of a script."""
    long = re.compile(rf"{_TAG}{{{length},}}+")
    raw: Iterator[re.Match[str]] | None = None
    within: re.Match[str] | None = None
    tag = long.search(text)
    while tag is not None:
        if raw is None:
            raw = (found for found in _RAW.finditer(text) if not _is_tag(found))
            within = next(raw, None)
        while within is not None and within.end() <= tag.start():
            within = next(raw, None)
        if within is not None and within.start() < tag.start():
            tag = long.search(text, within.end())
        else:
            yield tag[0]
            tag = long.search(text, tag.end())


def _is_tag(found: re.Match[str]) -> bool:
    return found["raw"] is None and not found[0].startswith("<!--")


def check_nesting(tree: HtmlElement, limits: Limits) -> None:
    """Raises :class:`NoArticle` for a page whose elements lie too deep in one another."""
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        if depth > limits.nesting:
            raise NoArticle(
                "too_deep", excess(depth, "elements within one another", "nesting", limits.nesting)
            )
