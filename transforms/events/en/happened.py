"""What happened to those who are counted: the category of a count, read from its clause.

What a participle or a state says of the counted themselves decides (40 soldiers wounded); else what
the verb of their clause does to them, by their role in it and the word's own (event_words.csv);
else the noun. A toll and a level counted by a noun of harm are of that harm (deaths rose to 64).
"""

from __future__ import annotations

from functools import cache

from transforms.event_words import (
    counted_categories,
    event_categories,
    event_words,
    event_words_for,
)
from transforms.events.tree import Tree
from transforms.reference import reference
from transforms.words import words

PERSONAL = frozenset(
    [
        "troops",
        "killed",
        "wounded",
        "casualties",
        "captured",
        "missing",
        "detained",
        "displaced",
        "people",
    ]
)
#: Categories of people to whom something happened: a noun that says so is not overruled but by
#: what is worse (hostages who were killed).
HARMED = frozenset(("killed", "wounded", "casualties", "captured", "missing", "detained"))
_SUBJECTS = ("nsubj", "nsubjpass")
_NOUNS = ("NOUN", "PROPN", "NUM", "PRON")
#: How what makes one word with a verb hangs on it: shot down, lost their lives, shot dead.
_PARTICLES = ("dobj", "oprd", "npadvmod", "acomp", "attr", "advmod", "prt")


def category_of(tree: Tree, token: int, noun: str) -> tuple[str, str]:
    """The category of a count and the rule that gave it.

    ``token`` is the counted head, or the number where the noun is left out; ``noun`` the category
    of the counted noun alone, "" where nothing is counted.
    """
    if noun in HARMED:
        if noun in ("captured", "detained", "missing"):
            worse = happened(tree, token)
            free = _above(tree, token) == "people"  # 30 inmates escaped
            if worse in ("killed", "wounded", "casualties") or free:
                return str(worse), "category_verb"
        return noun, "category_noun"
    if noun in PERSONAL or noun == "" or _of_people(tree, token):
        found = happened(tree, token)
        if found and not (noun == "troops" and found == "displaced"):
            return found, "category_verb"
        level = _level(tree, token) or _of_those(tree, token)
        if level:
            return level, "category_toll"
    if noun == "":
        return ("people", "category_body") if in_body(tree, token) else ("other", "category_none")
    return noun, "category_noun"


def _of_those(tree: Tree, token: int) -> str | None:
    """What happened to those a bare number is a part of: of the dead, four were found in Lima."""
    verb = tree.head[token]
    if tree.tag[token] != "CD" or not tree.is_verb(verb):
        return None
    for of in tree.children[verb]:
        inner = tree.child(of, "pobj") if tree.lower[of] == "of" and of < token else None
        if inner is not None and _of_state(tree, inner):
            return _of_state(tree, inner)
    return None


def in_body(tree: Tree, token: int) -> bool:
    """Whether a bare number is that of a body of people: a team of eight."""
    of = tree.head[token]
    if tree.dep[token] != "pobj" or tree.lower[of] != "of":
        return False
    body = tree.lemma[tree.head[of]]
    return body in words("events.body") or counted_categories().get(body) in PERSONAL


def _of_people(tree: Tree, token: int) -> bool:
    """Whether what is counted is said to be among people that are counted: including 7 minors."""
    head = tree.head[token]
    if tree.dep[token] != "pobj" or tree.lower[head] not in ("including", "among"):
        return False
    return counted_categories().get(tree.lemma[tree.head[head]]) in PERSONAL


def happened(tree: Tree, token: int) -> str | None:
    """What the words above and beside a token say happened to what it counts."""
    beside = _beside(tree, token)
    if beside in HARMED:
        return beside
    above = _above(tree, token)
    return above if above in HARMED else beside or above


