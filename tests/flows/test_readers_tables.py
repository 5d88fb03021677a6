"""Tables of articles: CSV, TSV and Parquet, row by row; objects around articles; mere lists."""

from __future__ import annotations

import csv
import datetime as dt
import decimal
import gzip
import io
import json
import logging
import tracemalloc
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.limits import Limits
from flows.readers import SourceSpec, read, read_all, read_unnamed
from flows.readers import delimited as module
from flows.readers.column_sizes import column_sizes
from flows.readers.formats import FORMATS
from flows.readers.item import Item, Link, SourceState
from flows.readers.recognise import kind_of, kind_of_unnamed
from tests.properties import examples
from transforms.article import read_article
from transforms.model import Article, RawArticle, Record, Reject, Source

NOW = dt.datetime(2025, 5, 1, 12)


def reading(
    path: Path, data: bytes | str, limits: Limits | None = None, **spec: Any
) -> list[Record]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read([SourceSpec(path=str(path), **spec)], limits))


def rows(found: list[Record]) -> dict[str, Any]:
    """Part of the place to the row."""
    return {r.source_uri.partition("#")[2]: json.loads(r.payload)
            for r in found if isinstance(r, RawArticle)}  # fmt: skip


def rejects(found: list[Record]) -> dict[str, str]:
    return {r.source_uri.partition("#")[2]: r.reason for r in found if isinstance(r, Reject)}


def details(found: list[Record]) -> str:
    return "\n".join(r.detail for r in found if isinstance(r, Reject))


def opened(kind: str, data: bytes, keys: tuple[tuple[str, str], ...] = ()) -> list[Any]:
    """What the reader of a kind makes of the data."""
    from contextlib import nullcontext

    stream = io.BytesIO(data)
    item = Item("a." + kind, NOW, Source("wire", keys=keys), lambda: nullcontext(stream))
    found = list(FORMATS[kind](stream, item))
    assert not stream.closed
    return found


