"""Who computes for a run, as the settings say: processes of this machine, or a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from flows.errors import UsageError
from flows.pool import Workers
from flows.processes import Processes

if TYPE_CHECKING:
    from flows.settings import Settings


def executor(settings: Settings, say: Callable[[str], None]) -> Callable[[int], Workers]:
    """What makes the workers of a pool; ``say`` tells the operator a line.

    Raises ``UsageError`` if Dask is to compute and is not installed.
    """
    if settings.executor == "processes":
        return Processes
    if find_spec("distributed") is None:
        raise UsageError(
            'executor = "dask" needs the library distributed: pip install "dateline[dask]"'
        )
    from flows.cluster import Cluster

    return partial(Cluster, model=settings.model, address=settings.dask, say=say)
