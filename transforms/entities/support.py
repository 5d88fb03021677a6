"""What a name of a rare kind must show beyond the tagger's label.

A building, law, product or work that only the tagger calls so is more often wrong than right. Its
own words must say it (*Act*, *Airport*, *Award*), a type's number (*A320*), the noun beside it
(*the film NAME*, *NAME missiles*), a longer name of the kind, or quotation marks round a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from transforms.entities.candidate import Candidate
from transforms.entities.name import Name
from transforms.entities.names import fold, particles, straight
from transforms.entities.surroundings import nouns_beside, told
from transforms.entities.trace import Refusal, Trace, take_out
from transforms.entities.wording import heads, is_capital, shapes, slogans
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Kinds that the tagger alone cannot give.
RARE = frozenset(("LAW", "WORK_OF_ART", "PRODUCT", "FAC"))
#: A type's number with letters: A320, F-16, MD-80, 758X, SF340; in capitals.
_DESIGNATOR = re.compile(r"(?=.*\d)[A-Z]{1,5}-?\d{1,4}[A-Z]{0,2}|(?=.*[A-Z])\d{2,4}[A-Z]{1,3}")
#: What stands after a name, or between two of them.
_ADJUNCT = re.compile(r" (?:in|since) \d{4}$| (?:from|to|than) [A-Z]+-?\d")
_QUOTES = "\"“”'‘’«»"


@cache
def _law_part() -> re.Pattern[str]:
    """A part of a law: of what law must follow, or nothing."""
    parts = "|".join(sorted(word.capitalize() for word in words("entities.law_part")))
    return re.compile(rf"(?:{parts}) [\dIVXLC.()a-z]+ of (?:the )?(.+)")


@cache
def _graded() -> re.Pattern[str]:
    """Before a grade: "raised the rating of its notes to"."""
    nouns = "|".join(sorted(words("entities.graded")))
    return re.compile(rf"\b(?:{nouns})\b[^.]{{0,45}}\b(?:to|from|at)\s$")


def unsupported(
    doc: Doc, text: str, name: Name, others: Iterable[Name], trace: Trace | None = None
) -> Refusal | None:
    """Why what is known of a name of a rare kind does not do; None of the common kinds.

    Mentions that are a part of a title are taken out of the name.
    """
    if name.kind in ("LAW", "EVENT", "WORK_OF_ART") and not name.known:
        take_out(name, partial(_is_part, doc), "part_of_title", trace)
    if name.kind not in RARE or name.known:
        return None
    parts = name.text.split()
    if name.kind == "LAW" and name.text.isalpha() and not name.text.isupper():
        return Refusal("short_law")  # "the Louvre" is short for an accord
    if name.text.casefold().startswith(slogans()):
        return Refusal("slogan")
    tagged = any(item.label == name.kind and item.rule != "shape" for item in name.items)
    if name.kind == "LAW" and parts[-1] in heads("doubtful") and not tagged:
        return Refusal("doubtful_law", parts[-1])
    if name.kind == "PRODUCT":
        owner = _owner(name)
        # a firm's line of things, and no name of one
        if owner in {other.key for other in others} or (owner and len(parts) > 3):
            return Refusal("owned", owner)
        if any(_graded().search(text, max(0, item.start - 60), item.start) for item in name.items):
            return Refusal("graded")
    if name.kind in ("PRODUCT", "WORK_OF_ART") and _ADJUNCT.search(name.text):
        return Refusal("adjunct")
    own = _says_itself(parts, name.kind) or any(
        told(doc, text, item) == name.kind or _named_beside(doc, text, item, name.kind)
        for item in name.items
    )
    longer = any(
        other is not name
        and other.kind == name.kind
        and (other.known or _headed(other.text.split(), name.kind))
        and (other.key.startswith(name.key + " ") or name.longer is other)
        for other in others
    )
    return None if own or longer else Refusal("tagger_alone", name.kind)


def _says_itself(parts: list[str], kind: str) -> bool:
    """Whether the name's own words say its kind."""
    if len(parts) > 1 and _headed(parts, kind):
        return True
    if kind == "FAC" and len(parts) > 1 and parts[-1] in heads("house"):
        return True
    return kind == "PRODUCT" and any(_DESIGNATOR.fullmatch(part) for part in parts)


def _owner(name: Name) -> str:
    """Whose it is by its own words: "fernlight" of "Fernlight's Series 9"."""
    owner, possessive, _ = straight(name.text).partition("'s ")
    return fold(owner) if possessive else ""


def _headed(parts: list[str], kind: str) -> bool:
    text = " ".join(parts)
    part_of = _law_part().fullmatch(text)
    if part_of is not None:
        return any(shapes("last").get(word) == "LAW" for word in part_of[1].split())
    last, first = parts[-1].rstrip("."), parts[0]
    if last in heads("vague") or (kind == "LAW" and "&" in parts):
        return False
    if last in heads("base") and not is_capital(parts[-2], "entities.base_of"):
        return False
    if shapes("last").get(last) == kind or shapes("first").get(first) == kind:
        return True
    # "Tower of the Juche Idea", "Law on the Status of Forces": the head before its complement
    return any(
        shapes("last").get(word) == kind
        and (following in ("of", "on", "for", "at") or following in particles("of"))
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
    if doc[last - 1].text not in heads("open") or last + 1 >= len(doc):
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
