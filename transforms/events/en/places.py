"""The phrases of a text that say where: "in Kursk", "the border with Ukraine", "Galati county".

A phrase is a name of a place or a noun for one (``place nouns`` of the reference tables), with the
token by which it is tied to the rest of its sentence, and how.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from transforms.event_words import event_words
from transforms.events.en.phrases import (
    COUNTRY,
    INSIDE,
    PART,
    SITE,
    STRONG,
    TOWN,
    WEAK,
    PlacePhrase,
    anaphoric,
    distances,
    nearnesses,
    rank_of,
    shares,
)
from transforms.events.rules import Form
from transforms.events.tree import Tree
from transforms.words import words

Row = Mapping[str, Any]

_PLACES = ("GPE", "LOC", "FAC")


class Places:
    """The place phrases of an article, by sentence."""

    def __init__(
        self, tree: Tree, mentions: Sequence[Row], entities: Sequence[Row], text: str
    ) -> None:
        self._tree = tree
        self._text = text
        self._entities = {row["entity_id"]: row for row in entities}
        self._nouns = words("places.noun")
        self._kinds = words("places.kind")
        self._compass = words("shared.compass")
        self.by_sentence: dict[int, list[PlacePhrase]] = {}
        self._of_head: dict[int, Row] = {}
        self._names: dict[int, Row] = {}
        self._doubtful: set[int] = set()
        for row in mentions:
            head = self._head(row)
            if row["entity_type"] in (*_PLACES, "ORG") or (
                row["entity_type"] == "NORP"
                and tree.dep[head] in ("compound", "amod", "nmod")
                and tree.lemma[tree.head[head]] in self._kinds
            ):
                self._names[head] = row
        for head, row in self._names.items():
            phrase = self._named(head, row)
            if phrase is not None:
                self.by_sentence.setdefault(tree.sent[head], []).append(phrase)
        taken: set[int] = set()
        for row in mentions:
            span = range(tree.at(row["char_start"]), tree.at(row["char_end"] - 1) + 1)
            if len(span) == 1 and row["entity_type"] in ("PERSON", "ORG", "PRODUCT"):
                self._doubtful.update(span)  # a small place may be taken for them: off Lampedusa
            else:
                taken.update(span)
        for i in range(len(tree.head)):
            if tree.pos[i] not in ("NOUN", "PROPN"):
                continue
            if tree.pos[i] == "PROPN" and i not in taken:
                phrase = self._unknown(i)
            elif tree.lemma[i] in anaphoric():
                phrase = self._again(i)
            elif tree.lemma[i] in self._nouns:
                phrase = self._common(i)
            else:
                continue
            if phrase is not None:
                self.by_sentence.setdefault(tree.sent[i], []).append(phrase)
        for phrases in self.by_sentence.values():
            phrases.sort(key=lambda p: (p.start, -p.end))

    def ending_at(self, token: int) -> PlacePhrase | None:
        """The name of a place that ends with a token, however it is tied."""
        for head, row in self._names.items():
            first, last = self._tree.at(row["char_start"]), self._tree.at(row["char_end"] - 1)
            if last == token and row["entity_type"] in _PLACES:
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
            and row["entity_type"] in _PLACES
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
                    top, last = above, max(last, above)
                    continue
                form = "possessive" if dep == "poss" else "modifier"
                if form == "modifier" and row["entity_type"] == "ORG":
                    return None  # the House Speaker
                return self._made(top, above, first, last, form, "", row, entity, site)
            if (
                dep in ("conj", "appos")
                and tree.pos[above] == "PROPN"
                and tree.ent[above] in _PLACES
            ):
                top = above
                continue
            if dep == "pobj":
                prep = above
                word = tree.lower[prep]
                noun = tree.head[prep]
                if (
                    word in INSIDE
                    and tree.pos[noun] in ("NOUN", "PROPN")
                    and not self._counted(noun)
                    and (
                        tree.lemma[noun] in self._nouns
                        or (word == "of" and tree.lemma[noun] in self._kinds)
                        or tree.lower[noun] in self._compass
                    )
                ):
                    site = site or tree.lemma[noun] in self._nouns
                    first = min(first, self._left(noun))
                    top = noun
                    continue
                if word == "from" and any(
                    tree.lower[c] in nearnesses() for c in tree.children[prep] if c < prep
                ):
                    return self._made(top, noun, first, last, "prep", "near", row, entity, site)
                if word in ("to", "of", "from") and tree.lower[noun] in nearnesses():
                    first = min(first, noun)
                    return self._made(
                        top, tree.head[noun], first, last, "prep", "near", row, entity, site
                    )
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

    def _counted(self, noun: int) -> bool:
        """Whether a noun has a number, so that it is counted and no place."""
        return any(self._tree.tag[c] == "CD" for c in self._tree.children[noun] if c < noun)

    def _unknown(self, noun: int) -> PlacePhrase | None:
        """A name that nobody knows after a preposition of place: raids on Tyre, a field in Gulu."""
        tree = self._tree
        if tree.dep[noun] != "pobj" or tree.ent[noun] in ("DATE", "TIME", "MONEY"):
            return None
        if any(tree.tag[i] == "CD" for i in range(tree.left_edge(noun), noun)):
            return None  # a heat of 40 degrees Celsius
        prep = tree.head[noun]
        word, tie = tree.lower[prep], tree.head[prep]
        event = tree.pos[tie] == "NOUN" and tree.lemma[tie] in words("events.noun")
        if tree.ent[noun] == "PERSON" and noun not in self._doubtful:
            return None
        if noun in self._doubtful and not (
            word in ("near", "off") or (word in ("in", "on") and self._happens(tie))
        ):
            return None
        if (
            word not in ("in", "near", "at", "outside", "around", "off")
            and not (event and word in ("on", "of", "across"))
            and not (word == "on" and tree.tag[tie] == "CD")
        ):
            return None
        first = self._left(noun)
        while first < noun and tree.pos[first] != "PROPN":
            first += 1
        return PlacePhrase(
            noun, tie, tree.start[first], tree.end[noun], "prep", word, PART, True, None, None
        )

    def _happens(self, tie: int) -> bool:
        """Whether something that happens to the counted or is counted stands at a token."""
        tree = self._tree
        if tree.is_verb(tie):
            told = event_words("verb").get(tree.lemma[tie])
            return told is not None and bool(told.category)
        counted = any(tree.tag[c] == "CD" for c in tree.children[tie])
        return tree.tag[tie] == "CD" or counted or tree.lemma[tie] in words("events.noun")

    def _again(self, noun: int) -> PlacePhrase | None:
        """ "the country", "the city": the last place of that kind that was named before."""
        tree = self._tree
        if noun in self._names or noun - 1 in self._names:
            return None
        known = any(
            tree.lower[c] in ("the", "this", "that", "their", "its")
            for c in tree.children[noun]
            if c < noun
        )
        if not known or any(
            tree.dep[c] in ("prep", "compound", "amod", "poss")
            and tree.lower[c] not in {"its", "their", *words("places.again_adjective")}
            for c in tree.children[noun]
        ):
            return None
        prep = ""
        form: Form
        if tree.dep[noun] == "pobj":
            prep, tie, form = tree.lower[tree.head[noun]], tree.head[tree.head[noun]], "prep"
            if prep not in STRONG and prep not in WEAK:
                return None
        elif tree.dep[noun] == "dobj":
            tie, form = tree.head[noun], "object"
        else:
            return None
        row = self._antecedent(noun)
        if row is None:
            return None
        entity = self._entities.get(row["entity_id"], {})
        return PlacePhrase(
            head=noun,
            tie=tie,
            start=row["char_start"],
            end=row["char_end"],
            form=form,
            prep=prep,
            rank=rank_of(row, entity),
            named=True,
            entity_id=row["entity_id"],
            country=entity.get("country"),
        )

    def _antecedent(self, noun: int) -> Row | None:
        """The mention that a definite noun for a place means, from up to four sentences before."""
        tree = self._tree
        wanted = anaphoric()[tree.lemma[noun]]
        for head in sorted((h for h in self._names if h < noun), reverse=True):
            if tree.sent[noun] - tree.sent[head] > 4:
                return None
            row = self._names[head]
            if row["entity_type"] == "ORG":
                continue
            rank = rank_of(row, self._entities.get(row["entity_id"], {}))
            if wanted == COUNTRY and rank == COUNTRY:
                return row
            if wanted != COUNTRY and row["entity_type"] == "GPE" and rank in (PART, TOWN):
                return row
        return None

    def _specified(self, noun: int) -> bool:
        """Whether a singular noun has what makes it one place: the school, a field near Gulu."""
        tree = self._tree
        if tree.lemma[noun] in shares():
            return any(tree.dep[c] in ("amod", "compound", "prep") for c in tree.children[noun])
        return any(tree.dep[c] != "punct" for c in tree.children[noun])

    def _left(self, noun: int) -> int:
        """The first token of a noun's own modifiers."""
        tree = self._tree
        first = noun
        for child in tree.children[noun]:
            if child < noun and tree.dep[child] in (
                "det",
                "amod",
                "compound",
                "nmod",
                "poss",
                "advmod",
            ):
                first = min(first, tree.left_edge(child))
        return first

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

    def _common(self, noun: int) -> PlacePhrase | None:
        """A noun for a place after a preposition, with no name inside it."""
        tree = self._tree
        if tree.dep[noun] != "pobj":
            return None
        prep = tree.head[noun]
        reached = tree.lower[prep] == "to" and tree.lemma[tree.head[prep]] in words("events.moving")
        if tree.lower[prep] not in STRONG and not reached:
            return None
        if tree.ent[noun] in ("DATE", "TIME"):
            return None  # in the second quarter
        if tree.lower[prep - 1] in distances():
            return None  # a camp 3,200 metres above the sea
        if tree.tag[noun] in ("NN", "CD") and not self._specified(noun):
            return None  # in prison, in hospital, around a quarter
        if self._left(noun) == noun and tree.child(noun, "prep") is not None:
            return None  # in front of
        edge = tree.right_edge(noun)
        inside = range(tree.left_edge(noun), edge + 1)
        if any(i in self._names and self._names[i]["entity_type"] in _PLACES for i in inside):
            return None
        last = noun
        for child in tree.children[noun]:
            holds = tree.lower[child] in INSIDE and (
                tree.lower[child] != "with" or tree.lemma[noun] in words("places.line")
            )
            if child > noun and tree.dep[child] == "prep" and holds:
                inner = tree.child(child, "pobj")
                if (
                    inner is not None
                    and child == last + 1
                    and tree.ent[inner] not in ("DATE", "TIME")
                ):
                    last = inner
        return PlacePhrase(
            head=noun,
            tie=tree.head[prep],
            start=tree.start[self._left(noun)],
            end=tree.end[last],
            form="prep",
            prep=tree.lower[prep],
            rank=SITE,
            named=False,
            entity_id=None,
            country=None,
        )