class TestDelimited:
    def test_a_row_is_the_object_of_its_cells_at_the_line_it_begins_on(
        self, tmp_path: Path
    ) -> None:
        data = (
            'title,text,url\r\n"A, ""b""","one\r\n\r\ntwo",\r\n\r\nC,three,https://a.example/c\r\n'
        )
        found = reading(tmp_path / "a.csv", data)
        assert rows(found) == {
            "L2": {"title": 'A, "b"', "text": "one\r\n\r\ntwo"},
            "L6": {"title": "C", "text": "three", "url": "https://a.example/c"},
        }
        assert isinstance(found[0], RawArticle)
        assert found[0].media_type == "application/x-ndjson"

    def test_the_order_of_columns_makes_no_other_input(self, tmp_path: Path) -> None:
        one = reading(tmp_path / "a.csv", ",title,text\n0,A,b\n")
        other = reading(tmp_path / "b.csv", ",text,title\n7,b,A\n")
        assert isinstance(one[0], RawArticle)
        assert isinstance(other[0], RawArticle)
        assert one[0].payload == other[0].payload == b'{"text":"b","title":"A"}'

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
    def test_the_delimiter_is_told_from_the_head(
        self, tmp_path: Path, delimiter: str, name: str
    ) -> None:
        table = [["title", "text"], ["a, b; c", "d | e"], ["f", "g"]]
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter).writerows(table)
        found = rows(reading(tmp_path / name, text.getvalue()))
        assert list(found.values()) == [dict(zip(table[0], row, strict=True)) for row in table[1:]]

    def test_a_line_may_say_the_delimiter(self, tmp_path: Path) -> None:
        data = "sep=;\ntitle;text\na;b, c\n"
        assert rows(reading(tmp_path / "a.csv", data)) == {"L3": {"title": "a", "text": "b, c"}}

    def test_one_column_is_a_table(self, tmp_path: Path) -> None:
        assert rows(reading(tmp_path / "a.csv", 'text\n"a, b"\n')) == {"L2": {"text": "a, b"}}

    def test_quotes_may_be_written_with_a_backslash(self, tmp_path: Path) -> None:
        data = 'title,text\na,"He said \\"no\\", twice"\n'
        assert rows(reading(tmp_path / "a.csv", data))["L2"]["text"] == 'He said "no", twice'

    def test_quotes_between_tabs_may_be_just_that(self, tmp_path: Path) -> None:
        data = 'title\ttext\n"Hello" he said\tb\n"x\ty\n'
        assert rows(reading(tmp_path / "a.tsv", data)) == {
            "L2": {"title": '"Hello" he said', "text": "b"},
            "L3": {"title": '"x', "text": "y"},
        }

    @pytest.mark.parametrize(
        "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"]
    )
    def test_the_encoding_is_told(self, tmp_path: Path, encoding: str) -> None:
        data = '"title","text"\né,"Café au lait, dit-il; voilà"\nÜber,plain\n'.encode(encoding)
        assert rows(reading(tmp_path / "a.csv", data)) == {
            "L2": {"title": "é", "text": "Café au lait, dit-il; voilà"},
            "L3": {"title": "Über", "text": "plain"},
        }

    def test_a_row_that_no_encoding_reads_is_a_reject(self, tmp_path: Path) -> None:
        data = b"title,text\na,b\nc," + bytes(range(0x80, 0xA0)) + b"\ne,f\n"
        found = reading(tmp_path / "a.csv", data)
        assert (list(rows(found)), rejects(found)) == (["L2", "L4"], {"L3": "encoding"})

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_lines_end_in_every_way(self, tmp_path: Path, end: str) -> None:
        data = end.join(["title,text", "a,b", "c,d"])
        assert list(rows(reading(tmp_path / "a.csv", data))) == ["L2", "L3"]

    def test_a_ragged_row_is_a_reject_with_its_line_and_number(self, tmp_path: Path) -> None:
        data = 'title,text\na,b,c\nd,"e\nf"\ng\nh,i,,\n'
        found = reading(tmp_path / "a.csv", data)
        assert list(rows(found)) == ["L3", "L6"]
        assert rejects(found) == {"L2": "malformed", "L5": "malformed"}
        assert "a.csv#L2: the row has 3 fields, the header 2" in details(found)
        assert "a.csv#L5: the row has 1 field," in details(found)

    @pytest.mark.parametrize(
        "data", ["2025-01-02,A title\n", "A title,It rained. All day.\n", "https://a.example/x,b\n",
                 "x" * 200 + ",b\n", "\x00\x01\x02,\x03\n"],
    )  # fmt: skip
    def test_without_names_of_columns_it_is_said_what_to_do(
        self, tmp_path: Path, data: str
    ) -> None:
        found = reading(tmp_path / "a.csv", data + "c,d\n" * 3)
        assert rejects(found) == {"L1": "malformed"}
        assert "put a line such as title,date,url,text above it" in details(found)

    @pytest.mark.parametrize(
        ("data", "said"),
        [("", "no line"), ("\n\n", "no line"), ("title,text\n", "no row below"),
         ("title,text\n,\n\n", "no row below")],
    )  # fmt: skip
    def test_a_table_without_a_row_is_a_reject(self, tmp_path: Path, data: str, said: str) -> None:
        found = reading(tmp_path / "a.csv", data)
        assert list(rejects(found).values()) == ["empty"]
        assert said in details(found)


