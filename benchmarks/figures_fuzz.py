"""Mutated sentences: whatever the text, the reader raises nothing, its spans are true and no
number is lost."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Iterator, Sequence
from typing import Any

from transforms.considered import LeftOut
from transforms.figures.lexer import FRACTION, NUMBER, atoms

SEEDS = (
    "Around 12-thousand troops, some 600 of them Greek, left for the Kursk region in May.",
    "Between 10,000 and 12,000 people paid $4.5m (£3.6m) for 816 000 t of wheat.",
    "At least 4,700 were killed or wounded, he said; 3 1/2 hours later, two dozen tanks came.",
    "Shares fell from $36,040 to $34,935, or 2.14%, in the 2012-13 season.",
    "It is 6'2\" tall, weighs 5 kg and 300 g and costs 3 dollars 50 cents, or RM79 a month.",
    "One in five, a third of the 52-year-olds and tens of thousands more walked 1 1/2 miles.",
    "Officials denied that half a million barrels a day, up 15 per cent, had been lost.",
    "Temperatures in the high 30s (100 F) melted 3, 5 and 7 km of rail at 80 m.p.h. on Article 4.",
)
_PIECES = (
    "1",
    "12",
    "3,5",
    "1,000",
    "2019",
    "½",
    "-",
    "–",
    "/",
    ".",
    ",",
    "(",
    ")",
    "$",
    "£",
    "%",
    "°",
    '"',
    "'",
    "′",
    " to ",
    " and ",
    " or ",
    " of ",
    " a ",
    " per ",
    "million",
    "dozen",
    "half",
    "third",
    "-fold",
    "s",
    "m",
    "k",
    "US",
    "USD",
    "the ",
    "about ",
    "up to ",
    "\n",
    "\u00a0",
    "\u2009",
    "€",
    "",
    "١٢",
    "²",
    "…",
    "``",
    "“",
    "”",
)


_PUBLISHED = dt.date(2024, 5, 31)


#: Sentences that are read as one article.
LINES = 20


def mutated(text: str, random_: random.Random) -> str:
    """The text with one to five pieces put in, taken out, doubled or swapped."""
    for _ in range(random_.randint(1, 5)):
        at = random_.randrange(len(text) + 1)
        kind = random_.randrange(4)
        if kind == 0:
            text = text[:at] + random_.choice(_PIECES) + text[at:]
        elif kind == 1:
            text = text[:at] + text[at + random_.randint(1, 6) :]
        elif kind == 2:
            text = text[:at] + text[at : at + random_.randint(1, 9)] * 2 + text[at:]
        else:
            words = text.split(" ")
            i, j = random_.randrange(len(words)), random_.randrange(len(words))
            words[i], words[j] = words[j], words[i]
            text = " ".join(words)
    return text


def fuzz(count: int, seed: int = 7, quiet: bool = False) -> int:
    """Reads ``count`` mutated sentences; how many articles of them raised or gave an untrue row (0
    is right)."""
    from transforms.dates import read_dates
    from transforms.entities import read_entities
    from transforms.figures import study_figures
    from transforms.model import Article
    from transforms.parse import parse

    random_ = random.Random(seed)
    wrong, begun = 0, time.process_time()
    for number in range(0, count, LINES):
        # as lines of one article, since the parser is slow on a text of one sentence
        lines = [mutated(random_.choice(SEEDS), random_) for _ in range(min(LINES, count - number))]
        text = "\n".join(lines)
        article = Article(
            f"{number:016x}", "fuzz", "0" * 64, text, "0" * 16, published_date=_PUBLISHED
        )
        try:
            parsed = parse(article)
            rows, left_out = study_figures(parsed, read_dates(parsed), *read_entities(parsed))
            trouble = [problem for row in rows if (problem := _trouble(text, row))]
            trouble += _unaccounted(parsed.text, rows, left_out)
        except Exception as error:
            trouble = [f"{type(error).__name__}: {error}"]
        if trouble:
            wrong += 1
            print(f"{trouble[0]}\n  {text!r}")
        if not quiet and number and number % 10_000 == 0:
            seconds = time.process_time() - begun
            print(f"{number:,} sentences, {wrong} wrong, {seconds:.0f} CPU seconds", flush=True)
    if not quiet:
        print(f"{count:,} mutated sentences, {wrong} wrong")
    return min(wrong, 1) if not quiet else wrong


def _unaccounted(
    text: str, rows: Sequence[dict[str, Any]], left_out: Sequence[LeftOut]
) -> Iterator[str]:
    """Numbers in digits that are neither in a row nor left out, and what is both."""
    read = [(row["char_start"], row["char_end"]) for row in rows]
    not_read = [(one.start, one.end) for one in left_out]
    for atom in atoms(text):
        if atom.kind in (NUMBER, FRACTION):
            inside = [a <= atom.start < b for a, b in (*read, *not_read)]
            if sum(inside) != 1:
                yield f"{atom.text!r} at {atom.start} is in {sum(inside)} spans"


def _trouble(text: str, row: dict[str, Any]) -> str | None:
    if text[row["char_start"] : row["char_end"]] != row["surface"] or not row["surface"]:
        return "the span is not the surface"
    low, value, high = row["value_low"], row["value"], row["value_high"]
    if value is not None and not (value if low is None else low) <= value <= (
        value if high is None else high
    ):
        return f"{low} <= {value} <= {high} does not hold"
    if (value is None) != (row["qualifier"] == "vague"):
        return "only a vague figure has no value"
    if row["unit_type"] != "count" and row["counted"] is not None:
        return "only a count has a counted noun"
    return None
