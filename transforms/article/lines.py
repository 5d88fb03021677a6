"""Lines of a text: white space, furniture, header labels, bylines, the opening's place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from transforms.article.repeats import without_slips
from transforms.calendar_names import english_months
from transforms.reference import reference

#: Longer lines are never furniture.
FURNITURE_LENGTH = 240

_BREAK = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_BLANKS = re.compile(r"[ \t]{2,}|\t")


def split_lines(text: str) -> list[str]:
    """The lines, without invisible characters and without white space around them."""
    lines = _BREAK.split(_INVISIBLE.sub("", text))
    return [_BLANKS.sub(" ", line).strip() for line in lines]


@cache
def _furniture() -> re.Pattern[str]:
    patterns = [record["pattern"] for record in reference("furniture")]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Whether the whole line belongs to the page around the article."""
    if len(line) > FURNITURE_LENGTH:
        return False
    if not any(c.isalnum() for c in line):
        return True
    bare = line.strip(" \xa0|>»›→•*-–—_=~#[]")
    return _furniture().fullmatch(bare) is not None


def without_furniture(lines: Iterable[str]) -> list[str]:
    """The lines that are the article's, blank ones kept."""
    return without_slips([line for line in lines if not (line and is_furniture(line))])


@cache
def _labels() -> Mapping[str, str | None]:
    """Labels of header lines and the column each gives; None for a line that is dropped."""
    rows = reference("header_labels")
    return MappingProxyType({row["label"]: row["column"] or None for row in rows})


def begins_with_label(text: str, column: str) -> bool:
    """Whether a text begins with a label of the column, whatever its case."""
    labels = tuple(label for label, gives in _labels().items() if gives == column)
    return text.lower().startswith(labels)


_LABEL = re.compile(
    r"(?P<label>[^\W\d_]{1,13}(?: [^\W\d_]{1,12}){0,2}(?:\(s\))?)\s*[:：]\s*(?P<value>\S.*)?"
)


def read_label(line: str) -> tuple[str | None, str] | None:
    """(column, value) of a header line; the column is None where the line is only dropped."""
    match = _LABEL.fullmatch(line)
    if match is None:
        return None
    label = " ".join(match["label"].split()).lower()
    if label not in _labels():
        return None
    return _labels()[label], (match["value"] or "").strip()


_PLACE = r"[A-ZÀ-ÞĀ-Ž][\w’'.-]*(?:[ /-][\w’'.]+){0,4}"
_DAY_MONTH = r"\d{1,2}\s[^\W\d_]{3,10}\.?"
_LINE_AGENCY = re.compile(r"\((?P<agency>[A-Z][^()]{1,30})\)\s*(?:--|[—–]|-(?=\s))\s*")


@cache
def _dateline() -> re.Pattern[str]:
    names = sorted(english_months(), key=lambda name: (-len(name), name))
    month = rf"(?:{'|'.join(name.capitalize() for name in names)})\b\.?"
    return re.compile(
        rf"""(?P<place>{_PLACE}(?:,\s(?!{month}){_PLACE})?)
        (?: ,?\s(?:{_DAY_MONTH}|{month}\s\d{{1,2}})(?:,?\s\d{{4}})? )?
        (?: ,?\s?\((?P<agency>[^()]{{2,40}})\) )?
        \s*(?P<dash>--|[—–]|-(?=\s)|:(?=\s))\s*(?=\S)""",
        re.VERBOSE,
    )


def read_dateline(text: str) -> tuple[str | None, str | None]:
    """(place, agency) of an opening such as ``SEOUL, April 28 (Yonhap) --``.

    The place must be in capitals, or a date or an agency must stand with it.
    """
    first = text.lstrip()[:160].split("\n", 1)[0]
    match = _dateline().match(first)
    if match is None:
        only = _LINE_AGENCY.match(first)
        return None, only["agency"].strip() if only else None
    place, agency = match["place"].strip(), match["agency"]
    head = first[: match.end("place")]
    dated = first[match.end("place") : match.start("dash")].strip() != ""
    city = place.split(",")[0]
    capitals = city.upper() == city and len(city) > 2
    if not (capitals or (dated and match["dash"] != ":")) or len(head) > 60:
        return None, None
    if not capitals and match["dash"] == "-":
        return (place, agency.strip()) if agency else (None, None)
    return place, agency.strip() if agency else None


def unwrap(lines: list[str]) -> list[str]:
    """Paragraphs of a text whose lines were broken at a fixed width; others stay as they are."""
    pairs = [(a, b) for a, b in pairwise(lines) if a and b]
    if len(pairs) < 3 or "" not in lines:
        return lines
    broken = [a for a, _ in pairs if a[-1] not in ".!?\"'”’:)…" and len(a) >= 40]
    if len(broken) < 0.6 * len(pairs) or max(map(len, lines)) > 120:
        return lines
    paragraphs: list[str] = [""]
    for line in lines:
        if not line:
            paragraphs.append("")
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {line}".strip()
    return paragraphs
