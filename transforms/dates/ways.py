"""How an expression comes by its days: the name of each way, with what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Way = Literal[
    "stated",
    "unplaced",
    "unanchored",
    "from_publication",
    "from_told",
    "from_base",
    "from_clause",
    "last",
    "this",
    "next",
    "past_tense",
    "future_tense",
    "present_tense",
    "weekday_before",
    "named_today",
    "named_yesterday",
    "at_publication",
    "named_before",
    "listed",
    "told_ahead",
    "going_on",
    "one_turn",
    "nearer",
    "story_path",
    "story_nearest",
    "in_history",
    "our_day",
    "of_account",
    "latest_quarter",
]

WAYS: Mapping[Way, str] = {
    "stated": "it names its days by itself",
    "unplaced": "it names no days: a length, a repetition, a vague time",
    "unanchored": "what it counts from is not known",
    "from_publication": "counted from the day of publication",
    "from_told": "counted from the time mentioned before it",
    "from_base": "counted from the time that it names itself",
    "from_clause": "counted from the time of its clause",
    "last": "the last one before its anchor, as it says",
    "this": "the one around its anchor or of its year, as it says",
    "next": "the next one after its anchor, as it says",
    "past_tense": "the latest one: its verb is about the past",
    "future_tense": "the next one: its verb is about the future",
    "present_tense": "the next weekday: its own verb stands in the present",
    "weekday_before": "the latest weekday: no verb says otherwise",
    "named_today": "the weekday of publication itself",
    "named_yesterday": "the day before publication: nothing says for sure that it lies six days on",
    "at_publication": "the day of publication or the one before it",
    "named_before": "of the year in which the text says elsewhere that the same day lies",
    "listed": "of the same year as the one that it is listed with",
    "told_ahead": "the next one: the time mentioned before it in its sentence lies ahead too",
    "going_on": "the one that goes on at publication",
    "one_turn": "the only one near: the calendar has no other",
    "nearer": "the nearer one; under a past verb the coming one must be much nearer",
    "story_path": "the year with which the times of the story leap the least",
    "story_nearest": "the one nearest to the time mentioned before it in a story",
    "in_history": "the one day in history that has the name",
    "our_day": "the present rather than the day: it stands beside a time long past",
    "of_account": "the reporting period mentioned before it",
    "latest_quarter": "counted from the last full quarter before publication",
}


def chosen_way(which: int) -> Way:
    """The way of what a word chooses: last (-1), this (0), next (+1)."""
    return "last" if which < 0 else "next" if which > 0 else "this"
