"""What does the lake know of some names? One question for each part of their pages.

All questions are asked of a portion of the names at once, the temporary table ``site_portion``
(entity_id, nation, unit), and of the articles that the site is of, ``site_chosen``. Their rows are
ordered, begin with ``entity_id``, and those of a list that is cut say in ``total`` how many it has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pages.site import Site
from warehouse.columns import Row

#: How many rows each list of a page shows.
SPELLINGS, COMPANY, CLAIMS, FIGURES, EVENTS, ARTICLES = 24, 12, 15, 20, 20, 20
#: After how many characters a statement or a sentence is cut; its mark leads to all of it.
LONGEST = 500

PROFILES = """
SELECT e.entity_id, arg_max(country, (country IS NOT NULL, mention_count, article_id)) AS country,
       arg_max(region, (region IS NOT NULL, mention_count, article_id)) AS region,
       any_value(geonames_id ORDER BY article_id) AS geonames_id,
       any_value(reference_id ORDER BY article_id) AS reference_id,
       any_value({'latitude': latitude, 'longitude': longitude} ORDER BY article_id)
         FILTER (latitude IS NOT NULL AND longitude IS NOT NULL) AS point,
       count(*) AS articles,
       count(*) FILTER (link_status = 'local') AS local,
       count(*) FILTER (link_status = 'ambiguous') AS ambiguous,
       min(runner_up) FILTER (link_status = 'ambiguous') AS runner_up,
       count(*) FILTER (published_date IS NULL) AS undated
FROM lake.entities AS e
SEMI JOIN site_chosen AS chosen ON chosen.article_id = e.article_id
WHERE e.entity_id IN ({ids})
GROUP BY e.entity_id
ORDER BY e.entity_id
"""

_SPELLINGS = f"""
SELECT m.entity_id, m.surface, count(*) AS mentions, count(*) OVER same AS total
FROM lake.mentions AS m
JOIN site_portion AS p ON p.entity_id = m.entity_id
SEMI JOIN site_chosen AS chosen ON chosen.article_id = m.article_id
GROUP BY m.entity_id, m.surface
WINDOW same AS (PARTITION BY m.entity_id)
QUALIFY row_number() OVER (PARTITION BY m.entity_id ORDER BY count(*) DESC, m.surface)
        <= {SPELLINGS}
ORDER BY m.entity_id, mentions DESC, m.surface
"""

_TIMES = """
SELECT e.entity_id, CAST(CASE p.unit WHEN 'day' THEN e.published_date
         WHEN 'week' THEN date_trunc('week', e.published_date)
         WHEN 'month' THEN date_trunc('month', e.published_date)
         ELSE date_trunc('year', e.published_date) END AS DATE) AS start,
       sum(e.mention_count)::BIGINT AS mentions
FROM lake.entities AS e
JOIN site_portion AS p ON p.entity_id = e.entity_id
SEMI JOIN site_chosen AS chosen ON chosen.article_id = e.article_id
WHERE e.published_date IS NOT NULL
GROUP BY ALL
ORDER BY e.entity_id, start
"""

_COMPANY = f"""
WITH named AS (
  SELECT DISTINCT m.article_id, m.sentence_no, m.entity_id
  FROM lake.mentions AS m
  SEMI JOIN site_chosen AS chosen ON chosen.article_id = m.article_id
),
together AS (
  SELECT p.entity_id, b.entity_id AS other_id, count(DISTINCT a.article_id) AS articles,
         count(*) AS sentences
  FROM site_portion AS p
  JOIN named AS a ON a.entity_id = p.entity_id
  JOIN named AS b ON b.article_id = a.article_id AND b.sentence_no = a.sentence_no
                 AND b.entity_id <> a.entity_id
  GROUP BY p.entity_id, b.entity_id
),
most AS (
  SELECT *, count(*) OVER (PARTITION BY entity_id) AS total
  FROM together
  QUALIFY row_number() OVER (
    PARTITION BY entity_id ORDER BY articles DESC, sentences DESC, other_id) <= {COMPANY}
)
SELECT m.entity_id, m.other_id, other.name, m.articles, m.total
FROM most AS m
JOIN site_named AS other ON other.entity_id = m.other_id
ORDER BY m.entity_id, m.articles DESC, m.sentences DESC, m.other_id
"""

_SAID = """
SELECT c.speaker_entity_id AS entity_id, c.claim_id AS row_id, c.published_date, c.article_id,
       c.char_start
