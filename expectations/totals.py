"""A run's counts so far, and the aggregate expectations that look at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from expectations.model import Expectation
from warehouse.tables import ARTICLE_TABLES, ARTICLES, DATES, FIGURES, MENTIONS, Row

ENGLISH = (None, "en")
#: Tables that a reader of text fills: a reader that fell silent shows in one of them.
ENRICHMENTS = (MENTIONS, DATES, FIGURES)


@dataclass(frozen=True)
class Totals:
    """Counts of one run over its batches so far.

    ``articles`` counts rows of articles, ``read`` those whose text was read (English, no
    duplicate), ``undated`` and ``without_entities`` are shares of these two. ``made`` and
    ``quarantined`` count rows by table, each row once; what is not quarantined passed.
    """

    articles: int = 0
    undated: int = 0
    read: int = 0
    without_entities: int = 0
    made: Mapping[str, int] = field(default_factory=dict)
    quarantined: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.articles + other.articles,
            self.undated + other.undated,
            self.read + other.read,
            self.without_entities + other.without_entities,
            _sum(self.made, other.made),
            _sum(self.quarantined, other.quarantined),
        )

    @property
    def passed(self) -> dict[str, int]:
        return {name: made - self.quarantined.get(name, 0) for name, made in self.made.items()}

    @property
    def rows_made(self) -> int:
        return sum(self.made.values())

    @property
    def rows_quarantined(self) -> int:
        return sum(self.quarantined.values())

    @property
    def rows_passed(self) -> int:
        return self.rows_made - self.rows_quarantined


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}


def count(rows: Mapping[str, Sequence[Row]], quarantined: Mapping[str, int]) -> Totals:
    """The counts of one batch: its rows as they were made, and how many may not pass."""
    articles = rows.get(ARTICLES.name, ())
    named = {row["article_id"] for row in rows.get("entities", ())}
    read = [r for r in articles if r["duplicate_of"] is None and r["language"] in ENGLISH]
    return Totals(
        articles=len(articles),
        undated=sum(row["published_date"] is None for row in articles),
        read=len(read),
        without_entities=sum(row["article_id"] not in named for row in read),
        made={name: len(some) for name, some in rows.items()},
        quarantined=dict(quarantined),
    )


@dataclass(frozen=True)
class Limits:
    """What an operator may set. Shares are of 1.

    ``from_articles``: how many articles of the run must have been seen before anything is
    judged. ``batch_articles``: how many read articles a batch must have for its own rows to be
    compared with the run's: fewer differ by chance. ``kept``: the least part of the run's rows
    an article that a batch may have. ``rows_an_article``: the least rows of each table that the
    read articles of a run have on average.
    """

    from_articles: int = 200
    without_entities: float = 0.2
    undated: float = 0.5
    quarantined: float = 0.05
    batch_articles: int = 50
    kept: float = 0.25
    rows_an_article: Mapping[str, float] = field(
        default_factory=lambda: {"mentions": 1.0, "dates": 0.1, "figures": 0.1}
    )


@dataclass(frozen=True)
class Aggregate:
    """An aggregate expectation with the value seen and the limits it has to keep.

    ``observed`` is None where there is nothing to divide by; ``judged`` is False while the run
    has too few articles for the value to mean something.
    """

    expectation: Expectation
    observed: float | None
    least: float | None
    most: float | None
    judged: bool


def aggregates(before: Totals, batch: Totals, limits: Limits) -> list[Aggregate]:
    """Every aggregate expectation of a batch; ``before`` are the counts without the batch."""
    so_far = before + batch
    judged = so_far.articles >= limits.from_articles
    found = [
        _share(
            ARTICLES.name,
            "entities_found",
            f"at most {limits.without_entities:.0%} of the English articles to name no entity",
            (so_far.without_entities, so_far.read),
            limits.without_entities,
            judged,
        ),
        _share(
            ARTICLES.name,
            "publication_dated",
            f"at most {limits.undated:.0%} of the articles to have no publication date",
            (so_far.undated, so_far.articles),
            limits.undated,
            judged,
        ),
    ]
    found += [
        _share(
            table.name,
            "rows_pass",
            f"at most {limits.quarantined:.0%} of the rows in quarantine",
            (so_far.quarantined.get(table.name, 0), so_far.made.get(table.name, 0)),
            limits.quarantined,
            judged,
        )
        for table in ARTICLE_TABLES
    ]
    for table in ENRICHMENTS:
        least = limits.rows_an_article.get(table.name, 0.0)
        found.append(
            Aggregate(
                Expectation(
                    table.name,
                    "rows_an_article",
                    None,
                    f"at least {least:g} rows an article on average",
                    "aggregate",
                ),
                _ratio(so_far.made.get(table.name, 0), so_far.read),
                least,
                None,
                judged,
            )
        )
    enough = before.articles >= limits.from_articles and batch.read >= limits.batch_articles
    for table in ENRICHMENTS:
        usual = _ratio(before.made.get(table.name, 0), before.read)
        here = _ratio(batch.made.get(table.name, 0), batch.read)
        found.append(
            Aggregate(
                Expectation(
                    table.name,
                    "no_sudden_drop",
                    None,
                    f"rows an article to be at least {limits.kept:.0%} of what the run had before",
                    "aggregate",
                ),
                None if not usual or here is None else here / usual,
                limits.kept,
                None,
                enough,
            )
        )
    return found


def _share(
    table: str,
    name: str,
    description: str,
    counts: tuple[int, int],
    most: float,
    judged: bool,
) -> Aggregate:
    expectation = Expectation(table, name, None, description, "aggregate")
    return Aggregate(expectation, _ratio(*counts), None, most, judged)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
