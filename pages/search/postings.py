"""How are rising numbers written in few characters of a script?

Each as its distance to the one before (the first to -1, less one each), in groups of five bits, the
lowest first, a character a group; all but the last of a number have the sixth bit set. This is what
source maps do, without the sign.
"""

from __future__ import annotations

from collections.abc import Iterable

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def encoded(numbers: Iterable[int]) -> str:
    """The numbers, each greater than the one before and none below 0.

    Raises ``ValueError`` if they do not rise.
    """
    written = []
    before = -1
    for number in numbers:
        gap = number - before - 1
        if gap < 0:
            raise ValueError(f"{number} after {before}: the numbers do not rise")
        while gap > 31:
            written.append(DIGITS[32 | gap & 31])
            gap >>= 5
        written.append(DIGITS[gap])
        before = number
    return "".join(written)
