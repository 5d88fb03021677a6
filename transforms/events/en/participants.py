"""Who takes part in a verb's clause and as what: its own arguments, then those understood.

What happens to a verb's object in the active happens to its subject in the passive;
event_words.csv says where a verb's subject is not its agent (die, buy). What a clause lacks it has
from the clause that it is joined to (:class:`transforms.events.frame.Join`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from transforms.event_words import counted_categories, event_words
from transforms.events.en.happened import PERSONAL
from transforms.events.en.phrases import STRONG
from transforms.events.en.predicates import Predicate
from transforms.events.frame import Join, Role
from transforms.events.tree import Tree
from transforms.words import words

SUBJECTS = ("nsubj", "nsubjpass")
_NAMED = ("PERSON", "NORP", "ORG", "GPE")
#: How many clauses up a subject is looked for.
_HIGHEST = 6


@dataclass(frozen=True, slots=True)
class Argument:
    """The token by which a participant hangs, its role, and how it was understood."""

    role: Role
    head: int
    join: Join


def of_verb(tree: Tree, predicate: Predicate) -> list[Argument]:
    """The participants of a verb, those of its own clause first."""
    found = list(_own(tree, predicate))
    roles = {one.role for one in found}
    subject = _subject_role(tree, predicate)
    if subject not in roles or not any(tree.dep[one.head] in SUBJECTS for one in found):
        understood = subject_of(tree, predicate.token)
        if understood is not None and understood[1]:
            head, join = understood
            if head not in {one.head for one in found}:
                found += [Argument(subject, i, join) for i in listed(tree, head)]
    roles = {one.role for one in found}
    found += [one for one in _shared(tree, predicate) if one.role not in roles]
    found += _gap(tree, predicate, {one.role for one in found})
    if predicate.stated and tree.lemma[predicate.token] in words("events.hosting"):
        return [one for one in found if one.role is not Role.AGENT]  # the year saw 71 men jailed
    return found


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether a verb's subject is its object in the active; also of a bare participle."""
    labels = {tree.dep[c] for c in tree.children[verb]}
    if labels & {"auxpass", "nsubjpass"}:
        return True
    helped = any(tree.dep[c] == "aux" and tree.tag[c] != "TO" for c in tree.children[verb])
    if helped or labels & {"dobj"}:
        return False
    if tree.tag[verb] == "VBN" and tree.dep[verb] in ("acl", "relcl", "advcl", "acomp", "oprd"):
        return True
    above = tree.head[verb]
    if tree.dep[verb] != "conj" or above == verb or not tree.is_verb(above):
        return False
    own = any(tree.dep[c] == "nsubj" and _has_number(tree, c) for c in tree.children[verb])
    return (tree.tag[verb] == "VBN" or own) and is_passive(tree, above)


def subject_of(tree: Tree, verb: int, depth: int = 0) -> tuple[int, Join] | None:
    """The subject of a verb and where it was understood from."""
    own = next((c for c in tree.children[verb] if tree.dep[c] in SUBJECTS), None)
    dep, above = tree.dep[verb], tree.head[verb]
    if own is not None:
        if tree.tag[own] not in ("WDT", "WP"):
            return (own, Join.NONE) if tree.dep[own] != "expl" else None
        return (above, Join.RELATIVE) if dep == "relcl" else None
    if depth > _HIGHEST or above == verb:
        return None
    if dep == "relcl":
        return above, Join.RELATIVE
    if dep == "acl":
        return _of_noun(tree, verb, above, depth)
    if dep == "pcomp":
        return _gerund(tree, above, depth)
    if dep == "prep" or not tree.is_verb(above):
        return None
    if dep == "conj":
        found = subject_of(tree, above, depth + 1)
        return (found[0], Join.COORDINATED) if found is not None else None
    bare = not any(
        tree.dep[c] == "aux" and tree.tag[c] not in ("TO", "VBG") for c in tree.children[verb]
    )
    if dep == "advcl" and bare and tree.tag[verb] in ("VBG", "VBN"):
        if tree.tag[verb] == "VBG" and is_passive(tree, above):
            by = _by(tree, above)
            if by is not None:
                return by, Join.PARTICIPLE
        found = subject_of(tree, above, depth + 1)
        return (found[0], Join.PARTICIPLE) if found is not None else None
    states = dep in ("acomp", "oprd") and tree.tag[verb] == "VBN"  # the market stayed closed
    if states or (dep in ("xcomp", "ccomp", "advcl") and tree.tag[verb] in ("VB", "VBG")):
        thing = tree.child(above, "dobj")
        if thing is not None and dep != "advcl" and thing < verb:
            return thing, Join.INFINITIVE
        found = subject_of(tree, above, depth + 1)
        return (found[0], Join.INFINITIVE) if found is not None else None
    return None


