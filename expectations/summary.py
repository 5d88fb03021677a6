"""What a run's quality and quarantine rows come to: the matter of every report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from expectations.catalogue import descriptions
from expectations.model import NOT_JUDGED, PARENT_PASSED, Kind, Outcome
from expectations.totals import Limits
from expectations.trends import Trend
from expectations.whole.model import WholeExample, WholeFinding, worst_first
from warehouse.tables import Row

OUTCOMES = ("passed", "warned", "failed", "broke")
#: What was asked: the rows that a run made, before they were published, or all that a lake holds.
Asked = Literal["run", "lake"]
Verdict = Literal["passed", "quarantined", "failed", "broke"]
EXAMPLES = 5
HISTORY = 30
#: How much of the text is shown around a surface, in characters.
AROUND = 120


@dataclass
class Finding:
    """One expectation over all batches of a run."""

    table: str
    expectation: str
    column: str | None
    kind: Kind
    description: str
    outcome: Outcome = "passed"
    checked: int = 0
    failed: int = 0
    observed: str | None = None
    detail: str | None = None

    @property
    def judged(self) -> bool:
        """Whether there was enough to judge by."""
        return self.outcome != "passed" or not (self.detail or "").startswith(NOT_JUDGED)


@dataclass(frozen=True)
class Example:
    """A row that failed: what was expected and found, and the sentence it was read from.

    ``before``, ``surface`` and ``after`` make up the evidence; the surface is what was read.
    """

    table: str
    row_id: str
    expectation: str
    column: str | None
    article_id: str | None
    detail: str
    before: str = ""
    surface: str = ""
    after: str = ""
    url: str | None = None


@dataclass(frozen=True)
class Sum:
    """What must be, its value, and the parts that make it up."""

    sum: str
    value: int
    parts: dict[str, int]
    holds: bool


@dataclass(frozen=True)
class Summary:
    """One run's quality, or a lake's.

    ``verdict``: broke (a check could not be asked), failed (the data is bad: an aggregate check
    stopped the run, a row of the lake fails a check, the lake as a whole is not as expected),
    quarantined (rows were kept back, the rest passed) or passed. ``run`` is its row of
    ``runs``, ``tables`` the rows of each table of the lake, where they are known. ``whole`` are
    the findings on the lake as a whole, the worst first, ``baseline`` is what they were compared
    with, in words.
    """

    run_id: str
    verdict: Verdict
    findings: list[Finding]
    examples: list[Example]
    warnings: list[Example]
    quarantined: Mapping[str, int]
    run: Row | None = None
    tables: Mapping[str, int] = field(default_factory=dict)
    history: Sequence[Row] = ()
    sources: Sequence[Row] = ()
    trends: Sequence[Trend] = ()
    whole: Sequence[WholeFinding] = ()
    asked: Asked = "run"
    baseline: str | None = None

    @property
    def worse(self) -> list[WholeFinding]:
        """What is worse than at the baseline."""
        return [one for one in self.whole if one.bad and one.before is not None]

    @property
    def grave(self) -> list[Finding]:
        """The checks that broke, and those that stopped the run or found a lake bad, but for what
        the rows that are shown say themselves."""
        shown = {(one.table, one.expectation, one.column) for one in self.examples}
        return [
            one
            for one in self.findings
            if one.outcome == "broke"
            or (
                one.outcome == "failed"
                and stops(one, self.asked)
                and (one.table, one.expectation, one.column) not in shown
            )
        ]

    @property
    def sums(self) -> list[Sum]:
        """Both sums of the run."""
        if self.run is None:
            return []
        run = self.run
        parts = ["new", "revised", "unchanged", "duplicates", "rejects"]
        if run["forgotten"]:
            parts.append("forgotten")
        published, kept_back = run["rows_published"], run["rows_quarantined"]
        return [
            _sum("inputs", run["inputs"], {name: run[name] for name in parts}),
            _sum("rows made", run["rows_made"], {"published": published, "quarantined": kept_back}),
        ]

    @property
    def outcomes(self) -> dict[str, int]:
        """How many expectations ended how."""
        counts: Counter[str] = Counter(one.outcome for one in self.findings)
        return {outcome: counts[outcome] for outcome in OUTCOMES}


def _sum(name: str, value: int, parts: dict[str, int]) -> Sum:
    return Sum(name, value, parts, value == sum(parts.values()))


def summarise(
    quality: Iterable[Row],
    quarantine: Iterable[Row],
    *,
    warnings: Iterable[Row] = (),
    runs: Iterable[Row] = (),
    sources: Iterable[Row] = (),
    tables: Mapping[str, int] | None = None,
    texts: Mapping[str, str] | None = None,
    urls: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    trends: Iterable[Trend] = (),
    whole: Iterable[WholeFinding] = (),
    asked: Asked = "run",
    baseline: str | None = None,
) -> Summary:
    """The summary of the latest run among the quality rows (of ``runs`` where there are none).

    ``texts`` are the articles' texts by article_id, from which examples are shown; a figure
    brings its sentence along; ``urls`` their addresses. Rows of other runs are left out.
    """
    quality, runs = list(quality), sorted(runs, key=lambda run: str(run["run_id"]))
    known = [row["run_id"] for row in quality] or [run["run_id"] for run in runs]
    run_id = max(known, default="")
    findings = _findings([row for row in quality if row["run_id"] == run_id], limits)
    kept_back = [row for row in quarantine if row["run_id"] == run_id]
    rows = {(row["table_name"], row["row_id"]) for row in kept_back}
    counts = Counter(table for table, _ in rows)
    ordered, addresses = sorted(whole, key=worst_first), urls or {}
    return Summary(
        run_id=run_id,
        verdict=_verdict(findings, ordered, bool(rows), asked),
        findings=findings,
        examples=_examples(kept_back, texts or {}, addresses),
        warnings=_doubted([row for row in warnings if row["run_id"] == run_id], addresses),
        quarantined={table: counts[table] for table in sorted(counts)},
        run=next((run for run in runs if run["run_id"] == run_id), None),
        tables=dict(tables or {}),
        history=runs[-HISTORY:],
        sources=list(sources),
        trends=list(trends),
        whole=ordered,
        asked=asked,
        baseline=baseline,
    )


def _verdict(
    findings: Sequence[Finding], whole: Sequence[WholeFinding], kept_back: bool, asked: Asked
) -> Verdict:
    outcomes = {one.outcome for one in findings} | {one.outcome for one in whole}
    if "broke" in outcomes:
        return "broke"
    stopped = [one for one in findings if one.outcome == "failed" and stops(one, asked)]
    if stopped or any(one.outcome == "failed" for one in whole):
        return "failed"
    return "quarantined" if kept_back or "failed" in outcomes else "passed"


def stops(one: Finding, asked: Asked) -> bool:
    """Whether its failure is the data's: rows that a run made are kept back, those of a lake are
    what is asked."""
    return one.kind == "aggregate" or asked == "lake"


def _findings(quality: Sequence[Row], limits: Limits | None) -> list[Finding]:
    """Each expectation once, over the batches; an aggregate counts with its last batch."""
    described = descriptions(limits)
    found: dict[tuple[str, str, str | None], Finding] = {}
    for row in sorted(quality, key=lambda row: int(row["batch_no"])):
        key = (row["table_name"], row["expectation"], row["column_name"])
        one = found.setdefault(key, Finding(*key, row["kind"], described.get(key, "")))
        worse = OUTCOMES.index(row["outcome"]) > OUTCOMES.index(one.outcome)
        one.checked += row["checked"]
        one.failed += row["failed"]
        if worse or (one.kind == "aggregate" and row["outcome"] == one.outcome):
            one.observed, one.detail = row["observed"], row["detail"]
        if worse:
            one.outcome, one.detail = row["outcome"], row["detail"]
    order = {key: at for at, key in enumerate(described)}
    return [
        found[key] for key in sorted(found, key=lambda key: (order.get(key, len(order)), str(key)))
    ]


def _examples(
    quarantine: Sequence[Row], texts: Mapping[str, str], urls: Mapping[str, str]
) -> list[Example]:
    """The first rows of each expectation, by table; rows that only followed come last."""
    shown: Counter[tuple[str, str, str | None]] = Counter()
    known = {**texts, **_quarantined_texts(quarantine)}
    examples = []
    for row in sorted(quarantine, key=lambda row: row["expectation"] == PARENT_PASSED):
        key = (row["table_name"], row["expectation"], row["column_name"])
        shown[key] += 1
        if shown[key] > EXAMPLES:
            continue
        before, surface, after = _evidence(json.loads(row["row"]), known)
        examples.append(
            Example(
                row["table_name"],
                row["row_id"],
                row["expectation"],
                row["column_name"],
                row["article_id"],
                row["detail"],
                before,
                surface,
                after,
                urls.get(row["article_id"]),
            )
        )
    return examples


def _doubted(warnings: Sequence[Row], urls: Mapping[str, str]) -> list[Example]:
    """The first rows of each warning; what was found quotes what it was read from."""
    shown: Counter[tuple[str, str]] = Counter()
    doubted = []
    for row in warnings:
        key = (row["table_name"], row["expectation"])
        shown[key] += 1
        if shown[key] <= EXAMPLES:
            doubted.append(
                Example(
                    row["table_name"],
                    row["row_id"],
                    row["expectation"],
                    row["column_name"],
                    row["article_id"],
                    row["detail"],
                    url=urls.get(row["article_id"]),
                )
            )
    return doubted


def _quarantined_texts(quarantine: Sequence[Row]) -> dict[str, str]:
    found = {}
    for row in quarantine:
        if row["table_name"] == "articles" and row["article_id"]:
            text = json.loads(row["row"]).get("text")
            if isinstance(text, str):
                found[row["article_id"]] = text
    return found


def _evidence(row: Mapping[str, Any], texts: Mapping[str, str]) -> tuple[str, str, str]:
    """The text around what was read, cut at the surface; empty where there is none to show."""
    start, end = row.get("char_start"), row.get("char_end")
    text = texts.get(str(row.get("article_id")), "")
    if text and isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
        return _end_of(text[:start]), text[start:end], _start_of(text[end:])
    surface, sentence = row.get("surface"), row.get("sentence")
    if isinstance(sentence, str):
        if isinstance(surface, str) and surface and surface in sentence:
            before, _, after = sentence.partition(surface)
            return before, surface, after
        return sentence, "", ""
    if isinstance(row.get("text"), str):
        return row["text"][: 2 * AROUND], "", ""
    return "", str(surface or row.get("name") or ""), ""


def parted(one: WholeExample) -> tuple[str, str, str]:
    """The text around what a row stands for, cut at it."""
    if one.surface and one.surface in one.sentence:
        before, _, after = one.sentence.partition(one.surface)
        return before, one.surface, after
    return (one.sentence, "", "") if one.sentence else ("", one.surface, "")


def _end_of(text: str) -> str:
    """The last words of the text's last line, as many as are shown."""
    line = text.rpartition("\n")[2]
    if len(line) <= AROUND:
        return line
    return "…" + line[-AROUND:].partition(" ")[2]


def _start_of(text: str) -> str:
    line = text.partition("\n")[0]
    if len(line) <= AROUND:
        return line
    return line[:AROUND].rpartition(" ")[0] + "…"
