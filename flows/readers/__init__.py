"""Where inputs come from: files, folders, archives, feeds, addresses.

:func:`read` walks over the sources lazily. What a file holds is told by :mod:`~.recognise` and read
by the readers in :mod:`~.formats`; a new kind of file is one entry in each. A new kind of place is
one class in :mod:`~.locate` that yields the same items.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, nullcontext
from dataclasses import replace
from typing import BinaryIO

from flows.errors import SourceError
from flows.fetching.outcomes import Ended
from flows.limits import Limits
from flows.readers.item import Item, Link, Seen, SourceState, Visit
from flows.readers.locate import Anywhere, Place, check_names, locate
from flows.readers.reading import ending, kind_of_item, listed, read_item, told_left_out
from flows.readers.recognise import ENDINGS
from flows.readers.remote import Address, Follower, Web, fetched, unfollowed
from flows.readers.stores import Store
from flows.readers.watch import Watch
from flows.settings import SourceSpec
from transforms.model import RawArticle, Record, Reject, Source

__all__ = ["SourceSpec", "check", "read", "read_all", "read_unnamed"]

_log = logging.getLogger(__name__)


def check(sources: Iterable[SourceSpec], *, all_must_do: bool = True) -> None:
    """Raises :class:`flows.errors.SourceError` as :func:`read` would, and for a folder in which
    nothing can be read; reads no article. Without ``all_must_do`` one source that can be read is
    enough: what is wrong with the others is told by :func:`read_all`."""
    places: list[Anywhere] = []
    troubles: list[SourceError] = []
    for spec in sources:
        try:
            place = locate(spec)
            if not isinstance(place, Address):
                _check_holds(place)
        except SourceError as error:
            troubles.append(error)
        else:
            places.append(place)
    if troubles and (all_must_do or not places):
        raise troubles[0]
    check_names(places)


def read(
    sources: Iterable[SourceSpec], limits: Limits | None = None, web: Web | None = None
) -> Iterator[Record]:
    """The inputs of all sources, in order, read as they are asked for.

    An input is a file, a line of a JSONL file, an element of a JSON list, a row of a table, a
    record of an archive, a page of the web; what cannot be read is a ``Reject`` in its place.
    ``fetched_at`` is the file's modification time in UTC, so the same file gives the same record on
    any day, and of a page when it was fetched. A file that two of the sources share is read once.
    Files of a folder that no reader is known for are left out, with one warning a source.

    Raises :class:`flows.errors.SourceError`, before anything is read, for a source that is not
    there, a glob that matches nothing, a named file without a reader, and for two sources of one
    name in different folders. What is elsewhere is asked when it is read: a store that does not
    answer raises then, and an address that does not is a reject.
    """
    specs = list(sources)
    check_names([locate(spec) for spec in specs])
    return (record for seen in read_all(specs, limits, web) if (record := _record(seen)))


def _record(seen: Seen) -> Record | None:
    """What a reader without a memory is told: what may be otherwise in a while is a reject, too."""
    if isinstance(seen, RawArticle | Reject):
        return seen
    if isinstance(seen, Visit) and seen.trouble:
        detail = f"{seen.address}: {seen.trouble}"
        return Reject(seen.source, seen.address, "not_fetched", detail)
    if isinstance(seen, SourceState) and seen.trouble:
        return Reject(seen.source, seen.path, "not_fetched", seen.trouble)
    return None


def read_all(
    sources: Iterable[SourceSpec], limits: Limits | None = None, web: Web | None = None
) -> Generator[Seen]:
    """What :func:`read` gives, and what tells of reading itself: after each source its state.

    A source that cannot be read at all is a state with its trouble, and stops no other. Raises
    ``SourceError``, before anything is read, only for two sources of one name in different places.
    Ends early where ``web`` was told that nobody wants more. ``web`` is closed at the end.
    """
    places: list[tuple[Anywhere | SourceState, bool | None]] = []
    for spec in sources:
        try:
            places.append((locate(spec), spec.follow))
        except SourceError as error:
            places.append((SourceState(spec.name or spec.path, spec.path, str(error)), None))
    there = [place for place, _ in places if not isinstance(place, SourceState)]
    check_names(there)
    names = Counter(place.source.name for place in there)
    seen: set[tuple[str, str]] = set()
    with closing(web or Web()) as asking:
        try:
            for place, follow in places:
                if isinstance(place, SourceState):
                    yield place
                elif isinstance(place, Address):
                    yield from _watched(place.source, fetched(place, asking, limits or Limits()))
                else:
                    shared = seen if names[place.source.name] > 1 else None
                    follower = Follower(asking, place.source, limits or Limits(), follow)
                    yield from _watched(place.source, _read(place, follower, shared))
        except Ended:
            return


def _watched(source: Source, found: Iterator[Seen]) -> Iterator[Seen]:
    """What is found; its state says what of the records is not used."""
    watch = Watch(source)
    for one in watch.over(found):
        if isinstance(one, SourceState):
            hints = watch.hints()
            for hint in hints:
                _log.warning("%s", hint)
            yield replace(one, hints=hints)
        else:
            yield one


def read_unnamed(
    stream: BinaryIO, uri: str, source: Source, now: dt.datetime, limits: Limits | None = None
) -> Iterator[Record]:
    """The inputs of data that came without a name, such as standard input: what it holds is told
    from how it begins. ``stream`` can be sought in and stays open."""
    item = Item(uri, now, source, lambda: nullcontext(stream), limits or Limits())
    watch = Watch(source)
    for record in watch.over(read_item(item, unnamed=True)):
        yield unfollowed(record, item) if isinstance(record, Link) else record
    for hint in watch.hints():
        _log.warning("%s", hint)


def _read(
    place: Place | Store, follower: Follower, seen: set[tuple[str, str]] | None
) -> Iterator[Seen]:
    """The inputs of a place, and at last its state."""
    try:
        yield from _inputs(place, follower, seen)
    except SourceError as error:
        yield SourceState(place.source.name, str(place.path), str(error))
    else:
        yield SourceState(place.source.name, str(place.path))


def _inputs(
    place: Place | Store, follower: Follower, seen: set[tuple[str, str]] | None
) -> Iterator[Seen]:
    left_out: Counter[str] = Counter()
    for item in place.items(follower.limits):
        if isinstance(item, Reject):
            yield item
            continue
        if seen is not None:
            if (item.source.name, item.uri) in seen:
                continue
            seen.add((item.source.name, item.uri))
        read_one = False
        for record in follower.records(read_item(item), item):
            read_one = True
            yield record
        if not read_one and kind_of_item(item) is None:
            left_out[ending(item)] += 1
    if left_out:
        _log.warning("%s", told_left_out(place.path, left_out))


def _check_holds(place: Place | Store) -> None:
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
