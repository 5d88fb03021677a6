"""Every written rule has a row that it lets pass and one that it does not."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest

from expectations.batch import Batch
from expectations.rules import RULES
from expectations.rules.dates import value_agrees_with_interval
from expectations.rules.writing import rule
from warehouse.tables import FIGURES, PEOPLE, Row

Story = dict[str, list[Row]]
Bend = Callable[[Story], None]
DAY = dt.date(2026, 3, 6)


def put(table: str, at: int = 0, **values: Any) -> Bend:
    """Sets values in one row of the story."""

    def bend(story: Story) -> None:
        story[table][at].update(values)

    return bend


def both(*bends: Bend) -> Bend:
    def bend(story: Story) -> None:
        for one in bends:
            one(story)

    return bend


def as_duplicate(story: Story) -> None:
    """The article told as another's duplicate, its rows still there."""
    put("articles", duplicate_of="0123456789abcdef", sentence_count=None)(story)


def nothing(story: Story) -> None:
    """The story as it is."""


class Case(NamedTuple):
    """``bad`` makes the row at ``at`` of the rule's table fail; ``good`` is a near miss."""

    bad: Bend
    good: Bend = nothing
    at: int = 0


def repeated(times: int) -> str:
    line = "The council will meet again next week to vote on the plan, it said.\n"
    return "Lead.\n" + line * times


