"""How does each source fare?"""

from __future__ import annotations

from warehouse.views.view import View

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
