"""What the words around a name show of its kind. Weights are as in ``evidence``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from transforms.entities.candidate import Candidate
from transforms.entities.names import is_acronym, parts_of, straight
from transforms.entities.scores import Scores
from transforms.entities.titled import opening_noun
from transforms.entities.wording import (
    contexts,
    longest_title,
    may_end_title,
    month_names,
    weak_nouns,
)
from transforms.reference import reference
from transforms.time_words import names_of, time_entries
from transforms.words import reporting, time_words, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

HYPHENED = re.compile(r"-(\w+)")
#: Quotation marks round a title; single ones are also apostrophes.
_OPENING, _CLOSING = frozenset(('"', "“")), frozenset(('"', "”"))
#: What a title before a name says for a person, by the title's kind: cut off, and left outside.
_TITLED = {"honorific": 4.0, "rank": 3.5, "office": 3.0}
_TITLE_BEFORE = {"honorific": 4.0, "rank": 3.0, "office": 2.0}
#: Auxiliaries and pronouns that follow people more often than bodies.
_ACTS = frozenset(("was", "is", "has", "had", "who", "whose", "whom"))


@cache
def _dateline() -> re.Pattern[str]:
    """What follows the place in a dateline: "SEOUL (Reuters)", "PARIS, Dec 7", "KYIV --"."""
    return re.compile(
        r" ?(?:/[^/\n]{2,20})?(?:\([A-Z][A-Za-z ]+\)| [-–—]{1,2} |"
        rf", (?:{'|'.join(month_names())})\.? \d)"
    )


@cache
def _measured() -> re.Pattern[str]:
    """Ships and the like are told by their size: "the 366-metre (1,201-foot) NAME"."""
    rows = (row for row in reference("units") if row["code"] in ("m", "[ft_i]", "t", "[ston_av]"))
    names = sorted({name for row in rows for pair in names_of(row["words"]) for name in pair})
    return re.compile(rf"-(?:{'|'.join(names)})\)? $")


@cache
def _age() -> re.Pattern[str]:
    """An age behind a name: ", 45,", "(aged 45)", ", a 45-year-old", " 45 years old"."""
    years = [entry for entry in time_entries() if entry.value == "year"]
    unit, units = ("|".join(e.word for e in years if e.cls == cls) for cls in ("UNIT", "UNITS"))
    aged, old = ("|".join(sorted(found)) for found in (words("entities.aged"), time_words("old")))
    number = rf",? ?\(?(?:(?:{aged}) )?\d{{1,3}}"
    return re.compile(rf"{number}(?:[,)]| ?-(?:{unit})| (?:{units}) (?:{old}))")


def surroundings(doc: Doc, text: str, item: Candidate, scores: Scores, sport: bool = False) -> None:
    """What the words before and after this mention show."""
    before = _words_before(doc, item.first)
    after, possessive = _tokens_after(doc, item.last)
    if item.titled:
        scores.add("PERSON", _TITLED.get(item.titled, 2.0), "title", item.titled)
    else:
        _title_before(doc, item, scores)
    if before:
        _before(doc, item, before, scores, sport)
    apposed = _apposed(doc, item)
    if apposed:
        scores.add(apposed, 2.2, "apposed")
    described = _described(doc, item)
    if described:
        scores.add(described, 1.6, "described")
    kinds = {entry.kind for entry in item.known}
    if "LOC" in kinds and "NORP" in kinds:
        # "Baltic ports", but "from the Baltic to India"
        scores.add("NORP" if _qualifies(doc, item.last) else "LOC", 3.0, "group_or_region")
    if "LOC" in kinds and "ORG" in kinds:
        # "online at Amazon", but "across the Amazon"
        scores.add("LOC" if before[-1:] == ["the"] else "ORG", 2.0, "body_or_region")
    if after and not possessive:
        _after(after, scores, sport)
    elif after:
        _after_possessive(after, scores)
    if (
        item.text.isupper()
        and text[item.end : item.end + 1] == ":"
        and item.text.count(" ") < 3
        and (item.start == 0 or text[item.start - 1] == "\n")
        and len(item.text) > 4
    ):
        scores.add("GPE", 2.5, "line_opening")
    if (item.start == 0 or text[item.start - 1] in "\n/") and _dateline().match(text, item.end):
        scores.add("GPE", 4.0, "dateline")
    hyphened = HYPHENED.match(text, item.end) if text[item.end : item.end + 1] == "-" else None
    kind = contexts("hyphen").get(hyphened[1]) if hyphened else None
    if kind and (kind != "PERSON" or kind in kinds):
        scores.add(kind, 3.0, "hyphened")
    if _age().match(text, item.end):
        scores.add("PERSON", 2.5, "age")


def is_quoted(text: str, item: Candidate) -> bool:
    """Whether quotation marks stand right round the name, as round a title's."""
    before, after = text[item.start - 1 : item.start], text[item.end : item.end + 2]
    return before in _OPENING and after.lstrip(",.")[:1] in _CLOSING


