"""What speaks for the kind of a name: its letters, its words, and the words around it.

Weights are log-odds by feel: 1 is a hint, 2 is good, 4 decides unless contradicted.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from transforms.entities.gazetteer import CITY, COUNTY, REGION, Gazetteer, place_aliases
from transforms.entities.lexicon import contexts, longest_title, may_end_title, shapes
from transforms.entities.names import fold, is_acronym, is_mixed, straight, word_set, words
from transforms.entities.spans import PARTICLES, Candidate, opening_noun

if TYPE_CHECKING:
    from spacy.tokens import Doc

Scores = dict[str, float]

#: How far the tagger's label is trusted, for names of several words and of one.
_TAGGER = {
    "PERSON": (2.5, 1.5),
    "ORG": (2.0, 1.0),
    "GPE": (2.0, 1.8),
    "LOC": (2.0, 1.5),
    "FAC": (1.8, 1.0),
    "NORP": (2.0, 1.8),
    "EVENT": (2.0, 1.5),
    "LAW": (2.2, 1.5),
    "PRODUCT": (1.5, 1.0),
    "WORK_OF_ART": (1.5, 1.0),
}
#: What follows a company's name and is none itself.
LEGAL_FORMS = word_set("inc corp co ltd llc plc company corporation limited sa ag gmbh berhad bhd")
_SPEECH = word_set(
    "said says say told tells added adds explained noted stated stressed announced claimed argued "
    "insisted recalled replied admitted warned asked urged confirmed denied wrote tweeted "
    "emphasised emphasized pointed highlighted acknowledged declared remarked commented "
    "testified reiterated underlined underscored believes thinks hopes wants"
)
_ACTS = word_set(
    "was is has had died born met visited arrived resigned married won lost scored graduated "
    "joined started became served worked attended shared received thanked praised called "
    "laughed smiled remembers grew went came took made gave led who whose whom"
)
_CONTESTS = word_set(
    "beat beats defeated defeats lost won led leads trailed trails scored face faces faced host "
    "hosts hosted played plays play managed finished drew recorded knocked took held closed opened "
    "outscored quarterback striker coach midfielder forward guard defence defense fans players "
    "improved fell rallied dominated earned"
)
#: What follows the place in a dateline: "SEOUL (Reuters)", "PARIS, Dec 7", "KYIV --".
_DATELINE = re.compile(
    r" ?(?:/[^/\n]{2,20})?(?:\([A-Z][A-Za-z ]+\)| [-–—]{1,2} |, (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|"
    r"Sep|Oct|Nov|Dec)[a-z]*\.? \d)"
)
#: A family name and a given name of two syllables: "Kim Jong-un", "Lai Ching-te".
_EAST_ASIAN = re.compile(r"(?:[A-Z][a-z]+ )?[A-Z][a-z]{1,6} [A-Z][a-z]{1,6}-[a-z]{1,6}")
#: Ships and the like are told by their size: "the 366-metre (1,201-foot) NAME".
_MEASURED = re.compile(r"-(?:foot|feet|metre|meter|ton|tonne)\)? $")
#: Nouns that hint at a kind against others, but do not say that it is one.
_WEAK = word_set(
    "project scheme initiative plan program exam exams index survey report statue exhibit account "
    "accounts handle virus variant disease visas platform video currency deal refugee single play"
)
_AGE = re.compile(r",? ?\(?(?:aged? )?\d{1,3}(?:[,)]| ?-year| years old)")


def letters(name: str, scores: Scores, person: bool = False) -> None:
    """What the letters and words of the name itself show.

    ``person`` says that the tagger takes it for one: "Rosa Parks" is no park.
    """
    parts = name.split()
    sure = 1.5 if person and len(parts) == 2 else 3.5
    if len(parts) > 1:
        # "Lakeland Radio 4" is headed as without its number
        head = parts[-2] if parts[-1].isdigit() and len(parts) > 2 else parts[-1]
        last = shapes("last").get(head.rstrip("."))
        first = shapes("first").get(parts[0])
        of = any(part in ("of", "for", "de", "del") for part in parts[1:3])
        if first and (of or first in ("LOC", "FAC", "EVENT")):
            _add(scores, first, 3.5)
        elif first:
            _add(scores, first, 1.0)
        if last:
            inner_of = any(part in ("of", "for") for part in parts[1:-1])
            _add(scores, last, 1.5 if inner_of and first else sure)
        if _EAST_ASIAN.fullmatch(name):
            _add(scores, "PERSON", 2.5)
    elif is_acronym(name):
        _add(scores, "ORG", 1.8 if len(name) < 7 else 0.8)
        _add(scores, "PERSON", -1.5)
    elif is_mixed(name):
        _add(scores, "ORG", 1.5)
        _add(scores, "PERSON", -0.5)
    if len(parts) > 1 and any(fold(part) in LEGAL_FORMS for part in parts[1:]):
        # "Hospital Corp of America" is no hospital
        _add(scores, "ORG", 4.0)
    if any(c.isdigit() for c in name):
        _add(scores, "PERSON", -2.0)
        _add(scores, "PRODUCT", 0.5)
    if "&" in name:
        _add(scores, "ORG", 1.0)


def surroundings(doc: Doc, text: str, item: Candidate, scores: Scores, sport: bool = False) -> None:
    """What the words before and after this mention show."""
    before = _words_before(doc, item.first)
    after, possessive = _words_after(doc, item.last)
    single = " " not in item.text
    if item.titled:
        _add(scores, "PERSON", {"honorific": 4.0, "rank": 3.5, "office": 3.0}.get(item.titled, 2.0))
    else:
        _title_before(doc, item, scores)
    if before:
        kind = contexts("before").get(" ".join(before[-2:])) or contexts("before").get(before[-1])
        if kind == "GPE":
            _add(scores, "GPE", 1.6 if before[-1] in ("in", "across", "near", "inside") else 1.2)
        elif kind == "ORG":
            _add(scores, "ORG", 1.2)
        elif kind == "PERSON":
            _add(scores, "PERSON", 1.2)
        elif kind:
            _add(scores, kind, 1.6)
        if before[-1] == "the" and doc[item.last - 1].tag_ == "NNPS" and single:
            _add(scores, "ORG" if sport else "NORP", 1.5)
        if before[-1] == "the" and single:
            _add(scores, "PERSON", -2.0)
            _add(scores, "GPE", -1.0)
            _add(scores, "ORG", 0.5)
        elif before[-1] == "at":
            _add(scores, "FAC", 0.8)
            _add(scores, "GPE", 0.6)
            _add(scores, "ORG", 0.4)
            _add(scores, "PERSON", -0.5)
        elif before[-1] == "from":
            _add(scores, "GPE", 0.5)
        elif before[-1] in ("mr", "mrs", "ms", "dr"):
            _add(scores, "PERSON", 3.0)
        elif before[-2:] == ["according", "to"]:
            _add(scores, "ORG", 0.4)
            _add(scores, "PERSON", 0.4)
    apposed = _apposed(doc, item)
    if apposed:
        _add(scores, apposed, 1.2)
    if {"NORP", "LOC"} <= {entry.kind for entry in item.known}:
        # "Baltic ports", but "from the Baltic to India"
        _add(scores, "NORP" if _qualifies(doc, item.last) else "LOC", 3.0)
    if {"ORG", "LOC"} <= {entry.kind for entry in item.known}:
        # "online at Amazon", but "across the Amazon"
        _add(scores, "LOC" if before[-1:] == ["the"] else "ORG", 2.0)
    if after:
        word = after[0]
        phrase = contexts("after").get(" ".join(after), "") if len(after) > 1 else ""
        if phrase:
            _add(scores, phrase, 2.2)
        kind = contexts("after").get(word)
        if kind == "PERSON":
            _add(scores, "PERSON", 1.0)
        elif kind == "ORG" and not possessive:
            _add(scores, "ORG", 1.3)
        elif kind and not possessive:
            _add(scores, kind, 1.6)
            if kind == "NORP":
                _add(scores, "PERSON", -1.0)
        if word in _SPEECH and not possessive:
            _add(scores, "PERSON", 1.2)
            _add(scores, "ORG", 0.3)
            _add(scores, "GPE", -0.3)
        elif word in _ACTS and not possessive:
            _add(scores, "PERSON", 0.4)
    if sport and after and after[0] in _CONTESTS and not possessive:
        _add(scores, "ORG", 1.5)
    if (
        item.text.isupper()
        and text[item.end : item.end + 1] == ":"
        and item.text.count(" ") < 3
        and (item.start == 0 or text[item.start - 1] == "\n")
        and len(item.text) > 4
    ):
        _add(scores, "GPE", 2.5)
    if _DATELINE.match(text, item.end) and (item.start == 0 or text[item.start - 1] in "\n/"):
        _add(scores, "GPE", 4.0)
    if text.startswith("-based", item.end):
        _add(scores, "GPE", 3.0)
    if _AGE.match(text, item.end):
        _add(scores, "PERSON", 2.5)


def tagger(item: Candidate, scores: Scores) -> None:
    """The tagger's own opinion."""
    if item.label in _TAGGER:
        several, one = _TAGGER[item.label]
        _add(scores, item.label, several if " " in item.text else one)


