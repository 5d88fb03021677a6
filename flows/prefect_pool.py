"""What ``dateline deploy`` asks Prefect's server: a pool, its deployments, limits, automations.

Whatever is there already as it is to be is left alone, so that making it so twice changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flows.on_worker import LAKE
from flows.pooled import Plan, Pooled, lake_of, lake_tags
from flows.prefect_api import Api, BusyError, RefusedError
from flows.prefect_server import CLIENT
from warehouse.release import VERSION

if TYPE_CHECKING:
    from prefect.client.schemas.responses import DeploymentResponse
    from prefect.events.schemas.automations import Automation, AutomationCore

#: Seconds for which a busy server is asked again, and between two times.
_BUSY, _AGAIN = 60.0, 0.5
#: What a deployment has to be; in words, in the order in which changes are told.
_WORDS = {
    "entrypoint": "flow",
    "parameters": "parameters",
    "schedule": "schedule",
    "tags": "tags",
    "version": "version",
    "pool": "work pool",
    "job_variables": "variables",
    "limit": "limit",
    "paused": "paused",
}


@dataclass(frozen=True)
class Known:
    """A deployment that the server has."""

    id: UUID
    name: str
    paused: bool


class PoolApi(Api):
    """The server, as :func:`flows.prefect_api.asking` gives it. Every method raises ``AwayError``
    and ``RefusedError``."""

    def asked[T](self, question: Callable[[], T]) -> T:
        """As :class:`Api`, but a busy server, as one is whose database is held by another
        connection, is asked again for a while: nobody repeats a command as a schedule does."""
        give_up = time.monotonic() + _BUSY
        while True:
            try:
                return super().asked(question)
            except BusyError:
                if time.monotonic() >= give_up:
                    raise
                time.sleep(_AGAIN)

    def make_pool(self, name: str) -> bool:
        """Make the pool, of processes, unless there is one of that name. Gives whether it was
        made."""
        from prefect.client.schemas.actions import WorkPoolCreate
        from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
        from prefect.workers.process import ProcessWorker

        try:
            self.asked(lambda: self._client.read_work_pool(name))
        except ObjectNotFound:
            template = ProcessWorker.get_default_base_job_template()
            pool = WorkPoolCreate(name=name, type="process", base_job_template=template)
            try:
                self.asked(lambda: self._client.create_work_pool(pool))
            except ObjectAlreadyExists:
                return False
            return True
        return False

    def limit_to_one(self, name: str) -> UUID:
        """The id of the limit of this name, of one run at a time."""
        self.asked(lambda: self._client.upsert_global_concurrency_limit_by_name(name, 1))
        return self.asked(lambda: self._client.read_global_concurrency_limit_by_name(name)).id

    def have(self, pool: str, plan: Plan, wanted: Pooled, limit: UUID) -> str:
        """Make the deployment what it is to be. Gives what was done: ``made``, ``unchanged``, or
        what was changed.

        Raises ``RefusedError`` if there is one of that name for another lake.
        """
        from prefect.exceptions import ObjectNotFound
        from prefect.flows import load_flow_from_entrypoint

        flow: Any = load_flow_from_entrypoint(wanted.deployment.entrypoint)
        name = f"{flow.name}/{wanted.deployment.name}"
        to_be = _to_be(pool, plan.lake, wanted, limit)
        try:
            found = self.asked(lambda: self._client.read_deployment_by_name(name))
        except ObjectNotFound:
            self._put(flow, wanted, to_be)
            return "made"
        other = lake_of(found.tags)
        if other not in (None, plan.lake):
            raise RefusedError(
                f"{name} is of the lake {other}: give this lake's deployments names of their own, "
                "with `prefix` under [team] in the settings file"
            )
        is_now = _is_now(found)
        changed = [word for key, word in _WORDS.items() if to_be[key] != is_now[key]]
        if changed:
            self._put(flow, wanted, to_be)
        return ", ".join(changed) + " changed" if changed else "unchanged"

    def of_lake(self, lake: str) -> list[Known]:
        """All deployments of the lake that were made for a pool, by name."""
        from prefect.client.schemas import filters

        tags = filters.DeploymentFilterTags(all_=list(lake_tags(lake)))
        wanted = filters.DeploymentFilter(tags=tags)
        found = self.asked(lambda: self._client.read_deployments(deployment_filter=wanted))
        known = [Known(one.id, one.name, one.paused) for one in found]
        return sorted(known, key=lambda one: one.name)

    def webhook(self, block: str) -> UUID:
        """The id of a webhook block. Raises ``RefusedError`` if there is none of that name."""
        from prefect.exceptions import ObjectNotFound

        def read() -> Any:
            return self._client.read_block_document_by_name(block, "webhook", False)

        try:
            found: UUID = self.asked(read).id
        except ObjectNotFound:
            raise RefusedError(
                f"the server has no webhook block that is called {block}: docs/notifications.md "
                "says how one is made, `notify` under [team] in the settings file names it"
            ) from None
        return found

    def have_automations(self, prefix: str, wanted: list[AutomationCore]) -> dict[str, str]:
        """Make those whose names begin with ``prefix`` what they are to be. Gives what was done, by
        name. One that an operator has switched off stays so."""
        all_: list[Automation] = self.asked(self._client.read_automations)
        found = {one.name: one for one in all_ if one.name.startswith(prefix)}
        done = {}
        for one in wanted:
            there = found.pop(one.name, None)
            if there is None:
                self.asked(lambda one=one: self._client.create_automation(one))  # type: ignore[misc]
                done[one.name] = "made"
            elif _same(there, one):
                done[one.name] = "unchanged"
            else:
                as_is = one.model_copy(update={"enabled": there.enabled})
                self._replace(there.id, as_is)
                done[one.name] = "changed"
        for name, there in found.items():
            self.asked(lambda there=there: self._client.delete_automation(there.id))  # type: ignore[misc]
            done[name] = "removed"
        return done

    def _replace(self, automation: UUID, wanted: AutomationCore) -> None:
        whole = wanted.model_dump(mode="json", exclude={"owner_resource"})
        path = f"/automations/{automation}"
        self.asked(lambda: self._client.request("PUT", path, json=whole))  # type: ignore[arg-type]

    def _put(self, flow: Any, wanted: Pooled, to_be: Mapping[str, Any]) -> None:
        """One request, so that no run is ever without its limit. The client's own method has no
        way to name a limit that several deployments share."""
        from prefect.utilities.callables import parameter_schema

        flow_id = self.asked(lambda: self._client.create_flow_from_name(flow.name))
        cron, active = to_be["schedule"]
        schedule = {"cron": cron, "timezone": "UTC", "day_or": True}
        whole = {
            "name": wanted.deployment.name,
            "flow_id": str(flow_id),
            "description": flow.description,
            "entrypoint": to_be["entrypoint"],
            "path": None,
            "pull_steps": None,
            "parameters": to_be["parameters"],
            "parameter_openapi_schema": parameter_schema(flow).model_dump_for_openapi(),
            "enforce_parameter_schema": False,
            "schedules": [{"schedule": schedule, "active": active}],
            "paused": to_be["paused"],
            "tags": to_be["tags"],
            "version": to_be["version"],
            "work_pool_name": to_be["pool"],
            "job_variables": to_be["job_variables"],
            "global_concurrency_limit_id": str(to_be["limit"][0]),
            "concurrency_options": {"collision_strategy": to_be["limit"][1]},
        }
        self.asked(lambda: self._client.request("POST", "/deployments/", json=whole))


def _to_be(pool: str, lake: str, wanted: Pooled, limit: UUID) -> dict[str, Any]:
    deployment = wanted.deployment
    return {
        "entrypoint": deployment.entrypoint,
        "parameters": deployment.parameters,
        "schedule": (deployment.cron, deployment.active),
        "tags": list(wanted.tags),
        "version": VERSION,
        "pool": pool,
        "job_variables": {"env": {**CLIENT, LAKE: lake}},
        "limit": (limit, "ENQUEUE"),
        "paused": False,
    }


def _is_now(found: DeploymentResponse) -> dict[str, Any]:
    schedules = [(getattr(one.schedule, "cron", None), one.active) for one in found.schedules]
    limit, options = found.global_concurrency_limit, found.concurrency_options
    return {
        "entrypoint": found.entrypoint,
        "parameters": found.parameters,
        "schedule": schedules[0] if len(schedules) == 1 else schedules,
        "tags": sorted(found.tags),
        "version": found.version,
        "pool": found.work_pool_name,
        "job_variables": found.job_variables,
        "limit": (limit and limit.id, options and options.collision_strategy.value),
        "paused": found.paused,
    }


def _same(there: Automation, wanted: AutomationCore) -> bool:
    fields = ("description", "tags", "trigger", "actions")
    return all(getattr(there, name) == getattr(wanted, name) for name in fields)
