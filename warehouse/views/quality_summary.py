"""How did the checks of each run end?"""

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
