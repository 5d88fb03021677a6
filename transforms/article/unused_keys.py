"""Keys of a record that are of no use and look as if they should be: the date, the title, the text.

Nothing is read by a likeness: it is only told, with the setting that would use the key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from transforms.article.record_keys import fold, used_keys, values_of
from transforms.article.times import from_epoch, read_time

#: What names of keys have in them, folded.
_DATES = ("date", "time", "day", "pub", "dt", "when", "posted", "created")
_TITLES = ("title", "head", "subject", "caption")
_TEXTS = ("text", "body", "content", "story", "article", "paragraph")
_SENTENCE_END = re.compile(r"[.!?。！？।؟…][\"'”’»)\]]*(?:\s|$)")
#: Characters of a text, of a title, of a time.
_LEAST_TEXT, _MOST_TITLE, _MOST_TIME = 100, 300, 40
_FIRST_YEAR = 1990

_Record = Mapping[str, object]


def unused_keys(record: _Record, keys: Mapping[str, str]) -> dict[str, str | None]:
    """For each of ``text``, ``title`` and ``published_at`` that the record lacks: the key that
    looks like it, or None. ``keys`` are those of the settings."""
    lacking = [ours for ours in _LIKELY if not any(True for _ in values_of(record, ours, keys))]
    return {ours: _LIKELY[ours](record, keys) for ours in lacking}


def likely_text(record: _Record, keys: Mapping[str, str] | None = None) -> str | None:
    """The key whose value is most likely the article."""
    strings = _strings(record, keys or {})
    prose = {k: v for k, v in strings.items() if len(v) >= _LEAST_TEXT and _SENTENCE_END.search(v)}
    if not prose:
        prose = {k: v for k, v in strings.items() if _is_named(k, _TEXTS) and " " in v.strip()}
    return max(prose, key=lambda key: len(prose[key]), default=None)


def _likely_title(record: _Record, keys: Mapping[str, str]) -> str | None:
    for key, value in _strings(record, keys).items():
        if _is_named(key, _TITLES) and " " in value.strip() and len(value) <= _MOST_TITLE:
            return key
    return None


def _likely_date(record: _Record, keys: Mapping[str, str]) -> str | None:
    used = used_keys(keys)
    found = [k for k, v in record.items() if fold(k) not in used and _is_time(k, v)]
    return next((key for key in found if _is_named(key, _DATES)), found[0] if found else None)


_LIKELY = {"text": likely_text, "title": _likely_title, "published_at": _likely_date}


def _is_time(key: str, value: object) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            stamp = from_epoch(float(value)) if _is_named(key, _DATES) else None
        except OverflowError:
            return False
    elif isinstance(value, str) and 8 <= len(value) <= _MOST_TIME:
        stamp = None if value.isdigit() and not _is_named(key, _DATES) else read_time(value)
    else:
        return False
    return stamp is not None and stamp.local.year >= _FIRST_YEAR


def _strings(record: _Record, keys: Mapping[str, str]) -> dict[str, str]:
    used = used_keys(keys)
    return {
        key: value
        for key, value in record.items()
        if isinstance(value, str) and fold(key) not in used
    }


def _is_named(key: str, parts: tuple[str, ...]) -> bool:
    return any(part in fold(key) for part in parts)
