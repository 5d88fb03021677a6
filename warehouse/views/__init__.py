"""The views for analysts, as data: name, meaning, columns, SQL.

They are made as temporary views in each analyst's connection (:func:`make_views`), so that they
are always those of the installed version and also stand over an old snapshot. In the SQL the
tables are ``lake.NAME``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.views.articles import ARTICLE_ROWS, STORY_CARRIERS
from warehouse.views.dates import DAYS_NAMED, EVENT_DATES
from warehouse.views.entities import ENTITY_COMENTIONS
from warehouse.views.figures import EVENTS_PER_DAY, FIGURE_DETAILS, LATEST_TROOP_COUNTS
from warehouse.views.reference import REFERENCE_VIEWS
from warehouse.views.runs import QUALITY_SUMMARY, SOURCE_HEALTH
from warehouse.views.view import View

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["REFERENCE_VIEWS", "VIEWS", "View", "make_views"]

VIEWS: tuple[View, ...] = (
    FIGURE_DETAILS,
    LATEST_TROOP_COUNTS,
    EVENTS_PER_DAY,
    DAYS_NAMED,
    STORY_CARRIERS,
    EVENT_DATES,
    ENTITY_COMENTIONS,
    ARTICLE_ROWS,
    QUALITY_SUMMARY,
    SOURCE_HEALTH,
)


def make_views(connection: DuckDBPyConnection, *, lenient: bool = False) -> None:
    """Make the views in a connection that has the lake attached.

    ``lenient`` leaves out a view that the snapshot has no tables or columns for. Views of
    reference tables are always left out then: only a run publishes these, and one of an earlier
    version has left the table that the view stands for.
    """
    import duckdb

    for view in (*VIEWS, *REFERENCE_VIEWS):
        try:
            connection.execute(f"CREATE OR REPLACE TEMPORARY VIEW {view.name} AS {view.sql}")
        except (duckdb.CatalogException, duckdb.BinderException):
            if not lenient and view in VIEWS:
                raise
