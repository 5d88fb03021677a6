"""How is something found in the site without a server?

An index made with the site, of the words of names, titles and sentences, in pieces of which a page
loads those that a question needs. :mod:`pages.search.pieces` says how it is laid down,
``assets/search-index.js`` reads it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from pages import links, words
from pages.search.folding import LEFT_OUT
from pages.search.pieces import Index, script
from pages.search.reading import Article, Name, article_ids, articles, names
from pages.search.stretches import stretches
from pages.site import File, Site

#: The names' index beside those of the stretches, which are named by an article's id.
_NAMES = "names"
_START = "search/start.js"

#: What the types of names are called here.
_TYPES = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
    "WORK_OF_ART": "work",
}


def pages(site: Site) -> Iterator[File]:
    """The page of search and its index; memory does not grow beyond what a stretch needs."""
    by_stretch = ((ids[-1], articles(site, ids[::-1])) for ids in stretches(article_ids(site)))
    digest = hashlib.sha256()
    for file in index(names(site), by_stretch):
        digest.update(f"{file.path} {hashlib.sha256(file.data).hexdigest()}\n".encode())
        yield file
    # pieces are asked for by the index they are of: a browser may have kept those of an older one
    yield site.page(links.SEARCH, "search", start=_START, version=digest.hexdigest()[:12])


def index(
    named: Iterable[Name], by_stretch: Iterable[tuple[str, Iterable[Article]]]
) -> Iterator[File]:
    """The pieces of an index, and what a page must know of it first.

    Names come in the order in which they are shown, and the stretches, the newest first; but the
    articles of each begin with the oldest, so that newer ones change no number. A stretch has a
    name that no other has and that may stand in an address.
    """
    of_names = Index(_NAMES)
    for name in named:
        yield from of_names.add_name(_shown(name), (name.name, *name.spellings))
    yield from of_names.close()
    of_articles: list[dict[str, Any]] = []
    for called, stretch in by_stretch:
        one = Index(called)
        for article in stretch:
            yield from one.add_article(_head(article), article.title, article.sentences)
        yield from one.close()
        of_articles.append(one.directory())
    start = {
        "left": sorted(LEFT_OUT),
        "mark": links.mark(""),
        "names": of_names.directory(),
        "articles": of_articles,
    }
    yield File(_START, script("start", start))


def _shown(name: Name) -> list[Any]:
    return [
        links.relative(links.SEARCH, links.entity(name.entity_id)),
        name.name,
        _TYPES.get(name.entity_type, words.label(name.entity_type).lower()),
        words.counted(name.articles, "article"),
        list(name.spellings),
    ]


def _head(article: Article) -> list[str]:
    return [
        links.relative(links.SEARCH, links.article(article.article_id)),
        article.title,
        article.publisher,
        words.day(article.day) if article.day else "",
    ]
