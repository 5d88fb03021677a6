"""The rows of the figures table, from one parsed article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from transforms.claims.read import claim_id
from transforms.considered import LeftOut
from transforms.events.rows import event_id
from transforms.events.scene import Scene
from transforms.figures.en.changes import read_change
from transforms.figures.en.contextual import settle_units
from transforms.figures.en.exclusions import Dates, excluded
from transforms.figures.en.meaning import Meaning, Meanings
from transforms.figures.en.qualifiers import read_qualifier
from transforms.figures.en.quantities import read_quantities
from transforms.figures.en.rates import over_so_many
from transforms.figures.quantity import Figure, Qualifier
from transforms.figures.restated import linked
from transforms.figures.view import View
from transforms.identity import span_id
from transforms.model import Parsed
from warehouse.tables import FIGURES, Row

_NO_UPPER = frozenset((Qualifier.AT_LEAST, Qualifier.MORE_THAN))
_NO_LOWER = frozenset((Qualifier.AT_MOST, Qualifier.LESS_THAN))


def study_figures(
    parsed: Parsed,
    dates: Sequence[Mapping[str, Any]],
    mentions: Sequence[Mapping[str, Any]],
    entities: Sequence[Mapping[str, Any]],
    scene: Scene | None = None,
) -> tuple[list[Row], list[LeftOut]]:
    """Every quantity the article states, as rows of ``figures``, and the numbers that are none.

    Both are in the order of the text. ``dates``, ``mentions`` and ``entities`` are the rows of the
    same article, ``scene`` its clauses where they were read already: a date is no figure (a
    duration is), and place, nationality, source and as-of date are read from them. The reasons are
    those of ``transforms.figures.en.reasons``.
    """
    scene = scene or Scene(View(parsed), dates, mentions, entities)
    view = scene.view
    figures, left_out = settled(view, dates)
    figures, over = over_so_many(view, figures)
    left_out = sorted([*left_out, *over], key=lambda one: one.start)
    meanings = Meanings(scene, figures)
    rows: list[Row] = []
    for figure in figures:
        meaning = meanings.read(figure)
        first = (rows[-1]["conversion_of"] or rows[-1]["figure_id"]) if meaning.converts else None
        rows.append(_row(parsed, view, figure, meaning, first))
    return linked(rows), left_out


def read_figures(
    parsed: Parsed,
    dates: Sequence[Mapping[str, Any]],
    mentions: Sequence[Mapping[str, Any]],
    entities: Sequence[Mapping[str, Any]],
    scene: Scene | None = None,
) -> list[Row]:
    """The rows of :func:`study_figures` alone."""
    return study_figures(parsed, dates, mentions, entities, scene)[0]


def settled(view: View, dates: Iterable[Mapping[str, Any]]) -> tuple[list[Figure], list[LeftOut]]:
    """The figures of a page with qualifier, change and unit, and the numbers that are none."""
    calendar = Dates(list(dates))
    found, left_out = read_quantities(view)
    kept: list[Figure] = []
    floor = 0
    for n, bare in enumerate(found):
        ceiling = found[n + 1].first if n + 1 < len(found) else len(view.atoms)
        quantity = read_qualifier(view, bare, floor, ceiling)
        reason = excluded(view, quantity, calendar)
        if reason is None:
            kept.append(read_change(view, quantity, kept[-1] if kept else None))
            floor = quantity.last
        else:
            left_out.append(view.left_out(bare.first, bare.last, *reason))
            floor = bare.last
    left_out.sort(key=lambda one: one.start)
    return settle_units(view, kept), left_out


def _row(
    parsed: Parsed, view: View, figure: Figure, meaning: Meaning, conversion_of: str | None
) -> Row:
    article = parsed.article
    start, end = view.atoms[figure.first].start, view.atoms[figure.last - 1].end
    sentence_no = view.sentence_no(start)
    surface = article.text[start:end]
    unit, counted = meaning.unit, meaning.counted
    return FIGURES.row(
        figure_id=span_id("figure", article.article_id, start, end, surface),
        article_id=article.article_id,
        published_date=article.published_date,
        sentence_no=sentence_no,
        char_start=start,
        char_end=end,
        surface=surface,
        **_values(figure),
        qualifier=figure.qualifier.value,
        change=figure.change.value,
        unit_type=unit.dimension,
        unit=unit.code,
        unit_name=unit.name or None,
        counted=counted.phrase if counted is not None else None,
        counted_head=counted.head if counted is not None else None,
        subject=meaning.subject,
        category=meaning.category,
        nationality=meaning.nationality,
        predicate=meaning.verb.lemma_ if meaning.verb is not None else None,
        attributed_to=meaning.source,
        attributed_entity_id=meaning.source_entity,
        place=meaning.place,
        place_entity_id=meaning.place_entity,
        place_country=meaning.place_country,
        as_of_start=date.start if (date := meaning.date) is not None else None,
        as_of_end=date.end if date is not None else None,
        as_of_date_id=date.date_id if date is not None else None,
        modality=meaning.modality,
        event_id=event_id(article.article_id, meaning.event) if meaning.event else None,
        claim_id=claim_id(article, meaning.claim) if meaning.claim else None,
        per=figure.per,
        cumulative=meaning.cumulative,
        conversion_of=conversion_of,
        rule="+".join(dict.fromkeys((*figure.rules, *meaning.rules))),
        sentence=parsed.evidence(sentence_no, end),
    )


def _values(figure: Figure) -> dict[str, float | None]:
    """value, value_low and value_high by the qualifier (see the guidelines in docs)."""
    low, high = figure.low, figure.high
    if low is None or high is None:
        return {"value": None, "value_low": None, "value_high": None}
    low, high = _clean(low), _clean(high)
    return {
        "value": low if low == high else _clean((low + high) / 2),
        "value_low": None if figure.qualifier in _NO_LOWER else low,
        "value_high": None if figure.qualifier in _NO_UPPER else high,
    }


def _clean(value: float) -> float:
    """Without the noise of binary fractions (34.6 million, not 34600000.00000001)."""
    return float(f"{value:.12g}")
