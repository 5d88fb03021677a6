"""How well names are read on the project's own gold: kinds, identity and links.

The gold is ``benchmarks/gold/entities.txt``; its head says how it is written and what counts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from transforms.entities import read_entities
from transforms.identity import text_id
from transforms.model import Article
from transforms.parse import DEFAULT_MODEL, parse
from warehouse.tables import Row

GOLD = Path(__file__).parent / "gold" / "entities.txt"
KINDS = {
    "P": "PERSON",
    "N": "NORP",
    "F": "FAC",
    "O": "ORG",
    "G": "GPE",
    "L": "LOC",
    "R": "PRODUCT",
    "E": "EVENT",
    "W": "WORK_OF_ART",
    "A": "LAW",
}
#: A town and the county that bears its name count as one place.
NEAR_KM = 25.0

_NAME = re.compile(r"\{([^{}|]+)\|([A-Z])\|([\w-]+)(?:=([^{}]+))?\}")
_LEFT_OUT = re.compile(r"^[Tt]he |['’]s$")

Span = tuple[str, int, int]


@dataclass(frozen=True)
class Mention:
    """A name in a passage: its kind, which entity of the passage, and what that is linked to."""

    passage: str
    start: int
    end: int
    text: str
    kind: str
    entity: str
    link: str

    @property
    def span(self) -> Span:
        """The span as it is compared: without a leading "the" and a trailing 's."""
        start, end = self.start, self.end
        for found in _LEFT_OUT.finditer(self.text):
            start += found.end() if found.start() == 0 else 0
            end -= len(found[0]) if found.start() else 0
        return self.passage, start, end


@dataclass
class Passage:
    """A passage of the gold as an article, with its names."""

    article: Article
    mentions: list[Mention] = field(default_factory=list)


def passages(path: Path = GOLD) -> list[Passage]:
    """The passages of a gold file. Raises ``ValueError`` naming file and line."""
    found: list[Passage] = []
    head = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            if line.startswith("## "):
                head = line[3:]
            elif line and not line.startswith("#"):
                found.append(_passage(head, line))
        except ValueError as error:
            raise ValueError(f"{path}:{number}: {error}") from error
    return found


def _passage(head: str, marked: str) -> Passage:
    passage, _, columns = (part.strip() for part in head.partition("|"))
    text = ""
    mentions: list[Mention] = []
    links: dict[str, str] = {}
    position = 0
    for found in _NAME.finditer(marked):
        text += marked[position : found.start()]
        position = found.end()
        surface, kind, entity, link = found.groups()
        if kind not in KINDS:
            raise ValueError(f"{found[0]}: the kind is none of {', '.join(KINDS)}")
        if link:
            links.setdefault(entity, link)
        if entity not in links:
            raise ValueError(f"{found[0]}: the first mention of {entity} has no =link")
        mentions.append(
            Mention(
                passage,
                len(text),
                len(text) + len(surface),
                surface,
                KINDS[kind],
                entity,
                links[entity],
            )
        )
        text += surface
    text += marked[position:]
    if "{" in text or "}" in text:
        raise ValueError(f"a name is not written {{surface|kind|identity=link}} in: {text}")
    given = dict(part.strip().split("=", 1) for part in columns.split(";") if part.strip())
    article = Article(
        article_id=text_id(passage),
        source_uri=passage,
        raw_id="0" * 64,
        text=text,
        text_id=text_id(text),
        url=given.get("url"),
        publisher=given.get("publisher"),
        country=given.get("country"),
    )
    return Passage(article, mentions)


def predicted(passage: Passage, model: str = DEFAULT_MODEL) -> list[Mention]:
    """The names as they are read, in the shape of the gold."""
    mentions, entities = read_entities(parse(passage.article, model))
    links = {row["entity_id"]: link_of(row) for row in entities}
    return [
        Mention(
            passage.article.source_uri,
            row["char_start"],
            row["char_end"],
            row["surface"],
            row["entity_type"],
            row["entity_id"],
            links[row["entity_id"]],
        )
        for row in mentions
    ]


def link_of(row: Row) -> str:
    """The link of a row of ``entities`` as the gold writes it."""
    if row["link_status"] == "ambiguous":
        return "?"
    if row["reference_id"]:
        return str(row["reference_id"])
    if row["link_status"] == "local":
        return "-"
    if row["geonames_id"] and not _is_country(row):
        return str(row["geonames_id"])
    return str(row["country"] or "-")


