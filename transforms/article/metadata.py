"""What a page says of its article outside the body: JSON-LD, meta elements, microdata.

Each column has its candidates in the order in which pages are right about them; the first that
can be read is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml.html import HtmlElement

from transforms.article.address import canonical_url
from transforms.article.houses import house_of
from transforms.article.page import (
    Page,
    addresses,
    line_of,
    meta_names,
    read_page,
    text_of,
    types_of,
)
from transforms.article.page_authors import read_authors
from transforms.article.page_times import read_modified, read_published
from transforms.article.publishers import country_of_address
from transforms.article.times import Stamp


@dataclass
class Metadata:
    """What the page says; times are as written. ``headings`` are all wordings of its title,
    ``country`` is the one by whose manner its dates are read."""

    title: str | None = None
    headings: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: Stamp | None = None
    modified: Stamp | None = None
    url: str | None = None
    language: str | None = None
    body: str | None = None
    country: str | None = None


def read_metadata(
    tree: HtmlElement, country: str | None = None, address: str | None = None
) -> Metadata:
    """The metadata of a page, from its tree, which is left as it is.

    ``country`` is its source's; without it that of the page's site counts. ``address`` is where the
    page was found, which counts if it names none of its own.
    """
    page = read_page(tree, country)
    url = _url(page)
    found_at = canonical_url(url) or canonical_url(address)
    if country is None and found_at is not None:
        page.country = country_of_address(found_at)
    return Metadata(
        title=_title(page),
        headings=_headings(page),
        authors=read_authors(page),
        publisher=house_of(_publishers(page), found_at),
        published=read_published(page, found_at),
        modified=read_modified(page),
        url=url,
        language=_language(page),
        body=text_of(page.article.get("articleBody")),
        country=page.country,
    )


def _title(page: Page) -> str | None:
    site = next(iter(_publishers(page)), None)
    headline = _without_site(line_of(page.article.get("headline")), site)
    shown = [h for h in (line_of(h.text_content()) for h in page.tree.iter("h1")) if h]
    shared = next((line_of(title) for title in page.metas.get("og:title", ())), None)
    if shared in shown:
        return shared
    if shared and _LIVE in types_of(page.article):
        # the headline is that of the newest entry; what is shared tells what all of it is of
        return _without_site(shared, site)
    if headline and not _CUT.search(headline):
        return headline
    for written in (headline, *page.first(meta_names("title"))):
        title = _without_site(line_of(written), site)
        if title:
            # the headline on the page says more than one cut for sharing
            whole = next((h for h in shown if _begins(h, title)), None)
            if whole or title != headline:
                return whole or title
    if len(shown) == 1:
        return shown[0]
    element = page.tree.find(".//title")
    return _without_site(line_of(element.text_content()), site) if element is not None else headline


#: What JSON-LD calls a page that is written on while things happen.
_LIVE = "LiveBlogPosting"
_CUT = re.compile(r"[.… ]*(?:\.\.\.|…)$")


def _begins(whole: str, cut: str) -> bool:
    """Whether a headline begins with one that was cut, whatever its quotes look like."""
    return _straight(whole).startswith(_straight(_CUT.sub("", cut)))


def _straight(text: str) -> str:
    return text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})


def _headings(page: Page) -> tuple[str, ...]:
    site = next(iter(_publishers(page)), None)
    written = [page.article.get("headline"), page.article.get("alternativeHeadline")]
    written += page.first(meta_names("title"))
    written += [element.text_content() for element in page.tree.iter("h1", "title")]
    titles = (_without_site(line_of(value), site) for value in written)
    return tuple(dict.fromkeys(title for title in titles if title))


def _without_site(title: str | None, site: str | None) -> str | None:
    """The title without the site's name behind a bar or a dash."""
    if not title:
        return None
    parts = re.split(r"\s+[|»·]\s+|\s+[-–—]\s+", title)
    if site and len(parts) > 1:
        names = {site.casefold(), site.casefold().removeprefix("the ")}
        while len(parts) > 1 and parts[-1].casefold().removeprefix("the ") in names:
            title = title[: title.rindex(parts.pop())].rstrip(" |»·-–—")
    return title


def _publishers(page: Page) -> list[str]:
    """What the page names as its publisher, the surest first."""
    value = page.article.get("publisher")
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict) and not value.get("name") and value.get("@id"):
        same = [n for n in page.nodes if n.get("@id") == value["@id"] and n.get("name")]
        value = same[0] if same else value
    written = [value.get("name") if isinstance(value, dict) else value]
    written += page.first(meta_names("publisher"))
    lines = (line_of(name) for name in written)
    return [line for line in lines if line and not line.startswith(("http", "@"))]


def _url(page: Page) -> str | None:
    base = next(iter(page.metas.get("og:url", ())), None)
    for address in addresses(page):
        if address.startswith(("http://", "https://")):
            return address
        if base and base.startswith("http"):
            return urljoin(base, address)
    entity = page.article.get("mainEntityOfPage")
    entity = entity.get("@id") if isinstance(entity, dict) else entity
    for written in (page.article.get("url"), entity):
        if isinstance(written, str) and written.startswith(("http://", "https://")):
            return written
    return None


def _language(page: Page) -> str | None:
    value = page.article.get("inLanguage")
    value = value.get("name") or value.get("alternateName") if isinstance(value, dict) else value
    if isinstance(value, str) and value:
        return value
    declared: str | None = page.tree.get("lang") or page.tree.get(
        "{http://www.w3.org/XML/1998/namespace}lang"
    )
    if declared:
        return declared
    return next(page.first(["og:locale", "content-language", "dc.language", "language"]), None)
