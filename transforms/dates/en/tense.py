"""When the verb that governs an expression says it happens: past, future or present."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.dates.language import FUTURE, PAST, PRESENT
from transforms.words import reporting, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: After these, a time may lie ahead of a verb in the past: extended to Nov. 20.
_HORIZONS = frozenset(("until", "till", "to", "through", "by"))
#: How an expression hangs on a verb as the time of what it says.
_ADVERBIAL = frozenset(
    ("prep", "pobj", "npadvmod", "advmod", "pcomp", "mark", "advcl", "attr", "nsubj", "nsubjpass")
)
#: Words that open a clause, which the parse may take for prepositions.
_OPENING = frozenset(("after", "as", "because", "before", "since", "when"))
_AUXILIARIES = frozenset(("be", "do", "have"))
_MODALS = frozenset(("would", "could", "should", "might", "may", "can", "must"))


def tense_at(doc: Doc, start: int, end: int) -> tuple[str, bool]:
    """The tense of what happens at ``doc.text[start:end]``, "" where no verb governs it.

    And whether the verb governs it itself ("met on Monday") rather than some noun under it
    ("met to discuss the agreement of May").
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return "", False
    token = span.root
    if token.dep_ == "conj" and token.head.tag_ == "NNP" and len(span) == 1:
        head = token.head  # Tuesday and Wednesday
        return tense_at(doc, head.idx, head.idx + len(head.text))
    if _is_set_for(doc, span.start, span.end):
        return FUTURE, True
    if _names_harm(token) or _names_saying(token):
        return PAST, True  # the October 7 attack, a March 8 letter
    if _follows_saying(doc, span.start):
        return PAST, True  # which said Tuesday that it could not
    if span.start and doc[span.start - 1].lower_ == "since":
        return PAST, True  # the index is up 15% since January
    direct, of_noun = True, False
    horizon = _is_horizon(doc, span.start) and token.dep_ != "poss"
    for _ in range(20):
        if token.tag_[:2] in ("VB", "MD"):
            tense = _verb(token, 0)
            if tense == PRESENT and _beside_past(token, span.root):
                return "", False  # This comes after the army on Saturday confirmed ...
            if not horizon:
                if tense == PRESENT:
                    return tense, direct and not of_noun  # the arrest Tuesday makes it harder
                return tense, direct or (tense == PAST and _is_before_past(token))
            moved = token.lemma_ in words("dates.moved")
            return (FUTURE, True) if tense != PAST or moved else ("", False)
        if token.lower_ in words("dates.ahead"):
            return FUTURE, direct
        if token.head is token:
            break
        inside = span.start <= token.i < span.end
        of_noun = of_noun or (not inside and token.pos_ in ("NOUN", "PROPN"))
        listed = token is span.root and token.dep_ == "conj"
        if not inside and not listed:
            direct = direct and token.dep_ in (*_ADVERBIAL, "conj")
        elif token is not span.root and token.dep_ not in _ADVERBIAL:
            direct = False
        token = token.head
    return "", False


def _is_horizon(doc: Doc, start: int) -> bool:
    """Whether a time is what something lasts or is moved to: until Friday, to either March 19."""
    before = start - 1
    if before > 0 and doc[before].lower_ == "either":
        before -= 1
    return doc[max(before, 0)].lower_ in _HORIZONS


def _is_before_past(verb: Token) -> bool:
    """Whether a verb tells of what was over: having beaten back, had beaten back."""
    return any(c.lower_ in ("having", "had") and c.dep_ == "aux" for c in verb.children)


def _beside_past(verb: Token, time: Token) -> bool:
    """Whether the time may belong to a verb in the past that does not report this one.

    A clause that holds the time or the verb may; one that is only named beside them may not: the
    firm, which lost a ship, pays on Friday.
    """
    for other in verb.sent:
        if other.tag_ != "VBD":
            continue
        if other.is_ancestor(verb):
            if other.lemma_ not in reporting("verb", "told"):
                return True
        elif other.left_edge.i <= time.i <= other.right_edge.i or _is_clause_of(other, time, verb):
            return True
    return False


def _is_clause_of(other: Token, time: Token, verb: Token) -> bool:
    """Whether a time may belong to a verb after it that the parse hangs elsewhere.

    A word that opens a clause stands between the verb above and the time: this comes after Riga
    on Saturday confirmed it.
    """
    if not time.i < other.i:
        return False
    if any(c.dep_ == "mark" and c.i < time.i for c in other.children):
        return True
    between = verb.doc[verb.i : time.i] if verb.i < time.i else ()
    return any(token.lower_ in _OPENING for token in between)