def _is_country(row: Row) -> bool:
    from transforms.entities.gazetteer import gazetteer
    from transforms.entities.place import COUNTRY

    place = gazetteer().by_id(row["geonames_id"])
    return place is not None and place.level == COUNTRY


def measures(path: Path = GOLD, model: str = DEFAULT_MODEL) -> dict[str, float]:
    """Every measure in percent: F1 by kind and over all, of identity (B-cubed), link accuracy."""
    gold = passages(path)
    return score([(one.mentions, predicted(one, model)) for one in gold])


def score(pairs: Sequence[tuple[list[Mention], list[Mention]]]) -> dict[str, float]:
    """The measures over (gold mentions, read mentions) of each passage."""
    result: dict[str, float] = {}
    right: Counter[str] = Counter()
    made: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    spans = 0
    linked = links = 0
    overlap = precision_sum = recall_sum = 0.0
    for gold, read in pairs:
        by_span = {mention.span: mention for mention in read}
        for mention in gold:
            wanted[mention.kind] += 1
            other = by_span.get(mention.span)
            if other is None:
                continue
            spans += 1
            right[mention.kind] += other.kind == mention.kind
            links += 1
            linked += same_link(mention.link, other.link)
        made.update(mention.kind for mention in read)
        for precision, recall in _cubed(gold, by_span):
            precision_sum += precision
            recall_sum += recall
            overlap += 1
    for kind in KINDS.values():
        if wanted[kind]:
            result[kind] = f1(right[kind], made[kind], wanted[kind])
    result["kind"] = f1(right.total(), made.total(), wanted.total())
    result["span"] = f1(spans, made.total(), wanted.total())
    both = precision_sum + recall_sum
    result["identity"] = (
        round(200 * precision_sum * recall_sum / both / max(overlap, 1), 1) if both else 0.0
    )
    result["link"] = round(100 * linked / max(links, 1), 1)
    return result


def _cubed(gold: Sequence[Mention], read: dict[Span, Mention]) -> Iterator[tuple[float, float]]:
    """B-cubed precision and recall of each mention that both have."""
    both = [(mention.entity, read[mention.span].entity) for mention in gold if mention.span in read]
    for wanted, found in both:
        same = sum(pair == (wanted, found) for pair in both)
        yield (
            same / sum(other == found for _, other in both),
            same / sum(other == wanted for other, _ in both),
        )


def same_link(wanted: str, found: str) -> bool:
    """Whether two links are the same, or places with GeoNames ids a few kilometres apart."""
    if wanted == found:
        return True
    if not (wanted.isdigit() and found.isdigit()):
        return False
    from transforms.entities.gazetteer import gazetteer
    from transforms.entities.locating import kilometres

    one, other = gazetteer().by_id(int(wanted)), gazetteer().by_id(int(found))
    if one is None or other is None or one.country != other.country:
        return False
    return kilometres(one, other) <= NEAR_KM


def f1(right: int, made: int, wanted: int) -> float:
    return round(200 * right / max(made + wanted, 1), 1)


def differences(gold: Sequence[Mention], read: Sequence[Mention]) -> Iterator[str]:
    """What was missed, read wrongly or too much, for a person."""
    by_span = {mention.span: mention for mention in read}
    seen = {mention.span for mention in gold}
    entities: dict[str, set[str]] = defaultdict(set)
    for mention in gold:
        other = by_span.get(mention.span)
        where = f"{mention.passage} {mention.kind} {mention.text!r}"
        if other is None:
            yield f"{where}: missed"
            continue
        entities[mention.entity].add(other.entity)
        if other.kind != mention.kind:
            yield f"{where}: read as {other.kind}"
        if not same_link(mention.link, other.link):
            yield f"{where}: linked to {other.link} instead of {mention.link}"
    for entity, parts in sorted(entities.items()):
        if len(parts) > 1:
            yield f"{gold[0].passage} {entity}: split into {len(parts)} entities"
    owners: dict[str, set[str]] = defaultdict(set)
    for mention in gold:
        if mention.span in by_span:
            owners[by_span[mention.span].entity].add(mention.entity)
    for several in owners.values():
        if len(several) > 1:
            yield f"{gold[0].passage} {', '.join(sorted(several))}: one entity"
    for mention in read:
        if mention.span not in seen:
            yield f"{mention.passage} {mention.kind} {mention.text!r}: too much"
