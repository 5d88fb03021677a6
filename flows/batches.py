"""Cutting inputs into batches, and the list of what is to be built.

A batch is the unit of retry, of memory and of commit. Where the cuts fall never changes what
comes out (:mod:`flows.plan`), so a batch is closed early when its payloads grow large.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import IO, Self

from flows.plan import Key
from flows.readers.item import Seen
from transforms.model import RawArticle, Record, Reject

#: Payload bytes at which a batch is closed.
MOST_BYTES = 64_000_000
#: Bytes of the worklist that are kept in memory.
_IN_MEMORY = 4_000_000


def key_of(record: Record) -> Key:
    """What the ledger knows the input by."""
    if isinstance(record, Reject):
        return (record.source, record.source_uri, record.raw_id)
    return (record.source.name, record.source_uri, record.raw_id)


def cut[S: Seen](
    records: Iterable[S], size: int, most_bytes: int = MOST_BYTES
) -> Iterator[list[S]]:
    """The records in batches of ``size``, fewer where they hold ``most_bytes``."""
    batch: list[S] = []
    held = 0
    for record in records:
        batch.append(record)
        held += len(record.payload) if isinstance(record, RawArticle) else 0
        if len(batch) >= size or held >= most_bytes:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


class Worklist:
    """The inputs to be built, in order: keys of stored raws, and rejects of the readers.

    It is as long as the corpus, so beyond some megabytes it lies in a file without a name, which
    is gone when the process is, however it ends.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def clear(self) -> None:
        """Forget every entry."""
        self._file.seek(0)
        self._file.truncate()
        self._length = 0

    def add(self, key: Key, size: int) -> None:
        """Append a stored raw input and the length of its payload."""
        self._append([*key, size])

    def add_reject(self, reject: Reject) -> None:
        """Append an input that could not be read."""
        self._append(
            [reject.source, reject.source_uri, reject.raw_id, reject.reason, reject.detail]
        )

    def _append(self, entry: list[str | int | None]) -> None:
        self._file.seek(0, 2)
        self._file.write(json.dumps(entry).encode() + b"\n")
        self._length += 1

    def batches(self, size: int, most_bytes: int = MOST_BYTES) -> Iterator[list[Key | Reject]]:
        """The entries in batches, cut as :func:`cut` cuts."""
        batch: list[Key | Reject] = []
        held = 0
        position = 0
        while position < self._end():
            self._file.seek(position)
            line = self._file.readline()
            position = self._file.tell()
            entry = json.loads(line)
            if len(entry) == 4:
                source, uri, raw_id, length = entry
                batch.append((source, uri, raw_id))
                held += length
            else:
                source, uri, raw_id, reason, detail = entry
                batch.append(Reject(source, uri, reason, detail, raw_id))
            if len(batch) >= size or held >= most_bytes:
                yield batch
                batch, held = [], 0
        if batch:
            yield batch

    def _end(self) -> int:
        return self._file.seek(0, 2)
