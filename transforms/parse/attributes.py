"""spaCy's attribute ruler as a look-up.

The ruler matches all its patterns against every token, though nearly all of them ask for the tag,
the label of the arc and a property of the form. Tokens that agree in these match alike: of each
kind one token is shown to spaCy's own matcher, once. Patterns of several such tokens are then
looked up token by token; what asks for anything else stays with the matcher.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from transforms.parse.columns import keys, set_columns

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

Spec = dict[str, Any]

#: Tokens (form, tag and label) remembered; then all are forgotten.
MOST = 200_000

_TOKEN = ("ORTH", "TAG", "DEP")
_BY_PARSE = frozenset({"TAG", "DEP"})
_BY_FORM = frozenset(
    {"ORTH", "TEXT", "LOWER", "SHAPE", "PREFIX", "SUFFIX", "LENGTH", "IS_ALPHA", "IS_ASCII",
     "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_STOP",
     "IS_CURRENCY", "IS_QUOTE", "IS_BRACKET", "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT", "LIKE_NUM",
     "LIKE_URL", "LIKE_EMAIL"}
)  # fmt: skip
#: What a rule may set without changing what a form is.
_SET = ("POS", "TAG", "MORPH", "LEMMA", "DEP", "NORM")


@dataclass(frozen=True)
class _Kind:
    """What tokens of one kind match: which of the specs, the rules of one token (in their order)
    with all that they set, and the longer patterns that begin here, as (rule, specs)."""

    specs: frozenset[int]
    rules: tuple[int, ...]
    sets: dict[int, int]
    opens: tuple[tuple[int, tuple[int, ...]], ...]


class AttributeRules:
    """Sets on a document's tokens what the ruler sets."""

    def __init__(self, ruler: AttributeRuler) -> None:
        from spacy.matcher import Matcher
        from spacy.tokens._retokenize import set_token_attrs

        self._vocab = ruler.vocab
        self._set: Callable[[Any, dict[int, int]], None] = set_token_attrs
        self._sets: list[dict[Any, Any]] = ruler.attrs
        self._index = ruler.indices
        self._rest = Matcher(ruler.vocab, validate=False)
        specs: list[Spec] = []
        #: Rule and places in ``specs`` of each pattern that is looked up.
        self._patterns: list[tuple[int, tuple[int, ...]]] = []
        entries: list[Any] = ruler.patterns
        for rule, entry in enumerate(entries):
            for pattern in entry["patterns"]:
                if _is_looked_up(pattern, self._index[rule], self._sets[rule]):
                    places = tuple(_place(specs, spec) for spec in pattern)
                    self._patterns.append((rule, places))
                else:
                    self._rest.add(ruler.vocab.strings.add(str(rule)), [pattern])
        forms = [{k: v for k, v in spec.items() if k.upper() in _BY_FORM} for spec in specs]
        self._specs = self._matcher(specs)
        self._forms = self._matcher([form for form in forms if form])
        #: What forms match of what the specs ask of forms; kinds by that, tag and label, which are
        #: few; and kinds by token.
        self._forms_met: dict[int, frozenset[int]] = {}
        self._alike: dict[tuple[frozenset[int], int, int], _Kind] = {}
        self._kinds: dict[bytes, _Kind] = {}

    def __call__(self, doc: Doc) -> Doc:
        kinds = self._kinds_of(doc)
        longer = self._longer(doc, kinds)
        for token, kind in zip(doc, kinds, strict=True):
            if token.i in longer:
                for rule in sorted({*kind.rules, *longer[token.i]}):
                    self._set(token, self._sets[rule])
            elif kind.sets:
                self._set(token, kind.sets)
        return doc

    def _longer(self, doc: Doc, kinds: list[_Kind]) -> dict[int, list[int]]:
        """The rules that more than one token or the matcher decides, by the token they set."""
        found: dict[int, list[int]] = {}
        for start, kind in enumerate(kinds):
            for rule, specs in kind.opens:
                span = kinds[start : start + len(specs)]
                if len(span) == len(specs) and all(
                    spec in there.specs for spec, there in zip(specs, span, strict=True)
                ):
                    index = range(start, start + len(specs))[self._index[rule]]
                    found.setdefault(index, []).append(rule)
        if len(self._rest):
            for key, start, end in self._rest(doc, allow_missing=True):
                rule = int(self._vocab.strings[key])
                index = range(start, end)[self._index[rule]]
                found.setdefault(index, []).append(rule)
        return found

    def _kinds_of(self, doc: Doc) -> list[_Kind]:
        tokens = keys(doc, _TOKEN)
        kinds = list(map(self._kinds.get, tokens))
        if None in kinds:
            self._meet(doc, tokens)
            kinds = list(map(self._kinds.get, tokens))
        return kinds  # type: ignore[return-value]  # all are met

    def _meet(self, doc: Doc, tokens: list[bytes]) -> None:
        """Find the kinds of the tokens that are new."""
        if len(self._kinds) > MOST:
            self._kinds.clear()
            self._forms_met.clear()
        new = {token: doc[place] for place, token in enumerate(tokens) if token not in self._kinds}
        forms = list({token.orth: token.text for token in new.values()}.items())
        forms = [(orth, text) for orth, text in forms if orth not in self._forms_met]
        if forms:
            met = self._matched(self._forms, _doc(self._vocab, [text for _, text in forms]))
            self._forms_met.update(zip((orth for orth, _ in forms), met, strict=True))
        for key, token in new.items():
            likeness = (self._forms_met[token.orth], token.tag, token.dep)
            if likeness not in self._alike:
                self._alike[likeness] = self._kind(token.text, token.tag, token.dep)
            self._kinds[key] = self._alike[likeness]

    def _kind(self, word: str, tag: int, dep: int) -> _Kind:
        doc = _doc(self._vocab, [word])
        set_columns(doc, ("TAG", "DEP"), np.array([[tag, dep]], dtype=np.uint64))
        (specs,) = self._matched(self._specs, doc)
        begun = [(rule, places) for rule, places in self._patterns if places[0] in specs]
        rules = sorted({rule for rule, places in begun if len(places) == 1})
        sets: dict[int, int] = {}
        for rule in rules:
            sets.update(self._sets[rule])
        opens = tuple((rule, places) for rule, places in begun if len(places) > 1)
        return _Kind(specs, tuple(rules), sets, opens)

    def _matcher(self, specs: Sequence[Spec]) -> Matcher:
        from spacy.matcher import Matcher

        matcher = Matcher(self._vocab, validate=False)
        for place, spec in enumerate(specs):
            matcher.add(self._vocab.strings.add(str(place)), [[spec]])
        return matcher

    def _matched(self, matcher: Matcher, doc: Doc) -> list[frozenset[int]]:
        """For each token the specs that it matches."""
        found: list[list[int]] = [[] for _ in doc]
        if len(matcher):
            for key, start, _ in matcher(doc, allow_missing=True):
                found[start].append(int(self._vocab.strings[key]))
        return [frozenset(places) for places in found]


def attribute_rules(ruler: Any) -> AttributeRules | None:
    """The ruler's rules as a look-up, or None if it is not spaCy's own or changes forms."""
    from spacy.attrs import IDS
    from spacy.pipeline import AttributeRuler

    settable = {"_", *(IDS[name] for name in _SET)}
    if type(ruler) is not AttributeRuler or any(set(sets) - settable for sets in ruler.attrs):
        return None
    return AttributeRules(ruler)


def _is_looked_up(pattern: Sequence[Spec], index: int, sets: dict[Any, Any]) -> bool:
    return (
        "_" not in sets
        and -len(pattern) <= index < len(pattern)
        and all(spec and all(_is_known(key) for key in spec) for spec in pattern)
    )


def _is_known(key: object) -> bool:
    return isinstance(key, str) and key.upper() in _BY_PARSE | _BY_FORM


def _place(specs: list[Spec], spec: Spec) -> int:
    if spec not in specs:
        specs.append(spec)
    return specs.index(spec)


def _doc(vocab: Any, words: Iterable[str]) -> Doc:
    from spacy.tokens import Doc

    return Doc(vocab, words=list(words))
