"""What a schedule's keeper tells a server that is busy when the keeper ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest

from flows import dispatch
from flows.deployments import Deployment
from flows.prefect_api import Api, AwayError, BusyError, DueRun

IDS = [UUID(int=n) for n in range(3)]


class Server:
    """An ``Api`` that meets its deployments' pauses with these errors before it agrees."""

    def __init__(self, errors: list[AwayError]) -> None:
        self.errors = errors
        self.paused: list[UUID] = []
        self._ids = iter(IDS)

    @contextmanager
    def asking(self, patience: float, kind: type[Api]) -> Iterator[Server]:
        yield self

    def deploy(self, wanted: Deployment) -> UUID:
        return next(self._ids)

    def is_there(self, deployment: UUID) -> bool:
        return True

    def due(self, deployments: list[UUID]) -> list[DueRun]:
        return []

    def pause(self, deployment: UUID) -> None:
        if self.errors:
            raise self.errors.pop()
        self.paused.append(deployment)


def end(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a keeper of as many deployments as there are ids end."""
    monkeypatch.setattr(dispatch, "asking", server.asking)
    monkeypatch.setattr(dispatch, "_BUSY", 0.01)
    deployment = Deployment("wire", "flows/prefect_flows.py:dateline_run", "0 1 * * *", {})
    keeper = dispatch.Dispatcher([deployment] * len(IDS), print, None, lambda: None)
    keeper._look(server)  # type: ignore[arg-type]
    keeper.end()


def test_a_busy_server_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server([BusyError("it answers 503") for _ in range(20)])
    end(server, monkeypatch)
    assert server.paused == IDS


def test_one_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server([AwayError("timed out") for _ in range(20)])
    end(server, monkeypatch)
    assert (server.paused, len(server.errors)) == ([], 18)  # at the beginning and at the end


def test_one_that_stays_busy_is_left_when_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "_AGAIN", 0.1)
    monkeypatch.setattr(dispatch, "_KILL", 0.2)
    server = Server([BusyError("it answers 503") for _ in range(10_000)])
    end(server, monkeypatch)
    assert server.paused == []
