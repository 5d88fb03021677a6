"""Resolved expressions as rows of the table ``dates``, and how each came by its days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from transforms.considered import LeftOut
from transforms.dates.read import Expression, read_expressions, study_expressions
from transforms.dates.ways import Way
from transforms.identity import span_id
from transforms.model import Parsed
from warehouse.tables import DATES, Row


@dataclass(frozen=True, slots=True)
class Trace:
    """How a row came by its days.

    ``way`` is the name of how they were chosen (:data:`.ways.WAYS`); ``anchor`` and
    ``anchor_date`` what it was counted from, as in the row; ``tense`` the tense of the verb that
    was asked for it (past, present, future, "" where no verb says), None where none was asked.
    """

    way: Way
    anchor: str | None
    anchor_date: dt.date | None
    tense: str | None


class StudiedDates(NamedTuple):
    """The rows of ``dates``, what was left out, and the trace of each row by its date_id."""

    rows: list[Row]
    left_out: list[LeftOut]
    traces: dict[str, Trace]


def read_dates(parsed: Parsed) -> list[Row]:
    """The rows of ``dates`` of one article, in the order of its text."""
    return _rows(parsed, read_expressions(parsed))


def study_dates(parsed: Parsed) -> StudiedDates:
    """The same rows, with what was left out and why, and how each row came by its days."""
    expressions, left_out = study_expressions(parsed)
    rows = _rows(parsed, expressions)
    traces = {
        row["date_id"]: Trace(one.resolved.way, row["anchor"], row["anchor_date"], one.tense)
        for row, one in zip(rows, expressions, strict=True)
    }
    return StudiedDates(rows, left_out, traces)


def _rows(parsed: Parsed, expressions: list[Expression]) -> list[Row]:
    article = parsed.article
    ids = [
        span_id("date", article.article_id, one.start, one.end, article.text[one.start : one.end])
        for one in expressions
    ]
    return [
        _row(parsed, expression, date_id, ids)
        for expression, date_id in zip(expressions, ids, strict=True)
    ]


def _row(parsed: Parsed, expression: Expression, date_id: str, ids: list[str]) -> Row:
    article, resolved = parsed.article, expression.resolved
    anchor = resolved.anchor
    return DATES.row(
        date_id=date_id,
        article_id=article.article_id,
        published_date=article.published_date,
        sentence_no=expression.sentence_no,
        char_start=expression.start,
        char_end=expression.end,
        surface=article.text[expression.start : expression.end],
        type=resolved.type,
        value=resolved.value,
        mod=resolved.mod,
        edtf=resolved.edtf if resolved.type in ("DATE", "TIME") else None,
        date_start=resolved.start,
        date_end=resolved.end,
        granularity=resolved.granularity,
        is_relative=resolved.relative,
        direction=resolved.direction,
        anchor=ids[anchor] if isinstance(anchor, int) else anchor,
        anchor_date=resolved.anchor_date,
        holiday=resolved.holiday,
        rule=expression.rule,
        sentence=parsed.evidence(expression.sentence_no, expression.end),
    )
