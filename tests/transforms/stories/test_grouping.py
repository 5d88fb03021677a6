"""Texts that are alike and near in time carry one story; a follow-up begins another."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties import examples
from transforms.stories.grouping import (
    DUPLICATE,
    Grouped,
    Place,
    Teller,
    alike,
    families,
    grouped,
)
from transforms.stories.rules import DEFAULT, Rules
from transforms.stories.said import Said, Slot
from transforms.stories.sketch import signature, similarity

_CHANCE = random.Random(7)
TOKENS = [f"w{_CHANCE.randrange(10**9)}" for _ in range(240)]
DAY = dt.datetime(2025, 4, 1, 12)
AROUND = frozenset({"at", "least", "people"})


def toll(value: float | None, says: str | None = None) -> Said:
    """What a text says of one toll; None: it lost it."""
    slot = Slot("1 killed", (value or 0,), True, True, AROUND, AROUND)
    return Said(says or f"says {value}", (slot,) if value is not None else ())


def changed(*places: int, by: str = "x") -> bytes:
    """The signature of the text with other words at some places."""
    tokens = list(TOKENS)
    for at in places:
        tokens[at] = f"{by}{at}"
    return signature(" ".join(tokens))


NOTHING = Said("says", ())


def teller(name: str, of: bytes, *, day: float | None = 0, says: Said | None = NOTHING) -> Teller:
    at = None if day is None else DAY + dt.timedelta(days=day)
    return Teller(name, at, of, says)


def stories(tellers: Iterable[Teller], rules: Rules = DEFAULT) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, place in grouped(tellers, rules).places.items():
        found.setdefault(place.story_id, set()).add(name)
    return {frozenset(members) for members in found.values()}


def sets(*words: str) -> set[frozenset[str]]:
    return {frozenset(word) for word in words}


SAME = changed()
ONE = changed(100)
START, END = (signature(" ".join(part)) for part in (TOKENS[:150], TOKENS[90:]))
STRANGER = signature(" ".join(f"s{token}" for token in TOKENS))


def test_a_chain_of_texts_that_are_alike_is_a_family() -> None:
    start, middle, end = (
        teller("b", START), teller("a", SAME, day=1), teller("c", END, day=2),
    )  # fmt: skip
    assert not alike(start, end, DEFAULT)
    assert stories([start, end]) == sets("b", "c")
    assert stories([start, end, middle]) == sets("abc")
    places = grouped([start, end, middle, teller("d", STRANGER)], DEFAULT).places
    assert {name: place.family_id for name, place in places.items()} == {
        "a": "b", "b": "b", "c": "b", "d": "d",
    }  # fmt: skip
    assert places["b"] == Place("b", "b", None, None)
    assert places["c"].similarity == similarity(START, END)
    assert places["d"] == Place("d", "d", None, None)


@pytest.mark.parametrize(
    ("day", "rules", "together"),
    [
        (3, DEFAULT, True),
        (3.01, DEFAULT, False),
        (-3, DEFAULT, True),
        (-3.01, DEFAULT, False),
        (None, DEFAULT, True),
        (5, Rules(window_days=5), True),
        (0.5, Rules(window_days=0), False),
    ],
)
def test_copies_are_of_one_story_within_the_window(
    day: float | None, rules: Rules, together: bool
) -> None:
    pair = [teller("a", SAME), teller("b", ONE, day=day)]
    assert stories(pair, rules) == (sets("ab") if together else sets("a", "b"))
    assert len(families(pair, rules)) == (1 if together else 2)


def test_a_story_lasts_as_long_as_its_copies_are_near_one_another() -> None:
    some = [teller(name, changed(at), day=2 * at) for at, name in enumerate("abcd")]
    assert stories(some) == sets("abcd")
    assert stories([some[0], *some[2:]]) == sets("a", "cd")


def test_a_follow_up_between_two_copies_that_are_far_apart_joins_them_not() -> None:
    some = [
        teller("a", SAME, says=toll(3)),
        teller("b", ONE, day=2, says=toll(5)),
        teller("c", changed(9), day=4, says=toll(3)),
    ]
    assert len(families(some, DEFAULT)) == 1
    assert stories(some) == sets("a", "b", "c")


def test_a_follow_up_between_two_texts_that_are_hardly_alike_joins_them_not() -> None:
    some = [
        teller("a", signature(" ".join(TOKENS[:170])), says=toll(3)),
        teller("b", SAME, says=toll(5)),
        teller("c", signature(" ".join(TOKENS[70:])), says=toll(3)),
    ]
    assert stories(some) == sets("ac", "b")
    strict = Rules(similarity=0.6)
    assert len(families(some, strict)) == 1
    assert stories(some, strict) == sets("a", "b", "c")


def test_alike_is_a_setting() -> None:
    pair = [teller("a", SAME), teller("b", changed(*range(0, 240, 9)))]
    found = similarity(pair[0].signature, pair[1].signature)
    assert found is not None
    assert stories(pair, Rules(similarity=found)) == sets("ab")
    assert stories(pair, Rules(similarity=found + 0.01)) == sets("a", "b")


def test_the_earliest_is_the_original_and_undated_ones_are_last() -> None:
    some = [teller("a", SAME, day=None), teller("b", ONE, day=1), teller("c", changed(9), day=0)]
    places = grouped(some, DEFAULT).places
    assert {place.story_id for place in places.values()} == {"c"}
    assert places["c"].similarity is None
    tied = grouped([teller("z", SAME), teller("y", ONE)], DEFAULT).places
    assert {place.story_id for place in tied.values()} == {"y"}


def test_of_those_that_say_the_same_the_earliest_is_the_original() -> None:
    some = [
        teller("a", SAME, says=toll(3)),
        teller("b", ONE, day=1, says=toll(3)),
        teller("c", changed(9), day=2, says=toll(3, "and a date more")),
        teller("d", changed(17), day=2.5, says=toll(3, "and a date more")),
    ]
    places = grouped(some, DEFAULT).places
    assert {name: place.same_as for name, place in places.items()} == {
        "a": None, "b": "a", "c": None, "d": "c",
    }  # fmt: skip
    assert {place.story_id for place in places.values()} == {"a"}


@pytest.mark.parametrize(("places", "same"), [(240 // 9, "a"), (240 // 7, None)])
def test_a_duplicate_shares_half_of_its_original(places: int, same: str | None) -> None:
    """What shares less says more than its figures and dates; a chain does not help it."""
    edited = [n * (240 // places) for n in range(places)]
    some = [teller("a", SAME), teller("b", changed(*edited), day=1)]
    shared = similarity(SAME, some[1].signature)
    assert shared is not None
    assert (shared >= DUPLICATE) is (same is not None)
    bridge = teller("c", changed(*edited[: places // 2]), day=2)
    found = grouped([*some, bridge], DEFAULT).places
    assert (found["b"].story_id, found["b"].same_as) == ("a", same)
    assert found["c"].same_as == "a"


def test_a_follow_up_is_another_story_and_has_copies_of_its_own() -> None:
    some = [
        teller("a", SAME, says=toll(3)),
        teller("b", ONE, day=0.5, says=toll(3)),
        teller("c", changed(9), day=1, says=toll(5)),
        teller("d", changed(9, 17), day=1.5, says=toll(5)),
    ]
    assert stories(some) == sets("ab", "cd")
    places = grouped(some, DEFAULT).places
    assert {place.family_id for place in places.values()} == {"a"}
    assert places["d"].same_as == "c"


@pytest.mark.parametrize("days", [(0, 1, 2), (1, 0, 2), (0, 2, 1)])
@pytest.mark.parametrize("nearer", ["a", "c"])
def test_a_text_that_lost_its_toll_goes_with_the_one_it_is_most_alike(
    days: tuple[float, ...], nearer: str
) -> None:
    """And leads to no other, wherever it stands between the two."""
    first, bridge, second = days
    far, near = range(20, 29), range(121, 124)
    of_first, of_second = (near, far) if nearer == "a" else (far, near)
    some = [
        teller("a", changed(*of_first), day=first, says=toll(3)),
        teller("b", changed(120), day=bridge, says=toll(None)),
        teller("c", changed(*of_second), day=second, says=toll(5)),
    ]
    assert stories(some) == (sets("ab", "c") if nearer == "a" else sets("a", "bc"))


def both(place: float, elsewhere: float) -> Said:
    """A text that states a toll, and another number of the same at another place."""
    there = frozenset({"during", "the", "war"})
    other = Slot("1 killed", (elsewhere,), True, False, there, there)
    return Said(f"says {place} and {elsewhere}", (*toll(place).slots, other))


def test_a_follow_up_of_the_original_is_no_carrier_though_another_states_its_number() -> None:
    some = [
        teller("a", SAME, says=toll(3)),
        teller("b", changed(9), day=0.5, says=both(3, 5)),
        teller("c", changed(9, 10), day=1, says=toll(5)),
    ]
    assert stories(some) == sets("ab", "c")


def test_a_follow_up_of_the_one_that_it_is_alike_is_no_carrier() -> None:
    """The others are too far in time to be compared with it."""
    some = [
        teller("a", SAME, says=toll(None)),
        teller("b", changed(9), day=0, says=both(3, 5)),
        teller("c", changed(17), day=2.5, says=toll(3)),
        teller("d", changed(17, 18), day=4, says=toll(5)),
    ]
    assert stories(some) == sets("abc", "d")


def test_a_copy_that_was_not_read_is_asked_for() -> None:
    silent = teller("b", ONE, day=1, says=None)
    alone = teller("d", STRANGER, says=None)
    found = grouped([teller("a", SAME), silent, alone], DEFAULT)
    assert found == Grouped({"d": Place("d", "d", None, None)}, ("b",))


def test_very_short_texts_are_alone() -> None:
    some = [teller("a", b""), teller("b", b""), teller("c", SAME)]
    assert stories(some) == sets("a", "b", "c")


def test_a_thousand_copies_are_one_story() -> None:
    """Pairs are a million; those that are compared to make the family are not."""
    some = [teller(f"{n:04}", changed(n % 240, by=f"y{n}"), day=n / 1000) for n in range(1000)]
    assert [len(family) for family in families(some, DEFAULT)] == [1000]


@st.composite
def worlds(draw: st.DrawFn) -> list[Teller]:
    """Texts of two stories with edits, tolls and days, and some that lost their toll."""
    chance = random.Random(draw(st.integers(0, 10**6)))
    made = []
    for number in range(draw(st.integers(1, 9))):
        tokens = list(TOKENS)
        if draw(st.booleans()):
            tokens = tokens[draw(st.sampled_from([0, 60])) : draw(st.sampled_from([120, 240]))]
        for at in chance.sample(range(len(tokens)), draw(st.sampled_from([0, 1, 6, 15, 30]))):
            tokens[at] = f"e{chance.randrange(10**9)}"
        day = draw(st.sampled_from([None, 0, 1, 2, 3.5, 7]))
        says = toll(draw(st.sampled_from([None, 3, 5, 5])))
        made.append(teller(f"{number}", signature(" ".join(tokens)), day=day, says=says))
    return made


@settings(max_examples=examples(), deadline=None)
@given(worlds(), st.randoms())
def test_the_order_in_which_texts_come_decides_nothing(
    world: list[Teller], chance: random.Random
) -> None:
    there = grouped(world, DEFAULT)
    chance.shuffle(world)
    assert grouped(world, DEFAULT) == there


@settings(max_examples=examples(), deadline=None)
@given(worlds())
def test_what_holds_of_every_story(world: list[Teller]) -> None:
    places = grouped(world, DEFAULT).places
    by_name = {one.article_id: one for one in world}
    assert places.keys() == by_name.keys()
    for name, place in places.items():
        original = by_name[place.story_id]
        assert places[place.story_id].story_id == place.story_id
        assert original.order <= by_name[name].order
        assert (place.similarity is None) == (name == place.story_id)
        assert places[place.story_id].family_id == place.family_id
        if place.same_as is not None:
            first = places[place.same_as]
            assert (first.story_id, first.same_as) == (place.story_id, None)
            assert by_name[place.same_as].said == by_name[name].said
            shared = similarity(by_name[place.same_as].signature, by_name[name].signature)
            assert shared is not None
            assert shared >= DUPLICATE
    tolls: dict[str, set[str]] = {}
    for name, place in places.items():
        said = by_name[name].said
        assert said is not None
        if said.slots:
            tolls.setdefault(place.story_id, set()).add(said.says_id)
    assert all(len(some) == 1 for some in tolls.values())


@settings(max_examples=examples(), deadline=None)
@given(worlds())
def test_families_stand_alone(world: list[Teller]) -> None:
    """Whoever has a family whole needs no other to know its stories."""
    whole = grouped(world, DEFAULT).places
    for family in families(world, DEFAULT):
        part = grouped(family, DEFAULT).places
        assert part == {name: whole[name] for name in part}
