"""From which figure on is the lake as a whole not what it should be?"""

from __future__ import annotations

import dataclasses
import difflib
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from expectations.whole.catalogue import WHOLE
from expectations.whole.limits import WholeLimits

_DEFAULT = WholeLimits()
_Share = Annotated[float, Field(ge=0, le=1)]
_Some = Annotated[float, Field(gt=0)]
_Times = Annotated[float, Field(gt=1)]
_Severity = Literal["error", "warning", "off"]


def _known(given: dict[str, _Severity]) -> dict[str, _Severity]:
    for name in given:
        if name not in WHOLE:
            near = difflib.get_close_matches(name, WHOLE, n=1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            raise ValueError(f"there is no expectation {name!r} of the lake as a whole{hint}")
    return given


class Quality(BaseModel):
    """``[quality]``: what ``dateline check`` holds the lake as a whole to. Shares are of 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    articles: Annotated[int, Field(ge=2)] = Field(
        default=_DEFAULT.articles, description="articles that a source must have to be judged"
    )
    deviations: _Some = Field(
        default=_DEFAULT.deviations, description="standard deviations from which on it is no chance"
    )
    null_rise: _Share = Field(
        default=_DEFAULT.null_rise, description="least rise of a column's share of nulls"
    )
    share_change: _Share = Field(
        default=_DEFAULT.share_change, description="least change of a kind's share"
    )
    share_factor: _Times = Field(
        default=_DEFAULT.share_factor, description="or how many times as much, from 0.02 on"
    )
    without_rise: _Share = Field(
        default=_DEFAULT.without_rise,
        description="least rise of the share of articles without rows",
    )
    mean_change: _Some = Field(
        default=_DEFAULT.mean_change, description="least change of rows an article, in proportion"
    )
    value_factor: _Times = Field(
        default=_DEFAULT.value_factor, description="least factor between typical values"
    )
    lost: _Share = Field(
        default=_DEFAULT.lost, description="share of a source's articles that may be gone"
    )
    silent: _Share = Field(
        default=_DEFAULT.silent, description="part of the usual articles below which it is silent"
    )
    busy: _Times = Field(
        default=_DEFAULT.busy, description="how many times the usual articles are too many"
    )
    clock: _Some = Field(
        default=_DEFAULT.clock, description="evidence that a clock is off, as a natural logarithm"
    )
    lag_hours: _Some = Field(
        default=_DEFAULT.lag_hours, description="hours by which fetching may come later or earlier"
    )
    without_entity: _Share = Field(
        default=_DEFAULT.without_entity, description="share of articles that name nothing"
    )
    without_figure: _Share = Field(
        default=_DEFAULT.without_figure, description="share of articles without a figure"
    )
    after_publication: _Share = Field(
        default=_DEFAULT.after_publication, description="share of facts after their publication"
    )
    dates_ahead: _Share = Field(
        default=_DEFAULT.dates_ahead, description="share of dates after publication"
    )
    persons_as_places: _Share = Field(
        default=_DEFAULT.persons_as_places, description="share of persons' names typed as places"
    )
    denominators: _Share = Field(
        default=_DEFAULT.denominators,
        description="share of denominators that are counted as people",
    )
    paragraph: _Share = Field(
        default=_DEFAULT.paragraph, description="share of a source's stories with one paragraph"
    )
    severity: Annotated[dict[str, _Severity], AfterValidator(_known)] = Field(
        default_factory=dict,
        description="expectations that count otherwise: error, warning or off, by name",
    )

    def limits(self) -> WholeLimits:
        """As expectations take them."""
        names = [field.name for field in dataclasses.fields(WholeLimits)]
        return WholeLimits(**{name: getattr(self, name) for name in names})
