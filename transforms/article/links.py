"""Lines of a page that are links to other stories: headlines, teasers, menus."""

from __future__ import annotations

import re
from itertools import groupby

from lxml.html import HtmlElement

from transforms.article.blocks import BLOCKS, letters, line_of

#: A link of at least this many words is a headline.
_HEADLINE_WORDS = 5
#: What stands before a headline in its line ("More:", "READ ALSO |") has at most so many words.
_LABEL_WORDS = 8
#: A run of at least this many short lines, most of them links, is a menu.
_MENU_LINES = 8
_MENU_WORDS = 6
#: A block with a larger share of its text in links is a menu.
_MENU_SHARE = 0.8
#: Links with a larger share of the text are its own (a list of documents, say).
_MOST = 0.5

SENTENCE_END = re.compile(r"[.!?。！？।؟…][\"'”’»)\]]*$")
_LABEL = re.compile(r"[^\n]*[:|»>–—]\W*|\W*")
_KIND = re.compile(r"\W*[\[(]\w[\w ]{0,30}[\])]\W*|\W*")


def without_links(tree: HtmlElement, lines: list[str]) -> list[str]:
    """The lines without those that are links to other stories, and without menus."""
    headlines = _headlines(tree)
    kept = [line for line in lines if letters(line) not in headlines]
    if len(kept) < len(lines):
        headlines -= _unlinked(tree)
        kept = [line for line in lines if letters(line) not in headlines]
        if sum(map(len, kept)) < _MOST * sum(map(len, lines)):
            kept = lines
    return _without_menus(tree, kept)


def is_menu(tree: HtmlElement, lines: list[str]) -> bool:
    """Whether the lines are links for the most part, one a line or several behind one another."""
    links = letters(" ".join(line_of(a) for a in tree.iter("a")), whole=True)
    linked = sum(len(line) for line in lines if letters(line) in links)
    return linked > _MOST * sum(map(len, lines))


def drop_menus(tree: HtmlElement) -> None:
    """Takes out of the tree what is hardly more than links."""
    for block in list(tree.iter("ul", "ol", "dl", "table", "p", "div", "section", "article")):
        text = line_of(block)
        linked = sum(len(line_of(a)) for a in block.iter("a"))
        if linked > _MENU_SHARE * len(text) and block.getparent() is not None:
            block.drop_tree()


def _headlines(tree: HtmlElement) -> set[str]:
    """The :func:`letters` of blocks that are no more than a link to another story, or in one."""
    found: set[str] = set()
    wholes: dict[HtmlElement, str] = {}
    for a in tree.iter("a"):
        if (a.get("href") or "#").startswith("#"):
            continue
        if len(a):
            for teaser in a.iter("p", "h2", "h3", "h4", "h5", "h6"):
                found.add(letters(line_of(teaser)))
        text = line_of(a)
        if text.count(" ") < _HEADLINE_WORDS - 1 or SENTENCE_END.search(text):
            continue
        block = a
        while block.getparent() is not None and block.tag not in BLOCKS:
            block = block.getparent()
        if block not in wholes:
            wholes[block] = line_of(block)
        before, _, after = wholes[block].partition(text)
        if (
            before.count(" ") <= _LABEL_WORDS
            and _LABEL.fullmatch(before)
            and _KIND.fullmatch(after)
        ):
            found.add(letters(wholes[block]))
    return found


def _unlinked(tree: HtmlElement) -> set[str]:
    """What blocks without a link say: a heading may read as its entry in a list of contents."""
    return {
        letters(line_of(block))
        for block in tree.iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "li")
        if next(block.iter("a"), None) is None and next(block.iterancestors("a"), None) is None
    }


def _without_menus(tree: HtmlElement, lines: list[str]) -> list[str]:
    """The lines without long runs of short ones that are links for the most part."""
    runs = [(short, list(run)) for short, run in groupby(lines, _is_short)]
    if not any(short and len(run) >= _MENU_LINES for short, run in runs):
        return lines
    links = {line_of(a) for a in tree.iter("a")}
    kept: list[str] = []
    for short, run in runs:
        linked = sum(line in links for line in run)
        if not (short and len(run) >= _MENU_LINES and 2 * linked > len(run)):
            kept += run
    return kept or lines


def _is_short(line: str) -> bool:
    return len(line.split()) <= _MENU_WORDS and not SENTENCE_END.search(line)
