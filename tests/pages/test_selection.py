"""Which articles and names have a page, and what the answers of a narrowed site are of."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.opening import Wish, opened
from pages.site import Site, asked_views
from pages.wanted import Choice, Limits
from warehouse.errors import SqlError


def ids(site: Site, sql: str) -> set[str]:
    return {next(iter(row.values())) for row in site.ask(sql)}


def test_everything_has_a_page_in_a_small_lake(samples: Path) -> None:
    with opened(samples, None, Wish()) as here:
        every = ids(here.site, "SELECT article_id FROM lake.articles")
        names = ids(here.site, "SELECT DISTINCT entity_id FROM lake.entities")
        assert here.site.article_ids == every
        assert here.site.entity_ids == names
        assert here.chosen.articles == here.chosen.shown_articles == len(every)
        assert here.chosen.entities == here.chosen.shown_entities == len(names)


def test_answers_come_first_then_the_newest_and_the_names_that_most_articles_name(
    samples: Path,
) -> None:
    with opened(samples, None, Wish(limits=Limits(articles=12, entities=5, rows=1))) as here:
        site = here.site
        assert (here.chosen.shown_articles, here.chosen.shown_entities) == (12, 5)
        shown = set[str]()
        for name in asked_views():
            if "article_id" in site.ask(f"FROM {site.view(name)} LIMIT 1")[0]:
                first = f"SELECT article_id FROM {site.view(name)} WHERE row_no = 1"
                shown |= ids(site, first)
        assert shown <= site.article_ids
        rest = sorted(site.article_ids - shown)
        oldest = site.ask(
            "SELECT min(published_at) AS at FROM lake.articles WHERE article_id IN "
            f"('{"', '".join(rest)}')"
        )[0]["at"]
        left_out = ids(
            site,
            f"SELECT article_id FROM lake.articles WHERE published_at > TIMESTAMP '{oldest}'",
        )
        conflicting = ids(
            site,
            "SELECT article_id FROM lake.figures WHERE figure_id IN (SELECT "
            f"unnest([lower_figure_id, higher_figure_id]) FROM {site.view('conflicting_counts')})",
        )
        assert conflicting <= site.article_ids
        assert left_out <= site.article_ids
        most = site.ask("FROM site_named ORDER BY articles DESC LIMIT 5")
        assert min(row["articles"] for row in site.ask("FROM site_entities")) == min(
            row["articles"] for row in most
        )


def test_a_choice_narrows_articles_and_answers(samples: Path) -> None:
    choice = Choice(category="killed", since="2025")
    with opened(samples, None, Wish(choice=choice)) as here:
        site = here.site
        with_figures = ids(
            site,
            "SELECT f.article_id FROM lake.figures AS f JOIN lake.articles AS a USING (article_id) "
            "WHERE f.category = 'killed' AND a.published_date >= DATE '2025-01-01'",
        )
        assert 0 < len(with_figures) < 36
        assert site.article_ids == with_figures
        assert ids(site, f"SELECT category FROM {site.view('latest_counts')}") == {"killed"}
        newest = f"SELECT published_date >= DATE '2025-01-01' FROM {site.view('quotes')}"
        assert ids(site, newest) <= {True}


def test_a_country_is_chosen_by_its_name_if_somebody_knows_its_code(samples: Path) -> None:
    known = {"Russia": "RUS"}
    wish = Wish(choice=Choice(place="Russia"), code_of=known.get)
    with opened(samples, None, wish) as here:
        places = f"SELECT place_country FROM {here.site.view('figure_details')}"
        assert ids(here.site, places) == {"RUS"}


@pytest.mark.parametrize("choice", [Choice(since="yesterday"), Choice(until="2024-13-01")])
def test_a_day_that_is_none_is_told(samples: Path, choice: Choice) -> None:
    with pytest.raises(SqlError), opened(samples, None, Wish(choice=choice)):
        pass
