"""How is the index laid down, so that a page loads only what a question needs?

An index is of *units*, numbered from 0: names, those in most articles first, or of a stretch of
articles the titles and sentences, those of the oldest article first. It lies in pieces, each a
script that hands its content to ``dateline.piece``: ``w0.js``, ``w1.js`` have the words in the
order of their UTF-16, each with the numbers of its units; ``t0.js``, ``t1.js`` the units
themselves, in the order of their numbers. A directory says with which word each piece of words
begins and with which unit each piece of texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pages.search.folding import LEFT_OUT, words
from pages.search.postings import encoded
from pages.site import File

#: Characters of a piece: another article or word begins no later than behind so many.
WORDS, TEXTS = 8_000, 10_000
#: And a long article goes on in another piece behind so many.
MOST = 20_000

#: A sentence and the id of the first row in it, empty if there is none.
Sentence = tuple[str, str]


def script(call: str, *arguments: Any) -> bytes:
    """A script that hands on its arguments."""
    written = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in arguments)
    return f"dateline.{call}({','.join(written)});\n".encode()


@dataclass
class Index:
    """An index that is being made; its pieces are given as soon as they are full.

    Memory: the numbers of all units by word, and one piece of texts.
    """

    name: str
    units: int = 0
    _heads: list[int] = field(default_factory=list)
    _units_of: dict[str, list[int]] = field(default_factory=dict)
    _first: list[int] = field(default_factory=list)
    _piece: list[Any] = field(default_factory=list)
    _size: int = 0

    def add_name(self, shown: list[Any], spellings: Iterable[str]) -> Iterator[File]:
        """A unit that is found by the words of all its spellings and shown as ``shown``."""
        if self._size >= TEXTS:
            yield self._full()
        self._put(shown, len(str(shown)))
        self._unit({word for spelling in spellings for word in words(spelling)})

    def add_article(self, head: list[str], title: str, said: list[Sentence]) -> Iterator[File]:
        """An article: its title is a unit, and so is each of its sentences.

        ``head`` is what is shown of it. A piece has of an article ``[*head, n, [text, row, ...]]``,
        its sentences from the n-th on (the title is the 0th).
        """
        if self._size >= TEXTS:
            yield self._full()
        self._heads.append(self.units)
        texts: list[str] = []
        about = len(str(head))
        self._put([*head, 1, texts], about)
        self._unit(set(words(title)))
        for number, (text, row_id) in enumerate(said, 1):
            if self._size >= MOST:
                yield self._full()
                texts = []
                self._put([*head, number, texts], about)
            texts += (text, row_id)
            self._size += len(text) + len(row_id) + 6
            self._unit(set(words(text)))

    def close(self) -> Iterator[File]:
        """The last of the texts, and the words."""
        if self._piece:
            yield self._full()
        yield from self._words()

    def directory(self) -> dict[str, Any]:
        """What a page must know to find a piece; once closed."""
        return {
            "name": self.name,
            "units": self.units,
            "heads": encoded(self._heads),
            "texts": encoded(self._first),
            "words": self._starts,
        }

    def _put(self, one: list[Any], size: int) -> None:
        if not self._piece:
            self._first.append(self.units)
        self._piece.append(one)
        self._size += size

    def _unit(self, found_by: set[str]) -> None:
        for word in found_by:
            if word not in LEFT_OUT:
                self._units_of.setdefault(word, []).append(self.units)
        self.units += 1

    def _full(self) -> File:
        file = self._file(f"t{len(self._first) - 1}", self._piece)
        self._piece, self._size = [], 0
        return file

    def _words(self) -> Iterator[File]:
        self._starts: list[str] = []
        lines: list[str] = []
        size = 0
        for word in sorted(self._units_of, key=lambda word: word.encode("utf-16-be")):
            line = f"{word} {encoded(self._units_of[word])}"
            if lines and size + len(line) > WORDS:
                yield self._file(f"w{len(self._starts) - 1}", "\n".join(lines))
                lines, size = [], 0
            if not lines:
                self._starts.append(word)
            lines.append(line)
            size += len(line) + 1
        if lines:
            yield self._file(f"w{len(self._starts) - 1}", "\n".join(lines))

    def _file(self, piece: str, content: Any) -> File:
        path = f"{self.name}/{piece}"
        return File(f"search/{path}.js", script("piece", path, content))
