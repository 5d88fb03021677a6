"""Parquet: a batch of rows at a time, each row an input.

A file may hold a long value once and point at it from a million rows. Where a column looks like
that, it is kept by its dictionary while it is read, which takes longer; and what all rows come to
is held to ``limits.expansion`` times the file.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from subprocess import TimeoutExpired
from typing import TYPE_CHECKING, Any, BinaryIO

from flows.readers.column_sizes import ColumnSize, column_sizes
from flows.readers.item import Item, read_before
from flows.readers.peel import FREE
from flows.readers.rows import as_json, plain
from transforms.model import NDJSON, RawArticle, Reject

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

#: Rows that are in memory at once, and bytes of a column's file that are.
_ROWS = 64
_BUFFER = 1024 * 1024
#: Bytes of a copy that are kept in memory.
_IN_MEMORY = 8 * 1024 * 1024
#: A column is kept by its dictionary that comes to so much, at so many times its compressed size,
#: or whose dictionary is that large: writers give up theirs at 1 MB.
_LARGE, _DENSE, _LARGE_DICTIONARY = 16 * 1024 * 1024, 20, 2 * 1024 * 1024
#: Bytes that a column of a row group may come to, however small it is compressed.
_FREE = 1024 * 1024 * 1024


def read_parquet(stream: BinaryIO, item: Item) -> Iterator[RawArticle | Reject]:
    """Each row as an input, ``file#12``: the JSON object of what is not null in it."""
    if stream.seekable():
        yield from _rows(stream, item)
        return
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        shutil.copyfileobj(stream, copy, _BUFFER)
        copy.seek(0)
        yield from _rows(copy, item)


def _rows(stream: Any, item: Item) -> Iterator[RawArticle | Reject]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = held = 0
    try:
        metadata = pq.read_metadata(stream)
        stream.seek(0)
        sizes = _sizes(stream, metadata)
        trouble = _bomb(sizes, item)
        if trouble:
            yield trouble
            return
        most = max(FREE, item.limits.expansion * stream.seek(0, 2))
        stream.seek(0)
        file = pq.ParquetFile(
            stream, read_dictionary=_dense(sizes), buffer_size=_BUFFER, pre_buffer=False
        )
        for batch in file.iter_batches(_ROWS, use_threads=False):
            for row in _values(batch):
                number += 1
                record = _record(row, number, item)
                if isinstance(record, RawArticle):
                    held += len(record.payload)
                yield record
                if held > most:
                    detail = (
                        f"its rows come to more than {most:,} bytes, {item.limits.expansion} times "
                        f"the file (limits.expansion){read_before(number)}"
                    )
                    yield item.reject("too_large", detail, f"#{number + 1}")
                    return
    except (pa.ArrowException, OSError, ValueError, OverflowError, TimeoutExpired) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk's, not the file's
        told = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        detail = f"this is not whole Parquet data: {told}{read_before(number)}; get the file again"
        yield item.reject("malformed", detail, f"#{number + 1}" if number else "")
        return
    if not number:
        yield item.reject("empty", "the table holds no row")


def _sizes(stream: Any, metadata: pq.FileMetaData) -> list[ColumnSize]:
    """What the columns come to; nothing of a file that says of itself that it is small."""
    groups = range(metadata.num_row_groups)
    if sum(metadata.row_group(group).total_byte_size for group in groups) <= _LARGE:
        return []
    try:
        return column_sizes(stream)
    finally:
        stream.seek(0)


def _bomb(sizes: Iterable[ColumnSize], item: Item) -> Reject | None:
    """The reject of a file whose columns come to far more than is in it."""
    for size in sizes:
        if size.uncompressed > max(_FREE, item.limits.expansion * size.compressed):
            return item.reject(
                "too_large",
                f"column {size.path} comes to {size.uncompressed:,} bytes, more than "
                f"limits.expansion allows: {item.limits.expansion} times its compressed size",
            )
    return None


def _dense(sizes: Iterable[ColumnSize]) -> list[str]:
    """The columns of strings that may come to far more than what is in the file."""
    return sorted({size.path for size in sizes if size.strings and _is_dense(size)})


def _is_dense(size: ColumnSize) -> bool:
    dense = size.uncompressed > _LARGE and size.uncompressed > _DENSE * size.compressed
    return dense or size.dictionary > _LARGE_DICTIONARY


def _values(batch: pa.RecordBatch) -> Iterator[dict[str, object] | None]:
    """The rows of a batch; None for one with a string that is not Unicode."""
    columns = [_column(array) for array in batch.columns]
    names = batch.schema.names
    for values in zip(*columns, strict=True):
        row: dict[str, object] = {}
        for name, value in zip(names, values, strict=True):
            if value is not None:
                row.setdefault(name, value)
        yield None if _BROKEN in values else row


class _Broken:
    """Stands for a string that is not Unicode."""


_BROKEN = _Broken()


def _column(array: pa.Array) -> list[object]:
    import pyarrow as pa

    if pa.types.is_timestamp(array.type) and array.type.unit == "ns":
        array = array.cast(pa.timestamp("us", array.type.tz), safe=False)
    try:
        return [plain(value) for value in array.to_pylist()]
    except (UnicodeDecodeError, OverflowError, ValueError, pa.ArrowException):
        return [_value(array[n]) for n in range(len(array))]


def _value(scalar: pa.Scalar) -> object:
    import pyarrow as pa

    try:
        return plain(scalar.as_py())
    except UnicodeDecodeError:
        return _BROKEN
    except (OverflowError, ValueError, pa.ArrowException):
        return str(scalar.cast(pa.string()))  # a time that Python has no room for


def _record(row: dict[str, object] | None, number: int, item: Item) -> RawArticle | Reject:
    part = f"#{number}"
    payload = None if row is None else as_json(row)
    if payload is None:
        return item.reject("encoding", "a string of the row is not UTF-8: write it anew", part)
    if len(payload) > item.limits.input_bytes:
        return item.too_large("the row", part)
    return item.raw(part, NDJSON, payload)
