"""Sources that have been failing or silent for a day are told, as of the latest run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import warehouse
from expectations.html import page
from expectations.summary import Summary
from warehouse.lake import Lake, Publication
from warehouse.tables import SOURCE_READS

NOW = dt.datetime(2026, 3, 9, 12)


def read(source: str, hours_ago: float, new: int = 0, trouble: str | None = None) -> dict[str, Any]:
    at = NOW - dt.timedelta(hours=hours_ago)
    return SOURCE_READS.row(
        run_id=f"{at:%Y%m%dT%H%M%SZ}",
        source=source,
        path=f"https://{source}.example.org/feed",
        read_at=at,
        inputs=new,
        new_inputs=new,
        rejects=0,
        not_fetched=0,
        trouble=trouble,
    )


def test_each_source_has_its_state(lake_folder: Path) -> None:
    rows = [
        read("well", 30, new=5),
        read("well", 0, new=1),
        read("down", 40, new=3),
        read("down", 20, trouble="no answer"),
        read("down", 0, trouble="no answer <b>"),
        read("shaky", 2, new=1),
        read("shaky", 0, trouble="no answer"),
        read("quiet", 30, new=2),
        read("quiet", 0),
        read("fresh", 0),
        read("never", 25, trouble="no answer"),
        read("never", 0, trouble="no answer"),
    ]
    with Lake.open(lake_folder) as lake:
        lake.publish(Publication({}, {SOURCE_READS.name: SOURCE_READS.arrow(rows)}), "run")
    with warehouse.connect(lake_folder) as connection:
        found = connection.sql("FROM source_health").to_arrow_table().to_pylist()
    states = {row["source"]: (row["state"], row["failures"]) for row in found}
    assert states == {
        "down": ("failing", 2),
        "fresh": ("ok", 0),
        "never": ("failing", 2),
        "quiet": ("silent", 0),
        "shaky": ("ok", 1),
        "well": ("ok", 0),
    }
    down = found[0]
    assert (down["last_success"], down["last_read"]) == (NOW - dt.timedelta(hours=40), NOW)

    text = page(Summary("run", "passed", [], [], [], {}, sources=found))
    section = text.split("<h2>Sources</h2>")[1].split("</section>")[0]
    assert section.index("down") < section.index("quiet") < section.index("well")
    assert "no answer &lt;b&gt;" in section
    assert "never" in section
