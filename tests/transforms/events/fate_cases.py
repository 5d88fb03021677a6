"""Sentences written for what happened to the counted, whose they are and how sure it is."""

from __future__ import annotations

from tests.transforms.events.cases import Case

KNOWN: tuple[Case, ...] = (
    ("the known", "The deal could split the two parties.", "two", {"modality": "actual"}),
    ("the known, of an owner", "Rust may ruin its six cranes.", "six", {"modality": "actual"}),
    (
        "the known, to whom something may happen",
        "The frost could kill the 40 herders.",
        "40",
        {"modality": "possible"},
    ),
    (
        "the known that are to come",
        "The king's two vans will be rebuilt.",
        "two",
        {"modality": "planned"},
    ),
    (
        "a subject of what is negated",
        "Eleven of the weavers did not come home.",
        "Eleven",
        {"modality": "actual"},
    ),
    (
        "an object of what is negated",
        "The mill did not hire 40 weavers.",
        "40",
        {"modality": "denied"},
    ),
    (
        "who says so",
        "The ferry could sail within a week, three pilots said.",
        "three",
        {"modality": "actual"},
    ),
    (
        "a name and what explains it",
        "Ann Berg, 44, has not said what she wants.",
        "44",
        {"modality": "actual"},
    ),
    (
        "beside the clause",
        "The mayor denied that the dam leaked despite photos of 12 cracks.",
        "12",
        {"modality": "actual"},
    ),
    (
        "how long somebody asked",
        "The union had pressed the mill for six months to raise its wages.",
        "six months",
        {"modality": "actual"},
    ),
    (
        "the first in so many years",
        "That would be the worst flood in 40 years.",
        "40 years",
        {"modality": "actual"},
    ),
    (
        "not guilty",
        "The skipper pleaded not guilty to nine charges.",
        "nine",
        {"modality": "actual"},
    ),
    (
        "what is told of another verb in the past",
        "The board agreed to wait and sold 14 barges.",
        "14",
        {"modality": "actual"},
    ),
)

UNSURE: tuple[Case, ...] = (
    (
        "expects it to",
        "The bank expects Peru to grow 3% next year.",
        "3%",
        {"modality": "planned"},
    ),
    ("predicted to", "The frost is predicted to kill 900 sheep.", "900", {"modality": "planned"}),
    ("likely to", "The mill is likely to hire 40 weavers.", "40", {"modality": "possible"}),
    (
        "probably",
        "More than 700 sheep were probably killed in the flood.",
        "More than 700",
        {"modality": "possible"},
    ),
    (
        "who certainly did what",
        "Six men found dead in a cabin likely drank bad wine.",
        "Six",
        {"modality": "actual", "category": "killed"},
    ),
    (
        "the idea that they would",
        "The idea that 500 soldiers would cross the river is mad.",
        "500",
        {"modality": "possible"},
    ),
    ("proposed", "The port ended talks on a proposed $40 million pier.", "$40 million", {
        "modality": "planned"
    }),
    (
        "whether",
        "Doctors do not know whether the fever killed 14 horses.",
        "14",
        {"modality": "possible"},
    ),
    ("not yet over", "The number of cases has not yet exceeded 20.", "not yet exceeded 20", {
        "modality": "actual"
    }),
)  # fmt: skip

