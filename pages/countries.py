"""What is a country called? The names of codes, as the lake's own table of countries has them."""

from __future__ import annotations

from pages.site import Site


def names(site: Site) -> dict[str, str]:
    """Names by ISO 3166-1 alpha-3 code; empty in a lake that has no such table."""
    known = site.ask(
        "SELECT 1 FROM duckdb_views() WHERE view_name = 'ref_countries' "
        "UNION ALL SELECT 1 FROM duckdb_tables() WHERE table_name = 'ref_countries'"
    )
    if not known:
        return {}
    rows = site.ask("SELECT alpha3, name FROM ref_countries ORDER BY alpha3")
    return {row["alpha3"]: row["name"] for row in rows}
