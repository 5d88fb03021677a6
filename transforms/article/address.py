"""Addresses of articles: one spelling for each, what tells one from another, and what hosts tell.

What may differ between two addresses of one article is data, ``seeds/reference/address_parts.csv``.
docs/dependencies.md says why no library of others does it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from transforms.identity import digest
from transforms.reference import reference

#: Country-code domains that are sold as generic ones.
_GENERIC = frozenset(
    "ai cc cd co eu fm gg io la ly me nu sc sh st to tv ws".split()  # noqa: SIM905
)
#: How often an address is looked for within one, as viewers of pages of others give them.
_MOST_WITHIN = 4
_SHORT_WORD = re.compile(r"[a-z_.]{0,20}(?:-[a-z_.]{1,12})?")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+|localhost")
_FRONT = ("index.html", "index.php")
_PATH_VALUE = re.compile(r";(\w+)=([^;/]*)")


def canonical_url(written: str | None, base: str | None = None) -> str | None:
    """The address in its one spelling, or None if it is not the address of an article.

    Scheme and host in lower case, no default port, fragment or parameters that say nothing of what
    is read, escapes normalised, parameters sorted; of a page that a viewer shows it is the page's
    own. It leads to the page still: what only tells the same article's addresses apart is left
    (:func:`address_key`). A site's front page is no article's address: pages that name it as their
    canonical one would all become one article.
    """
    for _ in range(_MOST_WITHIN):
        url = _spelt(written, base)
        within = _shown(url) if url else None
        if within is None:
            return url
        written, base = within, None
    return None


def address_key(url: str) -> str:
    """What tells the article of a canonical address from others: the address, with https, without
    the labels and parts that name a way of showing it (www, m, AMP), a slash at its end or the name
    of a folder's page.

    It is a canonical address and its own key, but may lead nowhere.
    """
    parts = urlsplit(url)
    labels = (parts.hostname or "").split(".")
    while len(labels) > 2 and labels[0] in _parts("host") and not _is_suffix(labels[1:]):
        del labels[0]
    netloc = ".".join(labels) + ("" if parts.port in (None, 80, 443) else f":{parts.port}")
    path = _told(parts.path) or ("" if parts.query else parts.path.strip("/"))
    return f"https://{netloc}/{path}" + (f"?{parts.query}" if parts.query else "")


def ids_of_address(url: str) -> tuple[str, ...]:
    """The id of the article at a canonical address, and the one that releases up to 0.7 gave it, by
    which it may have been forgotten, where that is another."""
    return tuple(dict.fromkeys(digest("url", told) for told in (address_key(url), url)))


def _told(path: str) -> str:
    """A path without what is only a way of showing the page: steps at its ends, an ending."""
    shown, before = _parts("path"), None
    while path != before:
        before = path
        steps = [step for step in path.split("/") if step]
        while steps and steps[-1].lower() in shown:
            steps.pop()
        while steps and steps[0].lower() in shown:
            steps.pop(0)
        path = _ending().sub("", "/".join(steps))
    return path


def _is_suffix(labels: list[str]) -> bool:
    """Whether names of sites are given out below them: co.uk."""
    return len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _parts("suffix")


@cache
def _parts(kind: str) -> frozenset[str]:
    return frozenset(row["name"] for row in reference("address_parts") if row["kind"] == kind)


@cache
def _ending() -> re.Pattern[str]:
    """What an address of another way of showing ends in, before the kind of its file."""
    endings = "|".join(re.escape(name) for name in sorted(_parts("path")) if name[0] == ".")
    return re.compile(rf"(?<=[^/])(?:{endings})(?=(?:\.\w{{3,5}})?$)", re.IGNORECASE)


def _spelt(written: str | None, base: str | None) -> str | None:
    if not written:
        return None
    parts = _split(written.strip(), base)
    if parts is None or parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    try:
        port = parts.port
        host = parts.hostname.rstrip(".").encode("idna").decode("ascii").lower()
        path = _spelt_path(parts.path)
        tail = _spelt_query(parts.query)
    except (ValueError, UnicodeError):
        return None
    if not _HOST.fullmatch(host):
        return None
    scheme = parts.scheme.lower()
    netloc = host if port in (None, 80 if scheme == "http" else 443) else f"{host}:{port}"
    if path.strip("/").lower() in ("", *_FRONT) and not tail:
        return None
    return f"{scheme}://{netloc}{path or '/'}{tail}"


def _spelt_path(path: str) -> str:
    """The path with its escapes normalised, to the byte, without what names a session."""
    decoded = unquote(path, errors="surrogateescape")
    safe = "/~!$&'()*+,;=:@-._"
    spelt = re.sub(r"/{2,}", "/", quote(decoded, safe=safe, errors="surrogateescape"))
    return _PATH_VALUE.sub(lambda pair: "" if _says_nothing(pair[1], pair[2]) else pair[0], spelt)


def _spelt_query(query: str) -> str:
    """The query, with its mark, of the parameters that say what is read."""
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    told = sorted((name, value) for name, value in pairs if not _says_nothing(name, value))
    return f"?{urlencode(told, errors='surrogateescape')}" if told else ""


def _says_nothing(name: str, value: str) -> bool:
    """Whether a parameter with that value says nothing of what is read."""
    exact, beginnings = _parameters()
    name, value = name.lower(), value.lower()
    kinds = exact.get(name, ())
    if "any" in kinds or name.startswith(beginnings):
        return True
    if "word" in kinds and _SHORT_WORD.fullmatch(value):
        return True
    return (value or "-") in kinds


@cache
def _parameters() -> tuple[Mapping[str, frozenset[str]], tuple[str, ...]]:
    """By parameter the values with which it says nothing; beginnings of such that never do."""
    rows = [row for row in reference("address_parts") if row["kind"] == "query"]
    exact = {row["name"]: frozenset(row["values"].split()) for row in rows}
    return exact, tuple(name[:-1] for name in exact if name.endswith("*"))


def _shown(url: str) -> str | None:
    """The address of the page that another's viewer or cache shows at this address."""
    parts = urlsplit(url)
    for cache_of, beginnings in _viewers():
        if cache_of.fullmatch(parts.hostname or ""):
            found = beginnings.fullmatch(parts.path)
            if found is None:
                return None
            path, mark, query = found["page"].partition("%3F")
            tail = f"?{unquote(query)}" if mark else f"?{parts.query}" if parts.query else ""
            return f"{'https' if found['safe'] else 'http'}://{path}{tail}"
    return None


@cache
def _viewers() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Of each viewer of others' pages its hosts, and what its paths hold."""
    found = []
    for row in reference("address_parts"):
        if row["kind"] == "cache":
            host = re.escape(row["name"]).replace(r"\*", r"[a-z.]+")
            first = "|".join(row["values"].split())
            path = rf"/(?:{first})/(?P<safe>s/)?(?P<page>[\w-]+(?:\.[\w-]+)+(?::\d+)?/.*)"
            found.append((re.compile(rf"(?:.+\.)?{host}"), re.compile(path)))
    return tuple(found)


def _split(url: str, base: str | None) -> SplitResult | None:
    try:
        return urlsplit(urljoin(base, url) if base else url)
    except ValueError:
        return None


def host_of(url: str) -> str:
    return _host(urlsplit(url))


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")


@cache
def country_of_host(host: str) -> str | None:
    """ISO 3166-1 alpha-3 of a host's country-code domain, if it has one that means a country."""
    import pycountry

    code = host.rsplit(".", 1)[-1].lower()
    if len(code) != 2 or code in _GENERIC:
        return None
    found = pycountry.countries.get(alpha_2={"uk": "GB"}.get(code, code.upper()))
    return str(found.alpha_3) if found is not None else None
