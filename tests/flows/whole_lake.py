"""Some hundred short articles of three sources over three weeks, and what can befall their lake."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warehouse.catalog import LAKE
from warehouse.extensions import connection
from warehouse.opening import catalog_at

SOURCES = ("harbour", "valley", "ridge")
FIRST = dt.date(2025, 3, 3)
#: Days of the first run and of the second, and articles a day and source.
BEFORE, AFTER, A_DAY = 10, 5, 6

_NAMES = ("Tom Hale", "Clara Benz", "Paul Odran", "Ana Merle", "Kari Holm", "Lea Voss")
_PLACES = ("Oslo", "Riga", "Ghent", "Turin", "Lyon", "Porto", "Gdansk", "Leeds")
_OFFICES = ("coast guard", "fire brigade", "police", "regional council", "health ministry")
_THINGS = (
    *("bridge", "ferry", "warehouse", "tunnel", "school", "market", "station", "dam", "mill"),
    *("library", "crane", "bakery", "chapel", "depot", "viaduct", "garage", "barn", "quarry"),
)
_KINDS = (
    *("old", "wooden", "crowded", "narrow", "new", "brick", "empty", "rusty", "flooded", "tall"),
    *("disused", "painted", "lonely", "borrowed", "half-built", "northern", "famous", "quiet"),
)
_HARM = ("were killed", "were wounded", "died", "were injured", "were detained", "were evacuated")
_BROKE = ("collapsed", "burned", "gave way", "sank", "exploded", "was struck", "caught fire")
_GOODS = ("timber", "salt", "engines", "maize", "bricks", "cables", "apples", "paper", "wool")
_PEOPLE = ("people", "workers", "soldiers", "residents", "farmers", "sailors")
#: How many days before publication a text's weekday lies, as news has it.
_BACK = (0, 0, 0, 0, 0, 1, 1, 1, 2, 4)


def articles(first: int, days: int) -> Iterator[dict[str, Any]]:
    """The records of so many days, the first so many days after ``FIRST``."""
    for number, source, n in itertools.product(range(first, first + days), SOURCES, range(A_DAY)):
        day = FIRST + dt.timedelta(days=number)
        name = f"{source}-{number}-{n}"
        yield {
            "id": name,
            "source": source,
            "title": f"The {day:%A} at the {random.Random(name).choice(_THINGS)}",
            "published_at": f"{day}T{9 + n:02}:00:00Z",
            "text": text(day, random.Random(name)),
        }


def text(day: dt.date, chance: random.Random) -> str:
    """Four sentences with a toll, a sum, a share, persons, places and a day of the week."""
    one = chance.choice
    named = f"{day - dt.timedelta(days=one(_BACK)):%A}"
    place, other = chance.sample(_PLACES, 2)
    who, whom = chance.sample(_NAMES, 2)
    return (
        f"{chance.randint(2, 90)} {one(_PEOPLE)} {one(_HARM)} in {place} on {named} when a "
        f"{one(_KINDS)} {one(_THINGS)} {one(_BROKE)} beside the {one(_KINDS)} {one(_THINGS)}, the "
        f"{one(_OFFICES)} said.\n"
        f"{who} of the {one(_OFFICES)} said that {one(_GOODS)} worth {chance.randint(2, 900)} "
        f"million euros would go to {other}, {chance.randint(3, 60)} percent more than the "
        f"{one(_KINDS)} {one(_THINGS)} had.\n"
        f"The {one(_KINDS)} {one(_THINGS)} will hold {chance.randint(100, 900)} {one(_PEOPLE)}, "
        f"and {whom} asked the {one(_OFFICES)} for {one(_GOODS)} and {one(_GOODS)}.\n"
        f"A {one(_KINDS)} {one(_THINGS)} near {other} kept its {one(_GOODS)}; doctors there count "
        f"{chance.randint(20, 900)} cases per 100,000 people."
    )


def write(path: Path, records: Iterator[dict[str, Any]]) -> Path:
    """A folder with the records as one file of lines."""
    path.mkdir(parents=True)
    lines = "".join(f"{json.dumps(record)}\n" for record in records)
    (path / "articles.jsonl").write_text(lines, encoding="utf-8")
    return path


def execute(lake: Path, *statements: str) -> None:
    """Change a lake behind the pipeline's back, each statement in a snapshot of its own."""
    catalog = catalog_at(lake)
    with connection(lake / "spill", catalog.extension) as connected:
        catalog.attach(connected)
        connected.execute(f"USE {LAKE}")
        for statement in statements:
            connected.execute(statement)


