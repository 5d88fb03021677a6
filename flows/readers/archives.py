"""Archives: the files in a .zip or a .tar, each an item of its own, nothing unpacked to a place.

The name of a member is a label and no path. What a member may come to is bounded by the archive's
own size, so that overlapping and self-made members come to no more than a compressed file may.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import stat
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Self, cast

from flows.readers.item import Budget, Item, Unreadable
from flows.readers.peel import BROKEN, FREE, Expanded
from transforms.model import Reject

_EPOCH = dt.datetime(1970, 1, 1)
#: How the records at the end of a .zip begin, and how far from the end they may stand.
_END, _END_64, _END_SIZE = b"PK\x05\x06", b"PK\x06\x06", 22 + 0xFFFF + 76
#: Bytes of a .zip's directory that are read for each member that there may be.
_ENTRY = 512
#: Bytes that the records of a .tar which describe a member may have.
_LARGEST_HEADER = 1024 * 1024
_LONG = frozenset(
    {
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
    }
)


def read_zip(stream: BinaryIO, item: Item) -> Iterator[Item | Reject]:
    """The files of a .zip, in the order of its directory.

    Of encrypted ones there is one reject. A stream that cannot be sought in is first copied to a
    temporary file. Raises what a broken stream raises, and ``Unreadable``.
    """
    if item.depth >= item.limits.depth:
        yield too_deep(item)
        return
    with _seekable(stream) as file:
        size = file.seek(0, io.SEEK_END)
        if _told_members(file, size) > item.limits.members:  # before all are listed in memory
            yield _too_many(item)
            return
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeError) as error:
            raise Unreadable(f"this is not a whole .zip: {_told(error)}") from error
        spent = item.spent or Spent(max(FREE, item.limits.expansion * size), "limits.expansion")
        with archive:
            yield from _members(archive, item, spent)


def _members(archive: zipfile.ZipFile, item: Item, spent: Budget) -> Iterator[Item | Reject]:
    names = Names()
    locked: list[str] = []
    for info in archive.infolist():
        label = names.label(info.filename)
        if info.is_dir() or label is None or stat.S_ISLNK(info.external_attr >> 16):
            continue
        if len(names) > item.limits.members:
            yield _too_many(item)
            return
        if info.flag_bits & 0x1:
            locked.append(label)
            continue
        most = max(FREE, item.limits.expansion * info.compress_size)
        opener = _opener(archive, info, [Spent(most, "limits.expansion"), spent])
        yield item.member(label, _zip_time(info, item.modified), opener, spent)
    if locked:
        count = "1 file is" if len(locked) == 1 else f"{len(locked)} files are"
        yield item.reject(
            "unreadable",
            f"{count} encrypted, the first {locked[0]}; unpack it with its password and feed that",
        )


def read_tar(stream: BinaryIO, item: Item) -> Iterator[Item | Reject]:
    """The files of a .tar, in its order, read in one pass: each must be read before the next.

    Links and devices are no files. Raises ``EOFError`` where the archive breaks off, what a broken
    stream raises, and ``Unreadable``.
    """
    if item.depth >= item.limits.depth:
        yield too_deep(item)
        return
    try:
        archive = tarfile.open(fileobj=stream, mode="r|", tarinfo=_Member)  # noqa: SIM115
    except tarfile.TarError as error:
        raise Unreadable(f"this is not a .tar: {_told(error)}") from error
    names = Names()
    with archive:
        while (member := _next(archive)) is not None:
            label = names.label(member.name)
            if not member.isfile() or label is None:
                continue
            if len(names) > item.limits.members:
                yield _too_many(item)
                return
            modified = _tar_time(member, item.modified)
            if member.issparse():
                yield item.member(label, modified, _never).reject(
                    "unreadable", "it is a file with holes (sparse); unpack the archive"
                )
                continue
            yield item.member(label, modified, _tar_opener(archive, member), item.spent)


class _Member(tarfile.TarInfo):
    """A member's header; what is wrong with one is kept, since ``TarFile.next`` says nothing."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(archive)
        except (tarfile.TruncatedHeaderError, tarfile.InvalidHeaderError) as error:  # type: ignore[attr-defined]
            archive.wrong = error  # type: ignore[attr-defined]
            raise

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _LONG and self.size > _LARGEST_HEADER:
            raise tarfile.InvalidHeaderError("a header of a megabyte")  # type: ignore[attr-defined]
        return super()._proc_member(archive)  # type: ignore[misc,no-any-return]


def _next(archive: tarfile.TarFile) -> tarfile.TarInfo | None:
    try:
        member = archive.next()
    except tarfile.ReadError as error:
        if "unexpected end" in str(error):
            raise EOFError from error
        raise Unreadable(f"the .tar is damaged: {_told(error)}") from error
    except (tarfile.TarError, ValueError, UnicodeError, OverflowError) as error:
        raise Unreadable(f"the .tar is damaged: {_told(error)}") from error
    archive.members = []  # type: ignore[attr-defined] # else they pile up
    wrong = getattr(archive, "wrong", None)
    if member is None and wrong is not None:
        if isinstance(wrong, tarfile.TruncatedHeaderError):  # type: ignore[attr-defined]
            raise EOFError
        raise Unreadable(f"the .tar is damaged: {_told(wrong)}")
    return member


