"""spaCy's entity recogniser without its loop over states.

The recogniser walks over the tokens and chooses an action at each: outside, the only token of a
name, or the first, an inner or the last of one. What it sees is the token and, within a name, the
name's first token and the token before. So the choice at a token outside a name depends on nothing
that went before, and one matrix product scores it for all tokens; names are then followed from
wherever one could begin, all together, and laid out from left to right.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from transforms.parse.columns import column, columns
from transforms.parse.encoder import encoder
from transforms.parse.kept import Places
from transforms.parse.layers import Floats

if TYPE_CHECKING:
    from spacy.pipeline import EntityRecognizer
    from spacy.tokens import Doc

    Step = Callable[[Doc], Doc]
    Vectors = Callable[[Doc], Floats]

#: Features of a state: the token, the first of the open name, the token before within the name.
_FEATURES = 3
#: What a component before the recogniser may have set.
_SET = ("ENT_IOB", "ENT_TYPE", "ENT_ID", "ENT_KB_ID")


class Names:
    """Sets a document's entities."""

    def __init__(self, recogniser: EntityRecognizer, vectors: Vectors) -> None:
        self._recogniser: Step = recogniser
        self._vectors = vectors
        self._moves = moves = _Moves(recogniser)
        model: Any = recogniser.model
        self._linear = model.layers[0].layers[-1]
        self._features = _Features(model.get_ref("lower"))
        upper = model.get_ref("upper")
        self._weights = np.ascontiguousarray(upper.get_param("W").T)
        self._bias = upper.get_param("b")
        #: Added to the scores of the actions: what is never taken outside of a name, nor where
        #: none may go on, nor at white space.
        self._never = _barred(~(moves.first | moves.only | moves.outside))
        self._at_limits = _barred(moves.first)
        self._at_spaces = _barred(moves.first | moves.only)

    def __call__(self, doc: Doc) -> Doc:
        from spacy.tokens import Span

        if not len(doc) or columns(doc, _SET).any():
            return self._recogniser(doc)  # nothing to read, or names that are set already
        spans = [Span(doc, start, end, label=label) for start, end, label in self._read(doc)]
        doc.set_ents(spans, default="outside")
        return doc

    def _read(self, doc: Doc) -> list[tuple[int, int, int]]:
        """Each name's first token, the token after its last, and its type."""
        moves = self._moves
        vectors = self._linear.predict(self._vectors(doc))
        limits = np.append(column(doc, "SENT_START")[1:] == 1, True)  # no name goes on past these
        scores = self._scores(self._features.outside(vectors))
        scores += self._never
        scores[limits] += self._at_limits
        scores[column(doc, "IS_SPACE") == 1] += self._at_spaces
        chosen = scores.argmax(axis=1)
        named = np.flatnonzero(~moves.outside[chosen])
        firsts = named[moves.first[chosen[named]]]
        ends = named + 1
        ends[moves.first[chosen[named]]] = self._ends(vectors, firsts, chosen[firsts], limits)
        found: list[tuple[int, int, int]] = []
        after = 0
        for start, end in zip(named.tolist(), ends.tolist(), strict=True):
            if start >= after:
                found.append((start, end, moves.types[chosen[start]]))
                after = end
        return found

    def _ends(
        self, vectors: Floats, firsts: Places, chosen: Places, limits: NDArray[np.bool_]
    ) -> Places:
        """The token after the last of each name, followed from its first."""
        ends = np.zeros_like(firsts)
        names = np.arange(len(firsts))
        token = firsts + 1
        while len(names):
            scores = self._scores(self._features.within(vectors, token, firsts[names]))
            inner, last = self._moves.inner[chosen[names]], self._moves.last[chosen[names]]
            row = np.arange(len(names))
            margin = scores[row, inner] - scores[row, last]
            goes_on = ~limits[token] & ((margin > 0) | ((margin == 0) & (inner < last)))
            ends[names[~goes_on]] = token[~goes_on] + 1
            names, token = names[goes_on], token[goes_on] + 1
        return ends

    def _scores(self, hidden: Floats) -> Floats:
        scores: Floats = np.dot(hidden, self._weights)
        scores += self._bias
        return scores


class _Features:
    """The hidden layer of the recogniser's states, from the vectors that a state looks at."""

    def __init__(self, lower: Any) -> None:
        weights, bias, padding = (lower.get_param(name) for name in ("W", "b", "pad"))
        self._pieces = lower.get_dim("nP")
        self._token, self._first, self._before = (
            np.ascontiguousarray(part.transpose(2, 1, 0).reshape(part.shape[2], -1))
            for part in weights
        )
        _, self._no_first, self._no_before = padding[0].transpose(0, 2, 1).reshape(_FEATURES, -1)
        self._bias = bias.T.ravel()

    def outside(self, vectors: Floats) -> Floats:
        """At each token, no name being open."""
        total = np.dot(vectors, self._token)
        total += self._no_first
        total += self._no_before
        return self._best(total)

    def within(self, vectors: Floats, token: Places, first: Places) -> Floats:
        """At some tokens, each within a name."""
        total = np.dot(vectors[token], self._token)
        total += np.dot(vectors[first], self._first)
        total += np.dot(vectors[token - 1], self._before)
        return self._best(total)

    def _best(self, total: Floats) -> Floats:
        total += self._bias
        best, *rest = np.split(total, self._pieces, axis=1)
        for piece in rest:
            best = np.maximum(best, piece)
        return best


class _Moves:
    """The recogniser's actions by their number: ``first``, ``only`` and ``outside`` say which are
    that, ``types`` the type; of a first action ``inner`` and ``last`` are those that go on and
    end."""

    def __init__(self, recogniser: EntityRecognizer) -> None:
        moves = recogniser.moves
        names = [moves.get_class_name(number) for number in range(moves.n_moves)]
        number = {name: place for place, name in enumerate(names)}
        kinds, _, labels = zip(*(name.partition("-") for name in names), strict=True)
        self.first = np.array([kind == "B" for kind in kinds])
        self.only = np.array(
            [kind == "U" and bool(label) for kind, label in zip(kinds, labels, strict=True)]
        )
        self.outside = np.array([kind == "O" for kind in kinds])
        self.types = [recogniser.vocab.strings.add(label) for label in labels]
        self.inner = np.array([number.get(f"I-{label}", -1) for label in labels])
        self.last = np.array([number.get(f"L-{label}", -1) for label in labels])

    def is_complete(self) -> bool:
        """Whether every name that can be begun can go on and end."""
        return bool((self.inner[self.first] >= 0).all() and (self.last[self.first] >= 0).all())


def names(recogniser: Any) -> Names | None:
    """The recogniser's entities, or None if it is of another shape."""
    from spacy.pipeline import EntityRecognizer

    if type(recogniser) is not EntityRecognizer or recogniser.cfg.get("beam_width") != 1:
        return None
    model = recogniser.model
    if model.name != "parser_model" or not model.attrs["has_upper"]:
        return None
    if model.attrs["unseen_classes"] or model.get_ref("lower").get_dim("nF") != _FEATURES:
        return None
    layer, *rest = model.get_ref("tok2vec").layers
    if [node.name for node in rest] != ["list2array", "linear"]:
        return None
    own = encoder(layer, recogniser.vocab)
    found = Names(recogniser, own.vectors if own else lambda doc: layer.predict([doc])[0])
    return found if _Moves(recogniser).is_complete() else None


def _barred(actions: NDArray[np.bool_]) -> Floats:
    return np.where(actions, -np.inf, 0).astype(np.float32)