def _before(doc: Doc, item: Candidate, before: list[str], scores: Scores, sport: bool) -> None:
    """What the one or two words before the name show."""
    word = before[-1]
    single = " " not in item.text
    kind = contexts("before").get(" ".join(before[-2:])) or contexts("before").get(word)
    if kind == "GPE":
        weight = 1.6 if word in ("in", "across", "near", "inside") else 1.2
        scores.add("GPE", weight, "word_before", word)
    elif kind:
        scores.add(kind, 1.2 if kind in ("ORG", "PERSON") else 1.6, "word_before", word)
    if word == "the" and doc[item.last - 1].tag_ == "NNPS" and single:
        scores.add("ORG" if sport else "NORP", 1.5, "plural")
    if word == "the" and single:
        scores.add("PERSON", -2.0, "article")
        scores.add("GPE", -1.0, "article")
        scores.add("ORG", 0.5, "article")
    elif word == "at":
        scores.add("FAC", 0.8, "at")
        scores.add("GPE", 0.6, "at")
        scores.add("ORG", 0.4, "at")
        scores.add("PERSON", -0.5, "at")
    elif word == "from":
        scores.add("GPE", 0.5, "from")
    elif before[-2:] == ["according", "to"]:
        scores.add("ORG", 0.4, "according_to")
        scores.add("PERSON", 0.4, "according_to")


def _after(after: list[Token], scores: Scores, sport: bool) -> None:
    """What the one or two words after the name show."""
    word = after[0].lower_
    if len(after) > 1:
        _phrase_after(after, scores)
    kind = contexts("after").get(word)
    if kind == "PERSON":
        scores.add("PERSON", 1.0, "word_after", word)
    elif kind == "ORG":
        scores.add("ORG", 1.3, "word_after", word)
    elif kind:
        scores.add(kind, 1.6, "word_after", word)
        if kind == "NORP":
            scores.add("PERSON", -1.0, "word_after", word)
    if after[0].pos_ == "VERB" and after[0].lemma_ in reporting("verb", "speech"):
        scores.add("PERSON", 1.2, "speech", word)
        scores.add("ORG", 0.3, "speech", word)
        scores.add("GPE", -0.3, "speech", word)
    elif word in _ACTS or word in words("entities.act"):
        scores.add("PERSON", 0.4, "act", word)
    kind = contexts("after_in_sport").get(word) if sport else None
    if kind:
        scores.add(kind, 1.5, "contest", word)


def _after_possessive(after: list[Token], scores: Scores) -> None:
    """The same after a possessive, where most words tell nothing: "NAME's coach"."""
    if len(after) > 1:
        _phrase_after(after, scores)
    word = after[0].lower_
    if contexts("after").get(word) == "PERSON":
        scores.add("PERSON", 1.0, "word_after", word)


def _phrase_after(after: list[Token], scores: Scores) -> None:
    phrase = " ".join(token.lower_ for token in after)
    kind = contexts("after").get(phrase)
    if kind:
        scores.add(kind, 2.2, "phrase_after", phrase)


def _title_before(doc: Doc, item: Candidate, scores: Scores) -> None:
    """A title just before the name that the tagger left outside."""
    if not item.first or not may_end_title(parts_of(doc[item.first - 1].text)):
        return
    before = [parts_of(doc[i].text) for i in range(max(0, item.first - 3), item.first)]
    for start in range(len(before)):
        parts = [word for token in before[start:] for word in token]
        taken, kind = longest_title(parts)
        if taken == len(parts) and taken:
            scores.add("PERSON", _TITLE_BEFORE.get(kind, 1.0), "title", " ".join(parts))
            if kind in ("honorific", "rank"):
                item.titled = kind
            return


