"""An input over a limit is a reject that names the limit; one at it is read."""

from __future__ import annotations

import dataclasses
import json

import pytest

from tests.transforms.article.inputs import HTML, JSON, JSONL, PLAIN, raw
from transforms.article import read_article
from transforms.limits import DEFAULT, Limits
from transforms.model import Article, Reject
from warehouse.vocabulary import REJECT_REASONS

STORY = "On Monday some 300 people left the town of Oslo by boat, the mayor, Kari Holm, said."
SMALL = Limits(
    input_bytes=20_000,
    markup=15_000,
    tags=60,
    attributes=20,
    nesting=15,
    lines=10,
    characters=5_000,
    line=100,
)


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article><p>{STORY}</p>{body}</article></body></html>"


def record(**values: object) -> str:
    return json.dumps({"title": "Boats", "text": STORY, **values})


CASES = [
    # an input over it, its type, the reason, the limit it names; and the same at the limit
    (STORY + " " * 20_000, PLAIN, "too_large", "input_bytes", STORY + " " * 15_000),
    (page("<!--" + "x" * 15_000 + "-->"), HTML, "too_large", "markup", page("<!-- x -->" * 1000)),
    (page("<p>" * 60), HTML, "too_many_tags", "tags", page("<p>" * 50)),
    (page("<b>x</b>" * 500), HTML, "too_many_tags", "tags", page("<b>x</b>" * 50)),
    (
        page("<i " + " ".join(f"a{i}" for i in range(21)) + ">"),
        HTML,
        "too_many_attributes",
        "attributes",
        page("<i " + " ".join(f"a{i}='x y z > \"'" for i in range(20)) + ">"),
    ),
    (
        page("<i a='>' " + " ".join(f'a{i}="1"' for i in range(21))),
        HTML,
        "too_many_attributes",
        "attributes",
        page('<i class="' + "x " * 500 + '">'),
    ),
    (
        page("<script>'</script>" + "<i " + " ".join(f"a{i}" for i in range(21)) + ">"),
        HTML,
        "too_many_attributes",
        "attributes",
        page(f"<script>if (a<b && {'c || ' * 50} d>e) f('<i ' + g)</script><!-- <i {'a ' * 50}"),
    ),
    (page("<div>" * 15), HTML, "too_deep", "nesting", page("<div>" * 10)),
    (page("<p>One.</p>" * 8 + "<ul><li>" * 9), HTML, "too_deep", "nesting", page("<li>One." * 40)),
    (STORY + "\n" * 10 + STORY, PLAIN, "too_many_lines", "lines", STORY + "\n" * 9),
    (record(text=STORY + "\nYes." * 10), JSON, "too_many_lines", "lines", record()),
    ((STORY + " ") * 65, PLAIN, "too_long", "characters", (STORY + " ") * 55),
    (record(text="a " * 3000 + STORY), JSONL, "too_long", "characters", record(text="a " * 2000)),
    (record(title="Boats " * 20), JSON, "too_long", "line", record(title="Boats " * 15)),
    (record(url="https://example.org/" + "a" * 90), JSON, "too_long", "line", record()),
    (record(id="7" * 101), JSON, "too_long", "line", record(id="7" * 100)),
]


@pytest.mark.parametrize(("over", "media_type", "reason", "limit", "at"), CASES)
def test_what_is_over_a_limit_is_a_reject_that_names_it(
    over: str, media_type: str, reason: str, limit: str, at: str
) -> None:
    refused = read_article(raw(over, media_type), SMALL)
    assert isinstance(refused, Reject)
    assert refused.reason == reason
    assert f"limits.{limit} in dateline.toml allows more" in refused.detail
    assert f"at most {getattr(SMALL, limit):,} are read" in refused.detail
    assert isinstance(read_article(raw(at, media_type), SMALL), Article)
    assert isinstance(read_article(raw(over, media_type)), Article), "by default it is read"


_CODE = "for(e=0;e<n(t);e++){" + " var a = b;" * 1000 + "}"
_MANY = "<i " + " ".join(f"a{i}" for i in range(1001)) + ">"


@pytest.mark.parametrize(
    "code",
    [
        f"<script>{_CODE}</script>",
        f"<SCRIPT type='x>y'>{_CODE}</SCRIPT >",
        f"<style>{_CODE}</style>",
        f"<!-- {_CODE} -->",
        f"<script>{_CODE}</script><p>Two.</p><script>{_CODE}</script>",
    ],
)
def test_what_looks_like_a_tag_in_the_code_of_a_script_has_no_attributes(code: str) -> None:
    assert isinstance(read_article(raw(page(code), HTML)), Article)
    for hidden in (_MANY, f"<i title='<script>'>{_MANY}</script>", f"<!-- <script> -->{_MANY}"):
        refused = read_article(raw(page(code + hidden), HTML))
        assert isinstance(refused, Reject)
        assert refused.reason == "too_many_attributes"


def test_every_limit_of_what_is_read_has_a_case() -> None:
    named = {limit for _, _, _, limit, _ in CASES}
    assert named | {"seconds"} == {field.name for field in dataclasses.fields(Limits)}
    assert {reason for _, _, reason, _, _ in CASES} <= set(REJECT_REASONS)


def test_the_parser_of_pages_gives_up_later_than_the_limits_say() -> None:
    """It would leave out what is deeper, or behind a longer text, and say nothing."""
    deep = "<div>" * (DEFAULT.nesting - 10) + f"<p>{STORY} At last.</p>"
    found = read_article(raw(page(deep), HTML))
    assert isinstance(found, Article)
    assert "At last." in found.text
    refused = read_article(raw(page("<div>" * 1000), HTML))
    assert isinstance(refused, Reject)
    assert refused.reason == "too_deep"


@pytest.mark.parametrize(
    "values",
    [
        {"authors": ["Kari \ud800"]},
        {"authors": "Kari \udfff Holm"},
        {"id": "a\udc80"},
        {"title": "\ud83d boats"},
        {"text": STORY + "\ud83d"},
        {"date": "\ud800"},
        {"text": None, "key \udc80": 1},
    ],
)
def test_half_of_a_surrogate_pair_gets_into_no_row(values: dict[str, object]) -> None:
    refused = read_article(raw(record(**values), JSON))
    if isinstance(refused, Reject):
        assert refused.reason in ("malformed", "no_text")
        refused.detail.encode()
    else:
        str(dataclasses.asdict(refused)).encode()


def test_of_a_million_bylines_the_first_are_looked_at() -> None:
    found = read_article(raw(record(authors=["Kari Holm", *["Kari Holm"] * 10_000]), JSON))
    assert isinstance(found, Article)
    assert found.authors == ("Kari Holm",)
