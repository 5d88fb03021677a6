"""More sentences written for the reader of clauses, as in ``cases``: lists, tolls, sides, gaps."""

from __future__ import annotations

from tests.transforms.events.cases import Case

PLACES: tuple[Case, ...] = (
    (
        "a list in brackets, also of what is taken for no place",
        "Support was highest in Porto (71%), Braga (66%) and Faro (64%).",
        "64%",
        {"place": "Faro"},
    ),
    (
        "right behind the number, whatever the parse says",
        "The storm flattened 310 homes on Samar and 95 on Leyte.",
        "95",
        {"place": "Leyte"},
    ),
    (
        "the owner of a force is no place",
        "Chile's contingent has grown from 120 to 340.",
        "340",
        {"place": None, "nationality": "CHL", "category": "troops"},
    ),
    (
        "the border with a country",
        "Chad has moved 700 soldiers to the border with Sudan.",
        "700",
        {"place": "the border with Sudan", "nationality": "TCD"},
    ),
    (
        "the place of a holder is not that of the held",
        "Threats were made at the homes of two judges.",
        "two",
        {"place": None},
    ),
    ("in a state, not in a place", "He got 12 years in prison.", "12 years", {"place": None}),
    (
        "a scene has a name",
        "A ferry sank off Zanzibar on Sunday. Nine passengers drowned.",
        "Nine",
        {"place": "Zanzibar", "as_of": ("2025-06-08", "2025-06-08"), "category": "killed"},
    ),
    (
        "a contrasting clause keeps its place",
        "The guard lost 40 men, while Kenya sent a ship.",
        "40",
        {"place": None},
    ),
)

DAYS: tuple[Case, ...] = (
    (
        "the month of a base is its own",
        "Inflation slowed to 3.1 percent in April from 3.9 percent in March.",
        "3.9 percent",
        {"as_of": ("2025-03-01", "2025-03-31")},
    ),
    (
        "so far this year",
        "The park has counted 480 fires so far this year.",
        "480",
        {"as_of": ("2025-01-01", "2025-06-12")},
    ),
    (
        "since a clause with a day",
        "Since the dam burst in March 2024, more than 30,000 people have fled.",
        "more than 30,000",
        {"as_of": ("2024-03-01", "2025-06-12"), "category": "displaced"},
    ),
    (
        "by: from the publication on",
        "The city will plant 9,000 trees by 2027.",
        "9,000",
        {"as_of": ("2025-06-12", "2027-12-31"), "modality": "planned"},
    ),
    (
        "said in a bulletin of a day",
        "The agency said in its Monday bulletin that 60 villages were under water.",
        "60",
        {"as_of": ("2025-06-09", "2025-06-09"), "attributed_to": "The agency"},
    ),
    (
        "a day in the name of an attack is past",
        "The August 9 attack killed 31 people.",
        "31",
        {"as_of": ("2024-08-09", "2024-08-09"), "category": "killed"},
    ),
    (
        "since looks back whatever the tense",
        "The index is up 8% since October.",
        "8%",
        {"as_of": ("2024-10-01", "2025-06-12")},
    ),
)

FATES: tuple[Case, ...] = (
    ("left with a word of state", "The clinic reported 14 wounded.", "14", {"category": "wounded"}),
    ("lives lost", "Eight lost their lives in the crash.", "Eight", {"category": "killed"}),
    ("lives claimed", "The fever has claimed 300 lives.", "300", {"category": "killed"}),
    ("a total of", "A total of 900 were evacuated.", "900", {"category": "displaced"}),
    (
        "made to flee",
        "The fire forced 4,000 residents to flee their homes.",
        "4,000",
        {"category": "displaced"},
    ),
    (
        "including",
        "Police arrested 52 people, including six minors, after the match.",
        "six",
        {"category": "detained"},
    ),
    (
        "the dead include",
        "The dead include three nurses and a driver.",
        "three",
        {"category": "killed"},
    ),
    (
        "were among the wounded",
        "Two guards and a cook were among the wounded.",
        "Two",
        {"category": "wounded"},
    ),
    ("those killed", "Five of those killed were pilgrims.", "Five", {"category": "killed"}),
    ("put the dead at", "The mayor put the dead at 63.", "63", {"category": "killed"}),
    (
        "the last antecedent that fits the verb",
        "Gunmen stole two lorries with 12 drivers. Five escaped.",
        "Five",
        {"category": "people"},
    ),
    (
        "missing, of what was counted as dead",
        "The board counted nine fatalities. Two were missing.",
        "Two",
        {"category": "missing"},
    ),
    (
        "coordinated with the subject, not with an object",
        "Fire has destroyed the mill and 30 were hurt.",
        "30",
        {"category": "wounded"},
    ),
    ("a team of", "She led the team of nine.", "nine", {"category": "people"}),
    ("an age behind a noun", "The driver, 31, was arrested.", "31", {"category": "age"}),
    (
        "what a relative pronoun stands for",
        "Drones, 18 of which were shot down, came from the sea.",
        "18",
        {"category": "munitions"},
    ),
)

SIDES: tuple[Case, ...] = (
    (
        "given to whom",
        "Japan has sent Laos 25 Hino trucks.",
        "25",
        {"nationality": "JPN", "category": "equipment"},
    ),
    ("gapped", "Peru sent 40 tanks and Chile 25.", "25", {"nationality": "CHL"}),
    (
        "gapped: the first keeps its own",
        "Peru sent 40 tanks and Chile 25.",
        "40",
        {"nationality": "PER", "place": None},
    ),
    (
        "not, as a correction",
        "He said that 60 soldiers had died, not 600.",
        "600",
        {"modality": "denied"},
    ),
    (
        "would, as it was said",
        "Oslo said it would send 14 boats.",
        "14",
        {"modality": "planned", "attributed_to": "Oslo"},
    ),
    ("should", "Riga should buy 30 guns.", "30", {"modality": "possible"}),
    (
        "ready to",
        "Madrid is ready to send 90 doctors.",
        "90",
        {"modality": "possible"},
    ),
    (
        "no evidence that",
        "There is no evidence that 70 rebels crossed the river.",
        "70",
        {"modality": "denied"},
    ),
    ("the two sides", "The two sides could meet.", "two", {"modality": "actual"}),
    (
        "noting that",
        "The minister said sales reached 2 million in 2023, noting that 40 firms had closed.",
        "40",
        {"attributed_to": "The minister"},
    ),
    (
        "a verb taken for a noun",
        "The rebels lost 900 men, Dutch intelligence estimates.",
        "900",
        {"attributed_to": "Dutch intelligence"},
    ),
    (
        "a figure that somebody gave",
        "Police gave a figure of eight.",
        "eight",
        {"attributed_to": "Police"},
    ),
)

CASES = (*PLACES, *DAYS, *FATES, *SIDES)
