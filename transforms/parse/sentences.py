"""Where sentences begin and end: at lines before the parse, at marks and spaces after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from spacy.tokens import Doc


def start_sentences_at_lines(doc: Doc) -> Doc:
    """Limit sentences to lines: the token after white space with a line's end begins one."""
    for space in np.flatnonzero(doc.to_array("IS_SPACE")[:-1]).tolist():
        token = doc[space]
        if "\n" in token.text:
            token.is_sent_start = False
            doc[space + 1].is_sent_start = True
    return doc


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
