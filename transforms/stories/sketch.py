"""The sketch of a text: from two sketches follows how much the texts have in common.

A text is taken as the set of its shingles, three words in a row each, without case, punctuation
and white space. Two texts resemble each other by the share of their shingles that both have
(Jaccard). A signature of 192 minima estimates that with a standard error of at most 0.036, and its
bands find the texts that resemble it without a look at the others: three minima each, so that two
texts that share 42% of their shingles meet in one of the 64 with a chance of 99%, two that share
1% with one of 0.006% (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets,
chapter 3). The minima are rensa's.
"""

from __future__ import annotations

import hashlib
import re

import numpy as np
import rensa

from transforms.identity import normalised_text

#: Words in a row that are one shingle.
SHINGLE = 3
#: Minima in a band, bands, minima in a signature.
ROWS = 3
BANDS = 64
MINIMA = ROWS * BANDS
#: A text of fewer words is alike to too many to be told apart from them: it has no signature.
FEWEST_WORDS = 20

_SEED = 18
_WORD = re.compile(r"\w+")
_MINIMUM = np.dtype("<u4")


def words(text: str) -> list[str]:
    """The words of a text as stories are compared by: no case, no punctuation."""
    return _WORD.findall(normalised_text(text))


def signature(text: str) -> bytes:
    """192 minima of 32 bits, little end first; empty for a text of fewer than 20 words."""
    found = words(text)
    if len(found) < FEWEST_WORDS:
        return b""
    shingles = {" ".join(found[at : at + SHINGLE]) for at in range(len(found) - SHINGLE + 1)}
    minima = rensa.RMinHash(num_perm=MINIMA, seed=_SEED)
    minima.update(sorted(shingles))
    return np.array(minima.digest(), _MINIMUM).tobytes()


def bands(of: bytes) -> list[int]:
    """64 numbers of 64 bits; texts that have one in common may resemble each other."""
    width = ROWS * _MINIMUM.itemsize
    return [
        int.from_bytes(_band(at // width, of[at : at + width]), "little", signed=True)
        for at in range(0, len(of), width)
    ]


def _band(number: int, minima: bytes) -> bytes:
    return hashlib.blake2b(bytes([number]) + minima, digest_size=8).digest()


def stacked(signatures: list[bytes]) -> np.ndarray:
    """Signatures, none of them empty, as rows of minima."""
    joined = np.frombuffer(b"".join(signatures), _MINIMUM)
    return joined.reshape(len(signatures), MINIMA)


def similarity(one: bytes, other: bytes) -> float | None:
    """The estimated share of shingles that both texts have; None where one has no signature."""
    if not (one and other):
        return None
    same = np.frombuffer(one, _MINIMUM) == np.frombuffer(other, _MINIMUM)
    return float(same.mean())
