"""Where inputs come from: files and folders now; archives, feeds and object stores later.

:func:`read` walks over the sources lazily. A new kind of file is one entry in
:data:`flows.readers.formats.FORMATS`; a new kind of place (an archive's members, a feed's items,
a bucket's objects) is one function in :mod:`flows.readers.locate` that yields the same records.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator

from flows.readers.formats import Item, extension, format_of, read_item
from flows.readers.locate import Found, Place, check_names, locate, modified
from flows.settings import SourceSpec
from transforms.model import Record, Reject

__all__ = ["SourceSpec", "check", "read"]

_log = logging.getLogger(__name__)


def check(sources: Iterable[SourceSpec]) -> None:
    """Raises :class:`flows.errors.SourceError` as :func:`read` would, and reads nothing."""
    check_names([locate(spec) for spec in sources])


def read(sources: Iterable[SourceSpec]) -> Iterator[Record]:
    """The inputs of all sources, in order, read as they are asked for.

    An input is a file, or a line of a JSONL file, or an element of a JSON list; what cannot be
    read is a ``Reject`` in its place. ``fetched_at`` is the file's modification time in UTC, so
    the same file gives the same record on any day. A file that two of the sources share is read
    once. Files of a folder that no format is known for are left out, with one warning a source.

    Raises :class:`flows.errors.SourceError`, before anything is read, for a source that is not
    there, a glob that matches nothing, a named file without a reader, and for two sources of one
    name in different folders.
    """
    places = [locate(spec) for spec in sources]
    check_names(places)
    return _read(places)


def _read(places: list[Place]) -> Iterator[Record]:
    names = Counter(place.source.name for place in places)
    seen: set[tuple[str, str]] = set()
    for place in places:
        left_out: Counter[str] = Counter()
        for found in place.files():
            if names[place.source.name] > 1:
                if (place.source.name, found.uri) in seen:
                    continue
                seen.add((place.source.name, found.uri))
            if found.trouble:
                detail = f"{found.uri}: {found.trouble}"
                yield Reject(place.source.name, found.uri, "unreadable", detail)
            elif format_of(found.path.name) is None:
                left_out[extension(found.path.name) or "no ending"] += 1
            else:
                yield from _read_file(found, place)
        if left_out:
            _log.warning("%s", _left_out(place, left_out))


def _read_file(found: Found, place: Place) -> Iterator[Record]:
    try:
        time = modified(found.path)
    except OSError as error:
        detail = f"{found.uri}: {error.strerror or error}"
        yield Reject(place.source.name, found.uri, "unreadable", detail)
        return
    yield from read_item(Item(found.uri, time, place.source, lambda: found.path.open("rb")))


def _left_out(place: Place, kinds: Counter[str]) -> str:
    listed = ", ".join(f"{kind} ({count})" for kind, count in sorted(kinds.items()))
    files = "1 file was" if kinds.total() == 1 else f"{kinds.total()} files were"
    return f"{place.path}: {files} left out, there is no reader for {listed}"
