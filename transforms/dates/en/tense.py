"""When the verb that governs an expression says it happens: past, future or present."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.dates.en.beside import said_beside
from transforms.dates.en.spans import span_at
from transforms.dates.language import ARRANGED, FUTURE, PAST, PRESENT
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
#: How many words "than forecast in" are.
_COMPARED = 3
#: How many verbs above each other are asked.
_DEEP = 5
_AUXILIARIES = frozenset(("be", "do", "have"))
_WILL = frozenset(("will", "'ll", "’ll", "shall", "wo"))
_MODALS = frozenset(("would", "could", "should", "might", "may", "can", "must"))


def tense_at(doc: Doc, start: int, end: int) -> tuple[str, bool]:
    """The tense of what happens at ``doc.text[start:end]``, "" where no verb governs it.

    And whether the verb governs it itself ("met on Monday") rather than some noun under it
    ("met to discuss the agreement of May").
    """
    span = span_at(doc, start, end)
    if span is None:
        return "", False
    token = span.root
    if token.dep_ == "conj" and token.head.tag_ == "NNP" and len(span) == 1:
        head = token.head  # Tuesday and Wednesday
        return tense_at(doc, head.idx, head.idx + len(head.text))
    beside = said_beside(doc, span)
    if beside:
        return beside, True
    direct, of_noun = True, False
    horizon = _is_horizon(doc, span.start) and token.dep_ != "poss"
    for _ in range(20):
        if token.lower_ == "since" and token.dep_ == "prep":
            return PAST, True  # his first speech since the vote on Sunday
        if token.tag_[:2] in ("VB", "MD"):
            tense = _verb(token, 0)
            if tense != FUTURE and _is_as_of(doc, span.start):
                return PAST, True  # data as of June 28
            if _is_compared(doc, span.start) or _is_begun(token):
                return PAST, True  # more than forecast in April; dating to July
            if (
                tense == PRESENT
                and token.i < span.start
                and token.lemma_ in words("dates.following")
            ):
                return PAST, True  # the visit follows a speech on Monday
            if tense == PRESENT and _beside_past(token, span.root):
                return "", False  # This comes after the army on Saturday confirmed ...
            if not horizon:
                if tense == PRESENT:
                    return tense, direct and not of_noun  # the arrest Tuesday makes it harder
                planned = token.lemma_ in words("dates.planned")  # had agreed to the May debate
                over = tense == PAST and not planned and _is_before_past(token)
                return tense, direct or over
            moved = token.lemma_ in words("dates.moved") or _is_present_perfect(token)
            return (FUTURE, True) if tense != PAST or moved else ("", False)
        if token.lower_ == "ahead":
            return ARRANGED, direct  # ahead of the vote on Monday
        if _is_said_ahead(token):
            return FUTURE, direct
        if token.head.i == token.i:
            break
        inside = span.start <= token.i < span.end
        of_noun = of_noun or (not inside and token.pos_ in ("NOUN", "PROPN"))
        listed = token.i == span.root.i and token.dep_ == "conj"
        if not inside:
            direct = direct and token.dep_ in (*_ADVERBIAL, "conj")
        elif not listed and token.dep_ not in _ADVERBIAL:
            direct = False  # the June decision
        token = token.head
    return "", False


def _is_horizon(doc: Doc, start: int) -> bool:
    """Whether a time is what something lasts or is moved to: until Friday, to either March 19."""
    before = start - 1
    if before > 0 and doc[before].lower_ == "either":
        before -= 1
    return doc[max(before, 0)].lower_ in _HORIZONS


def _is_as_of(doc: Doc, start: int) -> bool:
    return [token.lower_ for token in doc[max(start - 2, 0) : start]] == ["as", "of"]


def _is_compared(doc: Doc, start: int) -> bool:
    """Whether something is compared with what was said at a time: more than forecast in April."""
    if start < _COMPARED or doc[start - _COMPARED].lower_ != "than":
        return False
    said = doc[start - _COMPARED + 1]
    return said.lemma_.lower() in words("dates.foretold")


def _is_begun(verb: Token) -> bool:
    """Whether a verb only says since when something is: a custom dating to July."""
    return verb.lemma_ in words("dates.begun") and verb.tag_ in ("VBG", "VBZ", "VBP")


def _is_said_ahead(token: Token) -> bool:
    """Whether a word says that it lies ahead: due Monday, the upcoming report on Friday."""
    ahead = words("dates.ahead")
    return token.lower_ in ahead or any(
        child.lower_ in ahead for child in token.children if child.dep_ == "amod"
    )


def _is_present_perfect(verb: Token) -> bool:
    """Whether what has been done lasts on: has paused its flights until Friday."""
    return any(child.tag_ in ("VBZ", "VBP") and child.lemma_ == "have" for child in verb.children)


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


def _verb(verb: Token, depth: int) -> str:
    tag = verb.tag_
    modal = perfect = past = present = infinitive = False
    for child in verb.children:
        if child.dep_ not in ("aux", "auxpass"):
            continue
        lower = child.lower_
        if child.tag_ == "MD":
            if lower in _WILL:
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
        if _has_mark(verb, "as"):
            return _above(verb, depth)
        return ARRANGED if _is_called_off(verb, depth) else FUTURE
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
    if _has_mark(verb, "if") or _has_mark(verb, "unless"):
        return FUTURE  # if she wins in November, if elected in November
    if infinitive or tag == "VB":
        return _infinitive(verb, depth)
    if tag == "VBN" and verb.dep_ == "conj" and verb.head.tag_ == "VBN" and not present:
        return _verb(verb.head, depth + 1) if depth < _DEEP else PAST  # could be tied or broken
    if tag == "VBN":
        return PRESENT if present else PAST
    if tag == "VBG" and not present:
        told = verb.dep_ in ("advcl", "acl") and verb.lemma_ in reporting("verb", "told")
        return PAST if told else _above(verb, depth)
    if tag == "VBG":
        return FUTURE
    if _has_plan(verb):
        return FUTURE
    has_been = reporting("verb", "told") | words("events.harm")  # storm kills four on Monday
    return PAST if verb.lemma_ in has_been else PRESENT


def _is_called_off(arranged: Token, depth: int) -> bool:
    """Whether what was arranged was called off: a march planned for Saturday was banned."""
    verb = next((one for one in arranged.ancestors if one.tag_[:2] == "VB"), None)
    if verb is None or depth >= _DEEP or _verb(verb, depth + 1) != PAST:
        return False
    off = any(child.dep_ == "prt" and child.lower_ == "off" for child in verb.children)
    return off or verb.lemma_ in words("dates.called_off")


def _has_mark(verb: Token, word: str) -> bool:
    return any(c.lower_ == word and c.dep_ in ("mark", "advmod") for c in verb.children)


def _infinitive(verb: Token, depth: int) -> str:
    head = verb.head
    if head.i == verb.i:
        return FUTURE
    if any(c.lower_ in words("dates.at_once") or _is_at_once(c) for c in verb.children):
        return _above(verb, depth)  # ordered them to leave immediately on Monday
    if any(c.lower_ == "had" and c.dep_ == "aux" for h in (head, head.head) for c in h.children):
        return ""  # had been due to expire: before or after now
    if head.lemma_ in words("dates.phase") and head.tag_[:2] == "VB":
        return _above(verb, depth)  # began to spread on Monday
    decided = head.lemma_.lower() in words("dates.decided") and head.dep_ in ("nsubj", "nsubjpass")
    if decided and _above(verb, depth) == PAST:
        return PAST  # the decision to step down on Sunday came late
    if head.lemma_.lower() in words("dates.planned") | reporting("verb", "told"):
        return FUTURE
    if any(c.dep_ == "auxpass" for c in verb.children):
        return FUTURE  # measurements, to be published in the autumn
    if head.pos_ in ("NOUN", "PROPN"):
        return _above(verb, depth) or FUTURE
    if head.lemma_ == "be" and verb.dep_ == "xcomp":
        return FUTURE
    return _above(verb, depth)


def _is_at_once(token: Token) -> bool:
    return token.lower_ == "at" and any(child.lower_ == "once" for child in token.children)


def _has_plan(verb: Token) -> bool:
    return any(
        child.dep_ in ("acomp", "oprd", "attr") and child.lemma_.lower() in words("dates.planned")
        for child in verb.children
    )


def _above(verb: Token, depth: int) -> str:
    """The tense of the verb above a participle or infinitive."""
    token = verb
    for _ in range(10):
        if token.head.i == token.i:
            return ""
        token = token.head
        if token.tag_[:2] in ("VB", "MD"):
            return _verb(token, depth + 1) if depth < _DEEP else ""
    return ""


def is_surely_ahead(doc: Doc, start: int, end: int) -> bool:
    """Whether its own verb says beyond doubt that the time lies ahead: will meet on Sunday.

    Unlike "could", "sought to march", or a noun that the time hangs on.
    """
    span = span_at(doc, start, end)
    if span is None:
        return False
    token = span.root
    while token.tag_[:2] not in ("VB", "MD"):
        noun = token.pos_ in ("NOUN", "PROPN") and not span.start <= token.i < span.end
        if noun or token.head.i == token.i or token.dep_ not in (*_ADVERBIAL, "conj"):
            return False
        token = token.head
    return _is_sure(token) or (token.dep_ == "xcomp" and _is_sure(token.head))


def _is_sure(verb: Token) -> bool:
    """Whether a verb says what will be, or in the present what is arranged or takes place."""
    aided = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ in _WILL for child in aided):
        return True
    if any(child.tag_ in ("MD", "VBD") or child.lemma_ == "have" for child in aided):
        return False
    if any(child.tag_ == "TO" for child in aided):
        # a headline: court to rule on Sunday; are due to meet, but not: sought to march
        return verb.head.i == verb.i or _above(verb, 0) in (PRESENT, FUTURE)
    if verb.tag_ in ("VBZ", "VBP"):
        return verb.lemma_ not in words("dates.stative") or verb.lemma_ == "be"
    present = any(child.tag_ in ("VBZ", "VBP") for child in aided)
    return verb.tag_ in ("VBN", "VBG") and present
