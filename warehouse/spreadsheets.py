"""Text that a spreadsheet would take for a formula, made safe where it is written as CSV.

A spreadsheet takes a cell of CSV for a formula by its first character, and a formula can send what
stands in other cells to an address. OWASP's advice is an apostrophe before such a text. A text that
has one already gets another, so that a reader can undo it: one apostrophe less wherever
``^'+[...]`` with these characters matches.
"""

from __future__ import annotations

import re

#: A class of characters, in the regular expressions of Python and of DuckDB: OWASP's and its
#: verification standard's, with the wide forms that East Asian spreadsheets take for the same.
_LEADING = r"[=+\-@\t\r\n\x00＝＋－＠]"
_PATTERN = f"^'*{_LEADING}"
_compiled = re.compile(_PATTERN)


def safe(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would execute it."""
    return f"'{text}" if _compiled.match(text) else text


def safe_sql(value: str) -> str:
    """:func:`safe` of a text in DuckDB's SQL."""
    pattern = _PATTERN.replace("'", "''")
    return f"CASE WHEN regexp_matches({value}, '{pattern}') THEN '''' || {value} ELSE {value} END"
