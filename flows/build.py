"""Building a batch: from stored inputs to a checked publication. No Prefect here.

Nothing is written. What the plan, the workers and the checks say of each other is settled by
going round: a version whose extraction failed is a reject, an article whose row was refused can
be nobody's original, and either may change which version or which original is shown.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from flows import work
from flows.plan import Key, Plan, Shown, Standing, Version, plan
from flows.pool import Failure, Pool
from transforms.model import Article, RawArticle, Reject, Source
from warehouse.lake import Lake, Publication
from warehouse.tables import (
    ARTICLE_TABLES,
    ARTICLES,
    INPUTS,
    QUALITY,
    QUARANTINE,
    REJECTS,
    TABLES_BY_NAME,
    Row,
)

if TYPE_CHECKING:
    from expectations.check import Checked
    from expectations.totals import Limits, Totals

_STANDING = (
    "article_id", "source", "source_uri", "raw_id", "text_id", "published_at", "revision",
    "duplicate_of",
)  # fmt: skip
#: The expectation that a row fails only because one that it points at did.
_FOLLOWED = "parent_passed"


@dataclass(frozen=True)
class Tools:
    """What building needs.

    ``sources`` gives by name what is known of a source. ``progress`` is called with the number of
    articles whose rows were made since the last call.
    """

    lake: Lake
    pool: Pool
    model: str
    limits: Limits
    sources: Mapping[str, Source]
    run_id: str
    progress: Callable[[int], None] = lambda articles: None
    before_checks: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Built:
    """A batch, ready to be published if ``checked.publishable``.

    ``counts`` counts its inputs by what they are: new, revised, unchanged, duplicates, rejects.
    """

    number: int
    publication: Publication
    checked: Checked
    counts: Counter[str]
    rejects: tuple[Reject, ...]

    @property
    def refused(self) -> Publication:
        """What is written instead of a batch that may not be published."""
        insert = {
            QUALITY.name: QUALITY.arrow(self.checked.quality),
            QUARANTINE.name: QUARANTINE.arrow(self.checked.quarantine),
        }
        return Publication({}, insert, self.number)


def build(
    tools: Tools, totals: Totals, number: int, entries: Sequence[Key | Reject], now: dt.datetime
) -> Built:
    """Build one batch; ``totals`` are the run's counts before it, ``now`` the time in UTC.

    What the ledger knows by now, and what is in the batch twice, counts as unchanged.
    """
    keys = {_key(entry): entry for entry in entries}
    known = tools.lake.known_inputs(list(keys))
    fresh = {key: entry for key, entry in keys.items() if key not in known}
    bench = _Bench(tools, number, now, totals)
    bench.rejects.update({k: e for k, e in fresh.items() if isinstance(e, Reject)})
    bench.read([key for key, entry in fresh.items() if not isinstance(entry, Reject)])
    return bench.settle(list(fresh), unchanged=len(entries) - len(fresh))


@dataclass
class _Neighbours:
    """What the lake says around some articles: see :func:`flows.plan.plan`."""

    ledger: dict[str, list[Version]]
    rows: list[Row]
    standing: list[Standing]


@dataclass
class _Bench:
    """The batch in the making."""

    tools: Tools
    number: int
    now: dt.datetime
    totals: Totals
    articles: dict[Key, Article] = field(default_factory=dict)
    rejects: dict[Key, Reject] = field(default_factory=dict)
    fetched: dict[str, dt.datetime] = field(default_factory=dict)
    made: dict[tuple[Key, bool], dict[str, pa.Table]] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)
    withdrawn: dict[Key, str] = field(default_factory=dict)

    def settle(self, fresh: Sequence[Key], unchanged: int) -> Built:
        while True:
            arrivals = [_version(key, self.articles[key]) for key in fresh if key in self.articles]
            around = self._neighbours(arrivals)
            published = {key: article.published_at for key, article in self.articles.items()}
            planned = plan(arrivals, around.ledger, around.standing, published, self.withheld)
            if not (self._complete(planned, around) and self._make(planned)):
                continue
            checked = self._check(planned)
            refused = {
                row["article_id"]
                for row in checked.quarantine
                if row["table_name"] == ARTICLES.name and row["expectation"] != _FOLLOWED
            }
            if refused <= self.withheld or not checked.publishable:
                break
            self.withheld |= refused
        counts = Counter[str](planned.outcomes)
        counts["unchanged"] += unchanged
        counts["rejects"] += sum(key in self.rejects for key in fresh)
        rejects = tuple(
            self.rejects[key] for key in (*fresh, *self.withdrawn) if key in self.rejects
        )
        publication = self._publication(fresh, planned, around, checked)
        return Built(self.number, publication, checked, counts, rejects)

    # reading

    def read(self, keys: Sequence[Key]) -> None:
        """Read stored inputs: each becomes an article or a reject."""
        raws = [self._raw(row) for row in self.tools.lake.payloads(keys)]
        if len(raws) != len(keys):
            raise RuntimeError(
                f"raw_articles holds {len(raws)} of {len(keys)} inputs that are to be read: it was "
                "changed by hand"
            )
        results = self.tools.pool.map(work.read, raws, work.weight_of_raw)
        for raw, result in zip(raws, results, strict=True):
            key = (raw.source.name, raw.source_uri, raw.raw_id)
            self.fetched[raw.raw_id] = raw.fetched_at
            if isinstance(result, Failure):
                result = _failed(key, "read", result)
            if isinstance(result, Reject):
                self.rejects[key] = result
            else:
                self.articles[key] = result

    def _raw(self, row: Row) -> RawArticle:
        source = self.tools.sources.get(row["source"]) or Source(row["source"])
        return RawArticle(
            row["source_uri"], row["media_type"], row["fetched_at"], row["payload"], source
        )

    def _neighbours(self, arrivals: Iterable[Version]) -> _Neighbours:
        fetch = self.tools.lake.fetch
        ids = {version.article_id for version in arrivals} | set(self.withdrawn.values())
        texts = {version.text_id for version in arrivals}
        rows = fetch(INPUTS.name, "article_id", ids)
        ledger: dict[str, list[Version]] = {article_id: [] for article_id in ids}
        for row in rows:
            version = Version(
                row["article_id"], row["source"], row["source_uri"], row["raw_id"],
                row["text_id"], row["version_at"],
            )  # fmt: skip
            if version.key not in self.rejects:
                ledger[version.article_id].append(version)
            texts.add(version.text_id)
        known = [article_id for article_id, versions in ledger.items() if versions]
        by_id = fetch(ARTICLES.name, "article_id", {*known, *self.withdrawn.values()}, _STANDING)
        texts |= {row["text_id"] for row in by_id}
        by_text = fetch(ARTICLES.name, "text_id", texts, _STANDING)
        standing = {row["article_id"]: _standing(row) for row in (*by_id, *by_text)}
        return _Neighbours(ledger, rows, list(standing.values()))

    def _complete(self, planned: Plan, around: _Neighbours) -> bool:
        """Read what the plan needs and has not; false if it has to be planned again."""
        missing = list(planned.unread)
        stands = {row.version.article_id: row.version.key for row in around.standing}
        for shown in (*planned.extract, *planned.listed):
            version = shown.version
            moved = shown.duplicate_of and stands.get(version.article_id) == version.key
            if version.key not in self.articles and not moved:
                missing.append(version)
        if missing:
            self.read([version.key for version in missing])
            self._withdraw(missing)
        return not missing

    def _withdraw(self, versions: Iterable[Version]) -> None:
        """Of versions that turned out to be rejects, note those that the ledger knew otherwise."""
        for version in versions:
            if version.key in self.rejects:
                self.withdrawn[version.key] = version.article_id

    # making and checking

    def _make(self, planned: Plan) -> bool:
        """Make the rows; false if one could not be made and it has to be planned again."""
        wanted = [
            (shown, full)
            for some, full in ((planned.extract, True), (planned.listed, False))
            for shown in some
            if shown.version.key in self.articles and (shown.version.key, full) not in self.made
        ]
        jobs = [work.Job(self.articles[shown.version.key], full) for shown, full in wanted]
        results = self.tools.pool.map(
            partial(work.rows, model=self.tools.model),
            jobs,
            work.weight_of_job,
            self.tools.progress,
        )
        whole = True
        for (shown, full), result in zip(wanted, results, strict=True):
            key = shown.version.key
            if isinstance(result, Failure):
                whole = False
                del self.articles[key]
                self.rejects[key] = _failed(key, "extract", result)
                self.withdrawn[key] = shown.version.article_id
            else:
                self.made[key, full] = result
        return whole

    def _check(self, planned: Plan) -> Checked:
        from expectations.check import check_batch

        tables: dict[str, list[pa.Table]] = {table.name: [] for table in ARTICLE_TABLES}
        for some, full in ((planned.extract, True), (planned.listed, False)):
            for shown in some:
                for name, data in self.made.get((shown.version.key, full), {}).items():
                    if name == ARTICLES.name:
                        row = {**data.to_pylist()[0], **self._shown(shown)}
                        data = ARTICLES.arrow([row])
                    tables[name].append(data)
        frames = {
            name: pa.concat_tables([TABLES_BY_NAME[name].arrow([]), *parts]).to_pandas(
                types_mapper=_dtype
            )
            for name, parts in tables.items()
        }
        self.tools.before_checks()
        return check_batch(
            frames,
            self.totals,
            run_id=self.tools.run_id,
            batch_no=self.number,
            checked_at=self.now,
            limits=self.tools.limits,
            fetched=self.fetched,
        )

    def _shown(self, shown: Shown) -> Row:
        return {
            "revision": shown.revision,
            "duplicate_of": shown.duplicate_of,
            "run_id": self.tools.run_id,
            "ingested_at": self.now,
        }

    # publishing

    def _publication(
        self, fresh: Sequence[Key], planned: Plan, around: _Neighbours, checked: Checked
    ) -> Publication:
        remade = [
            shown
            for some, full in ((planned.extract, True), (planned.listed, False))
            for shown in some
            if (shown.version.key, full) in self.made
        ]
        moved = [shown for shown in planned.listed if (shown.version.key, False) not in self.made]
        stood = {row.version.article_id for row in around.standing}
        gone = {*planned.gone, *(shown.version.article_id for shown in (*remade, *moved))}
        kept = [*moved, *planned.patch]
        insert = {
            name: pa.Table.from_pandas(
                frame, TABLES_BY_NAME[name].arrow([]).schema, preserve_index=False
            )
            for name, frame in checked.passed.items()
        }
        if kept:
            changed = ARTICLES.arrow(
                self._changed_rows(kept, {s.version.article_id for s in moved})
            )
            insert[ARTICLES.name] = pa.concat_tables([insert[ARTICLES.name], changed])
        ledger, reopened = self._ledger(fresh, around)
        rejects = [
            _reject_row(key, self.rejects[key], self.tools.run_id)
            for key in dict.fromkeys((*fresh, *self.withdrawn))
            if key in self.rejects
        ]
        insert[INPUTS.name] = INPUTS.arrow(ledger)
        insert[REJECTS.name] = REJECTS.arrow(rejects)
        insert[QUARANTINE.name] = QUARANTINE.arrow(checked.quarantine)
        insert[QUALITY.name] = QUALITY.arrow(checked.quality)
        replace: dict[str, Collection[str]] = {
            table.name: sorted(gone & stood) for table in ARTICLE_TABLES
        }
        patched = {shown.version.article_id for shown in planned.patch}
        replace[ARTICLES.name] = sorted((gone & stood) | patched)
        # A batch that was not published left its quarantine rows, so not only those that stood.
        replace[QUARANTINE.name] = sorted(gone)
        replace[INPUTS.name] = sorted(reopened)
        return Publication(replace, insert, self.number)

    def _changed_rows(self, shown: Sequence[Shown], no_longer_read: Collection[str]) -> list[Row]:
        """The articles rows as they stand, with another role; a duplicate is not read."""
        role = {one.version.article_id: self._shown(one) for one in shown}
        rows = self.tools.lake.fetch(ARTICLES.name, "article_id", list(role))
        for row in rows:
            row.update(role[row["article_id"]])
            if row["article_id"] in no_longer_read:
                row["sentence_count"] = None
        return rows

    def _ledger(self, fresh: Sequence[Key], around: _Neighbours) -> tuple[list[Row], set[str]]:
        """The ledger's new rows; and the articles of which all ledger rows are written anew,
        because a version that the ledger knew turned out to be a reject."""
        new = set(fresh)
        reopened = {a for key, a in self.withdrawn.items() if key not in new}
        rows = [
            _reject_entry(row) if _row_key(row) in self.rejects else row
            for row in around.rows
            if row["article_id"] in reopened
        ]
        for key in fresh:
            source, uri, raw_id = key
            article = self.articles.get(key)
            rows.append(
                INPUTS.row(
                    source=source,
                    source_uri=uri,
                    raw_id=raw_id,
                    article_id=article.article_id if article else None,
                    text_id=article.text_id if article else None,
                    version_at=article.version_at if article else None,
                    run_id=self.tools.run_id,
                )
            )
        return rows, reopened


def _key(entry: Key | Reject) -> Key:
    return (entry.source, entry.source_uri, entry.raw_id) if isinstance(entry, Reject) else entry


def _row_key(row: Row) -> Key:
    return (row["source"], row["source_uri"], row["raw_id"])


def _version(key: Key, article: Article) -> Version:
    source, uri, _ = key
    return Version(
        article.article_id, source, uri, article.raw_id, article.text_id, article.version_at
    )


def _standing(row: Row) -> Standing:
    version = Version(
        row["article_id"], row["source"], row["source_uri"], row["raw_id"], row["text_id"], None
    )
    return Standing(version, row["published_at"], row["revision"], row["duplicate_of"])


def _failed(key: Key, doing: str, failure: Failure) -> Reject:
    source, uri, raw_id = key
    detail = f"{uri}: the program failed to {doing} it: {failure.detail}"
    return Reject(source, uri, "failed", detail, raw_id)


def _reject_entry(row: Row) -> Row:
    return {**row, "article_id": None, "text_id": None, "version_at": None}


def _reject_row(key: Key, reject: Reject, run_id: str) -> Row:
    source, uri, raw_id = key
    return REJECTS.row(
        source=source,
        source_uri=uri,
        raw_id=raw_id,
        reason=reject.reason,
        detail=reject.detail,
        run_id=run_id,
    )


def _dtype(kind: pa.DataType) -> Any:
    import pandas as pd

    return pd.ArrowDtype(kind)
