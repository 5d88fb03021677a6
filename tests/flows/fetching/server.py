"""A web server on this machine that answers as a test says, and keeps a log."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from flows.fetching.settings import Fetch

#: Settings that wait for nothing.
QUICK = Fetch(
    delay=0, backoff=0.001, longest_wait=2, seconds=20, private=True, contact="desk@example.org"
)


@dataclass
class Page:
    """What an address answers; with an ETag it answers 304 to who has it already."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    last_modified: str | None = None


Answering = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """The pages by path: one, several to be answered one after another, or a function."""

    pages: dict[str, Page | list[Page] | Answering] = field(default_factory=dict)
    log: list[tuple[str, int]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def statuses(self, *, robots: bool = False) -> dict[int, int]:
        """How many answers there were of each status."""
        found = [s for path, s in self.log if robots or path != "/robots.txt"]
        return {status: found.count(status) for status in sorted(set(found))}

    def paths(self) -> list[str]:
        return sorted(path for path, _ in self.log if path != "/robots.txt")


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            names = {key.lower(): value for key, value in self.headers.items()}
            site.asked.append((self.path, names))
            page = site.pages.get(self.path, Page(b"none", 404))
            if isinstance(page, list):
                page = page.pop(0) if len(page) > 1 else page[0]
            if callable(page):
                site.log.append((self.path, 200))
                self.close_connection = True
                page(self)
                return
            known = page.etag is not None and names.get("if-none-match") == page.etag
            known |= (
                page.last_modified is not None
                and names.get("if-modified-since") == page.last_modified
            )
            status = 304 if known else page.status
            site.log.append((self.path, status))
            self.send_response(status)
            given = {"ETag": page.etag, "Last-Modified": page.last_modified, **page.headers}
            for key, value in given.items():
                if value is not None:
                    self.send_header(key, value)
            body = b"" if known else page.body
            if "Content-Length" not in page.headers and status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is what these tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        site.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def dripping(site: Site) -> Answering:
    """A byte now and then, without an end."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        _until_gone(site, lambda: handler.wfile.write(b"x"), 0.05)

    return answer


def dripping_headers(site: Site) -> Answering:
    """Header lines now and then, without an end."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        _until_gone(site, lambda: handler.wfile.write(b"X: y\r\n"), 0.05)

    return answer


def endless(site: Site, piece: bytes = b"<p>more</p>" * 1000) -> Answering:
    """A body without an end, as quickly as it is taken."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        _until_gone(site, lambda: handler.wfile.write(piece), 0)

    return answer


def _until_gone(site: Site, write: Callable[[], object], pause: float) -> None:
    try:
        while not site.over.is_set():
            write()
            time.sleep(pause)
    except OSError:
        pass
