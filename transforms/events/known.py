"""An event with what its own clause says of it, before anything is chosen for what it does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.events.en.when import Dated
from transforms.events.en.where import Placed
from transforms.events.frame import Frame, Participant, Role


@dataclass(frozen=True, slots=True)
class Known:
    """An event's frame, place, time and agent, as far as they are known.

    ``figures`` are the rows of the figures that take part in it, as far as they may lend it a place
    or a day; ``dated`` is one of them, which says when it was.
    """

    frame: Frame
    place: Placed | None
    time: Dated | None
    agent: Participant | None
    patient: Participant | None
    figures: Sequence[Mapping[str, Any]]
    dated: Mapping[str, Any] | None

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """First and last day, of the clause or of a figure in it."""
        if self.time is not None:
            return self.time.start, self.time.end
        if self.dated is not None:
            return self.dated["as_of_start"], self.dated["as_of_end"]
        return None

    def of(self, role: Role) -> tuple[Participant, ...]:
        """The participants of a role; of those who do it, only who can."""
        if role is Role.AGENT and self.agent is None:
            return ()
        return self.frame.of(role)
