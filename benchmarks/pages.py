"""Parts of pages in docs/ that a benchmark writes: what stands between two marks."""

from __future__ import annotations


def renewed(text: str, begin: str, end: str, made: str) -> str:
    """The page with ``made`` between its marks. Raises ``ValueError`` if one is not there."""
    before, rest = text.split(begin)
    _, after = rest.split(end, 1)
    return f"{before}{begin}{made}{end}{after}"
