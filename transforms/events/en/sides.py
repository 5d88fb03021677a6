"""Whose the counted are: the country of the people or things that a figure counts.

A people or country named in the counted phrase decides; else the owner whose act has the counted
as its object (Russia has massed 90,000 troops), what they are listed with, and what the noun left
out was when it was counted before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from transforms.countries import is_country
from transforms.event_words import event_words
from transforms.events.en.happened import category_of_noun
from transforms.events.en.harm import is_quantifier
from transforms.events.rules import Siding
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, words

Row = Mapping[str, Any]
_SIDED = ("NORP", "GPE")
#: Categories of what belongs to a side that acts or loses.
_OWNED = (
    "troops", "equipment", "munitions", "attacks", "casualties", "killed", "wounded", "captured",
    "missing",
)  # fmt: skip


#: Those of what a force has.
_FORCES = ("troops", "equipment", "munitions")


class Sides:
    """The peoples and countries that an article names, by token."""

    def __init__(self, tree: Tree, mentions: Sequence[Row], entities: Sequence[Row]) -> None:
        self._tree = tree
        countries = {
            row["entity_id"]: row.get("country")
            for row in entities
            if row["entity_type"] == "NORP" or is_country(row.get("name"))
        }
        seats = {row["entity_id"]: row.get("country") for row in entities}
        bodies = {row["entity_id"] for row in entities if row["entity_type"] == "ORG"}
        #: Country by token of a mention; its type.
        self._country: dict[int, tuple[str, str]] = {}
        #: A capital or a seat of government acts for its country (Moscow has massed).
        self._acting: dict[int, str] = {}
        #: The country of an army or another body, which is that of its men and arms.
        self._body: dict[int, str] = {}
        for row in mentions:
            first, last = tree.at(row["char_start"]), tree.at(row["char_end"] - 1)
            seat = seats.get(row["entity_id"])
            if seat and tree.dep[last] in ("nsubj", "pobj", "nsubjpass"):
                self._acting[last] = str(seat)
            if seat and row["entity_id"] in bodies:
                self._body.update(dict.fromkeys(range(first, last + 1), str(seat)))
            country = countries.get(row["entity_id"])
            if not country:
                continue
            for i in range(first, last + 1):
                self._country[i] = (str(country), row["entity_type"])

    def of(self, first: int, head: int, category: str) -> tuple[str, Siding] | None:
        """The country of the counted noun ``head``, whose phrase begins at ``first``, and the rule.

        ``category`` is figures.category: what is sent or lost belongs to the side that does it.
        """
        tree = self._tree
        inside = self._within(first, head) or self._complement(head) or self._owner(head)
        if inside is None and category in _FORCES:
            inside = next((self._body[i] for i in range(first, head + 1) if i in self._body), None)
        if inside:
            return inside, "phrase"
        if category not in _OWNED and not self._is_sent(head, category):
            return None
        top, listed = head, False
        while self._is_listed(top):
            top, listed = tree.head[top], True
        if listed:
            first_of = self._within(tree.left_edge(top), top)
            if first_of and category in _FORCES:
                return first_of, "listed"
        actor = self._actor(top, category)
        return (actor, "actor") if actor else None

    def of_bare(self, number: int, category: str) -> tuple[str, Siding] | None:
        """The country of those whom a number without a noun counts: the owner that stands before
        it (Germany's 1,100), that of what it is the level of (Canada's contingent grew to 610),
        who sent or lost so many."""
        if category not in _OWNED:
            return None
        level = self.level_of(number)
        if level is not None and level in self._country:
            return self._country[level][0], "phrase"
        owner = self._owner(number) or self._gapped(number)
        if owner:
            return owner, "phrase"
        actor = self._actor(number, category)
        if actor:
            return actor, "actor"
        return self.of_level(number, category)

    def of_level(self, number: int, category: str) -> tuple[str, Siding] | None:
        """That of what a number is the level of: Russian losses are put at 900 soldiers."""
        tree = self._tree
        verb = next((i for i in tree.up(number) if tree.is_verb(i)), None)
        if category not in _OWNED or verb is None:
            return None
        thing = tree.child(verb, "nsubj", "nsubjpass")
        if tree.lemma[verb] in words("events.setting_level"):
            thing = tree.child(verb, "dobj", "nsubjpass")
        if thing is None or thing >= number or category_of_noun(tree, thing) not in _OWNED:
            return None
        found = self._within(tree.left_edge(thing), thing) or self._complement(thing)
        return (found, "level") if found else None

    def level_of(self, number: int) -> int | None:
        """Whose level a number is where the noun is left out: Italy's from 350 to 385."""
        tree, i = self._tree, number - 1
        while i > 0 and (tree.lower[i] in ("from", "to") or tree.tag[i] == "CD"):
            i -= 1
        owns = tree.tag[i] == "POS" or tree.lower[i] in ("'s", "’s")
        left_out = owns and tree.lower[i + 1] == "from"
        return i - 1 if i > 0 and left_out else None

    def _is_sent(self, head: int, category: str) -> bool:
        """Whether people are sent by a side: 250 trainers."""
        tree = self._tree
        sent = tree.lemma[tree.head[head]] in words("events.sending")
        return category == "people" and tree.dep[head] == "dobj" and sent

    def _within(self, first: int, last: int) -> str | None:
        for i in range(first, last + 1):
            found = self._country.get(i)
            if found and found[1] in _SIDED:
                return found[0]
        return None

    def _complement(self, head: int) -> str | None:
        """Soldiers from Chad, ships of Iran."""
        tree = self._tree
        for child in tree.children[head]:
            if child > head and tree.dep[child] == "prep" and tree.lower[child] in ("from", "of"):
                inner = tree.child(child, "pobj")
                if inner is not None and inner - child <= 4:
                    found = self._within(child, inner)
                    if found:
                        return found
        return None

    def _gapped(self, number: int) -> str | None:
        """Peru sent 40 tanks and Chile 25."""
        tree = self._tree
        if tree.mended.get(number) != "gapped":
            return None
        name = next((c for c in tree.children[number] if tree.mended.get(c) == "gapped"), None)
        return self._within(tree.left_edge(name), name) if name is not None else None

    def _owner(self, head: int) -> str | None:
        tree = self._tree
        for child in tree.children[head]:
            if tree.dep[child] == "poss":
                return self._within(tree.left_edge(child), child)
        return None

    def _actor(self, thing: int, category: str) -> str | None:
        """The country of who loses, sends or fires what is counted."""
        tree = self._tree
        verb = tree.head[thing]
        acl = next((c for c in tree.children[thing] if tree.dep[c] == "acl"), None)
        if acl is not None and tree.lemma[acl] in words("events.own"):
            found = self._agent(acl)
            if found:
                return found
        thing, verb = self._held(thing, verb)
        if not tree.is_verb(verb):
            return None
        if tree.dep[thing] == "nsubjpass":
            return self._agent(verb) if tree.lemma[verb] in words("events.own") else None
        if tree.dep[thing] in SUBJECTS or tree.lemma[verb] not in words("events.own"):
            return None
        harmed = category in ("casualties", "killed", "wounded", "captured", "missing")
        suffers = tree.lemma[verb] in words("events.losing")
        has = category == "casualties" and tree.lemma[verb] == "have"
        if harmed and not (suffers or has):
            return None
        subject = self._subject(verb)
        if subject is not None and tree.tag[subject] == "PRP":
            subject = self._speaker(verb)
        if subject is None:
            return None
        return (
            self._within(tree.left_edge(subject), subject)
            or self._acting.get(subject)
            or self._complement(subject)
        )

    def _held(self, thing: int, verb: int) -> tuple[int, int]:
        """What a thing is counted with or in, and the word above: ringed it with 40 tanks, ordered
        the mobilisation of 40 men, gave arms including 40 tanks, 14 of its tanks."""
        tree = self._tree
        for _ in range(3):
            if tree.dep[thing] != "pobj":
                break
            joins = tree.lower[verb] in ("of", "with", "alongside", "including")
            if not joins:
                break
            above = tree.head[verb]
            if tree.is_verb(above):
                return verb, above
            part = tree.lower[verb] == "of" and (
                tree.tag[above] == "CD"
                or is_quantifier(tree, above)
                or tree.lemma[above] in event_words("noun")
            )
            if not (part or tree.lower[verb] == "including"):
                break
            thing, verb = above, tree.head[above]
        return thing, verb

    def _is_listed(self, thing: int) -> bool:
        """Whether something stands in a list after something else: 40 tanks, 12 guns."""
        tree, first = self._tree, self._tree.head[thing]
        if tree.pos[first] not in ("NOUN", "PROPN", "NUM"):
            return False
        counted = all(
            any(tree.tag[c] == "CD" for c in tree.children[i] if c < i) for i in (thing, first)
        )
        return tree.dep[thing] == "conj" or (tree.dep[thing] == "appos" and counted)

    def _agent(self, verb: int) -> str | None:
        tree = self._tree
        by = tree.child(verb, "agent")
        inner = tree.child(by, "pobj") if by is not None else None
        return self._within(tree.left_edge(inner), inner) if inner is not None else None

    def _speaker(self, verb: int) -> int | None:
        """Who says that they do it: Kenya said it had lost 12 men."""
        tree, claim = self._tree, self._tree.head[verb]
        said = tree.dep[verb] == "ccomp" and tree.lemma[claim] in reporting("verb", "claim")
        return tree.child(claim, "nsubj") if said else None

    def _subject(self, verb: int) -> int | None:
        """The subject of a verb, its own or the one it shares."""
        tree = self._tree
        for _ in range(5):
            for child in tree.children[verb]:
                if tree.dep[child] == "nsubj":
                    if tree.tag[child] in ("WDT", "WP") and tree.dep[verb] == "relcl":
                        return tree.head[verb]
                    return child
            if tree.dep[verb] in ("relcl", "acl") and tree.pos[tree.head[verb]] in (
                "NOUN",
                "PROPN",
            ):
                return tree.head[verb]
            if tree.dep[verb] not in ("conj", "xcomp", "advcl", "pcomp", "prep", "dep"):
                return None
            verb = tree.head[verb]
        return None
