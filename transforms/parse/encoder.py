"""spaCy's tok2vec layer in fewer and larger steps: the vectors of a document's tokens.

The layer embeds each word (hashed attributes and a static vector, mixed by a maxout) and then
looks at its neighbours in several windows, each a maxout with a residual. The embedding depends on
the word alone, and so does the word's share in the products of the first window: both are kept by
word. The other windows are one matrix product a block of tokens each, in memory that is used again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from transforms.parse.columns import column, columns
from transforms.parse.kept import KeptRows, Places
from transforms.parse.layers import Alone, Floats, Maxout, named

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab
    from thinc.api import Model

#: Words kept by layer: some 4 kB each.
WORDS = 16_384
#: Rows that a window's product takes at a time: they stay in the processor's cache.
BLOCK = 512

_HASH = r"ints-getitem>>hashembed"
_HASHES = rf"with_array\({_HASH}(?:\|{_HASH})*\)"
_MAXOUT = r"maxout>>layernorm>>dropout"
_EMBED = re.compile(
    rf"extract_features>>list2ragged>>{_HASHES}(?P<static>\|static_vectors)?"
    rf">>with_array\({_MAXOUT}\)>>ragged2list"
)
_WINDOW = rf"residual\(expand_window>>{_MAXOUT}\)"
_ENCODE = re.compile(rf"with_array\({_WINDOW}(?:>>{_WINDOW})*\)")
#: Attributes that a token's form, its norm and the space after it decide; flags are ids under 64.
_OF_THE_WORD = ("ORTH", "LOWER", "NORM", "SHAPE", "PREFIX", "SUFFIX", "SPACY")
_FLAGS = 64


class Encoder:
    """The tok2vec layer of one model; its rows are those of the model but for rounding."""

    def __init__(self, embedding: _Embedding, windows: list[Maxout], pad: int) -> None:
        self._embedding = embedding
        self._first, *self._windows = windows
        self._pad = pad
        left, middle, right = np.split(self._first.weights, 3)
        self._shares = Alone(np.hstack([left, middle, right]))
        width, products = self._first.width, len(self._first.bias)
        self._kept = KeptRows(self._of_words, width + 3 * products, WORDS)
        self._known = np.empty((BLOCK + 2, width + 3 * products), dtype=np.float32)
        self._nearby = np.empty((BLOCK, 3 * width), dtype=np.float32)
        self._products = np.empty((BLOCK, products), dtype=np.float32)

    def vectors(self, doc: Doc) -> Floats:
        """One row a token."""
        rows, places = self._kept.of(doc)
        after = self._first_window(rows, places)
        for window in self._windows:
            after = self._window(window, after)
        return np.ascontiguousarray(after[self._pad : self._pad + len(doc)])

    def _of_words(self, doc: Doc, places: Places) -> Floats:
        mixed = self._embedding.rows(doc, places)
        return np.hstack([mixed, self._shares(mixed)])

    def _first_window(self, rows: Floats, places: Places) -> Floats:
        """The first window over the tokens and the empty rows on both sides of them, from what
        each row, its left and its right neighbour have in store for it."""
        width, products = self._first.width, len(self._first.bias)
        left, middle, right = (
            slice(width + n * products, width + (n + 1) * products) for n in range(3)
        )
        pad, length = self._pad, len(places)
        after = np.empty((length + 2 * pad, width), dtype=np.float32)
        for start in range(0, len(after), BLOCK):
            end = min(start + BLOCK, len(after))
            known = self._known[: end - start + 2]  # one more row on either side
            first, last = max(start - 1 - pad, 0), min(end + 1 - pad, length)
            offset = first + pad - (start - 1)
            known[:offset] = 0
            known[offset + max(last - first, 0) :] = 0
            if first < last:
                np.take(
                    rows,
                    places[first:last],
                    axis=0,
                    out=known[offset : offset + last - first],
                    mode="clip",
                )
            total = np.add(known[1:-1, middle], self._first.bias, out=self._products[: end - start])
            total += known[:-2, left]
            total += known[2:, right]
            self._first.normalise(total, out=after[start:end])
            after[start:end] += known[1:-1, :width]
        return after

    def _window(self, layer: Maxout, before: Floats) -> Floats:
        """The layer over each row and its two neighbours, and the row itself added."""
        padded = np.zeros((len(before) + 2, before.shape[1]), dtype=np.float32)
        padded[1:-1] = before
        step, size = padded.strides
        nearby = as_strided(padded, (len(before), 3 * before.shape[1]), (step, size))
        after = np.empty_like(before)
        for start in range(0, len(before), BLOCK):
            end = min(start + BLOCK, len(before))
            inputs, products = self._nearby[: end - start], self._products[: end - start]
            inputs[:] = nearby[start:end]
            np.dot(inputs, layer.weights, out=products)
            products += layer.bias
            layer.normalise(products, out=after[start:end])
        after += before
        return after


def encoder(model: Model[Any, Any], vocab: Vocab) -> Encoder | None:
    """The encoder that computes what the model does, or None if its shape is another."""
    if not (model.has_ref("embed") and model.has_ref("encode")) or len(model.layers) != 2:
        return None
    embed, encode = model.get_ref("embed"), model.get_ref("encode")
    shape = _EMBED.fullmatch(embed.name)
    if shape is None or _ENCODE.fullmatch(encode.name) is None:
        return None
    if {layer.attrs["window_size"] for layer in named(encode, "expand_window")} != {1}:
        return None
    embedding = _embedding(embed, vocab, static=bool(shape["static"]))
    if embedding is None:
        return None
    windows = [Maxout.of(layer) for layer in named(encode, "maxout>>layernorm")]
    if any(window.pieces < 2 for window in windows):
        return None
    return Encoder(embedding, windows, encode.attrs["pad"])


class _Embedding:
    """What is computed of a word alone: hashed attributes and the static vector, mixed."""

    def __init__(
        self,
        attributes: list[int],
        hashes: list[Model[Any, Any]],
        static: Floats | None,
        mix: Maxout,
        vocab: Vocab,
    ) -> None:
        self._attributes = attributes
        self._hashes = hashes
        self._tables: list[Any] = [layer.get_param("E") for layer in hashes]
        self._static = None if static is None else Alone(static)
        self._mix = mix
        self._mixed = Alone(mix.weights)
        self._vocab = vocab

    def rows(self, doc: Doc, places: Places) -> Floats:
        attributes = np.ascontiguousarray(columns(doc, self._attributes)[places].T)
        features: list[Any] = [
            layer.ops.gather_add(table, layer.ops.hash(ids, layer.attrs["seed"]) % len(table))
            for layer, table, ids in zip(self._hashes, self._tables, attributes, strict=True)
        ]
        if self._static is not None:
            vectors = self._vocab.vectors
            found = vectors.find(keys=column(doc, vectors.attr)[places])
            static = self._static(vectors.data[found])
            static[found < 0] = 0
            features.append(static)
        products = self._mixed(np.hstack(features))
        products += self._mix.bias
        return self._mix.normalise(products)


def _embedding(model: Model[Any, Any], vocab: Vocab, static: bool) -> _Embedding | None:
    from spacy.attrs import intify_attr
    from spacy.vectors import Mode, Vectors  # type: ignore[import-not-found]

    (extractor,) = named(model, "extract_features")
    attributes = [intify_attr(name) for name in extractor.attrs["columns"]]
    read = list(attributes)
    weights: Any = None
    if static:
        if type(vocab.vectors) is not Vectors or vocab.vectors.mode != Mode.default:
            return None
        read.append(vocab.vectors.attr)
        weights = named(model, "static_vectors")[0].get_param("W").T
    known = {intify_attr(name) for name in _OF_THE_WORD}
    if any(found is None or (found not in known and found >= _FLAGS) for found in read):
        return None
    hashes = [layer for node in named(model, _HASH) for layer in named(node, "hashembed")]
    if [layer.attrs["column"] for layer in hashes] != list(range(len(attributes))):
        return None
    mix = Maxout.of(named(model, "maxout>>layernorm")[0])
    return None if mix.pieces < 2 else _Embedding(attributes, hashes, weights, mix, vocab)
