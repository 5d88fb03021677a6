"""Who says so, and how sure: attribution and modality."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.figures.en.syntax import NOUNS, Span, ancestors
from transforms.figures.lexer import word_set
from transforms.figures.view import View
from transforms.words import reporting, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPENING, _CLOSING = "“", "”"
_BOUNDING = word_set("only just more less fewer until")
#: Who speaks inside a quotation ("We found 300 knives") is named outside it.
_SPEAKING = frozenset(("i", "we"))
_POSSIBLE = frozenset(("may", "might", "could"))


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a claim: its tokens (both ends inclusive), head and verb, and the rule."""

    span: Span
    head: Token
    verb: Token | None
    rule: str


class Claims:
    """The reported claims of a page: who says what stands where."""

    def __init__(self, view: View) -> None:
        self._page = view
        self._quotes = _quotes(view.text)
        self._speakers: dict[int, Source | None] = {}

    def source(self, token: Token, start: int, end: int) -> Source | None:
        """Who says what stands at the token; None in the author's own voice."""
        found = _by_parse(token) or _according(token) or _estimate(token)
        quote = next(((a, b) for a, b in self._quotes if a <= start and end <= b), None)
        if found is not None and not (quote and found.head.lower_ in _SPEAKING):
            return found
        if quote is None:
            return None
        return self._speaker(*quote)

    def _speaker(self, start: int, end: int) -> Source | None:
        """Who speaks a quotation: in its sentence, else in the sentence before or after it."""
        view = self._page
        first, last = view.sentence_no(start), view.sentence_no(max(start, end - 1))
        for no in (*range(first, last + 1), first - 1, last + 1):
            if no not in self._speakers:
                self._speakers[no] = self._of_sentence(no)
            found = self._speakers[no]
            if found is not None and (first <= no <= last or _near(view, no, first, last)):
                return found
        return None

    def _of_sentence(self, no: int) -> Source | None:
        view = self._page
        if not 0 <= no < len(view.sentences):
            return None
        start, end = view.sentences[no]
        for token in view.doc[view.token_at(start).i : view.token_at(end - 1).i + 1]:
            if token.pos_ == "VERB" and token.lemma_ in reporting("verb", "claim"):
                source = _subject(token, "quoted")
                if source is not None:
                    return source
        return None


def _near(view: View, no: int, first: int, last: int) -> bool:
    """A neighbouring sentence introduces a quotation when it ends in a colon or is one itself."""
    start, end = view.sentences[no]
    text = view.text[start:end].rstrip()
    if no < first:
        return text.endswith((":", ",", "”", '"', "''")) or _OPENING in text or '"' in text
    gap = view.text[view.sentences[last][1] : start]
    return "\n" not in gap


