"""Where names stand: the tagger's spans repaired, and the names that the reference tables know.

All positions are characters of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transforms.entities.lexicon import (
    Known,
    Lexicon,
    contexts,
    longest_title,
    may_end_title,
    not_names,
    shapes,
)
from transforms.entities.lexicon import (
    lexicon as known_names,
)
from transforms.entities.names import straight, word_set, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: The tagger's labels that are names.
NAMES = frozenset(
    ("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW")
)
PLACES = frozenset(("GPE", "LOC", "FAC"))

_ARTICLES = frozenset(("the", "a", "an", "this", "that", "these", "those"))
_BEFORE = frozenset(("his", "her", "its", "their", "our", "my", "your", "one", "both", "all"))
#: Small words that may stand within or begin a person's name.
PARTICLES = word_set(
    "al el bin ibn ben bint abu de da do dos das del della di du des le la van von der den ter "
    "ten af av zu zum zur y e ad as at ap san st"
)
HYPHENS = frozenset(("-", "‐", "‑"))
_BREAKS = frozenset(("(", ")", "[", "]", "{", "}", ";", ":", "•", "|", "–", "—", "--", "=", "*"))
#: Signs that tokens keep at their edges and that belong to no name.
_EDGES = '-–—~*_<>"“”«»•'


@dataclass(slots=True)
class Candidate:
    """A span that may be a name. ``first`` and ``last`` are token indices, ``last`` exclusive."""

    start: int
    end: int
    first: int
    last: int
    text: str
    label: str
    rule: str
    known: tuple[Known, ...] = ()
    titled: str = ""
    kind: str = ""
    evidence: dict[str, float] = field(default_factory=dict)

    def within_tokens(self, doc: Doc) -> bool:
        """Whether its tokens hold more letters than it: a word has run into the name."""
        last = doc[self.last - 1]
        return doc[self.first].idx < self.start or last.idx + len(last) > self.end + 1


def standing(doc: Doc, words: Iterable[str], attribute: str = "ORTH") -> list[int]:
    """The indices of the tokens whose text (or other attribute of spaCy's) is among the words."""
    wanted = {doc.vocab.strings[word] for word in words}
    return [i for i, value in enumerate(doc.to_array(attribute).tolist()) if value in wanted]


def capitalised(doc: Doc) -> list[int]:
    """The indices of the tokens that begin with a capital."""
    first_letters = doc.to_array("PREFIX").tolist()
    capitals = {letter for letter in set(first_letters) if doc.vocab.strings[letter].isupper()}
    return [index for index, letter in enumerate(first_letters) if letter in capitals]


def candidates(doc: Doc, text: str, lexicon: Lexicon) -> list[Candidate]:
    """The spans of the tagger, repaired, and of the lexicon, where they do not overlap."""
    found: list[Candidate] = []
    for entity in doc.ents:
        if entity.label_ in NAMES:
            found += _repaired(doc, entity.start, entity.end, entity.label_)
    glued = list(_glued(doc, text, lexicon))
    for item in glued:
        found = [other for other in found if other.end <= item.start or item.end <= other.start]
    known = sorted([*glued, *_known(doc, text, lexicon)], key=lambda item: (item.start, -item.end))
    return _merged(text, found, iter(known))


def candidate(doc: Doc, first: int, last: int, label: str, rule: str) -> Candidate:
    text = doc[first:last].text
    bare = text.lstrip(_EDGES)
    start = doc[first].idx + len(text) - len(bare)
    bare = bare.rstrip(_EDGES) or bare
    return Candidate(start, start + len(bare), first, last, bare, label, rule)


def _repaired(doc: Doc, first: int, last: int, label: str) -> Iterator[Candidate]:
    for start, end in _pieces(doc, first, last, label):
        first, last = _trimmed(doc, start, end)
        if label in PLACES and last - first > 1 and doc[last - 1].is_digit:
            # "in Sagaing 18": the number is the next word's, unless it counts roads or gates
            last -= doc[last - 2].text not in shapes("first")
        if first == last:
            continue
        last = hyphenated(doc, first, last)
        if label == "ORG" and doc[last - 1].text in _STATIONS:
            last = _station(doc, last)
        yield from _untitled(doc, first, last, label)


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
            cut = not (index + 1 < last and doc[index + 1].text.rstrip(".") in ("Jr", "Sr"))
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
    return any(entry.country and entry.kind == "GPE" for entry in known_names().get(word))


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
            or (text == "." and not _abbreviated(doc, last - 2))
            or (text[0].islower() and not any(c.isupper() for c in text))
        ):
            last -= 1
        else:
            break
    return first, last


