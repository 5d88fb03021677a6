"""What must not be added up: totals so far, the same in another unit, the same said again."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pytest

from transforms.extract import read_rows
from transforms.model import Article

PUBLISHED = dt.date(2025, 6, 12)


@cache
def rows(text: str) -> list[dict[str, Any]]:
    article = Article("0" * 16, "test", "0" * 64, text, "0" * 16, published_date=PUBLISHED)
    return read_rows(article)["figures"]


def row(text: str, surface: str, nth: int = 0) -> dict[str, Any]:
    return [one for one in rows(text) if one["surface"] == surface][nth]


@pytest.mark.parametrize(
    ("text", "surface", "cumulative"),
    [
        ("The toll rose to 45 from 38 on Wednesday.", "45", True),
        ("The toll rose to 45 from 38 on Wednesday.", "38", None),
        ("So far 320 people have been rescued.", "320", True),
        ("In all, 300 were killed.", "300", True),
        ("Some 31 people have died since the raid began.", "Some 31", True),
        ("The firm has sold 40 ships since its launch.", "40", True),
        ("Since the invasion, Oslo has sent $50 million.", "$50 million", True),
        ("About 80 have taken part in the drill, the largest since the war.", "About 80", None),
        ("These two have come a long way since the war.", "two", None),
        ("The siege has killed 31 people.", "31", True),
        ("Some 31 people have died in the war.", "Some 31", True),
        ("The fever has killed 31 people this year.", "31", True),
        ("The siege killed 31 people.", "31", None),
        ("Some 31 people have died in the past 24 hours.", "Some 31", False),
        ("In the last 24 hours, Peru fired 90 missiles.", "90", False),
        ("Over the past week, 31 people have died.", "31", None),
        ("A total of 700 people died.", "700", True),
        ("A total of 700 films were shown.", "700", None),
        ("In all, 40 clubs will shut.", "40", None),
        ("The number of clubs stands at 40.", "40", None),
        ("Nine more came ashore, taking the total to 700.", "700", True),
        ("So far 31 of the 47 boards have opposed it.", "47", None),
        ("So far 31 of the 47 boards have opposed it.", "31", True),
        ("So far, no meeting of the seven-nation panel was held.", "seven", None),
        ("The toll is expected to rise to 90.", "90", None),
        ("Some 4,000 have fled since May 3.", "Some 4,000", True),
        ("The three mills have worked on it since May 3.", "three", None),
        ("Some 70 have fled since the dam broke on May 3.", "Some 70", True),
        ("At least 21 have drowned or been crushed since May 3.", "At least 21", True),
        ("The fever has sickened more than 900 since May.", "more than 900", True),
        ("The yard has employed no more than 90 since May.", "no more than 90", None),
        ("Another 13 were killed overnight.", "13", False),
        ("Nine more died in hospital.", "Nine", False),
        ("A further 60 are missing.", "60", False),
        ("Twelve men were hurt on Tuesday.", "Twelve", False),
        ("More than 40 people live there.", "More than 40", None),
        ("The town has 9,000 people.", "9,000", None),
        ("Overall, 52 men were detained.", "52", True),
        ("Altogether 52 men were detained.", "52", True),
        ("Overall, 52 boats were painted.", "52", None),
        ("The firm received nine bids to date for its 40 shops.", "40", None),
        ("It paid for 800 lorries, of which 90 have arrived to date.", "800", None),
        ("It paid for 800 lorries, of which 90 have arrived to date.", "90", True),
        ("Schools shut in all 16 districts.", "16", None),
        ("A total of 645 people died last year.", "645", None),
        ("In May, 653 people were homeless, a jump of 12% since 2022.", "653", None),
        ("Since May the service has had 1,200 calls per week.", "1,200", None),
        ("Since 1991, 70 people have been killed each year.", "70", None),
        ("Inflows so far this year have lifted its reserves to 800 tonnes.", "800 tonnes", None),
        ("Around 100 towns had their hottest summer so far.", "Around 100", None),
        ("Those who took the test so far got all four right.", "four", None),
        ("They raised the number of clubs to 12.", "12", None),
        ("Voting goes on in all but two of the 30 districts.", "30", None),
        ("The 40 buses were scrapped altogether.", "40", None),
        ("Eleven had drawn up an overall plan.", "Eleven", None),
        ("The number of thefts rose to 298 in 2019.", "298", None),
        ("The number of guards would be increased by 60.", "60", None),
        ("Since 1991 output has fallen to 30 million tonnes.", "30 million tonnes", None),
        ("Deposits have grown to $40 billion since 2015.", "$40 billion", None),
        ("The toll has risen to 45 since May.", "45", True),
        ("The singer has had six top five hits since 2019.", "five", None),
        ("The show drew 4 million viewers once in its run to date.", "4 million", None),
        ("Of the 6,000 wells found so far 40 hold most of the oil.", "40", None),
        ("Narva sold 40 ships in May, the first of three firms so far to do so.", "40", None),
        ("Although the two injured men did better overall, he won.", "two", None),
        ("The index was down 40 points at 612, 3% lower so far in May.", "40", None),
        ("“The best coat so far,” said nine buyers.", "nine", None),
        ("So far the bank has repaid $300 million.", "$300 million", True),
        ("Since 2001, 60 men have been lost by them each year on average.", "60", None),
        ("Rates have fallen two points in every cycle since 1990.", "two", None),
        ("Sales have averaged $4 million since 2019.", "$4 million", None),
        ("The side have won eight of their last 12 games since May.", "eight", None),
        ("It raised rates four times in a year but they have stood still since May.", "four", None),
    ],
)
def test_totals_and_what_is_new(text: str, surface: str, cumulative: bool | None) -> None:
    assert row(text, surface)["cumulative"] is cumulative


def test_a_bracket_is_a_conversion() -> None:
    text = "Aid is cut to €3 billion ($3.4 billion; £2.6 billion) next year."
    first = row(text, "€3 billion")
    assert first["conversion_of"] is None
    assert row(text, "$3.4 billion")["conversion_of"] == first["figure_id"]
    assert row(text, "£2.6 billion")["conversion_of"] == first["figure_id"]
    assert row("It is 900 miles (1,450 km) long.", "1,450 km")["conversion_of"] is not None


def test_a_bracket_of_something_else_is_none() -> None:
    assert row("He lost $40 million (12% of it all).", "12%")["conversion_of"] is None
    assert row("Of 300 men (40 of them boys) none fled.", "40")["conversion_of"] is None


def test_the_same_said_again() -> None:
    text = "A ferry sank off Bari, killing 14 people. Those 14 people had no vests, police said."
    assert row(text, "14", 1)["restates"] == row(text, "14")["figure_id"]
    assert row(text, "14")["restates"] is None


def test_a_sum_said_again() -> None:
    text = "The mill got a loan of $4 million from a rival. The $4 million loan is for a crane."
    assert row(text, "$4 million", 1)["restates"] == row(text, "$4 million")["figure_id"]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        (
            "The mill got a loan of $4 million in May. The $4 million loan is for a crane.",
            "$4 million",
        ),
        ("A poll asked 900 people in May. Of those 900 people most were young.", "900"),
        ("A wave killed 14 people. On Monday 14 people were killed, police said.", "14"),
        ("The new mill lost $7 million. In May the new mill lost $7 million.", "$7 million"),
    ],
)
def test_what_one_statement_leaves_out(text: str, surface: str) -> None:
    assert row(text, surface, 1)["restates"] == row(text, surface)["figure_id"]


@pytest.mark.parametrize(
    "text",
    [
        "Floods killed 14 people in Chad. Floods killed 14 people in Niger.",
        "In May 14 people were killed. In June 14 people were killed.",
        "The mill sold 300 tonnes. The mine lost 300 men.",
        "Oslo said 60 had died. Rome said 60 had died.",
        "The harbour lost 60 boats and the lake another 60 boats.",
        "A fire at the Lindholm mill killed three people. A blast in Narva killed three people.",
        "Ann Mbeki had 16 points and six rebounds. The guard Joe Lindqvist had 16 points.",
        "Wheat sales fell 143,300 tonnes. Maize sales fell 143,300 tonnes.",
        "The mill built a 600-strong team in May. It has a separate 600-strong sales team.",
        "He asked for more than $2,500,000 in aid. He got up to $2,500,000 in aid.",
        "The share earned 15 cents against 15 cents the year before.",
        "A raid killed 12 people. Police said that 12 of the people had fled.",
        "Without cars, sales rose 2%. Excluding fuel, sales rose 3%. Sales of toys rose 3%.",
        "The first bond is issued at 99 percent. The second bond is issued at 99 percent.",
        "Homes had a price tag of $1 million. A home with a price tag under $1 million is rare.",
        "It gives 612 shares for each $1,000 of its notes. It gives 595 for each $1,000 of debt.",
        "Lindholm Corp - Offering of 300,000 shares. Narva Inc - Offering of 300,000 shares.",
        "The mill paid $70,000 for a lorry. It got a loan of $70,000 in spring.",
        "Sales of lamps reached 400,000 units. Sales of kettles rose to 600,000 from 400,000.",
        "The current year has a gain of $4 million. The prior year has a gain of $4 million.",
        "The new mill will cost $7 million. The new mill cost $7 million.",
        "Ada holds 48% to Ben's 44%. Men split 44% Ada to 41% Ben, said Ada.",
        "As do 44% of voters, 40% of men agree. As do 44% of voters, 41% of men fret.",
        "Lindholm &lt;LIN> - Offer of 300,000 shares. Narva &lt;NV> - Offer of 300,000 shares.",
        "Net profit was $6 million. Gross profit was $6 million.",
        "Chad bought 90,000 tonnes of rice this week. Niger plans to buy 90,000 tonnes of rice.",
        "Delegates from 40 Asian states met in May. Most of Asia's 40 states are poor.",
        "It broke Monday's closing level of 140 yen. A fall to a level of 140 yen is rare.",
        "Fuel demand was $7,300 or more in May. Fuel demand was $7,300 in May.",
        "Ada Lindqvist gave $3 million to the museum. Lindqvist gave $3 million to the zoo.",
        (
            "The first quarter's loss was $4 million. "
            "In the first nine months of 2024 the loss was $4 million."
        ),
    ],
)
def test_what_only_has_the_same_number(text: str) -> None:
    assert all(one["restates"] is None for one in rows(text))


@pytest.mark.parametrize(
    ("text", "surface", "unit", "per"),
    [
        ("Suicides stood at 31 per 100,000 soldiers.", "31", "1/(10*5)", "soldiers"),
        ("It fell to 41 deaths per 1,000 live births.", "41", "1/(10*3)", "live births"),
        ("There were 16 cases per million people.", "16", "1/(10*6)", "people"),
        ("The club has four coaches for every 12 players.", "four", "1/12", "players"),
        ("Some 610 soldiers are dying each day.", "Some 610", "1/d", None),
        ("There are 40 buses per day.", "40", "1/d", None),
    ],
)
def test_a_rate_is_one_figure(text: str, surface: str, unit: str, per: str | None) -> None:
    [one] = rows(text)
    assert (one["surface"], one["unit"], one["per"]) == (surface, unit, per)


@pytest.mark.parametrize("text", ["Of 300 men 40 fled each.", "He paid 12 for 40 eggs."])
def test_two_counts_beside_each_other_are_no_rate(text: str) -> None:
    assert {one["unit"] for one in rows(text)} == {"1"}
