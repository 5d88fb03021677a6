"""Names of the text as a whole: found spans widened, typed, reshaped, and what the tagger missed.

Each step takes the candidates in text order and returns them so.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from transforms.entities.bodies import after_field
from transforms.entities.candidate import Candidate, candidate, standing
from transforms.entities.directions import is_region
from transforms.entities.evidence import initials
from transforms.entities.gazetteer import gazetteer
from transforms.entities.introduced import is_short_for
from transforms.entities.lexicon import lexicon
from transforms.entities.names import fold, is_acronym, is_mixed, spells_out, without_middle
from transforms.entities.place import CITY
from transforms.entities.place_words import type_words
from transforms.entities.runs import shaped, widened
from transforms.entities.titled import after_title, is_pageant
from transforms.entities.trace import Trace
from transforms.entities.wording import longest_title, not_names
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc


def know_people(items: list[Candidate]) -> None:
    """A person whom the reference tables know, written with the father's name or initials."""
    for item in items:
        if item.label == "PERSON" and not item.known:
            short = without_middle(item.text.replace("\n", " "))
            known = lexicon().get(short) if short else ()
            item.known = tuple(entry for entry in known if entry.kind == "PERSON" and entry.alone)


def know_companies(items: list[Candidate]) -> None:
    """A company that the reference tables know, written with its legal form."""
    for item in items:
        bare, _, form = item.text.replace("\n", " ").rpartition(" ")
        if item.label == "ORG" and not item.known and fold(form) in words("shared.legal_form"):
            known = lexicon().get(bare.rstrip(" ,"))
            item.known = tuple(entry for entry in known if entry.kind == "ORG" and entry.alone)


def typed(doc: Doc, items: list[Candidate]) -> list[Candidate]:
    """Regions with the word that tells them from the town of that name: "Kursk region"."""
    return [
        candidate(doc, item.first, item.last + 1, "GPE", "typed") if _is_typed(doc, item) else item
        for item in items
    ]


def _is_typed(doc: Doc, item: Candidate) -> bool:
    if item.label in ("", "PERSON") or item.last >= len(doc):
        return False
    if any(entry.country and not entry.reference_id for entry in item.known):
        return False
    if item.end != doc[item.last - 1].idx + len(doc[item.last - 1]):
        return False
    word = doc[item.last].text
    return word in type_words("name") or (
        word in type_words("name_if_town") and _has_namesake(item.text)
    )


def _has_namesake(name: str) -> bool:
    """Whether a region and a town have that name."""
    return is_region(name) and any(place.level == CITY for place in gazetteer().find(name))


def widen(doc: Doc, items: list[Candidate]) -> list[Candidate]:
    """People's names over all their words; what they then cover is left out."""
    kept: list[Candidate] = []
    for item in items:
        if kept and item.start < kept[-1].end:
            continue
        if item.rule == "reference" and (item.within_tokens(doc) or _is_body(item)):
            pass
        elif item.label == "PERSON" or item.titled:
            first, last = widened(doc, item)
            first = min(after_title(doc, first, last), item.first)
            first = after_field(doc, first, last)
            if last - first > 3 and is_pageant(doc, first, first + 1):
                first += 2
            if kept:
                while first < item.first and doc[first].idx < kept[-1].end:
                    if kept[-1].label == "PERSON" and not kept[-1].known and not kept[-1].titled:
                        first = min(first, kept[-1].first)
                        item.titled = item.titled or kept[-1].titled
                        kept.pop()
                        if not kept:
                            break
                    else:
                        first += 1
            if (first, last) != (item.first, item.last):
                wide = candidate(doc, first, last, "PERSON", "widened")
                wide.titled = item.titled
                if wide.text != item.text:
                    wide.known = lexicon().get(wide.text)
                    item = wide
        kept.append(item)
    return kept


def _is_body(item: Candidate) -> bool:
    """Whether it is known as an organisation of several words: "William Hill", the bookmaker."""
    return " " in item.text and {entry.kind for entry in item.known} == {"ORG"}


def reshape(
    doc: Doc, items: list[Candidate], capitals: list[int], trace: Trace | None = None
) -> list[Candidate]:
    """Runs of words that are one name replace the parts of them that were found."""
    runs = list(shaped(doc, capitals))
    if not runs:
        return items
    result: list[Candidate] = []
    position = 0
    for run in runs:
        while position < len(items) and items[position].end <= run.start:
            result.append(items[position])
            position += 1
        covered: list[Candidate] = []
        further = position
        while further < len(items) and items[further].start < run.end:
            covered.append(items[further])
            further += 1
        if _gives_way(doc, run, covered):
            if trace is not None:
                trace.leave(run, "parts_stand", ", ".join(item.text for item in covered))
            continue
        if len(covered) == 1 and (covered[0].start, covered[0].end) == (run.start, run.end):
            continue
        run.known = lexicon().get(run.text)
        result.append(run)
        position = further
    result += items[position:]
    result.sort(key=lambda item: item.start)
    return result


