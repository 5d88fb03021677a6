"""``dateline explain``: why each row is there, and what was considered and left out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.command.group import BAD_DATA, DONE, Globals, common_options, corrections_option
from flows.command.run import require_model
from flows.errors import UsageError, shown

if TYPE_CHECKING:
    import datetime as dt

    from flows.settings import Settings
    from transforms.corrections import Corrected
    from transforms.explain import Explained, Piece
    from transforms.model import Article, Reject

_HEADINGS = {"figures": "figure", "dates": "time", "entities": "name"}


@click.command(short_help="Say why each row is there, and why others are not.")
@click.argument("what", nargs=-1, required=True, metavar="TEXT|FILE...")
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The date of publication, if the input does not say it.",
)
@click.option("--publisher", metavar="NAME", help="The publisher, if the input does not say it.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text for a person, json for one object an article (schema: docs/explain.md).",
)
@click.option("--model", metavar="NAME", help="The spaCy pipeline to parse with.")
@corrections_option
@common_options
@click.pass_obj
def explain(
    shared: Globals,
    what: Sequence[str],
    published: dt.datetime | None,
    publisher: str | None,
    form: str,
    model: str | None,
    corrections: str | None,
) -> int:
    """Say, sentence by sentence, what was read, as what and by which rule, and what was left out.

    Give one TEXT in quotes, or FILEs as for `dateline extract`. Of a quantity it shows the row and
    its rules; of a time, the day it is counted from and the tense of the verb that decided; of a
    name, the evidence for its kind and the places on the map that it may mean. Of everything that
    was considered but left out it says why. Below them is each clause as a frame: what happens,
    who takes part and in which role, where, when, and who says so; then what was corrected in the
    rows of the sentence (docs/corrections.md).

    \b
    Examples:
      $ dateline explain "The raid began at 9 and three men were killed." --published 2025-06-12
      $ dateline explain news/story.txt
      $ dateline explain story.txt --format json | jq '.sentences[].pieces[] | select(.taken | not)'
    """
    settings = shared.settings(model=model, corrections=corrections)
    require_model(settings)
    from flows.corrections import named_corrections
    from transforms.article.corrected import corrected_article
    from transforms.corrections import NONE, Corrected, corrected_as_json
    from transforms.explain import as_json
    from transforms.explain import explain as explained
    from transforms.model import Reject

    named = named_corrections(settings.corrections) or NONE
    articles = list(_articles(what, settings, published, publisher))
    rejected = 0
    for article, zone in articles:
        if isinstance(article, Reject):
            rejected += 1
            click.echo(shown(f"Rejected ({article.reason}): {article.detail}"), err=True)
            continue
        article, met = corrected_article(article, named, zone)
        corrected = [Corrected(one) for one in met]
        sentences = explained(article, settings.model, named)
        if form == "json":
            told = {
                "source_uri": article.source_uri,
                "published_date": article.published_date and article.published_date.isoformat(),
                "corrections": [corrected_as_json(one) for one in corrected],
                "sentences": as_json(sentences),
            }
            click.echo(json.dumps(told, ensure_ascii=False, default=str))
        else:
            click.echo("\n".join(_lines(article, corrected, sentences)))
    return BAD_DATA if articles and rejected == len(articles) else DONE


def _articles(
    what: Sequence[str],
    settings: Settings,
    published: dt.datetime | None,
    publisher: str | None,
) -> Iterator[tuple[Article | Reject, str | None]]:
    """The article of a text, or those of files, each with the zone of its source; what they do not
    say of themselves is filled in."""
    import dataclasses
    import datetime as dt

    from flows.readers import read
    from flows.readers.remote import Web
    from transforms.article import read_article
    from transforms.model import NDJSON, Article, RawArticle, Reject, Source

    if len(what) == 1 and not _is_path(what[0]):
        told: dict[str, Any] = {"id": "text", "text": what[0]}
        if published is not None:
            told["published_at"] = published.date().isoformat()
        if publisher is not None:
            told["publisher"] = publisher
        raw = RawArticle(
            "text",
            NDJSON,
            dt.datetime(1970, 1, 1),
            json.dumps(told).encode(),
            Source("text", settings.default_zone, language="en"),
        )
        yield read_article(raw), raw.source.zone
        return
    missing = [name for name in what if not _is_path(name)]
    if missing:
        raise UsageError(f"{missing[0]} is not a file or folder; give one text alone, in quotes")
    for record in read(settings.select(list(what)), settings.limits, Web(settings.fetch)):
        article = record if isinstance(record, Reject) else read_article(record)
        if isinstance(article, Article):
            if article.published_date is None and published is not None:
                article = dataclasses.replace(article, published_date=published.date())
            if article.publisher is None and publisher is not None:
                article = dataclasses.replace(article, publisher=publisher)
        yield article, None if isinstance(record, Reject) else record.source.zone


def _is_path(name: str) -> bool:
    """Whether an argument names files: it exists, is a pattern, or is one word with a slash."""
    if any(c.isspace() for c in name):
        try:
            return Path(name).exists()
        except OSError:  # a text longer than a name may be
            return False
    return Path(name).exists() or os.sep in name or any(c in name for c in "*?[")


def _lines(
    article: Article, corrected: Sequence[Corrected], sentences: Sequence[Explained]
) -> Iterator[str]:
    day = article.published_date
    when = "with no date of publication" if day is None else f"published {day}"
    yield f"{article.source_uri}, {when}"
    for one in corrected:
        yield _corrected(one)
    for sentence in sentences:
        yield ""
        yield f"[{sentence.sentence_no}] " + " ".join(sentence.text.split())
        for piece in sentence.pieces:
            yield from _piece(piece)
        for frame in sentence.frames:
            yield from _frame(frame)
        for one in sentence.corrected:
            yield _corrected(one)


def _corrected(one: Corrected) -> str:
    """What somebody corrected, what had been read there, and why."""
    from flows.corrections import text_of

    correction, read = one.met.correction, text_of(one.met.read)
    of = "" if one.surface is None else f" of “{' '.join(one.surface.split())}”"
    value, was = (
        f"“{text}”" if text is not None else "null" for text in (text_of(correction.value), read)
    )
    told = "which is also what is read: obsolete" if one.met.obsolete else f"read as {was}"
    return (
        f"  * {correction.table}.{correction.column}{of} is {value}, {told}: {correction.why} "
        f"({correction.by}, {correction.on})"
    )


def _piece(piece: Piece) -> Iterator[str]:
    mark = "+" if piece.taken else "-"
    surface = " ".join(piece.surface.split())
    said = ", ".join(f"{name} {value}" for name, value in piece.says.items())
    heading = _HEADINGS[piece.reader] if piece.taken else f"no {_HEADINGS[piece.reader]}"
    yield f"  {mark} “{surface}”: {heading}" + (f": {said}" if said else "")
    rules = ", ".join(name + (f" ({says})" if says else "") for name, says in piece.rules)
    yield f"      {'rule' if piece.taken else 'reason'}: {rules}"
    for detail in piece.details:
        yield f"      {detail}"


def _frame(frame: Mapping[str, Any]) -> Iterator[str]:
    """What a clause says: who does what to whom, then where, when and by whom it is said."""
    kinds = (frame["kind"], frame["event_type"], frame["plover"])
    heading = f"{frame['lemma']} ({', '.join(kind for kind in kinds if kind)})"
    taking = ", ".join(
        f"{one['role']} {_quoted(one)}" + (f" ({one['joined']})" if one["joined"] else "")
        for one in frame["participants"]
    )
    yield f"  = {_quoted(frame)}: {heading}" + (f": {taking}" if taking else "")
    said = [
        f"{name} {_quoted(frame[name])} ({frame[name]['rule']})"
        for name in ("place", "source")
        if frame[name] is not None
    ]
    time = frame["time"]
    if time is not None:
        days = time["start"] if time["start"] == time["end"] else f"{time['start']}/{time['end']}"
        said.insert(1 if frame["place"] is not None else 0, f"time {days} ({time['rule']})")
    if frame["modality"] != "actual":
        said.append(frame["modality"])
    if said:
        yield f"      {', '.join(said)}"


def _quoted(one: Mapping[str, Any]) -> str:
    return f"“{' '.join(one['surface'].split())}”"