def too_deep(item: Item) -> Reject:
    return item.reject(
        "too_deep",
        f"it lies in {item.limits.depth} archives within archives (limits.depth); unpack it",
    )


def _too_many(item: Item) -> Reject:
    return item.reject(
        "too_large",
        f"it holds more than {item.limits.members:,} members (limits.members); split it",
    )


@dataclass
class Spent:
    """Bytes that came out of an archive, and the most that may; ``setting`` is what to raise."""

    most: int
    setting: str
    count: int = 0

    def add(self, size: int) -> None:
        self.count += size
        if self.count > self.most:
            raise Expanded(
                f"it comes to more than {self.most:,} bytes: it was made to do harm, or raise "
                f"{self.setting}"
            )


class Names:
    """The labels of an archive's members, each once."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def __len__(self) -> int:
        return len(self._seen)

    def label(self, name: str) -> str | None:
        """A printable name without what leads elsewhere; None for hidden files. A name that comes
        again is told from the first by a number."""
        parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        if not parts or any(part.startswith(".") or part == "__MACOSX" for part in parts):
            return None
        plain = "".join(map(_printable, "/".join(parts)))
        label, number = plain, 1
        while label in self._seen:
            number += 1
            path = PurePosixPath(plain)
            label = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
        self._seen.add(label)
        return label


def _printable(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


class _Bytes(io.RawIOBase):
    """The bytes of a member, forward only, counted; what its library raises becomes what reading
    knows."""

    def __init__(self, stream: IO[bytes], spent: Sequence[Budget]) -> None:
        self._stream = stream
        self._spent = spent

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with _translated():
            data = self._stream.read(len(buffer))
        for spent in self._spent:
            spent.add(len(data))
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except tarfile.ReadError as error:
        raise EOFError from error
    except tarfile.TarError as error:
        raise Unreadable(f"the .tar is damaged: {_told(error)}") from error
    except (zipfile.BadZipFile, *BROKEN) as error:
        raise Unreadable(f"it is damaged in the archive: {_told(error)}") from error
    except NotImplementedError as error:
        raise Unreadable(f"it is packed in a way that is not known: {_told(error)}") from error
    except (RuntimeError, ValueError, UnicodeError) as error:
        raise Unreadable(f"it cannot be read from the archive: {_told(error)}") from error


def _opener(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, spent: Sequence[Budget]
) -> Callable[[], AbstractContextManager[BinaryIO]]:
    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        with _translated():
            stream = archive.open(info)
        with stream:
            yield cast(BinaryIO, _Bytes(stream, spent))

    return opened


def _tar_opener(
    archive: tarfile.TarFile, member: tarfile.TarInfo
) -> Callable[[], AbstractContextManager[BinaryIO]]:
    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        with _translated():
            stream = archive.extractfile(member)
        assert stream is not None  # it is a file
        with stream:
            yield cast(BinaryIO, _Bytes(stream, []))

    return opened


def _never() -> AbstractContextManager[BinaryIO]:
    raise Unreadable("it is not read")


@contextmanager
def _seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(stream, file, _LARGEST_HEADER)
        yield cast(BinaryIO, file)


def _told_members(file: BinaryIO, size: int) -> int:
    """How many members the end of a .zip says that there are, or that its directory has room for
    in ``_ENTRY`` bytes each."""
    file.seek(max(0, size - _END_SIZE))
    tail = file.read(_END_SIZE)
    at, long = tail.rfind(_END), tail.rfind(_END_64)
    if at < 0:
        return 0
    count = int.from_bytes(tail[at + 10 : at + 12], "little")
    room = int.from_bytes(tail[at + 12 : at + 16], "little")
    if 0xFFFF in (count, room >> 16) and long >= 0:
        count = int.from_bytes(tail[long + 32 : long + 40], "little")
        room = int.from_bytes(tail[long + 40 : long + 48], "little")
    return max(count, min(room, size) // _ENTRY)


def _zip_time(info: zipfile.ZipInfo, otherwise: dt.datetime) -> dt.datetime:
    """Its time, which has no zone, as if it were UTC: the same on every machine."""
    try:
        return dt.datetime(*info.date_time)
    except ValueError:
        return otherwise


def _tar_time(member: tarfile.TarInfo, otherwise: dt.datetime) -> dt.datetime:
    try:
        return _EPOCH + dt.timedelta(microseconds=int(member.mtime * 1_000_000))
    except (OverflowError, ValueError):
        return otherwise


def _told(error: BaseException) -> str:
    text = str(error) or type(error).__name__
    return text[0].lower() + text[1:200]
