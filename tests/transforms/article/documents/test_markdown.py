"""Markdown: text without markup, front matter in YAML and TOML."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties import examples
from tests.transforms.article.inputs import article, raw, reject
from transforms.article import read_article
from transforms.model import MARKDOWN

BODY = """
# Dam above *Lota* holds

The **dam** above [Lota](https://a.example "x") held through
the night, officials said.

> Nobody slept, said `Ana`.

<!-- a note -->
<div class="x">A box &amp; its text.</div>

## What comes next

- 1,200 people left
- 40 stayed

| village | left |
| --- | ---: |
| Coronel | 700 |
| Arauco | 500 |

![A picture](a.png)
"""
LINES = [
    "The dam above Lota held through the night, officials said.",
    "Nobody slept, said Ana.",
    "A box & its text.",
    "What comes next",
    "1,200 people left",
    "40 stayed",
    "village | left",
    "Coronel | 700",
    "Arauco | 500",
]


def test_the_text_has_no_markup() -> None:
    found = article(BODY, MARKDOWN)
    assert found.text.split("\n") == LINES
    assert found.title == "Dam above Lota holds"


YAML = """---
title: 'Water: it rose'
date: 2025-03-04 10:00:00 -03:00
author: Ana Rojas
lang: en
canonical_url: https://post.example/a
lastmod: 2025-03-05
---
"""
TOML = """+++
title = "Water: it rose"
date = 2025-03-04T10:00:00-03:00
authors = ["Ana Rojas"]
language = "en"
url = "https://post.example/a"
updated = 2025-03-05
+++
"""
OTHER = """---
Title: 'Water: it rose'
pubDate: 2025-03-04T13:00:00Z
authors:
  - name: Ana Rojas
locale: en_GB
link: https://post.example/a
date-modified: 2025-03-05
...
"""


@pytest.mark.parametrize("matter", [YAML, TOML, OTHER], ids=["yaml", "toml", "other keys"])
def test_front_matter_is_stated(matter: str) -> None:
    found = article(matter + BODY, MARKDOWN)
    assert found.title == "Water: it rose"
    assert found.authors == ("Ana Rojas",)
    assert found.published_at == dt.datetime(2025, 3, 4, 13)
    assert found.version_at == dt.datetime(2025, 3, 5)
    assert found.url == "https://post.example/a"
    assert found.language == "en"
    assert "title" not in found.text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("---\ntitle: [x\n---\nThe dam held.", "malformed"),
        ("+++\ntitle =\n+++\nThe dam held.", "malformed"),
        ("---\ntitle: x\n---\n", "no_text"),
        ("![x](y.png)", "no_text"),
        ("word " * 20_000, "malformed"),
        ("word\n\n" * 100_000, "too_many_lines"),
    ],
)
def test_broken_ones_say_why(text: str, reason: str) -> None:
    found = reject(text, MARKDOWN)
    assert found.reason == reason


def test_aliases_of_yaml_do_no_harm() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    matter = "---\n" + "\n".join([*lines, "authors: *a59"]) + "\n---\n"
    assert article(matter + "The dam held through the night.", MARKDOWN).authors == ()


_PIECES = st.sampled_from(
    ["---\n", "+++\n", "title: ", "date: ", "2025-03-04", "\n", "\n\n", "# ", "- ", "> ", "```\n",
     "[",
     "](", ")", "|", "|-|", "<!--", "-->", "<div>", "*", "_", "`", "&amp;", "![", "The dam held. ",
     "&a", "*a", "{", "}", ": ", "!!python/x "]
)  # fmt: skip


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(_PIECES | st.text(max_size=6), max_size=40))
def test_no_pieces_of_markdown_make_it_raise(pieces: list[str]) -> None:
    payload = "".join(pieces).encode("utf-8", "replace")
    assert read_article(raw(payload, MARKDOWN)) == read_article(raw(payload, MARKDOWN))


def test_a_date_that_cannot_be_read_leaves_the_text_undated() -> None:
    for front in ("date: soon", "date: 0001-01-01", "date: 1970-01-01T00:00:00Z"):
        assert article(f"---\n{front}\n---\nThe dam held.", MARKDOWN).published_at is None
    other = article("---\ndate: soon\npublished: 2024-07-13\n---\nThe dam held.", MARKDOWN)
    assert str(other.published_date) == "2024-07-13"
