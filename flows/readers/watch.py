"""What a source's records hold that is not used: told once a source, with the setting for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from flows.readers.records import loaded
from transforms.article.record import unread_time, unwrapped
from transforms.article.unused_keys import unused_keys
from transforms.model import JSON, NDJSON, RawArticle, Source

#: Records of a source that are looked at.
_FIRST = 1000
#: A key is told that stands in this share of the records that lack what it looks like, and what is
#: lacked by this share of the records.
_SHARE = 0.5
_KEYS = 12

_LOOKS = {"text": "a text", "title": "a title", "published_at": "a date"}


class Watch:
    """The first records of a source, as they pass."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._keys = dict(source.keys)
        self._seen = 0
        self._lacking: Counter[str] = Counter()
        self._like: dict[str, Counter[str]] = {ours: Counter() for ours in _LOOKS}
        self._names: Counter[str] = Counter()
        self._unread: list[tuple[str, str]] = []

    def over[S](self, found: Iterable[S]) -> Iterator[S]:
        """What is found, as it is."""
        for one in found:
            if self._seen < _FIRST and isinstance(one, RawArticle):
                self._look(one)
            yield one

    def _look(self, raw: RawArticle) -> None:
        if raw.media_type not in (JSON, NDJSON):
            return
        record = loaded(raw.payload)
        if record is None:
            return
        self._seen += 1
        record = unwrapped(record)
        if unread := unread_time(record, self._keys):
            self._unread.append(unread)
        for ours, key in unused_keys(record, self._keys).items():
            self._lacking[ours] += 1
            if key is not None:
                self._like[ours][key] += 1
        self._names.update(list(record)[:_KEYS])

    def hints(self) -> tuple[str, ...]:
        """A sentence for each of ours that a key looks like, and for dates that none gives or that
        cannot be read."""
        told = [hint for ours in _LOOKS if (hint := self._hint(ours))]
        if self._unread:
            (key, value), unread = self._unread[0], len(self._unread)
            told.append(
                f"source {self._source.name}: {unread} of the first {self._seen} records have a "
                f"`{_printable(key)}` that is not a time ({_printable(value)}): it is left out; "
                "write it like 2025-04-28T10:00:00+09:00"
            )
        return tuple(told)

    def _hint(self, ours: str) -> str | None:
        name, lacking = self._source.name, self._lacking[ours]
        found = self._like[ours].most_common(1)
        if found and found[0][1] >= _SHARE * lacking:
            key = _printable(found[0][0])
            return (
                f"source {name}: key `{key}` looks like {_LOOKS[ours]} and is not used: "
                f'[sources.keys] {ours} = "{key}"'
            )
        if ours != "published_at" or not lacking or lacking < _SHARE * self._seen:
            return None
        names = ", ".join(_printable(key) for key, _ in self._names.most_common(_KEYS))
        return (
            f"source {name}: {lacking} of the first {self._seen} records have no date; if one of "
            f'their keys ({names}) is it, name it: [sources.keys] published_at = "..."'
        )


def _printable(key: str) -> str:
    return key[:60].encode("utf-8", "replace").decode()
