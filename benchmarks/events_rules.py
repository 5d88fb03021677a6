"""How clauses are joined and their places, times, sources and sides found, by rule, for the docs.

``python -m benchmarks.events_rules`` writes the tables between the marks of docs/events.md anew.
The examples are benchmarks/gold/events.examples.jsonl: a line ``{kind, rule, text, surface}``, the
surface that of a predicate; of a category, a side and a place in brackets that of a figure; of a
mending the word that was moved; ``ordinal`` where it is not the first frame of its predicate.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from benchmarks.pages import renewed
from transforms.dates import read_dates
from transforms.entities import read_entities
from transforms.events import rules
from transforms.events.frame import Frame, Join
from transforms.events.scene import Scene
from transforms.figures import read_figures
from transforms.figures.rules import Happened
from transforms.figures.view import View
from transforms.model import Article
from transforms.parse import parse
from warehouse.tables import Row

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "events.md"
EXAMPLES = ROOT / "benchmarks" / "gold" / "events.examples.jsonl"

Json = dict[str, Any]

#: The rules of each kind. A place and a time are found by steps of a way over the parse; what is
#: not found by one is said to be: in the clause itself, by a bracket, from the scene, by the day of
#: saying.
RULES: Mapping[str, tuple[str, ...]] = {
    "join": tuple(join.value for join in Join if join),
    "place": (
        "clause", *(step for step in get_args(rules.Step) if step),
        "behind", "again", "bracketed", "scene", "scene_fronted", "scene_continued",
    ),
    "time": ("clause", "behind", "again", "stated", "scene"),
    "modality": tuple(ground for ground in get_args(rules.Ground) if ground),
    "source": get_args(rules.Saying),
    "category": tuple(Happened),
    "side": get_args(rules.Siding),
    "mending": get_args(rules.Mending),
}  # fmt: skip


@dataclass(frozen=True)
class Read:
    """An example as it is read."""

    text: str
    scene: Scene
    figures: list[Row]

    def frame(self, example: Json) -> Frame:
        """The frame that an example names. Raises ``LookupError`` where there is none."""
        for one in (*self.scene.events, *self.scene.frames()):
            written = self.text[one.start : one.end]
            if written == example["surface"] and one.ordinal == example.get("ordinal", 0):
                return one
        raise LookupError(f"no frame of {example['surface']!r}: {self.text}")

    def figure(self, example: Json) -> Row:
        """The figure that an example names. Raises ``LookupError`` where there is none."""
        for row in self.figures:
            if row["surface"] == example["surface"]:
                return row
        raise LookupError(f"no figure {example['surface']!r}: {self.text}")


@cache
def examples() -> dict[tuple[str, str], Json]:
    """The examples by kind and rule."""
    lines = EXAMPLES.read_text(encoding="utf-8").splitlines()
    return {(one["kind"], one["rule"]): one for one in map(json.loads, lines)}


@cache
def read(text: str) -> Read:
    """What is read of a text that was published on 2025-06-12, a Thursday."""
    article = Article(
        "0" * 16, "example", "0" * 64, text, "0" * 16, published_date=dt.date(2025, 6, 12)
    )
    parsed = parse(article)
    dates, (mentions, entities) = read_dates(parsed), read_entities(parsed)
    scene = Scene(View(parsed), dates, mentions, entities)
    return Read(text, scene, read_figures(parsed, dates, mentions, entities))


def shown(example: Json) -> str:
    """What its rule makes of an example. Raises ``LookupError`` if it is not read by the rule."""
    found = _SHOWN[example["kind"]](read(example["text"]), example)
    if found is None:
        raise LookupError(f"not by {example['kind']} {example['rule']}: {example['text']}")
    return found


def _join(page: Read, example: Json) -> str | None:
    frame = page.frame(example)
    if example["rule"] not in frame.joined:
        return None
    return ", ".join(
        f"{one.role.value} “{page.text[one.start : one.end]}”" for one in frame.participants
    )


def _place(page: Read, example: Json) -> str | None:
    if example["rule"] == "bracketed":
        row = page.figure(example)
        start, end = row["char_start"], row["char_end"]
        token = page.scene.tree.at(start)
        placed = page.scene.place(token, event=False, start=start, end=end)
    else:
        placed = page.frame(example).place
    if placed is None or example["rule"] not in placed.rule.split("+"):
        return None
    return f"“{page.scene.text(placed.phrase)}”"


def _time(page: Read, example: Json) -> str | None:
    time = page.frame(example).time
    if time is None or example["rule"] not in time.rule.split("+"):
        return None
    return str(time.start) if time.start == time.end else f"{time.start} to {time.end}"


def _modality(page: Read, example: Json) -> str | None:
    frame, tree = page.frame(example), page.scene.tree
    below = [tree.children[frame.token][-1:], [one.head for one in frame.participants]]
    asked = [frame.token, *(i for found in below for i in found)]
    grounds = {page.scene.modality(i, tree.start[i]) for i in asked}
    return frame.modality if (frame.modality, example["rule"]) in grounds else None


def _source(page: Read, example: Json) -> str | None:
    source = page.frame(example).source
    if source is None or source.rule != example["rule"]:
        return None
    return f"“{page.scene.tokens(source.first, source.last)}”"


def _category(page: Read, example: Json) -> str | None:
    row = page.figure(example)
    return str(row["category"]) if example["rule"] in row["rule"].split("+") else None


def _side(page: Read, example: Json) -> str | None:
    row, tree, sides = page.figure(example), page.scene.tree, page.scene.sides
    number = tree.at(row["char_end"] - 1)
    head = tree.head[number] if tree.dep[number] == "nummod" else number
    found = sides.of(tree.left_edge(head), head, row["category"])
    found = found or sides.of_bare(number, row["category"])
    if found is None or found[1] != example["rule"] or found[0] != row["nationality"]:
        return None
    return str(found[0])


def _mending(page: Read, example: Json) -> str | None:
    tree = page.scene.tree
    for token, rule in tree.mended.items():
        word = page.text[tree.start[token] : tree.end[token]]
        if rule == example["rule"] and word == example["surface"]:
            head = tree.head[token]
            return f"hangs on “{page.text[tree.start[head] : tree.end[head]]}”"
    return None


_SHOWN: Mapping[str, Callable[[Read, Json], str | None]] = {
    "join": _join,
    "place": _place,
    "time": _time,
    "modality": _modality,
    "source": _source,
    "category": _category,
    "side": _side,
    "mending": _mending,
}


def page(text: str) -> str:
    """The page with its tables made anew."""
    for kind in RULES:
        begin, end = f"<!-- {kind}: begin -->\n", f"<!-- {kind}: end -->\n"
        text = renewed(text, begin, end, "".join(_table(kind)))
    return text


def _table(kind: str) -> Iterator[str]:
    """The lines of a table. Raises ``KeyError`` for a rule without an example."""
    yield "| rule | example | of | read |\n| --- | --- | --- | --- |\n"
    for rule in RULES[kind]:
        example = examples()[kind, rule]
        yield f"| `{rule}` | {example['text']} | {example['surface']} | {shown(example)} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
