"""To whom and on which days something is said, by the cue that says so."""

from __future__ import annotations

import datetime as dt

from transforms.events.en.statement import Statement
from transforms.events.en.tied import Times
from transforms.events.tree import Tree
from transforms.words import reporting


def addressee(tree: Tree, statement: Statement) -> tuple[int, int] | None:
    """First and last token of who is told: told reporters, said to the court."""
    cue = statement.cue
    if cue is None or tree.pos[cue] != "VERB" or statement.source.rule == "according":
        return None
    for child in tree.children[cue]:
        if child < cue:
            continue
        who = child if tree.dep[child] in ("dobj", "dative") else None
        if tree.lower[child] == "to" and tree.dep[child] in ("prep", "dative"):
            who = tree.child(child, "pobj")
        elif tree.lemma[cue] not in reporting("verb", "addressed"):
            who = None
        if who is None or tree.ent[who] in ("DATE", "TIME") or _inside(tree, statement, who):
            continue
        last = tree.right_edge(who)
        while last > who and (_inside(tree, statement, last) or tree.pos[last] == "PUNCT"):
            last -= 1
        return tree.left_edge(who), last
    return None


def said_on(tree: Tree, times: Times, statement: Statement) -> tuple[dt.date, dt.date] | None:
    """First and last day on which it was said: the date that hangs on the cue."""
    cue = statement.cue
    if cue is None or tree.pos[cue] != "VERB":
        return None
    for tied in times.by_sentence.get(tree.sent[cue], ()):
        if tied.tie == cue and not _inside(tree, statement, tied.first):
            return tied.row["date_start"], tied.row["date_end"]
    return None


def _inside(tree: Tree, statement: Statement, token: int) -> bool:
    """Whether a token stands in a statement, and not in the cue that parts it."""
    if not statement.start <= tree.start[token] < statement.end:
        return False
    cue = statement.cue
    return cue is None or not statement.start <= tree.start[cue] < statement.end
