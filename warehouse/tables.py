"""Every table of the lake, declared once.

The Arrow schemas, the DDL with its comments, the pandas dtypes, the structural expectations and
the data dictionary in ``docs/`` are derived from these declarations (:mod:`warehouse.columns`).

Offsets count characters (Python string indices) of ``articles.text``, end exclusive. Times are
UTC; dates are calendar dates.
"""

from __future__ import annotations

from warehouse.columns import (
    BOOLEAN,
    BYTES,
    DATE,
    FLOAT,
    INTEGER,
    STRING,
    STRINGS,
    TIMESTAMP,
    Column,
    Row,
    Table,
    by_name,
)
from warehouse.vocabulary import (
    CATEGORIES,
    CHANGES,
    CLAIM_KINDS,
    CORRECTION_STATUSES,
    DATE_MODS,
    DATE_TYPES,
    DIRECTIONS,
    ENTITY_TYPES,
    GRANULARITIES,
    HARMED,
    LINK_STATUSES,
    MODALITIES,
    PEOPLE,
    QUALIFIERS,
    REJECT_REASONS,
    RUN_STATUSES,
    SPEAKER_KINDS,
    UNIT_TYPES,
)

__all__ = [
    "ARTICLE_TABLES",
    "HARMED",
    "PEOPLE",
    "STORY_TABLES",
    "TABLES",
    "TABLES_BY_NAME",
    "Column",
    "Row",
    "Table",
]

ID = r"[0-9a-f]{16}"
RAW_ID = r"[0-9a-f]{64}"
COUNTRY = r"[A-Z]{3}"


def _id(name: str, description: str, *, nullable: bool = False, of: str | None = None) -> Column:
    return Column(name, STRING, description, nullable, pattern=ID, references=of)


def _run_id(description: str = "the run that wrote the row") -> Column:
    return Column("run_id", STRING, description)


_ARTICLE_ID = _id("article_id", "the article the row was read from", of="articles.article_id")
_PUBLISHED_DATE = Column(
    "published_date", DATE, "articles.published_date, repeated so that no join is needed", True
)
_SOURCE = Column("source", STRING, "name of the source it was read from")
_SENTENCE_NO = Column("sentence_no", INTEGER, "number of the sentence in the article, from 0")
_CHAR_START = Column("char_start", INTEGER, "where it starts in articles.text", unit="characters")
_CHAR_END = Column(
    "char_end", INTEGER, "where it ends in articles.text, exclusive", unit="characters"
)
_SPAN = (_SENTENCE_NO, _CHAR_START, _CHAR_END)

RAW_ARTICLES = Table(
    "raw_articles",
    "Every input as it was fetched, content-addressed; nothing has been understood yet.",
    (
        Column("raw_id", STRING, "SHA-256 of the payload", pattern=RAW_ID),
        Column("source_uri", STRING, "where it was read, relative to its source"),
        _SOURCE,
        Column("media_type", STRING, "IANA media type of the payload"),
        Column("fetched_at", TIMESTAMP, "when it was read", unit="UTC"),
        Column("payload", BYTES, "the bytes as they were", unit="bytes"),
        _run_id("the run that read it"),
        Column(
            "address", STRING, "the address that it was fetched from, by us or an archive", True
        ),
        Column(
            "headers", STRING, "the headers of that answer, a JSON list of names and values", True
        ),
    ),
    key=("source", "source_uri", "raw_id"),
    order=("source_uri",),
    volatile=("fetched_at", "run_id"),
)

INPUTS = Table(
    "inputs",
    "The ledger: one row for each version of an input that has been built, whatever came of it.",
    (
        _SOURCE,
        Column("source_uri", STRING, "where it was read, relative to its source"),
        Column(
            "raw_id", STRING, "SHA-256 of the payload; null if unreadable", True, pattern=RAW_ID
        ),
        _id("article_id", "the article it is a version of; null for a reject", nullable=True),
        _id("text_id", "digest of the normalised text; equal for duplicates", nullable=True),
        Column(
            "version_at",
            TIMESTAMP,
            "when this version was modified or published; orders the versions of an article",
            True,
            unit="UTC",
        ),
        _id(
            "recipe",
            "digest of what read it: extractor, libraries, settings of the source",
            nullable=True,
        ),
        _run_id("the run that built it"),
    ),
    key=("source", "source_uri", "raw_id"),
    order=("source_uri",),
    volatile=("run_id",),
)

