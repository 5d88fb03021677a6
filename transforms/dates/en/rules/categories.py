"""Categories of the patterns: sets of classes that may stand in one place."""

from __future__ import annotations

WORDNUM = "WONE WTEEN WCENT WTEN"

CATEGORIES: dict[str, str] = {
    "NUM": f"NUM DAYNUM SHORT YEAR4 DIGITS4 NUMBER {WORDNUM} DOZEN",
    "SMALL": f"NUM DAYNUM SHORT {WORDNUM}",
    "TEENS": "WTEEN WCENT",
    "A": "a",
    "DAYISH": "DAYNUM ORD",
    "DASH": "-",
    "TO": "to through until -",
    "ANYUNIT": "UNIT UNITS UNITABBR SECOND QUARTER",
    "ONEUNIT": "UNIT SECOND QUARTER",
    "VAGUENUM": "FEW SEVERAL MANY",
    "LASTWORD": "LAST PAST PREVIOUS",
    "PREVWORD": "PREVIOUS PRIOR",
    "NEXTWORD": "NEXT COMING",
    "ANYWHICH": "LAST PAST PREVIOUS NEXT COMING THIS FOLLOWING",
    # single days
    "DAY": "Pday Qday Rday Qweekday Rpart Qholiday",
    "WHOLEDAY": "Pday Qday Rday Qweekday Qholiday",
    # larger periods, with and without a year
    "YEAR": "Pyear Ryear",
    "PART": "Qmonth Qquarter Qhalf Qseason Qholiday",
    "ERA": "Pdecade Pcentury Rdecade Rcentury",
    "PERIODS": (
        "Pmonth Pquarter Phalf Pseason Pyear Pdecade Pcentury Pweek Qmonth Qquarter Qhalf Qseason "
        "Rweek Rmonth Rquarter Ryear Rdecade Rcentury Rpart Rweekend"
    ),
    "ANYTIME": (
        "Pday Pmonth Pquarter Phalf Pseason Pyear Pdecade Pcentury Pweek Pnth Qday Qweekday Qmonth "
        "Qquarter Qhalf Qseason Qholiday Rday Rweek Rmonth Rquarter Ryear Rdecade Rcentury Rpart "
        "Rweekend TIMED OFFSET SECTION"
    ),
    "PARTOFDAY": "DAYPART",
}
