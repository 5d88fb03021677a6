"""Which deployments a work pool is to have: one a source, and the daily upkeep of the lake.

They hold names alone. Where the lake and the sources are, and how they are read, each machine knows
from its own settings file (DATELINE_CONFIG), so that no path and no secret lies on the server.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from flows.deployments import CHECK, Deployment, planned
from flows.errors import UsageError
from flows.settings import Settings, SourceSpec
from warehouse.release import VERSION

#: On every deployment that is made for a pool.
TAG = "dateline"
_LAKE, _SOURCE, _VERSION = "lake:", "source:", "version:"
_USER = re.compile("://[^/@]*@")
_UNNAMEABLE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Pooled:
    """A deployment of a work pool. Of all deployments with the same ``limit`` one runs at a time,
    whatever the number of machines; those that are due meanwhile wait."""

    deployment: Deployment
    limit: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What a server is to have for a lake. ``lake`` is its address, ``key`` a short name of it
    that no other lake has."""

    lake: str
    key: str
    deployments: tuple[Pooled, ...]
    #: Names of sources, by the names of their deployments.
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def tags(self) -> tuple[str, ...]:
        """By which the lake's deployments are known."""
        return lake_tags(self.lake)


def pooled(settings: Settings, cron: str | None, *, upkeep: bool = True) -> Plan:
    """The deployments of the sources in the settings, and with ``upkeep`` those of the lake's.

    Runs of one source never overlap. With ``writers = "one"`` no two runs that write do; what only
    reads, the check, has a limit of its own. Raises ``UsageError`` for a source without a schedule
    or without a name of its own, and if there is no source at all.
    """
    sources = settings.sources
    _require_names(sources)
    lake = lake_label(settings)
    key = _key(lake)
    made, named = [], {}
    for number, one in enumerate(planned(settings, sources, cron, upkeep=upkeep)):
        name = f"{settings.team.prefix}{one.name}"
        source = sources[number].name if number < len(sources) else None
        parameters = {"sources": [source]} if source else {}
        alone = settings.writers == "many" or one.entrypoint == CHECK
        tags = [TAG, f"{_LAKE}{lake}", f"{_VERSION}{VERSION}"]
        if source:
            named[name] = source
            tags.append(f"{_SOURCE}{source}")
        deployment = replace(one, name=name, parameters=parameters)
        limit = f"dateline-{key}-{one.name}" if alone else f"dateline-{key}"
        made.append(Pooled(deployment, limit, tuple(sorted(tags))))
    return Plan(lake, key, tuple(made), named)


def lake_label(settings: Settings) -> str:
    """What the lake is called on the server: its address, without the user, who may be another
    on each machine, and without a password."""
    return _USER.sub("://", str(settings.lake.absolute()))


def lake_tags(lake: str) -> tuple[str, ...]:
    """The tags that all deployments of a lake have."""
    return TAG, f"{_LAKE}{lake}"


def lake_of(tags: Sequence[str]) -> str | None:
    """The lake that a deployment with these tags is of, if one."""
    return next((tag.removeprefix(_LAKE) for tag in tags if tag.startswith(_LAKE)), None)


def _key(lake: str) -> str:
    """``lake-1f0c3a9b`` of ``/data/lake``"""
    last = _UNNAMEABLE.sub("-", lake.rstrip("/").rpartition("/")[2]).strip("-")
    return "-".join(filter(None, [last, hashlib.sha256(lake.encode()).hexdigest()[:8]]))


def _require_names(sources: Sequence[SourceSpec]) -> None:
    if not sources:
        raise UsageError("there is no source under [[sources]] in the settings file")
    without = [spec.path for spec in sources if not spec.name]
    if without:
        raise UsageError(
            f"{', '.join(without)}: no name; a worker finds a source by the `name` that it has "
            "under [[sources]] in the settings file"
        )
    twice = [name for name, times in Counter(spec.name for spec in sources).items() if times > 1]
    if twice:
        raise UsageError(f"{', '.join(map(str, twice))}: several sources have this name")