ARTICLES = Table(
    "articles",
    "One row an article: its text and what its page says of itself.",
    (
        _id(
            "article_id", "digest of the canonical URL, else (source, external_id), else source_uri"
        ),
        Column("external_id", STRING, "the source's own id, such as a JSONL line's id", True),
        Column("url", STRING, "canonical URL", True),
        Column("source", STRING, "name of the source", True),
        Column("source_uri", STRING, "where it was read, relative to its source"),
        Column("title", STRING, "headline", True),
        Column("authors", STRINGS, "names in the byline, in its order; empty if there is none"),
        Column("publisher", STRING, "name of the publisher", True),
        Column("published_at", TIMESTAMP, "when it was published", True, unit="UTC"),
        Column(
            "published_zone",
            STRING,
            "the zone the page gave, else the source's setting, else UTC",
            True,
        ),
        Column(
            "published_date",
            DATE,
            "the calendar date of publication in published_zone: the anchor of relative dates",
            True,
        ),
        Column("location_line", STRING, "the place in a dateline such as SEOUL, April 28", True),
        Column("language", STRING, "ISO 639-1 code of the text", True, pattern=r"[a-z]{2}"),
        Column("text", STRING, "the body: what every offset counts in"),
        Column(
            "sentence_count",
            INTEGER,
            "how many sentences the text has; null for a duplicate",
            True,
            unit="sentences",
        ),
        _id("text_id", "digest of the normalised text; equal for duplicates"),
        _id(
            "duplicate_of",
            "earliest article of the story that says the same; such a row has no rows elsewhere",
            nullable=True,
            of="articles.article_id",
        ),
        Column("revision", INTEGER, "how many earlier versions of the article are known"),
        Column("raw_id", STRING, "the raw version it was made from", pattern=RAW_ID),
        _run_id(),
        Column("ingested_at", TIMESTAMP, "when the row was published in the lake", unit="UTC"),
        Column("extractor", STRING, "release that read it, name and version of the language model"),
        _id(
            "story_id",
            "the earliest article that carries the same story; its own id if it is that",
            of="articles.article_id",
        ),
        Column(
            "similarity",
            FLOAT,
            "share of three-word sequences in common with that article, estimated; null for itself",
            True,
        ),
    ),
    key=("article_id",),
    order=("published_date", "article_id"),
    volatile=("run_id", "ingested_at"),
)

MENTIONS = Table(
    "mentions",
    "One row for each place in a text where an entity is named.",
    (
        _id("mention_id", "digest of the article, the kind, the offsets and the text"),
        _ARTICLE_ID,
        _PUBLISHED_DATE,
        _id("entity_id", "the entity that is named"),
        *_SPAN,
        Column("surface", STRING, "the name as written"),
        Column("entity_type", STRING, "OntoNotes label", allowed=ENTITY_TYPES),
        Column(
            "rule",
            STRING,
            "how the span was found: tagger, reference, shape, dateline, widened, repeated, ...",
            True,
        ),
    ),
    key=("mention_id",),
    order=("published_date", "article_id", "char_start"),
)

ENTITIES = Table(
    "entities",
    "One row for each entity that an article names.",
    (
        _id("entity_id", "digest of the type and the link, else the type and normalised name"),
        _ARTICLE_ID,
        _PUBLISHED_DATE,
        Column("name", STRING, "canonical name"),
        Column("entity_type", STRING, "OntoNotes label", allowed=ENTITY_TYPES),
        Column("country", STRING, "ISO 3166-1 alpha-3", True, pattern=COUNTRY),
        Column(
            "region",
            STRING,
            "of a place: the country's first-level subdivision that it is or lies in",
            True,
        ),
        Column("region_id", INTEGER, "GeoNames id of that subdivision", True),
        Column("geonames_id", INTEGER, "GeoNames id", True),
        Column("latitude", FLOAT, "latitude, WGS 84", True, unit="degrees"),
        Column("longitude", FLOAT, "longitude, WGS 84", True, unit="degrees"),
        Column("reference_id", STRING, "id of a row of seeds/reference", True),
        Column("link_status", STRING, "how sure the link is", allowed=LINK_STATUSES),
        Column(
            "runner_up",
            STRING,
            "the next best link of an ambiguous entity, e.g. geonames:2988507",
            True,
        ),
        Column("mention_count", INTEGER, "how often the article names it", unit="mentions"),
        Column("first_char", INTEGER, "where it is first named", unit="characters"),
    ),
    key=("article_id", "entity_id"),
    order=("published_date", "article_id", "first_char"),
)

