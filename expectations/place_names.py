"""Names of countries and first-level regions, to tell that a place was taken for a person."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

#: Countries and regions that are given names or surnames as well: alone they prove nothing.
_ALSO_PEOPLE = {
    "assam", "berlin", "brandenburg", "chad", "cuba", "delhi", "france", "georgia", "guernsey",
    "holland", "india", "ireland", "israel", "jersey", "jordan", "kenya", "malta", "montana",
    "nevada", "saint barthelemy", "saint lucia", "saint martin", "tennessee", "texas", "trinidad",
    "victoria", "virginia", "washington",
}  # fmt: skip
#: What news calls countries beside the names that ISO 3166 gives them.
_SHORT_NAMES = (
    "Britain", "Burma", "Czech Republic", "DPRK", "Democratic Republic of Congo", "Holy See",
    "Ivory Coast", "Palestine", "Russia", "Scotland", "Swaziland", "Turkey", "U.K.", "U.S.",
    "UAE", "United States of America", "Vatican", "Vatican City", "West Bank",
)  # fmt: skip
#: Regions in the news whose ISO 3166-2 names are not the English ones.
_REGIONS = (
    "Belgorod", "Bryansk", "Chechnya", "Crimea", "Dagestan", "Donbas", "Donetsk", "Kharkiv",
    "Kherson", "Kursk", "Luhansk", "Mykolaiv", "Odesa", "Sumy", "Tatarstan", "Tibet", "Xinjiang",
    "Zaporizhzhia",
)  # fmt: skip
#: Cities that news everywhere names, of stories from anywhere.
_KNOWN_CITIES = (
    "Amsterdam", "Ankara", "Athens", "Baghdad", "Bangkok", "Barcelona", "Beijing", "Beirut",
    "Berlin", "Bogota", "Brussels", "Buenos Aires", "Cairo", "Canberra", "Cape Town", "Caracas",
    "Chicago", "Copenhagen", "Damascus", "Delhi", "Doha", "Dubai", "Dublin", "Frankfurt", "Gaza",
    "Gaza Strip", "Geneva", "Hanoi", "Havana", "Helsinki", "Hiroshima", "Hollywood", "Hong Kong",
    "Islamabad", "Istanbul", "Jakarta", "Jerusalem", "Johannesburg", "Kabul", "Kyiv", "Lagos",
    "Lima", "Lisbon", "London", "Los Angeles", "Madrid", "Manila", "Mecca", "Melbourne",
    "Mexico City", "Milan", "Montreal", "Moscow", "Mumbai", "Nairobi", "New Delhi", "New York",
    "New York City", "Osaka", "Oslo", "Ottawa", "Paris", "Prague", "Pyongyang", "Rio",
    "Rio de Janeiro", "Riyadh", "Rome", "San Francisco", "Sao Paulo", "Seoul", "Shanghai",
    "Singapore", "Stockholm", "Sydney", "Taipei", "Tehran", "Tel Aviv", "The Hague", "Tokyo",
    "Toronto", "Vienna", "Warsaw", "Washington", "Zurich",
)  # fmt: skip
#: Countries whose first-level names ISO 3166-2 gives in English or as English news writes them.
_WITH_REGIONS = ("AU", "CA", "CN", "DE", "IN", "US")
_CHINESE_TYPE = re.compile(r" (Sheng|Shi|SAR|Zizhiqu)$")
_PLACE_WORD = re.compile(
    r"\b(oblast|region|province|prefecture|governorate|krai|county|voivodeship|peninsula)$"
)
#: Codes of countries that ISO 3166 does not hold but the news and statistics use.
_USER_ASSIGNED = ("XKX",)


def _folded(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.casefold().split()).removeprefix("the ")


@cache
def _all_places() -> frozenset[str]:
    import pycountry

    names = [*_SHORT_NAMES, *_REGIONS]
    for country in pycountry.countries:
        names += [country.name, getattr(country, "common_name", country.name)]
        names.append(getattr(country, "official_name", country.name))
    for region in pycountry.subdivisions:
        if region.country_code in _WITH_REGIONS and region.parent_code is None:
            names.append(_CHINESE_TYPE.sub("", region.name))
    return frozenset(_folded(name) for name in names)


def is_country_or_region(name: str) -> bool:
    """Whether a name of a place is a country's or a first-level region's."""
    folded = _folded(name)
    return folded in _all_places() or _PLACE_WORD.search(folded) is not None


def is_place_name(name: str) -> bool:
    """Whether a name, taken alone, can only be a country's or a first-level region's."""
    return _folded(name) not in _ALSO_PEOPLE and is_country_or_region(name)


@cache
def _known_cities() -> frozenset[str]:
    return frozenset(map(_folded, _KNOWN_CITIES))


def is_known_everywhere(name: str) -> bool:
    """Whether the name is a city's of which news tells far away without a reason of its own."""
    return _folded(name) in _known_cities()


@cache
def country_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-3 codes, those of countries that are no more among them."""
    import pycountry

    codes = [country.alpha_3 for country in pycountry.countries]
    codes += [country.alpha_3 for country in pycountry.historic_countries]
    return frozenset([*codes, *_USER_ASSIGNED])
