"""Whom a text means by a speaker: names, pronouns, "the agency", "the ministry"."""

from __future__ import annotations

from transforms.claims.en.names import Mention, Names, Speaker
from transforms.events.en.sources import Source
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import words

_HE = frozenset(("he", "she", "him", "her", "himself", "herself"))
_THEY = frozenset(("they", "them", "themselves"))
_IT = frozenset(("it", "itself"))
_SELF = frozenset(("i", "we"))
_KNOWN = frozenset(("the", "this", "that", "these", "those", "its", "their", "his", "her"))
_BODIES = frozenset(("ORG", "NORP", "GPE", "FAC", "PRODUCT"))
#: Tokens back in which "they" are looked for.
_BACK = 120


class Speakers:
    """Resolves the speakers of a text; to be asked in the order of the text."""

    def __init__(self, tree: Tree, names: Names) -> None:
        self._tree = tree
        self._names = names
        #: Who spoke so far, with the token that it was asked from.
        self._earlier: list[tuple[int, Speaker]] = []

    def resolve(self, source: Source, outer: Speaker | None, at: int) -> Speaker:
        """``outer`` speaks what the source stands in; ``at`` is the token it is asked from."""
        head = source.head
        word = self._tree.lower[head]
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
        tree, names, head = self._tree, self._names, source.head
        plural = names.is_plural(head)
        mention = names.at(head) or self._beside(source)
        if mention is not None:
            return names.named(mention, head if mention[0] <= head <= mention[1] else mention[1])
        single = not plural or tree.lower[source.first] in _KNOWN
        named = names.is_named(source.first, head) and not names.is_person(head)
        known = self._taken_up(source) if single and not named else None
        if known is not None:
            return Speaker(known.name, known.entity, head, plural)
        return Speaker(self._written(source), None, head, plural)

    def _beside(self, source: Source) -> Mention | None:
        """A person named beside an office: the older brother, Lee Rae-jin."""
        tree = self._tree
        if tree.lemma[source.head] in words("claims.document"):
            return None
        last = max(source.last, source.head)
        for child in tree.children[source.head]:
            if tree.dep[child] == "appos" and child > source.head:
                last = max(last, tree.right_edge(child))
        for mention in self._names.between(source.first, last):
            end = mention[1]
            tied = tree.dep[end] == "appos" or (end > source.head and tree.head[end] == source.head)
            owner = tree.dep[end] in ("poss", "pobj")
            if mention[2]["entity_type"] == "PERSON" and tied and not owner:
                return mention
        return None

    def _taken_up(self, source: Source) -> Speaker | None:
        """What "the ministry" or "the spokesman" was before."""
        tree, names, head = self._tree, self._names, source.head
        lemma = tree.lemma[head]
        known = tree.lower[source.first] in _KNOWN
        if not known and not names.between(source.first, max(source.last, head)):
            return None
        if lemma in words("claims.document"):
            return self._document(source, lemma)
        human = names.is_person(head)
        types = frozenset(("PERSON",)) if human else _BODIES
        for i in names.same(head) if human or self._is_bare(source) else ():
            same = i < source.first and names.is_plural(i) == names.is_plural(head)
            if same and (found := self._introduced(i, types)) is not None:
                return found
        if human:
            return self._spoke(source) if known else None
        if self._is_bare(source) and lemma in words("claims.company") | words(
            "claims.organisation"
        ):
            return self._body(head, lemma)
        return None

    def _introduced(self, noun: int, types: frozenset[str]) -> Speaker | None:
        """The name that a noun was said with: Orvo, a union; Orvo is a union; the Orvo union."""
        tree, names = self._tree, self._names
        first = tree.left_edge(noun)
        own = names.at(noun)
        if own is not None:
            return names.named(own, noun) if own[2]["entity_type"] in types else None
        if "PERSON" not in types and names.is_named(first, noun):
            return Speaker(names.bare(first, noun), None, noun)
        beside = [c for c in tree.children[noun] if tree.dep[c] == "appos"]
        above = tree.head[noun]
        if tree.dep[noun] in ("appos", "compound", "nmod"):
            beside.append(above)
        elif tree.dep[noun] == "attr":
            beside += [c for c in tree.children[above] if tree.dep[c] in SUBJECTS]
        for token in beside:
            mention = names.at(token)
            if mention is not None and mention[2]["entity_type"] in types:
                return names.named(mention, token)
        return None

    def _document(self, source: Source, lemma: str) -> Speaker | None:
        """What "the report" is: the phrase that introduced it, else who said so by it."""
        tree, names = self._tree, self._names
        if not self._is_bare(source):
            return None
        spoke = [one for at, one in reversed(self._earlier) if at < source.head and one.name]
        for one in spoke:
            if tree.lemma[one.head] == lemma:
                return one
        for i in names.same(source.head):
            if i >= source.first:
                continue
            first, last = tree.left_edge(i), tree.right_edge(i)
            if last - first < 16 and names.between(first, last):
                return Speaker(names.bare(first, last), None, i)
        for one in spoke:
            written = tree.lemma[one.head] in words("claims.document")
            if written or (one.entity is not None and one.entity["entity_type"] == "ORG"):
                return one
        return None

    def _is_bare(self, source: Source) -> bool:
        """Whether a noun stands alone: the report, these figures."""
        tree = self._tree
        return tree.lower[source.first] in _KNOWN and all(
            tree.dep[c] in ("det", "poss", "punct") for c in tree.children[source.head]
        )

    def _written(self, source: Source) -> str | None:
        """The phrase itself where it is a name, has one, or is that of a document."""
        tree, names, last = self._tree, self._names, source.last
        if tree.lower[source.head] in _SELF:
            return None
        if tree.lemma[source.head] in words("claims.document") and not self._is_bare(source):
            edge = tree.right_edge(source.head)
            clause = source.verb is not None and tree.head[source.verb] == source.head
            if any(tree.pos[i] == "PROPN" for i in range(last + 1, edge + 1)) and not clause:
                last = edge
            if source.first == last:
                return None
        elif not (
            tree.pos[source.head] == "PROPN"
            or names.between(source.first, last)
            or names.is_named(source.first, source.head)
        ):
            return None
        return names.bare(source.first, last)

    # a pronoun

    def _person(self, head: int, barred: Speaker | None) -> Speaker | None:
        """The last person before a token who spoke or is a subject, else who is named last.

        ``barred`` is who says it: "she" in what somebody says is another.
        """
        names = self._names
        best: tuple[int, Speaker] | None = None
        for at, earlier in reversed(self._earlier):
            if at < head and self._may_be_person(earlier) and earlier != barred:
                best = (at, earlier)
                break
        last_named = None
        for mention in names.before(head):
            if mention[2]["entity_type"] != "PERSON":
                continue
            if best is not None and mention[1] <= best[0]:
                break
            found = names.named(mention, mention[1])
            if barred is not None and found.name == barred.name:
                continue
            if names.is_subject(mention[1]):
                return found
            last_named = last_named or found
        unnamed = best is not None and best[1].name is None
        if best is None or (last_named is not None and (barred is not None or unnamed)):
            return last_named
        return best[1]

    def _spoke(self, source: Source) -> Speaker | None:
        """The last person who spoke before "the minister"; before "the Russian governor" the last
        who may be Russian. Her lawyer and the union's president are somebody else."""
        tree, head = self._tree, source.head
        if tree.child(head, "poss") is not None:
            return None
        country = self._names.country(source.first, head)
        for at, one in reversed(self._earlier):
            person = at < head and self._may_be_person(one) and self._may_be_of(country, one)
            if person and self._may_hold(one, tree.lemma[head]):
                return one
        return None

    def _may_hold(self, speaker: Speaker, office: str) -> bool:
        """Whether nothing says that somebody is another than "the manager": not the striker Ann
        Berg."""
        offices, trainers = words("claims.office"), words("claims.trainer")
        held = self._names.said_with(speaker) & offices
        if office not in offices or not held or office in held:
            return True
        return office in trainers and not held.isdisjoint(trainers)

    def _may_be_of(self, country: str | None, speaker: Speaker) -> bool:
        """Whether nothing says that somebody is of another country."""
        if country is None or speaker.name is None:
            return True
        if speaker.entity is not None:
            return speaker.entity["country"] in (None, country)
        return False  # an office that its own phrase names: Ukraine's army chief

    def _may_be_person(self, speaker: Speaker) -> bool:
        if speaker.entity is not None:
            return bool(speaker.entity["entity_type"] == "PERSON")
        return not speaker.plural and self._names.is_person(speaker.head)

    def _body(self, head: int, noun: str | None = None) -> Speaker | None:
        """The last body or document before a token that spoke or is a subject.

        ``noun`` says what kind it is, where it is no pronoun.
        """
        names = self._names
        best: tuple[int, Speaker] | None = None
        for at, earlier in reversed(self._earlier):
            body = not self._may_be_person(earlier) and not earlier.plural
            if at < head and body and earlier.name is not None and self._fits(noun, earlier):
                best = (at, earlier)
                break
        last_named = None
        for mention in names.before(head):
            if mention[2]["entity_type"] not in ("ORG", "PRODUCT"):
                continue
            if best is not None and mention[1] <= best[0]:
                break
            found = names.named(mention, mention[1])
            if not self._fits(noun, found):
                continue
            if names.is_subject(mention[1]):
                return found
            last_named = last_named or found
        return best[1] if best is not None else last_named

    def _fits(self, noun: str | None, speaker: Speaker) -> bool:
        """Whether a name does not say itself that it is another kind of body, as a union is."""
        if noun is None or speaker.name is None:
            return True
        last = speaker.name.split()[-1].lower()
        kinds = (words("claims.company"), words("claims.organisation"))
        return not any(noun in one and last in other for one, other in (kinds, kinds[::-1]))

    def _group(self, head: int) -> Speaker | None:
        """Whom "they" are: the last that spoke as several, or the last such subject."""
        tree, names = self._tree, self._names
        spoke = next(((at, one) for at, one in reversed(self._earlier) if at < head), None)
        low = spoke[0] if spoke is not None and spoke[1].plural else 0
        for i in range(head - 1, max(low, head - _BACK), -1):
            if tree.tag[i] not in ("NNS", "NNPS") or tree.dep[i] not in SUBJECTS:
                continue
            mention = names.at(i)
            if mention is not None:
                return names.named(mention, i)
            if names.is_human(i):
                return Speaker(None, None, i, True)
        return spoke[1] if spoke is not None else None
