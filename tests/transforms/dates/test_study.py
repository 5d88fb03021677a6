"""What was left out and why, and how each row came by its days, beside the same rows."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise
from typing import Any

import pytest

from benchmarks.dates import article, mutated, read_lines
from benchmarks.dates_rules import GOLD, explained
from transforms.dates import StudiedDates, read_dates, study_dates
from transforms.dates.en.reasons import REASONS
from transforms.dates.ways import WAYS
from transforms.parse import parse

Json = dict[str, Any]

DOCUMENTS = read_lines(GOLD / "dates.docs.jsonl")
PUBLISHED = "2024-06-12"


def study(text: str, published: str = PUBLISHED) -> StudiedDates:
    return study_dates(parse(article({"doc_id": "own", "text": text, "dct": published})))


@pytest.mark.parametrize("example", explained("reason").values(), ids=lambda e: e["reason"])
def test_every_reason_is_given_for_its_example(example: Json) -> None:
    text = example["text"]
    left_out = study(text, example["dct"]).left_out
    found = [(text[one.start : one.end], one.reason) for one in left_out]
    assert (example["surface"], example["reason"]) in found
    assert {one.reader for one in left_out} == {"dates"}


@pytest.mark.parametrize("example", explained("way").values(), ids=lambda e: e["way"])
def test_every_way_is_gone_in_its_example(example: Json) -> None:
    rows, _, traces = study(example["text"], example["dct"])
    ways = [(row["surface"], traces[row["date_id"]].way) for row in rows]
    assert (example["surface"], example["way"]) in ways


@pytest.mark.parametrize(
    ("sentence", "way", "tense"),
    [
        ("The barge sank on Monday.", "past_tense", "past"),
        ("The barge will be raised on Monday.", "future_tense", "future"),
        ("A quarrel of Monday.", "weekday_before", ""),
        ("The barge sank last Monday.", "last", None),
        ("The barge sank on 3 June 2024.", "stated", None),
        ("The barge sank at the weekend.", "past_tense", "past"),
        ("Early on Monday the barge sank.", "past_tense", "past"),
    ],
)
def test_a_trace_says_which_tense_was_asked_for(sentence: str, way: str, tense: str | None) -> None:
    rows, _, traces = study(sentence)
    (trace,) = traces.values()
    assert (trace.way, trace.tense) == (way, tense)
    assert (trace.anchor, trace.anchor_date) == (rows[0]["anchor"], rows[0]["anchor_date"])


def test_a_trace_names_the_row_that_it_hangs_on() -> None:
    rows, _, traces = study("The dam burst on 3 March 2021. Two days later the town was dry.")
    trace = traces[rows[1]["date_id"]]
    assert (trace.way, trace.anchor) == ("from_told", rows[0]["date_id"])
    assert trace.anchor_date == dt.date(2021, 3, 3)


def test_details_say_what_the_test_saw() -> None:
    text = "Flight 1990 carried 2000 parcels, and April Jones slept; the box cost 2019 euros."
    left_out = [(text[one.start : one.end], one.reason, one.detail) for one in study(text).left_out]
    assert left_out == [
        ("1990", "numbered", "Flight"),
        ("2000", "count", "parcels"),
        ("April", "person", "Jones"),
        ("2019", "measure", "euros"),
    ]


def check(studied: StudiedDates, text: str) -> None:
    assert set(studied.traces) == {row["date_id"] for row in studied.rows}
    assert {trace.way for trace in studied.traces.values()} <= set(WAYS)
    assert {one.reason for one in studied.left_out} <= set(REASONS)
    spans = [(one.start, one.end) for one in studied.left_out]
    assert spans == sorted(spans)
    rows = [(row["char_start"], row["char_end"]) for row in studied.rows]
    ends = sorted([*spans, *rows])
    assert all(0 <= start < end <= len(text) for start, end in ends)
    assert all(a[1] <= b[0] for a, b in pairwise(ends)), text


@pytest.mark.parametrize("document", DOCUMENTS, ids=[d["text"][:40] for d in DOCUMENTS])
def test_studying_reads_the_same_rows(document: Json) -> None:
    parsed = parse(article(document))
    studied = study_dates(parsed)
    assert studied.rows == read_dates(parsed)
    check(studied, document["text"])


def test_studying_mutated_sentences_reads_the_same_rows() -> None:
    chance = random.Random(11)
    refused = 0
    for _ in range(5):
        text = "\n".join(mutated(chance) for _ in range(20))
        parsed = parse(article({"doc_id": "own", "text": text, "dct": PUBLISHED}))
        studied = study_dates(parsed)
        assert studied.rows == read_dates(parsed)
        check(studied, text)
        refused += len(studied.left_out)
    assert refused > 20
