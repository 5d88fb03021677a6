"""Categories of the patterns: sets of classes that may stand in one place."""

from __future__ import annotations

WORDNUM = "WONE WTEEN WCENT WTEN"

CATEGORIES: dict[str, str] = {
    "NUM": f"NUM DAYNUM SHORT YEAR4 DIGITS4 NUMBER {WORDNUM} DOZEN",
    "SMALL": f"NUM DAYNUM SHORT {WORDNUM}",
    "TEENS": "WTEEN WCENT",
    "A": "a",
    "DAYISH": "DAYNUM ORD",
    "ANYUNIT": "UNIT UNITS UNITABBR SECOND QUARTER",
    "ONEUNIT": "UNIT SECOND QUARTER",
    "VAGUENUM": "FEW SEVERAL MANY",
    # brackets, which a pattern cannot write as they are
    "OPEN": "(",
    "CLOSE": ")",
    # larger periods, with and without a year
    "YEAR": "Pyear Ryear",
    "PART": "Qmonth Qquarter Qhalf Qseason Qholiday",
    "PERIODS": (
        "Pmonth Pquarter Phalf Pseason Pyear Pdecade Pcentury Pweek Qmonth Qquarter Qhalf Qseason "
        "Rweek Rmonth Rquarter Ryear Rdecade Rcentury Rpart Rweekend"
    ),
}
