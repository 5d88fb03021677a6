"""Publishers of one house have one name; what a site says of itself is none."""

from __future__ import annotations

import json

import pytest

from tests.transforms.article.inputs import HTML, JSONL, article, raw
from tests.transforms.article.test_html import json_ld, page
from transforms.article import read_article
from transforms.article.houses import is_slogan
from transforms.model import Article, Source


def publisher(*names: str, at: str = "https://quaypost.example/a") -> str | None:
    """Of a page with a name in its JSON-LD and others in meta elements."""
    head = f'<link rel="canonical" href="{at}">'
    if names:
        house = {"@type": "Organization", "name": names[0]}
        head += json_ld({"@type": "NewsArticle", "headline": "Ferry strike", "publisher": house})
    for key, name in zip(("og:site_name", "application-name"), names[1:], strict=False):
        head += f'<meta property="{key}" content="{name}">'
    return article(page(head, "<h1>Ferry strike</h1>"), HTML).publisher


@pytest.mark.parametrize(
    ("names", "at", "expected"),
    [
        (("Metro",), "https://metro.co.uk/a", "Metro"),
        (("Metro.co.uk",), "https://metro.co.uk/a", "Metro"),
        (("Metro.co.uk",), "https://quaypost.example/a", "Metro"),
        (("Metro News",), "https://metro.co.uk/a", "Metro"),
        (("mirror", "The Mirror"), "https://www.mirror.co.uk/a", "The Mirror"),
        (("Nine.com.au",), "https://www.nine.com.au/a", "Nine News"),
        (("www.express.co.uk",), "https://www.express.co.uk/a", "Daily Express"),
        # a name that nobody knows, on the site of a known house
        (("U.S.",), "https://www.reuters.com/a", "Reuters"),
        ((), "https://m.metro.co.uk/a", "Metro"),
        # an agency's report on another's site is the agency's
        (("Associated Press",), "https://metro.co.uk/a", "Associated Press"),
        # names that are in no table
        (("Quay Post",), "https://quaypost.example/a", "Quay Post"),
        (("QuayPost.example", "Quay Post"), "https://quaypost.example/a", "Quay Post"),
        (("QuayPost.example", "quaypost"), "https://quaypost.example/a", "QuayPost.example"),
        # a name and a slogan
        (("Quay Post | Ferries | Ports | Crews",), "https://quaypost.example/a", "Quay Post"),
        (("Ports and ferries - Quay Post",), "https://quaypost.example/a", "Quay Post"),
        (("Ferries, ports and crews | The Jerusalem Post",), "https://x.example/a",
         "Jerusalem Post"),
        # a slogan alone is none
        (("Breaking news from the coast",), "https://quaypost.example/a", None),
        (("Breaking news from the coast", "Quay Post"), "https://quaypost.example/a", "Quay Post"),
        (("All that sails. And more!",), "https://quaypost.example/a", None),
        (("Your guide to Lissa",), "https://metro.co.uk/a", "Metro"),
        (("@quaypost",), "https://quaypost.example/a", None),
        (("https://quaypost.example", "https://quaypost.example"), "https://quaypost.example/a",
         None),
    ],
)  # fmt: skip
def test_a_house_has_one_name(names: tuple[str, ...], at: str, expected: str | None) -> None:
    assert publisher(*names, at=at) == expected


def test_names_are_no_slogans() -> None:
    for name in ("Ministry of Foreign Affairs of the Republic of Lissa", "Your Lissa", "Quay Post",
                 "The Latest", "Harbour and Coast Weekly", "Como Educar Seus Filhos"):  # fmt: skip
        assert not is_slogan(name), name
    assert is_slogan("Latest Lissa News")
    assert not is_slogan("Latest Lissa News", "latestlissanews.example")
    assert is_slogan("News, sport and opinion from the coast's western edition")


def test_a_record_s_publisher_has_one_name_and_a_slogan_leaves_it_to_the_setting() -> None:
    def told(**values: str) -> str | None:
        payload = json.dumps({"text": "The port opened again.", **values})
        found = read_article(raw(payload, JSONL, source=Source("desk", publisher="Quay Post")))
        assert isinstance(found, Article)
        return found.publisher

    assert told(publisher="Metro.co.uk") == "Metro"
    assert told(publisher="Harbour Weekly") == "Harbour Weekly"
    assert told(publisher="Breaking news from the coast") == "Quay Post"
    assert told() == "Quay Post"