def _beside(tree: Tree, token: int) -> str | None:
    """40 soldiers wounded; people who died; bodies found; those known to have died."""
    verbs, states = event_categories("verb"), event_categories("adjective")
    if tree.tag[token] == "CD" and token + 1 < len(tree.head):  # 17 wounded, four dead
        following = token + 1
        if tree.lower[following] in states and not _modifies(tree, following):
            return states[tree.lower[following]]
    for child in tree.children[token]:
        if tree.dep[child] == "prep" and child > token and _with_harm(tree, child):
            return _with_harm(tree, child)
        if tree.dep[child] not in ("acl", "relcl", "amod", "appos"):
            continue
        if child > token and any(tree.tag[i] == "CD" for i in range(token + 1, child)):
            continue  # 40 soldiers, 12 of them wounded
        if tree.tag[child] == "VBG" and tree.child(child, "dobj") is not None:
            continue  # guests missing their coats
        lemma = tree.lemma[child]
        done = tree.tag[child] == "VBN" or _of_subject(lemma) or _passive(tree, child)
        if tree.pos[child] == "VERB" and lemma in verbs and done:
            return _together(tree, child)
        if tree.lower[child] in states:
            return states[tree.lower[child]]
        for below in tree.children[child]:
            if tree.dep[below] == "xcomp" and tree.lemma[below] in verbs and below > child:
                return _together(tree, below)
            if tree.dep[below] in ("acomp", "oprd", "attr") and tree.lower[below] in states:
                return states[tree.lower[below]]
    return None


def _with_harm(tree: Tree, prep: int) -> str | None:
    """Seven passengers with injuries, 12 with burns."""
    inner = tree.child(prep, "pobj") if tree.lower[prep] == "with" else None
    if inner is None:
        return None
    return "wounded" if tree.lemma[inner] in event_words_for("noun", "harm") else None


def _modifies(tree: Tree, word: int) -> bool:
    """Whether a word stands before the noun that it belongs to."""
    return tree.dep[word] in ("amod", "compound") and tree.head[word] > word


def _above(tree: Tree, token: int) -> str | None:
    top, head, seen = token, tree.head[token], 0
    while seen < 6 and head != top:
        seen += 1
        more = tree.lower[head] == "more" and not tree.is_verb(head)
        full = tree.is_verb(head) and tree.dep[head] != "prep"  # not "including"
        if full or (tree.pos[head] == "ADJ" and not more):
            return _by_verb(tree, top, head)
        through = (
            (tree.dep[top] == "conj" and tree.pos[head] in _NOUNS)
            or "including" in (tree.lower[top], tree.lower[head])
            or tree.dep[top] in ("nummod", "quantmod", "compound", "appos")
            or tree.pos[head] == "NUM"
            or (more and tree.dep[top] == "npadvmod")
            or tree.lower[head] in ("of", "by", "for", "to", "among")
            or (tree.lower[top] == "of" and is_quantifier(tree, head))
            or (tree.lower[top] == "of" and tree.lemma[head] in words("figures.total"))
        )
        if not through:
            return None
        top, head = head, tree.head[head]
    return None


def _by_verb(tree: Tree, argument: int, verb: int) -> str | None:
    verbs, states = event_categories("verb"), event_categories("adjective")
    lemma, dep = tree.lemma[verb], tree.dep[argument]
    passive = _passive(tree, verb)
    subject = dep in _SUBJECTS
    if (subject or dep == "attr") and lemma == "be":
        for child in tree.children[verb]:
            if tree.dep[child] in ("prep", "attr") and child != argument and _among(tree, child):
                return _among(tree, child)
    if dep in ("dobj", "attr") and lemma in words("events.comprising"):
        whole = next((c for c in tree.children[verb] if tree.dep[c] in _SUBJECTS), None)
        named = _of_state(tree, whole) if whole is not None else None
        if named:
            return named  # the dead include three nurses
    if dep == "dobj" or passive:
        harm = next((c for c in tree.children[verb] if c > verb and _with_harm(tree, c)), None)
        if harm is not None and lemma in words("figures.resulting"):
            return _with_harm(tree, harm)
    for child in tree.children[verb]:
        if child < verb or tree.dep[child] not in ("acomp", "oprd", "attr", "ccomp", "xcomp"):
            continue
        known = subject or lemma in words("figures.resulting")
        if tree.lower[child] in states and known:
            return states[tree.lower[child]]
    made = _made_to(tree, argument, verb, passive=passive)
    if made:
        return made
    if dep == "prep" and f"{lemma} {tree.lower[argument]}" in verbs and not passive:
        return verbs[f"{lemma} {tree.lower[argument]}"]  # searching for 48 people
    for child in tree.children[verb]:
        phrase = f"{lemma} {tree.lemma[child]}"
        taken = event_words("verb").get(phrase)
        if taken is not None and tree.dep[child] in _PARTICLES:
            if not taken.category and tree.dep[child] == "prt":
                return None  # shot down is not shot
            if taken.category and (not (subject and not passive) or taken.of_subject):
                return taken.category
        if (tree.dep[child] == "prep" and subject | passive) or dep == "dobj":
            inner = tree.child(child, "pobj")
            phrase = f"{lemma} {tree.lower[child]} {tree.lemma[inner]}" if inner is not None else ""
            if phrase in verbs:
                return verbs[phrase]  # crushed to death
            if (subject or passive) and f"{lemma} {tree.lower[child]}" in verbs:
                return verbs[f"{lemma} {tree.lower[child]}"]  # crossed into Chad
    following = [
        c
        for c in tree.children[argument]
        if c > argument
        and tree.lower[c] in states
        and tree.child(c, "dobj") is None
        and not any(tree.tag[i] == "CD" for i in range(argument + 1, c))
    ]
    if following:
        return states[tree.lower[following[0]]]
    if tree.lower[verb] in states and subject:
        return _together(tree, verb)
    if lemma not in verbs:
        return None
    if subject and not (passive or _of_subject(lemma)):
        return None
    if dep in ("dobj", "attr", "oprd", "npadvmod", "dative") and _of_subject(lemma) and not passive:
        return verbs[lemma] if dep == "npadvmod" else None
    if dep == "dobj" and lemma in event_words_for("verb", "bereft") and _by_person(tree, verb):
        return "killed"
    if (
        subject
        or dep in ("dobj", "attr", "oprd", "npadvmod")
        or (dep == "advmod" and tree.lower[argument] == "more")
        or (
            dep in ("prep", "agent")
            and tree.lower[argument] in ("of", "including", "by", "to", "among")
        )
    ):
        return _together(tree, verb)
    return None


