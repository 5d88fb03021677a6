"""Object stores and other file systems that have an address: s3://, gs://, ftp:// and the like.

fsspec opens them. The files are those that a folder or a glob of this machine would have: sorted,
hidden ones left out. Nothing is asked of a store before its items are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from flows.errors import SourceError
from flows.limits import Limits
from flows.readers.item import Item
from transforms.model import Reject, Source

_WILD = frozenset("*?[")
#: What stores call the time when a file was last modified.
_TIMES = ("LastModified", "last_modified", "mtime", "updated", "modified", "created")
_EPOCH = dt.datetime(1970, 1, 1)


@dataclass(frozen=True)
class Store:
    """A source in a store: a file, all below a folder, or what a glob matches."""

    source: Source
    path: str
    storage: Mapping[str, Any] = field(default_factory=dict)
    links: bool = False
    is_folder: bool = True

    @property
    def base(self) -> str:
        return folder_of(self.path)

    def items(self, limits: Limits) -> Iterator[Item | Reject]:
        """What is to be read, in order. Raises :class:`SourceError` where the store cannot be
        asked or has nothing there."""
        system, path = _opened(self.path, self.storage)
        try:
            files = _files(system, path)
        except Exception as error:  # each kind of store has errors of its own
            raise SourceError(f"{self.path}: {_told(error)}") from error
        if not files:
            raise SourceError(f"{self.path}: nothing is there; look at what the store holds")
        root = system._strip_protocol(self.base)
        for name in sorted(files):
            uri = str(PurePosixPath(name).relative_to(root)) if name != root else name
            if any(part.startswith(".") for part in PurePosixPath(uri).parts):
                continue
            yield Item(uri, _modified(files[name]), self.source, _opener(system, name), limits)


def folder_of(path: str) -> str:
    """The folder that the places of a source are told from: that before the first wildcard, that
    of a file, else the path itself."""
    protocol, _, rest = path.partition("://")
    parts = rest.rstrip("/").split("/")
    wild = next((n for n, part in enumerate(parts) if _WILD & set(part)), None)
    if wild is not None:
        parts = parts[:wild]
    elif len(parts) > 1 and not path.endswith("/") and "." in parts[-1]:
        parts = parts[:-1]
    return f"{protocol}://{'/'.join(parts)}"


def name_of_store(path: str) -> str:
    """What a source is called that has no name: its folder, at last the bucket."""
    return folder_of(path).rstrip("/").rpartition("/")[2]


def _opened(path: str, storage: Mapping[str, Any]) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    try:
        system, inside = url_to_fs(path, **storage)
    except ImportError as error:
        protocol = path.partition("://")[0]
        extra = " (pip install 'dateline[s3]')" if protocol in ("s3", "s3a") else ""
        raise SourceError(f"{path}: {error}{extra}") from None
    except (ValueError, TypeError) as error:
        raise SourceError(f"{path}: {error}; look at the address and at `storage`") from None
    # What the program saw of a store a while ago, or in an earlier run, may be no longer true.
    system.invalidate_cache()
    return system, inside


def _files(system: Any, path: str) -> dict[str, Mapping[str, Any]]:
    if _WILD & set(path):
        found = system.glob(path, detail=True)
        folders = [name for name, info in found.items() if info["type"] == "directory"]
        below = [system.find(name, detail=True) for name in folders]
        files = {name: info for name, info in found.items() if info["type"] == "file"}
        return {name: info for some in (files, *below) for name, info in some.items()}
    return dict(system.find(path, detail=True))


def _opener(system: Any, name: str) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        try:
            stream: BinaryIO = system.open(name, "rb")
        except OSError:
            raise
        except Exception as error:
            raise OSError(_told(error)) from error
        return stream

    return opened


def _modified(info: Mapping[str, Any]) -> dt.datetime:
    """When a file was last modified, in UTC, as far as the store says."""
    for key in _TIMES:
        told = info.get(key)
        if isinstance(told, str):
            try:
                told = dt.datetime.fromisoformat(told)
            except ValueError:
                continue
        if isinstance(told, dt.datetime):
            return told.astimezone(dt.UTC).replace(tzinfo=None) if told.tzinfo else told
        if isinstance(told, int | float):
            return _EPOCH + dt.timedelta(seconds=told)
    return _EPOCH


def _told(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return text or type(error).__name__
