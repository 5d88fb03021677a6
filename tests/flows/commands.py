"""The command in a process of its own, as a user starts it; it can be watched while it runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests.waiting import LIMIT, until

ROOT = Path(__file__).parents[2]
#: A variable by which a command's processes are known, whoever started them and wherever they are.
_MARK = "STARTED_BY_A_TEST"


def _environment(named: Mapping[str, str]) -> dict[str, str]:
    """Ours without the settings of Dateline and of Prefect, and with those that are named."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "DATELINE"))}
    return {**kept, "PYTHONPATH": str(ROOT), **named}


def dateline(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, from its start to its end."""
    return subprocess.run(
        [sys.executable, "-m", "flows.command", *arguments],
        cwd=cwd,
        env=_environment({}),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )


class Command:
    """``python -m MODULE ARGUMENTS``, in a session of its own.

    ``named`` are variables of its environment; nobody writes into its standard input.
    """

    def __init__(
        self,
        *arguments: str,
        module: str = "flows.command",
        cwd: Path = ROOT,
        before: tuple[str, ...] = (),
        **named: str,
    ) -> None:
        self._folder = TemporaryDirectory()
        self._out, self._err = (Path(self._folder.name, name) for name in ("out", "err"))
        self._mark = uuid.uuid4().hex
        with self._out.open("ab") as out, self._err.open("ab") as err:
            self.process = subprocess.Popen(
                [*before, sys.executable, "-m", module, *arguments],
                cwd=cwd,
                env=_environment({_MARK: self._mark, **named}),
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    @property
    def out(self) -> str:
        return self._out.read_text(encoding="utf-8")

    @property
    def err(self) -> str:
        return self._err.read_text(encoding="utf-8")

    def until_it_says(self, text: str) -> None:
        """Until the text is on its standard error; it must not have ended before."""

        def said() -> bool:
            over = self.process.poll() is not None
            if text in self.err:
                return True
            assert not over, f"it ended and did not say {text!r}: {self.err}"
            return False

        until(said, lambda: self.err)

    def interrupt(self) -> None:
        """Ctrl-C, as a terminal does it."""
        os.killpg(self.process.pid, signal.SIGINT)

    def ended(self) -> int:
        """Wait for its end; gives its exit code."""
        return self.process.wait(LIMIT)

    def family(self) -> list[psutil.Process]:
        """What there is of the processes that came of it, itself left out."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                alive = process.status() != psutil.STATUS_ZOMBIE
                if alive and process.pid != self.process.pid and self._marked(process):
                    found.append(process)
        return found

    def _marked(self, process: psutil.Process) -> bool:
        return process.environ().get(_MARK) == self._mark

    def until_nobody_is_left(self) -> None:
        """Until all that it started are gone."""
        until(lambda: not self.family(), lambda: f"still there: {self.family()}")

    def close(self) -> None:
        """End whatever there is of it: itself first, which starts its server again."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for process in self.family():
            with suppress(psutil.Error):
                process.kill()
        if self.process.stdin is not None:
            self.process.stdin.close()
        self._folder.cleanup()
