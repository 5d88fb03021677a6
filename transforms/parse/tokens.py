"""Tokens of a text, in time that is in proportion to its length.

spaCy's tokenizer takes marks off a word's ends one by one, and looks at all that is left each time:
100,000 marks in a row take it minutes. A word that long is cut first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Characters without white space after which a word is cut.
MOST = 500
_LONG = re.compile(rf"\S{{{MOST}}}(?=\S)")


def tokenised(text: str, make: Callable[[str], Doc]) -> Doc:
    """``make`` of the text, or of its parts where a word is longer than ``MOST``."""
    cuts = [match.end() for match in _LONG.finditer(text)]
    if not cuts:
        return make(text)
    from spacy.tokens import Doc

    parts = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    doc = Doc.from_docs([make(part) for part in parts], ensure_whitespace=False)
    assert doc is not None
    return doc
