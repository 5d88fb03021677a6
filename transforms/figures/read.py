"""The rows of the figures table, from one parsed article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from transforms.figures.en.categories import PERSONAL, read_category
from transforms.figures.en.changes import read_change
from transforms.figures.en.claims import Claims, read_modality
from transforms.figures.en.contextual import settle_units
from transforms.figures.en.counted import Counted, counted_by_subject, read_counted, understood
from transforms.figures.en.exclusions import Dates, excluded
from transforms.figures.en.numbers import lower
from transforms.figures.en.qualifiers import read_qualifier
from transforms.figures.en.quantities import read_quantities
from transforms.figures.en.setting import Setting
from transforms.figures.en.subjects import Subjects, aged_noun, others
from transforms.figures.en.syntax import governing, root_of, text_of
from transforms.figures.lexer import WORD
from transforms.figures.quantity import Quantity
from transforms.figures.units import COUNT, Unit, match_rate
from transforms.figures.view import View
from transforms.identity import span_id
from transforms.model import Parsed
from warehouse.tables import FIGURES, Row

KIND = "figure"
_RATED = frozenset(("count", "mass", "volume", "length", "area", "energy", "data", "money"))
_PERIODS = frozenset(
    ("second", "minute", "hour", "day", "night", "week", "month", "quarter", "year", "annum")
)


def read_figures(
    parsed: Parsed,
    dates: Sequence[Mapping[str, Any]],
    mentions: Sequence[Mapping[str, Any]],
    entities: Sequence[Mapping[str, Any]],
) -> list[Row]:
    """Every quantity the article states, as rows of ``figures`` in the order of the text.

    ``dates``, ``mentions`` and ``entities`` are the rows of the same article: a date is no figure
    (a duration is), and place, nationality, source and as-of date are read from them.
    """
    view = View(parsed)
    quantities = list(settled(view, dates))
    claims = Claims(view)
    setting = Setting(view, dates, mentions, entities)
    subjects = Subjects(view, quantities)
    earlier: list[tuple[Quantity, Counted]] = []
    return [
        _row(parsed, view, quantity, claims, setting, subjects, earlier) for quantity in quantities
    ]


def settled(view: View, dates: Iterable[Mapping[str, Any]]) -> list[Quantity]:
    """The quantities of a page with qualifier, change and unit; what is none left out."""
    calendar = Dates(list(dates))
    found = read_quantities(view)
    kept: list[Quantity] = []
    floor = 0
    for n, quantity in enumerate(found):
        end = quantity.last
        ceiling = found[n + 1].first if n + 1 < len(found) else len(view.atoms)
        read_qualifier(view, quantity, floor, ceiling)
        reason = excluded(view, quantity, calendar)
        if reason is None:
            read_change(view, quantity, kept[-1] if kept else None)
            kept.append(quantity)
            floor = quantity.last
        else:
            floor = end
    settle_units(view, kept)
    return kept


def _row(
    parsed: Parsed,
    view: View,
    quantity: Quantity,
    claims: Claims,
    setting: Setting,
    subjects: Subjects,
    earlier: list[tuple[Quantity, Counted]],
) -> Row:
    article = parsed.article
    start, end = view.atoms[quantity.first].start, view.atoms[quantity.last - 1].end
    sentence_no = view.sentence_no(start)
    sentence = view.sentences[sentence_no]
    rules = quantity.rules
    counted = None
    unit = quantity.unit
    if unit is COUNT or unit.dimension == "count":
        counted = read_counted(view, quantity)
        unit = _rate(view, quantity, counted, unit)
        if counted is None:
            counted = understood(view, quantity, earlier)
        if counted is not None:
            earlier.append((quantity, counted))
            rules.append(f"counted_{counted.rule}")
    else:
        unit = _rate(view, quantity, None, unit)
    token = counted.token if counted is not None and counted.token is not None else None
    token = token or others(view, quantity) or root_of(view, quantity)
    subject = subjects.read(quantity, counted)
    verb = governing(aged_noun(view, quantity) or token)
    if unit.dimension == "count" and (counted is None or counted.rule == "antecedent"):
        told = counted_by_subject(view, subject, verb)
        if told is not None:
            counted = told
            earlier.append((quantity, counted))
    source = claims.source(token, start, end)
    if source is not None:
        rules.append(f"source_{source.rule}")
    category = unit.dimension
    if unit.dimension == "count":
        toll = subject is not None and subject[1].lemma_ == "toll"
        happened_to = token
        if counted is not None and counted.rule == "number_of" and counted.token is not None:
            happened_to = counted.token
        known = read_category(view, counted, happened_to)
        category, rule = ("killed", "category_toll") if toll else known
        rules.append(rule)
        if counted is None and category in PERSONAL:
            counted = Counted("people", "person", None, "understood")
            earlier.append((quantity, counted))
    place = setting.place(token, sentence, source)
    date = setting.as_of(token, sentence, end, moves=quantity.change != "none")
    surface = article.text[start:end]
    return FIGURES.row(
        figure_id=span_id(KIND, article.article_id, start, end, surface),
        article_id=article.article_id,
        published_date=article.published_date,
        sentence_no=sentence_no,
        char_start=start,
        char_end=end,
        surface=surface,
        **_values(quantity),
        qualifier=quantity.qualifier,
        change=quantity.change,
        unit_type=unit.dimension,
        unit=unit.code,
        unit_name=unit.name or None,
        counted=counted.phrase if counted is not None else None,
        counted_head=counted.head if counted is not None else None,
        subject=subject[0] if subject is not None else None,
        category=category,
        nationality=setting.nationality(counted, start, end),
        predicate=verb.lemma_ if verb is not None else None,
        attributed_to=text_of(view, source.span) if source is not None else None,
        attributed_entity_id=_source_entity(view, setting, source.span, source.head.idx)
        if source is not None
        else None,
        place=place.text if place is not None else None,
        place_entity_id=place.entity_id if place is not None else None,
        as_of_start=date.start if date is not None else None,
        as_of_end=date.end if date is not None else None,
        as_of_date_id=date.date_id if date is not None else None,
        modality=read_modality(token),
        rule="+".join(dict.fromkeys(rules)),
        sentence=article.text[sentence[0] : sentence[1]],
    )


def _rate(view: View, quantity: Quantity, counted: Counted | None, unit: Unit) -> Unit:
    """The rate that is written after the noun: 40,000 tonnes of steel a year, 300 tests per day."""
    if "rate" in quantity.rules or unit.dimension not in _RATED:
        return unit
    if counted is not None and counted.token is not None:
        end = counted.token.idx + len(counted.token)
        i = next(
            (n for n in range(quantity.last, len(view.atoms)) if view.atoms[n].start >= end), None
        )
    elif unit.dimension != "count" and lower(view.atoms, quantity.last) == "of":
        i = quantity.last + 1
        while i < quantity.last + 4 and i < len(view.atoms) and view.atoms[i].kind == WORD:
            if view.atoms[i].lower in ("a", "an", "per"):
                break
            i += 1
    else:
        return unit
    rate = match_rate(view.atoms, i) if i is not None and i < len(view.atoms) else None
    if rate is None or view.atoms[rate[2] - 1].lower not in _PERIODS:
        return unit
    quantity.rules.append("rate_after_noun")
    return unit.per(rate[0], rate[1])


def _source_entity(view: View, setting: Setting, span: tuple[int, int], head: int) -> str | None:
    doc = view.doc
    return setting.entity_of(doc[span[0]].idx, doc[span[1]].idx + len(doc[span[1]]), head)


def _values(quantity: Quantity) -> dict[str, float | None]:
    """value, value_low and value_high by the qualifier (see the guidelines in docs)."""
    low, high = quantity.low, quantity.high
    if low is None or high is None:
        return {"value": None, "value_low": None, "value_high": None}
    low, high = _clean(low), _clean(high)
    value = low if low == high else _clean((low + high) / 2)
    open_high = quantity.qualifier in ("at_least", "more_than")
    open_low = quantity.qualifier in ("at_most", "less_than")
    return {
        "value": value,
        "value_low": None if open_low else low,
        "value_high": None if open_high else high,
    }


def _clean(value: float) -> float:
    """Without the noise of binary fractions (34.6 million, not 34600000.00000001)."""
    return float(f"{value:.12g}")
