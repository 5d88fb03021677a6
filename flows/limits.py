"""How much may be read of one item; beyond each limit there is a reject that names it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from transforms.model import LARGEST

_Whole = Annotated[int, Field(ge=1)]


class Limits(BaseModel):
    """What one item may come to. The keys of ``[limits]`` in dateline.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    input_bytes: Annotated[int, Field(ge=1, le=LARGEST)] = Field(
        default=LARGEST, description="bytes of one input: a file, a line, a member, a record"
    )
    expansion: _Whole = Field(
        default=200,
        description="how many times its compressed size a file may come to, beyond 64 MB",
    )
    members: _Whole = Field(
        default=1_000_000, description="members of an archive, messages of a mailbox, records"
    )
    depth: _Whole = Field(default=3, description="archives within archives")
