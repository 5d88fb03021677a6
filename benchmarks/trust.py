"""How far to trust a rule: how often each was seen and right, as the lake's table ref_rules.

    python -m benchmarks.trust write [SETS]   writes seeds/reference/rules.csv
                                              and the weakest rules into docs/trust.md
    python -m benchmarks.trust show           every rule seen often enough, the weakest first

Our own gold is always read; SETS is a folder of further annotated sets (leads, dates, entities), of
which only counts are kept. Without it the counts of the sets that the file has stay as they are.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import dates as dates_benchmark
from benchmarks import entities as entities_benchmark
from benchmarks import entities_gold, events, figures_table, trust_count
from benchmarks.dates_score import interval
from benchmarks.events_score import judge
from benchmarks.pages import renewed
from benchmarks.sets import Json, Read, documents, figures, lines, options
from benchmarks.sets import rows as rows_of
from benchmarks.trust_count import Counts, Key
from transforms.entities import read_entities
from transforms.extract import read_rows
from transforms.parse import parse

ROOT = Path(__file__).parent.parent
FILE = ROOT / "seeds" / "reference" / "rules.csv"
COLUMNS = ("reader", "rule", "gold_seen", "gold_right", "sets_seen", "sets_right")
ABOUT = (
    "How often each rule was seen and what it decided was right: on this project's own gold and on "
    "annotated sets that were developed on. reader: the table in whose column rule it stands. "
    "Measured: python -m benchmarks.trust write."
)
PAGE = ROOT / "docs" / "trust.md"
_BEGIN, _END = "<!-- weakest: python -m benchmarks.trust write -->\n", "<!-- /weakest -->"
_GOLD = ROOT / "benchmarks" / "gold"
#: Fewer say too little of a rule.
ENOUGH = 20
#: Below this share a rule is told on the page.
WEAK = 0.9


def own() -> Counts:
    """What our own gold says."""
    counts = Counts()
    for texts, gold in (
        (figures_table.DOCUMENTS, figures_table.GOLD),
        (events.DOCUMENTS, events.GOLD),
    ):
        read = {doc["doc_id"]: rows_of(doc) for doc in lines(texts)}
        counts += _figures(lines(gold), read)
    gold_dates = [{**g, "days": _days(g)} for g in lines(_GOLD / "dates.gold.jsonl")]
    for doc in lines(_GOLD / "dates.docs.jsonl"):
        found = [g for g in gold_dates if g["doc_id"] == doc["doc_id"]]
        rows = read_rows(dates_benchmark.article(doc))["dates"]
        counts += trust_count.dates(found, rows, all_rows=True)
    for passage in entities_gold.passages():
        wanted = {one.span[1:]: one.kind for one in passage.mentions}
        mentions, _ = read_entities(parse(passage.article))
        counts += trust_count.spans(
            "mentions", wanted, ((row, _span(row), row["entity_type"]) for row in mentions)
        )
    return counts


def sets(folder: Path) -> Counts:
    """What the annotated sets of a folder say, those that are there."""
    counts = Counts()
    for name in ("leads-dev", "war-dev"):
        if (folder / "leads" / f"{name}.gold.jsonl").is_file():
            counts += _leads(folder / "leads", name)
    for gold in sorted((folder / "dates").glob("*-dev.gold.jsonl")):
        wanted = [{**g, "days": interval(g["value"])} for g in lines(gold)]
        for doc in lines(gold.with_name(gold.name.replace(".gold.", ".docs."))):
            found = [g for g in wanted if g["doc_id"] == doc["doc_id"]]
            rows = read_rows(dates_benchmark.article(doc))["dates"]
            counts += trust_count.dates(found, rows, all_rows=False)
    for name in ("worldwide", "newsagency"):
        gold = folder / "entities" / f"{name}.gold.jsonl"
        if gold.is_file():
            counts += _names(gold)
    return counts


def _leads(folder: Path, name: str) -> Counts:
    """Of openings of articles: figures, dates and claims."""
    docs = documents(folder, name)
    gold = lines(folder / f"{name}.gold.jsonl")
    read = {doc_id: rows_of(doc) for doc_id, doc in docs.items()}
    counts = _figures(figures(gold), read)
    for doc in gold:
        wanted = [
            {
                **{"start": g["start_char"], "end": g["end_char"], "value": None},
                "days": (g["start"], g["end"]),
            }
            for g in doc["dates"]
        ]
        rows = [row for row in read[doc["id"]]["dates"] if row["date_start"]]
        counts += trust_count.dates(wanted, rows, all_rows=False)
    claims = folder / f"{name}.claims.jsonl"
    for doc in lines(claims) if claims.is_file() else ():
        told = [{**g, "speakers": options(g["speaker"])} for g in doc["claims"]]
        counts += trust_count.claims(told, read[doc["id"]]["claims"])
    return counts


def _names(gold: Path) -> Counts:
    """Of names, by their three kinds, without a leading "the" and a trailing 's."""
    counts = Counts()
    wanted = lines(gold)
    for doc in lines(gold.with_name(gold.name.replace(".gold.", ".docs."))):
        text = doc["text"]
        here = {
            _cut(g["start"], g["end"], text): g["type"]
            for g in wanted
            if g["doc_id"] == doc["doc_id"]
        }
        kinds = entities_benchmark.TYPES
        mentions, _ = read_entities(parse(entities_benchmark.article(doc)))
        counts += trust_count.spans(
            "mentions",
            here,
            (
                (row, _cut(row["char_start"], row["char_end"], text), kinds[row["entity_type"]])
                for row in mentions
                if row["entity_type"] in kinds
            ),
        )
    return counts


