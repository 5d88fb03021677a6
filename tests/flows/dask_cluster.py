"""A Dask cluster of commands, as an operator starts them: scheduler and workers that speak TLS."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dask.config
import psutil
from distributed import Client, Security

from tests.waiting import LIMIT, until

ROOT = Path(__file__).parents[2]
_DASK = "from dask.__main__ import main; main()"
_COMM = "distributed.comm"


@dataclass
class Commands:
    """What was started in a folder; stop it."""

    folder: Path
    started: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    address: str = ""

    def scheduler(self) -> None:
        """Start it, and wait until it says where it is."""
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--protocol", "tls")
        at = until(lambda: self.said("scheduler", "Scheduler at:"), lambda: self.log("scheduler"))
        self.address = at.split("Scheduler at:")[1].split()[0]

    def worker(self, name: str, first: Path | None = None) -> None:
        """Start one with a single thread; ``first`` is where it finds packages first."""
        more = {"PYTHONPATH": os.pathsep.join(str(path) for path in (first, ROOT) if path)}
        options = ("--host", "127.0.0.1", "--name", name, "--nthreads", "1", "--no-dashboard")
        self._start("worker", self.address, *options, name=name, more=more)

    def _start(
        self, *command: str, name: str = "scheduler", more: Mapping[str, str] | None = None
    ) -> None:
        here = ("--dashboard-address", "127.0.0.1:0")
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **self.variables(), **(more or {})}
        with (self.folder / f"{name}.log").open("wb") as log:
            self.started[name] = subprocess.Popen(
                [sys.executable, "-c", _DASK, *command, *here],
                stdout=log,
                stderr=log,
                env=environment,
                cwd=self.folder,
            )

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def said(self, name: str, words: str) -> str:
        """The first line of its log with these words."""
        return next((line for line in self.log(name).splitlines() if words in line), "")

    def settings(self) -> dict[str, Any]:
        """Dask's own settings of a client of this cluster."""
        values: dict[str, Any] = {f"{_COMM}.require-encryption": True}
        values[f"{_COMM}.tls.ca-file"] = str(self.folder / "certificate.pem")
        for role in ("scheduler", "worker", "client"):
            values[f"{_COMM}.tls.{role}.cert"] = str(self.folder / "certificate.pem")
            values[f"{_COMM}.tls.{role}.key"] = str(self.folder / "key.pem")
        return values

    def variables(self) -> dict[str, str]:
        """The same for a process that is started."""
        return {
            "DASK_" + name.upper().replace(".", "__").replace("-", "_"): str(value)
            for name, value in self.settings().items()
        }

    def certify(self) -> None:
        """A certificate that signed itself, for all of them."""
        made = Security.temporary().get_tls_config_for_role("scheduler")
        (self.folder / "certificate.pem").write_text(made["cert"])
        (self.folder / "key.pem").write_text(made["key"])

    def client(self) -> Client:
        """Somebody else who looks at it."""
        with dask.config.set(self.settings()):
            return Client(self.address, set_as_default=False, timeout=LIMIT)

    def stop(self, name: str) -> None:
        """End it and all that it started."""
        process = self.started.pop(name)
        children = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        for child in children:
            if child.is_running():
                child.kill()
        process.kill()
        process.wait()

    def stop_all(self) -> None:
        for name in list(reversed(self.started)):
            self.stop(name)


def finished(dask_scheduler: Any) -> list[str]:
    """On the scheduler: the names of the tasks that were done, as its page shows them."""
    log = dask_scheduler.transition_log
    return sorted({str(entry[0]) for entry in log if entry[2] == "memory"})


def open_tasks(dask_scheduler: Any) -> list[str]:
    """On the scheduler: the names of the tasks that it has."""
    return sorted(str(key) for key in dask_scheduler.tasks)
