"""How much may be read of one item, beyond which there is a reject; and what one story is."""

from __future__ import annotations

import dataclasses
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from transforms import limits as of_input
from transforms.limits import DEFAULT
from transforms.model import LARGEST
from transforms.stories.rules import DEFAULT as ONE_STORY
from transforms.stories.rules import Rules

_Whole = Annotated[int, Field(ge=1)]


class Limits(BaseModel):
    """What one item may come to. The keys of ``[limits]`` in dateline.toml.

    The first are of a file and what it holds, the others of one input of it
    (:class:`transforms.limits.Limits`).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    expansion: _Whole = Field(
        default=200,
        description="how many times its compressed size a file may come to, beyond 64 MB",
    )
    members: _Whole = Field(
        default=1_000_000, description="members of an archive, messages of a mailbox, records"
    )
    depth: _Whole = Field(default=3, description="archives within archives")

    input_bytes: Annotated[int, Field(ge=1, le=LARGEST)] = Field(
        default=DEFAULT.input_bytes, description="bytes of an input: a file, a line, a record"
    )
    markup: Annotated[int, Field(ge=1, le=DEFAULT.markup)] = Field(
        default=DEFAULT.markup, description="characters of a page with its markup"
    )
    tags: _Whole = Field(default=DEFAULT.tags, description="elements of a page")
    attributes: _Whole = Field(default=DEFAULT.attributes, description="attributes of one tag")
    nesting: Annotated[int, Field(ge=1, le=DEFAULT.nesting)] = Field(
        default=DEFAULT.nesting, description="elements of a page within each other"
    )
    lines: _Whole = Field(default=DEFAULT.lines, description="lines of a text")
    characters: _Whole = Field(
        default=DEFAULT.characters, description="characters of the text that was found"
    )
    line: _Whole = Field(
        default=DEFAULT.line, description="characters of a title, an address, an id, a name"
    )
    seconds: _Whole = Field(
        default=DEFAULT.seconds,
        description="seconds that reading an input may take, and then making its rows",
    )

    def of_input(self) -> of_input.Limits:
        """Those of one input, as its readers take them."""
        names = [field.name for field in dataclasses.fields(of_input.Limits)]
        return of_input.Limits(**{name: getattr(self, name) for name in names})


class Stories(BaseModel):
    """``[stories]``: when two articles carry one story."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    similarity: Annotated[float, Field(gt=0, le=1)] = Field(
        default=ONE_STORY.similarity,
        description="least share of three-word sequences that two texts have in common",
    )
    window_days: Annotated[int, Field(ge=0)] = Field(
        default=ONE_STORY.window_days,
        description="most days between the publications of similar texts",
    )

    def rules(self) -> Rules:
        """As the planner takes them."""
        return Rules(self.similarity, self.window_days)
