"""The command, killed by itself where a test wants it: ``python -m tests.flows.killed forget ...``.

KILL_WHEN names the step of a forgetting after which nothing more is done.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows.command import main
from warehouse import ducklake
from warehouse.lake import Lake
from warehouse.sqlite import SqliteCatalog

#: The step by the name that a test gives it: who does it, and what it is called there.
STEPS: dict[str, tuple[Any, str]] = {
    "removed": (Lake, "forget"),
    "expired": (ducklake, "expire"),
    "unlinked": (Path, "unlink"),
    "rewritten": (SqliteCatalog, "rewrite"),
}


def _and_die(step: Callable[..., Any]) -> Callable[..., Any]:
    def stepped(*arguments: Any, **named: Any) -> None:
        step(*arguments, **named)
        if not isinstance(arguments[0], Path) or arguments[0].suffix == ".parquet":
            os.kill(os.getpid(), signal.SIGKILL)

    return stepped


if __name__ == "__main__":
    holder, name = STEPS[os.environ["KILL_WHEN"]]
    setattr(holder, name, _and_die(getattr(holder, name)))
    main()
