"""A spaCy pipeline as steps from a document to the same document with more on it.

Each component is done in a quicker way where its shape is known, and as it is where not: both say
the same of every token.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from transforms.parse.arcs import arcs
from transforms.parse.attributes import attribute_rules
from transforms.parse.encoder import Encoder, encoder
from transforms.parse.lemmas import lemmas
from transforms.parse.names import names

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Step = Callable[[Any], Any]


def steps(nlp: Language) -> list[Step]:
    """The pipeline's components in their order, each as a function of a document."""
    return [_quick(nlp, component) or component for _, component in nlp.pipeline]


def _quick(nlp: Language, component: Any) -> Step | None:
    from spacy.pipeline import (
        AttributeRuler,
        DependencyParser,
        EntityRecognizer,
        Lemmatizer,
        Tok2Vec,
    )

    if type(component) is Tok2Vec:
        found = encoder(component.model, nlp.vocab)
        return None if found is None else _Tensor(component, found)
    if isinstance(component, DependencyParser):
        return arcs(component)
    if isinstance(component, AttributeRuler):
        return attribute_rules(component)
    if isinstance(component, Lemmatizer):
        return lemmas(component)
    if isinstance(component, EntityRecognizer):
        return names(component)
    return None


class _Tensor:
    """Sets a document's tensor, in which the components behind it look for their vectors."""

    def __init__(self, component: Step, layer: Encoder) -> None:
        self._component = component
        self._layer = layer

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return self._component(doc)  # type: ignore[no-any-return]
        doc.tensor = self._layer.vectors(doc)  # type: ignore[assignment]
        return doc