FIGURES = Table(
    "figures",
    "One row for each quantity that a text states.",
    (
        _id("figure_id", "digest of the article, the kind, the offsets and the text"),
        _ARTICLE_ID,
        _PUBLISHED_DATE,
        *_SPAN,
        Column(
            "surface",
            STRING,
            "the quantity as written, with qualifier and unit, without the counted noun",
        ),
        Column("value", FLOAT, "the number; the midpoint of a range; null if vague", True),
        Column("value_low", FLOAT, "lower end; null if open or vague", True),
        Column("value_high", FLOAT, "upper end; null if open or vague", True),
        Column("qualifier", STRING, "how the number is meant", allowed=QUALIFIERS),
        Column("change", STRING, "whether it is a move, and which way", allowed=CHANGES),
        Column("unit_type", STRING, "dimension of the unit", allowed=UNIT_TYPES),
        Column("unit", STRING, "UCUM code; ISO 4217 code for money; 1 for counts"),
        Column("unit_name", STRING, "English name of the unit, singular", True),
        Column(
            "counted", STRING, "of counts: the noun phrase counted, written or understood", True
        ),
        Column("counted_head", STRING, "lemma of the head of counted", True),
        Column("subject", STRING, "what the quantity speaks of, as written", True),
        Column(
            "category",
            STRING,
            "of counts: what was counted and what happened to it; of others the unit_type",
            allowed=tuple(dict.fromkeys((*CATEGORIES, *UNIT_TYPES))),
        ),
        Column(
            "nationality", STRING, "ISO 3166-1 alpha-3 of the side counted", True, None, (), COUNTRY
        ),
        Column("predicate", STRING, "lemma of the governing verb", True),
        Column(
            "attributed_to",
            STRING,
            "source of the claim as written; null in the author's own voice",
            True,
        ),
        _id("attributed_entity_id", "the entity that attributed_to names", nullable=True),
        Column("place", STRING, "where it applies, as written", True),
        _id("place_entity_id", "the entity that place names", nullable=True),
        Column(
            "place_country",
            STRING,
            "ISO 3166-1 alpha-3 of that entity; a country's own",
            True,
            pattern=COUNTRY,
        ),
        Column("as_of_start", DATE, "first day on which it held, if the article says", True),
        Column("as_of_end", DATE, "last day on which it held, inclusive", True),
        _id("as_of_date_id", "the row of dates that says so", nullable=True, of="dates.date_id"),
        Column("modality", STRING, "whether it is stated as fact", allowed=MODALITIES),
        _id("event_id", "the event that it belongs to", nullable=True, of="events.event_id"),
        _id(
            "claim_id",
            "the innermost claim that states it",
            nullable=True,
            of="claims.claim_id",
        ),
        Column(
            "cumulative",
            BOOLEAN,
            "true: a total so far; false: new; null where the text does not say",
            True,
        ),
        _id("conversion_of", "the figure_id that it is in another unit", nullable=True),
        _id("restates", "the figure_id of the first statement of the same", nullable=True),
        Column("per", STRING, "of a rate by so many: the noun of the denominator", True),
        Column("rule", STRING, "which rule read it"),
        Column("sentence", STRING, "the sentence it stands in: the evidence"),
    ),
    key=("figure_id",),
    order=("published_date", "article_id", "char_start"),
)

DATES = Table(
    "dates",
    "One row for each expression of time in a text.",
    (
        _id("date_id", "digest of the article, the kind, the offsets and the text"),
        _ARTICLE_ID,
        _PUBLISHED_DATE,
        *_SPAN,
        Column("surface", STRING, "the expression as written"),
        Column("type", STRING, "TIMEX3 type", allowed=DATE_TYPES),
        Column("value", STRING, "TIMEX3 value", True),
        Column("mod", STRING, "TIMEX3 modifier", True, allowed=DATE_MODS),
        Column("edtf", STRING, "ISO 8601-2 (EDTF), for DATE and TIME", True),
        Column(
            "date_start", DATE, "first day it points to; null if it names no calendar time", True
        ),
        Column("date_end", DATE, "last day it points to, inclusive", True),
        Column("granularity", STRING, "size of what it points to", True, allowed=GRANULARITIES),
        Column("is_relative", BOOLEAN, "whether it needs an anchor to be read"),
        Column("direction", STRING, "where it lies from its anchor", True, allowed=DIRECTIONS),
        Column("anchor", STRING, "publication, or the date_id it hangs on", True),
        Column("anchor_date", DATE, "the day it was counted from", True),
        Column("holiday", STRING, "name, for named days", True),
        Column("rule", STRING, "which rule read it"),
        Column(
            "sentence",
            STRING,
            "the sentence it stands in: the evidence; null until a lake of version 8 is rebuilt",
            True,
        ),
    ),
    key=("date_id",),
    order=("published_date", "article_id", "char_start"),
)

