"""Sentences written for the reader of clauses: the construction, the text, and what is right.

Each case names a surface of a figure and the columns that must hold. Published on a Thursday,
2025-06-12, unless a case says otherwise.
"""

from __future__ import annotations

from typing import Any

Case = tuple[str, str, str, dict[str, Any]]

PLACES_AND_DAYS: tuple[Case, ...] = (
    (
        "when-clause",
        "Nine workers were hurt when a crane fell onto a hostel near Izmir on Monday.",
        "Nine",
        {"place": "Izmir", "as_of": ("2025-06-09", "2025-06-09"), "category": "wounded"},
    ),
    (
        "fronted place before a reporting verb",
        "In Uganda, the health ministry said 23 people had died of the fever.",
        "23",
        {"place": "Uganda", "attributed_to": "the health ministry", "category": "killed"},
    ),
    (
        "reported in a county",
        "Four drownings were reported in Latvia's western Kurzeme region.",
        "Four",
        {"place": "Kurzeme"},
    ),
    (
        "participle after the main clause",
        "A mudslide struck Cusco on Sunday, burying at least 17 people.",
        "at least 17",
        {"place": "Cusco", "as_of": ("2025-06-08", "2025-06-08")},
    ),
    (
        "event noun as subject, both conjuncts",
        "Ukrainian shelling of Horlivka killed two people and wounded 14 on Tuesday.",
        "two",
        {"place": "Horlivka", "as_of": ("2025-06-10", "2025-06-10"), "category": "killed"},
    ),
    (
        "event noun as subject, both conjuncts",
        "Ukrainian shelling of Horlivka killed two people and wounded 14 on Tuesday.",
        "14",
        {"place": "Horlivka", "as_of": ("2025-06-10", "2025-06-10"), "category": "wounded"},
    ),
    (
        "the first conjunct takes place, day and source of the second",
        (
            "At least six divers were killed and 21 injured in a fire near Batangas on Saturday, "
            "the harbour said."
        ),
        "At least six",
        {
            "place": "Batangas",
            "as_of": ("2025-06-07", "2025-06-07"),
            "attributed_to": "the harbour",
            "category": "killed",
        },
    ),
    (
        "the first conjunct takes place, day and source of the second",
        (
            "At least six divers were killed and 21 injured in a fire near Batangas on Saturday, "
            "the harbour said."
        ),
        "21",
        {
            "place": "Batangas",
            "as_of": ("2025-06-07", "2025-06-07"),
            "attributed_to": "the harbour",
            "category": "wounded",
        },
    ),
    (
        "a place for each of two numbers",
        "Shelling killed three people in Sumy and seven in Kherson, officials said.",
        "three",
        {"place": "Sumy", "category": "killed", "attributed_to": "officials"},
    ),
    (
        "a place for each of two numbers",
        "Shelling killed three people in Sumy and seven in Kherson, officials said.",
        "seven",
        {"place": "Kherson", "category": "killed"},
    ),
    (
        "the elided verb is understood",
        "The fever has killed 40 in Guinea and 11 in Liberia, the agency said.",
        "11",
        {"place": "Liberia", "category": "killed", "attributed_to": "the agency"},
    ),
    (
        "a gapped clause has its own place",
        "The mill in Leeds will cut 250 jobs and the mill in Derby 90.",
        "250",
        {"place": "Leeds", "modality": "planned"},
    ),
    (
        "a gapped clause has its own place",
        "The mill in Leeds will cut 250 jobs and the mill in Derby 90.",
        "90",
        {"place": "Derby", "modality": "planned"},
    ),
    (
        "close to a country",
        "As many as 70,000 Russian troops have massed close to Estonia.",
        "As many as 70,000",
        {"place": "Estonia", "nationality": "RUS", "category": "troops"},
    ),
    (
        "a noun takes the place of what it is a toll of",
        "The death toll from two landslides in eastern Uganda has risen to 61.",
        "61",
        {"place": "Uganda", "category": "killed"},
    ),
    (
        "what is left of a whole takes the place, the whole does not",
        "Three of the 12 tallest towers are in Dubai.",
        "Three",
        {"place": "Dubai"},
    ),
    (
        "what is left of a whole takes the place, the whole does not",
        "Three of the 12 tallest towers are in Dubai.",
        "12",
        {"place": None},
    ),
    (
        "the country, taken up",
        "War broke out in Sudan in April 2023. Some 1.5 million people have fled the country.",
        "Some 1.5 million",
        {"place": "Sudan", "category": "displaced"},
    ),
    (
        "the scene holds in the next sentence",
        "A bomb went off at a market in Quetta on Wednesday. Eight people died and 30 were hurt.",
        "Eight",
        {"place": "Quetta", "as_of": ("2025-06-11", "2025-06-11")},
    ),
    (
        "the scene is set after",
        "Eleven people died in a blaze. The fire broke out in a hotel in Tbilisi on Tuesday.",
        "Eleven",
        {"place": "Tbilisi"},
    ),
    (
        "another time is another scene",
        "A bomb killed two people in Quetta on Wednesday. In 2019, an attack killed 20 people.",
        "20",
        {"place": None, "as_of": ("2019-01-01", "2019-12-31")},
    ),
)

