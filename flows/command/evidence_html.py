"""Evidence as one page: no script, no address that it loads from, nothing of others as markup."""

from __future__ import annotations

import base64
import hashlib
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from expectations.markup import escape
from flows.command.evidence_parts import (
    NAMES,
    Section,
    Shown,
    headline,
    name_of,
    sections,
)
from flows.command.values import to_cell
from flows.excerpt import Mark, pieces

#: Every kind has a property of its own, so that all show where they lie over one another.
STYLE = """
:root{--ink:#1c2024;--soft:#5d6670;--paper:#fff;--line:#e0e3e7;--tint:#f5f6f8;--asked:#ffe066;
--figure:#fdeecb;--date:#0b6bcb;--name:#18794e;--event:#8e3bb0;--claim:#b9c0c8}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#9aa3ad;--paper:#16181b;
--line:#30353b;--tint:#1f2226;--asked:#7a5c00;--figure:#3d3110;--date:#6cb2ff;--name:#4cc38a;
--event:#d49bf0;--claim:#59626c}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;line-height:1.25;margin:.4rem 0}h2{font-size:1.05rem;margin:1.8rem 0 .4rem}
p{margin:.2rem 0;overflow-wrap:anywhere}.about{color:var(--soft);font-size:.9rem}
blockquote{margin:1rem 0;padding:.8rem 1rem;background:var(--tint);border-radius:.4rem;
white-space:pre-wrap;overflow-wrap:anywhere;line-height:2.1}
blockquote a{color:inherit;text-decoration:none}
mark{background:none;color:inherit}
.figures{background:var(--figure)}
.asked{background:var(--asked)}
.dates{border-bottom:.16em solid var(--date)}
.mentions{text-decoration:underline .12em var(--name);text-underline-offset:.2em}
.events{color:var(--event);font-weight:600}
.claims{border-top:.12em solid var(--claim)}
.legend span{margin-right:1.2rem;white-space:nowrap}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th{text-align:left;color:var(--soft);font-weight:500;vertical-align:top;white-space:nowrap}
th,td{padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line)}
td{vertical-align:top;overflow-wrap:anywhere}
code{font:.9em ui-monospace,Menlo,Consolas,monospace}
:target{outline:2px solid var(--date)}
""".strip()

#: Nothing is loaded, sent or run; of styles only this one.
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode("ascii")
    + "'"
)


def page(shown: Shown) -> str:
    """The document."""
    title, lines = headline(shown)
    parts = [
        f"<h1>{escape(title)}</h1>",
        *(f'<p class="about">{escape(line)}</p>' for line in lines),
        _address(shown),
        _text(shown),
        *map(_section, sections(shown)),
    ]
    found = shown.evidence.found
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{name_of(found)} {escape(found.row_id)}: {escape(title)}</title>"
        f"<style>{STYLE}</style></head><body><main>\n" + "\n".join(filter(None, parts)) + "\n"
        "</main></body></html>\n"
    )


def _address(shown: Shown) -> str:
    """A link to the article, if its address is one of the web."""
    url = shown.evidence.article.get("url")
    if not isinstance(url, str) or not url.lower().startswith(("https://", "http://")):
        return ""
    return f'<p class="about"><a href="{escape(url)}" rel="noreferrer noopener">the article</a></p>'


def _text(shown: Shown) -> str:
    start, end = shown.span
    if start >= end:
        return ""
    told = "".join(
        _piece(shown.text[piece.start : piece.end], piece.marks, shown)
        for piece in pieces(shown.marks, shown.span)
    )
    cut = ("… " if start > 0 else "", " …" if end < len(shown.text.rstrip()) else "")
    return f'<blockquote dir="auto">{cut[0]}{told}{cut[1]}</blockquote>{_legend(shown)}'


def _piece(text: str, marks: Sequence[Mark], shown: Shown) -> str:
    """A stretch under its marks, which leads to the smallest of the rows that are listed."""
    told = escape(text)
    if not marks:
        return told
    classes = " ".join(dict.fromkeys(mark.kind for mark in marks))
    asked = any(mark.asked for mark in marks)
    titles = "; ".join(f"{NAMES[mark.kind]} {mark.row_id}" for mark in marks)
    inner = next((mark for mark in reversed(marks) if not mark.asked), None)
    if inner is not None:
        told = f'<a href="#{escape(inner.row_id)}">{told}</a>'
    tag = "mark" if asked else "span"
    also = " asked" if asked else ""
    return f'<{tag} class="{classes}{also}" title="{escape(titles)}">{told}</{tag}>'


def _legend(shown: Shown) -> str:
    kinds = [kind for kind in NAMES if any(m.kind == kind and not m.asked for m in shown.marks)]
    told = [f'<span><b class="{kind}">{NAMES[kind]}</b></span>' for kind in kinds]
    if any(mark.asked for mark in shown.marks):
        told.insert(0, f'<span><b class="asked">this {name_of(shown.evidence.found)}</b></span>')
    return f'<p class="about legend">{"".join(told)}</p>' if told else ""


def _section(section: Section) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in section.heads)
    head = f"<thead><tr>{head}</tr></thead>" if head else ""
    return (
        f'<h2>{escape(section.title)}</h2><div class="scroll"><table>{head}<tbody>'
        f"{''.join(_rows(section))}</tbody></table></div>"
    )


def _cell(value: Any) -> str:
    """A value in one piece: nothing is cut, and a whole number has no point."""
    return value if isinstance(value, str) else to_cell(value, sys.maxsize)


def _rows(section: Section) -> Iterator[str]:
    for row in section.rows:
        cells = [escape("" if value is None else _cell(value)) for value in row]
        if not section.heads:
            yield f"<tr><th>{cells[0]}</th><td>{cells[1]}</td></tr>"
            continue
        anchor = f' id="{cells[1]}"' if section.marked else ""
        yield f"<tr{anchor}>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
