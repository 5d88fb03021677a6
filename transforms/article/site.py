"""Lines that a site has on page after page, as the file of a source names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from transforms.article.address import address_key, canonical_url

#: Hosts, each with a line that its pages have around their articles.
Furniture = tuple[tuple[str, str], ...]


def lines_around(furniture: Furniture, *addresses: str | None) -> frozenset[str]:
    """The lines that the host of a page has on others; its address is the first that is one."""
    if not furniture:
        return frozenset()
    hosts = (host_of_site(address) for address in addresses if address)
    return _by_host(furniture).get(next(filter(None, hosts), ""), frozenset())


def without_lines(lines: list[str], around: frozenset[str]) -> list[str]:
    """The lines that are none of those around."""
    return [line for line in lines if one_spelling(line) not in around] if around else lines


def host_of_site(address: str) -> str | None:
    """The host of an article's address, without the labels that name a way of showing it (www, m);
    None if it is none."""
    url = canonical_url(address)
    return urlsplit(address_key(url)).hostname if url else None


def one_spelling(line: str) -> str:
    """A line as it is compared: white space alike."""
    return " ".join(line.split())


@lru_cache(maxsize=64)
def _by_host(furniture: Furniture) -> Mapping[str, frozenset[str]]:
    lines: dict[str, set[str]] = {}
    for host, line in furniture:
        lines.setdefault(host, set()).add(one_spelling(line))
    return {host: frozenset(some) for host, some in lines.items()}


def parts(furniture: Furniture) -> Iterable[str]:
    """What of it decides how a page is read, in its order."""
    return (part for pair in sorted(furniture) for part in pair)
