"""Expressions of time: found by a grammar, resolved against the publication date and the text.

The walk: a cheap test leaves out sentences without any word of time; the rest become nodes, which
the stages of the grammar (:mod:`.engine`) read into meanings (:mod:`.meanings`); what is no time
where it stands is left out. All that is a language's own (:mod:`.language`, :mod:`.en`). The rest
is resolved in the order of the text (:mod:`.resolve`) by tense, the publication date, the dates
before and, in a story, all its dates together (:mod:`.story`); and rendered as rows (:mod:`.rows`).
"""

from __future__ import annotations

from transforms.dates.read import REASONS, Expression, read_expressions
from transforms.dates.rows import StudiedDates, Trace, read_dates, study_dates
from transforms.dates.ways import WAYS

__all__ = [
    "REASONS",
    "WAYS",
    "Expression",
    "StudiedDates",
    "Trace",
    "read_dates",
    "read_expressions",
    "study_dates",
]
