"""A note of each export in the lake's folder: where copies of its rows went.

Whoever must account for an article (``dateline forget``) can so be told of the copies that the lake
does not reach.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

from warehouse.layout import Layout

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Noted:
    """An export: its folder, and the snapshot that it shows."""

    folder: str
    snapshot: int


def note(layout: Layout, folder: Path, snapshot: int) -> None:
    """Note an export that is complete. One that cannot be noted is logged and is no error: who
    reads a lake need not be allowed to write."""
    line = json.dumps(asdict(Noted(str(folder), snapshot)), ensure_ascii=False)
    try:
        with layout.exports.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    except OSError as error:
        log.warning("the export is not noted in %s: %s", layout.exports, error.strerror)


def noted(layout: Layout) -> list[Noted]:
    """The exports that were noted, the oldest first."""
    try:
        lines = layout.exports.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [Noted(**json.loads(line)) for line in lines if line.endswith("}")]
