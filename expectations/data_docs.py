"""Great Expectations' own pages of a run's results, one a table, readable without a network.

As the library renders them they take style sheets, scripts, fonts and pictures from several
hosts. Here each page is rendered from the run's results, everything that would be fetched is
taken out, and a style sheet of the project's own is put in. Nothing is kept from earlier runs, so
neither the folder nor the time to build it grows with their number.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from expectations.gx import IN_SET, NOT_NULL, quiet
from expectations.style import STYLE
from expectations.summary import Example, Finding, Summary

INDEX = "index.html"

#: The classes of the library that stand for an expectation where it is not asked by one.
_TYPES = {
    "not_null": NOT_NULL,
    "pattern": "ExpectColumnValuesToMatchRegex",
    "unique": "ExpectColumnValuesToBeUnique",
}
_AGGREGATE = "ExpectColumnMaxToBeBetween"
#: What fetches something or does nothing without a script: pictures, menus, buttons, pop-ups.
_TAKEN_OUT = "|".join(
    f"//{what}"
    for what in (
        *("script", "style", "link", "img", "iframe", "svg", "nav", "footer", "input", "button"),
        '*[contains(@class, "modal")]',
        '*[contains(@class, "sticky")]',
        '*[contains(@class, "btn-group")]',
    )
)
#: The library's icons, which come from another host, as characters.
_SIGNS = {"fa-check": "✓", "fa-times": "✗", "fa-exclamation": "!"}


def write_data_docs(summary: Summary, folder: Path) -> Path:
    """Writes a page for each table and an index into ``folder``, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tables = list(dict.fromkeys(one.table for one in summary.findings))
    for table in tables:
        findings = [one for one in summary.findings if one.table == table]
        examples = [one for one in summary.examples if one.table == table]
        page = _readable(_render(summary.run_id, table, findings, examples), table)
        (folder / f"{table}.html").write_text(page, encoding="utf-8", errors="replace")
    index = folder / INDEX
    index.write_text(_index(summary, tables), encoding="utf-8")
    return index


def _render(
    run_id: str, table: str, findings: Sequence[Finding], examples: Sequence[Example]
) -> str:
    with quiet():
        import great_expectations as gx
        from great_expectations.core import ExpectationSuiteValidationResult
        from great_expectations.core.run_identifier import RunIdentifier
        from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer
        from great_expectations.render.view.view import DefaultJinjaPageView

        results = [_result(one, examples) for one in findings]
        passed = sum(result.success for result in results)
        validation = ExpectationSuiteValidationResult(
            success=passed == len(results),
            results=results,
            suite_name=table,
            statistics={
                "evaluated_expectations": len(results),
                "successful_expectations": passed,
                "unsuccessful_expectations": len(results) - passed,
                "success_percent": 100 * passed / len(results),
            },
            meta={
                "run_id": RunIdentifier(run_name=run_id),
                "great_expectations_version": gx.__version__,
                "batch_spec": {},
                "batch_markers": {},
                "active_batch_definition": {"data_asset_name": table},
            },
        )
        renderer: Any = ValidationResultsPageRenderer(run_info_at_end=True)
        view: Any = DefaultJinjaPageView()
        page: str = view.render(renderer.render(validation))
        return page


def _result(finding: Finding, examples: Sequence[Example]) -> Any:
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
    from great_expectations.util import camel_to_snake

    aggregate = finding.kind == "aggregate"
    gx_type = _AGGREGATE if aggregate else _TYPES.get(finding.expectation, IN_SET)
    found = [
        one.detail
        for one in examples
        if (one.expectation, one.column) == (finding.expectation, finding.column)
    ]
    share = 100 * finding.failed / finding.checked if finding.checked else 0.0
    counts: Mapping[str, Any] = {
        "element_count": finding.checked,
        "missing_count": 0,
        "missing_percent": 0.0,
        "unexpected_count": finding.failed,
        "unexpected_percent": share,
        "unexpected_percent_total": share,
        "unexpected_percent_nonmissing": share,
        "partial_unexpected_list": found,
    }
    broke = finding.outcome == "broke"
    return ExpectationValidationResult(
        success=finding.outcome == "passed",
        expectation_config=ExpectationConfiguration(
            type=camel_to_snake(gx_type),
            kwargs={"column": finding.column or "(the table)", **_arguments(gx_type)},
            description=f"{finding.expectation}: {finding.description}",
        ),
        result={"observed_value": finding.observed} if aggregate else dict(counts),
        exception_info={
            "raised_exception": broke,
            "exception_message": finding.detail if broke else None,
            "exception_traceback": finding.detail if broke else None,
        },
    )


def _arguments(gx_type: str) -> dict[str, Any]:
    if gx_type == IN_SET:
        return {"value_set": [True]}
    return {"regex": ""} if gx_type == _TYPES["pattern"] else {}


def _readable(page: str, table: str) -> str:
    """The page without what would be fetched or needs a script, with a style sheet inside."""
    from lxml import html

    root = html.document_fromstring(page)
    for element in root.xpath("//i"):
        element.text = next(
            (sign for name, sign in _SIGNS.items() if name in element.attrib.get("class", "")), ""
        )
        element.tag = "span"
    for element in root.xpath(_TAKEN_OUT):
        if element.getparent() is not None:
            element.drop_tree()
    for element in root.xpath("//a"):  # to pages that are not made here, or to other hosts
        element.drop_tag()
    for element in root.xpath("//*[@*]"):
        for attribute, value in list(element.attrib.items()):
            if "//" in value or attribute not in ("id", "class", "colspan", "rowspan"):
                del element.attrib[attribute]
    head = root.find("head")
    for title in list(head.iter("title")):
        title.drop_tree()
    head.append(html.fragment_fromstring(f"<title>{escape(table)}: Data Docs</title>"))
    style = html.fragment_fromstring("<style></style>")
    style.text = STYLE + _DOCS_STYLE
    head.append(style)
    back = html.fragment_fromstring(f'<p><a href="{INDEX}">All tables</a></p>')
    root.find("body").insert(0, back)
    rendered: str = html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
    return rendered


def _index(summary: Summary, tables: Sequence[str]) -> str:
    items = "".join(
        f'<li><a href="{escape(table)}.html">{escape(table)}</a></li>' for table in tables
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Data Docs</title><style>{STYLE}</style></head><body><main>"
        f'<p class="run">{escape(summary.run_id)}</p><h1>Data Docs</h1>'
        f"<p>The suites' results as Great Expectations shows them.</p><ul>{items}</ul>"
        '<p><a href="../index.html">The quality report</a></p></main></body></html>\n'
    )


_DOCS_STYLE = """
body{max-width:72rem;margin:0 auto;padding:1rem}
.row{display:block}ul{list-style:none;padding-left:0}
.d-none{display:none}.ge-section,.ge-subsection{margin:0 0 1.5rem}
table{table-layout:auto}td,th{text-align:left}
.alert{padding:.5rem .8rem;background:var(--tint);border-radius:.3rem}
.badge{background:none}pre{white-space:pre-wrap;overflow-wrap:anywhere}
"""
