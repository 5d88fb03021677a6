"""Sentences about what a story tells on, blames, and says by the way, as in ``cases``."""

from __future__ import annotations

from tests.transforms.events.cases import Case

DAYS: tuple[Case, ...] = (
    (
        "what killed them dates the dead",
        "Nine people have died after a roof fell in at a market in Lima on Wednesday.",
        "Nine",
        {"as_of": ("2025-06-11", "2025-06-11"), "category": "killed"},
    ),
    (
        "a day before the dated clause is not that day",
        "Crowds clashed with police on Tuesday, a day after three nurses were shot dead in Leeds.",
        "three",
        {"as_of": ("2025-06-09", "2025-06-09"), "category": "killed"},
    ),
    (
        "what is asked for on a day is not done on it",
        "The union asked a court on Monday to lift the ban on 400 drivers.",
        "400",
        {"as_of": None},
    ),
    (
        "what is vowed on a day is not done on it",
        "Norway pledged on Thursday to send 30 medics.",
        "30",
        {"as_of": None, "modality": "planned"},
    ),
    (
        "blamed for what was done at another time",
        "Two men accused of the bombing of May 2019 are in custody.",
        "Two",
        {"as_of": None},
    ),
    (
        "a rise over the year before is this year's",
        "The budget is 9 percent up, a rise of 40 million euros over the previous year.",
        "40 million euros",
        {"as_of": None},
    ),
    (
        "the day of a level that no verb left",
        "A ticket was up from 60 cents on Friday.",
        "60 cents",
        {"as_of": ("2025-06-06", "2025-06-06")},
    ),
    (
        "shares told on from a day",
        "Asian markets rose on Monday. The Kospi gained 1.4 percent.",
        "1.4 percent",
        {"as_of": ("2025-06-09", "2025-06-09")},
    ),
    (
        "told on from a day, with the day of something else between",
        "Asian markets rose on Monday. It follows a high on Friday. Tokyo gained 2 percent.",
        "2 percent",
        {"as_of": ("2025-06-09", "2025-06-09")},
    ),
    (
        "the rescue of a story is on its day",
        "A mill burned down in Split on Sunday. Some 80 firemen were called out.",
        "Some 80",
        {"as_of": ("2025-06-08", "2025-06-08"), "place": "Split"},
    ),
    (
        "what went on at a place then",
        "The tour ended on Tuesday in Cork, where the band played for 9,000 fans.",
        "9,000",
        {"as_of": ("2025-06-10", "2025-06-10")},
    ),
    (
        "the best of a year is not its date",
        "One of last year's most watched films has made 90 million dollars.",
        "90 million dollars",
        {"as_of": None},
    ),
    (
        "among those hurt on a day",
        "One nurse was among those hurt in Monday's blast.",
        "One",
        {"as_of": ("2025-06-09", "2025-06-09"), "category": "wounded"},
    ),
)

PLACES: tuple[Case, ...] = (
    (
        "the site takes up the scene",
        "A tower fell in Baku on Friday. At least 14 people have been pulled from the site.",
        "At least 14",
        {"place": "Baku"},
    ),
    (
        "what is given is where it goes",
        "Oslo will give 25 lorries to Moldova.",
        "25",
        {"place": "Moldova"},
    ),
    (
        "what happened long ago has another scene",
        "A bomb exploded in Paris on Sunday. In 1996 a bomb killed 12 people.",
        "12",
        {"place": None},
    ),
    (
        "on track, not at a track",
        "The film is on track to make $80 million.",
        "$80 million",
        {"place": None},
    ),
    (
        "points of an index are nowhere",
        "Stocks slid in Seoul on Monday. The index lost 31 points.",
        "31",
        {"place": None},
    ),
)

CATEGORIES: tuple[Case, ...] = (
    (
        "a second verb of the same subject",
        "Three gunmen were cornered and were killed in the raid.",
        "Three",
        {"category": "killed"},
    ),
    (
        "hurt before, ill now",
        "Two women remain in a coma after being wounded in the attack.",
        "Two",
        {"category": "wounded"},
    ),
    ("the murder of", "He confessed to the murder of 16 people.", "16", {"category": "killed"}),
    (
        "others are whoever the verb tells of",
        "The flood forced thousands of others to flee.",
        "thousands",
        {"category": "displaced"},
    ),
    (
        "helpers are no troops",
        "Some 200 nurses were deployed to the coast.",
        "Some 200",
        {"category": "people"},
    ),
    (
        "the noun behind another's name",
        "Shares of two of the market's most prominent banks fell.",
        "two",
        {"counted": "market's most prominent banks"},
    ),
)

