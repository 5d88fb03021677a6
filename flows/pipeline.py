"""The walk from sources to the lake, as plain functions. No Prefect here.

:func:`walk` is the order of things. Each piece of work in it (reading a batch, building a batch,
publishing it) is done through a *step*, which here is a plain call; :mod:`flows.orchestration`
gives steps that are Prefect tasks. :func:`run_plainly` is a whole run with no server.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from expectations.totals import Totals
from flows import work
from flows.batches import Record, Worklist, cut, key_of
from flows.build import Built, Tools, build
from flows.errors import UsageError
from flows.pool import Pool
from flows.progress import Progress
from flows.report import NAMED, RunReport
from flows.settings import Settings, SourceSpec
from transforms.model import RawArticle, Reject, Source
from warehouse.errors import LakeError
from warehouse.lake import Holder, Lake, Publication
from warehouse.tables import ARTICLES, QUALITY, QUARANTINE, RAW_ARTICLES, RUNS, Row

log = logging.getLogger(__name__)

#: Kind (ingest, build, publish), title, work: does the work, whose result the caller keeps.
Step = Callable[[str, str, Callable[[], None]], None]

#: Where in the lake's folder the quality report lies.
REPORT = "report"
_RECENT_RUNS = f"FROM lake.{RUNS.name} ORDER BY run_id DESC LIMIT 50"
#: From so many inputs, and this share of a batch, on which the program itself failed, it is the
#: program that is to be mended: they are not booked as rejects.
MANY_FAILED, FAILED_SHARE = 5, 0.1
_PARTS = ("dateline", "prefect", "great-expectations", "duckdb", "spacy", "pandas", "pyarrow")


class RunError(Exception):
    """A run that came to its end but not to a good one; ``status`` is what ``runs`` holds."""

    status = "broke"


class BadDataError(RunError):
    """The data is bad: an aggregate check failed, or nothing that came in was an article."""

    status = "failed"


class Interrupted(RunError):  # noqa: N818 (no error)
    """The operator asked the run to end; what was committed is kept."""

    status = "interrupted"


@dataclass
class Run:
    """One run over one lake, whose write lock it holds."""

    settings: Settings
    sources: Sequence[SourceSpec]
    lake: Lake
    pool: Pool
    report: RunReport
    progress: Progress = field(default_factory=Progress)
    stop: threading.Event = field(default_factory=threading.Event)
    worklist: Worklist = field(default_factory=Worklist)
    totals: Totals = field(default_factory=Totals)
    known_sources: dict[str, Source] = field(default_factory=dict)
    read: int = 0
    done: int = 0
    cut_short: bool = False
    error: BaseException | None = None
    _within: int = 0
    _loading: threading.Thread | None = None
    _ahead: Iterator[list[Record]] | None = None

    def batches(self) -> Iterator[list[Record]]:
        """The inputs of the sources, read as they are asked for."""
        if self._ahead is None:
            from flows.readers import read

            self._ahead = cut(read(self.sources), self.settings.batch_size)
        return self._ahead

    def look_ahead(self) -> bool:
        """Whether the first batch holds anything new; if so the model begins to load."""
        from itertools import chain

        batches = self.batches()
        first = next(batches, None)
        self._ahead = chain([first] if first else [], batches)
        keys = [key_of(record) for record in first or ()]
        new = set(keys) - self.lake.known_inputs(keys)
        if new:
            self.warm()
        return bool(new)

    def warm(self) -> None:
        self.pool.warm(work.load, self.settings.model)

    def tools(self) -> Tools:
        settings = self.settings
        return Tools(
            self.lake,
            self.pool,
            settings.model,
            settings.limits(),
            self.known_sources,
            self.report.run_id,
            self._extracted,
            self._checks_loaded,
        )

    def load_checks(self) -> None:
        """Begin to load the library of the checks, which takes seconds, beside other work."""
        if self._loading is None:
            from expectations.suites import load

            self._loading = threading.Thread(target=load, name="load-checks", daemon=True)
            self._loading.start()

    def _checks_loaded(self) -> None:
        if self._loading is not None:
            self._loading.join()

    def _extracted(self, articles: int) -> None:
        self._within += articles
        self.progress.build(min(self.done + self._within, len(self.worklist)), len(self.worklist))

    def account(self, inputs: int) -> None:
        """So many inputs of the worklist have been published."""
        self.done += inputs
        self._within = 0
        self.progress.build(self.done, len(self.worklist))


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
        _verify(run)
    except BaseException as error:
        run.error = error
        if isinstance(error, RunError):
            _conclude(run, error.status, str(error))
        elif isinstance(error, Exception):
            _conclude(run, "broke", f"{type(error).__name__}: {error}")
        else:  # Ctrl-C, SIGTERM, a run that was cancelled in Prefect
            _conclude(run, "interrupted", "stopped at once")
        raise
    _conclude(run, "done", None)


def ingest_all(run: Run, step: Step = plainly) -> None:
    """Store every new input as it is, batch by batch; ``run.worklist`` is what is to be built."""
    _publish_reference(run)
    for number, records in enumerate(run.batches(), 1):
        if run.stop.is_set():
            run.cut_short = True
            return
        step("ingest", f"batch {number}: {_inputs(len(records))}", partial(_ingest, run, records))


def _ingest(run: Run, records: Sequence[Record]) -> None:
    keys = [key_of(record) for record in records]
    known = run.lake.known_inputs(keys)
    fresh = [record for record, key in zip(records, keys, strict=True) if key not in known]
    raws = {key_of(record): record for record in fresh if isinstance(record, RawArticle)}
    stored = run.lake.stored_raws(list(raws))
    rows = [_raw_row(raw, run.report.run_id) for key, raw in raws.items() if key not in stored]
    if rows:
        run.report.saw(run.lake.add_raws(rows, run.report.run_id))

    # From here on nothing can fail, so a retry counts nothing twice.
    for record in fresh:
        if isinstance(record, Reject):
            run.worklist.add_reject(record)
        else:
            run.known_sources.setdefault(record.source.name, record.source)
            run.worklist.add(key_of(record), len(record.payload))
    run.read += len(records)
    run.report.inputs += len(records) - len(fresh)
    run.report.counts["unchanged"] += len(records) - len(fresh)
    if fresh:
        run.warm()
        run.load_checks()
    run.progress.read(run.read, len(run.worklist))


def build_all(run: Run, step: Step = plainly) -> None:
    """Build and publish what is on the worklist, batch by batch."""
    for name, source in _configured(run.settings).items():
        run.known_sources.setdefault(name, source)
    for number, entries in enumerate(run.worklist.batches(run.settings.batch_size), 1):
        if run.stop.is_set():
            return
        hand: list[Built] = []
        title = f"batch {number}: {_inputs(len(entries))}"
        step("build", title, partial(_build, run, number, entries, hand))
        (built,) = hand
        rows = sum(data.num_rows for data in built.publication.insert.values())
        step("publish", f"batch {number}: {rows} rows", partial(_publish, run, entries, built))
        _check_passed(built)


def _build(run: Run, number: int, entries: Sequence[Any], hand: list[Built]) -> None:
    run.account(0)
    try:
        built = build(run.tools(), run.totals, number, entries, now())
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


def _publish(run: Run, entries: Sequence[Any], built: Built) -> None:
    publishable = built.checked.publishable
    publication = built.publication if publishable else built.refused
    snapshot = run.lake.publish(publication, run.report.run_id)

    # From here on nothing can fail, so a retry counts nothing twice.
    report, checked = run.report, built.checked
    report.saw(snapshot)
    for row in checked.quality:
        report.quality[row["outcome"]] += 1
        if row["outcome"] != "passed" and len(report.not_passed) < NAMED:
            report.not_passed.append(row)
    report.quarantined += checked.quarantine[: max(0, NAMED - len(report.quarantined))]
    report.rejects += built.rejects[: max(0, NAMED - len(report.rejects))]
    if publishable:
        run.totals = checked.totals
        report.inputs += len(entries)
        report.counts.update(built.counts)
        report.batches += 1
        report.rows_made += checked.batch.rows_made
        report.rows_quarantined += checked.batch.rows_quarantined
        for name, frame in checked.passed.items():
            report.rows_published += len(frame)
            report.published[name] += len(frame)
        run.account(len(entries))
        told = f"batch {built.number}: {_told(built)}"
        log.info("%s", told)
        run.progress.batch(told)


def _check_passed(built: Built) -> None:
    checked = built.checked
    if checked.broke:
        raise RunError(
            f"batch {built.number} is not published: the check broke: {', '.join(checked.broke)}"
        )
    if checked.failed:
        raise BadDataError(
            f"batch {built.number} is not published: {', '.join(checked.failed)} failed"
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


def _conclude(run: Run, status: str, message: str | None) -> None:
    report = run.report
    report.status, report.message, report.ended_at = status, message, now()
    try:
        row = RUNS.arrow([report.row()])
        run.lake.publish(Publication({}, {RUNS.name: row}), report.run_id)
        report.tables = run.lake.counts()
        _write_page(run)
    except (LakeError, OSError) as error:
        log.error("the run could not be told in full: %s", error)


def _write_page(run: Run) -> None:
    """The quality report of the run; one that checked nothing leaves the last one's."""
    report, lake = run.report, run.lake
    folder = lake.path / REPORT
    if report.quality:
        from expectations.report import write_report

        quarantine = lake.fetch(QUARANTINE.name, "run_id", [report.run_id])
        ids = sorted({row["article_id"] for row in quarantine if row["article_id"]})
        texts = lake.fetch(ARTICLES.name, "article_id", ids, ("article_id", "text"))
        report.page = write_report(
            lake.fetch(QUALITY.name, "run_id", [report.run_id]),
            quarantine,
            folder,
            runs=lake.query(_RECENT_RUNS).to_pylist(),
            tables=report.tables,
            texts={row["article_id"]: row["text"] for row in texts},
            limits=run.tools().limits,
        )
    elif (folder / "index.html").is_file():
        report.page = folder / "index.html"


