"""What each view answers, over rows in which the right answer is plain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

import warehouse
from tests.warehouse.stories import TEXT, article_rows, key
from warehouse.columns import Row
from warehouse.lake import Lake, Publication
from warehouse.tables import (
    CLAIMS,
    EVENTS,
    REPEATS,
    TABLES_BY_NAME,
)

Rows = dict[str, list[Row]]
Ask = Callable[..., list[Row]]


def day(number: int) -> dt.date:
    """The day on which article ``number`` is published."""
    return dt.date(2025, 1, 1) + dt.timedelta(days=number)


def story(number: int, **figure: Any) -> Rows:
    """An article of one figure, its columns as given."""
    rows = article_rows(number)
    rows["figures"][0] |= figure
    return rows


def claim(number: int, name: str | None, n: int = 0, **columns: Any) -> Row:
    """A claim of article ``number``; a name has an entity of its own."""
    told: Row = {
        "claim_id": key("claim", number, n),
        "article_id": key("article", number),
        "published_date": day(number),
        "sentence_no": 0,
        "char_start": 0,
        "char_end": len(TEXT),
        "surface": TEXT,
        "kind": "indirect",
        "quoted": False,
        "speaker": name or "officials",
        "speaker_name": name,
        "speaker_entity_id": key("PERSON", name) if name else None,
        "speaker_kind": "person" if name else "unnamed",
        "rule": "verb",
        "sentence": TEXT,
    }
    return CLAIMS.row(**{**told, **columns})


def said(number: int, name: str | None, **figure: Any) -> Rows:
    """An article whose figure somebody states."""
    rows = story(number, **figure)
    rows["claims"] = [claim(number, name)]
    rows["figures"][0] |= {
        "claim_id": key("claim", number, 0),
        "attributed_to": name or "officials",
    }
    return rows


def event(number: int, event_type: str, **columns: Any) -> Row:
    told: Row = {
        "event_id": key("event", number, event_type),
        "article_id": key("article", number),
        "published_date": day(number),
        "sentence_no": 0,
        "char_start": 0,
        "char_end": 3,
        "surface": TEXT[:3],
        "predicate": event_type,
        "event_type": event_type,
        "modality": "actual",
        "rule": "verb",
        "sentence": TEXT,
    }
    return EVENTS.row(**{**told, **columns})


@pytest.fixture
def ask(lake: Lake) -> Ask:
    """Publishes the stories given and asks a question."""

    def asked(sql: str, *stories: Rows) -> list[Row]:
        rows: Rows = {}
        for one in stories:
            for name, some in one.items():
                rows.setdefault(name, []).extend(some)
        insert = {name: TABLES_BY_NAME[name].arrow(some) for name, some in rows.items()}
        lake.publish(Publication(insert=insert), "run-1")
        found: list[Row] = warehouse.query(sql, path=lake.path).to_pylist()
        return found

    return asked


def test_a_speakers_newest_count_stands_with_the_one_before(ask: Ask) -> None:
    [rupert, michael] = ask(
        "SELECT claimed_by, value, earlier_value, earlier_date, stories FROM latest_counts "
        "ORDER BY claimed_by DESC",
        said(0, "Rupert", value=900),
        said(1, "Rupert", value=1100),
        said(2, "Michael", value=50),
    )
    assert rupert == {
        "claimed_by": "Rupert",
        "value": 1100,
        "earlier_value": 900,
        "earlier_date": day(0),
        "stories": 2,
    }
    assert (michael["claimed_by"], michael["earlier_value"]) == ("Michael", None)


def test_a_number_of_the_same_story_is_no_earlier_one(ask: Ask) -> None:
    one = said(0, "Rupert", value=900)
    second = one["figures"][0] | {"figure_id": key("figure", 0, "second"), "char_start": 40}
    one["figures"].append(second | {"value": 70})
    [row] = ask("FROM latest_counts", one)
    assert (row["value"], row["earlier_value"], row["stories"]) == (900, None, 1)


def test_counts_without_a_place_or_by_nobody_named_do_not_fall_into_one(ask: Ask) -> None:
    nowhere = {"place": None, "place_entity_id": None}
    found = ask(
        "FROM latest_counts",
        said(0, "Rupert", **nowhere),
        said(1, "Rupert", **nowhere),
        said(2, None),
        said(3, None),
    )
    assert {row["article_id"] for row in found} == {key("article", n) for n in range(4)}
    assert {row["stories"] for row in found} == {1}


def test_a_total_does_not_take_the_place_of_a_new_number(ask: Ask) -> None:
    found = ask(
        "SELECT cumulative, value FROM latest_counts ORDER BY value",
        story(0, cumulative=False, value=20),
        story(1, cumulative=True, value=500),
    )
    assert [(row["cumulative"], row["value"]) for row in found] == [(False, 20), (True, 500)]


@pytest.mark.parametrize(
    "left_out",
    [
        {"restates": key("figure", 9)},
        {"conversion_of": key("figure", 9)},
        {"modality": "planned"},
        {"unit": "1/d"},
        {"unit_type": "money", "unit": "EUR"},
        {"value": None, "value_low": None, "value_high": None},
        {"surface": "1,200", "sentence": "Some 1,200 of the soldiers arrived."},
    ],
    ids=lambda columns: "-".join(columns),
)
def test_what_is_no_count_of_its_own_is_none(left_out: dict[str, Any], ask: Ask) -> None:
    [row] = ask("FROM count_claims", story(0), story(1, **left_out))
    assert row["article_id"] == key("article", 0)


def test_of_a_number_that_stands_twice_neither_is_taken_for_the_part(ask: Ask) -> None:
    twice = "Some 1,200 of the soldiers left, and 1,200 horses came."
    [row] = ask("FROM count_claims", story(0, surface="1,200", sentence=twice))
    assert row["article_id"] == key("article", 0)


def test_what_another_carrier_of_the_story_says_counts_once(ask: Ask) -> None:
    again = story(1)
    again["repeats"] = [
        REPEATS.row(
            figure_id=key("figure", 1),
            article_id=key("article", 1),
            published_date=day(1),
            of_figure_id=key("figure", 0),
            of_article_id=key("article", 0),
            story_id=key("article", 0),
        )
    ]
    [row] = ask("FROM count_timeline", story(0), again)
    assert (row["figures"], row["article_id"]) == (1, key("article", 0))


def test_people_are_people_whatever_they_are_called(ask: Ask) -> None:
    found = ask(
        "SELECT kind FROM count_claims ORDER BY article_id",
        story(0, category="killed", counted="Ruritanians", counted_head="ruritanian"),
        story(1, category="killed", counted="people", counted_head="people"),
        story(2, category="killed", counted=None, counted_head=None),
    )
    assert {row["kind"] for row in found} == {"people"}
    [child] = ask(
        "SELECT kind FROM count_claims WHERE article_id = '" + key("article", 3) + "'",
        story(3, category="killed", counted="children", counted_head="child"),
    )
    assert child["kind"] == "child"


def test_a_timeline_keeps_days_and_totals_apart(ask: Ask) -> None:
    on = {"as_of_start": day(0), "as_of_end": day(0)}
    found = ask(
        "SELECT day, cumulative, lowest, highest, latest, speakers, figures FROM count_timeline "
        "ORDER BY day, cumulative NULLS FIRST",
        said(0, "Rupert", value=10, value_low=10, value_high=10, **on),
        said(1, "Michael", value=30, value_low=30, value_high=30, **on),
        said(2, "Michael", value=500, value_low=500, value_high=500, cumulative=True, **on),
        said(3, "Michael", value=7, value_low=7, value_high=7),
    )
    assert [tuple(row.values()) for row in found] == [
        (day(0), None, 10, 30, 30, 2, 2),
        (day(0), True, 500, 500, 500, 1, 1),
        (day(3), None, 7, 7, 7, 1, 1),
    ]


def _conflict(low: float, high: float, **columns: Any) -> tuple[Rows, Rows]:
    on: dict[str, Any] = {"as_of_start": day(0), "as_of_end": day(0), "category": "killed"}
    on |= {"counted_head": "people"}
    lower = said(1, "Rupert", value=low, value_low=low, value_high=low, **on)
    on |= {"value": high, "value_low": high, "value_high": high, **columns}
    return lower, said(0, "Michael", **on)


def test_two_who_do_not_agree_stand_side_by_side(ask: Ask) -> None:
    [row] = ask("FROM conflicting_counts", *_conflict(40, 90))
    assert (row["lower_by"], row["lower_value"], row["higher_by"], row["higher_value"]) == (
        "Rupert",
        40,
        "Michael",
        90,
    )
    assert (row["difference"], row["times"], row["same_article"]) == (50, 2.25, False)
    assert row["lower_sentence"] == row["higher_sentence"] == TEXT


@pytest.mark.parametrize(
    ("high", "columns"),
    [
        (41, {}),  # rounded
        (44, {"qualifier": "about"}),
        (90, {"place": "Zenda", "place_entity_id": None}),
        (90, {"category": "wounded"}),
        (90, {"counted_head": "child", "counted": "children"}),
        (90, {"cumulative": True}),
        (90, {"as_of_start": day(-9), "as_of_end": day(0)}),
        (90, {"as_of_start": day(1), "as_of_end": day(1)}),
        (90, {"nationality": "ZND"}),
        (30, {"value_high": None, "qualifier": "at_least"}),
    ],
    ids=str,
)
def test_what_speaks_of_something_else_or_agrees_is_no_conflict(
    high: float, columns: dict[str, Any], ask: Ask
) -> None:
    lower, higher = _conflict(40, high, **columns)
    assert ask("FROM conflicting_counts", lower, higher) == []


def test_nobody_is_in_conflict_with_what_they_said_before(ask: Ask) -> None:
    lower, higher = _conflict(40, 90)
    higher["claims"][0] |= {"speaker_name": "Rupert", "speaker_entity_id": key("PERSON", "Rupert")}
    assert ask("FROM conflicting_counts", lower, higher) == []


def test_a_toll_that_rises_is_no_conflict(ask: Ask) -> None:
    on = {"as_of_start": day(0), "as_of_end": day(0), "category": "killed"}
    first = said(0, "Rupert", value=40, value_low=40, value_high=40, **on)
    later = said(1, "Michael", value=90, value_low=90, value_high=90, **on)
    assert ask("FROM conflicting_counts", first, later) == []


def test_the_author_contradicts_nobody(ask: Ask) -> None:
    lower, higher = _conflict(40, 90)
    del higher["claims"]
    higher["figures"][0] |= {"claim_id": None, "attributed_to": None}
    assert ask("FROM conflicting_counts", lower, higher) == []


def test_in_a_whole_country_much_may_happen_on_a_day(ask: Ask) -> None:
    lower, higher = _conflict(40, 90)
    for rows in (lower, higher):
        rows["entities"][0]["country"] = "RUR"
    assert ask("FROM conflicting_counts", lower, higher) == []


def test_who_says_most_is_counted_by_story_and_joined_by_entity(ask: Ask) -> None:
    one = said(0, "Rupert")
    one["claims"].append(claim(0, "Rupert", 1, kind="direct", quoted=True))
    second = said(1, "Rupert")
    second["articles"][0]["story_id"] = key("article", 0)
    nobody = said(2, None)
    [rupert, officials] = ask("FROM claims_by_source ORDER BY claims DESC", one, second, nobody)
    assert (rupert["speaker"], rupert["claims"], rupert["quoted"]) == ("Rupert", 3, 1)
    assert (rupert["articles"], rupert["stories"], rupert["figures"]) == (2, 1, 2)
    assert rupert["last_date"] == day(1)
    assert rupert["latest_claim_id"] == key("claim", 1, 0)
    assert (officials["speaker"], officials["speaker_kind"]) == ("unnamed", "unnamed")


def test_quotes_are_what_is_said_word_for_word(ask: Ask) -> None:
    one = said(0, "Rupert")
    one["claims"][0] |= {"kind": "direct", "quoted": True, "surface": "1,200 soldiers"}
    [row] = ask("FROM quotes", one, said(1, "Michael"))
    assert (row["speaker"], row["quote"], row["figures"]) == ("Rupert", "1,200 soldiers", ["1,200"])


def _due(number: int, start: dt.date, **columns: Any) -> Rows:
    rows = story(number)
    rows["dates"][0] |= {"date_start": start, "date_end": start, "granularity": "day", **columns}
    return rows


def test_what_is_to_come_is_scheduled_and_what_is_past_or_denied_is_not(ask: Ask) -> None:
    planned = _due(0, day(9), direction="future", sentence="The talks begin on Friday.")
    planned["claims"] = [claim(0, "Rupert")]
    today = _due(1, day(1), direction="present")
    past = _due(2, day(0), direction="past")
    denied = _due(3, day(9), direction="future")
    denied["events"] = [event(3, "attack", date_id=key("date", 3), modality="denied")]
    held = _due(4, day(4), direction="present")
    held["events"] = [
        event(4, "attack", date_id=key("date", 4), modality="planned", agent="Rupert")
    ]
    first, second = ask(
        "FROM scheduled ORDER BY published_date", planned, today, past, denied, held
    )
    assert (first["day"], first["days_ahead"], first["said_by"]) == (day(9), 9, "Rupert")
    assert first["sentence"] == "The talks begin on Friday."
    assert (second["event_type"], second["agent"], second["modality"]) == (
        "attack",
        "Rupert",
        "planned",
    )


def test_a_gift_has_giver_receiver_sum_and_purpose(ask: Ask) -> None:
    money = {"unit_type": "money", "unit": "EUR", "category": "money", "counted": None}
    gift = story(0, **money, event_id=key("event", 0, "aid"))
    gift["events"] = [
        event(
            0,
            "aid",
            agent="the king",
            agent_entity_id=key("PERSON", "Rupert"),
            recipient="the city",
            recipient_entity_id=key("GPE", "Strelsau"),
            patient="money",
            purpose="for a bridge",
        )
    ]
    gift["entities"][0]["country"] = "RUR"
    sold = story(1)
    sold["events"] = [event(1, "purchase", agent="the city", patient="boats")]
    first, second = ask("FROM transfers ORDER BY published_date", gift, sold)
    assert (first["giver"], first["receiver"], first["receiver_country"]) == (
        "Rupert",
        "Strelsau",
        "RUR",
    )
    assert (first["value"], first["unit"], first["purpose"]) == (1200, "EUR", "for a bridge")
    assert (second["giver"], second["receiver"], second["thing"]) == (None, "the city", "boats")


def test_a_number_of_those_who_get_it_is_no_number_of_things(ask: Ask) -> None:
    gift = story(0, event_id=key("event", 0, "aid"), surface="1,200", counted="villagers")
    gift["events"] = [
        event(0, "aid", agent="Rupert", recipient="1,200 villagers", patient="blankets")
    ]
    [row] = ask("FROM transfers", gift)
    assert (row["thing"], row["value"], row["figure_id"]) == ("blankets", None, None)


def test_a_gift_that_a_sentence_names_twice_is_one(ask: Ask) -> None:
    gift = story(0)
    gift["events"] = [
        event(0, "transfer", agent="Ruritania", patient="200 tents"),
        event(0, "aid", recipient="Zenda", char_start=4, char_end=8),
    ]
    [row] = ask("FROM transfers", gift)
    assert (row["giver"], row["receiver"], row["thing"]) == ("Ruritania", "Zenda", "200 tents")


def test_a_pronoun_names_no_giver(ask: Ask) -> None:
    gift = story(0)
    gift["events"] = [event(0, "aid", agent="We", recipient="the city", patient="tents")]
    [row] = ask("FROM transfers", gift)
    assert (row["giver"], row["receiver"]) == (None, "the city")


def test_an_entitys_day_counts_mentions_articles_and_stories(ask: Ask) -> None:
    one, two, later = story(0), story(1), story(2)
    for rows in (two["articles"], two["entities"]):
        for row in rows:
            row["published_date"] = day(0)
    two["articles"][0]["story_id"] = key("article", 0)
    two["entities"][0]["mention_count"] = 4
    found = ask(
        "SELECT day, mentions, articles, stories, sources FROM entity_daily "
        "WHERE name = 'Strelsau' ORDER BY day",
        one,
        two,
        later,
    )
    assert [tuple(row.values()) for row in found] == [(day(0), 5, 2, 1, 1), (day(2), 1, 1, 1, 1)]


def test_pairs_are_of_one_sentence_and_say_where_to_look(ask: Ask) -> None:
    apart = story(1)
    apart["mentions"][1]["sentence_no"] = 1
    [row] = ask("FROM entity_pairs", story(0), apart)
    assert {row["name_a"], row["name_b"]} == {"Strelsau", "Rupert"}
    assert (row["sentences"], row["articles"]) == (1, 1)
    assert (row["article_id"], row["sentence_no"]) == (key("article", 0), 0)


def test_a_time_has_its_sentence_its_events_and_its_figures(ask: Ask) -> None:
    one = story(0, as_of_date_id=key("date", 0))
    one["dates"][0]["sentence"] = TEXT
    one["events"] = [event(0, "attack", date_id=key("date", 0), agent="Rupert")]
    [row] = ask("FROM date_details", one)
    assert row["sentence"] == TEXT
    assert [(e["event_type"], e["agent"]) for e in row["events"]] == [("attack", "Rupert")]
    assert row["figures"] == ["1,200 Ruritanian soldiers"]


def test_a_town_is_counted_in_its_region_and_country(ask: Ask) -> None:
    one = story(0, category="killed")
    one["entities"][0] |= {"region": "Elphberg", "country": "RUR"}
    [row] = ask("FROM events_per_day", one)
    assert (row["place"], row["place_region"], row["place_country"]) == (
        "Strelsau",
        "Elphberg",
        "RUR",
    )
