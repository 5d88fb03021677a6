"""How many examples a property test looks at."""

from __future__ import annotations

import os

#: For a long look: so many examples of every property, whatever each looks at usually.
VARIABLE = "HYPOTHESIS_EXAMPLES"


def examples(usual: int = 100) -> int:
    """For ``settings(max_examples=...)``: what ``HYPOTHESIS_EXAMPLES`` says, else ``usual``."""
    return int(os.environ.get(VARIABLE) or usual)