TIMES: tuple[Case, ...] = (
    (
        "the day of saying is not that of the event",
        (
            "The hospital's head told reporters Tuesday that it had seen 31 people since Sunday "
            "evening."
        ),
        "31",
        {"as_of": ("2025-06-08", "2025-06-10")},
    ),
    (
        "a level takes the day of its move",
        "The number of the missing fell to 12 from 19 on Monday.",
        "12",
        {"as_of": ("2025-06-09", "2025-06-09")},
    ),
    (
        "a level takes the day of its move",
        "The number of the missing fell to 12 from 19 on Monday.",
        "19",
        {"as_of": None},
    ),
    (
        "two months",
        "More than 3,000 rebels were captured in January and February alone.",
        "More than 3,000",
        {"as_of": ("2025-01-01", "2025-02-28"), "category": "captured"},
    ),
    (
        "a state takes the day of its assessment",
        "Analysts assessed in May that 4,000 mercenaries were in Mali.",
        "4,000",
        {"as_of": ("2025-05-01", "2025-05-31"), "place": "Mali"},
    ),
    (
        "an event takes no day of saying",
        "The court has jailed nine officers, it said on Monday.",
        "nine",
        {"as_of": None, "category": "detained"},
    ),
    (
        "a duration has no day",
        "The talks on Monday lasted six hours.",
        "six hours",
        {"as_of": None},
    ),
)

SIDES_AND_MODALITY: tuple[Case, ...] = (
    (
        "who masses them",
        "The Kremlin has massed 60,000 troops near Narva.",
        "60,000",
        {"nationality": "RUS", "category": "troops", "place": "Narva"},
    ),
    (
        "whose losses",
        "Ukraine's casualties are put at 90,000.",
        "90,000",
        {"nationality": "UKR", "category": "casualties"},
    ),
    (
        "given to whom",
        "Oslo gave Kyiv 12 howitzers.",
        "12",
        {"nationality": "NOR", "category": "equipment"},
    ),
    ("a demand", "The union is demanding a 9% raise.", "9%", {"modality": "possible"}),
    ("an offer of", "The firm made an offer of 3%.", "3%", {"modality": "possible"}),
    (
        "a goal",
        "Denmark's goal is to have 6,000 soldiers ready by 2028.",
        "6,000",
        {"modality": "planned"},
    ),
    (
        "a condition",
        "We will hold out even if they send 20,000 men.",
        "20,000",
        {"modality": "possible"},
    ),
    (
        "rejected by the source",
        "Minsk denied that it had sent 500 soldiers.",
        "500",
        {"modality": "denied"},
    ),
)

TOLLS: tuple[Case, ...] = (
    ("deaths rise", "Deaths rose to 38 on Monday.", "38", {"category": "killed"}),
    (
        "the number of deaths stands at",
        "The total number of deaths now stands at 2,140 people, the ministry said.",
        "2,140",
        {"category": "killed"},
    ),
    (
        "died and missing",
        "By evening five had died and two were missing.",
        "two",
        {"category": "missing"},
    ),
    (
        "lost their homes",
        "About 400 families have lost their homes.",
        "About 400",
        {"category": "displaced"},
    ),
    ("eliminated", "The army eliminated 120 fighters.", "120", {"category": "killed"}),
    (
        "losses are put at",
        "Russian losses are put at 310,000 by Kyiv.",
        "310,000",
        {"category": "casualties", "nationality": "RUS"},
    ),
    ("crushed to death", "Seven pilgrims were crushed to death.", "Seven", {"category": "killed"}),
    (
        "killed and another injured",
        "One nurse was killed and another injured in the fire.",
        "One",
        {"category": "killed"},
    ),
    (
        "aircraft, not soldiers",
        "Three F-35 stealth fighters were deployed.",
        "Three",
        {"category": "equipment"},
    ),
    ("detentions", "Forty-two detentions were reported.", "Forty-two", {"category": "detained"}),
)

SOURCES: tuple[Case, ...] = (
    (
        "a long name",
        "Chile's national forest and fire authority said 60 homes had burned.",
        "60",
        {"attributed_to": "Chile's national forest and fire authority"},
    ),
    (
        "a name with its complement",
        "The total was 207, according to the Malawi National Commission on Human Rights.",
        "207",
        {"attributed_to": "the Malawi National Commission on Human Rights"},
    ),
    (
        "an office with its name",
        "Kharkiv regional head Danylo Hrytsenko said four people died.",
        "four",
        {"attributed_to": "Kharkiv regional head Danylo Hrytsenko"},
    ),
    (
        "told a medium",
        "The group holds about 25 captives, a person close to the talks told Reuters.",
        "about 25",
        {"attributed_to": "a person close to the talks"},
    ),
    (
        "a quotation taken up again at the end of its paragraph",
        (
            '"Nobody left," said Ana Reis. "But 40 are still there."\n\n'
            "The port mediated, its harbour office said."
        ),
        "40",
        {"attributed_to": "Ana Reis"},
    ),
    (
        "a question quoted",
        'Rosa Lima, sitting with her sons, asked: "Where can we go? I have three children."',
        "three",
        {"attributed_to": "Rosa Lima"},
    ),
    (
        "a closing tag over two clauses",
        "Of the dead, four were found in Lima and one in Callao, the police chief told reporters.",
        "four",
        {"attributed_to": "the police chief", "category": "killed"},
    ),
)

