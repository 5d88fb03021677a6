"""What people correct of an article itself: before its text is read, so that what hangs on it
follows."""

from __future__ import annotations

import dataclasses
import datetime as dt

from transforms.article.publishers import by_name
from transforms.corrections import Corrections, Met
from transforms.model import Article
from transforms.zones import tzinfo
from warehouse.tables import ARTICLES

_WHEN = frozenset({"published_at", "published_zone", "published_date"})


def corrected_article(
    article: Article, corrections: Corrections, zone: str | None = None
) -> tuple[Article, list[Met]]:
    """The article with what is corrected of it, and the corrections that were met.

    Its id and what orders its versions (``version_at``) stay. The publisher's country goes with the
    publisher; the time, zone and date of publication go together: a zone or a date that is
    corrected alone leaves the local time as it was. ``zone`` is the source's, for an article that
    had none.
    """
    found = [
        Met(one, _read(article, one.column))
        for one in corrections.of(ARTICLES.name, article.article_id)
    ]
    if all(one.obsolete for one in found):
        return article, found
    given = {one.correction.column: one.correction.value for one in found}
    changes = {**given, **_when(article, given, zone)} if given.keys() & _WHEN else given
    if "authors" in given:
        changes["authors"] = tuple(given["authors"])
    known = by_name(given["publisher"]) if given.get("publisher") else None
    if known is not None and known.country is not None:
        changes["country"] = known.country
    return dataclasses.replace(article, **changes), found


def _read(article: Article, column: str) -> object:
    value = getattr(article, column)
    return list(value) if isinstance(value, tuple) else value


def _when(article: Article, given: dict[str, object], zone: str | None) -> dict[str, object]:
    """The time, zone and date of publication, each as given or such that it agrees with them."""
    named = given.get("published_zone", article.published_zone)
    here = tzinfo(str(named or zone or "UTC"))
    at = given.get("published_at", article.published_at)
    if "published_at" in given:
        local = _local(at, here)
    else:
        local = _local(at, tzinfo(article.published_zone or "UTC"))
    day = given.get("published_date", local.date() if local else None)
    if not isinstance(day, dt.date):
        return {"published_at": given.get("published_at"), "published_date": None}
    if "published_at" not in given:
        time = local.time() if local else dt.time()
        there = dt.datetime.combine(day, time, here)
        at = there.astimezone(dt.UTC).replace(tzinfo=None)
    if named is None and "published_zone" not in given:
        named = zone or "UTC"
    return {"published_at": at, "published_date": day, "published_zone": named}


def _local(at: object, zone: dt.tzinfo) -> dt.datetime | None:
    if not isinstance(at, dt.datetime):
        return None
    return at.replace(tzinfo=dt.UTC).astimezone(zone).replace(tzinfo=None)
