"""Which place belongs to a figure: the cheapest way over the parse, then the finest phrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.event_words import counted_categories
from transforms.events.en.clauses import is_of_part
from transforms.events.en.phrases import (
    BROAD,
    COUNTRY,
    SITE,
    STRONG,
    PlacePhrase,
    anaphoric,
)
from transforms.events.en.places import Places
from transforms.events.en.ways import Way, ascent, descent, is_event_noun
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, words

#: Who leave or are taken from somewhere: freed 40 men from a jail.
_MOVED = ("dobj", "nsubjpass")
#: What a way may cost at most for what is not an event: a share, a sum, a measure.
TIED = 3.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A place with the names of the steps that tie it to what it is the place of."""

    phrase: PlacePhrase
    cost: float
    rule: str


def find_place(
    tree: Tree,
    places: Places,
    token: int,
    *,
    event: bool,
    start: int | None = None,
    ends: Sequence[int] = (),
    barred: tuple[int, int] | None = None,
) -> Placed | None:
    """The place of what a token says, from its own sentence.

    ``event`` tells a count of people or things that something happened to from a share or a sum,
    which only a phrase near by is tied to. ``start`` is the first token of the
    figure, ``ends`` the tokens with which it and its noun may end: a place that follows at once is
    theirs, whatever the parse says. ``barred`` are the tokens of the source of the statement
    (inclusive), whose place is not that of the event.
    """
    phrases = places.by_sentence.get(tree.sent[token])
    if not phrases:
        return None
    bracketed = _before_bracket(tree, places, start)
    if bracketed is not None:
        return Placed(bracketed, 0.0, "bracketed")
    chain = ascent(tree, token, time=False)
    above = {i: (cost, steps) for i, cost, steps in chain}
    most = 6.0 if event else TIED
    there = _told_of(tree, token)
    nations = tree.lemma[token] in anaphoric() and anaphoric()[tree.lemma[token]] == COUNTRY
    found: list[tuple[float, int, PlacePhrase, Way]] = []
    for phrase in phrases:
        if barred is not None and barred[0] <= phrase.head <= barred[1]:
            continue
        if _holds(tree, phrase, token, start) or _overlaps(tree, phrase, start, ends):
            continue
        if _of_gapped(tree, phrase.tie, token) or is_of_part(tree, phrase.tie, token):
            continue
        if phrase.head in there:
            found.append((0.25, 0, phrase, Way(0.25, token, ("clause_of",))))
            continue
        if _follows(tree, phrase, ends):
            found.append((0.0, 0, phrase, Way(0.0, token, ("following",))))
            continue
        way = descent(tree, phrase.tie, above, token, time=False)
        if way is None or (not event and _of_listed(tree, phrase, way, token)):
            continue
        extra = _form_cost(tree, phrase, way, token, event=event)
        if extra is None or way.cost + extra > most:
            continue
        if nations and not _may_hold_nations(tree, phrase, way, token):
            continue
        found.append((way.cost + extra, abs(phrase.start - tree.start[token]), phrase, way))
    if not found:
        return None
    found.sort(key=lambda one: one[:2])
    best = found[0]
    for other in found[1:]:
        if "listed" in other[3].steps or "own_clause" in best[3].steps:
            continue  # another number's own place
        if refines(other[2], best[2]) and other[0] - best[0] <= 3.0:
            best = other
            break
    for other in found:
        if other[2].head == best[2].head and _is_explained(tree, other[2], best[2]):
            best = other  # El Paso, Texas, where they were held
            break
    rule = "+".join(dict.fromkeys(best[3].steps)) or "clause"
    return Placed(best[2], best[0], rule)


def _may_hold_nations(tree: Tree, phrase: PlacePhrase, way: Way, token: int) -> bool:
    """Whether countries that are counted are in a place, or do something there: six countries in
    Asia, leaders of six countries met in Rome; no country is in another."""
    own = phrase.form == "prep" and phrase.prep in STRONG
    if phrase.tie == token:
        return own
    return own and phrase.rank != COUNTRY and not way.steps


def _told_of(tree: Tree, token: int) -> frozenset[int]:
    """The tokens of the place that a relative clause tells of: Tyre, where nine huts burned; Tyre,
    which has nine mills."""
    for i in tree.up(token):
        if tree.dep[i] == "relcl" and (
            any(tree.lower[c] == "where" for c in tree.children[i]) or _of_place(tree, i)
        ):
            return frozenset(tree.up(tree.head[i])[:3])
        if i != token and tree.is_verb(i) and tree.dep[i] not in ("conj", "ccomp"):
            return frozenset()
    return frozenset()


