"""What does the lake know of its sources and publishers? One question for each part of their pages.

All are asked of the temporary tables of :mod:`pages.carried`. Their rows begin with ``part`` and
``name``; those of a list that is cut say in ``total`` how many it has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from pages.site import Site
from warehouse.columns import Row

#: How many rows each list of a page shows.
CONFLICTS, SPEAKERS, OTHERS, REJECTS, NEWEST = 12, 15, 8, 20, 20
#: After how many characters a sentence is cut; its mark leads to all of it.
LONGEST = 500

_NUMBERS = """
WITH of_story AS (
  SELECT a.story_id, count(*) AS carriers
  FROM lake.articles AS a SEMI JOIN site_chosen AS c ON c.article_id = a.article_id
  GROUP BY a.story_id
)
SELECT s.part, s.name, count(a.article_id) AS articles, min(a.published_date) AS first_date,
       max(a.published_date) AS last_date,
       count(a.article_id) FILTER (a.published_date IS NULL) AS undated,
       count(a.duplicate_of) AS duplicates,
       count(*) FILTER (a.story_id <> a.article_id AND a.duplicate_of IS NULL) AS carrying,
       count(*) FILTER (a.story_id = a.article_id AND o.carriers > 1) AS carried,
       count(*) FILTER (a.story_id = a.article_id AND o.carriers = 1) AS alone,
       count(*) FILTER (a.revision > 0) AS revised
FROM site_sources AS s
LEFT JOIN site_carried AS c ON c.part = s.part AND c.name = s.name
LEFT JOIN lake.articles AS a ON a.article_id = c.article_id
LEFT JOIN of_story AS o ON o.story_id = a.story_id
GROUP BY s.part, s.name
ORDER BY s.part DESC, articles DESC, s.name
"""

#: Only what was fetched after it was published has a delay; a file is fetched when it is written.
_DELAYS = """
SELECT c.part, c.name, count(*) AS measured, median(seconds) AS median,
       quantile_cont(seconds, 0.9) AS most
FROM (
  SELECT a.article_id,
         min(date_diff('second', a.published_at, r.fetched_at))::DOUBLE AS seconds
  FROM lake.articles AS a
  JOIN lake.raw_articles AS r ON r.raw_id = a.raw_id
  WHERE r.fetched_at >= a.published_at
  GROUP BY a.article_id
) AS d
JOIN site_carried AS c ON c.article_id = d.article_id
SEMI JOIN site_sources AS s ON s.part = c.part AND s.name = c.name
GROUP BY c.part, c.name
ORDER BY c.part, c.name
"""

_LANGUAGES = """
SELECT c.part, c.name, a.language, count(*) AS articles
FROM site_carried AS c
SEMI JOIN site_sources AS s ON s.part = c.part AND s.name = c.name
JOIN lake.articles AS a ON a.article_id = c.article_id
GROUP BY c.part, c.name, a.language
ORDER BY c.part, c.name, articles DESC, a.language
"""

_TIMES = """
WITH spans AS (
  SELECT c.part, c.name, min(a.published_date) AS first_date, max(a.published_date) AS last_date
  FROM site_carried AS c JOIN lake.articles AS a ON a.article_id = c.article_id
  SEMI JOIN site_sources AS s ON s.part = c.part AND s.name = c.name
  GROUP BY c.part, c.name
)
SELECT c.part, c.name, CAST(CASE {unit} WHEN 'day' THEN a.published_date
         WHEN 'week' THEN date_trunc('week', a.published_date)
         WHEN 'month' THEN date_trunc('month', a.published_date)
         ELSE date_trunc('year', a.published_date) END AS DATE) AS start, count(*) AS articles
FROM spans AS p
JOIN site_carried AS c ON c.part = p.part AND c.name = p.name
JOIN lake.articles AS a ON a.article_id = c.article_id
WHERE a.published_date IS NOT NULL
GROUP BY ALL
ORDER BY c.part, c.name, start
"""

#: Whose stories it carries (``how`` whose), and who carries its own (by).
_OTHERS = f"""
WITH publisher AS (SELECT name, article_id FROM site_carried WHERE part = 'publisher'),
pairs AS (
  SELECT a.article_id AS carrier, a.story_id AS original
  FROM lake.articles AS a
  WHERE a.story_id <> a.article_id
),
both_ways AS (
  SELECT c.part, c.name, 'whose' AS how, o.name AS other
  FROM pairs JOIN site_carried AS c ON c.article_id = carrier
  JOIN publisher AS o ON o.article_id = original
  UNION ALL
  SELECT c.part, c.name, 'by', o.name
  FROM pairs JOIN site_carried AS c ON c.article_id = original
  JOIN publisher AS o ON o.article_id = carrier
)
SELECT part, name, how, other, count(*) AS articles
FROM both_ways AS b
SEMI JOIN site_sources AS s ON s.part = b.part AND s.name = b.name
WHERE part <> 'publisher' OR other <> name
GROUP BY part, name, how, other
QUALIFY row_number() OVER (
  PARTITION BY part, name, how ORDER BY count(*) DESC, other) <= {OTHERS}
