"""What workers compute, one input or article at a time. They import only what they need."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.limits import DEFAULT, Limits
from transforms.model import TEXT, Article, RawArticle, Reject, Source
from warehouse.tables import ARTICLES

if TYPE_CHECKING:
    from transforms.extract import Rows


@dataclass(frozen=True)
class Job:
    """An article whose rows are to be made: all of them, or of a duplicate its articles row."""

    article: Article
    full: bool


#: What is read to have everything loaded that reading loads when it comes to it.
_FIRST = (
    b"On Monday some 300 people left the town of Oslo by boat, the mayor, Kari Holm, said. The "
    b"ferry to Denmark was delayed for two hours, and its owner lost about $2 million, or 3.5 "
    b"percent of what it had earned since January.\n"
)


def load(model: str) -> None:
    """Load what all work needs: the model, the places, the rules of the readers.

    Raises ``LookupError`` if the model is not installed.
    """
    from transforms.parse import load_model

    load_model(model)
    first = read(RawArticle("", TEXT, dt.datetime(2000, 1, 1), _FIRST, Source("")))
    if isinstance(first, Article):
        rows(Job(first, True), model)


def read(raw: RawArticle, limits: Limits = DEFAULT) -> Article | Reject:
    """The article that an input is, or why it is none."""
    from transforms.article import read_article

    return read_article(raw, limits)


def rows(job: Job, model: str) -> Rows:
    """The rows of an article by table, as they are: the batch's frames are made of them at once.

    Raises, for this article alone, what its readers raise.
    """
    from transforms.extract import article_row, read_rows

    if job.full:
        return read_rows(job.article, model)
    return {ARTICLES.name: [article_row(job.article, model)]}


def weight_of_raw(raw: RawArticle) -> int:
    """Reading costs about as much as parsing a tenth of the bytes."""
    return 200 + len(raw.payload) // 10


def weight_of_job(job: Job) -> int:
    return 200 + (len(job.article.text) if job.full else 0)
