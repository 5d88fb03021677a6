"""Rows of numbers kept by word: what a layer says of a word whatever stands around it.

A word is its form, its norm and whether a space follows (ORTH, NORM, SPACY): every attribute of
the lexicon follows from these. A word's row must be computed from the word alone, to the last bit,
so that it is the same whichever words were seen before and whenever the table was thinned out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from transforms.parse.columns import keys
from transforms.parse.layers import Floats

if TYPE_CHECKING:
    from spacy.tokens import Doc

Places = NDArray[np.intp]

_WORD = ("ORTH", "NORM", "SPACY")


class KeptRows:
    """The rows of the words met so far, at most ``most``; the rarer half goes when it is full.

    ``compute`` gives the rows of a document's tokens at some places; ``width`` is their length.
    """

    def __init__(self, compute: Callable[[Doc, Places], Floats], width: int, most: int) -> None:
        self._compute = compute
        self._most = most
        self._places = _Places()
        self._rows = np.empty((most, width), dtype=np.float32)
        self._uses = np.zeros(most, dtype=np.int64)

    def of(self, doc: Doc) -> tuple[Floats, Places]:
        """A table of rows and, for each token of the document, the place of its row in it."""
        words = keys(doc, _WORD)
        places = self._places.of(words)
        missing = np.flatnonzero(places < 0)
        if len(missing):
            first: dict[bytes, int] = {}
            for token in missing.tolist():
                first.setdefault(words[token], token)
            if len(self._places) + len(first) > self._most:
                if len(set(words)) > self._most // 2:
                    return self._apart(doc, words)
                self._thin_out()
                return self.of(doc)
            self._add(doc, first)
            places = self._places.of(words)
        self._uses[places] += 1
        return self._rows, places

    def _add(self, doc: Doc, first: dict[bytes, int]) -> None:
        """Keep new words, each with a token of the document that has it."""
        start, end = len(self._places), len(self._places) + len(first)
        self._rows[start:end] = self._compute(doc, np.fromiter(first.values(), dtype=np.intp))
        self._uses[start:end] = 0
        self._places.update(zip(first, range(start, end), strict=True))

    def _apart(self, doc: Doc, words: list[bytes]) -> tuple[Floats, Places]:
        """The rows of a document with more words than are kept, kept nowhere."""
        first: dict[bytes, int] = {}
        for token, word in enumerate(words):
            first.setdefault(word, token)
        rows = self._compute(doc, np.fromiter(first.values(), dtype=np.intp))
        return rows, _Places(zip(first, range(len(first)), strict=True)).of(words)

    def _thin_out(self) -> None:
        """Keep the half of the words that more documents used; what they count fades."""
        kept = np.sort(
            np.argsort(-self._uses[: len(self._places)], kind="stable")[: self._most // 2]
        )
        words = list(self._places)
        self._places = _Places((words[place], new) for new, place in enumerate(kept.tolist()))
        self._rows[: len(kept)] = self._rows[kept]
        self._uses[: len(kept)] = self._uses[kept] // 2


class _Places(dict[bytes, int]):
    """Places by word; -1 for a word that has none."""

    def __missing__(self, word: bytes) -> int:
        return -1

    def of(self, words: list[bytes]) -> Places:
        return np.fromiter(map(self.__getitem__, words), dtype=np.intp, count=len(words))
