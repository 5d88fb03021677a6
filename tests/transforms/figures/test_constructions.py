"""Numbers in constructions where a reader of plain numbers goes wrong, and what is none of them."""

from __future__ import annotations

from typing import Any

import pytest

AMOUNTS = [
    # a season or fiscal year before "to"
    ("The fleet shrank from 5,200 carts in 2014-15 to 3,100 carts in 2017-18.",
     [("5,200", 5200, "1"), ("3,100", 3100, "1")]),
    ("Sales slid in fiscal 2016/17 to $2.4 billion.", [("$2.4 billion", 2.4e9, "USD")]),
    # powers of ten
    ("The tank held 1.7E+05 litres of milk.", [("1.7E+05 litres", 170_000, "L")]),
    ("The tank held 2.5e-3 g of zinc.", [("2.5e-3 g", 0.0025, "g")]),
    ("The sieve caught 4 × 10³ beads.", [("4 × 10³", 4000, "1")]),
    ("The sieve caught 10^5 beads.", [("10^5", 100_000, "1")]),
    # what a scale may look like
    ("The villa cost $3.1. million.", [("$3.1. million", 3.1e6, "USD")]),
    ("Nearly three million and a half hens died.",
     [("Nearly three million and a half", 3.5e6, "1")]),
    ("A million and a half hens died.", [("A million and a half", 1.5e6, "1")]),
    ("The toll is hundred rupees a day.", [("hundred rupees a day", 100, "INR/d")]),
    # money by its letters and codes
    ("The court fined him BND450.", [("BND450", 450, "BND")]),
    ("The bridge cost N7.2 billion.", [("N7.2 billion", 7.2e9, "NGN")]),
    ("The goat cost N85,000.", [("N85,000", 85_000, "NGN")]),
    ("The goat cost Rs.8,000.", [("Rs.8,000", 8000, "INR")]),
    # units
    ("The bank raised its rate by 0.3pc.", [("0.3pc", 0.3, "%")]),
    ("The field yields 2.6 mb/d of crude.", [("2.6 mb/d", 2.6, "M[bbl_us]/d")]),
    ("The mill grinds 700 tpd.", [("700 tpd", 700, "t/d")]),
    ("The roof gets 210 W/m2 at noon.", [("210 W/m2", 210, "W/m2")]),
    ("He stays in jail for eight more years.", [("eight more years", 8, "a")]),
    ("It rained for six straight weeks.", [("six straight weeks", 6, "wk")]),
    ("The pond is 40 by 25 metres.", [("40", 40, "m"), ("25 metres", 25, "m")]),
    ("The tile is 6 1/2 by 3 1/4 inches.",
     [("6 1/2", 6.5, "[in_i]"), ("3 1/4 inches", 3.25, "[in_i]")]),
    # the sides of one thing, with and without spaces
    ("The stamp is 3x4 cm.", [("3", 3, "cm"), ("4 cm", 4, "cm")]),
    ("A 12x18-inch tray and a 5×7 cm label sold.",
     [("12", 12, "[in_i]"), ("18-inch", 18, "[in_i]"), ("5", 5, "cm"), ("7 cm", 7, "cm")]),
    ("The crate is 60x40x30cm.", [("60", 60, "cm"), ("40", 40, "cm"), ("30cm", 30, "cm")]),
    # what is tied to a number before its scale or unit
    ("The 300-plus billion was lent to mills.", [("300-plus billion", 3e11, "1")]),
    ("The dam cost $70-plus million.", [("$70-plus million", 7e7, "USD")]),
    ("The fair drew 15-odd thousand guests.", [("15-odd thousand", 15_000, "1")]),
    ("She paid forty-odd thousand francs.", [("forty-odd thousand francs", 40_000, "CHF")]),
    ("He fished there for 30-odd years.", [("30-odd years", 30, "a")]),
    ("The route is 80-plus miles.", [("80-plus miles", 80, "[mi_i]")]),
    # a gain and where it led
    ("Cases were up four to 260.", [("four", 4, "1"), ("260", 260, "1")]),
    ("Deaths rose by 12 to 410.", [("12", 12, "1"), ("410", 410, "1")]),
    ("Shares were down two to 84 pence.", [("two", 2, "1"), ("84 pence", 0.84, "GBP")]),
    # a share of few
    ("Three in five farmers sold their herds.", [("Three in five", 0.6, "1")]),
    ("The survey found that two in three wells are dry.", [("two in three", 2 / 3, "1")]),
    ("Ojeda lost two in five games.", [("two", 2, "1"), ("five", 5, "1")]),
    # a number that was told before
    ("The storm took 60 roofs on Monday and as many again on Friday.",
     [("60", 60, "1"), ("as many again", 60, "1")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), AMOUNTS)
def test_an_amount_is_read_whole(
    stated: Any, text: str, told: list[tuple[str, float, str]]
) -> None:
    rows = stated(text)
    assert [(row["surface"], row["unit"]) for row in rows] == [(one[0], one[2]) for one in told]
    assert [row["value"] for row in rows] == pytest.approx([one[1] for one in told])


RANGES = [
    ("The ferry costs $8-$12.", "$8-$12", 8, 12, "USD"),
    ("The ferry costs €3m-€4m to run.", "€3m-€4m", 3e6, 4e6, "EUR"),
    ("Fines of about £1,200–£1,500 are due.", "about £1,200–£1,500", 1200, 1500, "GBP"),
    ("The striker is worth £8m-9m.", "£8m-9m", 8e6, 9e6, "GBP"),
    ("The wage is $2m to 3m a year.", "$2m to 3m a year", 2e6, 3e6, "USD/a"),
    ("The hall cost €40k-50k.", "€40k-50k", 40_000, 50_000, "EUR"),
    ("The shed cost $300K-400K.", "$300K-400K", 300_000, 400_000, "USD"),
    ("The pit holds 2m-3m tonnes of slag.", "2m-3m tonnes", 2e6, 3e6, "t"),
    ("The poles are 7m-9m tall.", "7m-9m", 7, 9, "m"),
    ("A stamp costs 3 to 6 pence.", "3 to 6 pence", 0.03, 0.06, "GBP"),
    ("Some 65%-70% of the vines froze.", "Some 65%-70%", 65, 70, "%"),
    ("Days of 30C-35C are near.", "30C-35C", 30, 35, "Cel"),
    ("The walk takes forty to fifty minutes.", "forty to fifty minutes", 40, 50, "min"),
    ("The flood took 30 or 40 barns.", "30 or 40", 30, 40, "1"),
    ("They waited 10 or 15 minutes.", "10 or 15 minutes", 10, 15, "min"),
]


@pytest.mark.parametrize(("text", "surface", "low", "high", "unit"), RANGES)
def test_both_ends_of_a_range_are_one_figure(
    stated: Any, text: str, surface: str, low: float, high: float, unit: str
) -> None:
    [row] = stated(text)
    assert (row["surface"], row["qualifier"]) == (surface, "between")
    assert (row["value_low"], row["value_high"], row["unit"]) == (low, high, unit)


def test_two_numbers_that_are_not_next_to_each_other_are_no_range(stated: Any) -> None:
    rows = stated("A room holds 12 or 40 guests.")
    assert [row["value"] for row in rows] == [12, 40]


@pytest.mark.parametrize(
    ("text", "surface", "qualifier"),
    [
        ("The death toll has surpassed 900.", "surpassed 900", "more_than"),
        ("Repairs may top $6 million.", "top $6 million", "more_than"),
        ("The top 30 songs were played.", "30", "exact"),
        ("The queue did not exceed 70 people.", "not exceed 70", "at_most"),
        ("The loan won't exceed $4 million.", "won't exceed $4 million", "at_most"),
    ],
)
def test_a_verb_of_exceeding_is_a_bound(
    stated: Any, text: str, surface: str, qualifier: str
) -> None:
    [row] = stated(text)
    assert (row["surface"], row["qualifier"]) == (surface, qualifier)
    assert row["modality"] != "denied"


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Ferrante, 61, now runs the mill.", [61]),
        ("A former weightlifter, 44, and his sister, Ilse, 39, were fined.", [44, 39]),
        ("Her eldest, 17, was at sea.", [17]),
        ("Ferrante, at 61, is the oldest of them.", [61]),
        ("At 61, she runs the mill.", [61]),
        ("A man of 52 drowned.", [52]),
        ("The number, 44, was painted over.", []),
        ("In Peru, 44, and in Chile, 39, were closed.", []),
    ],
)
def test_an_age_stands_beside_its_person(stated: Any, text: str, ages: list[int]) -> None:
    rows = [row for row in stated(text) if row["unit_type"] == "age"]
    assert [row["value"] for row in rows] == ages


