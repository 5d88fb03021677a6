"""Telephone numbers by their shapes (ITU-T E.123, the North American numbering plan)."""

from __future__ import annotations

import re

#: Digits that a number with a country's code has at least, the code included.
_LEAST = 9

_PHONE = re.compile(
    r"""
    (?<![\w.,/$€£+-])
    (?:
      (?P<international> \+\d{1,3} (?: [ .-]? \(\d{1,5}\) | [ .-]? \d{2,5} ){2,5} )  # +44 20 ...
    | (?: \+?1[ .-] )? (?: \(\d{3}\)[ -]? | \d{3}[.-] ) \d{3} [ .-] \d{4}  # (413) 535-4000
    | 1-8\d\d- [A-Z\d][A-Z\d-]{5,8}
    | (?: \(0\d{2,4}\) | 0\d{2,4} ) [ -] \d{3,4} [ -] \d{3,4}  # 020 7946 0123
    )
    (?! [\w%] | [.,-]\d )
    """,
    re.VERBOSE,
)


def phones(text: str) -> list[tuple[int, int]]:
    """Where the text has telephone numbers: first character and end of each."""
    return [
        match.span()
        for match in _PHONE.finditer(text)
        if match["international"] is None or sum(c.isdigit() for c in match[0]) >= _LEAST
    ]
