"""What does a cell of a question's table show, and where does it lead?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from expectations.visible import visible
from pages import links, words
from pages.questions.question import Question
from pages.site import Site
from warehouse.columns import Row

#: Longer sentences are cut in a table: the article has the whole.
LONGEST = 500
#: Longer names are cut, too.
NAME = 160

_BEFORE = {
    "about": "about ",
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "at most ",
    "less_than": "less than ",
}
_TOTAL = {True: "total so far", False: "new"}
#: Columns that hold a country's code.
_COUNTRIES = frozenset(
    (
        "nationality",
        "country",
        "place_country",
        "speaker_country",
        "giver_country",
        "receiver_country",
        "claimed_by_country",
    )
)
#: Columns that hold one of a closed list of words, or a name of our own.
_LISTED = frozenset(
    (
        "category",
        "modality",
        "event_type",
        "granularity",
        "speaker_kind",
        "claimed_by_kind",
        "link_status",
        "entity_type",
        "unit_type",
        "kind",
        "part",
    )
)


#: What the labels of entities mean.
ENTITIES = {
    "PERSON": "person",
    "NORP": "nationality, faith or party",
    "FAC": "site or building",
    "ORG": "organisation",
    "GPE": "country, region or town",
    "LOC": "other place",
    "PRODUCT": "product",
    "EVENT": "named event",
    "WORK_OF_ART": "work",
    "LAW": "law or treaty",
}


@dataclass(frozen=True)
class Cell:
    """``text`` as shown, in three parts where words of it are marked; ``to`` is an address of the
    site; ``sort`` is what it is sorted by where that is not the text; ``kind`` is its class."""

    head: str
    text: str
    to: str = ""
    kind: str = ""
    sort: str = ""
    marked: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Group:
    """Rows that stand together under a heading, which may be empty."""

    head: str
    rows: Sequence[Sequence[Cell]]


def groups(
    site: Site, question: Question, rows: Sequence[Row], countries: Mapping[str, str]
) -> Iterator[Group]:
    """The table's rows; of a question without groups in one group without a heading."""
    for head, together in groupby(
        rows, key=lambda row: row[question.group] if question.group else ""
    ):
        yield Group(
            str(head),
            [
                [cell(site, question, row, column, countries) for column in question.columns]
                for row in together
            ],
        )


def cell(
    site: Site, question: Question, row: Row, column: str, countries: Mapping[str, str]
) -> Cell:
    """A row's value of a column."""
    head = question.head(column)
    value: Any = row.get(column)
    if value is None and column not in ("counts", "value"):
        return Cell(head, words.NOTHING, kind="none")
    to = _address(site, question, row, column)
    if column in question.sentences:
        text = visible(str(value))
        said = question.sentences[column]
        return Cell(
            head,
            shortened(text),
            to,
            "evidence-cell",
            marked=_marked(text, row[said] if said else None),
        )
    if column == "value" and "qualifier" in row:
        return Cell(head, number(row), to, "n", _sorted_by(row["value"]))
    if column == "counts":
        return Cell(head, counts(row, countries))
    if column == "cumulative":
        return Cell(head, _TOTAL[value])
    if column in _COUNTRIES:
        return Cell(head, countries.get(value, value), to)
    if column in _LISTED:
        said = ENTITIES.get(value, value) if column == "entity_type" else value
        return Cell(head, words.label(visible(str(said))), to)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return Cell(head, words.short_day(value), to, "day", value.isoformat())
    return Cell(head, shortened(words.shown(value), NAME), to, _kind(value), _sorted_by(value))


def counts(row: Row, countries: Mapping[str, str]) -> str:
    """What is counted: killed, people of Ukraine."""
    side = countries.get(row["nationality"] or "", row["nationality"])
    bare = row["kind"] == row["category"] or (row["category"], row["kind"]) == ("troops", "people")
    kind = "" if bare else visible(row["kind"])
    return ", ".join(filter(None, (words.label(row["category"]), kind))) + (
        f" of {side}" if side else ""
    )


def number(row: Mapping[str, Any]) -> str:
    """A count as it is meant: about 12,000; 96 to 694."""
    low, high, value = row["value_low"], row["value_high"], row["value"]
    if row["qualifier"] == "between" and low is not None and high is not None:
        return f"{words.number(low)} to {words.number(high)}"
    one = next((said for said in (value, low, high) if said is not None), None)
    return _BEFORE.get(row["qualifier"], "") + words.number(one)


def _address(site: Site, question: Question, row: Row, column: str) -> str:
    """Where the value was read, or the page of the one it names; empty if there is no such page."""
    if row.get(column) is None:
        return ""
    if mark := question.marks.get(column):
        article, marked = row[mark[0]], row[mark[1]] if mark[1] else None
        return links.article(article, marked) if article in site.article_ids else ""
    if column in question.names and row[question.names[column]] in site.entity_ids:
        return links.entity(row[question.names[column]])
    return ""


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return ""
    return "n" if isinstance(value, int | float) else "day" if isinstance(value, dt.date) else ""


def _sorted_by(value: Any) -> str:
    """What a cell is sorted by: a number, or a day as ISO 8601 writes it."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return f"{value:.12g}"
    return value.isoformat() if isinstance(value, dt.date) else ""


def shortened(text: str, longest: int = LONGEST) -> str:
    """A text that is not too long for a table."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()} …"


def _marked(text: str, said: str | None) -> tuple[str, str, str] | None:
    """The text in three parts, the second being what it says; where it says that once."""
    if not said or text.count(said) != 1:
        return None
    before, _, after = text.partition(said)
    if len(before) > LONGEST:
        before = f"… {before[-LONGEST:].lstrip()}"
    return before, said, shortened(after)
