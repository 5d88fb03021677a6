"""Publishers: their names, sites and countries (seeds/reference/publishers.csv)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from transforms.article.address import country_of_host, host_of
from transforms.reference import reference


@dataclass(frozen=True)
class Publisher:
    """A publisher as the reference knows it. ``country`` is ISO 3166-1 alpha-3."""

    name: str
    country: str | None


@cache
def _by_name() -> dict[str, Publisher]:
    table: dict[str, Publisher] = {}
    for record in reference("publishers"):
        publisher = Publisher(record["name"], record["country"] or None)
        for name in (record["name"], *record["aliases"].split(";")):
            if name:
                table.setdefault(_key(name), publisher)
    return table


@cache
def _by_domain() -> dict[str, Publisher]:
    return {
        domain: Publisher(record["name"], record["country"] or None)
        for record in reference("publishers")
        for domain in record["domains"].split()
    }


def _key(name: str) -> str:
    words = re.sub(r"[^\w]+", " ", name.casefold()).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def by_name(name: str) -> Publisher | None:
    """The publisher of that name or alias, whatever its case and punctuation."""
    return _by_name().get(_key(name))


def by_host(host: str) -> Publisher | None:
    """The publisher whose site the host is, or a part of it."""
    parts = host.casefold().split(".")
    for i in range(len(parts) - 1):
        found = _by_domain().get(".".join(parts[i:]))
        if found is not None:
            return found
    return None


def country_of_address(url: str) -> str | None:
    """The country (ISO 3166-1 alpha-3) of the publisher at a canonical address, else its site's."""
    host = host_of(url)
    known = by_host(host)
    return (known.country if known else None) or country_of_host(host)


@cache
def _media_name() -> re.Pattern[str]:
    rows = reference("press_words")
    words = [row["word"] for row in rows if "medium" in row["uses"].split("|")]
    # two letters are an abbreviation: TV
    names = "|".join(word.upper() if len(word) == 2 else word.title() for word in words)
    return re.compile(rf"(?:[A-Z][\w&’'.-]*\s)*(?:{names})")


def is_media_name(name: str) -> bool:
    """Whether the name is a known publisher's or is shaped like one's ("Harbour Daily News")."""
    name = name.strip()
    if by_name(name) is not None:
        return True
    return len(name.split()) > 1 and _media_name().fullmatch(name) is not None
