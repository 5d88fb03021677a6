"""spaCy's dependency parser over the sentences of a document side by side.

The parser walks over the tokens with a stack. Where a sentence begins with nothing on the stack
its state is that of a new document, so sentences can be parsed together, each from a state of its
own, with one matrix product a step for all of them; one product a word costs mostly the call.
Where sentences begin is certain at lines (a limit is set there) and elsewhere a guess, which is
checked: the parse is that of the whole document, or the guess is dropped.

For the check each stretch is followed by the first token of the next and by a probe, which is what
follows in the text but for one thing: once it is the next token, the parser makes all that is left
on the stack its dependents. Up to there the parser has seen what it sees in the whole document. If
the probe takes that first token and nothing before it, and no other arc leads over the guess, then
the token was shifted to an empty stack, which is where the next stretch begins. If the probe takes
nothing, the parser has said before that a sentence begins after that first token (arcs to the
beginning of a sentence are not allowed, all else the probe outweighs): a guess is dropped, and at
a limit, where the stack is empty by rule, the next stretch is parsed once more, knowing it.

That the probe outweighs all that the parser sees beside it is no matter of chance: how large the
tokens' vectors may be for that follows from the parser's weights, and documents with larger ones
are parsed from their beginning to their end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from transforms.parse.columns import Numbers, column, columns, set_columns
from transforms.parse.kept import Places
from transforms.parse.layers import Floats

if TYPE_CHECKING:
    from spacy.pipeline import DependencyParser
    from spacy.tokens import Doc
    from thinc.api import Model

    Step = Callable[[Doc], Doc]

#: Rounds of dropping guesses, after which the document is parsed from its beginning to its end.
ROUNDS = 6
#: Tokens of the documents remembered that stand for stretches; then all are forgotten.
MOST = 50_000
#: By how much the score of what a probe wishes is above that of all else.
WISH = 1e12

_BEGINS, _OPEN = 1, 0  # values of SENT_START
#: By how many features the parser sees a state; the first is the next token.
_FEATURES = (8, 13)
_SETTINGS = ("update_with_oracle_cut_size", "learn_tokens", "min_action_freq", "beam_width")
_ENDS = frozenset(".?!")


class Arcs:
    """Sets a document's heads and labels."""

    def __init__(self, parser: DependencyParser, wish: _Wish) -> None:
        self._parser = parser
        self._whole: Step = parser
        self._vectors: Model[Any, Any] = parser.model.get_ref("tok2vec")
        self._root = parser.vocab.strings.add("ROOT")
        self._most = wish.most
        self._rows = _Rows(parser.model.get_ref("lower"), wish.values)
        self._stretches = _over_rows(parser, self._rows)
        self._stand_ins: dict[bytes, Doc] = {}
        self._remembered = 0

    def __call__(self, doc: Doc) -> Doc:
        limits = column(doc, "SENT_START")
        begins = _begins(doc, limits)
        if len(begins) < 2 or columns(doc, ("HEAD", "DEP")).any():
            return self._whole(doc)  # one stretch, or arcs that are set already
        read = self._read(doc, limits, begins)
        if read is None:
            return self._whole(doc)
        heads = np.zeros(len(doc), dtype=np.int64)
        labels = np.full(len(doc), self._root, dtype=np.uint64)
        for stretch in read:
            for arc in stretch.arcs:
                child = arc["child"]
                if child < stretch.length:
                    heads[stretch.start + child] = arc["head"] - child
                    labels[stretch.start + child] = arc["label"]
        set_columns(doc, ("HEAD", "DEP"), np.column_stack([heads.astype(np.uint64), labels]))
        for finish in self._parser.postprocesses:
            finish(doc)
        return doc

    def _read(self, doc: Doc, limits: Numbers, begins: list[int]) -> list[_Stretch] | None:
        """The parsed stretches of the document, or None if too many guesses were wrong or probes
        would prove nothing."""
        vectors = self._vectors.predict([doc])
        if not np.abs(vectors).max() <= self._most:
            return None
        ends = dict(zip(begins, [*begins[1:], len(doc)], strict=True))
        lone: set[int] = set()  # tokens at limits that are known to be a sentence
        read: dict[int, _Stretch] = {}
        waiting = begins
        for _ in range(ROUNDS):
            spans = [(start, ends[start], start in lone) for start in waiting]
            read |= zip(waiting, self._parsed(vectors, limits, spans), strict=True)
            again: set[int] = set()
            for start in waiting:
                if start not in ends or start in again or ends[start] == len(doc):
                    continue
                stretch, end = read[start], ends[start]
                is_next_lone = stretch.has_probe and stretch.is_next_lone()
                if limits[end] != _BEGINS and (is_next_lone or not stretch.is_closed()):
                    ends[start] = ends.pop(end)
                    again = again - {end} | {start}
                elif is_next_lone != (end in lone):
                    lone ^= {end}
                    again.add(end)
            if not again:
                return [read[start] for start in ends]
            waiting = sorted(again)
        return None

    def _parsed(
        self, vectors: Floats, limits: Numbers, spans: list[tuple[int, int, bool]]
    ) -> list[_Stretch]:
        """The stretches from their first token to their end, and whether that token is known to be
        a sentence, each parsed with what follows it."""
        tokens, stand_ins, probed, probes, size = [], [], [], [], 0
        for start, end, is_lone in spans:
            last = min(end + 1, len(limits))
            probed.append(last < len(limits) and limits[last] == _OPEN)
            last += probed[-1]
            there = limits[start:last].copy()
            if is_lone:
                there[1] = _BEGINS
            stand_ins.append(self._stand_in(there))
            tokens.append(np.arange(start, last))
            size += len(there)
            if probed[-1]:
                probes.append(size - 1)
        self._rows.show(vectors[np.concatenate(tokens)], np.array(probes, dtype=np.intp))
        states = self._stretches.predict(stand_ins)
        return [
            _Stretch(start, end - start, state.arcs, has_probe)
            for (start, end, _), state, has_probe in zip(spans, states, probed, strict=True)
        ]

    def _stand_in(self, limits: Numbers) -> Doc:
        """A document in which sentences are limited like that: of its words the parser sees
        nothing but the rows shown."""
        from spacy.tokens import Doc

        key = limits.tobytes()
        if key not in self._stand_ins:
            if self._remembered > MOST:
                self._stand_ins.clear()
                self._remembered = 0
            self._remembered += len(limits)
            doc = Doc(self._parser.vocab, words=["x"] * len(limits))
            set_columns(doc, ("SENT_START",), limits[:, None])
            self._stand_ins[key] = doc
        return self._stand_ins[key]


