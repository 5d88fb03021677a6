"""Which source and which publisher is an article of, and which of them have a page?

A source is what is configured to be read; its name stands with every input. An aggregator's
records name their own: such a name is a publisher's where the article has no other.
"""

from __future__ import annotations

from pages.site import Site

#: How many publishers have a page: the largest.
PUBLISHERS = 500

_SOURCES = """
SELECT DISTINCT source FROM lake.inputs
UNION SELECT source FROM lake.rejects
UNION SELECT source FROM lake.source_reads
"""

_CARRIED = """
CREATE OR REPLACE TEMPORARY TABLE site_carried AS
SELECT DISTINCT 'source' AS part, i.source AS name, a.article_id
FROM lake.articles AS a
SEMI JOIN site_chosen AS chosen ON chosen.article_id = a.article_id
JOIN lake.inputs AS i ON i.article_id = a.article_id AND i.raw_id = a.raw_id
UNION ALL
SELECT 'publisher', coalesce(a.publisher, a.source) AS name, a.article_id
FROM lake.articles AS a
SEMI JOIN site_chosen AS chosen ON chosen.article_id = a.article_id
WHERE a.publisher IS NOT NULL OR a.source NOT IN (SELECT source FROM site_read)
"""

_PAGES = """
CREATE OR REPLACE TEMPORARY TABLE site_sources AS
SELECT 'source' AS part, r.source AS name, count(c.article_id) AS articles
FROM site_read AS r
LEFT JOIN site_carried AS c ON c.part = 'source' AND c.name = r.source
GROUP BY r.source
UNION ALL
(SELECT part, name, count(*) AS articles
 FROM site_carried
 WHERE part = 'publisher'
 GROUP BY part, name
 ORDER BY articles DESC, name
 LIMIT {most})
"""


def carried(site: Site) -> None:
    """Makes the temporary tables ``site_carried`` (part, name, article_id), of every article that
    the site is of, and ``site_sources`` (part, name, articles) of those that have a page;
    ``part`` is source or publisher."""
    site.ask(f"CREATE OR REPLACE TEMPORARY TABLE site_read AS {_SOURCES}")
    site.ask(_CARRIED)
    site.ask(_PAGES.format(most=PUBLISHERS))
