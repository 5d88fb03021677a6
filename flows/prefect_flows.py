"""The flows and tasks: the walk of :mod:`flows.pipeline`, seen and retried by Prefect.

``dateline-run`` is what is scheduled and deployed; it calls the flows ``ingest`` and ``build``, in
which every batch is a task (two in ``build``: computing and publishing, so that a lake that was
locked is tried again without computing again). No article passes through Prefect: a task gets its
title and a function, gives nothing, and nothing is cached or stored as a result.
"""

from __future__ import annotations

import errno
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from prefect import State, Task, flow, task
from prefect.artifacts import (
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogWorker
from prefect.runtime import flow_run
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Cancelled, Failed

from flows.errors import UsageError
from flows.errors import told as error_told
from flows.interrupts import interruptible
from flows.logs import logged
from flows.on_worker import checked, leave_out_waiting
from flows.pipeline import build_all, ingest_all, walk
from flows.prefect_server import SERVED_BY
from flows.progress import Lines, Progress, Several, Waiting
from flows.report import RunReport, input_parts, inputs_sum, rows_sum
from flows.run_state import REBUILD, Interrupted, Run, RunError, opened
from flows.settings import Settings, SourceSpec, load_settings
from flows.telling import tell
from warehouse.errors import LakeError

log = logging.getLogger(__name__)

#: The run that a command has opened, for the flow that it calls.
_OPENED: ContextVar[Run] = ContextVar("_OPENED")
#: The run that the flow walks, for the flows that it calls.
_WALKED: ContextVar[Run] = ContextVar("_WALKED")

#: Seconds before each retry.
RETRIES = (2, 10)
#: Seconds between two updates of the progress artifact.
_EVERY = 3.0
#: Seconds that Prefect may take to send what it still holds at the end.
_LINGER = 10.0


def worth_retrying(_: Task[..., Any], __: TaskRun, state: State[Any]) -> bool:
    """A lake that is locked and a disk that stumbles may be better in a moment; bad data never."""
    error = state.result(raise_on_failure=False)
    if isinstance(error, LakeError):
        return error.__cause__ is None
    return isinstance(error, OSError) and error.errno not in (errno.ENOSPC, errno.EROFS)


def _batch_task(name: str, description: str) -> Task[..., None]:
    def work(title: str, call: Callable[[], None]) -> None:
        call()

    return task(
        name=name,
        description=description,
        task_run_name="{title}",
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=len(RETRIES),
        retry_delay_seconds=list(RETRIES),
        retry_condition_fn=worth_retrying,
    )(work)


TASKS = {
    "ingest": _batch_task(
        "ingest batch", "Reads inputs and stores those that are new as they are."
    ),
    "build": _batch_task("build batch", "Reads articles, makes their rows and checks them."),
    "publish": _batch_task("publish batch", "Writes a checked batch in one transaction."),
}


def _step(kind: str, title: str, call: Callable[[], None]) -> None:
    TASKS[kind](title, call)


def _run_title() -> str:
    """``run 20261123T0655 seeds/articles``"""
    return _title("run")


def _rebuild_title() -> str:
    return _title("rebuild")


def _ingest_title() -> str:
    return _title("ingest")


def _build_title() -> str:
    return _title("build")


def _title(what: str) -> str:
    run = _WALKED.get(None) or _OPENED.get(None)
    if run is not None:
        sources = (
            ", ".join(spec.path for spec in run.sources) or run.lake.address.rpartition("/")[2]
        )
        return f"{what} {run.report.run_id[:13]} {sources}"
    named = flow_run.parameters.get("sources") or [
        "the lake" if what == "rebuild" else "every source"
    ]
    sources = ", ".join(s["path"] if isinstance(s, dict) else str(s) for s in named)
    return f"{what} {time.strftime('%Y%m%dT%H%M', time.gmtime())} {sources}"


@flow(
    name="dateline-run",
    description="Reads sources, builds their rows, checks them and publishes them in the lake.",
    flow_run_name=_run_title,
    validate_parameters=False,
    persist_result=False,
)
def dateline_run(
    sources: list[Any] | None = None, settings: dict[str, Any] | None = None
) -> State[None] | None:
    """What is deployed. ``sources`` are paths, names of configured sources, or tables of a path
    and what is known of it; by default all that are configured. ``settings`` are those of
    ``dateline.toml``, which they overrule."""
    # A worker loads this file under another name, so the function names nothing of this module.
    from flows.prefect_flows import run_deployed, walk_opened

    opened_already = walk_opened()
    return opened_already() if opened_already else run_deployed(sources, settings)


@flow(
    name="dateline-rebuild",
    description="Builds what the lake holds once more, where it was read otherwise than today.",
    flow_run_name=_rebuild_title,
    validate_parameters=False,
    persist_result=False,
)
def dateline_rebuild(settings: dict[str, Any] | None = None) -> State[None] | None:
    """Can be deployed like :func:`dateline_run`."""
    from flows.prefect_flows import run_deployed, walk_opened

    opened_already = walk_opened()
    return opened_already() if opened_already else run_deployed(None, settings, REBUILD)


@flow(
    name="ingest",
    description="Stores every new input as it is, before anything is understood.",
    flow_run_name=_ingest_title,
    persist_result=False,
)
def ingest() -> None:
    """The first half of a run."""
    ingest_all(_WALKED.get(), _step)


@flow(
    name="build",
    description="Makes, checks and publishes the rows of what was ingested.",
    flow_run_name=_build_title,
    persist_result=False,
)
def build() -> None:
    """The second half of a run."""
    run = _WALKED.get()
    if len(run.worklist) == 0:
        return
    shown = _Artifact()
    listeners, run.progress = run.progress, Several(run.progress, shown)
    try:
        build_all(run, _step)
    finally:
        run.progress = listeners


def walk_opened() -> Callable[[], State[None] | None] | None:
    """The walk of the run that a command has opened, if one has."""
    run = _OPENED.get(None)
    return None if run is None else lambda: _walk(run)


def run_deployed(
    sources: list[Any] | None, settings: dict[str, Any] | None, command: str = "run"
) -> State[None] | None:
    """A run that a schedule or Prefect's pages have started: see :func:`dateline_run`.

    What ends it badly is in the message of its state, after the sources it is of.
    """
    named = _names(sources)
    try:
        return _run_deployed(sources, settings, command, named)
    except Exception as error:
        log.info("the run ended with", exc_info=True)
        ours = isinstance(error, UsageError | LakeError)
        why = f"{named}: {error if ours else error_told(error)}"
        tell(f"Run of {why}")
        return Failed(message=why)


def _names(sources: list[Any] | None) -> str:
    """What a person calls the sources of a deployment."""
    return ", ".join(
        str(source.get("name") or source.get("path")) if isinstance(source, dict) else str(source)
        for source in sources or ["every source"]
    )


def _run_deployed(
    sources: list[Any] | None, settings: dict[str, Any] | None, command: str, named: str
) -> State[None] | None:
    chosen = checked(load_settings(**(settings or {})), sources or ())
    rebuild = command == REBUILD
    specs = [
        spec for source in ([] if rebuild else sources or [None]) for spec in _specs(chosen, source)
    ]
    if not specs and not rebuild:
        raise UsageError("no source is named: neither in the parameters nor in dateline.toml")
    _end_with_server_of_schedule()
    leave_out_waiting()
    progress = Lines(log.info)
    waiting = Waiting(progress)
    with (
        opened(chosen, specs, command=command, progress=progress, on_wait=waiting) as run,
        interruptible(run),
        logged(run, verbose=False) as run.report.log,
    ):
        state = _walk(run)
        if state is not None and state.is_failed():
            why = f"{named}: {state.message}"
            tell(f"Run {run.report.run_id} of {why}")
            return Failed(message=why)
        row = run.report.row()
        told = f"{row['status']}: {inputs_sum(row)}; rows: {rows_sum(row)}"
        tell(f"Run {run.report.run_id} of {named} {told}")
    if run.report.status == "done" and chosen.site.folder is not None:
        from flows.site import publish

        if page := publish(chosen):
            tell(f"Site of {named}: {page}")
    return state


def _specs(settings: Settings, source: Any) -> Sequence[SourceSpec]:
    if isinstance(source, dict):
        return [SourceSpec(**source)]
    return settings.select([source] if source else [])


def _end_with_server_of_schedule() -> None:
    """Of a run that ``dateline serve`` started: end when that command is gone."""
    parent = os.getppid()
    if os.environ.get(SERVED_BY) != str(parent):
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


def under_prefect(run: Run, *, private: bool = False) -> None:
    """Walk an opened run as a flow; its report says what came of it.

    ``private`` says that nobody but this command will look at its server: then flows send no sign
    of life, for which Prefect makes each of them wait up to a second at its end. Raises what
    :func:`flows.pipeline.walk` raises but ``RunError``, and what Prefect raises. Prefect's
    settings must be in the environment before this module is imported.
    """
    token = _OPENED.set(run)
    silent = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None} if private else {}
    try:
        with temporary_settings(silent):
            if run.rebuilding:
                state = dateline_rebuild(return_state=True)
            else:
                state = dateline_run([spec.path for spec in run.sources], return_state=True)
    finally:
        _OPENED.reset(token)
        _send_the_rest()
    if run.error is None or not isinstance(run.error, RunError):
        state.result()


