"""What a run came to, as metrics that Prometheus reads: one text file, written anew by each run.

Every value follows from the run's report and from what the lake held at its end; no clock is asked.
Times are given as they are, not as ages, so that an age grows while nothing runs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import write_to_textfile
from prometheus_client.registry import Collector

from flows.errors import shown
from flows.held import SOURCES, Held
from flows.report import EXIT_CODES, INPUT_PARTS, RunReport
from warehouse.release import VERSION
from warehouse.tables import ARTICLE_TABLES, Row

_QUALITY = ("passed", "warned", "failed", "broke")
_STATES = ("ok", "failing", "silent")


def write_metrics(report: RunReport, found: Held, path: Path) -> None:
    """Writes the file whole: a reader sees the last one or this one. Raises ``OSError``."""
    registry = CollectorRegistry()
    registry.register(_Metrics(report, found))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_to_textfile(str(path), registry)


class _Metrics(Collector):
    """The metrics of one run, all of them gauges with the lake as their first label."""

    def __init__(self, report: RunReport, found: Held) -> None:
        self._report, self._found = report, found

    def collect(self) -> Iterator[GaugeMetricFamily]:
        lake = shown(self._report.lake)
        for one in METRICS:
            family = GaugeMetricFamily(one.name, one.help, labels=("lake", *one.labels))
            for values, number in one.values(self._report, self._found):
                if number is not None:
                    family.add_metric((lake, *map(shown, values)), number)
            yield family


Values = Iterable[tuple[tuple[str, ...], float | None]]


@dataclass(frozen=True)
class Metric:
    """A metric: its name, what it says, its labels beside the lake, and its values."""

    name: str
    help: str
    labels: tuple[str, ...]
    values: Callable[[RunReport, Held], Values]


def _one(value: Callable[[RunReport, Held], float | dt.datetime | None]) -> Callable[..., Values]:
    """A metric with no label: of one value."""
    return lambda report, found: [((), _number(value(report, found)))]


def _number(value: float | dt.datetime | None) -> float | None:
    """Seconds since 1970 of a time in UTC."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=dt.UTC).timestamp()
    return value


def _each(names: Iterable[str], counts: Mapping[str, int]) -> Values:
    """A value for each of these names, 0 where nothing was counted."""
    return [((name,), counts.get(name, 0)) for name in names]


def _status(report: RunReport, _: Held) -> Values:
    return [((status,), float(status == report.status)) for status in EXIT_CODES]


def _rejects(_: RunReport, found: Held) -> Values:
    return [((reason,), n) for reason, n in sorted(found.rejects.items())]


def _made(report: RunReport, found: Held) -> Values:
    return [
        ((name,), report.published[name] + found.quarantined.get(name, 0)) for name in _tables()
    ]


def _tables() -> list[str]:
    return [table.name for table in ARTICLE_TABLES]


def _states(_: RunReport, found: Held) -> Values:
    states = [row["state"] for row in found.sources]
    return [((state,), states.count(state)) for state in _STATES]


def _per_source(
    column: str, worst: Callable[[Sequence[Any]], Any] = min
) -> Callable[[RunReport, Held], Values]:
    """A value a source: of one that is read at several places the worst; no value where a place
    has none."""

    def values(_: RunReport, found: Held) -> Values:
        by_source: dict[str, list[Any]] = {}
        for row in found.sources:
            by_source.setdefault(row["source"], []).append(row[column])
        order = _worst_first(found.sources, by_source)
        return [
            ((source,), None if None in by_source[source] else _number(worst(by_source[source])))
            for source in order[:SOURCES]
        ]

    return values


def _worst_first(rows: Sequence[Row], sources: Iterable[str]) -> list[str]:
    """The sources that are not well before the others, each in the order of their names."""
    unwell = {row["source"] for row in rows if row["state"] != "ok"}
    return sorted(sources, key=lambda source: (source not in unwell, source))


def _newest(_: RunReport, found: Held) -> Values:
    return [((source,), _number(time)) for source, time in sorted(found.newest.items())]


