"""Sentences about what holds over sentences and what does not, as in ``cases``."""

from __future__ import annotations

from tests.transforms.events.cases import Case

PLACES: tuple[Case, ...] = (
    (
        "a town before what explains it",
        "The boat came to Key West, Florida, where officers arrested two smugglers.",
        "two",
        {"place": "Key West"},
    ),
    (
        "where something is, not how far it is from elsewhere",
        "A coach fell off a road in Puno, about 90 miles from Cusco, killing 12 people.",
        "12",
        {"place": "Puno"},
    ),
    (
        "a noun for a place with its name behind it",
        "Nine people drowned in a creek near Kenya's market town of Narok.",
        "Nine",
        {"place": "market town of Narok"},
    ),
    (
        "those who speak are nowhere",
        "A storm hit Beira on Monday. Two sources told the paper that the roof was old.",
        "Two",
        {"place": None, "as_of": None},
    ),
    (
        "the two countries are no place of themselves",
        "Talks opened in Vienna on Monday. Trade between the two countries has grown.",
        "two",
        {"place": None},
    ),
    (
        "a country before an attack does it",
        "Several nations condemned Iran's overnight strike.",
        "Several",
        {"place": None},
    ),
    (
        "those who clash are not where they do",
        "The clash between India and Pakistan killed 12 soldiers.",
        "12",
        {"place": None},
    ),
    (
        "the country of one sentence, the town of the one before",
        (
            "Officers injured two men at a hall in Leeds. It set off a row over crime in Britain. "
            "Earlier, three officers had been injured."
        ),
        "three",
        {"place": "Leeds"},
    ),
    (
        "a story that leaves its place",
        "A blaze destroyed a mill in Lota. Meanwhile, the court freed 40 prisoners.",
        "40",
        {"place": None},
    ),
    (
        "somebody new is not where the story was",
        "Ana Ruiz held a rally in Riga. The writer has 40 followers.",
        "40",
        {"place": None},
    ),
    (
        "a pronoun for a thing stays where it was",
        "The choir sang in Riga. It performed 40 songs.",
        "40",
        {"place": "Riga"},
    ),
    (
        "what still goes on after harm",
        "A quake hit Puno. The ministry said 26 villages were still cut off.",
        "26",
        {"place": "Puno"},
    ),
    (
        "those who come to where harm was done",
        "A bomb went off in Lota and killed nine. Some 40 nurses came.",
        "Some 40",
        {"place": "Lota"},
    ),
    (
        "a known thing is where it is said to be, not where else its sentence is",
        "The club that he left for Riga in May has a new hall. The club hired 40 trainers.",
        "40",
        {"place": None},
    ),
    (
        "a thing that is a place by its name",
        "Ships waited off the Port of Riga.\nThe port hired 40 pilots.",
        "40",
        {"place": "Port of Riga"},
    ),
    (
        "those who come, in a paragraph of their own",
        "A ferry sank off Split on Sunday.\nTwo tugs towed it to the pier.",
        "Two",
        {"place": "Split"},
    ),
    (
        "a duration is where it is said to be",
        "In Riga, shops stayed closed. The strike took 40 days.",
        "40 days",
        {"place": None},
    ),
    (
        "an event that only a clause inside names",
        (
            "The attack on Lota killed nine. The mayor wept. The panel heard two clerks of a firm "
            "that sold maps before the attack."
        ),
        "two",
        {"place": None},
    ),
    (
        "where part of them are",
        "Some 40 prisons are full, half of them in Cebu.",
        "Some 40",
        {"place": None},
    ),
    (
        "part of them",
        "Some 40 prisons are full, half of them in Cebu.",
        "half",
        {"place": "Cebu"},
    ),
    (
        "freed from somewhere",
        "The army has freed 90 inmates from a jail in Arusha.",
        "90",
        {"place": "a jail in Arusha"},
    ),
    (
        "a place whose clause says more of it",
        "Haiti wants to move 800 people from the hills of Jacmel, where mud has buried 70 huts.",
        "70",
        {"place": "Jacmel"},
    ),
    (
        "a place where something will be",
        (
            "The fair opens on Friday at the Expo Hall in Turin, where the city expects that 9,000 "
            "visitors will come."
        ),
        "9,000",
        {"place": "Expo Hall"},
    ),
    (
        "what is rescued belongs to the harm that was told of",
        (
            "A ferry sank off Mombasa on Sunday. The owner has not commented. "
            "Some 30 people were rescued by fishermen."
        ),
        "Some 30",
        {"place": "Mombasa", "as_of": ("2025-06-08", "2025-06-08")},
    ),
    (
        "what was burned too",
        (
            "A wildfire broke out near Izmir on Sunday. The wind has turned. "
            "It has burned 400 hectares."
        ),
        "400 hectares",
        {"place": "Izmir"},
    ),
    (
        "where those are taken who were rescued is not where they were",
        "Those rescued are to be taken to a clinic in Lagos. Some 30 people were rescued.",
        "Some 30",
        {"place": None},
    ),
    (
        "a prison sentence and a fine",
        "He faces five years in prison and a $900 fine.",
        "$900",
        {"place": None},
    ),
    (
        "the town of a governor is not where things are",
        "Utah's governor met 30 farmers.",
        "30",
        {"place": None},
    ),
    (
        "in front of those who are somewhere",
        "She won her second title in front of 16,000 fans at Kelso Park.",
        "16,000",
        {"place": "Kelso Park"},
    ),
    (
        "the known thing that was told of before",
        (
            "In Tirana, builders have shown a plan for a tower. It took a year to draw. "
            "The tower will have two halves."
        ),
        "two",
        {"place": "Tirana"},
    ),
    (
        "the state of a governor with his name is not where things are",
        "The race has seen three rivals: former Ohio Gov. Ann Berg and two farmers.",
        "three",
        {"place": None},
    ),
    (
        "what crosses a sea is not measured there",
        "The line crosses the Baltic Sea and earns 40 million euros.",
        "40 million euros",
        {"place": None},
    ),
    (
        "what runs on after a clause is another story",
        "The army has 90,000 men, it is untried: its last war was an invasion of Chad in 1987.",
        "90,000",
        {"place": None, "as_of": None},
    ),
)

