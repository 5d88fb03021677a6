"""Sentences for modality and category, as in ``cases``: what is to come, may be or is denied."""

from __future__ import annotations

from tests.transforms.events.cases import Case

PLANNED: tuple[Case, ...] = (
    (
        "soon, in the present",
        "The grocer is soon shutting 31 shops.",
        "31",
        {"modality": "planned"},
    ),
    (
        "by a day to come, in the present",
        "The grocer is shutting 31 shops by the end of August.",
        "31",
        {"modality": "planned"},
    ),
    (
        "due to be done",
        "Another 14 cranes are due to be delivered in May.",
        "14",
        {"modality": "planned"},
    ),
    (
        "due to a cause is no plan",
        "A third of the delays are due to cold.",
        "A third",
        {"modality": "actual"},
    ),
    ("what is expected", "Growth of 7% is expected.", "7%", {"modality": "planned"}),
    (
        "ordered by a court",
        "A court ordered the mill to pay $41,000.",
        "$41,000",
        {"modality": "planned"},
    ),
    (
        "a campaign to do it",
        "The ministry began a campaign to vaccinate 90,000 cows.",
        "90,000",
        {"modality": "planned"},
    ),
    (
        "counted goals are scored",
        "Ines scored three goals to give the side a 12-point lead.",
        "12",
        {"modality": "actual"},
    ),
    (
        "a proposed budget includes",
        "The proposed budget includes $3 million for wells.",
        "$3 million",
        {"modality": "planned"},
    ),
    (
        "a proposed tax was a reason",
        "The proposed tax was one reason for the march.",
        "one",
        {"modality": "actual"},
    ),
    ("a forecast that is moved", "The bank cut its forecast to 3%.", "3%", {"modality": "planned"}),
    ("the plan calls for", "The plan calls for 60 ferries.", "60", {"modality": "planned"}),
    (
        "the perfect is done, whatever comes later",
        "It has hired 40 nurses who are expected to arrive in August.",
        "40",
        {"modality": "actual"},
    ),
)

POSSIBLE: tuple[Case, ...] = (
    ("what can be done", "The mill can grind 300 tonnes.", "300 tonnes", {"modality": "possible"}),
    (
        "in how long it can be done",
        "The boats can be launched in less than 20 hours.",
        "less than 20 hours",
        {"modality": "possible"},
    ),
    ("what can be seen is there", "Anna can see 40 ships.", "40", {"modality": "actual"}),
    (
        "by what it can be done is there",
        "A truce can be reached only with the release of the 12 divers.",
        "12",
        {"modality": "actual"},
    ),
    (
        "capable of",
        "The kite is capable of flying 90 metres.",
        "90 metres",
        {"modality": "possible"},
    ),
    (
        "a sentence that may come",
        "If convicted, he faces up to 20 years in prison.",
        "up to 20 years",
        {"modality": "possible"},
    ),
    ("charges are there", "She faces 12 charges.", "12", {"modality": "actual"}),
    (
        "as the law has it",
        "The charge carries a maximum sentence of 15 years.",
        "15 years",
        {"modality": "possible"},
    ),
    (
        "punishable",
        "The offence is punishable by a fine of $700.",
        "$700",
        {"modality": "possible"},
    ),
    ("needed", "At least 60 votes are needed.", "At least 60", {"modality": "possible"}),
    (
        "in talks to",
        "The club is in talks to buy the yard for $40 million.",
        "$40 million",
        {"modality": "possible"},
    ),
)

KNOWN: tuple[Case, ...] = (
    (
        "the measure of a known thing",
        "Crews will move the 40-tonne crane.",
        "40-tonne",
        {"modality": "actual"},
    ),
    (
        "a level that is reached is no measure of it",
        "Growth will be in the 2 percent range.",
        "2 percent",
        {"modality": "planned"},
    ),
    (
        "whom an effort is about",
        "Efforts to reconcile the two brothers failed.",
        "two",
        {"modality": "actual"},
    ),
    (
        "those of whom a clause tells what is so",
        "They are likely to sell the two barns he owns.",
        "two",
        {"modality": "actual"},
    ),
    (
        "what came before",
        "It is unclear whether rents will fall after they rose to 9 percent.",
        "9 percent",
        {"modality": "actual"},
    ),
    (
        "a level that is passed",
        "The deal would surpass Odra's purchase of Delsol for $12 million.",
        "$12 million",
        {"modality": "actual"},
    ),
    (
        "an age is there",
        "A 19-year-old cook will be sentenced on Monday.",
        "19-year-old",
        {"modality": "actual"},
    ),
    (
        "the targeted are there",
        "The sanctions target 14 Iranian firms.",
        "14",
        {"modality": "actual"},
    ),
)

DENIED: tuple[Case, ...] = (
    (
        "a claim that is false",
        "The claim that 200 sailors died is false.",
        "200",
        {"modality": "denied"},
    ),
    (
        "reports that were denied",
        "Reports that 200 sailors died were denied.",
        "200",
        {"modality": "denied"},
    ),
    ("not true", "It is not true that 200 sailors died.", "200", {"modality": "denied"}),
)

FATES: tuple[Case, ...] = (
    ("lives", "The war cost thousands of lives.", "thousands", {"category": "killed"}),
    ("lives lost", "Some 40 lives were lost.", "Some 40", {"category": "killed"}),
    (
        "their own lives",
        "Twelve inmates have taken their own lives.",
        "Twelve",
        {"category": "killed"},
    ),
    (
        "thought to have died",
        "As many as 90 people are thought to have died.",
        "As many as 90",
        {"category": "killed", "modality": "actual"},
    ),
    (
        "certain to have died",
        "Some 40 people seem certain to have perished.",
        "Some 40",
        {"category": "killed"},
    ),
    (
        "sent fleeing",
        "The blaze sent hundreds of guests fleeing the hotel.",
        "hundreds",
        {"category": "displaced"},
    ),
    (
        "made to evacuate their homes",
        "The flood forced 30,000 people to evacuate their homes.",
        "30,000",
        {"category": "displaced"},
    ),
    (
        "recruited to fight",
        "Chad recruited 900 Cubans to fight at the border.",
        "900",
        {"category": "troops", "nationality": "CUB"},
    ),
    ("the freed", "The group released 12 hostages.", "12", {"category": "people"}),
    (
        "among the hostages",
        "Among the hostages are eight Danish citizens.",
        "eight",
        {"category": "captured"},
    ),
    (
        "on a list",
        "More than 20 people are on the list of wounded.",
        "More than 20",
        {"category": "wounded"},
    ),
    (
        "the level of the missing",
        "The missing persons exceed 1,000.",
        "exceed 1,000",
        {"category": "missing"},
    ),
    ("a carrier is a company", "Three carriers stopped flights.", "Three", {"category": "other"}),
    (
        "a carrier is a ship",
        "Two aircraft carriers left port.",
        "Two",
        {"category": "equipment"},
    ),
    (
        "the officials of nations",
        "It will meet several of the nations' highest officials.",
        "several",
        {"category": "people", "counted": "nations' highest officials"},
    ),
)

CASES: tuple[Case, ...] = (*PLANNED, *POSSIBLE, *KNOWN, *DENIED, *FATES)
