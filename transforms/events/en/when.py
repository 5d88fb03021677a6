"""Which time belongs to a figure: dates by the way over the parse, as with places.

The day of saying is not the day of the event: where only the statement is dated, a state or an
assessment takes that day and an event takes none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.events.en.clauses import is_dead, is_of_part, parts_before
from transforms.events.en.others import (
    compares,
    is_behind,
    is_cited,
    is_period,
    is_season,
    of_compared,
    of_move,
    of_other,
    of_sequel,
)
from transforms.events.en.tied import Tied, Times
from transforms.events.en.ways import Way, ascent, descent, is_event_noun
from transforms.events.tree import SUBJECTS, Tree
from transforms.time_words import HUNG
from transforms.words import reporting, words

_UNTIL = frozenset(["until", "till", "through", "by"])


@dataclass(frozen=True, slots=True)
class Dated:
    """First and last day, the row of dates that says so, and what ties it to the figure."""

    start: dt.date
    end: dt.date
    date_id: str | None
    cost: float
    rule: str
    #: Whether the day is one on which it happens, and not only the last (until, through, by).
    ahead: bool = True


def find_time(
    tree: Tree,
    times: Times,
    token: int,
    *,
    end: int,
    moves: bool = False,
    base: bool = False,
    state: bool = False,
    barred: tuple[int, int] | None = None,
) -> Dated | None:
    """The days on which what a token says held or happened, from its own sentence.

    ``end`` is the last token of the figure; one that ``moves`` (rose 5%) has what comes after
    "from" as its ``base``, whose day stands right behind it. A ``state`` takes the day on which it
    was stated, if no other is; a day in the source (``barred``, as of ``find_place``) is that one.
    """
    tied = times.by_sentence.get(tree.sent[token])
    if not tied:
        return None
    chain = ascent(tree, token, time=True)
    above = {i: (cost, steps) for i, cost, steps in chain}
    found: list[tuple[float, int, Tied, Way]] = []
    said: Tied | None = None
    for date in tied:
        inside = date.first <= token <= date.last
        if date.row.get("rule") == HUNG:
            if inside:  # a day after three people died: when they died
                found.append((0.0, 0, date, Way(0.0, token, ("subordinate",))))
            continue
        other = is_season(tree, date, token) or of_other(times, date, token)
        if inside or other or is_of_part(tree, date.tie, token):
            continue
        if not is_period(date) and is_cited(tree, date, barred):
            said = date  # according to a post on Monday
            continue
        if base and is_behind(tree, date, end):
            found.append((0.0, 0, date, Way(0.0, token, ("following",))))
            continue
        if of_compared(tree, date, token, end):
            found.append((0.0, 0, date, Way(0.0, token, ("following",))))
            continue
        way = descent(tree, date.tie, above, token, time=True)
        if way is None or compares(tree, date, end, moves) or of_sequel(tree, date, token):
            continue
        long = date.word in _UNTIL or (date.word != "since" and is_period(date))
        if long and way.meet < date.first < token and parts_before(tree, token, way.meet):
            continue  # output was cut last year, and the ministry now expects 1%
        if base and date.first > end and of_move(tree, date, token):
            continue  # fell to 12 from 19 on Monday: the day of the move
        if tree.dep[date.head] in SUBJECTS and tree.head[date.head] not in above:
            continue  # a dry winter has emptied the lakes: what another clause is about
        claims = "reported" in way.steps and tree.lemma[way.meet] in reporting("verb", "claim")
        if claims and not _runs(tree, date):
            if _within_clause(tree, date.tie, way.meet):
                said = date  # the agency in October assessed; said in its Friday bulletin
            continue
        found.append((way.cost, abs(date.first - token), date, way))
    if found:
        found.sort(key=lambda one: one[:2])
        cost, _, date, way = found[0]
        rule = "+".join(dict.fromkeys(way.steps)) or "clause"
        start, last = _joined(tree, date, [one[2] for one in found])
        if base and date.word == "since":
            return _made(times, date, start, last, cost, rule)  # up from 260 since March
        last = _through(date, _so_far(tree, times, date, last), tied)
        return _made(times, date, start, _stretched(times, date, last, said), cost, rule)
    if said is not None and state:
        return _made(times, said, said.row["date_start"], said.row["date_end"], 4.0, "stated")
    return None


def time_since(tree: Tree, times: Times, verb: int) -> Dated | None:
    """The day of what something has lasted since: since they invaded it in 2022, since the raid
    began last month, where the verb is the noun's."""
    if not any(tree.dep[c] == "mark" and tree.lower[c] == "since" for c in tree.children[verb]):
        return None
    for date in times.by_sentence.get(tree.sent[verb], ()):
        if verb == next((i for i in tree.up(date.head) if tree.is_verb(i)), None):
            row = date.row
            start, end = row["date_start"], row["date_end"]
            return Dated(start, end, row.get("date_id"), 0.0, "clause")
    return None


