"""How well names are found, typed and placed, against gold in JSON lines.

    python -m benchmarks.entities score [--wrong]           the project's own gold: every measure
    python -m benchmarks.entities score DOCS GOLD           spans PER, ORG, LOC: P, R, F1
    python -m benchmarks.entities score DOCS GOLD --places  GeoNames ids: gold spans, end to end
    python -m benchmarks.entities top CORPUS [--articles N] --out DIR
                                                            the most frequent entities of each kind
    python -m benchmarks.entities predict DOCS > PRED       the predictions themselves

DOCS has one object a line: ``doc_id``, ``text``, and if known ``title``, ``url``, ``source``.
GOLD has ``doc_id``, ``start``, ``end`` and ``type`` (PER, ORG, LOC) or, for places,
``geonames_id``, ``lat``, ``lon``. Spans are compared exactly after a leading "the " and a trailing
's are cut on both sides. A place is right with the same id or within 161 km.
The cost is the CPU time of the names as a share of the parse's; loading the gazetteer and the
reference tables, once a worker, is told apart.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.entities_gold import differences, passages, predicted, score
from benchmarks.entities_top import main as top
from transforms.entities import read_entities
from transforms.entities.candidate import Candidate
from transforms.entities.entity import Entity
from transforms.entities.gazetteer import gazetteer
from transforms.entities.identity import entities
from transforms.entities.lexicon import Known, lexicon
from transforms.entities.name import Name
from transforms.entities.names import fold
from transforms.entities.recognise import names_of
from transforms.identity import text_id
from transforms.model import Article, Parsed
from transforms.parse import DEFAULT_MODEL, parse

Json = dict[str, Any]
TYPES = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
NEAR_KM = 161.0
#: What is read before the measurement, so that all tables are at hand.
_FIRST = "LYON (AP) -- Anna Berg, 41, the mayor of Paris, Texas, met Rovers at North Pier (NP)."


def article(doc: Json) -> Article:
    """A document of the benchmark as an article."""
    return Article(
        article_id=text_id(doc["doc_id"]),
        source_uri=doc["doc_id"],
        raw_id="0" * 64,
        text=doc["text"],
        text_id=text_id(doc["text"]),
        url=doc.get("url"),
        source=doc.get("source"),
        title=doc.get("title"),
    )


def predict(parsed: Parsed) -> Iterator[Json]:
    """The mentions of an article as lines of a prediction, with the place they are linked to."""
    mentions, found = read_entities(parsed)
    by_id = {row["entity_id"]: row for row in found}
    for row in mentions:
        entity = by_id[row["entity_id"]]
        if row["entity_type"] in TYPES:
            yield {
                "doc_id": parsed.article.source_uri,
                "start": row["char_start"],
                "end": row["char_end"],
                "type": TYPES[row["entity_type"]],
                "geonames_id": entity["geonames_id"],
                "lat": entity["latitude"],
                "lon": entity["longitude"],
            }


def place_spans(parsed: Parsed, spans: Sequence[Json]) -> Iterator[Json]:
    """The places that the given spans mean, in the article as it is read otherwise."""
    doc = parsed.doc
    names = names_of(doc, parsed.article.text, parsed.article.authors, parsed.article.publisher)
    for name in names.values():
        name.items = [
            item
            for item in name.items
            if not any(item.start < span["end"] and span["start"] < item.end for span in spans)
        ]
    names = {key: name for key, name in names.items() if name.items}
    wanted: dict[int, Json] = {}
    for span in spans:
        text = parsed.article.text[span["start"] : span["end"]]
        tokens = doc.char_span(span["start"], span["end"], alignment_mode="expand")
        first, last = (tokens.start, tokens.end) if tokens is not None else (0, 0)
        item = Candidate(span["start"], span["end"], first, last, text, "GPE", "reference")
        item.known = _places_known(text)
        item.kind = "GPE"
        key = fold(text)
        name = names.setdefault("given " + key, Name(key, text))
        name.kind = "GPE"
        name.items.append(item)
        wanted[id(item)] = span
    for entity in entities(parsed.article, doc.text, names, gazetteer()):
        for item in entity.items:
            if id(item) in wanted:
                yield _placed(parsed.article.source_uri, item, entity)


def _places_known(text: str) -> tuple[Known, ...]:
    """What the reference tables know of a place; a demonym stands for its country."""
    found = []
    for known in lexicon().get(text):
        if known.kind in ("GPE", "LOC", "FAC"):
            found.append(known)
        elif known.kind == "NORP" and known.country:
            found.append(Known("GPE", known.name, known.country))
    return tuple(found)


def _placed(doc_id: str, item: Candidate, entity: Entity) -> Json:
    place, known = entity.place, entity.known
    return {
        "doc_id": doc_id,
        "start": item.start,
        "end": item.end,
        "geonames_id": place.geonames_id if place else None,
        "lat": place.latitude if place else known.latitude if known else None,
        "lon": place.longitude if place else known.longitude if known else None,
    }


def measure(right: int, made: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 in percent."""
    precision = right / made if made else 0.0
    recall = right / gold if gold else 0.0
    both = precision + recall
    return {
        "P": round(100 * precision, 1),
        "R": round(100 * recall, 1),
        "F1": round(200 * precision * recall / both, 1) if both else 0.0,
    }


