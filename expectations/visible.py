"""Text that others wrote, with every character of it to be seen."""

from __future__ import annotations

import re

#: Characters that a page may not hold, and those that turn the direction of what follows them.
_TURNING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """The text with control characters, those that turn the direction of what follows and those
    that XML may not hold shown by their numbers."""
    return _TURNING.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)