FROM lake.claims AS c
JOIN site_portion AS p ON p.entity_id = c.speaker_entity_id
"""

_SAID_OF = """
SELECT DISTINCT m.entity_id, c.claim_id AS row_id, c.published_date, c.article_id, c.char_start
FROM lake.mentions AS m
JOIN site_portion AS p ON p.entity_id = m.entity_id
JOIN lake.claims AS c ON c.article_id = m.article_id AND c.char_start <= m.char_start
                     AND m.char_end <= c.char_end
WHERE c.speaker_entity_id IS DISTINCT FROM m.entity_id
"""

_CLAIM = f"""
SELECT n.entity_id, n.total, c.claim_id, c.article_id, c.published_date, c.quoted, c.speaker,
       c.speaker_entity_id, c.cue, c.kind, c.surface[:{LONGEST}] AS statement,
       length(c.surface) > {LONGEST} AS cut
FROM newest AS n
JOIN lake.claims AS c ON c.claim_id = n.row_id AND c.article_id = n.article_id
ORDER BY n.entity_id, n.rank
"""

#: Figures that no article and no carrier of its story has stated before.
_STATED = """stated AS (
  SELECT f.figure_id AS row_id, f.published_date, f.article_id, f.char_start, f.place_entity_id,
         f.nationality, f.attributed_entity_id, f.event_id
  FROM lake.figures AS f
  ANTI JOIN lake.repeats AS again ON again.figure_id = f.figure_id
  WHERE f.restates IS NULL AND f.conversion_of IS NULL
)"""

#: Figures of a place or a side, and of events.
_ABOUT = f"""
WITH {_STATED},
about AS (
  SELECT p.entity_id, 'place' AS how, f.*
  FROM stated AS f JOIN site_portion AS p ON p.entity_id = f.place_entity_id
  UNION ALL
  SELECT p.entity_id, 'side', f.*
  FROM stated AS f JOIN site_portion AS p ON p.nation = f.nationality
  UNION ALL
  SELECT e.entity_id, e.how, f.*
  FROM (
    SELECT p.entity_id, e.event_id, part.how
    FROM lake.events AS e,
         (VALUES ('agent', 1), ('patient', 2), ('recipient', 3)) AS part (how, place)
    JOIN site_portion AS p ON p.entity_id = CASE part.place
      WHEN 1 THEN e.agent_entity_id WHEN 2 THEN e.patient_entity_id
      ELSE e.recipient_entity_id END
  ) AS e
  JOIN stated AS f ON f.event_id = e.event_id
)
SELECT entity_id, row_id, published_date, article_id, char_start,
       list(DISTINCT how ORDER BY how) AS how
FROM about
GROUP BY ALL
"""

_GIVEN = f"""
WITH {_STATED}
SELECT p.entity_id, f.row_id, f.published_date, f.article_id, f.char_start, NULL AS how
FROM stated AS f JOIN site_portion AS p ON p.entity_id = f.attributed_entity_id
"""

_FIGURE = f"""
SELECT n.entity_id, n.total, n.how, f.figure_id, f.article_id, f.published_date, f.surface,
       f.counted, f.value, f.value_low, f.value_high, f.category, f.modality,
       f.attributed_to, f.attributed_entity_id, f.place, f.place_entity_id,
       f.as_of_start, f.as_of_end, f.sentence[:{LONGEST}] AS sentence,
       length(f.sentence) > {LONGEST} AS cut
FROM newest AS n
JOIN lake.figures AS f ON f.figure_id = n.row_id AND f.article_id = n.article_id
ORDER BY n.entity_id, n.rank
"""

_PART = """
SELECT p.entity_id, e.event_id AS row_id, e.published_date, e.article_id, e.char_start,
       list(DISTINCT part.how ORDER BY part.how) AS how
