"""Small questions to a dependency parse (ClearNLP labels, as spaCy's English models give them)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from transforms.event_words import event_categories
from transforms.figures.lexer import word_set
from transforms.figures.quantity import Quantity
from transforms.figures.view import View
from transforms.reference import reference
from transforms.words import reporting, time_words, words

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
NOUNS = frozenset(("NOUN", "PROPN", "PRON", "SYM", "X"))
VERBS = frozenset(("VERB", "AUX"))
_NOUN_LEFT = word_set("compound amod nmod poss punct advmod quantmod npadvmod cc conj case")

_TIME_PREPOSITIONS = word_set("since until after before during than while")

Span = tuple[int, int]


def root_of(view: View, quantity: Quantity) -> Token:
    """The token of the quantity (number and unit) by which it hangs in the tree."""
    atoms = view.atoms
    first = view.token_at(atoms[quantity.number.first].start).i
    last = view.token_at(atoms[quantity.last - 1].start).i
    low = min(first, view.token_at(atoms[quantity.first].start).i)
    best: Token | None = None
    for token in view.doc[first : last + 1]:
        head = token.head
        if head.i == token.i or not low <= head.i <= last:
            if token.dep_ in ("punct", "case", "cc") and best is not None:
                continue
            if best is None or token.pos_ in ("NUM", "NOUN", "SYM", "PROPN"):
                best = token
    return best if best is not None else view.doc[last]


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb, its own or the one it shares; for a relative clause the noun."""
    seen = 0
    while seen < 8:
        for child in reversed(list(verb.lefts)):
            if child.dep_ in ("nsubj", "nsubjpass", "csubj") and child.i < verb.i:
                if child.lower_ in ("that", "which", "who") and verb.dep_ == "relcl":
                    return verb.head
                return child
        for child in verb.rights:
            if child.dep_ in ("nsubj", "nsubjpass"):
                return child
        if verb.dep_ == "acl" and any(c.tag_ == "TO" for c in verb.lefts):
            above = governor(verb.head)
            return verb.head if above is None else subject_of(above)
        if verb.dep_ in ("relcl", "acl"):
            return verb.head
        if verb.dep_ in (
            "conj",
            "xcomp",
            "ccomp",
            "advcl",
            "aux",
            "auxpass",
            "dep",
            "pcomp",
            "parataxis",
        ):
            if verb.dep_ == "ccomp" and verb.head.lemma_ in reporting("verb", "claim"):
                return None
            verb = verb.head
        elif verb.dep_ == "prep":
            verb = verb.head
        else:
            return None
        if verb.pos_ not in VERBS:
            if verb.pos_ in NOUNS:
                return verb
            verb = verb.head
        seen += 1
    return None


def governor(token: Token) -> Token | None:
    """The verb that governs a token, itself not counted; a copula when there is no other."""
    seen = 0
    while token.head.i != token.i and seen < 12:
        token = token.head
        if token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass")):
            return token
        seen += 1
    return token if token.pos_ in VERBS else None


def governing(token: Token) -> Token | None:
    """The verb whose lemma tells what is said of a token: "be" of are missing, "follow" of are to.

    As ``governor``, but an adjective that the parse takes for a participle leaves its auxiliary.
    """
    verb = governor(token)
    if verb is None:
        return None
    if verb.lower_ in event_categories("adjective") and verb.lemma_ not in event_categories("verb"):
        return next((t for t in verb.lefts if t.dep_ == "aux" and t.lemma_ == "be"), verb)
    if verb.lemma_ == "be":
        for child in verb.rights:
            if child.dep_ == "xcomp" and child.pos_ == "VERB" and child.i <= verb.i + 4:
                return child if any(t.tag_ == "TO" for t in child.lefts) else verb
    return verb


