"""What readers make of files that tests write."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

from flows.limits import Limits
from flows.readers import SourceSpec, read, read_unnamed
from transforms.model import RawArticle, Record, Reject, Source

NOW = dt.datetime(2025, 5, 1, 12)


def records(path: Path, limits: Limits | None = None, **known: Any) -> list[Record]:
    return list(read([SourceSpec(path=str(path), **known)], limits))


def unnamed(data: bytes, limits: Limits | None = None) -> list[Record]:
    """What is read of data on standard input."""
    return list(read_unnamed(io.BytesIO(data), "-", Source("desk"), NOW, limits))


def inputs(found: list[Record]) -> dict[str, bytes]:
    """The payloads by place, of records that are all inputs."""
    assert not [record for record in found if isinstance(record, Reject)], found
    return {one.source_uri: one.payload for one in found if isinstance(one, RawArticle)}


def reasons(found: list[Record]) -> list[tuple[str, str]]:
    return [(one.source_uri, one.reason) for one in found if isinstance(one, Reject)]


def reject(found: list[Record]) -> Reject:
    (one,) = [record for record in found if isinstance(record, Reject)]
    return one
