"""Words that cut or qualify a time: early, mid, late, the end of, about, nearly, or more."""

from __future__ import annotations

from dataclasses import replace

from transforms.dates.en.rules.categories import CATEGORIES
from transforms.dates.engine import Match, Read, Rules
from transforms.dates.meanings import (
    Length,
    Meaning,
    Modified,
    Offset,
    Relative,
    Section,
    SoFar,
    Stretch,
    Timed,
)
from transforms.dates.patterns import code, codes

RULES = Rules()
rule = RULES.rule

_CUT = f"({CATEGORIES['PERIODS'].replace(' ', '|')}|Pday|Qday|Qweekday|Rday|TIMED)"
#: What may be a thing that a year names.
_THINGS = codes("UNKNOWN SEASON Qseason")
_CUTTING = codes("EARLY LATE MIDW")
_LONG = f"({CATEGORIES['PERIODS'].replace(' ', '|')})"


@rule(
    "early_late",
    f"the? mod=(EARLY|LATE|MIDW) -? (part? of|in|on)? the? inner={_CUT}",
    f"the mod=(BEGINNING|END|MIDDLE|OPENING) (part)? of the? inner={_LONG}",
    f"mod=(MIDDLE|END|BEGINNING) of the? inner={_LONG}",
    f"mod=(MIDDLE|MIDW|END) -? inner={_LONG}",
    f"the mod=(EARLY|LATE|LATTER|EARLIER) part of the? inner={_LONG}",
    "inner=(Ryear|Rmonth|Rquarter|Rweek|Pyear) POSS mod=(END|BEGINNING|MIDDLE)",
)
def _early_late(m: Match) -> Meaning | Read | None:
    mod = m["mod"]
    if not isinstance(mod, str):
        mod = "END" if m.class_of("mod") == "LATTER" else "START"
    if isinstance(m["inner"], Timed):
        return replace(m["inner"], mod=mod)
    section = Section(m["inner"], mod)
    if _is_of_thing(m):
        return Read(m["inner"], left=m.last - m.first)  # the start of the 2014 season
    if section.node in ("SPyear", "SQmonth") and _is_tight_before_noun(m):
        return Read(section, left=1)  # the mid-2026 target
    return section


@rule(
    "end_of_day",
    "the? mod=(BEGINNING|END|MIDDLE) of the? unit=UNIT (on|,)? day=(Qweekday|Rday|Qday|Pday)",
)
def _end_of_day(m: Match) -> Meaning | None:
    """By the end of the day Monday."""
    return Section(m["day"], m["mod"]) if m["unit"] == "day" else None


@rule("later_in_day", "mod=(EARLIER|LATER|EARLY|LATE) in the unit=UNIT")
def _later_in_day(m: Match) -> Meaning | None:
    """Later in the day: the day spoken of, else the one of publication."""
    if m["unit"] != "day":
        return None
    starts = m["mod"] in (-1, "START")
    return Modified(Relative("day", 0, "reference"), "START" if starts else "END")


def _is_of_thing(m: Match) -> bool:
    """Whether the part is one of what the year names, and not of the year."""
    year, after = m.nodes[m.last], m.after
    if year.cls != code("Pyear") or m.nodes[m.last - 1].cls != code("the") or after is None:
        return False
    return after.start == year.end + 1 and after.cls in _THINGS and m.text[after.start].isalpha()


def _is_tight_before_noun(m: Match) -> bool:
    """Whether the part and its period are one word that says which noun: the late-May trip."""
    classes = [node.cls for node in m.nodes[m.first : m.first + 3]]
    if classes[:1] != [code("the")] or classes[2:] != [code("-")]:
        return False
    return classes[1] in _CUTTING and m.tight(1, 3)


@rule("earlier_this", f"mod=(EARLIER|LATER) (in|on)? the? inner={_CUT}")
def _earlier_this(m: Match) -> Meaning | None:
    inner = m["inner"]
    mod = "START" if m["mod"] < 0 else "END"
    if isinstance(inner, Timed):
        return replace(inner, mod=mod)
    if isinstance(inner, Relative) and not inner.shift and inner.to == "publication":
        return SoFar(inner, -1 if mod == "START" else 1, mod)
    return Modified(inner, mod)


