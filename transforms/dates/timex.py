"""TIMEX3 values of lengths, of sets of times and of times of day."""

from __future__ import annotations

from transforms.dates import meanings as m

#: Letters of units in TIMEX3 durations; those below a day come after a T.
CODES = {
    "second": "S",
    "minute": "M",
    "hour": "H",
    "day": "D",
    "week": "W",
    "month": "M",
    "quarter": "Q",
    "half": "H",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "millennium": "L",
}


def length_value(length: m.Length) -> str:
    """The TIMEX3 value of a length: P2W, PT1M30S, P2Y6M, PXD if vague."""
    if length.parts:
        dates = "".join(
            _amount(n) + CODES[unit] for n, unit in length.parts if unit not in m.CLOCK_UNITS
        )
        clocks = "".join(
            _amount(n) + CODES[unit] for n, unit in length.parts if unit in m.CLOCK_UNITS
        )
        return f"P{dates}" + (f"T{clocks}" if clocks else "")
    prefix = "PT" if length.unit in m.CLOCK_UNITS else "P"
    code = CODES[length.unit]
    if length.amount is None:
        return f"{prefix}X{code}"
    whole = int(length.amount)
    if length.amount != whole:
        smaller = {"year": ("month", 12), "minute": ("second", 60), "hour": ("minute", 60)}
        if length.unit in smaller:
            unit, per = smaller[length.unit]
            rest = (length.amount - whole) * per
            if abs(rest - round(rest)) < 1e-9:
                head = f"{whole}{code}" if whole else ""
                return f"{prefix}{head}{round(rest)}{CODES[unit]}"
    if length.unit in ("decade", "century", "millennium"):
        years = length.amount * {"decade": 10, "century": 100, "millennium": 1000}[length.unit]
        return f"P{_amount(years)}Y"
    if length.unit == "half":
        return f"P{_amount(length.amount * 6)}M"
    if length.unit == "quarter":
        return f"P{_amount(length.amount * 3)}M"
    return f"{prefix}{_amount(length.amount)}{code}"


def _amount(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:g}"


def set_value(unit: str, every: int = 1) -> str:
    """The TIMEX3 value of a set of times, one every so many of a unit: P2W, P3M."""
    if unit == "fortnight":
        unit, every = "week", every * 2
    if unit in ("quarter", "decade", "century"):
        size = {"quarter": 3, "decade": 10, "century": 100}[unit] * every
        return f"P{size}{'M' if unit == 'quarter' else 'Y'}"
    return f"P{'T' if unit in m.CLOCK_UNITS else ''}{every}{CODES[unit]}"


def clock_value(clock: m.Clock) -> str:
    """The TIMEX3 value of a time of day, as it stands after a T: 10:30, EV."""
    if clock.hour is None:
        return clock.part
    stamp = f"{clock.hour:02d}:{clock.minute or 0:02d}"
    return stamp + (f":{clock.second:02d}" if clock.second is not None else "")
