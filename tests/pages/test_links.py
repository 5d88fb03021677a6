"""Addresses from page to page."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages import links

_ADDRESSES = st.lists(
    st.sampled_from(("names", "ab", "all", "x.html")), min_size=1, max_size=4
).map("/".join)


@given(_ADDRESSES, _ADDRESSES)
def test_a_link_leads_from_where_the_page_lies_to_the_other(page: str, to: str) -> None:
    led = posixpath.join(posixpath.dirname(page), links.relative(page, to))
    assert posixpath.normpath(led) == to


@pytest.mark.parametrize(
    ("page", "to", "link"),
    [
        ("index.html", "names/index.html", "names/index.html"),
        ("names/ab/x.html", "names/ab/y.html", "y.html"),
        ("names/ab/x.html", "articles/01/z.html#m-1", "../../articles/01/z.html#m-1"),
        ("names/ab/x.html", "names/ab/x.html#said", "#said"),
        ("names/ab/x.html", "names/ab/x.html", "x.html"),
    ],
)
def test_links_are_as_short_as_they_can_be(page: str, to: str, link: str) -> None:
    assert links.relative(page, to) == link


def test_sources_have_addresses_of_their_own_whatever_their_names() -> None:
    names = ["Post", "post", "Post!", "", "../../x", "Ö" * 10_000, "a/b", "a b"]
    made = [links.source(name) for name in names]
    assert len(set(made)) == len(names)
    assert all(len(one) < 80 and one.count("/") == 1 for one in made)
