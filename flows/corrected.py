"""What came of each correction? The table ``corrections`` of the lake.

What was applied is published with the rows that it was applied to, so that neither is there without
the other. At the end of a run the rest follows: what waits for a rebuild, what is no longer asked
for, what has no row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from flows.corrections import text_of, value_of
from flows.errors import CorrectionsError
from transforms.corrections import Correction, Corrections, Met
from warehouse.lake import Lake
from warehouse.tables import (
    ARTICLES,
    CORRECTIONS,
    INPUTS,
    QUARANTINE,
    TABLES_BY_NAME,
    Row,
)

#: What the rows of the lake are made with, and what a rebuild would change.
_MADE = ("applied", "quarantined", "obsolete")
_OUT_OF_DATE = ("waiting", "withdrawn")

RowKey = tuple[str, str, str]


def held(lake: Lake) -> Corrections:
    """Those that the lake holds of earlier runs: in force where no file is named.

    Raises ``CorrectionsError`` for one that can no longer be applied.
    """
    return Corrections(_held(row) for row in _stored(lake) if row["status"] != "withdrawn")


def _held(row: Row) -> Correction:
    table, row_id, column = _key(row)
    try:
        value = value_of(TABLES_BY_NAME[table][column], row["value"])
    except (KeyError, ValueError) as error:
        raise CorrectionsError(
            f"the lake holds a correction of {table} {row_id} {column} that cannot be applied any "
            f"more ({error}): name a file of corrections without it with --corrections"
        ) from None
    return Correction(
        table, row_id, column, value, row["why"], row["corrected_by"], row["corrected_on"]
    )


def out_of_date(rows: Iterable[Row]) -> set[str]:
    """The articles whose rows do not show the corrections that are asked for."""
    return {row["article_id"] for row in rows if row["status"] in _OUT_OF_DATE}


def standing(lake: Lake, corrections: Corrections) -> list[Row]:
    """The table as it is for these corrections and what the lake holds, in the order of its key."""
    stored = {_key(row): row for row in _stored(lake)}
    rows: list[Row] = []
    unknown: list[Correction] = []
    for one in corrections:
        row = stored.pop(one.key, None)
        if row is None or row["status"] == "unmatched":
            unknown.append(one)
        elif row["status"] in _MADE and row["value"] == text_of(one.value):
            rows.append(_row(one, row["article_id"], row["value_read"], row["status"]))
        else:
            rows.append(_row(one, row["article_id"], row["value_read"], "waiting"))
    articles = _articles_of(lake, unknown)
    for one in unknown:
        article_id = articles.get((one.table, one.row_id))
        rows.append(_row(one, article_id, None, "waiting" if article_id else "unmatched"))
    rows += [
        {**row, "status": "withdrawn"}
        for row in stored.values()
        if row["status"] not in ("obsolete", "unmatched")
    ]
    return sorted(rows, key=_key)


def differs(lake: Lake, rows: Sequence[Row]) -> bool:
    """Whether the lake's table is another than these rows."""
    return _stored(lake) != list(rows)


def told(rows: Sequence[Row]) -> Iterator[str]:
    """What came of the corrections: how many of each status, and those that somebody has to look at
    by name."""
    if not rows:
        return
    counts = Counter(row["status"] for row in rows)
    statuses = CORRECTIONS["status"].allowed
    listed = ", ".join(f"{counts[one]} {one}" for one in statuses if counts[one])
    yield f"{_counted(len(rows))}: {listed}"
    for status, says in _SAYS.items():
        names = [" ".join(_key(row)) for row in rows if row["status"] == status]
        if len(names) > _NAMED:
            names[_NAMED:] = [f"and {len(names) - _NAMED} more"]
        if names:
            be = "is" if counts[status] == 1 else "are"
            them = "it" if counts[status] == 1 else "them"
            yield (
                f"{_counted(counts[status])} {be} {status}: {says.format(them=them)}: "
                f"{', '.join(names)}"
            )


_SAYS = {
    "obsolete": "the readers give the right value themselves; take {them} out of the file",
    "unmatched": "there is no such row; take {them} out of the file, or give the id of today",
    "quarantined": "the corrected row failed a check, which `dateline quarantine` shows",
}
#: How many corrections of a status are named.
_NAMED = 20


def _counted(number: int) -> str:
    return "1 correction" if number == 1 else f"{number} corrections"


def after_batch(
    lake: Lake,
    gone: Collection[str],
    kept: Collection[str],
    met: Mapping[str, Sequence[Met]],
    quarantined: Collection[tuple[str, str]],
) -> list[Row] | None:
    """The table after a batch; None if that does not change it.

    ``gone`` are the articles whose rows are taken out, of which those in ``kept`` keep their row of
    articles as it stands. ``met`` gives by article what its new rows met, ``quarantined`` are table
    and key of rows that failed a check.
    """
    stored = _stored(lake)
    new: dict[RowKey, Row] = {}
    for article_id, some in met.items():
        for one in some:
            correction = one.correction
            refused = (correction.table, correction.row_id) in quarantined
            status = "obsolete" if one.obsolete else "quarantined" if refused else "applied"
            new[correction.key] = _row(correction, article_id, text_of(one.read), status)
    rows = [
        row
        for row in stored
        if _key(row) not in new
        and (
            row["article_id"] not in gone
            or (row["article_id"] in kept and row["table_name"] == ARTICLES.name)
        )
    ]
    made = sorted([*rows, *new.values()], key=_key)
    return made if made != stored else None


def _stored(lake: Lake) -> list[Row]:
    rows: list[Row] = lake.query(f"FROM lake.{CORRECTIONS.name}").to_pylist()
    return sorted(rows, key=_key)


def _key(row: Row) -> RowKey:
    return (row["table_name"], row["row_id"], row["column_name"])


def _row(one: Correction, article_id: str | None, read: str | None, status: str) -> Row:
    return CORRECTIONS.row(
        table_name=one.table,
        row_id=one.row_id,
        column_name=one.column,
        article_id=article_id,
        value=text_of(one.value),
        value_read=read,
        status=status,
        why=one.why,
        corrected_by=one.by,
        corrected_on=one.on,
    )


def _articles_of(lake: Lake, corrections: Iterable[Correction]) -> dict[tuple[str, str], str]:
    """The article of each row that the lake has, also in quarantine, by table and key."""
    wanted: dict[str, set[str]] = {}
    for one in corrections:
        wanted.setdefault(one.table, set()).add(one.row_id)
    found: dict[tuple[str, str], str] = {}
    for name, ids in wanted.items():
        table = TABLES_BY_NAME[name]
        of = INPUTS if table is ARTICLES else table  # an article may be in quarantine itself
        firsts = {one.split("/")[0] for one in ids}
        columns = dict.fromkeys((*table.key, "article_id"))
        for row in lake.fetch(of.name, table.key[0], firsts, columns):
            key = "/".join(row[column] for column in table.key)
            found[name, key] = row["article_id"]
    missing = {key for name, ids in wanted.items() for key in ids if (name, key) not in found}
    place = ("table_name", "row_id", "article_id")
    kept_back = lake.fetch(QUARANTINE.name, "row_id", missing, place)
    of_those = {row["article_id"] for row in kept_back if row["article_id"]}
    built = {row["article_id"] for row in lake.fetch(INPUTS.name, "article_id", of_those)}
    for row in kept_back:
        if row["article_id"] in built:
            found.setdefault((row["table_name"], row["row_id"]), row["article_id"])
    return found
