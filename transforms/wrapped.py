"""Hard-wrapped text: lines broken at a fixed width, in which a line's end ends nothing.

Text that a source gives as its own is kept to the character, so it is not joined but read through
:func:`unwrapped`, which has the same length: offsets stay those of the article.
"""

from __future__ import annotations

from itertools import pairwise

#: Characters of a line that was broken for its length, at least; and of the longest, at most.
LEAST, MOST = 30, 120
#: Share of the lines that are broken in mid-sentence, and of these that go on in lower case.
BROKEN, LOWER = 0.5, 0.5
#: How long, against the longest, a line is that had no room for the next word.
FULL = 0.6

_ENDS = ".!?:;\"'”’)…"


def unwrapped(text: str) -> str:
    """The text with a space for each line break that only the width of the lines made.

    A text is taken for wrapped when most of its lines stop in mid-sentence at about one width and
    most of these go on in lower case; headlines, lists and verses are not. A break stays where a
    paragraph ends: before a blank or indented line, and before a line that begins in upper case
    after a short one or after the end of a sentence.
    """
    lines = text.split("\n")
    widest = max(map(len, lines))
    if len(lines) < 3 or not LEAST <= widest <= MOST:
        return text
    pairs = [
        (a.rstrip(), b)
        for a, b in pairwise(lines)
        if a.strip() and b.strip() and not b[0].isspace()
    ]
    broken = [b for a, b in pairs if len(a) >= LEAST and a[-1] not in _ENDS]
    lower = [b for b in broken if not b[0].isupper()]
    if len(broken) < max(2, BROKEN * len(pairs)) or len(lower) < LOWER * len(broken):
        return text
    joined = [lines[0]]
    for before, line in pairwise(lines):
        joined.append(" " if _goes_on(before, line, widest) else "\n")
        joined.append(line)
    return "".join(joined)


def _goes_on(before: str, line: str, widest: int) -> bool:
    if not before.strip() or not line.strip() or line[0].isspace():
        return False
    if line[0].islower():
        return True
    return len(before) >= FULL * widest and before.rstrip()[-1] not in '.!?:”"'