@dataclass(frozen=True)
class _Stretch:
    """Arcs (counted from ``start``) over ``length`` tokens and what was parsed with them."""

    start: int
    length: int
    arcs: list[dict[str, int]]
    has_probe: bool

    def is_closed(self) -> bool:
        """Whether nothing was left on the stack when the next stretch began, and no arc leads
        there."""
        return not any(
            (arc["child"] < self.length) != (arc["head"] < self.length) for arc in self.arcs
        )

    def is_next_lone(self) -> bool:
        """Whether the first token of the next stretch was found to be a sentence: the probe got
        no hold of it."""
        return not any(arc["child"] == self.length for arc in self.arcs)


def arcs(parser: Any) -> Arcs | None:
    """The parser over stretches, or None if it is of another shape."""
    from spacy.pipeline import DependencyParser

    if type(parser) is not DependencyParser or parser.cfg.get("beam_width") != 1:
        return None
    model = parser.model
    if model.name != "parser_model" or not model.attrs["has_upper"]:
        return None
    if model.attrs["unseen_classes"] or model.get_ref("lower").get_dim("nF") not in _FEATURES:
        return None
    wish = _wish(parser)
    return None if wish is None else Arcs(parser, wish)


def _begins(doc: Doc, limits: Numbers) -> list[int]:
    """Where stretches begin: at limits that are set, and after the end of what looks like a
    sentence if nothing is set there."""
    ends = [doc.vocab.strings[mark] for mark in _ENDS]
    after = np.flatnonzero(np.isin(column(doc, "ORTH")[:-2], ends)) + 1
    open_ = after[(limits[after] == _OPEN) & (limits[after + 1] == _OPEN)]
    guessed = [token for token in open_.tolist() if doc[token].text[0].isupper()]
    return sorted({0, *np.flatnonzero(limits == _BEGINS).tolist(), *guessed})


