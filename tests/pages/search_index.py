"""Reading an index of search as a browser does, plainly; and what it ought to find."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pages.search.folding import LEFT_OUT, words
from pages.search.pieces import Index
from pages.search.postings import DIGITS
from pages.search.reading import Article
from pages.site import File


def decoded(text: str) -> list[int]:
    """What :func:`pages.search.postings.encoded` wrote."""
    numbers, gap, shift, before = [], 0, 0, -1
    for digit in text:
        value = DIGITS.index(digit)
        gap += (value & 31) << shift
        shift += 5
        if value < 32:
            before += gap + 1
            numbers.append(before)
            gap = shift = 0
    return numbers


@dataclass(frozen=True)
class Laid:
    """An index by its files: the content of each piece, and its directory."""

    pieces: dict[str, Any]
    directory: dict[str, Any]

    def units(self, word: str) -> list[int]:
        """The units that have a word, found in the one piece that may have it."""
        starts = self.directory["words"]
        at = max((n for n, start in enumerate(starts) if _utf16(start) <= _utf16(word)), default=0)
        for line in self.pieces.get(f"w{at}", "").split("\n"):
            if line.partition(" ")[0] == word:
                return decoded(line.partition(" ")[2])
        return []

    def all(self, asked: Iterable[str]) -> list[int]:
        """The units that have all these words, but for those that no index has."""
        wanted = [set(self.units(word)) for word in asked if word not in LEFT_OUT]
        return sorted(set.intersection(*wanted)) if wanted else []

    def said(self, unit: int) -> tuple[list[str], str, str]:
        """Of a unit what is shown of its article, its text and the id of its row."""
        firsts, heads = decoded(self.directory["texts"]), decoded(self.directory["heads"])
        at = max(n for n, first in enumerate(firsts) if first <= unit)
        head = max(n for n, first in enumerate(heads) if first <= unit)
        begun = max(n for n, first in enumerate(heads) if first <= firsts[at])
        *shown, first, texts = self.pieces[f"t{at}"][head - begun]
        number = unit - heads[head] - first
        return (shown, shown[1], "") if number < 0 else (shown, *texts[2 * number : 2 * number + 2])


def laid(articles: Sequence[Article]) -> Laid:
    """The index of some articles."""
    index = Index("one")
    files = [file for one in articles for file in index.add_article(*_parts(one))]
    files += index.close()
    return Laid(dict(map(_read, files)), index.directory())


def scanned(articles: Sequence[Article], questions: Sequence[Sequence[str]]) -> list[list[int]]:
    """What an index ought to find for each question, its words: every text looked at."""
    every = [set(words(text)) for text in texts(articles)]
    wanted = [set(asked) - LEFT_OUT for asked in questions]
    return [[n for n, has in enumerate(every) if some and some <= has] for some in wanted]


def texts(articles: Sequence[Article]) -> list[str]:
    """The units of some articles."""
    return [text for one in articles for text in (one.title, *(text for text, _ in one.sentences))]


def _parts(article: Article) -> tuple[list[str], str, list[tuple[str, str]]]:
    return [article.article_id, article.title], article.title, article.sentences


def _read(file: File) -> tuple[str, Any]:
    call = file.data.decode()
    assert call.startswith("dateline.piece(")
    assert call.endswith(");\n")
    path, content = json.loads(f"[{call[len('dateline.piece(') : -3]}]")
    assert file.path == f"search/{path}.js"
    return path.partition("/")[2], content


def _utf16(word: str) -> bytes:
    return word.encode("utf-16-be")
