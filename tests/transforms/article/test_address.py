"""Addresses: one spelling for each, and one key for all those of an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.article.address import (
    address_key,
    canonical_url,
    country_of_host,
    ids_of_address,
)
from transforms.reference import reference

STORY = "https://www.harbour-post.example/news/2024/07/13/ferry-strike"
BARE = STORY.replace("www.", "")


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://EXAMPLE.org/a?utm_source=x&id=3&fbclid=1", "https://example.org/a?id=3"),
        ("https://example.org:443/a/#comments", "https://example.org/a/"),
        ("http://example.org:8080/a%7Eb", "http://example.org:8080/a~b"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://example.org/?p=12", "https://example.org/?p=12"),
        ("https://example.org/a?spm=C1.2&gclid=x&b&from=home", "https://example.org/a?b="),
        ("https://example.org/caf%E9?q=caf%E9", "https://example.org/caf%E9?q=caf%E9"),
        ("https://example.org/a;jsessionid=4F?b=1", "https://example.org/a?b=1"),
        ("https://www.google.com/amp/s/post.example/a", "https://post.example/a"),
        ("https://www.google.co.uk/amp/post.example/a%3Fid%3D3%26amp", "http://post.example/a?id=3"),
        (
            "https://www-post-example.cdn.ampproject.org/c/s/www.post.example/a?amp_js_v=0.1",
            "https://www.post.example/a",
        ),
        ("https://post-example.cdn.ampproject.org/v/post.example/a?id=1",
         "http://post.example/a?id=1"),
        ("https://www.google.com/search?q=ferry", "https://www.google.com/search?q=ferry"),
        ("https://www.google.com/amp/s/post.example/", None),
        ("https://example.org/", None),
        ("https://example.org/?utm_source=x", None),
        ("https://example.org", None),
        ("/only/a/path", None),
        ("ftp://example.org/a", None),
        ("mailto:a@example.org", None),
        ("https://[bad/a", None),
        ("https://[::ffff:10.0.0.1]/a", None),
        ("https://two words.example/a", None),
        ("https://example.org/\ud800", None),
        ("not an address", None),
        ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_addresses_have_one_spelling(written: str | None, url: str | None) -> None:
    assert canonical_url(written) == url
    if url is not None:
        assert canonical_url(url) == url


def key(written: str) -> str:
    url = canonical_url(written)
    assert url is not None
    return address_key(url)


@pytest.mark.parametrize(
    "written",
    [
        STORY,
        STORY.replace("https", "http"),
        f"{STORY}/",
        f"{STORY}/index.html",
        BARE,
        BARE.replace("://", "://m."),
        BARE.replace("://", "://mobile."),
        BARE.replace("://", "://amp."),
        BARE.replace("://", "://www.amp."),
        f"{STORY}/amp",
        f"{STORY}/amp/",
        f"{STORY}.amp",
        STORY.replace("/news", "/amp/news"),
        f"{STORY}?amp",
        f"{STORY}?amp=1",
        f"{STORY}?outputType=amp",
        f"{STORY}/?utm_medium=mail&utm_source=letter",
        f"{STORY}?spm=C94212.PZmRfaLbDrpt.S83334.1",
        f"{STORY}?from=timeline&isappinstalled=0",
        f"{STORY}?ref=home-page&source=twitter&fbclid=a&gclid=b",
        f"https://www.google.com/amp/s/{STORY.removeprefix('https://')}",
        f"https://harbour-post.cdn.ampproject.org/c/s/{STORY.removeprefix('https://')}/amp?usqp=x",
    ],
)
def test_addresses_of_one_article_have_one_key(written: str) -> None:
    assert key(written) == BARE
    assert key(key(written)) == BARE


SHOW = "https://post.example/show"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *((f"{SHOW}?{name}=1", f"{SHOW}?{name}=2") for name in (
            "id", "p", "article", "articleid", "cid", "uid", "eid", "sid", "newsid", "page", "lang",
            "source", "from", "ref", "src", "via", "m", "print", "amp", "format", "mode",
        )),
        (f"{SHOW}?4711", f"{SHOW}?4712"),
        (f"{SHOW}?source=ferry-strike-in-lissa", f"{SHOW}?source=ferry-strike-in-oslo"),
        (f"{SHOW}?q=caf%E9", f"{SHOW}?q=caf%E8"),
        ("https://en.post.example/a", "https://de.post.example/a"),
        ("https://mobile.co.uk/a", "https://m.co.uk/a"),
        ("https://m.example/a", "https://example.org/a"),
        ("https://post.example:8080/a", "https://post.example/a"),
        ("https://post.example/a/amplifier", "https://post.example/a/"),
        ("https://post.example/amp", "https://post.example/mobile"),
        ("https://post.example/a.amped", "https://post.example/a"),
        ("https://post.example/A", "https://post.example/a"),
    ],
)  # fmt: skip
def test_addresses_of_different_articles_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


LABELS = st.sampled_from(("www", "m", "amp", "mobile", "en", "post", "co", "uk", "example", "com"))
STEPS = st.sampled_from(
    ("amp", "index.html", "a.amp", "a.amp.html", "a", "", "b%2Fc", ".amp", "%E9")
)
PAIRS = st.sampled_from(
    ("amp=1", "from=home", "id=3", "utm_a=b", "amp", "b=%E9", "m=1", "", "c=d+e")
)
HEADS = st.sampled_from(
    ("", "www.google.com/amp/s/", "x.cdn.ampproject.org/c/", "x:80/", "x.y:443/")
)


@given(
    st.sampled_from(("http", "https")),
    st.lists(HEADS, max_size=3),
    st.lists(LABELS, min_size=1, max_size=5),
    st.lists(STEPS, max_size=4),
    st.lists(PAIRS, max_size=3),
)
def test_addresses_that_are_put_together_are_their_own(
    scheme: str, heads: list[str], host: list[str], path: list[str], query: list[str]
) -> None:
    tail = f"?{'&'.join(query)}" if query else ""
    is_its_own(f"{scheme}://{''.join(heads)}{'.'.join(host)}/{'/'.join(path)}{tail}")


@given(st.text(max_size=80))
def test_whatever_stands_behind_the_host_is_its_own(text: str) -> None:
    is_its_own(f"https://example.org/{text}")
    is_its_own(f"http://{text}")


def is_its_own(written: str) -> None:
    url = canonical_url(written)
    if url is None:
        return
    assert canonical_url(url) == url
    told = address_key(url)
    assert address_key(told) == told
    assert canonical_url(told) == told
    assert ids_of_address(told) == ids_of_address(url)[:1]


def test_what_older_releases_called_an_article_is_known() -> None:
    assert len(ids_of_address(STORY)) == 2
    assert ids_of_address(BARE) == ids_of_address(STORY)[:1]


def test_parts_of_addresses_are_in_lower_case_and_stand_once() -> None:
    rows = reference("address_parts")
    kinds = {row["kind"] for row in rows}
    assert kinds == {"host", "path", "query", "cache", "suffix"}
    named = [(row["kind"], row["name"]) for row in rows]
    assert len(named) == len(set(named))
    for row in rows:
        assert row["name"] == row["name"].lower()
        assert bool(row["values"]) == (row["kind"] in ("query", "cache")), row


@pytest.mark.parametrize(
    ("host", "country"), [("www.example.co.uk", "GBR"), ("example.de", "DEU"), ("a.io", None),
                          ("example.com", None), ("example.zz", None)]
)  # fmt: skip
def test_country_domains_name_countries(host: str, country: str | None) -> None:
    assert country_of_host(host) == country
