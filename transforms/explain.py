"""Why each row of an article is there and what was considered and left out, sentence by sentence.

Nothing is read anew here: the readers' own studies say what they took, by which rule, and what they
left out for which reason; this module puts them beside the sentences they stand in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.claims import read_claims
from transforms.considered import LeftOut
from transforms.corrections import (
    NONE,
    Corrected,
    Corrections,
    corrected_as_json,
    corrected_of,
    corrected_rows,
)
from transforms.dates import Trace, study_dates
from transforms.dates.en.reasons import REASONS as DATE_REASONS
from transforms.dates.ways import WAYS
from transforms.entities import study_entities
from transforms.entities.manual import REASONS as NAME_REASONS
from transforms.entities.manual import RULES as NAME_RULES
from transforms.entities.study import NameConsidered
from transforms.events.rows import read_events
from transforms.events.scene import Scene
from transforms.events.told import Told, told
from transforms.figures.en.reasons import REASONS as FIGURE_REASONS
from transforms.figures.read import study_figures
from transforms.figures.view import View
from transforms.model import Article
from transforms.parse import DEFAULT_MODEL, parse
from warehouse.tables import Row

#: The columns of figures that an explanation shows where they hold something.
_SAID = (
    "value", "value_low", "value_high", "qualifier", "change", "unit", "counted", "subject",
    "category", "nationality", "predicate", "attributed_to", "place", "place_country",
    "as_of_start", "as_of_end", "modality",
)  # fmt: skip
_SILENT = {"change": "none", "qualifier": "exact", "modality": "actual"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start`` to ``end`` that a reader took or left out.

    ``reader`` is figures, dates or entities; ``taken`` whether there is a row, ``row_id`` its id.
    ``rules`` are the names of the rules that read it or of the reason that left it out, each with
    its line of the docs; ``says`` what the row holds; ``details`` what decided, most telling first.
    """

    reader: str
    start: int
    end: int
    surface: str
    taken: bool
    row_id: str | None
    rules: tuple[tuple[str, str], ...]
    says: Mapping[str, Any]
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """One sentence with its pieces, its frames and what was corrected of the rows that begin in it,
    each in the order of the text."""

    sentence_no: int
    start: int
    end: int
    text: str
    pieces: tuple[Piece, ...]
    frames: tuple[Told, ...]
    corrected: tuple[Corrected, ...] = ()


def explain(
    article: Article, model: str = DEFAULT_MODEL, corrections: Corrections = NONE
) -> list[Explained]:
    """Every sentence of an article with what was read in it and what was left out, and why.

    Rows are told of as they are corrected.
    """
    parsed = parse(article, model)
    dates = study_dates(parsed)
    names = study_entities(parsed)
    about = (dates.rows, names.mentions, names.entities)
    scene = Scene(View(parsed), *about)
    figures, left_out = study_figures(parsed, *about, scene)
    rows: dict[str, list[Row]] = {
        "entities": names.entities, "mentions": names.mentions, "dates": dates.rows,
        "figures": figures,
    }  # fmt: skip
    if corrections:
        rows["events"] = read_events(parsed, scene, figures)
        rows["claims"] = read_claims(parsed, scene, names.mentions, names.entities)
    rows, met = corrected_rows(rows, corrections)
    text = article.text
    pieces = [
        *(_figure(row) for row in rows["figures"]),
        *(_left(one, text, FIGURE_REASONS) for one in left_out),
        *(_date(row, dates.traces, rows["dates"]) for row in rows["dates"]),
        *(_left(one, text, DATE_REASONS) for one in dates.left_out),
        *_names(names.considered, rows["mentions"], rows["entities"], text),
    ]
    pieces.sort(key=lambda one: (one.start, one.end, one.reader, not one.taken))
    known = {row["entity_id"]: row["name"] for row in names.entities}
    frames = [
        told(frame, scene, text, lambda one: known.get(one or "")) for frame in scene.frames()
    ]
    corrected = sorted(corrected_of(met, rows), key=lambda one: one.start)
    return list(_by_sentence(pieces, frames, corrected, parsed.sentences, text))


def as_json(sentences: Sequence[Explained]) -> list[dict[str, Any]]:
    """The same as JSON's own types; ``docs/explain.md`` has the schema."""
    return [
        {
            "sentence_no": one.sentence_no,
            "start": one.start,
            "end": one.end,
            "text": one.text,
            "pieces": [
                {
                    "reader": piece.reader,
                    "start": piece.start,
                    "end": piece.end,
                    "surface": piece.surface,
                    "taken": piece.taken,
                    "row_id": piece.row_id,
                    "rules": [{"name": name, "says": says} for name, says in piece.rules],
                    "says": dict(piece.says),
                    "details": list(piece.details),
                }
                for piece in one.pieces
            ],
            "frames": list(one.frames),
            "corrections": [corrected_as_json(correction) for correction in one.corrected],
        }
        for one in sentences
    ]


