"""Where sentences begin and end: at lines before the parse, at marks and spaces after it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from transforms.parse.columns import column

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Tokens of the longest sentence. Longer ones are no sentences but lists, or made to take long:
#: what is read of a word may look at all of its sentence.
MOST = 300
_MARKS = frozenset(".;:,!?")


def start_sentences_at_lines(doc: Doc) -> Doc:
    """Limit sentences to lines: the token after white space with a line's end begins one."""
    for space in np.flatnonzero(doc.to_array("IS_SPACE")[:-1]).tolist():
        token = doc[space]
        if "\n" in token.text:
            token.is_sent_start = False
            doc[space + 1].is_sent_start = True
    return doc


def overlong(doc: Doc) -> list[int]:
    """The tokens at which sentences are to begin so that none has more than ``MOST`` tokens: where
    they do and, in those that are longer, behind a mark in the second half of what they may have.
    Empty if none is longer.
    """
    starts = np.flatnonzero(column(doc, "SENT_START") == 1).tolist()
    begins = starts.copy()
    for start, end in pairwise([0, *starts, len(doc)]):
        while end - start > MOST:
            last = range(start + MOST, start + MOST // 2, -1)
            start = next((i for i in last if doc[i - 1].text in _MARKS), start + MOST)
            begins.append(start)
    return sorted(begins) if len(begins) > len(starts) else []


def sentences(doc: Doc, whole: str) -> tuple[tuple[int, int], ...]:
    """Each sentence's characters, without the white space around it; blank ones left out.
    ``whole`` is the text of the document.

    Marks that the parser cut from their sentence (a closing quote after the full stop, an
    opening one before the first word) go back to it.
    """
    spans: list[tuple[int, int]] = []
    marks: int | None = None
    for sentence in doc.sents:
        begin = sentence.start_char
        text = whole[begin : sentence.end_char]
        start = begin + len(text) - len(text.lstrip())
        end = begin + len(text.rstrip())
        if start >= end:
            continue
        if any(c.isalnum() for c in text):
            spans.append((start if marks is None else marks, end))
            marks = None
        elif spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        elif whole[end : end + 1].isspace() or end == len(whole):
            spans.append((start, end))
        else:
            marks = start if marks is None else marks
    return tuple(spans)
