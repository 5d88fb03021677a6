"""What a state of the lake measures: plain rows of numbers, for others to judge.

Each question is SQL over the whole state, answered with some rows a source or a table, so that what
is held in memory does not grow with the lake; DuckDB itself spills beyond a fixed amount
(:data:`warehouse.measures.state.MEMORY`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from warehouse.columns import Row
from warehouse.measures import days, files, ratios, sound, texts
from warehouse.measures.state import State, broke

__all__ = ["measure"]

_Ask = Callable[[State], Iterator[Row]]

#: The groups of measures, each with its questions: the expectation that one which cannot be
#: answered stands for, the table that it is about, and how it is asked.
_COMPARED: dict[str, tuple[tuple[str, str, _Ask], ...]] = {
    "ratios": (
        ("nulls", "articles", ratios.ratios),
        ("rows_an_article", "articles", ratios.counts),
    ),
    "volumes": (("volume_by_day", "articles", days.volumes),),
    "weekdays": (("clock", "dates", days.weekdays),),
    "lags": (("lag", "articles", days.lags),),
    "forgotten": (("articles_kept", "tombstones", days.forgotten),),
}
_STANDING: dict[str, tuple[tuple[str, str, _Ask], ...]] = {
    "files": (("files_readable", "articles", files.files),),
    "sound": (("references", "articles", sound.sound),),
    **_COMPARED,
    "texts": (
        ("repeated_paragraphs", "articles", texts.paragraphs),
        ("persons_as_places", "entities", texts.names),
        ("denominators", "figures", texts.denominators),
    ),
}


def measure(state: State, *, baseline: bool = False) -> dict[str, list[Row]]:
    """All measures of a state, by group; of a baseline only what is compared.

    Of a question that could not be answered there is a row of :func:`broke`.
    """
    import duckdb

    groups = _COMPARED if baseline else _STANDING
    trouble: duckdb.Error | None = None
    try:
        state.number_articles()
    except duckdb.Error as error:
        trouble = error
    return {
        group: [row for question in questions for row in _answer(state, trouble, *question)]
        for group, questions in groups.items()
    }


def _answer(
    state: State, trouble: Exception | None, name: str, table: str, ask: _Ask
) -> Iterator[Row]:
    """The rows of one question; ``trouble`` is why the articles could not be numbered."""
    import duckdb

    if trouble is not None and ask not in (files.files, sound.sound):
        yield broke(name, table, trouble)
        return
    try:
        yield from ask(state)
    except duckdb.Error as error:
        yield broke(name, table, error)