class TestOpenQuotes:
    def test_the_rows_behind_are_read_all_the_same(self, tmp_path: Path) -> None:
        data = 'title,text\n"a\nb",c\nd,"never closed\ne,f\ng,"h"\ni,"j\nk"\n'
        found = reading(tmp_path / "a.csv", data)
        assert list(rows(found)) == ["L2", "L5", "L6", "L7"]
        assert rejects(found) == {"L4": "malformed"}
        assert "that opens on line 4 does not end with its cell, as line 6 shows" in details(found)

    def test_one_that_is_open_at_the_end_swallows_nothing(self, tmp_path: Path) -> None:
        data = 'title,text\na,"never closed\n' + "b,c\n" * 5000
        found = reading(tmp_path / "a.csv", data)
        assert len(rows(found)) == 5000
        assert rejects(found) == {"L2": "malformed"}
        assert "opens on line 2 is not closed up to line 5002" in details(found)

    def test_nor_does_one_that_outgrows_the_limit(self, tmp_path: Path) -> None:
        data = 'title,text\na,"never closed\n' + "b,c\n" * 5000
        found = reading(tmp_path / "a.csv", data, Limits(input_bytes=1000))
        assert len(rows(found)) == 5000
        assert "not closed up to line 2" in details(found)

    def test_what_is_read_again_is_bounded(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "_AGAIN", 1000)
        data = "title,text\n" + 'a","\n' * 20_000
        found = reading(tmp_path / "a.csv", data, Limits(input_bytes=10_000))
        assert set(rejects(found).values()) <= {"malformed", "too_large"}
        assert len(found) < 5000

    def test_a_line_beyond_the_limit_costs_no_other(self, tmp_path: Path) -> None:
        data = "title,text\na," + "x" * 200_000 + "\nb,c\n"
        found = reading(tmp_path / "a.csv", data, Limits(input_bytes=1000))
        assert (list(rows(found)), rejects(found)) == (["L3"], {"L2": "too_large"})

    def test_memory_is_bounded_by_the_row(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv.gz"
        with gzip.open(path, "wb", compresslevel=1) as file:
            file.write(b"title,text\n")
            for _ in range(20):
                file.write(b'"' + b"x" * 2_000_000 + b"\n" + b"y,z\n" * 10)
        tracemalloc.start()
        try:
            limits = Limits(input_bytes=100_000)
            count = sum(1 for _ in read([SourceSpec(path=str(path))], limits))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert count == 220
        assert peak < 6_000_000


def parquet(table: pa.Table, **options: Any) -> bytes:
    data = io.BytesIO()
    pq.write_table(table, data, **options)
    return data.getvalue()


class TestParquet:
    def test_a_row_is_the_object_of_what_is_not_null(self, tmp_path: Path) -> None:
        table = pa.table({
            "title": ["a", None],
            "score": [1.5, float("nan")],
            "naive": pa.array([dt.datetime(2025, 4, 28, 10), None], pa.timestamp("ns")),
            "zoned": pa.array([dt.datetime(2025, 4, 28, 10)] * 2, pa.timestamp("s", "Asia/Seoul")),
            "day": pa.array([dt.date(2025, 4, 28), None]),
            "authors": [["x", "y"], []],
            "source": [{"name": "W", "id": None}] * 2,
            "bytes": [b"text", b"\xff"],
            "money": pa.array([decimal.Decimal("12.00"), decimal.Decimal("1.50")]),
            "kind": pa.array(["p", "q"]).dictionary_encode(),
        })  # fmt: skip
        path = tmp_path / "a.parquet"
        assert rows(reading(path, parquet(table))) == {
            "1": {"title": "a", "score": 1.5, "naive": "2025-04-28T10:00:00",
                  "zoned": "2025-04-28T19:00:00+09:00", "day": "2025-04-28",
                  "authors": ["x", "y"], "source": {"name": "W"}, "bytes": "text", "money": 12,
                  "kind": "p"},
            "2": {"zoned": "2025-04-28T19:00:00+09:00", "authors": [], "source": {"name": "W"},
                  "bytes": "/w==", "money": "1.50", "kind": "q"},
        }  # fmt: skip

    def test_it_is_read_where_it_cannot_be_sought_in(self, tmp_path: Path) -> None:
        data = gzip.compress(parquet(pa.table({"text": ["a", "b"]})))
        assert rows(reading(tmp_path / "a.parquet.gz", data)) == {
            "1": {"text": "a"}, "2": {"text": "b"}
        }  # fmt: skip

    def test_a_string_that_is_no_unicode_costs_its_row(self, tmp_path: Path) -> None:
        offsets = pa.py_buffer((0).to_bytes(4, "little") + (2).to_bytes(4, "little") +
                               (4).to_bytes(4, "little"))  # fmt: skip
        text = pa.Array.from_buffers(pa.string(), 2, [None, offsets, pa.py_buffer(b"ok\xff\xfe")])
        found = reading(tmp_path / "a.parquet", parquet(pa.table({"text": text})))
        assert (rows(found), rejects(found)) == ({"1": {"text": "ok"}}, {"2": "encoding"})

    def test_a_time_beyond_every_calendar_is_let_be(self, tmp_path: Path) -> None:
        far = pa.array([10**15], pa.timestamp("s"))
        found = rows(reading(tmp_path / "a.parquet", parquet(pa.table({"text": ["a"], "t": far}))))
        assert found["1"]["text"] == "a"

    def test_a_column_that_comes_to_too_much_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from flows.readers import columns

        monkeypatch.setattr(columns, "_FREE", 1000)
        monkeypatch.setattr(columns, "_LARGE", 1000)
        data = parquet(pa.table({"text": ["x" * 1_000_000]}), compression="zstd")
        found = reading(tmp_path / "a.parquet", data, Limits(expansion=10))
        assert list(rejects(found).values()) == ["too_large"]
        assert "limits.expansion" in details(found)

    def test_rows_that_point_at_one_long_value_come_to_an_end(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from flows.readers import columns

        monkeypatch.setattr(columns, "FREE", 100_000)
        monkeypatch.setattr(columns, "_LARGE_DICTIONARY", 1000)
        monkeypatch.setattr(columns, "_LARGE", 1000)
        data = parquet(pa.table({"text": ["x" * 20_000] * 500}), compression="none")
        found = reading(tmp_path / "a.parquet", data, Limits(expansion=3))
        assert list(rejects(found).values()) == ["too_large"]
        assert "limits.expansion" in details(found)
        assert len(found) < 20

    def test_a_row_beyond_the_limit_costs_no_other(self, tmp_path: Path) -> None:
        data = parquet(pa.table({"text": ["a", "x" * 5000, "c"]}))
        found = reading(tmp_path / "a.parquet", data, Limits(input_bytes=1000))
        assert (list(rows(found)), rejects(found)) == (["1", "3"], {"2": "too_large"})

    def test_a_broken_file_is_a_reject(self, tmp_path: Path) -> None:
        whole = parquet(pa.table({"text": ["a"]}))
        for data in (whole[:-10], b"PAR1" + b"x" * 40, b""):
            found = reading(tmp_path / "a.parquet", data)
            assert list(rejects(found).values()) == ["malformed"]

    def test_one_without_a_row_is_a_reject(self, tmp_path: Path) -> None:
        found = reading(
            tmp_path / "a.parquet", parquet(pa.table({"text": pa.array([], pa.string())}))
        )
        assert rejects(found) == {"": "empty"}


ARTICLE = {"title": "T", "url": "https://a.example/t", "content": "It rained."}


class TestWrappers:
    @pytest.mark.parametrize(
        "whole",
        [
            {"status": "ok", "articles": [ARTICLE, ARTICLE]},
            {"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [ARTICLE] * 2},
            {"results": [ARTICLE, ARTICLE], "next": None, "tags": ["a"]},
            {"response": {"status": "ok", "docs": [ARTICLE, ARTICLE]}},
            {"articles": {"results": [ARTICLE, ARTICLE], "count": 2}},
            {"hits": {"total": 2, "hits": [{"_id": "1", "_source": ARTICLE}] * 2}},
            {"whatever": [ARTICLE, ARTICLE], "sources": [{"name": "a"}]},
            {"@graph": [{"@type": "WebPage", "name": "x"}, ARTICLE, ARTICLE]},
        ],
    )
    @pytest.mark.parametrize("named", [True, False])
    def test_each_article_within_is_an_input(
        self, tmp_path: Path, whole: dict[str, Any], named: bool
    ) -> None:
        data = json.dumps(whole).encode()
        if named:
            found = reading(tmp_path / "a.json", data)
        else:
            found = list(read_unnamed(io.BytesIO(data), "-", Source("stdin"), NOW))
        assert [r.source_uri.partition("#")[2] for r in found] == ["1", "2"]
        for record in found:
            assert isinstance(record, RawArticle)
            made = read_article(record)
            assert isinstance(made, Article)
            assert (made.title, made.text) == ("T", "It rained.")

    def test_an_article_is_not_taken_for_its_parts(self, tmp_path: Path) -> None:
        data = json.dumps({**ARTICLE, "related": [ARTICLE] * 3}).encode()
        assert [r.source_uri for r in reading(tmp_path / "a.json", data)] == ["a.json"]

    def test_an_empty_answer_is_said_to_be_one(self, tmp_path: Path) -> None:
        found = reading(tmp_path / "a.json", '{"status": "ok", "articles": []}')
        assert rejects(found) == {"": "empty"}

    def test_half_a_character_is_left_for_the_article(self, tmp_path: Path) -> None:
        data = '{"articles": [{"content": "a\\ud83d", "title": "t"}]}'
        (record,) = reading(tmp_path / "a.json", data)
        assert isinstance(record, RawArticle)
        made = read_article(record)
        assert isinstance(made, Reject)
        assert made.reason == "malformed"


class TestLists:
    MEDIA = "id,media_name,publish_date,title,url\n" + "".join(
        f"{n},a.example,2025-04-2{n},T,https://a.example/{n}\n" for n in range(1, 4)
    )

    def test_rows_of_addresses_are_links_with_their_dates(self) -> None:
        found = opened("csv", self.MEDIA.encode())
        assert found == [
            Link(f"https://a.example/{n}", f"2025-04-2{n}", None, f"#L{n + 1}") for n in range(1, 4)
        ]

    def test_gdelts_answer_is_one(self) -> None:
        listed = [{"url": f"https://a.example/{n}", "title": "T", "seendate": "20250428T101500Z",
                   "domain": "a.example", "language": "English"} for n in range(30)]  # fmt: skip
        found = opened("json", json.dumps({"articles": listed}).encode())
        assert len(found) == 30
        assert found[29] == Link("https://a.example/29", "20250428T101500Z", None, "#30")

    def test_not_followed_they_say_what_to_do(self, tmp_path: Path) -> None:
        found = reading(tmp_path / "a.csv", self.MEDIA, follow=False)
        assert set(rejects(found).values()) == {"not_fetched"}
        assert "`follow = true`" in details(found)

    def test_one_with_a_text_among_the_first_is_not(self) -> None:
        lines = [{"url": "https://a.example/1"}, {"url": "https://a.example/2", "text": "b"}]
        found = opened("jsonl", "\n".join(map(json.dumps, lines)).encode())
        assert [type(one) for one in found] == [RawArticle, RawArticle]

    def test_more_records_than_the_limit_is_a_reject(self, tmp_path: Path) -> None:
        found = reading(tmp_path / "a.jsonl", '{"text": "a"}\n' * 5, Limits(members=3))
        assert (list(rows(found)), list(rejects(found).values())) == (
            ["L1", "L2", "L3"], ["too_large"]
        )  # fmt: skip


class TestRecognised:
    @pytest.mark.parametrize(
        ("head", "kind"),
        [
            (b"headline,maintext,date_publish\n", "csv"),
            (b'\xef\xbb\xbf"Title";"Date";"Content"\r\n', "csv"),
            ("title,date,text\n".encode("utf-16"), "csv"),
            (b"sep=;\ntitle;url;text\n", "csv"),
            (b"title\turl\tseendate\n", "tsv"),
            (b"Rain fell, wind blew, and text was sent.\n", "text"),
            (b"PAR1\x15\x04", "parquet"),
            (b'{"status":"ok","articles":[{"url":"https://a.example"}]}', "json"),
            (b'{"text": "a"}\n{"text": "b"}\n', "jsonl"),
            (b'[\n{"text": "a"}]', "json"),
        ],
    )
    def test_without_a_name(self, head: bytes, kind: str) -> None:
        assert kind_of_unnamed(head) == kind
        if kind != "text":
            assert kind_of("a.txt", head) == kind

    def test_a_list_under_the_name_of_lines_is_read_as_a_list(self, tmp_path: Path) -> None:
        found = reading(tmp_path / "a.jsonl", '[\n {"text": "a"},\n {"text": "b"}\n]\n')
        assert rows(found) == {"1": {"text": "a"}, "2": {"text": "b"}}


class TestHints:
    def hints(self, path: Path, data: str, **spec: Any) -> list[str]:
        path.write_text(data)
        (state,) = (
            one for one in read_all([SourceSpec(path=str(path), name="wire", **spec)])
            if isinstance(one, SourceState)
        )  # fmt: skip
        return list(state.hints)

    def test_a_key_that_looks_of_use_is_told_once(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        line = json.dumps(
            {"story": "It rained. " * 20, "head": "Rain again", "pub_dt": "2025-04-28"}
        )
        with caplog.at_level(logging.WARNING):
            told = self.hints(tmp_path / "a.jsonl", f"{line}\n" * 1500)
        said = "source wire: key `{}` looks like a {} and is not used: [sources.keys] {}"
        assert told == [
            said.format("story", "text", 'text = "story"'),
            said.format("head", "title", 'title = "head"'),
            said.format("pub_dt", "date", 'published_at = "pub_dt"'),
        ]
        assert [record.getMessage() for record in caplog.records] == told

    def test_the_settings_still_it(self, tmp_path: Path) -> None:
        data = "story,pub_dt\nIt rained all day.,2025-04-28\n"
        keys = {"text": "story", "published_at": "pub_dt"}
        assert self.hints(tmp_path / "a.csv", data, keys=keys) == []

    def test_dates_that_cannot_be_read_are_told(self, tmp_path: Path) -> None:
        lines = ['{"text": "a", "date": "2025-04-28"}', *['{"text": "a", "date": "soon"}'] * 2]
        (told,) = self.hints(tmp_path / "a.jsonl", "\n".join(lines))
        assert told == (
            'source wire: 2 of the first 3 records have a `date` that is not a time ("soon"): it '
            "is left out; write it like 2025-04-28T10:00:00+09:00"
        )

    def test_a_source_without_dates_is_told_its_keys(self, tmp_path: Path) -> None:
        (told,) = self.hints(tmp_path / "a.jsonl", '{"text": "a", "title": "b", "n": 1}\n' * 3)
        assert told == (
            "source wire: 3 of the first 3 records have no date; if one of their keys "
            '(text, title, n) is it, name it: [sources.keys] published_at = "..."'
        )


_CELL = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t\",;|'"))
_ROWS = st.lists(st.tuples(_CELL, _CELL, _CELL), max_size=8)


@given(found=_ROWS, delimiter=st.sampled_from(module.DELIMITERS), quoting=st.sampled_from([0, 1]),
       encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))  # fmt: skip
@settings(max_examples=examples(80))
def test_what_csv_writes_is_read_back(
    found: list[tuple[str, str, str]], delimiter: str, quoting: Any, encoding: str
) -> None:
    names = ["title", "text", "note"]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting)
    writer.writerows([names, *found])
    back = opened("csv", text.getvalue().encode(encoding))
    wanted = [{n: c for n, c in zip(names, row, strict=True) if c} for row in found]
    wanted = [row for row in wanted if row]
    read_back = [json.loads(one.payload) for one in back if isinstance(one, RawArticle)]
    assert read_back == wanted
    assert [one.reason for one in back if isinstance(one, Reject)] == (
        [] if wanted else ["empty"]
    )  # fmt: skip


