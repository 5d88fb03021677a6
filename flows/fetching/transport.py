"""HTTP over connections that are guarded, with retries that keep to what a server asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpcore
import httpx
from httpx_retries import Retry, RetryTransport

from flows.fetching.guard import Clock, Guarded
from flows.fetching.outcomes import AskedToWait
from flows.fetching.settings import Fetch

#: Statuses that may be otherwise in a while.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_RETRIED = (429, 500, 502, 503, 504)


def retrying(settings: Fetch, clock: Clock) -> RetryTransport:
    """The transport of all requests."""

    class Patient(Retry):
        """Waits in such a way that the program can end meanwhile."""

        def sleep(self, response: httpx.Response | Exception) -> None:
            headers = response.headers if isinstance(response, httpx.Response) else {}
            clock.wait(self._calculate_sleep(headers))

    retry = Patient(
        total=settings.retries,
        status_forcelist=_RETRIED,
        backoff_factor=settings.backoff / 2,  # doubled before it is first used
        max_backoff_wait=settings.longest_wait,
        backoff_jitter=0.1,
    )
    return RetryTransport(_Plain(settings, clock), retry)


class _Plain(httpx.BaseTransport):
    """One attempt."""

    def __init__(self, settings: Fetch, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=settings.concurrency,
            keepalive_expiry=5,
            network_backend=Guarded(clock, private=settings.private, allow=settings.allow),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._clock.give(self._settings.seconds)
        url = request.url
        asked = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        with _as_httpx():
            answer = self._pool.handle_request(asked)
        response = httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )
        seconds = _asked_seconds(response)
        if response.status_code in _RETRIED and seconds > self._settings.longest_wait:
            response.close()
            raise AskedToWait(response.status_code, seconds)
        return response

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        with _as_httpx():
            self._answer.close()


@contextmanager
def _as_httpx() -> Iterator[None]:
    """httpcore's errors as those of httpx, which have the same names."""
    try:
        yield
    except (
        httpcore.TimeoutException,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.UnsupportedProtocol,
    ) as error:
        kind: type[httpx.TransportError] = getattr(httpx, type(error).__name__)
        raise kind(str(error)) from error


def _asked_seconds(response: httpx.Response) -> float:
    """What Retry-After says."""
    try:
        return Retry().parse_retry_after(response.headers.get("retry-after", ""))
    except (ValueError, OverflowError):
        return 0.0
