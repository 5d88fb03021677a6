"""Every way news writes a number."""

from __future__ import annotations

from typing import Any

import pytest

WRITTEN = [
    ("The flood reached 1,307 houses.", "1,307", 1307),
    ("They moved 816 000 bricks by rail.", "816 000", 816_000),
    ("They moved 816\u202f000 bricks by rail.", "816\u202f000", 816_000),
    ("The state counted 12,34,567 voters.", "12,34,567", 1_234_567),
    ("The plant sold 10.000.000 bulbs.", "10.000.000", 10_000_000),
    ("The roll weighs 3,40 kg.", "3,40 kg", 3.4),
    ("It gained .75 metres.", ".75 metres", 0.75),
    ("Nearly four hundred million voters live there.", "Nearly four hundred million", 4e8),
    ("The army sent 7-thousand men.", "7-thousand", 7000),
    ("There were 4 hundred guests.", "4 hundred", 400),
    ("The court heard thirty-one thousand four hundred and sixteen pleas.",
     "thirty-one thousand four hundred and sixteen", 31_416),
    ("He owns 650k hens.", "650k", 650_000),
    ("The village lost half a million trees.", "half a million", 500_000),
    ("The farm keeps two dozen goats.", "two dozen", 24),
    ("A dozen monks left.", "A dozen", 12),
    ("Half a dozen buses burned.", "Half a dozen", 6),
    ("A hundred and twenty pilgrims came.", "A hundred and twenty", 120),
    ("It lasted two and a half hours.", "two and a half hours", 2.5),
    ("It lasted 3 1/2 hours.", "3 1/2 hours", 3.5),
    ("It lasted 2½ hours.", "2½ hours", 2.5),
    ("They walked one and one-half miles.", "one and one-half miles", 1.5),
    ("The cook used 3/4 cup of rice.", "3/4 cup", 0.75),
    ("Two-thirds of the crop failed.", "Two-thirds", 2 / 3),
    ("A third of the crop failed.", "A third", 1 / 3),
    ("The mill cut its staff by half to save itself.", "half", 0.5),
    ("It sold at about half its value.", "about half", 0.5),
    ("One in five wells is dry.", "One in five", 0.2),
    ("Nine out of ten wells are dry.", "Nine out of ten", 0.9),
    ("They were outnumbered three to one.", "three to one", 3),
    ("It was a 5-2 vote.", "5-2", 2.5),
    ("Output grew sixfold.", "sixfold", 6),
    ("Output grew 18-fold.", "18-fold", 18),
    ("It cost 25 lakh rupees.", "25 lakh rupees", 2_500_000),
    ("It fell to minus 5 C.", "minus 5 C", -5),
    ("It fell to -12.5 C at dawn.", "-12.5 C", -12.5),
    ("The firm had negative $71.5 million in cash.", "negative $71.5 million", -71.5e6),
    ("Sixty-odd villagers stayed.", "Sixty-odd", 60),
    ("A couple of shells hit the mill.", "A couple of", 2),
    ("He is 6'2\" tall.", "6'2\"", 6 + 2 / 12),
]  # fmt: skip


@pytest.mark.parametrize(("text", "surface", "value"), WRITTEN)
def test_a_number_is_read_however_it_is_written(
    figures: Any, text: str, surface: str, value: float
) -> None:
    rows = figures(text)
    assert [row["surface"] for row in rows] == [surface]
    assert rows[0]["value"] == pytest.approx(value)


RANGES = [
    ("Between 10,000 and 12,000 miners struck.", "Between 10,000 and 12,000", 10_000, 12_000),
    ("Some 10-12,000 miners struck.", "Some 10-12,000", 10_000, 12_000),
    ("There are 3 to 5 thousand seals.", "3 to 5 thousand", 3000, 5000),
    ("Wages rose by 5 to 10 per cent.", "5 to 10 per cent", 5, 10),
    ("It costs $10 to $15 billion.", "$10 to $15 billion", 10e9, 15e9),
    ("It costs 15-20 usd.", "15-20 usd", 15, 20),
    ("It sank between $US210 million and $US225 million.",
     "between $US210 million and $US225 million", 210e6, 225e6),
    ("He left two or three notes.", "two or three", 2, 3),
    ("The bird weighs between seven to 10 kg.", "between seven to 10 kg", 7, 10),
    ("Temperatures were in the high 30s.", "high 30s", 37, 39),
    ("A woman in her 40s was hurt.", "40s", 40, 49),
]  # fmt: skip


@pytest.mark.parametrize(("text", "surface", "low", "high"), RANGES)
def test_a_range_has_both_ends_and_its_midpoint(
    figures: Any, text: str, surface: str, low: float, high: float
) -> None:
    rows = figures(text)
    assert [row["surface"] for row in rows] == [surface]
    row = rows[0]
    assert (row["value_low"], row["value_high"], row["qualifier"]) == (low, high, "between")
    assert row["value"] == pytest.approx((low + high) / 2)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Dozens of farmers came.", "Dozens"),
        ("Thousands of farmers came.", "Thousands"),
        ("Tens of thousands of farmers came.", "Tens of thousands"),
        ("Several hundred farmers came.", "Several hundred"),
        ("A few dozen farmers came.", "A few dozen"),
        ("Several farmers came.", "Several"),
    ],
)
def test_a_vague_number_has_no_value(figures: Any, text: str, surface: str) -> None:
    (row,) = figures(text)
    assert row["surface"] == surface
    assert row["qualifier"] == "vague"
    assert (row["value"], row["value_low"], row["value_high"]) == (None, None, None)
    assert row["counted_head"] == "farmer"


def test_a_move_is_two_figures_and_the_second_has_the_change(figures: Any) -> None:
    first, second = figures("The index fell from 36,040 to 34,935.")
    assert (first["value"], first["change"]) == (36_040, "none")
    assert (second["value"], second["change"]) == (34_935, "down")


def test_a_list_shares_its_unit(figures: Any) -> None:
    rows = figures("The races are 3, 5 and 7 km long.")
    assert [(row["value"], row["unit"]) for row in rows] == [(3, "km"), (5, "km"), (7, "km")]


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("It cost 3 dollars 50 cents.", "3 dollars 50 cents", 3.5, "USD"),
        ("It cost thirteen dollars and forty-five cents.",
         "thirteen dollars and forty-five cents", 13.45, "USD"),
        ("It cost 15 dollars 50.", "15 dollars 50", 15.5, "USD"),
        ("The gate is 6 ft 2 in wide.", "6 ft 2 in", 6 + 1 / 6, "[ft_i]"),
        ("It took 1 h 40 min.", "1 h 40 min", 1 + 40 / 60, "h"),
        ("It weighs 5 kg and 300 g.", "5 kg and 300 g", 5.3, "kg"),
    ],
)  # fmt: skip
def test_the_parts_of_a_compound_are_added(
    figures: Any, text: str, surface: str, value: float, unit: str
) -> None:
    (row,) = figures(text)
    assert (row["surface"], row["unit"]) == (surface, unit)
    assert row["value"] == pytest.approx(value)


def test_both_halves_of_a_conversion_are_figures_of_one_thing(figures: Any) -> None:
    miles, kilometres = figures("The pipeline runs 900 miles (1,450 km) to the coast.")
    assert (miles["value"], miles["unit"]) == (900, "[mi_i]")
    assert (kilometres["value"], kilometres["unit"]) == (1450, "km")
    assert miles["subject"] == kilometres["subject"] == "pipeline"
