"""The rows of the claims table, from one parsed article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from transforms.claims.en.names import Names, Speaker
from transforms.claims.en.speaker_kinds import speaker_country, speaker_kinds
from transforms.claims.en.speakers import Speakers
from transforms.claims.en.telling import addressee, said_on
from transforms.events.en.statement import Statement
from transforms.events.scene import Scene
from transforms.identity import span_id
from transforms.model import Article, Parsed
from transforms.words import reporting
from warehouse.tables import CLAIMS, Row


def read_claims(
    parsed: Parsed,
    scene: Scene,
    mentions: Sequence[Mapping[str, Any]],
    entities: Sequence[Mapping[str, Any]],
) -> list[Row]:
    """Every statement that the article reports, as rows of ``claims`` in the order of the text."""
    tree = scene.tree
    statements = scene.statements.all
    number = {one: n for n, one in enumerate(statements)}
    around = [scene.statements.outer(one) for one in statements]
    outer = [number[one] if one is not None else None for one in around]
    names = Names(tree, parsed.text, mentions, entities)
    speakers = Speakers(tree, names)
    resolved: dict[int, Speaker] = {}
    rows: list[Row] = []
    order = sorted(range(len(statements)), key=lambda n: (_asked(scene, statements[n]), n))
    for n in order:
        one = statements[n]
        above = outer[n]
        by = resolved.get(above) if above is not None and statements[above].quoted else None
        resolved[n] = speakers.resolve(one.source, by, tree.at(one.start))
    kinds = speaker_kinds(tree, [(one.source, resolved[n]) for n, one in enumerate(statements)])
    ids = [claim_id(parsed.article, one) for one in statements]
    for n, one in enumerate(statements):
        within = outer[n]
        before = _continued(scene, statements, resolved, n, within)
        rows.append(
            _row(
                parsed,
                scene,
                one,
                resolved[n],
                kind=kinds[n],
                country=speaker_country(names, one.source, resolved[n]),
                own_id=ids[n],
                within=ids[within] if within is not None else None,
                continues=ids[before] if before is not None else None,
            )
        )
    return rows


def _asked(scene: Scene, one: Statement) -> int:
    """Where the speaker is written, so that a pronoun is asked after what it may stand for."""
    return one.source.head if not one.joined else scene.tree.at(one.start)


def _continued(
    scene: Scene,
    statements: Sequence[Statement],
    resolved: Mapping[int, Speaker],
    n: int,
    within: int | None,
) -> int | None:
    """The statement that one goes on with: quoted anew, or "he added"."""
    one = statements[n]
    added = one.cue is not None and scene.tree.lemma[one.cue] in reporting("verb", "continued")
    if within is not None or not (one.joined or added):
        return None
    for m in range(n - 1, -1, -1):
        if statements[m].end > one.start:
            continue
        same = (
            statements[m].source == one.source
            or (resolved[m].name is not None and resolved[m].name == resolved[n].name)
            or resolved[m].head == resolved[n].head
        )
        return m if same else None
    return None


def claim_id(article: Article, one: Statement) -> str:
    """The id of the row of a statement."""
    return span_id(
        "claim", article.article_id, one.start, one.end, article.text[one.start : one.end]
    )


def _cue(scene: Scene, one: Statement) -> str | None:
    """The lemma of the word that ties a statement to its speaker, with "to" after "according"."""
    if one.cue is None:
        return None
    word = scene.tree.lower[one.cue]
    return "according to" if word == "according" else scene.tree.lemma[one.cue]


def _row(
    parsed: Parsed,
    scene: Scene,
    one: Statement,
    speaker: Speaker,
    *,
    kind: str,
    country: str | None,
    own_id: str,
    within: str | None,
    continues: str | None,
) -> Row:
    article, tree = parsed.article, scene.tree
    sentence_no = scene.view.sentence_no(one.start)
    told = addressee(tree, one)
    days = said_on(tree, scene.times, one)
    entity = speaker.entity
    return CLAIMS.row(
        claim_id=own_id,
        article_id=article.article_id,
        published_date=article.published_date,
        sentence_no=sentence_no,
        char_start=one.start,
        char_end=one.end,
        surface=article.text[one.start : one.end],
        kind=one.kind,
        quoted=one.quoted,
        continues=continues,
        within=within,
        speaker=scene.tokens(one.source.first, one.source.last),
        speaker_name=speaker.name,
        speaker_entity_id=entity["entity_id"] if entity is not None else None,
        speaker_kind=kind,
        speaker_country=country,
        cue=_cue(scene, one),
        addressee=scene.tokens(*told) if told is not None else None,
        said_start=days[0] if days is not None else None,
        said_end=days[1] if days is not None else None,
        rule=one.source.rule,
        sentence=parsed.evidence(sentence_no, one.start),
    )
