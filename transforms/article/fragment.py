"""Markup within a record: a page or the piece of one that stands where the text should."""

from __future__ import annotations

import re

from transforms.article.found import Found, NoArticle
from transforms.article.html import read_html
from transforms.article.lines import split_lines

_BLOCK = r"p|div|h[1-6]|ul|ol|li|blockquote|table|tr|td|article|section|figure|body|html|pre"
#: What makes a text markup: a block that is closed again, a break, a link, an entity of a block.
_MARKUP = re.compile(
    rf"</(?:{_BLOCK})\s*>|<(?:br|hr)\s*/?>|<p(?:\s[^<>]*)?>|<a\s[^<>]*href\s*=|<img\s[^<>]*src\s*=",
    re.IGNORECASE,
)
_OPENING = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*|<\?[^>]*>\s*)*<(?:!doctype|html|head|body)\b",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
#: A body of fewer of the fragment's letters has lost some of it.
_SHARE = 0.8
_BLOCK_TAGS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol li blockquote table tr td th article section figure figcaption "  # noqa: SIM905
    "pre br hr header footer main aside dl dt dd".split()
)
_NO_TEXT = frozenset("script style noscript iframe template svg form button".split())  # noqa: SIM905


def is_markup(text: str) -> bool:
    """Whether it is HTML rather than a text with a stray ``<``."""
    return "<" in text and _MARKUP.search(text) is not None and _OPENING.search(text) is not None


def read_fragment(text: str, source_uri: str, country: str | None = None) -> Found:
    """What the HTML says, one line a paragraph; ``Found.text`` is what offsets count in.

    A whole page is read as one. Of a fragment the body is taken, or all its lines where that would
    lose some of it. Raises :class:`NoArticle` with reason ``no_text`` or ``malformed``.
    """
    if _PAGE.match(text):
        return read_html(text, source_uri, country)
    lines = _lines(text)
    shown = "\n".join(lines)
    try:
        page = f"<html><body><article>{text}</article></body></html>"
        body = read_html(page, source_uri, country).text
    except NoArticle as outcome:
        if outcome.reason != "no_text":
            raise
        body = ""
    best = body if _letters(body) >= _SHARE * _letters(shown) else shown
    if not best:
        raise NoArticle("no_text", "its HTML holds no text")
    return Found(text=best)


def _lines(text: str) -> list[str]:
    """The text of every block as a line, what is not shown left out."""
    from lxml import etree
    from trafilatura.utils import load_html

    try:
        tree = load_html(f"<html><body>{text.replace(chr(0), '')}</body></html>")
    except (ValueError, TypeError, LookupError, AssertionError) as error:
        raise NoArticle("malformed", f"the HTML cannot be parsed: {error}") from error
    if tree is None:
        return []
    parts: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += tag in _NO_TEXT
            parts.append("\n" if tag in _BLOCK_TAGS else "")
            parts.append("" if hidden else _spaced(element.text))
            continue
        hidden -= tag in _NO_TEXT and event == "end"
        parts.append("\n" if tag in _BLOCK_TAGS else "")
        parts.append("" if hidden else _spaced(element.tail))
    return [line for line in split_lines("".join(parts)) if line]


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
