"""Tables as text: CSV and its kin, a row at a time.

A row is an input: the JSON object of its cells by the names of their columns. Memory is bounded by
``limits.input_bytes``, and work is linear: what a quote that never closes has swallowed is read
again, but only as long as that comes to no more than a few times the file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from flows.readers.item import Item
from flows.readers.peel import buffered
from flows.readers.rows import as_json
from transforms.article.encoding import decode_line, eight_bit
from transforms.model import LARGEST, NDJSON, RawArticle, Reject

DELIMITERS = (",", ";", "\t", "|")
#: Bytes that are looked at before the first row.
_HEAD = 65_536
_CUT = 4096
#: Longer cells of a first line are no names of columns.
_LONGEST_NAME = 100
#: Lines that may be looked at for an encoding.
_TRIES = 5
#: What may be read twice, beside as much as was read once.
_AGAIN = 64 * 1024 * 1024
_STRAY = re.compile("[\udc80-\udcff]")
_NO_NAME = re.compile(r"https?://|[\x00-\x08\x0e-\x1f]|[.!?]\s|^[\d.,:/ +-]+$")
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class _Shape:
    """How a file is written: what stands between cells, whether quotes mean something, and whether
    a quote in a cell is written ``\\"``."""

    delimiter: str
    quoted: bool = True
    escaped: bool = False

    def rows(self, lines: Iterator[str]) -> Iterator[list[str]]:
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            escapechar="\\" if self.escaped else None,
            doublequote=not self.escaped,
            strict=self.quoted,
        )


class _TooLong(Exception):  # noqa: N818 - an outcome, not an error
    """A record is longer than an input may be."""


def read_delimited(
    stream: BinaryIO, item: Item, *, tabs: bool = False
) -> Iterator[RawArticle | Reject]:
    """Each row below the header as an input, ``file#L12``, known by the line that it begins on.

    ``tabs`` says that the name promises tabs between the cells. A row with too few or too many
    cells is a reject that says how many; so is one whose quotes do not end, and reading goes on
    with the line behind the quote.
    """
    csv.field_size_limit(LARGEST)  # of the process; the bound of a row is limits.input_bytes
    source = buffered(stream)
    head = source.peek(_HEAD)[:_HEAD]
    encoding = _wide(head)
    text = io.TextIOWrapper(
        source,
        encoding or "utf-8",
        errors="replace" if encoding else "surrogateescape",
        newline="",
    )
    try:
        lines = _Lines(text, item.limits.input_bytes, None if encoding else head)
        start = head.decode(encoding or "utf-8", "replace").removeprefix("\ufeff")
        yield from _Table(lines, item, _shape(start, tabs)).records()
    finally:
        text.detach()  # the stream is the caller's


def _wide(head: bytes) -> str | None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    zeros = [head[n::2].count(0) for n in (0, 1)]
    if max(zeros) > len(head) / 8 and min(zeros) * 4 < max(zeros):
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return None


