"""Where the files are: from a source as it was named to its files, in a fixed order.

A folder is walked with its subfolders, hidden names left out, names sorted, each real folder
once (so that links in a circle end); links that lead out of the source are refused unless it is
allowed. Nothing is opened here.
"""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO

from flows.errors import SourceError
from flows.fetching.address import host_of, is_address, is_web, why_not
from flows.furniture import read_furniture
from flows.limits import Limits
from flows.readers.item import Item
from flows.readers.recognise import ENDINGS
from flows.readers.remote import Address
from flows.readers.stores import Store, name_of_store
from flows.settings import SourceSpec
from transforms.model import Reject, Source

_WILD = frozenset("*?[")
_EPOCH = dt.datetime(1970, 1, 1)
_Folder = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """A file (or a folder that cannot be listed: ``trouble``) of a source; ``uri`` is its place."""

    path: Path
    uri: str
    trouble: str | None = None


@dataclass(frozen=True)
class Place:
    """A source that exists: its files lie under ``root``, at ``path`` or where ``pattern`` says."""

    source: Source
    root: Path
    path: Path
    pattern: tuple[str, ...] = ()
    links: bool = False

    @property
    def is_folder(self) -> bool:
        return is_folder(self.path)

    @property
    def base(self) -> str:
        """What two sources of one name must share."""
        return str(self.root.resolve())

    def items(self, limits: Limits) -> Iterator[Item | Reject]:
        """What is to be read, in order; of what cannot be opened at all a reject."""
        for found in self.files():
            try:
                if found.trouble:
                    raise OSError(found.trouble)
                time = modified(found.path)
            except OSError as error:
                detail = f"{found.uri}: {error.strerror or error}"
                yield Reject(self.source.name, found.uri, "unreadable", detail)
                continue
            yield Item(found.uri, time, self.source, _opener(found.path), limits)

    def files(self) -> Iterator[Found]:
        inside = None if self.links else self.path
        if self.pattern:
            yield from _glob(self.path, self.pattern, self.root, inside)
        else:
            yield from _walk(self.path, self.root, set(), inside)


#: Where a source may be.
Anywhere = Place | Store | Address


def locate(spec: SourceSpec) -> Anywhere:
    """The place that a source names.

    Raises :class:`SourceError` for a path that is not there, a glob that matches nothing, a
    file that no format is known for and an address that is none. Asks no server.
    """
    if is_web(spec.path):
        if (why := why_not(spec.path)) is not None:
            raise SourceError(f"{spec.path}: {why}")
        return Address(_named(spec, host_of(spec.path)), spec.path, spec.follow is not False)
    if is_address(spec.path):
        return Store(_named(spec, name_of_store(spec.path)), spec.path, spec.storage)
    return _locate_here(spec)


def _locate_here(spec: SourceSpec) -> Place:
    path = Path(os.path.abspath(Path(spec.path).expanduser()))  # noqa: PTH100 (links are kept)
    if not os.path.lexists(path) and _WILD & set(spec.path):
        return _locate_glob(spec, path)
    if is_folder(path):
        root = _root(spec, path)
        return Place(_source(spec, root), root, path, links=spec.links)
    try:
        modified(path)
    except OSError as error:
        raise SourceError(f"{spec.path}: {error.strerror or error}") from None
    if (why := _no_reader(path)) is not None:
        raise SourceError(f"{spec.path}: {why}")
    root = _root(spec, path.parent)
    return Place(_source(spec, root), root, path, links=spec.links)


def _locate_glob(spec: SourceSpec, path: Path) -> Place:
    parts = path.parts
    first = next(number for number, part in enumerate(parts) if _WILD & set(part))
    folder = Path(*parts[:first])
    root = _root(spec, folder)
    place = Place(_source(spec, root), root, folder, parts[first:], spec.links)
    if next(place.files(), None) is None:
        raise SourceError(
            f"{spec.path}: no file matches; look at what is in {folder} "
            "(** stands for any number of folders, hidden files are left out)"
        )
    return place


def check_names(places: Sequence[Anywhere]) -> None:
    """Raises :class:`SourceError` if one name stands for two folders or two sets of defaults."""
    named: dict[str, Anywhere] = {}
    for place in places:
        name = place.source.name
        known = named.setdefault(name, place)
        if known.base != place.base:
            raise SourceError(
                f"two sources are called {name!r}: {known.base} and {place.base}. A source's name "
                "is part of its articles' identity: give each one a `name` of its own under "
                "[[sources]] in dateline.toml"
            )
        if known.source != place.source:
            raise SourceError(
                f"the source {name!r} is described twice, with another zone, country, publisher, "
                "language or file of furniture: describe it alike, or give each a `name` of its own"
            )


def _root(spec: SourceSpec, folder: Path) -> Path:
    if spec.root is None:
        return folder
    root = Path(os.path.abspath(Path(spec.root).expanduser()))  # noqa: PTH100
    if not folder.is_relative_to(root):
        raise SourceError(f"{spec.path}: does not lie in the source's root {spec.root}")
    return root


def _source(spec: SourceSpec, root: Path) -> Source:
    return _named(spec, root.name)


