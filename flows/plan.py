"""Which version of an article is shown, which article of a story is the original: pure planning.

Nothing here is decided by the order in which inputs arrive, so any partition of the same inputs
into batches, in any order, ends in the same articles with the same roles:

- The versions of an article are ordered by ``version_at`` (null lowest), then ``raw_id``; of one
  raw version found at several places the smallest (source_uri, source) speaks for it. The
  greatest version is the current one.
- ``revision`` is the number of other raw versions known.
- The articles shown are grouped into stories and duplicates (:mod:`flows.roles`).

A planner knows the lake only by what it is handed: the ledger's versions of the articles in
question, and the articles rows that stand (are published) for them, for their texts and for the
families of similar texts. What it cannot know it asks for (:attr:`Plan.unread`,
:attr:`Plan.unsaid`) and is called again.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal

from flows.roles import Current, Role, carriers, roles
from transforms.stories.rules import DEFAULT as ONE_STORY
from transforms.stories.rules import Rules
from transforms.stories.said import Said

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
    """An articles row as it is published: the version that it shows, and its role.

    ``role`` is None for a row of an earlier version of the tables, which has to be read again.
    """

    version: Version
    published_at: dt.datetime | None
    revision: int
    role: Role | None
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What an article's row is to show."""

    version: Version
    revision: int
    role: Role

    @property
    def duplicate_of(self) -> str | None:
        return self.role.duplicate_of


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of texts: signatures by text_id, and what versions say that were made."""

    signatures: Mapping[str, bytes] = field(default_factory=dict)
    said: Mapping[Key, Said] = field(default_factory=dict)
    rules: Rules = ONE_STORY


NOTHING = Told()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make and what to remove, each in the order of article ids.

    ``extract``: articles of which every row is made anew. ``listed``: duplicates, of which the
    articles row is made anew and every other row goes. ``patch``: articles whose row changes
    only in revision or role and else stays as it stands. ``gone``: articles of which no
    version is left, whether or not a row stands (a refused one is in quarantine only).
    ``stories``: of every story that is touched the articles that have rows, if they are more than
    one, the earliest first; ``touched`` are all articles of these families.
    ``outcomes`` counts each arrival in the order they were given.
    ``unread``: if there are any, nothing else is said: read them, then plan again.
    ``unsaid``: if there are any, make their rows, and those of ``extract``, of which all is known;
    then plan again.
    """

    extract: tuple[Shown, ...] = ()
    listed: tuple[Shown, ...] = ()
    patch: tuple[Shown, ...] = ()
    gone: tuple[str, ...] = ()
    stories: tuple[tuple[str, ...], ...] = ()
    touched: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    unread: tuple[Version, ...] = ()
    unsaid: tuple[Version, ...] = ()

    @property
    def shown(self) -> tuple[Shown, ...]:
        """The articles whose row changes."""
        return (*self.extract, *self.listed, *self.patch)


