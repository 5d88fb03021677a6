"""What may be set of the runs that several machines do for one lake?"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _plain(given: str) -> str:
    if bad := sorted(set(given) & set("/%&<>\\*? ")):
        raise ValueError(
            f"{given!r} has {' '.join(map(repr, bad))}, which Prefect takes in no name"
        )
    return given


_Name = Annotated[str, Field(min_length=1), AfterValidator(_plain)]


class Team(BaseModel):
    """``[team]``: what `dateline deploy` makes on a Prefect server."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pool: _Name = Field(default="dateline", description="the work pool whose workers run")
    prefix: Annotated[str, AfterValidator(_plain)] = Field(
        default="",
        description="what names of deployments begin with, where several lakes share a server",
    )
    notify: _Name | None = Field(
        default=None,
        description="the webhook block on the server that is told of runs that failed, are late, "
        "and of a pool without workers",
    )
    late_minutes: Annotated[int, Field(ge=1)] = Field(
        default=60, description="minutes after a run was due within which one must have begun"
    )
