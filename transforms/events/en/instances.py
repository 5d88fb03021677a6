"""Whether a clause tells of one happening, and not of what happens in general.

Habits ("storms flood the town each year"), abilities, questions, commands, purposes and names of a
kind of thing ("attacks on civilians are crimes") are no rows of the table events. What is planned,
possible or denied is one where the text says of whom: somebody named, known or counted.
"""

from __future__ import annotations

from transforms.event_words import event_words, row_types
from transforms.events.en.given import is_definite
from transforms.events.frame import Frame, Kind, Role
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, words

#: Days over which a bare plural tells of many events and of none.
LONG = 366
_ANYBODY = frozenset(
    ["you", "your", "yourself", "one", "oneself", "anyone", "anybody", "everyone", "everybody",
     "whoever", "nobody", "whom"]
)  # fmt: skip
_NO_ONE = frozenset(("no", "any", "every", "each", "such", "what", "whatever", "which"))
_ABILITY = frozenset(("can", "ca", "cannot"))
#: Prepositions of what is done all the same.
_DONE = frozenset(("after", "before", "by", "despite", "in", "since", "while"))
#: Prepositions of what somebody is accused of, and how far up the accusation may stand.
_CHARGE, _OVER_CHARGE = frozenset(("for", "in", "of", "over", "with")), 4
_ENDS = frozenset((".", "!", "?", "”", '"', "…", ":", ";"))


def is_instance(tree: Tree, frame: Frame) -> bool:
    """Whether a frame of an event's word is an event of its own."""
    if frame.modality != "actual" and not _is_of_somebody(tree, frame):
        return False
    return _noun(tree, frame) if frame.kind is Kind.NOUN else _verb(tree, frame)


def _verb(tree: Tree, frame: Frame) -> bool:
    verb = frame.token
    taking = [one.head for one in frame.participants if one.role is not Role.INSTRUMENT]
    if any(tree.lower[i] in _ANYBODY for i in taking) or _asks(tree, verb):
        return False
    if any(tree.lower[c] == "whether" for i in tree.up(verb) for c in tree.children[i]):
        return False
    unset = frame.place is None and frame.time is None
    if unset and taking and all(_is_kind(tree, i) for i in taking):
        return False  # predators who abuse women
    auxiliaries = _auxiliaries(tree, verb)
    if any(tree.lower[c] in _ABILITY for c in auxiliaries) or _is_often(tree, verb, ("every",)):
        return False
    if tree.tag[verb] == "VBG" and _alleged(tree, verb):
        return False
    if frame.modality != "actual":
        return _is_intended(tree, verb, auxiliaries)
    if _is_often(tree, verb, ("each",)):
        return False
    if any(tree.tag[c] == "TO" for c in auxiliaries):
        return _comes_about(tree, verb)
    if tree.tag[verb] == "VBG" and not auxiliaries:
        return _gerund(tree, frame)
    if tree.tag[verb] == "VB" and not auxiliaries:
        return tree.dep[verb] in ("ccomp", "xcomp")  # saw them attack; not: attack them
    return not _is_habit(tree, frame, auxiliaries)


def _is_kind(tree: Tree, noun: int) -> bool:
    """Whether a bare plural names a kind of people or things, and nobody that is known."""
    if tree.tag[noun] != "NNS" or tree.ent[noun]:
        return False
    return not any(
        tree.dep[c] in ("det", "poss", "nummod") or tree.ent[c] or tree.lower[c] == "of"
        for c in tree.children[noun]
    )


def _auxiliaries(tree: Tree, verb: int) -> list[int]:
    """The auxiliaries of a verb; of a coordinated one without those of the first."""
    for _ in range(4):
        own = [c for c in tree.children[verb] if tree.dep[c] in ("aux", "auxpass")]
        finite = tree.tag[verb] in ("VBD", "VBZ", "VBP")
        subject = any(tree.dep[c] in SUBJECTS for c in tree.children[verb])
        if own or finite or subject or tree.dep[verb] != "conj":
            return own
        verb = tree.head[verb]
    return []


