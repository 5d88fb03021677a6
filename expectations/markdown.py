"""The report as Markdown: for a pull request, or the summary of a job.

What others wrote is shown as text: it makes no markup, names nobody (``@x``), points at no issue
(``#1``) and makes no link. What a comment may hold on GitHub and GitLab is not exceeded: whole
lines are left out, and the last one says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from expectations.summary import Example, Finding, Summary, parted
from expectations.verdict import compared, headline, meaning, title
from expectations.visible import visible
from expectations.whole.model import WholeFinding
from warehouse.tables import Row

#: What a comment on GitHub may hold, in characters, with room for what a job adds of its own. The
#: summary of a job may hold 1 MiB, which is more, whatever the characters.
LIMIT = 60_000
#: How long one text of others may be, in characters.
TEXT = 600
_SIGNS = {"passed": "✅", "quarantined": "⚠️", "failed": "❌", "broke": "💥"}
_OUTCOMES = {"warned": "⚠️", "failed": "❌", "broke": "💥"}
_LEFT_OUT = "\n_The rest is left out here: the report's page has it._\n"
_MARKUP = re.compile(r"([\\`*_{}\[\]~$|^])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
#: What is made a name, an issue or a link of, wherever it stands: a space of no width parts it.
_REFERENCES = re.compile(r"([@#!])(?=\w)|(\w)(?=://)|(www\.|GH-)(?=\w)", re.IGNORECASE)
_FIRST = re.compile(r"^([-+=#:]|\d+(?=[.)]))")
_APART = "&#8203;"
_ADDRESS = re.compile(r"https?://[^\s<>\\\x00-\x20\x7f]+", re.IGNORECASE)


def text(given: str, limit: int = TEXT) -> str:
    """What others wrote, as one line of Markdown that shows its characters and does nothing."""
    line = " ".join(visible(given).split())
    if len(line) > limit:
        line = line[:limit].rstrip() + "…"
    line = re.sub(r"[&<>]", lambda match: _ENTITIES[match[0]], line)
    line = _REFERENCES.sub(lambda match: match[0] + _APART, line)
    line = _MARKUP.sub(r"\\\1", line)
    return _FIRST.sub(lambda match: _literal(match[1]), line)


def _literal(first: str) -> str:
    return f"&#{ord(first[0])};{first[1:]}"


def code(given: str) -> str:
    """A name or an id as code."""
    line = " ".join(visible(given).split())[:TEXT]
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    # In a row of a table a bar ends the cell, within code too.
    return f"{fence}{pad}{line}{pad}{fence}".replace("|", "\\|") if line else ""


def link(words: str, address: str | None) -> str:
    """A link to an address of the web; nothing where it is none."""
    if not address or not _ADDRESS.fullmatch(address):
        return ""
    return f"[{words}](<{address}>)"


def markdown(summary: Summary, limit: int = LIMIT) -> str:
    """The document, of at most ``limit`` characters. Its first line is the verdict."""
    written = ""
    for line in _lines(summary):
        if len(written) + len(line) + 1 + len(_LEFT_OUT) > limit:
            return written + _LEFT_OUT
        written += line + "\n"
    return written


def _lines(summary: Summary) -> Iterator[str]:
    yield f"## {_SIGNS[summary.verdict]} Dateline: {title(summary)}"
    yield ""
    yield f"{headline(summary)} {meaning(summary)} ({code(summary.run_id)})"
    if told := compared(summary):
        yield from ("", text(told))
    if summary.run and summary.run["message"]:
        yield from ("", f"> {text(summary.run['message'])}")
    worse = summary.worse
    yield from _section("What got worse", worse, _whole)
    others = [one for one in summary.whole if one.bad and one not in worse]
    yield from _section("The lake as a whole", others, _whole)
    stopped = "What stopped it" if summary.asked == "run" else "What failed"
    yield from _section(stopped, summary.grave, _finding)
    kept_back = "Rows in quarantine" if summary.asked == "run" else "Rows that fail"
    yield from _section(kept_back, _grouped(summary, summary.examples), _rows)
    yield from _numbers(summary)
    unwell = [one for one in summary.sources if one["state"] != "ok"]
    yield from _section("Sources", unwell, _source)
    yield from _section(
        "Rows to look at: published, but doubted", _grouped(summary, summary.warnings), _rows
    )


def _section[T](
    heading: str, items: Sequence[T], lines: Callable[[T], Iterable[str]]
) -> Iterator[str]:
    if items:
        yield from ("", f"### {heading}", "")
        for item in items:
            yield "\n".join(lines(item))


def _whole(one: WholeFinding) -> Iterator[str]:
    before = f", before: {text(one.before)}" if one.before is not None else ""
    of = f" of {text(one.subject)}" if one.subject else ""
    yield (
        f"- {_OUTCOMES[one.outcome]} {code(_place(one.table, one.column))}{of} {code(one.name)}: "
        f"expected {text(one.expected)}; found {text(one.observed)}{before}"
    )
    for told in (one.detail, one.to_do):
        if told:
            yield f"  - {text(told)}"
    for example in one.examples:
        yield from _row("", parted(example), example.url, example.row_id)


def _finding(one: Finding) -> Iterator[str]:
    told = text(one.detail or one.description)
    place = code(_place(one.table, one.column))
    yield f"- {_OUTCOMES[one.outcome]} {place} {code(one.expectation)}: {told}"


_Rows = tuple[Example, str, list[Example]]


def _grouped(summary: Summary, examples: Sequence[Example]) -> list[_Rows]:
    """The rows of each expectation: the first, what was expected, and all of them."""
    expected = {(f.table, f.expectation, f.column): f.description for f in summary.findings}
    found: dict[tuple[str, str, str | None], list[Example]] = {}
    for one in examples:
        found.setdefault((one.table, one.expectation, one.column), []).append(one)
    return [(rows[0], expected.get(key, ""), rows) for key, rows in found.items()]


def _rows(group: _Rows) -> Iterator[str]:
    first, expected, rows = group
    told = f": expected {text(expected)}" if expected else ""
    yield f"- {code(_place(first.table, first.column))} {code(first.expectation)}{told}"
    for one in rows:
        found = one.detail.removeprefix(f"expected {expected}; ")
        yield from _row(text(found), (one.before, one.surface, one.after), one.url, one.row_id)


def _row(told: str, evidence: Iterable[str], url: str | None, row_id: str) -> Iterator[str]:
    before, surface, after = evidence
    marked = f"<b>{text(surface)}</b>" if surface.strip() else ""
    space = (" " * before[-1:].isspace(), " " * after[:1].isspace())
    sentence = f"{text(before)}{space[0]}{marked}{space[1]}{text(after)}".strip()
    sentence = sentence and f"“{sentence}”"
    yield "  - " + " · ".join(filter(None, (told, sentence, code(row_id), link("article", url))))


def _place(table: str, column: str | None) -> str:
    return f"{table}.{column}" if column else table


def _numbers(summary: Summary) -> Iterator[str]:
    sums = [
        f"- {one.value:,} {one.sum} {'=' if one.holds else '≠'} "
        + " + ".join(f"{many:,} {part}" for part, many in one.parts.items())
        for one in summary.sums
    ]
    if sums or summary.tables:
        yield from ("", "### Numbers", *([""] if sums else []), *sums)
    if summary.tables:
        rows = "in quarantine" if summary.asked == "run" else "that fail"
        yield from ("", f"| table | rows in the lake | {rows} |", "| --- | ---: | ---: |")
        for name, many in summary.tables.items():
            kept = summary.quarantined.get(name)
            yield f"| {name} | {many:,} | {'' if kept is None else f'{kept:,}'} |"


def _source(one: Row) -> Iterator[str]:
    trouble = f": {text(one['trouble'])}" if one["trouble"] else ""
    yield f"- **{text(one['source'])}** ({code(one['path'])}) is {one['state']}{trouble}"
