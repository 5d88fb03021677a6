"""What is on the pages of articles? Read from the lake in portions, so that memory is bounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pages.article_text import KINDS
from pages.site import Site
from warehouse.columns import Row

#: How many articles are read at once.
PORTION = 200
_TOLD = "article_id, title, publisher, source, published_at, published_date, url"


@dataclass
class Article:
    """An article with its rows by table, each in the order of the text; what checks doubt and
    people corrected, by table and row; which figures of others say the same, by figure."""

    row: Row
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    #: the other articles of its story, the earliest first
    carriers: list[Row] = field(default_factory=list)
    doubts: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    corrections: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    repeats: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    @property
    def article_id(self) -> str:
        return str(self.row["article_id"])

    @property
    def plain(self) -> bool:
        """Whether nothing is doubted, corrected or repeated in it."""
        return not (self.doubts or self.corrections or self.repeats)


def read(site: Site) -> Iterator[Article]:
    """The articles that have a page, the newest first."""
    for offset in range(0, len(site.article_ids), PORTION):
        site.ask(
            "CREATE OR REPLACE TEMPORARY TABLE site_portion AS FROM site_articles "
            f"ORDER BY published_date DESC NULLS LAST, article_id LIMIT {PORTION} OFFSET {offset}"
        )
        yield from _portion(site)


def _portion(site: Site) -> Iterator[Article]:
    among = f"SEMI JOIN site_portion USING (article_id) WHERE {_days(site)}"
    found = site.ask(
        f"FROM lake.articles {among} ORDER BY published_date DESC NULLS LAST, article_id"
    )
    articles = {row["article_id"]: Article(row) for row in found}
    for table in KINDS:
        order = f"article_id, char_start, char_end DESC, {table[:-1]}_id"
        for row in site.ask(f"FROM lake.{table} {among} ORDER BY {order}"):
            articles[row["article_id"]].rows[table].append(row)
    order = "article_id, first_char, entity_id"
    for row in site.ask(f"FROM lake.entities {among} ORDER BY {order}"):
        articles[row["article_id"]].rows["entities"].append(row)
    for row in site.ask(
        "FROM lake.warnings SEMI JOIN site_portion USING (article_id) ORDER BY ALL"
    ):
        articles[row["article_id"]].doubts[row["table_name"], row["row_id"]].append(row)
    for row in site.ask(
        "FROM lake.corrections SEMI JOIN site_portion USING (article_id) ORDER BY ALL"
    ):
        articles[row["article_id"]].corrections[row["table_name"], row["row_id"]].append(row)
    for row in site.ask(_REPEATS):
        articles[row["portion_id"]].repeats[row["portion_figure_id"]].append(row)
    _carriers(site, articles)
    yield from articles.values()


def _days(site: Site) -> str:
    """The days of publication of a portion, by which files of other years are skipped."""
    ((first, last, undated),) = (
        tuple(row.values())
        for row in site.ask(
            "SELECT min(published_date), max(published_date), "
            "bool_or(published_date IS NULL) FROM site_portion"
        )
    )
    if first is None:
        return "published_date IS NULL"
    within = f"published_date BETWEEN DATE '{first}' AND DATE '{last}'"
    return f"({within} OR published_date IS NULL)" if undated else within


def _carriers(site: Site, articles: dict[str, Article]) -> None:
    stories: dict[str, list[Row]] = defaultdict(list)
    for row in site.ask(
        f"SELECT {_TOLD}, story_id, similarity, duplicate_of FROM lake.articles WHERE story_id IN "
        "(SELECT story_id FROM lake.articles SEMI JOIN site_portion USING (article_id)) "
        "ORDER BY published_at NULLS LAST, article_id"
    ):
        stories[row["story_id"]].append(row)
    for article in articles.values():
        article.carriers = [
            row
            for row in stories[article.row["story_id"]]
            if row["article_id"] != article.article_id
        ]


#: The figures of a portion that repeat one of another article or are repeated by one.
_REPEATS = f"""
WITH said AS (
  SELECT article_id AS portion_id, figure_id AS portion_figure_id, of_figure_id AS figure_id,
         'repeats' AS how
  FROM lake.repeats SEMI JOIN site_portion USING (article_id)
  UNION ALL
  SELECT of_article_id, of_figure_id, figure_id, 'repeated by'
  FROM lake.repeats WHERE of_article_id IN (SELECT article_id FROM site_portion)
)
SELECT portion_id, portion_figure_id, how, figure_id, surface, {_TOLD}
FROM said
JOIN (SELECT figure_id, article_id, surface FROM lake.figures) USING (figure_id)
JOIN (SELECT {_TOLD} FROM lake.articles) USING (article_id)
ORDER BY portion_id, portion_figure_id, how, published_at NULLS LAST, figure_id
"""