def listed(tree: Tree, head: int) -> list[int]:
    """A noun and those coordinated with it that have no clause of their own."""
    found = [head]
    for child in tree.children[head]:
        if tree.dep[child] == "conj" and not tree.is_verb(child) and not apart(tree, child):
            found += listed(tree, child)
    return found


def apart(tree: Tree, conjunct: int) -> bool:
    """Whether a coordinated number has a clause of its own: killed 60 in Zambia and 12 in Malawi;
    will cut 300 jobs and Y 150."""
    if tree.mended.get(conjunct) in ("elided_verb", "gapped"):
        return True
    first, counted = tree.head[conjunct], tree.tag[conjunct] == "CD"
    if tree.dep[first] == "pobj" and not _has_number(tree, first):
        return counted or _has_number(tree, conjunct)  # in Riga and three in Tartu
    return counted and all(
        any(tree.dep[c] == "prep" and tree.lower[c] in STRONG for c in tree.children[i])
        for i in (conjunct, first)
    )


def elided(tree: Tree, predicate: Predicate, arguments: Sequence[Argument]) -> list[list[Argument]]:
    """The participants of the other clauses of a verb that is said once (:func:`apart`)."""
    heads = [one.head for one in arguments if one.role is Role.PATIENT and one.join is Join.NONE]
    preps = [c for c in tree.children[predicate.token] if tree.dep[c] == "prep"]
    heads += [inner for c in preps if (inner := tree.child(c, "pobj")) is not None]
    conjuncts = [c for head in heads for c in tree.children[head] if tree.dep[c] == "conj"]
    return [_without(tree, predicate, arguments, c) for c in conjuncts if apart(tree, c)]


def _without(
    tree: Tree, predicate: Predicate, arguments: Sequence[Argument], thing: int
) -> list[Argument]:
    """The participants of an elided verb: what stands beside ``thing`` and, of the first, the
    roles that nothing there has."""
    own = [Argument(Role.PATIENT, thing, Join.NONE)]
    for child in tree.children[thing]:
        if tree.mended.get(child) == "gapped":
            own.append(Argument(Role.AGENT, child, Join.NONE))
        inner = tree.child(child, "pobj") if tree.dep[child] == "prep" else None
        if inner is not None and _gets(tree, predicate, child, [thing]):
            own.append(Argument(Role.RECIPIENT, inner, Join.NONE))
    roles = {one.role for one in own}
    return [*own, *(replace(one, join=Join.ELIDED) for one in arguments if one.role not in roles)]


@cache
def given_types() -> frozenset[str]:
    """Types of events in which somebody gets something: those of the verbs of giving."""
    giving = words("events.giving") - words("events.moving")
    return frozenset(
        told.event_type for word, told in event_words("verb").items() if word in giving
    )


