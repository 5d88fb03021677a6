"""Where the parser attaches wrongly for a known reason, and how it is put right.

Each mending has a name, which stands in the ``rule`` of what depends on it.
"""

from __future__ import annotations

from transforms.events.tree import SUBJECTS, Tree
from transforms.words import words

#: How what opens a relative clause hangs on its verb.
_OPENS = (*SUBJECTS, "advmod", "dobj")
_RELATIVE = ("that", "which", "where")


def mend(tree: Tree, gives: frozenset[str]) -> None:
    """Put the known mistakes right, in place. ``gives`` are the lemmas of verbs of giving."""
    for i in range(len(tree.head)):
        if tree.lemma[i] in words("times.of_zone"):
            _local_time(tree, i)
    for i in range(len(tree.head)):
        if tree.pos[i] == "NUM" or tree.tag[i] == "CD":
            _elided(tree, i)
            _gapped(tree, i)
            _counted_with(tree, i)
            _next_subject(tree, i)
        elif tree.dep[i] in ("aux", "auxpass"):
            _auxiliary(tree, i)
        elif tree.dep[i] == "pobj":
            _distributed(tree, i)
            _on_border(tree, i)
        elif tree.dep[i] == "acl" and tree.tag[i] == "VBG":
            _after_relative(tree, i)
        elif tree.dep[i] == "relcl":
            _after_day(tree, i)
    for i in range(len(tree.head)):
        if tree.lemma[i] in gives and tree.is_verb(i):
            _recipient(tree, i)


def _auxiliary(tree: Tree, aux: int) -> None:
    """Two porters were also badly hurt: what hangs on the auxiliary is its verb's."""
    verb = tree.head[aux]
    if verb == aux:
        return
    for child in list(tree.children[aux]):
        if tree.dep[child] in SUBJECTS and tree.child(verb, *SUBJECTS) is None:
            passive = tree.dep[aux] == "auxpass"
            tree.move(child, verb, "nsubjpass" if passive else "nsubj", "auxiliary")
        elif tree.dep[child] in ("prep", "npadvmod"):
            tree.move(child, verb, tree.dep[child], "auxiliary")


def _local_time(tree: Tree, i: int) -> None:
    """After Russia on Saturday local time said: which zone a day is of is neither who does
    something nor another name of it; who does it stands before the day."""
    first = min((c for c in tree.children[i] if c < i), default=i)
    day = first - 1
    zones = words("times.zone")
    if day < 1 or tree.ent[day] not in ("DATE", "TIME") or tree.sent[day] != tree.sent[i]:
        return
    if not all(tree.lower[c] in zones for c in range(first, i)):
        return
    verb, dep = tree.head[i], tree.dep[i]
    if dep == "appos" and tree.is_verb(tree.head[verb]):
        tree.move(i, tree.head[verb], "npadvmod", "local_time")
    if dep not in SUBJECTS or not tree.is_verb(verb):
        return
    tree.move(i, verb, "npadvmod", "local_time")
    while day > 0 and tree.ent[day - 1] in ("DATE", "TIME"):
        day -= 1
    prep = day - 1
    who = prep - 1 if tree.dep[prep] == "prep" else prep
    opens = tree.head[who]
    if who < 0 or tree.dep[who] != "pobj" or tree.dep[opens] != "prep":
        return
    if tree.dep[prep] == "prep":
        tree.move(prep, verb, "prep", "local_time")
    above = tree.head[opens]
    tree.move(who, verb, dep, "local_time")
    tree.move(verb, above, "advcl", "local_time")
    tree.move(opens, verb, "mark", "local_time")


def _elided(tree: Tree, i: int) -> None:
    """Killed 60 in Zambia and 12 in Malawi: the 12 hangs on the verb and goes to the 60."""
    verb = tree.head[i]
    if tree.dep[i] != "conj" or not tree.is_verb(verb) or verb > i:
        return
    first = tree.child(verb, "dobj", "nsubjpass", "npadvmod", "attr")
    if first is not None and first < i:
        tree.move(i, first, "conj", "elided_verb")


def _gapped(tree: Tree, i: int) -> None:
    """X will cut 300 jobs and Y 150: a number right after a coordinated noun that it does not
    count; it goes to the first number's noun, and what stands before it is its own."""
    if tree.dep[i] != "nummod" or tree.head[i] >= i or tree.head[i] != i - 1:
        return
    name = tree.head[i]
    if tree.pos[name] != "PROPN":
        return
    top = name
    while tree.dep[top] in ("pobj", "prep") and tree.head[top] != top:
        top = tree.head[top]
    if tree.dep[top] != "conj":
        return
    first = tree.head[top]
    counted = any(tree.dep[c] == "nummod" for c in tree.children[first] if c < first)
    if not counted or not tree.is_verb(tree.head[first]):
        return
    tree.move(i, first, "conj", "gapped")
    tree.move(top, i, "nmod", "gapped")


