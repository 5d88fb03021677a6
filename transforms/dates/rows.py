"""Resolved expressions as rows of the table ``dates``."""

from __future__ import annotations

from transforms.dates.read import Expression, read_expressions
from transforms.identity import span_id
from transforms.model import Parsed
from warehouse.tables import DATES, Row


def read_dates(parsed: Parsed) -> list[Row]:
    """The rows of ``dates`` of one article, in the order of its text."""
    expressions = read_expressions(parsed)
    ids = [date_id(parsed, expression) for expression in expressions]
    return [_row(parsed, expression, ids) for expression in expressions]


def date_id(parsed: Parsed, expression: Expression) -> str:
    start, end = expression.start, expression.end
    article = parsed.article
    return span_id("date", article.article_id, start, end, article.text[start:end])


def _row(parsed: Parsed, expression: Expression, ids: list[str]) -> Row:
    article, resolved = parsed.article, expression.resolved
    anchor = resolved.anchor
    return DATES.row(
        date_id=date_id(parsed, expression),
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
    )
