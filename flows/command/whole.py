"""How what came of the lake as a whole is printed: one line each, then examples and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flows.errors import shown

if TYPE_CHECKING:
    from rich.console import Console

    from expectations.whole.model import WholeExample, WholeFinding

#: How many lines are printed unless all are asked for.
LINES = 30
_SENTENCE = 200


def print_whole(
    findings: Sequence[WholeFinding], baseline: str | None, to: Console, *, every: bool = False
) -> None:
    """What is wrong, the worst first, with before and now; ``every`` prints all that was asked."""
    wanted = [one for one in findings if every or one.bad]
    if not wanted:
        return
    _say(f"\nThe lake as a whole{f', against {baseline}' if baseline else ''}:", to)
    told = wanted if every else wanted[:LINES]
    for one in told:
        _say(_line(one), to)
    if len(told) < len(wanted):
        _say(f"... and {len(wanted) - len(told)} more (-v shows them)", to)
    for one in _first_of_each([one for one in told if one.bad]):
        _say(f"\n{one.name}: {one.to_do}{'' if one.to_do.endswith('?') else '.'}", to)
        for example in one.examples:
            _say(f"  {_example(example)}", to)


def _say(text: str, to: Console) -> None:
    to.print(shown(text), soft_wrap=True, markup=False, highlight=False)


def _line(one: WholeFinding) -> str:
    found = one.observed if one.before is None else f"{one.before} -> {one.observed}"
    detail = f" ({one.detail})" if one.detail else ""
    return f"{one.outcome:10}  {one.name}  {one.where}: {found}{detail}"


def _first_of_each(findings: Sequence[WholeFinding]) -> list[WholeFinding]:
    """The worst of each expectation."""
    first: dict[str, WholeFinding] = {}
    for one in findings:
        first.setdefault(one.name, one)
    return list(first.values())


def _example(one: WholeExample) -> str:
    sentence = " ".join(one.sentence.split())
    if len(sentence) > _SENTENCE:
        sentence = sentence[: _SENTENCE - 1] + "…"
    parts = [f"{one.table} {one.row_id}"]
    if one.surface:
        parts.append(f'"{one.surface}"')
    if sentence:
        parts.append(sentence)
    return ": ".join(parts)