def _comes_about(tree: Tree, verb: int) -> bool:
    """Whether what an infinitive says has happened: managed to, was forced to, the first to."""
    while tree.dep[verb] == "conj" and tree.is_verb(tree.head[verb]):
        verb = tree.head[verb]
    above = tree.head[verb]
    if tree.is_verb(above):
        return tree.lemma[above] in words("modality.implying")
    return tree.dep[verb] in ("acl", "relcl") and _is_singled(tree, above)


def _is_singled(tree: Tree, noun: int) -> bool:
    """Whether a noun names the one who did it: the first country to send tanks."""
    single = words("modality.singled")
    return any(tree.lower[c] in single for c in (noun, *tree.children[noun]))


def _gerund(tree: Tree, frame: Frame) -> bool:
    verb = frame.token
    if tree.dep[verb] in ("csubj", "nsubj", "nsubjpass", "dobj", "ROOT"):
        return False
    if tree.dep[verb] != "pcomp":
        return True
    if any(one.role is Role.AGENT for one in frame.participants):
        return True
    return any(is_definite(tree, one.head) for one in frame.of(Role.PATIENT))


def _is_intended(tree: Tree, verb: int, auxiliaries: list[int]) -> bool:
    """Whether what is not told as fact is what somebody plans, tries or asks for, and no bare aim:
    plans to free them, has a plan to free them; not: it is impossible to free them."""
    if not any(tree.tag[c] == "TO" for c in auxiliaries):
        return True
    while tree.dep[verb] == "conj" and tree.is_verb(tree.head[verb]):
        verb = tree.head[verb]
    lemma = tree.lemma[tree.head[verb]]
    if tree.dep[verb] in ("acl", "relcl"):
        told = words("modality.plan") | words("modality.unreal")
        return lemma in told or _is_singled(tree, tree.head[verb])
    return tree.dep[verb] in ("xcomp", "ccomp", "ROOT") and tree.pos[tree.head[verb]] != "ADJ"


def _alleged(tree: Tree, verb: int) -> bool:
    """Whether a gerund is what somebody is accused of."""
    while tree.dep[verb] == "conj":
        verb = tree.head[verb]
    if tree.dep[verb] in ("pcomp", "pobj"):
        return _is_alleged(tree, tree.head[verb])
    above = tree.lemma[tree.head[verb]]
    if tree.dep[verb] != "advcl" or above not in words("events.alleging"):
        return False
    told = event_words("verb").get(above)
    return told is None or told.event_type not in row_types()  # accuse him of theft, beating a man


def _is_alleged(tree: Tree, prep: int) -> bool:
    """Whether what follows a preposition is only said of somebody, or nearly was: accused of
    taking bribes, held for beating a man, came close to killing him."""
    word = tree.lower[prep]
    if word == "to":
        return tree.lemma[tree.head[prep]] in words("events.near")
    over = tree.up(prep)[1 : _OVER_CHARGE + 1]
    return word in _CHARGE and any(tree.lemma[i] in words("events.alleging") for i in over)


def _is_habit(tree: Tree, frame: Frame, auxiliaries: list[int]) -> bool:
    """Whether a verb is in the simple present, which tells what happens again and again, outside
    of headings and of what is counted (40 are injured)."""
    verb = frame.token
    finite = [c for c in (*auxiliaries, verb) if tree.tag[c] in ("VBZ", "VBP", "VBD", "MD")]
    if not finite or tree.tag[finite[0]] not in ("VBZ", "VBP"):
        return False
    aspects = {tree.lower[c] for c in auxiliaries}
    if aspects & {"has", "have", "been", "being", "’ve", "'ve"} or tree.tag[verb] == "VBG":
        return False
    if " " in frame.lemma and tree.lemma[verb] == "be":
        return False  # are missing
    if auxiliaries and tree.tag[verb] == "VBN":
        known = any(_is_known(tree, one.head) for one in frame.participants)
        return not known or _is_of_aim(tree, verb)
    return not _is_heading(tree, verb)


def _is_of_aim(tree: Tree, verb: int) -> bool:
    """Whether a clause only tells what another in the infinitive aims at: to end it in a way where
    the hostages are freed."""
    if tree.dep[verb] not in ("advcl", "relcl"):
        return False
    over = next((i for i in tree.up(verb)[1:] if tree.is_verb(i)), None)
    return over is not None and any(tree.tag[c] == "TO" for c in tree.children[over])