@contextmanager
def opened(
    settings: Settings,
    sources: Sequence[SourceSpec],
    *,
    command: str = "run",
    progress: Progress | None = None,
    pool: Pool | None = None,
    on_wait: Callable[[Holder | None], None] | None = None,
) -> Iterator[Run]:
    """A run over the settings' lake, which is made if there is none, with its write lock held.

    ``pool`` stays open; without one the run has its own. Raises ``LakeError`` and its kinds.
    """
    started_at = now()
    run_id = f"{started_at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
    with ExitStack() as stack:
        lake = stack.enter_context(Lake.open(settings.lake, create=True))
        stack.enter_context(lake.lock(f"run {run_id}", on_wait=on_wait))
        workers = pool or stack.enter_context(Pool(settings.workers))
        report = RunReport(
            run_id,
            command,
            lake.path,
            started_at,
            _parameters(settings, sources),
            _versions(settings),
        )
        run = Run(settings, sources, lake, workers, report, progress or Progress())
        stack.callback(lambda: run.worklist.__exit__(None, None, None))
        yield run


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


def now() -> dt.datetime:
    """The time in UTC, without a zone."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def _raw_row(raw: RawArticle, run_id: str) -> Row:
    return RAW_ARTICLES.row(
        raw_id=raw.raw_id,
        source_uri=raw.source_uri,
        source=raw.source.name,
        media_type=raw.media_type,
        fetched_at=raw.fetched_at,
        payload=raw.payload,
        run_id=run_id,
    )


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


def _configured(settings: Settings) -> dict[str, Source]:
    """What the settings say of each source, for articles that an earlier run stored."""
    from flows.errors import SourceError
    from flows.readers.places import locate

    found = {}
    for spec in settings.select():
        try:
            source = locate(spec).source
        except SourceError:
            continue  # not there any more
        found[source.name] = source
    return found


def _versions(settings: Settings) -> str:
    from importlib.metadata import PackageNotFoundError, version

    parts = {}
    for name in (*_PARTS, settings.model):
        try:
            parts[name] = version(name)
        except (PackageNotFoundError, ValueError):
            parts[name] = "unknown"
    return json.dumps(parts)


def _parameters(settings: Settings, sources: Iterable[SourceSpec]) -> str:
    values = settings.model_dump(mode="json", exclude={"sources", "lake"})
    values["sources"] = [spec.model_dump(exclude_none=True) for spec in sources]
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _inputs(count: int) -> str:
    return "1 input" if count == 1 else f"{count} inputs"


def _told(built: Built) -> str:
    counts = ", ".join(f"{n} {what}" for what, n in built.counts.items() if n)
    batch = built.checked.batch
    return f"{counts}; {batch.rows_passed} rows published, {batch.rows_quarantined} quarantined"
