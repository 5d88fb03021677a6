"""How asking for an address can end otherwise than with an answer."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - an outcome with a message for people
    """A host that resolves to what may not be connected to; the message names it."""


class TooSlow(Exception):  # noqa: N818 - an outcome
    """The time that an answer may take is over."""


class Ended(Exception):  # noqa: N818 - an outcome
    """Nobody wants the answer any more."""


class AskedToWait(Exception):  # noqa: N818 - an outcome
    """A server asks to be left alone for longer than is waited."""

    def __init__(self, status: int, seconds: float) -> None:
        super().__init__(status, seconds)
        self.status = status
        self.seconds = seconds
