"""What a name of a rare kind must show beyond the tagger's label.

A building, law, product or work that only the tagger calls so is more often wrong than right. Its
own words must say it (*Act*, *Airport*, *Award*), a type's number (*A320*), the noun beside it
(*the film NAME*, *NAME missiles*), a longer name of the kind, or quotation marks round a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from transforms.entities.evidence import nouns_beside, told
from transforms.entities.kinds import Name
from transforms.entities.lexicon import shapes
from transforms.entities.names import fold, straight, word_set
from transforms.entities.spans import Candidate

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Kinds that the tagger alone cannot give.
RARE = frozenset(("LAW", "WORK_OF_ART", "PRODUCT", "FAC"))
#: A type's number with letters: A320, F-16, MD-80, 758X, SF340; in capitals.
_DESIGNATOR = re.compile(r"(?=.*\d)[A-Z]{1,5}-?\d{1,4}[A-Z]{0,2}|(?=.*[A-Z])\d{2,4}[A-Z]{1,3}")
#: A part of a law: of what law must follow, or nothing.
_PART = re.compile(r"(?:Article|Section|Chapter|Title|Amendment) [\dIVXLC.()a-z]+ of (?:the )?(.+)")
#: Heads that speak against other kinds, but of which most bearers are none of these kinds either.
_VAGUE = word_set(
    "Project Program Programme Initiative Strategy Statement Roadmap Rules Laws Index Survey "
    "Report Visa Wallet Model Bond Bonds Coin Token Line"
)
#: Heads of laws that are as often another thing's: the tagger must say so too.
_DOUBTFUL = word_set("Code Protocol Plan Law Policy Charter")
#: Heads of laws that tell after them what they are about.
_OPEN = word_set("Convention Treaty Agreement Protocol Declaration Code Law Pact Charter Accord")
#: Heads of bodies and of their buildings: the tagger decides.
_HOUSES = word_set("Center Centre Field House Court Church Coliseum Dome Bowl Garden Ballpark")
#: What stands after a name, or between two of them.
_ADJUNCT = re.compile(r" (?:in|since) \d{4}$| (?:from|to|than) [A-Z]+-?\d")
#: Before a grade: "raised the rating of its notes to".
_RATED = re.compile(r"\b(?:rat(?:ings?|ed)|debt|notes|stock|paper)\b[^.]{0,45}\b(?:to|from|at)\s$")
_SLOGANS = ("Down with ", "Long live ", "Long Live ")
_BASES = word_set("Air Naval Military Army Force Space Marine Missile Submarine Supply Logistics")
_QUOTES = "\"“”'‘’«»"


def supported(doc: Doc, text: str, name: Name, others: Iterable[Name]) -> bool:
    """Whether more than the tagger gives the name its kind; true of the common kinds."""
    if name.kind in ("LAW", "EVENT", "WORK_OF_ART") and not name.known:
        name.items = [item for item in name.items if not _is_part(doc, item)]
    if name.kind not in RARE or name.known:
        return bool(name.items)
    parts = name.text.split()
    if name.kind == "LAW" and name.text.isalpha() and not name.text.isupper():
        # "the Louvre" is short for an accord only to those who know
        return False
    if parts[0] == "Best" or name.text.startswith(_SLOGANS):
        return False  # what a prize is given for, or what a crowd calls
    tagged = any(item.label == name.kind and item.rule != "shape" for item in name.items)
    if name.kind == "LAW" and parts[-1] in _DOUBTFUL and not tagged:
        return False
    if name.kind == "PRODUCT" and (
        _owner(name) in {other.key for other in others}
        or (_owner(name) and len(parts) > 3)  # a firm's line of things, and no name of one
        or any(_RATED.search(text, max(0, item.start - 60), item.start) for item in name.items)
    ):
        return False
    if name.kind in ("PRODUCT", "WORK_OF_ART") and _ADJUNCT.search(name.text):
        return False
    if len(parts) > 1 and _headed(parts, name.kind):
        return True
    if name.kind == "FAC" and len(parts) > 1 and parts[-1] in _HOUSES:
        return True
    if name.kind == "PRODUCT" and any(_DESIGNATOR.fullmatch(part) for part in parts):
        return True
    if any(told(doc, text, item) == name.kind for item in name.items):
        return True
    if any(_named_beside(doc, text, item, name.kind) for item in name.items):
        return True
    return any(
        other is not name
        and other.kind == name.kind
        and (other.known or _headed(other.text.split(), name.kind))
        and (other.key.startswith(name.key + " ") or name.longer is other)
        for other in others
    )


def _owner(name: Name) -> str:
    """Whose it is by its own words: "fernlight" of "Fernlight's Series 9"."""
    owner, possessive, _ = straight(name.text).partition("'s ")
    return fold(owner) if possessive else ""


def _headed(parts: list[str], kind: str) -> bool:
    text = " ".join(parts)
    part_of = _PART.fullmatch(text)
    if part_of is not None:
        return any(shapes("last").get(word) == "LAW" for word in part_of[1].split())
    last, first = parts[-1].rstrip("."), parts[0]
    if last in _VAGUE or (kind == "LAW" and "&" in parts):
        return False
    if last == "Base" and parts[-2] not in _BASES:
        return False
    if shapes("last").get(last) == kind or shapes("first").get(first) == kind:
        return True
    # "Tower of the Juche Idea", "Law on the Status of Forces": the head before its complement
    return any(
        shapes("last").get(word) == kind and following in ("of", "on", "for", "de", "at")
        for word, following in pairwise(parts)
    )


def _is_part(doc: Doc, item: Candidate) -> bool:
    """Whether the title goes on before or after it: "Food, Drug and | Cosmetic Act"."""
    first, last = item.first, item.last
    while first > 0 and doc[first - 1].is_space:
        first -= 1
    before = [doc[i] for i in range(max(0, first - 3), first) if not doc[i].is_space]
    if before and before[-1].lower_ == "the":
        before.pop()
        joints: tuple[str, ...] = ("to",)
    else:
        joints = ("and", "&", "in", "of") if item.kind == "LAW" else ("and", "&")
    if item.kind != "EVENT" and before and straight(before[-1].text) == "'":
        owners = doc[before[-1].i - 1]  # "Companies' | Creditors Act", but no closing quote
        return owners.text.endswith("s") and owners.text[0].isupper() and not owners.whitespace_
    if item.kind == "WORK_OF_ART":
        return False
    if (
        len(before) > 1
        and before[-1].lower_ in joints
        and before[-2].text[0].isupper()
        and before[-2].text not in shapes("last")
        and not before[-2].is_sent_start
    ):
        return True
    if doc[last - 1].text not in _OPEN or last + 1 >= len(doc):
        return False
    following = [token for token in doc[last + 1 : last + 3] if token.lower_ != "the"]
    return (
        doc[last].lower_ in ("on", "against", "for", "of")
        and bool(following)
        and following[0].text[0].isupper()
        and following[0].ent_type_ not in ("DATE", "TIME")
    )


def _named_beside(doc: Doc, text: str, item: Candidate, kind: str) -> bool:
    if kind in nouns_beside(doc, item):
        return True
    if kind != "WORK_OF_ART" or item.label != kind:
        return False
    before, after = text[item.start - 1 : item.start], text[item.end : item.end + 2]
    return before != "" and before in _QUOTES and (after[:1] in _QUOTES or after[1:] in _QUOTES)


def is_cut(doc: Doc, item: Candidate) -> bool:
    """Whether the name goes on over the end of a line, or, says the tagger, in its own line."""
    first, last = item.first, item.last
    if item.label == "WORK_OF_ART" and last + 2 < len(doc) and doc[last].lower_ == "of":
        further = doc[last + 1 + (doc[last + 1].lower_ == "the")]
        if further.text[0].isupper():
            return True
    if first > 1 and _is_break(doc[first - 1].text) and _goes_on(doc, first - 2):
        return True
    if last + 1 < len(doc) and _is_break(doc[last].text) and _goes_on(doc, last + 1):
        return True
    return (
        last < len(doc)
        and doc[last].ent_iob_ == "I"
        and bool(doc[last - 1].whitespace_)
        and _goes_on(doc, last)
    )


def _is_break(text: str) -> bool:
    return text.count("\n") == 1 and not text.strip()


def _goes_on(doc: Doc, index: int) -> bool:
    token = doc[index]
    return token.pos_ == "PROPN" and token.text[:1].isupper() and token.is_alpha
