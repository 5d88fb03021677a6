"""A lake whose runs workers of a pool do: its settings file, and what the server shows of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from tests.flows.asked import Asked, ask, delete

BLOCK = "dateline-failures"
_HOURS_AGO = dt.datetime.now(dt.UTC) - dt.timedelta(hours=2)
#: A schedule that came three times two hours ago and comes again in a year.
PAST = f"0-2 {_HOURS_AGO.hour} {_HOURS_AGO.day} {_HOURS_AGO.month} *"


class Team:
    """The deployments of the lake ``folder/lake`` on a server."""

    def __init__(self, server: Asked, folder: Path) -> None:
        self.server = server
        self.lake = folder / "lake"
        self.config = folder / "dateline.toml"

    def settings(self, *sources: str, first: str = "", team: str = "") -> None:
        """Write the settings file."""
        head = f'lake = "{self.lake}"\nworkers = 1\n{first}'
        self.config.write_text("\n".join([head, *sources, "[team]", team]), encoding="utf-8")

    def deployments(self) -> dict[str, dict[str, Any]]:
        """By name."""
        wanted = {"tags": {"all_": [f"lake:{self.lake}"]}}
        found = ask(self.server, "deployments/filter", deployments=wanted)
        return {one["name"]: one for one in found}

    def start(self, name: str) -> str:
        """A run now, as the button on Prefect's pages starts it; gives its id."""
        known = self.deployments()[name]["id"]
        return str(ask(self.server, f"deployments/{known}/create_flow_run")["id"])

    def fall_due(self, name: str) -> None:
        """Have it have been due as often as :data:`PAST` says."""
        now = dt.datetime.now(dt.UTC)
        since = now - dt.timedelta(hours=4)
        body = {"start_time": since.isoformat(), "end_time": now.isoformat(), "max_runs": 3}
        ask(self.server, f"deployments/{self.deployments()[name]['id']}/schedule", **body)

    def runs(self, name: str) -> list[dict[str, Any]]:
        """All runs of a deployment."""
        wanted = {"id": {"any_": [self.deployments()[name]["id"]]}}
        found: list[dict[str, Any]] = ask(self.server, "flow_runs/filter", deployments=wanted)
        return found

    def run(self, run: str) -> dict[str, Any]:
        """The run of this id."""
        (one,) = ask(self.server, "flow_runs/filter", flow_runs={"id": {"any_": [run]}})
        found: dict[str, Any] = one
        return found

    def make_block(self, address: str) -> None:
        """A webhook block, as the script of docs/notifications.md makes it."""
        kind = ask(self.server, "block_types/filter", block_types={"slug": {"any_": ["webhook"]}})
        wanted = {"block_type_id": {"any_": [kind[0]["id"]]}}
        schema = ask(self.server, "block_schemas/filter", block_schemas=wanted)
        ask(
            self.server,
            "block_documents/",
            name=BLOCK,
            data={"url": address, "method": "POST", "headers": {}},
            block_type_id=kind[0]["id"],
            block_schema_id=schema[0]["id"],
        )

    def remove(self) -> None:
        """What is of the lake on the server, which stays for others."""
        for one in self.deployments().values():
            delete(self.server, f"deployments/{one['id']}")
        for one in ask(self.server, "automations/filter"):
            if f"lake:{self.lake}" in one["tags"]:
                delete(self.server, f"automations/{one['id']}")
        for one in ask(self.server, "block_documents/filter"):
            if one["name"] == BLOCK:
                delete(self.server, f"block_documents/{one['id']}")
