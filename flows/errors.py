"""Errors that are the user's to mend, shown without a traceback and with the exit code they mean;
and how an error of the program, and what others wrote, is told."""

from __future__ import annotations

import re
import traceback
from pathlib import Path


class UsageError(Exception):
    """The command line, a setting, a path or the SQL is wrong; the message says what to do."""

    exit_code = 64


class SettingsError(UsageError):
    """A setting is unknown or has a value it may not have; names where it was set."""


class SourceError(UsageError):
    """A source that was named cannot be read at all: no such path, no known format ..."""


class CorrectionsError(UsageError):
    """The file of corrections cannot be read, or a line of it cannot be applied; names the line."""


class FurnitureError(UsageError):
    """A source's file of furniture cannot be read, or a line of it is wrong; names the line."""


class ClusterError(Exception):
    """The cluster that should compute is not there, or none of its workers can be used."""


#: What steers a terminal or turns the direction of writing; a line feed and a tab do neither.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def shown(text: str) -> str:
    r"""A text with what others wrote in it (names of files, titles) as a terminal may show it:
    control characters, those that turn the direction and halves of pairs as \x1b and \u202e."""
    return _STEERING.sub(lambda match: ascii(match[0])[1:-1], text)


def told(error: BaseException) -> str:
    """An exception and the line that raised it, for a person."""
    where = traceback.extract_tb(error.__traceback__)
    at = f" ({Path(where[-1].filename).name}, line {where[-1].lineno})" if where else ""
    return f"{type(error).__name__}: {error}{at}"