def nouns_beside(doc: Doc, item: Candidate) -> frozenset[str]:
    """The kinds that the common nouns right before and right after a mention tell outright."""
    found = set()
    before, (after, possessive) = _words_before(doc, item.first), _tokens_after(doc, item.last)
    if before:
        found.add(contexts("before").get(before[-1], ""))
    if after and not possessive and after[0].lower_ not in weak_nouns():
        found.add(contexts("after").get(after[0].lower_, ""))
    return frozenset(found - {""})


def told(doc: Doc, text: str, item: Candidate) -> str:
    """The kind that the words beside a mention say outright, whatever its own words look like."""
    if (
        text[item.start - 1 : item.start] == " "
        and _measured().search(text, max(0, item.start - 40), item.start)
        and not is_acronym(item.text)
    ):
        return "PRODUCT"
    if item.label == "LOC":
        after = " ".join(token.lower_ for token in _tokens_after(doc, item.last)[0])
        if contexts("after").get(after) == "FAC":
            return "FAC"  # the Hope Creek nuclear plant: no creek
    return opening_noun(doc, item.first - 1) if item.first else ""


def placed(doc: Doc, item: Candidate) -> bool:
    """Whether the word before says that something is there: "through Harrow", "from Harrow"."""
    word = doc[item.first - 1].lower_ if item.first else ""
    return word in ("from", "through") or contexts("before").get(word) == "GPE"


def has_article(doc: Doc, item: Candidate) -> bool:
    """Whether "the" stands before the name, or may be left out: "two Red Sea ports"."""
    before = doc[item.first - 1].lower_ if item.first else ""
    return before == "the" or _qualifies(doc, item.last)


def stands_on(doc: Doc, item: Candidate) -> bool:
    """Whether a word of place stands right before: people are seldom "on", "at" or "near"."""
    return item.first > 0 and doc[item.first - 1].lower_ in ("on", "at", "in", "near", "up")


def _apposed(doc: Doc, item: Candidate) -> str:
    """The kind that a noun apposed before the name shows: "the largest lender, NAME, said"."""
    if item.first < 2 or doc[item.first - 1].text != ",":
        return ""
    closing = doc[item.last].text if item.last < len(doc) else "."
    noun = doc[item.first - 2]
    if closing not in (",", ".", ";", ")") or noun.pos_ != "NOUN":
        return ""
    return contexts("before").get(noun.lower_, "")


def _described(doc: Doc, item: Candidate) -> str:
    """The kind that a noun with its article shows behind the name: "NAME, a local charity,"."""
    index = item.last + 1
    if index + 1 >= len(doc) or doc[item.last].text != ",":
        return ""
    if doc[index].lower_ not in ("a", "an", "the"):
        return ""
    while index < min(len(doc) - 1, item.last + 7) and doc[index].pos_ != "NOUN":
        if doc[index].is_punct or doc[index].pos_ in ("VERB", "ADP"):
            return ""
        index += 1
    while index + 1 < len(doc) and doc[index + 1].pos_ == "NOUN":
        index += 1
    return contexts("before").get(doc[index].lower_, "")


def _qualifies(doc: Doc, last: int) -> bool:
    """Whether the word stands before a noun that it describes."""
    while last < len(doc) and doc[last].pos_ == "ADJ":
        last += 1
    return last < len(doc) and doc[last].pos_ in ("NOUN", "PROPN")


def _words_before(doc: Doc, first: int) -> list[str]:
    found: list[str] = []
    index = first - 1
    while index >= 0 and len(found) < 2:
        token = doc[index]
        if "\n" in token.text:
            break
        if token.is_alpha or token.text in ("to", "of"):
            found.append(token.lower_)
        elif not token.is_quote and not token.is_space:
            break
        index -= 1
    return found[::-1]


def _tokens_after(doc: Doc, last: int) -> tuple[list[Token], bool]:
    """The next two words, and whether the name is a possessive."""
    found: list[Token] = []
    possessive = False
    index = last
    while index < len(doc) and len(found) < 2:
        token = doc[index]
        if straight(token.text) in ("'s", "'") and index == last:
            possessive = True
        elif "\n" in token.text:
            break
        elif token.is_alpha:
            found.append(token)
        elif not token.is_quote and not token.is_space:
            break
        index += 1
    return found, possessive
