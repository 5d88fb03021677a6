"""One parsed article as the readers of figures walk over it: atoms, tokens, and the way between."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import TYPE_CHECKING

from transforms.considered import LeftOut
from transforms.figures.lexer import Atom, atoms
from transforms.figures.phones import phones

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from transforms.model import Parsed


class View:
    """Atoms and spaCy tokens of one text, looked up by each other's offsets."""

    def __init__(self, parsed: Parsed) -> None:
        self.text: str = parsed.text
        self.doc: Doc = parsed.doc
        self.country: str | None = parsed.article.country
        self.published: dt.date | None = parsed.article.published_date
        self.sentences = parsed.sentences
        self.ascii: bool = self.text.isascii()
        self.atoms: list[Atom] = atoms(self.text)
        self.phones = phones(self.text)
        self._starts: list[int] = parsed.doc.to_array("IDX").tolist()
        self._sentence_starts = [start for start, _ in parsed.sentences]

    def written(self, first: int, last: int) -> str:
        """The text from atom ``first`` to atom ``last`` (exclusive)."""
        return self.text[self.atoms[first].start : self.atoms[last - 1].end]

    def left_out(self, first: int, last: int, reason: str, detail: str) -> LeftOut:
        """What is no figure from atom ``first`` to atom ``last`` (exclusive)."""
        return LeftOut("figures", self.atoms[first].start, self.atoms[last - 1].end, reason, detail)

    def token_at(self, char: int) -> Token:
        """The token that covers a character (or the white space before the next one)."""
        return self.doc[max(0, bisect_right(self._starts, char) - 1)]

    def token(self, i: int) -> Token:
        """The token in which atom ``i`` begins."""
        return self.token_at(self.atoms[i].start)

    def sentence_no(self, char: int) -> int:
        return max(0, bisect_right(self._sentence_starts, char) - 1)

    def sentence(self, char: int) -> tuple[int, int]:
        """Start and end of the sentence that holds a character."""
        return self.sentences[self.sentence_no(char)]

    def words_near(self, i: int, reach: int = 30) -> set[str]:
        """The words and signs of the sentence up to some atoms before and after atom ``i``."""
        start, end = self.sentence(self.atoms[i].start)
        near = self.atoms[max(0, i - reach) : i + reach]
        return {atom.lower for atom in near if start <= atom.start and atom.end <= end}