def _own(tree: Tree, predicate: Predicate) -> Iterator[Argument]:
    """The arguments in a verb's own clause, in the order of the text."""
    verb = predicate.token
    passive = is_passive(tree, verb)
    for child in tree.children[verb]:
        dep = tree.dep[child]
        head, join = _referent(tree, verb, child)
        if head is None or tree.ent[child] in ("DATE", "TIME"):
            continue
        role: Role | None = None
        if dep in SUBJECTS:
            role = _subject_role(tree, predicate)
        elif dep == "dobj" and not predicate.stated and not _in_word(tree, predicate, child):
            role = _object_role(predicate, passive)
        elif dep in ("prep", "agent", "dative"):
            inner = tree.child(child, "pobj")
            if inner is None and dep == "dative":
                inner = child
            if inner is None or tree.ent[inner] in ("DATE", "TIME"):
                continue
            role, head = _after(tree, predicate, child, inner), inner
        elif dep == "advcl" and tree.lemma[child] in words("events.using"):
            thing = tree.child(child, "dobj")
            role, head = (Role.INSTRUMENT, thing) if thing is not None else (None, head)
        if role is not None and head is not None:
            yield from (Argument(role, i, join) for i in listed(tree, head))
    yield from (Argument(Role.PATIENT, i, Join.NONE) for i in predicate.stated)


def _referent(tree: Tree, verb: int, child: int) -> tuple[int | None, Join]:
    """What an argument stands for: of a relative pronoun the noun before it."""
    if tree.tag[child] == "EX" or tree.dep[child] == "expl":
        return None, Join.NONE
    if tree.tag[child] not in ("WDT", "WP"):
        return child, Join.NONE
    return (tree.head[verb], Join.RELATIVE) if tree.dep[verb] == "relcl" else (None, Join.NONE)


def _after(tree: Tree, predicate: Predicate, prep: int, inner: int) -> Role | None:
    """The role of what stands after a preposition of a verb; a thing given has no preposition."""
    verb, word = predicate.token, tree.lower[prep]
    told = predicate.word
    if word == predicate.preposition:
        return _object_role(predicate, passive=False)
    if tree.dep[prep] == "dative" and prep == inner:
        return Role.RECIPIENT
    if word == "by" and is_passive(tree, verb):
        return Role.RECIPIENT if told is not None and told.subject == "recipient" else Role.AGENT
    if word == "to":
        things = [c for c in tree.children[verb] if tree.dep[c] in ("dobj", "nsubjpass")]
        return Role.RECIPIENT if _gets(tree, predicate, prep, things) else None
    if word == "with":
        if predicate.of_subject:
            return Role.PARTNER
        thing = tree.ent[inner] not in _NAMED and tree.lemma[inner] not in event_words("noun")
        return Role.INSTRUMENT if told is not None and thing else None
    if word == "against" and tree.child(verb, "dobj") is None:
        return Role.PARTNER if predicate.of_subject else Role.PATIENT
    return None


def _gets(tree: Tree, predicate: Predicate, prep: int, things: Sequence[int]) -> bool:
    """Whether what stands after "to" gets the things; where people are sent it says where."""
    told = predicate.word
    gives = tree.lemma[predicate.token] in words("events.giving")
    gives = gives or (told is not None and told.event_type in given_types())
    people = any(counted_categories().get(tree.lemma[i]) in PERSONAL for i in things)
    return tree.lower[prep] == "to" and gives and not people


def _in_word(tree: Tree, predicate: Predicate, child: int) -> bool:
    """Whether an object is part of the word itself (take hostage, lose home)."""
    return tree.lemma[child] in predicate.lemma.split(" ")[1:]


def _subject_role(tree: Tree, predicate: Predicate) -> Role:
    verb, told = predicate.token, predicate.word
    if predicate.state is not None:
        of_it = predicate.state == verb or tree.lemma[verb] == "be" or is_passive(tree, verb)
        return Role.PATIENT if of_it else Role.AGENT
    if is_passive(tree, verb):
        given = tree.lemma[verb] in words("events.giving") and tree.child(verb, "dobj") is not None
        return Role.RECIPIENT if given else _object_role(predicate, passive=False)
    if tree.lemma[verb] == "be":
        return Role.PATIENT
    return Role(told.subject) if told is not None and told.subject else Role.AGENT


