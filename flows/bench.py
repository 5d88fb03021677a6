"""A batch in the making: read, planned, made and checked until nothing about it is open.

What the plan, the workers and the checks say of each other is settled by going round: a version
whose extraction failed is a reject, an article whose row was refused can be nobody's original, and
either may change which version or which original is shown. Nothing is written.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from expectations.model import PARENT_PASSED
from flows import worker
from flows.batches import key_of
from flows.neighbours import Asked, Neighbours, ledger_key, neighbours
from flows.plan import Key, Plan, Told, Version, plan
from flows.pool import Failure, Pool
from flows.publication import Stamp
from flows.rejects import failed
from flows.settled import Settled
from transforms import limits as of_input
from transforms.corrections import NONE, Corrections, Met, corrected_rows
from transforms.model import Article, RawArticle, Reject, Source
from transforms.recipe import recipe
from transforms.stories.rules import DEFAULT as ONE_STORY
from transforms.stories.rules import Rules
from transforms.stories.said import Said, said
from transforms.stories.sketch import signature
from warehouse.lake import Lake
from warehouse.tables import ARTICLE_TABLES, ARTICLES, INPUTS, Row

if TYPE_CHECKING:
    from expectations.check import Checked
    from expectations.totals import Limits, Totals
    from transforms.extract import Rows


@dataclass(frozen=True)
class Tools:
    """What building needs.

    ``sources`` gives by name what is known of a source, ``zone`` the one of others.
    ``of_input`` are the limits of one input, ``stories`` is what makes articles carriers of one
    story. ``progress`` is called with the number of articles whose rows were made since the last
    call.
    """

    lake: Lake
    pool: Pool
    model: str
    limits: Limits
    sources: Mapping[str, Source]
    run_id: str
    progress: Callable[[int], None] = lambda articles: None
    before_checks: Callable[[], None] = lambda: None
    zone: str | None = None
    corrections: Corrections = NONE
    of_input: of_input.Limits = of_input.DEFAULT
    stories: Rules = ONE_STORY

    def source(self, name: str) -> Source:
        """What is known of the source of that name."""
        return self.sources.get(name) or Source(name, self.zone)


@dataclass
class Memo:
    """What was computed for a batch, which does not hang on the lake: of use when the batch has to
    be built again since another writer changed the lake meanwhile.

    ``read`` is what each input is, with the corrections that it met; ``made`` the rows of an
    article, all or only its articles row; ``fetched`` when each raw input was, by raw_id.
    """

    read: dict[Key, tuple[Article, list[Met]] | Reject] = field(default_factory=dict)
    made: dict[tuple[Key, bool], tuple[Rows, list[Met]] | Reject] = field(default_factory=dict)
    said: dict[Key, Said] = field(default_factory=dict)
    fetched: dict[str, dt.datetime] = field(default_factory=dict)


@dataclass
class Bench:
    """The batch in the making."""

    tools: Tools
    number: int
    now: dt.datetime
    totals: Totals
    memo: Memo = field(default_factory=Memo)
    articles: dict[Key, Article] = field(default_factory=dict)
    rejects: dict[Key, Reject] = field(default_factory=dict)
    made: dict[tuple[Key, bool], Rows] = field(default_factory=dict)
    #: The corrections that articles met when they were read, and rows when they were made.
    met: dict[Key, list[Met]] = field(default_factory=dict)
    met_in: dict[tuple[Key, bool], list[Met]] = field(default_factory=dict)
    #: What the versions say of which all rows were made, and the signatures of texts by text_id.
    said: dict[Key, Said] = field(default_factory=dict)
    signatures: dict[str, bytes] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)
    without: AbstractSet[str] = frozenset()
    #: Inputs that the ledger knew and that were read again, with the article that each was.
    again: dict[Key, str | None] = field(default_factory=dict)
    fresh: Sequence[Key] = ()
    planned: Plan = field(init=False)
    around: Neighbours = field(init=False)
    checked: Checked = field(init=False)

    def settle(self, fresh: Sequence[Key]) -> None:
        """Go round until nothing is open any more; ``fresh`` are the inputs that are new."""
        self.fresh = fresh
        while True:
            arrivals = [_version(key, self.articles[key]) for key in fresh if key in self.articles]
            around = self._neighbours()
            published = {key: article.published_at for key, article in self.articles.items()}
            again = [
                _version(key, self.articles[key]) for key in self.again if key in self.articles
            ]
            told = Told({**around.signatures, **self.signatures}, self.said, self.tools.stories)
            planned = plan(
                arrivals, around.ledger, around.standing, published, self.withheld, again, told
            )
            if not (self._complete(planned, around) and self._make(planned)) or planned.unsaid:
                continue
            checked = self._check(planned)
            refused = {
                row["article_id"]
                for row in checked.quarantine
                if row["table_name"] == ARTICLES.name and row["expectation"] != PARENT_PASSED
            }
            if refused <= self.withheld or not checked.publishable:
                break
            self.withheld |= refused
        self.planned, self.around, self.checked = planned, around, checked

    def settled(self) -> Settled:
        """The batch, settled."""
        by_source = {key[0]: self.tools.source(key[0]) for key in (*self.fresh, *self.again)}
        recipes = {
            name: recipe(source, self.tools.model, self.tools.of_input, self.tools.stories)
            for name, source in by_source.items()
        }
        return Settled(
            fresh=self.fresh,
            again=list(self.again),
            planned=self.planned,
            around=self.around,
            articles=self.articles,
            rejects=self.rejects,
            recipes={key: recipes[key[0]] for key in (*self.fresh, *self.again)},
            remade=frozenset(self.made),
            met=self._met(),
            said=self.said,
            signatures={**self.around.signatures, **self.signatures},
            checked=self.checked,
        )

    def _met(self) -> dict[str, list[Met]]:
        """The corrections that the rows of each article met, as it is shown now."""
        shown = [
            ((one.version.key, full), one.version.article_id)
            for some, full in ((self.planned.extract, True), (self.planned.listed, False))
            for one in some
        ]
        return {
            article_id: [*self.met[made[0]], *self.met_in[made]]
            for made, article_id in shown
            if made in self.made
        }

    # reading

    def read(self, keys: Sequence[Key]) -> None:
        """Read stored inputs: each becomes an article or a reject."""
        read = self.memo.read
        self._look_into([key for key in keys if key not in read])
        for key in keys:
            found = read[key]
            if isinstance(found, Reject):
                self.rejects[key] = found
                continue
            article, self.met[key] = found
            self.articles[key] = article
            if article.text_id not in self.signatures:
                self.signatures[article.text_id] = signature(article.text)

    def _look_into(self, keys: Sequence[Key]) -> None:
        """Have the workers read inputs that nobody read for this batch."""
        raws = [self._raw(row) for row in self.tools.lake.payloads(keys)]
        if len(raws) != len(keys):
            raise RuntimeError(
                f"raw_articles holds {len(raws)} of {len(keys)} inputs that are to be read: it was "
                "changed by hand"
            )
        results = self.tools.pool.map(
            partial(worker.read, limits=self.tools.of_input),
            raws,
            worker.weight_of_raw,
            label=self._label("read"),
        )
        for raw, result in zip(raws, results, strict=True):
            key = key_of(raw)
            self.memo.fetched[raw.raw_id] = raw.fetched_at
            if isinstance(result, Failure):
                result = failed(key, "read", result.detail, slow=result.slow)
            if isinstance(result, Reject):
                self.memo.read[key] = result
            else:
                self.memo.read[key] = self._corrected(result, raw.source)

    def _corrected(self, article: Article, source: Source) -> tuple[Article, list[Met]]:
        if not self.tools.corrections:
            return article, []
        from transforms.article.corrected import corrected_article

        return corrected_article(article, self.tools.corrections, source.zone)

    def bar(self, forgotten: AbstractSet[str]) -> dict[Key, str]:
        """Put aside what is of articles that were forgotten, by id: input to article."""
        if not forgotten:
            return {}
        from transforms.article.address import ids_of_address

        barred = {
            key: one
            for key, article in self.articles.items()
            for one in (article.article_id, *(ids_of_address(article.url) if article.url else ()))
            if one in forgotten
        }
        for key in barred:
            del self.articles[key]
        return barred

    def _raw(self, row: Row) -> RawArticle:
        source = self.tools.source(row["source"])
        return RawArticle(
            row["source_uri"],
            row["media_type"],
            row["fetched_at"],
            row["payload"],
            source,
            row["address"],
            tuple((name, value) for name, value in json.loads(row["headers"] or "[]")),
        )

    def read_again(self, keys: Sequence[Key]) -> None:
        """Read inputs that the ledger knows."""
        raw_ids = {raw_id for _, _, raw_id in keys if raw_id is not None}
        rows = self.tools.lake.fetch(INPUTS.name, "raw_id", raw_ids)
        known = {ledger_key(row): row["article_id"] for row in rows}
        self.again.update({key: known[key] for key in keys})
        self.read(keys)

    def _neighbours(self) -> Neighbours:
        were = {article_id for article_id in self.again.values() if article_id is not None}
        read = [self.articles[k] for k in (*self.fresh, *self.again) if k in self.articles]
        signatures = {article.text_id: self.signatures[article.text_id] for article in read}
        asked = Asked(
            frozenset(article.article_id for article in read) | were,
            frozenset(were),
            signatures,
            tuple(article.published_date for article in read),
            frozenset(self.again),
            self.without,
        )
        return neighbours(self.tools.lake, asked, self.tools.stories)

    def _complete(self, planned: Plan, around: Neighbours) -> bool:
        """Read what the plan needs and has not; false if it has to be planned again."""
        missing = list(planned.unread)
        stands = {row.version.article_id: row.version.key for row in around.standing}
        missing += [version for version in planned.unsaid if version.key not in self.articles]
        for shown in (*planned.extract, *planned.listed):
            version = shown.version
            moved = shown.duplicate_of and stands.get(version.article_id) == version.key
            if version.key not in self.articles and not moved:
                missing.append(version)
        if missing:
            self.read_again([version.key for version in missing])
        return not missing

    # making and checking

    def _make(self, planned: Plan) -> bool:
        """Make the rows; false if one could not be made and it has to be planned again."""
        asked = [(version.key, True) for version in planned.unsaid]
        asked += [(shown.version.key, True) for shown in planned.extract]
        asked += [(shown.version.key, False) for shown in planned.listed]
        wanted = [one for one in asked if one[0] in self.articles and one not in self.made]
        made = self.memo.made
        self._have_made([one for one in wanted if one not in made])
        whole = True
        for key, full in wanted:
            rows = made[key, full]
            if isinstance(rows, Reject):
                whole = False
                self.articles.pop(key, None)
                self.rejects[key] = rows
            else:
                if full:
                    self.said[key] = self.memo.said[key]
                self.made[key, full], self.met_in[key, full] = rows
        return whole

    def _label(self, what: str) -> str:
        """What a person sees of the work on this batch who looks at the workers."""
        return f"{what}-{self.tools.run_id}-batch-{self.number}"

    def _have_made(self, wanted: Sequence[tuple[Key, bool]]) -> None:
        """Have the workers make rows that nobody made for this batch."""
        jobs = [worker.Job(self.articles[key], full) for key, full in wanted]
        results = self.tools.pool.map(
            partial(worker.rows, model=self.tools.model),
            jobs,
            worker.weight_of_job,
            self.tools.progress,
            self._label("rows"),
        )
        for (key, full), result in zip(wanted, results, strict=True):
            if isinstance(result, Failure):
                self.memo.made[key, full] = failed(key, "extract", result.detail, slow=result.slow)
                continue
            if full:
                self.memo.said[key] = said(self.articles[key].text, result)
            self.memo.made[key, full] = corrected_rows(result, self.tools.corrections)

    def _check(self, planned: Plan) -> Checked:
        from expectations.check import check_batch
        from expectations.frames import to_frames

        stamp = Stamp(self.tools.run_id, self.now)
        rows: Rows = {table.name: [] for table in ARTICLE_TABLES}
        for some, full in ((planned.extract, True), (planned.listed, False)):
            for shown in some:
                for name, made in self.made.get((shown.version.key, full), {}).items():
                    more = stamp.of(shown) if name == ARTICLES.name else {}
                    rows[name] += [{**row, **more} for row in made] if more else made
        frames = to_frames(rows)
        self.tools.before_checks()
        return check_batch(
            frames,
            self.totals,
            run_id=self.tools.run_id,
            batch_no=self.number,
            checked_at=self.now,
            limits=self.tools.limits,
            fetched=self.memo.fetched,
        )


def _version(key: Key, article: Article) -> Version:
    source, uri, _ = key
    return Version(
        article.article_id, source, uri, article.raw_id, article.text_id, article.version_at
    )
