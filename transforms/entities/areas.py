"""Countries and subdivisions by the names and short forms that are written after a town."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from transforms.entities.gazetteer import gazetteer
from transforms.entities.lexicon import lexicon
from transforms.entities.names import fold
from transforms.entities.place import COUNTY, REGION
from transforms.entities.place_words import short_forms
from transforms.reference import reference


@lru_cache(maxsize=8192)
def areas(context: str) -> tuple[frozenset[str], frozenset[int]]:
    """The countries (alpha-3) and subdivisions (GeoNames ids) of that name or short form."""
    codes = {entry.country for entry in lexicon().get(context) if entry.kind == "GPE"}
    regions = {
        place.geonames_id
        for name, country in abbreviations().get(context, ((context, None),))
        for place in gazetteer().find(name)
        if place.level in (REGION, COUNTY) and country in (None, place.country)
    }
    return frozenset(code for code in codes if code), frozenset(regions)


@cache
def abbreviations() -> dict[str, tuple[tuple[str, str | None], ...]]:
    """Short form of a region -> the regions (name, alpha-3 of the country) that it may mean.

    What has a full stop is the same in capitals, as datelines write it: "Mo.", "MO.".
    """
    rows: dict[str, list[tuple[str, str | None]]] = {}
    for row in reference("region_abbreviations"):
        short = row["abbreviation"]
        for name in {short, short.upper() if short.endswith(".") else short}:
            rows.setdefault(name, []).append((row["name"], row["country"]))
    return {name: tuple(found) for name, found in rows.items()}


_SHORT_AFTER = re.compile(r",\s([A-Z][A-Za-z]*\.(?:[A-Z][a-z]*\.)*|[A-Z]{2}\b)")


def short_region_after(text: str, end: int) -> tuple[int, int] | None:
    """The characters of a region's short form after the comma behind a name that ends at
    ``end``: "Me." of "Portland, Me., will close"."""
    match = _SHORT_AFTER.match(text, end)
    if match is None or match[1] not in abbreviations():
        return None
    return match.span(1)


def has_town(context: str, town: str) -> bool:
    """Whether a place of that name lies in the region of that name or short form."""
    regions = areas(context)[1]
    folded = fold(town)
    spellings = [folded]
    spellings += [to + folded[len(at) :] for at, to in short_forms() if folded.startswith(at)]
    return any(
        place.region in regions
        for spelling in spellings
        for place in gazetteer().find_folded(spelling)
    )


def context_after(text: str, end: int) -> str:
    """What is written after a comma right after the name: "Texas" in "Paris, Texas"."""
    if text[end : end + 2] != ", ":
        return ""
    rest = text[end + 2 : end + 40]
    words = rest.replace("\n", " ").split(" ")
    short = short_region_after(text, end)
    if short is not None:
        return text[short[0] : short[1]]
    if words and words[0].rstrip(",;:)") in abbreviations():
        return words[0].rstrip(",;:)")
    for count in (3, 2, 1):
        phrase = (
            " ".join(words[:count]).rstrip(".,;:)’'s") if count > 1 else words[0].rstrip(".,;:)")
        )
        if (
            phrase
            and phrase[0].isupper()
            and all(w[:1].isupper() or w == "of" for w in words[:count])
        ):
            codes, regions = areas(phrase)
            if codes or regions:
                return phrase
    return ""
