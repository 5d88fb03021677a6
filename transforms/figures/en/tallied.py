"""What a number counts that the parse hangs inside the phrase of its own tally: cut the number of
guards posted there from 40 to 12."""

from __future__ import annotations

from transforms.figures.en.counted import Counted, lemma
from transforms.figures.en.syntax import noun_phrase, root_of, text_of
from transforms.figures.quantity import Quantity
from transforms.figures.view import View
from transforms.words import words

#: The prepositions of a level.
_OF_LEVEL = ("from", "to", "at")
#: How the parse hangs what stands inside a phrase.
_INSIDE = ("pobj", "prep", "pcomp", "acl")
#: How many heads up the tally may stand.
_REACH = 8


def counted_inside(view: View, quantity: Quantity) -> Counted | None:
    """The plural noun after "of" of the tally in whose phrase a level hangs, or None."""
    token = root_of(view, quantity)
    if token.dep_ != "pobj" or token.head.lower_ not in _OF_LEVEL:
        return None
    for _ in range(_REACH):
        if token.dep_ not in _INSIDE:
            return None
        token = token.head
        if token.pos_ == "NOUN" and token.lemma_ in words("figures.tally"):
            break
    else:
        return None
    of = next((t for t in token.rights if t.lower_ == "of"), None)
    noun = next((t for t in of.rights if t.dep_ == "pobj"), None) if of is not None else None
    if noun is None or noun.tag_ not in ("NNS", "NNPS") or noun.i >= root_of(view, quantity).i:
        return None
    span = noun_phrase(noun, complements=False)
    return Counted(text_of(view, span), lemma(noun), noun, "number_of", span)
