"""Carriers of a story, made from an article: the edits by which papers and mistakes change a text.

They are planted so that it is known which texts carry one story; what a real desk does to a text
is read by eye elsewhere.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from warehouse.tables import HARMED, Row

#: The edits after which a text is still the story; those after which its figures and dates are,
#: too, so that a carrier of it is a duplicate.
CARRIERS = (
    "one word", "5% of words", "15% of words", "headline", "prefix", "credit", "curly", "trimmed",
    "half",
)  # fmt: skip
#: The edits that are reported and not counted, and the follow-ups, which are other stories.
LOOSE = ("40% of words",)
FOLLOW_UPS = ("toll", "toll and lead")

_PLAIN = re.compile(r"\d[\d,]*")
_QUOTES = str.maketrans({"'": "’", '"': "”"})
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-"})


def carriers(text: str, words: Sequence[str], chance: random.Random) -> dict[str, str]:
    """The text after each edit but the headline's, which is not in it; ``words`` are put in."""
    credit = "(Inter Press) - {} \n\nReporting by the Inter Press desk; editing by the night desk."
    curly = text.translate(_STRAIGHT if "’" in text else _QUOTES).replace(" ", "  ", 40)
    return {
        "one word": _one_word(text, words, chance),
        "5% of words": edited(text, 0.05, words, chance),
        "15% of words": edited(text, 0.15, words, chance),
        "40% of words": edited(text, 0.4, words, chance),
        "headline": text,
        "prefix": f"{' '.join(chance.choices(words, k=35)).capitalize()}.\n\n{text}",
        "credit": credit.format(text),
        "curly": curly,
        "trimmed": _first(text, 0.85),
        "half": _first(text, 0.5),
    }


def edited(text: str, share: float, words: Sequence[str], chance: random.Random) -> str:
    """The text with a share of its words replaced (6 of 10), dropped or followed by another."""
    parts = re.split(r"(\s+)", text)
    places = [at for at, part in enumerate(parts) if part and not part.isspace()]
    for at in chance.sample(places, max(1, round(share * len(places)))):
        how = chance.random()
        other = chance.choice(words)
        parts[at] = other if how < 0.6 else "" if how < 0.8 else f"{parts[at]} {other}"
    return "".join(parts)


def follow_ups(text: str, figures: Sequence[Row], chance: random.Random) -> dict[str, str]:
    """The text with another toll, and that with another lead as well; none without a toll."""
    tolls = [row for row in figures if _is_toll(row)]
    if not tolls:
        return {}
    first = tolls[0]
    new = str(int(first["value"]) + chance.choice((1, 2, 3, 7, 12)))
    there = [r for r in tolls if (r["category"], r["value"]) == (first["category"], first["value"])]
    for row in sorted(there, key=lambda row: -row["char_start"]):
        text = text[: row["char_start"]] + new + text[row["char_end"] :]
    lead, *rest = re.split(r"(?<=[.!?])\s+", text)
    news = "The toll has risen again, officials said late in the evening as crews went on working."
    more = "They gave no further details at a news conference that was held near the scene."
    return {"toll": text, "toll and lead": " ".join((news, lead, more, *rest[1:]))}


def _is_toll(row: Row) -> bool:
    return (
        row["unit_type"] == "count"
        and row["category"] in HARMED
        and row["change"] == "none"
        and _PLAIN.fullmatch(row["surface"]) is not None
    )


def _one_word(text: str, words: Sequence[str], chance: random.Random) -> str:
    parts = text.split(" ")
    parts[chance.randrange(len(parts))] = chance.choice(words)
    return " ".join(parts)


def _first(text: str, share: float) -> str:
    end = text.find(" ", int(len(text) * share))
    return text if end < 0 else text[:end]


def vocabulary(texts: Mapping[str, str]) -> list[str]:
    """The words of some texts, as often as they occur in them."""
    return [word for text in texts.values() for word in text.split()]
