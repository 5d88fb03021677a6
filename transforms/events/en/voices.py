"""Who speaks: the subject of a reporting verb, and whoever a quotation near it is of."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.events.en.quotations import quotes
from transforms.events.en.sources import Source, source_of
from transforms.events.rules import Saying
from transforms.events.tree import Tree
from transforms.words import reporting

_NOUNS = ("NOUN", "PROPN", "PRON", "SYM", "X")


class Voices:
    """The sources of an article, asked for by verb or quotation."""

    def __init__(self, tree: Tree, text: str, bounds: Sequence[tuple[int, int]]) -> None:
        self._tree = tree
        self._text = text
        #: First and last token of each sentence.
        self._bounds = bounds
        #: Start and end of each quotation, marks inside.
        self.quotations = quotes(text)
        self._whole = frozenset(self.quotations)
        self._speakers: dict[int, Source | None] = {}

    def in_quotation(self, token: int) -> bool:
        """Whether a token stands between quotation marks."""
        at = self._tree.start[token]
        return any(a < at < b for a, b in self.quotations)

    def is_quotation(self, start: int, end: int) -> bool:
        """Whether some characters are one quotation from mark to mark."""
        return (start, end) in self._whole

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """Some characters with all of a quotation that begins among them, or right before them."""
        for a, b in self.quotations:
            if a + 1 == start and end < b:
                start = a
            if start <= a < end < b:
                end = b
        return start, end

    def subject(self, verb: int, rule: Saying = "reported") -> Source | None:
        """The one who reports, as subject or after "by"; a coordinated verb shares its subject."""
        tree = self._tree
        here = verb
        for _ in range(4):
            for child in tree.children[here]:
                if tree.dep[child] == "nsubj" and tree.tag[child] != "EX":
                    if tree.tag[child] in ("WP", "WDT") and tree.dep[here] == "relcl":
                        return source_of(tree, tree.head[here], verb, rule)
                    if tree.pos[child] not in _NOUNS or tree.tag[child] == "WDT":
                        continue
                    known = tree.lower[child] in ("that", "this", "which") or (
                        tree.lower[child] == "it"
                        and tree.lemma[here] not in reporting("verb", "preposition")
                    )
                    if known and tree.lemma[here] in reporting("verb", "finding"):
                        return None
                    return source_of(tree, child, verb, rule)
                if tree.dep[child] == "agent":
                    inner = tree.child(child, "pobj")
                    if inner is not None:
                        return source_of(tree, inner, verb, rule)
            if tree.dep[here] not in ("conj", "xcomp", "advcl"):
                return None
            if any(tree.dep[c] in ("nsubjpass", "auxpass") for c in tree.children[here]):
                return None
            aside = tree.dep[here] == "advcl"
            here = tree.head[here]
            outer = tree.head[here]
            if (
                aside
                and tree.dep[here] == "ccomp"
                and tree.lemma[outer] in reporting("verb", "claim")
            ):
                here = outer  # the minister said exports rose, noting that
        return None

    def speaker(self, start: int, end: int) -> Source | None:
        """Who speaks a quotation: in its sentence, else in the sentence before or after it."""
        tree = self._tree
        inner = max(start, end - 2)  # a closing mark may stand in the next sentence
        first, last = tree.sent[tree.at(start)], tree.sent[tree.at(inner)]
        for no in (*range(first, last + 1), first - 1, last + 1):
            if not 0 <= no < len(self._bounds):
                continue
            if no not in self._speakers:
                self._speakers[no] = self._of_sentence(no)
            found = self._speakers[no]
            if found is not None and (first <= no <= last or self._near(no, first, last)):
                return found
        return None

    def _of_sentence(self, no: int) -> Source | None:
        tree = self._tree
        first, last = self._bounds[no]
        said = reporting("verb", "claim") | reporting("verb", "quote")
        for token in range(first, last + 1):
            if tree.pos[token] == "VERB" and tree.lemma[token] in said:
                source = self.subject(token, "quoted")
                if source is not None and not self.in_quotation(source.head):
                    return source
        for token in range(first, last + 1):  # she went to the court again: "..."
            if tree.lower[token] == ":" and token < last + 1:
                root = next((i for i in range(first, token) if tree.head[i] == i), None)
                subject = tree.child(root, "nsubj") if root is not None else None
                if subject is None or self.in_quotation(subject):
                    continue
                if tree.pos[subject] in ("PROPN", "PRON"):
                    return source_of(tree, subject, root, "quoted")
        return None

    def _near(self, no: int, first: int, last: int) -> bool:
        """A neighbouring sentence introduces a quotation when it ends in a colon or is one."""
        tree, text = self._tree, self._text
        start = tree.start[self._bounds[no][0]]
        end = tree.end[self._bounds[no][1]]
        told = text[start:end].rstrip()
        if no < first:
            marks = (":", ",", "”", '"', "''", "»")
            return told.endswith(marks) or any(mark in told for mark in '“"«')
        return "\n" not in text[tree.end[self._bounds[last][1]] : start]