def _counted_with(tree: Tree, i: int) -> None:
    """A climber from Nepal and two Italians died: what is counted goes with who came from there,
    not with the place."""
    noun = tree.head[i]
    name = tree.head[noun]
    if tree.dep[i] != "nummod" or tree.dep[noun] != "conj" or tree.dep[name] != "pobj":
        return
    prep = tree.head[name]
    if tree.ent[name] not in ("GPE", "LOC") or tree.dep[prep] != "prep":
        return
    top = tree.head[prep]
    if tree.pos[top] == "NOUN" and tree.tag[noun] in ("NNS", "NNPS"):
        tree.move(noun, top, "conj", "counted_with")


def _next_subject(tree: Tree, i: int) -> None:
    """fire destroyed the mill and 30 were hurt: what stands right before
    the auxiliary of a verb without a subject is its subject, and not coordinated with an object."""
    noun = tree.head[i] if tree.dep[i] == "nummod" else i
    if tree.dep[noun] != "conj" or tree.is_verb(tree.head[noun]) or noun + 1 >= len(tree.head):
        return
    aux = noun + 1
    verb = tree.head[aux]
    if tree.dep[aux] not in ("aux", "auxpass") or verb <= aux or tree.tag[aux] == "TO":
        return
    if tree.sent[verb] != tree.sent[noun] or tree.child(verb, "nsubj", "nsubjpass") is not None:
        return
    passive = tree.child(verb, "auxpass") is not None
    tree.move(noun, verb, "nsubjpass" if passive else "nsubj", "next_subject")


def _after_relative(tree: Tree, i: int) -> None:
    """The man who drove into a fair, killing two, is held: what comes of what a relative clause
    tells is that of its verb, and not said of who did it."""
    verb = next((c for c in tree.children[tree.head[i]] if c < i and tree.dep[c] == "relcl"), None)
    if verb is None or i < 2 or tree.lower[i - 1] != ",":
        return
    if tree.right_edge(verb) in (i - 1, i - 2):
        tree.move(i, verb, "advcl", "after_relative")


def _after_day(tree: Tree, verb: int) -> None:
    """A raid in Lota on Monday that killed nine: a relative clause right behind a day tells of the
    event before it, to whatever the parse gives it."""
    first = next((c for c in tree.children[verb] if tree.lower[c] in _RELATIVE), -1)
    day = first - 1 - (first > 1 and tree.lower[first - 1] == ",")
    if first < 2 or first > verb or tree.ent[day] != "DATE" or tree.dep[first] not in _OPENS:
        return
    for i in range(day, tree.sentences[tree.sent[verb]][0] - 1, -1):
        if tree.is_verb(i):
            return
        if tree.pos[i] == "NOUN" and not tree.ent[i] and tree.lemma[i] in words("events.noun"):
            if tree.head[verb] != i and verb not in tree.up(i):
                tree.move(verb, i, "relcl", "after_day")
            return


def _distributed(tree: Tree, i: int) -> None:
    """Four people in Odesa and nine in Kharkiv: a phrase right behind a bare coordinated number
    says where that number is, whatever it hangs on."""
    prep = tree.head[i]
    number = prep - 1
    if prep >= i or number < 0 or tree.dep[prep] != "prep" or tree.tag[number] != "CD":
        return
    if tree.dep[number] == "conj" and tree.head[prep] != number and tree.head[number] < number:
        tree.move(prep, number, "prep", "distributed")


def _on_border(tree: Tree, i: int) -> None:
    """To the border with Somalia: what follows a noun of a line between two is its own."""
    prep = tree.head[i]
    noun = prep - 1
    if prep >= i or noun < 0 or tree.lower[prep] not in ("with", "between"):
        return
    if tree.lemma[noun] in words("places.line") and tree.head[prep] != noun:
        tree.move(prep, noun, "prep", "on_border")


def _recipient(tree: Tree, verb: int) -> None:
    """Sent Ukraine 31 tanks: the name before the number is who gets them, and counts nothing."""
    thing = tree.child(verb, "dobj")
    if thing is None or thing < verb:
        return
    below = [c for c in tree.children[thing] if verb < c < thing]
    for name in below:
        number = next((c for c in tree.children[name] if tree.tag[c] == "CD" and c > name), None)
        if tree.pos[name] != "PROPN" or tree.dep[name] not in ("nmod", "compound", "poss"):
            continue
        if number is not None:
            tree.move(number, thing, "nummod", "recipient")
        elif not any(tree.dep[c] == "nummod" and name < c for c in below):
            continue
        tree.move(name, verb, "dative", "recipient")
        return
