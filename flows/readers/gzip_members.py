"""The members of a .gz one after another, and on behind one that is damaged."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

from flows.readers.peel import FREE, Expanded

_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 65_536


class GzipMembers(io.RawIOBase):
    """What a .gz holds, which must be able to be sought in.

    It ends where a member is damaged or breaks off: ``broken`` says how, ``ended`` whether the file
    does so, and :meth:`resume` goes on with the next member that begins with ``start``. Raises
    :class:`Expanded` beyond ``expansion`` times what was read.
    """

    def __init__(self, stream: BinaryIO, expansion: int, start: bytes) -> None:
        self._stream = stream
        self._expansion = expansion
        self._start = start
        self._unused = b""
        self._inflater = zlib.decompressobj(31)
        self._member = self._read = stream.tell()
        self._inside = False
        self._given = 0
        self.broken: str | None = None
        self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while self.broken is None:
            packed = self._inflater.unconsumed_tail or self._more()
            if not packed:
                if self._inside:
                    self.broken, self.ended = "breaks off", True
                return 0
            self._inside = True
            try:
                data = self._inflater.decompress(packed, len(buffer))
            except zlib.error as error:
                self.broken = f"is damaged ({str(error).split(': ')[-1]})"
                return 0
            if self._inflater.eof:
                self._next_member()
            if data:
                self._count(len(data))
                buffer[: len(data)] = data
                return len(data)
        return 0

    def resume(self) -> bool:
        """Whether there is a whole member behind the broken one, from which reading goes on."""
        at = self._member + 1
        while (found := self._find(at)) is not None:
            self._stream.seek(found)
            try:
                head = zlib.decompressobj(31).decompress(self._stream.read(_CHUNK), 64)
            except zlib.error:
                head = b""
            if head.startswith(self._start):
                self._stream.seek(found)
                self._unused, self.broken, self._inside = b"", None, False
                self._inflater = zlib.decompressobj(31)
                self._member = self._read = found
                return True
            at = found + 1
        return False

    def _more(self) -> bytes:
        data, self._unused = self._unused, b""
        if not data:
            data = self._stream.read(_CHUNK)
            self._read += len(data)
        if not self._inside:
            data = data.lstrip(b"\0")  # padding between members
        return data

    def _next_member(self) -> None:
        self._unused = self._inflater.unused_data
        self._member = self._read - len(self._unused)
        self._inside = False
        self._inflater = zlib.decompressobj(31)

    def _count(self, size: int) -> None:
        self._given += size
        most = max(FREE, self._expansion * self._read)
        if self._given > most:
            raise Expanded(
                f"it comes to more than {most:,} bytes, {self._expansion} times its compressed "
                "size: it was made to do harm, or raise limits.expansion"
            )

    def _find(self, at: int) -> int | None:
        """Where the next member seems to begin."""
        self._stream.seek(at)
        held = b""
        while data := self._stream.read(_CHUNK):
            held += data
            found = held.find(_MAGIC)
            if found >= 0:
                return at + found
            at += len(held) - 2
            held = held[-2:]
        return None
