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

from transforms.parse.kept import Places
from transforms.parse.layers import Floats

if TYPE_CHECKING:
    from spacy.pipeline import EntityRecognizer
    from spacy.tokens import Doc

    Vectors = Callable[[Doc], Floats]

#: Features of a state: the token, the first of the open name, the token before within the name.
_FEATURES = 3


class Names:
    """Sets a document's entities."""

    def __init__(self, recogniser: EntityRecognizer, vectors: Vectors) -> None:
        self._recogniser = recogniser
        self._vectors = vectors
        encoding, self._lower, upper = recogniser.model.layers
        self._linear = encoding.layers[-1]
        self._weights = np.ascontiguousarray(upper.get_param("W").T)
        self._bias = upper.get_param("b")
        self._moves = _Moves(recogniser)

    def __call__(self, doc: Doc) -> Doc:
        from spacy.tokens import Span

        if not len(doc) or doc.to_array("ENT_IOB").any():
            return self._recogniser(doc)  # nothing to read, or names that are set already
        spans = [Span(doc, start, end, label=label) for start, end, label in self._read(doc)]
        doc.set_ents(spans, default="outside")  # type: ignore[arg-type]
        return doc

    def _read(self, doc: Doc) -> list[tuple[int, int, int]]:
        """Each name's first token, the token after its last, and its type."""
        moves = self._moves
        features = self._lower.predict(self._linear.predict(self._vectors(doc)))
        padding, features = features[0], features[1:]
        starts = doc.to_array("SENT_START").astype(np.int64) == 1
        goes_on = np.append(~starts[1:], False)  # whether a name may reach the next token
        scores = self._scores(features[:, 0] + padding[1] + padding[2])
        scores[:, moves.never] = -np.inf
        scores[np.ix_(~goes_on, moves.first)] = -np.inf
        scores[np.ix_(doc.to_array("IS_SPACE") == 1, moves.first | moves.only)] = -np.inf
        chosen = scores.argmax(axis=1)
        firsts = np.flatnonzero(moves.first[chosen])
        ends = dict(
            zip(
                firsts.tolist(),
                self._ends(features, firsts, chosen[firsts], goes_on).tolist(),
                strict=True,
            )
        )
        found: list[tuple[int, int, int]] = []
        after = 0
        for token in np.flatnonzero((moves.first | moves.only)[chosen]).tolist():
            if token >= after:
                after = ends.get(token, token + 1)
                found.append((token, after, moves.types[chosen[token]]))
        return found

    def _ends(
        self, features: Floats, firsts: Places, chosen: Places, goes_on: NDArray[np.bool_]
    ) -> Places:
        """The token after the last of each name, followed from its first."""
        moves = self._moves
        ends = np.zeros_like(firsts)
        names = np.arange(len(firsts))
        token = firsts + 1
        while len(names):
            first = firsts[names]
            scores = self._scores(features[token, 0] + features[first, 1] + features[token - 1, 2])
            inner, last = moves.inner[chosen[names]], moves.last[chosen[names]]
            row = np.arange(len(names))
            margin = scores[row, inner] - scores[row, last]
            goes = goes_on[token] & ((margin > 0) | ((margin == 0) & (inner < last)))
            ends[names[~goes]] = token[~goes] + 1
            names, token = names[goes], token[goes] + 1
        return ends

    def _scores(self, hidden: Floats) -> Floats:
        """The scores of the actions, from the sum of each state's features."""
        hidden += self._lower.get_param("b")
        scores: Floats = np.dot(hidden.max(axis=2), self._weights)
        scores += self._bias
        return scores


class _Moves:
    """The recogniser's actions by their number: ``first`` and ``only`` say which begin a name,
    ``never`` which cannot be taken outside of one, ``types`` the type; of a first action ``inner``
    and ``last`` give those that go on and end."""

    def __init__(self, recogniser: EntityRecognizer) -> None:
        moves = recogniser.moves
        names = [moves.get_class_name(number) for number in range(moves.n_moves)]
        number = {name: place for place, name in enumerate(names)}
        kinds, _, labels = zip(*(name.partition("-") for name in names), strict=True)
        self.first = np.array([kind == "B" for kind in kinds])
        self.only = np.array(
            [kind == "U" and bool(label) for kind, label in zip(kinds, labels, strict=True)]
        )
        self.never = ~(self.first | self.only | np.array([kind == "O" for kind in kinds]))
        self.types = [recogniser.vocab.strings.add(label) for label in labels]
        self.inner = np.array([number.get(f"I-{label}", -1) for label in labels])
        self.last = np.array([number.get(f"L-{label}", -1) for label in labels])

    def is_complete(self) -> bool:
        """Whether every name that can be begun can go on and end."""
        return bool((self.inner[self.first] >= 0).all() and (self.last[self.first] >= 0).all())


def names(recogniser: Any, vectors: Vectors) -> Names | None:
    """The recogniser's entities from its tokens' vectors, or None if it is of another shape."""
    from spacy.pipeline import EntityRecognizer

    if type(recogniser) is not EntityRecognizer or recogniser.cfg.get("beam_width") != 1:
        return None
    model = recogniser.model
    if model.name != "parser_model" or not model.attrs["has_upper"]:
        return None
    if model.attrs["unseen_classes"] or model.get_ref("lower").get_dim("nF") != _FEATURES:
        return None
    found = Names(recogniser, vectors)
    return found if _Moves(recogniser).is_complete() else None
