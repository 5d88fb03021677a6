"""What a reader considered and did not take, beside the rows that it made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Characters ``start`` to ``end`` that a reader left out.

    ``reader`` is figures, dates or entities; ``reason`` the name of the test that said no, as the
    docs list it; ``detail`` what the test saw, for a person ("" if the name says all).
    """

    reader: str
    start: int
    end: int
    reason: str
    detail: str = ""
