"""What a run first sees to on a worker's machine, which ``dateline deploy`` knew nothing of.

Are its settings of the lake that the deployment is of? And which runs need not wait any more?
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flows.errors import UsageError
from flows.pooled import lake_label
from flows.settings import Settings, find_settings_file

log = logging.getLogger(__name__)

#: Tells the process of a run which lake its deployment is of.
LAKE = "_DATELINE_DEPLOYED_FOR"
#: Seconds for each answer of the server.
_PATIENCE = 10.0


def checked(settings: Settings, sources: Sequence[Any] = ()) -> Settings:
    """The settings, if a run of a pool may go by them; any other run may.

    Raises ``UsageError`` if they are of another lake, as those of a machine are where
    DATELINE_CONFIG is not set, or if they do not have a source that is named.
    """
    wanted = os.environ.get(LAKE)
    if wanted is None:
        return settings
    file = find_settings_file()
    where = f"the settings of this machine ({file or 'no file: DATELINE_CONFIG is not set'})"
    found = lake_label(settings)
    if found != wanted:
        raise UsageError(f"{where} are of the lake {found}, the deployment is of {wanted}")
    known = {spec.name for spec in settings.sources}
    unknown = [source for source in sources if isinstance(source, str) and source not in known]
    if unknown:
        raise UsageError(f"{where} have no source that is called {', '.join(unknown)}")
    return settings


def leave_out_waiting() -> None:
    """End the runs of the same deployment that fell due before this one began and still wait: it
    reads what they would have read. Those that a person started stay."""
    if LAKE not in os.environ:
        return
    from prefect.runtime import deployment, flow_run

    from flows.prefect_api import Api, AwayError, RefusedError, asking

    try:
        with asking(_PATIENCE, Api) as api:
            for waiting in api.waiting(UUID(deployment.id)):
                if waiting.scheduled and str(waiting.id) != flow_run.id:
                    api.leave_out(waiting.id, f"left out: {flow_run.name} reads the same")
    except (AwayError, RefusedError) as error:
        log.info("runs that wait are not looked for: %s", error)
