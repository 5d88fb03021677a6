"""Statements that are tied to a reporting verb: its clause, its object, what its tag speaks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transforms.events.en.extent import is_mark, is_parted, statement_of, until_next
from transforms.events.en.sources import Source, source_of
from transforms.events.en.statement import Kind, Statement
from transforms.events.en.tags import tag_of, tagged
from transforms.events.en.voices import Voices
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, words

Span = tuple[int, int]

_WOULD = frozenset(("would", "could", "can", "may", "might", "should", "must", "'d", "’d"))
_SELF = frozenset(("i", "we", "you"))
#: Objects that are what was said before, or nothing that is said.
_BARE = frozenset(("this", "that", "it", "so", "what", "which", "they", "he", "she", "them"))


#: What stands behind an object and is reported with it.
_WITH_OBJECT = ("prep", "advcl", "acl", "oprd", "advmod")


class Reports:
    """Finds what reporting verbs tie to their sources."""

    def __init__(self, tree: Tree, bounds: Sequence[Span], voices: Voices) -> None:
        self._tree = tree
        self._bounds = bounds
        self._voices = voices

    def read(self, spoken_by: frozenset[int]) -> Iterator[Statement]:
        """All of them in the order of their verbs; ``spoken_by`` are the cues of quotations."""
        tree, verbs = self._tree, reporting("verb", "claim")
        for first, last in self._bounds:
            for i in range(first, last + 1):
                if tree.lemma[i] not in verbs or i in spoken_by:
                    continue
                found = None
                if tree.pos[i] == "VERB":
                    found = self._verb(i, first, last)
                elif tree.pos[i] in ("NOUN", "PROPN") and tree.tag[i] != "NNP":
                    found = self._taken_for_noun(i, first, last)
                if found is not None:
                    yield found

    def _verb(self, verb: int, first: int, last: int) -> Statement | None:
        tree = self._tree
        if self._is_unsaid(verb):
            return None
        source = self._inverted(verb) or self._voices.subject(verb) or self._carrier(verb)
        if source is None or tree.lower[source.head] in _SELF:
            return None
        gap: Span | None = None
        span = self._clause(verb, source, last)
        if span is None and (tag := tag_of(tree, verb, source)) is not None:
            span, gap = tagged(tree, verb, tag, first, last), tag
        if span is None:
            span = self._object(verb, source, last) or self._wanted(verb, source)
        if span is None:
            return None
        return statement_of(tree, self._voices, span, source, verb, self._kind(verb, source), gap)

    def _is_unsaid(self, verb: int) -> bool:
        """Whether it is not said, or only might be: did not say that, would say."""
        tree = self._tree
        return any(
            tree.dep[c] == "neg" or tree.lower[c] in _WOULD for c in tree.children[verb] if c < verb
        )

    def _kind(self, verb: int, source: Source) -> Kind:
        tree = self._tree
        if tree.lemma[verb] in reporting("verb", "estimate"):
            return "estimate"
        shown = tree.lemma[verb] in reporting("verb", "showing")
        if shown and tree.lemma[source.head] in words("claims.data"):
            return "according_to"
        return "indirect"

    # sources that are no subjects

    def _inverted(self, verb: int) -> Source | None:
        """The source behind its verb that the parse has as an object: ..., reported the mayor."""
        tree = self._tree
        thing = tree.child(verb, "dobj")
        if tree.lemma[verb] in reporting("verb", "addressed"):
            return None
        told = any(tree.dep[c] == "ccomp" and c < verb for c in tree.children[verb])
        aside = tree.dep[verb] in ("advcl", "conj") and tree.tag[verb] in ("VBD", "VBZ")
        aside = aside and tree.child(verb, "mark", "advmod", *SUBJECTS) is None
        if not (told or aside) or thing is None or thing < verb or not is_parted(tree, verb - 1):
            return None
        speaks = words("sources.institution") | words("claims.person")
        able = tree.pos[thing] == "PROPN" or tree.lemma[thing] in speaks
        if tree.dep[verb] == "conj" and not able:
            return None  # the mill cut wages, reported a loss
        return source_of(tree, thing, verb, "reported")

    def _carrier(self, verb: int) -> Source | None:
        """What is written that says so: a letter saying that, a report warning of."""
        tree = self._tree
        noun = tree.head[verb]
        if tree.dep[verb] != "acl" or tree.tag[verb] != "VBG" or noun > verb:
            return None
        if tree.child(verb, "ccomp") is None and tree.lemma[noun] not in words("claims.document"):
            return None
        found = source_of(tree, noun, verb, "reported")
        if found is None or found.last < verb:
            return found
        return Source(found.first, noun, noun, verb, "reported")

    def _taken_for_noun(self, word: int, first: int, last: int) -> Statement | None:
        """A closing verb that was taken for a noun: ..., British intelligence estimates."""
        tree = self._tree
        own = [c for c in tree.children[word] if c < word and tree.dep[c] not in ("ccomp", "punct")]
        start = min((tree.left_edge(c) for c in own), default=word)
        if start <= first + 1 or start == word or not is_parted(tree, start - 1):
            return None
        if any(tree.pos[i] not in ("PUNCT", "SPACE") for i in range(word + 1, last + 1)):
            return None
        source = Source(start, word - 1, word - 1, word, "reported")
        kind = self._kind(word, source)
        return statement_of(tree, self._voices, (first, start - 1), source, word, kind)

    # what is said

    def _clause(self, verb: int, source: Source, last: int) -> Span | None:
        """The clause after a verb, to the end of what the verb has below it."""
        tree = self._tree
        told = tree.lemma[verb] in reporting("verb", "addressed")
        told = told or (tree.tag[verb] == "VBN" and tree.child(verb, "aux") is None)
        labels = ("ccomp",) if told else ("ccomp", "xcomp")  # told to leave, said to be ill
        behind = (c for c in tree.children[verb] if c > verb and c > source.first)
        if tree.lemma[verb] in reporting("verb", "finding"):
            behind = (c for c in behind if tree.is_verb(c))  # it showed itself able
        clause = next((c for c in behind if tree.dep[c] in labels), None)
        clause = clause if clause is not None else self._that(verb)
        if clause is None:
            return None
        start = max(tree.left_edge(clause), verb + 1)
        thing = tree.child(verb, "dobj")
        if thing is not None and verb < thing < start and tree.child(clause, *SUBJECTS) is None:
            start = tree.left_edge(thing)  # announced 40 million for health will be spent
        if source.first > verb:
            start = max(start, source.last + 1)
        while start < clause and (
            (tree.lower[start] == "that" and tree.dep[start] == "mark") or is_mark(tree, start)
        ):
            start += 1
        edge = max(tree.right_edge(verb), tree.right_edge(clause))
        end = last if tree.head[verb] == verb else min(edge, last)
        return start, until_next(tree, verb, clause + 1, end)

    def _that(self, verb: int) -> int | None:
        """The clause of a "that" which the parse hangs on a noun between: said last year that."""
        tree = self._tree
        for i in range(verb + 1, min(tree.right_edge(verb), verb + 12) + 1):
            if tree.lower[i] == "that" and tree.dep[i] == "mark":
                stray = tree.dep[tree.head[i]] in ("relcl", "acl")
                return tree.head[i] if stray and tree.is_verb(tree.head[i]) else None
            if tree.is_verb(i):
                return None
        return None

    def _object(self, verb: int, source: Source, last: int) -> Span | None:
        """What is reported as an object: reported 40 deaths, put the loss at 3 million."""
        tree = self._tree
        lemma = tree.lemma[verb]
        if lemma not in reporting("verb", "object"):
            return None
        written = tree.lemma[source.head] in words("claims.document")
        if lemma in reporting("verb", "finding") and not (written or self._is_put(verb)):
            return None
        passive = tree.child(verb, "nsubjpass")
        if passive is not None and source.first > verb:
            by = tree.head[source.head]
            return tree.left_edge(passive), (by if by > verb else source.first) - 1
        thing = next((c for c in tree.children[verb] if c > verb and tree.dep[c] == "dobj"), None)
        if thing is None or thing < source.first < verb:
            return None
        if tree.lower[thing] in _BARE or tree.tag[thing] == "WDT":
            return None
        subject = tree.child(verb, "nsubj")
        if subject is not None and tree.tag[subject] in ("WDT", "WP"):
            return None
        end = tree.right_edge(thing)
        for c in tree.children[verb]:
            another = tree.dep[c] == "conj" and tree.pos[c] in ("NOUN", "PROPN", "NUM")
            if c > end and (another or tree.dep[c] in _WITH_OBJECT):
                if tree.dep[c] == "advcl" and tree.lower[tree.left_edge(c) - 1] == ",":
                    break
                end = tree.right_edge(c)
        return tree.left_edge(thing), min(end, last)

    def _is_put(self, verb: int) -> bool:
        """Whether a verb puts something at a number."""
        tree = self._tree
        return tree.lemma[verb] in reporting("verb", "preposition") and any(
            tree.dep[c] == "prep"
            and tree.lower[c] == "at"
            and any(tree.tag[i] == "CD" for i in range(c, tree.right_edge(c) + 1))
            for c in tree.children[verb]
        )

    def _wanted(self, verb: int, source: Source) -> Span | None:
        """What a relative clause is about: the 5% that analysts had forecast."""
        tree = self._tree
        noun = tree.head[verb]
        if tree.dep[verb] != "relcl" or noun > verb or source.first <= noun:
            return None
        thing = tree.child(verb, "dobj")
        if thing is not None and tree.tag[thing] != "WDT":
            return None
        return tree.left_edge(noun), min(tree.left_edge(verb), source.first) - 1
