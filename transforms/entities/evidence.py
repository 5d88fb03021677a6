"""What speaks for the kind of a name by itself: the tagger, its letters and words, the gazetteer.

Weights are log-odds by feel: 1 is a hint, 2 is good, 4 decides unless contradicted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from transforms.closed import CLOSED
from transforms.entities.areas import abbreviations
from transforms.entities.candidate import Candidate
from transforms.entities.directions import part_of
from transforms.entities.gazetteer import Gazetteer, place_aliases
from transforms.entities.lexicon import lexicon
from transforms.entities.names import fold, is_acronym, is_mixed, particles
from transforms.entities.place import CITY, COUNTY, REGION
from transforms.entities.place_words import bare_place
from transforms.entities.scores import Scores
from transforms.entities.wording import heads, shapes
from transforms.words import words

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
#: Initials before a surname, with full stops or at least two without.
_INITIALS = re.compile(r"((?:[A-Z]\. ?){1,2}|(?:[A-Z] ){2,3})([A-Z][^\W\d_]{3,})")
#: "S.E. Paris" is a part of a town.
_QUARTER = re.compile(r"[NS]\. ?[EW]\. ?")
#: A family name and a given name of two syllables: "Kim Jong-un", "Lai Ching-te".
_EAST_ASIAN = re.compile(r"(?:[A-Z][a-z]+ )?[A-Z][a-z]{1,6} [A-Z][a-z]{1,6}-[a-z]{1,6}")


def tagger(item: Candidate, scores: Scores) -> None:
    """The tagger's own opinion."""
    if item.label in _TAGGER:
        several, one = _TAGGER[item.label]
        scores.add(item.label, several if " " in item.text else one, "tagger")


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
        of = any(part in ("of", "for") or part in particles("of") for part in parts[1:3])
        if first == "GPE":
            of = parts[1] == "of"  # "State of Texas", no "State Bar of Texas"
        if first and (of or first in ("LOC", "FAC", "EVENT")):
            scores.add(first, 3.5, "first_word", parts[0])
        elif first:
            scores.add(first, 1.0, "first_word", parts[0])
        if first != "ORG" and is_body_of(parts):
            first = None  # "State University of Haiti" is no state
        inner = not first and is_body_of(parts)
        if last:
            inner_of = any(part in ("of", "for") for part in parts[1:-1])
            weight = 1.5 if inner_of and (first or inner) else sure
            scores.add(last, weight, "last_word", head)
        if inner:
            scores.add("ORG", 2.0, "inner_head")
        if _EAST_ASIAN.fullmatch(name):
            scores.add("PERSON", 2.5, "two_syllables")
    elif is_acronym(name):
        scores.add("ORG", 1.8 if len(name) < 7 else 0.8, "acronym")
        scores.add("PERSON", -1.5, "acronym")
    elif is_mixed(name):
        scores.add("ORG", 1.5, "inner_capitals")
        scores.add("PERSON", -0.5, "inner_capitals")
    if len(parts) > 1 and any(fold(part) in words("shared.legal_form") for part in parts[1:]):
        # "Hospital Corp of America" is no hospital
        scores.add("ORG", 4.0, "legal_form")
    if branch(name) and not person:
        scores.add("ORG", branch(name), "branch")
    if initials(name) and ". " not in name:
        # "E.F. Hutton" is as often a firm
        scores.add("PERSON", 2.3 if " " in name else 3.0, "initials")
    if any(c.isdigit() for c in name):
        scores.add("PERSON", -2.0, "digits")
        scores.add("PRODUCT", 0.5, "digits")
    if "&" in name:
        scores.add("ORG", 1.0, "ampersand")


def initials(name: str) -> bool:
    """Whether it is initials and a surname: "P C George", "G.Sukhbaatar"."""
    found = _INITIALS.fullmatch(name)
    if found is None or _QUARTER.fullmatch(found[1]) or found[2] in CLOSED:
        return False
    return not lexicon().get(found[1].strip()) and found[1].strip() not in abbreviations()


def branch(name: str) -> float:
    """How far it looks like a body and the country of its branch: one that the tables know,
    "Greenpeace Germany", more than another, "Air Canada"."""
    body, _, country = name.rpartition(" ")
    if not body or body.endswith(" of") or body.lower() in words("shared.compass"):
        return 0.0
    if not any(entry.kind == "GPE" and entry.country for entry in lexicon().get(country)):
        return 0.0
    kinds = {entry.kind for entry in lexicon().get(body)}
    return 3.0 if "ORG" in kinds else 0.0 if kinds else 1.0


def is_body_of(parts: Sequence[str]) -> bool:
    """Whether a body's head stands within the name before what it is of: "Badminton Association
    of Thailand", but not "Soviet Union for America"."""
    return any(
        shapes("last").get(parts[i]) == "ORG"
        and parts[i] not in heads("trade")
        and (parts[i + 1] in ("of", "for") or parts[i + 1] in particles("of"))
        and not (
            parts[i + 1] == "for"
            and any(entry.country for entry in lexicon().get(" ".join(parts[i + 2 :])))
        )
        for i in range(1, len(parts) - 2)
    )


def places(name: str, gazetteer: Gazetteer, scores: Scores) -> None:
    """Whether the gazetteer knows a place of that name, and how large a one."""
    if not name[:1].isupper() and name[:2] not in particles("article"):
        return
    owner = part_of(name)
    if owner:
        scores.add("LOC", 6.0, "part_of_place", owner)
        return
    if fold(name) in place_aliases():
        scores.add("GPE", 3.0, "place_alias")
        return
    found = gazetteer.find(name)
    if not found:
        bare = bare_place(name)
        if bare and gazetteer.known(bare):
            scores.add("GPE", 1.0, "place", bare)
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
    scores.add("GPE", max(weight, 0.2), "place")
