"""The tagger's spans repaired: cut at signs, trimmed, joined over hyphens, parted from titles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from transforms.entities.bodies import after_field
from transforms.entities.candidate import HYPHENS, PLACES, Candidate, candidate
from transforms.entities.lexicon import lexicon
from transforms.entities.names import fold, particles, straight
from transforms.entities.place_words import abbreviated, type_words
from transforms.entities.titled import (
    after_title,
    inner_title,
    is_pageant,
    opening_noun,
    title_of,
)
from transforms.entities.trace import Trace
from transforms.entities.wording import (
    contexts,
    first_names,
    heads,
    is_capital,
    month_names,
    not_names,
    shapes,
)
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ARTICLES = frozenset(("the", "a", "an", "this", "that", "these", "those"))
_BEFORE = frozenset(("his", "her", "its", "their", "our", "my", "your", "one", "both", "all"))
_BREAKS = frozenset(("(", ")", "[", "]", "{", "}", ";", ":", "•", "|", "–", "—", "--", "=", "*"))


def repaired(
    doc: Doc, first: int, last: int, label: str, trace: Trace | None = None
) -> Iterator[Candidate]:
    """The names in one of the tagger's spans."""
    for start, end in _pieces(doc, first, last, label):
        first, last = _trimmed(doc, start, end)
        if label in PLACES and last - first > 1 and doc[last - 1].is_digit:
            # "in Sagaing 18": the number is the next word's, unless it counts roads or gates
            last -= doc[last - 2].text not in shapes("first")
        if first == last:
            if trace is not None:
                trace.leave(candidate(doc, start, end, label, "tagger"), "empty")
            continue
        last = hyphenated(doc, first, last)
        if label != "ORG":
            last = _unsigned(doc, first, last)
        if label == "ORG" and doc[last - 1].text in heads("numbered"):
            last = _numbered(doc, last)
        if label == "ORG":
            last = _undated(doc, first, last)
            holder = after_field(doc, first, last)
            named = all(doc[i].text[0].isupper() for i in range(holder, last))
            if holder > first and named and doc[last - 1].text not in shapes("last"):
                found = candidate(doc, holder, last, "PERSON", "title")
                found.titled = "office"
                yield found
                continue
        names = list(_untitled(doc, first, last, label))
        if not names and trace is not None:
            trace.leave(candidate(doc, first, last, label, "tagger"), "title_alone")
        yield from names


def _pieces(doc: Doc, first: int, last: int, label: str) -> Iterator[tuple[int, int]]:
    """The span cut at brackets, line ends and signs that no name holds, and lists of places."""
    start = first
    for index in range(first, last):
        token = doc[index]
        text = token.text
        cut = text in _BREAKS or "\n" in text
        if text in HYPHENS and token.whitespace_:
            cut = True
        if text == "," and label in ("GPE", "LOC", "PERSON", "NORP"):
            following = doc[index + 1].text.rstrip(".") if index + 1 < last else ""
            cut = not is_capital(following, "shared.generation")
        if text == "/" and label != "ORG":
            cut = True
        if text in HYPHENS and first < index < last - 1:
            # "the Iran-Iraq war"
            cut = cut or all(_is_country(doc[i].text) for i in (index - 1, index + 1))
        if cut:
            if start < index:
                yield start, index
            start = index + 1
    if start < last:
        yield start, last


def _is_country(word: str) -> bool:
    return any(entry.country and entry.kind == "GPE" for entry in lexicon().get(word))


