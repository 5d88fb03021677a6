"""Where does each page lie? Addresses from the site's first folder, and from page to page."""

from __future__ import annotations

import datetime as dt
import hashlib
import re

OVERVIEW = "index.html"
QUESTIONS = "questions/index.html"
ARTICLES = "articles/index.html"
ENTITIES = "names/index.html"
SOURCES = "sources/index.html"
SEARCH = "search/index.html"
DOWNLOADS = "data/index.html"
QUALITY = "quality/index.html"
VEGA = "assets/vega.js"
WORLD = "assets/world.js"

_PLAIN = re.compile(r"[^a-z0-9]+")


def article(article_id: str, row_id: str | None = None) -> str:
    """The page of an article, or where the row stands on it."""
    page = f"articles/{article_id[:2]}/{article_id}.html"
    return page if row_id is None else f"{page}#{mark(row_id)}"


def articles(month: dt.date | None, number: int = 1) -> str:
    """A page of the list of a month's articles, or of those without a day."""
    name = "undated" if month is None else f"{month:%Y-%m}"
    return f"articles/{name}{'' if number == 1 else f'-{number}'}.html"


def mark(row_id: str) -> str:
    """The name of the place in an article's text that a row was read from."""
    return f"m-{row_id}"


def row(row_id: str) -> str:
    """The name of the place where an article's page lists a row."""
    return f"r-{row_id}"


def entity(entity_id: str) -> str:
    return f"names/{entity_id[:2]}/{entity_id}.html"


def question(view: str, number: int = 1) -> str:
    """The page of a question, or another one of its rows."""
    return f"questions/{view}.html" if number == 1 else f"questions/{view}-{number}.html"


def piece(page: str) -> str:
    """The script that holds the data of a page's charts."""
    return page.removesuffix(".html") + ".js"


def data(name: str, ending: str) -> str:
    """A table or view to take away: ``csv`` or ``parquet``."""
    return f"data/{name}.{ending}"


def source(name: str) -> str:
    """The page of a source or publisher, whatever its name is made of."""
    plain = _PLAIN.sub("-", name.lower()).strip("-")[:40] or "source"
    return f"sources/{plain}-{hashlib.sha256(name.encode()).hexdigest()[:8]}.html"


def relative(page: str, to: str) -> str:
    """How a page names another place of the site."""
    path, hash_, name = to.partition("#")
    if path == page and hash_:
        return f"#{name}"
    here, there = page.split("/")[:-1], path.split("/")
    same = 0
    while same < min(len(here), len(there) - 1) and here[same] == there[same]:
        same += 1
    return "../" * (len(here) - same) + "/".join(there[same:]) + hash_ + name
