"""Compressed files: peeled by what they begin with, held to a bound of what they may come to."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import BinaryIO, cast

from backports import zstd

#: How a compressed stream begins (the formats' own magic numbers), and what opens it.
_MAGIC: Mapping[bytes, Callable[[BinaryIO], BinaryIO]] = {
    b"\x1f\x8b": lambda stream: cast(BinaryIO, gzip.GzipFile(fileobj=stream)),
    b"BZh": lambda stream: cast(BinaryIO, bz2.BZ2File(stream)),
    b"\xfd7zXZ\x00": lambda stream: cast(BinaryIO, lzma.LZMAFile(stream)),  # noqa: SIM115
    b"\x28\xb5\x2f\xfd": lambda stream: cast(BinaryIO, zstd.ZstdFile(stream)),
}
#: The ends of names of compressed files, lower case, by what they are called.
ENDINGS: Mapping[str, str] = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd"}
#: Names that say both that a file is compressed and what it holds.
_BOTH: Mapping[str, str] = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".tzst": ".tar"}
#: What such a stream may raise when its data is not, or not only, what it began as.
BROKEN = (gzip.BadGzipFile, zlib.error, lzma.LZMAError, zstd.ZstdError)
#: Bytes that any file may come to, however small it is compressed.
FREE = 64 * 1024 * 1024
#: Layers that are peeled: a file compressed more often was made to do harm.
LAYERS = 3
_HEAD = 65_536


class NotCompressed(Exception):  # noqa: N818 - as below
    """The name says that the file is compressed, its bytes do not; the message is the format."""


class Expanded(Exception):  # noqa: N818 - an outcome with a message for people
    """A compressed file comes to more than it may."""


def peeled(stream: BinaryIO, name: str, expansion: int) -> tuple[io.BufferedReader, str]:
    """The stream without its compression, and the name without what says so.

    Reading it raises ``EOFError`` where it ends too early, one of ``BROKEN`` or ``OSError`` where
    it is not what it began as, and :class:`Expanded` beyond ``expansion`` times what was read of
    it. Raises :class:`NotCompressed` where the name says that it is compressed and it is not.
    """
    plain = buffered(stream)
    for _ in range(LAYERS):
        head = plain.peek(8)[:8]
        opener = next((o for magic, o in _MAGIC.items() if head.startswith(magic)), None)
        ending = PurePath(name.lower()).suffix
        if opener is None:
            if ending in ENDINGS and head:
                raise NotCompressed(ENDINGS[ending])
            break
        counted = _Counted(plain)
        inner = opener(cast(BinaryIO, io.BufferedReader(counted, _HEAD)))
        plain = io.BufferedReader(_Bounded(inner, counted, expansion), _HEAD)
        name = bare(name)
    return plain, bare(name)


def is_compressed(head: bytes) -> bool:
    """Whether what begins so is compressed."""
    return head.startswith(tuple(_MAGIC))


def bare(name: str) -> str:
    """The name without the ending that says that the file is compressed."""
    ending = PurePath(name.lower()).suffix
    if ending in ENDINGS:
        return name[: -len(ending)]
    return name[: -len(ending)] + _BOTH[ending] if ending in _BOTH else name


def buffered(stream: BinaryIO) -> io.BufferedReader:
    """The stream with ``peek``."""
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(_Counted(stream), _HEAD)


class _Counted(io.RawIOBase):
    """A stream that counts what is read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Bounded(io.RawIOBase):
    """What comes out of a compressed stream, as long as it stays in proportion.

    What was there before the stream broke is given first, and the error with the next reading.
    """

    def __init__(self, stream: BinaryIO, compressed: _Counted, expansion: int) -> None:
        self._stream = stream
        self._compressed = compressed
        self._expansion = expansion
        self._count = 0
        self._error: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._error is not None:
            raise self._error
        filled = 0
        try:
            while filled < len(buffer):
                data = cast(io.BufferedReader, self._stream).read1(len(buffer) - filled)
                if not data:
                    break
                buffer[filled : filled + len(data)] = data
                filled += len(data)
        except (EOFError, OSError, *BROKEN) as error:
            if not filled:
                raise
            self._error = error
        self._count += filled
        most = max(FREE, self._expansion * self._compressed.count)
        if self._count > most:
            raise Expanded(
                f"it comes to more than {most:,} bytes, {self._expansion} times its compressed "
                "size: it was made to do harm, or raise limits.expansion"
            )
        return filled
