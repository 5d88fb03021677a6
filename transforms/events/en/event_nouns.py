"""Who takes part in what a noun tells of: an owner, "of", "by", "on", the words before it.

Whether "of" names who does it or whom it happens to is the noun's own (event_words.csv: the murder
of, the retreat of). The verb that such a noun is the object of may say who does it (carried out).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from transforms.countries import country_words
from transforms.event_words import EventWord, counted_categories, event_words, patients, plover
from transforms.events.en.harm import PERSONAL
from transforms.events.en.predicates import Predicate
from transforms.events.en.roles import Argument, given_types, is_passive
from transforms.events.en.understood import listed, subject_of
from transforms.events.frame import Join, Role
from transforms.events.tree import Tree
from transforms.words import words

_BODIES = ("NORP", "ORG", "GPE")
_ARMS = ("munitions", "equipment")
_OWN = frozenset(("its", "his", "her", "their", "our", "my", "your"))
#: What follows a noun whose owner does it: Israel's raid on, his murder of.
_UPON = frozenset(("of", "on", "upon", "against"))


def of_noun(tree: Tree, predicate: Predicate) -> list[Argument]:
    """The participants of a noun, in the order of the text; those of its verb last."""
    found = list(_own(tree, predicate))
    told = predicate.word
    if told is None or not told.subject:
        return found
    found += _done_by(tree, predicate.token, {one.role for one in found})
    found += _supported(tree, predicate, {one.role for one in found})
    if plover(told.event_type) is not None:
        found += _taken_on(tree, predicate.token, {one.role for one in found})
    return found


def _own(tree: Tree, predicate: Predicate) -> Iterator[Argument]:
    noun, told = predicate.token, predicate.word
    if told is None or not told.subject:
        return  # a storm has nobody who does it
    subject = Role(told.subject)
    given = told.event_type in given_types()
    of = any(tree.lower[c] in _UPON for c in tree.children[noun] if c > noun)
    owned = False
    for child in tree.children[noun]:
        dep, role = tree.dep[child], None
        heads = [child]
        if tree.ent[child] in ("DATE", "TIME"):
            continue
        if dep == "poss" and tree.tag[child] == "NNS" and _has_article(tree, child):
            continue  # a women's march
        if dep == "poss":
            body = tree.ent[child] in (*_BODIES, "PERSON") or tree.lower[child] in _OWN
            does = of or given or (body and not _is_suffered(told.event_type))
            role = Role.AGENT if does else subject
            owned = owned or role is Role.AGENT
        elif dep == "amod" and child < predicate.first and _leader(tree, child) is not None:
            role, heads = Role.AGENT, [_leader(tree, child) or child]
            owned = True
        elif dep in ("compound", "amod", "nmod") and child < predicate.last:
            owner = _of_arms(tree, child, told)
            if owner is not None:
                yield Argument(Role.AGENT, owner, Join.NONE)
                owned = True
            if child >= predicate.first:
                continue
            role = _before(tree, child, told)
            if role is subject and of:
                role = Role.AGENT  # the police killing of a man
            owned = owned or role is Role.AGENT
        elif dep in ("prep", "agent") and child > noun:
            inner = tree.child(child, "pobj")
            if inner is not None:
                role = _role_after(tree, predicate, child, inner, owned=owned)
                heads = listed(tree, inner)
        if role is not None:
            yield from (Argument(role, i, Join.NONE) for i in heads)
    if not of:
        yield from _of_next(tree, predicate, owned=owned)


def _of_next(tree: Tree, predicate: Predicate, *, owned: bool) -> Iterator[Argument]:
    """What the next noun has after "of" for both: the siege and shelling of Mariupol."""
    noun = predicate.token
    for other in tree.children[noun]:
        if tree.dep[other] != "conj" or tree.lemma[other] not in event_words("noun"):
            continue
        if any(c < other and tree.dep[c] in ("poss", "det") for c in tree.children[other]):
            return
        for child in tree.children[other]:
            inner = tree.child(child, "pobj") if tree.lower[child] == "of" else None
            if inner is None:
                continue
            role = _role_after(tree, predicate, child, inner, owned=owned)
            if role is not None:
                yield from (Argument(role, i, Join.COORDINATED) for i in listed(tree, inner))
        return


def _leader(tree: Tree, word: int) -> int | None:
    """Who leads it: a Hamas-led attack."""
    if tree.lower[word] not in words("events.leading"):
        return None
    return next((c for c in tree.children[word] if tree.ent[c] in (*_BODIES, "PERSON")), None)


def _has_article(tree: Tree, noun: int) -> bool:
    return any(tree.lower[c] in ("a", "an") for c in tree.children[noun])


def _is_suffered(event_type: str) -> bool:
    """Whether the owner of a type of event is whom it happens to: it happens to people alone, or
    nobody means to do it (the airline's crash)."""
    needed = patients(event_type)
    return plover(event_type) is None or (bool(needed) and needed <= {"people", "body"})


def _before(tree: Tree, word: int, told: EventWord) -> Role | None:
    """A Russian strike, a drone strike, a troop withdrawal; the Madrid
    bombing was only there."""
    if tree.ent[word] in _BODIES:
        town = tree.ent[word] == "GPE" and tree.lower[word] not in country_words()
        return None if town or _is_suffered(told.event_type) else Role.AGENT
    if tree.pos[word] not in ("NOUN", "PROPN") or tree.lemma[word] in event_words("noun"):
        return None
    category = counted_categories().get(tree.lemma[word])
    if category in _ARMS:
        return Role.INSTRUMENT
    return Role(told.subject) if category in PERSONAL else None


def _of_arms(tree: Tree, word: int, told: EventWord) -> int | None:
    """Whose the weapon is that stands before a noun: a Houthi drone attack."""
    if counted_categories().get(tree.lemma[word]) not in _ARMS:
        return None
    return next((c for c in tree.children[word] if _before(tree, c, told) is Role.AGENT), None)


def _role_after(
    tree: Tree, predicate: Predicate, child: int, inner: int, *, owned: bool
) -> Role | None:
    """The role of what stands after a preposition; ``owned`` if the noun has who does it."""
    told, prep = predicate.word, tree.lower[child]
    if told is None or tree.ent[inner] in ("DATE", "TIME"):
        return None
    together = told.role == told.subject == Role.AGENT
    if prep == "of":
        return Role(told.role if owned else told.subject)
    if prep == "by":
        return Role.AGENT
    if prep == "with":
        return Role.PARTNER if together else None
    if prep == "between":
        return Role.AGENT
    if prep == "against":
        return Role.PARTNER if together else Role.PATIENT
    if prep in ("on", "upon"):
        last = predicate.lemma.split(" ")[-1]
        return Role.PATIENT if last in words("events.done_on") else None
    if prep in ("to", "for") and told.event_type in given_types():
        named = tree.ent[inner] in ("PERSON", *_BODIES)
        people = counted_categories().get(tree.lemma[inner]) in PERSONAL
        return Role.RECIPIENT if named or people else None
    return None


def _done_by(tree: Tree, noun: int, roles: set[Role]) -> Iterator[Argument]:
    """Who did it, in a participle behind the noun: an attack led by Hamas, claimed by it."""
    if Role.AGENT in roles:
        return
    for verb in tree.children[noun]:
        if tree.dep[verb] not in ("acl", "relcl") or tree.lemma[verb] not in _doing():
            continue
        by = tree.child(verb, "agent") if is_passive(tree, verb) else None
        inner = tree.child(by, "pobj") if by is not None else None
        if inner is not None and tree.ent[inner] not in ("DATE", "TIME"):
            yield from (Argument(Role.AGENT, i, Join.SUPPORT) for i in listed(tree, inner))
            return


def _taken_on(tree: Tree, noun: int, roles: set[Role]) -> Iterator[Argument]:
    """Who claimed it, prepares for it or takes part in it."""
    verb = _taking_on(tree, noun) if Role.AGENT not in roles else None
    if verb is None or is_passive(tree, verb) or _refused(tree, verb):
        return
    found = subject_of(tree, verb)
    if found is not None and tree.ent[found[0]] not in ("DATE", "TIME"):
        yield from (Argument(Role.AGENT, i, Join.SUPPORT) for i in listed(tree, found[0]))


def _refused(tree: Tree, verb: int) -> bool:
    """Whether somebody does not take part, or asks others to: declined to take part in it."""
    if any(tree.dep[c] == "neg" for c in tree.children[verb]):
        return True
    not_done = words("modality.failing") | words("modality.demand_for")
    return tree.dep[verb] in ("xcomp", "advcl") and tree.lemma[tree.head[verb]] in not_done


def taken_on_by(tree: Tree, noun: int) -> str:
    """The lemma of the verb whose subject does what a noun tells of, else "": take (part in)."""
    verb = _taking_on(tree, noun)
    return tree.lemma[verb] if verb is not None else ""


def _taking_on(tree: Tree, noun: int) -> int | None:
    """The verb whose subject does what a noun tells of."""
    while tree.dep[noun] == "conj" and tree.pos[tree.head[noun]] == "NOUN":
        noun = tree.head[noun]
    verb, does = tree.head[noun], words("events.taking_on")
    if tree.dep[noun] == "pobj":
        if tree.lower[verb] not in ("for", "in"):
            return None
        verb = tree.head[verb]
        if tree.dep[verb] == "dobj" and tree.lemma[verb] in words("events.answering"):
            verb, does = tree.head[verb], _doing()  # claimed responsibility for it
        elif (thing := tree.child(verb, "dobj")) is not None:
            part = tree.lemma[thing] in words("events.answering")
            does = _doing() if part else frozenset()  # took part in it; not: led them in exile
    elif tree.dep[noun] != "dobj":
        return None
    return verb if tree.is_verb(verb) and tree.lemma[verb] in does else None


@cache
def _doing() -> frozenset[str]:
    return words("events.support") | words("events.taking_on")


def _of_many(tree: Tree, noun: int) -> int:
    """The noun of which an event is many: a series of raids."""
    of = tree.head[noun]
    if tree.dep[noun] != "pobj" or tree.lower[of] != "of":
        return noun
    over = tree.head[of]
    return over if tree.lemma[over] in words("events.part") else noun


def _supported(tree: Tree, predicate: Predicate, roles: set[Role]) -> Iterator[Argument]:
    """Who carried out what the noun tells of; and on whom, if the parse gives that to the verb."""
    noun = _of_many(tree, predicate.token)
    verb = tree.head[noun]
    if verb == noun or not tree.is_verb(verb) or tree.lemma[verb] not in words("events.support"):
        return
    found: int | None = None
    if tree.dep[noun] == "dobj":
        subject = subject_of(tree, verb)
        found = subject[0] if subject is not None else None
    elif tree.dep[noun] == "nsubjpass" and is_passive(tree, verb):
        by = tree.child(verb, "agent")
        found = tree.child(by, "pobj") if by is not None else None
    if found is not None and Role.AGENT not in roles:
        yield from (Argument(Role.AGENT, i, Join.SUPPORT) for i in listed(tree, found))
    for child in tree.children[verb]:
        inner = tree.child(child, "pobj") if tree.dep[child] == "prep" else None
        if inner is None or tree.lower[child] not in ("on", "upon", "against"):
            continue
        role = _role_after(tree, predicate, child, inner, owned=True)
        if role is not None and role not in roles:
            yield from (Argument(role, i, Join.SUPPORT) for i in listed(tree, inner))
