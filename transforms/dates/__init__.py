"""Expressions of time: found by a grammar, resolved against the publication date and the text.

The walk: a cheap test leaves out sentences without any word of time (:mod:`.en.vocabulary`); the
rest become nodes (:mod:`.en.tokens`), which the stages of the grammar (:mod:`.en.rules`) read into
meanings (:mod:`.meanings`); what is no time where it stands is left out (:mod:`.en.filters`); the
rest are resolved in the order of the text (:mod:`.resolve`) by tense (:mod:`.en.tense`), the
publication date, the dates before and, in a story, all its dates together (:mod:`.story`); and
rendered as rows (:mod:`.rows`).
"""

from __future__ import annotations

from transforms.dates.read import Expression, read_expressions
from transforms.dates.rows import read_dates

__all__ = ["Expression", "read_dates", "read_expressions"]
