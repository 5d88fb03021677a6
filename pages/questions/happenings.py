"""What happened where and when? A map of the events that have a place, and columns over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pages import links, plots, words
from pages.charts import COLOURS, WORLD, Chart, Choice, Spec
from pages.countries import names
from pages.site import Site
from warehouse.columns import Row

#: Places on the map: those with most events.
_PLACES = 300
#: Parts of the world that one may look at closer: west, south, east, north in degrees.
_PARTS = {
    "Europe": (-12, 34, 45, 66),
    "The Middle East": (24, 12, 64, 43),
    "Africa": (-20, -36, 54, 38),
    "South and East Asia": (60, -10, 148, 54),
    "Ukraine and western Russia": (21, 43, 50, 57),
    "North America": (-130, 12, -60, 56),
    "South America": (-84, -56, -32, 14),
}
_AT, _COUNTRY = "a town, a region or a site", "a whole country, marked at its middle"


def per_day(site: Site) -> Iterator[Chart]:
    """The map, then what is reported of each day by category."""
    yield from places(site, links.question("events_per_day"))
    yield from _days(site)


def places(site: Site, page: str) -> Iterator[Chart]:
    """Where events happen that are stated as fact, by the gazetteer's coordinates."""
    rows = site.ask(
        f"""
        WITH happened AS (
          SELECT e.event_id, e.article_id, e.event_type, e.published_date, e.char_start,
                 a.story_id, s.entity_id, s.name, s.latitude, s.longitude, s.country, s.entity_type,
                 s.region IS NULL AND s.entity_type = 'GPE' AS whole
          FROM events AS e
          JOIN site_chosen USING (article_id)
          JOIN articles AS a USING (article_id)
          JOIN entities AS s ON s.article_id = e.article_id AND s.entity_id = e.place_entity_id
          WHERE s.latitude IS NOT NULL AND s.longitude IS NOT NULL AND e.modality = 'actual'
        ),
        kinds AS (
          SELECT entity_id, event_type, count(*) AS events FROM happened GROUP BY ALL
        ),
        told AS (
          SELECT entity_id, list(event_type ORDER BY events DESC, event_type)[:3] AS most FROM kinds
          GROUP BY entity_id
        ),
        put AS (
          SELECT entity_id, min(name) AS name, min(country) AS country, min(whole) AS whole,
                 min(latitude) AS latitude, min(longitude) AS longitude, count(*) AS events,
                 count(DISTINCT story_id) AS stories,
                 max({{'day': published_date, 'article': article_id, 'at': -char_start,
                      'event': event_id}}) AS last
          FROM happened GROUP BY entity_id
        )
        SELECT put.*, told.most FROM put JOIN told USING (entity_id)
        ORDER BY events DESC, entity_id LIMIT {_PLACES}
        """
    )
    if not rows:
        return
    called = names(site)
    values = [_place(site, page, row, called) for row in rows]
    held = {
        kind: [one for one in values if one["whole"] is (kind == "rings")]
        for kind in ("dots", "rings")
    }
    most = rows[0]["events"]
    top = rows[0]
    says = (
        f"Map: {words.counted(len(rows), 'place')}, the most events in {plots.name(top['name'])}, "
        f"{top['events']}."
    )
    title = "Where events are reported: the larger a dot, the more events"
    yield Chart(
        "map",
        title,
        says,
        _map(most, None),
        430,
        live=True,
        scales=True,
        note="Events stated as fact whose place the gazetteer knows: "
        f"{words.counted(len(rows), 'place')}"
        f"{', those with most events' if len(rows) == _PLACES else ''}, "
        f"{words.counted(sum(row['events'] for row in rows), 'event')}. A filled dot is {_AT}; "
        f"a ring is {_COUNTRY}. Outlines: Natural Earth.",
        held=held,
        choose="Look at",
        choices=[Choice("The world", says, _map(most, None))]
        + [Choice(part, f"{says} Shown: {part}.", _map(most, box)) for part, box in _PARTS.items()],
    )