def _send_the_rest() -> None:
    """Let Prefect send the logs and events that it still holds, before its server goes."""
    for worker in (APILogWorker, EventsWorker):
        worker.drain_all(timeout=_LINGER)


def _walk(run: Run) -> State[None] | None:
    token = _WALKED.set(run)
    try:
        walk(run, lambda run: ingest(), lambda run: build())
    except Interrupted as error:
        return Cancelled(message=str(error))
    except RunError as error:
        return Failed(message=str(error))
    finally:
        _WALKED.reset(token)
        _show(run.report)
    return None


def _show(report: RunReport) -> None:
    """The table artifact with both sums."""
    counts = [("inputs", "", report.inputs)]
    counts += [("inputs", part, count) for part, count in input_parts(report.counts)]
    counts += [
        ("rows made", "", report.rows_made),
        ("rows made", "published", report.rows_published),
        ("rows made", "quarantined", report.rows_quarantined),
    ]
    counts += [("table", name, rows) for name, rows in report.tables.items()]
    holds = "both sums hold" if report.sums_hold else "THE SUMS DO NOT HOLD"
    try:
        create_table_artifact(
            [{"sum": what, "part": part, "count": count} for what, part, count in counts],
            key="dateline-sums",
            description=f"Run {report.run_id}, {report.status}: {holds}. "
            "inputs = new + revised + unchanged + duplicates + rejects; "
            "rows made = published + quarantined; then the rows of each table of the lake.",
        )
    except Exception as error:  # the run is told by its report, artifact or not
        log.warning("no table artifact: %s", error)


class _Artifact(Progress):
    """The progress artifact of a build."""

    def __init__(self) -> None:
        self._id: UUID = create_progress_artifact(
            0.0, key="dateline-progress", description="Inputs built and published"
        )  # type: ignore[assignment]
        self._last = time.monotonic()

    def build(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done == total or now - self._last >= _EVERY:
            self._last = now
            try:
                update_progress_artifact(self._id, 100 * done / total)
            except Exception as error:  # what it tells is not worth a batch
                log.warning("no progress artifact: %s", error)
