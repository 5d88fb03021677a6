"""What does the page of an article show? Its text with every row marked, every row with its mark,
and the other articles of its story."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from pages import article_lists, links, words
from pages.article_rows import Article, read
from pages.article_text import KINDS, marked, spans
from pages.explained import corrected
from pages.references import references
from pages.row_lists import Lists
from pages.sayings import Named, quoted
from pages.site import File, Site
from warehouse.catalog import LAKE
from warehouse.columns import Row

TEMPLATE = "article"
#: How many other carriers of a story are named.
CARRIERS = 20
#: How often each rule was tried where the answer is known, and how often it was right.
Measured = Mapping[tuple[str, str], tuple[int, int]]


@dataclass(frozen=True)
class Rule:
    """A rule that read rows of the page: its place on it, how many rows, and how it is measured."""

    place: str
    table: str
    name: str
    rows: int
    seen: int
    right: int


def pages(site: Site) -> Iterator[File]:
    """A page for each article that has one, and the lists that lead to them."""
    measured = {
        (row["reader"], row["rule"]): (row["seen"], row["right"]) for row in _rules_measured(site)
    }
    named = Named("", site.entity_ids, site.article_ids, references(site).countries)
    for article in read(site):
        here = replace(named, page=links.article(article.article_id))
        yield _page(site, article, here, measured)
    yield from article_lists.pages(site)


def _rules_measured(site: Site) -> list[Row]:
    """How often each rule was right; nothing in a lake that no run has given its references."""
    if not site.ask(
        f"SELECT 1 AS one FROM duckdb_tables() WHERE database_name = '{LAKE}' "
        "AND table_name = 'ref_rules'"
    ):
        return []
    return site.ask(
        "SELECT reader, rule, gold_seen::INT + sets_seen::INT AS seen, "
        'gold_right::INT + sets_right::INT AS "right" FROM lake.ref_rules ORDER BY ALL'
    )


def _page(site: Site, article: Article, named: Named, measured: Measured) -> File:
    row = article.row
    found = spans(row["text"], article.rows)
    placed = frozenset(span.row_id for span, _ in found)
    used = _rules(article, measured)
    places = {(rule.table, rule.name): rule.place for rule in used}
    return site.page(
        named.page,
        TEMPLATE,
        article=row,
        url=_web(row["url"]),
        text=marked(row["text"], found),
        sections=list(Lists(article, named, placed, places).sections()),
        rules=used,
        notes=[Markup(note) for note in _notes(article)],
        carriers=[Markup(_carrier(one, named)) for one in article.carriers[:CARRIERS]],
        more_carriers=max(len(article.carriers) - CARRIERS, 0),
        original=next(
            (
                Markup(_carrier(one, named))
                for one in article.carriers
                if one["article_id"] == row["duplicate_of"]
            ),
            None,
        ),
    )


def _web(url: str | None) -> str | None:
    """An address, if it is one of the web."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


def _rules(article: Article, measured: Measured) -> list[Rule]:
    """Each rule that read something here, once."""
    used = Counter(
        (table, rule)
        for table in KINDS
        for row in article.rows[table]
        if row["rule"]
        for rule in row["rule"].split("+")
    )
    return [
        Rule(f"u{number}", table, rule, rows, *measured.get((table, rule), (0, 0)))
        for number, ((table, rule), rows) in enumerate(sorted(used.items()))
    ]


def _notes(article: Article) -> Iterator[str]:
    """What checks doubt of the article itself, and people corrected."""
    key = ("articles", article.article_id)
    for row in article.doubts.get(key, ()):
        yield f"A check doubts this article: {quoted(row['detail'])}"
    yield from map(corrected, article.corrections.get(key, ()))


def _carrier(row: Row, named: Named) -> str:
    """Another article of the story, and how alike it is."""
    called = quoted(row["title"] or "Without a title")
    if row["article_id"] in named.article_ids:
        to = links.relative(named.page, links.article(row["article_id"]))
        called = f'<a href="{html.escape(to)}">{called}</a>'
    told = [called, quoted(row["publisher"] or row["source"] or "an unknown publisher")]
    if row["published_date"]:
        told.append(words.day(row["published_date"]))
    if row["duplicate_of"]:
        told.append("a duplicate")
    if row["similarity"] is not None:
        told.append(f"{row['similarity']:.0%} like the story's first article")
    return ", ".join(told)
