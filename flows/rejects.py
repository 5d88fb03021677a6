"""Inputs that are no articles: their rows, and the reject of one that the program failed on."""

from __future__ import annotations

from flows.plan import Key
from transforms.model import Reject
from warehouse.tables import REJECTS, Row


def failed(key: Key, doing: str, what: str, *, slow: bool = False) -> Reject:
    """The reject of an input that the program failed to read or to extract; ``what`` says how.
    ``slow`` if it was given up for the time that it took."""
    source, uri, raw_id = key
    if slow:
        detail = f"{uri}: to {doing} it was given up: {what}; limits.seconds allows more"
        return Reject(source, uri, "too_slow", detail, raw_id)
    detail = f"{uri}: the program failed to {doing} it: {what}"
    return Reject(source, uri, "failed", detail, raw_id)


def reject_row(reject: Reject, run_id: str | None = None) -> Row:
    """The row of ``rejects``; ``run_id`` is left out where there is no run."""
    return REJECTS.row(
        source=reject.source,
        source_uri=reject.source_uri,
        raw_id=reject.raw_id,
        reason=reject.reason,
        detail=reject.detail,
        **({} if run_id is None else {"run_id": run_id}),
    )
