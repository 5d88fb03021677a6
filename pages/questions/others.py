"""Small charts of the questions that are answered by their rows."""

from __future__ import annotations

from collections.abc import Iterator

from pages import plots, words
from pages.charts import Chart
from pages.questions.happenings import over_time
from pages.site import Site

_NAMES = 14


def figures(site: Site) -> Iterator[Chart]:
    """Which figures are stated: how many of each unit."""
    rows = site.ask(
        f"""
        SELECT CASE unit_type WHEN 'count' THEN 'counts: ' || replace(category, '_', ' ')
                    ELSE replace(unit_type, '_', ' ') END AS name,
               count(*) FILTER (modality = 'actual') AS fact,
               count(*) FILTER (modality <> 'actual') AS other
        FROM {site.view("figure_details")}
        GROUP BY name ORDER BY count(*) DESC, name LIMIT {_NAMES}
        """
    )
    kinds = ("stated as fact", "planned, possible or denied")
    values = [
        {"name": row["name"], "kind": kind, "count": count}
        for row in rows
        for kind, count in zip(kinds, (row["fact"], row["other"]), strict=True)
        if row["name"] and count
    ]
    if values:
        spec, height = plots.bars(values, "figures", kinds=kinds)
        yield Chart(
            "kinds",
            "Figures by what they measure or count",
            f"Bars: figures of {len(rows)} kinds, the most of {rows[0]['name']}.",
            spec,
            height,
        )


def dates(site: Site) -> Iterator[Chart]:
    """Which times are spoken of: those that point to a day, by the year, month or week."""
    rows = site.ask(
        f"""
        SELECT date_start AS day, granularity, count(*) AS count FROM {site.view("date_details")}
        WHERE date_start IS NOT NULL AND granularity IS NOT NULL GROUP BY ALL ORDER BY ALL
        """
    )
    chart = over_time(
        rows,
        "granularity",
        "times named",
        "times",
        "Times that articles name, by how exact they are",
    )
    if chart is not None:
        yield chart


def dated_events(site: Site) -> Iterator[Chart]:
    """When the dated events happen, by what they are."""
    rows = site.ask(
        f"""
        SELECT date_start AS day, event_type, count(DISTINCT event_id) AS count
        FROM {site.view("event_dates")}
        WHERE date_start IS NOT NULL GROUP BY ALL ORDER BY ALL
        """
    )
    chart = over_time(
        rows, "event_type", "events", "dated", "Events with a time, by their first day"
    )
    if chart is not None:
        yield chart


def days(site: Site) -> Iterator[Chart]:
    """How many articles speak of each day."""
    rows = site.ask(
        f"SELECT day, 'articles' AS kind, articles AS count FROM {site.view('days_named')} "
        "WHERE day IS NOT NULL ORDER BY day"
    )
    chart = over_time(
        rows, "kind", "articles that name a day in it", "named", "Days that articles speak of"
    )
    if chart is not None:
        yield chart


