"""A trend as a picture: SVG that stands in a page, with no script and no address.

pygal lays the picture out. Its colours are the page's (:mod:`expectations.style`), so that it is
readable on light and on dark; its own style sheet, script and comments are left out.
"""

from __future__ import annotations

import html
import re
from typing import Any

from expectations.trends import Trend
from expectations.visible import visible

#: In pixels: as wide as a phone's page, so that letters keep their size there.
_WIDTH, _HEIGHT = 350, 190
#: How long a label is, in characters, three of which have room below a picture.
_SHORT = 10
_DIGITS = re.compile(r"\d+\.\d+")
_SVG = "{http://www.w3.org/2000/svg}"
#: What only a script reads, or says again what the page says.
_NEEDLESS = ("defs", "script", "style", "title")


def svg(trend: Trend) -> str:
    """The picture, as an element of an HTML page; it says in words what it shows."""
    import pygal
    from lxml import etree

    kinds = {True: pygal.StackedBar, False: pygal.Line if trend.unit != "count" else pygal.Bar}
    chart = kinds[trend.stacked](
        width=_WIDTH,
        height=_HEIGHT,
        margin=6,
        margin_left=4,
        spacing=4,
        js=(),
        css=(),
        show_legend=False,
        include_x_axis=True,
        allow_interruptions=True,
        dots_size=2,
        show_minor_x_labels=False,
        truncate_label=-1,
        min_scale=3,
        max_scale=5,
        value_formatter=lambda value: number(value, trend),
        no_data_text="",
    )
    chart.x_labels = trend.labels
    chart.x_labels_major = ends(trend.labels)
    for name, values in trend.series.items():
        chart.add(name, values)
    root = etree.fromstring(chart.render())
    _tidy(root, list(trend.series))
    attributes = f'class="chart" role="img" aria-label="{html.escape(told(trend))}"'
    inner = "".join(etree.tostring(child, encoding="unicode") for child in root)
    return f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" {attributes}>{inner}</svg>'


def _tidy(root: Any, names: list[str]) -> None:
    """Leaves what is drawn; the value that a script would show becomes a title."""
    from lxml import etree

    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            element.getparent().remove(element)
            continue
        element.tag = element.tag.removeprefix(_SVG)
    for name in _NEEDLESS:
        for element in list(root.iter(name)):
            element.getparent().remove(element)
    for at, name in enumerate(names):
        for group in root.iter("g"):
            if f"serie-{at} " in f"{group.get('class', '')} ":
                _title(group, name)
    for element in list(root.iter("desc")):
        element.getparent().remove(element)
    for element in root.iter():
        for attribute, value in list(element.attrib.items()):
            if attribute in ("id", "style"):
                del element.attrib[attribute]
            elif attribute != "class":
                element.set(attribute, _DIGITS.sub(_short, value))
    etree.cleanup_namespaces(root)


def _short(match: re.Match[str]) -> str:
    return f"{float(match[0]):.1f}".removesuffix(".0")


def _title(group: Any, name: str) -> None:
    from lxml import etree

    for value in list(group.iter("desc")):
        if value.get("class") == "value":
            label = next(
                (
                    one.text
                    for one in value.getparent().iter("desc")
                    if one.get("class") == "x_label"
                ),
                None,
            )
            title = etree.SubElement(value.getparent(), "title")
            title.text = visible(": ".join(filter(None, (label, name, value.text))))


def number(value: float | None, trend: Trend) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if trend.unit == "share":
        return f"{value * 100:.1f}".removesuffix(".0") + "%"
    return f"{value:,.1f}".removesuffix(".0") if trend.unit == "mean" else f"{value:,.0f}"


def ends(labels: list[str]) -> list[str]:
    """The labels that are written: the first, the middle one if there is room, and the last."""
    middle = [labels[len(labels) // 2]] if len(labels[0]) <= _SHORT else []
    return list(dict.fromkeys((labels[0], *middle, labels[-1])))


def told(trend: Trend) -> str:
    """What the picture shows, in a sentence."""
    parts = []
    for name, values in trend.series.items():
        known = [value for value in values if value is not None]
        if known:
            least, most, last = (number(v, trend) for v in (min(known), max(known), known[-1]))
            parts.append(f"{visible(name)} between {least} and {most}, last {last}")
    stretch = f"{trend.labels[0]} to {trend.labels[-1]}"
    return f"{trend.title}, {stretch}: {'; '.join(parts) or 'no value'}."
