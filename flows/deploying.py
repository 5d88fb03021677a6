"""``dateline deploy``: have a Prefect server know what a lake's pool is to run."""

from __future__ import annotations

import os
from collections.abc import Callable

from flows.automations import automations, prefix
from flows.errors import UsageError
from flows.pooled import Plan
from flows.prefect_api import asking
from flows.prefect_pool import PoolApi
from flows.prefect_server import CLIENT, told
from flows.team_settings import Team

#: Seconds for each answer of the server.
_PATIENCE = 30.0


def deploy(plan: Plan, team: Team, say: Callable[[str], None]) -> None:
    """Make the pool, the deployments with their limits, and the automations, on the server that
    PREFECT_API_URL names; ``say`` is told each with what was done.

    Deployments of the lake that are not planned any more are paused. Raises ``UsageError`` if no
    server is named, ``AwayError`` if it does not answer and ``RefusedError`` if it will not.
    """
    if not os.environ.get("PREFECT_API_URL"):
        raise UsageError("PREFECT_API_URL names no Prefect server; workers need one that stays")
    with told(CLIENT), asking(_PATIENCE, PoolApi) as api:
        webhook = api.webhook(team.notify) if team.notify else None
        made = api.make_pool(team.pool)
        say(f"work pool {team.pool}: {'made' if made else 'unchanged'}")
        for one in plan.deployments:
            done = api.have(team.pool, plan, one, api.limit_to_one(one.limit))
            say(f"{one.deployment}: {done}")
        planned = {one.deployment.name for one in plan.deployments}
        for known in api.of_lake(plan.lake):
            if known.name not in planned:
                if not known.paused:
                    api.pause(known.id)
                say(f"{known.name}: is not in the settings any more, paused")
        wanted = automations(plan, team, webhook)
        for name, done in api.have_automations(prefix(plan), wanted).items():
            say(f"automation {name}: {done}")
