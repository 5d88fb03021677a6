"""Addresses of articles: one spelling for each, and what their hosts tell."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

#: Query parameters that say where a reader came from, not what is read.
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|itm|mc|hsa|oly|vero|at|guce|sc)_\w+|_(?:ga|gl|hsenc|hsmi|openstat)|"
    r"(?:fbc|gc|gbra|gbrai|dc|msclk|yc|ysc|twc|igsh|li_fat_|srslt|wbra|wbrai)l?id|"
    r"ref_?src|ref_?url|referr?er|smid|smtyp|cmpid|cmp|ito|ncid|ocid|icid|xtor|s_cid|taid|tpcc|"
    r"sref|guccounter|mibextid|ftag|intcmp|ns_\w+|fb_\w+|mkt_tok|utm|ref|campaign_?id",
    re.IGNORECASE,
)
#: Country-code domains that are sold as generic ones.
_GENERIC = frozenset(
    "ai cc cd co eu fm gg io la ly me nu sc sh st to tv ws".split()  # noqa: SIM905
)


def canonical_url(written: str | None, base: str | None = None) -> str | None:
    """The address in its one spelling, or None if it is not the address of an article.

    Scheme and host in lower case, no default port, fragment or tracking parameters, escapes
    normalised, parameters sorted. A site's front page is no article's address: pages that name
    it as their canonical one would all become one article.
    """
    if not written:
        return None
    parts = _split(written.strip(), base)
    if parts is None or parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    try:
        port = parts.port
        host = parts.hostname.rstrip(".").encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError):
        return None
    if "." not in host and host != "localhost":
        return None
    scheme = parts.scheme.lower()
    netloc = host if port in (None, 80 if scheme == "http" else 443) else f"{host}:{port}"
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    ]
    path = re.sub(r"/{2,}", "/", quote(unquote(parts.path), safe="/~!$&'()*+,;=:@-._"))
    if path in ("", "/", "/index.html", "/index.php") and not query:
        return None
    tail = f"?{urlencode(sorted(query))}" if query else ""
    return f"{scheme}://{netloc}{path or '/'}{tail}"


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
