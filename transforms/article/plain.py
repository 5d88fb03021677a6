"""Articles in plain text: header lines, title, byline and furniture told from the body."""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.article.address import canonical_url
from transforms.article.days import settled
from transforms.article.found import Found, NoArticle
from transforms.article.lines import (
    begins_with_label,
    read_dateline,
    read_label,
    split_lines,
    unwrap,
    without_furniture,
)
from transforms.article.names import clean_authors, end_byline, top_byline
from transforms.article.publishers import by_name, country_of_address
from transforms.article.times import Stamp, find_time, read_time
from transforms.countries import code_of

#: A first line longer than this is no headline.
TITLE_LENGTH = 200
#: How many of the last lines may be header lines put at the end.
_FOOTER = 6


@dataclass
class _Header:
    """What the header lines gave so far; the first value of a column counts."""

    values: dict[str, str] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)

    def add(self, column: str | None, value: str) -> None:
        if column == "authors":
            self.authors.append(value)
        elif column is not None and value:
            self.values.setdefault(column, value)

    def time(self, column: str, country: str | None) -> Stamp | None:
        value = self.values.get(column)
        if value is None:
            return None
        return settled(read_time(value, country) or find_time(value, country), None)


def read_plain(text: str, country: str | None = None, title: str | None = None) -> Found:
    """The article in a plain text.

    Paragraphs are lines of ``Found.text``. ``country`` decides the order of numeric dates. With a
    ``title`` that is known, no line is taken for one.
    Raises :class:`NoArticle` with reason ``no_text``.
    """
    header = _Header()
    header.add("title", title or "")
    lines = ["" if _is_rule(line) else line for line in split_lines(text)]
    lines = _take_header(lines, header, country)
    lines = _take_footer(lines, header, country)
    body = [line for line in without_furniture(unwrap(lines)) if line]
    if not any(c.isalnum() for line in body for c in line):
        raise NoArticle(
            "no_text", "there are header lines or page furniture, but no text of an article"
        )
    joined = "\n".join(body)
    signed, publisher = end_byline(body)
    place, agency = read_dateline(joined)
    values = header.values
    named = values.get("publisher") or publisher or agency
    country = country or _country(named, values.get("url"), place)
    return Found(
        text=joined,
        title=values.get("title"),
        authors=clean_authors(header.authors) or signed,
        publisher=named,
        published=header.time("published", country),
        modified=header.time("modified", country),
        url=values.get("url"),
        language=values.get("language"),
        location_line=values.get("location_line") or place,
        external_id=values.get("external_id"),
    )


def _country(publisher: str | None, url: str | None, place: str | None) -> str | None:
    """The country by whose manner an article's times are told: its publisher's, its site's, or the
    one that its dateline names."""
    known = by_name(publisher) if publisher else None
    address = canonical_url(url)
    return (
        (known.country if known else None)
        or (country_of_address(address) if address else None)
        or code_of(place.rpartition(",")[2] if place else None)
    )


def _is_rule(line: str) -> bool:
    """Whether the line is drawn of dashes, stars or the like."""
    return len(line) > 2 and not any(c.isalnum() for c in line) and len(set(line)) <= 2


def _take_header(lines: list[str], header: _Header, country: str | None) -> list[str]:
    """The lines after the header: labels, byline, a bare time, and the title before or among
    them.
    """
    at = 0
    title: str | None = None
    while at < len(lines):
        line = lines[at]
        if line and not _is_header_line(line, header, country):
            if title is not None or not _is_title(lines, at, header, country):
                break
            title = line
        at += 1
    if at == len(lines) and title is not None:
        return [title]  # a single line is text, whatever its shape
    if title is not None:
        header.add("title", title)
    return lines[at:]


def _is_header_line(line: str, header: _Header, country: str | None) -> bool:
    """Whether it is one; what it says is then kept."""
    label = read_label(line)
    if label is not None:
        header.add(*label)
        return True
    byline = top_byline(line)
    if byline is not None:
        header.authors.extend(byline[0])
        header.add("publisher", byline[1] or "")
        return True
    if len(line) <= 80 and read_time(line, country) is not None:
        modified = begins_with_label(line, "modified")
        header.add("modified" if modified else "published", line)
        return True
    return False


def _is_title(lines: list[str], at: int, header: _Header, country: str | None) -> bool:
    """A short line without a full stop, set apart by a blank line or a header line, or followed
    by lines that do end like sentences.
    """
    line = lines[at]
    if len(line) > TITLE_LENGTH or line[-1] in ".:;,…" or len(line.split()) < 2:
        return False
    if "title" in header.values or read_dateline(line)[0] is not None:
        return False
    after = lines[at + 1 :]
    following = next((other for other in after if other), None)
    if following is None:
        return False
    if not after[0] or _is_header_line(following, _Header(), country):
        return True
    return len(line) <= 120 and line[-1] not in "\"'”’)" and following.endswith((".", ".”", '."'))


def _take_footer(lines: list[str], header: _Header, country: str | None) -> list[str]:
    """The lines before the header lines that stand at the end."""
    kept = list(lines)
    tail = [i for i, line in enumerate(kept) if line][-_FOOTER:]
    for i in reversed(tail):
        label = read_label(kept[i])
        if label is None:
            continue
        column, value = label
        if column in ("published", "modified") and find_time(value, country) is None:
            continue
        if column not in ("published", "modified", "url", "publisher", "authors"):
            continue
        header.add(column, value)
        kept[i] = ""
    return kept
