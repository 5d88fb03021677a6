"""A run that fails is told by a webhook, as docs/notifications.md sets it up, on a real server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from flows.prefect_server import PrivateServer, environment
from tests.flows.asked import ask, delete
from tests.flows.commands import Command
from tests.flows.conftest import FERRY
from tests.flows.test_schedule import NEVER, Served, source
from tests.waiting import LIMIT, until

PAGE = Path(__file__).parents[2] / "docs" / "notifications.md"
NAME = "dateline: a run failed"

pytestmark = pytest.mark.long


@pytest.fixture
def webhook() -> Iterator[tuple[str, list[tuple[str | None, bytes]]]]:
    """Its address, and what was posted there so far: the type of each and its bytes."""
    posted: list[tuple[str | None, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            posted.append((self.headers["Content-Type"], self.rfile.read(length)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/hook", posted
        listening.shutdown()
        thread.join()


def set_up(server: PrivateServer, address: str, folder: Path) -> None:
    """Runs the page's script as the page says."""
    (script,) = re.findall(r"```python\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    path = folder / "notify.py"
    path.write_text(script, encoding="utf-8")
    told = {
        **os.environ,
        **environment(folder / "home"),
        "PREFECT_API_URL": server.api_url,
        "WEBHOOK_URL": address,
    }
    done = subprocess.run(
        [sys.executable, str(path)],
        env=told,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_run_that_fails_posts_to_the_webhook(
    server: PrivateServer,
    webhook: tuple[str, list[tuple[str | None, bytes]]],
    tmp_path: Path,
    dateline: Callable[..., Command],
) -> None:
    address, posted = webhook
    set_up(server, "http://127.0.0.1:9/nobody", tmp_path)
    set_up(server, address, tmp_path)
    (automation,) = (a for a in ask(server, "automations/filter") if a["name"] == NAME)
    place = tmp_path / "served" / "gone"
    place.mkdir(parents=True)
    (place / "a.txt").write_text(FERRY, encoding="utf-8")
    served = Served(dateline, server, place.parent, source("gone", NEVER), "--no-upkeep")
    served.command.until_it_says("Ctrl-C ends it")
    shutil.rmtree(place)
    try:
        gone = served.start("gone")
        until(lambda: served.state(gone) == "FAILED", lambda: served.command.err)
        until(lambda: posted, lambda: served.command.err)
    finally:
        delete(server, f"automations/{automation['id']}")
    ((media_type, body),) = posted
    assert media_type == "application/json"
    told = json.loads(body)["text"]
    assert told.startswith("gone failed: gone: ")
    assert "there is no such file" in told
