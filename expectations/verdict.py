"""The verdict of a report in words."""

from __future__ import annotations

from collections import Counter

from expectations.summary import Summary

_TITLES = {
    "passed": "Passed",
    "quarantined": "Passed, with rows in quarantine",
    "failed": "Failed",
    "broke": "A check broke",
}
_MEANINGS = {
    "passed": "Every expectation held.",
    "quarantined": "The rows named below were kept back.",
    "broke": "This says nothing of the data.",
}


def title(summary: Summary) -> str:
    """The verdict in a word or two."""
    return _TITLES[summary.verdict]


def meaning(summary: Summary) -> str:
    """What the verdict means, in a sentence."""
    published = summary.asked == "run"
    if summary.verdict == "failed":
        return "The data is bad" + (": what was read last was not published." if published else ".")
    doubted = summary.warnings or any(one.outcome == "warned" for one in summary.whole)
    if summary.verdict == "passed" and doubted:
        return "Every expectation held; what is named below is doubted."
    more = " Nothing more was published." if summary.verdict == "broke" and published else ""
    return _MEANINGS[summary.verdict] + more


def headline(summary: Summary) -> str:
    """The numbers behind it, in a sentence."""
    counts: Counter[str] = Counter(one.outcome for one in summary.findings)
    counts.update(one.outcome for one in summary.whole)
    told = [f"{counts.total():,} expectations"]
    told += [f"{counts[o]:,} {o}" for o in ("warned", "failed", "broke") if counts[o]]
    if kept_back := sum(summary.quarantined.values()):
        rows = "row" if kept_back == 1 else "rows"
        told.append(f"{kept_back:,} {rows} {'in quarantine' if summary.asked == 'run' else 'fail'}")
    return ", ".join(told) + "."


def compared(summary: Summary) -> str:
    """What the lake as a whole was compared with, in a sentence; empty if with nothing."""
    return f"Compared with {summary.baseline}." if summary.baseline else ""
