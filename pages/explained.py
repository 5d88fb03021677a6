"""Why is a row as it is? Its columns, its rules, and what is known of it beside what it says."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from expectations.visible import visible
from pages import links, words
from pages.article_rows import Article
from pages.sayings import Named, quoted
from warehouse.columns import FLOAT, STRING, Column, Row
from warehouse.tables import TABLES_BY_NAME

#: Columns that are told otherwise: of the article, of the link to the mark, in the text, at the
#: head of an entity; where a row stands in one line, its rules behind all others.
ELSEWHERE = (
    *("article_id", "published_date", "surface", "sentence", "name", "mention_count"),
    *("sentence_no", "char_start", "char_end", "rule"),
)
#: Where a page says how far each rule is to be trusted, by table and rule.
Places = Mapping[tuple[str, str], str]
#: How many figures of others that say the same are named.
NAMED = 5
_HOWS = {"repeats": "Says what was said before by", "repeated by": "Said again by"}


def explained(
    table: str, row_id: str, row: Row, article: Article, named: Named, places: Places
) -> str:
    """All of a row as markup, for who asks: a line for each column that has a value."""
    told = html.escape(visible(_columns(table, row)), quote=False)
    rule = f"rule {rules(table, row['rule'], places)}" if row.get("rule") else ""
    more = "".join(
        (
            *_doubts(article.doubts.get((table, row_id), ())),
            *(f"<p>{corrected(one)}" for one in article.corrections.get((table, row_id), ())),
            *(_repeats(article.repeats.get(row_id, ()), named) if table == "figures" else ()),
        )
    )
    return f"<pre>{told}{rule}</pre>{more}"


def badges(table: str, row_id: str, article: Article) -> Iterator[tuple[str, str]]:
    """What is to be seen of a row at once: (further class, word)."""
    if (table, row_id) in article.doubts:
        yield " doubted", "doubted"
    if any(one["status"] == "applied" for one in article.corrections.get((table, row_id), ())):
        yield "", "corrected"
    if table == "figures" and any(
        one["how"] == "repeats" for one in article.repeats.get(row_id, ())
    ):
        yield "", "repeated"


@cache
def _told(table: str) -> tuple[tuple[str, Callable[[Any], str]], ...]:
    """The columns that are told line by line, each with how its values are written."""
    return tuple(
        (column.name, _writer(column))
        for column in TABLES_BY_NAME[table].columns
        if column.name not in ELSEWHERE
    )


def _writer(column: Column) -> Callable[[Any], str]:
    """How the values of a column are written: with all their digits, on one line; a number that is
    a name has no commas."""
    if column.pattern or column.name.endswith("_id"):
        return str
    if column.kind is STRING:
        return _on_a_line
    return _whole if column.kind is FLOAT else words.shown


def _on_a_line(value: str) -> str:
    return " ".join(value.split()) if "\n" in value else value


def _whole(value: float) -> str:
    return words.number(value) if value.is_integer() else repr(value)


def _columns(table: str, row: Row) -> str:
    place = ""
    if "char_end" in row:
        at = f"{row['char_start']}–{row['char_end']}"
        place = f"sentence_no {row['sentence_no']}, characters {at}\n"
    return place + "".join(
        [
            f"{name} {written(value)}\n"
            for name, written in _told(table)
            if (value := row.get(name)) is not None
        ]
    )


def rules(table: str, value: str, places: Places) -> str:
    """The rules of a row, each a link to what the page says of it."""
    return ", ".join(
        f'<a href="#{places[table, one]}">{html.escape(one)}</a>' for one in value.split("+")
    )


def _doubts(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        of = f" ({html.escape(row['column_name'])})" if row["column_name"] else ""
        yield (
            f"<p>A check doubts it{of}, {html.escape(words.label(row['expectation']))}: "
            f"{quoted(row['detail'])}"
        )


def corrected(row: Row) -> str:
    """What somebody corrected, why, and what came of it."""
    read = f", read as {quoted(row['value_read'])}" if row["value_read"] is not None else ""
    value = "without a value" if row["value"] is None else quoted(row["value"])
    return (
        f"Corrected ({html.escape(row['status'])}): {html.escape(row['column_name'])} is "
        f"{value}{read}. {quoted(row['why'])} ({quoted(row['corrected_by'])}, "
        f"{words.day(row['corrected_on'])})"
    )


def _repeats(rows: Sequence[Row], named: Named) -> Iterator[str]:
    for how, said in _HOWS.items():
        some = [row for row in rows if row["how"] == how]
        if some:
            told = [_carrier(row, named) for row in some[:NAMED]]
            if len(some) > NAMED:
                told.append(f"{len(some) - NAMED:,} more")
            yield f"<p>{said} {words.listed(told)}"


def _carrier(row: Row, named: Named) -> str:
    called = f"{quoted(row['publisher'] or row['source'] or 'another article')}"
    if row["article_id"] in named.article_ids:
        to = links.relative(named.page, links.article(row["article_id"], row["figure_id"]))
        called = f'<a href="{html.escape(to)}">{called}</a>'
    day = f", {words.day(row['published_date'])}" if row["published_date"] else ""
    return f"{called} ({quoted(row['surface'])}{day})"
