"""From what an expression means to calendar time.

The readers of all kinds of meaning, put together: importing them registers them.
"""

from __future__ import annotations

from transforms.dates import fiscal, offsets, parts, plain, recurring
from transforms.dates.anchors import Anchors, Resolved, resolve

__all__ = ["Anchors", "Resolved", "fiscal", "offsets", "parts", "plain", "recurring", "resolve"]
