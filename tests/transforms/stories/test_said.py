"""Two carriers say the same if their figures and dates are the same; a follow-up says another."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.extract import read_rows
from transforms.model import Article
from transforms.stories.said import Said, Slot, content, from_json, is_follow_up, said, together

PUBLISHED = dt.date(2025, 6, 12)
SLIDE = (
    "At least 14 people were killed on Tuesday when a hillside gave way above the town of Sorel, "
    "officials said. Rescuers pulled 23 people from the mud, and 40 houses were destroyed. "
    "The governor said on Wednesday that the road to the coast would stay closed until June 20. "
    "It was the worst slide since 1998, when 31 people died in the same valley. The army sent 200 "
    "soldiers, and a bank promised 3 million dollars for the families."
)
MARKET = (
    "The index of the Sorel exchange closed at 1,204 points on Thursday, up 1.2 percent. Shares of "
    "the shipping line gained 3.4 percent to 52 dollars, and those of the brewer lost 2 percent. "
    "Turnover came to 310 million dollars. A barrel of oil cost 71 dollars, and an ounce of gold "
    "2,310 dollars. Founded in 1921, the exchange lists 64 companies."
)
NEXT_DAY = (
    MARKET.replace("1,204", "1,187")
    .replace("1.2", "1.4")
    .replace("3.4", "0.8")
    .replace("52 dollars", "53 dollars")
    .replace("310", "295")
    .replace("71 dollars", "70 dollars")
)


@cache
def of(text: str) -> Said:
    article = Article("0" * 16, "test", "0" * 64, text, "0" * 16, published_date=PUBLISHED)
    return said(text, read_rows(article))


def change(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    "other",
    [
        change(SLIDE, ("hillside", "slope")),
        change(SLIDE, ("officials said", "police say")),
        change(SLIDE, ("At least 14", "AT LEAST 14")),
        change(SLIDE, (" ", "\u00a0")),
        f"(Coast Press) - {SLIDE} (Reporting by the desk)",
    ],
)
def test_texts_with_the_same_figures_and_dates_say_the_same(other: str) -> None:
    assert of(other).says_id == of(SLIDE).says_id
    assert not is_follow_up(of(SLIDE), of(other))


@pytest.mark.parametrize(
    "other",
    [
        change(SLIDE, ("200 soldiers", "300 soldiers")),
        change(SLIDE, ("14 people were killed", "14 people were wounded")),
        change(SLIDE, ("June 20", "June 21")),
        change(SLIDE, ("200 soldiers", "many soldiers")),
        change(SLIDE, ("3 million dollars", "3 million euros")),
        f"{SLIDE} Some 900 people fled.",
        SLIDE.rpartition(". ")[0],
        change(SLIDE, ("At least 14", "Some 14")),
    ],
)
def test_texts_that_say_more_or_less_or_other_do_not_say_the_same(other: str) -> None:
    assert of(other).says_id != of(SLIDE).says_id


def test_a_figure_says_its_value_unit_category_and_words() -> None:
    row = {
        "value": 14.0, "value_low": 14.0, "value_high": None, "unit": "1", "category": "killed",
        "surface": "At least 14",
    }  # fmt: skip
    assert content({**row, "surface": "at  least\n14"}) == content(row)
    others = {
        "value": 15.0, "value_low": None, "value_high": 20.0, "unit": "m", "category": "wounded",
        "surface": "14",
    }  # fmt: skip
    for name, value in others.items():
        assert content({**row, name: value}) != content(row)


@pytest.mark.parametrize(
    "later",
    [
        change(SLIDE, ("At least 14", "At least 17")),
        change(SLIDE, ("At least 14", "Between 15 and 20")),
        # the lead was written anew
        "The death toll of the slide above Sorel rose to 17 on Thursday, the governor said. "
        + SLIDE.partition(". ")[2],
        "The governor came to Sorel. He wept. The death toll of the slide rose to 17, he said. "
        + SLIDE.partition(". ")[2],
        "Three more bodies were found above Sorel, taking the toll to 17 dead. "
        + SLIDE.partition(". ")[2],
    ],
)
def test_another_toll_is_a_follow_up(later: str) -> None:
    assert is_follow_up(of(SLIDE), of(later))
    assert is_follow_up(of(later), of(SLIDE))


@pytest.mark.parametrize(
    "other",
    [
        change(SLIDE, ("At least 14", "14")),
        change(SLIDE, ("At least 14", "Fourteen")),
        change(SLIDE, ("At least 14 people were killed on Tuesday when", "On Tuesday")),
        change(SLIDE, ("200 soldiers", "300 soldiers")),
        f"Two of the 14 people who were killed came from this city, the council said. {SLIDE}",
        f"Two of those who were killed came from this city, the council said on Friday. {SLIDE}",
        f"{SLIDE} Deaths on the roads of the valley have risen by 9 since the winter.",
        f"{SLIDE} Police said 5 people were wounded when a wall of the school fell later.",
        SLIDE[: len(SLIDE) // 2],
    ],
)
def test_small_changes_are_no_follow_up(other: str) -> None:
    assert not is_follow_up(of(SLIDE), of(other))
    assert not is_follow_up(of(other), of(SLIDE))


def test_the_market_report_of_the_next_day_is_a_follow_up() -> None:
    assert is_follow_up(of(MARKET), of(NEXT_DAY))
    # that of the same day with a number set right is not
    assert not is_follow_up(of(MARKET), of(change(MARKET, ("310", "312"))))


def test_by_how_much_a_toll_rose_is_no_toll() -> None:
    roads = f"{SLIDE} Deaths on the roads of the valley have risen by 9 since the winter."
    assert not is_follow_up(of(roads), of(change(roads, ("by 9", "by 12"))))


GREETING = (
    "President Ada Moll sent a message of greeting to Foreign Minister Paul Odran on Thursday on "
    "the day of his country's founding. In the message she wished Paul Odran and the people of his "
    "country happiness, and said that the friendship of both countries would grow. "
)


def test_the_same_words_about_other_people_are_a_follow_up() -> None:
    other = change(GREETING, ("Paul Odran", "Clara Benz"), ("Ada Moll", "Tom Hale"))
    assert is_follow_up(of(GREETING), of(other))
    assert not is_follow_up(of(GREETING), of(change(GREETING, ("happiness", "good health"))))
    # each is compared where it is named first
    persons = [one.value for one in of(GREETING).slots if one.kind == "PERSON"]
    assert persons == [("ada", "moll"), ("paul", "odran")]
    # a name that is new, where none stood
    more = f"{GREETING} The message was read out by the ambassador, Lea Voss, on the radio."
    assert not is_follow_up(of(GREETING), of(more))


def test_a_name_that_was_cut_short_or_has_a_wrong_word_is_no_other() -> None:
    assert not is_follow_up(of(GREETING), of(change(GREETING, ("Paul Odran", "Odran"))))
    assert not is_follow_up(
        of(GREETING), of(change(GREETING, ("Paul Odran", "Pavel Odran"), ("Ada Moll", "Ida Moll")))
    )


def slot(
    value: float,
    *words: str,
    kind: str = "1 killed",
    toll: bool = True,
    lead: bool = False,
) -> Slot:
    return Slot(kind, (value,), toll, lead, frozenset(words[:3]), frozenset(words[3:]))


PLACE = ("the", "storm", "killed", "people", "in", "Sorel")


def test_a_place_is_known_by_three_words_around_it_and_by_what_is_counted() -> None:
    here = slot(3, *PLACE)
    assert here.at_the_place_of(slot(4, *PLACE[:3], "persons", "near", "Lissa"))
    assert here.at_the_place_of(slot(4, "a", "wave", "killed", "people", "in", "Lissa"))
    assert not here.at_the_place_of(slot(4, "a", "wave", "swept", "people", "in", "Lissa"))
    assert not here.at_the_place_of(slot(4, *PLACE, kind="1 wounded"))
    # a word before is none after
    assert not here.at_the_place_of(slot(4, "people", "in", "Sorel", "the", "storm", "killed"))


def test_a_toll_that_the_earlier_has_too_is_not_another() -> None:
    earlier = Said("a", (slot(3, *PLACE), slot(9, "x", "y", "z")))
    assert not is_follow_up(earlier, Said("b", (slot(9, *PLACE),)))
    assert is_follow_up(earlier, Said("b", (slot(8, *PLACE),)))


def test_of_numbers_that_are_no_toll_most_have_to_differ() -> None:
    places = [tuple(f"{word}{at}" for word in PLACE) for at in range(4)]
    earlier = Said("a", tuple(slot(at, *there, toll=False) for at, there in enumerate(places)))

    def later(changed: int) -> Said:
        values = [at + (10 if at < changed else 0) for at in range(4)]
        return Said(
            "b", tuple(slot(v, *p, toll=False) for v, p in zip(values, places, strict=True))
        )

    assert [is_follow_up(earlier, later(n)) for n in range(5)] == [False, False, False, True, True]


@pytest.mark.parametrize("toll", [True, False])
def test_of_tolls_one_is_enough(toll: bool) -> None:
    places = [tuple(f"{word}{at}" for word in PLACE) for at in range(3)]
    others = tuple(slot(at, *there, toll=False) for at, there in enumerate(places))
    earlier = Said("a", (*others, slot(13, *PLACE, toll=toll)))
    assert is_follow_up(earlier, Said("b", (*others, slot(14, *PLACE, toll=toll)))) is toll


def test_the_first_toll_of_the_lead_counts_wherever_it_stands() -> None:
    earlier = Said("a", (slot(3, *PLACE, lead=True),))
    news = slot(5, "now", "at", "least", "dead", lead=True)
    assert is_follow_up(earlier, Said("b", (news,)))
    assert not is_follow_up(earlier, Said("b", (slot(5, "now", "at", "least", "dead"),)))
    assert not is_follow_up(Said("a", (slot(3, *PLACE),)), Said("b", (news,)))
    # a part of the toll, which is still stated, or no longer
    part, old = slot(2, "now", "at", "least", "dead", lead=True), slot(3, "x", "y")
    assert not is_follow_up(earlier, Said("b", (part, old)))
    assert is_follow_up(earlier, Said("b", (part,)))
    assert is_follow_up(earlier, Said("b", (news, old)))
    other = slot(5, "now", "at", "least", "hurt", kind="1 wounded", lead=True)
    assert not is_follow_up(earlier, Said("b", (other,)))
    assert not is_follow_up(earlier, Said("b", (slot(3, "x", lead=True), news)))


def test_together_is_what_the_other_says_beyond() -> None:
    one, other = Said("a", (slot(3, *PLACE),)), Said("b", (slot(3, "x"), slot(5, "y")))
    assert together(one, other) == Said("a", (slot(3, *PLACE), slot(5, "y")))
    assert together(one, Said("c", (slot(3, "z"),))) is one
    assert together(Said("c", ()), other).slots == other.slots


slots = st.builds(
    Slot,
    st.text(max_size=8),
    st.tuples(st.floats(allow_nan=False, allow_infinity=False)),
    st.booleans(),
    st.booleans(),
    st.frozensets(st.text(max_size=5), max_size=3),
    st.frozensets(st.text(max_size=5), max_size=3),
)


@given(st.builds(Said, st.text(max_size=16), st.lists(slots, max_size=4).map(tuple)))
def test_what_is_said_is_kept_as_json(it: Said) -> None:
    assert from_json(it.to_json()) == it
    assert from_json(it.to_json()).to_json() == it.to_json()


def test_a_range_is_kept_with_both_ends() -> None:
    it = of("Between 30 and 40 people were killed in the storm, police said on Monday in Sorel.")
    assert it.slots[0].value == (30, 40)
    assert from_json(it.to_json()) == it
