"""One run over one lake: what it holds while it lasts, and how it is opened."""

from __future__ import annotations

import datetime as dt
import json
import logging
import secrets
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from expectations.totals import Totals
from flows import worker
from flows.batches import Worklist, cut, key_of
from flows.bench import Tools
from flows.corrected import held, out_of_date, standing
from flows.corrections import named_corrections
from flows.executor import executor
from flows.pool import Pool
from flows.progress import Progress
from flows.readers.item import Seen
from flows.report import RunReport
from flows.settings import ONE, Settings, SourceSpec
from transforms.corrections import NONE, Corrections
from transforms.model import RawArticle, Reject, Source
from warehouse.lake import Holder, Lake
from warehouse.release import VERSION

log = logging.getLogger(__name__)

RUN = "run"
REBUILD = "rebuild"

_PARTS = ("prefect", "great-expectations", "duckdb", "spacy", "pandas", "pyarrow")
#: Keys of a source that change nothing of what is read, or may hold a password.
_NOT_KEPT = {"schedule", "paused", "storage"}
#: Letters of run ids, in the order of the alphabet: no vowels, none that is taken for a digit.
_LETTERS = "bcdfghjkmnpqrstvwxz"


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
    """One run over one lake, whose write lock it holds; where several may write, only for as long
    as it writes.

    ``stop`` asks it to end after the batch in hand; ``at_once`` tells that it was then asked to end
    as it is.
    """

    settings: Settings
    sources: Sequence[SourceSpec]
    lake: Lake
    pool: Pool
    report: RunReport
    progress: Progress = field(default_factory=Progress)
    stop: threading.Event = field(default_factory=threading.Event)
    at_once: bool = False
    worklist: Worklist = field(default_factory=Worklist)
    totals: Totals = field(default_factory=Totals)
    known_sources: dict[str, Source] = field(default_factory=dict)
    corrections: Corrections = NONE
    read: int = 0
    done: int = 0
    cut_short: bool = False
    error: BaseException | None = None
    _within: int = 0
    _loading: threading.Thread | None = None
    _ahead: Iterator[list[Seen]] | None = None
    _read_all: Generator[Seen] | None = None

    def batches(self) -> Iterator[list[Seen]]:
        """The inputs of the sources, read as they are asked for."""
        if self._ahead is None:
            from flows.readers import read_all
            from flows.readers.remote import Web, remembered

            web = Web(
                self.settings.fetch, lambda name: remembered(self.lake.visits(name)), self.stop
            )
            self._read_all = read_all(self.sources, self.settings.limits, web)
            self._ahead = cut(self._read_all, self.settings.batch_size)
        return self._ahead

    def close(self) -> None:
        """Nothing more is read."""
        if self._read_all is not None:
            self._read_all.close()

    @contextmanager
    def writing(self, what: str) -> Iterator[None]:
        """Hold the lake's write lock: nobody else changes the lake meanwhile."""
        owner = f"run {self.report.run_id}: {what}"
        with self.lake.writing(owner, on_wait=_wait_quietly):
            yield

    @property
    def rebuilding(self) -> bool:
        """Whether it builds what the lake holds, and not what sources give."""
        return self.report.command == REBUILD

    def recipes(self) -> dict[str, str]:
        """By which recipe each source of the lake is read today."""
        self.know_configured_sources()
        return recipes(self.lake, self.settings, self.known_sources)

    def uncorrected(self) -> set[str]:
        """The articles of the lake whose rows do not show the corrections in force."""
        return out_of_date(standing(self.lake, self.corrections))

    def know_configured_sources(self) -> None:
        for name, source in configured_sources(self.settings).items():
            self.known_sources.setdefault(name, source)

    def look_ahead(self) -> bool:
        """Whether there is anything to build; if so the model begins to load."""
        from itertools import chain

        if self.rebuilding:
            old, _ = self.lake.count_out_of_date(self.recipes(), self.uncorrected())
            if old:
                self.warm()
            return bool(old)
        batches = self.batches()
        first = next(batches, None)
        self._ahead = chain([first] if first else [], batches)
        keys = [key_of(record) for record in first or () if isinstance(record, RawArticle | Reject)]
        new = set(keys) - self.lake.known_inputs(keys)
        if new:
            self.warm()
        return bool(new)

    def warm(self) -> None:
        self.pool.warm(worker.load, self.settings.model, label=f"load-{self.report.run_id}")

    def tools(self) -> Tools:
        settings = self.settings
        return Tools(
            self.lake,
            self.pool,
            settings.model,
            settings.shares(),
            self.known_sources,
            self.report.run_id,
            self._extracted,
            self._checks_loaded,
            self.settings.default_zone,
            self.corrections,
            settings.limits.of_input(),
            settings.stories.rules(),
        )

    def load_checks(self) -> None:
        """Begin to load the library of the checks, which takes seconds, beside other work."""
        if self._loading is None:
            from expectations.gx import load

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