TIMES: tuple[Case, ...] = (
    (
        "the day of a source is that of saying",
        "The spill killed 40 swans, according to a Saturday post from the council.",
        "40",
        {"as_of": None},
    ),
    (
        "since a clause with more verbs",
        (
            "Some 900 people have been killed in Gaza since Israel began shelling it after a raid "
            "of October 7, 2023."
        ),
        "Some 900",
        {"as_of": ("2023-10-07", "2025-06-12")},
    ),
    (
        "the period of the level that was left",
        "The share of renters is up from 2.4% at the end of 2021 to 3.4% in May.",
        "2.4%",
        {"as_of": ("2021-09-01", "2021-12-31")},
    ),
    (
        "a time that nobody can tell is not that of the sentence before",
        (
            "A raid on Hama killed nine people on Monday. "
            "Some 80 fighters have been killed in recent fighting."
        ),
        "Some 80",
        {"as_of": None},
    ),
    (
        "those who are dead died on the day of the harm, not of saying",
        "At least nine people are dead, police said on Wednesday. The boat sank on Monday.",
        "At least nine",
        {"as_of": ("2025-06-09", "2025-06-09")},
    ),
    (
        "of what came before",
        "After opening talks in March 2022, the three firms agreed to merge.",
        "three",
        {"as_of": None},
    ),
    (
        "the year of a thing told by the way",
        "Thousands of people came to the rally in Ohio, part of her 2024 drive.",
        "Thousands",
        {"as_of": None},
    ),
    (
        "what comes of what a relative clause tells",
        "The driver who ploughed into a shop on Friday, killing four people, is in custody.",
        "four",
        {"as_of": ("2025-06-06", "2025-06-06")},
    ),
    (
        "a murder that is known was done on its day",
        (
            "A gunman opened fire at a farm in Lota on Monday. "
            '"We are appalled by the murder of five people," the mayor said.'
        ),
        "five",
        {"as_of": ("2025-06-09", "2025-06-09"), "place": "Lota"},
    ),
    (
        "what is added to what was told",
        "Two clerks were on Monday granted parole. A guard was also fined $5,000.",
        "$5,000",
        {"as_of": ("2025-06-09", "2025-06-09")},
    ),
    (
        "the day on which riots began is not that of all they did",
        "Some 49 officers were injured in the riots. The riots began on Saturday.",
        "Some 49",
        {"as_of": None},
    ),
    (
        "over what was done at another time",
        "A court jailed seven guards on Thursday over the killing of a boy in May 2017.",
        "seven",
        {"as_of": ("2025-06-12", "2025-06-12")},
    ),
    (
        "ten years before what is compared",
        "There are now 13,000 sailors in Kiel, against 18,500 sailors ten years ago.",
        "18,500",
        {"as_of": ("2015-01-01", "2015-12-31")},
    ),
    (
        "at once with what was on a day",
        "While the storm moved north on Sunday, a wall fell on a van, killing nine men.",
        "nine",
        {"as_of": ("2025-06-08", "2025-06-08")},
    ),
    (
        "what they had last year",
        "The lakes now hold a third of what they had last year.",
        "a third",
        {"as_of": None},
    ),
    (
        "an offer that was refused on a day",
        "The league on Wednesday refused an offer to match a $9 million bid.",
        "$9 million",
        {"as_of": None},
    ),
    (
        "from one day to another",
        "Some 360 members held talks from Monday to Wednesday in Oslo.",
        "Some 360",
        {"as_of": ("2025-06-09", "2025-06-11")},
    ),
    (
        "what they have now and what came then",
        "They share three daughters and welcomed a son in 2023.",
        "three",
        {"as_of": None},
    ),
    (
        "listed in brackets",
        "Sales reached 90 tonnes in May, led by pears (40 tonnes) and plums (12 tonnes).",
        "12 tonnes",
        {"as_of": ("2025-05-01", "2025-05-31")},
    ),
    (
        "how things are is not how they were",
        "Inflation slowed to 3% in May, but 52 percent of the people remain poor.",
        "52 percent",
        {"as_of": None},
    ),
    (
        "over the first days of something",
        (
            "The party adopted its rules on Wednesday. "
            "In the first few days of her campaign, she won the backing of hundreds of mayors."
        ),
        "hundreds",
        {"as_of": None},
    ),
)

CASES = (*PLACES, *TIMES)