CLAIMS = Table(
    "claims",
    "One row for each statement that a text reports: who says what.",
    (
        _id("claim_id", "digest of the article, the kind, the offsets and the text"),
        _ARTICLE_ID,
        _PUBLISHED_DATE,
        *_SPAN,
        Column("surface", STRING, "the statement, from its first to its last character"),
        Column("kind", STRING, "how the text ties it to its speaker", allowed=CLAIM_KINDS),
        Column("quoted", BOOLEAN, "whether all of it stands in quotation marks"),
        _id(
            "continues",
            "the statement of the same speaker that it goes on with",
            nullable=True,
            of="claims.claim_id",
        ),
        _id(
            "within",
            "the smallest statement that it is part of",
            nullable=True,
            of="claims.claim_id",
        ),
        Column("speaker", STRING, "who says so, as written"),
        Column(
            "speaker_name",
            STRING,
            "the fullest name that the text has for the speaker; null if it names none",
            True,
        ),
        _id("speaker_entity_id", "the entity that the speaker is", nullable=True),
        Column("speaker_kind", STRING, "what kind of speaker", allowed=SPEAKER_KINDS),
        Column(
            "speaker_country",
            STRING,
            "ISO 3166-1 alpha-3 of the speaker's entity or of who they speak for",
            True,
            pattern=COUNTRY,
        ),
        Column("cue", STRING, "lemma of the word that ties it to the speaker", True),
        Column("addressee", STRING, "who is spoken to, as written", True),
        Column("said_start", DATE, "first day on which it was said, if the article says", True),
        Column("said_end", DATE, "last day on which it was said, inclusive", True),
        Column("rule", STRING, "which rule found it"),
        Column("sentence", STRING, "the sentence it begins in: the evidence"),
    ),
    key=("claim_id",),
    order=("published_date", "article_id", "char_start"),
)

EVENTS = Table(
    "events",
    "One row for each event that a text reports: who did what to whom, where and when.",
    (
        _id("event_id", "digest of the article, the predicate's offsets, the type and its ordinal"),
        _ARTICLE_ID,
        _PUBLISHED_DATE,
        *_SPAN,
        Column("surface", STRING, "the predicate as written; an elided one has its antecedent's"),
        Column("predicate", STRING, "lemma of the predicate, with the words that belong to it"),
        Column("event_type", STRING, "what happens: a type of ref_event_types"),
        Column("agent", STRING, "who does it, as written", True),
        _id("agent_entity_id", "the entity that agent names", nullable=True),
        Column("patient", STRING, "whom or what it happens to, as written", True),
        _id("patient_entity_id", "the entity that patient names", nullable=True),
        Column("recipient", STRING, "who gets what is given, as written", True),
        _id("recipient_entity_id", "the entity that recipient names", nullable=True),
        Column("place", STRING, "where it happens, as written", True),
        _id("place_entity_id", "the entity that place names", nullable=True),
        Column(
            "place_country",
            STRING,
            "ISO 3166-1 alpha-3 of that entity; a country's own",
            True,
            pattern=COUNTRY,
        ),
        Column("purpose", STRING, "of what is given or sold: what for, as written", True),
        Column("event_start", DATE, "first day on which it happens, if the article says", True),
        Column("event_end", DATE, "last day, inclusive", True),
        _id("date_id", "the row of dates that says so", nullable=True, of="dates.date_id"),
        Column("modality", STRING, "whether it is stated as fact", allowed=MODALITIES),
        _id(
            "claim_id",
            "the innermost claim that reports it",
            nullable=True,
            of="claims.claim_id",
        ),
        Column("rule", STRING, "which rules read it"),
        Column("sentence", STRING, "the sentence it stands in: the evidence"),
    ),
    key=("event_id",),
    order=("published_date", "article_id", "char_start"),
)