def plan(
    arrivals: Sequence[Version],
    ledger: Mapping[str, Collection[Version]],
    standing: Iterable[Standing],
    published: Mapping[Key, dt.datetime | None],
    withheld: AbstractSet[str] = frozenset(),
    again: Sequence[Version] = (),
    told: Told = NOTHING,
) -> Plan:
    """The plan for a batch.

    ``arrivals`` are the batch's versions that the ledger does not hold yet. ``ledger`` holds
    every version known before of each article in question (an arrival's article always is), but
    for ``again``: versions that the ledger knew and that were read again, as they are read today.
    An article row that shows one of these is out of date.
    ``standing`` are the articles rows of these articles, of every article that shares a text_id
    with one of them or with an arrival, and of all articles of the families of any of these.
    ``published`` gives published_at of every version that has been read in this batch.
    ``withheld`` are articles whose row was refused by the checks: they are made, stand alone and
    can be nobody's original.
    """
    stands = {s.version.article_id: s for s in standing}
    versions: dict[str, list[Version]] = {a: list(known) for a, known in ledger.items()}
    for arrival in (*again, *arrivals):
        versions.setdefault(arrival.article_id, []).append(arrival)
    stale = {version.key for version in again}

    def shows(article_id: str, version: Version) -> bool:
        row = stands.get(article_id)
        if row is None or row.role is None:
            return False
        return row.version.key == version.key and version.key not in stale

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

    def said(article_id: str) -> Said | None:
        version = current[article_id][0]
        if version.key in told.said:
            return told.said[version.key]
        return stands[article_id].said if shows(article_id, version) else None

    order = [
        Current(article_id, version.text_id, publication(article_id))
        for article_id, (version, _) in current.items()
        if article_id not in withheld
    ]
    given, unsaid = roles(order, told.signatures, said, told.rules)
    given |= {article_id: Role(article_id, article_id) for article_id in withheld & current.keys()}

    extract: list[Shown] = []
    listed: list[Shown] = []
    patch: list[Shown] = []
    for article_id, (version, revision) in sorted(current.items()):
        if article_id not in given:
            continue
        shown = Shown(version, revision, given[article_id])
        stood = stands.get(article_id)
        if stood is not None and shows(article_id, version) and article_id not in withheld:
            assert stood.role is not None
            if (stood.revision, stood.role) == (shown.revision, shown.role):
                continue
            if (stood.role.duplicate_of is None) == (shown.duplicate_of is None):
                patch.append(shown)
                continue
        (listed if shown.duplicate_of else extract).append(shown)
    if unsaid:
        silent = tuple(current[article_id][0] for article_id in unsaid)
        return Plan(extract=tuple(extract), unsaid=silent)

    known_raws = {article_id: {v.raw_id for v in known} for article_id, known in ledger.items()}
    for version in again:
        known_raws.setdefault(version.article_id, set()).add(version.raw_id)
    changed = {shown.version.article_id for shown in (*extract, *listed, *patch)} | set(gone)
    touched = _touched(changed, given, stands)
    return Plan(
        tuple(extract),
        tuple(listed),
        tuple(patch),
        tuple(sorted(gone)),
        tuple(carriers([one for one in order if one.article_id in touched], given)),
        tuple(sorted(touched)),
        _outcomes(arrivals, known_raws, stands, given, withheld),
    )


def _touched(
    changed: AbstractSet[str], given: Mapping[str, Role], stands: Mapping[str, Standing]
) -> set[str]:
    """All articles of a family that a changed article is of, or was."""

    def stood(article_id: str) -> str | None:
        row = stands.get(article_id)
        return row.role.family_id if row is not None and row.role is not None else None

    families = {given[article_id].family_id for article_id in changed & given.keys()}
    were = {stood(article_id) for article_id in changed} - {None}
    there = {a for a, role in given.items() if role.family_id in families or stood(a) in were}
    return there | changed


def _current(versions: Iterable[Version]) -> Version:
    """The greatest version; of one raw version at several places, the smallest place's."""
    by_place = sorted(versions, key=lambda v: (v.source_uri, v.source))
    return max(by_place, key=lambda v: (*_nulls_first(v.version_at), v.raw_id))


def _outcomes(
    arrivals: Sequence[Version],
    raws: dict[str, set[str]],
    stands: Mapping[str, Standing],
    given: Mapping[str, Role],
    withheld: AbstractSet[str],
) -> tuple[Outcome, ...]:
    """What each arrival counts as.

    What stood already under another article makes a first version a duplicate; among articles
    that bring the same together, all but its original.
    """

    def original(article_id: str) -> str:
        return given[article_id].duplicate_of or article_id

    told: dict[str, set[str]] = defaultdict(set)
    for article_id in stands.keys() & given.keys() - withheld:
        told[original(article_id)].add(article_id)
    newcomers: dict[str, set[str]] = defaultdict(set)
    for arrival in arrivals:
        if not raws.get(arrival.article_id) and arrival.article_id not in withheld:
            newcomers[original(arrival.article_id)].add(arrival.article_id)

    def first_outcome(article_id: str) -> Outcome:
        if article_id in withheld:
            return "new"
        first = original(article_id)
        if told[first] - {article_id}:
            return "duplicates"
        teller = first if first in newcomers[first] else min(newcomers[first])
        return "new" if article_id == teller else "duplicates"

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


def _nulls_first(time: dt.datetime | None) -> tuple[bool, dt.datetime]:
    return (time is not None, time or dt.datetime.min)
