"""What does a row say? One line for people, made of its columns; words of others stand isolated."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from expectations.visible import visible
from pages import links, words
from pages.entities import KINDS as ENTITY_KINDS
from warehouse.columns import Row

_KINDS = {"direct": "in their words", "indirect": "reported", "according_to": "according to"}
_CLOCK = re.compile(r"T(\d\d:\d\d)(?::\d\d)?\b")
_LENGTH = re.compile(r"P(T?)(\d+(?:\.\d+)?|X)([A-Z]+)")
#: TIMEX3's letters, those of a time of day behind a T.
_LETTERS = {
    "D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "DE": "decade",
    "CE": "century", "TH": "hour", "TM": "minute", "TS": "second", "WE": "weekend",
}  # fmt: skip
_REFERENCES = {"PRESENT_REF": "now", "PAST_REF": "the past", "FUTURE_REF": "the future"}
_MODS = {"START": "early", "MID": "in the middle", "END": "late", "APPROX": "about"}


@dataclass(frozen=True)
class Named:
    """What a page needs to name things: its own address, which names and articles have a page, the
    countries' names by code."""

    page: str
    entity_ids: frozenset[str]
    article_ids: frozenset[str] = frozenset()
    countries: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def root(self) -> str:
        """How the page names the site's first folder."""
        return "../" * self.page.count("/")

    def name(self, text: str, entity_id: str | None) -> str:
        """Words of others, which lead to the page of the entity that they name, if it has one."""
        if entity_id is None or entity_id not in self.entity_ids:
            return quoted(text)
        return f'<a href="{self.root}{links.entity(entity_id)}">{quoted(text)}</a>'

    def country(self, code: str) -> str:
        return html.escape(visible(self.countries.get(code, code)))


@lru_cache(maxsize=4096)
def quoted(text: str) -> str:
    """Words of others: every character to be seen, in their own direction."""
    return f"<bdi>{html.escape(visible(text))}</bdi>"


def line(table: str, row: Row, named: Named) -> str:
    """What the row of a table says, as markup."""
    return " · ".join(_LINES[table](row, named))


def _figure(row: Row, named: Named) -> Iterator[str]:
    amount = _amount(row)
    if row["counted"]:
        amount = f"{amount} {quoted(row['counted'])}"
    yield f"<b>{amount}</b>"
    if row["per"]:
        yield f"per {quoted(row['per'])}"
    if row["change"] != "none":
        yield "a rise" if row["change"] == "up" else "a fall"
    if row["unit_type"] == "count" and row["category"] not in ("other", "people"):
        yield html.escape(words.label(row["category"]))
    if row["unit_type"] in ("age", "ratio", "duration"):
        yield html.escape(row["unit_type"])
    if row["subject"]:
        yield f"of {quoted(row['subject'])}"
    if row["nationality"]:
        yield f"side: {named.country(row['nationality'])}"
    if row["place"]:
        yield f"place: {named.name(row['place'], row['place_entity_id'])}"
    if row["as_of_start"] or row["as_of_end"]:
        yield words.days(row["as_of_start"], row["as_of_end"])
    if row["cumulative"] is not None:
        yield "a total so far" if row["cumulative"] else "new"
    if row["attributed_to"]:
        yield f"according to {named.name(row['attributed_to'], row['attributed_entity_id'])}"
    yield from _modality(row)


def _amount(row: Row) -> str:
    """The number with how it is meant and its unit, if it has one."""
    value = row["value"]
    if row["qualifier"] == "between":
        told = f"{words.number(row['value_low'])} to {words.number(row['value_high'])}"
    elif value is None:
        told = "some"  # dozens: the words themselves are all that there is
    else:
        told = words.number(value)
        if row["qualifier"] != "exact":
            told = f"{words.label(row['qualifier'])} {told}"
    if row["unit"] == "%":
        told = f"{told}%"
    elif row["unit_type"] == "money":
        told = f"{told} {row['unit']}"
    elif row["unit"] != "1":
        name = row["unit_name"]
        told = f"{told} {words.units(2 if value is None else value, name) if name else row['unit']}"
    return html.escape(told)


