"""What Prometheus reads of a run: each value, with its own parser, and the alerts that use them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from flows.held import SOURCES, Held
from flows.metrics import METRICS, write_metrics
from flows.pipeline import run_plainly
from flows.pool import Pool
from flows.report import RunReport
from flows.settings import Settings, SourceSpec
from warehouse.lake import Lake

DOCS = Path(__file__).parents[2] / "docs"
ENDED = dt.datetime(2026, 3, 9, 12, 30)

Values = dict[tuple[str, str], float]


def families(path: Path) -> Iterator[Metric]:
    yield from text_string_to_metric_families(path.read_text(encoding="utf-8"))


def read(path: Path) -> tuple[Values, set[str]]:
    """The values by metric and label beside the lake (empty if it has none), and the lakes."""
    found, lakes = {}, set()
    for family in families(path):
        assert family.documentation
        assert family.type == "gauge"
        for sample in family.samples:
            labels = dict(sample.labels)
            lakes.add(labels.pop("lake"))
            key = (sample.name.removeprefix("dateline_"), ",".join(labels.values()))
            assert key not in found
            found[key] = sample.value
    return found, lakes


def report(**values: Any) -> RunReport:
    started = ENDED - dt.timedelta(seconds=90)
    made = {"status": "done", "ended_at": ENDED, **values}
    return RunReport("20260309T122830Z-aaaa", "run", "/data/lake", started, "{}", "{}", **made)


@pytest.mark.long
@pytest.mark.usefixtures("no_data_docs")
def test_a_run_writes_what_it_came_to(news: Path, settings: Settings, pool: Pool) -> None:
    (news / "nothing.txt").write_text(" ", encoding="utf-8")
    here = settings.model_copy(update={"metrics": settings.lake.home.parent / "prom" / "here.prom"})
    done = run_plainly(here, [SourceSpec(path=str(news))], pool=pool)
    values, lakes = read(settings.lake.home.parent / "prom" / "here.prom")
    assert lakes == {str(settings.lake)}
    assert (values["run_inputs", "new"], values["run_inputs", "rejects"]) == (3, 1)
    assert values["run_rejects", "empty"] == 1
    assert values["run_status", "done"] == 1
    assert values["run_status", "failed"] == values["run_status", "broke"] == 0
    assert values["run_rows_made", "figures"] == done.tables["figures"] > 0
    assert values["run_rows_published", "figures"] == values["lake_rows", "figures"]
    assert values["run_quality_results", "passed"] == done.quality["passed"] > 100
    assert values["sources", "ok"] == 1
    assert values["articles_newest_timestamp_seconds", "news"] == 1741334400  # 2025-03-07 08:00
    assert values["run_last_done_timestamp_seconds", ""] == pytest.approx(
        values["run_end_timestamp_seconds", ""]
    )
    assert values["run_duration_seconds", ""] == pytest.approx(done.seconds)
    assert (
        done.started_at.replace(tzinfo=dt.UTC).timestamp()
        <= values["source_last_new_timestamp_seconds", "news"]
    )
    with Lake.open(settings.lake) as lake:
        assert values["lake_snapshots", ""] == len(lake.history())
        assert values["lake_bytes", ""] == sum(size.bytes for size in lake.sizes()) > 0
    documented = {metric.name for metric in METRICS}
    assert {family.name for family in families(here.metrics or Path())} == documented

    # A run that fails says so in the lake's own folder, if no file is named, and keeps the rest.
    failed = run_plainly(settings, [SourceSpec(path=str(news / "gone"), name="gone")], pool=pool)
    assert failed.status == "failed"
    values, _ = read(settings.lake.home / "report" / "metrics.prom")
    assert values["run_status", "failed"] == 1
    assert values["run_last_done_timestamp_seconds", ""] < values["run_end_timestamp_seconds", ""]
    assert values["source_failures", "gone"] == 1
    assert ("source_last_success_timestamp_seconds", "gone") not in values
    assert not list((settings.lake.home / "report").glob("*.prom.*")), "a part of a file was left"


def test_a_lake_that_cannot_be_asked_leaves_how_the_run_ended(tmp_path: Path) -> None:
    write_metrics(report(status="broke"), Held(), tmp_path / "a.prom")
    values, _ = read(tmp_path / "a.prom")
    assert values["run_status", "broke"] == 1
    assert values["run_end_timestamp_seconds", ""] == 1773059400
    assert ("lake_bytes", "") not in values
    assert ("run_last_done_timestamp_seconds", "") not in values


def test_the_same_report_writes_the_same_file(tmp_path: Path) -> None:
    for name in ("a.prom", "b.prom"):
        write_metrics(report(), Held(rejects={"empty": 1}), tmp_path / name)
    assert (tmp_path / "a.prom").read_bytes() == (tmp_path / "b.prom").read_bytes()


def source(name: str, path: str = "", **values: Any) -> dict[str, Any]:
    return {
        "source": name,
        "path": path,
        "state": "ok",
        "last_success": ENDED,
        "last_new": ENDED,
        "failures": 0,
        **values,
    }


def test_names_of_others_are_only_values(tmp_path: Path) -> None:
    evil = 'a"} 1\ndateline_run_status{status="done'
    found = Held(sources=[source(evil), source("\udce9\x1b[31m")], newest={evil: ENDED})
    write_metrics(report(), found, tmp_path / "a.prom")
    values, _ = read(tmp_path / "a.prom")
    assert values["source_failures", evil] == 0
    assert values["articles_newest_timestamp_seconds", evil] == 1773059400
    assert values["source_failures", "\\udce9\\x1b[31m"] == 0


def test_of_many_sources_those_that_are_not_well_have_metrics(tmp_path: Path) -> None:
    many = [source(f"s{at:04}") for at in range(3 * SOURCES)]
    found = Held(sources=[*many, source("z", state="failing", failures=7)])
    write_metrics(report(), found, tmp_path / "a.prom")
    values, _ = read(tmp_path / "a.prom")
    shown = {label for name, label in values if name == "source_failures"}
    assert len(shown) == SOURCES
    assert values["source_failures", "z"] == 7
    assert (values["sources", "ok"], values["sources", "failing"]) == (3 * SOURCES, 1)


def test_a_source_of_several_places_is_as_well_as_the_worst(tmp_path: Path) -> None:
    earlier = ENDED - dt.timedelta(days=2)
    places = [source("a", "1", failures=2, last_success=earlier), source("a", "2", last_new=None)]
    write_metrics(report(), Held(sources=places), tmp_path / "a.prom")
    values, _ = read(tmp_path / "a.prom")
    assert values["source_failures", "a"] == 2
    assert values["source_last_success_timestamp_seconds", "a"] == 1773059400 - 2 * 86400
    assert ("source_last_new_timestamp_seconds", "a") not in values


def test_the_page_has_every_metric_and_no_other() -> None:
    page = (DOCS / "metrics.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(dateline_\w+)` \| (.*?) ?\| (.+) \|$", page, re.MULTILINE)
    assert rows == [
        (one.name, ", ".join(f"`{label}`" for label in one.labels), one.help) for one in METRICS
    ]


def test_each_metric_has_an_alert_and_each_alert_is_of_metrics() -> None:
    text = (DOCS / "metrics.rules.yml").read_text(encoding="utf-8")
    (group,) = yaml.safe_load(text)["groups"]
    known = {metric.name: metric.labels for metric in METRICS}
    used = set()
    for rule in group["rules"]:
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
        names = re.findall(r"dateline_\w+", rule["expr"])
        assert names, rule["alert"]
        used |= set(names)
        for name, labels in re.findall(r"(dateline_\w+)\{(.*?)\}", rule["expr"]):
            for label in re.findall(r"(\w+)[=!]", labels):
                assert label in known[name], rule["alert"]
    assert used == set(known)
    page = (DOCS / "metrics.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(Dateline\w+)` \|", page, re.MULTILINE)
    assert told == [rule["alert"] for rule in group["rules"]]
