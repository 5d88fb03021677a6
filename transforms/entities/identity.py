"""Which mentions name the same entity, and what it is linked to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from transforms.entities.evidence import bare_place
from transforms.entities.gazetteer import COUNTRY, REGION, Gazetteer, Place
from transforms.entities.kinds import Name
from transforms.entities.lexicon import Known, country_names, shapes
from transforms.entities.locating import Toponym, context_after, is_abbreviation, resolve
from transforms.entities.names import fold, word_set
from transforms.entities.publisher import home_country, home_towns
from transforms.entities.spans import PLACES, Candidate
from transforms.identity import digest
from transforms.model import Article

_COMPANY = word_set(
    "inc corp co ltd llc plc group company corporation holdings limited electronics motors "
    "technologies industries sa ag gmbh berhad bhd party"
)


_TYPE_AFTER = re.compile(
    r" (region|province|state|district|county|department|governorate|prefecture|oblast|city)\b"
)
_TYPE_BEFORE = re.compile(
    r"\b(region|province|state|district|county|city|town|village|governorate|prefecture) of "
    r"(?:the )?$"
)


@dataclass(slots=True)
class Entity:
    """An entity of an article with its mentions."""

    name: str
    kind: str
    items: list[Candidate] = field(default_factory=list)
    known: Known | None = None
    country: str | None = None
    place: Place | None = None
    runner_up: Place | None = None

    @property
    def entity_id(self) -> str:
        """Digest of the kind and the link, else of the kind and the folded name."""
        return digest("entity", self.kind, self.link or fold(self.name))

    @property
    def link(self) -> str | None:
        if self.known is not None:
            return self.known.reference_id or self.known.country
        if self.place is not None:
            return f"geonames:{self.place.geonames_id}"
        return None

    @property
    def link_status(self) -> str:
        if self.runner_up is not None:
            return "ambiguous"
        return "linked" if self.link is not None else "local"


def entities(
    article: Article, text: str, names: Mapping[str, Name], gazetteer: Gazetteer
) -> list[Entity]:
    """The entities of an article, in the order in which they are first named."""
    home = home_country(article)
    groups = _grouped(names)
    spoken = _spoken(names)
    made = [_entity(group, spoken) for group in groups]
    countries = _countries(made)
    _confirm(made, spoken, home)
    hints = [Toponym(name, hint=True) for name in home_towns(article)]
    _locate(text, made, countries, home, hints, gazetteer)
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


def _grouped(names: Mapping[str, Name]) -> list[list[Candidate]]:
    """The mentions of each entity of the article."""
    owner_of: dict[int, str] = {}
    full = [name for name in names.values() if name.kind == "PERSON" and " " in name.key]
    by_part: dict[str, list[Name]] = defaultdict(list)
    for name in full:
        parts = name.key.split()
        for part in sorted({parts[-1], parts[0], " ".join(parts[1:]), " ".join(parts[-2:])}):
            if part != name.key:
                by_part[part].append(name)
    groups: dict[str, list[Candidate]] = {}
    root = {key: _root(name, names, by_part) for key, name in names.items()}
    for key, name in names.items():
        for item in name.items:
            target = root[key]
            if name.kind == "PERSON" and target == key and key in by_part:
                target = _nearest(item, by_part[key], key)
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
                if all(word in _COMPANY for word in rest) or (rest[0] == "of" and " " in name.key):
                    return other.key
    return name.key


def _nearest(item: Candidate, owners: Sequence[Name], key: str) -> str:
    """Of several people of that name, the one last named in full; a surname before a first name."""
    surname = [name for name in owners if name.key.endswith(" " + key)]
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


def _countries(made: Sequence[Entity]) -> dict[str, float]:
    """The countries that the article names itself or by demonym, with how often."""
    counts: dict[str, float] = defaultdict(float)
    for entity in made:
        if entity.known is not None and entity.country and entity.kind in ("GPE", "NORP"):
            counts[entity.country] += len(entity.items)
    return dict(counts)


def _confirm(made: Sequence[Entity], countries: Mapping[str, int], home: str | None) -> None:
    """Short forms that mean a known person or party only where their country is spoken of."""
    for entity in made:
        known = entity.known
        if known is None or any(entry.alone for item in entity.items for entry in item.known):
            continue
        surname = fold(known.name).split()[-1]
        alone = all(
            len(fold(item.text).split()) <= len(surname.split()) + 1 for item in entity.items
        )
        if not alone or (known.country not in countries and known.country != home):
            entity.known = entity.country = None
            texts = Counter(item.text for item in entity.items)
            entity.name = max(texts, key=lambda text: (len(text), texts[text], text))


def _locate(
    text: str,
    made: Sequence[Entity],
    countries: Mapping[str, float],
    home: str | None,
    hints: Sequence[Toponym],
    gazetteer: Gazetteer,
) -> None:
    open_ = [
        entity
        for entity in made
        if entity.kind in PLACES and (entity.known is None or _is_ambiguous(entity, gazetteer))
    ]
    typed = {bare_place(fold(entity.name)): entity.name for entity in open_}
    toponyms = []
    for entity in open_:
        contexts = []
        for item in entity.items:
            context = context_after(text, item.end)
            if context:
                contexts.append(context)
        name = entity.name
        if entity.known is None:
            name = typed.get(fold(name)) or _typed(text, entity) or name
        country = entity.known.country if entity.known is not None else None
        toponyms.append(Toponym(name, contexts, len(entity.items), country))
    ambiguous = {toponym.country for toponym in toponyms if toponym.country}
    counted = {
        code: count if code not in ambiguous else count / 4 for code, count in countries.items()
    }
    found_places = resolve([*toponyms, *hints], counted, home, gazetteer)
    for entity, found in zip(open_, found_places, strict=False):
        if found is None or (entity.kind == "FAC" and not _is_town(entity.name)):
            continue
        if entity.kind == "LOC" and _is_feature(entity.name, found.place):
            continue
        if found.place.level == COUNTRY:
            entity.runner_up = found.runner_up
            continue
        entity.known = None
        if entity.kind == "LOC" and shapes("last").get(entity.name.split()[-1]) != "LOC":
            # a town, a county or a first-level region is governed
            entity.kind = "GPE"
        entity.name = as_written_small(entity.name)
        if is_abbreviation(entity.name) and found.place.level == REGION:
            entity.name = found.place.name
        entity.place, entity.runner_up = found.place, found.runner_up
        entity.country = found.place.country
    for entity in made:
        if entity.known is not None and entity.kind == "GPE" and entity.known.reference_id is None:
            entity.place = gazetteer.country(entity.known.country or "")
            entity.name = country_names().get(entity.known.country or "", entity.name)


def _is_ambiguous(entity: Entity, gazetteer: Gazetteer) -> bool:
    """Whether the country's name as written is also that of a region or town elsewhere."""
    known = entity.known
    if known is None or known.kind != "GPE" or known.reference_id is not None:
        return False
    return all(
        any(place.country != known.country for place in gazetteer.find(item.text))
        for item in entity.items
    )


def _typed(text: str, entity: Entity) -> str:
    """ "Region of Kursk" and "Kursk region" as the name of the region."""
    for item in entity.items:
        found = _TYPE_BEFORE.search(text, max(0, item.start - 20), item.start)
        found = found or _TYPE_AFTER.match(text, item.end)
        if found:
            return f"{entity.name} {found[1]}"
    return ""


def as_written_small(name: str) -> str:
    """A place's name that stands only in capitals (in datelines) as it is written elsewhere."""
    if not name.isupper() or len(name) < 4:
        return name
    return re.sub(r"\w+", lambda word: word[0].capitalize(), name)


def _is_feature(name: str, place: Place) -> bool:
    """Whether the name is a feature's (*Mount Vernon*, *Red River*) and the place's is another."""
    parts = name.split()
    headed = shapes("last").get(parts[-1]) == "LOC" or shapes("first").get(parts[0]) == "LOC"
    return headed and len(parts) > 1 and fold(place.name) != fold(name)


def _is_town(name: str) -> bool:
    parts = name.split()
    return shapes("last").get(parts[-1]) != "FAC" and shapes("first").get(parts[0]) == "FAC"