def score_spans(texts: dict[str, str], gold: Iterable[Json], made: Iterable[Json]) -> Json:
    """Exact spans by type and over all."""
    sets: tuple[dict[str, set[Any]], dict[str, set[Any]]] = (defaultdict(set), defaultdict(set))
    for side, rows in zip(sets, (gold, made), strict=True):
        for row in rows:
            start, end = row["start"], row["end"]
            text = texts[row["doc_id"]][start:end]
            start += 4 if text[:4].lower() == "the " else 0
            end -= 2 if text.endswith(("'s", "’s")) else 0
            side[row["type"]].add((row["doc_id"], start, end))
    counts = {
        kind: (len(sets[0][kind] & sets[1][kind]), len(sets[1][kind]), len(sets[0][kind]))
        for kind in ("PER", "ORG", "LOC")
    }
    result = {kind: measure(*numbers) for kind, numbers in counts.items()}
    right, total, wanted = (sum(column) for column in zip(*counts.values(), strict=True))
    result["ALL"] = measure(right, total, wanted)
    return result


def score_places(gold: Iterable[Json], made: Sequence[Json]) -> Json:
    """Over gold places with an id: how many were found and how many are right."""
    by_doc: dict[str, list[Json]] = defaultdict(list)
    for row in made:
        by_doc[row["doc_id"]].append(row)
    total = found = right = 0
    for wanted in gold:
        if not wanted.get("geonames_id"):
            continue
        total += 1
        over = [
            row
            for row in by_doc[wanted["doc_id"]]
            if row["start"] < wanted["end"] and wanted["start"] < row["end"]
        ]
        found += bool(over)
        right += any(_right(row, wanted) for row in over)
    placed = sum(row["lat"] is not None for row in made)
    return {
        "gold": total,
        "found": round(100 * found / max(total, 1), 1),
        "right": round(100 * right / max(total, 1), 1),
        "end_to_end": measure(right, placed, total),
    }


def _right(row: Json, wanted: Json) -> bool:
    if row["geonames_id"] == wanted["geonames_id"]:
        return True
    if row["lat"] is None:
        return False
    return _km(row["lat"], row["lon"], wanted["lat"], wanted["lon"]) <= NEAR_KM


def _km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    a, b, across = math.radians(lat), math.radians(lat2), math.radians(lon2 - lon)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, half)))


def own_gold(model: str, *, wrong: bool) -> int:
    """Print the measures of the project's own gold, and with ``wrong`` what is not right."""
    pairs = [(one.mentions, predicted(one, model)) for one in passages()]
    print(f"passages: {len(pairs)}, mentions: {sum(len(gold) for gold, _ in pairs)}")
    for measure, value in score(pairs).items():
        print(f"{measure}: {value}")
    if wrong:
        for gold, read in pairs:
            for line in differences(gold, read):
                print(line)
    return 0


def read_lines(path: Path) -> list[Json]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=("score", "predict", "top"))
    parser.add_argument("docs", type=Path, nargs="?")
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, help="how many articles of the corpus")
    parser.add_argument("--out", type=Path, help="the folder for the tables of the most frequent")
    parser.add_argument("--places", action="store_true", help="score GeoNames ids")
    parser.add_argument("--wrong", action="store_true", help="list what is wrong in our own gold")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    options = parser.parse_args(arguments)
    if options.docs is None and options.command == "score":
        return own_gold(options.model, wrong=options.wrong)
    if options.docs is None or (options.command == "score" and options.gold is None):
        parser.error(f"{options.command} needs DOCS" + " and GOLD" * (options.docs is not None))
    if options.command == "top":
        if options.out is None:
            parser.error("top needs --out DIR")
        return top(options.docs, options.articles, options.out, options.model)
    docs = read_lines(options.docs)
    gold = read_lines(options.gold) if options.gold else []
    lacking = "geonames_id" if options.places else "type"
    if gold and not any(lacking in row for row in gold):
        parser.error(
            f"{options.gold} has no {lacking}: "
            + ("score it without --places" if options.places else "score it with --places")
        )
    gold_by_doc: dict[str, list[Json]] = defaultdict(list)
    for row in gold:
        gold_by_doc[row["doc_id"]].append(row)
    first = parse(article({"doc_id": "", "text": _FIRST}), options.model)
    started = time.process_time()
    list(predict(first))
    loading = time.process_time() - started
    parsing = reading = 0.0
    made: list[Json] = []
    placed: list[Json] = []
    for doc in docs:
        started = time.process_time()
        parsed = parse(article(doc), options.model)
        parsing += time.process_time() - started
        started = time.process_time()
        made += predict(parsed)
        reading += time.process_time() - started
        if options.places:
            placed += place_spans(parsed, gold_by_doc[doc["doc_id"]])
    if options.command == "predict":
        for row in made:
            print(json.dumps(row, ensure_ascii=False))
        return 0
    result: Json = {"documents": len(docs)}
    if options.places:
        result["gold_spans"] = score_places(gold, placed)
        places = [row for row in made if row["type"] == "LOC"]
        result["end_to_end"] = score_places(gold, places)
    else:
        result |= score_spans({doc["doc_id"]: doc["text"] for doc in docs}, gold, made)
    result["cpu_seconds"] = {
        "parse": round(parsing, 1),
        "entities": round(reading, 1),
        "loading what names need, once a worker": round(loading, 1),
    }
    result["cost_beyond_parse"] = f"{100 * reading / max(parsing, 1e-9):.1f}%"
    for key, value in result.items():
        print(f"{key}: {json.dumps(value)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