SOURCES: tuple[Case, ...] = (
    (
        "a source between two clauses speaks for both",
        "Two patients have died, the agency said in a notice, and 28 have fallen ill.",
        "28",
        {"attributed_to": "the agency"},
    ),
    (
        "a clause of time says when, not who",
        "The company paid 12 million euros when it admitted to fraud.",
        "12 million euros",
        {"attributed_to": None},
    ),
    (
        "a report in brackets stays there",
        "Losses are high (the ministry said 700 had fallen), and the army offers 20,000 euros.",
        "20,000 euros",
        {"attributed_to": None},
    ),
    (
        "those who are the source",
        "Guards beat inmates, according to a suit filed by four prisoners.",
        "four",
        {"attributed_to": None},
    ),
    (
        "said in a relative clause without pronoun",
        "Profit was 3 billion dollars, above the 2 billion dollars that analysts had forecast.",
        "2 billion dollars",
        {"attributed_to": "analysts"},
    ),
)

MODALITIES: tuple[Case, ...] = (
    (
        "a capacity is there",
        "Each tank has a capacity of 900 litres.",
        "900 litres",
        {"modality": "actual"},
    ),
    (
        "scheduled in the passive",
        "Around 50 bands are scheduled to play.",
        "Around 50",
        {"modality": "planned"},
    ),
    (
        "the level that a plan comes to",
        "Chad will send 35 doctors, taking the total to 80.",
        "80",
        {"modality": "planned"},
    ),
    (
        "what a forecast is compared with is there",
        "Profit would be lower than the 91 cents a share it earned in 2023.",
        "91 cents a share",
        {"modality": "actual"},
    ),
    (
        "those of two towns did not answer",
        "Officials in two towns did not respond.",
        "two",
        {"modality": "actual"},
    ),
)

BY_THE_WAY: tuple[Case, ...] = (
    (
        "a survey suggests, and asks for nothing",
        "A survey suggests 69 percent of pensioners always vote.",
        "69 percent",
        {"modality": "actual"},
    ),
    (
        "if not so many",
        "Thousands, if not a million people, could be driven out.",
        "a million",
        {"modality": "possible"},
    ),
    (
        "offered for two things with one verb",
        "The firm has offered rises of 3 percent in wages and 2 percent in benefits.",
        "2 percent",
        {"modality": "possible"},
    ),
    (
        "what a plan leaves is there",
        "The bank will lift its dividend to 70 cents from 55 cents.",
        "55 cents",
        {"modality": "actual"},
    ),
    (
        "since what happened then",
        "The corps says 91 of its drivers have been killed since the invasion in March 2024.",
        "91",
        {"as_of": ("2024-03-01", "2025-06-12")},
    ),
    (
        "who investigates a blast does so on another day",
        "On Friday police began to examine the blasts which killed 250 people.",
        "250",
        {"as_of": None},
    ),
    (
        "a quotation that goes on with a new mark",
        'The mayor said: "It was a bad night. "Six men came over the wall.',
        "Six",
        {"attributed_to": "The mayor"},
    ),
    (
        "are on a list of the missing",
        "Nine hikers died and a further three are on the missing list.",
        "three",
        {"category": "missing"},
    ),
    (
        "the country that takes people in",
        "Moldova has accepted 90,000 refugees.",
        "90,000",
        {"place": "Moldova"},
    ),
    (
        "a level whose noun is left out",
        "France's contingent has grown from 300 to 900 and Italy's from 350 to 385.",
        "385",
        {"nationality": "ITA", "category": "troops"},
    ),
    (
        "a bracket says the same in another money",
        "In Kenya the bank lost $40 million (31 million pounds) in 2023, the regulator said.",
        "31 million pounds",
        {
            "place": "Kenya",
            "as_of": ("2023-01-01", "2023-12-31"),
            "attributed_to": "the regulator",
        },
    ),
    (
        "the economy spoken of",
        "The economy of Japan is ailing. Gross domestic product shrank by 0.4 percent.",
        "0.4 percent",
        {"place": "Japan"},
    ),
)

CASES = (*DAYS, *PLACES, *CATEGORIES, *SOURCES, *MODALITIES, *BY_THE_WAY)
