"""Which key of a record is which of ours: by the settings, by the contract, by who writes such.

Our own keys stand as they are. A key of others is known whatever its case and whatever stands
between its words; those in ``seeds/reference/record_keys.csv`` are. A *path* leads into objects:
``content.body`` is the key ``body`` of the object ``content``, ``authors[].name`` the key ``name``
of each object in the list ``authors``. A key that is itself written with dots is found first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from transforms.reference import reference

#: The keys that the settings may map, and those that the contract names for each.
OURS: Mapping[str, tuple[str, ...]] = {
    "text": ("text",),
    "id": ("id",),
    "title": ("title",),
    "url": ("url",),
    "published_at": ("published_at", "date"),
    "modified_at": ("modified_at",),
    "source": ("source",),
    "authors": ("authors",),
    "publisher": ("publisher",),
    "language": ("language",),
}
#: Values on a path at most; a record of more is none of an article.
_MOST = 10_000

_Record = Mapping[str, object]


@dataclass(frozen=True)
class Value:
    """What a record holds under a key. ``path`` is as a person would write it; ``promised`` says
    that the contract or the settings name it, so that a wrong type is a fault."""

    path: str
    value: object
    promised: bool


def values_of(record: _Record, ours: str, keys: Mapping[str, str]) -> Iterator[Value]:
    """What may be our key, best first, without null and without blank strings.

    ``keys`` are the settings' (our key, theirs): one that is there is the only one.
    """
    if ours in keys:
        value = at_path(record, keys[ours])
        if not _is_nothing(value):
            yield Value(keys[ours], value, True)
        return
    for key in OURS[ours]:
        value = record.get(key)
        if not _is_nothing(value):
            yield Value(key, value, True)
    if record.keys() <= _promised():
        return  # nothing that others write
    there = [key for key, value in record.items() if not _is_nothing(value)]
    folded = {fold(key): key for key in reversed(there)}
    for path in _known()[ours]:
        value = _folded_path(record, folded, path)
        if not _is_nothing(value):
            yield Value(path, value, False)


def at_path(record: _Record, path: str) -> object:
    """What the path leads to, None for nothing; behind ``[]`` a list of all that is there."""
    if path in record:
        return record[path]
    return _walk(record, path, None)


def used_keys(keys: Mapping[str, str]) -> frozenset[str]:
    """The first steps, folded, of all paths that are looked at, and of those known to be of no
    use."""
    first = {path.split(".")[0].removesuffix("[]") for path in keys.values()}
    return frozenset(map(fold, first)) | _first_steps()


@lru_cache(maxsize=4096)
def fold(key: str) -> str:
    """The key without what makes no difference."""
    return key.strip("\ufeff \t").casefold().replace("_", "").replace("-", "").replace(" ", "")


@cache
def known_columns(ours: str) -> frozenset[str]:
    """Folded keys that are known as ours."""
    return frozenset(map(fold, _known()[ours]))


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    known = {ours: list(keys) for ours, keys in OURS.items()}
    for row in reference("record_keys"):
        if row["our_key"]:
            known[row["our_key"]].append(row["their_key"])
    return {ours: tuple(dict.fromkeys(paths)) for ours, paths in known.items()}


@cache
def _promised() -> frozenset[str]:
    return frozenset(key for keys in OURS.values() for key in keys)


@cache
def _first_steps() -> frozenset[str]:
    paths = [row["their_key"] for row in reference("record_keys")]
    first = [path.split(".")[0].removesuffix("[]") for path in paths]
    return frozenset(map(fold, (*first, *_promised())))


@cache
def _steps(path: str) -> tuple[str, tuple[tuple[str, str, bool], ...]]:
    """The path folded, and its steps: name, the rest of the path behind it, whether of a list."""
    parts = path.split(".")
    steps = [
        (part.removesuffix("[]"), ".".join(parts[n + 1 :]), part.endswith("[]"))
        for n, part in enumerate(parts)
    ]
    return fold(path), tuple(steps)


def _folded_path(record: _Record, folded: Mapping[str, str], path: str) -> object:
    whole, steps = _steps(path)
    if whole in folded:
        return record[folded[whole]]
    first = folded.get(fold(steps[0][0]))
    if first is None or len(steps) == 1:
        return None
    return _walk(record, path, first)


def _walk(record: _Record, path: str, first: str | None) -> object:
    """What the steps lead to; ``first`` stands in for the name of the first."""
    _, steps = _steps(path)
    here: list[object] = [record]
    many = False
    for name, rest, of_list in steps:
        found = [value[key] for value in here if isinstance(value, Mapping)
                 for key in _key(value, first or name)]  # fmt: skip
        first = None
        if of_list:
            many = True
            found = [one for value in found if isinstance(value, list) for one in value[:_MOST]]
        here = [one for one in found[:_MOST] if one is not None]
        if not here:
            return None
        if len(here) == 1 and isinstance(here[0], Mapping) and rest and rest in here[0]:
            return here[0][rest]  # a key that is written with dots
    return here if many else here[0]


def _key(value: _Record, name: str) -> tuple[str, ...]:
    if name in value:
        return (name,)
    wanted = fold(name)
    return next(((key,) for key in value if fold(key) == wanted), ())


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, str) and (not value or value.isspace()))
