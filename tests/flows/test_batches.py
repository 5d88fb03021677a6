"""Cutting and keeping: nothing is lost, no batch is larger than it may be."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from flows.batches import Worklist, cut, key_of
from transforms.model import RawArticle, Reject, Source

NOW = dt.datetime(2025, 3, 4)
SOURCE = Source("wire")


def raw(number: int, size: int = 10) -> RawArticle:
    return RawArticle(f"{number}.txt", "text/plain", NOW, b"x" * size, SOURCE)


@given(st.lists(st.integers(0, 40), max_size=30), st.integers(1, 7), st.integers(1, 100))
def test_batches_hold_everything_in_order(sizes: list[int], most: int, most_bytes: int) -> None:
    records = [raw(number, size) for number, size in enumerate(sizes)]
    found = list(cut(records, most, most_bytes))
    assert [record for batch in found for record in batch] == records
    assert all(0 < len(batch) <= most for batch in found)
    for batch in found:
        held = [len(record.payload) for record in batch if isinstance(record, RawArticle)]
        assert sum(held[:-1]) < most_bytes


def test_inputs_are_read_only_as_they_are_asked_for() -> None:
    read: list[int] = []

    def records() -> Iterator[RawArticle]:
        for number in range(10):
            read.append(number)
            yield raw(number)

    next(cut(records(), 3))
    assert read == [0, 1, 2]


def test_a_worklist_gives_back_what_was_added() -> None:
    reject = Reject("wire", "bad\udcff.gz", "truncated", "cut off: ask for it again")
    with Worklist() as worklist:
        for number in range(5):
            worklist.add(key_of(raw(number)), 10)
        worklist.add_reject(reject)
        assert len(worklist) == 6
        entries = [entry for batch in worklist.batches(4) for entry in batch]
        assert entries == [*(key_of(raw(number)) for number in range(5)), reject]
        assert [len(batch) for batch in worklist.batches(4)] == [4, 2]
        assert [len(batch) for batch in worklist.batches(4, most_bytes=20)] == [2, 2, 2]


def test_a_long_worklist_leaves_memory_and_can_be_read_while_it_grows() -> None:
    with Worklist() as worklist:
        worklist._file = tempfile.SpooledTemporaryFile(100)  # noqa: SIM115
        for number in range(50):
            worklist.add(key_of(raw(number)), 10)
        seen = 0
        for batch in worklist.batches(20):
            seen += len(batch)
            if seen == 20:
                worklist.add(key_of(raw(50)), 10)
        assert seen == 51
