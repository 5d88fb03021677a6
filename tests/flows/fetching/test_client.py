"""One address: what a server may do, and what comes of it."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from flows.fetching.answer import Answer, Bounds, Trouble
from flows.fetching.client import Client, user_agent
from flows.fetching.guard import is_open
from flows.fetching.settings import Fetch
from tests.flows.fetching.server import (
    QUICK,
    Page,
    Site,
    dripping,
    dripping_headers,
    endless,
)


@contextmanager
def client(**changed: Any) -> Iterator[Client]:
    asking = Client(QUICK.model_copy(update=changed))
    try:
        yield asking
    finally:
        asking.close()


def bounds(size: int = 1_000_000, seconds: float = 20) -> Any:
    return lambda *_: Bounds(size, seconds, "limits.input_bytes")


def get(address: str, *, size: int = 1_000_000, **changed: Any) -> Answer | Trouble:
    with client(**changed) as asking:
        return asking.get(address, bounds(size, changed.get("seconds", 20)))


def body_of(answer: Answer | Trouble) -> bytes:
    assert isinstance(answer, Answer), answer
    with answer.open() as body:
        return body.read()


def trouble_of(answer: Answer | Trouble) -> Trouble:
    assert isinstance(answer, Trouble), answer
    return answer


def test_an_answer_is_its_body_its_headers_and_where_it_came_from(site: Site) -> None:
    site.pages["/a"] = Page(
        b"<p>Hello", headers={"Content-Type": "Text/HTML; charset=x", "Set-Cookie": "a=b"}
    )
    answer = get(site.at("/a#part"))
    assert body_of(answer) == b"<p>Hello"
    assert isinstance(answer, Answer)
    assert answer.address == site.at("/a#part")
    assert answer.final == site.at("/a")
    assert answer.media_type == "text/html"
    assert answer.header("content-type") == "Text/HTML; charset=x"
    assert answer.header("set-cookie") is None
    assert answer.moved is None
    answer.close()


def test_a_server_is_told_who_asks(site: Site) -> None:
    site.pages["/a"] = Page(b"x")
    get(site.at("/a"))
    asked = dict(site.asked)["/a"]
    assert asked["user-agent"] == user_agent(QUICK)
    assert asked["user-agent"].startswith("Dateline/")
    assert asked["user-agent"].endswith(" (+desk@example.org)")
    assert "(" not in user_agent(Fetch())


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    site.pages["/a"] = Page(b"x", etag='"1"')
    site.pages["/b"] = Page(b"x", last_modified="Mon, 01 Sep 2025 10:00:00 GMT")
    with client() as asking:
        first = asking.get(site.at("/a"), bounds(), etag='"1"')
        second = asking.get(site.at("/b"), bounds(), last_modified="Mon, 01 Sep 2025 10:00:00 GMT")
        third = asking.get(site.at("/a"), bounds(), etag='"0"')
    assert [one.status for one in (first, second, third)] == [304, 304, 200]


def test_a_redirect_is_followed_and_one_for_good_is_told(site: Site) -> None:
    site.pages["/old"] = Page(status=301, headers={"Location": "/new"})
    site.pages["/new"] = Page(status=302, headers={"Location": "/today"})
    site.pages["/today"] = Page(b"x")
    answer = get(site.at("/old"))
    assert isinstance(answer, Answer)
    assert answer.final == site.at("/today")
    assert answer.moved == site.at("/new")


def test_redirects_in_a_circle_end(site: Site) -> None:
    site.pages["/a"] = Page(status=302, headers={"Location": "/a"})
    trouble = trouble_of(get(site.at("/a")))
    assert trouble.reason == "not_fetched"
    assert "fetch.redirects" in trouble.detail
    assert site.statuses() == {302: 6}


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("http://name:word@example.org/", "a name or password"),
        ("https:///a", "names no host"),
        ("http://[::1", "is no address"),
    ],
)
def test_a_redirect_to_what_is_not_fetched_is_refused(site: Site, to: str, why: str) -> None:
    site.pages["/a"] = Page(status=302, headers={"Location": to})
    trouble = trouble_of(get(site.at("/a")))
    assert trouble.reason == "forbidden"
    assert why in trouble.detail


class TestPrivateNetworks:
    @pytest.mark.parametrize(
        "number",
        ["127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "fe80::1%lo",
         "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "::127.0.0.1", "fd00::1",
         "224.0.0.1"],
    )  # fmt: skip
    def test_are_shut(self, number: str) -> None:
        assert not is_open(number)

    @pytest.mark.parametrize("number", ["8.8.8.8", "2606:4700::1", "64:ff9b::808:808"])
    def test_all_else_is_open(self, number: str) -> None:
        assert is_open(number)

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]"])
    def test_are_refused_however_they_are_written(self, site: Site, host: str) -> None:
        site.pages["/a"] = Page(b"secret")
        address = f"http://{host}:{site.port}/a"
        trouble = trouble_of(get(address, private=False))
        assert trouble.reason == "forbidden"
        assert trouble.again
        assert "private or reserved" in trouble.detail
        assert site.log == []

    def test_are_refused_behind_a_redirect_of_a_host_that_is_allowed(self, site: Site) -> None:
        site.pages["/a"] = Page(status=302, headers={"Location": f"http://localhost:{site.port}/b"})
        site.pages["/c"] = Page(
            status=302, headers={"Location": "http://169.254.169.254/latest/meta-data"}
        )
        for path in ("/a", "/c"):
            trouble = trouble_of(get(site.at(path), private=False, allow=("127.0.0.1",)))
            assert trouble.reason == "forbidden"
            assert trouble.detail.startswith("it leads to ")
        assert site.paths() == ["/a", "/c"]

    def test_a_name_is_looked_at_each_time_it_is_connected_to(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A name that was public a moment ago resolves to this machine."""
        real, asked = socket.getaddrinfo, []

        def rebinding(host: str, *more: Any, **named: Any) -> Any:
            asked.append(host)
            return real("127.0.0.1", *more, **named)

        monkeypatch.setattr(socket, "getaddrinfo", rebinding)
        site.pages["/a"] = Page(b"secret")
        trouble = trouble_of(get(f"http://news.example.org:{site.port}/a", private=False))
        assert trouble.reason == "forbidden"
        assert "news.example.org is 127.0.0.1" in trouble.detail
        assert asked == ["news.example.org"]
        assert site.log == []
        allowed = get(
            f"http://news.example.org:{site.port}/a", private=False, allow=("News.example.org",)
        )
        assert body_of(allowed) == b"secret"

    def test_one_private_number_among_public_ones_is_enough(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def both(host: str, port: int, **_: Any) -> Any:
            return [
                (socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))
                for number in ("93.184.215.14", "127.0.0.1")
            ]

        monkeypatch.setattr(socket, "getaddrinfo", both)
        assert trouble_of(get("http://example.org/", private=False)).reason == "forbidden"