def _figures(gold: Sequence[Json], read: Read) -> Counts:
    passages = judge(gold, {doc_id: rows["figures"] for doc_id, rows in read.items()})
    tables = {
        name: {row[key]: row for rows in read.values() for row in rows[name]}
        for name, key in (("events", "event_id"), ("claims", "claim_id"))
    }
    return trust_count.figures(passages, tables)


def _days(gold: Json) -> tuple[str, str] | None:
    return (gold["date_start"], gold["date_end"]) if gold.get("date_start") else None


def _span(row: Json) -> tuple[int, int]:
    return _cut(row["char_start"], row["char_end"], row["surface"], row["char_start"])


def _cut(start: int, end: int, text: str, offset: int = 0) -> tuple[int, int]:
    """A span without a leading "the" and a trailing 's."""
    surface = text[start - offset : end - offset]
    start += 4 * surface[:4].lower().startswith("the ")
    return start, end - 2 * surface.endswith(("'s", "’s"))


def stored(path: Path = FILE) -> list[Json]:
    """The rows of the file with their counts as numbers; none where there is no file."""
    if not path.is_file():
        return []
    given = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return [
        {**row, **{name: int(row[name]) for name in COLUMNS[2:]}} for row in csv.DictReader(given)
    ]


def table(gold: Counts, other: Counts) -> Iterator[tuple[str | int, ...]]:
    """The rows of the file, by reader and rule."""
    for key in sorted({**gold.seen, **other.seen}):
        counts = (gold.seen, gold.right, other.seen, other.right)
        yield (*key, *(one.get(key, 0) for one in counts))


def kept(rows: Sequence[Json]) -> Counts:
    """The counts of the sets that a file has."""
    keys: dict[Key, Json] = {(row["reader"], row["rule"]): row for row in rows}
    return Counts(
        {key: row["sets_seen"] for key, row in keys.items() if row["sets_seen"]},
        {key: row["sets_right"] for key, row in keys.items() if row["sets_seen"]},
    )


def write(folder: Path | None, path: Path = FILE) -> None:
    other = kept(stored(path)) if folder is None else sets(folder)
    told = [f"# {ABOUT}", ",".join(COLUMNS)]
    told += [",".join(map(str, row)) for row in table(own(), other)]
    path.write_text("\n".join(told) + "\n", encoding="utf-8")


def weakest(rows: Sequence[Json]) -> Iterator[tuple[str, str, int, int]]:
    """Reader, rule, seen and right of the rules that were seen often enough, weakest first."""
    summed = [
        (r["reader"], r["rule"], r["gold_seen"] + r["sets_seen"], r["gold_right"] + r["sets_right"])
        for r in rows
    ]
    yield from sorted((r for r in summed if r[2] >= ENOUGH), key=lambda r: (r[3] / r[2], r[:2]))


def page(text: str, rows: Sequence[Json]) -> str:
    """The page with the weakest rules told anew."""
    told = [
        f"| {reader} | `{rule}` | {seen:,} | {right / seen:.0%} |\n"
        for reader, rule, seen, right in weakest(rows)
        if right < WEAK * seen
    ]
    heads = "| reader | rule | seen | right |\n| --- | --- | --- | --- |\n"
    return renewed(text, _BEGIN, _END, heads + "".join(told))


def main(arguments: Sequence[str]) -> int:
    match list(arguments):
        case ["write", *folder] if len(folder) < 2:
            write(Path(folder[0]) if folder else None)
            text = page(PAGE.read_text(encoding="utf-8"), stored())
            PAGE.write_text(text, encoding="utf-8")
        case ["show"]:
            for reader, rule, seen, right in weakest(stored()):
                print(f"{reader:9} {rule:24} {right:6} of {seen:6}  {100 * right / seen:5.1f}%")
        case _:
            print(__doc__)
            return 64
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