#: What befalls a lake, by name. Each is what would be seen if the thing itself had happened.
OF_ARTICLES = ("articles", "entities", "mentions", "dates", "claims", "events", "figures")
_STORIES = ("repeats", "fingerprints", "bands")
_LAST_RUN = "(SELECT article_id FROM articles WHERE run_id = (SELECT max(run_id) FROM articles))"
_SOME = "(SELECT article_id FROM articles WHERE duplicate_of IS NULL ORDER BY 1 LIMIT {})"


def doubled_batch(lake: Path) -> None:
    """The last batch is published once more."""
    execute(
        lake,
        *(f"INSERT INTO {t} FROM {t} WHERE article_id IN {_LAST_RUN}" for t in OF_ARTICLES[1:]),
        f"INSERT INTO articles FROM articles WHERE article_id IN {_LAST_RUN}",
    )


def doubled_under_other_names(lake: Path) -> None:
    """Some articles are there again with other ids, and not as duplicates."""
    execute(
        lake,
        "INSERT INTO articles SELECT * REPLACE (md5(article_id)[:16] AS article_id, "
        f"md5(article_id)[:16] AS story_id) FROM articles WHERE article_id IN {_SOME.format(40)}",
    )


def half_empty(lake: Path) -> None:
    """Every other name of a claim's speaker is gone."""
    execute(
        lake,
        "UPDATE claims SET speaker_name = NULL, speaker_entity_id = NULL "
        "WHERE hash(claim_id) % 2 = 0",
    )


def in_the_future(lake: Path) -> None:
    """The year of some articles was read wrong, and their rows with it."""
    later = "published_date = published_date + INTERVAL 10 YEAR"
    execute(
        lake,
        *(
            f"UPDATE {table} SET {later} WHERE article_id IN {_SOME.format(7)}"
            for table in (*OF_ARTICLES[1:], *_STORIES)
        ),
        f"UPDATE articles SET {later}, published_at = published_at + INTERVAL 10 YEAR "
        f"WHERE article_id IN {_SOME.format(7)}",
    )


def persons_as_places(lake: Path) -> None:
    """The tagger takes a third of the persons for places."""
    which = "entity_type = 'PERSON' AND hash(article_id || entity_id) % 3 = 0"
    execute(
        lake,
        *(
            f"UPDATE {table} SET entity_type = 'GPE' WHERE {which}"
            for table in ("mentions", "entities")
        ),
    )


def orphans(lake: Path) -> None:
    """Some articles are gone, and their rows stay."""
    execute(lake, f"DELETE FROM articles WHERE article_id IN {_SOME.format(5)}")


def missing_file(lake: Path) -> None:
    """Somebody removed a file."""
    max(
        (lake / "data").rglob("figures/**/*.parquet"), key=lambda path: path.stat().st_size
    ).unlink()


def drifted_mean(lake: Path) -> None:
    """Every other count is a thousand times too great: a unit was read twice."""
    execute(
        lake,
        "UPDATE figures SET value = value * 1000, value_low = value_low * 1000, "
        "value_high = value_high * 1000 WHERE unit_type = 'count' AND hash(figure_id) % 2 = 0",
    )


def fell_silent(lake: Path) -> None:
    """A reader fell silent for half of the figures."""
    execute(
        lake,
        "DELETE FROM repeats WHERE hash(figure_id) % 2 = 0 OR hash(of_figure_id) % 2 = 0",
        "UPDATE figures SET conversion_of = NULL, restates = NULL",
        "DELETE FROM figures WHERE hash(figure_id) % 2 = 0",
    )


def denominators(lake: Path) -> None:
    """The denominators of rates are read as counts of people."""
    execute(
        lake,
        "INSERT INTO figures SELECT * EXCLUDE (start, number) "
        "REPLACE (md5(figure_id || number || start)[:16] AS figure_id, start AS char_start, "
        "start + length(number) AS char_end, number AS surface, 100000 AS value, "
        "100000 AS value_low, 100000 AS value_high, 'exact' AS qualifier, 'count' AS unit_type, "
        "'1' AS unit, 'people' AS counted, 'person' AS counted_head, 'people' AS category, "
        "NULL AS per, NULL AS event_id) "
        "FROM (SELECT f.*, regexp_extract(m, '[0-9,]*$') AS number, "
        "instr(a.text, m) - 1 + length(m) - length(number) AS start FROM "
        "(SELECT article_id, text, unnest(list_distinct(regexp_extract_all(text, "
        "'(?:per|out of|in every) [0-9][0-9,]*[0-9]'))) AS m FROM articles "
        "WHERE duplicate_of IS NULL) a JOIN figures f USING (article_id) "
        "QUALIFY row_number() OVER (PARTITION BY article_id, m ORDER BY char_start DESC) = 1)",
    )