def _named(spec: SourceSpec, by_default: str) -> Source:
    name = spec.name or by_default
    if not name:
        raise SourceError(f"{spec.path}: give the source a `name` under [[sources]]")
    keys = tuple(sorted(spec.keys.items()))
    furniture = read_furniture(Path(spec.furniture).expanduser()) if spec.furniture else ()
    return Source(
        _printable(name),
        spec.zone,
        spec.country,
        spec.publisher,
        spec.language,
        keys,
        furniture,
    )


def _why_missing(path: Path) -> str:
    if path.is_symlink():
        return f"is a link to {path.readlink()}, which is not there"
    near = next(parent for parent in path.parents if is_folder(parent))
    return f"there is no such file or folder ({near} is there); check the path"


def _no_reader(path: Path) -> str | None:
    """Why there is no reader for a file, if there is none."""
    from flows.readers.reading import kind_of_item

    item = Item(path.name, _EPOCH, Source(""), _opener(path))
    if kind_of_item(item) is not None:
        return None
    kind = path.suffix.lower()
    what = f"no reader for {kind} files" if kind else "a file needs an ending that tells its format"
    known = " ".join(sorted(ENDINGS))
    return f"{what}; there are readers for {known}, also compressed (.gz .bz2 .xz .zst)"


def _opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


def _leads_out(path: Path, inside: Path | None) -> bool:
    """Whether a path is a link to something that does not lie in ``inside``; None lets all."""
    if inside is None or not path.is_symlink():
        return False
    try:
        return not path.resolve(strict=True).is_relative_to(inside.resolve())
    except (OSError, RuntimeError):  # leads nowhere, which is told where it is opened
        return False


def _out(path: Path) -> str:
    return (
        f"is a link to {path.resolve()}, which is not in the source; set `links = true` on the "
        "source if such links are meant"
    )


def _walk(start: Path, root: Path, seen: set[_Folder], inside: Path | None) -> Iterator[Found]:
    """The files at and below a path, in order; ``seen`` are the folders already walked, and links
    are followed only to what lies ``inside``."""
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path != inside and _leads_out(path, inside):
            yield Found(path, _uri(path, root), _out(path))
            continue
        if not is_folder(path):
            yield Found(path, _uri(path, root))
            continue
        names, trouble = _names(path, seen)
        if trouble:
            yield Found(path, f"{_uri(path, root)}/", trouble)
        waiting.extend(path / name for name in reversed(names) if not name.startswith("."))


def _glob(folder: Path, parts: tuple[str, ...], root: Path, inside: Path | None) -> Iterator[Found]:
    paths: set[Path] = set()
    seen: set[_Folder] = set()
    for path in sorted(_matches(folder, parts, inside)):
        for file in _walk(path, root, seen, inside):
            if file.path not in paths:
                paths.add(file.path)
                yield file


def _matches(folder: Path, parts: tuple[str, ...], inside: Path | None) -> Iterator[Path]:
    """The paths under ``folder`` that the parts of a glob match, as a shell would; a link that
    leads out is one, whatever would match behind it."""
    part, rest = parts[0], parts[1:]
    if part == "**":
        if not rest:
            yield folder
            return
        for below in _folders(folder, inside):
            yield from _matches(below, rest, inside)
        return
    names, _ = _names(folder, set())
    for name in names:
        if name.startswith(".") and not part.startswith("."):
            continue
        if fnmatchcase(name, part):
            path = folder / name
            if not rest or (is_folder(path) and _leads_out(path, inside)):
                yield path
            elif is_folder(path):
                yield from _matches(path, rest, inside)


def _folders(folder: Path, inside: Path | None) -> Iterator[Path]:
    """The folder and all below it, each real one once, hidden ones left out."""
    seen: set[_Folder] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        names, trouble = _names(path, seen)
        if names and not trouble:
            yield path
        below = (path / name for name in reversed(names) if not name.startswith("."))
        waiting.extend(p for p in below if is_folder(p) and not _leads_out(p, inside))


def _names(folder: Path, seen: set[_Folder]) -> tuple[list[str], str | None]:
    """The names in a folder, sorted, and why they cannot be had; none of a folder seen before."""
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in seen:
            return [], None
        seen.add((status.st_dev, status.st_ino))
        return sorted(path.name for path in folder.iterdir()), None
    except OSError as error:
        return [], f"the folder cannot be listed: {error.strerror}; look at its permissions"


def is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError:
        return False


def modified(path: Path) -> dt.datetime:
    """When a regular file was last modified, in UTC, to the microsecond.

    Raises ``OSError``, with a message for people, for all that is none: opening a pipe, say,
    would wait for ever.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        raise OSError(_why_missing(path)) from None
    if not stat.S_ISREG(status.st_mode):
        raise OSError("is a pipe or a device, not a file")
    return _EPOCH + dt.timedelta(microseconds=status.st_mtime_ns // 1000)


def _uri(path: Path, root: Path) -> str:
    return _printable(path.relative_to(root).as_posix())


def _printable(name: str) -> str:
    r"""The name as text that can be written anywhere; a byte that is no UTF-8 becomes \xNN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
