"""JSON and JSON lines: one input for each value, its place told by line or number."""

from __future__ import annotations

import gzip
import json
import os
import tracemalloc
import zlib
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.limits import Limits
from flows.readers import SourceSpec, read
from flows.readers.values import Values
from tests.properties import examples
from transforms.model import RawArticle, Record, Reject


def reading(path: Path, data: bytes, limits: Limits | None = None) -> list[Record]:
    path.write_bytes(data)
    return list(read([SourceSpec(path=str(path))], limits))


def payloads(found: list[Record]) -> dict[str, bytes]:
    return {r.source_uri: r.payload for r in found if isinstance(r, RawArticle)}


def rejects(found: list[Record]) -> dict[str, str]:
    return {r.source_uri: r.reason for r in found if isinstance(r, Reject)}


class TestLines:
    def test_each_line_is_an_input_known_by_its_number(self, tmp_path: Path) -> None:
        data = b'\xef\xbb\xbf{"id": 1}\r\n\n  \n{"id": 2}\n{"id": 3}'
        found = reading(tmp_path / "a.jsonl", data)
        assert payloads(found) == {
            "a.jsonl#L1": b'{"id": 1}',
            "a.jsonl#L4": b'{"id": 2}',
            "a.jsonl#L5": b'{"id": 3}',
        }
        assert {r.media_type for r in found if isinstance(r, RawArticle)} == {
            "application/x-ndjson"
        }

    def test_a_bad_line_is_an_input_and_costs_no_other(self, tmp_path: Path) -> None:
        found = reading(tmp_path / "a.ndjson", b'{"id": 1}\n{"id": \n\xff\xfe\x00\n{"id": 4}\n')
        assert len(payloads(found)) == 4

    def test_a_line_that_is_too_long_is_a_reject_and_reading_goes_on(self, tmp_path: Path) -> None:
        limits = Limits(input_bytes=10)
        found = reading(tmp_path / "a.jsonl", b"0123456789\n" + b"x" * 5000 + b"\nlast\n", limits)
        assert payloads(found) == {"a.jsonl#L1": b"0123456789", "a.jsonl#L3": b"last"}
        assert rejects(found) == {"a.jsonl#L2": "too_large"}

    @pytest.mark.parametrize("ending", ["", ".gz"])
    def test_blank_lines_are_counted_however_many(self, tmp_path: Path, ending: str) -> None:
        data = b'{"id": 1}\n' + b"\n" * 300_000 + b"  \r\n\n" + b'{"id": 2}\n'
        data = gzip.compress(data) if ending else data
        found = reading(tmp_path / f"a.jsonl{ending}", data)
        assert [r.source_uri for r in found] == [f"a.jsonl{ending}#L1", f"a.jsonl{ending}#L300004"]

    def test_what_comes_to_much_more_than_its_size_is_a_reject(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl.gz"
        with gzip.open(path, "wb", compresslevel=1) as file:
            file.write(b'{"id": 1}\n')
            for _ in range(70):
                file.write(b"\n" * 1_000_000)
        found = list(read([SourceSpec(path=str(path))], Limits(expansion=2)))
        assert [r.source_uri for r in found] == ["a.jsonl.gz#L1", "a.jsonl.gz"]
        assert rejects(found) == {"a.jsonl.gz": "too_large"}
        last = found[-1]
        assert isinstance(last, Reject)
        assert "limits.expansion" in last.detail

    def test_memory_is_bounded_by_the_line(self, tmp_path: Path) -> None:
        limits = Limits(input_bytes=100_000)
        path = tmp_path / "a.jsonl.gz"
        with gzip.open(path, "wb", compresslevel=1) as file:
            for _ in range(20):
                file.write(b"x" * 2_000_000 + b"\n" + b"y" * 1000 + b"\n")
        tracemalloc.start()
        try:
            count = sum(1 for _ in read([SourceSpec(path=str(path))], limits))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert count == 40
        assert peak < 5_000_000

    @pytest.mark.parametrize("data", [b"", b"\n \n"])
    def test_a_file_without_a_line_is_a_reject(self, tmp_path: Path, data: bytes) -> None:
        assert rejects(reading(tmp_path / "a.jsonl", data)) == {"a.jsonl": "empty"}

    def test_utf16_is_a_reject(self, tmp_path: Path) -> None:
        data = '{"id": 1}\n'.encode("utf-16")
        assert rejects(reading(tmp_path / "a.jsonl", data)) == {"a.jsonl": "encoding"}

    @pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
    def test_of_a_truncated_gz_the_complete_lines_pass(self, tmp_path: Path, part: float) -> None:
        lines = [json.dumps({"id": n, "text": os.urandom(300).hex()}) for n in range(2000)]
        whole = gzip.compress("\n".join(lines).encode())
        cut = whole[: int(len(whole) * part)]
        plain = zlib.decompressobj(wbits=31).decompress(cut)
        complete = plain.split(b"\n")[:-1]
        found = reading(tmp_path / "a.jsonl.gz", cut)
        assert list(payloads(found).values()) == complete
        assert rejects(found) == {"a.jsonl.gz": "truncated"}
        assert isinstance(found[-1], Reject)
        assert f"{len(complete)} inputs were read before" in found[-1].detail


class TestJson:
    def test_an_object_is_one_input_with_the_bytes_of_the_file(self, tmp_path: Path) -> None:
        data = b'\xef\xbb\xbf\n{"id": 1,\n "text": "caf\xe9"}\n'
        assert payloads(reading(tmp_path / "a.json", data)) == {"a.json": data}

    def test_each_element_of_a_list_is_an_input_with_its_own_bytes(self, tmp_path: Path) -> None:
        data = b'[ {"id":  1}, {"text": "caf\xe9 ]"},\n{"a": [1, [2]]}, 7 ]\n'
        assert payloads(reading(tmp_path / "a.json", data)) == {
            "a.json#1": b'{"id":  1}',
            "a.json#2": b'{"text": "caf\xe9 ]"}',
            "a.json#3": b'{"a": [1, [2]]}',
            "a.json#4": b"7",
        }

    def test_values_one_after_another_are_read_like_a_list(self, tmp_path: Path) -> None:
        found = reading(tmp_path / "a.json", b'{"id": 1}\n{"id": 2}\n')
        assert list(payloads(found)) == ["a.json#1", "a.json#2"]

    def test_utf16_elements_come_as_utf8(self, tmp_path: Path) -> None:
        found = reading(tmp_path / "a.json", '[{"t": "é"}, {"t": "日"}]'.encode("utf-16"))
        assert list(payloads(found).values()) == ['{"t": "é"}'.encode(), '{"t": "日"}'.encode()]

    @pytest.mark.parametrize("data", [b"no json", b"", b"  \n", b"\x00\x01\x02", b'{"id": 1'])
    def test_what_does_not_begin_as_json_is_left_to_the_article(
        self, tmp_path: Path, data: bytes
    ) -> None:
        assert payloads(reading(tmp_path / "a.json", data)) == {"a.json": data}

    def test_an_empty_list_is_a_reject(self, tmp_path: Path) -> None:
        assert rejects(reading(tmp_path / "a.json", b" [ ] ")) == {"a.json": "empty"}

    @pytest.mark.parametrize(
        ("data", "uri", "reason", "where"),
        [
            (b'[{"id": 1},\n{"id": 2},\n{"id" 3}]', "a.json#3", "malformed", "line 3"),
            (b'[{"id": 1},\n{"id": 2} {"id": 3}]', "a.json#3", "malformed", "line 2"),
            (b'[{"id": 1}, {"id": 2}, ]', "a.json#3", "malformed", "line 1, character 24"),
            (b'[{"id": 1}, {"id": 2}]]', "a.json#3", "malformed", "after the end of the list"),
            (b'[{"id": 1}, {"id": 2},', "a.json#3", "truncated", "ends in the middle"),
            (b'[{"id": 1}, {"id": 2}', "a.json#3", "truncated", "ends in the middle"),
            (b'[{"id": 1}, {"id": 2}, {"te', "a.json#3", "truncated", "ends in the middle"),
            (b'[{"id": 1}, {"id": 2}, ' + b"[" * 100_000, "a.json#3", "malformed", "deeply"),
        ],
    )
    def test_where_a_list_breaks_off_what_came_before_is_kept(
        self, tmp_path: Path, data: bytes, uri: str, reason: str, where: str
    ) -> None:
        found = reading(tmp_path / "a.json", data)
        assert list(payloads(found)) == ["a.json#1", "a.json#2"]
        assert rejects(found) == {uri: reason}
        assert isinstance(found[-1], Reject)
        assert where in found[-1].detail
        assert "2 inputs were read before" in found[-1].detail

    def test_a_list_larger_than_the_limit_is_streamed(self, tmp_path: Path) -> None:
        limits = Limits(input_bytes=200)
        values = [{"id": n, "text": "x" * (n % 90)} for n in range(200)]
        found = reading(tmp_path / "a.json", json.dumps(values).encode(), limits)
        assert [json.loads(payload) for payload in payloads(found).values()] == values

    def test_a_value_larger_than_the_limit_is_a_reject(self, tmp_path: Path) -> None:
        limits = Limits(input_bytes=100)
        data = json.dumps([{"id": 1}, {"text": "x" * 5000}, {"id": 3}]).encode()
        found = reading(tmp_path / "a.json", data, limits)
        assert list(payloads(found)) == ["a.json#1"]
        assert rejects(found) == {"a.json#2": "too_large"}
        big = reading(tmp_path / "b.json", json.dumps({"text": "x" * 5000}).encode(), limits)
        assert rejects(big) == {"b.json#1": "too_large"}


class _Dribble:
    """A stream that gives a few bytes at a time, as a decompressor or a slow disk may."""

    def __init__(self, data: bytes, step: int) -> None:
        self.data, self.step = data, step

    def read(self, size: int) -> bytes:
        size = min(size, self.step)
        taken, self.data = self.data[:size], self.data[size:]
        return taken


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=examples(200))
@given(
    values=st.lists(_JSON, max_size=6),
    head=st.integers(4, 40),
    step=st.integers(1, 7),
    indent=st.sampled_from([None, 2]),
    as_list=st.booleans(),
)
def test_however_a_stream_is_cut_the_values_are_those_of_json(
    values: list[Any], head: int, step: int, indent: int | None, as_list: bool
) -> None:
    if as_list:
        data = json.dumps(values, indent=indent, ensure_ascii=False).encode()
    else:
        values = [{"value": value} for value in values]
        data = "\n".join(json.dumps(value, indent=indent) for value in values).encode()
    rest = cast(BinaryIO, _Dribble(data[head:], step))
    walk = Values(data[:head], rest, len(data) + 1, ended=False)
    assert [json.loads(payload) for payload in walk] == values