def _is_often(tree: Tree, verb: int, each: tuple[str, ...]) -> bool:
    """Whether a verb tells what comes again: every year, often. (Will post 300 guards each day is
    one plan.)"""
    below = [*tree.children[verb], *(k for c in tree.children[verb] for k in tree.children[c])]
    habit = words("dates.habit")
    return any(
        tree.lower[i] in habit
        or (tree.lower[i] in each and tree.dep[tree.head[i]] in ("npadvmod", "pobj"))
        for i in below
    )


def _is_heading(tree: Tree, token: int) -> bool:
    last = tree.sentences[tree.sent[token]][-1]
    while last > token and not tree.lower[last].strip():
        last -= 1
    return tree.lower[last] not in _ENDS


def _asks(tree: Tree, token: int) -> bool:
    last = tree.sentences[tree.sent[token]][-1]
    return any(tree.lower[i] == "?" for i in range(max(token, last - 3), last + 1))


def _is_of_somebody(tree: Tree, frame: Frame) -> bool:
    """Whether a participant is named, known or counted."""
    return any(one.entity_id is not None or _is_known(tree, one.head) for one in frame.participants)


def _is_known(tree: Tree, head: int) -> bool:
    if tree.lower[head] in ("it", "this", "that", "those", "these"):
        return False
    if tree.pos[head] in ("PROPN", "PRON") or tree.tag[head] == "CD":
        return True
    numbered = any(tree.tag[c] == "CD" for c in tree.children[head] if c < head)
    return numbered or is_definite(tree, head)


def _noun(tree: Tree, frame: Frame) -> bool:
    noun = frame.token
    before = {tree.lower[c] for c in tree.children[noun] if c < noun}
    if before & _NO_ONE or _is_name(tree, noun):
        return False
    if any(tree.lower[c] in ("per", "for") and _is_rate(tree, c) for c in tree.children[noun]):
        return False
    if _is_statistic(tree, noun) or _is_able(tree, noun) or _is_in_aim(tree, frame):
        return False
    if _only_charged(tree, frame) or (frame.modality == "denied" and not _takes_place(tree, noun)):
        return False
    named = any(
        one.entity_id is not None or tree.ent[one.head] or is_definite(tree, one.head)
        for one in frame.participants
    )
    own_time = frame.time is not None and not frame.time.rule.startswith("scene")
    if not before and _is_long(tree, frame):
        return False  # floods of the past 28 years
    if not own_time and tree.tag[noun] == "NNS" and _occurs_always(tree, noun):
        return False
    if is_definite(tree, noun) or own_time or named:
        return True
    counted = any(tree.tag[c] == "CD" for c in tree.children[noun] if c < noun)
    place = frame.place
    own_place = place is not None and place.phrase.named and not place.rule.startswith("scene")
    article = bool(before & {"a", "an", "another", "several", "many", "some"})
    if counted or (article and (own_place or frame.participants)):
        return True
    return own_place and not _is_told_of_all(tree, noun)


def _takes_place(tree: Tree, noun: int) -> bool:
    """Whether what is said of a noun is that it takes place or is done, so that it may be denied:
    not: does not support an invasion."""
    first = noun
    while tree.dep[first] == "conj":
        first = tree.head[first]
    above = tree.head[first]
    if tree.dep[first] == "pobj":
        above = tree.head[above]
    lemma = tree.lemma[above]
    uses = ("modality.occurring", "events.support")
    return lemma in reporting("verb", "denial") or any(lemma in words(use) for use in uses)


def _is_statistic(tree: Tree, noun: int) -> bool:
    """Whether a bare plural is only counted over time: arrests rose in June, a drop in arrests."""
    before = [c for c in tree.children[noun] if c < noun]
    counted = any(tree.tag[c] == "CD" for c in before)
    if tree.tag[noun] != "NNS" or counted or is_definite(tree, noun):
        return False
    levels = words("events.level") | words("figures.tally") | words("events.amount")
    if tree.dep[noun] in SUBJECTS:
        return tree.lemma[tree.head[noun]] in levels
    prep = tree.head[noun]
    over = tree.lower[prep] in ("in", "of") and not tree.is_verb(tree.head[prep])
    return tree.dep[noun] == "pobj" and over and tree.lemma[tree.head[prep]] in levels


