"""The views for analysts, as data: name, meaning, columns, SQL.

They are made as temporary views in each analyst's connection (:func:`make_views`), so that they
are always those of the installed version and also stand over an old snapshot. In the SQL the
tables are ``lake.NAME``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.views.article_rows import ARTICLE_ROWS
from warehouse.views.claims_by_source import CLAIMS_BY_SOURCE
from warehouse.views.conflicting_counts import CONFLICTING_COUNTS
from warehouse.views.count_claims import COUNT_CLAIMS
from warehouse.views.count_timeline import COUNT_TIMELINE
from warehouse.views.date_details import DATE_DETAILS
from warehouse.views.days_named import DAYS_NAMED
from warehouse.views.entity_comentions import ENTITY_COMENTIONS
from warehouse.views.entity_daily import ENTITY_DAILY
from warehouse.views.entity_pairs import ENTITY_PAIRS
from warehouse.views.event_dates import EVENT_DATES
from warehouse.views.events_per_day import EVENTS_PER_DAY
from warehouse.views.figure_details import FIGURE_DETAILS
from warehouse.views.latest_counts import LATEST_COUNTS
from warehouse.views.latest_troop_counts import LATEST_TROOP_COUNTS
from warehouse.views.quality_summary import QUALITY_SUMMARY
from warehouse.views.quotes import QUOTES
from warehouse.views.reference import REFERENCE_VIEWS
from warehouse.views.scheduled import SCHEDULED
from warehouse.views.source_health import SOURCE_HEALTH
from warehouse.views.story_carriers import STORY_CARRIERS
from warehouse.views.transfers import TRANSFERS
from warehouse.views.view import View

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["REFERENCE_VIEWS", "VIEWS", "View", "make_views"]

#: A view comes after those that it asks.
VIEWS: tuple[View, ...] = (
    FIGURE_DETAILS,
    COUNT_CLAIMS,
    LATEST_COUNTS,
    LATEST_TROOP_COUNTS,
    COUNT_TIMELINE,
    CONFLICTING_COUNTS,
    EVENTS_PER_DAY,
    CLAIMS_BY_SOURCE,
    QUOTES,
    TRANSFERS,
    SCHEDULED,
    DATE_DETAILS,
    EVENT_DATES,
    DAYS_NAMED,
    ENTITY_DAILY,
    ENTITY_PAIRS,
    ENTITY_COMENTIONS,
    STORY_CARRIERS,
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
