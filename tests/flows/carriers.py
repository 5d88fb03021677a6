"""A story, its carriers and its follow-up as files, written for the tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

TITLE = "Hillside buries houses above Sorel"
BODY = (
    "SOREL, March 4 - At least 14 people were killed on Tuesday when a hillside gave way above "
    'the town of Sorel, the regional government said. "We heard it before we saw it," said Ana '
    "Merle, who keeps the bakery on the market square. Rescuers pulled 23 people from the mud and "
    "took them to hospitals on the coast. The slide destroyed 40 houses and cut the road to the "
    "port of Brenna. Governor Paul Odran said that the road would stay closed until March 20.\n\n"
    "It had rained for six days in the valley. Geologists of the university in Brenna had warned "
    "in January that the slope was moving, and the council had ordered a wall that nobody has "
    "built so far. The army sent 200 soldiers with shovels and dogs, and Interior Minister Clara "
    "Benz flew to the town on Tuesday night. A bank promised 3 million euros for the families."
)
LATER = BODY.replace("At least 14", "At least 17").replace("pulled 23", "pulled 29")
FERRIES = (
    "LISSA, March 4 - The ferries between Lissa and the mainland will stop for two weeks, the "
    "harbour office said on Tuesday. Three of the five boats have to be repaired after a winter "
    "of storms, and the yard on the mainland has room for one at a time. The 4,300 people who live "
    "on the island will be served by a freighter that takes 60 passengers a day. Mayor Tom Hale "
    "said that the school would hold its lessons by radio. The company expects to lose 1.2 million "
    "euros, and it does not rule out that fares will rise by 5 percent in summer."
)
CREDIT = f"(Coast Press) - {BODY}\n\nReporting by the desk in Brenna; editing by Lea Voss."
LOCAL = (
    "The town hall of Brenna opened its sports hall for those who lost their homes, and 60 beds "
    "stood ready by the evening, a spokeswoman told this paper."
)
CURLY = (
    BODY.replace('"We', "“We").replace('it,"', "it,”").replace(" - ", " — ").replace("\n\n", "\n")
)
TRIMMED = BODY.rpartition("\n\n")[0]
ONE_WORD = BODY.replace("bakery", "teahouse")

#: Of each file: day and time of publication, headline, body.
STORY: Mapping[str, tuple[str, str, str]] = {
    "original": ("2025/03/04 18:00", TITLE, BODY),
    "word": ("2025/03/04 19:00", TITLE, ONE_WORD),
    "credit": ("2025/03/04 20:00", TITLE, CREDIT),
    "prefix": ("2025/03/04 21:00", TITLE, f"{LOCAL}\n\n{BODY}"),
    "trimmed": ("2025/03/04 22:00", TITLE, TRIMMED),
    "curly": ("2025/03/04 23:00", TITLE, CURLY),
    "headline": ("2025/03/05 07:00", "Fourteen die under a hill in the night", BODY),
    "later": ("2025/03/05 12:00", "Toll of the Sorel slide rises", LATER),
    "later-word": ("2025/03/05 13:00", "Toll rises", LATER.replace("bakery", "teahouse")),
    "ferries": ("2025/03/04 17:00", "Lissa ferries stop", FERRIES),
}
#: The carriers that say the same as the original, and those that say less or more.
SAME = ("word", "credit", "curly", "headline")
OTHER = ("prefix", "trimmed")


def page(name: str, *, at: str | None = None, body: str | None = None) -> str:
    """The file of a carrier, with another time or body if they are given."""
    time, title, text = STORY[name]
    return f"Published on: {at or time}\n{title}\n\n{body or text}\n"


def write(folder: Path, *names: str) -> Path:
    """Write those files, by default all, into a folder that may be there."""
    folder.mkdir(exist_ok=True)
    for name in names or STORY:
        (folder / f"{name}.txt").write_text(page(name), encoding="utf-8")
    return folder
