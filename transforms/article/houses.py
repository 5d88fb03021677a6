"""One name for the publisher of a page, whichever of its names the page gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from transforms.article.address import host_of
from transforms.article.publishers import Publisher, by_host, by_name
from transforms.words import words

_PARTS = re.compile(r"\s+[|»·•]\s+|\s+[-–—]\s+")
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+", re.ASCII)
_SENTENCE_END = re.compile(r"[.!?…]$")
#: A name of fewer words may hold any; of so many in small letters one is a sentence.
_WORDS, _SMALL = 3, 3
_SMALL_WORD = re.compile(r"[^\W\d_A-ZÀ-Þ][^\W\d_]{4,}")
_READER = frozenset(("your", "our", "you", "we"))


def known_house(name: str) -> Publisher | None:
    """The publisher that is called so, or whose site is."""
    name = name.strip()
    return by_name(name) or (by_host(name.lower()) if _DOMAIN.fullmatch(name) else None)


def house_of(written: Iterable[str], url: str | None) -> str | None:
    """The publisher's one name, of the names that a page gives, the surest first.

    A name that is known goes before others, then the publisher whose site ``url`` (canonical) is
    on. Of a name and a slogan behind a bar or a dash the name is taken; a slogan alone is none.
    """
    names = list(dict.fromkeys(written))
    for name in names:
        for part in (name, *_parts(name)):
            if (known := known_house(part)) is not None:
                return known.name
    host = host_of(url) if url else ""
    if (site := by_host(host)) is not None:
        return site.name
    plain = list(_plain(names, host))
    named = (name for name in plain if not _DOMAIN.fullmatch(name) and not name.islower())
    return next(named, next(iter(plain), None))


def _parts(name: str) -> list[str]:
    parts = [part.strip() for part in _PARTS.split(name)]
    return [part for part in parts if part] if len(parts) > 1 else []


def _plain(names: Iterable[str], host: str) -> Iterator[str]:
    """The names without slogans."""
    letters = _letters(host)
    for name in names:
        parts = _parts(name) or [name]
        own = [part for part in parts if _letters(part) and _letters(part) in letters]
        part = next(iter(own), parts[0])
        if part and not is_slogan(part, host):
            yield part


def is_slogan(name: str, host: str = "") -> bool:
    """Whether it says what a site is about, and is not what it is called. A name whose letters, or
    the first of its words, make that of the site is none."""
    parts = re.findall(r"[\w'’-]+", name)
    if len(parts) < _WORDS:
        return False
    first = "".join(part[0] for part in parts).lower()
    if host and (_letters(name) in _letters(host) or first == host.split(".")[0]):
        return False
    said = {part.lower() for part in parts}
    small = sum(_SMALL_WORD.fullmatch(part) is not None for part in parts)
    return (
        _SENTENCE_END.search(name) is not None
        or small >= _SMALL
        or not said.isdisjoint(_READER | words("article.slogan"))
    )


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())