def _made_to(tree: Tree, argument: int, verb: int, *, passive: bool) -> str | None:
    """What those are made to do who are its object: forced 300 to flee."""
    controlled = tree.dep[argument] == "dobj" or (passive and tree.dep[argument] in _SUBJECTS)
    for child in tree.children[verb]:
        if tree.dep[child] not in ("xcomp", "ccomp") or child < verb or not tree.is_verb(child):
            continue
        own = tree.child(child, "nsubj")
        if own is not None and own != argument:
            continue
        if not (controlled or own == argument):
            continue
        lemma, thing = tree.lemma[child], tree.child(child, "dobj")
        verbs = event_words("verb")
        told = verbs.get(f"{lemma} {tree.lemma[thing]}") if thing is not None else None
        told = told or verbs.get(lemma)
        displaced = told is not None and told.category == "displaced"
        if told is not None and displaced and (thing is None or told.of_subject):
            return told.category or None
    return None


def _by_person(tree: Tree, verb: int) -> bool:
    """Whether the subject of a verb is one person: I, she, Ana Reyes, the widow."""
    subject = next((c for c in tree.children[verb] if tree.dep[c] == "nsubj"), None)
    if subject is None:
        return False
    one = tree.tag[subject] == "NN" and counted_categories().get(tree.lemma[subject]) == "people"
    return one or tree.ent[subject] == "PERSON" or tree.lower[subject] in ("i", "he", "she", "who")


def _among(tree: Tree, child: int) -> str | None:
    """were among the 19 dead"""
    states = event_categories("adjective")
    if tree.lower[child] != "among":
        return None
    inner = tree.child(child, "pobj")
    return states.get(tree.lower[inner]) if inner is not None else None


def _passive(tree: Tree, verb: int) -> bool:
    seen = tree.tag[verb] == "VBD" and tree.dep[verb] == "ccomp" and tree.head[verb] < verb
    if seen and tree.lemma[tree.head[verb]] in words("figures.resulting"):
        return not any(tree.dep[c] in ("dobj", "ccomp", "xcomp") for c in tree.children[verb])
    return tree.tag[verb] == "VBN" and not any(
        tree.lemma[c] == "have" and tree.dep[c] == "aux" and not _has_be(tree, verb)
        for c in tree.children[verb]
    )


def _has_be(tree: Tree, verb: int) -> bool:
    return any(tree.dep[c] in ("auxpass", "nsubjpass") for c in tree.children[verb])


def _of_subject(lemma: str) -> bool:
    """Whether a verb tells what happens to its subject (12 died), not to its object."""
    told = event_words("verb").get(lemma)
    return told is not None and told.of_subject


