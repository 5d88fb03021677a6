"""Articles with their rows as text that a person can review in a diff.

First the columns of the article, then each sentence with the rows read from it, one a line in
the order of their characters, then the article's entities. Ids and offsets are left out (tests of
the rooms hold them); everything else that a reader can judge is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flows.readers import SourceSpec, read
from transforms.article import read_article
from transforms.extract import Rows, read_rows
from transforms.model import Article, Reject
from transforms.parse import parse
from warehouse.tables import Row

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "seeds" / "articles"
FOLDER = Path(__file__).parent / "articles"

_COLUMNS = (
    "title",
    "authors",
    "publisher",
    "published_at",
    "published_zone",
    "published_date",
    "location_line",
    "language",
    "url",
    "external_id",
    "source",
    "source_uri",
)


def renderings() -> Iterator[tuple[str, str]]:
    """(file name, text) of every sample article, in their order."""
    for record in read([SourceSpec(path=str(SAMPLES))]):
        found = record if isinstance(record, Reject) else read_article(record)
        text = rejected(found) if isinstance(found, Reject) else render(found)
        yield f"{_name(found.source_uri)}.txt", text


def _name(source_uri: str) -> str:
    """The sample's name without its endings, with its member, line or element."""
    file, _, part = source_uri.partition("#")
    names = [name.split(".")[0] for name in file.split("/")]
    return "-".join(word for word in (*names, part) if word)


def rejected(reject: Reject) -> str:
    return f"rejected: {reject.reason}\n{reject.detail}\n"


def render(article: Article) -> str:
    rows = read_rows(article)
    row = rows["articles"][0]
    lines = [f"{name}: {_value(row[name])}" for name in _COLUMNS if row[name] not in (None, [])]
    lines.append("")
    if "mentions" not in rows:
        lines += ["no rows in this language", "", article.text]
    else:
        lines += _sentences(article, rows)
        lines += ["", "entities", *_entities(rows)]
    return "\n".join(lines) + "\n"


def _sentences(article: Article, rows: Rows) -> Iterator[str]:
    entities = {row["entity_id"]: row for row in rows["entities"]}
    for number, (start, end) in enumerate(parse(article).sentences):
        yield f"[{number}] {' '.join(article.text[start:end].split())}"
        found = [
            (row["char_start"], row["char_end"], order, line(row, entities))
            for order, (table, line) in enumerate(
                (
                    ("mentions", _mention),
                    ("dates", _date),
                    ("figures", _figure),
                    ("claims", _claim),
                    ("events", _event),
                )
            )
            for row in rows[table]
            if row["sentence_no"] == number
        ]
        for *_, text in sorted(found):
            yield f"    {text}"


def _mention(row: Row, entities: dict[str, Row]) -> str:
    entity = entities[row["entity_id"]]
    return f"{row['entity_type']} {_quote(row['surface'])} -> {entity['name']}"


def _date(row: Row, _: dict[str, Row]) -> str:
    interval = f"{row['date_start']}..{row['date_end']}" if row["date_start"] else None
    parts = [
        f"{row['type']} {_quote(row['surface'])}",
        f"= {row['value']}" if row["value"] else None,
        row["mod"],
        interval,
        row["granularity"],
        row["direction"],
        f"from {row['anchor_date']}" if row["anchor_date"] else None,
        row["holiday"],
        f"({row['rule']})",
    ]
    return " ".join(part for part in parts if part)


def _figure(row: Row, _: dict[str, Row]) -> str:
    ends = (_number(row["value_low"]), _number(row["value_high"]))
    if row["value"] is None:
        value = "?"
    elif ends[0] == ends[1]:
        value = ends[0]
    else:
        value = f"{_number(row['value'])} [{ends[0]}..{ends[1]}]"
    head = f" [{row['counted_head']}]" if row["counted_head"] else ""
    as_of = f"{row['as_of_start']}..{row['as_of_end']}" if row["as_of_start"] else None
    parts = [
        f"{row['unit_type']} {_quote(row['surface'])} = {value} {row['unit']} {row['qualifier']}",
        None if row["change"] == "none" else row["change"],
        f"counted {_quote(row['counted'])}{head}" if row["counted"] else None,
        f"of {_quote(row['subject'])}" if row["subject"] else None,
        f"category {row['category']}" if row["unit_type"] == "count" else None,
        row["nationality"],
        f"predicate {row['predicate']}" if row["predicate"] else None,
        f"says {_quote(row['attributed_to'])}" if row["attributed_to"] else None,
        f"in {_quote(row['place'])}" if row["place"] else None,
        f"as of {as_of}" if as_of else None,
        None if row["modality"] == "actual" else row["modality"],
        {None: None, True: "a total so far", False: "new"}[row["cumulative"]],
        "a conversion" if row["conversion_of"] else None,
        "said before" if row["restates"] else None,
        f"({row['rule']})",
    ]
    return "; ".join(part for part in parts if part)


def _claim(row: Row, _: dict[str, Row]) -> str:
    said = f"{row['said_start']}..{row['said_end']}" if row["said_start"] else None
    name = row["speaker_name"]
    parts = [
        f"claim {_quote(_short(row['surface']))}",
        f"{row['kind']}{', quoted' if row['quoted'] else ''}",
        f"by {_quote(row['speaker'])}",
        f"who is {_quote(name)}" if name and name != row["speaker"] else None,
        row["speaker_kind"],
        row["speaker_country"],
        f"to {_quote(row['addressee'])}" if row["addressee"] else None,
        f"on {said}" if said else None,
        "within another" if row["within"] else None,
        "goes on" if row["continues"] else None,
        f"({row['rule']})",
    ]
    return "; ".join(part for part in parts if part)


def _event(row: Row, _: dict[str, Row]) -> str:
    days = f"{row['event_start']}..{row['event_end']}" if row["event_start"] else None
    parts = [
        f"event {_quote(row['surface'])} = {row['event_type']}",
        *(
            f"{role} {_quote(_short(row[role]))}"
            for role in ("agent", "patient", "recipient")
            if row[role]
        ),
        f"what for {_quote(row['purpose'])}" if row["purpose"] else None,
        f"in {_quote(row['place'])}" if row["place"] else None,
        f"on {days}" if days else None,
        None if row["modality"] == "actual" else row["modality"],
        f"({row['rule']})",
    ]
    return "; ".join(part for part in parts if part)


def _short(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= 60 else f"{told[:28]} ... {told[-28:]}"


def _entities(rows: Rows) -> Iterator[str]:
    for row in sorted(rows["entities"], key=lambda row: (row["first_char"], row["entity_id"])):
        where = f"{row['latitude']:.2f},{row['longitude']:.2f}" if row["latitude"] else None
        parts = [
            f"{row['entity_type']} {row['name']} x{row['mention_count']}",
            row["link_status"],
            row["country"],
            f"geonames {row['geonames_id']}" if row["geonames_id"] else None,
            where,
            f"reference {row['reference_id']}" if row["reference_id"] else None,
        ]
        yield "    " + " ".join(part for part in parts if part)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _quote(text: str) -> str:
    return '"' + " ".join(text.split()) + '"'


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
