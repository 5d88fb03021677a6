"""A batch is parted into rows that pass and rows in quarantine; what broke is told from that."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from expectations import asking
from expectations.check import Checked, check_batch
from expectations.frames import to_frames
from expectations.model import Rule, Structural
from expectations.rules import RULES
from expectations.structure import structure
from expectations.totals import Totals
from tests.expectations.conftest import TEXT
from tests.properties import examples
from warehouse.tables import ARTICLE_TABLES, ARTICLES, QUALITY, QUARANTINE, Row, Table

Story = dict[str, list[Row]]
CHECKED_AT = dt.datetime(2026, 3, 9, 12)
TOLMIN, MAJA = 0, 1


def names(checked: Checked) -> list[tuple[str, str, str | None]]:
    return [(q["table_name"], q["expectation"], q["column_name"]) for q in checked.quarantine]


def test_a_good_batch_passes_as_it_came(
    story: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    rows = story()
    checked = check(rows)
    assert checked.publishable
    assert checked.quarantine == []
    for table in ARTICLE_TABLES:
        frame = checked.passed[table.name]
        assert dict(frame.dtypes) == table.pandas_dtypes
        pd.testing.assert_frame_equal(frame, table.frame(rows[table.name]))


def test_a_corrupted_row_ends_in_quarantine_and_the_rest_passes(
    story: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    rows = story()
    wrong = rows["mentions"][0]
    wrong["surface"] = "Bovec"
    checked = check(rows)
    (row,) = checked.quarantine
    assert row["table_name"] == "mentions"
    assert row["row_id"] == wrong["mention_id"]
    assert row["article_id"] == wrong["article_id"]
    assert row["expectation"] == "surface_is_the_text"
    assert row["column_name"] == "surface"
    assert row["detail"] == (
        "expected the surface to be the text between its offsets; "
        'found surface "Bovec" where the text has "Tolmin"'
    )
    assert json.loads(row["row"])["surface"] == "Bovec"
    assert checked.publishable
    assert checked.batch.rows_quarantined == 1


def test_a_row_that_fails_twice_is_one_row(
    story: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    rows = story()
    rows["figures"][1].update(value=1.0, sentence="Nothing.")
    checked = check(rows)
    assert len(checked.quarantine) == 3
    assert checked.batch.quarantined["figures"] == 1


def test_rows_of_a_quarantined_article_follow_it(
    story: Callable[..., Story], joined: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    bad = story(0, text="  ")
    checked = check(joined(bad, story(1)))
    article_id = bad["articles"][0]["article_id"]
    assert {q["article_id"] for q in checked.quarantine} == {article_id}
    followed = {q["table_name"] for q in checked.quarantine if q["expectation"] == "parent_passed"}
    assert followed == {"entities", "mentions", "dates", "claims", "events", "figures"}
    assert all(len(frame) for frame in checked.passed.values())
    for frame in checked.passed.values():
        assert article_id not in set(frame["article_id"])


def test_a_figure_follows_the_date_that_its_date_hangs_on(
    story: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    rows = story()
    friday = rows["dates"][0]
    friday["surface"] = "Monday"
    checked = check(rows)
    assert sorted(names(checked)) == [
        ("dates", "parent_passed", "anchor"),
        ("dates", "surface_is_the_text", "surface"),
        ("events", "parent_passed", "date_id"),
        ("figures", "parent_passed", "as_of_date_id"),
        ("figures", "parent_passed", "as_of_date_id"),
        ("figures", "parent_passed", "event_id"),
    ]
    assert len(checked.passed["mentions"]) == 3
    told = [q["detail"] for q in checked.quarantine if q["column_name"] == "as_of_date_id"]
    assert any(friday["date_id"] in detail for detail in told)


def test_a_duplicate_follows_its_original(
    story: Callable[..., Story], joined: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    original = story(0, published_at=dt.datetime(2027, 1, 1), published_date=dt.date(2027, 1, 1))
    copy: Story = {name: [] for name in original} | {
        "articles": [
            {
                **story(1)["articles"][0],
                "duplicate_of": original["articles"][0]["article_id"],
                "text_id": original["articles"][0]["text_id"],
                "story_id": original["articles"][0]["article_id"],
                "sentence_count": None,
            }
        ]
    }
    checked = check(joined(original, copy))
    assert len(checked.passed["articles"]) == 0
    assert ("articles", "parent_passed", "duplicate_of") in names(checked)


def test_the_rows_in_quarantine_are_of_the_declared_shape(
    story: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    rows = story()
    rows["figures"][0]["value"] = "many"
    rows["figures"][1]["value"] = float("nan")
    checked = check(rows)
    QUARANTINE.arrow(checked.quarantine)
    QUALITY.arrow(checked.quality)
    for row in checked.quarantine:
        assert tuple(row) == QUARANTINE.column_names
        json.loads(row["row"], parse_constant=lambda name: pytest.fail(name))


def test_two_runs_quarantine_the_same(
    story: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    def quarantine(run_id: str, day: int) -> list[Row]:
        late = {"published_at": dt.datetime(2029, 1, 1), "published_date": dt.date(2029, 1, 1)}
        stamps = {"run_id": run_id, "ingested_at": dt.datetime(2026, 3, day)}
        checked = check(
            story(0, **late, **stamps), run_id=run_id, checked_at=dt.datetime(2026, 3, day)
        )
        return [{**row, "run_id": None} for row in checked.quarantine]

    assert quarantine("a", 1) == quarantine("b", 20)
    assert ARTICLES.volatile


def again(checked: Checked, earlier: Sequence[Row] | None = None) -> Checked:
    """What passed, checked beside its quarantine, as ``dateline check`` does."""
    return check_batch(
        checked.passed,
        Totals(),
        run_id="c",
        batch_no=1,
        checked_at=CHECKED_AT,
        earlier=checked.quarantine if earlier is None else earlier,
    )


def test_what_passed_passes_again_beside_its_quarantine(
    story: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    rows = story()
    rows["mentions"][0]["surface"] = "Bovec"  # its entity counts two mentions still
    first = check(rows)
    assert len(first.passed["entities"]) == 2
    assert again(first).quarantine == []
    alone = again(first, earlier=())
    assert {q["expectation"] for q in alone.quarantine} >= {"mentions_counted"}


@pytest.mark.parametrize("wrong", [-1, 9, True, None])
@pytest.mark.parametrize("at", [TOLMIN, MAJA])
def test_a_mention_in_the_wrong_place_does_not_accuse_its_entity(
    at: int, wrong: Any, story: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    rows = story()
    rows["mentions"][at]["char_start"] = wrong
    first = check(rows)
    assert {(q["table_name"], q["row_id"]) for q in first.quarantine} == {
        ("mentions", rows["mentions"][at]["mention_id"])
    }
    assert again(first).quarantine == []


@pytest.mark.parametrize("wrong", [-1, TEXT.rindex("Tolmin") + 1])
def test_an_entity_is_placed_although_a_mention_of_it_is_in_quarantine(
    wrong: int, story: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    rows = story()
    rows["mentions"][TOLMIN]["surface"] = "Bovec"
    rows["entities"][TOLMIN]["first_char"] = wrong
    assert ("entities", "first_mention", "first_char") in names(check(rows))


def test_what_a_batch_that_was_not_published_left_accuses_nobody(
    story: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    """Its rows are in quarantine beside those of the article as it stands."""
    refused = story()
    for number, mention in enumerate(refused["mentions"]):
        mention.update(mention_id=f"{number:016}", surface="Bovec")
    checked = check(story())
    assert again(checked, earlier=check(refused).quarantine).quarantine == []


def test_rows_in_quarantine_without_a_key_are_counted_each_for_its_article(
    story: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    checked = []
    for number in range(2):  # in batches of their own, so that both are called null
        rows = story(number)
        rows["mentions"][TOLMIN]["mention_id"] = None
        checked.append(check(rows))
    both = replace(
        checked[0],
        passed={
            name: pd.concat([frame, checked[1].passed[name]], ignore_index=True)
            for name, frame in checked[0].passed.items()
        },
    )
    assert len(both.passed["entities"]) == 4
    assert again(both, [q for one in checked for q in one.quarantine]).quarantine == []


# What breaks is no verdict on the data.


def raising(row: Row, batch: object) -> bool:
    raise ZeroDivisionError("no luck")


def test_a_rule_that_raises_is_told_as_broke(
    story: Callable[..., Story], check: Callable[..., Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = Rule("figures", "raising", "value", "luck", reads=("value",), holds=raising)
    monkeypatch.setattr("expectations.rules.RULES", (*RULES, rule))
    rows = story()
    checked = check(rows)
    assert checked.broke == ["figures.value raising"]
    assert not checked.publishable
    assert checked.quarantine == []
    (told,) = (q for q in checked.quality if q["expectation"] == "raising")
    assert told["outcome"] == "broke"
    assert told["failed"] == 0
    key = rows["figures"][0]["figure_id"]
    assert told["detail"] == f"ZeroDivisionError at row {key}: no luck"


def test_words_that_raise_are_told_as_broke(
    story: Callable[..., Story], check: Callable[..., Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    def speechless(row: Row, batch: object) -> str:
        raise LookupError("no words")

    rule = Rule(
        "figures", "wrong", "value", "luck", holds=lambda row, batch: False, found=speechless
    )
    monkeypatch.setattr("expectations.rules.RULES", (rule,))
    checked = check(story())
    assert checked.broke == ["figures.value wrong"]
    assert checked.quarantine == []


@pytest.mark.parametrize(
    ("gx_type", "arguments"),
    [
        ("ExpectColumnValuesToBeKind", {"column": "name"}),  # there is no such class
        ("ExpectColumnValuesToBeInSet", {"column": "name"}),  # it lacks an argument
        ("ExpectColumnValuesToNotBeNull", {"column": "colour"}),  # there is no such column
        ("ExpectColumnValuesToBeBetween", {"column": "name", "min_value": 1}),  # text and number
        ("ExpectColumnValuesToMatchRegex", {"column": "name", "regex": "("}),  # no pattern
    ],
)
def test_an_expectation_that_raises_is_told_as_broke(
    gx_type: str,
    arguments: dict[str, Any],
    story: Callable[..., Story],
    check: Callable[..., Checked],
    monkeypatch: pytest.MonkeyPatch,
) -> None:

    def with_a_broken_one(table: Table) -> list[Structural]:
        if table.name != "entities":
            return structure(table)
        broken = Structural("entities", "broken", "name", "x", gx_type=gx_type, arguments=arguments)
        return [*structure(table), broken]

    monkeypatch.setattr(asking, "structure", with_a_broken_one)
    rows = story()
    rows["mentions"][0]["surface"] = "Bovec"
    checked = check(rows)
    assert checked.broke == ["entities.name broken"]
    assert names(checked) == [("mentions", "surface_is_the_text", "surface")]
    (told,) = (q for q in checked.quality if q["outcome"] == "broke")
    assert told["detail"]


def test_a_frame_without_a_declared_column_is_told_as_broke(story: Callable[..., Story]) -> None:
    frames = to_frames(story())
    frames["mentions"] = frames["mentions"].drop(columns="surface").assign(colour="red")
    checked = check_batch(
        frames, Totals(), run_id="r", batch_no=1, checked_at=dt.datetime(2026, 3, 9)
    )
    assert checked.broke == ["mentions columns"]
    (told,) = (q for q in checked.quality if q["outcome"] == "broke")
    assert told["detail"] == (
        "the frame of mentions lacks surface; the frame of mentions has colour, not declared"
    )


def test_a_suite_that_cannot_be_asked_breaks_all_its_expectations(
    story: Callable[..., Story], check: Callable[..., Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_library(name: str) -> None:
        raise RuntimeError("the library is not there")

    monkeypatch.setattr("expectations.gx._definition", no_library)
    checked = check(story())
    assert checked.quarantine == []
    assert {q["outcome"] for q in checked.quality if q["expectation"] == "not_null"} == {"broke"}
    assert {q["detail"] for q in checked.quality if q["outcome"] == "broke"} == {
        "RuntimeError: the library is not there"
    }


def test_empty_frames_pass(check: Callable[..., Checked]) -> None:
    checked = check({table.name: [] for table in ARTICLE_TABLES})
    assert checked.publishable
    assert checked.batch.rows_made == 0


def test_nothing_is_contacted(
    story: Callable[..., Story], check: Callable[..., Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an address was contacted")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert check(story()).publishable


#: What a value may become. OTHER is the value of the row after it: right, but for another row.
OTHER = "the next row's"
VALUES = (None, "", "x", -1, 10**6, 0.5, float("inf"), dt.date(1, 1, 1), True, [1], OTHER)
PLACES = [
    (table.name, column.name)
    for table in ARTICLE_TABLES
    for column in table.columns
    if (table.name, column.name) != ("articles", "authors")
]

Corruption = tuple[tuple[str, str], int, Any]


def corrupt(rows: Story, corruption: Corruption) -> None:
    (table, column), at, value = corruption
    some = rows[table]
    if value == OTHER:
        value = some[(at + 1) % len(some)][column]
    some[at % len(some)][column] = value


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_whatever_one_value_becomes_what_passed_passes_again(
    value: Any,
    story: Callable[..., Story],
    joined: Callable[..., Story],
    check: Callable[..., Checked],
) -> None:
    """Every place of a story is corrupted once, each in a story of its own."""
    stories: list[Story] = []
    for table, column in PLACES:
        for at in range(len(story()[table])):
            one = story(len(stories))
            corrupt(one, ((table, column), at, value))
            stories.append(one)
    checked = check(joined(*stories))
    assert checked.broke == []
    second = again(checked)
    assert second.broke == []
    assert second.quarantine == []


@settings(
    max_examples=examples(8),
    # without looking for more faults, and for what else might matter, one that is found is shown
    # before the time of a test is up
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), st.integers(0, 5), st.sampled_from(VALUES)),
        min_size=1,
        max_size=4,
    )
)
@example([(("mentions", "char_start"), 1, True)])
@example([(("mentions", "entity_id"), 1, [1])])
@example([(("mentions", "char_start"), 0, -1)])
def test_whatever_is_corrupted_every_row_is_accounted_for(
    story: Callable[..., Story],
    joined: Callable[..., Story],
    check: Callable[..., Checked],
    corruptions: list[Corruption],
) -> None:
    """Nothing breaks, the sum holds (in ``check``), what passed passes again."""
    rows = joined(story(0), story(1))
    for corruption in corruptions:
        corrupt(rows, corruption)
    checked = check(rows)
    assert checked.broke == []
    second = again(checked)
    assert second.broke == []
    assert second.quarantine == []


def test_the_order_of_the_rows_does_not_matter(
    story: Callable[..., Story], joined: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    rows = joined(*(story(number) for number in range(4)))
    rows["dates"][2]["surface"] = "Monday"
    rows["entities"][5]["mention_count"] = 9
    forwards, backwards = check(rows), check({name: some[::-1] for name, some in rows.items()})
    assert backwards.quarantine == forwards.quarantine
    assert backwards.batch == forwards.batch


def test_quality_has_a_row_for_each_expectation(
    story: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    checked = check(story())
    keys = [tuple(row[name] for name in QUALITY.key) for row in checked.quality]
    assert len(set(keys)) == len(keys)
    assert {row["outcome"] for row in checked.quality} == {"passed"}
    assert replace(checked, failed=["x"]).publishable is False
