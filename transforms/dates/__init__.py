"""Expressions of time: found by a grammar, resolved against the publication date and the text.

The walk: a cheap test leaves out sentences without any word of time (:mod:`.tokens`); the rest
become nodes, which the stages of the grammar (:mod:`.rules`) read into meanings
(:mod:`.meanings`); these are resolved in the order of the text (:mod:`.resolve`) by tense
(:mod:`.tense`), the publication date and the dates before; and rendered as rows.
"""

from __future__ import annotations

from transforms.dates.read import Expression, read_expressions
from transforms.dates.rows import read_dates

__all__ = ["Expression", "read_dates", "read_expressions"]