_STATIONS = frozenset(("Radio", "Channel"))


def _station(doc: Doc, last: int) -> int:
    """The end of a broadcaster's name over its number: "Radio 4", "Radio Five Live"."""
    end = last
    while (
        end < min(len(doc), last + 2)
        and doc[end - 1].whitespace_
        and (doc[end].is_digit or (doc[end].is_title and doc[end].pos_ in ("PROPN", "NUM")))
    ):
        end += 1
    return end


_KOREAN_PLACE = word_set("dong gu ri ro do eup myeon gun si")


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
        elif part.text not in _KOREAN_PLACE and (
            last - first < 2
            or len(part.text) > 6
            or part.is_stop
            or part.text.endswith(("ed", "wide", "born", "led", "run", "made", "style"))
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
    return text in PARTICLES and first + 1 < last and doc[first + 1].text != "the"


def _abbreviated(doc: Doc, index: int) -> bool:
    return index >= 0 and doc[index].text in ("Inc", "Corp", "Ltd", "Co", "Jr", "Sr", "St", "Bros")


def opening_noun(doc: Doc, index: int) -> str:
    """The kind that a sentence's opening noun gives to the name after it: "Herder Batbayar"."""
    word = doc[index].text
    if not doc[index].is_sent_start or not word.istitle() or word in shapes("first"):
        return ""
    kind = contexts("before").get(word.lower(), "")
    return kind if kind in ("PERSON", "ORG") and not longest_title([word])[0] else ""


def _untitled(doc: Doc, first: int, last: int, label: str) -> Iterator[Candidate]:
    """The span without the titles before it, which show that a person follows."""
    first = after_title(doc, first, last) if label == "PERSON" else first
    if last - first > 1 and opening_noun(doc, first):
        first += 1
    parts = [straight(doc[i].text) for i in range(first, last)]
    taken, kind = longest_title(_joined(parts))
    if parts[0].rstrip(".") in ("St", "Saint") and label in PLACES:
        taken = 0
    if not taken:
        inner = _inner_title(parts) if label == "PERSON" else 0
        found = candidate(doc, first + inner, last, label, "tagger")
        if inner:
            found.titled = "rank"
        yield found
        return
    # titles were matched on joined words: find the token where they end
    rest = first + _tokens_of(parts, taken)
    if rest >= last:
        if kind in ("honorific", "rank") or label == "PERSON" or _plain(doc, first, last):
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
    if label == "PERSON" or (
        kind in ("honorific", "rank") and not opens and not _shaped(doc, rest, last)
    ):
        inner_first, inner_last = _trimmed(doc, rest, last)
        if inner_first < inner_last:
            found = candidate(doc, inner_first, inner_last, "PERSON", "title")
            found.titled = kind
            yield found
        return
    if kind in ("office", "role") and label == "ORG" and not _shaped(doc, rest, last):
        found = candidate(doc, rest, last, "PERSON", "title")
        found.titled = kind
        yield found
        return
    yield candidate(doc, first, last, label, "tagger")


def after_title(doc: Doc, first: int, last: int) -> int:
    """Where a person's span begins whose title was cut: "Chancellor of the | Exchequer Lawson"."""
    if last - first < 2 or not may_end_title(words(doc[first].text)):
        return first
    for start in range(max(0, first - 4), first):
        before_it = [doc[i] for i in range(start, first + 1) if not doc[i].is_space]
        words_ = _joined([straight(token.text) for token in before_it])
        before = len(words_) - 1
        if longest_title(words_)[0] == len(words_) > longest_title(words_[:before])[0]:
            return first + 1
    return first


def _inner_title(parts: Sequence[str]) -> int:
    """How many words stand up to a title within a person's span: two in "Danish Queen X"."""
    for index in range(1, len(parts) - 1):
        if longest_title([parts[index]])[1] in ("honorific", "rank") and parts[index].isalpha():
            return index + 1
    return 0


def _plain(doc: Doc, first: int, last: int) -> bool:
    return doc[first:last].text in not_names()


def _shaped(doc: Doc, first: int, last: int) -> bool:
    """Whether the words end in a head of organisations, places or laws ("Majesty's Government")."""
    return doc[last - 1].text in shapes("last")


def _joined(parts: Sequence[str]) -> list[str]:
    """Tokens as the words of titles: "Lt." is one token here and two words there."""
    joined: list[str] = []
    for part in parts:
        joined += words(part)
    return joined


def _tokens_of(parts: Sequence[str], taken: int) -> int:
    count = tokens = 0
    for part in parts:
        if count >= taken:
            break
        count += len(words(part))
        tokens += 1
    return tokens


def _known(doc: Doc, text: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """The names of the reference tables, at token limits or at hyphens within tokens."""
    for match in lexicon.matches(text):
        span = doc.char_span(match.start, match.end, alignment_mode="expand")
        if span is None:
            continue
        if (match.start > span.start_char and text[match.start - 1] not in "-–/’'(") or (
            match.end < span.end_char and text[match.end] not in "-–/.’'"
        ):
            continue
        yield Candidate(
            match.start,
            match.end,
            span.start,
            span.end,
            text[match.start : match.end],
            "",
            "reference",
            match.known,
        )


def _glued(doc: Doc, text: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """People's names with a word run into them, at characters within tokens."""
    for match in lexicon.glued(text):
        span = doc.char_span(match.start, match.end, alignment_mode="expand")
        if span is not None:
            yield Candidate(
                match.start,
                match.end,
                span.start,
                span.end,
                text[match.start : match.end],
                "PERSON",
                "reference",
                match.known,
            )


def _owned(text: str, other: Candidate, name: Candidate) -> bool:
    """Whether the longer span only adds whose or what it is: "Brando's Academy Award",
    "Bookmaker William Hill" as a person."""
    if other.label == "PERSON" and name.end == other.end and " " in name.text:
        return all(entry.kind == "ORG" for entry in name.known)
    before = straight(text[other.start : name.start]).rstrip()
    works = ("WORK_OF_ART", "EVENT", "PRODUCT", "LAW")
    return (
        before.endswith("'s")
        and name.end == other.end
        and all(entry.kind in works for entry in name.known)
    )


def _merged(text: str, tagged: list[Candidate], known: Iterator[Candidate]) -> list[Candidate]:
    """Both kinds of spans without overlaps, in order.

    A known name replaces spans within it and is left out within a longer span; where the two
    cross, the known name wins unless it is only a short form.
    """
    tagged.sort(key=lambda c: (c.start, -c.end))
    result: list[Candidate] = []
    position = 0
    for name in known:
        while position < len(tagged) and tagged[position].end <= name.start:
            result.append(tagged[position])
            position += 1
        inside = False
        crossing = position
        while crossing < len(tagged) and tagged[crossing].start < name.end:
            other = tagged[crossing]
            if (
                other.start <= name.start
                and name.end <= other.end
                and (other.start, other.end) != (name.start, name.end)
                and not _owned(text, other, name)
            ):
                inside = True
                break
            crossing += 1
        if inside:
            continue
        for other in tagged[position:crossing]:
            if (other.start, other.end) == (name.start, name.end) or not name.label:
                name.label = other.label
            name.titled = name.titled or other.titled
        result.append(name)
        position = crossing
    result += tagged[position:]
    result.sort(key=lambda c: (c.start, -c.end))
    kept: list[Candidate] = []
    for item in result:
        if kept and item.start < kept[-1].end:
            continue
        kept.append(item)
    return kept
