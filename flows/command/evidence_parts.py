"""What is shown of a row and its article: a stretch of text, the marks in it, lists of rows.

Text and page (:mod:`evidence_text`, :mod:`evidence_html`) only give it a form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flows import excerpt
from flows.excerpt import Mark, Span
from warehouse.evidence import Evidence, Found, plain

#: What a row of a table is called, one.
NAMES = {
    "figures": "figure",
    "dates": "date",
    "mentions": "name",
    "events": "event",
    "claims": "claim",
    "entities": "entity",
    "articles": "article",
}
#: What a row says in short, by its table: columns, in the order in which they are told.
_SHORT = {
    "figures": ("value", "unit", "counted", "category", "modality", "place", "attributed_to"),
    "dates": ("type", "date_start", "date_end"),
    "mentions": ("entity_type",),
    "events": ("event_type", "agent", "patient", "recipient", "place", "event_start", "modality"),
    "claims": ("kind", "speaker_name", "speaker"),
    "entities": ("entity_type", "country", "link_status"),
}
#: What is so of most rows and needs no words.
_USUAL = {"modality": "actual", "unit": "1"}


#: The heads of what tells an article from others.
_FROM = ("article", "published", "publisher", "title")


@dataclass(frozen=True)
class Shown:
    """What is shown of a row's article: a stretch of its text, and the marks in it."""

    evidence: Evidence
    span: Span
    marks: list[Mark]

    @property
    def text(self) -> str:
        text = self.evidence.article.get("text")
        return text if isinstance(text, str) else ""

    @property
    def neighbours(self) -> list[Found]:
        """The other rows that are marked, in the order of the text."""
        by_id = {one.row_id: one for one in self.evidence.rows}
        return [by_id[mark.row_id] for mark in self.marks if not mark.asked]


@dataclass(frozen=True)
class Section:
    """A list with its title; without heads, of names and values.

    ``marked`` is the list of the rows that are marked in the text, with their ids in the second
    column.
    """

    title: str
    rows: Sequence[Sequence[Any]]
    heads: Sequence[str] = ()
    marked: bool = False


def shown_of(found: Evidence, around: int, whole: bool) -> Shown:
    """What of the article is shown, and what is marked in it."""
    text = found.article.get("text") or ""
    own = {one.row_id for one in found.marks}
    every = {one.row_id: one for one in (*found.rows, *found.marks)}.values()
    marks = [
        excerpt.Mark(*span, one.table, one.row_id, one.row_id in own)
        for one in every
        if (span := one.span)
    ]
    asked = [mark for mark in marks if mark.asked]
    if whole or not asked:
        # of a row that stands nowhere in a text, the article's is no evidence
        nothing = found.found.table != "articles" and not whole
        span = (0, 0) if nothing else (0, len(text))
    else:
        known = [
            (one.row["char_start"], one.row["sentence"])
            for one in every
            if one.row.get("sentence") and one.span
        ]
        first = min(asked, key=lambda mark: mark.start)
        start, end = excerpt.around(
            excerpt.sentences(text, known), (first.start, first.end), around
        )
        # a row in quarantine may stand where there is no text
        end = min(max(start + len(text[start:end].rstrip()), first.end), len(text))
        span = (max(start, 0), max(end, 0))
    return Shown(found, span, excerpt.within(marks, span))


def short(found: Found) -> str:
    """What a row says, in a line."""
    parts = []
    for column in _SHORT.get(found.table, ()):
        value = found.row.get(column)
        if value is None or _USUAL.get(column) == value:
            continue
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            value = int(value)
        if column == "speaker" and found.row.get("speaker_name"):
            continue
        parts.append(f"{column} {value}")
    return ", ".join(parts)


def name_of(found: Found) -> str:
    """What a row is called: a figure, a name."""
    return NAMES.get(found.table, found.table)


def headline(shown: Shown) -> tuple[str, list[str]]:
    """The article's title, and lines that say where it is from and which row is shown."""
    found, article = shown.evidence.found, shown.evidence.article
    if not article:
        return "no article", [f"{name_of(found)} {found.row_id}, whose article is not in the lake"]
    published = article.get("published_at")
    when = f"{published:%Y-%m-%d %H:%M} UTC" if published else article.get("published_date")
    told = (article.get("publisher"), when, article.get("url"))
    lines = [
        ", ".join(str(one) for one in told if one) or "neither publisher nor day are known",
        f"article {article['article_id']}, source {article.get('source')}: {article['source_uri']}",
    ]
    if article.get("duplicate_of"):
        lines.append(
            f"a duplicate: it says the same as {article['duplicate_of']}, whose rows stand for both"
        )
    return article.get("title") or "without a title", [*lines, _which(shown)]


def _which(shown: Shown) -> str:
    found, evidence = shown.evidence.found, shown.evidence
    called = f"{name_of(found)} {found.row_id}"
    if evidence.quarantined:
        called += ", which is in quarantine"
    if found.table == "articles":
        counts: dict[str, int] = {}
        for one in evidence.rows:
            counts[one.table] = counts.get(one.table, 0) + 1
        told = ", ".join(f"{table} {n:,}" for table, n in sorted(counts.items()))
        return f"rows: {told}" if told else "no rows"
    if found.table == "entities":
        more = len(evidence.marks)
        times = "once" if more == 1 else f"{more:,} times"
        others = evidence.naming - 1
        also = f"and in {others:,} other articles" if others > 1 else "and in one other article"
        named = f"{called}, {found.row['name']}: named here {times}"
        return f"{named} {also if others else 'alone'}"
    if not found.span:
        return called
    start, end = found.span
    return f"{called}, characters {start:,} to {end:,}, sentence_no {found.row.get('sentence_no')}"


def sections(shown: Shown) -> Iterator[Section]:
    """What there is to tell of the row, the most telling first."""
    evidence = shown.evidence
    if evidence.quarantined:
        rows = [tuple(one.values()) for one in evidence.quarantined]
        yield Section("why it is in quarantine", rows, tuple(evidence.quarantined[0]))
    own = plain(evidence.found.row, evidence.found.row_id)
    if shown.marks:
        own.pop("sentence", None)  # it stands above
    yield Section(f"this {name_of(evidence.found)}", list(own.items()))
    linked = ("column", "row", "id", "text", "says")
    for title, links in (
        ("points at", evidence.points_at),
        ("pointed at by", evidence.pointed_at_by),
    ):
        if links:
            yield Section(title, [(link.column, *_row(link.found)) for link in links], linked)
    if evidence.repeats:
        said = [
            (how, row["figure_id"], f"{row['surface']} {row['counted'] or ''}".strip(), *_from(row))
            for how, row in evidence.repeats
        ]
        yield Section("other carriers of the story say", said, ("how", "figure", "text", *_FROM))
    if evidence.carriers:
        told = [(*_from(row), row["duplicate_of"] or "") for row in evidence.carriers]
        yield Section("other articles of its story", told, (*_FROM, "duplicate of"))
    if shown.neighbours:
        title = "its rows" if evidence.found.table == "articles" else "in the same sentences"
        yield Section(title, [_row(one) for one in shown.neighbours], linked[1:], marked=True)
    if evidence.named_in:
        yield Section("also named in", [_from(row) for row in evidence.named_in], _FROM)


def _row(found: Found) -> tuple[str, str, str, str]:
    surface = " ".join(str(found.row.get("surface", found.row.get("name", ""))).split())
    return name_of(found), found.row_id, surface, short(found)


def _from(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["article_id"], row["published_date"], row["publisher"], row["title"]
