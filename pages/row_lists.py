"""How are the rows of an article listed? By kind: what each says, its place in the text, the rows
that it leads to, and why it is as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from pages import links, words
from pages.article_rows import Article
from pages.article_text import KINDS
from pages.explained import Places, badges, explained, rules
from pages.sayings import Named, line, quoted
from warehouse.columns import Row

#: The kinds that are listed row by row, with their headings; names are listed by entity.
HEADINGS = {"figures": "Figures", "dates": "Dates", "events": "Events", "claims": "Claims"}
#: How a row leads to others of its article: column, its label, the table of the other.
_LINKS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "figures": (
        ("claim_id", "claim of", "claims"),
        ("event_id", "event", "events"),
        ("as_of_date_id", "date", "dates"),
        ("restates", "says again", "figures"),
        ("conversion_of", "in another unit", "figures"),
    ),
    "dates": (("anchor", "counted from", "dates"),),
    "events": (("claim_id", "claim of", "claims"), ("date_id", "date", "dates")),
    "claims": (("within", "within the claim of", "claims"), ("continues", "goes on", "claims")),
}
#: How much of a row stands in a link to it.
_SHORT = 60


@dataclass(frozen=True)
class Section:
    """The rows of one kind: the letter of their marks, their heading and number, each as markup."""

    letter: str
    heading: str
    count: int
    rows: list[Markup]


@dataclass(frozen=True)
class Lists:
    """The lists of an article: ``placed`` are the rows that have a mark in its text."""

    article: Article
    named: Named
    placed: frozenset[str]
    places: Places

    def sections(self) -> Iterator[Section]:
        """The kinds of which there are rows."""
        for table, heading in HEADINGS.items():
            if some := self.article.rows[table]:
                rows = [Markup(self._row(table, row)) for row in some]
                yield Section(KINDS[table][0], heading, len(rows), rows)
        if self.article.rows["entities"]:
            mentions: dict[str, list[Row]] = {}
            for row in self.article.rows["mentions"]:
                mentions.setdefault(row["entity_id"], []).append(row)
            rows = [
                Markup(self._entity(row, mentions.get(row["entity_id"], [])))
                for row in self.article.rows["entities"]
            ]
            count = len(self.article.rows["mentions"])
            yield Section(KINDS["mentions"][0], "Names", count, rows)

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Row]:
        return {
            (table, row[f"{table[:-1]}_id"]): row
            for table in HEADINGS
            for row in self.article.rows[table]
        }

    def _row(self, table: str, row: Row) -> str:
        row_id = row[f"{table[:-1]}_id"]
        others = [
            f'{label} <a href="#{links.row(row[column])}">{quoted(_short(other, to))}</a>'
            for column, label, other in _LINKS[table]
            if row[column] and (to := self._by_id.get((other, row[column])))
        ]
        return (
            f'<li id="{links.row(row_id)}">{self._to_mark(row, row_id)} '
            f"<span>{line(table, row, self.named)}</span>{self._badges(table, row_id)}"
            f"{f'<small>{" · ".join(others)}</small>' if others else ''}"
            f"{self._explained(table, row_id, row)}</details>"
        )

    def _entity(self, row: Row, mentions: list[Row]) -> str:
        """An entity with the places that name it."""
        key = f"{self.article.article_id}/{row['entity_id']}"
        marks = "".join(
            f'<li id="{links.row(one["mention_id"])}">{self._to_mark(one, one["mention_id"])}'
            f"{self._badges('mentions', one['mention_id'])}"
            for one in mentions
        )
        return (
            f'<li id="{links.row(row["entity_id"])}">'
            f"<b>{self.named.name(row['name'], row['entity_id'])}</b> "
            f"<span>{line('entities', row, self.named)}</span>{self._badges('entities', key)}"
            f'<ul class="named">{marks}</ul>{self._explained("entities", key, row)}'
            f"<pre>{self._named(mentions)}</pre></details>"
        )

    def _named(self, mentions: list[Row]) -> str:
        """Where mentions stand (sentence_no: characters), by the rules that found them."""
        by_rule: dict[str | None, list[str]] = {}
        for one in mentions:
            at = f"{one['sentence_no']}: {one['char_start']}–{one['char_end']}"
            by_rule.setdefault(one["rule"], []).append(at)
        return "".join(
            f"\n{rules('mentions', rule, self.places) if rule else words.NOTHING} {', '.join(at)}"
            for rule, at in by_rule.items()
        )

    def _explained(self, table: str, row_id: str, row: Row) -> str:
        """The row in full, still open."""
        told = explained(table, row_id, row, self.article, self.named, self.places)
        return f"<details><summary>explain</summary>{told}"

    def _to_mark(self, row: Row, row_id: str) -> str:
        """The row's words, which lead to their place in the text."""
        if row_id not in self.placed:
            return quoted(row["surface"])
        return f'<a href="#{links.mark(row_id)}">{quoted(row["surface"])}</a>'

    def _badges(self, table: str, row_id: str) -> str:
        if self.article.plain:
            return ""
        return "".join(
            f' <b class="badge{kind}">{word}</b>'
            for kind, word in badges(table, row_id, self.article)
        )


def _short(table: str, row: Row) -> str:
    """What a row is called in a link to it: a claim by who makes it."""
    told = " ".join(str(row["speaker" if table == "claims" else "surface"]).split())
    return told if len(told) <= _SHORT else f"{told[: _SHORT - 1]}…"
