"""What ``dateline serve`` asks Prefect's server: each request ends soon, answered or not.

Prefect's own client tries again for minutes. Whoever keeps a schedule asks again anyway, and has to
be able to end meanwhile.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flows.deployments import Deployment

if TYPE_CHECKING:
    from prefect import Flow, State
    from prefect.client.orchestration import SyncPrefectClient

#: Codes of answers that mean: later.
_LATER = frozenset({408, 429})
_SERVER_ERROR = 500


class AwayError(Exception):
    """The server does not answer, or not now."""


class BusyError(AwayError):
    """The server answers that it cannot now, as one whose database is held by another does."""


class RefusedError(RuntimeError):
    """The server answers that it will not; the message says what."""


@dataclass(frozen=True)
class DueRun:
    """A flow run whose time has come. ``scheduled``: by a schedule, not by a person."""

    id: UUID
    deployment: UUID
    scheduled: bool


class Api:
    """The server, as :func:`asking` gives it; not for several threads.

    Every method raises ``AwayError`` and ``RefusedError``.
    """

    def __init__(self, client: SyncPrefectClient) -> None:
        self._client = client

    def deploy(self, wanted: Deployment) -> UUID:
        """Make the deployment, or make it what it is to be."""
        from prefect.client.schemas.actions import DeploymentScheduleCreate
        from prefect.client.schemas.schedules import CronSchedule
        from prefect.flows import load_flow_from_entrypoint
        from prefect.utilities.callables import parameter_schema

        flow: Flow[..., object] = load_flow_from_entrypoint(wanted.entrypoint)
        schedule = CronSchedule(cron=wanted.cron, timezone="UTC")
        return self.asked(
            lambda: self._client.create_deployment(
                flow_id=self._client.create_flow_from_name(flow.name),
                name=wanted.name,
                description=flow.description,
                entrypoint=wanted.entrypoint,
                parameters=wanted.parameters,
                parameter_openapi_schema=parameter_schema(flow).model_dump_for_openapi(),
                enforce_parameter_schema=False,
                schedules=[DeploymentScheduleCreate(schedule=schedule, active=wanted.active)],
                paused=False,
            )
        )

    def is_there(self, deployment: UUID) -> bool:
        """Whether the server knows the deployment, which one with a new database does not."""
        from prefect.exceptions import ObjectNotFound

        try:
            self.asked(lambda: self._client.read_deployment(deployment))
        except ObjectNotFound:
            return False
        return True

    def pause(self, deployment: UUID) -> None:
        """Have nothing fall due of it any more."""
        from prefect.exceptions import ObjectNotFound

        try:
            self.asked(lambda: self._client.pause_deployment(deployment))
        except ObjectNotFound:
            return

    def due(self, deployments: Sequence[UUID]) -> list[DueRun]:
        """The runs whose time has come and that have not begun, the first due first."""
        now = dt.datetime.now(dt.UTC)
        runs = self.asked(
            lambda: self._client.get_scheduled_flow_runs_for_deployments(list(deployments), now)
        )
        return [
            DueRun(run.id, run.deployment_id, run.auto_scheduled)
            for run in runs
            if run.deployment_id is not None
        ]

    def waiting(self, deployment: UUID) -> list[DueRun]:
        """The runs that have not begun though their time has come, also those that wait for the
        end of another and are to ask again."""
        from prefect.client.schemas import filters
        from prefect.client.schemas.objects import StateType

        now: Any = dt.datetime.now(dt.UTC)
        scheduled = filters.FlowRunFilterStateType(any_=[StateType.SCHEDULED])
        wanted = filters.FlowRunFilter(
            deployment_id=filters.FlowRunFilterDeploymentId(any_=[deployment]),
            state=filters.FlowRunFilterState(type=scheduled),
            expected_start_time=filters.FlowRunFilterExpectedStartTime(before_=now),
        )
        runs = self.asked(lambda: self._client.read_flow_runs(flow_run_filter=wanted))
        return [DueRun(run.id, deployment, run.auto_scheduled) for run in runs]

    def take(self, run: UUID) -> bool:
        """Whether the run may begin now."""
        from prefect.states import Pending

        return self._set(run, Pending())

    def give_back(self, run: UUID) -> None:
        """Have a run that was taken and has not begun fall due again."""
        from prefect.states import Scheduled

        self._set(run, Scheduled(), force=True)

    def leave_out(self, run: UUID, why: str) -> None:
        """End a run that has not begun, or that was ended."""
        from prefect.states import Cancelled

        self._set(run, Cancelled(message=why))

    def crashed(self, run: UUID, why: str) -> None:
        """End a run whose process is gone."""
        from prefect.states import Crashed

        self._set(run, Crashed(message=why))

    def state(self, run: UUID) -> State[object] | None:
        """The run's state; None if the server does not know the run."""
        from prefect.exceptions import ObjectNotFound

        try:
            return self.asked(lambda: self._client.read_flow_run(run)).state
        except ObjectNotFound:
            return None

    def _set(self, run: UUID, state: State[object], *, force: bool = False) -> bool:
        from prefect.client.schemas.responses import SetStateStatus
        from prefect.exceptions import ObjectNotFound

        try:
            result = self.asked(lambda: self._client.set_flow_run_state(run, state, force))
        except ObjectNotFound:
            return False
        return result.status is SetStateStatus.ACCEPT

    def asked[T](self, question: Callable[[], T]) -> T:
        """What the server answers."""
        import httpx

        try:
            return question()
        except httpx.TransportError as error:
            raise AwayError(str(error) or type(error).__name__) from None
        except httpx.HTTPStatusError as error:
            code = error.response.status_code
            if code >= _SERVER_ERROR or code in _LATER:
                raise BusyError(f"it answers {code}") from None
            raise RefusedError(
                f"Prefect's server at {self._client.api_url} refuses "
                f"{error.request.method} {error.request.url.path}: {code}"
            ) from None


@contextmanager
def asking[A: Api](patience: float, kind: type[A]) -> Iterator[A]:
    """The server that PREFECT_API_URL names, given so many seconds for each answer."""
    import httpx
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_CLIENT_MAX_RETRIES, temporary_settings

    soon = {"timeout": httpx.Timeout(patience)}
    with (
        temporary_settings({PREFECT_CLIENT_MAX_RETRIES: 0}),
        get_client(sync_client=True, httpx_settings=soon) as client,
    ):
        yield kind(client)
