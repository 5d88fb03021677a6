"""What an expression of time means before it is known when the text was written.

The grammar builds these; :mod:`transforms.dates.resolve` turns them into calendar time. Each has
a ``node``: the class by which further rules of the grammar see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from transforms.dates.periods import Period

#: Units below a day.
CLOCK_UNITS = ("second", "minute", "hour")


@dataclass(frozen=True, slots=True)
class Point:
    """A period that needs no anchor: 26 April 2025, 2014, the 1990s."""

    period: Period
    fiscal: bool = False

    @property
    def node(self) -> str:
        return "P" + self.period.unit


@dataclass(frozen=True, slots=True)
class Partial:
    """A recurring period without its year: October, 5 May, Friday, the third quarter, summer.

    ``number`` is the month, weekday (1 is Monday), quarter, half or season; ``day`` the day of
    the month. ``unit`` is one of day (month and day), dom (day of some month), weekday, month,
    quarter, half, season. ``weekday`` is a stated weekday of a stated day.
    """

    unit: str
    number: int
    day: int = 0
    weekday: int = 0

    @property
    def node(self) -> str:
        return "Q" + self.unit


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named day; ``name`` is its row in seeds/reference/named_days.csv."""

    name: str
    node: ClassVar[str] = "Qholiday"


@dataclass(frozen=True, slots=True)
class Relative:
    """A whole unit counted from an anchor: last year (-1), this week (0), tomorrow (+1).

    ``to`` is publication, reference: the date spoken of last ("that day"), or event: one that
    words name ("the day after the vote").
    """

    unit: str
    shift: int
    to: str = "publication"

    @property
    def node(self) -> str:
        return "R" + self.unit


@dataclass(frozen=True, slots=True)
class Chosen:
    """A partial with a word that chooses: last Friday (-1), this spring (0), next May (+1).

    ``to`` is publication, or reference: the date spoken of last ("the previous Friday").
    """

    inner: Partial | Holiday
    which: int
    to: str = "publication"
    node: ClassVar[str] = "Rpart"


@dataclass(frozen=True, slots=True)
class Nth:
    """The n-th (from the end if negative) unit or weekday of a period: the last week of May."""

    number: int
    unit: str
    outer: Meaning
    weekday: int = 0
    count: int = 1
    node: ClassVar[str] = "Pnth"


@dataclass(frozen=True, slots=True)
class Inside:
    """A partial whose year is said beside it: October of last year."""

    inner: Partial | Holiday
    outer: Meaning

    @property
    def node(self) -> str:
        unit = self.inner.unit if isinstance(self.inner, Partial) else "day"
        return "Pday" if unit in ("weekday", "dom") else "P" + unit


@dataclass(frozen=True, slots=True)
class Offset:
    """A length away from an anchor: two weeks ago, three days later, a year earlier.

    ``to`` is publication, reference, base (another expression: a week before Christmas), or
    event (a clause says when: two days after Russia did).
    """

    length: Length
    sign: int
    to: str = "publication"
    base: Meaning | None = None
    node: ClassVar[str] = "OFFSET"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: its amount (None if vague) in a unit; ``high`` is the end of a range."""

    amount: float | None
    unit: str
    high: float | None = None
    mod: str | None = None
    parts: tuple[tuple[float, str], ...] = ()
    node: ClassVar[str] = "DUR"


def length_of(amount: float | None, unit: str, high: float | None = None) -> Length:
    """A length; fortnights are two weeks."""
    if unit == "fortnight":
        return Length(None if amount is None else amount * 2, "week", high and high * 2)
    return Length(amount, unit, high)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A length that ends or begins at its anchor: the past three months (sign -1).

    ``to`` is publication, reference, or base (another expression: the week before Christmas).
    """

    length: Length
    sign: int
    to: str = "publication"
    base: Meaning | None = None
    node: ClassVar[str] = "STRETCH"


