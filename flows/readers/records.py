"""Records on their way out of a reader: counted, and those of a mere list of addresses told.

A list has no texts, but addresses to fetch them from, as Media Cloud's and GDELT's are. Which it is
is decided by its first records.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from flows.readers.item import Item, Link
from flows.readers.wrappers import address_of, has_text, listed_of
from transforms.model import RawArticle, Reject

#: Records by which it is decided, and their bytes.
_FIRST, _FIRST_BYTES = 20, 1024 * 1024


def records(
    found: Iterable[RawArticle | Reject], item: Item
) -> Iterator[RawArticle | Reject | Link]:
    """The records, each of a list of addresses as a link; beyond ``limits.members`` a reject."""
    every = _counted(found, item)
    first: list[RawArticle | Reject] = []
    held = 0
    is_list: bool | None = None
    trouble: Exception | None = None
    keys = dict(item.source.keys)
    try:
        for one in every:
            first.append(one)
            if isinstance(one, RawArticle):
                held += len(one.payload)
                is_list = held <= _FIRST_BYTES and _link(one, keys) is not None
            if is_list is False or len(first) >= _FIRST:
                break
    except Exception as error:  # told behind the records that came before it
        trouble = error
    for one in chain(first, () if trouble else every):
        link = _link(one, keys) if is_list and isinstance(one, RawArticle) else None
        yield link or one
    if trouble is not None:
        raise trouble


def _counted(found: Iterable[RawArticle | Reject], item: Item) -> Iterator[RawArticle | Reject]:
    most = item.limits.members
    for number, one in enumerate(found, 1):
        if number > most:
            detail = (
                f"it holds more than {most:,} records (limits.members): split it, or raise that"
            )
            yield item.reject("too_large", detail, "#more")
            return
        yield one


def _link(raw: RawArticle, keys: dict[str, str]) -> Link | None:
    """The link that a record without a text is."""
    record = loaded(raw.payload)
    if record is None or has_text(record, keys):
        return None
    address = address_of(record, keys)
    if address is None:
        return None
    part = raw.source_uri[raw.source_uri.rfind("#") :] if "#" in raw.source_uri else ""
    return Link(address, listed_of(record, keys), None, part)


def loaded(payload: bytes) -> dict[str, Any] | None:
    """The object that the bytes are, None where they are none."""
    try:
        value = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