@rule("so_far", "so far inner=(Rday|Rweek|Rmonth|Rquarter|Ryear|Rdecade|Rcentury)")
def _so_far(m: Match) -> Read | None:
    inner = m["inner"]
    if not isinstance(inner, Relative) or inner.shift or inner.to != "publication":
        return None
    return Read(SoFar(inner, -1), left=2)


@rule("year_end", "unit=UNIT - END", "unit=UNIT POSS END", "unit=UNIT END", "YEAREND")
def _year_end(m: Match) -> Meaning | None:
    unit = m["unit"] or "year"
    if unit not in ("year", "month", "quarter"):
        return None
    return Section(Relative(unit, 0), "END")


@rule(
    "about_length",
    "mod=ABOUT inner=(DUR|OFFSET|STRETCH)",
    "mod=SOME inner=(DUR|OFFSET)",
    "mod=NEARLY inner=(DUR|OFFSET|STRETCH)",
    "mod=UNDER inner=(DUR|OFFSET)",
    "mod=OVER inner=DUR",
    "(at least) inner=(DUR|OFFSET|STRETCH)",
    "(at most) inner=(DUR|OFFSET|STRETCH)",
    "(up to) inner=(DUR|STRETCH)",
    "(no|not)? (more|less) than inner=(DUR|OFFSET|STRETCH)",
    "inner=(DUR|STRETCH) (or (more|less|so))",
)
def _about_length(m: Match) -> Meaning | None:
    surface = m.surface().lower()
    mod = m["mod"] or _mod_of(surface)
    if m.class_of("mod") == "OVER" and not _is_more_than(m):
        return None
    inner: Length | Offset | Stretch = m["inner"]
    return _with_mod(inner, mod)


#: After these, "over" says more than; elsewhere it is a preposition: over three years.
_BEFORE_OVER = codes("for of within since by in after ONLY WONE")


def _is_more_than(m: Match) -> bool:
    inner: Length = m["inner"]
    if inner.amount is None or m.surface("inner").lower().startswith("the"):
        return False
    return m.before is not None and (m.before.cls in _BEFORE_OVER or inner.amount == 1)


def _with_mod(inner: Length | Offset | Stretch, mod: str) -> Meaning:
    if isinstance(inner, Length):
        return replace(inner, mod=mod)
    return replace(inner, length=replace(inner.length, mod=mod))


def _mod_of(surface: str) -> str:
    if surface.startswith("at least") or surface.endswith("or more"):
        return "EQUAL_OR_MORE"
    if surface.startswith(("at most", "up to", "no more", "not more")) or surface.endswith(
        "or less"
    ):
        return "EQUAL_OR_LESS"
    if surface.startswith(("no less", "not less")):
        return "EQUAL_OR_MORE"
    if surface.endswith("so"):
        return "APPROX"
    return "MORE_THAN" if surface.startswith("more") else "LESS_THAN"


_TIMES = (
    "(Pday|Qday|Pmonth|Qmonth|Pyear|Pdecade|Pcentury|TIMED|Rday|Qweekday|Qholiday|Pseason|Qseason)"
)


@rule("about_date", f"mod=(ABOUT|CIRCA) inner={_TIMES}")
def _about_date(m: Match) -> Read | None:
    inner = m["inner"]
    if isinstance(inner, Timed):
        return Read(replace(inner, mod="APPROX"))
    return Read(Modified(inner, "APPROX"))


@rule(
    "or_later",
    "inner=(Pyear|Pmonth|Pday) (or which=(LATER|EARLIER))",
    "inner=(Pyear|Pmonth|Pday) and beyond",
)
def _or_later(m: Match) -> Meaning:
    later = not m.has("which") or m["which"] > 0
    return Modified(m["inner"], "ON_OR_AFTER" if later else "ON_OR_BEFORE")


@rule(
    "length_from",
    "length=DUR (to the UNIT)? which=(before|after|from) "
    "base=(Pday|Qday|Qholiday|Qweekday|Rday|Pmonth|Pyear|Pnth|Rpart)",
)
def _length_from(m: Match) -> Meaning | None:
    if m["length"].amount is None and m.class_of("base") == "Pyear":
        return None  # the three tax years from 2023 to 2025
    sign = -1 if m.class_of("which") == "before" else 1
    if m.surface("length").lower().startswith("the "):
        return Stretch(m["length"], sign, "base", m["base"])  # the two weeks before Christmas
    return Offset(m["length"], sign, "base", m["base"])