def noun_phrase(head: Token, after: int = -1, complements: bool = True) -> Span:
    """Tokens of a noun phrase without article, pronoun or number, with its of- and for-phrases.

    ``after`` is a token index that the phrase may not begin before.
    """
    first = head.i
    for token in reversed(list(head.lefts)):
        if token.dep_ not in _NOUN_LEFT and token.pos_ not in ("ADJ", "PROPN"):
            break
        if token.pos_ == "NUM" and token.i > 0 and token.nbor(-1).pos_ == "PROPN":
            continue  # a number inside a name: Channel 4 News
        if token.pos_ in ("DET", "PRON", "NUM", "CCONJ") or (
            token.dep_ == "punct" and token.text not in "-–"
        ):
            if token.dep_ in ("det", "poss", "nummod") or token.pos_ in ("DET", "PRON", "NUM"):
                break
            continue
        edge = token.left_edge.i
        if edge <= after:
            break
        first = edge
    while first < head.i and head.doc[first].pos_ in ("DET", "PRON", "PUNCT", "CCONJ", "PART"):
        first += 1
    return first, _complements(head) if complements else head.i


def _complements(head: Token) -> int:
    """The last token of what follows a noun and belongs to it: of-phrases, "and" with its like."""
    last = head.i
    for token in head.rights:
        if token.dep_ == "nummod" and token.i == last + 1 and head.pos_ == "PROPN":
            last = token.i  # S&P 500
            continue
        if (
            token.dep_ in ("cc", "punct")
            and token.i == last + 1
            and token.text in ("and", "&", ",")
        ):
            continue
        if token.dep_ == "conj" and token.pos_ in NOUNS and token.right_edge.i - last < 8:
            if head.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj") and not _counts(token):
                last = token.right_edge.i
                continue
            break
        if (
            token.dep_ == "acl"
            and token.i == last + 1
            and (token.lower_ == "including" or token.lower_ in words("figures.describing"))
        ):
            edge = token.right_edge.i
            last = edge if edge - last < 12 else last
            break
        if token.dep_ != "prep" or token.i > last + 2 or token.lower_ in _TIME_PREPOSITIONS:
            break
        if any(t.lemma_ in time_nouns() or t.ent_type_ in ("DATE", "TIME") for t in token.children):
            break
        edge = token.right_edge.i
        if edge - head.i > 25:
            break
        last = edge
    return last


def _counts(token: Token) -> bool:
    """Whether a noun has a number of its own, so that it is another figure's."""
    return token.like_num or any(child.dep_ == "nummod" for child in token.lefts)


@cache
def time_nouns() -> frozenset[str]:
    """Nouns that name a stretch of time, by lemma: week, evening, season."""
    units = {row["name"] for row in reference("units") if row["dimension"] == "duration"}
    named = time_words("WEEKEND", "SEASON", "DAYPART", "PERIOD")
    return named | units | words("figures.time_noun")


def text_of(view: View, span: Span) -> str:
    """The characters of a span of tokens (both ends inclusive)."""
    doc = view.doc
    return view.text[doc[span[0]].idx : doc[span[1]].idx + len(doc[span[1]])]


def ancestors(token: Token) -> Iterator[Token]:
    """The token's heads, nearest first."""
    while token.head.i != token.i:
        token = token.head
        yield token


def conjuncts(token: Token) -> list[Token]:
    """The verb with its coordinated verbs, in order (killed or wounded)."""
    top = token
    while top.dep_ == "conj" and top.head.i != top.i and top.head.pos_ in ("VERB", "AUX", "ADJ"):
        top = top.head
    found, queue = [top], [top]
    while queue:
        for child in queue.pop().children:
            listed = (
                child.dep_ == "advcl" and child.tag_ == "VBN" and child.doc[child.i - 1].text == ","
            )
            if (child.dep_ == "conj" or listed) and child.pos_ in ("VERB", "AUX", "ADJ"):
                found.append(child)
                queue.append(child)
    return sorted(found, key=lambda t: t.i)
