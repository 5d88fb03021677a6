"""What was counted and what happened to it: the category of a count."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from transforms.figures.en.counted import Counted
from transforms.figures.en.syntax import conjuncts
from transforms.figures.lexer import word_set
from transforms.figures.view import View
from transforms.reference import reference

if TYPE_CHECKING:
    from spacy.tokens import Token

PERSONAL = word_set(
    """
    troops killed wounded casualties captured missing detained displaced people
    """
)
#: Verbs whose subject it happens to; of the others it is the object, or the subject of the passive.
_OF_SUBJECT = word_set("die perish drown disappear vanish flee surrender")
_MANY = word_set(
    """
    dozen score hundred thousand million billion ten half third quarter couple handful number
    majority most rest
    """
)
_RESULTING = frozenset(("leave", "find", "make", "render"))
_PEOPLE_ENDS = ("man", "men", "woman", "women", "ist", "ian")


@cache
def words_of(kind: str) -> dict[str, str]:
    """Category by word, of one kind of word (noun, verb, complement)."""
    return {
        row["word"]: row["category"] for row in reference("category_words") if row["kind"] == kind
    }


def noun_category(counted: Counted, view: View) -> str:
    """The category of the counted noun alone."""
    nouns = words_of("noun")
    phrase = counted.phrase.lower().split()
    if len(phrase) > 1:
        named = nouns.get(f"{phrase[-2]} {counted.head}")
        if named:
            return named
    named = nouns.get(counted.head) or nouns.get(counted.phrase.lower())
    if named:
        return named
    token = counted.token
    if token is not None and (
        token.ent_type_ == "NORP" or (token.tag_ == "NNPS" and token.pos_ == "PROPN")
    ):
        return "people" if token.ent_type_ == "NORP" else "other"
    return "people" if counted.head.endswith(_PEOPLE_ENDS) else "other"


def read_category(view: View, counted: Counted | None, token: Token) -> tuple[str, str]:
    """The category of a count and the rule that gave it.

    ``token`` is the counted head, or the number where the noun is left out.
    """
    if counted is not None and counted.state is not None:
        if _happened(token) == "killed":  # four of the wounded died
            return "killed", "category_verb"
        return counted.state, "category_state"
    noun = noun_category(counted, view) if counted is not None else ""
    if noun in ("killed", "wounded", "casualties", "captured", "missing", "detained"):
        if noun in ("captured", "detained", "missing"):  # hostages who were killed
            happened = _happened(token)
            if happened in ("killed", "wounded", "casualties"):
                return happened, "category_verb"
        return noun, "category_noun"
    if noun in PERSONAL or noun == "":
        happened = _happened(token)
        if happened:
            return happened, "category_verb"
    if noun == "":
        return "other", "category_none"
    return noun, "category_noun"


def _happened(token: Token) -> str | None:
    """What the governing verb says happened to the counted: killed, wounded, both ..."""
    verbs, complements = words_of("verb"), words_of("complement")
    for child in token.children:
        if child.dep_ in ("acl", "relcl", "amod") and child.pos_ in ("VERB", "ADJ"):
            if any(t.like_num for t in token.doc[token.i + 1 : child.i]):
                continue  # 40 soldiers, 12 of them wounded
            if child.lemma_ in verbs and (child.tag_ == "VBN" or child.lemma_ in _OF_SUBJECT):
                return _together(child)
            if child.lower_ in complements:
                return complements[child.lower_]
            for below in child.rights:  # people known to have died
                if below.dep_ == "xcomp" and below.lemma_ in verbs:
                    return _together(below)
    head, top, seen = token.head, token, 0
    while seen < 4 and head.i != top.i:
        seen += 1
        if top.dep_ == "conj" and head.pos_ in ("NOUN", "PROPN", "NUM"):
            top, head = head, head.head
            continue
        if "including" in (top.lower_, head.lower_):
            top, head = head, head.head
            continue
        if head.pos_ in ("VERB", "AUX", "ADJ"):
            return _by_verb(top, head)
        if (
            top.dep_ in ("nummod", "quantmod", "compound", "appos")
            or head.pos_ == "NUM"
            or head.lower_ in ("of", "by", "for", "to")
            or (top.lower_ == "of" and head.lemma_.lower() in _MANY)
        ):
            top, head = head, head.head
            continue
        return None
    return None


def _by_verb(argument: Token, verb: Token) -> str | None:
    verbs, complements = words_of("verb"), words_of("complement")
    passive = (
        any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children) or verb.tag_ == "VBN"
    )
    subject = argument.dep_ in ("nsubj", "nsubjpass")
    subjected = subject and (passive or verb.lemma_ in _OF_SUBJECT)
    if verb.lemma_ in verbs and (subjected or argument.dep_ == "nsubjpass"):
        return _together(verb)
    for child in verb.children:
        if child.dep_ not in ("acomp", "oprd", "attr", "ccomp") or child.i < verb.i:
            continue
        if child.lower_ in complements and (subject or verb.lemma_ in _RESULTING):
            return complements[child.lower_]
    if verb.lemma_ == "be" and subject:
        for child in verb.rights:  # were among the 19 dead
            if child.lower_ == "among":
                among = [t for t in child.subtree if t.lower_ in complements]
                if among:
                    return complements[among[0].lower_]
    nexts = [
        t
        for t in argument.rights
        if t.lower_ in complements
        and not any(other.like_num for other in t.doc[argument.i + 1 : t.i])
    ]
    if nexts:
        return complements[nexts[0].lower_]
    if verb.lemma_ == "take" and any(c.lemma_ in ("prisoner", "hostage") for c in verb.children):
        return "captured"
    if verb.lower_ in complements and subject:
        return complements[verb.lower_]
    if verb.lemma_ not in verbs and verb.dep_ == "conj":
        return None
    if verb.lemma_ not in verbs:
        linked = [v for v in conjuncts(verb) if v.lemma_ in verbs]
        return None if not linked or not passive else _together(linked[0])
    done_to = (
        argument.dep_ in ("dobj", "nsubjpass")
        or (subject and (passive or verb.lemma_ in _OF_SUBJECT))
        or (argument.dep_ in ("prep", "agent", "npadvmod", "attr", "oprd"))
    )
    if subject and not passive and verb.lemma_ not in _OF_SUBJECT:
        done_to = False
    return _together(verb) if done_to else None


def _shares(other: Token, verb: Token) -> bool:
    """Whether two coordinated verbs tell of the same people: the later has nothing of its own."""
    first, second = (other, verb) if other.i < verb.i else (verb, other)
    subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in second.children)
    objects = all(any(c.dep_ == "dobj" for c in verb_.children) for verb_ in (first, second))
    return (
        not subject
        and not objects
        and not any(t.like_num for t in first.doc[first.i + 1 : second.i])
    )


def _together(verb: Token) -> str:
    """Killed, wounded: each its own; killed and wounded together, or with more: casualties."""
    verbs = words_of("verb")
    shared = [v for v in conjuncts(verb) if v.i == verb.i or _shares(v, verb)]
    each = [verbs.get(v.lemma_) or words_of("complement").get(v.lower_) for v in shared]
    found = [name for name in dict.fromkeys(each) if name is not None]
    if "killed" in found and len({*found} & {"wounded", "captured", "missing"}) > 0:
        return "casualties"
    own = verbs.get(verb.lemma_)
    return own or found[0]
