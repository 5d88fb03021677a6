"""What the names of an article tell of each other's kinds: acronyms, people, companies, clubs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from transforms.entities.candidate import PLACES, Candidate
from transforms.entities.gazetteer import Gazetteer, gazetteer
from transforms.entities.introduced import full_after, full_before, is_short_for
from transforms.entities.lexicon import lexicon
from transforms.entities.name import Name
from transforms.entities.names import fold, is_acronym, is_mixed, short_names, spells_out
from transforms.entities.place import REGION
from transforms.entities.surroundings import has_article, placed
from transforms.entities.wording import shapes
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: What a single word has against being a person that the article never names in full.
_LONE = 1.0


#: Kinds that the tagger gives to people's names which it does not know; places where the last
#: word alone is a person.
_UNSURE = frozenset(("ORG", "PRODUCT", "NORP", ""))
_PLACED = frozenset(("LOC", "GPE", "FAC"))


def regions(
    doc: Doc, names: dict[str, Name], gazetteer: Gazetteer, spoken: set[str | None]
) -> None:
    """A water's name that never has its article is the region called after it: "the River Nile",
    but "Gedaref and River Nile" in a report from Sudan."""
    for name in names.values():
        if (
            not words("entities.water").isdisjoint(name.key.split())
            and name.best == "LOC"
            and not any(has_article(doc, item) for item in name.items)
            and any(p.level == REGION and p.country in spoken for p in gazetteer.find(name.text))
        ):
            lead = name.scores["LOC"] + 1.0 - name.scores.get("GPE", 0.0)
            name.scores.add("GPE", lead, "no_article")
            for item in name.items:
                item.known = ()


def acronyms(text: str, names: dict[str, Name]) -> None:
    """Short forms introduced beside the name that they shorten: one kind for both."""
    for name in names.values():
        if " " in name.text:
            continue
        told = any(item.rule == "acronym" for item in name.items)
        if not (told or is_acronym(name.text) or is_mixed(name.text)):
            continue
        for item in name.items:
            full = _introduced(names, text, item, told)
            if full is not None and full is not name and full.longer is not name:
                name.longer = full
                kind = full.best
                if kind in ("PERSON", "GPE", "NORP"):
                    kind = "ORG"
                for one in (name, full):
                    one.scores.add(kind, 3.0, "long_form", full.text)
                break


def _introduced(names: dict[str, Name], text: str, item: Candidate, told: bool) -> Name | None:
    """The full name that the short form is written beside, if it is short for it."""
    before = full_before(text, item.start)
    if before is not None:
        full = _at(names, before[0], "end")
        closes = text[item.end : item.end + 2].lstrip("\"”'’")[:1] in (")", "]")
        if full is not None and (
            spells_out(full.text, item.text)
            or (before[1] and closes and (_is_body(full, item) or _is_blend(item, told)))
        ):
            return full
    after = full_after(text, item.end)
    if after is not None:
        full = _at(names, after[0], "start")
        if full is not None and (
            spells_out(full.text, item.text) or (after[1] and told and _is_body(full, item))
        ):
            return full
    return None


def _is_blend(item: Candidate, told: bool) -> bool:
    return told and not is_acronym(item.text)


def _is_body(full: Name, item: Candidate) -> bool:
    if not is_short_for(item.text, full.text):
        return False
    # "Croatian Radiotelevision (HRT)" may open a report as a dateline does
    tagged = not full.known and all(one.label == "ORG" for one in full.items)
    placed = shapes("last").get(full.text.split()[-1]) in ("GPE", "LOC")
    return full.best == "ORG" or (tagged and not placed)


def _at(names: dict[str, Name], position: int, edge: str) -> Name | None:
    for name in names.values():
        for item in name.items:
            if getattr(item, edge) == position:
                return name
    return None


def companies(doc: Doc, names: dict[str, Name]) -> None:
    """The beginning of a company's full name is the company: "Echo Bay" of "Echo Bay Mines Ltd"."""
    full = [n for n in names.values() if n.key.split()[-1] in words("shared.legal_form")]
    for owner in full:
        parts = owner.key.split()
        for length in range(1, len(parts)):
            name = names.get(" ".join(parts[:length]))
            if (
                name is not None
                and not name.known
                and name.best in ("LOC", "FAC", "LAW", "PRODUCT", "WORK_OF_ART", "EVENT")
                and not any(placed(doc, item) for item in name.items)
            ):
                name.scores.add("ORG", 6.0, "company", owner.text)
                name.longer = owner


