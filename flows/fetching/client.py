"""Asking for one address: redirects, robots.txt, hosts' turns, bounds, and why it failed."""

from __future__ import annotations

import datetime as dt
import threading
import zlib
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

import httpx

from flows.fetching.address import origin, why_not
from flows.fetching.answer import Answer, Bounding, Bounds, Headers, Trouble, new_body
from flows.fetching.guard import Clock
from flows.fetching.hosts import Hosts
from flows.fetching.outcomes import AskedToWait, Refused, TooSlow
from flows.fetching.robots import MOST, Robots
from flows.fetching.settings import Fetch
from flows.fetching.transport import PASSING, retrying
from warehouse.release import VERSION

_CHUNK = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_LATER = "it is asked again in the next run"
#: Headers that say nothing of an answer, or too much of who asked.
_DROPPED = frozenset({"set-cookie", "set-cookie2", "connection", "keep-alive"})


class Client:
    """Asks servers, from as many threads as there are. Close it."""

    def __init__(self, settings: Fetch, ended: threading.Event | None = None) -> None:
        """``ended`` is set when nobody wants an answer any more."""
        self._settings = settings
        self._clock = Clock(ended)
        self._hosts = Hosts(settings, self._clock)
        self._robots = Robots(self._robots_txt)
        self._transport = retrying(settings, self._clock)
        self._headers = {
            "user-agent": user_agent(settings),
            "accept": "*/*",
            "accept-encoding": "gzip",
        }
        self._patience = httpx.Timeout(
            settings.read_seconds, connect=settings.connect_seconds, pool=None
        ).as_dict()

    def close(self) -> None:
        """Every thread that asks something ends."""
        self._clock.closed = True
        self._transport.close()

    def get(
        self,
        address: str,
        bounding: Bounding,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Answer | Trouble:
        """What an address gives; with ``etag`` or ``last_modified`` only if it has changed.

        Never raises for what a server does; raises :class:`flows.fetching.outcomes.Ended` when
        nobody wants the answer any more.
        """
        given = {"if-none-match": etag, "if-modified-since": last_modified}
        headers = {name: value for name, value in given.items() if value and value.isprintable()}
        return self._follow(address, headers, bounding, robots=self._settings.robots)

    def _follow(
        self, address: str, headers: dict[str, str], bounding: Bounding, *, robots: bool
    ) -> Answer | Trouble:
        url, moved, for_good = urldefrag(address).url, None, True
        for _ in range(self._settings.redirects + 1):
            if (why := why_not(url)) is not None:
                return Trouble(address, f"{_of(address, url)}{why}", "forbidden", again=False)
            if robots and (barred := self._barred(address, url)) is not None:
                return barred
            answer = self._ask(address, url, headers, bounding)
            if isinstance(answer, Trouble):
                return answer
            to = answer.header("location")
            if answer.status not in _REDIRECTS or not to:
                return self._judged(answer, url, moved, conditional=bool(headers))
            for_good = for_good and answer.status in _FOR_GOOD
            try:
                url = urldefrag(urljoin(url, to)).url
            except ValueError as error:
                detail = f"it redirects to {to!r}, which is no address: {error}"
                return Trouble(address, detail, "forbidden", answer.status)
            moved = url if for_good else moved
        most = self._settings.redirects
        detail = f"it redirects more than {most} times (fetch.redirects), at last to {url}"
        return Trouble(address, detail, "not_fetched")

    def _barred(self, address: str, url: str) -> Trouble | None:
        """Why robots.txt keeps an address from being fetched."""
        where = origin(url)
        rules = self._robots.of(where)
        if rules.trouble is not None:
            if rules.trouble.reason == "forbidden":
                return Trouble(address, _of(address, url) + rules.trouble.detail, "forbidden")
            return Trouble(
                address,
                f"{where}/robots.txt could not be had ({rules.trouble.detail}), and until it can "
                "nothing is fetched there",
                status=rules.trouble.status,
            )
        if not rules.allows(url):
            return Trouble(
                address,
                f"{_of(address, url)}the host's robots.txt forbids it; ask the publisher, or set "
                "`robots = false` under [fetch] if the host is yours",
                "forbidden",
            )
        if rules.delay > self._settings.longest_wait:
            return Trouble(
                address,
                f"{where}/robots.txt asks for {rules.delay:g} seconds between requests, more than "
                "fetch.longest_wait: raise it if you can wait so long",
                "not_fetched",
            )
        host = self._hosts[where]
        host.delay = max(host.delay, rules.delay)
        return None

    def _robots_txt(self, address: str) -> Answer | Trouble:
        seconds = self._settings.seconds
        return self._follow(
            address, {}, lambda *_: Bounds(64 * MOST, seconds, "robots.txt"), robots=False
        )

    def _ask(
        self, address: str, url: str, headers: dict[str, str], bounding: Bounding
    ) -> Answer | Trouble:
        """One request, with its retries."""
        host = self._hosts[origin(url)]
        if host.given_up is not None:
            return Trouble(address, f"not asked: {host.given_up}; {_LATER}")
        try:
            request = httpx.Request(
                "GET",
                url,
                headers={**self._headers, **headers},
                extensions={"timeout": self._patience},
            )
            with host.turn():
                if host.given_up is not None:
                    return Trouble(address, f"not asked: {host.given_up}; {_LATER}")
                response = self._transport.handle_request(request)
                try:
                    return self._read(address, url, response, bounding)
                finally:
                    response.close()
        except Refused as error:
            detail = f"{_of(address, url)}{error}; name it under `allow` of [fetch] if it is meant"
            return Trouble(address, detail, "forbidden")
        except TooSlow:
            host.failed()
            detail = f"it was not whole in time (fetch.seconds, fetch.file_seconds); {_LATER}"
            return Trouble(address, detail)
        except AskedToWait as error:
            host.given_up = f"the host asks to be left alone for {error.seconds:g} seconds"
            return Trouble(address, f"{host.given_up}; {_LATER}", status=error.status)
        except (httpx.InvalidURL, httpx.LocalProtocolError, UnicodeError) as error:
            return Trouble(address, f"this is no address: {error}", "malformed", again=False)
        except httpx.TransportError as error:
            host.failed()
            told = str(error) or type(error).__name__
            return Trouble(address, f"no answer: {told}; {_LATER}")

    def _read(
        self, address: str, url: str, response: httpx.Response, bounding: Bounding
    ) -> Answer | Trouble:
        host, status = self._hosts[origin(url)], response.status_code
        host.failed() if status in PASSING else host.answered()
        answer = Answer(address, url, status, _headers(response), _now())
        if status != 200:
            return answer
        body = new_body()
        head = b""
        count, bounds = 0, None
        try:
            for data in _decoded(response):
                head = head if bounds else head + data
                if bounds is None and len(head) >= _CHUNK // 8:
                    bounds = self._bounds(answer, head, bounding)
                count += len(data)
                if bounds is not None and count > bounds.size:
                    break
                body.write(data)
        except (httpx.RemoteProtocolError, httpx.ReadError, EOFError) as error:
            body.close()
            detail = f"the answer ends too early, after {count:,} bytes: {error}; {_LATER}"
            return Trouble(address, detail, "truncated", status)
        except zlib.error as error:
            body.close()
            detail = f"the answer's compressed data is damaged: {error}; {_LATER}"
            return Trouble(address, detail, "unreadable", status)
        except BaseException:
            body.close()
            raise
        bounds = bounds or bounding(url, answer.media_type, head)
        if count > bounds.size:
            body.close()
            detail = f"it is larger than {bounds.size:,} bytes ({bounds.setting}); split or raise"
            return Trouble(address, detail, "too_large", status)
        return Answer(address, url, status, answer.headers, answer.at, body)

    def _bounds(self, answer: Answer, head: bytes, bounding: Bounding) -> Bounds:
        bounds = bounding(answer.final, answer.media_type, head)
        self._clock.give(bounds.seconds)
        return bounds

    def _judged(
        self, answer: Answer, url: str, moved: str | None, *, conditional: bool
    ) -> Answer | Trouble:
        """The answer, unless it is one of those that hold nothing."""
        status, address = answer.status, answer.address
        if status == 200 or (status == 304 and conditional):
            return Answer(address, url, status, answer.headers, answer.at, answer.body, moved)
        where = _of(address, url)
        if status in (404, 410):
            detail = f"{where}there is no such page (the server answers {status})"
            return Trouble(address, f"{detail}; check the address", "gone", status, again=False)
        if status in (401, 403, 451):
            detail = f"{where}the server does not give it to us ({status}); ask the publisher"
            return Trouble(address, detail, "forbidden", status, again=False)
        if status in PASSING or status >= 500 or status == 304:
            return Trouble(address, f"{where}the server answers {status}; {_LATER}", None, status)
        detail = f"{where}the server answers {status}, which is no page; open it in a browser"
        return Trouble(address, detail, "not_fetched", status, again=False)


def user_agent(settings: Fetch) -> str:
    """Who asks, as every server is told."""
    told = f" (+{settings.contact})" if settings.contact else ""
    return f"Dateline/{VERSION}{told}"


def _decoded(response: httpx.Response) -> Iterator[bytes]:
    """The body in small pieces, however much its compression promises.

    Raises ``EOFError`` where it ends too early, ``zlib.error`` where it is damaged.
    """
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("gzip", "x-gzip"):
        if encoding not in ("", "identity"):
            raise zlib.error(f"it is {encoding}, which was not asked for")
        yield from response.iter_raw()
        return
    inner = zlib.decompressobj(wbits=31)
    for data in response.iter_raw():
        while data:
            if inner.eof:
                inner = zlib.decompressobj(wbits=31)
            yield inner.decompress(data, _CHUNK)
            data = inner.unused_data if inner.eof else inner.unconsumed_tail
    while not inner.eof:
        rest = inner.decompress(b"", _CHUNK)
        if not rest:
            raise EOFError("its compressed data is not at an end")
        yield rest


def _headers(response: httpx.Response) -> Headers:
    return tuple(
        (name.lower(), value)
        for name, value in response.headers.multi_items()
        if name.lower() not in _DROPPED
    )


def _of(address: str, url: str) -> str:
    """How a detail begins: where the address led to, if elsewhere."""
    return "" if url == urldefrag(address).url else f"it leads to {url}: "


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)
