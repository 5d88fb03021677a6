"""The report's page as one HTML document: no script, no address, for a phone as for a desk."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from expectations.catalogue import CONSEQUENCE
from expectations.style import STYLE
from expectations.summary import OUTCOMES, Example, Finding, Summary
from warehouse.tables import Row

#: Characters that a page may not hold, and those that turn the direction of what follows them.
_TURNING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

VERDICTS = {
    "passed": ("Passed", "Every expectation held."),
    "quarantined": ("Passed, with rows in quarantine", "The rows named below were kept back."),
    "failed": ("Failed", "The data is bad: what was read last was not published."),
    "broke": ("A check broke", "This says nothing of the data; nothing more was published."),
}


def escape(text: str) -> str:
    """What others wrote, as a page may show it: markup escaped, characters that turn the direction
    of what follows shown by their numbers."""
    return html.escape(_TURNING.sub(lambda match: f"[U+{ord(match[0]):04X}]", text))


def page(summary: Summary, data: str | None = None, data_docs: str | None = None) -> str:
    """The document; ``data`` and ``data_docs`` are links, relative to it, put at its end."""
    title, meaning = VERDICTS[summary.verdict]
    links = [("the same as JSON", data), ("Great Expectations' own pages", data_docs)]
    head = (
        f'<header class="{summary.verdict}"><p class="run">{escape(summary.run_id)}</p>'
        f"<h1>{title}</h1><p>{_headline(summary)} {meaning}</p></header>"
    )
    foot = " · ".join(f'<a href="{escape(to)}">{name}</a>' for name, to in links if to)
    parts = [
        head,
        _message(summary),
        _sums(summary),
        _tables(summary),
        _sources(summary.sources),
        _troubles(summary),
        _examples("Rows in quarantine", summary.examples),
        _examples("Rows to look at: published, but doubted", summary.warnings),
        _all_findings(summary.findings),
        _history(summary.history, summary.run_id),
        f"<footer>{foot}</footer>",
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{title}: quality of {escape(summary.run_id)}</title>"
        f"<style>{STYLE}</style></head><body><main>\n" + "\n".join(filter(None, parts)) + "\n"
        "</main></body></html>\n"
    )


def _headline(summary: Summary) -> str:
    counts = Counter(one.outcome for one in summary.findings)
    told = [f"{len(summary.findings):,} expectations"]
    told += [f"{counts[o]:,} {o}" for o in ("warned", "failed", "broke") if counts[o]]
    kept_back = sum(summary.quarantined.values())
    if kept_back:
        told.append(f"{kept_back:,} {'row' if kept_back == 1 else 'rows'} in quarantine")
    return ", ".join(told) + "."


def _message(summary: Summary) -> str:
    message = summary.run and summary.run["message"]
    return f'<p class="message">{escape(message)}</p>' if message else ""


def _sums(summary: Summary) -> str:
    lines = []
    for name, value, parts in summary.sums:
        holds = value == sum(number for _, number in parts)
        sign, kind = ("=", "ok") if holds else ("≠", "bad")
        told = " + ".join(f"<span>{n:,} <small>{part}</small></span>" for part, n in parts)
        lines.append(
            f'<p class="sum {kind}"><span>{value:,} <small>{name}</small></span> {sign} {told}</p>'
        )
    return f"<section><h2>Sums</h2>{''.join(lines)}</section>" if lines else ""


def _tables(summary: Summary) -> str:
    names = [*summary.tables, *(n for n in summary.quarantined if n not in summary.tables)]
    if not names:
        return ""
    rows = (
        (
            escape(name),
            f"{summary.tables[name]:,}" if name in summary.tables else "",
            f"{summary.quarantined[name]:,}" if name in summary.quarantined else "",
        )
        for name in names
    )
    heads = ("table", "rows in the lake", "kept back in this run")
    return f"<section><h2>Tables</h2>{_table(heads, rows, numbers={1, 2})}</section>"


def _troubles(summary: Summary) -> str:
    """What stopped the run or broke, before anything else."""
    grave = [
        one
        for one in summary.findings
        if one.outcome == "broke" or (one.outcome == "failed" and one.kind == "aggregate")
    ]
    if not grave:
        return ""
    items = "".join(
        f'<article class="grave"><h3>{_badge(one.outcome)} {_where(one)}</h3>'
        f"<p>{escape(one.detail or one.description)}</p></article>"
        for one in grave
    )
    return f"<section><h2>What stopped it</h2>{items}</section>"


def _examples(title: str, examples: Sequence[Example]) -> str:
    if not examples:
        return ""
    items = []
    for one in examples:
        evidence = ""
        if one.before or one.surface or one.after:
            mark = f"<mark>{escape(one.surface)}</mark>" if one.surface else ""
            told = f"{escape(one.before)}{mark}{escape(one.after)}"
            evidence = f"<blockquote>{told}</blockquote>"
        column = f".{escape(one.column)}" if one.column else ""
        items.append(
            f"<article><h3>{escape(one.table)}{column} "
            f"<code>{escape(one.expectation)}</code></h3><p>{escape(one.detail)}</p>{evidence}"
            f'<p class="ids">row {escape(one.row_id)} · article {escape(one.article_id or "?")}</p>'
            "</article>"
        )
    return f"<section><h2>{title}</h2>{''.join(items)}</section>"


def _all_findings(findings: Sequence[Finding]) -> str:
    tables = list(dict.fromkeys(one.table for one in findings))
    parts = []
    for table in tables:
        some = sorted((f for f in findings if f.table == table), key=_gravity)
        counts = Counter(one.outcome for one in some)
        bad = {o: counts[o] for o in ("warned", "failed", "broke") if counts[o]}
        told = ", ".join(f"{n} {o}" for o, n in bad.items()) or "all passed"
        rows = (
            (
                _badge(one.outcome),
                f"{escape(one.column or '')} <code>{escape(one.expectation)}</code>",
                escape(one.description),
                f"{one.checked:,}",
                escape(one.observed or "") if one.kind == "aggregate" else f"{one.failed:,}",
            )
            for one in some
        )
        heads = ("outcome", "expectation", "expected", "asked of", "failing or seen")
        parts.append(
            f"<details{' open' if bad else ''}><summary>{escape(table)} "
            f"<small>{len(some)} expectations, {told}</small></summary>"
            f"{_table(heads, rows, numbers={3, 4})}</details>"
        )
    kinds = "; ".join(f"{kind}: {what}" for kind, what in CONSEQUENCE.items())
    note = f'<p class="note">When one fails, by kind: {kinds}.</p>'
    return f"<section><h2>Every expectation</h2>{note}{''.join(parts)}</section>" if parts else ""


def _sources(sources: Sequence[Row]) -> str:
    """How each source fares, the worst first."""
    if not sources:
        return ""
    gravity = ("failing", "silent", "ok")
    rows = [
        (
            escape(one["source"]),
            escape(one["path"]),
            f"<strong>{one['state']}</strong>" if one["state"] != "ok" else "ok",
            _minute(one["last_success"]),
            _minute(one["last_new"]),
            f"{one['failures']:,}",
            escape(one["trouble"] or ""),
        )
        for one in sorted(sources, key=lambda one: gravity.index(one["state"]))
    ]
    heads = ("source", "path", "state", "last read", "last news", "failures since", "trouble")
    return f"<section><h2>Sources</h2>{_table(heads, rows, numbers={5})}</section>"


def _minute(time: dt.datetime | None) -> str:
    return "never" if time is None else f"{time:%Y-%m-%d %H:%M} UTC"


def _history(runs: Sequence[Row], current: str) -> str:
    if not runs:
        return ""
    rows = []
    for run in reversed(runs):
        share = run["rows_quarantined"] / run["rows_made"] if run["rows_made"] else 0.0
        bar = f'<span class="bar"><i style="width:{min(share * 100, 100):.1f}%"></i></span>'
        name = escape(run["run_id"])
        rows.append(
            (
                f"<strong>{name}</strong>" if run["run_id"] == current else name,
                escape(run["status"]),
                f"{run['inputs']:,}",
                f"{run['rows_published']:,}",
                f"{run['rows_quarantined']:,}",
                f"{share:.2%} {bar}",
            )
        )
    heads = ("run", "status", "inputs", "published", "quarantined", "share in quarantine")
    return f"<section><h2>Runs</h2>{_table(heads, rows, numbers={2, 3, 4, 5})}</section>"


def _gravity(one: Finding) -> int:
    return -OUTCOMES.index(one.outcome)


def _where(one: Finding) -> str:
    column = f".{escape(one.column)}" if one.column else ""
    return f"{escape(one.table)}{column} <code>{escape(one.expectation)}</code>"


def _badge(outcome: str) -> str:
    return f'<span class="badge {outcome}">{outcome}</span>'


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: set[int]) -> str:
    """A table whose cells carry their head, so that a phone can show rows as cards."""
    kinds = [' class="n"' if at in numbers else "" for at in range(len(heads))]
    head = "".join(f"<th{kind}>{name}</th>" for name, kind in zip(heads, kinds, strict=True))
    body = "".join(
        "<tr>"
        + "".join(
            f'<td{kind} data-head="{name}">{cell}</td>'
            for name, kind, cell in zip(heads, kinds, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        "</div>"
    )
