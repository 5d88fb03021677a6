"""Where inputs come from: files, folders, archives, feeds, addresses.

:func:`read` walks over the sources lazily. What a file holds is told by :mod:`~.recognise` and read
by the readers in :mod:`~.formats`; a new kind of file is one entry in each. A new kind of place is
one class in :mod:`~.locate` that yields the same items.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import BinaryIO

from flows.errors import SourceError
from flows.limits import Limits
from flows.readers.item import Item, Link, Seen, SourceState
from flows.readers.locate import Place, check_names, locate
from flows.readers.reading import ending, kind_of_item, listed, read_item, told_left_out
from flows.readers.recognise import ENDINGS
from flows.readers.watch import Watch
from flows.settings import SourceSpec
from transforms.model import RawArticle, Record, Reject, Source

__all__ = ["SourceSpec", "check", "read", "read_all", "read_unnamed"]

_log = logging.getLogger(__name__)


def check(sources: Iterable[SourceSpec], *, all_must_do: bool = True) -> None:
    """Raises :class:`flows.errors.SourceError` as :func:`read` would, and for a folder in which
    nothing can be read; reads no article. Without ``all_must_do`` one source that can be read is
    enough: what is wrong with the others is told by :func:`read_all`."""
    places: list[Place] = []
    troubles: list[SourceError] = []
    for spec in sources:
        try:
            place = locate(spec)
            _check_holds(place)
        except SourceError as error:
            troubles.append(error)
        else:
            places.append(place)
    if troubles and (all_must_do or not places):
        raise troubles[0]
    check_names(places)


def read(sources: Iterable[SourceSpec], limits: Limits | None = None) -> Iterator[Record]:
    """The inputs of all sources, in order, read as they are asked for.

    An input is a file, a line of a JSONL file, an element of a JSON list, a row of a table, a
    record of an archive; what cannot be read is a ``Reject`` in its place. ``fetched_at`` is the
    file's modification time in UTC, so the same file gives the same record on any day. A file that
    two of the sources share is read once. Files of a folder that no reader is known for are left
    out, with one warning a source.

    Raises :class:`flows.errors.SourceError`, before anything is read, for a source that is not
    there, a glob that matches nothing, a named file without a reader, and for two sources of one
    name in different folders.
    """
    specs = list(sources)
    check_names([locate(spec) for spec in specs])
    return (seen for seen in read_all(specs, limits) if isinstance(seen, RawArticle | Reject))


def read_all(sources: Iterable[SourceSpec], limits: Limits | None = None) -> Iterator[Seen]:
    """What :func:`read` gives, and what tells of reading itself: after each source its state.

    A source that cannot be read at all is a state with its trouble, and stops no other. Raises
    ``SourceError``, before anything is read, only for two sources of one name in different places.
    """
    specs = list(sources)
    places: list[Place | SourceState] = []
    for spec in specs:
        try:
            places.append(locate(spec))
        except SourceError as error:
            places.append(SourceState(spec.name or spec.path, spec.path, str(error)))
    check_names([place for place in places if isinstance(place, Place)])
    names = Counter(place.source.name for place in places if isinstance(place, Place))
    seen: set[tuple[str, str]] = set()
    for place in places:
        if isinstance(place, SourceState):
            yield place
            continue
        shared = seen if names[place.source.name] > 1 else None
        watch = Watch(place.source)
        yield from watch.over(_read(place, limits or Limits(), shared))
        hints = watch.hints()
        for hint in hints:
            _log.warning("%s", hint)
        yield SourceState(place.source.name, str(place.path), hints=hints)


def read_unnamed(
    stream: BinaryIO, uri: str, source: Source, now: dt.datetime, limits: Limits | None = None
) -> Iterator[Record]:
    """The inputs of data that came without a name, such as standard input: what it holds is told
    from how it begins. ``stream`` can be sought in and stays open."""
    item = Item(uri, now, source, lambda: nullcontext(stream), limits or Limits())
    watch = Watch(source)
    for record in watch.over(read_item(item, unnamed=True)):
        yield _unlinked(record, item) if isinstance(record, Link) else record
    for hint in watch.hints():
        _log.warning("%s", hint)


def _read(place: Place, limits: Limits, seen: set[tuple[str, str]] | None) -> Iterator[Seen]:
    left_out: Counter[str] = Counter()
    for item in place.items(limits):
        if isinstance(item, Reject):
            yield item
            continue
        if seen is not None:
            if (item.source.name, item.uri) in seen:
                continue
            seen.add((item.source.name, item.uri))
        read_one = False
        for record in read_item(item):
            read_one = True
            yield _unlinked(record, item) if isinstance(record, Link) else record
        if not read_one and kind_of_item(item) is None:
            left_out[ending(item)] += 1
    if left_out:
        _log.warning("%s", told_left_out(place.path, left_out))


def _unlinked(link: Link, item: Item) -> RawArticle | Reject:
    """What a list itself holds of an article, where its addresses are not followed."""
    if link.record is not None:
        return link.record
    return item.reject(
        "not_fetched",
        f"only the address {link.address} is given; set `follow = true` on the source to fetch it",
        link.part,
    )


def _check_holds(place: Place) -> None:
    """Raises ``SourceError`` for a folder that holds nothing that is read."""
    kinds: Counter[str] = Counter()
    for item in place.items(Limits()):
        if isinstance(item, Reject) or kind_of_item(item) is not None:
            return
        kinds[ending(item)] += 1
    if not place.is_folder:
        return
    if not kinds:
        raise SourceError(f"{place.path}: the folder holds no file; look at what is in it")
    raise SourceError(
        f"{place.path}: holds nothing that can be read, only {listed(kinds)}; there are readers "
        f"for {' '.join(sorted(ENDINGS))}, also compressed, and a file of another name is read if "
        "its content tells what it is"
    )
