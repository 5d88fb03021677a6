"""The pages of names: who or what each is, and everything that the lake has read about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pages import entity_lists, links
from pages.bars import bars, unit_of
from pages.entity_rows import LONGEST, PROFILES, portion
from pages.references import References, references
from pages.site import File, Site
from pages.words import number
from warehouse.columns import Row

#: How many names are asked for at once: few would read the tables often, many take memory.
PORTION = 1250

#: What is meant by each label, of a name.
KINDS: Mapping[str, str] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "country, region or town",
    "LOC": "place that is no country, region or town",
    "FAC": "building, road or other place that was built",
    "NORP": "nationality, religion or other group",
    "EVENT": "event",
    "LAW": "law",
    "PRODUCT": "product",
    "WORK_OF_ART": "work or prize",
}

#: What a figure or an event has to do with the name.
HOW: Mapping[str, str] = {
    "place": "where it is",
    "side": "whose side is counted",
    "agent": "who does it",
    "patient": "to whom it happens",
    "recipient": "who gets it",
}

#: Which rows of the lake each list is cut from. ``{side}`` adds those of a country's own side.
EVERY: Mapping[str, str] = {
    "spellings": "SELECT surface, count(*) FROM mentions WHERE entity_id = '{id}' "
    "GROUP BY surface ORDER BY 2 DESC",
    "company": "FROM entity_pairs WHERE '{id}' IN (entity_id_a, entity_id_b) "
    "ORDER BY articles DESC",
    "said": "FROM claims WHERE speaker_entity_id = '{id}'",
    "said_of": "SELECT DISTINCT c.* FROM claims AS c JOIN mentions AS m "
    "ON m.article_id = c.article_id AND m.char_start >= c.char_start AND m.char_end <= c.char_end "
    "WHERE m.entity_id = '{id}' AND c.speaker_entity_id IS DISTINCT FROM '{id}'",
    "figures": "FROM figures ANTI JOIN repeats USING (figure_id) "
    "WHERE restates IS NULL AND conversion_of IS NULL "
    "AND (place_entity_id = '{id}'{side} OR event_id IN (SELECT event_id FROM events "
    "WHERE '{id}' IN (agent_entity_id, patient_entity_id, recipient_entity_id)))",
    "given": "FROM figures ANTI JOIN repeats USING (figure_id) "
    "WHERE attributed_entity_id = '{id}' AND restates IS NULL AND conversion_of IS NULL",
    "events": "FROM events WHERE '{id}' IN "
    "(agent_entity_id, patient_entity_id, recipient_entity_id, place_entity_id)",
    "articles": "FROM entities WHERE entity_id = '{id}'",
}


def pages(site: Site) -> Iterator[File]:
    """The lists of names, and a page for each."""
    known = references(site)
    yield from entity_lists.pages(site, known)
    for ids in site.chunks(sorted(site.entity_ids), PORTION):
        yield from _portion(site, known, ids)


def _portion(site: Site, known: References, ids: Sequence[str]) -> Iterator[File]:
    listed = ", ".join("'" + one.replace("'", "''") + "'" for one in ids)
    names = site.ask(f"FROM site_entities WHERE entity_id IN ({listed}) ORDER BY entity_id")
    profiles = {row["entity_id"]: row for row in site.ask(PROFILES.replace("{ids}", listed))}
    profiled = [
        {**profiles[row["entity_id"]], **row} for row in names if row["entity_id"] in profiles
    ]
    rows = portion(site, ((one["entity_id"], nation(one, known), _unit(one)) for one in profiled))
    for one in profiled:
        yield _page(site, known, one, rows.of(one["entity_id"]))


def nation(profile: Row, known: References) -> str | None:
    """The code of a country, or of the country of a nationality: figures that count its side are
    about it."""
    code: str | None = profile["country"]
    if profile["entity_type"] == "NORP":
        return None if profile["reference_id"] else code
    own = profile["entity_type"] == "GPE" and known.codes.get(profile["name"]) == code
    return code if own else None


def kind(profile: Row, known: References) -> str:
    """What the name is a name of, in words."""
    label = profile["entity_type"]
    if label == "GPE" and known.codes:
        return "country or territory" if nation(profile, known) else "region or town"
    return KINDS.get(label, label)


def _unit(profile: Row) -> str:
    first, last = profile["first_date"], profile["last_date"]
    return "day" if first is None else unit_of(first, last)


def _page(site: Site, known: References, profile: Row, lists: dict[str, list[Row]]) -> File:
    entity_id = profile["entity_id"]
    path = links.entity(entity_id)
    at = _Linked(site, path)
    code = nation(profile, known)
    side = f" OR nationality = '{code}'" if code else ""
    times = [(row["start"], row["mentions"]) for row in lists.pop("times")]
    for name, rows in lists.items():
        for row in rows:
            at.link(name, row)
    return site.page(
        path,
        "entity",
        one=profile,
        kind=kind(profile, known),
        country=known.country(profile["country"]),
        reference=known.rows.get(profile["reference_id"] or ""),
        status=status(profile),
        runner_up=(profile["runner_up"] or "").partition("geonames:")[2],
        point=point(profile["point"]),
        times=bars(times, profile["first_date"], profile["last_date"]),
        lists=lists,
        totals={name: rows[0]["total"] for name, rows in lists.items() if rows},
        all={name: sql.format(id=entity_id, side=side) for name, sql in EVERY.items()},
        how=HOW,
        longest=LONGEST,
    )


@dataclass(frozen=True)
class _Linked:
    """Adds to rows where their links lead, as the page names it; None where there is no page."""

    site: Site
    path: str

    def link(self, name: str, row: Row) -> None:
        if name == "company":
            row["href"] = self._entity(row["other_id"])
        elif name in ("said", "said_of"):
            row["href"] = self._mark(row, "claim_id")
            row["speaker_href"] = self._entity(row["speaker_entity_id"])
        elif name in ("figures", "given"):
            row["href"] = self._mark(row, "figure_id")
            row["by_href"] = self._entity(row["attributed_entity_id"])
            row["place_href"] = self._entity(row["place_entity_id"])
            row["value"] = self._value(row)
        elif name == "events":
            row["href"] = self._mark(row, "event_id")
            for part in ("agent", "patient", "recipient", "place"):
                row[f"{part}_href"] = self._entity(row[f"{part}_entity_id"])
        elif name == "articles":
            row["href"] = self._mark(row, None)

    def _entity(self, entity_id: str | None) -> str | None:
        """The page of another name; none of the page's own."""
        if entity_id is None or entity_id not in self.site.entity_ids:
            return None
        to = links.entity(entity_id)
        return None if to == self.path else links.relative(self.path, to)

    def _mark(self, row: Row, key: str | None) -> str | None:
        if row["article_id"] not in self.site.article_ids:
            return None
        return links.relative(
            self.path, links.article(row["article_id"], row[key] if key else None)
        )

    @staticmethod
    def _value(row: Row) -> str | None:
        """The number, where it is not written in figures as it is here."""
        if row["value"] is None or row["value_low"] != row["value_high"]:
            return None
        said = number(row["value"])
        return None if said in row["surface"] else said


def status(profile: Row) -> str:
    """How sure it is that all that is so called is one: linked, local, ambiguous, or by how many
    articles it is not."""
    if profile["local"] == profile["articles"]:
        return "local"
    return "ambiguous" if profile["ambiguous"] else "linked"


def point(place: Mapping[str, Any] | None) -> str | None:
    """48.4593° N, 35.0387° E"""
    if place is None:
        return None
    north, east = place["latitude"], place["longitude"]
    return (
        f"{abs(north):.4f}° {'N' if north >= 0 else 'S'}, "
        f"{abs(east):.4f}° {'E' if east >= 0 else 'W'}"
    )
