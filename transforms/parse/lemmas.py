"""spaCy's rule lemmatizer as a look-up: a lemma follows from the form, the part and the features.

The lemmatizer itself is asked once for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from transforms.parse.columns import column, keys, set_columns

if TYPE_CHECKING:
    from spacy.pipeline import Lemmatizer
    from spacy.tokens import Doc

#: Lemmas remembered; then all are forgotten.
MOST = 200_000

_WORD = ("ORTH", "POS", "MORPH")


class Lemmas:
    """Sets the lemma of each token that has none."""

    def __init__(self, lemmatizer: Lemmatizer) -> None:
        self._lemmatizer = lemmatizer
        self._lemmas: dict[bytes, int] = {}

    def __call__(self, doc: Doc) -> Doc:
        if len(self._lemmas) > MOST:
            self._lemmas.clear()
            self._lemmatizer.cache.clear()
        words = keys(doc, _WORD)
        found = list(map(self._lemmas.get, words))
        if None in found:
            for token, word in zip(doc, words, strict=True):
                if word not in self._lemmas:
                    lemma = self._lemmatizer.lemmatize(token)[0]
                    self._lemmas[word] = doc.vocab.strings.add(lemma)
            found = list(map(self._lemmas.get, words))
        lemmas = np.array(found, dtype=np.uint64)
        if not self._lemmatizer.overwrite:
            present = column(doc, "LEMMA")
            lemmas = np.where(present == 0, lemmas, present)
        set_columns(doc, ("LEMMA",), lemmas[:, None])
        return doc


def lemmas(lemmatizer: Any) -> Lemmas | None:
    """The lemmatizer's lemmas as a look-up, or None if it may look at more than the token."""
    from spacy.lang.en.lemmatizer import EnglishLemmatizer
    from spacy.pipeline import Lemmatizer

    known = type(lemmatizer) in (Lemmatizer, EnglishLemmatizer)
    return Lemmas(lemmatizer) if known and lemmatizer.mode in ("rule", "lookup") else None
