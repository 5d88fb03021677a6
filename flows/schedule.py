"""``dateline serve``: the run by a schedule, for as long as the command lasts.

The deployment is made on the server that PREFECT_API_URL names; without one a private server is
kept for as long as the command lasts, whose pages are at the address that is printed. A run that
falls due while another one is under way is left out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from flows.errors import UsageError
from flows.launch import PREFECT
from flows.logs import LOGS
from flows.prefect_server import CLIENT, SERVED_BY, PrivateServer, environment, told
from flows.settings import Settings, SourceSpec

#: The deployment's name on the server: ``dateline-run/served``.
NAME = "served"
#: Prefect's own messages stay out of the terminal, where each run tells its sums.
_CONSOLE_LEVEL = "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"


def serve(
    settings: Settings, cron: str, sources: Sequence[SourceSpec], *, verbose: bool = False
) -> None:
    """Run over the sources whenever ``cron`` (in UTC) says, until interrupted.

    Raises ``UsageError`` for an expression that is no schedule and ``ServerError`` if there can
    be no server.
    """
    lake = settings.lake.expanduser().absolute()
    with ExitStack() as stack:
        stack.enter_context(told({**CLIENT, SERVED_BY: str(os.getpid())}))
        if not verbose:
            stack.enter_context(told({_CONSOLE_LEVEL: "CRITICAL"}))
        if not os.environ.get("PREFECT_API_URL"):
            home = lake / PREFECT
            stack.enter_context(told(environment(home)))
            server = PrivateServer(home, lake / LOGS / "serve-server.log", pages=True)
            stack.enter_context(server.start())
            stack.enter_context(told({"PREFECT_API_URL": server.api_url}))
            schedule = _checked(cron)
            server.wait()
            _say(f"A private server is at {server.address} until this command ends.")
        else:
            schedule = _checked(cron)
        _say(f"Runs are due at {schedule} (UTC), sources: {', '.join(s.path for s in sources)}")
        _say(f"The lake is {lake}. Ctrl-C ends it.")
        paths = {"lake": lake}
        if settings.corrections is not None:
            paths["corrections"] = settings.corrections.expanduser().absolute()
        _deploy(settings.model_copy(update=paths), schedule, sources)


def _checked(cron: str) -> str:
    from prefect.client.schemas.schedules import CronSchedule

    try:
        CronSchedule(cron=cron)
    except ValueError:
        raise UsageError(
            f"--cron {cron!r} is not a schedule: give minute, hour, day of month, month and day of "
            'week, such as "0 6 * * 1-5"'
        ) from None
    return cron


def _deploy(settings: Settings, cron: str, sources: Sequence[SourceSpec]) -> None:
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.types.entrypoint import EntrypointType

    from flows.prefect_flows import dateline_run

    dateline_run.serve(
        name=NAME,
        description=str(dateline_run.description),
        cron=cron,
        parameters={
            "sources": [_absolute(spec).model_dump(exclude_none=True) for spec in sources],
            "settings": settings.model_dump(mode="json", exclude={"sources"}, exclude_none=True),
        },
        global_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
        entrypoint_type=EntrypointType.MODULE_PATH,
        print_starting_message=False,
    )


def _absolute(spec: SourceSpec) -> SourceSpec:
    """The source wherever it is read from."""
    paths = {"path": spec.path, "root": spec.root}
    return spec.model_copy(
        update={
            key: os.path.abspath(Path(path).expanduser())  # noqa: PTH100 (links are kept)
            for key, path in paths.items()
            if path
        }
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
