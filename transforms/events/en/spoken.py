"""Quotations that are statements, each from its first to its last mark, and who speaks them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.events.en.sources import Source, source_of
from transforms.events.en.statement import Statement
from transforms.events.en.tags import is_aside
from transforms.events.en.voices import Voices
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting

#: Tokens that some quoted words have at least to be somebody's view and no name.
_PHRASE = 6
_ENDS = ".,!?…—–"
_OPENS = '.,:!?…—–”"»)'


class Spoken:
    """Finds the statements that stand in quotation marks."""

    def __init__(self, tree: Tree, text: str, voices: Voices) -> None:
        self._tree = tree
        self._text = text
        self._voices = voices
        self._quotes = voices.quotations
        self._said = reporting("verb", "claim") | reporting("verb", "quote")

    def read(self) -> list[Statement]:
        """Each quotation that is a statement; those that one cue parts are one."""
        found: list[Statement] = []
        for n, (start, end) in enumerate(self._quotes):
            before = found[-1] if found else None
            if before is not None and start < before.end:
                continue
            cue = self._before(n) or self._after(n)
            whole = self._is_whole(start, end)
            if cue is not None and (whole or self._is_clause(start, end)):
                found.append(Statement(start, end, cue[1], cue[0], "direct", True))
            elif whole and before is not None and self._runs_on(before, start):
                found[-1] = replace(before, end=end, gaps=(*before.gaps, (before.end, start)))
            elif whole and before is not None and self._resumes(before, start, end):
                found.append(Statement(start, end, before.source, None, "direct", True, True))
            elif whole and self._is_sentence(start, end):
                source = self._voices.speaker(start, end)
                if source is not None:
                    found.append(Statement(start, end, source, None, "direct", True))
        return found

    def phrases(
        self, known: Sequence[Statement], bounds: Sequence[tuple[int, int]]
    ) -> Iterator[Statement]:
        """Sentences with some words of who speaks beside them: prices are "far too high for us"."""
        tree = self._tree
        for start, end in self._quotes:
            first, last = tree.at(start), tree.at(end - 1)
            if last - first < _PHRASE or tree.sent[first] != tree.sent[last]:
                continue
            if any(one.start <= start and end <= one.end for one in known):
                continue
            no = tree.sent[first]
            source = self._voices.speaker(start, end)
            if source is None or no != tree.sent[source.head] + 1:
                continue
            low, high = bounds[no]
            if self._tells_of_a_person(low, high):
                continue
            while high > low and tree.pos[high] in ("PUNCT", "SPACE") and tree.end[high] != end:
                high -= 1
            yield Statement(tree.start[low], tree.end[high], source, None, "indirect", joined=True)

    def _tells_of_a_person(self, first: int, last: int) -> bool:
        """Whether a sentence tells what somebody did: he had to "turn the ship around"."""
        tree = self._tree
        root = next((i for i in range(first, last + 1) if tree.head[i] == i), first)
        subject = tree.child(root, *SUBJECTS)
        return subject is not None and (
            tree.ent[subject] == "PERSON" or tree.lower[subject] in ("he", "she", "they")
        )

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether a quotation is a sentence of its own and no words within another's."""
        text = self._text
        before = text[:start].rstrip(" ")
        opens = not before or before[-1] == "\n" or before[-1] in _OPENS
        inner = text[start + 1 : end].rstrip("”\"»'’ ")
        follows = text[end : end + 1]
        ended = inner[-1:] in tuple(_ENDS) or follows in (",", "") or follows == "\n"
        return opens and ended

    def _is_clause(self, start: int, end: int) -> bool:
        """Whether a quotation with a cue beside it has a verb of its own, or is an outcry."""
        tree = self._tree
        inside = range(tree.at(start), tree.at(end - 1) + 1)
        text = self._text[:start].rstrip(" ")
        if text and text[-1].isalpha() and not self._text[start + 1 : start + 2].isupper():
            return False
        return any(tree.is_verb(i) for i in inside)

    def _is_sentence(self, start: int, end: int) -> bool:
        tree = self._tree
        inside = range(tree.at(start), tree.at(end - 1) + 1)
        return any(tree.is_verb(i) and tree.tag[i] != "VBG" for i in inside)

    def _after(self, n: int) -> tuple[int, Source] | None:
        """The tag right behind a quotation."""
        tree, text = self._tree, self._text
        end = self._quotes[n][1]
        stop = self._quotes[n + 1][0] if n + 1 < len(self._quotes) else len(text)
        line = text.find("\n", end)
        stop = min(stop, line if line >= 0 else len(text))
        first = tree.at(end)
        while first < len(tree.start) and (
            tree.start[first] < end or tree.lower[first] in (",", "–", "—", "-")
        ):
            first += 1
        for i in range(first, min(first + 40, len(tree.start))):
            if tree.start[i] >= stop or tree.lower[i] in (".", ";", "?", "!"):
                return None
            if tree.lemma[i] in self._said and tree.pos[i] in ("VERB", "AUX"):
                source = self._voices.subject(i, "quoted")
                if source is None or self._voices.in_quotation(source.head):
                    continue
                clause = tree.child(i, "ccomp")
                if clause is not None and clause > i:
                    return None
                if min(i, source.first) <= first + 2 and not is_aside(tree, i):
                    return i, source
                return None
        return None

    def _before(self, n: int) -> tuple[int, Source] | None:
        """The verb before a quotation: he said, "..."."""
        tree, text = self._tree, self._text
        start = self._quotes[n][0]
        low = self._quotes[n - 1][1] if n else 0
        low = max(low, text.rfind("\n", 0, start) + 1)
        last = tree.at(start)
        if tree.start[last] >= start:
            last -= 1
        told = text[low:start].rstrip(" ")
        if not told:
            return None
        if told[-1] in ".!?":
            return None
        marked = told[-1] in ",:"
        for i in range(last, max(-1, last - 40), -1):
            if tree.start[i] < low or (tree.lower[i] in (".", "?", "!") and i < last):
                break
            if tree.lemma[i] in self._said and tree.pos[i] in ("VERB", "AUX"):
                if not marked and i < last - 1:
                    return None
                source = self._voices.subject(i, "quoted")
                if source is None or self._voices.in_quotation(source.head):
                    continue
                edge = max(i, source.last)
                if any(tree.lower[k] == "," for k in range(edge + 1, last)):
                    return None  # ..., says the mayor, with prices "barely" up
                return i, source
        return self._introduced(low, last) if told[-1] == ":" else None

    def _introduced(self, low: int, last: int) -> tuple[int, Source] | None:
        """Who is told of before a colon: she went to the court again: "..."."""
        tree = self._tree
        for i in range(tree.at(low), last):
            named = tree.pos[i] in ("PROPN", "PRON") and tree.dep[i] == "nsubj"
            named = named and tree.tag[i] not in ("WP", "WDT")
            if named and tree.start[i] >= low and not self._voices.in_quotation(i):
                source = source_of(tree, i, tree.head[i], "quoted")
                return (tree.head[i], source) if source is not None else None
        return None

    def _runs_on(self, before: Statement, start: int) -> bool:
        """Whether only the cue of a quotation, or a paragraph's end, parts it from the next."""
        between = self._text[before.end : start]
        if "\n" in between:
            closed = self._text[before.end - 1] in "”\"»'"
            return not closed and not between.strip()
        if not between.strip():
            return True
        ended = len(re.findall(r"[.!?](?=\s|$)", between.rstrip()))
        if before.cue is None or not before.end <= self._tree.start[before.cue] < start:
            return False
        return ended <= 1

    def _resumes(self, before: Statement, start: int, end: int) -> bool:
        """Whether a quotation is the next paragraph, or the next sentence, of the same speaker."""
        text = self._text
        between = text[before.end : start]
        line = text.rfind("\n", 0, start) + 1
        opens = not text[line:start].strip()
        paragraphs = [part for part in between.split("\n") if part.strip()]
        if opens and len(paragraphs) <= 1 and "\n" in between:
            first = between.split("\n")[0]
            return len(paragraphs) == bool(first.strip())
        return False
