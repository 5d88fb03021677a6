"""How does a chart's SVG get into a page? Small, in the page's own colours, the same each time.

Vega's drawing is taken apart and put together again without what a page does not need: classes,
empty boxes, roles of single marks, and fifteen digits behind the point. Names of clipping paths
count up within a process; here they begin anew in each chart, behind the chart's own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_NAMESPACES = re.compile(r' xmlns(?::\w+)?="[^"]*"')
_DIGITS = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_REFERENCE = re.compile(r"url\(#(\w+)\)")
#: Attributes that hold lengths and places, in user units.
_NUMBERS = frozenset(
    ("transform", "d", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "opacity")
)
#: What only Vega's own styles and screen readers of single marks would use.
_UNUSED = frozenset(("class", "role", "pointer-events", "font-family", "cursor", "tabindex"))
_DEFAULT = {"opacity": "1", "stroke-miterlimit": "10", "font-weight": "normal"}
#: What a group may say for all that is in it.
_INHERITED = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "fill-opacity",
    "font-size",
    "font-weight",
    "text-anchor",
)
_NOWHERE = ("translate(0,0)", "")


def tidied(svg: str, name: str, says: str) -> str:
    """An SVG to stand in a page, as one image.

    ``name`` keeps its ids apart from those of the page's other charts, ``says`` is what it shows
    for those who do not see it.
    """
    plain = _NAMESPACES.sub("", svg).replace("xlink:href=", "href=")
    root = ElementTree.fromstring(plain)
    ids = {id_: f"{name}-{number}" for number, id_ in enumerate(_ids(root))}
    _tidy(root, ids)
    size = {key: root.attrib[key] for key in ("width", "height", "viewBox")}
    root.attrib.clear()
    root.attrib.update(size | {"role": "img", "aria-label": says})
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)


def _ids(root: Element) -> Iterator[str]:
    yield from (one.attrib["id"] for one in root.iter() if "id" in one.attrib)


def _tidy(element: Element, ids: dict[str, str]) -> None:
    """Keep what is seen of an element and what is in it."""
    for child in list(element):
        if _unseen(child):
            element.remove(child)
        else:
            _tidy(child, ids)
    kept = {
        key: _value(key, value, ids)
        for key, value in element.attrib.items()
        if key not in _UNUSED and not key.startswith("aria-") and _DEFAULT.get(key) != value
    }
    if kept.get("transform") in _NOWHERE:
        del kept["transform"]
    element.attrib.clear()
    element.attrib.update(kept)
    flat: list[Element] = []
    for child in element:
        if child.tag == "g" and not child.attrib:
            flat.extend(child)
        else:
            flat.append(child)
    element[:] = flat
    if element.tag == "g":
        _gather(element)


def _unseen(element: Element) -> bool:
    """An empty box, or what is not displayed."""
    said = element.attrib
    if said.get("display") == "none":
        return True
    box = said.get("class", "").split(" ")[0] in ("background", "foreground")
    return box and not any(
        said.get(key, "none") not in ("none", "transparent") for key in ("fill", "stroke")
    )


def _value(key: str, value: str, ids: dict[str, str]) -> str:
    if key == "id":
        return ids[value]
    if key == "font-size":
        return value.removesuffix("px")
    if key in _NUMBERS:
        digits = 2 if key == "opacity" else 1
        return _DIGITS.sub(lambda found: _short(float(found[0]), digits), value)
    return _REFERENCE.sub(lambda found: f"url(#{ids.get(found[1], found[1])})", value)


def _short(number: float, digits: int) -> str:
    short = f"{number:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if short in ("-0", "") else short


def _gather(group: Element) -> None:
    """Let a group say once what all that is in it say."""
    children = list(group)
    if len(children) < 2:
        return
    for key in _INHERITED:
        values = {child.attrib.get(key) for child in children}
        if len(values) == 1 and (value := values.pop()) is not None:
            group.attrib[key] = value
            for child in children:
                del child.attrib[key]
