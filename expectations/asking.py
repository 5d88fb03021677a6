"""Puts the expectations of a batch to Great Expectations and words what it answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from expectations.batch import Batch
from expectations.frames import Typed
from expectations.gx import IN_SET, NOT_NULL, POSITION, Answer, Question, Screen, ask
from expectations.model import NOT_JUDGED, Expectation, Outcome, Pointer, Result, Rule
from expectations.rules import pointers_of, rules_of
from expectations.structure import structure
from expectations.totals import Aggregate
from warehouse.tables import TABLES_BY_NAME, Row

if TYPE_CHECKING:
    import pandas as pd

#: True where every column is that an expectation of its own looks at and that seems to be clean.
ALL_HOLD = "all_hold"


def ask_structure(one: Typed) -> list[Result]:
    """Types, then what Great Expectations asks of the values and the key."""
    expectations = structure(one.table)
    filled = {
        e.arguments["column"]: e.label
        for e in expectations
        if e.gx_type == NOT_NULL
        and e.arguments["column"] in one.frame
        and one.frame[e.arguments["column"]].notna().all()
    }
    frame = one.frame.assign(**{POSITION: range(len(one.frame))})
    frame[ALL_HOLD] = frame[list(filled)].notna().all(axis=1)
    answers = _ask(
        f"{one.table.name}: structure",
        frame,
        [Question(e.label, e.gx_type, e.arguments) for e in expectations],
        [_screen(filled.values())],
    )
    misfits = {r.expectation.column: r.failing for r in one.results if r.failing}
    results = list(one.results)
    for expectation in expectations:
        answer = answers[expectation.label]
        failing = {
            at: _found(expectation, one.rows[at])
            for at in answer.positions
            if at not in misfits.get(expectation.column, {})  # null as its type was wrong
        }
        results.append(_result(expectation, answer, failing))
    return results


def ask_rules(
    one: Typed, rows: Mapping[str, Sequence[Row]], sound: set[int], batch: Batch
) -> list[Result]:
    """References and written rules: asked here row by row, judged by Great Expectations.

    Its frame holds a column of true, false and null (not asked) for each of them. Rules are
    asked of the ``sound`` rows, references of all.
    """
    expectations: tuple[Pointer | Rule, ...] = (
        *pointers_of(one.table.name),
        *rules_of(one.table.name),
    )
    columns: dict[str, list[bool | None]] = {}
    broke: dict[str, str] = {}
    for expectation in expectations:
        try:
            if isinstance(expectation, Rule):
                columns[expectation.label] = _holds(expectation, one.rows, sound, batch)
            else:
                columns[expectation.label] = _points(expectation, one.rows, rows)
        except _RuleBrokeError as error:
            broke[expectation.label] = str(error)
    import pandas as pd

    frame = pd.DataFrame({label: pd.array(v, dtype="boolean") for label, v in columns.items()})
    clean = [label for label, values in columns.items() if False not in values]
    frame[ALL_HOLD] = frame[clean].fillna(True).all(axis=1)
    answers = _ask(
        f"{one.table.name}: rules",
        frame.assign(**{POSITION: range(len(frame))}),
        [Question(label, IN_SET, {"column": label, "value_set": [True]}) for label in columns],
        [_screen(clean)],
    )
    answers |= {label: Answer(False, 0, broke=how) for label, how in broke.items()}
    return [_worded(e, answers[e.label], one.rows, batch) for e in expectations]


def ask_aggregates(found: Sequence[Aggregate]) -> list[Result]:
    """The aggregate expectations, asked of a frame of one row with a column for each of them."""
    import pandas as pd

    judged = [one for one in found if one.judged and one.observed is not None]
    frame = pd.DataFrame({one.expectation.label: [one.observed] for one in judged})
    answers = _ask(
        "run: aggregates",
        frame.assign(**{POSITION: range(len(frame))}),
        [
            Question(
                one.expectation.label,
                "ExpectColumnMaxToBeBetween",
                {"column": one.expectation.label, "min_value": one.least, "max_value": one.most},
            )
            for one in judged
        ],
    )
    return [_judged(one, answers.get(one.expectation.label)) for one in found]


def failing_rows(results: Iterable[Result]) -> dict[str, dict[int, str]]:
    """By table the positions of rows that may not pass, with the first expectation they failed."""
    failing: dict[str, dict[int, str]] = {}
    for result in results:
        if result.expectation.kind == "warning":
            continue
        for at in result.failing:
            name = f"{result.expectation.column or 'key'} {result.expectation.name}"
            failing.setdefault(result.expectation.table, {}).setdefault(at, name)
    return failing


class _RuleBrokeError(Exception):
    """A rule raised; the message says how and on which row."""


def _holds(rule: Rule, rows: Sequence[Row], sound: set[int], batch: Batch) -> list[bool | None]:
    answers: list[bool | None] = [None] * len(rows)
    for at in sorted(sound):
        try:
            answers[at] = bool(rule.holds(rows[at], batch))
        except Exception as error:
            raise _RuleBrokeError(_broke_at(rule, rows[at], error)) from error
    return answers


def _broke_at(expectation: Expectation, row: Row, error: Exception) -> str:
    key = "/".join(str(row[name]) for name in TABLES_BY_NAME[expectation.table].key)
    return f"{type(error).__name__} at row {key}: {error}"


def _points(
    one: Pointer, rows: Sequence[Row], tables: Mapping[str, Sequence[Row]]
) -> list[bool | None]:
    """Whether the row pointed at was made; whether it passed is asked when all else is known."""
    keys = {tuple(row[name] for name in one.parent_key) for row in tables.get(one.parent, ())}
    targets = [one.target(row) for row in rows]
    return [None if target is None else target in keys for target in targets]


def _worded(expectation: Expectation, answer: Answer, rows: Sequence[Row], batch: Batch) -> Result:
    failing = {}
    for at in answer.positions:
        try:
            if isinstance(expectation, Rule) and expectation.found is not None:
                failing[at] = expectation.found(rows[at], batch)
            else:
                failing[at] = _found(expectation, rows[at])
        except Exception as error:
            broke = Answer(False, 0, broke=_broke_at(expectation, rows[at], error))
            return _result(expectation, broke, {})
    return _result(expectation, answer, failing)


def _found(expectation: Expectation, row: Row) -> str:
    """The values of the columns that the expectation looks at."""
    if isinstance(expectation, Rule):
        columns: tuple[str, ...] = expectation.reads
    elif expectation.column is not None:
        columns = (expectation.column,)
    else:
        columns = TABLES_BY_NAME[expectation.table].key
    return ", ".join(f"{name} {_shown(row[name])}" for name in columns)


def _shown(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, float):
        return f"{value:,.15g}"
    told = f'"{value}"' if isinstance(value, str) else str(value)
    return told if len(told) <= 200 else told[:199] + "…"


def _screen(stands_for: Iterable[str]) -> Screen:
    question = Question(ALL_HOLD, IN_SET, {"column": ALL_HOLD, "value_set": [True]})
    return Screen(question, frozenset(stands_for))


def _ask(
    name: str,
    frame: pd.DataFrame,
    questions: Sequence[Question],
    screens: Sequence[Screen] = (),
) -> dict[str, Answer]:
    """Of no rows nothing is asked: some expectations raise on an empty frame."""
    if frame.empty:
        return {question.key: Answer(True, 0) for question in questions}
    return ask(name, frame, questions, screens)


def _result(expectation: Expectation, answer: Answer, failing: Mapping[int, str]) -> Result:
    """A row expectation that names no failing row has passed: they are told elsewhere."""
    if answer.broke is not None:
        return Result(expectation, "broke", 0, detail=answer.broke)
    passed = answer.passed if expectation.kind == "aggregate" else not failing
    bad: Outcome = "warned" if expectation.kind == "warning" else "failed"
    return Result(expectation, "passed" if passed else bad, answer.checked, failing)


def _judged(one: Aggregate, answer: Answer | None) -> Result:
    observed = None if one.observed is None else f"{one.observed:.4g}"
    if answer is None:
        detail = f"{NOT_JUDGED}: too few articles so far, or nothing to divide by"
        return Result(one.expectation, "passed", 0, {}, observed, detail)
    result = replace(_result(one.expectation, answer, {}), observed=observed)
    if result.outcome == "failed":
        detail = f"expected {one.expectation.description}; found {observed}"
        return replace(result, detail=detail)
    return result
