"""Units and currencies, by code."""

from __future__ import annotations

from typing import Any

import pytest

from transforms.figures.units import spellings

MEASURED = [
    ("Rents average RM79 a month.", "RM79 a month", 79, "MYR/mo", "money"),
    ("They paid USD34.6 million.", "USD34.6 million", 34.6e6, "USD", "money"),
    ("They paid £3.5bn.", "£3.5bn", 3.5e9, "GBP", "money"),
    ("They paid $4.2b.", "$4.2b", 4.2e9, "USD", "money"),
    ("They paid US$12 million.", "US$12 million", 12e6, "USD", "money"),
    ("They paid HK$6.1m.", "HK$6.1m", 6.1e6, "HKD", "money"),
    ("They paid EUR70m.", "EUR70m", 70e6, "EUR", "money"),
    ("They paid PS21,700.", "PS21,700", 21_700, "GBP", "money"),
    ("They paid 45 MUSD.", "45 MUSD", 45e6, "USD", "money"),
    ("They paid 65 USD million.", "65 USD million", 65e6, "USD", "money"),
    ("They paid 87 million yuan.", "87 million yuan", 87e6, "CNY", "money"),
    ("They paid $81 U.S. per barrel.", "$81 U.S. per barrel", 81, "USD/[bbl_us]", "money"),
    ("Shares closed at 172p.", "172p", 1.72, "GBP", "money"),
    ("The dividend is 9-cent-a-share.", "9-cent-a-share", 0.09, "USD/{share}", "money"),
    ("Cars did 80 m.p.h. on the pass.", "80 m.p.h.", 80, "[mi_i]/h", "speed"),
    ("The wind blew at 210 kilometres an hour.", "210 kilometres an hour", 210, "km/h", "speed"),
    ("Barges hold 816 000 t of wheat.", "816 000 t", 816_000, "t", "mass"),
    ("It sold 8.4m tonnes of fuel.", "8.4m tonnes", 8.4e6, "t", "mass"),
    ("The mill makes 900 tonnes of flour a day.", "900 tonnes", 900, "t/d", "mass"),
    ("The pool holds 300 litres.", "300 litres", 300, "L", "volume"),
    ("They lease 480 sq m of floor.", "480 sq m", 480, "m2", "area"),
    ("The fire burned 40 hectares.", "40 hectares", 40, "har", "area"),
    ("Sound travels at 18kHz here.", "18kHz", 18, "kHz", "frequency"),
    ("It makes 12kW of heat.", "12kW", 12, "kW", "power"),
    ("It stores 28 GWh.", "28 GWh", 28, "GW.h", "energy"),
    ("The drive holds 64GB.", "64GB", 64, "GBy", "data"),
    ("It was 91 degrees Fahrenheit.", "91 degrees Fahrenheit", 91, "[degF]", "temperature"),
    ("It was 40°C there.", "40°C", 40, "Cel", "temperature"),
    ("Turn 45 degrees left.", "45 degrees", 45, "deg", "angle"),
    ("The loaf rose 3 inches high.", "3 inches", 3, "[in_i]", "length"),
    ("The baby weighs 8 pounds.", "8 pounds", 8, "[lb_av]", "mass"),
    ("The profit was 244 million pounds.", "244 million pounds", 244e6, "GBP", "money"),
    ("Turnout was 61 per cent.", "61 per cent", 61, "%", "percent"),
    ("Rates fell 25 basis points.", "25 basis points", 25, "10*-4", "percent"),
    ("The talks lasted for 10 days.", "10 days", 10, "d", "duration"),
    ("A two-week strike began.", "two-week", 2, "wk", "duration"),
    ("The 52-year-old fell.", "52-year-old", 52, "a", "age"),
    ("A boy aged 9 fell.", "9", 9, "a", "age"),
    ("Ann Berg, 42, fell.", "42", 42, "a", "age"),
    ("The calf is 20 months old.", "20 months old", 20, "mo", "age"),
    ("He fell at 4 years of age.", "4 years of age", 4, "a", "age"),
    ("Her aunt turned 95 on Monday.", "95", 95, "a", "age"),
    ("She will turn 18 next month.", "18", 18, "a", "age"),
]


@pytest.mark.parametrize("text", ["The club turned 40 on Monday.", "Her son turned 40 men away."])
def test_what_is_no_person_turns_no_age(figures: Any, text: str) -> None:
    assert [row["unit_type"] for row in figures(text)] == ["count"]


@pytest.mark.parametrize(("text", "surface", "value", "unit", "kind"), MEASURED)
def test_a_measure_has_its_code(
    figures: Any, text: str, surface: str, value: float, unit: str, kind: str
) -> None:
    rows = figures(text)
    assert [row["surface"] for row in rows] == [surface]
    row = rows[0]
    assert (row["unit"], row["unit_type"], row["category"]) == (unit, kind, kind)
    assert row["value"] == pytest.approx(value)


@pytest.mark.parametrize(
    ("country", "code"),
    [(None, "USD"), ("USA", "USD"), ("AUS", "AUD"), ("CAN", "CAD"), ("GBR", "USD")],
)
def test_bare_dollars_are_the_publishers(figures: Any, country: str | None, code: str) -> None:
    assert [row["unit"] for row in figures("It costs $5.", country)] == [code]
    assert [row["unit"] for row in figures("It costs 5 dollars.", country)] == [code]
    assert [row["unit"] for row in figures("It costs US$5.", country)] == ["USD"]


@pytest.mark.parametrize("text", ["They paid PS21,700 in the café.", "The PS5 sold out."])
def test_letters_are_a_sign_of_money_only_where_it_was_transliterated(
    figures: Any, text: str
) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("It sold 3.6m red cars.", 3.6e6, "1"), ("The mast is 41m long.", 41, "m")],
)
def test_a_glued_m_is_million_before_a_plural_noun(
    figures: Any, text: str, value: float, unit: str
) -> None:
    (row,) = figures(text)
    assert (row["value"], row["unit"]) == (value, unit)


def test_spellings_are_not_empty_and_have_codes() -> None:
    table = list(spellings())
    assert len(table) > 1000
    assert all(spelling and unit.code and unit.dimension for spelling, unit in table)


@pytest.mark.parametrize(
    ("text", "surface", "unit_type"),
    [
        ("People over 65 may ride free.", "over 65", "age"),
        ("Children under 5 may ride free.", "under 5", "age"),
        ("Shares over 65 were sold.", "over 65", "count"),
        ("Rents are 3.5 times higher.", "3.5 times", "ratio"),
        ("It is four times the size of the old one.", "four times", "ratio"),
        ("They met three times.", "three", "count"),
        ("The pump works at 200 bar.", "200 bar", "pressure"),
    ],
)
def test_the_words_beside_it_decide_the_unit(
    figures: Any, text: str, surface: str, unit_type: str
) -> None:
    row = figures(text)[0]
    assert (row["surface"], row["unit_type"]) == (surface, unit_type)


def test_a_letter_before_a_hyphen_belongs_to_the_counted_noun(figures: Any) -> None:
    rows = figures("They sent one daily e-mail and took three X-rays.")
    assert [row["counted_head"] for row in rows] == ["e-mail", "x-ray"]
