"""Which version of an article is shown, which article of a story is the original: pure planning.

Nothing here is decided by the order in which inputs arrive, so any partition of the same inputs
into batches, in any order, ends in the same articles with the same roles:

- The versions of an article are ordered by ``version_at`` (null lowest), then ``raw_id``; of one
  raw version found at several places the smallest (source_uri, source) speaks for it. The
  greatest version is the current one.
- ``revision`` is the number of other raw versions known.
- Among the articles whose current versions have the same ``text_id``, the earliest publication
  (``published_at``, null last, then ``article_id``) is the original, the others its duplicates.

A planner knows the lake only by what it is handed: the ledger's versions of the articles in
question, and the articles rows that stand (are published) for them and for their stories. What
it cannot know it asks for (:attr:`Plan.unread`) and is called again.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

#: Source, source_uri, raw_id: what the ledger knows an input by; raw_id is null if unreadable.
Key = tuple[str, str, str | None]
Outcome = Literal["new", "revised", "unchanged", "duplicates"]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article at one place where it was found: a ledger row."""

    article_id: str
    source: str
    source_uri: str
    raw_id: str
    text_id: str
    version_at: dt.datetime | None

    @property
    def key(self) -> Key:
        return (self.source, self.source_uri, self.raw_id)


@dataclass(frozen=True, slots=True)
class Standing:
    """An articles row as it is published: the version that it shows, and its role."""

    version: Version
    published_at: dt.datetime | None
    revision: int
    duplicate_of: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What an article's row is to show."""

    version: Version
    revision: int
    duplicate_of: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make and what to remove, each in the order of article ids.

    ``extract``: originals of which every row is made anew. ``listed``: duplicates, of which the
    articles row is made anew and every other row goes. ``patch``: articles whose row changes
    only in revision or duplicate_of and else stays as it stands. ``gone``: articles of which no
    version is left, whether or not a row stands (a refused one is in quarantine only).
    ``outcomes`` counts each arrival in the order they were given.
    ``unread``: if there are any, nothing else is said: read them, then plan again.
    """

    extract: tuple[Shown, ...] = ()
    listed: tuple[Shown, ...] = ()
    patch: tuple[Shown, ...] = ()
    gone: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    unread: tuple[Version, ...] = ()


def plan(
    arrivals: Sequence[Version],
    ledger: Mapping[str, Collection[Version]],
    standing: Iterable[Standing],
    published: Mapping[Key, dt.datetime | None],
    withheld: AbstractSet[str] = frozenset(),
    again: Sequence[Version] = (),
) -> Plan:
    """The plan for a batch.

    ``arrivals`` are the batch's versions that the ledger does not hold yet. ``ledger`` holds
    every version known before of each article in question (an arrival's article always is), but
    for ``again``: versions that the ledger knew and that were read again, as they are read today.
    An article row that shows one of these is out of date.
    ``standing`` are the articles rows of these articles, and of every article that shares a
    text_id with one of them or with an arrival. ``published`` gives published_at of every
    version that has been read in this batch. ``withheld`` are articles whose row was refused by
    the checks: they are made, stand alone and can be nobody's original.
    """
    stands = {s.version.article_id: s for s in standing}
    versions: dict[str, list[Version]] = {a: list(known) for a, known in ledger.items()}
    for arrival in (*again, *arrivals):
        versions.setdefault(arrival.article_id, []).append(arrival)
    stale = {version.key for version in again}

    def shows(article_id: str, version: Version) -> bool:
        row = stands.get(article_id)
        return row is not None and row.version.key == version.key and version.key not in stale

    current: dict[str, tuple[Version, int]] = {}
    gone: list[str] = []
    for article_id, known in versions.items():
        if known:
            current[article_id] = (_current(known), len({v.raw_id for v in known}) - 1)
        else:
            gone.append(article_id)
    for article_id, row in stands.items():
        if article_id not in versions:
            current[article_id] = (row.version, row.revision)

    unread = [
        version
        for article_id, (version, _) in current.items()
        if version.key not in published and not shows(article_id, version)
    ]
    if unread:
        return Plan(unread=tuple(sorted(unread, key=lambda v: v.article_id)))

    def publication(article_id: str) -> dt.datetime | None:
        version = current[article_id][0]
        if version.key in published:
            return published[version.key]
        return stands[article_id].published_at

    stories: dict[str, list[str]] = defaultdict(list)
    for article_id, (version, _) in current.items():
        if article_id not in withheld:
            stories[version.text_id].append(article_id)
    original = {
        story: min(members, key=lambda a: (*_nulls_last(publication(a)), a))
        for story, members in stories.items()
    }

    known_raws = {article_id: {v.raw_id for v in known} for article_id, known in ledger.items()}
    for version in again:
        known_raws.setdefault(version.article_id, set()).add(version.raw_id)
    extract: list[Shown] = []
    listed: list[Shown] = []
    patch: list[Shown] = []
    for article_id, (version, revision) in sorted(current.items()):
        first = article_id if article_id in withheld else original[version.text_id]
        shown = Shown(version, revision, None if first == article_id else first)
        stood = stands.get(article_id)
        if stood is not None and shows(article_id, version) and article_id not in withheld:
            if (stood.revision, stood.duplicate_of) == (shown.revision, shown.duplicate_of):
                continue
            if (stood.duplicate_of is None) == (shown.duplicate_of is None):
                patch.append(shown)
                continue
        (listed if shown.duplicate_of else extract).append(shown)

    return Plan(
        tuple(extract),
        tuple(listed),
        tuple(patch),
        tuple(sorted(gone)),
        _outcomes(arrivals, known_raws, stands, current, original, withheld),
    )


def _current(versions: Iterable[Version]) -> Version:
    """The greatest version; of one raw version at several places, the smallest place's."""
    by_place = sorted(versions, key=lambda v: (v.source_uri, v.source))
    return max(by_place, key=lambda v: (*_nulls_first(v.version_at), v.raw_id))


def _outcomes(
    arrivals: Sequence[Version],
    raws: dict[str, set[str]],
    stands: Mapping[str, Standing],
    current: Mapping[str, tuple[Version, int]],
    original: Mapping[str, str],
    withheld: AbstractSet[str],
) -> tuple[Outcome, ...]:
    """What each arrival counts as.

    A story that already stood under another article makes a first version a duplicate; among
    articles that bring a story together, all but its original.
    """
    told: dict[str, set[str]] = defaultdict(set)
    for row in stands.values():
        told[row.version.text_id].add(row.version.article_id)
    newcomers: dict[str, set[str]] = defaultdict(set)
    for arrival in arrivals:
        if not raws.get(arrival.article_id) and arrival.article_id not in withheld:
            newcomers[current[arrival.article_id][0].text_id].add(arrival.article_id)

    def first_outcome(article_id: str) -> Outcome:
        if article_id in withheld:
            return "new"
        story = current[article_id][0].text_id
        if told[story] - {article_id}:
            return "duplicates"
        return "new" if article_id == _teller(story, original, newcomers) else "duplicates"

    outcomes: list[Outcome] = []
    for arrival in arrivals:
        known = raws.setdefault(arrival.article_id, set())
        if arrival.raw_id in known:
            outcomes.append("unchanged")
        elif known:
            outcomes.append("revised")
        else:
            outcomes.append(first_outcome(arrival.article_id))
        known.add(arrival.raw_id)
    return tuple(outcomes)


def _teller(
    story: str, original: Mapping[str, str], newcomers: Mapping[str, AbstractSet[str]]
) -> str:
    """The article that counts as the new one: the original, if it came with this batch."""
    first = original[story]
    return first if first in newcomers[story] else min(newcomers[story])


def _nulls_first(time: dt.datetime | None) -> tuple[bool, dt.datetime]:
    return (time is not None, time or dt.datetime.min)


def _nulls_last(time: dt.datetime | None) -> tuple[bool, dt.datetime]:
    return (time is None, time or dt.datetime.min)
