"""What is expected of an article."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from expectations.batch import Batch
from expectations.model import Rule
from expectations.rules.writing import rule
from warehouse.tables import ARTICLES, Row

RULES: list[Rule] = []

FIRST_PUBLICATION = dt.date(1600, 1, 1)  # the first printed newspapers are of 1605
#: A paragraph of this length that stands more often than this is a page's or a copier's fault.
PARAGRAPH_LENGTH = 60
PARAGRAPH_REPEATS = 4
UNREADABLE_SHARE = 0.01
_UNREADABLE = "�"


@rule(RULES, ARTICLES, "text", "a text with something in it")
def text_not_empty(row: Row, batch: Batch) -> bool:
    return bool(row["text"].strip())


def _unreadable(text: str) -> int:
    return text.count(_UNREADABLE) + sum(text.count(chr(code)) for code in range(9))


@rule(
    RULES,
    ARTICLES,
    "text",
    f"at most {UNREADABLE_SHARE:.0%} of the characters lost in decoding",
    found=lambda row, batch: f"{_unreadable(row['text'])} of {len(row['text'])} characters",
)
def text_readable(row: Row, batch: Batch) -> bool:
    return _unreadable(row["text"]) <= UNREADABLE_SHARE * len(row["text"])


def _most_repeated(text: str) -> tuple[str, int]:
    paragraphs = (" ".join(line.split()) for line in text.split("\n"))
    counts = Counter(one for one in paragraphs if len(one) >= PARAGRAPH_LENGTH)
    return counts.most_common(1)[0] if counts else ("", 0)


def _found_repeated(row: Row, batch: Batch) -> str:
    paragraph, times = _most_repeated(row["text"])
    return f'{times} times "{paragraph[:120]}"'


@rule(
    RULES,
    ARTICLES,
    "text",
    f"no paragraph of {PARAGRAPH_LENGTH} characters or more to stand more than "
    f"{PARAGRAPH_REPEATS} times in one story",
    found=_found_repeated,
)
def paragraph_not_repeated(row: Row, batch: Batch) -> bool:
    return _most_repeated(row["text"])[1] <= PARAGRAPH_REPEATS


@rule(
    RULES,
    ARTICLES,
    "published_at",
    "no publication later than a day after the article was fetched",
    reads=("published_date",),
    found=lambda row, batch: (
        f"published at {row['published_at']} (date {row['published_date']}), fetched before"
    ),
)
def not_in_the_future(row: Row, batch: Batch) -> bool:
    latest = batch.latest_publication(row)
    at, date = row["published_at"], row["published_date"]
    return (at is None or at <= latest) and (date is None or date <= latest.date())


@rule(
    RULES,
    ARTICLES,
    "published_date",
    f"no publication before {FIRST_PUBLICATION.year}: no newspaper is older",
    reads=("published_at",),
)
def not_before_print(row: Row, batch: Batch) -> bool:
    at, date = row["published_at"], row["published_date"]
    return (at is None or at.date() >= FIRST_PUBLICATION) and (
        date is None or date >= FIRST_PUBLICATION
    )


@rule(
    RULES,
    ARTICLES,
    "published_date",
    "the date of published_at in some zone of the earth, a day apart at most",
    reads=("published_at",),
)
def date_of_its_time(row: Row, batch: Batch) -> bool:
    at, date = row["published_at"], row["published_date"]
    return at is None or (date is not None and abs(at.date() - date) <= dt.timedelta(days=1))


@rule(
    RULES,
    ARTICLES,
    "sentence_count",
    "at least one sentence in a text that was read, and no more than it has characters; null "
    "for a duplicate",
    reads=("duplicate_of",),
)
def sentences_counted(row: Row, batch: Batch) -> bool:
    count = row["sentence_count"]
    if row["duplicate_of"] is not None:
        return count is None
    return count is None or 1 <= count <= len(row["text"])


@rule(RULES, ARTICLES, "revision", "a number of earlier versions, 0 or more")
def revision_counted(row: Row, batch: Batch) -> bool:
    revision: int = row["revision"]
    return revision >= 0


@rule(
    RULES,
    ARTICLES,
    "duplicate_of",
    "another article of the same story, which is not a duplicate itself",
    reads=("article_id", "story_id"),
)
def duplicate_of_an_original(row: Row, batch: Batch) -> bool:
    original = row["duplicate_of"]
    if original is None:
        return True
    if original == row["article_id"]:
        return False
    known = batch.articles.get(original)  # else it was published in another batch
    return known is None or (known["duplicate_of"] is None and known["story_id"] == row["story_id"])


@rule(
    RULES,
    ARTICLES,
    "story_id",
    "the article itself, or another one after which no other story is named; with a similarity "
    "of 0 to 1 in the latter case only",
    reads=("article_id", "similarity"),
)
def of_a_story(row: Row, batch: Batch) -> bool:
    story, alike = row["story_id"], row["similarity"]
    if story == row["article_id"]:
        return alike is None
    first = batch.articles.get(story)  # else it was published in another batch
    return (first is None or first["story_id"] == story) and (alike is None or 0 <= alike <= 1)