@dataclass(frozen=True)
class _Wish:
    """What a probe adds, as the next token, to the parser's hidden layer (width, pieces), so that
    the last token on the stack becomes its dependent if that is allowed; for sure as long as the
    tokens' vectors have no number greater than ``most``."""

    values: Floats
    most: float


def _wish(parser: DependencyParser) -> _Wish | None:
    """The wish that suits the parser's weights, or None if none is sure to be granted."""
    moves = parser.moves
    names = [moves.get_class_name(number) for number in range(moves.n_moves)]
    takes = np.array([name.startswith("L-") and "subtok" not in name for name in names])
    if not takes.any() or not {"S", "D"} <= set(names):
        return None  # a parser that cannot shift or reduce may stop anywhere
    upper, lower = parser.model.get_ref("upper"), parser.model.get_ref("lower")
    weights = upper.get_param("W").astype(np.float64)  # (moves, width)
    wishes = weights[takes] - weights[~takes].mean(axis=0)
    margins = (wishes @ weights[takes].T).max(axis=1) - (wishes @ weights[~takes].T).max(axis=1)
    best = margins.argmax()
    if margins[best] <= 0:
        return None
    wish = (wishes[best] * (WISH / margins[best])).astype(np.float32)
    # half of the margin is for what moves the hidden layer beside the wish, the rest for rounding
    taking = weights[takes][(weights[takes] @ wish).argmax()]
    steps = len(wish) + lower.get_dim("nF")
    rounding = steps * 2.0**-22 * np.abs(weights).sum(axis=1).max() * np.abs(wish).max()
    if rounding > WISH / 4:
        return None
    left = WISH / 2 - np.ptp(upper.get_param("b"))
    moved = (
        left / np.abs(taking - weights[~takes]).sum(axis=1).max()
        - np.abs(lower.get_param("b")).max()
    )
    each = moved / lower.get_dim("nF") - np.abs(lower.get_param("pad")).max()
    most = each / np.abs(lower.get_param("W")).sum(axis=3, dtype=np.float64).max()
    return _Wish(np.repeat(wish[:, None], lower.get_dim("nP"), axis=1), float(most))


class _Rows:
    """The vectors that the parser of stretches sees, and which of them are probes."""

    def __init__(self, lower: Model[Any, Any], wish: Floats) -> None:
        self.lower = lower
        self._wish = wish
        self._vectors: Floats
        self._probes: Places

    def show(self, vectors: Floats, probes: Places) -> None:
        self._vectors, self._probes = vectors, probes

    def vectors(self, model: Any, docs: Any, is_train: bool) -> tuple[Floats, Any]:
        return self._vectors, None

    def features(self, model: Any, vectors: Floats, is_train: bool) -> tuple[Floats, Any]:
        features: Floats = self.lower.predict(vectors)
        features[1 + self._probes, 0] = self._wish  # row 0 is that of tokens that are not there
        return features, None


def _over_rows(parser: DependencyParser, rows: _Rows) -> DependencyParser:
    """The same parser, to which ``rows`` are shown whatever the document."""
    from spacy.ml.tb_framework import TransitionModel
    from spacy.pipeline import DependencyParser
    from thinc.api import Model

    lower = rows.lower
    features: Model[Any, Any] = Model(
        "features",
        rows.features,
        dims={name: lower.get_dim(name) for name in ("nF", "nI", "nO", "nP")},
        params={"b": lower.get_param("b")},
    )
    model = TransitionModel(  # type: ignore[no-untyped-call]
        Model("vectors", rows.vectors),
        features,
        parser.model.get_ref("upper"),
        parser.model.attrs["resize_output"],
    )
    settings = {name: parser.cfg[name] for name in _SETTINGS}
    return DependencyParser(parser.vocab, model, parser.name, parser.moves, **settings)