def _made(times: Times, date: Tied, start: dt.date, end: dt.date, cost: float, rule: str) -> Dated:
    published = times.published
    ahead = date.word in _UNTIL and published is not None and published <= start
    if published is not None and ahead and not _is_past(times.tree, date.tie):
        start = published  # until March, by 2030: from when it was written on
    return Dated(
        start, max(start, end), date.row.get("date_id"), cost, rule, date.word not in _UNTIL
    )


def _is_past(tree: Tree, tie: int) -> bool:
    """Whether the clause that a date is tied to is in the simple past (close and cut: as close)."""
    verb = next((i for i in tree.up(tie) if tree.is_verb(i)), None)
    if verb is None:
        return False
    past = tree.tag[verb] == "VBD"
    while tree.dep[verb] == "conj" and tree.is_verb(tree.head[verb]):
        verb = tree.head[verb]
    return past and not any(tree.tag[c] == "MD" for c in tree.children[verb])


def _within_clause(tree: Tree, token: int, verb: int) -> bool:
    """Whether a token hangs on a verb without another between."""
    while token != verb:
        if tree.is_verb(token) or tree.head[token] == token:
            return False
        token = tree.head[token]
    return True


def _joined(tree: Tree, date: Tied, others: Sequence[Tied]) -> tuple[dt.date, dt.date]:
    """Both of two coordinated dates: March and April."""
    start, end = date.row["date_start"], date.row["date_end"]
    for other in others:
        if other is date:
            continue
        if (
            tree.dep[other.head] == "conj" and date.first <= tree.head[other.head] <= date.last
        ) or (tree.dep[date.head] == "conj" and other.first <= tree.head[date.head] <= other.last):
            start, end = min(start, other.row["date_start"]), max(end, other.row["date_end"])
    return start, end


def _stretched(times: Times, date: Tied, end: dt.date, said: Tied | None) -> dt.date:
    """Since January: up to when it was said, else to the publication."""
    if date.word != "since" or times.published is None:
        return end
    until = times.published if said is None else said.row["date_end"]
    return max(end, min(until, times.published))


def _so_far(tree: Tree, times: Times, date: Tied, end: dt.date) -> dt.date:
    """So far this year, 41,500 this year: up to the publication; the same period of last year."""
    published = times.published
    if published is None or not date.row["date_start"].month == date.row["date_start"].day == 1:
        return end
    start = date.row["date_start"]
    if (end.month, end.day) != (12, 31) or start.year != end.year:
        return end
    inside = tree.lower[date.first : date.last + 1]
    before = tree.lower[max(0, date.first - 4) : date.first]
    if start.year == published.year:
        far = words("events.so_far").intersection(before)
        return published if ("so" in before and far) or _holds_now(tree, date.tie) else end
    same = "same" in inside or "same" in before
    return _on(published, end.year) if same and end < published else end


def _through(date: Tied, end: dt.date, others: Sequence[Tied]) -> dt.date:
    """Of a period of which the sentence tells how far it goes: this year through Tuesday."""
    if not is_period(date):
        return end
    for other in others:
        last: dt.date = other.row["date_end"]
        until = other.word == "through" and other.first - date.last in (2, 3)
        if until and date.row["date_start"] <= last <= end:
            return last
    return end


def _runs(tree: Tree, date: Tied) -> bool:
    """Whether a period up to now opens a sentence, so that it is that of what is said to have been
    done in it: so far this year, the army says, nine have died."""
    opens = tree.sentences[tree.sent[date.first]][0]
    before = tree.lower[opens : date.first]
    return before == ["so", "far"] and is_period(date)


def _holds_now(tree: Tree, tie: int) -> bool:
    """Whether a clause tells of a level as it is: arrivals this year stand at 40."""
    verb = next((i for i in tree.up(tie) if tree.is_verb(i)), None)
    if verb is None or tree.tag[verb] not in ("VBZ", "VBP"):
        return False
    return tree.lemma[verb] in words("events.state") and tree.lemma[verb] not in ("have", "be")


def _on(day: dt.date, year: int) -> dt.date:
    """The same day of another year, of a leap day the one before."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def is_state(tree: Tree, token: int) -> bool:
    """Whether a clause tells how things are, so that they held on the day of saying it.

    That is what is, stands or is stationed, what is told in the present, and what is assessed.
    """
    for i in tree.up(token):
        if not tree.is_verb(i) or tree.dep[i] == "prep":
            continue  # six people, including two nurses
        if tree.child(i, "expl") is not None and is_event_noun(tree, token):
            return False  # there were nine arrests
        head = tree.head[i]
        if tree.dep[i] == "ccomp" and tree.lemma[head] in words("events.assessing"):
            return True
        if is_dead(tree, i):
            return False
        if tree.lemma[i] in words("events.state") | words("events.assessing"):
            return True
        present = {"VBZ", "VBP"}
        helpers = {tree.tag[c] for c in tree.children[i] if tree.dep[c] in ("aux", "auxpass")}
        return tree.tag[i] in present or bool(helpers & present and tree.tag[i] != "VBN")
    return True