REPEATS = Table(
    "repeats",
    "Which figures say what an earlier carrier of the same story says already: one row a figure. "
    "A sum over figures without these counts each once.",
    (
        _id("figure_id", "the figure that repeats another", of="figures.figure_id"),
        _ARTICLE_ID,
        _PUBLISHED_DATE,
        _id("of_figure_id", "the one that it repeats", of="figures.figure_id"),
        _id("of_article_id", "the article of that", of="articles.article_id"),
        _id("story_id", "the story of both", of="articles.article_id"),
    ),
    key=("figure_id",),
    order=("published_date", "article_id"),
)

FINGERPRINTS = Table(
    "fingerprints",
    "What articles are compared by to find those of one story: one row an article.",
    (
        _ARTICLE_ID,
        _PUBLISHED_DATE,
        _id("family_id", "equal for the articles that a chain of similar texts connects"),
        Column("signature", BYTES, "MinHash: 192 minima of 32 bits; empty for a very short text"),
        Column(
            "said",
            STRING,
            "figures and dates in comparable form, as JSON; null for a copy of the same text",
            True,
        ),
    ),
    key=("article_id",),
    order=("published_date", "article_id"),
)

BANDS = Table(
    "bands",
    "Where similar texts are looked up: 64 rows an article, equal numbers where signatures meet.",
    (
        Column("band", INTEGER, "digest of three minima of the signature and of their place"),
        _ARTICLE_ID,
        _PUBLISHED_DATE,
    ),
    key=("article_id", "band"),
    order=("published_date", "band"),
)

REJECTS = Table(
    "rejects",
    "Input that is not an article, and why.",
    (
        _SOURCE,
        Column("source_uri", STRING, "file, and line where there are lines"),
        Column(
            "raw_id", STRING, "the raw version; null if it could not be read", True, pattern=RAW_ID
        ),
        Column("reason", STRING, "the kind of trouble", allowed=REJECT_REASONS),
        Column("detail", STRING, "what was found and what to do, for a person"),
        _run_id("the run that rejected it"),
    ),
    key=("source", "source_uri", "raw_id"),
    order=("source_uri",),
    volatile=("run_id",),
)

QUARANTINE = Table(
    "quarantine",
    "Rows that failed an expectation. They are in no other table.",
    (
        Column("table_name", STRING, "the table the row was meant for"),
        Column("row_id", STRING, "the row's key"),
        _id("article_id", "the article the row was read from", nullable=True),
        Column("expectation", STRING, "name of the expectation it failed"),
        Column("column_name", STRING, "the column it failed in", True),
        Column("detail", STRING, "what was expected and what was found, for a person"),
        Column("row", STRING, "the row as JSON"),
        _run_id(),
    ),
    key=("table_name", "row_id", "expectation", "run_id"),
    order=("table_name", "row_id"),
    volatile=("run_id",),
)

WARNINGS = Table(
    "warnings",
    "Rows that a check doubts, which are published all the same: where to look first.",
    (
        Column("table_name", STRING, "the table the row is in"),
        Column("row_id", STRING, "the row's key"),
        _id("article_id", "the article the row was read from", nullable=True),
        Column("expectation", STRING, "name of the expectation that doubts it"),
        Column("column_name", STRING, "the column it is about", True),
        Column("detail", STRING, "what was expected and what was found, for a person"),
        _run_id(),
    ),
    key=("table_name", "row_id", "expectation"),
    order=("table_name", "row_id"),
    volatile=("run_id",),
)

CORRECTIONS = Table(
    "corrections",
    "What people corrected, and what came of it: the corrections of the last run.",
    (
        Column("table_name", STRING, "the table of the row that is corrected"),
        Column("row_id", STRING, "the row's key; of an article its article_id"),
        Column("column_name", STRING, "the column that is corrected"),
        _id("article_id", "the article of the row; null where there is no such row", nullable=True),
        Column("value", STRING, "the right value as text; null where null is right", True),
        Column(
            "value_read", STRING, "what the readers gave instead, as text; null if not known", True
        ),
        Column(
            "status",
            STRING,
            "what came of it in the last run (docs/corrections.md)",
            allowed=CORRECTION_STATUSES,
        ),
        Column("why", STRING, "why it was corrected"),
        Column("corrected_by", STRING, "by whom"),
        Column("corrected_on", DATE, "on which day"),
    ),
    key=("table_name", "row_id", "column_name"),
    order=("table_name", "row_id", "column_name"),
)

