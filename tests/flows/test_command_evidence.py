"""``dateline evidence``: any row in its text, with what was read beside it."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import pty
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.flows.small_lake import ARTICLE, DAY, FIRST, ask, build, rows
from tests.waiting import LIMIT
from warehouse.tables import TABLES_BY_NAME, Row

pytestmark = pytest.mark.usefixtures("empty_folder")

COPY, OTHER, SHOP = "b" * 16, "c" * 16, "d" * 16
FIGURE, AGAIN, CONVERTED = "f" * 16, "f1" + "0" * 14, "f2" + "0" * 14
DATE, EVENT, CLAIM, RIGA = "da" + "0" * 14, "e1" + "0" * 14, "c1" + "0" * 14, "e" * 16
GONE = "9" * 16

SENTENCE = 'Some 300 troops (a third of the "Blue" army) left Riga on Monday, Mayor O\'Neil said.'
#: Markup, a character that turns the direction, one that steers a terminal, wide ones.
EVIL = "<script>alert('x')</script> & \u202egpj.exe \x1b[31m 北京 <b onclick=\"x\">bold</b>."
TEXT = f"It rained.\n\n{SENTENCE} {EVIL}\nNobody else came. The end."
TITLE = "Troops <img src=x onerror=alert(1)> leave"


def span(surface: str) -> dict[str, Any]:
    start = TEXT.index(surface)
    return {"char_start": start, "char_end": start + len(surface), "surface": surface}


def made() -> dict[str, list[Row]]:
    """An article whose rows lie over one another and point at one another, a copy of it, and
    another carrier of its story."""
    base = rows()
    (article,) = base["articles"]
    (figure,) = base["figures"]
    article.update(text=TEXT, title=TITLE, url="javascript:alert(1)", publisher="Riga Post")
    of: dict[str, Any] = {"article_id": ARTICLE, "published_date": DAY, "sentence_no": 1}
    stated = {**figure, **of, "sentence": SENTENCE}
    quarantined = {**stated, **span("300"), "figure_id": GONE, "sentence": "300"}
    tables: dict[str, list[dict[str, Any]]] = {
        "articles": [
            article,
            {**article, "article_id": COPY, "duplicate_of": ARTICLE, "title": "A copy"},
            {**article, "article_id": OTHER, "title": "A carrier", "url": "https://riga.example/2"},
        ],
        "figures": [
            {
                **stated,
                **span("Some 300"),
                "event_id": EVENT,
                "claim_id": CLAIM,
                "as_of_date_id": DATE,
                "place_entity_id": RIGA,
            },
            {**stated, **span("300 troops"), "figure_id": CONVERTED, "conversion_of": FIGURE},
            {**stated, **span("Some 300"), "figure_id": AGAIN, "article_id": OTHER},
        ],
        "dates": [
            {**of, **span("Monday"), "date_id": DATE, "type": "DATE", "is_relative": True,
             "date_start": DAY, "date_end": DAY, "rule": "weekday"}
        ],
        "events": [
            {**of, **span("left"), "event_id": EVENT, "predicate": "leave", "event_type":
             "withdrawal", "modality": "actual", "date_id": DATE, "claim_id": CLAIM, "rule": "verb",
             "sentence": SENTENCE, "place": "Riga", "place_entity_id": RIGA}
        ],
        "claims": [
            {**of, **span(SENTENCE[: SENTENCE.index(", Mayor")]), "claim_id": CLAIM,
             "kind": "indirect", "quoted": False, "speaker": "Mayor O'Neil",
             "speaker_kind": "person", "rule": "said", "sentence": SENTENCE}
        ],
        "mentions": [
            {**of, **span("Riga"), "mention_id": "d1" + "0" * 14, "entity_id": RIGA,
             "entity_type": "GPE"}
        ],
        "entities": [
            {**base["entities"][0], "first_char": TEXT.index("Riga")},
            {**base["entities"][0], "article_id": OTHER, "mention_count": 9},
        ],
        "repeats": [
            {"figure_id": AGAIN, "article_id": OTHER, "published_date": DAY,
             "of_figure_id": FIGURE, "of_article_id": ARTICLE, "story_id": ARTICLE}
        ],
        "quarantine": [
            {**base["quarantine"][0], "row": json.dumps(quarantined, default=str)}
        ],
    }  # fmt: skip
    return {**base, **{n: [TABLES_BY_NAME[n].row(**r) for r in some] for n, some in tables.items()}}


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("lakes") / "lake", made())


def out(lake: Path, *args: str) -> str:
    result = ask(lake, "evidence", *args)
    assert result.exit_code == 0, result.output
    return result.stdout


def told(lake: Path, *args: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(out(lake, *args, "--format", "json"))
    return answer


class TestRows:
    @pytest.mark.parametrize(
        ("row_id", "table", "surface"),
        [
            (FIGURE, "figures", "Some 300"),
            (DATE, "dates", "Monday"),
            (EVENT, "events", "left"),
            (CLAIM, "claims", SENTENCE[: SENTENCE.index(", Mayor")]),
            ("d1" + "0" * 14, "mentions", "Riga"),
        ],
    )
    def test_any_row_is_marked_in_its_text(
        self, lake: Path, row_id: str, table: str, surface: str
    ) -> None:
        found = told(lake, row_id)
        (mark,) = [one for one in found["marks"] if one["asked"]]
        start = found["text"]["char_start"]
        shown = found["text"]["text"]
        assert (found["table"], found["id"]) == (table, row_id)
        assert shown[mark["char_start"] - start : mark["char_end"] - start] == surface
        assert SENTENCE in shown
        assert found["row"]["surface"] == surface
        assert found["article"]["title"] == TITLE
        assert "text" not in found["article"]

    def test_what_it_points_at_and_what_points_at_it(self, lake: Path) -> None:
        found = told(lake, FIGURE)
        assert {one["column"]: one["id"] for one in found["points_at"]} == {
            "event_id": EVENT,
            "claim_id": CLAIM,
            "as_of_date_id": DATE,
            "place_entity_id": RIGA,
        }
        assert [(o["column"], o["id"]) for o in found["pointed_at_by"]] == [
            ("conversion_of", CONVERTED)
        ]
        assert [(o["how"], o["figure_id"]) for o in found["repeats"]] == [("repeated by", AGAIN)]
        assert told(lake, AGAIN)["repeats"][0]["title"] == TITLE
        by = {(one["column"], one["id"]) for one in told(lake, DATE)["pointed_at_by"]}
        assert by == {("as_of_date_id", FIGURE), ("date_id", EVENT)}

    def test_around_and_all(self, lake: Path) -> None:
        assert told(lake, FIGURE, "--around", "0")["text"]["text"] == SENTENCE
        assert told(lake, FIGURE)["text"]["text"].startswith("It rained.")
        assert told(lake, FIGURE, "--all")["text"]["text"] == TEXT
        assert [one["id"] for one in told(lake, FIGURE, "--around", "0")["neighbours"]] == [
            CLAIM, CONVERTED, EVENT, "d1" + "0" * 14, DATE,
        ]  # fmt: skip

    def test_the_beginning_of_an_id_is_enough(self, lake: Path) -> None:
        assert told(lake, "F20000")["id"] == CONVERTED

    def test_an_entity_is_shown_where_it_is_named_most(self, lake: Path) -> None:
        assert told(lake, RIGA)["article"]["article_id"] == OTHER
        found = told(lake, RIGA, "--article", ARTICLE)
        assert [one["id"] for one in found["marks"] if one["asked"]] == ["d1" + "0" * 14]
        assert found["named_in"]["articles"] == 2
        assert [one["article_id"] for one in found["named_in"]["others"]] == [OTHER]
        assert {one["id"] for one in found["pointed_at_by"]} == {FIGURE, EVENT}
        assert "Riga: named here once and in one other article" in out(
            lake, RIGA, "--article", ARTICLE
        )

    def test_an_article_is_shown_whole_with_its_story(self, lake: Path) -> None:
        found = told(lake, ARTICLE)
        assert found["text"]["text"] == TEXT
        assert len(found["neighbours"]) == 6
        assert {one["article_id"] for one in found["carriers"]} == {COPY, OTHER}
        assert "rows: claims 1, dates 1, events 1, figures 2, mentions 1" in out(lake, ARTICLE)

    def test_a_duplicate_says_whose_rows_stand_for_it(self, lake: Path) -> None:
        shown = out(lake, COPY)
        assert f"a duplicate: it says the same as {ARTICLE}, whose rows stand for both" in shown
        assert "no rows" in shown

    def test_a_row_in_quarantine_is_shown_with_what_was_wrong(self, lake: Path) -> None:
        found = told(lake, GONE)
        assert [one["expectation"] for one in found["quarantined"]] == ["surface_in_text"]
        assert [(o["id"], o["asked"]) for o in found["marks"] if o["asked"]] == [(GONE, True)]
        assert "which is in quarantine" in out(lake, GONE)

    @pytest.mark.parametrize(
        ("start", "end"),
        [(-7, 3), (9, 4), (len(TEXT) - 3, len(TEXT) + 40), (len(TEXT) + 5, len(TEXT) + 9), (0, 0)],
    )
    def test_a_row_in_quarantine_may_stand_anywhere(
        self, tmp_path: Path, start: int, end: int
    ) -> None:
        crowded = made()
        (held,) = crowded["quarantine"]
        row = json.loads(held["row"]) | {"char_start": start, "char_end": end}
        crowded["quarantine"] = [{**held, "row": json.dumps(row)}]
        lake = build(tmp_path / "lake", crowded)
        for form in ("text", "html", "json"):
            assert "surface_in_text" in out(lake, GONE, "--format", form)

    def test_an_entity_in_quarantine_is_found_by_its_id(self, tmp_path: Path) -> None:
        crowded = made()
        (held,) = crowded["quarantine"]
        row = {"entity_id": GONE, "article_id": ARTICLE, "name": "Nowhere"}
        crowded["quarantine"] = [
            {
                **held,
                "table_name": "entities",
                "row_id": f"{ARTICLE}/{GONE}",
                "row": json.dumps(row),
            }
        ]
        shown = out(build(tmp_path / "lake", crowded), GONE)
        assert f"entity {ARTICLE}/{GONE}, which is in quarantine" in shown
        assert "Nowhere" in shown


class TestErrors:
    @pytest.mark.parametrize(
        ("args", "told"),
        [
            (("abc",), "is not the id of a row"),
            (("zzzzzzzzzzzzzzzz",), "is not the id of a row"),
            (("' OR 1=1 --",), "is not the id of a row"),
            (("0123456789abcdef",), "nor is one in quarantine"),
            ((FIGURE, "--at", "1"), "there is no row"),
            ((FIGURE, "--at", "0"), "there is no row"),
            ((FIGURE, "--article", "zz"), "is not the id"),
            ((RIGA, "--article", SHOP), "in an article whose id begins with"),
            (("",), "is not the id"),
        ],
    )
    def test_what_is_wrong_is_64(self, lake: Path, args: tuple[str, ...], told: str) -> None:
        result = ask(lake, "evidence", *args)
        assert result.exit_code == 64
        assert told in result.stderr
        assert result.stdout == ""

    def test_several_ids_are_named(self, tmp_path: Path) -> None:
        crowded = made()
        (entity, _) = crowded["entities"]
        crowded["entities"] = [
            {**entity, "entity_id": f"abcdef{number:010x}"} for number in range(12)
        ]
        lake = build(tmp_path / "lake", crowded)
        result = ask(lake, "evidence", "abcdef")
        assert result.exit_code == 64
        assert "abcdef0000000000 (entities), abcdef0000000001 (entities)" in result.stderr
        assert "and more; give more digits" in result.stderr
        assert told(lake, "abcdef000000000b")["table"] == "entities"


class TestText:
    def test_lines_below_the_text_mark_it_layer_by_layer(self, lake: Path) -> None:
        shown = out(lake, FIGURE, "--around", "0").splitlines()
        at = next(n for n, line in enumerate(shown) if line.startswith("    Some 300"))
        text, own, others = shown[at : at + 3]
        claim = shown[at + 3]
        assert text[4:12] == "Some 300"
        assert own.startswith("    ^^^^^^^^   ")
        assert own[text.index("left") :].startswith("eeee nnnn")
        assert others == "         ffffffffff"
        assert set(claim.strip()) == {"c"}
        assert "^ this figure  f figure  d date  n name  e event  c claim" in "\n".join(shown)

    def test_it_steers_no_terminal_and_marks_wide_characters(self, lake: Path) -> None:
        shown = out(lake, FIGURE, "--all")
        assert not re.search("[\x1b\u202e]", shown)
        assert "[U+202E]gpj.exe [U+001B][31m 北京" in shown
        assert TITLE in shown

    def test_columns_and_links_stand_below(self, lake: Path) -> None:
        shown = out(lake, FIGURE)
        for words in ("Riga Post", "points at", "pointed at by", "in the same sentences", "300"):
            assert words in shown
        lines = shown.splitlines()
        assert any(re.match(r"event_id +event +e1", line) for line in lines)
        assert any(re.match(r"counted +troops", line) for line in lines)

    def test_a_narrow_terminal_is_kept_to(
        self, lake: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "50")
        lines = out(lake, CLAIM, "--around", "0").splitlines()
        shown = lines[5 : lines.index("    ^ this claim  f figure  d date  n name  e event")]
        assert max(map(len, shown)) <= 50
        claim = SENTENCE[: SENTENCE.index(", Mayor")]
        # a space at the end of a line is not marked
        assert len(claim) - 2 <= sum(line.count("^") for line in shown) <= len(claim)

    @pytest.mark.parametrize("named", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
    def test_colours_are_for_terminals_that_want_them(
        self, lake: Path, named: dict[str, str]
    ) -> None:
        leader, follower = pty.openpty()
        kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
        command = ["evidence", FIGURE, "--around", "0", "--lake", str(lake)]
        done = subprocess.Popen(
            [sys.executable, "-m", "flows.command", *command],
            stdout=follower,
            env={**kept, "TERM": "xterm-256color", "PYTHONPATH": str(Path(__file__).parents[2])}
            | named,
        )
        os.close(follower)
        shown = b""
        while True:
            try:
                read = os.read(leader, 65536)
            except OSError:  # the other end was closed
                break
            if not read:
                break
            shown += read
        os.close(leader)
        assert done.wait(LIMIT) == 0
        text = shown.decode()
        coloured = bool(re.search(r"\x1b\[[\d;]*33m", text))
        assert coloured == (not named)
        assert ("^^^^^^^^" in text) == bool(named)


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.marked: list[str] = []
        self._open: list[str] = []
        self.style = ""
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            self.style += data
            return
        self.words.append(data)
        if "mark" in self._open:
            self.marked.append(data)

    def attributes(self, name: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(name)) is not None]


class TestPage:
    @pytest.mark.parametrize("row_id", [FIGURE, CLAIM, RIGA, ARTICLE, COPY, GONE])
    def test_it_is_a_page_of_its_own_that_runs_nothing(self, lake: Path, row_id: str) -> None:
        page = Page(out(lake, row_id, "--all", "--format", "html"))
        names = {tag for tag, _ in page.tags}
        assert not names & {
            "script",
            "img",
            "link",
            "iframe",
            "object",
            "form",
            "base",
            "b onclick",
        }
        assert not [a for _, attrs in page.tags for a in attrs if a.startswith("on")]
        assert not page.attributes("src")
        (policy,) = [
            attrs["content"] or ""
            for tag, attrs in page.tags
            if attrs.get("http-equiv") == "Content-Security-Policy"
        ]
        digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
        assert policy.startswith("default-src 'none'; ")
        assert f"style-src 'sha256-{digest}'" in policy
        assert "unsafe" not in policy
        assert not page.attributes("style")
        assert "url(" not in page.style
        text = "".join(page.words)
        assert "<script>alert('x')</script> & [U+202E]gpj.exe [U+001B][31m 北京" in text
        assert not re.search("[\x1b\u202e]", text)

    def test_marks_are_whole_and_lead_to_rows_that_are_there(self, lake: Path) -> None:
        page = Page(out(lake, FIGURE, "--format", "html"))
        assert "".join(page.marked) == "Some 300"
        there = set(page.attributes("id"))
        targets = [to for to in page.attributes("href") if to.startswith("#")]
        assert targets
        assert {to[1:] for to in targets} <= there
        # over the same characters: a claim, two figures
        assert ["claims", "figures", "asked"] in [c.split() for c in page.attributes("class")]

    def test_only_an_address_of_the_web_is_a_link(self, lake: Path) -> None:
        page = Page(out(lake, FIGURE, "--format", "html"))
        assert not [to for to in page.attributes("href") if not to.startswith("#")]
        other = Page(out(lake, AGAIN, "--format", "html"))
        assert "https://riga.example/2" in other.attributes("href")

    def test_out_is_a_file_by_its_ending(self, lake: Path) -> None:
        assert out(lake, FIGURE, "--out", "row.html") == ""
        assert Path("row.html").read_text("utf-8") == out(lake, FIGURE, "--format", "html")
        assert out(lake, FIGURE, "--out", "row.json") == ""
        assert json.loads(Path("row.json").read_text("utf-8"))["id"] == FIGURE
        assert out(lake, FIGURE, "--out", "row.txt") == ""
        assert "^^^^^^^^" in Path("row.txt").read_text("utf-8")


def test_it_is_asked_as_it_was(lake: Path) -> None:
    assert told(lake, FIGURE, "--at", FIRST)["id"] == FIGURE