def _shape(start: str, tabs: bool) -> _Shape:
    told = _SEPARATOR_LINE.match(start)
    first = start.split("\n", 1)[0]
    bare = re.sub(r'"[^"]*"', "", first)  # what stands in quotes divides nothing
    counts = {delimiter: bare.count(delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda d: (counts[d], tabs and d == "\t"))
    delimiter = told[1] if told else "\t" if tabs and counts["\t"] else best
    shape, escaped = _Shape(delimiter), _Shape(delimiter, escaped=True)
    if '"' not in start or _reads(shape, start):
        return shape
    if '\\"' in start and _reads(escaped, start):
        return escaped
    return _Shape(delimiter, quoted=False) if delimiter == "\t" else shape


def _reads(shape: _Shape, start: str) -> bool:
    lines = start.splitlines(keepends=True)
    whole = len(start) < _CUT  # else its last line may be cut off
    try:
        for _ in shape.rows(iter(lines if whole else lines[:-1])):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return True


class _Lines:
    """The lines of a text, with what was taken for a row kept so that it can be read again."""

    def __init__(self, text: io.TextIOWrapper, limit: int, head: bytes | None) -> None:
        self._text = text
        self._limit = limit
        self._head = head
        self._eight_bit: str | None = None
        self._tries = _TRIES
        self._ahead: deque[str] = deque()
        self._read = self._again = 0
        self.number = 0
        self.taken: list[str] = []
        self._held = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else self._next_line()
        self.number += 1
        self.taken.append(line)
        self._held += len(line)
        if self._held > self._limit:
            raise _TooLong
        return line

    def begin(self) -> None:
        """The next line is the first of a row."""
        self.taken, self._held = [], 0

    def back(self, kept: int) -> int:
        """Give all lines of the row but the first ``kept`` back, if that may be; how many were
        kept."""
        self._again += self._held
        if self._again > self._read + _AGAIN:
            kept = len(self.taken)
        self._ahead.extendleft(reversed(self.taken[kept:]))
        self.number -= len(self.taken) - kept
        return kept

    def _next_line(self) -> str:
        line = self._text.readline(self._limit + 1)
        if not line:
            raise StopIteration
        if not self._read:
            line = line.removeprefix("\ufeff")
        self._read += len(line)
        if len(line) > self._limit:
            while not line.endswith(("\n", "\r")) and (rest := self._text.readline(_HEAD)):
                line = line[:1] + rest[-1:]
                self._read += len(rest)
            self.number += 1
            self.taken.append("")
            raise _TooLong
        if self._head is not None and _STRAY.search(line):
            return self._decoded(line)
        return line

    def _decoded(self, line: str) -> str:
        """A line that is not UTF-8; one that no encoding reads keeps its stray bytes."""
        data = line.encode("utf-8", "surrogateescape")
        if self._eight_bit is None and self._tries:
            self._tries -= 1
            head = self._head or b""
            self._eight_bit = eight_bit(head if data[:_LONGEST_NAME] in head else data)
        return decode_line(data, self._eight_bit) or line


class _Table:
    """The rows of a file whose shape is known."""

    def __init__(self, lines: _Lines, item: Item, shape: _Shape) -> None:
        self._lines = lines
        self._item = item
        self._shape = shape
        self._names: list[str] = []

    def records(self) -> Iterator[RawArticle | Reject]:
        found = 0
        rows = self._shape.rows(self._lines)
        while True:
            self._lines.begin()
            first = self._lines.number + 1
            try:
                row = next(rows)
            except StopIteration:
                break
            except (csv.Error, _TooLong) as error:
                rows = self._shape.rows(self._lines)
                yield self._broken(first, error)
                found += 1
                if not self._names:
                    return
                continue
            if not any(row) or (first == 1 and _SEPARATOR_LINE.fullmatch(self._lines.taken[0])):
                continue
            if not self._names:
                trouble = self._header(row)
                if trouble:
                    yield self._item.reject("malformed", trouble, f"#L{first}")
                    return
                continue
            found += 1
            yield self._record(row, first)
        if not found:
            what = "no row below the names of its columns" if self._names else "no line"
            yield self._item.reject("empty", f"the table holds {what}")

    def _header(self, row: list[str]) -> str | None:
        """Take the names of the columns; why the row cannot be that."""
        names = [name.strip("\ufeff \t") for name in row]
        for name in names:
            if len(name) > _LONGEST_NAME or _NO_NAME.search(name):
                shown = name[:40].encode("utf-8", "replace").decode()
                return (
                    f"the first line is not the names of the columns (one is {shown!r}): put a "
                    "line such as title,date,url,text above it"
                )
        self._names = names
        return None

    def _record(self, row: list[str], first: int) -> RawArticle | Reject:
        part, names = f"#L{first}", self._names
        while len(row) > len(names) and not row[-1].strip():
            row.pop()
        if len(row) != len(names):
            last = self._lines.number
            where = f" (it ends on line {last})" if last > first else ""
            fields = "1 field" if len(row) == 1 else f"{len(row)} fields"
            detail = (
                f"the row has {fields}{where}, the header {len(names)}: put quotes around a cell "
                f"that holds {_named(self._shape.delimiter)} or a line end"
            )
            return self._item.reject("malformed", detail, part)
        cells: dict[str, object] = {}
        for name, cell in zip(names, row, strict=True):
            if cell and name:
                cells.setdefault(name, cell)
        payload = as_json(cells)
        if payload is None:
            detail = "it is neither UTF-8 nor another encoding that is known: save it as UTF-8"
            return self._item.reject("encoding", detail, part)
        if len(payload) > self._item.limits.input_bytes:
            return self._item.too_large("the row", part)
        return self._item.raw(part, NDJSON, payload)

    def _broken(self, first: int, error: Exception) -> Reject:
        """The reject of a row that does not end as it should; its other lines are read again."""
        last, taken = self._lines.number, self._lines.taken
        opening = _opening(taken) if self._shape.quoted else None
        kept = self._lines.back(1 if opening is None else opening + 1)
        part = f"#L{first}"
        if opening is None and isinstance(error, _TooLong):
            return self._item.too_large("the row", part)
        where = "in it" if opening is None else f"that opens on line {first + opening}"
        if isinstance(error, _TooLong) or "unexpected end" in str(error):
            detail = f"a quote {where} is not closed up to line {last}"
        else:
            detail = f"a quote {where} does not end with its cell, as line {last} shows"
        detail += f"; reading goes on with line {first + kept}. Write a quote in a cell twice"
        return self._item.reject("malformed", detail, part)


def _opening(lines: list[str]) -> int | None:
    """The line, from 0, on which the last quote opens that is still open behind its line."""
    opening, is_open = None, False
    for number, line in enumerate(lines):
        was_open, is_open = is_open, is_open ^ (line.count('"') % 2 == 1)
        if is_open and not was_open:
            opening = number
    return opening


def _named(delimiter: str) -> str:
    return {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a |"}.get(
        delimiter, f"a {delimiter}"
    )