def _gives_way(doc: Doc, run: Candidate, covered: Sequence[Candidate]) -> bool:
    """Whether what was found within the run is surer than that it is one name."""
    if any(item.start < run.start or item.end > run.end for item in covered):
        return True
    if any(
        item.rule == "contextual" or (item.rule == "reference" and item.within_tokens(doc))
        for item in covered
    ):
        return True
    body_ends = bool(covered) and covered[-1].end == run.end and _is_body(covered[-1])
    return body_ends and run.label != "ORG"


def acronyms(doc: Doc, text: str, items: list[Candidate]) -> list[Candidate]:
    """Acronyms in brackets beside a name that they shorten, where the tagger has none."""
    if "(" not in text:
        return items
    covered = {index: item for item in items for index in range(item.first, item.last)}
    ends = {item.last: item for item in items}
    found: list[Candidate] = []
    for bracket in standing(doc, "("):
        index = bracket + 1
        if bracket == 0 or index == len(doc):
            continue
        short, spelled = covered.get(bracket - 1), covered.get(index)
        if short is not None and spelled is not None and _is_native(doc, short, spelled):
            short.label, short.rule = "ORG", "acronym"
            spelled.label = "ORG"
            continue
        token = doc[index]
        full = ends.get(bracket)
        here = covered.get(index)
        if full is None:
            continue
        if (full.label == "ORG" and _is_blend(doc, index, here)) or _is_foreign(
            doc, index, full, here
        ):
            if here is None:
                found.append(candidate(doc, index, index + 1, "ORG", "acronym"))
            else:
                here.label, here.rule = "ORG", "acronym"
        elif (
            here is None
            and text[token.idx + len(token) : token.idx + len(token) + 1] == ")"
            and (is_acronym(token.text) or is_mixed(token.text) or token.text.istitle())
        ) and spells_out(full.text, token.text):
            found.append(candidate(doc, index, index + 1, full.label, "acronym"))
    return sorted([*items, *found], key=lambda item: item.start)


def _is_foreign(doc: Doc, index: int, full: Candidate, here: Candidate | None) -> bool:
    """Whether it is a body's acronym alone in brackets, in the letters of another language."""
    if index + 1 == len(doc) or doc[index + 1].text != ")" or full.label != "ORG":
        return False
    if here is not None and (here.known or here.titled or here.last - here.first > 1):
        return False
    return len(doc[index]) > 2 and is_short_for(doc[index].text, full.text)


def _is_native(doc: Doc, short: Candidate, full: Candidate) -> bool:
    """Whether a nation's body stands alone in brackets behind its acronym: "HRT (Croatian
    Radiotelevision)"."""
    return (
        full.last < len(doc)
        and doc[full.last].text == ")"
        and full.label == "ORG"
        and not (short.known or full.known)
        and any(entry.country for entry in lexicon().get(full.text.split()[0]))
        and is_short_for(short.text, full.text)
    )


def _is_blend(doc: Doc, index: int, here: Candidate | None) -> bool:
    """Whether one word alone in brackets is a body's short name, made of parts of its words in
    whatever language: "Ministry of Tourism (Mitur)"."""
    token = doc[index]
    if index + 1 == len(doc) or doc[index + 1].text != ")":
        return False
    if here is not None and (here.known or here.titled or here.last - here.first > 1):
        return False
    return (
        token.text[0].isupper()
        and not token.is_upper
        and token.is_alpha
        and len(token) > 3
        and token.pos_ == "PROPN"
        and not lexicon().get(token.text)
        and token.text not in not_names()
        and not gazetteer().known(token.text)
    )


def untagged(doc: Doc, items: list[Candidate], capitals: list[int]) -> list[Candidate]:
    """Capitalised words within sentences that the tagger passed over: kept if others speak."""
    covered = bytearray(len(doc))
    for item in items:
        for index in range(max(0, item.first - 1), min(len(doc), item.last + 1)):
            covered[index] = 1
    for entity in doc.ents:
        for index in range(entity.start, entity.end):
            covered[index] = 1
    proper = [
        index
        for index in capitals
        if not covered[index]
        and doc[index].pos_ == "PROPN"
        and (doc[index].is_alpha or initials(doc[index].text))
    ]
    found: list[Candidate] = []
    for _, group in groupby(enumerate(proper), lambda pair: pair[1] - pair[0]):
        run = [index for _, index in group]
        opens = doc[run[0]].is_sent_start and not initials(doc[run[0]].text)
        if not opens and not longest_title([doc[run[0]].text])[0]:
            found.append(candidate(doc, run[0], run[-1] + 1, "", "untagged"))
    return sorted([*items, *found], key=lambda item: item.start)