def _together(tree: Tree, verb: int) -> str:
    """Killed, wounded: each its own; killed and wounded together, or with more: casualties."""
    verbs, states = event_categories("verb"), event_categories("adjective")
    own = verbs.get(tree.lemma[verb]) or states.get(tree.lower[verb], "other")
    found = {own}
    for other in _coordinated(tree, verb):
        if other != verb and _shares(tree, *sorted((other, verb))):
            named = verbs.get(tree.lemma[other]) or states.get(tree.lower[other])
            if named:
                found.add(named)
    if "killed" in found and found & {"wounded", "captured", "missing"}:
        return "casualties"
    return own


def _coordinated(tree: Tree, verb: int) -> list[int]:
    top = verb
    while tree.dep[top] == "conj" and tree.pos[tree.head[top]] in ("VERB", "AUX", "ADJ"):
        top = tree.head[top]
    found, queue = [top], [top]
    while queue:
        for child in tree.children[queue.pop()]:
            if tree.dep[child] == "conj" and tree.pos[child] in ("VERB", "AUX", "ADJ"):
                found.append(child)
                queue.append(child)
    return found


def _shares(tree: Tree, first: int, second: int) -> bool:
    """Whether two coordinated verbs tell of the same people: the later has nothing of its own."""
    own = any(tree.dep[c] in _SUBJECTS for c in tree.children[second])
    objects = all(any(tree.dep[c] == "dobj" for c in tree.children[v]) for v in (first, second))
    between = range(first + 1, second)
    counted = any(
        tree.tag[i] == "CD" or tree.lower[i] in ("another", "others", "several", "more")
        for i in between
    )
    return not own and not objects and not counted


def _level(tree: Tree, token: int) -> str | None:
    """What a bare number is the level of: the toll rose to 64, it put the dead at 96."""
    top, head = token, tree.head[token]
    for _ in range(4):
        if tree.is_verb(head):
            break
        top, head = head, tree.head[head]
    if not tree.is_verb(head):
        return None
    if tree.lower[top] == "at" and tree.lemma[head] in words("events.setting_level"):
        thing = tree.child(head, "dobj", "nsubjpass")
        return category_of_noun(tree, thing) if thing is not None and thing < top else None
    subject = next((c for c in tree.children[head] if tree.dep[c] in _SUBJECTS and c < head), None)
    if subject is None or top == subject or tree.dep[top] not in ("prep", "attr", "dobj", "acomp"):
        return None
    if tree.lemma[head] not in words("events.level"):
        return None
    return category_of_noun(tree, subject)


def category_of_noun(tree: Tree, noun: int) -> str | None:
    """The harm that a noun counts: deaths, the death toll, the number of deaths, losses."""
    nouns = event_categories("noun")
    lemma = tree.lemma[noun]
    if lemma in words("figures.total"):
        of = next((c for c in tree.children[noun] if tree.lower[c] == "of"), None)
        inner = tree.child(of, "pobj") if of is not None else None
        if inner is None:
            return None
        bare = event_categories("adjective").get(tree.lower[inner])  # the count of missing
        return _beside(tree, inner) or bare or category_of_noun(tree, inner)
    named = nouns.get(lemma) or counted_categories().get(lemma) or _of_state(tree, noun)
    if named in HARMED:
        return named
    if lemma in event_words_for("noun", "side") and _of_side(tree, noun):
        return "casualties"  # Russian losses
    if lemma in words("events.body"):  # the crowd, the contingent: its people
        return counted_categories().get(lemma)
    if lemma in words("events.amount"):  # the troop presence
        of = next((c for c in tree.children[noun] if tree.dep[c] in ("compound", "nmod")), None)
        named = counted_categories().get(tree.lemma[of]) if of is not None else None
        return named if named in PERSONAL else None
    return None


def _of_side(tree: Tree, noun: int) -> bool:
    """Whether a noun says of which people or country it is."""
    return any(tree.ent[c] in ("NORP", "GPE") for c in tree.children[noun] if c < noun)


def _of_state(tree: Tree, word: int) -> str | None:
    """The dead, the injured."""
    if not any(tree.lower[c] == "the" for c in tree.children[word]):
        return None
    return event_categories("adjective").get(tree.lower[word])


@cache
def _quantifiers() -> frozenset[str]:
    kinds = ("hundred", "scale", "group", "plural", "part")
    numbers = {row["word"] for row in reference("number_words") if row["kind"] in kinds}
    return frozenset(numbers) | words("figures.many")


def is_quantifier(tree: Tree, i: int) -> bool:
    return tree.lower[i] in _quantifiers() or tree.lemma[i] in _quantifiers()
