"""How values are written in the files of a folder, said to people."""

from __future__ import annotations

from warehouse.exporting.files import Form

_ALWAYS = (
    "Offsets count characters of articles.text, end exclusive.",
    "Times are UTC, dates are calendar dates, and intervals include both ends.",
)
_PARQUET = "Lists, bytes, dates and times (microseconds, without a zone) are Parquet's own."
_JSON = (
    "Lists are lists, bytes are base64, dates and times are ISO 8601, times without a zone; a "
    "number that is not finite is null."
)
_CSV = (
    "Lists are JSON, bytes are base64, dates and times are ISO 8601, times with a space before "
    "the clock and without a zone; a number that is not finite is NaN, INF or -INF."
)
_EMPTY = (
    'A null is empty, and an empty text is "" in quotes: who cannot tell them apart reads both '
    "as null in columns that may be null."
)
_SAFE = (
    "A text, or bytes, that would begin with one of = + - @, a tab, a line break, a NUL or a wide "
    "form of the four, also behind apostrophes, has an apostrophe before it, so that no "
    "spreadsheet executes it: whoever reads such a cell takes one apostrophe away."
)


def notes(form: Form) -> tuple[str, ...]:
    """Sentences on how values are written."""
    own = {"parquet": [_PARQUET], "jsonl": [_JSON], "csv": [_CSV, _EMPTY]}[form.name]
    return (*_ALWAYS, *own, *([_SAFE] if form.safe else []))
