"""Errors that are the user's to mend: shown without a traceback, with the exit code they mean."""

from __future__ import annotations


class UsageError(Exception):
    """The command line, a setting, a path or the SQL is wrong; the message says what to do."""

    exit_code = 64


class SettingsError(UsageError):
    """A setting is unknown or has a value it may not have; names where it was set."""


class SourceError(UsageError):
    """A source that was named cannot be read at all: no such path, no known format ..."""