def nouns_beside(doc: Doc, item: Candidate) -> frozenset[str]:
    """The kinds that the common nouns right before and right after a mention tell outright."""
    found = set()
    before, (after, possessive) = _words_before(doc, item.first), _words_after(doc, item.last)
    if before:
        found.add(contexts("before").get(before[-1], ""))
    if after and not possessive:
        found.add("" if after[0] in _WEAK else contexts("after").get(after[0], ""))
    return frozenset(found - {""})


def places(name: str, gazetteer: Gazetteer, scores: Scores) -> None:
    """Whether the gazetteer knows a place of that name, and how large a one."""
    if not name[:1].isupper() and name[:2] not in ("al", "el"):
        return
    if fold(name) in place_aliases():
        _add(scores, "GPE", 3.0)
        return
    found = gazetteer.find(name)
    if not found:
        bare = bare_place(name)
        if bare and gazetteer.known(bare):
            _add(scores, "GPE", 1.0)
        return
    weight = 0.0
    for place in found[:3]:
        size = math.log10(max(place.population, 10))
        if place.level == CITY:
            weight = max(weight, min(3.0, 0.5 * (size - 2.5)))
        elif place.level == REGION:
            weight = max(weight, 2.0)
        elif place.level == COUNTY:
            weight = max(weight, 0.6)
    if is_acronym(name) and len(name) < 5:
        weight = min(weight, 0.3)
    _add(scores, "GPE", max(weight, 0.2))


