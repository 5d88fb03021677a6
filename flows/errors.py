"""Errors that are the user's to mend, shown without a traceback and with the exit code they mean;
and how an error of the program is told."""

from __future__ import annotations

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


def told(error: BaseException) -> str:
    """An exception and the line that raised it, for a person."""
    where = traceback.extract_tb(error.__traceback__)
    at = f" ({Path(where[-1].filename).name}, line {where[-1].lineno})" if where else ""
    return f"{type(error).__name__}: {error}{at}"
