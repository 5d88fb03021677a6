"""Who says most, and about what? Charts of speakers and of quotations."""

from __future__ import annotations

from collections.abc import Iterator

from pages import plots, words
from pages.charts import Chart
from pages.site import Site

_SHOWN = 15


def claims(site: Site) -> Iterator[Chart]:
    """Who says most, in how many statements; and what they speak of."""
    kept = site.view("claims_by_source")
    speakers = site.ask(
        f"SELECT speaker, speaker_entity_id, claims, quoted FROM {kept} "
        "WHERE speaker_entity_id IS NOT NULL AND NOT starts_with(speaker, 'unnamed') "
        f"ORDER BY row_no LIMIT {_SHOWN}"
    )
    if not speakers:
        return
    kinds = ("quoted word for word", "in other words")
    values = [
        {"name": plots.name(row["speaker"]), "kind": kind, "count": count}
        for row in sorted(speakers, key=lambda row: -int(row["claims"]))
        for kind, count in zip(kinds, (row["quoted"], row["claims"] - row["quoted"]), strict=True)
        if count
    ]
    top = max(speakers, key=lambda row: int(row["claims"]))
    spec, height = plots.bars(
        values,
        "statements",
        kinds=kinds,
        tooltip=[
            {"field": "name", "title": "who"},
            {"field": "kind", "title": "how"},
            {"field": "count", "title": "statements"},
        ],
    )
    yield Chart(
        "speakers",
        f"Statements of the {words.counted(len(speakers), 'named speaker')} who speak in most "
        "stories",
        f"Bars: statements by speaker, the first {plots.name(top['speaker'])} with "
        f"{top['claims']}.",
        spec,
        height,
        live=True,
    )
    yield from _subjects(site, [row["speaker_entity_id"] for row in speakers])


def _subjects(site: Site, ids: list[str]) -> Iterator[Chart]:
    """What the speakers' statements tell of, as far as events are read in them."""
    wanted = ", ".join(f"'{one}'" for one in ids)
    rows = site.ask(
        f"""
        SELECT s.speaker, e.event_type, count(DISTINCT c.claim_id) AS claims
        FROM claims AS c
        JOIN events AS e ON e.claim_id = c.claim_id
        JOIN {site.view("claims_by_source")} AS s ON s.speaker_entity_id = c.speaker_entity_id
        WHERE c.speaker_entity_id IN ({wanted})
        GROUP BY ALL ORDER BY ALL
        """
    )
    events: dict[str, int] = {}
    for row in rows:
        events[row["event_type"]] = events.get(row["event_type"], 0) + row["claims"]
    across = sorted(events, key=lambda event: (-events[event], event))[:10]
    values = [
        {
            "row": plots.name(row["speaker"]),
            "column": words.label(row["event_type"]),
            "count": row["claims"],
        }
        for row in rows
        if row["event_type"] in across
    ]
    said = {value["row"] for value in values}
    known = site.ask(
        f"SELECT speaker FROM {site.view('claims_by_source')} "
        f"WHERE speaker_entity_id IN ({wanted}) ORDER BY row_no"
    )
    down = [one for row in known if (one := plots.name(row["speaker"])) in said]
    if len(down) < 3 or len(across) < 3:
        return
    spec, height = plots.matrix(values, [words.label(one) for one in across], down, "statements")
    yield Chart(
        "subjects",
        "What they speak of: statements by the kind of event that is read in them",
        f"Matrix: statements of {len(down)} speakers by {len(across)} kinds of event.",
        spec,
        height,
        live=True,
        note="A statement with several events counts for each of their kinds, one without for "
        "none.",
    )


def quotes(site: Site) -> Iterator[Chart]:
    """Who is quoted in most stories."""
    rows = site.ask(
        f"""
        SELECT min(speaker) AS speaker, count(DISTINCT story_id) AS stories, count(*) AS quotes
        FROM {site.view("quotes")}
        WHERE speaker_entity_id IS NOT NULL
        GROUP BY speaker_entity_id
        ORDER BY stories DESC, quotes DESC, speaker LIMIT {_SHOWN}
        """
    )
    if not rows:
        return
    values = [{"name": plots.name(row["speaker"]), "count": row["quotes"]} for row in rows]
    spec, height = plots.bars(values, "quotations")
    yield Chart(
        "quoted",
        f"Quotations of the {words.counted(len(rows), 'named speaker')} quoted in most stories",
        f"Bars: quotations by speaker, the first {values[0]['name']} with {values[0]['count']}.",
        spec,
        height,
    )
