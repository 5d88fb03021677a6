"""Whether a change of the code changes rows, and which.

    python -m benchmarks.rows write OUT CORPUS.jsonl[.gz]... [--articles N] [--parses FOLDER]
    python -m benchmarks.rows compare BEFORE AFTER [--show 20] [--without TABLE.COLUMN ...]

``write`` reads the corpora with this checkout's code and writes one JSON line a row, a file a
table. A line of a corpus is an object with ``id`` (or ``doc_id``), ``text`` and, if known,
``published_at``, ``date`` or ``dct``, ``source``, ``url``. With ``--parses`` the parses are kept
in a folder and read again from it: for changes of the readers only. ``compare`` prints the digest
of each table of both and what differs, by column; it ends with 1 where something does.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

Row = dict[str, Any]
#: Differs from version to version by intent.
ALWAYS_WITHOUT = ("articles.extractor",)


def records(paths: Iterable[Path], most: int | None) -> Iterator[Row]:
    """The documents of the corpora, their keys as a JSONL source has them; ``most`` of each."""
    for path in paths:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file):
                if most is not None and number >= most:
                    break
                found = json.loads(line)
                published = (
                    found.get("published_at")
                    or found.get("date")
                    or found.get("dct")
                    or "2022-06-01"
                )
                kept = {key: found[key] for key in ("title", "url", "source") if found.get(key)}
                name = str(found.get("id") or found.get("doc_id"))
                yield {
                    "id": f"{path.name}:{name}",
                    "text": found["text"],
                    "published_at": published[:10],
                    "source": path.name.split(".")[0],
                    **kept,
                }


def write(out: Path, paths: list[Path], most: int | None, parses: Path | None) -> None:
    from flows.command.values import to_json
    from transforms import extract
    from transforms.article import read_article
    from transforms.model import Article, RawArticle, Source

    if parses is not None:
        parses.mkdir(parents=True, exist_ok=True)
        vars(extract)["parse"] = _kept_parses(parses)
    out.mkdir(parents=True, exist_ok=True)
    files: dict[str, IO[str]] = {}
    moment = dt.datetime(2000, 1, 1)
    for count, record in enumerate(records(paths, most), 1):
        payload = json.dumps(record, ensure_ascii=False).encode()
        name = record["id"]
        raw = RawArticle(name, "application/x-ndjson", moment, payload, Source("corpus"))
        article = read_article(raw)
        if not isinstance(article, Article):
            continue
        for table, rows in extract.read_rows(article).items():
            if table not in files:
                files[table] = (out / f"{table}.jsonl").open("w", encoding="utf-8")
            files[table].writelines(to_json(row) + "\n" for row in rows)
        if count % 500 == 0:
            print(f"{count} articles", file=sys.stderr, flush=True)
    for file in files.values():
        file.close()


def _kept_parses(folder: Path) -> Callable[..., Any]:
    """Parses kept by the text's digest: what the tagger, parser, recogniser and lemmatizer said."""
    from spacy.tokens import Doc, DocBin

    from transforms.model import Parsed
    from transforms.parse import DEFAULT_MODEL, load_model, parse
    from transforms.wrapped import unwrapped

    nlp = load_model()
    attributes = [
        "ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START", "ENT_IOB",
        "ENT_TYPE", "NORM",
    ]  # fmt: skip

    def kept(article: Any, model: str = DEFAULT_MODEL) -> Parsed:
        path = folder / hashlib.sha256(article.text.encode()).hexdigest()[:24]
        if path.exists():
            stored = json.loads(path.with_suffix(".json").read_text())
            doc: Doc = next(iter(DocBin().from_bytes(path.read_bytes()).get_docs(nlp.vocab)))
            ends = tuple((a, b) for a, b in stored)
            return Parsed(article, doc, ends, unwrapped(article.text))
        parsed = parse(article, model)
        path.with_suffix(".json").write_text(json.dumps(parsed.sentences))
        path.write_bytes(DocBin(attrs=attributes, docs=[parsed.doc]).to_bytes())
        return parsed

    return kept


def _rows(path: Path, without: set[str]) -> Iterator[tuple[tuple[str, ...], Row]]:
    key = _KEYS.get(path.stem, ("article_id",))
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = {k: v for k, v in json.loads(line).items() if f"{path.stem}.{k}" not in without}
            yield tuple(str(row[k]) for k in key), row


_KEYS = {
    "articles": ("article_id",),
    "mentions": ("mention_id",),
    "entities": ("article_id", "entity_id"),
    "figures": ("figure_id",),
    "dates": ("date_id",),
}


def compare(before: Path, after: Path, show: int, without: set[str]) -> bool:
    """Print what differs; whether nothing does."""
    same = True
    for path in sorted(before.glob("*.jsonl")):
        old = dict(_rows(path, without))
        new = dict(_rows(after / path.name, without))
        digests = [
            hashlib.sha256(repr(list(t.items())).encode()).hexdigest()[:16] for t in (old, new)
        ]
        equal = old == new
        same &= equal
        print(f"{path.stem:10} {len(old):7} rows  {digests[0]}  {len(new):7} rows  {digests[1]}")
        if equal:
            continue
        gone, come = [old[k] for k in old.keys() - new], [new[k] for k in new.keys() - old]
        columns: Counter[str] = Counter()
        changed = []
        for key in old.keys() & new.keys():
            differing = [c for c in old[key] if old[key][c] != new[key].get(c)]
            columns.update(differing)
            if differing:
                changed.append((old[key], new[key], differing))
        print(f"  {len(gone)} gone, {len(come)} come, {len(changed)} changed: {dict(columns)}")
        for label, rows in (("-", gone), ("+", come)):
            for row in sorted(rows, key=repr)[:show]:
                print(" ", label, row.get("surface") or row.get("name"), row.get("rule"),
                      "|", (row.get("sentence") or "")[:160])  # fmt: skip
        for row, other, differing in sorted(changed, key=repr)[:show]:
            said = "; ".join(f"{c}: {row[c]!r} -> {other.get(c)!r}" for c in differing)
            where = row.get("surface") or row.get("name")
            print("  ~", where, "|", said, "|", (row.get("sentence") or "")[:160])
    return same


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = parser.add_subparsers(dest="part", required=True)
    one = parts.add_parser("write")
    one.add_argument("out", type=Path)
    one.add_argument("corpora", type=Path, nargs="+")
    one.add_argument("--articles", type=int)
    one.add_argument("--parses", type=Path)
    two = parts.add_parser("compare")
    two.add_argument("before", type=Path)
    two.add_argument("after", type=Path)
    two.add_argument("--show", type=int, default=20)
    two.add_argument("--without", nargs="*", default=[])
    chosen = parser.parse_args()
    if chosen.part == "write":
        write(chosen.out, chosen.corpora, chosen.articles, chosen.parses)
    elif not compare(chosen.before, chosen.after, chosen.show, {*ALWAYS_WITHOUT, *chosen.without}):
        sys.exit(1)


if __name__ == "__main__":
    main()