def bare_place(name: str) -> str:
    """The name without the word that tells its type: "Kursk" of "Kursk region", "Kursk Oblast"."""
    parts = name.split()
    if len(parts) > 1 and shapes("last").get(parts[-1].capitalize()) in ("GPE", "LOC"):
        return " ".join(parts[:-1])
    if len(parts) > 2 and parts[1] == "of" and shapes("first").get(parts[0]) == "GPE":
        return " ".join(parts[2:])
    return ""


def _title_before(doc: Doc, item: Candidate, scores: Scores) -> None:
    """A title just before the name that the tagger left outside."""
    if not item.first or not may_end_title(words(doc[item.first - 1].text)):
        return
    before = [words(doc[i].text) for i in range(max(0, item.first - 3), item.first)]
    for start in range(len(before)):
        parts = [word for token in before[start:] for word in token]
        taken, kind = longest_title(parts)
        if taken == len(parts) and taken:
            weight = {"honorific": 4.0, "rank": 3.0, "office": 2.0}.get(kind, 1.0)
            _add(scores, "PERSON", weight)
            if kind in ("honorific", "rank"):
                item.titled = kind
            return


def told(doc: Doc, text: str, item: Candidate) -> str:
    """The kind that the words beside a mention say outright, whatever its own words look like."""
    if not is_acronym(item.text) and _MEASURED.search(text, max(0, item.start - 40), item.start):
        return "PRODUCT"
    after = " ".join(_words_after(doc, item.last)[0])
    if item.label == "LOC" and contexts("after").get(after) == "FAC":
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


def _words_after(doc: Doc, last: int) -> tuple[list[str], bool]:
    found: list[str] = []
    possessive = False
    index = last
    while index < len(doc) and len(found) < 2:
        token = doc[index]
        if straight(token.text) in ("'s", "'") and index == last:
            possessive = True
        elif "\n" in token.text:
            break
        elif token.is_alpha:
            found.append(token.lower_)
        elif not token.is_quote and not token.is_space:
            break
        index += 1
    return found, possessive


def looks_like_person(name: str) -> bool:
    """Whether the name has the shape of a person's full name: two to five capitalised words."""
    parts = [part for part in name.split() if part not in PARTICLES]
    return 1 < len(parts) < 6 and all(
        part[0].isupper() and not any(c.isdigit() for c in part) for part in parts
    )


def _add(scores: Scores, kind: str, weight: float) -> None:
    scores[kind] = scores.get(kind, 0.0) + weight
