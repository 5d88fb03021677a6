"""Which mentions of an article name the same entity."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from transforms.entities import linking
from transforms.entities.candidate import PLACES, Candidate
from transforms.entities.entity import Entity
from transforms.entities.gazetteer import Gazetteer
from transforms.entities.lexicon import Known
from transforms.entities.name import Name
from transforms.entities.names import short_names
from transforms.entities.publisher import home_country, home_towns
from transforms.entities.toponyms import Toponym
from transforms.entities.trace import Trace
from transforms.model import Article
from transforms.words import words

#: Behind a first name whose surname is said with the next one: "Kevin and Nate Tuck".
_SHARED = re.compile(r" and [A-Z]\w+ [A-Z]")


@cache
def _company_ends() -> frozenset[str]:
    """What a company's or a party's name is shortened by."""
    return words("shared.legal_form") | words("entities.company_tail")


def entities(
    article: Article,
    text: str,
    names: Mapping[str, Name],
    gazetteer: Gazetteer,
    trace: Trace | None = None,
) -> list[Entity]:
    """The entities of an article, in the order in which they are first named."""
    home = home_country(article)
    groups = _grouped(names, text)
    spoken = _spoken(names)
    made = [_entity(group, spoken) for group in groups]
    countries = linking.countries(made)
    linking.confirm(made, spoken, home)
    hints = [Toponym(name, hint=True) for name in home_towns(article)]
    linking.locate(text, made, countries, home, hints, gazetteer, trace)
    merged: dict[str, Entity] = {}
    for entity in made:
        same = merged.setdefault(entity.entity_id, entity)
        if same is not entity:
            same.items += entity.items
            same.runner_up = same.runner_up or entity.runner_up
    result = list(merged.values())
    for entity in result:
        entity.items.sort(key=lambda item: item.start)
    return sorted(result, key=lambda entity: entity.items[0].start)


def _grouped(names: Mapping[str, Name], text: str) -> list[list[Candidate]]:
    """The mentions of each entity of the article."""
    owner_of: dict[int, str] = {}
    full = [name for name in names.values() if name.kind == "PERSON" and " " in name.key]
    by_part: dict[str, list[Name]] = defaultdict(list)
    for name in full:
        parts = name.key.split()
        for part in sorted(short_names(parts)):
            if part != name.key:
                by_part[part].append(name)
    groups: dict[str, list[Candidate]] = {}
    root = {key: _root(name, names, by_part) for key, name in names.items()}
    for key, name in names.items():
        for item in name.items:
            target = root[key]
            if name.kind == "PERSON" and target == key and key in by_part:
                target = _nearest(item, by_part[key], key, text)
            owner_of[id(item)] = target
            groups.setdefault(f"{name.kind}\x00{target}", []).append(item)
    return list(groups.values())


def _root(name: Name, names: Mapping[str, Name], by_part: Mapping[str, list[Name]]) -> str:
    if name.longer is not None and name.longer.kind == name.kind:
        return name.longer.key
    if name.kind == "ORG":
        for other in names.values():
            if other.kind == "ORG" and other.key.startswith(name.key + " "):
                rest = other.key[len(name.key) + 1 :].split()
                if _company_ends().issuperset(rest) or (rest[0] == "of" and " " in name.key):
                    return other.key
    return name.key


def _nearest(item: Candidate, owners: Sequence[Name], key: str, text: str) -> str:
    """Of several people of that name, the one last named in full; a surname before a first name."""
    surname = [name for name in owners if name.key.endswith(" " + key)]
    if not surname and _SHARED.match(text, item.end):
        return key
    chosen, best = key, -1
    for name in surname or owners:
        for mention in name.items:
            if mention.start < item.start and mention.start > best:
                chosen, best = name.key, mention.start
    if best >= 0:
        return chosen
    return (surname or list(owners))[0].key if len(surname or owners) == 1 else key


def _spoken(names: Mapping[str, Name]) -> Counter[str]:
    """How often the article names each country by a name that is that country's alone."""
    counts: Counter[str] = Counter()
    for name in names.values():
        for item in name.items:
            codes = {entry.country for entry in item.known if entry.alone}
            if len(codes) == 1:
                counts.update(code for code in codes if code)
    return counts


def _entity(items: list[Candidate], spoken: Mapping[str, int]) -> Entity:
    kind = items[0].kind
    known = _known(items, kind, spoken)
    texts = Counter(item.text for item in items)
    name = max(texts, key=lambda text: (len(text.split()), texts[text], len(text), text))
    if known is not None:
        name = known.name
        kind = known.kind
    entity = Entity(name, kind, sorted(items, key=lambda item: item.start), known)
    if known is not None:
        entity.country = known.country
    return entity


def _known(items: Sequence[Candidate], kind: str, spoken: Mapping[str, int]) -> Known | None:
    """What the mentions are known as; of several, what the article's countries speak for."""
    votes: Counter[Known] = Counter()
    for item in items:
        for entry in item.known:
            if entry.kind == kind or (kind in PLACES and entry.kind in PLACES):
                votes[entry] += (2 if entry.alone else 1) + (" " in item.text)
    if not votes:
        return None
    order = {entry: number for number, entry in enumerate(votes)}
    return max(
        votes,
        key=lambda entry: (votes[entry], spoken.get(entry.country or "", 0), -order[entry]),
    )
