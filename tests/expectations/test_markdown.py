"""The Markdown of a report says what happened, and what others wrote does nothing in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from expectations.check import Checked
from expectations.markdown import LIMIT, code, link, markdown, text
from expectations.report import write_report
from expectations.summary import summarise
from tests.expectations.test_report import RUN, Story, run_row
from tests.expectations.wholes import EVIL, wholes

#: CommonMark with HTML, of GitHub's flavour tables and lines through; bare addresses that become
#: links are looked for in the text.
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ALLOWED = {"b", "h2", "h3", "p", "ul", "li", "code", "a", "blockquote"} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


class Rendered(HTMLParser):
    """The elements, addresses and text of Markdown that was rendered."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.addresses: list[str] = []
        self.texts: list[str] = []
        self.prose = ""
        self.within: list[str] = []
        self.feed(PARSER.render(source))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.within.append(tag)
        self.addresses += [value for name, value in attrs if name in ("href", "src") and value]

    def handle_endtag(self, tag: str) -> None:
        self.within.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        self.prose += "" if "code" in self.within else data


@pytest.fixture
def failed(story: Callable[..., Story], check: Callable[..., Checked]) -> Checked:
    rows = story()
    rows["figures"][1]["value"] = 1.0
    return check(rows, run_id=RUN)


def test_the_verdict_is_in_the_first_line_and_what_got_worse_comes_first(failed: Checked) -> None:
    summary = summarise(
        failed.quality,
        failed.quarantine,
        runs=[run_row()],
        whole=wholes(),
        tables={"figures": 1234},
        asked="lake",
        baseline="run a (snapshot 3)",
    )
    source = markdown(summary)
    assert source.splitlines()[0].startswith("## ")
    assert "A check broke" in source.splitlines()[0]
    heads = re.findall(r"^### (.+)$", source, re.MULTILINE)
    assert "\nCompared with run a (snapshot 3).\n" in source
    assert heads == ["What got worse", "The lake as a whole", "Rows that fail", "Numbers"]
    worse = source.split("### What got worse")[1].split("###")[0]
    assert "found none, before: 22 a day" in worse
    assert "see whether the source has moved" in worse
    assert worse.index("volume") < worse.index("nulls")
    seen = Rendered(source)
    assert set(seen.names) <= ALLOWED
    assert seen.addresses == ["https://n.example/1"]
    text_of = "".join(seen.texts)
    assert "Two days later Tolmin is to count between 20 and 30 collapsed bridges." in text_of
    assert "3 inputs = 2 new + 0 revised + 0 unchanged + 0 duplicates + 1 rejects" in text_of
    assert "1,234" in text_of


@pytest.mark.parametrize(
    ("bend", "first"),
    [
        (lambda rows: None, "✅ Dateline: Passed"),
        (
            lambda rows: rows["figures"][1].update(value=1.0),
            "⚠️ Dateline: Passed, with rows in quarantine",
        ),
    ],
)
def test_the_verdict_of_a_run(
    bend: Callable[[Story], None],
    first: str,
    story: Callable[..., Story],
    check: Callable[..., Checked],
) -> None:
    rows = story()
    bend(rows)
    checked = check(rows)
    assert markdown(summarise(checked.quality, checked.quarantine)).startswith(f"## {first}\n")


def test_a_row_of_a_lake_that_fails_is_bad_data(failed: Checked) -> None:
    told = markdown(summarise(failed.quality, failed.quarantine, asked="lake"))
    assert told.startswith("## ❌ Dateline: Failed\n")


def harmless(source: str) -> None:
    seen = Rendered(source)
    assert set(seen.names) <= {"p"}, (source, seen.names)
    assert not seen.addresses
    assert not re.search(r"[@#]\w|\w!\d|GH-\d|\w://|www\.\w", seen.prose), seen.prose


@given(st.text(max_size=60))
def test_what_others_write_is_only_text(given: str) -> None:
    harmless(text(given))


@given(st.lists(st.sampled_from([*"@#!*_`[]()<>|~$\\-+=.&:/ ab1\n", "http://", "www.", "GH-"])))
def test_what_others_write_to_be_markup_is_only_text(parts: list[str]) -> None:
    given = "".join(parts)
    harmless(text(given))
    shown = "".join(Rendered(text(given)).texts).replace("\u200b", "").rstrip("\n")
    assert shown == " ".join(given.split())


def test_evil_is_shown_as_it_is() -> None:
    harmless(text(EVIL))
    shown = "".join(Rendered(text(EVIL)).texts).replace("\u200b", "")
    assert "<script>alert(1)</script> @admin fixes #1" in shown
    assert "[U+202E]gpj.exe" in shown
    assert len(text("x" * 9999)) < 700


@given(st.text(alphabet="`a |\\<@", max_size=12))
def test_a_name_is_code_whatever_it_holds(name: str) -> None:
    seen = Rendered(code(name) or "nothing")
    assert set(seen.names) <= {"p", "code"}
    assert not seen.prose.strip() or not name.strip()


@pytest.mark.parametrize(
    "address", ["javascript:x", "https://a b", "https://a>b", "//x", "", None, "data:text/html,x"]
)
def test_only_addresses_of_the_web_are_links(address: str | None) -> None:
    assert link("article", address) == ""


def test_it_never_exceeds_what_a_comment_holds(failed: Checked, tmp_path: Path) -> None:
    many = [one for at in range(300) for one in wholes()]
    write_report(failed.quality, failed.quarantine, tmp_path, whole=many, data_docs=False)
    source = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert LIMIT - 2000 < len(source) <= LIMIT < 65_536
    assert len(source.encode()) < 1 << 20
    assert source.endswith("the report's page has it._\n")
