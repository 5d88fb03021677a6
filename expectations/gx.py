"""Asks a frame through Great Expectations. Only this module and the Data Docs import it.

Importing Great Expectations costs seconds of CPU time, so it happens on the first call, and
without two libraries that only expectations use that are not ours.
"""

from __future__ import annotations

import importlib.util
import logging
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

#: The name under which a row's position goes along, and comes back with a failure.
POSITION = "row_number"

NOT_NULL = "ExpectColumnValuesToNotBeNull"
IN_SET = "ExpectColumnValuesToBeInSet"


@dataclass(frozen=True)
class Question:
    """One expectation of a suite: the Great Expectations class and what it is made with."""

    key: str
    gx_type: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Screen:
    """A question that stands for others: they all hold where it does, so it is asked first.

    Asking costs some 10 ms of CPU time an expectation however few the rows are, and naming the
    failing rows as much again; a screen over what seems to be clean keeps small batches cheap.
    Where it does not pass, those it stands for are asked one by one.
    """

    question: Question
    stands_for: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """What Great Expectations said. ``broke`` is how the asking raised, if it did.

    ``positions`` are the row numbers of the failing rows, in order.
    """

    passed: bool
    checked: int
    positions: tuple[int, ...] = ()
    broke: str | None = None


def ask(
    name: str,
    frame: pd.DataFrame,
    questions: Sequence[Question],
    screens: Sequence[Screen] = (),
) -> dict[str, Answer]:
    """Asks every question of the frame; the answers by the questions' keys.

    ``frame`` holds a column ``POSITION``. Verdicts are asked first, the failing rows only of
    what did not pass. Never raises for a question that cannot be asked: its answer says how it
    broke, and so does every answer when the suite as a whole cannot be.
    """
    checked = {question.key: _checked(frame, question) for question in questions}
    try:
        screened = frozenset[str]().union(*(screen.stands_for for screen in screens))
        first = [question for question in questions if question.key not in screened]
        asked = _validate(name, frame, [*first, *(one.question for one in screens)], _VERDICTS)
        unsure = frozenset[str]().union(
            *(one.stands_for for one in screens if not asked[one.question.key]["success"])
        )
        failed = unsure.union(q.key for q in first if not asked[q.key]["success"])
        again = [question for question in questions if question.key in failed]
        told = _validate(name, frame, again, _ROWS) if again else {}
    except Exception as error:  # whatever the library raises must not look like bad data
        broken = Answer(False, 0, broke=f"{type(error).__name__}: {error}")
        return {question.key: broken for question in questions}
    return {
        key: _answer(told[key], n) if key in told else Answer(True, n) for key, n in checked.items()
    }


_VERDICTS = {"result_format": "BOOLEAN_ONLY"}
_ROWS = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [POSITION],
    "return_unexpected_index_query": False,
}


def _checked(frame: pd.DataFrame, question: Question) -> int:
    """How many rows a question is asked of: nulls are not, but by the one that asks for them."""
    column = question.arguments.get("column")
    if column is None or column not in frame or question.gx_type == NOT_NULL:
        return len(frame)
    return int(frame[column].notna().sum())


def _validate(
    name: str, frame: pd.DataFrame, questions: Sequence[Question], result_format: Mapping[str, Any]
) -> dict[str, Mapping[str, Any]]:
    """The library's results by the questions' keys, each with ``success``."""
    with quiet():
        load()
        import great_expectations as gx
        import great_expectations.expectations as classes

        results: dict[str, Mapping[str, Any]] = {}
        expectations = []
        for question in questions:
            try:
                cls: Callable[..., Any] = getattr(classes, question.gx_type)
                made = cls(**question.arguments, meta={"key": question.key})
            except Exception as error:
                how = f"{type(error).__name__}: {error}"
                results[question.key] = {"success": False, "made": how}
                continue
            expectations.append(made)
        suite = gx.ExpectationSuite(name=name, expectations=expectations)
        batch = _definition(name).get_batch({"dataframe": _asked(frame, questions)})
        validation = batch.validate(suite, result_format=dict(result_format))
        for result in validation.results:
            results[result.expectation_config.meta["key"]] = {
                "success": bool(result.success),
                "result": result.result,
                "exception_info": result.exception_info,
            }
        for question in questions:
            results.setdefault(question.key, {"success": False, "made": "it gave no result"})
        return results


def _asked(frame: pd.DataFrame, questions: Sequence[Question]) -> pd.DataFrame:
    """The columns that questions name: the library digests all that it is given, texts too."""
    named = {POSITION, *(question.arguments.get("column") for question in questions)}
    for question in questions:
        named.update(question.arguments.get("column_list", ()))
    return frame[[column for column in frame.columns if column in named]]


def _answer(result: Mapping[str, Any], checked: int) -> Answer:
    if "made" in result:
        return Answer(False, 0, broke=result["made"])
    broke = _raised(result["exception_info"])
    if broke is not None:
        return Answer(False, 0, broke=broke)
    facts = result["result"]
    positions = sorted(index[POSITION] for index in facts.get("unexpected_index_list") or ())
    if len(positions) != facts.get("unexpected_count", 0):
        told = f"{facts['unexpected_count']} rows failed, {len(positions)} were named"
        return Answer(False, checked, broke=told)
    if not result["success"] and not positions and "observed_value" not in facts:
        return Answer(False, checked, broke="it failed without saying for which rows")
    return Answer(bool(result["success"]), checked, tuple(positions))


def _raised(info: Any) -> str | None:
    """The message of an exception, which is told flat or by metric; None if there was none."""
    if not isinstance(info, Mapping):
        return None
    if info.get("raised_exception"):
        return str(info.get("exception_message") or info.get("exception_traceback") or "raised")
    for nested in info.values():
        told = _raised(nested) if isinstance(nested, Mapping) else None
        if told is not None:
            return told
    return None


def load() -> None:
    """Load the library and make its context. It takes seconds, so it can be begun in a thread
    that is joined before the first check."""
    _context()


class _Lazy(MetaPathFinder):
    """Puts off importing some modules until something in them is used."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path) if fullname in self._names else None
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


@contextmanager
def _lazily(*names: str) -> Iterator[None]:
    finder = _Lazy(*names)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


@cache
def _context() -> Any:
    """A context in memory: nothing is read from or written to disk, nothing is reported home."""
    with _lazily("scipy.stats", "altair"):  # two fifths of the import, for distributions' tests
        import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


@cache
def _definition(name: str) -> Any:
    """Where frames of that name are handed over; made once, it keeps no frame."""
    source = _context().data_sources.add_pandas(name)
    return source.add_dataframe_asset(name).add_batch_definition_whole_dataframe(name)


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps the library's notes and deprecation warnings from a user's terminal."""
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
