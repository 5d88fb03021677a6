"""Asking the lake: the one way in which commands read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from flows.settings import Settings


def ask(
    settings: Settings, sql: str, parameters: Sequence[Any] = (), *, at: str | None = None
) -> pa.Table:
    """The answer to a question that can only read.

    Raises ``NoLakeError``, ``VersionError``, and ``SqlError`` with a message for people.
    """
    import warehouse

    try:
        return warehouse.query(sql, parameters, path=settings.lake, at=at)
    except warehouse.SqlError as error:
        raise warehouse.SqlError(_readable(str(error))) from error


def rows(settings: Settings, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """All rows of an answer."""
    found: list[dict[str, Any]] = ask(settings, sql, parameters).to_pylist()
    return found


def _readable(message: str) -> str:
    """DuckDB's message without the blank lines in it."""
    return "\n".join(line for line in message.splitlines() if line.strip())
