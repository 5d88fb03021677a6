"""Every expectation of the lake as a whole: what is expected, how grave it is, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from expectations.whole.model import Severity

Asked = Literal["always", "against a baseline"]


@dataclass(frozen=True)
class WholeExpectation:
    """``expected`` completes "expected ..."; ``judged`` says how it is judged, for the page."""

    name: str
    severity: Severity
    asked: Asked
    expected: str
    judged: str
    to_do: str


_ANEW = "a new lake of the same sources has these rows as they should be"
_LOOK_BACK = (
    "`dateline runs` names the runs since then; `dateline sql --at RUN` shows the lake after each"
)

_ALL = (
    WholeExpectation(
        "files_readable",
        "error",
        "always",
        "every file of the lake to be there, whole",
        "Each Parquet file of the newest state is there, is as long as the catalog says, and its "
        "footer can be read. Where one is not, no row is asked, and what reads it is not judged.",
        "Bring the files back from a backup of the lake's folder; without one, " + _ANEW,
    ),
    WholeExpectation(
        "keys_unique",
        "error",
        "always",
        "no two rows with the same key",
        "Over all rows of all tables, ledgers and story tables included.",
        "Find the run that wrote them (run_id) and what it was given; " + _ANEW,
    ),
    WholeExpectation(
        "references",
        "error",
        "always",
        "every row that is pointed at to be there",
        "Over the whole lake: each declared reference, entities by article, figures and dates that "
        "hang on others, the story tables, the raw version and the ledger's row of each article.",
        "Find out what took away the rows that are pointed at; " + _ANEW,
    ),
    WholeExpectation(
        "one_original",
        "error",
        "always",
        "no two originals with the same text",
        "Of the articles with one text_id, all but one are its duplicates.",
        "The same batch may have been published twice; " + _ANEW,
    ),
    WholeExpectation(
        "duplicates_have_no_rows",
        "error",
        "always",
        "a duplicate to have no rows but its article's",
        "No row of another table is of an article with duplicate_of.",
        "Sums count these rows twice; " + _ANEW,
    ),
    WholeExpectation(
        "days_agree",
        "error",
        "always",
        "rows to have the published_date of their article",
        "Of all tables that repeat it.",
        "Something changed the day of publication in one table alone; " + _ANEW,
    ),
    WholeExpectation(
        "published_by_fetch",
        "error",
        "always",
        "no article to be published more than a day after it was fetched",
        "By published_at and published_date against the first fetched_at of its raw version.",
        "Look how the source writes its times (03/04, a zone, a scheduled page) and set `zone` or "
        "`keys`; then `dateline rebuild`",
    ),
    WholeExpectation(
        "stories_compared",
        "error",
        "always",
        "every article to have what it is compared by",
        "One row of fingerprints an article, and bands where the signature is not empty.",
        "Stories would be missed; " + _ANEW,
    ),
    WholeExpectation(
        "without_entity",
        "error",
        "always",
        "few articles that name nobody and nothing",
        "By source, of the English articles that are not duplicates: the share is above the limit, "
        "with its 99.9 % interval (Wilson).",
        "A reader may have fallen silent, or the source gives pages without a body: look at the "
        "examples' texts",
    ),
    WholeExpectation(
        "without_figure",
        "warning",
        "always",
        "few articles without a figure",
        "As without_entity.",
        "Look at the examples' texts: are there numbers that were not read?",
    ),
    WholeExpectation(
        "after_publication",
        "error",
        "always",
        "few facts that begin after they were published",
        "By source, of figures and events that are stated as facts and have a day: the share that "
        "begins after publication is above the limit, with its 99.9 % interval.",
        "Days of publication are too early, or days are read as the wrong year: look at the "
        "examples",
    ),
    WholeExpectation(
        "dates_ahead",
        "warning",
        "always",
        "few dates that lie after publication",
        "By source, as after_publication, of all dates.",
        "As after_publication; a source that announces what is to come has more of them",
    ),
    WholeExpectation(
        "persons_as_places",
        "error",
        "always",
        "names that are mostly persons' not to stand for places",
        "Of the names that are a person's in most articles (three at least): how often they "
        "are a GPE, LOC or FAC is above the limit, with its 99.9 % interval.",
        "Look at the examples; a rebuild with another model or other reference tables may have "
        "done it",
    ),
    WholeExpectation(
        "denominators",
        "error",
        "always",
        "the denominator of a rate not to be counted as people",
        'Of the numbers in digits behind "per", "out of", "for every" and the like, the share that '
        "is a count of people is above the limit, with its 99.9 % interval; in the same sample.",
        "Leave these rows out of sums (`FROM warnings WHERE expectation = "
        "'denominator_not_counted'` names them), and report the wording",
    ),
    WholeExpectation(
        "repeated_paragraphs",
        "warning",
        "always",
        "no paragraph in many stories of a source",
        "A line of 30 characters or more that more stories of a source have than the limit allows, "
        "and ten at least; in a sample of 2,000 articles a source, 20,000 in all.",
        "It is furniture: `dateline furniture` counts such lines, and a source with `furniture` is "
        "read without them",
    ),
    WholeExpectation(
        "fresh",
        "warning",
        "always",
        "a source that gives articles every day to go on",
        "Up to the lake's newest day of publication, by how many days of silence its own volume "
        "would have led one to expect articles (Poisson, scaled by how uneven its days are).",
        "`FROM source_health` says when it was last read and why not; is it still at its address?",
    ),
    WholeExpectation(
        "volume_by_day",
        "warning",
        "always",
        "days to have about as many articles as others of their kind",
        "By source, against the median of its other weekdays, or weekends, of eight weeks; its "
        "first and last day are not judged.",
        "Too few: was something not fetched on that day? Too many: was a batch read twice under "
        "other addresses?",
    ),
    WholeExpectation(
        "clock_alone",
        "warning",
        "always",
        "texts to name mostly their own day and the day before",
        "By source with 100 articles and seven days: the weekdays that texts name, seen from the "
        "day of publication.",
        "The source's time zone may be set wrong, or its pages give the day they were changed",
    ),
    WholeExpectation(
        "articles_kept",
        "error",
        "against a baseline",
        "no source to have fewer articles than before",
        "By source; what was forgotten since is taken off.",
        _LOOK_BACK,
    ),
    WholeExpectation(
        "silent",
        "error",
        "against a baseline",
        "a source to go on giving articles",
        "By source, the days between the newest publication of then and that of now, at its volume "
        "of the four weeks before (Poisson, scaled by how uneven its days are).",
        "`FROM source_health` says when it was last read and why not; is it still at its address?",
    ),
    WholeExpectation(
        "busy",
        "warning",
        "against a baseline",
        "a source not to give far more articles than it did",
        "As silent, the other way; and of days that were full, how many more they have now.",
        "Was a batch read again under other addresses? `FROM story_carriers` shows what repeats",
    ),
    WholeExpectation(
        "nulls",
        "error",
        "against a baseline",
        "columns to be about as full as before",
        "The share of nulls by column and source has risen, by more than the limit and by more "
        "than chance, in all articles or in those written since.",
        "Look at the examples: is what the column should hold in the text? " + _LOOK_BACK,
    ),
    WholeExpectation(
        "kinds",
        "error",
        "against a baseline",
        "the shares of kinds to be about as before",
        "Of every column with few values (entity types, unit types, categories, event types, "
        "granularities, modalities, languages ...), the share of each value by source has changed, "
        "by more than the limit and by more than chance.",
        "Look at the examples: are they of that kind? " + _LOOK_BACK,
    ),
    WholeExpectation(
        "rows_an_article",
        "error",
        "against a baseline",
        "about as many rows an article as before",
        "The mean number of entities, mentions, figures, dates, claims, events and sentences an "
        "article, by source, has changed, in proportion by more than the limit, and by more than "
        "chance.",
        "Fewer: a reader fell silent, or texts are cut. More: is something read twice? "
        + _LOOK_BACK,
    ),
    WholeExpectation(
        "without_rows",
        "error",
        "against a baseline",
        "no more articles without rows than before",
        "The share of articles that were read without any entity, figure, date ... by source.",
        "A reader may have fallen silent for some: look at the examples. " + _LOOK_BACK,
    ),
    WholeExpectation(
        "mean_value",
        "error",
        "against a baseline",
        "typical values to be about as before",
        "The geometric mean of 1 + value by category and source has changed, by more than the "
        "limit's factor and by more than chance.",
        'Look at the examples: is a unit ("thousand", "million") read twice or lost? ' + _LOOK_BACK,
    ),
    WholeExpectation(
        "duplicates",
        "warning",
        "against a baseline",
        "about as many duplicates as before",
        "The share of articles with duplicate_of, by source.",
        "More: was a batch read again under other addresses? Fewer: are stories still compared?",
    ),
    WholeExpectation(
        "clock",
        "error",
        "against a baseline",
        "a source's clock to go as before",
        "The days of the week that its texts name, seen from the day of publication, are turned by "
        "some days against the baseline's; the evidence is above the limit.",
        "Compare a page's own date with published_date in the examples; set the source's `zone`, "
        "then `dateline rebuild`",
    ),
    WholeExpectation(
        "lag",
        "warning",
        "against a baseline",
        "articles to be fetched about as long after publication as before",
        "The median by source, of sources that were fetched within three days.",
        "A clock, a zone or a schedule has changed",
    ),
)
WHOLE: dict[str, WholeExpectation] = {one.name: one for one in _ALL}