def _quotes(text: str) -> list[tuple[int, int]]:
    """Start and end of each quotation, paragraph by paragraph (an open one ends with its line)."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        base, opened = line.start(), None
        for match in re.finditer(r"[“”\"]|``|''", line.group()):
            at, sign = base + match.start(), match.group()
            if opened is None and sign not in (_CLOSING, "''"):
                opened = at
            elif opened is not None and sign != _OPENING:
                found.append((opened, base + match.end()))
                opened = None
        if opened is not None:
            found.append((opened, line.end()))
    return found


def _by_parse(token: Token) -> Source | None:
    """X says that ...; ..., X said; was reported by X."""
    verbs = reporting("verb", "claim")
    below = token
    for head in ancestors(token):
        if head.pos_ in ("VERB", "AUX"):
            if head.lemma_ in verbs and _reports(head, below, token):
                source = _subject(head, "reported")
                if source is not None and not source.span[0] <= token.i <= source.span[1]:
                    return source
            for child in head.children:
                if (
                    (
                        child.dep_ in ("parataxis", "ccomp", "dep", "advcl")
                        and child.i != below.i
                        and child.lemma_ in verbs
                    )
                    and child.i > token.i
                    and child.pos_ == "VERB"
                    and _is_tag(child)
                ):
                    source = _subject(child, "reported")
                    if source is not None and not source.span[0] <= token.i <= source.span[1]:
                        return source
        below = head
    return None


def _is_tag(verb: Token) -> bool:
    """ "he said" beside a clause: a verb with a subject and without a clause of its own."""
    return not any(
        child.dep_ in ("ccomp", "dobj", "xcomp") and child.i > verb.i for child in verb.children
    )


def _reports(verb: Token, below: Token, token: Token) -> bool:
    """Whether the token stands in what the verb reports, not in who reports it or when."""
    if below.dep_ in ("ccomp", "parataxis", "dep", "xcomp", "acl", "pcomp", "oprd"):
        # A semicolon parts two statements, of which the parse makes one the other's object.
        parted = below.i < verb.i and any(t.text == ";" for t in verb.doc[token.i : verb.i])
        return not parted
    if below.dep_ == "conj" and verb.lemma_ in reporting("verb", "object"):
        return below.pos_ in NOUNS  # another thing reported, which the parse hangs on the verb
    if below.dep_ == "prep" and verb.lemma_ in reporting("verb", "preposition"):
        return True
    if below.dep_ in ("dobj", "npadvmod", "attr") and verb.lemma_ in reporting("verb", "object"):
        return True
    return below.dep_ == "nsubjpass" and any(child.dep_ == "agent" for child in verb.children)


def _subject(verb: Token, rule: str) -> Source | None:
    """The one who reports, as subject or after "by"; a verb in coordination shares its subject."""
    seen = 0
    here = verb
    while seen < 4:
        for child in here.children:
            if child.dep_ == "nsubj" and child.pos_ in NOUNS and child.tag_ not in ("WDT", "EX"):
                if child.tag_ == "WP" and here.dep_ == "relcl":
                    return _source(here.head, verb, rule)
                dummy = child.lower_ in ("it", "that", "this", "which")
                if dummy and here.lemma_ in reporting("verb", "finding"):
                    return None
                return _source(child, verb, rule)
            if child.dep_ == "agent":
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        return _source(inner, verb, rule)
        if here.dep_ not in ("conj", "xcomp", "advcl"):
            return None
        if any(child.dep_ in ("nsubjpass", "auxpass") for child in here.children):
            return None
        here = here.head
        seen += 1
    return None


def _according(token: Token) -> Source | None:
    """according to X, citing X."""
    for head in ancestors(token):
        for source in _phrases(head, token):
            return source
        if head.dep_ == "ROOT":
            break
    yielded = _phrases(token, token)
    return next(yielded, None)


def _phrases(head: Token, token: Token) -> Iterator[Source]:
    for child in head.children:
        if child.lower_ == "according" or (
            child.lower_ == "per" and child.dep_ == "prep" and child.is_sent_start
        ):
            for inner in child.subtree:
                if inner.dep_ == "pobj" and inner.head.lower_ in ("to", "per", "according"):
                    yield _source(inner, None, "according")
                    return
        if child.lower_ in ("by", "in", "on") and child.dep_ == "prep":
            for inner in child.children:  # by the agency's estimate
                made = inner.lemma_ in reporting("noun", "claim")
                if inner.dep_ == "pobj" and made and inner.i != token.i:
                    for owner in inner.children:
                        if _makes(owner, token):
                            yield _source(owner, None, "estimate")
                            return
        cites = child.tag_ == "VBG" and child.lemma_ in reporting("verb", "citing")
        if cites and child.dep_ in ("advcl", "prep", "acl"):
            for inner in child.children:
                if inner.dep_ in ("dobj", "pobj"):
                    yield _source(inner, child, "according")
                    return


def _estimate(token: Token) -> Source | None:
    """X's estimate of 500, an estimate by X, UN figures show (a report speaks for its author)."""
    for head in ancestors(token):
        if head.pos_ != "NOUN" or head.lemma_ not in reporting("noun", "claim"):
            if head.pos_ in ("VERB", "AUX"):
                break
            continue
        for child in head.children:
            if _makes(child, token):
                return _source(child, None, "estimate")
            if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
                for inner in child.children:
                    if inner.dep_ == "pobj" and not inner.like_num:
                        return _source(inner, None, "estimate")
    return None