def _of_place(tree: Tree, verb: int) -> bool:
    """Whether a relative clause tells what its noun holds: which has, which saw."""
    which = any(tree.dep[c] == "nsubj" and tree.tag[c] == "WDT" for c in tree.children[verb])
    hosting = words("events.hosting") - words("events.losing")
    return which and tree.lemma[verb] in hosting


def _before_bracket(tree: Tree, places: Places, start: int | None) -> PlacePhrase | None:
    """The name right before the bracket that a figure opens: Portugal (61%), Chile (58%)."""
    if start is None or start < 2 or tree.lower[start - 1] != "(":
        return None
    return places.ending_at(start - 2) or places.listed_at(start - 2)


def _follows(tree: Tree, phrase: PlacePhrase, ends: Sequence[int]) -> bool:
    """Whether a phrase stands right behind a figure or its noun: 85 on Efate."""
    if phrase.form != "prep" or phrase.prep not in STRONG or not phrase.named:
        return False
    first = tree.at(phrase.start)
    return any(first - 2 == end and tree.lower[end + 1] == phrase.prep for end in ends)


def _of_gapped(tree: Tree, tie: int, token: int) -> bool:
    """Whether a place is another number's own: Peru sent 40 tanks and Chile 25."""
    if tree.mended.get(tie) != "gapped":
        return False
    number = tie if tree.tag[tie] == "CD" else tree.head[tie]
    return number not in tree.up(token)


def _is_explained(tree: Tree, finer: PlacePhrase, coarser: PlacePhrase) -> bool:
    """Whether one name stands behind another to tell where that is: Gary, Indiana."""
    beside = tree.at(coarser.start) - tree.at(finer.end - 1) == 2
    return beside and tree.dep[tree.at(coarser.end - 1)] == "appos"


def _of_listed(tree: Tree, phrase: PlacePhrase, way: Way, token: int) -> bool:
    """Whether a place is that of what a sum is listed with: five years in jail and a $900 fine."""
    verb = next((i for i in tree.up(token) if tree.is_verb(i)), token)
    alone = tree.child(verb, *SUBJECTS) is None
    if alone and "shared" in way.steps and way.meet < phrase.head < token:
        return True  # it crosses the Alps and earns 40 million
    last = way.steps[-1] if way.steps else ""
    return phrase.tie == way.meet < token and phrase.head < token and last == "listed"


def _holds(tree: Tree, phrase: PlacePhrase, token: int, start: int | None) -> bool:
    """Whether a phrase is what is counted, or holds the figure: the homes of two people."""
    figure = token if start is None else start
    return phrase.head == token or phrase.start <= tree.start[figure] < phrase.end


def _overlaps(tree: Tree, phrase: PlacePhrase, start: int | None, ends: Sequence[int]) -> bool:
    """Whether a phrase begins in a figure: 900 miles from Baku is as far from there."""
    if start is None or not ends:
        return False
    return start <= tree.at(phrase.start) <= ends[0]


def _form_cost(
    tree: Tree, phrase: PlacePhrase, way: Way, token: int, *, event: bool
) -> float | None:
    """What the form of a phrase adds to the cost of its way; None if it says no place here."""
    meet, tie = way.meet, phrase.tie
    cost = 0.0 if phrase.named else 1.5
    if "reported" in way.steps and meet == tie:
        fronted = phrase.form == "prep" and phrase.prep in STRONG and _fronted(tree, phrase, meet)
        return cost if fronted else None
    if "reported" in way.steps and tree.lemma[meet] in reporting("verb", "claim"):
        return None
    if phrase.form == "prep":
        if phrase.prep == "on" and tree.lemma[tie] in words("figures.spending"):
            return None  # spend 40 million on the bridge
        if phrase.prep == "on" and tree.lemma[tie] in words("modality.demand_for"):
            return None  # called on Chad to withdraw
        if phrase.prep in STRONG:
            return cost
        if phrase.prep == "of":
            if is_event_noun(tree, tie) or tree.lemma[tie] in words("places.population"):
                return cost + 0.25
            if tree.lemma[tie] in words("places.kind"):
                return cost + 0.25  # five districts of Malawi
            return None
        if phrase.prep == "from":
            verb = tree.lemma[tie if tree.dep[tie] not in _MOVED else tree.head[tie]]
            noun = tree.pos[tie] == "NOUN" and tree.lemma[tie] in words("events.departure")
            leaving = noun or verb in words("events.leaving")
            return cost + 0.5 if leaving else None
        if phrase.prep in ("to", "toward", "towards", "onto", "for"):
            moving = tree.lemma[tie] in words("events.moving")
            moving = moving or tree.lemma[tie] in words("events.giving")
            return cost + 1.0 if moving and phrase.prep != "for" else None
        if phrase.prep == "between" and is_event_noun(tree, tie):
            return None  # the clash between India and China
        if phrase.prep in ("through", "between", "via"):
            return cost + 0.75
        return None
    if phrase.form in ("possessive", "modifier") and tie != token and _is_person(tree, tie):
        return None  # Utah's governor
    if phrase.form == "possessive":
        does = phrase.rank == COUNTRY and tree.lemma[tie] in words("events.aimed")
        return None if does or _is_force(tree, tie) else cost + 1.0
    if phrase.form == "modifier":
        if phrase.rank == COUNTRY and (_is_force(tree, tie) or _is_people(tree, tie)):
            return None if _is_force(tree, tie) else cost + 3.0  # US troops, two US citizens
        return cost + 1.25
    if phrase.form == "object":
        verb = tree.lemma[tie]
        at = verb in words("events.hitting") or verb in words("events.leaving")
        return cost + 0.5 if at else None
    if phrase.form == "subject":
        verb = tree.lemma[tie] if tree.is_verb(tie) else ""
        if _is_hit(tree, phrase, tie):
            return cost + 0.5
        acts = phrase.rank != SITE and verb in words("events.losing")  # its side, not its place
        host = phrase.rank == SITE or (verb in words("events.hosting") and not acts)
        host = host or _is_under(tree, tie) or (phrase.rank > COUNTRY and _hosts(tree, tie, token))
        return cost + 1.0 if host else None
    return None


