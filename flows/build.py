"""Building a batch: from stored inputs to a checked publication. No Prefect here.

Nothing is written, and all that is asked of the lake is asked of one state of it. A batch is what
that state makes it; where another writer changed the lake before it is published, it is built
:meth:`again <Built.again>`, which costs little: what was read and made of texts is kept.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from flows.batches import key_of
from flows.bench import Bench, Memo, Tools
from flows.changes import changes, outcomes
from flows.plan import Key
from flows.publication import Stamp, kept_out, publication_of
from transforms.model import Reject
from warehouse.lake import Lake, Publication
from warehouse.tables import (
    QUALITY,
    QUARANTINE,
    RAW_ARTICLES,
    REBUILD_CHANGES,
    RUNS,
    SOURCE_READS,
    VISITS,
)

if TYPE_CHECKING:
    from expectations.check import Checked
    from expectations.totals import Totals

#: Tables that no batch hangs on: a run writes them before, beside and after its batches.
BESIDE = frozenset(table.name for table in (RAW_ARTICLES, VISITS, RUNS, SOURCE_READS, QUALITY))


@dataclass(frozen=True)
class Built:
    """A batch, ready to be published if ``checked.publishable``.

    ``counts`` counts its inputs by what they are: new, revised, unchanged, duplicates, rejects.
    ``places`` gives by article_id where an article was read: source/source_uri.
    """

    number: int
    publication: Publication
    checked: Checked
    counts: Counter[str]
    rejects: tuple[Reject, ...]
    places: Mapping[str, str]
    #: The number of the snapshot that it was built from.
    snapshot: int
    #: The same batch, built from the newest state.
    again: Callable[[Tools], Built]

    def out_of_date(self, lake: Lake) -> bool:
        """Whether another writer has changed what it hangs on."""
        return not lake.changed_since(self.snapshot) <= BESIDE

    @property
    def refused(self) -> Publication:
        """What is written instead of a batch that may not be published."""
        insert = {
            QUALITY.name: QUALITY.arrow(self.checked.quality),
            QUARANTINE.name: QUARANTINE.arrow(self.checked.quarantine),
        }
        return Publication({}, insert, self.number)


def build(
    tools: Tools,
    totals: Totals,
    number: int,
    entries: Sequence[Key | Reject],
    now: dt.datetime,
    memo: Memo | None = None,
) -> Built:
    """Build one batch; ``totals`` are the run's counts before it, ``now`` the time in UTC.

    What the ledger knows by now, and what is in the batch twice, counts as unchanged.
    """
    memo = memo or Memo()
    with tools.lake.one_state() as snapshot:
        gone = tools.lake.barred()
        keys = {_key(entry): entry for entry in entries}
        known = tools.lake.known_inputs(list(keys))
        fresh = {
            key: entry
            for key, entry in keys.items()
            if key not in known and (isinstance(entry, Reject) or key[2] not in gone.raws)
        }
        bench = Bench(tools, number, now, totals, memo)
        bench.rejects.update({k: e for k, e in fresh.items() if isinstance(e, Reject)})
        bench.read([key for key, entry in fresh.items() if not isinstance(entry, Reject)])
        barred = bench.bar(gone.articles)
        bench.settle([key for key in fresh if key not in barred])
        counts = Counter[str](bench.planned.outcomes)
        counts["forgotten"] += len(barred) + len(keys) - len(known) - len(fresh)
        counts["unchanged"] += len(entries) - len(keys) + len(known)
        counts["rejects"] += sum(key in bench.rejects for key in fresh)
        publication = kept_out(_publication(bench), barred)
    again = partial(_again, build, totals, number, entries, now, memo)
    return _built(bench, publication, counts, snapshot, again)


def rebuild(
    tools: Tools,
    totals: Totals,
    number: int,
    keys: Sequence[Key],
    now: dt.datetime,
    memo: Memo | None = None,
    without: AbstractSet[str] = frozenset(),
) -> Built:
    """Build one batch of inputs that the ledger knows once more, and tell what that changes.

    It is built as if the articles with the ids ``without`` were not in the lake. An input that was
    forgotten since it was listed counts as that.
    """
    memo = memo or Memo()
    with tools.lake.one_state() as snapshot:
        bench = Bench(tools, number, now, totals, memo, without=without)
        gone = tools.lake.barred()
        still = [key for key in keys if key[2] not in gone.raws]
        bench.read_again(still)
        bench.settle([])
        publication = _publication(bench)
        found = changes(tools.lake, publication)
    duplicates = {shown.version.article_id for shown in bench.planned.listed}
    here = {key: bench.again[key] for key in still}
    ids = {key: article.article_id for key, article in bench.articles.items()}
    rows = REBUILD_CHANGES.arrow(found.rows(tools.run_id, number))
    publication = replace(publication, insert={**publication.insert, REBUILD_CHANGES.name: rows})
    counts = outcomes(here, ids, duplicates, found.articles)
    counts["forgotten"] += len(keys) - len(still)
    again = partial(_again, partial(rebuild, without=without), totals, number, keys, now, memo)
    return _built(bench, publication, counts, snapshot, again)


def _again(
    how: Callable[..., Built],
    totals: Totals,
    number: int,
    entries: Sequence[Key | Reject],
    now: dt.datetime,
    memo: Memo,
    tools: Tools,
) -> Built:
    return how(tools, totals, number, entries, now, memo)


def _publication(bench: Bench) -> Publication:
    stamp = Stamp(bench.tools.run_id, bench.now)
    return publication_of(bench.tools.lake, bench.settled(), stamp, bench.number)


def _built(
    bench: Bench,
    publication: Publication,
    counts: Counter[str],
    snapshot: int,
    again: Callable[[Tools], Built],
) -> Built:
    rejects = tuple(bench.rejects[key] for key in bench.settled().rejected)
    places = {
        article.article_id: f"{source}/{uri}"
        for (source, uri, _), article in bench.articles.items()
    }
    return Built(bench.number, publication, bench.checked, counts, rejects, places, snapshot, again)


def _key(entry: Key | Reject) -> Key:
    return key_of(entry) if isinstance(entry, Reject) else entry
