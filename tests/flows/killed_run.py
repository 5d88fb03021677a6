"""A run that kills itself in its next batch: ``python -m tests.flows.killed_run LAKE FOLDER STEP``.

STEP: ``made`` (all is computed, nothing is written), ``written`` (all is written, nothing is
committed) or ``committed``.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows.pipeline import run_plainly
from flows.settings import SourceSpec, load_settings
from warehouse import lake
from warehouse.lake import Lake, Publication


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed(call: Callable[..., Any], *, before: bool) -> Callable[..., Any]:
    """The call, and death before or after it, if it is for a batch."""

    def wrapped(*arguments: Any) -> Any:
        batch = any(isinstance(one, Publication) and one.batch is not None for one in arguments)
        if batch and before:
            _die()
        result = call(*arguments)
        if batch:
            _die()
        return result

    return wrapped


if __name__ == "__main__":
    folder, source, step = sys.argv[1:]
    if step == "written":
        lake.write = _killed(lake.write, before=False)  # type: ignore[attr-defined]
    else:
        Lake.publish = _killed(Lake.publish, before=step == "made")  # type: ignore[method-assign]
    settings = load_settings(lake=Path(folder), workers=1, batch_size=4)
    run_plainly(settings, [SourceSpec(path=source)])