def clubs(doc: Doc, names: dict[str, Name]) -> None:
    """A word of a club's name that no place explains is the club: "Rovers", "Tyne" had the ball."""
    parts: dict[str, list[Name]] = defaultdict(list)
    for name in names.values():
        if " " in name.key and name.best == "ORG":
            for part in {name.key.split()[0], name.key.split()[-1]}:
                parts[part].append(name)
    for name in names.values():
        owners = parts.get(name.key, [])
        place = max(name.scores.get("GPE", 0.0), name.scores.get("LOC", 0.0))
        if any(placed(doc, item) for item in name.items):
            continue
        if len(owners) == 1 and not name.known and place < 4 and name.best != "PERSON":
            name.scores.add("ORG", 4.0, "club", owners[0].text)
            name.longer = owners[0]


def surnames(doc: Doc, names: dict[str, Name]) -> None:
    """Two words of which the second alone is a name too are a person: bodies are seldom called by
    their last word, people are: "Busi Mkhwana ... Mkhwana said"."""
    for name in names.values():
        first, _, last = name.text.partition(" ")
        short = names.get(fold(last))
        if (
            short is not None
            and first.istitle()
            and last.istitle()
            and first.isalpha()
            and last.isalpha()
            and not name.known
            and not short.known
            and first not in shapes("first")
            and not lexicon().get(first)
            and last not in shapes("last")
            and (name.best in _UNSURE or (name.best in _PLACED and short.best == "PERSON"))
            and not gazetteer().find(name.text)
            and not gazetteer().find(last)
            and not any(_after_article(doc, item) for one in (name, short) for item in one.items)
            and any(_acts(doc, item) for item in short.items)
        ):
            name.scores.add("PERSON", 2.5, "surname", short.text)


def _after_article(doc: Doc, item: Candidate) -> bool:
    return item.first > 0 and doc[item.first - 1].lower_ in ("the", "a", "an")


def _acts(doc: Doc, item: Candidate) -> bool:
    """Whether the name does or owns something: "Mkhwana said", "Mkhwana's"."""
    after = doc[item.last] if item.last < len(doc) else None
    return after is not None and (after.tag_ == "POS" or after.pos_ in ("VERB", "AUX"))


def people(names: dict[str, Name]) -> None:
    """Short forms of people's names take the kind of the full name."""
    full: dict[str, list[Name]] = defaultdict(list)
    for name in names.values():
        if " " in name.key and name.best == "PERSON":
            parts = name.key.split()
            for part in sorted(short_names(parts)):
                if part != name.key:
                    full[part].append(name)
    for name in names.values():
        owners = full.get(name.key)
        if not owners:
            if " " not in name.text and not any(item.titled for item in name.items):
                # a person is hardly ever named by one word alone throughout an article
                name.scores.add("PERSON", -_LONE, "lone_person")
            continue
        place = max((name.scores.get(kind, 0.0) for kind in PLACES), default=0.0)
        known = any(entry.alone and entry.kind != "PERSON" for i in name.items for entry in i.known)
        last = any(owner.key.split()[-1] == name.key or " " in name.key for owner in owners)
        weight = 3.0 if last else 1.5
        if last and not gazetteer().find(name.text):
            weight = 4.5
        if known or (place > 4.0 and name.scores.get("PERSON", 0.0) < 1.0):
            weight = 0.5
        name.scores.add("PERSON", weight, "part_of_person", owners[0].text)
        for owner in owners:
            if name.scores.get("PERSON", 0.0) > 4:
                owner.scores.add("PERSON", 1.0, "full_person", name.text)
