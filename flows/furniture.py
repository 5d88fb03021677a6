"""Which lines does a site have on page after page? Counted over its pages, kept in a CSV file.

The file is an input like any other: what is in it is left out, what is not is read. Its columns
are :data:`HEADER`; the last two tell people how sure it is.
"""

from __future__ import annotations

import csv
import math
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TextIO

from flows.errors import FurnitureError
from transforms.article.site import Furniture, host_of_site, one_spelling
from transforms.model import Article

HEADER = ("host", "line", "pages", "of")

#: Of a host so many pages are looked at, those whose article_id comes first: whichever order they
#: are read in, they are the same.
MOST_PAGES = 1000
#: How many wrong lines are told of.
_TOLD = 20


class Line(NamedTuple):
    """A line, and on how many of its host's pages it is."""

    host: str
    line: str
    pages: int
    of: int


@dataclass
class Pages:
    """The lines of the pages of each host; versions of an article are one page."""

    _lines: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    _ids: dict[str, list[str]] = field(default_factory=dict)

    def add(self, article: Article) -> bool:
        """Counts a page in; False if it has no address that says of which host it is."""
        host = host_of_site(article.url) if article.url else None
        if host is None:
            return False
        pages = self._lines.setdefault(host, {})
        ids = self._ids.setdefault(host, [])
        if article.article_id not in pages:
            if len(ids) == MOST_PAGES and article.article_id > ids[-1]:
                return True
            insort(ids, article.article_id)
            pages[article.article_id] = set()
            if len(ids) > MOST_PAGES:
                del pages[ids.pop()]
        lines = pages.get(article.article_id)
        if lines is not None:
            lines.update(filter(None, map(one_spelling, article.text.split("\n"))))
        return True

    def counts(self) -> dict[str, int]:
        """How many pages were looked at, by host."""
        return {host: len(pages) for host, pages in sorted(self._lines.items())}

    def furniture(self, least: int, share: float) -> Iterator[Line]:
        """The lines on at least this share of the pages of a host that has the least number."""
        for host, pages in sorted(self._lines.items()):
            if len(pages) < least:
                continue
            counted = Counter(line for lines in pages.values() for line in lines)
            for line, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
                if count >= max(2, math.ceil(share * len(pages))):
                    yield Line(host, line, count, len(pages))


def write_furniture(lines: Iterable[Line], file: TextIO) -> None:
    """Writes the file's header and its lines."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(lines)


def read_furniture(path: Path) -> Furniture:
    """The furniture that a file names. Raises ``FurnitureError`` that names every wrong line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(path, file)
    except OSError as error:
        raise FurnitureError(
            f"the furniture in {path} cannot be read: {error.strerror}; `dateline furniture "
            f"SOURCE --out {path}` makes it"
        ) from None
    except UnicodeDecodeError:
        raise FurnitureError(f"{path} is not UTF-8: save it as CSV in UTF-8") from None


def _read(path: Path, file: TextIO) -> Furniture:
    found: dict[tuple[str, str], int] = {}
    trouble: list[str] = []
    reader = csv.reader(file, strict=True)
    number, header = 1, None
    try:
        for cells in reader:
            number, start = reader.line_num + 1, number
            values = [cell.strip() for cell in cells]
            if not any(values):
                continue
            if header is None:
                header = _header(path, start, values)
                continue
            try:
                pair = _pair(dict(zip(header, values, strict=False)), len(values), len(header))
                if pair in found:
                    raise ValueError(f"line {found[pair]} says the same; keep one")
                found[pair] = start
            except ValueError as error:
                trouble.append(f"{path}, line {start}: {error}")
    except csv.Error as error:
        raise FurnitureError(f"{path}, line {number}: {error}") from None
    if header is None:
        _header(path, 1, [])
    if len(trouble) > _TOLD:
        trouble[_TOLD:] = [f"and {len(trouble) - _TOLD} lines more"]
    if trouble:
        raise FurnitureError("\n".join(trouble))
    return tuple(sorted(found))


def _header(path: Path, number: int, values: list[str]) -> list[str]:
    if set(values) <= set(HEADER) and {"host", "line"} <= set(values) and len(values) < 5:
        return values
    raise FurnitureError(
        f"{path}, line {number}: the first line must name the columns {','.join(HEADER)} (the last "
        f"two may be left out); it is {','.join(values)!r}"
    )


def _pair(cells: dict[str, str], values: int, columns: int) -> tuple[str, str]:
    if values != columns:
        raise ValueError(
            f"{values} values for {columns} columns; a value with a comma in it needs quotes"
        )
    host = host_of_site(f"https://{cells['host']}/article") if cells["host"] else None
    if host is None or "/" in cells["host"]:
        raise ValueError(f"{cells['host']!r} is not a host; write it like news.example.org")
    if not cells["line"]:
        raise ValueError("the line is empty; take it out, or write the text that is left out")
    for name in ("pages", "of"):
        if cells.get(name) and not cells[name].isdecimal():
            raise ValueError(f"{name} is {cells[name]!r}, which is not a number; it may be empty")
    return host, one_spelling(cells["line"])