def _is_in_aim(tree: Tree, frame: Frame) -> bool:
    """Whether a noun that is not known stands under a gerund or an infinitive that tells nothing as
    done: doubts about sending aid."""
    noun = frame.token
    if is_definite(tree, noun) or frame.modality != "actual":
        return False
    verb = tree.head[noun]
    told = any(tree.dep[c] == "relcl" for c in tree.children[noun])
    if not tree.is_verb(verb) or told or tree.dep[noun] != "dobj":
        return False
    if tree.dep[verb] == "pcomp" and tree.lower[tree.head[verb]] in _DONE:
        return False  # harmed them by committing attacks
    if tree.tag[verb] == "VBG":
        return tree.dep[verb] in ("pcomp", "csubj", "nsubj", "dobj", "ccomp", "xcomp") and (
            tree.lemma[tree.head[verb]] not in words("modality.implying")
        )
    first = verb
    while tree.dep[first] == "conj" and tree.is_verb(tree.head[first]) and tree.tag[verb] == "VB":
        first = tree.head[first]
    bare = any(tree.tag[c] == "TO" for i in (verb, first) for c in tree.children[i])
    return bare and not _comes_about(tree, verb)


def _is_able(tree: Tree, noun: int) -> bool:
    """Whether a noun is what somebody can do: we can impose sanctions."""
    first = noun
    while tree.dep[first] == "conj":
        first = tree.head[first]
    verb = tree.head[first]
    can = any(tree.lower[c] in _ABILITY for c in tree.children[verb])
    return tree.dep[first] == "dobj" and can and not is_definite(tree, noun)


def _is_long(tree: Tree, frame: Frame) -> bool:
    time = frame.time
    if time is None or tree.tag[frame.token] != "NNS":
        return False
    return (time.end - time.start).days > LONG


def _is_rate(tree: Tree, prep: int) -> bool:
    """Whether a preposition says of how many: 71 deaths per 100,000, for every 1,000 births."""
    each = prep + 1 < len(tree.lower) and tree.lower[prep + 1] == "every"
    return tree.lower[prep] == "per" or each


def _is_told_of_all(tree: Tree, noun: int) -> bool:
    """Whether a bare noun is what a clause in the simple present is about: floods are common."""
    for i in tree.up(noun)[1:]:
        if tree.is_verb(i):
            finite = [i, *_auxiliaries(tree, i)]
            tense = {tree.tag[k] for k in finite}
            return not tense & {"VBD", "VBN", "VBG"}
    return False


def _occurs_always(tree: Tree, noun: int) -> bool:
    """Whether it is said that events occur, in the simple present: the storms occur in May."""
    verb = tree.head[noun]
    dated = any(tree.dep[c] in ("advcl", "npadvmod") for c in tree.children[verb])
    present = tree.tag[verb] in ("VBP", "VBZ") and not dated and not _auxiliaries(tree, verb)
    always = (
        present and tree.lemma[verb] in words("modality.occurring") and tree.lemma[verb] != "be"
    )
    return tree.dep[noun] in SUBJECTS and always


def _is_name(tree: Tree, noun: int) -> bool:
    """Whether a noun stands in a name: a tagger's name of a work, a body or a law."""
    return tree.ent[noun] in ("WORK_OF_ART", "ORG", "LAW", "PRODUCT", "PERSON", "FAC")


def _only_charged(tree: Tree, frame: Frame) -> bool:
    """Whether a bare noun only says of what somebody is accused: charged with murder."""
    noun = frame.token
    if frame.participants or is_definite(tree, noun):
        return False
    first = noun
    while tree.dep[first] == "conj":
        first = tree.head[first]
    prep = tree.head[first]
    if tree.dep[first] != "pobj":
        return False
    governor = tree.head[prep]
    return tree.lemma[governor] in words("events.charging")