@dataclass(frozen=True, slots=True)
class Account:
    """The reporting period mentioned (the latest period), ``years`` on, or that of a year."""

    years: int
    outer: Meaning | None = None
    latest: bool = False
    #: What the text calls it: a quarter, or "" for a period of any length.
    unit: str = "quarter"
    node: ClassVar[str] = "Rquarter"


@dataclass(frozen=True, slots=True)
class YearsOff:
    """The same part of a year some years away: the year-ago third quarter."""

    inner: Partial
    years: int
    node: ClassVar[str] = "Pquarter"


@dataclass(frozen=True, slots=True)
class Ended:
    """A length that ends with a stated day: the six months ended Aug. 12."""

    length: Length
    end: Meaning
    node: ClassVar[str] = "ENDEDPERIOD"


@dataclass(frozen=True, slots=True)
class FirstOfYear:
    """The first months or quarters of the year of publication: in the first nine months."""

    length: Length
    node: ClassVar[str] = "Pnth"


@dataclass(frozen=True, slots=True)
class SoFar:
    """A period from its start up to publication (sign -1), or from there to its end (+1)."""

    inner: Relative
    sign: int
    mod: str | None = None
    node: ClassVar[str] = "MODIFIED"


@dataclass(frozen=True, slots=True)
class Half:
    """The first or second half of a period that has no halves of its own: of May, of a decade."""

    number: int
    outer: Meaning
    node: ClassVar[str] = "Phalf"


@dataclass(frozen=True, slots=True)
class Holding:
    """The unit that a day lies in: the week of May 6."""

    unit: str
    inner: Meaning

    @property
    def node(self) -> str:
        return "P" + self.unit


@dataclass(frozen=True, slots=True)
class ToDate:
    """The year up to publication: year-to-date."""

    node: ClassVar[str] = "TODATE"


@dataclass(frozen=True, slots=True)
class Section:
    """Early, mid or late (START, MID, END) in a period."""

    inner: Meaning
    mod: str

    @property
    def node(self) -> str:
        return "S" + self.inner.node


@dataclass(frozen=True, slots=True)
class Modified:
    """The same time with a TIMEX3 modifier that does not move it: about, nearly, or later."""

    inner: Meaning
    mod: str
    node: ClassVar[str] = "MODIFIED"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: hours and minutes, or a named part (MO, AF, EV, NI, DT); zone as written."""

    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    part: str = ""
    zone: str = ""
    node: ClassVar[str] = "CLOCK"


@dataclass(frozen=True, slots=True)
class Timed:
    """A time of day on a day; without one, of the day spoken of.

    ``told`` says which day told before it is its own, where none is named: the last one (""); only
    one told beside it, since it may be of any day ("beside"); one told beside it, else the day of
    publication ("near").
    """

    day: Meaning | None
    clock: Clock
    mod: str | None = None
    told: str = ""
    node: ClassVar[str] = "TIMED"


@dataclass(frozen=True, slots=True)
class Weekend:
    """A weekend: this (0), last (-1), next (+1)."""

    which: int | None
    node: ClassVar[str] = "Rweekend"


@dataclass(frozen=True, slots=True)
class Range:
    """From one time up to another, both included."""

    low: Meaning
    high: Meaning
    node: ClassVar[str] = "RANGE"


@dataclass(frozen=True, slots=True)
class Repeated:
    """A set of times, with its TIMEX3 value."""

    value: str
    node: ClassVar[str] = "SET"


@dataclass(frozen=True, slots=True)
class Vague:
    """A reference that names no stretch of calendar: PRESENT_REF, PAST_REF, FUTURE_REF."""

    value: str
    node: ClassVar[str] = "VAGUE"


Meaning = (
    Point
    | Partial
    | Holiday
    | Relative
    | Chosen
    | Nth
    | Inside
    | Offset
    | Length
    | Stretch
    | Section
    | Modified
    | Clock
    | Timed
    | Weekend
    | Range
    | Repeated
    | Vague
    | Account
    | YearsOff
    | Ended
    | FirstOfYear
    | SoFar
    | Half
    | Holding
    | ToDate
)
