"""The lines of a scheduled run for the operator, who sees none of Prefect's own."""

from __future__ import annotations

import os
import sys

#: Which open file gets them, if it is not standard error, which then is a log.
TELLS = "_DATELINE_TELLS"


def tell(text: str) -> None:
    """One line, whole, also if other processes write there; nobody need be listening."""
    named = os.environ.get(TELLS)
    try:
        os.write(int(named) if named else sys.stderr.fileno(), f"{text}\n".encode())
    except (OSError, ValueError):
        return
