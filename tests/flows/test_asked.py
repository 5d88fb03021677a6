"""What the tests ask a Prefect server is asked again while it is busy, and for no other cause."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from flows.prefect_server import PrivateServer
from tests.flows.asked import ask, delete


class Answering(PrivateServer):
    """Gives the answers in their order, and keeps what it was asked."""

    def __init__(self, folder: Path, answers: list[int]) -> None:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                asked.append(" ".join(filter(None, (self.command, self.path, body))))
                self.send_response(answers[len(asked) - 1])
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def do_DELETE(self) -> None:
                self.do_POST()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.asked = asked
        self.listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        super().__init__(folder, folder / "log", port=self.listening.server_port)


@pytest.fixture
def answers() -> list[int]:
    """To be filled by a test."""
    return []


@pytest.fixture
def answering(tmp_path: Path, answers: list[int]) -> Iterator[Answering]:
    one = Answering(tmp_path, answers)
    with one.listening:
        thread = threading.Thread(target=one.listening.serve_forever, args=(0.05,))
        thread.start()
        yield one
        one.listening.shutdown()
        thread.join()


@pytest.mark.parametrize("busy", [429, 502, 503])
def test_a_busy_server_is_asked_again(busy: int, answering: Answering, answers: list[int]) -> None:
    answers += [busy, busy, 200, busy, 200]
    assert ask(answering, "flows/filter", limit=1) == {}
    delete(answering, "automations/7")
    assert answering.asked == [
        *['POST /api/flows/filter {"limit":1}'] * 3,
        *["DELETE /api/automations/7"] * 2,
    ]


@pytest.mark.parametrize("no", [404, 500])
def test_another_error_is_an_error(no: int, answering: Answering, answers: list[int]) -> None:
    answers += [no]
    with pytest.raises(httpx.HTTPStatusError, match=str(no)):
        ask(answering, "flows/filter")
    assert len(answering.asked) == 1
