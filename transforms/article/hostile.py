"""Pages that are built to take long, told before they do: by their markup, and by their tree."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from transforms.article.found import NoArticle
from transforms.limits import Limits, excess

_OPENING = re.compile(r"<[a-zA-Z]")
#: A tag with more characters than attributes may have two each is looked at closely.
_TAG = r"<[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')"
_UNPARSED = re.compile(r"<!--|<script\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>", re.IGNORECASE)
_COMMENT_END, _SCRIPT_END = re.compile("-->"), re.compile("</script", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def check_markup(text: str, limits: Limits) -> None:
    """Raises :class:`NoArticle` for a page whose markup, tags or attributes are over the limits."""
    if len(text) > limits.markup:
        raise NoArticle(
            "too_large", excess(len(text), "characters of markup", "markup", limits.markup)
        )
    tags = sum(1 for _ in _OPENING.finditer(text)) if len(text) > 2 * limits.tags else 0
    if tags > limits.tags:
        raise NoArticle("too_many_tags", excess(tags, "tags", "tags", limits.tags))
    most = _attributes(text, limits.attributes)
    if most > limits.attributes:
        most = _attributes(_without_scripts(text), limits.attributes)
    if most > limits.attributes:
        raise NoArticle(
            "too_many_attributes",
            excess(most, "attributes of a tag", "attributes", limits.attributes),
        )


def _attributes(text: str, limit: int) -> int:
    """The attributes of the first tag that has more than the limit, else 0."""
    for tag in re.finditer(rf"{_TAG}{{{2 * limit},}}+", text):
        attributes = len(_QUOTED.sub("", tag[0]).split()) - 1
        if attributes > limit:
            return attributes
    return 0


def _without_scripts(text: str) -> str:
    """The markup without comments and without what is in scripts, where ``a<b`` is no tag."""
    parts: list[str] = []
    at = 0
    while (start := _UNPARSED.search(text, at)) is not None:
        parts.append(text[at : start.end()])
        end = (_COMMENT_END if start[0] == "<!--" else _SCRIPT_END).search(text, start.end())
        if end is None:
            return "".join(parts)
        at = end.start()
    return "".join((*parts, text[at:]))


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