def daily(site: Site) -> Iterator[Chart]:
    """In how many stories the most named are named, over time."""
    rows = site.ask(
        f"""
        WITH e AS (SELECT * FROM {site.view("entity_daily")} WHERE day IS NOT NULL),
        top AS (
          SELECT entity_id, arg_max(name, (mentions, day)) AS name FROM e
          WHERE entity_type IN ('PERSON', 'ORG', 'GPE', 'LOC')
          GROUP BY entity_id ORDER BY sum(stories) DESC, entity_id LIMIT 5
        )
        SELECT e.day, top.name, e.stories AS count FROM e JOIN top USING (entity_id)
        ORDER BY e.day, top.name, e.entity_id
        """
    )
    if not rows:
        return
    first, last = plots.crowded([row["day"] for row in rows for _ in range(row["count"])], 0.98)
    calendar = plots.Calendar(first, last)
    values = calendar.counted(
        (row["day"], plots.name(row["name"]), row["count"])
        for row in rows
        if first <= row["day"] <= last
    )
    sums: dict[str, int] = {}
    for value in values:
        sums[value["kind"]] = sums.get(value["kind"], 0) + value["count"]
    kinds = plots.most(sums)
    colour = plots.colours("kind", kinds)
    x = {
        "field": "start",
        "type": "temporal",
        "axis": plots.time_axis(first, last),
        "scale": {"type": "utc", "padding": 8},
    }
    y = {
        "field": "count",
        "type": "quantitative",
        "axis": plots.number_axis(f"stories in a {calendar.unit}"),
    }
    tooltip = [
        {"field": "kind", "title": "who or what"},
        {"field": "when", "title": "when"},
        {"field": "count", "title": "stories", "format": ",d"},
    ]
    points = {"shape": plots.shapes("kind", kinds), "tooltip": tooltip}
    yield Chart(
        "daily",
        f"The five that are named in most stories, by {calendar.unit}",
        f"Lines over time of {words.listed(kinds)}, {words.day(first)} to {words.day(last)}.",
        {
            "data": {"values": values},
            "encoding": {"x": x, "y": y, "color": colour},
            "layer": [
                {"mark": {"type": "line", "strokeWidth": 1.5}, "params": [plots.zoom()]},
                {
                    "mark": {"type": "point", "filled": True, "size": 40, "opacity": 1},
                    "encoding": points,
                },
            ],
        },
        280,
        live=True,
        moved=True,
        note=f"A point is a {calendar.unit}; one without such a story has none, and the line "
        "passes over it.",
    )


def pairs(site: Site) -> Iterator[Chart]:
    """Who is named with whom, among those named together most."""
    kept = site.view("entity_pairs")
    wide = "('PERSON', 'ORG', 'GPE', 'LOC', 'FAC', 'EVENT')"
    rows = site.ask(
        f"""
        WITH p AS (
          SELECT * FROM {kept} WHERE entity_type_a IN {wide} AND entity_type_b IN {wide}
        ),
        each AS (
          SELECT entity_id_a AS id, name_a AS name, stories FROM p
          UNION ALL SELECT entity_id_b, name_b, stories FROM p
        ),
        top AS (
          SELECT id, min(name) AS name, sum(stories) AS stories FROM each
          GROUP BY id ORDER BY stories DESC, id LIMIT {_NAMES}
        )
        SELECT a.name AS one, b.name AS other, p.stories FROM p
        JOIN top AS a ON a.id = p.entity_id_a JOIN top AS b ON b.id = p.entity_id_b
        ORDER BY p.stories DESC, p.entity_id_a, p.entity_id_b
        """
    )
    sums: dict[str, int] = {}
    between: dict[tuple[str, str], int] = {}
    for row in rows:
        one, other = plots.name(row["one"], 24), plots.name(row["other"], 24)
        for pair in ((one, other), (other, one)):
            between[pair] = max(between.get(pair, 0), row["stories"])
            sums[pair[0]] = sums.get(pair[0], 0) + row["stories"]
    order = sorted(sums, key=lambda name: (-sums[name], name))
    if len(order) < 3:
        return
    values = [
        {"row": one, "column": other, "count": count}
        for (one, other), count in sorted(between.items())
    ]
    spec, height = plots.matrix(values, order, order, "stories")
    yield Chart(
        "together",
        "Who and what are named in one sentence, in how many stories",
        f"Matrix: {len(order)} names by themselves, up to {max(between.values())} stories for a "
        "pair.",
        spec,
        height,
        live=True,
    )


def carriers(site: Site) -> Iterator[Chart]:
    """How many articles carry a story."""
    rows = site.ask(
        f"""
        SELECT carriers, count(DISTINCT story_id) AS stories
        FROM {site.view("story_carriers")} GROUP BY carriers ORDER BY carriers
        """
    )
    values = [
        {"name": words.counted(row["carriers"], "article"), "count": row["stories"]} for row in rows
    ]
    if len(values) > 1:
        spec, height = plots.bars(values[:_NAMES], "stories")
        yield Chart(
            "carried",
            "Stories by how many articles carry them",
            f"Bars: {words.counted(sum(row['stories'] for row in rows), 'story', 'stories')} "
            f"carried by {rows[0]['carriers']} to {rows[-1]['carriers']} articles.",
            spec,
            height,
        )