PARTS_AND_PAIRS: tuple[Case, ...] = (
    (
        "part of what somebody has",
        "Some 40 of its 900 shops will close by March.",
        "Some 40",
        {"modality": "planned", "as_of": ("2025-06-12", "2026-03-31")},
    ),
    (
        "the whole that somebody has",
        "Some 40 of its 900 shops will close by March.",
        "900",
        {"modality": "actual", "as_of": None},
    ),
    (
        "outside a country",
        "Ferry fares outside Denmark fell 4%.",
        "4%",
        {"place": None},
    ),
    (
        "a coordinated clause about something else",
        "The reservoir is 69% full, and fuel prices have doubled in Lisbon since last February.",
        "69%",
        {"place": None, "as_of": None},
    ),
    (
        "a coordinated clause about what will be",
        "The club finished 12 points behind and will play in Norway next season.",
        "12",
        {"place": None},
    ),
    (
        "the year of the clause before",
        "Exports were cut to 18 million bales last year, and the ministry now expects 4%.",
        "4%",
        {"as_of": None, "modality": "planned"},
    ),
    (
        "a future that a finite verb does not share",
        "The town said it would pay 60 euros a day and had set aside 4,000 euros.",
        "4,000 euros",
        {"modality": "actual"},
    ),
    (
        "a future that a verb shares whose form does not tell",
        "The mill will close 30 halls and cut 900 jobs in Wales by the end of 2026.",
        "900",
        {"modality": "planned", "as_of": ("2025-06-12", "2026-12-31")},
    ),
    (
        "would in their own words",
        "“I would pay 40 euros for that,” Tomas Lind said.",
        "40 euros",
        {"modality": "possible"},
    ),
    (
        "a clause before a semicolon",
        "Two ferries left; others need fuel.",
        "Two",
        {"modality": "actual"},
    ),
    (
        "the fact in a relative clause under a demand",
        "The court met to consider whether the firm sold a fair that took 11 days.",
        "11 days",
        {"modality": "actual"},
    ),
    (
        "a crew of so many after a list",
        "On board were two Danes, three Swedes and a crew of four.",
        "four",
        {"nationality": None, "counted": "people", "category": "people"},
    ),
    (
        "a unit with a capital",
        "Nurses worked in a heat of 41 degrees Celsius (106 Fahrenheit).",
        "106 Fahrenheit",
        {"place": None},
    ),
    (
        "a distance above something",
        "The hut stands 3,100 metres above the frozen lake.",
        "3,100 metres",
        {"place": None},
    ),
    (
        "what a relative clause takes up after its verb",
        "A team of 50 came. Vans, of which the quay handles up to 900, wait.",
        "up to 900",
        {"counted": "Vans", "category": "equipment"},
    ),
    (
        "a number beside its noun",
        "A team of 50 came. Tractors, some 300 a day, may pass.",
        "some 300",
        {"counted": "Tractors", "category": "equipment"},
    ),
    (
        "a coordinated clause about others of them",
        "Two nuns were killed and several others were hurt in Galle on Monday.",
        "Two",
        {"place": "Galle", "as_of": ("2025-06-09", "2025-06-09")},
    ),
    (
        "the month of what is compared with",
        "The port had 340 sailings in May, against 512 in May 2023.",
        "512",
        {"as_of": ("2023-05-01", "2023-05-31")},
    ),
    (
        "the days of what a price rose from",
        "The price rose to 9 euros, up from less than 5 euros in mid-April.",
        "less than 5 euros",
        {"as_of": ("2025-04-11", "2025-04-20")},
    ),
    (
        "the third since something happened elsewhere",
        (
            "Officials on both sides said 90 captives were freed on Monday, in the third such swap "
            "since rebels crossed into Borno."
        ),
        "90",
        {"place": None},
    ),
    (
        "a place that opens the sentence before, after another's",
        (
            "Two sheds collapsed in Mandalay on Monday. In Bangkok, a tower came down. "
            "Eight roofers were killed."
        ),
        "Eight",
        {"place": "Bangkok"},
    ),
    (
        "a coordinated clause with a counted subject",
        "Five monks were killed and nine were hurt in Galle on Monday.",
        "Five",
        {"place": "Galle", "as_of": ("2025-06-09", "2025-06-09")},
    ),
)

CASES = (*PLACES_AND_DAYS, *TIMES, *SIDES_AND_MODALITY, *TOLLS, *SOURCES, *PARTS_AND_PAIRS)