def _place(site: Site, page: str, row: Row, called: Mapping[str, str]) -> Spec:
    country = called.get(row["country"] or "", row["country"])
    where = plots.name(row["name"])
    last = row["last"]
    return {
        "where": where
        if row["whole"] or not country or country == where
        else f"{where}, {country}",
        "lat": round(row["latitude"], 2),
        "lon": round(row["longitude"], 2),
        "events": row["events"],
        "stories": row["stories"],
        "most": words.listed(words.label(one) for one in row["most"]),
        "whole": row["whole"],
        "page": links.relative(page, links.article(last["article"], last["event"]))
        if last["article"] in site.article_ids
        else None,
    }


def _map(most: int, box: tuple[int, int, int, int] | None) -> Spec:
    """The world or a part of it, its countries' outlines, and a dot for each place."""
    projection: Spec = {"type": "equalEarth"}
    if box is not None:
        west, south, east, north = box
        corners = [[west, south], [west, north], [east, north], [east, south], [west, south]]
        projection = {
            "type": "mercator",
            "fit": {"type": "MultiPoint", "coordinates": corners},
        }
    size = {
        "field": "events",
        "type": "quantitative",
        "legend": None,
        "scale": {"type": "sqrt", "range": [0, 900], "domain": [0, most]},
    }
    tooltip = [
        {"field": "where", "title": "where"},
        {"field": "events", "title": "events", "format": ",d"},
        {"field": "stories", "title": "stories", "format": ",d"},
        {"field": "most", "title": "most often"},
    ]
    at = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
        "size": size,
        "tooltip": tooltip,
    }
    land: Spec = {
        "data": {"values": WORLD, "format": {"type": "topojson", "feature": "countries"}},
        "mark": {
            "type": "geoshape",
            "fill": "var(--tint)",
            "stroke": "var(--claim)",
            "strokeWidth": 0.7,
            "clip": True,
        },
    }
    rings: Spec = {
        "data": {"values": "rings"},
        "mark": {
            "type": "circle",
            "filled": False,
            "stroke": COLOURS[1],
            "strokeWidth": 1.5,
            "opacity": 0.9,
            "fill": "transparent",
            "clip": True,
            "cursor": "pointer",
        },
        "encoding": at,
    }
    dots: Spec = {
        "data": {"values": "dots"},
        "mark": {
            "type": "circle",
            "color": COLOURS[0],
            "opacity": 0.65,
            "stroke": "var(--paper)",
            "strokeWidth": 0.7,
            "clip": True,
            "cursor": "pointer",
        },
        "encoding": at,
    }
    return {"projection": projection, "layer": [land, rings, dots]}


def _days(site: Site) -> Iterator[Chart]:
    rows = site.ask(
        f"""
        SELECT day, category, sum(figures)::BIGINT AS count FROM {site.view("events_per_day")}
        WHERE day IS NOT NULL GROUP BY ALL ORDER BY ALL
        """
    )
    chart = over_time(rows, "category", "statements", "reports", "Statements of what happened")
    if chart is not None:
        yield chart


def over_time(rows: list[Row], kind: str, unit: str, name: str, title: str) -> Chart | None:
    """Columns over time by kind, of rows with ``day``, ``count`` and the kind's column; a few days
    far off are left out, and the note says how many."""
    if not rows:
        return None
    first, last = plots.crowded([row["day"] for row in rows for _ in range(row["count"])], 0.95)
    within = [row for row in rows if first <= row["day"] <= last]
    counts: dict[str, int] = {}
    for row in within:
        counts[words.label(row[kind])] = counts.get(words.label(row[kind]), 0) + row["count"]
    kinds = plots.most(counts)
    calendar = plots.Calendar(first, last)
    values = calendar.counted(
        (
            row["day"],
            said if (said := words.label(row[kind])) in kinds else plots.OTHERS,
            row["count"],
        )
        for row in within
    )
    out = sum(row["count"] for row in rows) - sum(row["count"] for row in within)
    return Chart(
        name,
        f"{title}, by {calendar.unit}",
        f"Columns by {calendar.unit} from {words.day(first)} to {words.day(last)}, in parts by "
        f"{words.listed(kinds)}: {words.number(sum(counts.values()))} {unit} in all.",
        plots.columns(values, unit, kinds=kinds, live=True),
        260,
        live=True,
        moved=True,
        note=f"{words.number(out)} more {unit}, of days before {words.day(first)} or after "
        f"{words.day(last)}, {'is' if out == 1 else 'are'} not drawn."
        if out
        else "",
    )
