"""What do the reference tables say of what a name is linked to?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pages.site import Site

#: The tables whose rows names are linked to, and what a row of each is of.
_TABLES = {
    "persons": "people in office and others in the news",
    "organisations": "organisations",
    "regions": "regions, seas and other places that are no country or town",
    "norps": "groups of people",
}
#: How many other spellings of a row are shown.
_ALIASES = 12


@dataclass(frozen=True)
class Reference:
    """A row of a reference table: the table, what that is of, the name, what the row says of it
    (an office, a kind of body), its other spellings, and where it can be checked."""

    table: str
    what: str
    name: str
    says: str | None
    aliases: tuple[str, ...]
    source: str | None


@dataclass(frozen=True)
class References:
    """Rows by ``reference_id``, countries' names by code, and the codes of countries by each of
    their names."""

    rows: Mapping[str, Reference]
    countries: Mapping[str, str]
    codes: Mapping[str, str]

    def country(self, code: str | None) -> str | None:
        """A country's name; its code where no table has one."""
        return None if code is None else self.countries.get(code, code)


def references(site: Site) -> References:
    """The reference tables of the lake; a lake that has none yet gives nothing."""
    there = {
        row["table_name"]: set(row["columns"])
        for row in site.ask(
            "SELECT table_name, list(column_name) AS columns FROM information_schema.columns "
            "WHERE table_name LIKE 'ref\\_%' ESCAPE '\\' GROUP BY table_name ORDER BY table_name"
        )
    }
    rows = {}
    for table, what in _TABLES.items():
        if f"ref_{table}" not in there:
            continue
        for row in site.ask(f"FROM lake.ref_{table} ORDER BY reference_id"):
            says = row.get("role") or (row.get("kind") if table == "organisations" else None)
            aliases = tuple((row.get("aliases") or "").split("|"))[:_ALIASES]
            rows[row["reference_id"]] = Reference(
                f"ref_{table}",
                what,
                row["name"],
                says,
                tuple(filter(None, aliases)),
                row.get("source"),
            )
    countries, codes = {}, {}
    if "ref_countries" in there:
        for row in site.ask("SELECT alpha3, name, aliases FROM lake.ref_countries ORDER BY alpha3"):
            countries[row["alpha3"]] = row["name"]
            for name in (row["name"], *(row["aliases"] or "").split("|")):
                codes[name] = row["alpha3"]
    return References(rows, countries, codes)
