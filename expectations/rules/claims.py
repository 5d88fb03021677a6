"""What is expected of claims, and of what figures and events say of them."""

from __future__ import annotations

from expectations.batch import Batch
from expectations.model import Rule
from expectations.rules.writing import rule
from warehouse.tables import CLAIMS, FIGURES, Row

RULES: list[Rule] = []


@rule(RULES, CLAIMS, "said_start", "said_start <= said_end, both or neither", reads=("said_end",))
def said_an_interval(row: Row, batch: Batch) -> bool:
    start, end = row["said_start"], row["said_end"]
    if start is None or end is None:
        return start is end
    return bool(start <= end)


@rule(RULES, CLAIMS, "continues", "another claim of the article", reads=("claim_id", "within"))
def continues_another(row: Row, batch: Batch) -> bool:
    others = [row[name] for name in ("continues", "within") if row[name] is not None]
    if row["claim_id"] in others:
        return False
    known = [batch.claims[one] for one in others if one in batch.claims]
    return all(one["article_id"] == row["article_id"] for one in known)


@rule(
    RULES,
    FIGURES,
    "attributed_to",
    "the speaker of its claim as written; null without one",
    reads=("claim_id",),
)
def said_by_the_speaker(row: Row, batch: Batch) -> bool:
    if row["claim_id"] is None:  # of no claim, or read before there were any
        return True
    claim = batch.claims.get(row["claim_id"])
    if claim is None:  # reference tells of one that is nowhere
        return row["attributed_to"] is not None
    return bool(claim["speaker"] == row["attributed_to"])


@rule(
    RULES,
    FIGURES,
    "event_id",
    "the event of the same article; at its place and on its days, or the rule says that it is not",
    reads=("place", "place_entity_id", "place_country", "as_of_start", "as_of_end", "rule"),
)
def where_and_when_its_event_is(row: Row, batch: Batch) -> bool:
    event = batch.events.get(row["event_id"])
    if event is None:
        return True
    if event["article_id"] != row["article_id"]:
        return False
    told = row["rule"].split("+")
    ends = (row["as_of_start"], row["as_of_end"], event["event_start"], event["event_end"])
    apart = None not in ends and not (ends[0] <= ends[3] and ends[2] <= ends[1])
    places = [(one["place"], one["place_entity_id"], one["place_country"]) for one in (row, event)]
    known = all(place is not None for place, _, _ in places)
    same = any(a is not None and a == b for a, b in zip(*places, strict=True))
    elsewhere = known and not same
    return apart == ("event_another_time" in told) and elsewhere == ("event_elsewhere" in told)