def names_noun(doc: Doc, start: int, end: int) -> bool:
    """Whether a time names the noun after it: the November election, the May 3 hearing."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return False
    root = span.root
    return root.dep_ in ("compound", "nmod", "amod", "nummod", "poss") and root.head.i > root.i


def _names_harm(token: Token) -> bool:
    """Whether a day is part of the name of an attack, a crash and the like, which has been."""
    named = token.dep_ in ("compound", "nmod", "amod", "nummod", "poss") and token.head.i > token.i
    return named and token.head.lemma_.lower() in words("events.harm")


def _names_saying(token: Token) -> bool:
    """Whether a time dates what was written or said: a March 8 letter, a filing Thursday."""
    named = token.dep_ in ("compound", "nmod", "nummod", "npadvmod", "poss")
    return named and token.head.lemma_.lower() in words("dates.said_in")


def _follows_saying(doc: Doc, start: int) -> bool:
    """Whether a time stands just after a verb in the past that reports what follows."""
    before = start - 1
    if before > 0 and doc[before].lower_ == "on":
        before -= 1
    verb = doc[max(before, 0)]
    return verb.tag_ == "VBD" and verb.lemma_ in reporting("verb", "told")


def _is_set_for(doc: Doc, start: int, end: int) -> bool:
    """Whether something is called for that day: a strike for Tuesday."""
    if end - start != 1 or not start or doc[start - 1].lower_ != "for":
        return False
    after = doc[end] if end < len(doc) else None
    return doc[start].tag_ == "NNP" and (after is None or after.pos_ in ("PUNCT", "CCONJ", "SPACE"))


def _verb(verb: Token, depth: int) -> str:
    tag = verb.tag_
    modal = perfect = past = present = infinitive = False
    for child in verb.children:
        if child.dep_ not in ("aux", "auxpass"):
            continue
        lower = child.lower_
        if child.tag_ == "MD":
            if lower in ("will", "'ll", "’ll", "shall", "wo"):
                return FUTURE
            modal = modal or lower in _MODALS
        elif child.tag_ == "TO":
            infinitive = True
        elif lower in ("have", "has", "had", "having", "'ve", "’ve"):
            perfect = True
        elif child.tag_ == "VBD":
            past = True
        elif child.tag_ in ("VBZ", "VBP") and child.lemma_ in _AUXILIARIES:
            present = True
    if modal:
        return PAST if perfect else FUTURE
    if tag == "MD":
        return FUTURE
    if verb.lemma_ in words("dates.arranged") and tag == "VBN" and not past:
        # as planned, it happened: when, the verb above says
        return _above(verb, depth) if _has_mark(verb, "as") else FUTURE
    if (
        verb.lemma_ in words("dates.semi_auxiliary")
        and present
        and any(c.dep_ == "xcomp" for c in verb.children)
    ):
        return FUTURE
    plans = tag in ("VBZ", "VBP") and verb.lemma_ in words("dates.planned")
    if plans and any(c.dep_ == "xcomp" for c in verb.children):
        return FUTURE  # plans to meet
    if perfect or past or tag == "VBD":
        return PAST
    if infinitive or tag == "VB":
        return _infinitive(verb, depth)
    if tag == "VBN":
        return PRESENT if present else PAST
    if tag == "VBG":
        return FUTURE if present else _above(verb, depth)
    if _has_plan(verb):
        return FUTURE
    return PAST if verb.lemma_ in reporting("verb", "told") else PRESENT


def _has_mark(verb: Token, word: str) -> bool:
    return any(c.lower_ == word and c.dep_ in ("mark", "advmod") for c in verb.children)


def _infinitive(verb: Token, depth: int) -> str:
    head = verb.head
    if head is verb:
        return FUTURE
    if any(c.lower_ in words("dates.at_once") for c in verb.children):
        return _above(verb, depth)  # ordered them to leave immediately on Monday
    if any(c.lower_ == "had" and c.dep_ == "aux" for h in (head, head.head) for c in h.children):
        return ""  # had been due to expire: before or after now
    if head.lemma_.lower() in words("dates.planned") | reporting("verb", "told"):
        return FUTURE
    if any(c.dep_ == "auxpass" for c in verb.children):
        return FUTURE  # measurements, to be published in the autumn
    if head.pos_ == "NOUN":
        return _above(verb, depth) or FUTURE
    if head.lemma_ == "be" and verb.dep_ == "xcomp":
        return FUTURE
    return _above(verb, depth)


def _has_plan(verb: Token) -> bool:
    return any(
        child.dep_ in ("acomp", "oprd", "attr") and child.lemma_.lower() in words("dates.planned")
        for child in verb.children
    )


def _above(verb: Token, depth: int) -> str:
    """The tense of the verb above a participle or infinitive."""
    token = verb
    for _ in range(10):
        if token.head is token:
            return ""
        token = token.head
        if token.tag_[:2] in ("VB", "MD"):
            return _verb(token, depth + 1) if depth < 5 else ""
    return ""
