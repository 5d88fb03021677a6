"""What a verb does to one of its arguments: killed 12, forced 300 to flee, left them homeless."""

from __future__ import annotations

from transforms.event_words import (
    counted_categories,
    event_categories,
    event_words,
    event_words_for,
)
from transforms.events.en.harm import (
    OVERRULING,
    is_quantifier,
    of_state,
    of_subject,
    together,
    undergoes,
    with_harm,
)
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, words

#: How what makes one word with a verb hangs on it: shot down, lost their lives, shot dead.
_PARTICLES = ("dobj", "oprd", "npadvmod", "acomp", "attr", "advmod", "prt")
#: What a parse takes for a preposition before a number: injured over 90.
ROUGHLY = ("over", "under", "about", "around", "above", "below")


def by_verb(tree: Tree, argument: int, verb: int) -> str | None:
    """The category of what a verb, or an adjective that heads a clause, does to an argument."""
    verbs, states = event_categories("verb"), event_categories("adjective")
    lemma, dep = tree.lemma[verb], tree.dep[argument]
    passive = undergoes(tree, verb)
    subject = dep in SUBJECTS or _is_joined(tree, argument, verb)
    life = _life(tree, argument)
    if life is not None:
        return verbs.get(f"{lemma} {tree.lemma[life]}")  # cost 40 lives, 40 lives were lost
    if subject and lemma not in verbs and (passive or lemma in words("events.seeming")):
        sure = tree.child(verb, "oprd", "acomp")
        above = verb if sure is None else sure  # seem certain to have died
        seen = tree.child(above, "xcomp") if _is_held(lemma) else None
        told = seen is not None and seen > verb and tree.lemma[seen] in verbs
        if told and seen is not None and (of_subject(tree.lemma[seen]) or undergoes(tree, seen)):
            return together(tree, seen)  # 40 are thought to have died
    if (subject or dep == "attr") and lemma == "be":
        for child in tree.children[verb]:
            if tree.dep[child] in ("prep", "attr") and child != argument and _among(tree, child):
                return _among(tree, child)
    if subject and _takes_own(tree, verb):
        return "killed"  # have taken their own lives
    if dep in ("dobj", "attr") and lemma in words("events.comprising"):
        whole = next((c for c in tree.children[verb] if tree.dep[c] in SUBJECTS), None)
        named = of_state(tree, whole) if whole is not None else None
        if named:
            return named  # the dead include three nurses
    if dep == "dobj" or passive:
        harm = next((c for c in tree.children[verb] if c > verb and with_harm(tree, c)), None)
        if harm is not None and lemma in words("figures.resulting"):
            return with_harm(tree, harm)
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
                later = _goes_on(tree, verb) if subject and taken.category != "killed" else None
                return later or taken.category  # taken hostage and murdered
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
    acts = tree.child(verb, "dobj") is not None and not passive
    if tree.lower[verb] in states and subject and not acts:
        return together(tree, verb)
    later = _goes_on(tree, verb) if subject else None
    if later and verbs.get(lemma) not in OVERRULING:
        return later
    if lemma not in verbs:
        return None
    if subject and not (passive or of_subject(lemma)):
        return None
    if dep in ("dobj", "attr", "oprd", "npadvmod", "dative") and of_subject(lemma) and not passive:
        return verbs[lemma] if dep == "npadvmod" else None
    if dep == "dobj" and lemma in event_words_for("verb", "bereft") and _by_person(tree, verb):
        return "killed"
    if (
        subject
        or dep in ("dobj", "attr", "oprd", "npadvmod")
        or (dep == "advmod" and tree.lower[argument] == "more")
        or (
            dep in ("prep", "agent")
            and tree.lower[argument] in ("of", "including", "by", "to", "among", *ROUGHLY)
        )
    ):
        return together(tree, verb)
    return None


def _life(tree: Tree, argument: int) -> int | None:
    """The lives that an argument counts, also after a quantifier: thousands of lives."""
    of = tree.child(argument, "prep") if is_quantifier(tree, argument) else None
    inner = tree.child(of, "pobj") if of is not None and tree.lower[of] == "of" else argument
    return inner if inner is not None and tree.lemma[inner] in words("events.life") else None


def _takes_own(tree: Tree, verb: int) -> bool:
    """Whether those of whom a verb tells kill themselves: took their own lives."""
    life = tree.child(verb, "dobj")
    if life is None or tree.lemma[life] not in words("events.life"):
        return False
    if f"{tree.lemma[verb]} {tree.lemma[life]}" not in event_categories("verb"):
        return False
    return any(tree.lower[c] == "own" for c in tree.children[life])


def _is_held(lemma: str) -> bool:
    """Whether a verb says only that something is so: are thought to, seem to."""
    held = reporting("verb", "claim") | words("events.seeming") | words("modality.fearing")
    return lemma in held


def _is_joined(tree: Tree, argument: int, verb: int) -> bool:
    """Whether what hangs on a verb is among those who are its subject: fled, along with 40 guests;
    a number right before it, too, whatever the parse takes it for (at least 40 died)."""
    if tree.dep[argument] in ("nummod", "quantmod") and tree.tag[argument] == "CD":
        return argument < verb
    among = ("including", "along", "together", "alongside")
    return (
        tree.dep[argument] in ("prep", "advmod")
        and tree.lower[argument] in among
        and tree.child(verb, "dobj") is None
    )


def _goes_on(tree: Tree, verb: int) -> str | None:
    """The harm that comes to a verb's subject in a verb beside it or before: were identified and
    killed, are in a bad way after being hurt."""
    for child in tree.children[verb]:
        told = child
        if tree.dep[child] == "prep" and tree.lower[child] == "after":
            told = tree.child(child, "pcomp") or child
        elif tree.dep[child] != "conj":
            continue
        own = any(tree.dep[c] in SUBJECTS or tree.tag[c] == "CD" for c in tree.children[told])
        found = event_categories("verb").get(tree.lemma[told])
        suffers = undergoes(tree, told) or of_subject(tree.lemma[told])
        if tree.is_verb(told) and told > verb and not own and suffers and found in OVERRULING:
            return found
    return None


def _made_to(tree: Tree, argument: int, verb: int, *, passive: bool) -> str | None:
    """What those are made to do who are its object: forced 300 to flee."""
    controlled = tree.dep[argument] == "dobj" or (passive and tree.dep[argument] in SUBJECTS)
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
    """were among the 19 dead, among those killed"""
    inner = tree.child(child, "pobj") if tree.lower[child] in ("among", "on") else None
    if inner is None:
        return None
    if tree.lower[child] == "on":  # are on the missing list
        own = [tree.lower[c] for c in tree.children[inner] if tree.dep[c] in ("amod", "compound")]
        of = tree.child(inner, "prep")
        if of is not None and tree.lower[of] == "of":
            own += [tree.lower[c] for c in tree.children[of]]  # on the list of wounded
        listed = own[-1] if own and tree.lemma[inner] in words("events.listing") else ""
        return event_categories("adjective").get(listed)
    held = counted_categories().get(tree.lemma[inner])
    if held in ("captured", "detained"):
        return held  # among the hostages are eight Danes
    done = tree.child(inner, "acl") if tree.lower[inner] == "those" else None
    if done is not None and undergoes(tree, done):
        return event_categories("verb").get(tree.lemma[done])
    return event_categories("adjective").get(tree.lower[inner])
