"""What is the page of a question made of? A view, the columns that a person reads first, and where
each number, day or word of a row was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pages.charts import Chart
from pages.site import Site

#: Draws the charts of a question, the most telling first.
Charts = Callable[[Site], Iterator[Chart]]

#: What a column is called above a table, where its own name is no plain word.
HEADS = {
    "claimed_by": "who says so",
    "claimed_by_kind": "kind of speaker",
    "said_by": "who says so",
    "attributed_to": "who says so",
    "speaker_kind": "kind of speaker",
    "speaker_country": "country",
    "place_country": "country",
    "place_name": "place",
    "nationality": "whose",
    "published_date": "published",
    "cumulative": "total or new",
    "counted": "of what",
    "surface": "as written",
    "counts": "of whom or what",
    "category": "what",
    "table_name": "table",
    "run_id": "run",
}


def no_charts(site: Site) -> Iterator[Chart]:
    """Of a question whose rows say it best."""
    yield from ()


@dataclass(frozen=True)
class Question:
    """The page of a view.

    ``columns`` are shown, in this order; they are columns of the view or made by ``select``, SQL
    behind ``SELECT v.*`` over the view ``v`` and ``joins``. ``marks`` names for a column the two
    that hold the article and the row that it was read from, ``names`` the one that holds an
    entity's id. ``sentences`` are columns of sentences; of each the words of another column are
    marked if they stand in it once. ``order`` is SQL over the same rows (the view's own if empty);
    ``group`` names a column by whose values rows stand together. ``most_of`` names a column of
    which each value has so many rows at most, the first ones of the view.
    """

    view: str
    columns: tuple[str, ...]
    charts: Charts = no_charts
    select: str = ""
    joins: str = ""
    marks: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    sentences: Mapping[str, str | None] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    group: str = ""
    most_of: tuple[str, int] | None = None

    def head(self, column: str) -> str:
        """What a column is called."""
        return self.heads.get(column) or HEADS.get(column) or column.replace("_", " ")

    def sql(self, kept: str, limit: int) -> str:
        """The first rows that are shown, of the table that holds the view's rows."""
        made = f", {self.select}" if self.select else ""
        order = f"{self.order}, v.row_no" if self.order else "v.row_no"
        rows = kept
        if self.most_of is not None:
            column, most = self.most_of
            rows = (
                f"(SELECT * FROM {kept} QUALIFY "
                f"row_number() OVER (PARTITION BY {column} ORDER BY row_no) <= {most})"
            )
        return f"SELECT v.*{made} FROM {rows} AS v {self.joins} ORDER BY {order} LIMIT {limit}"
