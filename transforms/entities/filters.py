"""What is set aside: amounts, fields of office, acronyms of common words, names without support."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from transforms.entities.evidence import LEGAL_FORMS
from transforms.entities.kinds import Name
from transforms.entities.lexicon import lexicon, not_names
from transforms.entities.names import is_acronym, word_set
from transforms.entities.spans import PLACES, Candidate
from transforms.entities.support import is_cut
from transforms.reference import reference

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Words of offices: what stands before them is the office's field, not an organisation.
_OFFICES = frozenset(("Minister", "Ministers", "Secretary", "Commissioner", "Spokesperson"))
#: Offices and studies whose field follows "of", "for" or "in".
_FIELDS = word_set(
    "minister ministers secretary commissioner ministry professor lecturer bachelor master masters "
    "doctor degree diploma phd branch faculty studied graduated department"
)
#: Heads of plans, papers and goods, which are no laws, works, products or buildings by themselves.
_LOOSE = word_set(
    "Project Policy Strategy Programme Program Index Survey Bond Bonds Missile Missiles Bonus "
    "Agreement Model Visa"
)
#: Honours, and the words before them that name no one honour.
_HONOURS = word_set("Award Awards Prize Prizes Medal Medals")
#: What is laid up in a reserve that is no place.
_STOCKS = word_set("Petroleum Oil Gas Grain Wheat Food Gold Currency Foreign Cash Capital Uranium")
_ANY = word_set(
    "Special Art Arts Audience Film Music Book Jury Grand First Second Third Top Best Main Annual "
    "Gold Silver Bronze Merit Service Honorary Lifetime Achievement"
)
_PLAIN = _LOOSE | word_set("Market Building Line Farm")
_MINOR = frozenset(("LAW", "WORK_OF_ART", "PRODUCT", "FAC", "EVENT"))
_SCORE = re.compile(r"^[\d.,/]+ |\d-\d+$|\d(?:st|nd|rd|th)$|[\"“”]")
#: The least support for a name of several words and of one: below it, more are wrong than right.
SUPPORT = {
    "ORG": (2.3, 1.5),
    "PERSON": (2.3, 1.0),
    "GPE": (2.3, 1.5),
    "LOC": (2.3, 1.9),
    "FAC": (1.8, 1.5),
    "NORP": (2.2, 2.2),
    "PRODUCT": (2.0, 1.8),
    "EVENT": (2.2, 2.0),
    "LAW": (2.4, 2.0),
    "WORK_OF_ART": (2.0, 2.0),
}
#: The same for names that only their surroundings speak for.
UNTAGGED = 2.5
_AMOUNT = re.compile(r"[$£€¥₹]|\b[Dd]lrs\b|^[A-Z][A-Za-z]{0,2}\.? ?[\d,.]+\d$")


def is_amount(doc: Doc, item: Candidate) -> bool:
    """Whether it is money or a number: "Tk 45", "NT$10,000", the "US" of "US$"."""
    if _AMOUNT.search(item.text):
        return True
    following = doc[item.last] if item.last < len(doc) else None
    before = doc[item.first - 1] if item.first else None
    if item.text in _units() and before is not None and before.text[-1].isdigit():
        return True
    if item.text in _currencies() and any(
        token is not None and token.text[:1].isdigit() for token in (before, following)
    ):
        return True
    return (
        following is not None
        and item.text in ("US", "U.S.", "A", "NT", "HK", "NZ")
        and (following.text.startswith("$") or following.lower_ in ("dollar", "dollars"))
    )


@cache
def _units() -> frozenset[str]:
    """Symbols of units, with metric prefixes: MW, km."""
    symbols: set[str] = set()
    for row in reference("units"):
        for symbol in row["symbols"].split("|"):
            symbols.add(symbol.strip())
            symbols |= {prefix + symbol.strip() for prefix in row["prefixes"].split()}
    return frozenset(symbols)


@cache
def _currencies() -> frozenset[str]:
    return frozenset(row["code"] for row in reference("currencies"))


def keeps(doc: Doc, name: Name) -> bool:
    """Whether the name is one; mentions that are none are taken out of it."""
    if not any(item.known for item in name.items):
        several, one = SUPPORT.get(name.kind, (0.0, 0.0))
        least = several if " " in name.text else one
        if not any(item.label for item in name.items):
            least = UNTAGGED
        if name.scores.get(name.kind, 0.0) < least:
            return False
    if not name.kind or name.text in not_names() or len(name.text) == 1:
        return False
    if not any(c.isalpha() for c in name.text) or all(
        word in LEGAL_FORMS for word in name.key.split()
    ):
        return False
    if name.kind in _MINOR and not name.known and _is_loose(name.text):
        return False
    if name.kind == "LOC" and not name.known and _is_stock(name.text):
        return False
    if not name.known and (
        name.kind in _MINOR or name.kind == "LOC" or (name.kind == "PERSON" and " " not in name.key)
    ):
        name.items = [item for item in name.items if not is_cut(doc, item)]
    if name.kind in PLACES and " " not in name.text:
        name.items = [item for item in name.items if not _is_coast(doc, item)]
    if not any(item.known for item in name.items):
        if name.kind in ("ORG", "PERSON", "LOC", "GPE"):
            name.items = [item for item in name.items if not _is_field(doc, item)]
        if " " not in name.text and name.key in _spelled_out(doc, name):
            return False
    return bool(name.items)


def _is_stock(text: str) -> bool:
    """Whether it is a reserve of goods or money; others are parks: the Moremi Game Reserve."""
    *before, head = text.split()
    return head in ("Reserve", "Reserves") and bool(before) and before[-1] in _STOCKS


def _is_loose(text: str) -> bool:
    """Whether it is a nationality's or country's anything, a general head, or a number's."""
    first, *rest = text.split()
    if not rest:
        return False
    if len(rest) == 1 and rest[0] in _HONOURS and first in _ANY:
        return True
    if _SCORE.search(text) or (len(rest) == 1 and rest[0] in _LOOSE):
        return True
    return rest[-1] in _PLAIN and any(entry.country for entry in lexicon().get(first))


def _is_coast(doc: Doc, item: Candidate) -> bool:
    """Whether it only tells which one is meant: "the East and Gulf coasts", "East and West Sea"."""
    words = [doc[i].lower_ for i in range(item.last, min(item.last + 3, len(doc)))]
    shores = (["coast"], ["coasts"], ["sea"], ["seas"])
    return words[:1] in shores[:2] or (words[:1] == ["and"] and words[2:] in shores)


def _is_field(doc: Doc, item: Candidate) -> bool:
    """Whether it is the field of an office or a degree: "Education" in "Minister of Education"."""
    if item.last < len(doc) and doc[item.last].text in _OFFICES:
        return True
    if item.first < 2 or doc[item.first - 1].text not in ("of", "for", "in"):
        return False
    return doc[item.first - 2].lower_ in _FIELDS


def _spelled_out(doc: Doc, name: Name) -> frozenset[str]:
    """The name's key, if it is an acronym of common words: "gross domestic product (GDP)"."""
    if not is_acronym(name.text):
        return frozenset()
    for item in name.items:
        index = item.first - 1
        if index > 1 and doc[index].text == "(":
            length = len(name.text.rstrip("s"))
            before = [doc[i] for i in range(max(0, index - length), index)]
            letters = "".join(token.text[0] for token in before if token.is_alpha)
            if letters.islower() and letters == name.text.rstrip("s").lower():
                return frozenset((name.key,))
    return frozenset()
