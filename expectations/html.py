"""The report's page as one HTML document: no script, no address, for a phone as for a desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from expectations.catalogue import CONSEQUENCE
from expectations.html_trends import trends_section
from expectations.html_whole import whole_section
from expectations.markup import badge, escape, minute, table
from expectations.style import STYLE
from expectations.summary import OUTCOMES, Example, Finding, Summary
from expectations.verdict import compared, headline, meaning, title
from warehouse.tables import Row

#: What the rows are that fail a check.
KEPT_BACK = {"run": "Rows in quarantine", "lake": "Rows that fail"}


def page(summary: Summary, data: str | None = None, data_docs: str | None = None) -> str:
    """The document; ``data`` and ``data_docs`` are links, relative to it, put at its end."""
    links = [("the same as JSON", data), ("Great Expectations' own pages", data_docs)]
    foot = " · ".join(f'<a href="{escape(to)}">{name}</a>' for name, to in links if to)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{title(summary)}: quality of {escape(summary.run_id)}</title>"
        f"<style>{STYLE}</style></head><body><main>\n{body(summary)}\n"
        f"<footer>{foot}</footer>\n</main></body></html>\n"
    )


def body(summary: Summary) -> str:
    """What the document says, for another page that has the style sheet: markup without a script,
    an address or a style of its own."""
    head = (
        f'<header class="{summary.verdict}"><p class="run">{escape(summary.run_id)}</p>'
        f"<h1>{title(summary)}</h1><p>{headline(summary)} {meaning(summary)} "
        f"{escape(compared(summary))}</p></header>"
    )
    parts = [
        head,
        _message(summary),
        _troubles(summary),
        whole_section(summary),
        _sums(summary),
        _tables(summary),
        _sources(summary.sources),
        _examples(KEPT_BACK[summary.asked], summary.examples),
        trends_section(summary.trends),
        _examples("Rows to look at: published, but doubted", summary.warnings),
        _all_findings(summary.findings),
        _history(summary.history, summary.run_id),
    ]
    return "\n".join(filter(None, parts))


def _message(summary: Summary) -> str:
    message = summary.run and summary.run["message"]
    return f'<p class="message">{escape(message)}</p>' if message else ""


def _sums(summary: Summary) -> str:
    lines = []
    for one in summary.sums:
        sign, kind = ("=", "ok") if one.holds else ("≠", "bad")
        told = " + ".join(
            f"<span>{n:,} <small>{part}</small></span>" for part, n in one.parts.items()
        )
        whole = f"<span>{one.value:,} <small>{one.sum}</small></span>"
        lines.append(f'<p class="sum {kind}">{whole} {sign} {told}</p>')
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
    kept_back = "kept back in this run" if summary.asked == "run" else "rows that fail"
    heads = ("table", "rows in the lake", kept_back)
    return f"<section><h2>Tables</h2>{table(heads, rows, numbers={1, 2})}</section>"


def _troubles(summary: Summary) -> str:
    """What stopped the run or broke, before anything else."""
    grave = summary.grave
    if not grave:
        return ""
    items = "".join(
        f'<article class="grave"><h3>{badge(one.outcome)} {_where(one)}</h3>'
        f"<p>{escape(one.detail or one.description)}</p></article>"
        for one in grave
    )
    told = "What stopped it" if summary.asked == "run" else "What failed"
    return f"<section><h2>{told}</h2>{items}</section>"


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
    for name in tables:
        some = sorted((f for f in findings if f.table == name), key=_gravity)
        counts = Counter(one.outcome for one in some)
        bad = {o: counts[o] for o in ("warned", "failed", "broke") if counts[o]}
        told = ", ".join(f"{n} {o}" for o, n in bad.items()) or "all passed"
        rows = (
            (
                badge(one.outcome),
                f"{escape(one.column or '')} <code>{escape(one.expectation)}</code>",
                escape(one.description),
                f"{one.checked:,}",
                escape(one.observed or "") if one.kind == "aggregate" else f"{one.failed:,}",
            )
            for one in some
        )
        heads = ("outcome", "expectation", "expected", "asked of", "failing or seen")
        parts.append(
            f"<details{' open' if bad else ''}><summary>{escape(name)} "
            f"<small>{len(some)} expectations, {told}</small></summary>"
            f"{table(heads, rows, numbers={3, 4})}</details>"
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
            minute(one["last_success"]),
            minute(one["last_new"]),
            f"{one['failures']:,}",
            escape(one["trouble"] or ""),
        )
        for one in sorted(sources, key=lambda one: gravity.index(one["state"]))
    ]
    heads = ("source", "path", "state", "last read", "last news", "failures since", "trouble")
    return f"<section><h2>Sources</h2>{table(heads, rows, numbers={5})}</section>"


def _history(runs: Sequence[Row], current: str) -> str:
    if not runs:
        return ""
    rows = []
    for run in reversed(runs):
        share = run["rows_quarantined"] / run["rows_made"] if run["rows_made"] else 0.0
        wide = f"{min(share * 100, 100):.1f}"
        bar = (
            '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect width="{wide}" height="10"/></svg>'
        )
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
    return f"<section><h2>Runs</h2>{table(heads, rows, numbers={2, 3, 4, 5})}</section>"


def _gravity(one: Finding) -> int:
    return -OUTCOMES.index(one.outcome)


def _where(one: Finding) -> str:
    column = f".{escape(one.column)}" if one.column else ""
    return f"{escape(one.table)}{column} <code>{escape(one.expectation)}</code>"