class TestRetries:
    def test_an_error_that_passes_is_not_seen(self, site: Site) -> None:
        site.pages["/a"] = [Page(status=500), Page(status=503), Page(b"x")]
        assert body_of(get(site.at("/a"))) == b"x"
        assert site.statuses() == {200: 1, 500: 1, 503: 1}

    def test_retry_after_is_waited_for(self, site: Site) -> None:
        site.pages["/a"] = [Page(status=429, headers={"Retry-After": "1"}), Page(b"x")]
        assert body_of(get(site.at("/a"))) == b"x"
        assert site.statuses() == {200: 1, 429: 1}

    def test_a_host_that_asks_for_longer_is_left_alone(self, site: Site) -> None:
        site.pages["/a"] = Page(status=429, headers={"Retry-After": "3600"})
        site.pages["/b"] = Page(b"x")
        with client() as asking:
            first = trouble_of(asking.get(site.at("/a"), bounds()))
            second = trouble_of(asking.get(site.at("/b"), bounds()))
        assert first.reason is None
        assert first.status == 429
        assert "3600 seconds" in first.detail
        assert "not asked" in second.detail
        assert site.paths() == ["/a"]

    def test_an_error_that_stays_is_no_reject(self, site: Site) -> None:
        site.pages["/a"] = Page(status=500)
        trouble = trouble_of(get(site.at("/a"), retries=2))
        assert (trouble.reason, trouble.status, trouble.again) == (None, 500, True)
        assert site.statuses() == {500: 3}

    def test_a_host_that_is_not_there_is_given_up_in_the_end(self) -> None:
        with socket.socket() as bound:  # a port on which nobody listens
            bound.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{bound.getsockname()[1]}/"
            with client(retries=0, robots=False) as asking:
                told = [trouble_of(asking.get(address + str(n), bounds())) for n in range(12)]
        assert all(one.reason is None for one in told)
        assert told[0].detail.startswith("no answer: ")
        assert "10 times in a row" in told[-1].detail


@pytest.mark.parametrize(
    ("status", "reason"),
    [(404, "gone"), (410, "gone"), (403, "forbidden"), (451, "forbidden"), (418, "not_fetched")],
)
def test_a_page_that_is_not_given_is_told_as_such(site: Site, status: int, reason: str) -> None:
    site.pages["/a"] = Page(status=status)
    trouble = trouble_of(get(site.at("/a")))
    assert (trouble.reason, trouble.status, trouble.again) == (reason, status, False)


