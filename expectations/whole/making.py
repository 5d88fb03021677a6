"""Findings as they are made: the words of the catalogue, the severity in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from expectations.whole.catalogue import WHOLE
from expectations.whole.limits import WholeLimits
from expectations.whole.model import Outcome, Severity, WholeExample, WholeFinding
from warehouse.tables import TABLES_BY_NAME, Row

#: What a severity of the settings leaves out.
OFF = "off"


@dataclass(frozen=True)
class Maker:
    """Makes the findings of one expectation."""

    name: str
    limits: WholeLimits

    @property
    def severity(self) -> Severity:
        given = self.limits.severity.get(self.name, WHOLE[self.name].severity)
        return "error" if given == "error" else "warning"

    def passed(
        self, table: str, column: str | None, observed: str, *, value: str | None = None
    ) -> WholeFinding:
        return self._made("passed", table, column, observed, value=value)

    def bad(
        self,
        table: str,
        column: str | None,
        observed: str,
        *,
        change: float,
        source: str | None = None,
        value: str | None = None,
        before: str | None = None,
        detail: str = "",
        rose: bool | None = None,
        rows: Sequence[Row] = (),
    ) -> WholeFinding:
        outcome: Outcome = "failed" if self.severity == "error" else "warned"
        return self._made(
            outcome,
            table,
            column,
            observed,
            change=change,
            source=source,
            value=value,
            before=before,
            detail=detail,
            rose=rose,
            to_do=WHOLE[self.name].to_do,
            examples=tuple(example(table, row) for row in rows),
        )

    def not_judged(self, table: str, column: str | None, why: str) -> WholeFinding:
        return self._made("not judged", table, column, why)

    def broke(self, table: str, column: str | None, how: str) -> WholeFinding:
        return self._made(
            "broke",
            table,
            column,
            "it could not be asked",
            detail=how,
            to_do="This says nothing of the data: the check, or the lake's tables, are not as they "
            "should be. `dateline migrate` brings a lake to the installed version",
        )

    def _made(
        self,
        outcome: Outcome,
        table: str,
        column: str | None,
        observed: str,
        *,
        change: float | None = None,
        source: str | None = None,
        value: str | None = None,
        before: str | None = None,
        detail: str = "",
        rose: bool | None = None,
        to_do: str = "",
        examples: tuple[WholeExample, ...] = (),
    ) -> WholeFinding:
        return WholeFinding(
            self.name,
            table,
            column,
            "/".join(part for part in (source, value) if part) or None,
            self.severity,
            outcome,
            WHOLE[self.name].expected,
            observed,
            before,
            change,
            detail,
            to_do,
            examples,
            source,
            value,
            rose,
        )


def example(table: str, row: Row) -> WholeExample:
    """A row of a table, as far as it shows itself."""
    key = "/".join(str(row[name]) for name in TABLES_BY_NAME[table].key if name in row)
    return WholeExample(
        table,
        key,
        row.get("article_id"),
        str(row.get("surface") or ""),
        str(row.get("sentence") or ""),
        row.get("url"),
    )


def share(part: float, whole: float) -> str:
    """``4.2% (21 of 500)``."""
    return f"{percent(part / whole if whole else 0.0)} ({part:,.0f} of {whole:,.0f})"


def percent(value: float) -> str:
    return f"{100 * value:.3g}%" if abs(value) < 0.1 else f"{100 * value:.0f}%"
