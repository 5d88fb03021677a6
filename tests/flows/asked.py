"""What tests ask a Prefect server over HTTP, as patiently as Prefect's own client does.

A server with an SQLite database answers 503 while another connection holds the database, which on a
busy machine is now and then.
"""

from __future__ import annotations

from typing import Any, Protocol

import httpx
from httpx_retries import Retry, RetryTransport

from tests.waiting import LIMIT

#: Answers that mean: later. Prefect's client tries again after the same ones.
_LATER = (429, 502, 503)
#: Some minutes in all. What has been answered otherwise, or not at all, is not asked again.
_PATIENT = Retry(
    total=100,
    allowed_methods=("DELETE", "GET", "POST"),
    status_forcelist=_LATER,
    retry_on_exceptions=(),
    backoff_factor=0.1,
    max_backoff_wait=3.0,
)


class Asked(Protocol):
    """A server: where its API is, with user and password in the address if it wants any."""

    @property
    def api_url(self) -> str: ...


def ask(server: Asked, path: str, **body: Any) -> Any:
    """What the server answers to a body that is posted to the path."""
    return _answer(server, "POST", path, json=body).json()


def delete(server: Asked, path: str) -> None:
    """Have the server remove what is at the path."""
    _answer(server, "DELETE", path)


def _answer(server: Asked, method: str, path: str, **more: Any) -> httpx.Response:
    """Raises ``httpx.HTTPStatusError`` for an answer that is an error and stays one."""
    transport = RetryTransport(httpx.HTTPTransport(verify=False), retry=_PATIENT)
    with httpx.Client(transport=transport, timeout=LIMIT, trust_env=False) as client:
        answer = client.request(method, f"{server.api_url}/{path}", **more)
        answer.raise_for_status()
        return answer
