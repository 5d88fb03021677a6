"""Lines that are said again: text where they stand in the text, else slips and boxes of a page."""

from __future__ import annotations

from collections import Counter, defaultdict

from lxml.html import HtmlElement

from transforms.article.blocks import BLOCKS, letters, line_of, setting

#: Shorter lines may be said again anywhere: answers, labels, entries.
REPEAT_LENGTH = 60
#: A text is shown twice if it begins again, and what is said again is more than this share of it.
_TWICE = 0.3
#: So many times its first long line is looked for again.
_LOOKS = 3


def without_slips(lines: list[str]) -> list[str]:
    """The lines without long ones directly behind themselves, and without a text's second showing.

    What is said again further on is kept: a question put to each guest, the menu of another day.
    """
    kept: list[str] = []
    last = ""
    for line in lines:
        if not line or line != last or len(line) < REPEAT_LENGTH:
            kept.append(line)
        last = line or last
    return _shown_once(kept)


def _shown_once(lines: list[str]) -> list[str]:
    begin = next((at for at, line in enumerate(lines) if len(line) >= REPEAT_LENGTH), None)
    if begin is None:
        return lines
    whole = sum(map(len, lines))
    looks = [at for at in range(begin + 1, len(lines)) if lines[at] == lines[begin]][:_LOOKS]
    for at in looks:
        end = at
        while end < len(lines) and begin + end - at < at and lines[end] == lines[begin + end - at]:
            end += 1
        if sum(map(len, lines[at:end])) > _TWICE * whole:
            return lines[:at] + lines[end:]
    return lines


def without_boxes(tree: HtmlElement, lines: list[str]) -> list[str]:
    """The lines, of those that the page repeats in a box of their own between its text one each.

    A box says the same each time; where the text stands, other lines stand in the same setting.
    """
    counts = Counter(line for line in lines if len(line) >= REPEAT_LENGTH)
    again = {line: letters(line) for line, count in counts.items() if count > 1}
    if not again:
        return lines
    said = {letters(line) for line in lines}
    among: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    blocks: list[tuple[str, tuple[str, ...]]] = []
    for block in tree.iter(*BLOCKS):
        text = letters(line_of(block))
        if text in said:
            where = (str(block.tag), block.get("class") or "", *setting(block))
            among[where].add(text)
            blocks.append((text, where))
    found = {text for text, _ in blocks}
    in_text = Counter(text for text, where in blocks if len(among[where]) > 1)
    left = {line: max(1, in_text[text]) for line, text in again.items() if text in found}
    kept: list[str] = []
    for line in lines:
        if left.get(line, 1) > 0:
            kept.append(line)
        if line in left:
            left[line] -= 1
    return kept
