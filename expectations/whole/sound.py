"""What must never be in a lake, judged: not one row is let pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from expectations.whole.model import WholeExample, WholeFinding
from warehouse.tables import TABLES_BY_NAME, Row

#: What to do about each.
TO_DO: Mapping[str, str] = {
    "keys_unique": "Find which run wrote them (run_id) and go back to the state before it, or "
    "`dateline rebuild` the articles",
    "references": "Find out what took the rows away that are pointed at; `dateline rebuild` makes "
    "the articles' rows anew",
}


def judge_sound(answers: Iterable[Row]) -> Iterator[WholeFinding]:
    """One finding an answer of ``warehouse.measures.sound``."""
    for answer in answers:
        name, table, column = answer["name"], answer["table"], answer["column"]
        expected = _expected(answer)
        if "broke" in answer:
            yield WholeFinding(
                name,
                table,
                column,
                answer.get("points_at"),
                "error",
                "broke",
                expected,
                "it could not be asked",
                detail=answer["broke"],
                to_do="This says nothing of the data: the check or the lake's tables are not as "
                "they should be; `dateline migrate` brings a lake to the installed version",
            )
            continue
        bad, whole = answer["bad"], answer["whole"]
        yield WholeFinding(
            name,
            table,
            column,
            answer.get("points_at"),
            "error",
            "failed" if bad else "passed",
            expected,
            f"{bad:,} of {whole:,} rows",
            change=1 + bad / max(whole, 1) if bad else None,
            to_do=TO_DO[name] if bad else "",
            examples=tuple(example(table, row) for row in answer["rows"]),
        )


def _expected(answer: Row) -> str:
    if answer["name"] == "keys_unique":
        key = ", ".join(TABLES_BY_NAME[answer["table"]].key)
        return f"no two rows with the same key ({key})"
    return f"every row that is pointed at to be in {answer['points_at']}"


def example(table: str, row: Row) -> WholeExample:
    """A row of a table, as far as it shows itself."""
    declared = TABLES_BY_NAME[table]
    key = "/".join(str(row[name]) for name in declared.key)
    surface = row.get("surface") or row.get("name") or row.get("title") or ""
    sentence = row.get("sentence") or ""
    return WholeExample(
        table, key, row.get("article_id"), str(surface), str(sentence), row.get("url")
    )