CASES: Mapping[str, Case] = {
    "articles.text text_not_empty": Case(put("articles", text=" \n")),
    "articles.text text_readable": Case(
        put("articles", text="caf� " * 40), put("articles", text="caf� " + "word " * 40)
    ),
    "articles.text paragraph_not_repeated": Case(
        put("articles", text=repeated(25)), put("articles", text=repeated(4))
    ),
    "articles.published_at not_in_the_future": Case(
        put("articles", published_at=dt.datetime(2026, 3, 10, 13)),
        put("articles", published_at=dt.datetime(2026, 3, 10, 11)),
    ),
    "articles.published_date not_before_print": Case(
        put("articles", published_at=None, published_date=dt.date(1599, 12, 31)),
        put("articles", published_at=None, published_date=dt.date(1605, 9, 1)),
    ),
    "articles.published_date date_of_its_time": Case(
        put("articles", published_date=dt.date(2026, 3, 9)),
        put("articles", published_date=dt.date(2026, 3, 8)),
    ),
    "articles.sentence_count sentences_counted": Case(
        put("articles", sentence_count=0), put("articles", sentence_count=None)
    ),
    "articles.revision revision_counted": Case(
        put("articles", revision=-1), put("articles", revision=3)
    ),
    "articles.duplicate_of duplicate_of_an_original": Case(
        lambda story: put("articles", duplicate_of=story["articles"][0]["article_id"])(story),
        as_duplicate,
    ),
    "articles.story_id of_a_story": Case(
        put("articles", similarity=0.9),
        put("articles", story_id="0123456789abcdef", similarity=0.9),
    ),
    **{
        f"{table}.char_start offsets_in_text": Case(
            put(table, char_end=9999), put(table, char_start=0, char_end=1)
        )
        for table in ("mentions", "figures", "dates", "claims", "events")
    },
    **{
        f"{table}.surface surface_is_the_text": Case(put(table, surface="Elsewhere"))
        for table in ("mentions", "figures", "dates", "claims", "events")
    },
    **{
        f"{table}.surface surface_trimmed": Case(put(table, surface=" Tolmin"))
        for table in ("mentions", "figures", "dates", "claims", "events")
    },
    **{
        f"{table}.sentence_no sentence_of_the_article": Case(
            put(table, sentence_no=2), put(table, sentence_no=1)
        )
        for table in ("mentions", "figures", "dates", "claims", "events")
    },
    **{
        f"{table}.published_date published_with_its_article": Case(
            put(table, published_date=dt.date(2026, 3, 1)),
            both(put(table, published_date=None), put("articles", published_date=None)),
        )
        for table in ("entities", "mentions", "figures", "dates", "claims", "events")
    },
    **{
        f"{table}.article_id not_of_a_duplicate": Case(as_duplicate)
        for table in ("entities", "mentions", "figures", "dates", "claims", "events")
    },
    "entities.name named": Case(put("entities", name="")),
    "entities.entity_type place_is_no_person": Case(
        put("entities", name="Kursk region", entity_type="PERSON"),
        put("entities", name="Jordan", entity_type="PERSON"),
    ),
    "entities.geonames_id person_not_on_the_map": Case(
        put("entities", entity_type="PERSON"), put("entities", 1, country="SVN"), 0
    ),
    "entities.mention_count mentions_counted": Case(put("entities", mention_count=3)),
    "entities.first_char first_mention": Case(put("entities", first_char=0)),
    "entities.latitude on_the_globe": Case(
        put("entities", latitude=91.0), put("entities", latitude=-90.0, longitude=180.0)
    ),
    "entities.region region_of_a_place": Case(
        put("entities", region="Bavaria"),
        put("entities", region="Tolmin", region_id=3239062, geonames_id=3188915, country="SVN"),
    ),
    "entities.link_status linked_to_something": Case(
        put("entities", country=None, geonames_id=None), put("entities", geonames_id=None)
    ),
    "entities.country country_known": Case(
        put("entities", country="QZZ"), put("entities", country="XKX")
    ),
    "figures.nationality nationality_known": Case(
        put("figures", nationality="QZZ"), put("figures", nationality="SUN")
    ),
    "mentions.entity_type kind_of_its_entity": Case(put("mentions", entity_type="PRODUCT")),
    "dates.date_start both_ends_or_neither": Case(
        put("dates", date_end=None), put("dates", date_start=None, date_end=None)
    ),
    "dates.date_start starts_before_it_ends": Case(
        put("dates", date_end=dt.date(2026, 3, 5)), put("dates", date_end=dt.date(2026, 3, 7))
    ),
    "dates.date_start within_reach_of_its_anchor": Case(
        put("dates", date_start=dt.date(1776, 7, 4)),
        put("dates", date_start=dt.date(1726, 1, 1), granularity="year"),
    ),
    "dates.date_end year_in_range": Case(
        put("dates", date_end=dt.date(5015, 1, 1)), put("dates", date_end=dt.date(2100, 1, 1))
    ),
    "dates.value value_agrees_with_interval": Case(
        put("dates", value="2025-03"), put("dates", value="2026-W10-WE")
    ),
    "figures.value numbers_finite": Case(put("figures", value=math.inf)),
    "figures.value value_between_its_ends": Case(
        put("figures", 1, value=31.0), put("figures", 1, value=30.0), 1
    ),
    "figures.qualifier ends_of_the_qualifier": Case(
        put("figures", value_high=5000.0), put("figures", qualifier="more_than")
    ),
    "figures.value people_can_be_that_many": Case(
        put("figures", value=9.1e9, value_low=9.1e9), put("figures", value=8.2e9, value_low=8.2e9)
    ),
    "figures.value percent_plausible": Case(
        put("figures", unit_type="percent", value=2e7),
        put("figures", unit_type="percent", value=1.7e6),
    ),
    "figures.unit unit_of_its_type": Case(
        put("figures", unit="people"), put("figures", unit_type="money", unit="MYR/mo")
    ),
    "figures.category category_of_its_type": Case(
        put("figures", category="money"), put("figures", category="money", unit_type="money")
    ),
    "figures.place_country country_of_its_place": Case(
        put("figures", place_country="AUT"), put("figures", place_country=None)
    ),
    "figures.as_of_start as_of_an_interval": Case(
        put("figures", as_of_end=None), put("figures", as_of_end=dt.date(2026, 3, 7))
    ),
    "figures.as_of_date_id as_of_its_date": Case(
        put("figures", as_of_start=dt.date(2020, 1, 1), as_of_end=dt.date(2020, 1, 2)),
        put("figures", as_of_start=dt.date(2026, 3, 1)),
    ),
    **{
        f"{table}.sentence sentence_holds_the_surface": Case(put(table, sentence="Nothing."))
        for table in ("figures", "dates", "events")
    },
    "claims.said_start said_an_interval": Case(
        put("claims", said_start=dt.date(2026, 3, 6)),
        put("claims", said_start=dt.date(2026, 3, 6), said_end=dt.date(2026, 3, 7)),
    ),
    "claims.continues continues_another": Case(
        lambda story: put("claims", continues=story["claims"][0]["claim_id"])(story),
        put("claims", continues="0123456789abcdef"),
    ),
    "figures.attributed_to said_by_the_speaker": Case(
        put("figures", attributed_to="the mayor"), put("figures", claim_id=None)
    ),
    "figures.event_id where_and_when_its_event_is": Case(
        both(
            put("events", place="Bled", place_entity_id=None, place_country="AUT"),
            put("figures", place_country="SVN"),
        ),
        both(
            put("events", place="Bled", place_entity_id=None, place_country="AUT"),
            put("figures", rule="number+event_elsewhere"),
        ),
    ),
    "events.event_start days_an_interval": Case(
        put("events", event_end=None), put("events", event_end=dt.date(2026, 3, 7))
    ),
    "events.date_id days_of_its_date": Case(
        put("events", event_start=dt.date(2020, 1, 1), event_end=dt.date(2020, 1, 2)),
        put("events", event_start=dt.date(2026, 3, 1)),
    ),
    "events.modality done_by_publication": Case(
        put("events", event_start=dt.date(2026, 3, 9), event_end=dt.date(2026, 3, 9)),
        put("events", event_start=dt.date(2026, 3, 9), modality="planned"),
    ),
    "events.place_country country_of_its_place": Case(
        put("events", place_country="AUT"), put("events", place_country=None)
    ),
}