def _trimmed(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Without articles, quotes, punctuation and lower-case words around the name."""
    while first < last:
        token = doc[first]
        lower = token.lower_
        if (
            lower in _ARTICLES
            or lower in _BEFORE
            or token.is_space
            or not any(c.isalnum() for c in token.text)
            or (token.text[0].islower() and not _may_begin(doc, first, last))
        ):
            first += 1
        else:
            break
    while first < last:
        token = doc[last - 1]
        text = token.text
        if (
            token.is_space
            or straight(text) in ("'s", "'")
            or (not any(c.isalnum() for c in text) and not (text == "." and last - first > 1))
            or (text == "." and not _is_dotted(doc, last - 2))
            or (text[0].islower() and not any(c.isupper() for c in text))
        ):
            last -= 1
        else:
            break
    return first, last


def _unsigned(doc: Doc, first: int, last: int) -> int:
    """The end of a name without what an agency's signing line goes on with: "Reporting by Anna
    Berg Editing by", "Anna Berg Dec 4"."""
    while last - first > 1 and (
        is_capital(doc[last - 1].text, "entities.signing")
        or (doc[last - 1].text in month_names() and last < len(doc) and doc[last].is_digit)
    ):
        last -= 1
    return last


def _numbered(doc: Doc, last: int) -> int:
    """The end of a broadcaster's name over its number: "Radio 4", "Radio Five Live"."""
    end = last
    while (
        end < min(len(doc), last + 2)
        and doc[end - 1].whitespace_
        and (doc[end].is_digit or (doc[end].is_title and doc[end].pos_ in ("PROPN", "NUM")))
    ):
        end += 1
    return end


def _undated(doc: Doc, first: int, last: int) -> int:
    """The end of a body's name without the year of what follows: "Ministry of Health 2020
    survey"."""
    year = doc[last - 1]
    of_noun = last < len(doc) and doc[last].pos_ == "NOUN"
    return last - (last - first > 1 and of_noun and year.is_digit and len(year) == 4)


def hyphenated(doc: Doc, first: int, last: int) -> int:
    """The end of the name over a hyphen at which it was cut: "Kim Jong" + "-un".

    A lower-case part belongs to a name of at least two words, unless it is a participle or
    another common word ("Seoul-based", "Beijing-backed").
    """
    while (
        last + 1 < len(doc)
        and doc[last].text in HYPHENS
        and not doc[last - 1].whitespace_
        and not doc[last].whitespace_
        and doc[last + 1].is_alpha
    ):
        part = doc[last + 1]
        if _is_country(part.text) and _is_country(doc[last - 1].text):
            break
        if part.text[0].isupper():
            if last - first == 1 and doc[last - 1].is_upper and not part.is_upper:
                break
        elif part.text not in type_words("hyphen") and (
            last - first < 2
            or part.text in contexts("hyphen")
            or len(part.text) > 6
            or part.is_stop
            or part.text.endswith(("ed", *words("entities.compound_end")))
            or part.tag_ in ("VBN", "VBD", "VBG", "NNS", "RB")
        ):
            break
        last += 2
    return last


def _may_begin(doc: Doc, first: int, last: int) -> bool:
    """Whether a name may begin with this lower-case word: "al-Shabaab", "de Gaulle", "iPhone"."""
    text = doc[first].text
    if any(c.isupper() for c in text):
        return True
    return text in particles("person") and first + 1 < last and doc[first + 1].text != "the"


def _is_dotted(doc: Doc, index: int) -> bool:
    return index >= 0 and is_capital(doc[index].text, "entities.dotted")


def _is_first_name(doc: Doc, index: int) -> bool:
    """Whether the title is rather a first name: nothing stands before it that has an office."""
    before = doc[index - 1] if index else None
    return doc[index].text in first_names() and (
        before is None or not (before.lower_ == "the" or before.pos_ in ("ADJ", "NOUN", "PROPN"))
    )


def _untitled(doc: Doc, first: int, last: int, label: str) -> Iterator[Candidate]:
    """The span without the titles before it, which show that a person follows."""
    if last - first > 3 and is_pageant(doc, first, first + 1):
        first, label = first + 2, "PERSON"
    first = after_title(doc, first, last) if label == "PERSON" else first
    if last - first > 1 and opening_noun(doc, first):
        first += 1
    rest, kind = title_of(doc, first, last)
    if rest - first == last - rest == 1 and _is_first_name(doc, first):
        rest = first  # Duke Ellington, but Dean James Ryan
    if rest == first or (label in PLACES and fold(doc[first].text) in abbreviated()):
        parts = [straight(doc[i].text) for i in range(first, last)]
        inner = inner_title(parts) if label == "PERSON" else 0
        if inner and doc[first + inner].is_quote:
            inner = 0  # Abdul “Duke” Hakim: what is quoted is a name
        found = candidate(doc, first + inner, last, label, "tagger")
        if inner:
            found.titled = "rank"
        yield found
        return
    if rest >= last:
        is_plain = doc[first:last].text in not_names()
        if kind in ("honorific", "rank") or label == "PERSON" or is_plain:
            return
        yield candidate(doc, first, last, label, "tagger")
        return
    after = doc[rest].text
    if after in ("of", "for", "to", "and", "in", "at", ","):
        if label == "ORG" and after != ",":
            inner_first, inner_last = _trimmed(doc, rest + 1, last)
            if inner_first < inner_last and after in ("of", "to", "in", "at"):
                yield candidate(doc, inner_first, inner_last, "", "title")
        elif label != "PERSON":
            yield candidate(doc, first, last, label, "tagger")
        return
    opens = after in shapes("first") or after in shapes("last")
    headed = doc[last - 1].text in shapes("last")  # "Majesty's Government"
    if kind == "honorific" and last - rest == 1:
        opens = headed = False  # "Mr Park"
    if label == "PERSON" or (kind in ("honorific", "rank") and not opens and not headed):
        inner_first, inner_last = _trimmed(doc, rest, last)
        if inner_first < inner_last:
            found = candidate(doc, inner_first, inner_last, "PERSON", "title")
            found.titled = kind
            yield found
        return
    if kind in ("office", "role") and label == "ORG" and not headed:
        found = candidate(doc, rest, last, "PERSON", "title")
        found.titled = kind
        yield found
        return
    yield candidate(doc, first, last, label, "tagger")
