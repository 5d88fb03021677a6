"""What happened to those who are counted: the category of a count, read from its clause.

What a participle or a state says of the counted themselves decides (40 soldiers wounded); else what
the verb of their clause does to them, by their role in it and the word's own (event_words.csv);
else the noun. A toll and a level counted by a noun of harm are of that harm (deaths rose to 64).
"""

from __future__ import annotations

from transforms.event_words import (
    counted_categories,
    event_categories,
    event_words,
    event_words_for,
    fate,
)
from transforms.events.en.bare import are_people
from transforms.events.en.done import ROUGHLY, by_verb
from transforms.events.en.given import is_infinitive
from transforms.events.en.harm import (
    OVERRULING,
    PERSONAL,
    is_quantifier,
    of_state,
    of_subject,
    together,
    undergoes,
    with_harm,
)
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import words

_NOUNS = ("NOUN", "PROPN", "NUM", "PRON")


def category_of(tree: Tree, token: int, noun: str) -> tuple[str, str]:
    """The category of a count and the rule that gave it.

    ``token`` is the counted head, or the number where the noun is left out; ``noun`` the category
    of the counted noun alone, "" where nothing is counted.
    """
    if noun == "other" and tree.lower[token] == "others":
        noun = ""  # whoever they are
    if noun in OVERRULING:
        if noun in ("captured", "detained", "missing"):
            worse = happened(tree, token)
            free = _above(tree, token) == "people"  # 30 inmates escaped
            if worse in ("killed", "wounded", "casualties") or free:
                return str(worse), "category_verb"
        return noun, "category_noun"
    if noun in PERSONAL or noun == "" or _of_people(tree, token):
        found = happened(tree, token)
        sent = found == "troops" and noun == "people"
        if sent and tree.lemma[token] not in words("events.armed"):
            found = None  # 300 nurses were deployed
        if found in (None, "people") and noun == "people" and _to_fight(tree, token):
            found = "troops"
        if found == "people" and noun in PERSONAL and tree.tag[token] != "CD":
            found = None  # hired 300 soldiers
        if found and not (noun == "troops" and found == "displaced"):
            return found, "category_verb"
        level = _level(tree, token) or _of_those(tree, token) or _comprised(tree, token)
        if level:
            return level, "category_toll"
    if noun == "":
        people = are_people(tree, token)
        return ("people", "category_body") if people else ("other", "category_none")
    return noun, "category_noun"


def _of_those(tree: Tree, token: int) -> str | None:
    """What happened to those a bare number is a part of: of the dead, four were found in Lima."""
    verb = tree.head[token]
    if tree.tag[token] != "CD" or not tree.is_verb(verb):
        return None
    for of in tree.children[verb]:
        inner = tree.child(of, "pobj") if tree.lower[of] == "of" and of < token else None
        if inner is not None and of_state(tree, inner):
            return of_state(tree, inner)
    return None


def _comprised(tree: Tree, token: int) -> str | None:
    """What happened to those whom the counted are among: the four who were held include two
    Danes."""
    verb = tree.head[token]
    while tree.dep[token] == "conj" and not tree.is_verb(verb):
        token, verb = verb, tree.head[verb]
    if tree.dep[token] != "dobj" or tree.lemma[verb] not in words("events.comprising"):
        return None
    whole = tree.child(verb, *SUBJECTS)
    found = _beside(tree, whole) if whole is not None else None
    return found if found in OVERRULING else None


def _to_fight(tree: Tree, token: int) -> bool:
    """Whether those who are counted are made to fight: has recruited 900 Cubans to fight."""
    verb, noun = tree.head[token], token
    while not tree.is_verb(verb) and tree.head[verb] != verb and verb < noun:
        noun, verb = verb, tree.head[verb]
    if not tree.is_verb(verb) or verb > token:
        return False
    if tree.lemma[verb] not in words("events.mustering"):
        return False
    return any(
        tree.lemma[c] in words("events.fighting") and c > token and is_infinitive(tree, c)
        for of in (verb, noun, token)
        for c in tree.children[of]
    )


def _of_people(tree: Tree, token: int) -> bool:
    """Whether what is counted is said to be among people that are counted: including 7 minors."""
    head = tree.head[token]
    if tree.dep[token] != "pobj" or tree.lower[head] not in ("including", "among"):
        return False
    return counted_categories().get(tree.lemma[tree.head[head]]) in PERSONAL


def happened(tree: Tree, token: int) -> str | None:
    """What the words above and beside a token say happened to what it counts."""
    of = tree.head[token]
    part = tree.head[of] if tree.lower[of] == "of" and is_quantifier(tree, tree.head[of]) else None
    beside = _beside(tree, token) or (_beside(tree, part) if part is not None else None)
    if beside in OVERRULING:
        return beside
    above = _above(tree, token)
    return above if above in OVERRULING else beside or above


