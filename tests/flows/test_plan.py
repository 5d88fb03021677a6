"""The planner's law: how inputs are cut into batches, and their order, change nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.plan import Key, Outcome, Plan, Standing, Told, Version, plan
from flows.roles import Role
from tests.flows.carried import ALIKE, SAID, SIGNATURES
from transforms.stories.rules import DEFAULT
from transforms.stories.said import Said
from transforms.stories.sketch import bands, similarity


@dataclass(frozen=True)
class Input:
    """What an input will turn out to be, and whether the checks will refuse its row."""

    version: Version
    published_at: dt.datetime | None
    refused: bool = False


@dataclass
class Books:
    """A lake as dictionaries, walked as the pipeline walks a real one."""

    ledger: dict[Key, Input] = field(default_factory=dict)
    articles: dict[str, Standing] = field(default_factory=dict)
    rows: dict[str, Key] = field(default_factory=dict)
    quarantine: dict[str, Key] = field(default_factory=dict)
    counts: Counter[Outcome] = field(default_factory=Counter)

    def add(self, batch: list[Input]) -> None:
        fresh: dict[Key, Input] = {}
        for one in batch:
            if one.version.key in self.ledger or one.version.key in fresh:
                self.counts["unchanged"] += 1
            else:
                fresh[one.version.key] = one
        arrivals = [one.version for one in fresh.values()]
        published = {key: one.published_at for key, one in fresh.items()}
        withheld: set[str] = set()
        said: dict[Key, Said] = {}
        while True:
            made = self._plan(arrivals, published, withheld, said=said)
            if made.unread:
                known = {v.key: self.ledger[v.key].published_at for v in made.unread}
                published.update(known)
                continue
            if made.unsaid:
                published.update(
                    {
                        v.key: self.ledger[v.key].published_at
                        for v in made.unsaid
                        if v.key not in fresh
                    }
                )
                said.update({v.key: SAID[v.text_id] for v in made.unsaid})
                continue
            said.update({s.version.key: SAID[s.version.text_id] for s in made.extract})
            everything = {**self.ledger, **fresh}
            refused = {
                shown.version.article_id
                for shown in (*made.extract, *made.listed, *made.patch)
                if everything[shown.version.key].refused
            }
            if refused <= withheld:
                break
            withheld |= refused
        self.counts.update(made.outcomes)
        self.ledger.update(fresh)
        self._show(made, said)

    def rebuild(self, keys: list[Key], today: Mapping[Key, Input | None]) -> None:
        """Read inputs again; ``today`` says what each is read as, None being no article."""
        again = {key: self.ledger[key].version.article_id for key in keys if key in self.ledger}
        again.update({key: "" for key in keys if key not in self.ledger})
        withheld: set[str] = set()
        said: dict[Key, Said] = {}
        while True:
            inputs = {key: one for key in again if (one := today[key]) is not None}
            published = {key: one.published_at for key, one in inputs.items()}
            versions = [one.version for one in inputs.values()]
            made = self._plan([], published, withheld, versions, again, said)
            stands = {a: row.version.key for a, row in self.articles.items()}
            needed = [
                shown.version
                for shown in (*made.extract, *made.listed)
                if not (
                    shown.duplicate_of and stands.get(shown.version.article_id) == shown.version.key
                )
            ]
            missing = [v for v in (*made.unread, *made.unsaid, *needed) if v.key not in again]
            if missing:
                again.update({v.key: self.ledger[v.key].version.article_id for v in missing})
                continue
            said.update({v.key: SAID[v.text_id] for v in made.unsaid})
            if made.unsaid:
                continue
            said.update({s.version.key: SAID[s.version.text_id] for s in made.extract})
            everything = {**self.ledger, **inputs}
            refused = {
                shown.version.article_id
                for shown in (*made.extract, *made.listed, *made.patch)
                if everything[shown.version.key].refused
            }
            if refused <= withheld:
                break
            withheld |= refused
        assert not made.outcomes
        for key in again:
            self.ledger.pop(key, None)
        self.ledger.update(inputs)
        self._show(made, said)

    def _show(self, made: Plan, said: Mapping[Key, Said]) -> None:
        stood = {a: row.said for a, row in self.articles.items()}
        for article_id in made.gone:
            self.articles.pop(article_id, None)
            self.rows.pop(article_id, None)
            self.quarantine.pop(article_id, None)
        for shown in (*made.extract, *made.listed, *made.patch):
            one, article_id = self.ledger[shown.version.key], shown.version.article_id
            if shown not in made.patch:
                self.quarantine.pop(article_id, None)
                self.rows.pop(article_id, None)
            self.articles.pop(article_id, None)
            if one.refused:
                self.quarantine[article_id] = shown.version.key
                continue
            if shown in made.extract:
                self.rows[article_id] = shown.version.key
            says = said.get(shown.version.key) or stood.get(article_id)
            self.articles[article_id] = Standing(
                shown.version,
                one.published_at,
                shown.revision,
                shown.role,
                None if shown.role.copies else says,
            )

    def _plan(
        self,
        arrivals: list[Version],
        published: dict[Key, dt.datetime | None],
        withheld: set[str],
        again: Sequence[Version] = (),
        were: Mapping[Key, str] | None = None,
        said: Mapping[Key, Said] | None = None,
    ) -> Plan:
        before = were or {}
        ids = {v.article_id for v in (*arrivals, *again)} | {a for a in before.values() if a}
        known = {
            a: [
                i.version
                for key, i in self.ledger.items()
                if i.version.article_id == a and key not in before
            ]
            for a in ids
        }
        stories = {v.text_id for v in (*arrivals, *again)} | {
            v.text_id for versions in known.values() for v in versions
        }
        stories |= {row.version.text_id for a, row in self.articles.items() if a in ids}
        near = {
            a for a, row in self.articles.items()
            if a in ids or row.version.text_id in stories
            or any(meet(row.version.text_id, v.text_id) for v in (*arrivals, *again))
        }  # fmt: skip
        families = {
            row.role.family_id for a, row in self.articles.items() if a in near and row.role
        }
        standing = [
            row for a, row in self.articles.items()
            if a in near or (row.role and row.role.family_id in families)
        ]  # fmt: skip
        told = Told(SIGNATURES, said or {}, DEFAULT)
        return plan(arrivals, known, standing, published, withheld, again, told)

    def state(self) -> tuple[object, ...]:
        return (self.articles, self.rows, self.quarantine, set(self.ledger))


def meet(one: str, other: str) -> bool:
    """Whether the lake, asked by the bands of one text, gives the other."""
    first, second = SIGNATURES[one], SIGNATURES[other]
    alike = similarity(first, second) or 0
    return alike >= DEFAULT.similarity and bool(set(bands(first)) & set(bands(second)))


DAYS = [None, *(dt.datetime(2025, 4, day) for day in (1, 2, 3, 12))]


@st.composite
def inputs(draw: st.DrawFn) -> Input:
    """Few articles, texts, places and days, so that everything meets everything."""
    article = draw(st.sampled_from("abcd"))
    raw = draw(st.sampled_from(["r1", "r2", "r3"]))
    uri = draw(st.sampled_from(["1.txt", "2.txt"]))
    text = draw(st.sampled_from([*ALIKE, "Y", "Z"]))
    day = draw(st.sampled_from(DAYS))
    return Input(
        Version(article, draw(st.sampled_from(["s", "t"])), uri, f"{raw}{text}", text, day), day
    )


@st.composite
def worlds(draw: st.DrawFn) -> list[Input]:
    """Inputs of which one key says one thing."""
    distinct: dict[Key, Input] = {}
    for one in draw(st.lists(inputs(), min_size=1, max_size=8)):
        distinct.setdefault(one.version.key, one)
    refused = draw(st.sets(st.sampled_from(sorted({i.version.raw_id for i in distinct.values()}))))
    some = draw(st.booleans())
    world = [replace(i, refused=some and i.version.raw_id in refused) for i in distinct.values()]
    return world + draw(st.lists(st.sampled_from(world), max_size=3))


@st.composite
def batchings(draw: st.DrawFn, world: list[Input]) -> list[list[Input]]:
    order = draw(st.permutations(world))
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(order) - 1)))))
    return [list(order[a:b]) for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]


def walk(batches: list[list[Input]]) -> Books:
    books = Books()
    for batch in batches:
        books.add(batch)
    return books


@given(st.data(), worlds())
def test_any_batches_in_any_order_end_alike(data: st.DataObject, world: list[Input]) -> None:
    one = walk([world])
    other = walk(data.draw(batchings(world)))
    assert other.state() == one.state()
    assert other.counts.total() == one.counts.total() == len(world)
    for steady in ("unchanged", "revised"):
        assert other.counts[steady] == one.counts[steady]


@given(st.data(), worlds())
def test_counts_are_alike_when_no_article_changes_its_text(
    data: st.DataObject, world: list[Input]
) -> None:
    first: dict[str, str] = {}
    same = [
        i for i in world
        if first.setdefault(i.version.article_id, i.version.text_id) == i.version.text_id
    ]  # fmt: skip
    same = [replace(i, refused=False) for i in same]
    assert walk(data.draw(batchings(same))).counts == walk([same]).counts


@given(worlds())
def test_again_changes_nothing(world: list[Input]) -> None:
    books = walk([world])
    before = (books.state(), dict(books.rows))
    books.counts.clear()
    books.add(world)
    assert (books.state(), books.rows) == before
    assert books.counts == {"unchanged": len(world)}


@given(worlds())
def test_a_story_has_one_original_and_only_originals_have_rows(world: list[Input]) -> None:
    books = walk([[one] for one in world])
    for article_id, row in books.articles.items():
        assert row.role is not None
        assert (article_id in books.rows) == (row.role.duplicate_of is None)
        story = books.articles[row.role.story_id].role
        assert story is not None
        assert story.story_id == row.role.story_id
        assert story.duplicate_of is None
        if row.role.duplicate_of is not None:
            original = books.articles[row.role.duplicate_of]
            assert original.role is not None
            assert original.role.duplicate_of is None
            assert original.role.story_id == row.role.story_id
            assert SAID[original.version.text_id] == SAID[row.version.text_id]


def version(
    article: str, raw: str, text: str = "T", day: int | None = 1, uri: str = "f"
) -> tuple[Version, dt.datetime | None]:
    time = None if day is None else dt.datetime(2025, 4, day)
    return Version(article, "s", uri, raw, text, time), time


def duplicate_of(books: Books, article_id: str) -> str | None:
    role = books.articles[article_id].role
    assert role is not None
    return role.duplicate_of


def books_of(*batches: list[tuple[Version, dt.datetime | None]]) -> Books:
    return walk([[Input(v, time) for v, time in batch] for batch in batches])


def test_an_older_version_counts_revised_but_is_not_shown() -> None:
    books = books_of([version("a", "r2", day=2)], [version("a", "r1", "U", day=1)])
    assert books.counts == {"new": 1, "revised": 1}
    assert books.articles["a"].version.raw_id == "r2"
    assert books.articles["a"].revision == 1


def test_the_same_bytes_from_another_place_are_unchanged() -> None:
    books = books_of([version("a", "r1", uri="z")], [version("a", "r1", uri="b")])
    assert books.counts == {"new": 1, "unchanged": 1}
    assert books.articles["a"].version.source_uri == "b"
    assert books.articles["a"].revision == 0


def test_an_earlier_publication_takes_over_the_story() -> None:
    books = books_of(
        [version("b", "r1", day=2)], [version("c", "r2", day=3)], [version("a", "r3", day=1)]
    )
    assert books.counts == {"new": 1, "duplicates": 2}
    assert {a: duplicate_of(books, a) for a in books.articles} == {
        "a": None, "b": "a", "c": "a",
    }  # fmt: skip
    assert set(books.rows) == {"a"}


def test_a_revised_original_leaves_its_story_to_the_next() -> None:
    books = books_of(
        [version("a", "r1", day=1), version("b", "r2", day=2)], [version("a", "r3", "U", day=4)]
    )
    assert set(books.rows) == {"a", "b"}
    assert duplicate_of(books, "b") is None


def test_an_unknown_time_of_publication_comes_last() -> None:
    books = books_of([version("a", "r1", day=None), version("b", "r2", day=3)])
    assert duplicate_of(books, "a") == "b"


def test_a_refused_article_costs_its_story_nothing() -> None:
    bad, good = version("a", "r1", day=1), version("b", "r2", day=2)
    books = Books()
    books.add([Input(*bad, refused=True), Input(*good)])
    assert set(books.articles) == {"b"}
    assert duplicate_of(books, "b") is None
    assert books.counts == {"new": 2}
    assert set(books.quarantine) == {"a"}


@given(st.data(), worlds())
def test_a_rebuild_ends_as_if_everything_were_read_today(
    data: st.DataObject, world: list[Input]
) -> None:
    """Whatever each input is read as now, in whatever batches it is read again."""
    books = walk(data.draw(batchings(world)))
    today: dict[Key, Input | None] = {}
    for one in world:
        now = data.draw(st.none() | inputs())
        today[one.version.key] = None
        if now is not None:
            version = replace(
                one.version,
                article_id=now.version.article_id,
                text_id=now.version.text_id,
                version_at=now.version.version_at,
            )
            today[version.key] = Input(version, version.version_at, one.refused)
    batches = data.draw(batchings(world))
    distinct = list(dict.fromkeys(one.version.key for batch in batches for one in batch))
    size = data.draw(st.integers(1, len(distinct)))
    for start in range(0, len(distinct), size):
        books.rebuild(distinct[start : start + size], today)
    assert books.state() == walk([[one for one in today.values() if one]]).state()


def test_a_withdrawn_version_takes_its_rows_along() -> None:
    (shown, time), (other, later) = version("a", "r1"), version("b", "r2", day=2)
    standing = [
        Standing(shown, time, 0, Role("a", "a"), SAID["T"]),
        Standing(other, later, 0, Role("a", "a", 1.0, "a", copies=True)),
    ]
    made = plan([], {"a": []}, standing, {other.key: later})
    assert made.gone == ("a",)
    assert [s.version.article_id for s in made.extract] == ["b"]


def test_what_is_not_known_is_asked_for() -> None:
    (newer, _), (older, time) = version("a", "r2", day=2), version("a", "r1", day=1)
    made = plan([older], {"a": [newer]}, [], {older.key: time})
    assert made == Plan(unread=(newer,))


@pytest.mark.parametrize("size", [1, 2, 5])
def test_batches_of_one_size(size: int) -> None:
    world = [
        Input(*version(article, f"{article}{day}", text, day))
        for article, text in (("a", "T"), ("b", "T"), ("c", "U"))
        for day in (1, 2, 3)
    ]
    cut = [world[i : i + size] for i in range(0, len(world), size)]
    assert walk(cut).state() == walk([world]).state()
