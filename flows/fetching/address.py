"""Which addresses are fetched at all, told from how they are written."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_address(path: str) -> bool:
    """Whether a source's path is an address, and not a path of this machine."""
    return "://" in path


def is_web(path: str) -> bool:
    """Whether it is one of the web."""
    return path.lower().startswith(("http://", "https://"))


def why_not(address: str) -> str | None:
    """Why an address is not even asked for."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return f"this is no address: {error}"
    if parts.scheme not in ("http", "https"):
        return f"only http and https are fetched, not {parts.scheme or 'an address without any'}"
    if not host:
        return "the address names no host"
    if parts.username is not None or parts.password is not None:
        return "the address holds a name or password, which would be stored with every article"
    return None


def origin(address: str) -> str:
    """Scheme, host and port: what robots.txt and turns are of."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def host_of(address: str) -> str:
    return urlsplit(address).hostname or ""