def _is_hit(tree: Tree, phrase: PlacePhrase, verb: int) -> bool:
    """Whether something is done to the place that is a subject: Gulu was shelled."""
    if tree.dep[phrase.head] != "nsubjpass" or tree.lemma[verb] not in words("events.hitting"):
        return False
    tense = {tree.tag[c] for c in tree.children[verb] if tree.dep[c] in ("aux", "auxpass")}
    return not tense & {"VBZ", "VBP"} or "VBN" in tense or "VBG" in tense  # not: is often hit


def _is_person(tree: Tree, noun: int) -> bool:
    """Whether a noun or name is of somebody, whose country or town is not where things are."""
    titled = tree.dep[noun] == "compound" and tree.ent[tree.head[noun]] == "PERSON"
    named = titled or (tree.ent[noun] == "PERSON" and tree.tag[noun - 1] != "POS")
    return named or tree.lemma[noun] in words("claims.person")


def _is_people(tree: Tree, noun: int) -> bool:
    """Whether a noun is of people, whose country is their side before it is where they are."""
    return counted_categories().get(tree.lemma[noun]) == "people"


def _is_force(tree: Tree, noun: int) -> bool:
    """Whether a noun is of troops or arms, whose owner is their side and not where they are."""
    if tree.lemma[noun] in words("claims.military"):
        return True
    named = counted_categories().get(tree.lemma[noun])
    if tree.lemma[noun] in words("events.amount"):
        of = next((c for c in tree.children[noun] if tree.dep[c] == "compound"), None)
        named = counted_categories().get(tree.lemma[of]) if of is not None else None
    return named in ("troops", "equipment", "munitions")


def _hosts(tree: Tree, verb: int, token: int) -> bool:
    """Whether the participle that a number is the object of goes on with what a place does: the
    town is a port, receiving 40 ships."""
    clause = next((i for i in tree.up(token) if tree.is_verb(i)), verb)
    goes_on = tree.dep[clause] in ("advcl", "conj") and tree.head[clause] == verb
    alone = tree.child(clause, *SUBJECTS) is None
    return goes_on and alone and tree.lemma[clause] in words("events.hosting")


def _is_under(tree: Tree, verb: int) -> bool:
    """Whether something goes on where a subject is: Gulu came under attack."""
    if tree.lemma[verb] not in words("places.under"):
        return False
    under = next((c for c in tree.children[verb] if tree.lower[c] == "under" and c > verb), None)
    told = tree.child(under, "pobj") if under is not None else None
    return told is not None and is_event_noun(tree, told)


def _fronted(tree: Tree, phrase: PlacePhrase, verb: int) -> bool:
    """Whether a phrase opens the sentence before the subject of its verb."""
    subject = next((c for c in tree.children[verb] if tree.dep[c] in ("nsubj", "nsubjpass")), verb)
    return phrase.head < tree.left_edge(subject)


def refines(finer: PlacePhrase, coarser: PlacePhrase) -> bool:
    """Whether one place says more precisely what the other says."""
    if not finer.named or finer.rank <= coarser.rank:
        return False
    if coarser.rank <= BROAD:
        return True
    if coarser.rank == COUNTRY and finer.rank > COUNTRY:
        return finer.country in (None, coarser.country)
    return finer.rank == SITE and finer.country in (None, coarser.country)