@given(
    texts=st.lists(st.none() | st.text(st.characters(codec="utf-8")), min_size=1),
    group=st.integers(1, 9),
)
@settings(max_examples=examples(40), deadline=None)
def test_batches_of_parquet_are_the_whole(texts: list[str | None], group: int) -> None:
    table = pa.table({"text": pa.array(texts, pa.string()), "n": range(len(texts))})
    back = opened("parquet", parquet(table, row_group_size=group))
    wanted = [{k: v for k, v in row.items() if v is not None} for row in table.to_pylist()]
    assert [json.loads(one.payload) for one in back] == wanted


_SOUND = {
    "csv": b'title,text\n"a ""b""",c\nd,"e\nf"\n',
    "parquet": parquet(pa.table({"text": ["a", "b" * 90, None], "authors": [["x"], [], None]})),
    "json": b'{"articles": [{"title": "t", "content": "It rained.", "authors": [{"name": "x"}]}]}',
    "jsonl": b'{"url": "https://a.example/1", "date": 5}\n{"text": "b", "date": "2025-01-01"}\n',
}


@given(
    kind=st.sampled_from(sorted(_SOUND)),
    changes=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=6),
    cut=st.integers(0, 2000),
)
@settings(max_examples=examples(150), deadline=None)
def test_no_bytes_make_a_reader_raise(kind: str, changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(_SOUND[kind])
    for at, byte in changes:
        data[at % len(data)] = byte
    found = opened(kind, bytes(data[: len(data) - cut % len(data)] if cut % 3 == 0 else data))
    assert found
    for one in found:
        assert isinstance(one, Link | Reject) or read_article(one)


@pytest.mark.parametrize("bit", [0, 4])
def test_no_damage_to_what_a_table_says_of_itself_ends_the_process(bit: int) -> None:
    # pyarrow aborts, and raises nothing, where the description of a column is damaged.
    whole = parquet(pa.table({"title": ["a", "b"], "text": ["One boat.", None]}))
    length = int.from_bytes(whole[-8:-4], "little")
    for at in range(len(whole) - 8 - length, len(whole) - 4):
        bent = bytearray(whole)
        bent[at] ^= 1 << bit
        for record in opened("parquet", bytes(bent)):
            assert isinstance(record, RawArticle | Reject)


def test_what_columns_come_to_is_told_by_the_file_or_said_to_be_damaged() -> None:
    texts = ["x" * 5000] * 10
    whole = parquet(pa.table({"text": texts}))
    [size] = column_sizes(io.BytesIO(whole))
    assert (size.path, size.strings) == ("text", True)
    assert size.dictionary > 0
    with pytest.raises(ValueError, match="damaged"):
        column_sizes(io.BytesIO(whole[:-40] + b"x" * 32 + whole[-8:]))
