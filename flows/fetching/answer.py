"""What comes of asking for an address: an answer, or why there is none."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import BinaryIO, cast

Headers = tuple[tuple[str, str], ...]

#: Bytes of a body that are kept in memory; more lies in a file without a name.
_IN_MEMORY = 256 * 1024


@dataclass(frozen=True)
class Bounds:
    """What a body may come to: bytes, decompressed, and seconds; ``setting`` names the first."""

    size: int
    seconds: float
    setting: str


#: From address, media type and the first bytes of an answer to its bounds.
Bounding = Callable[[str, str, bytes], Bounds]


@dataclass(frozen=True)
class Answer:
    """What a server sent: 200 with a body, or 304 (not changed) without one.

    ``final`` is the address that it came from, after redirects; ``moved`` is where the address has
    moved for good. ``headers`` are in lower case, without cookies. ``at`` is UTC without a zone.
    """

    address: str
    final: str
    status: int
    headers: Headers
    at: dt.datetime
    body: tempfile.SpooledTemporaryFile[bytes] | None = None
    moved: str | None = None

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)

    @property
    def media_type(self) -> str:
        """The media type that the server gives, in lower case; empty if it gives none."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    def open(self) -> AbstractContextManager[BinaryIO]:
        """The body from its beginning; it stays open."""
        assert self.body is not None
        self.body.seek(0)
        return nullcontext(cast(BinaryIO, self.body))

    def close(self) -> None:
        if self.body is not None:
            self.body.close()


@dataclass(frozen=True)
class Trouble:
    """Why an address gave nothing, for a person: what happened and what to do.

    ``reason`` is one of ``REJECT_REASONS``, or None where it may well be otherwise in a while.
    ``again`` says that the next run shall ask again, whatever the list says of the address.
    """

    address: str
    detail: str
    reason: str | None = None
    status: int | None = None
    again: bool = True


def new_body() -> tempfile.SpooledTemporaryFile[bytes]:
    return tempfile.SpooledTemporaryFile(_IN_MEMORY)
