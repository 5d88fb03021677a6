"""Which deployments ``dateline serve`` keeps: one a source, and the daily upkeep of the lake."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flows.errors import UsageError
from flows.settings import Settings, SourceSpec

#: The flows, by their entrypoints.
RUN = "flows.prefect_flows.dateline_run"
CHECK = "flows.upkeep.dateline_check"
MAINTAIN = "flows.upkeep.dateline_maintain"
#: When the lake is checked and maintained, in UTC: early, and after what a night's archives bring.
CHECK_AT, MAINTAIN_AT = "40 3 * * *", "40 4 * * *"
#: What Prefect does not take in a name, and what would be taken for the end of one.
_NOT_IN_NAMES = re.compile(r"[/%&<>\\*?\s]+")


@dataclass(frozen=True)
class Deployment:
    """A flow with its parameters and its schedule in UTC. ``active``: the schedule does not stay
    still."""

    name: str
    entrypoint: str
    cron: str
    parameters: dict[str, Any]
    active: bool = True

    def __str__(self) -> str:
        when = f"{self.cron} (UTC)"
        return f"{self.name}: {when if self.active else f'paused, else {when}'}"


def planned(
    settings: Settings, sources: Sequence[SourceSpec], cron: str | None, *, upkeep: bool = True
) -> tuple[Deployment, ...]:
    """A deployment for each source, by its own schedule, else by ``cron``; with ``upkeep`` also
    those that check and maintain the lake.

    Paths are made absolute. Raises ``UsageError`` if a source has no schedule at all.
    """
    without = [spec.name or spec.path for spec in sources if not (spec.schedule or cron)]
    if without:
        raise UsageError(
            f"{', '.join(without)}: no schedule; give --cron, or the source a `schedule` under "
            "[[sources]] in dateline.toml"
        )
    given = _given(settings)
    names = {"check", "maintain"} if upkeep else set()
    found = []
    for spec in sources:
        name = _unused(names, spec.name or _last(spec.path))
        spare = {"schedule", "paused"}
        read = _absolute(spec).model_dump(mode="json", exclude_defaults=True, exclude=spare)
        parameters = {"sources": [read], "settings": given}
        when = spec.schedule or cron
        assert when is not None
        found.append(Deployment(name, RUN, when, parameters, active=not spec.paused))
    if upkeep:
        lake = {"settings": given}
        found.append(Deployment("check", CHECK, CHECK_AT, lake))
        found.append(Deployment("maintain", MAINTAIN, MAINTAIN_AT, lake))
    return tuple(found)


def _given(settings: Settings) -> dict[str, Any]:
    """The settings as parameters, right in any folder."""
    paths: dict[str, Any] = {"lake": settings.lake.absolute()}
    if settings.lake.database is not None:
        paths["home"] = paths["lake"].home
    if settings.corrections is not None:
        paths["corrections"] = settings.corrections.expanduser().absolute()
    known = settings.model_copy(update=paths)
    # parameters can be read by many: what is secret comes from the variable or the file again
    secret = settings.lake.database is not None and settings.lake.database.password is not None
    left_out = {"sources", "lake"} if secret else {"sources"}
    return known.model_dump(mode="json", exclude=left_out, exclude_none=True)


def _unused(names: set[str], wished: str) -> str:
    """A name for a deployment, which joins the ``names``."""
    plain = _NOT_IN_NAMES.sub("-", wished).strip("-") or "source"
    name, number = plain, 1
    while name in names:
        number += 1
        name = f"{plain}-{number}"
    names.add(name)
    return name


def _last(path: str) -> str:
    """What a path ends with: ``wire`` of ``news/wire/*.html``; of an address the host and the path,
    without what may be secret in it."""
    if "://" in path:
        address = urlsplit(path)
        return f"{address.hostname or ''}{address.path}"
    parts = [part for part in path.split("/") if part and not set(part) & set("*?[")]
    return parts[-1] if parts and parts[-1] not in (".", "..") else Path(path).absolute().name


def _absolute(spec: SourceSpec) -> SourceSpec:
    """The source wherever it is read from; an address is that anywhere."""
    paths = {"path": spec.path, "root": spec.root}
    return spec.model_copy(
        update={
            key: os.path.abspath(Path(path).expanduser())  # noqa: PTH100 (links are kept)
            for key, path in paths.items()
            if path and "://" not in path
        }
    )
