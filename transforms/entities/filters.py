"""What is set aside: amounts, fields of office, acronyms of common words, names without support."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from transforms.entities.candidate import PLACES, Candidate
from transforms.entities.lexicon import lexicon
from transforms.entities.name import Name
from transforms.entities.names import is_acronym
from transforms.entities.support import is_cut
from transforms.entities.trace import Refusal, Trace, take_out
from transforms.entities.wording import heads, is_capital, not_names
from transforms.reference import reference
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

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
_AMOUNT = re.compile(r"[$£€¥₹]|^[A-Z][A-Za-z]{0,2}\.? ?[\d,.]+\d$")


def is_amount(doc: Doc, item: Candidate) -> bool:
    """Whether it is money or a number: "Tk 45", "NT$10,000", the "US" of "US$"."""
    if not item.known and _AMOUNT.search(item.text):
        return True
    if not words("entities.money").isdisjoint(item.text.lower().split()):
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
        and item.text in _of_dollars()
        and (following.text.startswith("$") or following.lower_ in _dollars())
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


@cache
def _of_dollars() -> frozenset[str]:
    """What stands before the sign of a dollar or peso: the "US" of "US$"."""
    symbols = (s for row in reference("currencies") for s in row["symbols"].split("|"))
    return frozenset(s.removesuffix("$").strip() for s in symbols if s.endswith("$")) - {""}


@cache
def _dollars() -> frozenset[str]:
    """The names of currencies with that sign, without their country."""
    rows = (row for row in reference("currencies") if "$" in row["symbols"])
    names = {row["name"].split()[-1] for row in rows}
    return frozenset(names | {f"{name}s" for name in names})


def refused(doc: Doc, text: str, name: Name, trace: Trace | None = None) -> Refusal | None:
    """Why the name is none, or None; mentions that are none are taken out of it."""
    if not any(item.known for item in name.items):
        several, one = SUPPORT.get(name.kind, (0.0, 0.0))
        least = several if " " in name.text else one
        if not any(item.label for item in name.items):
            least = UNTAGGED
        support = name.scores.get(name.kind, 0.0)
        if support < least or not name.kind:
            return Refusal("weak", f"{name.kind} {support:.1f} < {least}")
    contextual = any(item.rule == "contextual" for item in name.items)
    if (name.text in not_names() and not contextual) or (len(name.text) == 1 and not name.known):
        return Refusal("not_a_name")
    if not any(c.isalpha() for c in name.text) or all(
        word in words("shared.legal_form") for word in name.key.split()
    ):
        return Refusal("not_a_name")
    if name.kind in _MINOR and not name.known and _is_loose(name.text):
        return Refusal("general_head")
    if name.kind == "ORG" and not name.known and _is_thing(name.text):
        return Refusal("general_head")
    if name.longer is not None and not name.longer.known and _is_thing(name.longer.text):
        return Refusal("common_acronym")
    if name.kind == "LOC" and not name.known and _is_stock(name.text):
        return Refusal("stock")
    if not name.known and (
        name.kind in _MINOR or name.kind == "LOC" or (name.kind == "PERSON" and " " not in name.key)
    ):
        take_out(name, partial(is_cut, doc), "cut", trace)
    if name.kind in PLACES and " " not in name.text:
        take_out(name, partial(_is_coast, doc), "coast", trace)
    if not any(item.known for item in name.items):
        if name.kind in ("ORG", "PERSON", "LOC", "GPE"):
            take_out(name, partial(_is_field, doc), "field", trace)
        if " " not in name.text and (_is_spelled_out(doc, name) or _is_list(text, name)):
            return Refusal("common_acronym")
    return None


def _is_thing(text: str) -> bool:
    """Whether its last word is a thing's, which no body is called: "Electronic Voting Machine"."""
    return " " in text and text.split()[-1] in heads("thing")


def _is_stock(text: str) -> bool:
    """Whether it is a reserve of goods or money; others are parks: the Moremi Game Reserve."""
    *before, head = text.split()
    stock = before[-1] if before else ""
    return head in heads("reserve") and is_capital(stock, "entities.stock")


def _is_loose(text: str) -> bool:
    """Whether it is a nationality's or country's anything, a general head, or a number's."""
    first, *rest = text.split()
    if not rest:
        return False
    if len(rest) == 1 and rest[0] in heads("honour") and is_capital(first, "entities.any_honour"):
        return True
    if _SCORE.search(text) or (len(rest) == 1 and rest[0] in heads("loose")):
        return True
    return rest[-1] in heads("loose") | heads("plain") and any(
        entry.country for entry in lexicon().get(first)
    )


def _is_coast(doc: Doc, item: Candidate) -> bool:
    """Whether it only tells which one is meant: "the East and Gulf coasts", "East and West Sea"."""
    after = [doc[i].lower_ for i in range(item.last, min(item.last + 3, len(doc)))]
    if after[:1] == ["and"] and len(after) == 3:
        return after[2] in words("entities.coast") or after[2] in words("entities.sea")
    return bool(after) and after[0] in words("entities.coast")


def _is_field(doc: Doc, item: Candidate) -> bool:
    """Whether it is the field of an office or a degree: "Education" in "Minister of Education"."""
    following = doc[item.last].text if item.last < len(doc) else ""
    if is_capital(following, "entities.office_after_field"):
        return True
    if item.first < 2 or doc[item.first - 1].text not in ("of", "for", "in"):
        return False
    return doc[item.first - 2].lower_ in words("entities.field_of")


def _is_list(text: str, name: Name) -> bool:
    """Whether it is the acronym of a list of common words in the text: "diversity, equity and
    inclusion" of DEI."""
    letters = name.text.rstrip("s")
    if not 3 <= len(letters) <= 5 or not (letters.isalpha() and letters.isupper()):
        return False
    *most, last = (rf"{letter}[a-z]+" for letter in letters.lower())
    return re.search(rf"\b{', '.join(most)},? and {last}\b", text) is not None


def _is_spelled_out(doc: Doc, name: Name) -> bool:
    """Whether it is an acronym of common words: "gross domestic product (GDP)"."""
    if not is_acronym(name.text):
        return False
    for item in name.items:
        index = item.first - 1
        if index > 1 and doc[index].text == "(":
            length = len(name.text.rstrip("s"))
            before = [doc[i] for i in range(max(0, index - length), index)]
            letters = "".join(token.text[0] for token in before if token.is_alpha)
            if letters.islower() and letters == name.text.rstrip("s").lower():
                return True
    return False