QUALITY = Table(
    "quality",
    "Every expectation's result, for every batch of every run.",
    (
        _run_id("the run it was checked in"),
        Column("batch_no", INTEGER, "number of the batch in the run, from 1"),
        Column("table_name", STRING, "the table that was checked"),
        Column("expectation", STRING, "name of the expectation"),
        Column("column_name", STRING, "the column, where it is about one", True),
        Column(
            "kind",
            STRING,
            "row: quarantined; warning: published, named in warnings; aggregate: stops the batch",
            allowed=("row", "warning", "aggregate"),
        ),
        Column(
            "outcome",
            STRING,
            "what came of it; warned: a warning that doubts some rows",
            allowed=("passed", "warned", "failed", "broke"),
        ),
        Column("checked", INTEGER, "how many rows were looked at", unit="rows"),
        Column("failed", INTEGER, "how many of them failed", unit="rows"),
        Column("observed", STRING, "the value an aggregate check saw", True),
        Column("detail", STRING, "examples of what failed, or how the check broke", True),
        Column("checked_at", TIMESTAMP, "when", unit="UTC"),
    ),
    key=("run_id", "batch_no", "table_name", "expectation", "column_name"),
    order=("run_id", "batch_no"),
    volatile=("run_id", "checked_at"),
)

RUNS = Table(
    "runs",
    "One row a run: when, what came in, what came of it.",
    (
        _run_id("the run's name, which sorts by time"),
        Column("command", STRING, "the command: run, rebuild ..."),
        Column("status", STRING, "how it ended", allowed=RUN_STATUSES),
        Column("started_at", TIMESTAMP, "when it started", unit="UTC"),
        Column("ended_at", TIMESTAMP, "when it ended", unit="UTC"),
        Column(
            "inputs",
            INTEGER,
            "inputs = new + revised + unchanged + duplicates + rejects + forgotten",
        ),
        Column("new", INTEGER, "inputs that became a new article"),
        Column("revised", INTEGER, "inputs that are another version of a known article"),
        Column("unchanged", INTEGER, "inputs that were known already"),
        Column("duplicates", INTEGER, "inputs whose story was published by another article"),
        Column("rejects", INTEGER, "inputs that are not articles"),
        Column("rows_made", INTEGER, "rows made = rows published + rows quarantined", unit="rows"),
        Column("rows_published", INTEGER, "rows that went into the lake", unit="rows"),
        Column("rows_quarantined", INTEGER, "rows that failed a check", unit="rows"),
        Column("batches", INTEGER, "how many batches were published"),
        Column("first_snapshot", INTEGER, "the first snapshot the run made", True),
        Column("last_snapshot", INTEGER, "the last snapshot the run made", True),
        Column("versions", STRING, "versions of dateline, the model and the parts, as JSON"),
        Column("parameters", STRING, "sources and settings of the run, as JSON"),
        Column("message", STRING, "why it failed, if it did", True),
        Column("forgotten", INTEGER, "inputs that were forgotten and stay out; null is none", True),
    ),
    key=("run_id",),
    order=("run_id",),
    volatile=("run_id", "started_at", "ended_at"),
)

REBUILD_CHANGES = Table(
    "changes",
    "What each batch of a rebuild changed, counted by table and column.",
    (
        _run_id("the rebuild"),
        Column("batch_no", INTEGER, "number of the batch in the run, from 1"),
        Column("table_name", STRING, "the table that changed"),
        Column("column_name", STRING, "the column; null for rows that came or went", True),
        Column(
            "change",
            STRING,
            "rows that came, rows that went, values of rows that stayed",
            allowed=("added", "removed", "changed"),
        ),
        Column("rows", INTEGER, "how many rows", unit="rows"),
        _id("example", "the article of the first of them; null for a reject", nullable=True),
    ),
    key=("run_id", "batch_no", "table_name", "column_name", "change"),
    order=("run_id", "batch_no"),
    volatile=("run_id",),
)