#: The rules that keep rows back; the warnings have a file of their own.
BY_LABEL = {rule.label: rule for rule in RULES if rule.kind == "row"}


def batch_of(story: Story) -> Batch:
    checked_at = dt.datetime(2026, 3, 9, 12)
    return Batch(rows=story, checked_at=checked_at, fetched={}, mentions=story["mentions"])


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == set(BY_LABEL)


def test_labels_are_unique() -> None:
    assert len({rule.label for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("label", CASES)
def test_what_is_right_passes(label: str, story: Callable[..., Story]) -> None:
    rule, rows, case = BY_LABEL[label], story(), CASES[label]
    assert all(rule.holds(row, batch_of(rows)) for row in rows[rule.table])
    case.good(rows)
    assert rule.holds(rows[rule.table][case.at], batch_of(rows))


@pytest.mark.parametrize("label", CASES)
def test_what_is_wrong_fails(label: str, story: Callable[..., Story]) -> None:
    rule, rows, case = BY_LABEL[label], story(), CASES[label]
    case.bad(rows)
    failing = [not rule.holds(row, batch_of(rows)) for row in rows[rule.table]]
    assert failing[case.at]


def test_each_wrong_row_ends_in_quarantine_with_its_expectation(
    story: Callable[..., Story], joined: Callable[..., Story], check: Callable[..., Any]
) -> None:
    stories, keys = [], {}
    for number, (label, case) in enumerate(CASES.items()):
        one = story(number)
        case.bad(one)
        rule = BY_LABEL[label]
        row = one[rule.table][case.at]
        keys[label] = (row["article_id"], rule.table, rule.name, rule.column)
        stories.append(one)
    stories.append(story(len(stories)))
    checked = check(joined(*stories))
    assert not checked.broke
    quarantined = {
        (q["article_id"], q["table_name"], q["expectation"], q["column_name"])
        for q in checked.quarantine
    }
    assert {label for label, key in keys.items() if key not in quarantined} == set()
    last = stories[-1]["articles"][0]["article_id"]
    assert last not in {q["article_id"] for q in checked.quarantine}
    assert all(q["detail"].startswith("expected ") for q in checked.quarantine)
    assert all("; found " in q["detail"] for q in checked.quarantine)


@pytest.mark.parametrize(
    ("unit_type", "unit", "holds"),
    [
        ("money", "EUR", True),
        ("money", "USD/[lb_av]", True),
        ("money", "dollar", False),
        ("money", "1", False),
        ("count", "1", True),
        ("count", "1/d", True),
        ("count", "/d", True),
        ("count", "d", False),
        ("count", "", False),
        ("percent", "%", True),
        ("percent", "%/a", True),
        ("percent", "10*-4", True),
        ("percent", "1", False),
        ("ratio", "1", True),
        ("ratio", "%", False),
        ("other", "[ppm]", True),
        ("length", "km", True),
        ("length", " ", False),
    ],
)
def test_each_unit_type_has_its_units(
    unit_type: str, unit: str, holds: bool, story: Callable[..., Story]
) -> None:
    rows = story()
    put("figures", unit_type=unit_type, unit=unit)(rows)
    rule = BY_LABEL["figures.unit unit_of_its_type"]
    assert rule.holds(rows["figures"][0], batch_of(rows)) is holds


@pytest.mark.parametrize(
    ("qualifier", "value", "low", "high", "holds"),
    [
        ("exact", 5.0, 5.0, 5.0, True),
        ("exact", 5.0, 5.0, None, False),
        ("about", 5.0, 5.0, 5.0, True),
        ("about", None, None, None, False),
        ("at_least", 5.0, 5.0, None, True),
        ("at_least", 5.0, None, 5.0, False),
        ("at_most", 5.0, None, 5.0, True),
        ("less_than", 5.0, 5.0, 5.0, False),
        ("between", 6.0, 5.0, 7.0, True),
        ("between", 5.0, 5.0, 5.0, False),
        ("between", 5.5, 5.0, 7.0, False),
        ("vague", None, None, None, True),
        ("vague", 12.0, None, None, False),
    ],
)
def test_each_qualifier_has_its_ends(
    qualifier: str,
    value: float | None,
    low: float | None,
    high: float | None,
    holds: bool,
    story: Callable[..., Story],
) -> None:
    rows = story()
    put("figures", qualifier=qualifier, value=value, value_low=low, value_high=high)(rows)
    rule = BY_LABEL["figures.qualifier ends_of_the_qualifier"]
    assert rule.holds(rows["figures"][0], batch_of(rows)) is holds


def test_an_article_is_measured_by_when_it_was_fetched(story: Callable[..., Story]) -> None:
    rows = story()
    article = rows["articles"][0]
    rule = BY_LABEL["articles.published_at not_in_the_future"]
    for fetched, holds in ((dt.datetime(2026, 3, 1), False), (dt.datetime(2026, 3, 8), True)):
        for checked_at in (dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1)):
            batch = Batch(rows, checked_at, {article["raw_id"]: fetched})
            assert rule.holds(article, batch) is holds


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("France Gall", False),
        ("Russia", True),
        ("the Czech Republic", True),
        ("South Korea", True),
        ("Kursk", True),
        ("Sichuan", True),
        ("Massachusetts", True),
        ("Mato Grosso Province", True),
        ("Georgia", False),
        ("Chad", False),
        ("Washington", False),
        ("Ana Vidmar", False),
    ],
)
def test_a_place_is_known_by_its_name(name: str, place: bool, story: Callable[..., Story]) -> None:
    rows = story()
    put("entities", name=name, entity_type="PERSON")(rows)
    rule = BY_LABEL["entities.entity_type place_is_no_person"]
    assert rule.holds(rows["entities"][0], batch_of(rows)) is not place


