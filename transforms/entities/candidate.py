"""A span of a text that may be a name. All positions are characters of the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transforms.entities.lexicon import Known
from transforms.entities.manual import RuleName
from transforms.entities.scores import Scores

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: The tagger's labels that are names.
NAMES = frozenset(
    ("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW")
)
PLACES = frozenset(("GPE", "LOC", "FAC"))
HYPHENS = frozenset(("-", "‐", "‑"))
#: Signs that tokens keep at their edges and that belong to no name.
_EDGES = ' \t\n\xa0-–—~*_<>"“”«»•'


@dataclass(slots=True)
class Candidate:
    """A span that may be a name. ``first`` and ``last`` are token indices, ``last`` exclusive."""

    start: int
    end: int
    first: int
    last: int
    text: str
    label: str
    rule: RuleName
    known: tuple[Known, ...] = ()
    titled: str = ""
    kind: str = ""
    evidence: Scores = field(default_factory=Scores)

    def within_tokens(self, doc: Doc) -> bool:
        """Whether its tokens hold more letters than it: a word has run into the name."""
        last = doc[self.last - 1]
        return doc[self.first].idx < self.start or last.idx + len(last) > self.end + 1

    def overlaps(self, other: Candidate) -> bool:
        return self.start < other.end and other.start < self.end


def candidate(doc: Doc, first: int, last: int, label: str, rule: RuleName) -> Candidate:
    """The candidate over these tokens, without the signs and the white space at its edges."""
    text = doc[first:last].text
    bare = text.lstrip(_EDGES)
    start = doc[first].idx + len(text) - len(bare)
    bare = bare.rstrip(_EDGES) or bare
    return Candidate(start, start + len(bare), first, last, bare, label, rule)


def standing(doc: Doc, words: Iterable[str], attribute: str = "ORTH") -> list[int]:
    """The indices of the tokens whose text (or other attribute of spaCy's) is among the words."""
    wanted = {doc.vocab.strings[word] for word in words}
    return [i for i, value in enumerate(doc.to_array(attribute).tolist()) if value in wanted]


def capitalised(doc: Doc) -> list[int]:
    """The indices of the tokens that begin with a capital."""
    first_letters = doc.to_array("PREFIX").tolist()
    capitals = {letter for letter in set(first_letters) if doc.vocab.strings[letter].isupper()}
    return [index for index, letter in enumerate(first_letters) if letter in capitals]