FROM lake.events AS e,
     (VALUES ('agent', 1), ('patient', 2), ('recipient', 3), ('place', 4)) AS part (how, place)
JOIN site_portion AS p ON p.entity_id = CASE part.place
  WHEN 1 THEN e.agent_entity_id WHEN 2 THEN e.patient_entity_id
  WHEN 3 THEN e.recipient_entity_id ELSE e.place_entity_id END
GROUP BY ALL
"""

_EVENT = """
SELECT n.entity_id, n.total, n.how, e.event_id, e.article_id, e.published_date, e.event_type,
       e.surface, e.agent, e.agent_entity_id, e.patient, e.patient_entity_id, e.recipient,
       e.recipient_entity_id, e.place, e.place_entity_id, e.event_start, e.event_end, e.modality
FROM newest AS n
JOIN lake.events AS e ON e.event_id = n.row_id AND e.article_id = n.article_id
ORDER BY n.entity_id, n.rank
"""

_NAMING = """
SELECT e.entity_id, e.article_id AS row_id, e.published_date, e.article_id,
       e.first_char AS char_start
FROM lake.entities AS e
JOIN site_portion AS p ON p.entity_id = e.entity_id
"""

_ARTICLE = """
SELECT n.entity_id, n.total, a.article_id, a.title, a.publisher, a.source, a.published_date,
       e.mention_count
FROM newest AS n
JOIN lake.articles AS a ON a.article_id = n.article_id
JOIN lake.entities AS e ON e.article_id = n.article_id AND e.entity_id = n.entity_id
ORDER BY n.entity_id, n.rank
"""


def _newest(hits: str, shown: str, most: int) -> str:
    """The newest rows of each name among hits, with what is shown of them."""
    return f"""
WITH hits AS ({hits}),
newest AS (
  SELECT hits.*, count(*) OVER (PARTITION BY entity_id) AS total,
         row_number() OVER (PARTITION BY entity_id ORDER BY published_date DESC NULLS LAST,
                            article_id, char_start, row_id) AS rank
  FROM hits SEMI JOIN site_chosen AS chosen ON chosen.article_id = hits.article_id
  QUALIFY rank <= {most}
)
{shown}"""


#: The lists of a page, each with its question.
QUESTIONS: Mapping[str, str] = {
    "spellings": _SPELLINGS,
    "times": _TIMES,
    "company": _COMPANY,
    "said": _newest(_SAID, _CLAIM, CLAIMS),
    "said_of": _newest(_SAID_OF, _CLAIM, CLAIMS),
    "figures": _newest(_ABOUT, _FIGURE, FIGURES),
    "given": _newest(_GIVEN, _FIGURE, FIGURES),
    "events": _newest(_PART, _EVENT, EVENTS),
    "articles": _newest(_NAMING, _ARTICLE, ARTICLES),
}


@dataclass(frozen=True)
class Portion:
    """The lists of some names: of each list, the rows of each name."""

    lists: Mapping[str, Mapping[str, list[Row]]]

    def of(self, entity_id: str) -> dict[str, list[Row]]:
        """The rows of each list of a name's page; empty where it has none."""
        return {name: rows.get(entity_id, []) for name, rows in self.lists.items()}


def portion(site: Site, names: Iterable[tuple[str, str | None, str]]) -> Portion:
    """The lists of some names, each given with the code of the country whose side's figures are
    about it and the unit of its bars."""
    values = ", ".join(
        f"({_literal(entity_id)}, {_literal(nation)}, {_literal(unit)})"
        for entity_id, nation, unit in names
    )
    site.ask(
        "CREATE OR REPLACE TEMPORARY TABLE site_portion AS "
        f"SELECT * FROM (VALUES {values}) AS given (entity_id, nation, unit)"
    )
    lists: dict[str, dict[str, list[Row]]] = {}
    for name, question in QUESTIONS.items():
        grouped: dict[str, list[Row]] = defaultdict(list)
        for row in site.ask(question):
            grouped[row["entity_id"]].append(row)
        lists[name] = grouped
    return Portion(lists)


def _literal(text: str | None) -> str:
    return "CAST(NULL AS VARCHAR)" if text is None else "'" + text.replace("'", "''") + "'"
