"""What a document says of its article beside the text, and the article that comes of both."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from transforms.article.days import is_placeholder
from transforms.article.found import Found
from transforms.article.lines import split_lines
from transforms.article.names import clean_authors
from transforms.article.plain import read_plain
from transforms.article.publishers import by_name, is_media_name
from transforms.article.times import Stamp, leading_time, read_time

#: A value that is longer than this, in characters, is not what it is called.
_LONGEST = 1000


@dataclass(frozen=True)
class Stated:
    """What properties, headers or front matter say; None or empty where they are silent."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: Stamp | None = None
    modified: Stamp | None = None
    url: str | None = None
    language: str | None = None
    location_line: str | None = None
    external_id: str | None = None


def read_paragraphs(paragraphs: Iterable[str], stated: Stated, country: str | None = None) -> Found:
    """The article of paragraphs, whose byline and header lines are read as those of a text; what
    is stated goes before. Raises :class:`NoArticle` with reason ``no_text``.
    """
    lines = [line for line in map(one_line, paragraphs) if line]
    if stated.title is not None and lines and lines[0].casefold() == stated.title.casefold():
        lines = lines[1:]
    return with_stated(read_plain("\n\n".join(lines), country, stated.title), stated)


def with_stated(found: Found, stated: Stated) -> Found:
    """What was found, with what is stated before it."""
    given = {
        field.name: value
        for field in dataclasses.fields(Stated)
        if (value := getattr(stated, field.name))
    }
    return dataclasses.replace(found, **given)


def one_line(text: str) -> str:
    return " ".join(" ".join(split_lines(text)).split())


def line_of(value: object) -> str | None:
    """A value as one line, or None for what is no text or has none."""
    return one_line(value)[:_LONGEST] or None if isinstance(value, str) else None


def time_of(value: object, country: str | None = None) -> Stamp | None:
    """The time that a value says, or None; a placeholder says none."""
    line = line_of(value)
    stamp = (read_time(line, country) or leading_time(line, country)) if line else None
    return stamp if stamp is None or not is_placeholder(stamp) else None


def writers(names: Iterable[str]) -> tuple[tuple[str, ...], str | None]:
    """(authors, publisher) of who a document is from: a name of a medium is not a person."""
    given = [line for name in names if (line := line_of(name))]
    media = [name for name in given if by_name(name) is not None or is_media_name(name)]
    people = clean_authors(name for name in given if name not in media)
    return people, media[0] if media else None