TOMBSTONES = Table(
    "tombstones",
    "What was forgotten and stays out: one row a version of a forgotten article. No text.",
    (
        _id("article_id", "the article; it is read no more, whatever its bytes"),
        Column(
            "raw_id",
            STRING,
            "SHA-256 of the payload that it was read from; such bytes are stored no more",
            pattern=RAW_ID,
        ),
        Column("forgotten_at", TIMESTAMP, "when", unit="UTC"),
    ),
    key=("article_id", "raw_id"),
    order=("article_id",),
    volatile=("forgotten_at",),
)

FORGETTINGS = Table(
    "forgettings",
    "What was done to forget articles, step by step: for those who must account for it.",
    (
        _id("article_id", "the article"),
        Column(
            "step",
            STRING,
            "removed: no table has it any more; purged: nor has any file of the lake",
            allowed=("removed", "purged"),
        ),
        Column("done_at", TIMESTAMP, "when", unit="UTC"),
        Column("why", STRING, "the reason that was given"),
        Column("done_by", STRING, "name of the account that it was done by"),
        Column("rows", INTEGER, "removed: how many rows the newest state lost", True, unit="rows"),
        Column(
            "snapshots", INTEGER, "purged: how many snapshots showed it and expired with it", True
        ),
        Column("files", INTEGER, "purged: how many files held it", True),
        Column(
            "not_reached",
            STRINGS,
            "removed: what may hold it and is not the lake's: exports made earlier",
        ),
    ),
    key=("article_id", "step", "done_at"),
    order=("article_id", "done_at"),
    volatile=("done_at", "done_by"),
)

VISITS = Table(
    "visits",
    "What servers answered: one row for each answer that said something new of its address.",
    (
        _SOURCE,
        Column("address", STRING, "what was asked for"),
        Column("visited_at", TIMESTAMP, "when", unit="UTC"),
        Column("status", INTEGER, "status of the last answer (HTTP); null if there was none", True),
        Column("etag", STRING, "its ETag, for the next question", True),
        Column("last_modified", STRING, "its Last-Modified, as written", True),
        Column("listed", STRING, "the time that a feed or sitemap gave the address", True),
        Column("raw_id", STRING, "SHA-256 of the payload, if it is an input", True, pattern=RAW_ID),
        Column("trouble", STRING, "why it gave nothing this time and is asked again", True),
        _run_id("the run that asked"),
    ),
    key=("source", "address", "visited_at"),
    order=("source", "address"),
    volatile=("visited_at", "run_id"),
)

SOURCE_READS = Table(
    "source_reads",
    "How each source fared in each run that read it.",
    (
        _run_id("the run that read it"),
        _SOURCE,
        Column("path", STRING, "where it was read, as configured"),
        Column("read_at", TIMESTAMP, "when its reading ended", unit="UTC"),
        Column("inputs", INTEGER, "inputs that it gave", unit="inputs"),
        Column("new_inputs", INTEGER, "of these, seen for the first time", unit="inputs"),
        Column("rejects", INTEGER, "of these, not readable", unit="inputs"),
        Column(
            "not_fetched",
            INTEGER,
            "addresses that gave nothing this time; they are no inputs and are asked again",
            unit="addresses",
        ),
        Column("trouble", STRING, "why it could not be read; null if it was", True),
    ),
    key=("run_id", "source", "path"),
    order=("source", "read_at"),
    volatile=("run_id", "read_at"),
)

TABLES: tuple[Table, ...] = (
    RAW_ARTICLES,
    INPUTS,
    ARTICLES,
    MENTIONS,
    ENTITIES,
    FIGURES,
    DATES,
    CLAIMS,
    EVENTS,
    REPEATS,
    FINGERPRINTS,
    BANDS,
    REJECTS,
    QUARANTINE,
    WARNINGS,
    CORRECTIONS,
    QUALITY,
    RUNS,
    REBUILD_CHANGES,
    TOMBSTONES,
    FORGETTINGS,
    VISITS,
    SOURCE_READS,
)
TABLES_BY_NAME = by_name(TABLES)

#: The tables whose rows are made from articles, parents before children.
ARTICLE_TABLES: tuple[Table, ...] = (
    ARTICLES,
    ENTITIES,
    MENTIONS,
    DATES,
    CLAIMS,
    EVENTS,
    FIGURES,
)
#: The tables about articles that follow from these and from other articles of the story.
STORY_TABLES: tuple[Table, ...] = (REPEATS, FINGERPRINTS, BANDS)
