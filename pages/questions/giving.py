"""Who gives to whom, and what are the largest sums?"""

from __future__ import annotations

from collections.abc import Iterator

from pages import links, plots, words
from pages.charts import Chart
from pages.countries import names
from pages.site import Site

_SIDES = 10
_SUMS = 12
#: So many flows between countries are enough for a chart of countries alone.
_FEW = 4


def transfers(site: Site) -> Iterator[Chart]:
    """Givers and receivers, then the largest sums of the currency that is named most."""
    yield from _flows(site)
    yield from _sums(site)


def _flows(site: Site) -> Iterator[Chart]:
    """How many gifts, sales and transfers are told between each two, countries put together."""
    rows = site.ask(
        f"""
        SELECT giver, giver_country, receiver, receiver_country,
               count(DISTINCT event_id) AS count
        FROM {site.view("transfers")}
        WHERE giver IS NOT NULL AND receiver IS NOT NULL
          AND giver_country IS DISTINCT FROM receiver_country
        GROUP BY ALL ORDER BY ALL
        """
    )
    called = names(site)
    states = [row for row in rows if row["giver_country"] and row["receiver_country"]]
    among_states = len(states) >= _FEW
    between: dict[tuple[str, str], int] = {}
    gives: dict[str, int] = {}
    gets: dict[str, int] = {}
    for row in states if among_states else rows:
        giver, receiver = (
            plots.name(called.get(row[f"{side}_country"], row[side]))
            for side in ("giver", "receiver")
        )
        between[giver, receiver] = between.get((giver, receiver), 0) + row["count"]
        gives[giver] = gives.get(giver, 0) + row["count"]
        gets[receiver] = gets.get(receiver, 0) + row["count"]
    down = sorted(gives, key=lambda one: (-gives[one], one))[:_SIDES]
    among = {to for (giver, to) in between if giver in down}
    across = sorted(among, key=lambda one: (-gets[one], one))[:_SIDES]
    values = [
        {"row": giver, "column": receiver, "count": count}
        for (giver, receiver), count in sorted(between.items())
        if giver in down and receiver in across
    ]
    down = [one for one in down if any(value["row"] == one for value in values)]
    if len(down) < 2 or len(across) < 2:
        return
    unit = "gifts, sales and transfers"
    few = len(across) < _FEW
    pairs = [
        {"name": f"{giver} → {receiver}", "count": count}
        for (giver, receiver), count in sorted(
            between.items(), key=lambda pair: (-pair[1], pair[0])
        )
        if giver in down and receiver in across
    ]
    spec, height = plots.bars(pairs, unit) if few else plots.matrix(values, across, down, unit)
    yield Chart(
        "flows",
        "Who gives to whom: how many gifts, sales and transfers are told"
        if few
        else "Who gives (down) to whom (across): how many gifts, sales and transfers are told",
        f"{len(down)} givers and {len(across)} receivers, up to {max(between.values())} times from "
        "one to another.",
        spec,
        height,
        live=True,
        note=(
            "What is told of givers and receivers whose countries are known, by country."
            if among_states
            else "Those who give and get most often."
        ),
    )


def _sums(site: Site) -> Iterator[Chart]:
    kept = site.view("transfers")
    money = site.ask(
        f"""
        WITH money AS (
          SELECT * FROM {kept}
          WHERE unit_type = 'money' AND coalesce(value, value_low, value_high) IS NOT NULL
            AND (giver IS NOT NULL OR receiver IS NOT NULL)
            AND modality IN ('actual', 'planned', 'possible')
        )
        SELECT giver, receiver, coalesce(value, value_low, value_high) AS sum, unit, modality,
               surface, article_id, figure_id, published_date
        FROM money
        WHERE unit = (SELECT unit FROM money GROUP BY unit ORDER BY count(*) DESC, unit LIMIT 1)
        ORDER BY sum DESC, figure_id LIMIT {_SUMS}
        """
    )
    if len(money) < 3:
        return
    page = links.question("transfers")
    kinds = ("stated as fact", "planned or possible")
    values = [
        {
            "name": f"{number}. {_who(row['giver'])} → {_who(row['receiver'])}",
            "count": row["sum"],
            "kind": kinds[row["modality"] != "actual"],
            "said": plots.name(row["surface"], 26),
            "long": row["sum"] > money[0]["sum"] * 0.55,
            "day": words.day(row["published_date"]),
            "page": links.relative(page, links.article(row["article_id"], row["figure_id"]))
            if row["article_id"] in site.article_ids
            else None,
        }
        for number, row in enumerate(money, 1)
    ]
    order = [value["name"] for value in values]
    unit = money[0]["unit"]
    y = {"field": "name", "type": "nominal", "sort": order, "title": None}
    x = {
        "field": "count",
        "type": "quantitative",
        "axis": plots.number_axis(unit, whole=False, labelExpr=plots.MONEY),
        "scale": {"domain": [0, values[0]["count"] * 1.04], "nice": False},
    }
    tooltip = [
        {"field": "name", "title": "who"},
        {"field": "said", "title": "sum as written"},
        {"field": "kind", "title": "stated as"},
        {"field": "day", "title": "published"},
    ]
    bar = {
        "mark": {"type": "bar", "height": {"band": 0.72}, "cursor": "pointer"},
        "encoding": {"x": x, "y": y, "color": plots.colours("kind", kinds), "tooltip": tooltip},
    }
    ends = [  # behind a short bar, within a long one
        {
            "transform": [{"filter": f"datum.long === {long}"}],
            "mark": {"type": "text", "align": align, "dx": dx, "color": "var(--ink)"},
            "encoding": {"x": x, "y": y, "text": {"field": "said"}},
        }
        for long, align, dx in (("false", "left", 5), ("true", "right", -5))
    ]
    yield Chart(
        "sums",
        f"The largest single sums in {unit}, the currency named most",
        f"Bars: {len(values)} sums, the largest {values[0]['said']}, of {values[0]['name']}.",
        {"data": {"values": values}, "layer": [bar, *ends]},
        plots.ROW * len(values) + plots.AXES + 30,
        live=True,
        note="As the articles state them, each on its own; they are not added up.",
    )


def _who(side: str | None) -> str:
    return "(not said)" if side is None else plots.name(side, 26)