def _date(row: Row, named: Named) -> Iterator[str]:
    value = row["value"] or ""
    told = "no calendar day"
    if value in _REFERENCES:
        told = _REFERENCES[value]
    elif row["date_start"] or row["date_end"]:
        told = words.days(row["date_start"], row["date_end"])
        if row["type"] == "TIME" and (clock := _CLOCK.search(value)):
            told = f"{told}, {clock[1]}"
    elif value:
        told = length(value)
    yield f"<b>{html.escape(told)}</b>"
    if row["type"] == "SET":
        yield "again and again"
    if row["mod"]:
        yield html.escape(_MODS.get(row["mod"], words.label(row["mod"].lower())))
    if row["holiday"]:
        yield quoted(row["holiday"])
    if row["is_relative"] and row["anchor_date"]:
        yield f"counted from {words.day(row['anchor_date'])}"


def length(value: str) -> str:
    """A length of time in TIMEX3, said in words where it has one number: P2W is 2 weeks; else the
    value itself."""
    match = _LENGTH.fullmatch(value)
    word = match and _LETTERS.get(f"{match[1]}{match[3]}")
    if match is None or word is None:
        return value
    if match[2] == "X":
        return f"some {words.units(2, word)}"
    return f"{match[2]} {words.units(float(match[2]), word)}"


def _event(row: Row, named: Named) -> Iterator[str]:
    yield f"<b>{html.escape(words.label(row['event_type']))}</b>"
    for role, label in (("agent", "by"), ("patient", "whom or what"), ("recipient", "to")):
        if row[role]:
            yield f"{label}: {named.name(row[role], row[f'{role}_entity_id'])}"
    if row["purpose"]:
        yield f"for: {quoted(row['purpose'])}"
    if row["place"]:
        yield f"place: {named.name(row['place'], row['place_entity_id'])}"
    if row["event_start"] or row["event_end"]:
        yield words.days(row["event_start"], row["event_end"])
    yield from _modality(row)


def _claim(row: Row, named: Named) -> Iterator[str]:
    yield f"<b>{named.name(row['speaker_name'] or row['speaker'], row['speaker_entity_id'])}</b>"
    if row["speaker_name"] and row["speaker_name"] != row["speaker"]:
        yield f"here {quoted(row['speaker'])}"
    if row["speaker_kind"] not in ("person", "unnamed"):
        yield html.escape(words.label(row["speaker_kind"]))
    if row["speaker_country"]:
        yield named.country(row["speaker_country"])
    yield html.escape(_KINDS.get(row["kind"]) or words.label(row["kind"]))
    if row["quoted"]:
        yield "quoted"
    if row["addressee"]:
        yield f"to {quoted(row['addressee'])}"
    if row["said_start"] or row["said_end"]:
        yield f"said {words.days(row['said_start'], row['said_end'])}"


def _entity(row: Row, named: Named) -> Iterator[str]:
    yield html.escape(ENTITY_KINDS.get(kind := str(row["entity_type"]), kind))
    if row["country"]:
        yield named.country(row["country"])
    if row["link_status"] == "ambiguous":
        yield "could be another of that name"
    yield "named once" if row["mention_count"] == 1 else f"named {row['mention_count']:,} times"


def _modality(row: Row) -> Iterator[str]:
    """Whether it is stated as fact, where it is not."""
    if row["modality"] != "actual":
        yield f"<i>{html.escape(words.label(row['modality']))}</i>"


_LINES: Mapping[str, Callable[[Row, Named], Iterator[str]]] = {
    "figures": _figure,
    "dates": _date,
    "events": _event,
    "claims": _claim,
    "entities": _entity,
}
