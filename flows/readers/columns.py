"""Parquet: a batch of rows at a time, each row an input.

Strings are kept by dictionary while they are read, so that a value which a file holds once and a
million rows point at takes its room once.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from flows.readers.item import Item, read_before
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

    number = 0
    try:
        file = _opened(stream)
        trouble = _bomb(file, item)
        if trouble:
            yield trouble
            return
        for batch in file.iter_batches(_ROWS):
            for row in _values(batch):
                number += 1
                yield _record(row, number, item)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk's, not the file's
        told = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        detail = f"this is not whole Parquet data: {told}{read_before(number)}; get the file again"
        yield item.reject("malformed", detail, f"#{number + 1}" if number else "")
        return
    if not number:
        yield item.reject("empty", "the table holds no row")


def _opened(stream: Any) -> pq.ParquetFile:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pq.read_schema(stream)
    stream.seek(0)
    kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary)
    strings = [field.name for field in schema if any(is_kind(field.type) for is_kind in kinds)]
    return pq.ParquetFile(
        stream, read_dictionary=strings, buffer_size=_BUFFER, pre_buffer=False, memory_map=False
    )


def _bomb(file: pq.ParquetFile, item: Item) -> Reject | None:
    """The reject of a file whose columns come to far more than is in it."""
    for group in range(file.metadata.num_row_groups):
        columns = file.metadata.row_group(group)
        for column in range(columns.num_columns):
            part = columns.column(column)
            most = max(_FREE, item.limits.expansion * part.total_compressed_size)
            if part.total_uncompressed_size > most:
                return item.reject(
                    "too_large",
                    f"column {part.path_in_schema} comes to {part.total_uncompressed_size:,} bytes, "
                    f"more than {item.limits.expansion} times its compressed size: it was made to "
                    "do harm, or raise limits.expansion",
                )
    return None


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
