"""The day and the place that stand right behind the phrase of a noun for an event.

The parse often hangs them on the verb over the noun, which need not be then and there: was sacked
after the raid on Lota last month, continued its offensive in Gulu.
"""

from __future__ import annotations

from transforms.event_words import event_words
from transforms.events.en.event_nouns import taken_on_by
from transforms.events.en.others import is_season
from transforms.events.en.phrases import INSIDE, STRONG
from transforms.events.en.places import Places
from transforms.events.en.predicates import Predicate
from transforms.events.en.roles import has_number
from transforms.events.en.tied import Tied, Times
from transforms.events.en.ways import SEQUENCE
from transforms.events.en.when import Dated
from transforms.events.en.where import Placed
from transforms.events.en.written import phrase
from transforms.events.tree import Tree
from transforms.time_words import HUNG
from transforms.words import reporting

#: Prepositions behind which the noun, and not the clause, is what a day behind it is the day of.
_TEMPORAL = SEQUENCE | {"following", "despite"}
#: Those behind which a place is that of the noun too.
_THERE = _TEMPORAL | {"amid", "during", "of"}
#: What stands between the phrase of a noun and its day.
_ON = ("in", "on", "of")
#: How a day hangs on the noun behind it.
_BEFORE = ("compound", "nummod", "nmod", "amod", "poss", "npadvmod")


def time_behind(tree: Tree, times: Times, noun: int, end: int, *, known: bool) -> Dated | None:
    """The day right behind the phrase of a noun, where the verb over it is not told to be of that
    day; ``end`` is the last token of the phrase.

    That is where a relative clause goes on from it (the attack on Chad on May 7, which killed 9),
    where the noun only dates its clause (since the start of the raid in May), is counted (hurt in
    51 attacks on Friday) or says more of another noun (is a reply to a raid on Chad on Friday),
    where the clause has another day, and, of a noun that is ``known``, where the verb has no tense
    (to speak of the attack on Chad last year).
    """
    for date in times.by_sentence.get(tree.sent[noun], ()):
        if not _follows(tree, date, end):
            continue
        ahead = times.published is not None and date.row["date_start"] > times.published
        verb = next((i for i in tree.up(date.tie) if tree.is_verb(i)), None)
        untold = verb is not None and tree.tag[verb] in ("VB", "VBG") and not ahead
        of_noun = _dates(tree, noun) or _tells_more(tree, noun) or taken_on_by(tree, noun) != ""
        of_noun = of_noun or (tree.dep[noun] == "pobj" and has_number(tree, noun))
        apart = verb is not None and _has_another(tree, times, date, verb)
        if _tells_on(tree, date) or of_noun or apart or (known and untold):
            row = date.row
            return Dated(row["date_start"], row["date_end"], row.get("date_id"), 0.0, "behind")
    return None


def named_day(tree: Tree, times: Times, noun: int) -> Dated | None:
    """The day that stands before a noun in its phrase: the October 7 attack, Saturday's raid."""
    for date in times.by_sentence.get(tree.sent[noun], ()):
        if date.last >= noun or is_season(tree, date, noun) or date.row.get("rule") == HUNG:
            continue
        above = tree.up(date.head)
        between = above[1 : above.index(noun)] if noun in above else [noun]
        if tree.dep[date.head] in _BEFORE and not between:
            row = date.row
            return Dated(row["date_start"], row["date_end"], row.get("date_id"), 0.0, "clause")
    return None


def place_behind(tree: Tree, places: Places, noun: int, end: int) -> Placed | None:
    """The place right behind the phrase of a noun that is an object, or dates its clause; nobody
    says there what they say: continued its offensive in Gulu, not announced the raid in Gulu."""
    dep, above = tree.dep[noun], tree.head[noun]
    if dep == "pobj" and tree.lower[above] not in _THERE:
        return None
    if dep not in ("dobj", "pobj"):
        return None
    verb = next((i for i in tree.up(above) if tree.is_verb(i)), None)
    if verb is None or (dep == "dobj" and tree.lemma[verb] in reporting("verb", "claim")):
        return None
    for one in places.by_sentence.get(tree.sent[noun], ()):
        near = one.form == "prep" and one.prep in STRONG & INSIDE and one.named
        if near and one.tie == verb and tree.at(one.start) - 2 == end:
            return Placed(one, 0.0, "behind")
    return None


