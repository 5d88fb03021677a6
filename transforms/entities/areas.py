"""Countries and subdivisions by the names and short forms that are written after a town."""

from __future__ import annotations

from functools import cache, lru_cache

from transforms.entities.gazetteer import gazetteer
from transforms.entities.lexicon import lexicon
from transforms.entities.place import COUNTY, REGION
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
    """Short form of a region -> the regions (name, alpha-3 of the country) that it may mean."""
    rows: dict[str, list[tuple[str, str | None]]] = {}
    for row in reference("region_abbreviations"):
        rows.setdefault(row["abbreviation"], []).append((row["name"], row["country"]))
    return {name: tuple(found) for name, found in rows.items()}


def context_after(text: str, end: int) -> str:
    """What is written after a comma right after the name: "Texas" in "Paris, Texas"."""
    if text[end : end + 2] != ", ":
        return ""
    rest = text[end + 2 : end + 40]
    words = rest.replace("\n", " ").split(" ")
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
