"""Who takes part in a clause without standing in it: understood from the clause it is joined to.

:class:`transforms.events.frame.Join` names how. What is listed with a participant takes part too,
unless it stands for a clause of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.event_words import event_words
from transforms.events.en.concrete import kinds
from transforms.events.en.phrases import STRONG
from transforms.events.en.predicates import Predicate
from transforms.events.en.roles import (
    Argument,
    gets,
    given_types,
    has_number,
    is_passive,
    object_role,
)
from transforms.events.frame import Join, Role
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import words

#: Kinds of those who do something.
_WILLED = frozenset(("body", "force", "people", "place"))
#: Labels of names of where and when.
_SETTING = ("GPE", "LOC", "FAC", "DATE", "TIME")
#: How many clauses up a subject is looked for.
_HIGHEST = 6


def subject_of(tree: Tree, verb: int, depth: int = 0) -> tuple[int, Join] | None:
    """The subject of a verb and where it was understood from."""
    own = next((c for c in tree.children[verb] if tree.dep[c] in SUBJECTS), None)
    dep, above = tree.dep[verb], tree.head[verb]
    if own is not None:
        if tree.tag[own] not in ("WDT", "WP"):
            return (own, Join.NONE) if tree.dep[own] != "expl" else None
        return (antecedent(tree, above), Join.RELATIVE) if dep == "relcl" else None
    if depth > _HIGHEST or above == verb:
        return None
    if dep in ("relcl", "acl") and any(tree.tag[c] == "TO" for c in tree.children[verb]):
        be = tree.head[above]
        if tree.dep[above] == "attr" and tree.lemma[be] == "be":
            found = subject_of(tree, be, depth + 1)  # Oslo was the first city to send boats
            return (found[0], Join.INFINITIVE) if found is not None else None
    if dep == "relcl":
        return antecedent(tree, above), Join.RELATIVE
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
            return (by, Join.PARTICIPLE) if by is not None else None
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


def antecedent(tree: Tree, noun: int) -> int:
    """What a relative clause tells of: behind a place, the event there (the raid in Homs that
    killed nine)."""
    prep = tree.head[noun]
    if tree.dep[noun] != "pobj" or tree.lower[prep] not in ("in", "on", "at", "near"):
        return noun
    event = tree.head[prep]
    return event if tree.lemma[event] in event_words("noun") else noun


def _of_noun(tree: Tree, verb: int, noun: int, depth: int) -> tuple[int, Join] | None:
    """The subject of a participle or an infinitive behind a noun."""
    if tree.tag[verb] == "VBN":
        return noun, Join.REDUCED
    if tree.tag[verb] == "VBG":
        over = _clause_over(tree, noun) if tree.ent[noun] in _SETTING else None
        if over is None:
            return noun, Join.PARTICIPLE
        found = subject_of(tree, over, depth + 1)  # fired at a fair in Lota, killing one
        return (found[0], Join.PARTICIPLE) if found is not None else None
    owner = tree.child(noun, "poss")
    if owner is not None:
        return owner, Join.INFINITIVE
    above = tree.head[noun]
    if not tree.is_verb(above) or tree.dep[noun] != "dobj":
        return None
    found = subject_of(tree, above, depth + 1)
    return (found[0], Join.INFINITIVE) if found is not None else None


def _clause_over(tree: Tree, noun: int) -> int | None:
    """The verb of the clause that a noun stands in, behind prepositions and beside other nouns."""
    return next((i for i in tree.up(noun)[1:] if tree.is_verb(i)), None)


def _gerund(tree: Tree, prep: int, depth: int) -> tuple[int, Join] | None:
    """Who does what stands after a preposition: accused the mayor of taking, left after taking."""
    above = tree.head[prep]
    if not tree.is_verb(above):
        near = tree.lower[prep] == "for" and tree.lemma[above] in words("events.punishment")
        over = _clause_over(tree, above) if near else None
        found = subject_of(tree, over, depth + 1) if over is not None else None
        willed = found is not None and not _WILLED.isdisjoint(kinds(tree, found[0]))
        # Served time for killing; not: the way is good for killing.
        return (found[0], Join.GERUND) if found is not None and willed else None
    if tree.lower[prep] in ("of", "for", "from"):
        thing = tree.child(above, "dobj")
        if thing is not None and not _WILLED.isdisjoint(kinds(tree, thing)):
            return thing, Join.GERUND  # not: served time for taking
    found = subject_of(tree, above, depth + 1)
    return (found[0], Join.GERUND) if found is not None else None


def _by(tree: Tree, verb: int) -> int | None:
    """Who does it, after "by"."""
    by = tree.child(verb, "agent")
    return tree.child(by, "pobj") if by is not None else None


def shared(tree: Tree, predicate: Predicate) -> Iterator[Argument]:
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
            role = object_role(predicate, passive=False)
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


def gap(tree: Tree, predicate: Predicate, roles: set[Role]) -> list[Argument]:
    """The noun that a relative clause without pronoun tells of: the bridge the rebels blew up."""
    verb = predicate.token
    told, role = predicate.word, object_role(predicate, passive=False)
    own = {tree.dep[c] for c in tree.children[verb]}
    asked = any(tree.tag[c] in ("WRB", "WDT", "WP") for c in tree.children[verb])
    if tree.dep[verb] != "relcl" or told is None or predicate.of_subject or role in roles:
        return []
    if "nsubj" not in own or asked or tree.ent[tree.head[verb]] in ("DATE", "TIME"):
        return []
    return [Argument(role, tree.head[verb], Join.RELATIVE)]


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
    if tree.dep[first] == "pobj" and not has_number(tree, first):
        return counted or has_number(tree, conjunct)  # in Riga and three in Tartu
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
    return [
        _without(tree, predicate, arguments, c)
        for c in conjuncts
        if apart(tree, c) and not _tells_its_own(tree, c)
    ]


def _tells_its_own(tree: Tree, conjunct: int) -> bool:
    """Whether what happened to a number stands right behind it: and 13 injured."""
    after = conjunct + 1
    return after in tree.children[conjunct] and tree.tag[after] == "VBN"


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
        if inner is not None and gets(tree, predicate, child, [thing]):
            own.append(Argument(Role.RECIPIENT, inner, Join.NONE))
    roles = {one.role for one in own}
    return [*own, *(replace(one, join=Join.ELIDED) for one in arguments if one.role not in roles)]