ORDER BY part, name, how, articles DESC, other
"""

#: Counts of its articles that others' do not agree with, or that one of its articles sets
#: against each other.
_CONFLICTS = f"""
WITH sides AS (
  SELECT v.row_no, low.article_id AS lower_article, high.article_id AS higher_article
  FROM {{conflicts}} AS v
  JOIN lake.figures AS low ON low.figure_id = v.lower_figure_id
  JOIN lake.figures AS high ON high.figure_id = v.higher_figure_id
),
hits AS (
  SELECT DISTINCT c.part, c.name, p.row_no, p.lower_article, p.higher_article
  FROM sides AS p
  JOIN site_carried AS c ON c.article_id IN (p.lower_article, p.higher_article)
  SEMI JOIN site_sources AS s ON s.part = c.part AND s.name = c.name
),
shown AS (
  SELECT *, count(*) OVER (PARTITION BY part, name) AS total
  FROM hits
  QUALIFY row_number() OVER (PARTITION BY part, name ORDER BY row_no) <= {CONFLICTS}
)
SELECT h.part, h.name, h.total, h.lower_article, h.higher_article, v.category, v.kind, v.place,
       v.day, v.cumulative, v.lower_value, v.lower_by, v.higher_value, v.higher_by,
       v.lower_figure_id, v.higher_figure_id, v.lower_published, v.higher_published,
       v.lower_sentence[:{LONGEST}] AS lower_sentence,
       v.higher_sentence[:{LONGEST}] AS higher_sentence,
       length(v.lower_sentence) > {LONGEST} AS lower_cut,
       length(v.higher_sentence) > {LONGEST} AS higher_cut,
       coalesce(low.publisher, low.source) AS lower_publisher,
       coalesce(high.publisher, high.source) AS higher_publisher
FROM shown AS h
JOIN {{conflicts}} AS v ON v.row_no = h.row_no
JOIN lake.articles AS low ON low.article_id = h.lower_article
JOIN lake.articles AS high ON high.article_id = h.higher_article
ORDER BY h.part, h.name, h.row_no
"""

_SPEAKERS = f"""
WITH said AS (
  SELECT c.part, c.name, coalesce(k.speaker_entity_id, lower(k.speaker_name)) AS who,
         any_value(k.speaker_entity_id) AS speaker_entity_id,
         arg_max(k.speaker_name, (k.published_date, k.claim_id)) AS written,
         count(*) AS claims, count(*) FILTER (k.quoted) AS quoted,
         count(DISTINCT k.article_id) AS articles
  FROM lake.claims AS k
  JOIN site_carried AS c ON c.article_id = k.article_id
  SEMI JOIN site_sources AS s ON s.part = c.part AND s.name = c.name
  WHERE k.speaker_name IS NOT NULL OR k.speaker_entity_id IS NOT NULL
  GROUP BY c.part, c.name, who
),
most AS (
  SELECT *, count(*) OVER (PARTITION BY part, name) AS total
  FROM said
  QUALIFY row_number() OVER (PARTITION BY part, name ORDER BY claims DESC, who) <= {SPEAKERS}
)
SELECT m.part, m.name, m.total, m.speaker_entity_id, coalesce(e.name, m.written) AS speaker,
       m.claims, m.quoted, m.articles
FROM most AS m
LEFT JOIN site_named AS e ON e.entity_id = m.speaker_entity_id
ORDER BY m.part, m.name, m.claims DESC, m.who
"""

_NEWEST = f"""
WITH newest AS (
  SELECT c.part, c.name, a.article_id, a.title, a.published_date,
         coalesce(a.publisher, nullif(a.source, c.name)) AS publisher,
         count(*) OVER (PARTITION BY c.part, c.name) AS total,
         row_number() OVER (PARTITION BY c.part, c.name
           ORDER BY a.published_at DESC NULLS LAST, a.article_id) AS rank
  FROM site_carried AS c
  SEMI JOIN site_sources AS s ON s.part = c.part AND s.name = c.name
  JOIN lake.articles AS a ON a.article_id = c.article_id
  QUALIFY rank <= {NEWEST}
)
FROM newest ORDER BY part, name, rank
"""

_REASONS = """
SELECT 'source' AS part, source AS name, reason, count(*) AS inputs
FROM lake.rejects
GROUP BY source, reason
ORDER BY source, inputs DESC, reason
"""

_REJECTS = f"""
SELECT 'source' AS part, source AS name, source_uri[:300] AS source_uri, reason,
       detail[:{LONGEST}] AS detail, count(*) OVER (PARTITION BY source) AS total
FROM lake.rejects
QUALIFY row_number() OVER (
  PARTITION BY source ORDER BY run_id DESC, source_uri, raw_id) <= {REJECTS}
ORDER BY source, run_id DESC, source_uri, raw_id
"""

_HEALTH = """
SELECT 'source' AS part, source AS name, path, state, last_read, last_success, last_new, failures,
       trouble, not_fetched
FROM source_health
ORDER BY source, path
"""

#: The parts of a page, each with its question.
_QUESTIONS: Mapping[str, str] = {
    "numbers": _NUMBERS,
    "delays": _DELAYS,
    "languages": _LANGUAGES,
    "times": _TIMES,
    "others": _OTHERS,
    "conflicts": _CONFLICTS,
    "speakers": _SPEAKERS,
    "newest": _NEWEST,
    "reasons": _REASONS,
    "rejects": _REJECTS,
    "health": _HEALTH,
}

type Known = Mapping[str, Mapping[tuple[str, str], list[Row]]]


def known(site: Site, unit: str) -> Known:
    """The rows of each part of the pages, by source or publisher; ``unit`` is an SQL expression of
    ``first_date`` and ``last_date``: what a bar is of."""
    conflicts = site.view("conflicting_counts")
    parts: dict[str, dict[tuple[str, str], list[Row]]] = {}
    for name, question in _QUESTIONS.items():
        grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in site.ask(question.replace("{unit}", unit).replace("{conflicts}", conflicts)):
            grouped[row["part"], row["name"]].append(row)
        parts[name] = grouped
    return parts
