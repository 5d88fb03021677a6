"""What happened, where, when, to whom and by whose word: figures beside a gold, figure by figure.

A gold figure is found by a row that overlaps it and has its value: both bounds the same, or the
same qualifier and number; a vague one is found by overlap alone. Each column is then judged on the
figures that were found. ``or`` of a gold figure names other answers a careful reader may give; an
``optional`` figure is neither asked for nor too much.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

Json = dict[str, Any]

#: What is judged, in the order of the report; ``as_of`` is both its ends.
COLUMNS = ("category", "attributed_to", "place", "as_of", "modality", "nationality")

_PHRASES = frozenset(("attributed_to", "place"))
#: How many words a phrase may have beyond the gold's: naming every place is no answer.
_LONGER = 6
_FUNCTION = frozenset(("a", "an", "and", "at", "from", "in", "near", "of", "on", "the", "to"))
#: Words that a place or a source shares with many others, so that they tell none from another.
_COMMON = frozenset(
    (
        *("area", "border", "city", "country", "county", "district", "island", "province"),
        *("region", "state", "town", "village", "local", "national", "new", "central"),
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western"),
        *("northeastern", "northwestern", "southeastern", "southwestern"),
        *("mr", "ms", "official", "officials"),
    )
)


@dataclass(frozen=True)
class Verdict:
    """A gold figure, the row that was read for it (``None``: missed) and its wrong columns."""

    want: Json
    got: Json | None
    wrong: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it is read with every column right."""
        return self.got is not None and not self.wrong


@dataclass(frozen=True)
class Passage:
    """The verdicts on the gold figures of one passage, and the rows that are too much."""

    doc_id: str
    verdicts: tuple[Verdict, ...]
    extra: tuple[Json, ...]

    @property
    def found(self) -> int:
        return sum(verdict.got is not None for verdict in self.verdicts)

    @property
    def row_core(self) -> float:
        """The per cent of its figures that are read with every column right."""
        return _share(sum(verdict.whole for verdict in self.verdicts), len(self.verdicts))


def judge(gold: Sequence[Json], rows: dict[str, list[Json]]) -> list[Passage]:
    """The passages of ``rows`` (rows read, by doc_id) beside the gold, in the order of rows."""
    by_passage: dict[str, list[Json]] = defaultdict(list)
    for want in gold:
        by_passage[want["doc_id"]].append(want)
    return [_passage(doc_id, by_passage[doc_id], read) for doc_id, read in rows.items()]


def measures(passages: Sequence[Passage]) -> dict[str, float]:
    """By name, in per cent: value F1, each column of the figures found, and whole rows.

    ``row_core`` is the share of all gold figures with value and every column right;
    ``row_core_by_document`` its mean over passages, so that one long list does not decide.
    """
    verdicts = [verdict for passage in passages for verdict in passage.verdicts]
    found = sum(passage.found for passage in passages)
    read = found + sum(len(passage.extra) for passage in passages)
    wrong = Counter(column for verdict in verdicts for column in verdict.wrong)
    asked = [passage.row_core for passage in passages if passage.verdicts]
    return {
        "value F1": _share(2 * found, len(verdicts) + read),
        **{column: _share(found - wrong[column], found) for column in COLUMNS},
        "row_core": _share(sum(verdict.whole for verdict in verdicts), len(verdicts)),
        "row_core_by_document": sum(asked) / max(len(asked), 1),
    }


def differences(passages: Sequence[Passage], column: str | None = None) -> list[str]:
    """What was missed, too much or read wrongly, for a person; of one column only what is wrong."""
    lines = []
    for passage in passages:
        for verdict in passage.verdicts:
            where = f"{passage.doc_id} {verdict.want['surface']!r}"
            if verdict.got is None:
                lines += [f"{where}: missed"] * (column is None)
                continue
            lines += [
                f"{where}: {name} {answers(verdict.want, name)} read as "
                f"{reading(verdict.got, name)} in {verdict.got['sentence']!r}"
                for name in verdict.wrong
                if column in (None, name)
            ]
        if column is None:
            lines += [f"{passage.doc_id} {row['surface']!r}: too much" for row in passage.extra]
    return lines


def _passage(doc_id: str, gold: Sequence[Json], read: Sequence[Json]) -> Passage:
    left = list(read)
    verdicts = []
    for want in sorted(gold, key=lambda want: bool(want.get("optional"))):
        over = [row for row in left if _overlap(want, row) > 0]
        same = [row for row in over if _same_value(want, row)]
        got = max(same, key=partial(_overlap, want), default=None)
        if want.get("optional"):
            got = got or next(iter(over), None)
        else:
            verdicts.append(Verdict(want, got, _wrong(want, got)))
        if got is not None:
            left.remove(got)
    return Passage(doc_id, tuple(verdicts), tuple(left))


def _overlap(want: Json, row: Json) -> int:
    """How many characters the two share; none or less: they lie apart."""
    ends = min(want["char_end"], row["char_end"])
    return int(ends - max(want["char_start"], row["char_start"]))


def _same_value(want: Json, row: Json) -> bool:
    if want["qualifier"] == "vague":
        return True
    low, high = want["value_low"], want["value_high"]
    if _close(low, row["value_low"]) and _close(high, row["value_high"]):
        return True
    bound = high if low is None else low
    return bool(want["qualifier"] == row["qualifier"]) and _close(bound, row["value"])


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-6 * max(1.0, abs(one))


def _wrong(want: Json, got: Json | None) -> tuple[str, ...]:
    return tuple(name for name in COLUMNS if got is not None and not _right(want, got, name))


def _right(want: Json, got: Json, column: str) -> bool:
    right, read = answers(want, column), reading(got, column)
    if column == "as_of":
        return all(end in ends for end, ends in zip(read, right, strict=True))
    if column in _PHRASES:
        return any(same_phrase(one, read) for one in right)
    return read in right


def answers(want: Json, column: str) -> list[Any]:
    """The right answers of a gold figure; of ``as_of`` those of its start and those of its end."""
    if column == "as_of":
        return [answers(want, "as_of_start"), answers(want, "as_of_end")]
    return [want.get(column), *want.get("or", {}).get(column, ())]


def reading(got: Json, column: str) -> Any:
    """What a row says in a column; of ``as_of`` its two ends as ISO dates or ``None``."""
    if column != "as_of":
        return got[column]
    return [
        None if got[end] is None else str(got[end])[:10] for end in ("as_of_start", "as_of_end")
    ]


def same_phrase(want: str | None, got: str | None) -> bool:
    """Whether two phrases share a word that tells one name from another, or both are missing."""
    if not want or not got:
        return not want and not got
    right, read = _telling(want), _telling(got)
    return bool(right & read) and len(read) <= len(right) + _LONGER


def _telling(phrase: str) -> frozenset[str]:
    """The telling words of a phrase; all but function words where it has only common ones."""
    plain = phrase.lower().replace("’s", "").replace("'s", "")
    words = frozenset(word.strip("\"“”'’.,()") for word in plain.split()) - _FUNCTION - {""}
    return words - _COMMON or words


def _share(part: int, whole: int) -> float:
    return 100 * part / max(whole, 1)
