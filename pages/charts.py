"""How is a chart drawn? Vega-Lite's specifications, drawn as SVG when the site is built and drawn
again by Vega in the browser on the pages where one asks of a point what it is.

Colours are the page's variables, so that a chart is light or dark with the page. Letters are
measured by a font that comes with the library, so that a chart is the same on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import vl_convert
from markupsafe import Markup

from pages.drawing import tidied

#: Pixels: of a desk's screen, and of a telephone's.
WIDE, NARROW = 960, 350
#: As many colours as the page has for categories, the last for what is left.
COLOURS = tuple(f"var(--c{number})" for number in range(6))
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")

#: Stands for the outlines of countries in a specification.
WORLD = "world"

Spec = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """What else a chart can show: its title, what it says to those who do not see it, and its
    specification."""

    title: str
    says: str
    spec: Mapping[str, Any]


@dataclass(frozen=True)
class Chart:
    """A chart: ``name`` is its own on its page, ``title`` stands above it, ``says`` tells what it
    shows to those who do not see it, ``height`` is in pixels, ``note`` stands beneath it.

    ``live`` charts are drawn again in the browser; where time can be ``moved`` there, the page says
    how. ``choices`` are what one may choose to see there instead, and ``choose`` what that is. A
    chart that ``scales`` has no letters and is drawn once for all widths. ``held`` are data that
    several of its specifications name by a word.
    """

    name: str
    title: str
    says: str
    spec: Mapping[str, Any]
    height: int = 260
    note: str = ""
    live: bool = False
    moved: bool = False
    scales: bool = False
    choose: str = ""
    choices: Sequence[Choice] = ()
    held: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def drawn(self, width: int = WIDE) -> Markup:
        """The chart as SVG of a width in pixels."""
        spec = {
            **filled(self.spec, {WORLD: outlines(), **self.held}),
            "width": width,
            "height": self.height,
            "autosize": {"type": "fit", "contains": "padding"},
            "background": None,
            "padding": {"left": 2, "right": 8, "top": 4, "bottom": 6},
        }
        svg = vl_convert.vegalite_to_svg(spec, config=config(width))
        return Markup(tidied(svg, f"{self.name}-{width}", self.says))


def config(width: int) -> Spec:
    """How all charts look, at a width in pixels."""
    text = {
        "labelColor": "var(--soft)",
        "titleColor": "var(--soft)",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    return {
        "font": "Liberation Sans",
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            **text,
            "domainColor": "var(--line)",
            "tickColor": "var(--line)",
            "gridColor": "var(--line)",
            "labelLimit": width // 3,
            "titleLimit": width,
            "titlePadding": 8,
        },
        "axisX": {"labelFlush": True},
        "axisY": {
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "start",
            "titleX": 0,
            "titleY": -10,
            "titleBaseline": "bottom",
            "minExtent": 28,
        },
        "axisYBand": {"labelPadding": 7},
        "axisBand": {"grid": False, "domain": False, "ticks": False},
        "legend": {
            **text,
            "orient": "bottom",
            "direction": "horizontal",
            "title": None,
            "offset": 6,
            "labelLimit": width // 3,
            "columns": max(1, width // 160),
            "symbolStrokeWidth": 2,
        },
        "range": {"category": list(COLOURS), "symbol": list(SHAPES)},
        "text": {"color": "var(--soft)", "fontSize": 12},
        "bar": {"color": COLOURS[0]},
        "line": {"color": COLOURS[0]},
        "area": {"color": COLOURS[0]},
        "point": {"color": COLOURS[0]},
        "rule": {"color": "var(--soft)"},
    }


def piece(charts: Sequence[Chart]) -> bytes:
    """The script that holds the charts of a page that are drawn again in the browser."""
    held = {
        "wide": WIDE,
        "config": {"wide": config(WIDE), "narrow": config(NARROW)},
        "charts": {
            chart.name: {
                "spec": chart.spec,
                "height": chart.height,
                "scales": chart.scales,
                "held": chart.held,
                "choose": chart.choose,
                "choices": [
                    {"title": one.title, "says": one.says, "spec": one.spec}
                    for one in chart.choices
                ],
            }
            for chart in charts
            if chart.live
        },
    }
    said = json.dumps(held, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"window.datelineCharts = {said};\n".encode()


#: The library's own, by which pages call it.
_GLOBALS = "window.vegaEmbed = vegaEmbed; window.vega = vega; window.vegaLite = vegaLite;"


@cache
def library() -> bytes:
    """Vega, Vega-Lite and vega-embed as one script of 0.9 MB, out of the installed library."""
    return str(vl_convert.javascript_bundle(_GLOBALS)).encode()


def filled(spec: Mapping[str, Any], held: Mapping[str, Any]) -> Spec:
    """A specification with data in place of the words that stand for them."""
    made = dict(spec)
    values = made.get("data", {}).get("values")
    if isinstance(values, str):
        made["data"] = {**made["data"], "values": held[values]}
    if "layer" in made:
        made["layer"] = [filled(layer, held) for layer in made["layer"]]
    return made


@cache
def outlines() -> Spec:
    """The outlines of countries as TopoJSON (seeds/reference/countries-110m.json)."""
    path = files("seeds") / "reference" / "countries-110m.json"
    held: Spec = json.loads(path.read_text(encoding="utf-8"))
    return held


def world() -> bytes:
    """The script that holds the outlines."""
    said = json.dumps(outlines(), sort_keys=True, separators=(",", ":"))
    return f"window.datelineWorld = {said};\n".encode()
