"""The part of the report's page on the lake as a whole."""

from __future__ import annotations

from expectations.markup import badge, escape, table
from expectations.summary import Summary, parted
from expectations.whole.model import WholeExample, WholeFinding


def whole_section(summary: Summary) -> str:
    """What got worse, what else is wrong, and everything that was asked."""
    if not summary.whole:
        return ""
    worse = summary.worse
    others = [one for one in summary.whole if one.bad and one not in worse]
    parts = [
        _cards("What got worse", worse),
        _cards("The lake as a whole", others),
        _all(summary),
    ]
    return "".join(parts)


def _cards(title: str, findings: list[WholeFinding]) -> str:
    cards = "".join(_card(one) for one in findings)
    return f"<section><h2>{title}</h2>{cards}</section>" if cards else ""


def _card(one: WholeFinding) -> str:
    grave = ' class="grave"' if one.outcome in ("failed", "broke") else ""
    before = f", before: {escape(one.before)}" if one.before is not None else ""
    lines = [f"<p>expected {escape(one.expected)}; found {escape(one.observed)}{before}</p>"]
    lines += [f"<p>{escape(told)}</p>" for told in (one.detail, one.to_do) if told]
    return (
        f"<article{grave}><h3>{badge(one.outcome)} {escape(one.where)} "
        f"<code>{escape(one.name)}</code></h3>{''.join(lines)}"
        f"{''.join(_example(example) for example in one.examples)}</article>"
    )


def _example(one: WholeExample) -> str:
    before, mark, after = parted(one)
    marked = f"<mark>{escape(mark)}</mark>" if mark else ""
    told = f"{escape(before)}{marked}{escape(after)}"
    quote = f"<blockquote>{told}</blockquote>" if told else ""
    article = f" · article {escape(one.article_id)}" if one.article_id else ""
    return f'{quote}<p class="ids">{escape(one.table)} {escape(one.row_id)}{article}</p>'


def _all(summary: Summary) -> str:
    rows = [
        (
            badge(one.outcome),
            f"{escape(one.where)} <code>{escape(one.name)}</code>",
            escape(one.expected),
            escape(one.observed),
            escape(one.before or ""),
        )
        for one in summary.whole
    ]
    heads = ("outcome", "expectation", "expected", "found", "before")
    return (
        "<section><details><summary>Everything asked of the lake as a whole "
        f"<small>{len(rows)} expectations</small></summary>{table(heads, rows, numbers=set())}"
        "</details></section>"
    )
