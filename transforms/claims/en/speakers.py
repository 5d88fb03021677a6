"""Whom a text means by a speaker: names, pronouns, "the agency", "the ministry"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.events.en.sources import Source
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import words

Row = Mapping[str, Any]

_HE = frozenset(("he", "she", "him", "her", "himself", "herself"))
_THEY = frozenset(("they", "them", "themselves"))
_IT = frozenset(("it", "itself"))
_SELF = frozenset(("i", "we"))
_KNOWN = frozenset(("the", "this", "that", "these", "those", "its", "their", "his", "her"))
#: Types of entities that can speak.
_SPEAKING = frozenset(("PERSON", "ORG", "NORP", "GPE", "FAC", "LOC", "PRODUCT", "WORK_OF_ART"))
_BODIES = frozenset(("ORG", "NORP", "GPE", "FAC", "PRODUCT"))


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


class Speakers:
    """Resolves the speakers of a text; to be asked in the order of the text."""

    def __init__(
        self, tree: Tree, text: str, mentions: Sequence[Row], entities: Sequence[Row]
    ) -> None:
        self._tree = tree
        self._text = text
        self._entities = {row["entity_id"]: row for row in entities}
        #: Mentions by the tokens they cover, in the order of the text.
        self._mentions: list[tuple[int, int, Row]] = []
        self._at: dict[int, int] = {}
        for row in sorted(mentions, key=lambda row: (row["char_start"], -row["char_end"])):
            if row["entity_type"] not in _SPEAKING:
                continue
            first, last = tree.at(row["char_start"]), tree.at(row["char_end"] - 1)
            for i in range(first, last + 1):
                self._at.setdefault(i, len(self._mentions))
            self._mentions.append((first, last, row))
        self._earlier: list[tuple[int, Speaker]] = []

    def resolve(self, source: Source, outer: Speaker | None, at: int) -> Speaker:
        """``outer`` speaks what the source stands in; ``at`` is the token it is asked from."""
        tree, head = self._tree, source.head
        word = tree.lower[head]
        if word in _SELF and outer is not None:
            found = outer
        elif word in _HE:
            found = self._person(head, outer) or Speaker(None, None, head)
        elif word in _IT:
            found = self._body(head) or Speaker(None, None, head)
        elif word in _THEY:
            found = self._group(head) or Speaker(None, None, head, True)
        else:
            found = self._phrase(source)
        self._earlier.append((max(at, head), found))
        return found

    # a phrase

    def _phrase(self, source: Source) -> Speaker:
        tree, head = self._tree, source.head
        own = self._mention(head, source)
        plural = tree.tag[head] in ("NNS", "NNPS")
        if own is not None:
            return self._named(own, head)
        beside = self._beside(source)
        if beside is not None:
            return self._named(beside, beside[1])
        if self._is_named(source.first, head) and not self._is_person(head):
            return Speaker(self._written(source), None, head, plural)
        if not plural or tree.lower[source.first] in _KNOWN:
            known = self._taken_up(source)
            if known is not None:
                return Speaker(known.name, known.entity, head, plural)
        return Speaker(self._written(source), None, head, plural)

    def _is_named(self, first: int, head: int) -> bool:
        """Whether a noun has a name of its own before it: the Telephone Workers union."""
        tree = self._tree
        names = [i for i in range(first, head) if tree.pos[i] == "PROPN"]
        return any(tree.dep[i] in ("compound", "nmod", "amod") for i in names) or (
            bool(names) and tree.pos[head] == "PROPN"
        )

    def _mention(self, head: int, source: Source) -> tuple[int, int, Row] | None:
        at = self._at.get(head)
        if at is None:
            return None
        first, last, row = self._mentions[at]
        return (first, last, row) if last >= head else None

    def _named(self, mention: tuple[int, int, Row], head: int) -> Speaker:
        row = self._entities.get(mention[2]["entity_id"])
        name = row["name"] if row is not None else mention[2]["surface"]
        if row is not None and row["entity_type"] == "PERSON" and " " not in name:
            fuller = self._fuller(name)
            if fuller is not None:
                return Speaker(fuller["name"], fuller, head)
        return Speaker(name, row, head)

    def _fuller(self, name: str) -> Row | None:
        """The only person of the text whose name has this one as a part."""
        found = [
            row
            for row in self._entities.values()
            if row["entity_type"] == "PERSON" and name in row["name"].split(" ")[1:]
        ]
        return found[0] if len(found) == 1 else None

    def _beside(self, source: Source) -> tuple[int, int, Row] | None:
        """A person named beside an office: the older brother, Lee Rae-jin."""
        tree = self._tree
        if tree.lemma[source.head] in words("claims.document"):
            return None
        last = max(source.last, source.head)
        for child in tree.children[source.head]:
            if tree.dep[child] == "appos" and child > source.head:
                last = max(last, tree.right_edge(child))
        for first, end, row in self._between(source.first, last):
            # the office may be the head of the name, or stand before a comma
            above = tree.head[end]
            beside = tree.dep[end] in ("appos", "nmod", "compound") or above == source.head
            if row["entity_type"] == "PERSON" and beside and tree.dep[end] not in ("poss", "pobj"):
                return first, end, row
        return None

    def _between(self, first: int, last: int) -> list[tuple[int, int, Row]]:
        return [one for one in self._mentions if first <= one[0] and one[1] <= last]

    def _taken_up(self, source: Source) -> Speaker | None:
        """What "the ministry" or "the spokesman" was before."""
        tree, head = self._tree, source.head
        lemma = tree.lemma[head]
        human = self._is_person(head)
        inside = self._between(source.first, max(source.last, head))
        known = tree.lower[source.first] in _KNOWN or tree.dep[source.first] == "det"
        if tree.tag[head] in ("NNP", "NNPS") and not known:
            return None
        if not known and not inside:
            return None
        if lemma in words("claims.document"):
            return self._document(source, lemma)
        for i in range(source.first - 1, -1, -1):
            if tree.lemma[i] != lemma or i == head:
                continue
            at = self._at.get(i)
            first = self._phrase_start(i)
            if at is None and not human and self._is_named(first, i):
                return Speaker(self._bare(first, i), None, i)
            if at is not None and self._mentions[at][2]["entity_type"] in _BODIES | {"PERSON"}:
                if human != (self._mentions[at][2]["entity_type"] == "PERSON") and human:
                    continue
                return self._named(self._mentions[at], i)
            for child in (*tree.children[i], tree.head[i]):
                named = self._at.get(child)
                if named is None:
                    continue
                tied = tree.dep[child] == "appos" or (
                    child == tree.head[i] and tree.dep[i] in ("appos", "compound", "nmod", "attr")
                )
                if tied:
                    return self._named(self._mentions[named], child)
        if human:
            if inside and not known:
                return None
            return self._recent_person(head, strict=False)
        if known and lemma in words("claims.company") | words("claims.organisation"):
            return self._body(head)
        return None

    def _document(self, source: Source, lemma: str) -> Speaker | None:
        """What "the report" is: the phrase that introduced it, else who said so by it."""
        tree = self._tree
        if not self._is_bare(source):
            return None
        spoke = [one for at, one in reversed(self._earlier) if at < source.head and one.name]
        for one in spoke:
            if tree.lemma[one.head] == lemma:
                return one
        for i in range(source.first - 1, -1, -1):
            first, last = self._phrase_start(i), tree.right_edge(i)
            if tree.lemma[i] == lemma and last - first < 16 and self._between(first, last):
                return Speaker(self._bare(first, last), None, i)
        for one in spoke:
            if tree.lemma[one.head] in words("claims.document"):
                return one
            if one.entity is not None and one.entity["entity_type"] == "ORG":
                return one
        return None

    def _is_bare(self, source: Source) -> bool:
        """Whether a noun stands alone: the report, these figures."""
        tree = self._tree
        return tree.lower[source.first] in _KNOWN and all(
            tree.dep[c] in ("det", "poss", "punct") for c in tree.children[source.head]
        )

    def _phrase_start(self, token: int) -> int:
        return self._tree.left_edge(token)

    def _written(self, source: Source) -> str | None:
        """The phrase itself where it is a name, or names whose it is."""
        tree = self._tree
        if tree.lower[source.head] in _HE | _THEY | _IT | _SELF:
            return None
        last = source.last
        if tree.lemma[source.head] in words("claims.document") and not self._is_bare(source):
            if self._between(source.last + 1, tree.right_edge(source.head)):
                last = tree.right_edge(source.head)
        elif not (
            tree.pos[source.head] == "PROPN" or self._between(source.first, source.last)
            or self._is_named(source.first, source.head)
        ):
            return None
        return self._bare(source.first, last)

    def _bare(self, first: int, last: int) -> str:
        """A phrase without its article, on at most some words."""
        tree = self._tree
        while first < last and (tree.dep[first] in ("det", "punct") or tree.tag[first] == "PRP$"):
            first += 1
        return self._cut(first, min(last, first + 20))

    def _cut(self, first: int, last: int) -> str:
        return self._text[self._tree.start[first] : self._tree.end[last]]

    # a pronoun

    def _person(self, head: int, outer: Speaker | None) -> Speaker | None:
        return self._recent_person(head, strict=True, barred=outer)

    def _recent_person(
        self, head: int, *, strict: bool, barred: Speaker | None = None
    ) -> Speaker | None:
        """The last person before a token who spoke or is the subject of a sentence."""
        tree = self._tree
        best: tuple[int, Speaker] | None = None
        for at, earlier in reversed(self._earlier):
            if at < head and self._may_be_person(earlier) and earlier != barred:
                best = (at, earlier)
                break
        fallback = None
        for first, last, row in reversed(self._mentions):
            if last >= head or row["entity_type"] != "PERSON":
                continue
            if best is not None and last <= best[0]:
                break
            named = self._named((first, last, row), last)
            if barred is not None and named.name == barred.name:
                continue
            if self._is_subject(last):
                return named
            fallback = fallback or named
        unnamed = best is not None and best[1].name is None
        if fallback is not None and (barred is not None or unnamed):
            return fallback
        if best is not None:
            return best[1]
        return fallback

    def _may_be_person(self, speaker: Speaker) -> bool:
        if speaker.entity is not None:
            return bool(speaker.entity["entity_type"] == "PERSON")
        return not speaker.plural and self._is_person(speaker.head)

    def _is_person(self, token: int) -> bool:
        tree = self._tree
        if tree.tag[token] in ("NNS", "NNPS"):
            return False
        return tree.lemma[token] in words("claims.person")

    def _is_subject(self, token: int) -> bool:
        tree = self._tree
        for _ in range(3):
            if tree.dep[token] in SUBJECTS:
                return True
            if tree.dep[token] not in ("appos", "conj", "compound", "nmod"):
                return False
            token = tree.head[token]
        return False

    def _body(self, head: int) -> Speaker | None:
        """The last body or document before a token that spoke or is a subject."""
        best: tuple[int, Speaker] | None = None
        for at, earlier in reversed(self._earlier):
            if at < head and not self._may_be_person(earlier) and not earlier.plural:
                if earlier.name is not None:
                    best = (at, earlier)
                    break
        fallback = None
        for first, last, row in reversed(self._mentions):
            if last >= head or row["entity_type"] not in ("ORG", "PRODUCT"):
                continue
            if best is not None and last <= best[0]:
                break
            if self._is_subject(last):
                return self._named((first, last, row), last)
            fallback = fallback or self._named((first, last, row), last)
        if best is not None:
            return best[1]
        return fallback

    def _group(self, head: int) -> Speaker | None:
        """Whom "they" are: the last that spoke as several, or the last such subject."""
        tree = self._tree
        spoke = next(((at, one) for at, one in reversed(self._earlier) if at < head), None)
        low = spoke[0] if spoke is not None and spoke[1].plural else 0
        for i in range(head - 1, max(low, head - 120), -1):
            if tree.tag[i] in ("NNS", "NNPS") and tree.dep[i] in SUBJECTS:
                if tree.ent[i] in ("DATE", "TIME"):
                    continue
                at = self._at.get(i)
                if at is not None:
                    return self._named(self._mentions[at], i)
                if self._is_human(i):
                    return Speaker(None, None, i, True)
        return spoke[1] if spoke is not None else None

    def _is_human(self, token: int) -> bool:
        lemma = self._tree.lemma[token]
        return any(
            lemma in words(use)
            for use in ("claims.person", "claims.police", "claims.military", "claims.government")
        )