def run_id_at(started_at: dt.datetime) -> str:
    """The second, and letters for the microsecond: ids sort as runs begin, also within a second.

    Letters, for a time with digits after it is read as one with an offset from UTC.
    """
    letters = f"{started_at:%f}".translate(str.maketrans("0123456789", _LETTERS[:10]))
    chance = "".join(secrets.choice(_LETTERS) for _ in range(2))
    return f"{started_at:%Y%m%dT%H%M%SZ}-{letters}{chance}"


@contextmanager
def opened(
    settings: Settings,
    sources: Sequence[SourceSpec],
    *,
    command: str = RUN,
    progress: Progress | None = None,
    pool: Pool | None = None,
    on_wait: Callable[[Holder | None], None] | None = None,
) -> Iterator[Run]:
    """A run over the settings' lake, which a run makes if there is none. Its write lock is held,
    unless the settings let several write at once.

    ``pool`` stays open; without one the run has its own. Raises ``LakeError`` and its kinds, and
    ``CorrectionsError``, or ``UsageError`` if nobody can compute, before anything is made.
    """
    listener = progress or Progress()
    make = executor(settings, listener.say)
    named = named_corrections(settings.corrections)
    started_at = now()
    run_id = run_id_at(started_at)
    with ExitStack() as stack:
        lake = stack.enter_context(Lake.open(settings.lake, create=command == RUN))
        if settings.writers == ONE or command not in (RUN, REBUILD):
            stack.enter_context(lake.lock(f"run {run_id}", on_wait=on_wait))
        workers = pool or stack.enter_context(Pool(settings.workers, make, settings.limits.seconds))
        report = RunReport(
            run_id,
            command,
            lake.address,
            started_at,
            _parameters(settings, sources),
            _versions(settings),
        )
        run = Run(settings, sources, lake, workers, report, listener)
        run.corrections = held(lake) if named is None else named
        stack.callback(lambda: run.worklist.__exit__(None, None, None))
        stack.callback(run.close)
        yield run
        if pool is None and run.error is not None:
            workers.kill()  # nobody wants any more what they have in hand


def _wait_quietly(holder: Holder | None) -> None:
    """Several write at once: that one waits for another's commit is nothing to be told of."""
    log.info("waiting for %s", holder or "another writer")


def configured_sources(settings: Settings) -> dict[str, Source]:
    """What the settings say of each source, for articles that an earlier run stored."""
    from flows.errors import SourceError
    from flows.readers.locate import locate

    found = {}
    for spec in settings.select():
        try:
            source = locate(spec).source
        except SourceError:
            continue  # not there any more
        found[source.name] = source
    return found


def recipes(lake: Lake, settings: Settings, known: Mapping[str, Source]) -> dict[str, str]:
    """By which recipe each source of the lake is read today; ``known`` are sources by name."""
    from transforms.recipe import recipe

    sources = (known.get(name) or Source(name, settings.default_zone) for name in lake.sources())
    limits, stories = settings.limits.of_input(), settings.stories.rules()
    return {source.name: recipe(source, settings.model, limits, stories) for source in sources}


def now() -> dt.datetime:
    """The time in UTC, without a zone."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def _versions(settings: Settings) -> str:
    from importlib.metadata import PackageNotFoundError, version

    parts = {"dateline": VERSION}
    for name in (*_PARTS, settings.model):
        try:
            parts[name] = version(name)
        except (PackageNotFoundError, ValueError):
            parts[name] = "unknown"
    return json.dumps(parts)


def _parameters(settings: Settings, sources: Iterable[SourceSpec]) -> str:
    values = settings.model_dump(mode="json", exclude={"sources", "lake", "data", "home"})
    values["sources"] = [
        spec.model_dump(exclude_none=True, exclude_defaults=True, exclude=_NOT_KEPT)
        for spec in sources
    ]
    return json.dumps(values, ensure_ascii=False, sort_keys=True)
