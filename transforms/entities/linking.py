"""What the entities of an article are linked to: the reference tables' rows and the map."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from transforms.countries import country_names
from transforms.entities.areas import abbreviations, context_after
from transforms.entities.candidate import PLACES
from transforms.entities.directions import (
    country_of_part,
    is_direction,
    owner_countries,
    owner_of,
    part_of,
)
from transforms.entities.entity import Entity
from transforms.entities.gazetteer import Gazetteer
from transforms.entities.lexicon import Known
from transforms.entities.locating import resolve
from transforms.entities.manual import VerdictName
from transforms.entities.names import fold
from transforms.entities.place import COUNTRY, REGION, Place
from transforms.entities.place_words import bare_place, levels
from transforms.entities.toponyms import Resolution, Toponym
from transforms.entities.trace import Trace
from transforms.entities.wording import shapes
from transforms.words import words


@cache
def _types() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The word for the sort of place before and after a name: "region of Kursk", "Kursk region"."""
    sorts = "|".join(sorted(levels()))
    return re.compile(rf"\b({sorts}) of (?:the )?$"), re.compile(rf" ({sorts})\b")


def countries(made: Sequence[Entity]) -> dict[str, float]:
    """The countries that the article names itself or by demonym, with how often."""
    counts: dict[str, float] = defaultdict(float)
    for entity in made:
        if entity.known is not None and entity.country and entity.kind in ("GPE", "NORP"):
            counts[entity.country] += len(entity.items)
    return dict(counts)


def confirm(made: Sequence[Entity], spoken: Mapping[str, int], home: str | None) -> None:
    """Short forms are known only where nothing longer is meant, and those of a known person or
    party only where their country is spoken of."""
    for entity in made:
        known = entity.known
        if known is None or any(entry.alone for item in entity.items for entry in item.known):
            continue
        alone = all(
            item.known or len(fold(item.text).split()) <= (2 if entity.kind == "PERSON" else 1)
            for item in entity.items
        )
        foreign = known.national and known.country not in spoken and known.country != home
        if not alone or foreign:
            entity.known = entity.country = None
            texts = Counter(item.text for item in entity.items)
            entity.name = max(texts, key=lambda text: (len(text), texts[text], text))


def locate(
    text: str,
    made: Sequence[Entity],
    countries: Mapping[str, float],
    home: str | None,
    hints: Sequence[Toponym],
    gazetteer: Gazetteer,
    trace: Trace | None = None,
) -> None:
    """Links the places to the gazetteer's: those that no table knows, or that several may mean.

    ``countries`` are those that the article names, with how often, ``home`` the publisher's, and
    ``hints`` the publisher's towns.
    """
    owned = {id(entity): _owners(text, entity) for entity in made}
    for entity in made:
        owner = part_of(entity.name) if entity.known is None and entity.kind in PLACES else ""
        if owner:
            entity.country = country_of_part(owner, countries)
        if entity.known is not None and _is_elsewhere(entity.known, owned[id(entity)], gazetteer):
            entity.known = entity.country = None
    open_ = [
        entity
        for entity in made
        if entity.kind in PLACES
        and not (entity.known is None and part_of(entity.name))
        and (entity.known is None or _is_ambiguous(entity, gazetteer))
    ]
    typed = {bare_place(fold(entity.name)): entity.name for entity in open_}
    toponyms: list[Toponym] = []
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
        toponym = Toponym(name, contexts, len(entity.items), country)
        if is_direction(name):
            toponym.owners = owned[id(entity)]
        toponym.told = {} if trace is not None else None
        toponyms.append(toponym)
    ambiguous = {toponym.country for toponym in toponyms if toponym.country}
    counted = {
        code: count if code not in ambiguous else count / 4 for code, count in countries.items()
    }
    found_places = resolve([*toponyms, *hints], counted, home, gazetteer)
    for entity, toponym, found in zip(open_, toponyms, found_places, strict=False):
        if found is not None:
            verdict = _link(entity, found)
            if trace is not None:
                trace.weighed(entity, toponym, found, verdict)
    for entity in made:
        if entity.known is not None and entity.kind == "GPE" and entity.known.reference_id is None:
            entity.place = gazetteer.country(entity.known.country or "")
            entity.name = country_names().get(entity.known.country or "", entity.name)


def _owners(text: str, entity: Entity) -> list[str]:
    """The places whose part a direction or a coast is by the words beside its mentions."""
    if entity.kind not in PLACES or not (is_direction(entity.name) or _is_coast(entity.name)):
        return []
    found = (owner_of(text, item.start, item.end) for item in entity.items)
    return [owner for owner in dict.fromkeys(found) if owner]


def _is_coast(name: str) -> bool:
    return name.split()[-1].lower() in words("entities.coast")


def _is_elsewhere(known: Known, owners: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Whether a known coast is another country's by the words beside it: "Spain's East Coast"."""
    return bool(owners) and not any(
        known.country in owner_countries(owner, gazetteer) for owner in owners
    )


def _link(entity: Entity, found: Resolution) -> VerdictName:
    """Links the entity to the place that most speaks for, if it can be that place."""
    if entity.kind == "FAC" and not _is_town(entity.name):
        return "building"
    if entity.kind == "LOC" and _is_feature(entity.name, found.place):
        return "feature"
    if found.place.level == COUNTRY:
        entity.runner_up = found.runner_up
        return "chosen"
    entity.known = None
    if entity.kind == "LOC" and shapes("last").get(entity.name.split()[-1]) != "LOC":
        # a town, a county or a first-level region is governed
        entity.kind = "GPE"
    entity.name = _as_written_small(entity.name)
    if entity.name in abbreviations() and found.place.level == REGION:
        entity.name = found.place.name
    entity.place, entity.runner_up = found.place, found.runner_up
    entity.country = found.place.country
    return "chosen"


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
    before, after = _types()
    for item in entity.items:
        found = before.search(text, max(0, item.start - 20), item.start)
        found = found or after.match(text, item.end)
        if found:
            return f"{entity.name} {found[1]}"
    return ""


def _as_written_small(name: str) -> str:
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
