"""Starting runs as they fall due, one at a time, each in a process of its own.

All runs are over one lake, which one writer at a time may change: a run that falls due while
another is under way waits on the server. Of one deployment no more than one waits, since it reads
whatever the others would have read.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from flows.deployments import Deployment
from flows.prefect_api import Api, AwayError, BusyError, DueRun, asking
from flows.telling import TELLS

log = logging.getLogger(__name__)

#: Seconds between two questions what is due, and for which an answer is waited.
EVERY = PATIENCE = 4.0
#: Of ending: seconds until a run is told a second time, until it is killed, and for each answer of
#: the server meanwhile.
_AGAIN, _KILL, _BRIEFLY = 3.0, 5.0, 1.0
#: Seconds before a busy server is told again at the end.
_BUSY = 0.2
#: After how many looks without an answer it is said; a busy server may miss one.
_MISSES = 2
#: A log that is larger is begun anew.
_LOG_BYTES = 5_000_000
_ENDED = "dateline serve ended before it did"


@dataclass
class _UnderWay:
    run: UUID
    deployment: Deployment
    process: subprocess.Popen[bytes] | None = None
    cancelled: bool = False


class Dispatcher:
    """Keeps the deployments and starts their runs, in a thread of its own, until :meth:`end`.

    ``say`` tells the operator a line; ``log_file`` gets what the runs' processes write, or their
    standard error if it is None. ``failed`` is called when the thread cannot go on, whose
    ``error`` says why.
    """

    def __init__(
        self,
        deployments: Sequence[Deployment],
        say: Callable[[str], None],
        log_file: Path | None,
        failed: Callable[[], None],
    ) -> None:
        self.error: Exception | None = None
        self._say = say
        self._log_file = log_file
        self._failed = failed
        self._wanted = list(deployments)
        self._known: dict[UUID, Deployment] = {}
        self._paused: set[UUID] = set()
        self._hand: _UnderWay | None = None
        #: Runs whose processes have ended, and how, which the server may not know yet.
        self._over: dict[UUID, int] = {}
        #: Runs that may have been taken, which was not answered.
        self._doubtful: set[UUID] = set()
        self._misses = 0
        self._stopping = threading.Event()
        self._turn = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="dispatch", daemon=True)

    def start(self) -> None:
        """Begin; whether the server answers yet or not."""
        self._thread.start()

    def end(self) -> None:
        """End what is under way and pause the schedules, whether the server answers or not.

        A run is interrupted as by Ctrl-C, a second time after some seconds, and killed if that
        does not end it either; the lake bears each. Takes ``_KILL`` seconds and a few at most.
        """
        began = time.monotonic()
        self._stopping.set()
        with self._turn:
            hand = self._hand
        self._interrupt(hand)
        self._last_words(lambda api: self._pause(api, began + _AGAIN), began + _AGAIN)
        if hand is not None:
            code = self._ended_by(hand, began)
            if code != 0:
                ended = time.monotonic()
                self._last_words(lambda api: _settle(api, hand.run, _ENDED), ended + _BRIEFLY)
        # a busy server may have missed some
        self._last_words(lambda api: self._pause(api, began + _KILL), began + _KILL)

    def _work(self) -> None:
        try:
            with asking(PATIENCE, Api) as api:
                while not self._stopping.is_set():
                    try:
                        self._look(api)
                        self._answers()
                    except AwayError as error:
                        self._no_answer(error)
                    self._stopping.wait(EVERY)
        except Exception as error:
            self.error = error
            self._failed()

    def _look(self, api: Api) -> None:
        """Once: what is to be deployed, what has ended, what may begin."""
        if self._misses:
            gone = [known for known in self._known if not api.is_there(known)]
            self._wanted += [self._known.pop(known) for known in gone]
        while self._wanted:
            self._known[api.deploy(self._wanted[0])] = self._wanted[0]
            del self._wanted[0]
        self._look_after(api)
        waiting: list[DueRun] = []
        for due in api.due(list(self._known)):
            if due.scheduled and any(
                w.scheduled and w.deployment == due.deployment for w in waiting
            ):
                api.leave_out(due.id, "left out: a run of the same sources waits already")
            else:
                waiting.append(due)
        for due in waiting:
            if self._hand is None:
                self._begin(api, due.id, self._known[due.deployment])

    def _look_after(self, api: Api) -> None:
        """Whether the run under way has ended, or is to end; and what the server has to know."""
        hand = self._hand
        if hand is not None and hand.process is not None:
            code = hand.process.poll()
            if code is not None:
                self._over[hand.run] = code
                self._hand = None
            elif not hand.cancelled:
                state = api.state(hand.run)
                if state is not None and (state.is_cancelling() or state.is_cancelled()):
                    hand.cancelled = True
                    self._interrupt(hand)
        for run, code in list(self._over.items()):
            _settle(api, run, f"its process ended with code {code}")
            del self._over[run]
        for run in list(self._doubtful):
            state = api.state(run)
            if state is not None and state.is_pending():
                api.give_back(run)
            self._doubtful.discard(run)

    def _begin(self, api: Api, run: UUID, deployment: Deployment) -> None:
        """Start the run, if the server agrees."""
        with self._turn:
            if self._stopping.is_set():
                return
            self._hand = _UnderWay(run, deployment)
        try:
            taken = api.take(run)
        except AwayError:
            self._hand = None
            self._doubtful.add(run)
            raise
        with self._turn:
            if not taken:
                self._hand = None
            elif not self._stopping.is_set():
                self._hand.process = _engine(run, deployment, self._log_file)

    def _interrupt(self, hand: _UnderWay | None) -> None:
        if hand is not None and hand.process is not None and hand.process.poll() is None:
            with suppress(OSError):
                hand.process.send_signal(signal.SIGINT)

    def _pause(self, api: Api, until: float) -> None:
        for known in [one for one in self._known if one not in self._paused]:
            if time.monotonic() < until:
                api.pause(known)
                self._paused.add(known)

    def _ended_by(self, hand: _UnderWay, began: float) -> int | None:
        """The exit code of a run that was interrupted, once it has ended, however."""
        process = hand.process
        if process is None:
            return None
        for patience, kill in ((_AGAIN, False), (_KILL, True)):
            with suppress(subprocess.TimeoutExpired):
                return process.wait(max(0.1, began + patience - time.monotonic()))
            if kill:
                process.kill()
            else:
                self._interrupt(hand)
        return process.wait()

    def _last_words(self, say: Callable[[Api], object], until: float) -> None:
        """What the server is told at the end, if it answers at once; again while it is busy."""
        if self._misses >= _MISSES or not self._known:
            return
        with suppress(Exception), asking(_BRIEFLY, Api) as api:
            while True:
                try:
                    say(api)
                except BusyError:
                    if time.monotonic() >= until:
                        return
                    time.sleep(_BUSY)
                else:
                    return

    def _answers(self) -> None:
        if self._misses >= _MISSES:
            self._say("Prefect's server answers again.")
        self._misses = 0

    def _no_answer(self, error: AwayError) -> None:
        log.debug("no answer: %s", error)
        self._misses += 1
        if self._misses == _MISSES:
            self._say(
                f"Prefect's server at {os.environ['PREFECT_API_URL']} does not answer: "
                "runs wait until it does."
            )


def _settle(api: Api, run: UUID, why: str) -> None:
    """Have the server know that a run is over, unless the run has said so itself."""
    state = api.state(run)
    if state is None or state.is_final():
        return
    if state.is_cancelling() or state.is_pending():
        api.leave_out(run, why)
    else:
        api.crashed(run, why)


def _engine(run: UUID, deployment: Deployment, log_file: Path | None) -> subprocess.Popen[bytes]:
    """A process of Prefect's engine, in a session of its own: Ctrl-C in the terminal is not for
    it, but for who started it."""
    command = [sys.executable, "-W", "ignore", "-m", "prefect.engine"]
    env = {
        **os.environ,
        "PREFECT__FLOW_RUN_ID": str(run),
        "PREFECT__FLOW_ENTRYPOINT": deployment.entrypoint,
        "PREFECT__DEPLOYMENT_NAME": deployment.name,
    }
    if log_file is None:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, env=env, start_new_session=True)
    large = log_file.is_file() and log_file.stat().st_size > _LOG_BYTES
    terminal = os.dup(sys.stderr.fileno())
    try:
        with log_file.open("wb" if large else "ab") as written:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=written,
                env={**env, TELLS: str(terminal)},
                pass_fds=[terminal],
                start_new_session=True,
            )
    finally:
        os.close(terminal)
