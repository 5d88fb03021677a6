"""What can go wrong with a lake, said for the person who has to do something about it."""

from __future__ import annotations


class LakeError(RuntimeError):
    """The lake cannot do what was asked; the message names the folder and what to do."""


class NoLakeError(LakeError):
    """There is no lake where one was looked for."""


class VersionError(LakeError):
    """The lake was written by another version than the one that is installed."""


class SqlError(ValueError):
    """The SQL, or the moment it asks about, is wrong; the message shows where."""


class TargetError(ValueError):
    """The folder that something is to be written into cannot be it; the message says why."""