METRICS = (
    Metric(
        "dateline_run_info",
        "Always 1; which command the last run was, of which version of Dateline.",
        ("command", "version"),
        lambda report, _: [((report.command, VERSION), 1)],
    ),
    Metric(
        "dateline_run_status",
        "1 for how the last run ended, 0 for each other way.",
        ("status",),
        _status,
    ),
    Metric(
        "dateline_run_end_timestamp_seconds",
        "When the last run ended.",
        (),
        _one(lambda report, _: report.ended_at),
    ),
    Metric(
        "dateline_run_last_done_timestamp_seconds",
        "When a run last ended well.",
        (),
        _one(lambda _, found: found.last_done),
    ),
    Metric(
        "dateline_run_duration_seconds",
        "How long the last run took.",
        (),
        _one(lambda report, _: report.seconds),
    ),
    Metric(
        "dateline_run_sums_hold",
        "1 if the inputs and the rows of the last run are the sums of their parts, else 0.",
        (),
        _one(lambda report, _: float(report.sums_hold)),
    ),
    Metric(
        "dateline_run_batches",
        "Batches that the last run published.",
        (),
        _one(lambda report, _: report.batches),
    ),
    Metric(
        "dateline_run_inputs",
        "Inputs of the last run, by what they are.",
        ("outcome",),
        lambda report, _: _each(INPUT_PARTS, report.counts),
    ),
    Metric(
        "dateline_run_rejects",
        "Inputs of the last run that are not articles, by the reason.",
        ("reason",),
        _rejects,
    ),
    Metric(
        "dateline_run_rows_made",
        "Rows that the last run made, by table: those published and those in quarantine.",
        ("table",),
        _made,
    ),
    Metric(
        "dateline_run_rows_published",
        "Rows that the last run published, by table.",
        ("table",),
        lambda report, _: _each(_tables(), report.published),
    ),
    Metric(
        "dateline_run_rows_quarantined",
        "Rows that the last run put into quarantine, by table.",
        ("table",),
        lambda _, found: _each(_tables(), found.quarantined),
    ),
    Metric(
        "dateline_run_rows_doubted",
        "Rows that the last run published and a check doubts.",
        (),
        _one(lambda report, _: report.rows_doubted),
    ),
    Metric(
        "dateline_run_quality_results",
        "Results of the expectations of the last run, one a batch, by outcome.",
        ("outcome",),
        lambda report, _: _each(_QUALITY, report.quality),
    ),
    Metric(
        "dateline_sources",
        "Sources and places that are read, by how they fare.",
        ("state",),
        _states,
    ),
    Metric(
        "dateline_source_last_success_timestamp_seconds",
        "When a source was last read; no value if it never was.",
        ("source",),
        _per_source("last_success"),
    ),
    Metric(
        "dateline_source_last_new_timestamp_seconds",
        "When a source last gave something new; no value if it never did.",
        ("source",),
        _per_source("last_new"),
    ),
    Metric(
        "dateline_source_failures",
        "How often a source was tried and not read since it last was.",
        ("source",),
        _per_source("failures", max),
    ),
    Metric(
        "dateline_articles_newest_timestamp_seconds",
        "When the newest article was published, by the source that articles name.",
        ("source",),
        _newest,
    ),
    Metric(
        "dateline_lake_rows",
        "Rows of the lake, by table.",
        ("table",),
        lambda report, _: [((name,), rows) for name, rows in report.tables.items()],
    ),
    Metric(
        "dateline_lake_snapshots",
        "Snapshots of the lake that can be reached.",
        (),
        _one(lambda _, found: found.snapshots),
    ),
    Metric(
        "dateline_lake_files",
        "Files of the lake's newest state.",
        (),
        _one(lambda _, found: found.files),
    ),
    Metric(
        "dateline_lake_bytes",
        "Bytes of the files of the lake's newest state.",
        (),
        _one(lambda _, found: found.bytes),
    ),
)