FATES: tuple[Case, ...] = (
    (
        "who does it suffers nothing",
        "Five rangers arrested a poacher.",
        "Five",
        {"category": "people"},
    ),
    (
        "their bodies",
        "Divers found the bodies of 20 sailors near Split.",
        "20",
        {"category": "killed"},
    ),
    (
        "their lives",
        "The quake claimed the lives of about 140 villagers.",
        "about 140",
        {"category": "killed"},
    ),
    (
        "taken, then killed",
        "Eleven monks were taken hostage and murdered.",
        "Eleven",
        {"category": "killed"},
    ),
    (
        "a number taken for the object of a preposition",
        "The storm killed 40 Cubans and injured over 90.",
        "over 90",
        {"category": "wounded"},
    ),
    (
        "each its own verb",
        "Some 700 men caught the fever this year, and at least 90 died.",
        "at least 90",
        {"category": "killed"},
    ),
    (
        "the same, the first",
        "Some 700 men caught the fever this year, and at least 90 died.",
        "Some 700",
        {"category": "people"},
    ),
    (
        "along with",
        "The villagers fled along with 300 guests.",
        "300",
        {"category": "displaced"},
    ),
    (
        "in what state",
        "Seven of the climbers were in critical condition.",
        "Seven",
        {"category": "wounded"},
    ),
    (
        "believed to be captive",
        "There are eight nurses believed to be captive in Mali.",
        "eight",
        {"category": "captured"},
    ),
    ("deported", "Riga deported 40 weavers.", "40", {"category": "displaced"}),
    ("sentenced", "Nine men were sentenced to prison in Lima.", "Nine", {"category": "detained"}),
    (
        "the number of them rose by",
        "The number of refugees in Chad rose by 4,000 people.",
        "4,000",
        {"category": "displaced"},
    ),
    (
        "leaping from",
        "Deaths have doubled in the county, leaping from 154 to 310.",
        "154",
        {"category": "killed"},
    ),
    ("of us", "Thousands of us swim in the lake.", "Thousands", {"category": "people"}),
    (
        "the two",
        "Ann Berg will meet Carlos Vega. The two worked in Quito.",
        "two",
        {"category": "people"},
    ),
    ("others", "Two others were charged with theft.", "Two", {"category": "people"}),
    ("who", "There were hundreds who had lost a goat.", "hundreds", {"category": "people"}),
    (
        "part of an owner's things",
        "Nine of Malta's 30 clinics are shut.",
        "Nine",
        {"category": "places"},
    ),
    ("bombers", "Two bombers flew over the bay.", "Two", {"category": "equipment"}),
    (
        "suicide bombers",
        "Two suicide bombers blew up a bridge.",
        "Two",
        {"category": "people"},
    ),
)

SIDES: tuple[Case, ...] = (
    (
        "a list of what is lost",
        "Chad has lost 900 soldiers, more than 70 tanks, and 12 guns.",
        "12",
        {"nationality": "TCD"},
    ),
    (
        "with so many",
        "Peru has ringed the valley with 3,000 troops.",
        "3,000",
        {"nationality": "PER"},
    ),
    (
        "the mobilisation of",
        "The Peruvian leader ordered the mobilisation of 3,000 reservists.",
        "3,000",
        {"nationality": "PER"},
    ),
    (
        "some of its own",
        "Oslo said Norway would send 14 of its tanks.",
        "14",
        {"nationality": "NOR"},
    ),
    (
        "it says that it lost",
        "Chad said it had lost 130 soldiers.",
        "130",
        {"nationality": "TCD"},
    ),
    (
        "of an army",
        "The nine Israel Defense Forces trucks stood in the rain.",
        "nine",
        {"nationality": "ISR"},
    ),
    (
        "of a level, the noun left out",
        "Chile's contingent grew to 340. Peru has sent 210.",
        "210",
        {"nationality": "PER", "category": "troops"},
    ),
)

MORE: tuple[Case, ...] = (
    ("a headline", "Malta to send 40 nurses to Haiti", "40", {"modality": "planned"}),
    (
        "what is over and goes to a level",
        "Rust raised its prices from $40 to $60 on Monday.",
        "$40",
        {"modality": "actual"},
    ),
    ("due", "The first 31 boats are due in the autumn.", "31", {"modality": "planned"}),
    ("feared", "As many as 200 men are feared dead.", "As many as 200", {"modality": "possible"}),
    ("fears that", "The mayor fears that 200 men died.", "200", {"modality": "possible"}),
    (
        "an army that grows by",
        "Chad wants to increase troop numbers by 17,000.",
        "17,000",
        {"category": "troops", "modality": "planned"},
    ),
    (
        "those of a noun for what happens to people",
        "The kidnapping of 200 girls shook the town.",
        "200",
        {"category": "captured"},
    ),
    ("hired", "Chad recruited 300 soldiers.", "300", {"category": "troops"}),
    (
        "part of those who fled",
        "Some 900 people fled to Kenya, including 40 who had walked for days.",
        "40",
        {"category": "displaced"},
    ),
    (
        "amassing",
        "Chad has closed the road, amassing thousands of troops.",
        "thousands",
        {"nationality": "TCD"},
    ),
    (
        "an offer that is rejected",
        "The club rejected an offer of $40 million.",
        "$40 million",
        {"modality": "possible"},
    ),
)

CASES = (*MORE, *KNOWN, *UNSURE, *FATES, *SIDES)
