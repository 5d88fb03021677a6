"""From what an expression means to calendar time.

The readers of all kinds of meaning, put together: importing their modules registers them, each
for kinds of its own.
"""

from __future__ import annotations

from transforms.dates import chosen, fiscal, offsets, parts, plain, recurring
from transforms.dates.anchors import Anchors, Resolved, resolve

#: The modules that hold the readers.
READERS = (chosen, fiscal, offsets, parts, plain, recurring)

__all__ = ["READERS", "Anchors", "Resolved", "resolve"]
