"""The names of a text by token, and what its nouns say of people and bodies."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.events.tree import SUBJECTS, Tree
from transforms.words import words

Row = Mapping[str, Any]
#: A mention with its first and last token.
Mention = tuple[int, int, Row]

#: Types of entities that can speak.
_SPEAKING = frozenset(("PERSON", "ORG", "NORP", "GPE", "FAC", "LOC", "PRODUCT", "WORK_OF_ART"))
_PEOPLE = ("claims.person", "claims.police", "claims.military", "claims.government")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source is: its fullest name and entity where the text has them.

    ``head`` is the token whose word says what kind of speaker it is: for a pronoun that of the
    phrase it stands for.
    """

    name: str | None
    entity: Row | None
    head: int
    plural: bool = False


class Names:
    """Who can speak, by token."""

    def __init__(
        self, tree: Tree, text: str, mentions: Sequence[Row], entities: Sequence[Row]
    ) -> None:
        self._tree = tree
        self._text = text
        self._entities = {row["entity_id"]: row for row in entities}
        #: Mentions of who can speak, in the order of the text.
        self.mentions: list[Mention] = []
        self._at: dict[int, int] = {}
        for row in sorted(mentions, key=lambda row: (row["char_start"], -row["char_end"])):
            if row["entity_type"] not in _SPEAKING:
                continue
            first, last = tree.at(row["char_start"]), tree.at(row["char_end"] - 1)
            for i in range(first, last + 1):
                self._at.setdefault(i, len(self.mentions))
            self.mentions.append((first, last, row))
        self._firsts = [mention[0] for mention in self.mentions]
        self._nouns: dict[str, list[int]] = {}

    def at(self, token: int) -> Mention | None:
        """The mention that covers a token."""
        found = self._at.get(token)
        return self.mentions[found] if found is not None else None

    def named(self, mention: Mention, head: int) -> Speaker:
        row = self._entities.get(mention[2]["entity_id"])
        name = row["name"] if row is not None else mention[2]["surface"]
        if row is not None and row["entity_type"] == "PERSON" and " " not in name:
            fuller = self._fuller(name)
            if fuller is not None:
                return Speaker(fuller["name"], fuller, head)
        return Speaker(name, row, head)

    def said_with(self, speaker: Speaker) -> frozenset[str]:
        """The lemmas of the nouns that a speaker's name is said with: the striker Ann Berg, Ann
        Berg, a striker."""
        if speaker.entity is None:
            return frozenset()
        tree, found = self._tree, set[str]()
        for first, last, row in self.mentions:
            if row["entity_id"] != speaker.entity["entity_id"]:
                continue
            beside = [c for i in range(first, last + 1) for c in tree.children[i]]
            found.update(tree.lemma[c] for c in beside if tree.dep[c] in ("appos", "compound"))
            before = first - 1
            if before >= 0 and tree.sent[before] == tree.sent[first]:
                found.add(tree.lemma[before])
            if tree.dep[last] in ("appos", "compound", "nmod"):
                found.add(tree.lemma[tree.head[last]])
        return frozenset(found)

    def _fuller(self, name: str) -> Row | None:
        """The only person of the text whose name has this one as a part."""
        found = [
            row
            for row in self._entities.values()
            if row["entity_type"] == "PERSON" and name in row["name"].split(" ")[1:]
        ]
        return found[0] if len(found) == 1 else None

    def between(self, first: int, last: int) -> list[Mention]:
        """The mentions within some tokens (both ends inclusive)."""
        found = self.mentions[bisect_left(self._firsts, first) : bisect_right(self._firsts, last)]
        return [one for one in found if one[1] <= last]

    def before(self, token: int) -> Iterator[Mention]:
        """The mentions before a token, the last first."""
        for n in range(bisect_left(self._firsts, token) - 1, -1, -1):
            if self.mentions[n][1] < token:
                yield self.mentions[n]

    def same(self, token: int) -> Iterator[int]:
        """The nouns of the same lemma before a token, the last first."""
        if not self._nouns:
            for i, part in enumerate(self._tree.pos):
                if part in ("NOUN", "PROPN"):
                    self._nouns.setdefault(self._tree.lemma[i], []).append(i)
        found = self._nouns.get(self._tree.lemma[token], [])
        yield from reversed(found[: bisect_left(found, token)])

    def is_named(self, first: int, head: int) -> bool:
        """Whether a noun has a name of its own before it: the Telephone Workers union."""
        tree = self._tree
        names = [i for i in range(first, head) if tree.pos[i] == "PROPN"]
        return any(tree.dep[i] in ("compound", "nmod", "amod") for i in names) or (
            bool(names) and tree.pos[head] == "PROPN"
        )

    def bare(self, first: int, last: int) -> str:
        """A phrase without its article, on at most some words."""
        tree = self._tree
        while first < last and (tree.dep[first] in ("det", "punct") or tree.tag[first] == "PRP$"):
            first += 1
        return self._cut(first, min(last, first + 20))

    def _cut(self, first: int, last: int) -> str:
        return self._text[self._tree.start[first] : self._tree.end[last]]

    def country(self, first: int, last: int) -> str | None:
        """ISO 3166-1 alpha-3 of the first name with one within some tokens."""
        for mention in self.between(first, last):
            row = self._entities.get(mention[2]["entity_id"])
            if row is not None and row["country"] is not None:
                return str(row["country"])
        return None

    def is_plural(self, token: int) -> bool:
        """Whether a noun is a plural."""
        return self._tree.tag[token] in ("NNS", "NNPS")

    def is_person(self, token: int) -> bool:
        """Whether a noun is one for a single person."""
        tree = self._tree
        return tree.tag[token] not in ("NNS", "NNPS") and tree.lemma[token] in words(
            "claims.person"
        )

    def is_human(self, token: int) -> bool:
        """Whether a noun is one for people."""
        lemma = self._tree.lemma[token]
        return any(lemma in words(use) for use in _PEOPLE)

    def is_subject(self, token: int) -> bool:
        """Whether a name is the subject of a verb, or stands beside its subject."""
        tree = self._tree
        for _ in range(3):
            if tree.dep[token] in SUBJECTS:
                return True
            if tree.dep[token] not in ("appos", "conj", "compound", "nmod"):
                return False
            token = tree.head[token]
        return False