def test_a_duplicate_of_a_duplicate_fails(
    story: Callable[..., Story], joined: Callable[..., Story]
) -> None:
    first, second = story(0), story(1)
    first_id = first["articles"][0]["article_id"]
    as_duplicate(first)
    put(
        "articles",
        duplicate_of=first_id,
        sentence_count=None,
        story_id=first_id,
        similarity=1.0,
    )(second)
    batch = batch_of(joined(first, second))
    rule = BY_LABEL["articles.duplicate_of duplicate_of_an_original"]
    assert not rule.holds(second["articles"][0], batch)


@pytest.mark.parametrize("values", [{"story_id": "0" * 16}, {"duplicate_of": "0" * 16}])
def test_a_duplicate_is_of_its_originals_story(
    values: dict[str, Any], story: Callable[..., Story], joined: Callable[..., Story]
) -> None:
    """Not of another, nor that of an article which is a duplicate itself."""
    first, second = story(0), story(1)
    first_id = first["articles"][0]["article_id"]
    put("articles", duplicate_of=first_id, story_id=first_id, sentence_count=None)(second)
    rule = BY_LABEL["articles.duplicate_of duplicate_of_an_original"]
    assert rule.holds(second["articles"][0], batch_of(joined(first, second)))
    put("articles", **values)(first)
    assert not rule.holds(second["articles"][0], batch_of(joined(first, second)))


@pytest.mark.parametrize(
    ("values", "holds"),
    [({}, True), ({"similarity": 1.01}, False), ({"similarity": None}, True)],
)
def test_a_carrier_is_of_the_story_of_its_first_article(
    values: dict[str, Any],
    holds: bool,
    story: Callable[..., Story],
    joined: Callable[..., Story],
) -> None:
    first, second = story(0), story(1)
    first_id = first["articles"][0]["article_id"]
    put("articles", **{"story_id": first_id, "similarity": 0.8, **values})(second)
    rule = BY_LABEL["articles.story_id of_a_story"]
    assert rule.holds(second["articles"][0], batch_of(joined(first, second))) is holds
    put("articles", story_id="0" * 16)(first)
    assert not rule.holds(second["articles"][0], batch_of(joined(first, second)))


def test_categories_of_people_are_declared() -> None:
    assert set(PEOPLE) < set(FIGURES["category"].allowed)


def test_a_rule_over_an_undeclared_column_is_refused() -> None:
    with pytest.raises(ValueError, match=r"figures\.colour"):
        rule([], FIGURES, "colour", "a colour")


@pytest.mark.parametrize(
    ("value", "day", "agrees"),
    [
        ("2022-WI", dt.date(2023, 1, 15), True),  # the winter of 2022 ends in March
        ("2022-WI", dt.date(2023, 6, 15), False),
        ("2022-SU", dt.date(2023, 1, 15), False),
    ],
)
def test_a_winter_ends_in_the_next_year(value: str, day: dt.date, agrees: bool) -> None:
    row = {"value": value, "date_start": day, "date_end": day, "type": "DATE"}
    assert value_agrees_with_interval(row, Batch({}, dt.datetime(2026, 3, 6), {})) is agrees
