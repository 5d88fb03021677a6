"""The walk from sources to the lake, as plain functions. No Prefect here.

:func:`walk` is the order of things. Each piece of work in it (reading a batch, building a batch,
publishing it) is done through a *step*, which here is a plain call; :mod:`flows.prefect_flows`
gives steps that are Prefect tasks. :func:`run_plainly` is a whole run with no server.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from expectations.model import PARENT_PASSED
from flows.answer import first_answer
from flows.batches import key_of
from flows.bench import Memo
from flows.build import Built, build, rebuild
from flows.changes import since_last_rebuild
from flows.corrected import differs, out_of_date, standing
from flows.errors import UsageError
from flows.held import Held, held
from flows.pool import Pool
from flows.readers.item import Seen, Unchanged, Visit
from flows.report import NAMED, Kept, RunReport
from flows.reporting import SHOWN, matter
from flows.run_state import BadDataError, Interrupted, Run, RunError, now, opened
from flows.settings import Settings, SourceSpec
from flows.tombstones import purge_pending
from transforms.model import RawArticle, Reject
from warehouse.errors import LakeError
from warehouse.lake import Publication
from warehouse.tables import (
    ARTICLES,
    CORRECTIONS,
    QUALITY,
    QUARANTINE,
    RAW_ARTICLES,
    RUNS,
    SOURCE_READS,
    VISITS,
    WARNINGS,
    Row,
)
from warehouse.views.source_health import SOURCE_HEALTH

log = logging.getLogger(__name__)

#: Kind (ingest, build, publish), title, work: does the work, whose result the caller keeps.
Step = Callable[[str, str, Callable[[], None]], None]

#: Where in the lake's folder the quality report lies.
REPORT = "report"
#: In that folder, what Prometheus reads of the run, if the settings name no file for it.
METRICS = "metrics.prom"
_LAST_CHECKED = f"SELECT max(run_id) AS run_id FROM lake.{QUALITY.name}"
_UNWELL = f"FROM ({SOURCE_HEALTH.sql}) WHERE state <> 'ok' ORDER BY source, path"
#: How often a batch is begun when the lake cannot be asked (a file that another writer has removed
#: by then, a catalog that starts anew), and the seconds before the second time.
ATTEMPTS, PAUSE = 3, 0.5
#: From so many inputs, and this share of a batch, on which the program itself failed, it is the
#: program that is to be mended: they are not booked as rejects.
MANY_FAILED, FAILED_SHARE = 5, 0.1


def plainly(kind: str, title: str, call: Callable[[], None]) -> None:
    """The step of a run without an engine."""
    call()


def walk(
    run: Run,
    ingesting: Callable[[Run], None] | None = None,
    building: Callable[[Run], None] | None = None,
) -> None:
    """Ingest, build and publish everything, and account for it in ``run.report``.

    ``ingesting`` and ``building`` stand in for :func:`ingest_all` and :func:`build_all`. Whatever
    happens the report has its status and, if the lake can still be written, its row in ``runs``;
    what went wrong is raised again.
    """
    try:
        (ingesting or ingest_all)(run)
        (building or build_all)(run)
        _purge(run)
        _verify(run)
    except BaseException as error:
        conclude(run, error)
        raise
    conclude(run)


def ingest_all(run: Run, step: Step = plainly) -> None:
    """Store every new input as it is, batch by batch; ``run.worklist`` is what is to be built.

    Of a rebuild that is what the lake holds and what was not built by today's recipe.
    """
    _publish_reference(run)
    if run.rebuilding:
        step("ingest", "what was read otherwise than today", partial(_list_stored, run))
        return
    for number, records in enumerate(run.batches(), 1):
        if run.stop.is_set():
            run.cut_short = True
            return
        step("ingest", f"batch {number}: {_inputs(len(records))}", partial(_ingest, run, records))
    run.cut_short = run.stop.is_set()


def _list_stored(run: Run) -> None:
    recipes = run.recipes()
    uncorrected = run.uncorrected()
    old, current = run.lake.count_out_of_date(recipes, uncorrected)
    if old:
        run.warm()
        run.load_checks()
    run.worklist.clear()
    for key, size in run.lake.out_of_date(recipes, uncorrected):
        run.worklist.add(key, size)
    if len(run.worklist) != old:
        raise RuntimeError(
            f"raw_articles holds {len(run.worklist)} of {old} inputs that are to be read: it was "
            "changed by hand"
        )
    run.read = old + current
    run.report.inputs = run.report.counts["unchanged"] = current
    run.progress.read(run.read, len(run.worklist))


def _ingest(run: Run, seen: Sequence[Seen]) -> None:
    records = [record for record in seen if isinstance(record, RawArticle | Reject)]
    keys = [key_of(record) for record in records]
    with run.writing(f"{_inputs(len(records))} to be stored"):
        known = run.lake.known_inputs(keys)
        fresh = [record for record, key in zip(records, keys, strict=True) if key not in known]
        raws = {key_of(record): record for record in fresh if isinstance(record, RawArticle)}
        forgotten = run.lake.barred().raws
        barred = {key for key in raws if key[2] in forgotten}
        out = run.lake.stored_raws(list(raws)) | barred
        run_id = run.report.run_id
        rows = [_raw_row(raw, run_id) for key, raw in raws.items() if key not in out]
        visits = [
            _visit_row(one, run_id)
            for one in seen
            if isinstance(one, Visit) and one.raw_id not in forgotten
        ]
        if rows or visits:
            run.report.saw(run.lake.add_raws(rows, run_id, visits))

    # From here on nothing can fail, so a retry counts nothing twice.
    for record in fresh:
        if isinstance(record, Reject):
            run.worklist.add_reject(record)
        elif key_of(record) in barred:
            run.report.inputs += 1
            run.report.counts["forgotten"] += 1
        else:
            run.known_sources.setdefault(record.source.name, record.source)
            run.worklist.add(key_of(record), len(record.payload))
    skipped = sum(isinstance(one, Unchanged) for one in seen)
    run.read += len(records) + skipped
    run.report.inputs += len(records) - len(fresh) + skipped
    run.report.counts["unchanged"] += len(records) - len(fresh) + skipped
    run.report.sources.take(seen, {id(record) for record in fresh}, now())
    if len(run.worklist):
        run.warm()
        run.load_checks()
    run.progress.read(run.read, len(run.worklist))


def build_all(run: Run, step: Step = plainly) -> None:
    """Build and publish what is on the worklist, batch by batch."""
    run.know_configured_sources()
    for number, entries in enumerate(run.worklist.batches(run.settings.batch_size), 1):
        if run.stop.is_set():
            return
        hand: list[Built] = []
        title = f"batch {number}: {_inputs(len(entries))}"
        step("build", title, partial(build_batch, run, number, entries, hand))
        (built,) = hand
        rows = sum(data.num_rows for data in built.publication.insert.values())
        step("publish", f"batch {number}: {rows} rows", partial(publish_batch, run, entries, hand))
        check_passed(hand[0], run.report.sources.hints)


def _purge(run: Run) -> None:
    """Go on with what was forgotten and is not gone from every file: a forgetting that was killed,
    an article that came back in other bytes. What cannot be now is left for the next run."""
    try:
        with run.writing("what was forgotten"):
            purge_pending(run.lake, run.report.run_id)
    except LakeError as error:
        log.warning("a forgotten article is not gone from every file of the lake yet: %s", error)


def build_batch(run: Run, number: int, entries: Sequence[Any], hand: list[Built]) -> None:
    run.account(0)
    try:
        built = _built(run, number, entries)
    except LookupError as error:
        if isinstance(error, KeyError | IndexError):
            raise
        raise UsageError(str(error)) from error  # the language model is not there
    failed = [reject for reject in built.rejects if reject.reason == "failed"]
    if len(failed) >= MANY_FAILED and len(failed) > FAILED_SHARE * len(entries):
        raise RunError(
            f"batch {number} is not published: the program failed on {len(failed)} of "
            f"{_inputs(len(entries))}, which is not their fault. The first: {failed[0].detail}"
        )
    hand[:] = [built]


def _built(run: Run, number: int, entries: Sequence[Any]) -> Built:
    """The batch, built; begun again where the lake failed, which costs what the lake was asked."""
    work = rebuild if run.rebuilding else build
    at, memo = now(), Memo()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return work(run.tools(), run.totals, number, entries, at, memo)
        except LakeError as error:
            if attempt == ATTEMPTS:
                raise
            log.info("batch %d is begun again: %s", number, error)
            time.sleep(PAUSE * attempt)
    raise AssertionError


def publish_batch(run: Run, entries: Sequence[Any], hand: list[Built]) -> None:
    """Publish the batch in hand; it is another one afterwards if it had to be built again."""
    (built,) = hand
    with run.writing(f"batch {built.number}"):
        if built.out_of_date(run.lake):  # by another writer, who can change nothing any more
            built = built.again(run.tools())
            hand[:] = [built]
        publishable = built.checked.publishable
        publication = built.publication if publishable else built.refused
        snapshot = run.lake.publish(publication, run.report.run_id)

    # From here on nothing can fail, so a retry counts nothing twice.
    report, checked = run.report, built.checked
    report.saw(snapshot)
    for row in checked.quality:
        report.quality[row["outcome"]] += 1
        if row["outcome"] not in ("passed", "warned") and len(report.not_passed) < NAMED:
            report.not_passed.append(row)
    for row in checked.quarantine:
        if len(report.quarantined) < NAMED and row["expectation"] != PARENT_PASSED:
            report.quarantined.append(_kept(row, built))
    report.rejects += built.rejects[: max(0, NAMED - len(report.rejects))]
    if publishable:
        run.totals = checked.totals
        report.inputs += len(entries)
        report.counts.update(built.counts)
        report.batches += 1
        report.rows_made += checked.batch.rows_made
        report.rows_quarantined += checked.batch.rows_quarantined
        report.rows_doubted += len({(r["table_name"], r["row_id"]) for r in checked.warnings})
        for name, frame in checked.passed.items():
            report.rows_published += len(frame)
            report.published[name] += len(frame)
        run.account(len(entries))
        told = f"batch {built.number}: {_told(built)}"
        log.info("%s", told)
        run.progress.batch(told)


def _kept(row: Row, built: Built) -> Kept:
    place = built.places.get(row["article_id"], row["article_id"] or "")
    return Kept(place, row["table_name"], row["row_id"], row["expectation"], row["detail"])


def check_passed(built: Built, hints: Sequence[str] = ()) -> None:
    """Raise ``RunError`` for a batch that may not be published; ``hints`` are what the sources hold
    that is not used."""
    checked = built.checked
    if checked.broke:
        raise RunError(
            f"batch {built.number} is not published: the check broke: {', '.join(checked.broke)}"
        )
    if checked.failed:
        raise BadDataError(
            f"batch {built.number} is not published: {', '.join(checked.failed)} failed"
            + "".join(f". {hint}" for hint in hints)
        )


def _verify(run: Run) -> None:
    report = run.report
    left = len(run.worklist) - run.done
    if run.stop.is_set() and (run.cut_short or left):
        unread = " and not everything was read" if run.cut_short else ""
        raise Interrupted(
            f"ended after {report.batches} batches: {_inputs(left)} left to build{unread}. "
            "The same command goes on from here"
        )
    if not report.sums_hold or report.inputs != run.read or left:
        raise RunError(
            f"the sums do not hold: {run.read} inputs were read, {report.inputs} accounted for as "
            f"{dict(report.counts)}; {report.rows_made} rows made, {report.rows_published} "
            f"published, {report.rows_quarantined} quarantined"
        )
    if report.inputs and report.counts["rejects"] == report.inputs:
        raise BadDataError("every input was rejected")
    if report.rows_made and not report.rows_published:
        raise BadDataError("every row is in quarantine")
    if failed := report.sources.failed:
        told = "; ".join(f"{state.source}: {state.trouble}" for state in failed)
        others = "; the others were read" if report.sources.read else ""
        raise BadDataError(f"{_sources(len(failed))} could not be read{others}. {told}")


def conclude(run: Run, error: BaseException | None = None) -> None:
    """Note how the run ended: in its report and, if it can still be written, in the lake."""
    run.error, report = error, run.report
    if isinstance(error, RunError):
        report.status, report.message = error.status, str(error)
    elif isinstance(error, Exception) and not run.at_once:  # libraries wrap a Ctrl-C in their own
        report.status, report.message = "broke", f"{type(error).__name__}: {error}"
    elif error is not None:  # Ctrl-C, SIGTERM, a run that was cancelled in Prefect
        report.status, report.message = "interrupted", "stopped at once"
    report.ended_at = now()
    try:
        with run.writing("the end of the run"):
            report.corrections = standing(run.lake, run.corrections)
            run.lake.publish(_last(run), report.run_id)
        report.tables = run.lake.counts()
        report.out_of_date, _ = run.lake.count_out_of_date(
            run.recipes(), out_of_date(report.corrections)
        )
        report.unwell = run.lake.query(_UNWELL).to_pylist()
        if run.rebuilding:
            report.changes = since_last_rebuild(run.lake, report.run_id)
        else:
            report.answer = first_answer(run.lake)
    except LakeError as error:
        log.error("the run has no row in the lake: %s", error)
        _write_metrics(run, Held())
        return
    try:
        _write_page(run)
    except Exception:  # what is published is published
        log.exception("the quality report of run %s could not be written", report.run_id)
    _write_metrics(run)


def _last(run: Run) -> Publication:
    """What is written when a run is over: its row, and what came of the corrections."""
    corrections = run.report.corrections
    insert = {RUNS.name: RUNS.arrow([run.report.row()])}
    if reads := run.report.sources.rows(run.report.run_id):
        insert[SOURCE_READS.name] = SOURCE_READS.arrow(reads)
    if not differs(run.lake, corrections):
        return Publication({}, insert)
    insert[CORRECTIONS.name] = CORRECTIONS.arrow(corrections)
    return Publication({}, insert, renew=(CORRECTIONS.name,))


def _write_page(run: Run) -> None:
    """The quality report of the run. One that checked nothing leaves the last one's, with what has
    become of the sources where one of them is not well."""
    report, lake = run.report, run.lake
    folder = lake.path / REPORT
    checked = report.run_id if report.quality else None
    if checked is None and report.unwell:
        checked = lake.query(_LAST_CHECKED).to_pylist()[0]["run_id"]
    if checked is not None:
        from expectations.report import write_report

        quarantine = lake.fetch(QUARANTINE.name, "run_id", [checked])
        ids = sorted({row["article_id"] for row in quarantine if row["article_id"]})
        articles = lake.fetch(ARTICLES.name, "article_id", ids, SHOWN)
        report.page = write_report(
            lake.fetch(QUALITY.name, "run_id", [checked]),
            quarantine,
            folder,
            warnings=lake.fetch(WARNINGS.name, "run_id", [checked]),
            tables=report.tables,
            limits=run.tools().limits,
            **matter(lambda sql, values: lake.query(sql, values).to_pylist(), articles),
        )
    elif (folder / "index.html").is_file():
        report.page = folder / "index.html"


def _write_metrics(run: Run, found: Held | None = None) -> None:
    """The file of metrics; ``found`` is what the lake says, which is asked if it is not given."""
    from flows.metrics import write_metrics

    path = run.settings.metrics or run.lake.path / REPORT / METRICS
    try:
        write_metrics(
            run.report, held(run.lake, run.report.run_id) if found is None else found, path
        )
    except Exception:  # what is published is published
        log.exception("the metrics of run %s could not be written into %s", run.report.run_id, path)


def run_plainly(
    settings: Settings, sources: Sequence[SourceSpec], *, pool: Pool | None = None
) -> RunReport:
    """A whole run with no engine and no server; what goes wrong is in the report."""
    with opened(settings, sources, pool=pool) as run:
        try:
            walk(run)
        except RunError:
            log.warning("%s", run.report.message)
        return run.report


def _raw_row(raw: RawArticle, run_id: str) -> Row:
    return RAW_ARTICLES.row(
        raw_id=raw.raw_id,
        source_uri=raw.source_uri,
        source=raw.source.name,
        media_type=raw.media_type,
        fetched_at=raw.fetched_at,
        payload=raw.payload,
        run_id=run_id,
        address=raw.address,
        headers=json.dumps(raw.headers) if raw.headers else None,
    )


def _visit_row(visit: Visit, run_id: str) -> Row:
    return VISITS.row(**dataclasses.asdict(visit), run_id=run_id)


def _publish_reference(run: Run) -> None:
    """Bring the lake's reference tables up to date."""
    from importlib.resources import files

    from transforms.reference import reference

    folder = files("seeds") / "reference"
    names = sorted(f.name.removesuffix(".csv") for f in folder.iterdir() if f.name.endswith(".csv"))
    tables = [(name, rows) for name in names if (rows := reference(name))]
    if run.lake.publish_reference(
        [(name, list(rows[0]), [list(row.values()) for row in rows]) for name, rows in tables],
        run.report.run_id,
    ):
        run.report.saw(run.lake.snapshot)


def _inputs(count: int) -> str:
    return "1 input" if count == 1 else f"{count} inputs"


def _sources(count: int) -> str:
    return "1 source" if count == 1 else f"{count} sources"


def _told(built: Built) -> str:
    counts = ", ".join(f"{n} {what}" for what, n in built.counts.items() if n)
    batch = built.checked.batch
    return f"{counts}; {batch.rows_passed} rows published, {batch.rows_quarantined} quarantined"