def _makes(owner: Token, token: Token) -> bool:
    """Whether who is named before 's made the estimate: no time, nor what is counted itself."""
    return (
        owner.dep_ == "poss"
        and owner.tag_ != "PRP$"
        and owner.ent_type_ not in ("DATE", "TIME")
        and not owner.left_edge.i <= token.i <= owner.right_edge.i
    )


def _source(head: Token, verb: Token | None, rule: str) -> Source:
    """The noun phrase without article clauses: up to its head, with what "of" and "in" add."""
    head = _author(head)
    first, last = head.left_edge.i, head.i
    doc = head.doc
    while first < head.i and (
        doc[first].is_punct or doc[first].is_space or doc[first].dep_ in ("cc", "prep", "mark")
    ):
        first += 1
    for child in head.rights:
        if (
            child.dep_ == "prep"
            and child.lower_ in ("of", "for", "at", "in")
            and child.i == last + 1
        ):
            if any(t.ent_type_ in ("DATE", "TIME") for t in child.subtree):
                break
            last = child.right_edge.i
        elif child.dep_ == "appos" and child.pos_ == "PROPN" and child.i == last + 1:
            last = child.right_edge.i if child.right_edge.i - last < 5 else child.i
        else:
            break
    while last > head.i and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    return Source((first, last), head, verb, rule)


def _author(head: Token) -> Token:
    """Who made the report that speaks: an estimate by the World Bank."""
    if head.lemma_ not in reporting("noun", "claim"):
        return head
    for child in head.rights:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            for inner in child.rights:
                if inner.dep_ == "pobj" and inner.pos_ in ("PROPN", "NOUN") and not inner.like_num:
                    return inner
    return head


def read_modality(token: Token) -> str:
    """actual, planned, possible or denied, by the verbs above a token."""
    modality, below = "actual", token
    within = True  # the figure's own clause, whose auxiliaries count
    for head in ancestors(token):
        if head.pos_ not in ("VERB", "AUX", "ADJ"):
            below = head
            continue
        denies = head.lemma_ in reporting("verb", "denial")
        if denies and below.dep_ in ("ccomp", "dobj", "prep", "pcomp", "xcomp"):
            return "denied"
        if within:
            if below.dep_ not in ("advcl", "relcl") and _negates(head, token):
                return "denied"
            if modality == "actual":
                modality = _of_auxiliaries(head, below)
        if head.dep_ in ("relcl", "advcl", "ccomp", "acl") and not (
            head.dep_ == "acl" and modality == "actual"
        ):
            within = False
        below = head
    return modality


def _of_auxiliaries(verb: Token, below: Token) -> str:
    for child in verb.children:
        if child.dep_ == "aux":
            if child.lower_ in _POSSIBLE:
                return "possible"
            if child.lower_ in ("will", "shall", "'ll", "’ll", "wo"):
                return "planned"
    plans = verb.lemma_ in words("figures.planning")
    if below.dep_ == "xcomp" and (plans or _is_to(verb, below)):
        return "planned"
    if any(_is_to(verb, child) for child in verb.rights):
        return "planned"
    if verb.lemma_ in words("figures.planning_what") and below.dep_ in ("dobj", "ccomp"):
        return "planned"
    return "actual"


def _is_to(verb: Token, below: Token) -> bool:
    """are to follow: what is arranged."""
    return (
        verb.lemma_ == "be"
        and below.dep_ == "xcomp"
        and verb.i < below.i <= verb.i + 4
        and any(c.tag_ == "TO" for c in below.lefts)
    )


def _negates(verb: Token, token: Token) -> bool:
    """Whether a negation denies the figure, and does not only bound it (no more than, not only)."""
    for child in verb.children:
        if child.dep_ == "neg" and abs(child.i - token.i) <= 12:
            if any(t.lower_ == "but" for t in child.doc[child.i : token.i]):
                return False  # not 40 but 14
            following = child.nbor() if child.i + 1 < len(child.doc) else child
            bounds = following.lower_ in _BOUNDING or following.lower_ in words("figures.bounding")
            return not bounds
    return False