def _object_role(predicate: Predicate, passive: bool) -> Role:
    """The role of an object; one that stands beside a passive subject is what is given."""
    told = predicate.word
    if told is None or predicate.of_subject or passive or predicate.state is not None:
        return Role.PATIENT
    return Role(told.role) if told.role else Role.PATIENT


def _of_noun(tree: Tree, verb: int, noun: int, depth: int) -> tuple[int, Join] | None:
    """The subject of a participle or an infinitive behind a noun."""
    if tree.tag[verb] == "VBN":
        return noun, Join.REDUCED
    if tree.tag[verb] == "VBG":
        return noun, Join.PARTICIPLE
    owner = tree.child(noun, "poss")
    if owner is not None:
        return owner, Join.INFINITIVE
    above = tree.head[noun]
    if not tree.is_verb(above) or tree.dep[noun] != "dobj":
        return None
    found = subject_of(tree, above, depth + 1)
    return (found[0], Join.INFINITIVE) if found is not None else None


def _gerund(tree: Tree, prep: int, depth: int) -> tuple[int, Join] | None:
    """Who does what stands after a preposition: accused the mayor of taking, left after taking."""
    above = tree.head[prep]
    if not tree.is_verb(above):
        return None
    if tree.lower[prep] in ("of", "for", "from"):
        thing = tree.child(above, "dobj")
        if thing is not None:
            return thing, Join.GERUND
    found = subject_of(tree, above, depth + 1)
    return (found[0], Join.GERUND) if found is not None else None


def _by(tree: Tree, verb: int) -> int | None:
    by = tree.child(verb, "agent")
    return tree.child(by, "pobj") if by is not None else None


def _shared(tree: Tree, predicate: Predicate) -> Iterator[Argument]:
    """What a coordinated verb behind this one has and this one has not: its object where none
    stands between them (killed or wounded 40), who gets it, by whom it was done."""
    verb = predicate.token
    for other in tree.children[verb]:
        if tree.dep[other] != "conj" or other < verb or not tree.is_verb(other):
            continue
        labels = {tree.dep[c] for c in tree.children[other]}
        if labels & set(SUBJECTS):
            continue
        thing = tree.child(other, "dobj")
        between = [c for c in tree.children[verb] if verb < c < other and tree.dep[c] != "cc"]
        does = not predicate.of_subject and not is_passive(tree, verb)
        if thing is not None and not between and does:
            role = _object_role(predicate, passive=False)
            yield from (Argument(role, i, Join.COORDINATED) for i in listed(tree, thing))
        by = _by(tree, other)
        if by is not None and is_passive(tree, verb):
            yield from (Argument(Role.AGENT, i, Join.COORDINATED) for i in listed(tree, by))
        told = predicate.word
        to = tree.child(other, "dative")
        if to is not None and told is not None and told.event_type in given_types():
            inner = tree.child(to, "pobj")
            yield Argument(Role.RECIPIENT, to if inner is None else inner, Join.COORDINATED)
        return


def _gap(tree: Tree, predicate: Predicate, roles: set[Role]) -> list[Argument]:
    """The noun that a relative clause without pronoun tells of: the bridge the rebels blew up."""
    verb = predicate.token
    told, role = predicate.word, _object_role(predicate, passive=False)
    own = {tree.dep[c] for c in tree.children[verb]}
    asked = any(tree.tag[c] in ("WRB", "WDT", "WP") for c in tree.children[verb])
    if tree.dep[verb] != "relcl" or told is None or predicate.of_subject or role in roles:
        return []
    if "nsubj" not in own or asked or tree.ent[tree.head[verb]] in ("DATE", "TIME"):
        return []
    return [Argument(role, tree.head[verb], Join.RELATIVE)]


def _has_number(tree: Tree, token: int) -> bool:
    before = [c for c in tree.children[token] if c < token]
    return tree.tag[token] == "CD" or any(tree.tag[c] == "CD" for c in before)
