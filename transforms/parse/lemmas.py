"""spaCy's rule lemmatizer as a look-up: a lemma follows from the form, the part and the features.

The lemmatizer itself is asked once for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

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
        attributes = np.ascontiguousarray(doc.to_array(list(_WORD)))
        words = attributes.view(f"V{attributes.itemsize * len(_WORD)}").ravel().tolist()
        lemmas = doc.to_array("LEMMA")
        wanted = range(len(doc)) if self._lemmatizer.overwrite else np.flatnonzero(lemmas == 0)
        for token in map(int, wanted):
            if (lemma := self._lemmas.get(words[token])) is None:
                lemma = doc.vocab.strings.add(self._lemmatizer.lemmatize(doc[token])[0])
                self._lemmas[words[token]] = lemma
            lemmas[token] = lemma
        doc.from_array("LEMMA", lemmas)
        return doc


def lemmas(lemmatizer: Any) -> Lemmas | None:
    """The lemmatizer's lemmas as a look-up, or None if it may look at more than the token."""
    from spacy.lang.en.lemmatizer import EnglishLemmatizer
    from spacy.pipeline import Lemmatizer

    known = type(lemmatizer) in (Lemmatizer, EnglishLemmatizer)
    return Lemmas(lemmatizer) if known and lemmatizer.mode in ("rule", "lookup") else None
