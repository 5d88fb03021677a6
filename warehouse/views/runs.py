"""Views of how runs, checks and sources fared."""

from __future__ import annotations

from warehouse.views.view import View

QUALITY_SUMMARY = View(
    "quality_summary",
    "How the checks of each run ended, table by table.",
    {
        "run_id": "the run",
        "table_name": "the table that was checked",
        "expectations": "how many different expectations were checked",
        "passed": "results that passed, over all batches",
        "failed": "results that failed",
        "broke": "checks that broke",
        "rows_checked": "most rows that one expectation looked at, over all batches",
        "rows_quarantined": "rows of the table that went to quarantine",
    },
    """
WITH per_expectation AS (
  SELECT run_id, table_name, expectation, column_name,
         count(*) FILTER (outcome = 'passed') AS passed,
         count(*) FILTER (outcome = 'failed') AS failed,
         count(*) FILTER (outcome = 'broke') AS broke, sum(checked) AS checked
  FROM lake.quality
  GROUP BY ALL
),
held AS (
  SELECT run_id, table_name, count(DISTINCT row_id) AS rows_quarantined
  FROM lake.quarantine
  GROUP BY ALL
)
SELECT q.run_id, q.table_name, count(*) AS expectations,
       sum(q.passed)::BIGINT AS passed, sum(q.failed)::BIGINT AS failed,
       sum(q.broke)::BIGINT AS broke, max(q.checked)::BIGINT AS rows_checked,
       coalesce(any_value(h.rows_quarantined), 0) AS rows_quarantined
FROM per_expectation AS q
LEFT JOIN held AS h ON h.run_id = q.run_id AND h.table_name = q.table_name
GROUP BY q.run_id, q.table_name
""",
    question="How did the checks of each run end?",
    order="run_id DESC, table_name",
)

SOURCE_HEALTH = View(
    "source_health",
    "How each source fares, as of the latest run: one row a source and place.",
    {
        "source": "name of the source",
        "path": "where it is read, as configured",
        "state": "ok; failing: not read for more than 24 hours; silent: nothing new for as long",
        "last_read": "when it was last tried, UTC",
        "last_success": "when it was last read; null if never",
        "last_new": "when it last gave something new; null if never",
        "failures": "how often it was tried and not read since it last was",
        "trouble": "why it could not be read the last time; null if it was",
        "not_fetched": "addresses that gave nothing the last time and are asked again",
    },
    """
WITH latest AS (SELECT max(read_at) AS as_of FROM lake.source_reads),
fared AS (
  SELECT source, path, min(read_at) AS first_read, max(read_at) AS last_read,
         max(read_at) FILTER (trouble IS NULL) AS last_success,
         max(read_at) FILTER (new_inputs > 0) AS last_new,
         arg_max_null(trouble, read_at) AS trouble, arg_max(not_fetched, read_at) AS not_fetched
  FROM lake.source_reads
  GROUP BY source, path
)
SELECT source, path,
       CASE WHEN trouble IS NOT NULL
                 AND as_of - coalesce(last_success, first_read) > INTERVAL 24 HOURS
            THEN 'failing'
            WHEN as_of - coalesce(last_new, first_read) > INTERVAL 24 HOURS THEN 'silent'
            ELSE 'ok' END AS state,
       last_read, last_success, last_new,
       (SELECT count(*) FROM lake.source_reads AS r
        WHERE r.source = fared.source AND r.path = fared.path AND r.trouble IS NOT NULL
          AND (last_success IS NULL OR r.read_at > last_success)) AS failures,
       trouble, not_fetched
FROM fared CROSS JOIN latest
ORDER BY source, path
""",
    question="How does each source fare?",
    order="source, path",
)
