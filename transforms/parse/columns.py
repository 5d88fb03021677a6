"""A document's tokens as columns of numbers: attributes by their spaCy name or id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc

Numbers = NDArray[np.uint64]


def column(doc: Doc, attribute: str | int) -> Numbers:
    """One attribute, a number a token."""
    found: Any = doc.to_array(attribute)
    return found  # type: ignore[no-any-return]


def columns(doc: Doc, attributes: Sequence[str | int]) -> Numbers:
    """Several attributes, a row a token."""
    found: Any = doc.to_array(list(attributes))
    return found.reshape(len(doc), len(attributes))  # type: ignore[no-any-return]


def keys(doc: Doc, attributes: Sequence[str | int]) -> list[bytes]:
    """Several attributes of each token as one key."""
    rows = np.ascontiguousarray(columns(doc, attributes))
    found: list[bytes] = rows.view(f"V{rows.itemsize * len(attributes)}").ravel().tolist()
    return found


def set_columns(doc: Doc, attributes: Sequence[str], rows: Numbers) -> None:
    """Set attributes, a row a token; heads are counted from the token."""
    values: Any = rows
    doc.from_array(list(attributes), values)
