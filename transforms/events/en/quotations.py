"""Quotations: what stands between quotation marks."""

from __future__ import annotations

import re

_OPENING, _CLOSING = "“«", "”»"


def quotes(text: str) -> list[tuple[int, int]]:
    """Start and end of each quotation, paragraph by paragraph (an open one ends with its line)."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        base, opened, reverse = line.start(), None, False
        for match in re.finditer(r"[“”\"«»]|``|''", line.group()):
            at, sign = base + match.start(), match.group()
            if opened is None and sign == "»":
                opened, reverse = at, True
            elif opened is None and sign == '"' and line.group()[match.end() :][:1] in ("", " "):
                continue  # it closes what nothing opened
            elif opened is None and sign not in (*_CLOSING, "''"):
                opened, reverse = at, False
            elif opened is not None and sign == '"' and _opens(text, at):
                continue  # it goes on with the next sentence
            elif opened is not None and (sign not in _OPENING or (reverse and sign == "«")):
                found.append((opened, base + match.end()))
                opened = None
        if opened is not None:
            found.append((opened, base + len(line.group().rstrip())))
    return found


def _opens(text: str, at: int) -> bool:
    """Whether a straight mark stands as one that opens: after a space, before a letter."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before.isspace() and after.isalnum()
