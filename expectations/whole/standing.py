"""What is expected of any state of the lake, whatever it was before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from expectations.whole.intervals import at_least
from expectations.whole.limits import WholeLimits
from expectations.whole.making import Maker, percent, share
from expectations.whole.model import WholeFinding
from expectations.whole.ratio import Sums
from warehouse.tables import Row

#: A paragraph in fewer stories is no furniture, however small the source.
_STORIES = 10
#: The shares that no source may exceed: measure, table, limit, expectation.
_SHARES = (
    ("without_rows", "entities", "without_entity"),
    ("without_rows", "figures", "without_figure"),
    ("after_publication", "figures", "after_publication"),
    ("after_publication", "events", "after_publication"),
    ("dates_ahead", "dates", "dates_ahead"),
)


def judge_sound(answers: Iterable[Row], limits: WholeLimits) -> Iterator[WholeFinding]:
    """What must never be there: one finding an answer of ``warehouse.measures.sound``."""
    for answer in answers:
        maker = Maker(answer["name"], limits)
        table, column = answer["table"], answer["column"]
        told = f"{answer['bad']:,} of {answer['whole']:,} rows"
        if answer["points_at"]:
            told += f" that point at nothing in {answer['points_at']}"
        if not answer["bad"]:
            yield maker.passed(table, column, told, value=answer["points_at"])
            continue
        worse = 10 + 100 * answer["bad"] / max(answer["whole"], 1)
        yield maker.bad(
            table, column, told, change=worse, value=answer["points_at"], rows=answer["rows"]
        )


def judge_files(answers: Iterable[Row], limits: WholeLimits) -> Iterator[WholeFinding]:
    """The files of each table, of ``warehouse.measures.files``."""
    maker = Maker("files_readable", limits)
    for answer in answers:
        told = f"{len(answer['bad']):,} of {answer['files']:,} files"
        if not answer["bad"]:
            yield maker.passed(answer["table"], None, told)
            continue
        named = "; ".join(f"{path}: {trouble}" for path, trouble in answer["bad"][:3])
        yield maker.bad(
            answer["table"],
            None,
            f"{told} missing or unreadable",
            change=1000 + len(answer["bad"]),
            detail=named,
        )


def judge_shares(ratios: Sequence[Row], limits: WholeLimits) -> Iterator[WholeFinding]:
    """Shares that no source may exceed."""
    for measure, table, name in _SHARES:
        most: float = getattr(limits, name)
        rows = [row for row in ratios if row["name"] == measure and row["table"] == table]
        by_source: dict[str, Sums] = {}
        for row in rows:
            by_source[row["source"]] = by_source.get(row["source"], Sums()) + Sums.of(row)
        column = next((row["column"] for row in rows), None)
        yield from _judge_share(Maker(name, limits), table, column, by_source, most)


def _judge_share(
    maker: Maker, table: str, column: str | None, by_source: dict[str, Sums], most: float
) -> Iterator[WholeFinding]:
    judged = {s: sums for s, sums in by_source.items() if sums.articles >= maker.limits.articles}
    over = False
    for source, sums in sorted(judged.items()):
        if at_least(sums.y / _effect(sums), sums.x / _effect(sums)) > most:
            over = True
            told = f"{share(sums.y, sums.x)}, at most {percent(most)} is usual"
            yield maker.bad(table, column, told, change=sums.ratio / most, source=source)
    if over:
        return
    if judged:
        worst = max(sums.ratio for sums in judged.values())
        told = f"at most {percent(worst)} of a source, {percent(most)} may be"
        yield maker.passed(table, column, told)
    else:
        yield maker.not_judged(table, column, f"fewer than {maker.limits.articles} articles")


def _effect(sums: Sums) -> float:
    """How many rows say as much as one that was drawn by itself (design effect)."""
    p = sums.ratio
    alone = p * (1 - p) / sums.x if sums.x else 0.0
    return max(1.0, sums.variance / alone) if alone else 1.0


def judge_texts(answers: Iterable[Row], limits: WholeLimits) -> Iterator[WholeFinding]:
    """What ``warehouse.measures.texts`` found in names, counts and paragraphs."""
    paragraphs = []
    for answer in answers:
        if answer["name"] == "repeated_paragraphs":
            paragraphs.append(answer)
            continue
        maker = Maker(answer["name"], limits)
        most: float = getattr(limits, answer["name"])
        told = share(answer["y"], answer["x"])
        table, column = answer["table"], answer.get("column")
        if answer["x"] < limits.articles:
            yield maker.not_judged(table, column, f"fewer than {limits.articles}: {told}")
        elif at_least(answer["y"], answer["x"]) > most:
            worse = answer["y"] / answer["x"] / most
            told = f"{told}, at most {percent(most)} may be"
            yield maker.bad(table, column, told, change=worse, rows=answer["rows"])
        else:
            yield maker.passed(table, column, told)
    yield from _judge_paragraphs(paragraphs, Maker("repeated_paragraphs", limits))


def _judge_paragraphs(answers: Sequence[Row], maker: Maker) -> Iterator[WholeFinding]:
    found = False
    for answer in answers:
        most = max(_STORIES, maker.limits.paragraph * answer["stories"])
        if answer["repeated"] > most:
            found = True
            told = f"one paragraph in {answer['repeated']:,} of {answer['stories']:,} stories"
            yield maker.bad(
                "articles",
                "text",
                told,
                change=answer["repeated"] / most,
                source=answer["source"],
                rows=answer["rows"],
            )
    if answers and not found:
        worst = max(answer["repeated"] for answer in answers)
        yield maker.passed("articles", "text", f"one paragraph in at most {worst:,} stories")
