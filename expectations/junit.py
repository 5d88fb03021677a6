"""The report as JUnit XML: a case an expectation, a suite a table.

Expectations that failed are failures, with the rows and their sentences; one that broke is an
error; what could not be judged is skipped. A warning passes, and says what it doubts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from expectations.summary import Example, Finding, Summary, parted
from expectations.visible import visible
from expectations.whole.model import WholeFinding

#: How long the text of one case may be, in characters.
TEXT = 10_000


@dataclass(frozen=True)
class _Case:
    table: str
    name: str
    outcome: str
    message: str
    rows: Sequence[str]


def junit(summary: Summary) -> str:
    """The document. ``time`` is how long the run took, where it is known; a case has none."""
    root = Element("testsuites", name="dateline")
    cases = [*_findings(summary), *map(_whole, summary.whole)]
    tables = list(dict.fromkeys(case.table for case in cases))
    for table in tables:
        suite = SubElement(root, "testsuite", name=table)
        some = [case for case in cases if case.table == table]
        _count(suite, some)
        if summary.run is not None:
            suite.set("timestamp", summary.run["started_at"].isoformat(timespec="seconds"))
        for case in some:
            _write(suite, case)
    _count(root, cases)
    if summary.run is not None:
        took: dt.timedelta = summary.run["ended_at"] - summary.run["started_at"]
        root.set("time", f"{took.total_seconds():.3f}")
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _count(element: Element, cases: Sequence[_Case]) -> None:
    element.set("tests", str(len(cases)))
    outcomes = [case.outcome for case in cases]
    for name, outcome in (("failures", "failed"), ("errors", "broke"), ("skipped", "not judged")):
        element.set(name, str(outcomes.count(outcome)))
    element.set("time", "0")


def _write(suite: Element, case: _Case) -> None:
    one = SubElement(suite, "testcase", classname=f"dateline.{case.table}", name=case.name)
    one.set("time", "0")
    told = visible("\n".join((case.message, *case.rows)))[:TEXT]
    message = visible(case.message)
    match case.outcome:
        case "failed":
            SubElement(one, "failure", type="failed", message=message).text = told
        case "broke":
            SubElement(one, "error", type="broke", message=message).text = told
        case "not judged":
            SubElement(one, "skipped", message=message)
        case "warned":
            SubElement(one, "system-out").text = f"warned: {told}"


def _findings(summary: Summary) -> Iterator[_Case]:
    for one in summary.findings:
        same = (one.table, one.expectation, one.column)
        rows = [
            _row(example)
            for example in (*summary.examples, *summary.warnings)
            if (example.table, example.expectation, example.column) == same
        ]
        yield _Case(
            one.table,
            f"{one.column}: {one.expectation}" if one.column else one.expectation,
            one.outcome if one.judged else "not judged",
            _message(one),
            rows,
        )


def _message(one: Finding) -> str:
    if one.outcome == "broke" or one.kind == "aggregate":
        return one.detail or one.description
    return f"{one.failed:,} of {one.checked:,} rows; expected {one.description}"


def _row(one: Example) -> str:
    return _told(one.row_id, one.detail, (one.before, one.surface, one.after), one.url)


def _whole(one: WholeFinding) -> _Case:
    of = f" of {one.subject}" if one.subject else ""
    name = f"{one.column}: {one.name}" if one.column else one.name
    before = f", before: {one.before}" if one.before is not None else ""
    message = f"expected {one.expected}; found {one.observed}{before}"
    rows = [told for told in (one.detail, one.to_do) if told]
    rows += [_told(e.row_id, "", parted(e), e.url) for e in one.examples]
    return _Case(f"lake.{one.table}", name + of, one.outcome, message, rows)


def _told(row_id: str, detail: str, evidence: Iterable[str], url: str | None) -> str:
    before, surface, after = evidence
    marked = f"[{surface}]" if surface else ""
    sentence = " ".join(f"{before}{marked}{after}".split())
    parts = (f"row {row_id}", detail, sentence and f"“{sentence}”", url or "")
    return "\n  ".join(part for part in parts if part)
