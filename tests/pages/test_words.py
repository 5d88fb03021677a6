"""How values are written for people, and where pages lie."""

from __future__ import annotations

import datetime as dt
from posixpath import dirname, join, normpath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages import links, words


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        (0, "0"),
        (12000.0, "12,000"),
        (1234567, "1,234,567"),
        (2.5, "2.5"),
        (0.00001, "1e-05"),
        (1e30, "1e+30"),
        (float("inf"), "inf"),
        (True, "yes"),
        (dt.date(2024, 5, 1), "1 May 2024"),
        (dt.datetime(2024, 5, 1, 9, 5), "1 May 2024, 09:05 UTC"),
        (["a", 3], "a, 3"),
        ("left\u202eright", "left[U+202E]right"),
    ],
)
def test_a_value_in_a_cell(value: Any, said: str) -> None:
    assert words.shown(value) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2024-05-01", "2024-05-01", "1 May 2024"),
        ("2024-05-01", "2024-05-31", "May 2024"),
        ("2023-12-01", "2023-12-31", "December 2023"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-05-01", "2024-05-03", "1 to 3 May 2024"),
        ("2024-05-30", "2024-06-02", "30 May to 2 June 2024"),
        ("2023-12-30", "2024-01-02", "30 December 2023 to 2 January 2024"),
        ("2024-05-01", "2024-06-30", "1 May to 30 June 2024"),
        (None, "2024-05-01", "1 May 2024"),
        (None, None, "–"),
        ("9999-12-31", "9999-12-31", "31 December 9999"),
        ("9999-01-01", "9999-12-31", "1 January to 31 December 9999"),
    ],
)
def test_a_stretch_of_days(start: str | None, end: str | None, said: str) -> None:
    first, last = (dt.date.fromisoformat(one) if one else None for one in (start, end))
    assert words.days(first, last) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 byte"), (812, "812 bytes"), (4100, "4.1 kB"), (41_000, "41 kB"), (12_400_000, "12 MB")],
)
def test_a_size(count: int, said: str) -> None:
    assert words.size(count) == said


def test_what_is_counted_and_listed() -> None:
    assert words.counted(1, "article") == "1 article"
    assert words.counted(2000, "story", "stories") == "2,000 stories"
    assert [words.listed(names) for names in ("", "a", "ab", "abc")] == [
        "", "a", "a and b", "a, b and c",
    ]  # fmt: skip


@given(st.text(min_size=1), st.text(min_size=1))
def test_sources_have_pages_of_their_own_whatever_they_are_called(one: str, other: str) -> None:
    pages = links.source(one), links.source(other)
    assert (pages[0] == pages[1]) == (one == other)
    assert all(page.isascii() and normpath(page) == page and " " not in page for page in pages)


_PAGES = st.sampled_from(
    [
        links.OVERVIEW,
        links.article("ab12"),
        links.article("ab12", "cd34"),
        links.entity("ef56"),
        links.question("quotes"),
        links.source("A & B"),
        links.data("figures", "csv"),
    ]
)


@given(_PAGES, _PAGES)
def test_a_page_names_another_from_where_it_lies(page: str, to: str) -> None:
    page = page.partition("#")[0]
    path, _, name = links.relative(page, to).partition("#")
    assert normpath(join(dirname(page), path) if path else page) == to.partition("#")[0]
    assert name == to.partition("#")[2]