def _follows(tree: Tree, date: Tied, end: int) -> bool:
    """Whether a date stands right behind a token, or behind a preposition."""
    if date.first == end + 1:
        return True
    return date.first == end + 2 and tree.lower[end + 1] in _ON


def _tells_on(tree: Tree, date: Tied) -> bool:
    """Whether a relative clause follows a date: on Tuesday that killed nine, on May 7, which."""
    after = date.last + 1
    if tree.lower[after : after + 1] == [","]:
        return tree.tag[after + 1 : after + 2] == ["WDT"]
    return tree.tag[after : after + 1] == ["WDT"]


def _dates(tree: Tree, noun: int) -> bool:
    """Whether a noun tells when its clause was: after the raid, since the start of the raid."""
    while tree.dep[noun] == "pobj":
        prep = tree.head[noun]
        if tree.lower[prep] in _TEMPORAL:
            return True
        noun = tree.head[prep]
        if tree.lower[prep] != "of" or tree.pos[noun] != "NOUN":
            return False
    return False


def _tells_more(tree: Tree, noun: int) -> bool:
    """Whether a noun says more of another: what something is (is a reply to the raid), or what a
    participle that tells of no event ties to it (charges related to the raid)."""
    over = tree.head[noun]
    if tree.dep[noun] == "dobj":
        aside = tree.tag[over] == "VBG" and tree.dep[over] == "advcl"
        return aside and tree.lemma[over] not in event_words("verb")  # citing fires in Chad in 2023
    if tree.dep[noun] != "pobj":
        return False
    above = tree.head[over]
    if tree.is_verb(above):
        event = tree.lemma[above] in event_words("verb")
        return tree.dep[above] == "acl" and tree.tag[above] in ("VBN", "VBG") and not event
    if tree.lower[over] == "from":
        return False  # hours from the raid
    while tree.dep[above] == "pobj":
        above = tree.head[tree.head[above]]
    return tree.dep[above] == "attr" and tree.lemma[tree.head[above]] == "be"


def _has_another(tree: Tree, times: Times, date: Tied, verb: int) -> bool:
    """Whether the clause of a verb has a day of its own before the one behind a noun: they struck
    on Saturday after the raid on Chad on Friday."""
    return any(
        one.first < date.first
        and one.word != "since"
        and verb == next((i for i in tree.up(one.tie) if tree.is_verb(i)), None)
        for one in times.by_sentence.get(tree.sent[verb], ())
    )


def phrase_end(tree: Tree, predicate: Predicate) -> int:
    """The last token of a noun and of whom it is said of: the attack on Chad."""
    end = predicate.last
    for child in tree.children[predicate.token]:
        if child == end + 1 and tree.lower[child] in ("against", "by", "of", "on"):
            inner = tree.child(child, "pobj")
            inner = None if inner is not None and _is_time(tree, inner) else inner
            end = phrase(tree, inner)[1] if inner is not None else end
    return end


def place_end(tree: Tree, predicate: Predicate) -> int:
    """The last token of a noun's phrase with the place that follows it: a raid in Lota, Chile,."""
    end = phrase_end(tree, predicate)
    following = end + 1
    prep = tree.dep[following : following + 1] == ["prep"] and tree.lower[following] in INSIDE
    inner = tree.child(following, "pobj") if prep else None
    if inner is None or _is_time(tree, inner):
        return end
    end = phrase(tree, inner)[1]
    while (also := tree.child(inner, "conj")) is not None and tree.pos[also] == "PROPN":
        inner, end = also, phrase(tree, also)[1]  # in Chad and Mali
    beside = tree.child(inner, "appos")
    if beside is not None and tree.pos[beside] == "PROPN" and tree.lower[beside - 1] == ",":
        end = beside + (tree.lower[beside + 1 : beside + 2] == [","])
    return end


def _is_time(tree: Tree, token: int) -> bool:
    return tree.ent[token] in ("DATE", "TIME")


def comes_under(tree: Tree, noun: int, place: Placed) -> bool:
    """Whether a place is what comes under an attack."""
    under = tree.head[noun]
    subject = place.phrase.form == "subject" and place.phrase.tie == tree.head[under]
    return subject and tree.dep[noun] == "pobj" and tree.lower[under] == "under"