def _by_sentence(
    pieces: Sequence[Piece],
    frames: Sequence[Told],
    corrected: Sequence[Corrected],
    sentences: Sequence[tuple[int, int]],
    text: str,
) -> Iterator[Explained]:
    """Each piece with the sentence it begins in; marks between sentences go to the one before."""
    starts = [start for start, _ in sentences]
    for number, (start, end) in enumerate(sentences):
        following = starts[number + 1] if number + 1 < len(starts) else len(text) + 1
        inside = tuple(
            one for one in pieces if (start <= one.start or number == 0) and one.start < following
        )
        inside = tuple(one for one in inside if number == 0 or one.start >= start)
        clauses = tuple(one for one in frames if start <= one["start"] < following)
        changes = tuple(one for one in corrected if start <= one.start < following)
        yield Explained(number, start, end, text[start:end], inside, clauses, changes)


def _figure(row: Row) -> Piece:
    says = {
        column: row[column]
        for column in _SAID
        if row[column] is not None and row[column] != _SILENT.get(column)
    }
    rules = tuple((name, "") for name in row["rule"].split("+"))
    return Piece(
        "figures", row["char_start"], row["char_end"], row["surface"], True, row["figure_id"],
        rules, says, (),
    )  # fmt: skip


def _date(row: Row, traces: Mapping[str, Trace], rows: Sequence[Row]) -> Piece:
    trace = traces[row["date_id"]]
    says = {
        column: row[column]
        for column in ("type", "value", "mod", "date_start", "date_end", "granularity", "holiday")
        if row[column] is not None
    }
    details = [f"days: {WAYS[trace.way]}"]
    if trace.anchor is not None:
        hung = next((one["surface"] for one in rows if one["date_id"] == trace.anchor), None)
        anchor = trace.anchor if hung is None else f"“{hung}”"
        details.append(f"anchor: {anchor}, {trace.anchor_date}")
    if trace.tense is not None:
        details.append(f"tense of its verb: {trace.tense or 'none that says'}")
    return Piece(
        "dates", row["char_start"], row["char_end"], row["surface"], True, row["date_id"],
        tuple((name, "") for name in row["rule"].split("+")), says, tuple(details),
    )  # fmt: skip


def _left(one: LeftOut, text: str, reasons: Mapping[Any, str]) -> Piece:
    says = next((said for name, said in reasons.items() if name == one.reason), "")
    return Piece(
        one.reader, one.start, one.end, text[one.start : one.end], False, None,
        ((str(one.reason), says),), {}, (one.detail,) if one.detail else (),
    )  # fmt: skip


def _names(
    considered: Sequence[NameConsidered],
    mentions: Sequence[Row],
    entities: Sequence[Row],
    text: str,
) -> Iterator[Piece]:
    ids = {(row["char_start"], row["char_end"]): row["mention_id"] for row in mentions}
    known = {row["entity_id"]: row for row in entities}
    for one in considered:
        details = list(_evidence(one))
        if one.left_out is not None:
            left = _left(one.left_out, text, NAME_REASONS)
            yield Piece(
                "entities", left.start, left.end, left.surface, False, None, left.rules, {},
                (*left.details, *details),
            )  # fmt: skip
            continue
        entity = known.get(one.entity_id or "", {})
        says = {
            column: entity[column]
            for column in (
                "name", "entity_type", "country", "geonames_id", "reference_id", "link_status",
            )
            if entity.get(column) is not None
        }  # fmt: skip
        details += [
            f"on the map: {place.name} ({place.level}, {place.country}), "
            f"{place.score:.1f}: {place.verdict}"
            for place in one.places[:4]
        ]
        yield Piece(
            "entities", one.start, one.end, text[one.start : one.end], True,
            ids.get((one.start, one.end)), ((one.rule, NAME_RULES[one.rule]),), says,
            tuple(details),
        )  # fmt: skip


def _evidence(one: NameConsidered) -> Iterator[str]:
    """What spoke for and against the kinds of a name, the weightiest first."""
    pieces = sorted(
        {
            (piece.name, piece.kind, round(piece.weight, 2))
            for piece in (*one.evidence, *one.together)
        },
        key=lambda piece: (-abs(piece[2]), piece),
    )
    for name, kind, weight in pieces[:6]:
        yield f"{name}: {kind} {weight:+.1f}"
