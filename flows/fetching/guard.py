"""Which addresses may be connected to: what is asked for in the open must lead into the open.

The check is made of the number that is connected to, each time, so that neither a redirect nor a
name that resolves otherwise a moment later leads into a private network.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Collection, Iterable
from typing import Any

import httpcore

from flows.fetching.outcomes import Ended, Refused, TooSlow

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: IPv6 networks that carry an IPv4 address in their last 32 bits (RFC 6052, RFC 8215).
_CARRYING = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")))
#: Seconds after which a waiting thread looks whether it shall end.
_SLICE = 0.5


def is_open(number: str) -> bool:
    """Whether an address (IPv4 or IPv6, as written) is one of the public internet, and so is the
    IPv4 address that it may carry."""
    address: _Address = ipaddress.ip_address(number.partition("%")[0])
    return all(one.is_global and not one.is_multicast for one in (address, *_carried(address)))


def _carried(address: _Address) -> Iterable[_Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if any(address in network for network in _CARRYING):
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


class Clock:
    """Until when the answer that a thread waits for may take, and whether all is to end."""

    def __init__(self, ended: threading.Event | None = None) -> None:
        self._of = threading.local()
        self._ended = ended or threading.Event()
        self.closed = False

    def give(self, seconds: float) -> None:
        """From now on the thread has so many seconds."""
        self._of.deadline = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left; raises :class:`TooSlow` or :class:`Ended`."""
        if self._ended.is_set() or self.closed:
            raise Ended
        left: float = getattr(self._of, "deadline", time.monotonic() + _SLICE) - time.monotonic()
        if left <= 0:
            raise TooSlow
        return left

    def wait(self, seconds: float) -> None:
        """Sleep; raises :class:`Ended`."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if self.closed or self._ended.wait(min(left, _SLICE)):
                raise Ended


class Guarded(httpcore.NetworkBackend):
    """Connects to numbers that it has looked at, and to no others."""

    def __init__(self, clock: Clock, *, private: bool, allow: Collection[str]) -> None:
        self._inner = httpcore.SyncBackend()
        self._clock = clock
        self._private = private
        self._allow = frozenset(host.lower() for host in allow)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        numbers = _resolved(host, port)
        if not self._private and host.lower() not in self._allow:
            shut = [number for number in numbers if not is_open(number)]
            if shut:
                raise Refused(
                    f"{host} is {shut[0]}, an address of a private or reserved network"
                    if host != shut[0]
                    else f"{host} is an address of a private or reserved network"
                )
        error: Exception | None = None
        for number in numbers:
            try:
                most = min(timeout or self._clock.left(), self._clock.left())
                stream = self._inner.connect_tcp(number, port, most, local_address, socket_options)
                return _Timed(stream, self._clock)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as refused:
                error = refused
        raise error or httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        raise Refused(f"{path} is a socket of this machine")

    def sleep(self, seconds: float) -> None:
        self._clock.wait(seconds)


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"there is no host {host}: {error}") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class _Timed(httpcore.NetworkStream):
    """A stream on which no answer takes longer than its thread's clock says, however it drips."""

    def __init__(self, inner: httpcore.NetworkStream, clock: Clock) -> None:
        self._inner = inner
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        until = time.monotonic() + (timeout or self._clock.left())
        while True:
            left = min(self._clock.left(), until - time.monotonic())
            if left <= 0:
                raise httpcore.ReadTimeout("nothing more came")
            try:
                return self._inner.read(max_bytes, min(left, _SLICE))
            except httpcore.ReadTimeout:
                continue

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, min(timeout or self._clock.left(), self._clock.left()))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: Any,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        most = min(timeout or self._clock.left(), self._clock.left())
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, most), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
