"""The phrases of a text that say where: "in Kursk", "the border with Ukraine", "Galati county".

A phrase is a name of a place or a noun for one (uses ``places.*`` of ref_words), with the token by
which it is tied to the rest of its sentence, and how. Names are read here, others by ``unnamed``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transforms.countries import is_country
from transforms.events.en.phrases import (
    BROAD,
    COUNTRY,
    INSIDE,
    PART,
    PLACES,
    SITE,
    STRONG,
    WEAK,
    PlacePhrase,
    Row,
    anaphoric,
    distances,
    left_of,
    nearnesses,
    rank_of,
)
from transforms.events.en.unnamed import again, common, unknown
from transforms.events.rules import Form
from transforms.events.tree import Tree
from transforms.words import words


class Places:
    """The place phrases of an article, by sentence."""

    def __init__(self, tree: Tree, mentions: Sequence[Row], entities: Sequence[Row]) -> None:
        self._tree = tree
        self._entities = {row["entity_id"]: row for row in entities}
        self._nouns = words("places.noun")
        self._kinds = words("places.kind")
        self._compass = words("shared.compass")
        self.by_sentence: dict[int, list[PlacePhrase]] = {}
        self._names: dict[int, Row] = {}
        #: The country that is named at a token, by its name or its people's.
        self._nations: dict[int, str] = {}
        doubtful: set[int] = set()
        people = _parts_of_people(mentions)
        for row in mentions:
            head = self._head(row)
            entity = self._entities.get(row["entity_id"], {})
            above = tree.lower[tree.head[head]] if tree.dep[head] == "pobj" else ""
            called = row["surface"] in people and not is_country(entity.get("name"))
            if called and row["entity_type"] in PLACES and above not in STRONG:
                continue  # Cedric Richmond came; Richmond said
            nation = row["entity_type"] == "NORP"
            if entity.get("country") and (nation or rank_of(row, entity) == COUNTRY):
                self._nations[head] = entity["country"]
            if row["entity_type"] in (*PLACES, "ORG") or (
                row["entity_type"] == "NORP"
                and tree.dep[head] in ("compound", "amod", "nmod")
                and tree.lemma[tree.head[head]] in self._kinds
            ):
                self._names[head] = row
        for head, row in self._names.items():
            phrase = self._named(head, row)
            if phrase is not None and not self._is_near_another(phrase):
                self.by_sentence.setdefault(tree.sent[head], []).append(phrase)
        taken: set[int] = set()
        for row in mentions:
            span = range(tree.at(row["char_start"]), tree.at(row["char_end"] - 1) + 1)
            if len(span) == 1 and row["entity_type"] in ("PERSON", "ORG", "PRODUCT"):
                doubtful.update(span)  # a small place may be taken for them: off Lampedusa
            else:
                taken.update(span)
        for i in range(len(tree.head)):
            if tree.pos[i] not in ("NOUN", "PROPN"):
                continue
            if tree.pos[i] == "PROPN" and i not in taken:
                phrase = unknown(tree, i, doubtful)
            elif tree.lemma[i] in anaphoric():
                phrase = again(tree, i, self._names, self._entities)
            elif tree.lemma[i] in self._nouns:
                phrase = common(tree, i, self._names)
            else:
                continue
            if phrase is not None:
                self.by_sentence.setdefault(tree.sent[i], []).append(phrase)
        for phrases in self.by_sentence.values():
            phrases.sort(key=lambda p: (p.start, -p.end))

    def nation(self, token: int, back: int = 6) -> PlacePhrase | None:
        """The country that a text speaks of at a token: the last that is named before it, by its
        name or its people's, else the next in the sentence; as its name stands in the text."""
        tree, here = self._tree, self._tree.sent[token]
        named = [i for i in self._nations if 0 <= here - tree.sent[i] <= back]
        before = [i for i in named if i < token]
        at = max(before, default=None) if before else min(named, default=None)
        if at is None:
            return None
        same = (
            p
            for _, phrases in sorted(self.by_sentence.items())
            for p in phrases
            if p.rank == COUNTRY and p.country == self._nations[at]
        )
        return next(same, None)

    def ending_at(self, token: int) -> PlacePhrase | None:
        """The name of a place that ends with a token, however it is tied."""
        for head, row in self._names.items():
            first, last = self._tree.at(row["char_start"]), self._tree.at(row["char_end"] - 1)
            if last == token and row["entity_type"] in PLACES:
                entity = self._entities.get(row["entity_id"], {})
                return self._made(head, head, first, last, "prep", "in", row, entity, False)
        return None

    def listed_at(self, token: int) -> PlacePhrase | None:
        """A name that ends with a token in a list of places, whatever it is taken for:
        Leeds (67%), Bristol (66%) and Cardiff (65%)."""
        tree = self._tree
        if tree.pos[token] != "PROPN":
            return None
        beside = [
            head
            for head, row in self._names.items()
            if tree.sent[head] == tree.sent[token]
            and row["entity_type"] in PLACES
            and tree.lower[min(head + 1, len(tree.lower) - 1)] == "("
        ]
        if not beside:
            return None
        first = token
        while first > 0 and tree.pos[first - 1] == "PROPN":
            first -= 1
        return PlacePhrase(
            token, token, tree.start[first], tree.end[token], "prep", "in", PART, True, None, None
        )

    def _of_name(self, noun: int) -> int:
        """The last token of a noun for a place with its name behind it: its town of Split."""
        tree = self._tree
        of = noun + 1
        name = tree.child(of, "pobj") if of in tree.children[noun] else None
        named = name is not None and tree.lower[of] == "of" and tree.pos[name] == "PROPN"
        return name if named and name is not None else noun

    def _head(self, row: Row) -> int:
        """The token by which a mention hangs in the tree."""
        tree = self._tree
        first, last = tree.at(row["char_start"]), tree.at(row["char_end"] - 1)
        head = last
        while tree.head[head] != head and first <= tree.head[head] <= last:
            head = tree.head[head]
        return head

    def _named(self, head: int, row: Row) -> PlacePhrase | None:
        tree = self._tree
        entity = self._entities.get(row["entity_id"], {})
        form: Form = "prep"
        top = head
        first, last = tree.at(row["char_start"]), tree.at(row["char_end"] - 1)
        site = row["entity_type"] == "FAC"
        if (
            row["entity_type"] == "ORG"
            and tree.lemma[last] not in self._nouns
            and not (tree.dep[head] == "poss" and tree.lower[tree.head[head]] in self._compass)
        ):
            return None  # but the alliance's north
        for _ in range(5):
            dep, above = tree.dep[top], tree.head[top]
            if tree.mended.get(top) == "gapped":
                return self._made(top, above, first, last, "modifier", "", row, entity, site)
            if dep in ("compound", "nmod", "amod", "poss", "nummod") and above > top:
                kind = tree.lemma[above] in self._kinds or tree.lower[above] in self._compass
                if kind or tree.lemma[above] in self._nouns:
                    site = site or not kind
                    top, last = above, max(last, self._of_name(above))
                    continue
                form = "possessive" if dep == "poss" else "modifier"
                if form == "modifier" and row["entity_type"] == "ORG":
                    return None  # the House Speaker
                return self._made(top, above, first, last, form, "", row, entity, site)
            if (
                dep in ("conj", "appos")
                and tree.pos[above] == "PROPN"
                and tree.ent[above] in PLACES
            ):
                top = above
                continue
            if dep == "pobj":
                prep = above
                word = tree.lower[prep]
                noun = tree.head[prep]
                if word == "in" and self._is_unnamed_town(noun):
                    first = min(first, left_of(tree, noun))
                    top = noun
                    continue
                if (
                    word in INSIDE
                    and tree.pos[noun] in ("NOUN", "PROPN")
                    and not self._counted(noun)
                    and "CD" not in tree.tag[noun:prep]
                    and (
                        tree.lemma[noun] in self._nouns
                        or (word == "of" and tree.lemma[noun] in self._kinds)
                        or tree.lower[noun] in self._compass
                    )
                ):
                    site = site or tree.lemma[noun] in self._nouns
                    first = min(first, left_of(tree, noun))
                    top = noun
                    continue
                if word == "from" and any(
                    tree.lower[c] in nearnesses() for c in tree.children[prep] if c < prep
                ):
                    found = self._made(top, noun, first, last, "prep", "near", row, entity, site)
                    return self._distant(found, prep)
                if word in ("to", "of", "from") and tree.lower[noun] in nearnesses():
                    far = tree.lemma[noun] in distances() or tree.lower[noun] in distances()
                    first = min(first, tree.left_edge(noun) if far else noun)
                    found = self._made(
                        top, tree.head[noun], first, last, "prep", "near", row, entity, site
                    )
                    return self._distant(found, noun)
                if word == "outside" and rank_of(row, entity) == COUNTRY:
                    return None  # shares outside Japan
                if word in STRONG or word in WEAK:
                    form = "prep"
                    return self._made(top, noun, first, last, form, word, row, entity, site)
                return None
            if dep in ("nsubj", "nsubjpass"):
                return self._made(top, above, first, last, "subject", "", row, entity, site)
            if dep == "dobj":
                return self._made(top, above, first, last, "object", "", row, entity, site)
            return None
        return None

    def _distant(self, phrase: PlacePhrase, near: int) -> PlacePhrase:
        """A place with no more than its distance told (280 miles from Lima) says less precisely
        where something is than any other; ``near`` is the token that the distance hangs on."""
        tree = self._tree
        told = [near, *(c for c in tree.children[near] if c < near)]
        far = any(tree.lemma[i] in distances() or tree.lower[i] in distances() for i in told)
        return replace(phrase, rank=BROAD) if far else phrase

    def _is_near_another(self, phrase: PlacePhrase) -> bool:
        """Whether a phrase tells where the place right before it is: Gary, south of Chicago."""
        tree, comma = self._tree, self._tree.at(phrase.start) - 1
        beside = comma > 0 and tree.lower[comma] == "," and tree.ent[comma - 1] in PLACES
        return phrase.prep == "near" and beside

    def _is_unnamed_town(self, noun: int) -> bool:
        """Whether a noun is one town, village or the like in a place: in a town in Chad."""
        tree = self._tree
        one = any(tree.lower[c] in ("a", "an", "another") for c in tree.children[noun] if c < noun)
        within = tree.dep[noun] == "pobj" and tree.lower[tree.head[noun]] in STRONG
        return one and within and tree.tag[noun] == "NN" and tree.lemma[noun] in self._kinds

    def _counted(self, noun: int) -> bool:
        """Whether a noun has a number, so that it is counted and no place."""
        return any(self._tree.tag[c] == "CD" for c in self._tree.children[noun] if c < noun)

    def _made(
        self,
        top: int,
        tie: int,
        first: int,
        last: int,
        form: Form,
        prep: str,
        row: Row,
        entity: Row,
        site: bool,
    ) -> PlacePhrase:
        tree = self._tree
        determined = [c for c in tree.children[top] if tree.dep[c] == "det" and c < first]
        if determined and first - determined[0] <= 3:
            first = determined[0]
        return PlacePhrase(
            head=top,
            tie=tie,
            start=min(tree.start[first], row["char_start"]),
            end=max(tree.end[last], row["char_end"]),
            form=form,
            prep=prep,
            rank=SITE if site else rank_of(row, entity),
            named=True,
            entity_id=row["entity_id"],
            country=entity.get("country"),
        )


def _parts_of_people(mentions: Sequence[Row]) -> frozenset[str]:
    """The single names of those whom a text names in full."""
    return frozenset(
        part
        for row in mentions
        if row["entity_type"] == "PERSON" and " " in row["surface"]
        for part in row["surface"].split()
    )
