"""The lists of names: the most named of each kind, and all by their first letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from pages import links
from pages.references import References
from pages.site import File, Site
from warehouse.columns import Row

#: How many names of a kind the first page has, and how many a page of a letter.
MOST, A_PAGE = 200, 1000
#: Under what names a kind is listed; of no other kind are the rest.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "People": ("PERSON",),
    "Organisations": ("ORG",),
    "Places": ("GPE", "LOC", "FAC"),
    "Groups": ("NORP",),
}
REST = "Others"
#: Where names are listed that begin with no letter from A to Z.
OTHER_LETTERS = "other"


def pages(site: Site, known: References) -> Iterator[File]:
    """The list of the most named, and where a kind has more than it shows, all by their letter."""
    groups: dict[str, list[Row]] = {}
    counts = dict.fromkeys((*GROUPS, REST), 0)
    for row in site.ask(
        "SELECT entity_type, count(*) AS names FROM site_entities GROUP BY ALL ORDER BY ALL"
    ):
        counts[_group(row["entity_type"])] += row["names"]
    for name in counts:
        groups[name] = _named(site, known, links.ENTITIES, _kinds(name), MOST)
    letters = _letters(site) if any(count > MOST for count in counts.values()) else {}
    index = [(letter, links.relative(links.ENTITIES, _address(letter, 1))) for letter in letters]
    (lake,) = site.ask("SELECT count(*) AS names FROM site_named")
    yield site.page(
        links.ENTITIES,
        "entities",
        groups=groups,
        counts=counts,
        letters=index,
        shown=sum(counts.values()),
        names=lake["names"],
    )
    for letter, ids in letters.items():
        parts = list(site.chunks(ids, A_PAGE))
        for number, some in enumerate(parts, 1):
            path = _address(letter, number)
            listed = ", ".join("'" + one.replace("'", "''") + "'" for one in some)
            rows = _named(site, known, path, f"entity_id IN ({listed})", len(some))
            yield site.page(
                path,
                "entities_letter",
                letter=letter,
                rows=sorted(rows, key=_by_name),
                total=len(ids),
                part=number,
                parts=[
                    links.relative(path, _address(letter, one + 1)) for one in range(len(parts))
                ],
                letters=[(one, links.relative(path, _address(one, 1))) for one in letters],
            )


def letter_of(name: str) -> str:
    """Where a name is listed: its first letter without accents, A to Z, or the page of others."""
    for sign in unicodedata.normalize("NFKD", name):
        if sign.isalnum():
            large = sign.upper()
            return large if "A" <= large <= "Z" and len(large) == 1 else OTHER_LETTERS
    return OTHER_LETTERS


def _group(kind: str) -> str:
    return next((name for name, kinds in GROUPS.items() if kind in kinds), REST)


def _kinds(group: str) -> str:
    """A condition for the kinds of a group."""
    every = GROUPS.get(group) or tuple(kind for kinds in GROUPS.values() for kind in kinds)
    listed = ", ".join(f"'{kind}'" for kind in every)
    return f"entity_type {'IN' if group in GROUPS else 'NOT IN'} ({listed})"


def _named(site: Site, known: References, path: str, where: str, most: int) -> list[Row]:
    """The most named first, with their countries and where their pages lie."""
    rows = site.ask(
        "WITH wanted AS (SELECT entity_id, name, articles, mentions FROM site_entities "
        f"WHERE {where} ORDER BY articles DESC, mentions DESC, entity_id LIMIT {most}) "
        "SELECT w.*, c.country FROM wanted AS w LEFT JOIN ("
        "SELECT entity_id, min(country) AS country FROM lake.entities "
        "SEMI JOIN wanted USING (entity_id) GROUP BY entity_id) AS c USING (entity_id) "
        "ORDER BY articles DESC, mentions DESC, entity_id"
    )
    for row in rows:
        row["href"] = links.relative(path, links.entity(row["entity_id"]))
        row["country"] = known.country(row["country"])
    return rows


def _letters(site: Site) -> dict[str, list[str]]:
    """The ids of all names by their letter, in the order of the names."""
    rows = site.ask("SELECT entity_id, name[:200] AS name FROM site_entities ORDER BY entity_id")
    letters: dict[str, list[str]] = {}
    for row in sorted(rows, key=_by_name):
        letters.setdefault(letter_of(row["name"]), []).append(row["entity_id"])
    return {
        letter: letters[letter] for letter in sorted(letters, key=lambda one: (len(one) > 1, one))
    }


def _by_name(row: Row) -> tuple[str, str, str]:
    """The order in which names are looked up: whatever their accents and capitals."""
    plain = unicodedata.normalize("NFKD", row["name"][:200]).casefold()
    kept = "".join(sign for sign in plain if sign.isalnum() or sign == " ")
    return kept.strip(), row["name"][:200], row["entity_id"]


def _address(letter: str, part: int) -> str:
    """The page of a letter; no name's page begins so, since theirs lie under two characters."""
    return f"names/all/{letter.lower()}{'' if part == 1 else f'-{part}'}.html"