class TestBounds:
    def test_a_body_that_drips_ends(self, site: Site) -> None:
        site.pages["/a"] = dripping(site)
        trouble = trouble_of(get(site.at("/a"), seconds=1, robots=False))
        assert trouble.reason is None
        assert "fetch.seconds" in trouble.detail

    def test_headers_that_drip_end(self, site: Site) -> None:
        site.pages["/a"] = dripping_headers(site)
        trouble = trouble_of(get(site.at("/a"), seconds=1, robots=False))
        assert trouble.reason is None

    def test_silence_ends(self, site: Site) -> None:
        def silent(handler: BaseHTTPRequestHandler) -> None:
            site.over.wait()

        site.pages["/a"] = silent
        trouble = trouble_of(get(site.at("/a"), read_seconds=0.7, retries=0, robots=False))
        assert "no answer" in trouble.detail

    def test_an_endless_body_ends(self, site: Site) -> None:
        site.pages["/a"] = endless(site)
        trouble = trouble_of(get(site.at("/a")))
        assert trouble.reason == "too_large"
        assert "limits.input_bytes" in trouble.detail

    def test_a_bomb_is_not_let_go_off(self, site: Site) -> None:
        bomb = gzip.compress(bytes(100_000_000))
        site.pages["/a"] = Page(bomb, headers={"Content-Encoding": "gzip"})
        assert trouble_of(get(site.at("/a"))).reason == "too_large"

    def test_too_short_a_body_is_told(self, site: Site) -> None:
        site.pages["/a"] = Page(b"x" * 10, headers={"Content-Length": "20", "Connection": "close"})
        trouble = trouble_of(get(site.at("/a")))
        assert trouble.reason == "truncated"
        assert "after 10 bytes" in trouble.detail

    def test_a_length_that_is_too_small_ends_the_body(self, site: Site) -> None:
        site.pages["/a"] = Page(b"x" * 10, headers={"Content-Length": "4", "Connection": "close"})
        assert body_of(get(site.at("/a"))) == b"xxxx"


class TestCompression:
    def test_is_taken_off(self, site: Site) -> None:
        packed = gzip.compress(b"first ") + gzip.compress(b"second" * 50_000)
        site.pages["/a"] = Page(packed, headers={"Content-Encoding": "gzip"})
        assert body_of(get(site.at("/a"))) == b"first " + b"second" * 50_000

    @pytest.mark.parametrize(
        ("body", "encoding", "reason"),
        [
            (gzip.compress(b"x" * 1000, mtime=0)[:-12], "gzip", "truncated"),
            (b"no gzip at all", "gzip", "unreadable"),
            (b"x", "br", "unreadable"),
        ],
    )
    def test_that_is_broken_is_told(
        self, site: Site, body: bytes, encoding: str, reason: str
    ) -> None:
        site.pages["/a"] = Page(body, headers={"Content-Encoding": encoding})
        assert trouble_of(get(site.at("/a"))).reason == reason


class TestRobots:
    def test_are_obeyed_and_asked_once(self, site: Site) -> None:
        site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /shut\nCrawl-delay: 0.01\n")
        site.pages["/open"] = site.pages["/shut/a"] = Page(b"x")
        with client() as asking:
            assert isinstance(asking.get(site.at("/open"), bounds()), Answer)
            trouble = trouble_of(asking.get(site.at("/shut/a"), bounds()))
        assert trouble.reason == "forbidden"
        assert trouble.again
        assert [path for path, _ in site.log] == ["/robots.txt", "/open"]

    def test_may_name_us(self, site: Site) -> None:
        site.pages["/robots.txt"] = Page(
            b"User-agent: *\nDisallow: /\n\nUser-agent: dateline\nAllow: /\n"
        )
        site.pages["/a"] = Page(b"x")
        assert isinstance(get(site.at("/a")), Answer)

    def test_hold_for_where_a_redirect_leads(self, site: Site) -> None:
        site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /shut\n")
        site.pages["/a"] = Page(status=302, headers={"Location": "/shut"})
        assert trouble_of(get(site.at("/a"))).reason == "forbidden"
        assert site.paths() == ["/a"]

    def test_that_cannot_be_had_forbid_all_for_now(self, site: Site) -> None:
        site.pages["/robots.txt"] = Page(status=500)
        site.pages["/a"] = Page(b"x")
        trouble = trouble_of(get(site.at("/a"), retries=0))
        assert trouble.reason is None
        assert "robots.txt could not be had" in trouble.detail
        assert site.paths() == []

    def test_that_ask_for_too_long_a_delay_are_told(self, site: Site) -> None:
        site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 900\n")
        assert "fetch.longest_wait" in trouble_of(get(site.at("/a"))).detail

    def test_can_be_set_aside(self, site: Site) -> None:
        site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /\n")
        site.pages["/a"] = Page(b"x")
        assert isinstance(get(site.at("/a"), robots=False), Answer)
        assert [path for path, _ in site.log] == ["/a"]