def _beside(tree: Tree, token: int) -> str | None:
    """40 soldiers wounded; people who died; bodies found; those known to have died."""
    verbs, states = event_categories("verb"), event_categories("adjective")
    if tree.tag[token] == "CD" and token + 1 < len(tree.head):  # 17 wounded, four dead
        following = token + 1
        if tree.lower[following] in states and not _modifies(tree, following):
            return states[tree.lower[following]]
    for child in tree.children[token]:
        if tree.dep[child] == "prep" and child > token and with_harm(tree, child):
            return with_harm(tree, child)
        if tree.dep[child] not in ("acl", "relcl", "amod", "appos"):
            continue
        if child > token and any(tree.tag[i] == "CD" for i in range(token + 1, child)):
            continue  # 40 soldiers, 12 of them wounded
        lemma = tree.lemma[child]
        acts = tree.tag[child] == "VBG" and tree.child(child, "dobj") is not None
        if acts and verbs.get(lemma) != "displaced":
            continue  # guests missing their coats, but not guests fleeing the hotel
        done = of_subject(lemma) or undergoes(tree, child)
        if tree.pos[child] == "VERB" and lemma in verbs and done:
            return together(tree, child)
        if tree.lower[child] in states:
            return states[tree.lower[child]]
        for below in tree.children[child]:
            if tree.dep[below] == "xcomp" and tree.lemma[below] in verbs and below > child:
                return together(tree, below)
            below = tree.child(below, "acomp", "oprd") or below  # believed to be captive
            if tree.dep[below] in ("acomp", "oprd", "attr") and tree.lower[below] in states:
                return states[tree.lower[below]]
    return None


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
            return by_verb(tree, top, head)
        if tree.lower[top] == "of" and _suffered(tree, head):
            return _suffered(tree, head)
        through = (
            (tree.dep[top] == "conj" and tree.pos[head] in _NOUNS)
            or "including" in (tree.lower[top], tree.lower[head])
            or tree.dep[top] in ("nummod", "quantmod", "compound", "appos")
            or tree.pos[head] == "NUM"
            or (more and tree.dep[top] == "npadvmod")
            or tree.lower[head] in ("of", "by", "for", "to", "among")
            or (tree.lower[head] in ROUGHLY and tree.tag[top] == "CD")
            or (tree.lower[top] == "of" and is_quantifier(tree, head))
            or (
                tree.lower[top] == "of"
                and tree.lemma[head] in words("figures.total") | words("events.life")
            )
            or _along(tree, top, head)
        )
        if not through:
            return None
        top, head = head, tree.head[head]
    return None


def _along(tree: Tree, top: int, head: int) -> bool:
    """Whether a step up leads to those whom others join: the residents, along with 40 guests."""
    joining = ("along", "together")
    if tree.lower[head] == "with":
        return tree.lower[head - 1] in joining
    if tree.lower[top] == "with":
        return tree.lower[head] in joining
    return tree.lower[top] in joining and tree.pos[head] in _NOUNS


def _suffered(tree: Tree, noun: int) -> str | None:
    """What a noun of harm does to those whose it is: the murder of 12 people, their bodies."""
    if counted_categories().get(tree.lemma[noun]) == "killed":
        return "killed"
    told = event_words("noun").get(tree.lemma[noun])
    if told is None or told.subject != "patient":
        return None
    return told.category if told.category in OVERRULING else fate(told.event_type)


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
    thing = tree.child(head, "dobj") if tree.lower[top] in ("by", "to") else None
    if thing is not None and thing < top and tree.lemma[head] in words("events.level"):
        own = counted_categories().get(tree.lemma[thing])  # raised its army by 40
        return category_of_noun(tree, thing) or (own if own == "troops" else None)
    subject = next((c for c in tree.children[head] if tree.dep[c] in SUBJECTS and c < head), None)
    if subject is None and tree.dep[head] == "advcl" and tree.tag[head] == "VBG":
        subject = next((c for c in tree.children[tree.head[head]] if tree.dep[c] in SUBJECTS), None)
    if subject is None or top == subject or tree.dep[top] not in ("prep", "attr", "dobj", "acomp"):
        return None
    if tree.lemma[head] not in words("events.level"):
        return None
    missing = _beside(tree, subject)  # the missing persons exceed 40
    return category_of_noun(tree, subject) or (missing if missing in OVERRULING else None)


def category_of_noun(tree: Tree, noun: int) -> str | None:
    """The harm that a noun counts: deaths, the death toll, the number of deaths, losses."""
    nouns = event_categories("noun")
    lemma = tree.lemma[noun]
    if lemma in words("figures.total"):
        of = next((c for c in tree.children[noun] if tree.lower[c] == "of"), None)
        inner = tree.child(of, "pobj") if of is not None else None
        if inner is None:
            return _of_amount(tree, noun)
        bare = event_categories("adjective").get(tree.lower[inner])  # the count of missing
        found = _beside(tree, inner) or bare or category_of_noun(tree, inner)
        named = counted_categories().get(tree.lemma[inner])
        return found or (named if named in PERSONAL else None)
    named = nouns.get(lemma) or counted_categories().get(lemma) or of_state(tree, noun)
    if named in OVERRULING:
        return named
    if lemma in event_words_for("noun", "side") and _of_side(tree, noun):
        return "casualties"  # Russian losses
    if lemma in words("events.body"):  # the crowd, the contingent: its people
        return counted_categories().get(lemma)
    return _of_amount(tree, noun)


def _of_amount(tree: Tree, noun: int) -> str | None:
    """The people whose amount a noun is: the troop presence, troop numbers."""
    if tree.lemma[noun] not in words("events.amount"):
        return None
    of = next((c for c in tree.children[noun] if tree.dep[c] in ("compound", "nmod")), None)
    named = counted_categories().get(tree.lemma[of]) if of is not None else None
    return named if named in PERSONAL else None


def _of_side(tree: Tree, noun: int) -> bool:
    """Whether a noun says of which people or country it is."""
    return any(tree.ent[c] in ("NORP", "GPE") for c in tree.children[noun] if c < noun)