NONE = [
    "The march began at 8.",
    "The gates opened at 7 and closed at 9.",
    "Take the shuttle from gate 6B.",
    "Her bag lay under seat 14F.",
    "Travellers wait at gates 6B and 7A.",
    "Rows 21C, 22A and 23B were wet.",
    "They live in blocks 3A and 6B of the camp.",
    "An F-35A and a B-1B flew over the bay.",
    "She ran in the 4x200m relay.",
    "The guards fired 7.62x54mm rounds.",
    "Seats 4A-4F and rows 21 to 24 were wet.",
    "Take bus 9A or buses 4B and 6C.",
    "It ended three-all, and she won the set six-love.",
    "The 112 emergency line failed.",
    "The screen shows 1920x1080 and the truck is a 4x4.",
    "The Boeing 737-800 landed.",
    "See www.example.org/archive/7741/list for more.",
    "The ban breaks Articles 9 and 10.",
    "The striker Moreau (11) fell.",
    "Marks: Lindqvist 6.5, Arvidsson 7.",
    "1. Wash the rice.",
    "The two-pronged plan failed.",
    "The mayor rides a three-wheeler.",
    "The squad trained for Euro 2028.",
    "He wore an N95 mask.",
    "He sold an Epson R800.",
    "The 747 circled the bay.",
    "She phoned 999.",
    "The child made a call to 911.",
    "The 911 service failed, and later 911 was mended.",
    "The singer 50 Cent sang in the park.",
    "Workers shut the Nine Mile Point plant.",
    "Seven Mile Beach is closed.",
    "They met at the Four Corners monument.",
    "The final ended one-one.",
    "The hosts won two-one.",
    "Their forward added a third in stoppage time.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_tells_when_or_which_or_what_kind_is_no_figure(stated: Any, text: str) -> None:
    assert [row["surface"] for row in stated(text)] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The shares opened at 8 and fell.", 8),
        ("The vigil for Ada Voss (6) was quiet.", 6),
        ("A five-member panel met.", 5),
        ("A 40-seater bus burned.", 40),
        ("The 747 passengers waited.", 747),
        ("The court called 300 to the hall.", 300),
        ("A fine of R800 is due.", 800),
        ("The council voted 64 to 32 to close the pool.", 2),
        ("There is no 100% safe road.", 100),
        ("It was a once-in-500 year flood.", 500),
    ],
)
def test_what_looks_like_them_is_a_figure(stated: Any, text: str, value: float) -> None:
    assert [row["value"] for row in stated(text)] == [value]
