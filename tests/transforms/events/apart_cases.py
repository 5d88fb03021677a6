"""Sentences whose place or day is that of something else beside the figure, as in ``cases``."""

from __future__ import annotations

from tests.transforms.events.cases import Case

PLACES: tuple[Case, ...] = (
    (
        "talks to come are not where the dead are",
        "Talks will resume in Oman next week. Fourteen people were killed on Monday.",
        "Fourteen",
        {"place": None},
    ),
    (
        "how far a place is from another sets no scene",
        "The mill stood 40 km from Hamburg. It made 300 rugs a year.",
        "300",
        {"place": None},
    ),
    (
        "soldiers are not in the country they are of",
        "Norway sent 400 US troops into the desert.",
        "400",
        {"place": "the desert", "nationality": "USA"},
    ),
    (
        "a town before the country of citizens",
        "Two US citizens were found dead inside a hotel room in central Hanoi on Monday.",
        "Two",
        {"place": "Hanoi"},
    ),
    (
        "countries are in no capital",
        "Several Asian nations have raised the pay of conscripts amid Tehran's mounting threat.",
        "Several",
        {"place": None},
    ),
    (
        "leaders of countries meet in a town",
        "Envoys of six countries met in Geneva on Monday.",
        "six",
        {"place": "Geneva"},
    ),
    (
        "days after an event elsewhere",
        "Two days after the raid in Lota, a bomb went off at a market, killing seven.",
        "seven",
        {"place": "a market"},
    ),
    (
        "what goes on everywhere is not at the scene",
        "The clinic opened in Accra in May. Measles killed 40,000 people worldwide in 2022.",
        "40,000",
        {"place": None},
    ),
    (
        "the town's people live in the town",
        "In Talca, fires spread. The town's 5,000 residents fled on Monday.",
        "5,000",
        {"place": "Talca"},
    ),
    (
        "what comes under attack is the place",
        "Gulu has come under repeated attacks, including a strike on May 14 which killed 90.",
        "90",
        {"place": "Gulu", "as_of": ("2025-05-14", "2025-05-14")},
    ),
    (
        "a participle goes on with what a town does",
        "The town of Lota, which gives the drink its name, is a port, receiving 40 ships a week.",
        "40",
        {"place": "The town of Lota"},
    ),
    (
        "a country draws visitors",
        "Peru drew 14 million visitors last year.",
        "14 million",
        {"place": "Peru"},
    ),
    (
        "which has so many is where they are",
        "The ship passed Gulu, which has 40 clinics.",
        "40",
        {"place": "Gulu"},
    ),
    (
        "a navy is not in its country",
        "A ship took the U.S. navy's drone for an enemy and launched two missiles.",
        "two",
        {"place": None},
    ),
    (
        "somebody new has what no scene has",
        "Crowds of angry people met in Lima on Monday. Ana Berg has three children.",
        "three",
        {"place": None},
    ),
)
DAYS: tuple[Case, ...] = (
    (
        "there were arrests: no state of the day they were told of",
        "There had been 71 arrests, the group said on Monday.",
        "71",
        {"as_of": None},
    ),
    (
        "those among the dead are no state either",
        "Six people, including two nurses, were found dead in a hotel, police said on Monday.",
        "two",
        {"as_of": None},
    ),
    (
        "a day behind what an attack was aimed at",
        "Nine people were hurt in a rampage targeting a dance class in Tamale on Monday.",
        "Nine",
        {"as_of": ("2025-06-09", "2025-06-09")},
    ),
    (
        "the day of what is recalled later",
        "Five people died in raids in Gulu. The war began in March 2023, when rebels killed 40.",
        "Five",
        {"as_of": None},
    ),
    (
        "who says so at the end said it that day",
        "Five died in Lota and two in Talca, the head of the agency, Ana Ruiz, told us on Tuesday.",
        "Five",
        {"as_of": None},
    ),
    (
        "what a blaze has burned is not of the day it began",
        "The blaze, which has burned 28,000 acres, began on May 17 near Lota.",
        "28,000 acres",
        {"as_of": None},
    ),
    (
        "what an outage has left is not what is expected",
        "Delays are expected on Saturday after an outage that has left thousands stranded.",
        "thousands",
        {"as_of": None},
    ),
    (
        "the year of a treaty",
        "The force consists of 54,000 soldiers stationed in Japan under a 1960 treaty.",
        "54,000",
        {"as_of": None, "place": "Japan"},
    ),
    (
        "a quotation goes on with nothing outside it",
        'The mayor quit on Sunday. "She was chosen by 14,000 people," the speaker said.',
        "14,000",
        {"as_of": None},
    ),
    (
        "since then up to the publication",
        "Rebels stormed the town on May 7. The army has since killed 390 people.",
        "390",
        {"as_of": ("2025-05-07", "2025-06-12")},
    ),
    (
        "at the time of another event",
        "The clerk was arrested on Monday. He lived there with three men at the time of the fire.",
        "three",
        {"as_of": None},
    ),
    (
        "a winter that another clause is about",
        "Several villages have no water, as a dry winter has emptied the wells.",
        "Several",
        {"as_of": None},
    ),
    (
        "this year through a day",
        "Shares have risen 12 percent this year through Tuesday's close.",
        "12 percent",
        {"as_of": ("2025-01-01", "2025-06-10")},
    ),
    (
        "what a survey found is of the days it was taken",
        "A survey taken in late May found that 40 percent of the nurses smoke.",
        "40 percent",
        {"as_of": ("2025-05-21", "2025-05-31")},
    ),
    (
        "what a speech echoes was at another time",
        "She called the crowd one big family, echoing a speech of the summer of 2019.",
        "one",
        {"as_of": None},
    ),
)
CASES: tuple[Case, ...] = (*PLACES, *DAYS)
