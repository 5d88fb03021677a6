"""What is left of Vega's drawings in a page: small, in the page's colours, the same each time."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree

import pytest

from pages.charts import NARROW, WIDE, Chart, Choice, filled, library, outlines, piece, world
from pages.drawing import tidied
from pages.plots import bars, columns, matrix

TURNED = "\u202etxet"


def chart(name: str = "sums") -> Chart:
    values = [
        {"name": "Ministry of <b>Health</b> & Co", "count": 12, "kind": "quoted"},
        {"name": "Red Cross", "count": 4, "kind": "quoted"},
        {"name": "Red Cross", "count": 5, "kind": "told"},
    ]
    spec, height = bars(values, "statements", kinds=("quoted", "told"))
    return Chart(name, "Statements", "Bars: 2 speakers, up to 12.", spec, height, live=True)


def scatter() -> dict[str, Any]:
    return {
        "data": {"values": [{"x": "2024-05-01", "y": 3}, {"x": "2024-05-09", "y": 4}]},
        "mark": {"type": "point", "clip": True},
        "encoding": {
            "x": {"field": "x", "type": "temporal", "scale": {"type": "utc"}},
            "y": {"field": "y", "type": "quantitative"},
        },
    }


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_drawing_keeps_the_policy_and_says_what_it_shows(width: int) -> None:
    svg = chart().drawn(width)
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == "Bars: 2 speakers, up to 12."
    assert root.attrib["width"] == str(width)
    assert {one.tag for one in root.iter()} <= {"svg", "g", "path", "line", "rect", "text"}
    attributes = {name for one in root.iter() for name in one.attrib}
    assert not attributes & {"style", "class", "font-family", "href", "tabindex"}
    assert not [name for name in attributes if name.startswith(("on", "aria-d", "xmlns"))]
    assert [one.attrib.get("role") for one in root.iter() if "role" in one.attrib] == ["img"]


def test_colours_are_the_pages_own() -> None:
    root = ElementTree.fromstring(chart().drawn())
    colours = {
        value
        for one in root.iter()
        for name, value in one.attrib.items()
        if name in ("fill", "stroke") and value not in ("none", "transparent")
    }
    assert colours
    assert all(colour.startswith("var(--") for colour in colours), colours


def test_names_are_shown_as_text_and_numbers_at_the_ends() -> None:
    said = [one.text for one in ElementTree.fromstring(chart().drawn()).iter("text")]
    assert "Ministry of <b>Health</b> & Co" in said
    assert {"12", "9", "statements", "quoted", "told"} <= set(said)


def test_ids_are_the_charts_own_and_are_met() -> None:
    made = [
        Chart(name, "", "", scatter()).drawn() for name in ("first", "second", "first")
    ]  # each process counts them on; pages must not
    assert made[0] == made[2]
    for name, svg in zip(("first", "second"), made, strict=False):
        root = ElementTree.fromstring(svg)
        ids = [one.attrib["id"] for one in root.iter() if "id" in one.attrib]
        assert ids
        assert all(id_.startswith(f"{name}-") for id_ in ids)
        meant = {one.attrib["clip-path"] for one in root.iter() if "clip-path" in one.attrib}
        assert meant == {f"url(#{id_})" for id_ in ids}


def test_numbers_are_short_and_empty_boxes_go() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9">'
        '<g fill="none" stroke-miterlimit="10" transform="translate(0,0)"><g>'
        '<path class="background" d="M0,0h0v0h0Z"/>'
        '<path d="M1.23456,-0.0001L3.999,4" stroke="red" opacity="0.125"/>'
        '<path d="M1,1" stroke="red" display="none"/></g></g></svg>'
    )
    assert tidied(svg, "x", 'says "it"') == (
        '<svg width="9" height="9" viewBox="0 0 9 9" role="img" aria-label="says &quot;it&quot;">'
        '<g fill="none"><path d="M1.2,0L4,4" stroke="red" opacity="0.12" /></g></svg>'
    )


def test_what_all_of_a_group_say_is_said_once() -> None:
    svg = (
        '<svg width="9" height="9" viewBox="0 0 9 9"><g>'
        '<text fill="red" font-size="12px">a</text><text fill="red" font-size="11px">b</text>'
        "</g></svg>"
    )
    assert '<g fill="red"><text font-size="12">a</text><text font-size="11">b</text></g>' in (
        tidied(svg, "x", "")
    )


@pytest.mark.long
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_a_drawing_is_the_same_in_every_time_zone(zone: str) -> None:
    code = (
        "from tests.pages.test_drawing import scatter\nfrom pages.charts import Chart\n"
        "print(Chart('zone', '', '', scatter()).drawn(), end='')"
    )
    drawn = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert drawn == str(Chart("zone", "", "", scatter()).drawn())


def test_turned_text_is_seen_in_a_chart() -> None:
    spec, height = bars([{"name": "x", "count": 1}], TURNED.replace("\u202e", "[U+202E]"))
    assert "[U+202E]txet" in Chart("a", "", "", spec, height).drawn()


def test_a_piece_is_a_script_of_the_charts_that_move() -> None:
    moving = chart()
    still = Chart("still", "", "", moving.spec)
    made = piece([moving, still]).decode()
    assert made.startswith("window.datelineCharts = {")
    assert made.isascii()
    assert '"sums"' in made
    assert '"still"' not in made
    assert piece([moving]) == piece([moving])


def test_a_piece_holds_what_may_be_chosen() -> None:
    made = piece([Chart("c", "", "", scatter(), live=True, choices=[Choice("May", "Of May", {})])])
    assert b'"choices":[{"says":"Of May","spec":{},"title":"May"}]' in made


def test_data_is_put_for_its_word() -> None:
    spec = {"layer": [{"data": {"values": "dots"}, "mark": "point"}, {"mark": "line"}]}
    assert filled(spec, {"dots": [1, 2]}) == {
        "layer": [{"data": {"values": [1, 2]}, "mark": "point"}, {"mark": "line"}]
    }
    assert str(spec).count("dots") == 1


def test_the_world_has_countries_and_says_whose_outlines_they_are() -> None:
    countries = outlines()["objects"]["countries"]["geometries"]
    assert len(countries) == 176
    assert "Natural Earth" in outlines()["source"]
    assert len(world()) < 100_000


@pytest.mark.long
def test_the_library_brings_its_interpreter_and_is_the_same_each_time() -> None:
    made = library()
    assert 500_000 < len(made) < 1_200_000
    code = "import sys\nfrom pages.charts import library\nsys.stdout.buffer.write(library())"
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert again == made


def test_columns_stand_on_the_axis_and_a_matrix_has_its_numbers() -> None:
    values = [
        {"start": "2024-05-01", "end": "2024-06-01", "when": "May", "kind": "a", "count": 3},
        {"start": "2024-06-01", "end": "2024-07-01", "when": "June", "kind": "a", "count": 6},
    ]
    svg = Chart("c", "", "", columns(values, "articles", kinds=["a"])).drawn()
    assert "1 May 2024 to 30 Jun 2024" in svg
    spec, height = matrix([{"row": "x", "column": "y", "count": 1234}], ["y"], ["x"], "stories")
    assert "1,234" in Chart("m", "", "", spec, height).drawn()
