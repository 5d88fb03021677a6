"""Articles in HTML: the body by trafilatura, the rest by what the page says of itself."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from transforms.article.body import read_body
from transforms.article.days import is_placeholder
from transforms.article.found import Found, NoArticle
from transforms.article.hostile import check_markup, check_nesting
from transforms.article.lines import read_dateline, split_lines, without_furniture
from transforms.article.metadata import Metadata, read_metadata
from transforms.article.names import end_byline, top_byline
from transforms.article.site import Furniture, lines_around, without_lines
from transforms.article.times import Stamp, find_time, read_time
from transforms.limits import DEFAULT, Limits

#: Fewer words than these, or none that end like a sentence, are no body.
LEAST_WORDS = 8
_SENTENCE_END = re.compile(r"[.!?。！？।؟…][\"'”’»)\]]*(?:\s|$)")


def read_html(
    text: str,
    source_uri: str,
    country: str | None = None,
    limits: Limits = DEFAULT,
    furniture: Furniture = (),
) -> Found:
    """The article on a page.

    ``Found.text`` has one line a paragraph. ``source_uri`` is where the page was found, if it is an
    address; ``country`` decides the order of numeric dates. ``furniture`` are lines that hosts have
    on page after page, which are left out.
    Raises :class:`NoArticle` with reason ``no_text`` or ``malformed``, or with that of the limit
    that the page is over.
    """
    check_markup(text, limits)
    tree = _tree(text)
    check_nesting(tree, limits)
    metadata = read_metadata(tree, country, source_uri)
    country = metadata.country
    found = read_body(tree)
    around = lines_around(furniture, metadata.url, source_uri)
    lines, shown = _take_head(without_lines(found.lines, around), metadata, country)
    body = "\n".join(lines)
    stated = without_lines(_stated_body(metadata), around)
    if _says_more(stated, lines):
        lines = stated
        body = "\n".join(lines)
    if found.menu and not body:
        raise NoArticle(
            "no_text",
            f"all that is found on the page, looked at twice, is a menu of {found.menu:,} words: "
            "links to other pages and no sentences; fetch the page of the article itself, or the "
            "rendered page",
        )
    if not _is_body(body):
        raise NoArticle(
            "no_text",
            "the page has no body of an article: it may be a list of links, a notice, or built by "
            "scripts; fetch the rendered page",
        )
    signed, publisher = end_byline(lines)
    place, agency = read_dateline(body)
    return Found(
        text=body,
        title=metadata.title,
        authors=metadata.authors or shown or signed,
        publisher=metadata.publisher or publisher or agency,
        published=metadata.published or _shown_date(tree, country),
        modified=metadata.modified,
        url=metadata.url,
        language=metadata.language,
        location_line=place,
    )


def _says_more(stated: list[str], lines: list[str]) -> bool:
    """Whether the page's data hold more of the article than it shows, or the same in paragraphs."""
    more, shown = "".join(stated), "".join(lines)
    if len(more) > 1.5 * len(shown):
        return True
    return len(lines) == 1 < len(stated) and _alike(more, shown)


def _stated_body(metadata: Metadata) -> list[str]:
    if metadata.body is None:
        return []
    plain = re.sub(r"<[^<>]*>", " ", metadata.body)
    return [line for line in without_furniture(split_lines(plain)) if line]


def _tree(text: str) -> HtmlElement:
    from trafilatura.utils import load_html

    # lxml refuses characters of NUL's kind and a declaration beside characters
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""))
    try:
        tree = load_html(text if "<" in text else f"<html><body><p>{text}</p></body></html>")
    except (ValueError, TypeError, LookupError, AssertionError) as error:
        raise NoArticle("malformed", f"the HTML cannot be parsed: {error}") from error
    if tree is None:
        raise NoArticle("malformed", "it is named as HTML but is none: name it .txt if it is text")
    return tree


def _take_head(
    lines: list[str], metadata: Metadata, country: str | None
) -> tuple[list[str], tuple[str, ...]]:
    """The lines after a repeated headline, byline and date, and the authors these gave."""
    known = {name.casefold() for name in metadata.authors}
    authors: tuple[str, ...] = ()
    titles = [i for i, line in enumerate(lines[:5]) if _is_any_of(line, metadata.headings)]
    at = 0
    if titles and not any(_SENTENCE_END.search(line) for line in lines[: titles[-1]]):
        at = titles[-1] + 1  # labels of sections may stand above the headline
    for line in lines[at : at + 6]:
        byline = top_byline(line)
        bare = re.sub(r"^by\s", "", line.casefold())
        if _is_any_of(line, metadata.headings):
            pass
        elif byline is not None:
            authors = authors or byline[0]
        elif len(line) <= 80 and (read_time(line, country) or bare in known):
            pass
        else:
            break
        at += 1
    return lines[at:], authors


def _is_any_of(line: str, titles: tuple[str, ...]) -> bool:
    return any(_alike(line, title) for title in titles)


def _alike(line: str, title: str) -> bool:
    return re.sub(r"\W+", "", line.casefold()) == re.sub(r"\W+", "", title.casefold())


def _is_body(text: str) -> bool:
    words = len(text.split())
    ideographs = sum(1 for c in text if c > "\u2e80")
    if words < LEAST_WORDS and ideographs < 4 * LEAST_WORDS:
        return False
    return _SENTENCE_END.search(text) is not None or words >= 100


def _shown_date(tree: HtmlElement, country: str | None) -> Stamp | None:
    """The first full date in a short text near the top of the page: the last resort."""
    seen = 0
    for element in tree.iter("p", "span", "div", "td", "small", "em", "b", "i", "font", "li"):
        text = " ".join((element.text or "").split())
        if not 6 <= len(text) <= 100:
            continue
        seen += 1
        stamp = find_time(text, country)
        if stamp is not None and not is_placeholder(stamp):
            return stamp
        if seen > 150:
            break
    return None
