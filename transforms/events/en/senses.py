"""Whether a word of events is meant as its event: by what it happens to, what stands beside it and
what the sentences around it are about.

An actress is shot on film, a striker is released by his club, a market rallies: such words have
senses with conditions (event_senses.csv). Words without do what their type does
(:mod:`transforms.events.en.concrete`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transforms.event_senses import Sense, senses, topics
from transforms.event_words import EventWord
from transforms.events.en.concrete import fits, kinds
from transforms.events.en.predicates import Predicate
from transforms.events.en.roles import Argument
from transforms.events.frame import Kind, Role
from transforms.events.tree import Tree

#: How many sentences before and behind show what a text is about.
_AROUND = 2
#: Pronouns of people, of whom any verb may tell, and those of any thing.
_PEOPLE = frozenset(
    ("they", "them", "those", "these", "others", "many", "some", "who", "all", "both")
)
_THINGS = frozenset(("it",))
#: How far up the phrase that a noun stands in is looked through.
_HIGHEST = 3


def meant_as(tree: Tree, predicate: Predicate, arguments: Sequence[Argument]) -> str | None:
    """The type of the event that a predicate tells of, None where its word is meant otherwise."""
    told = predicate.word
    if told is None or not told.event_type:
        return None
    known = senses(told.part).get(told.word)
    patient = _patient(tree, predicate, told, arguments)
    if known is None:
        return told.event_type if _by_type(tree, predicate, told.event_type, patient) else None
    beside: frozenset[str] | None = None
    for sense in known:
        if not sense.event_type:
            continue
        goes = predicate.kind is Kind.VERB and told.role == told.subject == Role.AGENT
        thing = tree.child(predicate.token, "dobj") if goes and sense.patient else patient
        if not _happens_to(tree, predicate, sense, thing):
            continue
        if not _done_by(tree, sense, told, arguments):
            continue
        if sense.beside or sense.without:
            beside = (
                beside if beside is not None else frozenset(_beside(tree, predicate, arguments))
            )
            if sense.without & beside or (sense.beside and not sense.beside & beside):
                continue
        if not sense.topics or sense.topics & about(tree, predicate.token):
            return sense.event_type
    return None


def _patient(
    tree: Tree, predicate: Predicate, told: EventWord, arguments: Sequence[Argument]
) -> int | None:
    """The head of what it happens to."""
    role = Role.PATIENT
    if predicate.kind is Kind.VERB and told.of_subject:
        role = Role(told.role)
    found = next((one.head for one in arguments if one.role is role), None)
    if predicate.kind is Kind.VERB and told.of_subject and role is Role.PATIENT:
        thing = tree.child(predicate.token, "dobj")
        return thing if thing is not None else found  # a lorry overturns, a judge a verdict
    return found


def _by_type(tree: Tree, predicate: Predicate, event_type: str, patient: int | None) -> bool:
    """Whether a word happens to what an event of its type can happen to."""
    noun = predicate.kind is Kind.NOUN
    if noun and (patient is None or "event" in kinds(tree, patient)):
        return True  # the toll of the storm
    return fits(tree, event_type, patient)


def _happens_to(tree: Tree, predicate: Predicate, sense: Sense, patient: int | None) -> bool:
    if not sense.patient:
        return _by_type(tree, predicate, sense.event_type, patient)
    if patient is None:
        return "none" in sense.patient
    lower = tree.lower[patient]
    if lower in _THINGS:
        return bool(sense.topics) and sense.patient != {"people"}
    if lower in _PEOPLE and "people" in sense.patient:
        return True
    found = set(kinds(tree, patient))
    if _is_titled(tree, patient):
        found -= {"body", "people"}  # shoots ‘The Tall Man’
    if "event" in found and "event" not in sense.patient:
        found.discard("counted")  # 135 wildfires
    return not found.isdisjoint(sense.patient)


def _is_titled(tree: Tree, patient: int) -> bool:
    """Whether a name stands alone in quotation marks and is no person's."""
    before, after = tree.left_edge(patient) - 1, patient + 1
    work = tree.ent[patient] == "WORK_OF_ART"
    if not work and (tree.pos[patient] != "PROPN" or tree.ent[patient] == "PERSON"):
        return False
    opened = before >= 0 and tree.tag[before] in ("``", "''")
    opened = opened or (before + 1 < patient and tree.tag[before + 1] in ("``", "''"))
    return opened and after < len(tree.tag) and tree.tag[after] in ("''", "``")


def _done_by(tree: Tree, sense: Sense, told: EventWord, arguments: Sequence[Argument]) -> bool:
    if not sense.agent:
        return True
    bought = told.subject == "recipient"  # who buys gets it
    role = Role.RECIPIENT if bought else Role.AGENT
    agent = next((one.head for one in arguments if one.role is role), None)
    if agent is None:
        return "some" not in sense.agent
    if tree.lower[agent] in _PEOPLE | _THINGS or tree.pos[agent] == "PRON":
        return sense.agent != {"event", "some"}
    named = tree.pos[agent] == "PROPN" and sense.agent != {"event", "some"}
    if tree.ent[agent] == "PERSON" and "some" not in sense.agent:
        return "people" in sense.agent
    if tree.ent[agent] == "NORP":
        named = not sense.agent.isdisjoint(("body", "force", "place"))  # the Israeli withdrawal
    return named or not sense.agent.isdisjoint(kinds(tree, agent))


def _beside(tree: Tree, predicate: Predicate, arguments: Sequence[Argument]) -> Iterator[str]:
    """The words that stand beside a predicate: its participants, what is below it and below that;
    of a noun also above."""
    token = predicate.token
    near = [*tree.children[token], *(k for c in tree.children[token] for k in tree.children[c])]
    near += [one.head for one in arguments]
    if predicate.kind is Kind.NOUN:
        for head in tree.up(token)[1 : _HIGHEST + 1]:
            near.append(head)
            if tree.is_verb(head):
                beside = [c for c in tree.children[head] if c != token]
                near += [*beside, *(k for c in beside for k in tree.children[c] if k != token)]
                break
    for i in near:
        if i != token:
            yield tree.lemma[i]
            yield tree.lower[i]


def about(tree: Tree, token: int) -> frozenset[str]:
    """The topics of the sentences around a token, by the words of event_topics.csv in them."""
    here = tree.sent[token]
    found: set[str] = set()
    for sentence in range(max(0, here - _AROUND), min(len(tree.sentences), here + _AROUND + 1)):
        if sentence not in tree.topics:
            tree.topics[sentence] = frozenset(_topics(tree, sentence))
        found |= tree.topics[sentence]
    return frozenset(found)


def _topics(tree: Tree, sentence: int) -> Iterator[str]:
    known = topics()
    for i in tree.sentences[sentence]:
        yield from known.get(tree.lemma[i], ())
        yield from known.get(tree.lower[i], ())
