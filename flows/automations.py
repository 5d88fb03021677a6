"""What Prefect's server is to do by itself for a lake's runs: see that one is gone, and tell.

A run whose machine is gone gives no sign of life any more, and is ended as crashed. The rest tells
a webhook, whose address lies in a block of the server: a run that failed or crashed, a source of
which no run has begun long after one was due, a pool that no worker looks after.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flows.pooled import Plan
from flows.team_settings import Team

if TYPE_CHECKING:
    from prefect.events.schemas.automations import AutomationCore

#: A run gives a sign of life every 180 s by default; so long without one, it is gone.
SILENT = timedelta(minutes=10)
#: What says that a run is over.
_ENDS = ("Completed", "Failed", "Cancelled", "Crashed")
_OVER = frozenset(f"prefect.flow-run.{how}" for how in _ENDS)
_HEARTBEAT = "prefect.flow-run.heartbeat"
_RUNS = {"prefect.resource.id": "prefect.flow-run.*"}


def prefix(plan: Plan) -> str:
    """What the names of a lake's automations begin with."""
    return f"dateline {plan.key}: "


def automations(plan: Plan, team: Team, webhook: UUID | None) -> list[AutomationCore]:
    """Those of a lake's runs; without a webhook only what needs none."""
    from prefect.client.schemas.objects import StateType
    from prefect.events.actions import ChangeFlowRunState
    from prefect.events.schemas.automations import EventTrigger, Posture

    of_lake = {
        "prefect.resource.role": "tag",
        "prefect.resource.id": f"prefect.tag.{plan.tags[-1]}",
    }
    each_run: dict[str, Any] = {
        "match": _RUNS,
        "match_related": of_lake,
        "for_each": {"prefect.resource.id"},
        "threshold": 1,
    }
    silent = EventTrigger(
        posture=Posture.Proactive,
        after={_HEARTBEAT},
        expect={_HEARTBEAT, *_OVER},
        within=SILENT,
        **each_run,
    )
    minutes = SILENT.total_seconds() / 60
    message = f"no sign of life for {minutes:.0f} minutes: its process or its machine is gone"
    ends = ChangeFlowRunState(name="Crashed", state=StateType.CRASHED, message=message, force=False)
    made = [_automation(plan, "a run that is gone", silent, ends)]
    if webhook is None:
        return made
    failed = EventTrigger(
        posture=Posture.Reactive,
        expect={"prefect.flow-run.Failed", "prefect.flow-run.Crashed"},
        **each_run,
    )
    late = EventTrigger(
        posture=Posture.Proactive,
        after={"prefect.flow-run.Late", "prefect.flow-run.AwaitingConcurrencySlot"},
        expect={"prefect.flow-run.Running", *_OVER},
        within=timedelta(minutes=team.late_minutes),
        # once for all that waits of a source, of which there may be many
        **{**each_run, "for_each": {"related:deployment:prefect.resource.id"}},
    )
    idle = EventTrigger(
        posture=Posture.Reactive,
        expect={"prefect.work-pool.not-ready"},
        match={"prefect.resource.id": "prefect.work-pool.*", "prefect.resource.name": team.pool},
        for_each={"prefect.resource.id"},
        threshold=1,
    )
    of = 'deployment.name ~ " '
    how = f'{of}" ~ flow_run.state.type.value.lower() ~ ": " ~ flow_run.state.message'
    since = f'{of}has had no run begin in the {team.late_minutes} minutes since one was due"'
    told = [
        ("a run that failed", failed, how),
        ("a run that is late", late, since),
        ("a pool without workers", idle, f'"no worker looks after the work pool {team.pool}"'),
    ]
    return made + [
        _automation(plan, what, trigger, _call(webhook, text)) for what, trigger, text in told
    ]


def _automation(plan: Plan, what: str, trigger: Any, action: Any) -> AutomationCore:
    from prefect.events.schemas.automations import AutomationCore

    return AutomationCore(
        name=prefix(plan) + what,
        description=f"Of the lake {plan.lake}. Made by dateline deploy.",
        tags=list(plan.tags),
        trigger=trigger,
        actions=[action],
    )


def _call(webhook: UUID, text: str) -> Any:
    """Posts ``{"text": ...}``, which is what most chats take."""
    from prefect.events.actions import CallWebhook

    payload = '{"text": {{ (' + text + ") | tojson }}}"
    return CallWebhook(block_document_id=webhook, payload=payload)
