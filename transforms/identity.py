"""Ids: digests of what a thing is, so that the same input gives the same id on any day."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_SEPARATOR = "\x1f"


def digest(*parts: object) -> str:
    """16 hexadecimal digits of the SHA-256 of the parts (None is told from an empty string)."""
    joined = _SEPARATOR.join(["\x00" if part is None else str(part) for part in parts])
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def span_id(kind: str, article_id: str, start: int, end: int, surface: str) -> str:
    """The id of a mention, figure or date."""
    return digest(kind, article_id, start, end, surface)


#: Marks that desks write in different ways: quotes, dashes, what is not seen.
_MARKS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´′ʼ", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)


def normalised_text(text: str) -> str:
    """The text as duplicates are compared: compatibility forms, case, white space, the styles of
    quotes and dashes folded."""
    marks = unicodedata.normalize("NFKC", text.translate(_MARKS)).translate(_MARKS)
    plain = re.sub("-{2,}", "-", marks.replace("''", '"'))
    return re.sub(r"\s+", " ", plain).strip().casefold()


def text_id(text: str) -> str:
    return digest("text", normalised_text(text))
