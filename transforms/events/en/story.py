"""The scene of a story: place and time of an event hold for later sentences about the same one.

A sentence is about the same event where it tells of the same kind of harm or names it again ("the
blaze"), or where the same things are counted. A place that opens a sentence ("In the west, ...")
holds until another does, or the paragraph ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.events.en.clauses import opening
from transforms.events.en.going_on import (
    BACK,
    TAKEN_UP,
    leads_away,
    names_place,
    of_known,
    takes_up,
)
from transforms.events.en.happenings import (
    Told,
    are_apart,
    are_elsewhere,
    attended,
    counted_or_attended,
    happenings,
    is_past,
    named,
    points_back,
    sets,
    told_in,
)
from transforms.events.en.phrases import COUNTRY, PART, STRONG, PlacePhrase
from transforms.events.en.places import Places
from transforms.events.en.tied import Times
from transforms.events.en.ways import SEQUENCE
from transforms.events.en.when import Dated
from transforms.events.en.where import Placed, refines
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import words

#: How many sentences ahead the scene of an event is looked for.
AHEAD = 3
#: How many sentences back a place holds that no word ties to the figure.
CONTINUED = 1
#: How many sentences back the day holds on which something happened, where the story goes on.
NARRATED = 3
#: Days before the publication after which an event is no longer part of the story's scene.
OLD = 730
#: Days before the publication from which a later sentence does not recall an earlier event.
NEWS = 31


class Story:
    """The events of an article's sentences, read when they are asked for."""

    def __init__(self, tree: Tree, places: Places, times: Times, paragraphs: Sequence[int]) -> None:
        self._tree = tree
        self._places = places
        self._times = times
        #: The number of the paragraph of each sentence.
        self._paragraphs = paragraphs
        self._told: dict[int, list[Told]] = {}
        self._happened: dict[int, list[Told]] = {}

    def tell(self, token: int, place: Placed | None, time: Dated | None, *, harm: bool) -> None:
        """Keep where and when a figure is, for later ones about the same thing."""
        if place is not None or time is not None:
            self._of(self._tree.sent[token])
            told = Told(harm, frozenset((self._tree.lemma[token],)), place, time)
            self._told[self._tree.sent[token]].append(told)

    def elsewhere(
        self,
        token: int,
        *,
        harm: bool,
        time: Dated | None,
        counted: bool,
        goes_on: bool,
        people: bool,
        barred: tuple[int, int] | None,
        again: bool = False,
    ) -> Placed | None:
        """The place that another sentence gives: of the same event, of what is ``counted`` there
        too, of the sentence that opens with one, or of the one before where the story goes on.

        ``again`` tells that what is counted is understood from a number before it.
        """
        if leads_away(self._tree, self._tree.sentences[self._tree.sent[token]]):
            return None
        found = self.place(token, harm=harm, time=time) if counted else None
        if found is not None:
            found = self._beside(token, found, barred) or found
        fronted = self.fronted(token)
        if found is None or (fronted is not None and self._is_before(found, fronted)):
            found = fronted  # in Bangkok, a tower fell, after a hall did so in Yangon
        if found is None and goes_on and not self._is_old(time):
            tied = harm or again or takes_up(self._tree, token) or self._answers_harm(token)
            found = self.continued(token, people=people) if tied else None
        if found is None and not self._is_old(time):
            found = of_known(self._tree, self._places, token)
        return found

    def _answers_harm(self, token: int) -> bool:
        """Whether a clause in the past stands right behind harm that is told with its place: a mill
        burned down in Lota; 80 firemen were called out. In another paragraph a verb tells it."""
        here = self._tree.sent[token]
        if here == 0 or not is_past(self._tree, token):
            return False
        same = self._paragraphs[here - 1] == self._paragraphs[here]
        return any(
            told.harm and told.place is not None and (same or not told.lemmas)
            for told in self._of(here - 1)
        )

    def _is_before(self, one: Placed, other: Placed) -> bool:
        """Whether the sentence of one place comes before that of the other."""
        return self._tree.sent[one.phrase.head] < self._tree.sent[other.phrase.head]

    def place(self, token: int, *, harm: bool, time: Dated | None) -> Placed | None:
        """The place of the same event in another sentence; none if that was at another time."""
        known = None if harm else counted_or_attended(self._tree, token)
        found = self._other(token, harm, "place", time, known)
        if found is None or found.place is None:
            return None
        place = found.place
        if place.phrase.rank == COUNTRY:
            place = self._finer(token, found) or place
        return Placed(place.phrase, place.cost, "scene")

    def _finer(self, token: int, coarse: Told) -> Placed | None:
        """Where in the country that one sentence names another one says the same event was."""
        here = self._tree.sent[token]
        for sentence in range(here - 1, max(-1, here - 2 * BACK - 1), -1):
            for told in self._of(sentence):
                place = told.place
                if place is None or are_apart(told.time, coarse.time) or told.harm != coarse.harm:
                    continue
                if coarse.place is not None and refines(place.phrase, coarse.place.phrase):
                    return place
        return None

    def time(self, token: int, *, harm: bool, place: Placed | None) -> Dated | None:
        """The time of the same event in another sentence, for what is told in the past tense.

        None where that was elsewhere: ``place`` is the figure's own.
        """
        since = self._is_since(token)
        if (harm and not (since or is_past(self._tree, token))) or self._before(token):
            return None
        if self._is_vague(token):
            return None
        events = None if harm else attended(self._tree, token)
        if events is not None and not events:
            return None
        found = self._other(token, harm, "time", None, events)
        if found is None or found.time is None or are_elsewhere(found.place, place):
            return None
        told = found.time
        if self._is_ahead(told):
            return None
        published = self._times.published
        last = max(told.end, published) if since and published is not None else told.end
        return Dated(told.start, last, told.date_id, told.cost, "scene")

    def narrated(self, token: int, *, harm: bool, goes_on: bool, first: int = 0) -> Dated | None:
        """The time of a sentence before that tells what happened, for what is told on from there
        in the simple past with no time of its own: shares fell on Monday. The Dax lost 2%.

        ``first`` is the sentence where the quotation opens that the token stands in: what is said
        tells on from nothing outside it.
        """
        here = self._tree.sent[token]
        back = harm and points_back(self._tree, self._tree.sentences[here])
        if self._before(token) or not (back or is_past(self._tree, token)):
            return None
        if not goes_on and not self._also(token):
            return None
        aside = any(self._tree.dep[i] == "relcl" for i in self._tree.up(token))
        if aside or self._is_vague(token) or self._dated(token, whole=harm):
            return None
        for sentence in range(here - 1, max(first - 1, here - NARRATED - 1), -1):
            told = self._happenings(sentence)
            time = next((one.time for one in told if one.time is not None), None)
            if time is not None and not self._is_ahead(time):
                days = (time.end - time.start).days
                return Dated(time.start, time.end, time.date_id, 0.0, "scene") if days < 2 else None
        return None

    def _dated(self, token: int, *, whole: bool) -> bool:
        """Whether the clause of a token, or its ``whole`` sentence, has a time of its own."""
        tree = self._tree
        return any(
            whole or (date.word != "since" and self._clause(date.tie) == self._clause(token))
            for date in self._times.by_sentence.get(tree.sent[token], ())
        )

    def _also(self, token: int) -> bool:
        """Whether a clause adds something to what was told before it: they were also fined."""
        clause = self._clause(token)
        return any(self._tree.lower[c] == "also" for c in self._tree.children[clause])

    def _is_vague(self, token: int) -> bool:
        """Whether the clause of a token has a time that nobody can tell: in recent fighting."""
        if self._at_another(token):
            return True
        vague = self._times.vague.get(self._tree.sent[token], ())
        return any(self._clause(i) == self._clause(token) for i in vague)

    def _is_since(self, token: int) -> bool:
        """Whether a clause tells what has come about since what was told before: it has since
        killed 40."""
        tree = self._tree
        clause = self._clause(token)
        below = [tree.lower[c] for c in tree.children[clause] if tree.dep[c] in ("advmod", "aux")]
        return "since" in below and ("has" in below or "have" in below)

    def _at_another(self, token: int) -> bool:
        """Whether a clause tells when it was by another event: at the time of the blaze."""
        tree = self._tree
        return any(
            tree.lower[c] == "at"
            and (at := tree.child(c, "pobj")) is not None
            and tree.lemma[at] in words("events.moment")
            and tree.child(at, "prep") is not None
            for c in tree.children[self._clause(token)]
        )

    def _clause(self, token: int) -> int:
        return next((i for i in self._tree.up(token) if self._tree.is_verb(i)), token)

    def _before(self, token: int) -> bool:
        """Whether a token stands in a clause that tells what came before or after its sentence's
        main clause: a day after three people were hurt."""
        tree = self._tree
        if tree.sent[token] not in self._times.by_sentence:
            return False
        return any(
            tree.dep[i] in ("advcl", "pcomp") and opening(tree, i) in SEQUENCE
            for i in tree.up(token)
        )

    def continued(self, token: int, *, people: bool) -> Placed | None:
        """The place of the sentence before, where a story goes on without naming another."""
        here = self._tree.sent[token]
        if names_place(self._places, here) or not self._goes_on(token):
            return None
        goes_on = is_past(self._tree, token) or points_back(self._tree, self._tree.sentences[here])
        back = NARRATED if people and goes_on else CONTINUED
        for sentence in range(here - 1, max(-1, here - back - 1), -1):
            ahead = is_past(self._tree, token)
            found = [
                p
                for p in self._places.by_sentence.get(sentence, ())
                if sets(self._tree, p) and not (ahead and self._is_to_come(p.tie))
            ]
            if found:
                best = max(found, key=lambda p: (p.rank, -p.start))
                return Placed(best, 0.0, "scene_continued")
            if names_place(self._places, sentence):
                return None
        return None

    def _is_to_come(self, token: int) -> bool:
        """Whether a clause tells of what is still to come: talks will resume in Oman."""
        tree = self._tree
        clause = self._clause(token)
        return any(tree.tag[c] == "MD" for c in tree.children[clause])

    def _goes_on(self, token: int) -> bool:
        """Whether a clause tells a story on: in the past with nobody new in it, of "it", of what
        is going on, of the site."""
        tree = self._tree
        clause, here = self._clause(token), self._tree.sent[token]
        subject = tree.child(clause, *SUBJECTS)
        if subject is not None and tree.pos[subject] == "PROPN" and tree.ent[subject]:
            before = range(tree.sentences[max(0, here - NARRATED)][0], tree.sentences[here][0])
            if not any(tree.lower[i] == tree.lower[subject] for i in before):
                return False
        past = is_past(tree, token) or points_back(tree, tree.sentences[here])
        if past or (subject is not None and tree.lower[subject] in TAKEN_UP):
            return True
        helpers = {tree.tag[c] for c in tree.children[clause] if tree.dep[c] in ("aux", "auxpass")}
        going = tree.tag[clause] == "VBG" and bool(helpers & {"VBZ", "VBP"})
        return going or tree.lemma[clause] in words("events.harm")

    def _beside(self, token: int, scene: Placed, barred: tuple[int, int] | None) -> Placed | None:
        """The one other place that the figure's own sentence names, if that is not in the scene:
        divers went to Split after crews there saw 12 wrecks."""
        here = [
            p
            for p in self._places.by_sentence.get(self._tree.sent[token], ())
            if p.named
            and p.form == "prep"
            and p.rank >= PART
            and not (barred is not None and barred[0] <= p.head <= barred[1])
        ]
        if len({p.entity_id for p in here}) != 1 or here[0].start > self._tree.start[token]:
            return None
        own = Placed(here[0], 0.0, "scene_continued")
        return own if are_elsewhere(own, scene) else None

    def fronted(self, token: int) -> Placed | None:
        """The place that opens an earlier sentence of the paragraph."""
        here = self._tree.sent[token]
        for sentence in range(here - 1, max(-1, here - 4), -1):
            if self._paragraphs[sentence] != self._paragraphs[here]:
                return None
            phrases = self._places.by_sentence.get(sentence, ())
            first = self._tree.sentences[sentence][0]
            for phrase in phrases:
                if self._opens(phrase, first):
                    return Placed(phrase, 0.0, "scene_fronted")
            if any(p.form == "prep" and p.named and p.prep in STRONG for p in phrases):
                return None
        return None

    def _opens(self, phrase: PlacePhrase, first: int) -> bool:
        tree = self._tree
        return (
            phrase.form == "prep"
            and phrase.entity_id is not None
            and phrase.prep in STRONG
            and tree.start[first] <= phrase.start
            and tree.at(phrase.start) - first <= 3
            and tree.is_verb(phrase.tie)
        )

    def _other(
        self,
        token: int,
        harm: bool,
        what: str,
        when: Dated | None,
        lemmas: frozenset[str] | None = None,
    ) -> Told | None:
        """What another sentence tells of the same event, which ``lemmas`` name where given."""
        tree = self._tree
        here = tree.sent[token]
        lemmas = named(tree, self._tree.sentences[here], token) if lemmas is None else lemmas
        last = len(self._paragraphs) - 1
        order = [
            *range(here, max(-1, here - BACK - 1), -1),
            *range(here + 1, min(last, here + AHEAD) + 1),
        ]
        for sentence in order:
            for told in self._of(sentence):
                if getattr(told, what) is None or are_apart(told.time, when):
                    continue
                if what == "time" and sentence > here and self._is_past_news(told.time):
                    continue
                if what == "place" and told.place is not None and not told.place.phrase.named:
                    continue
                if what == "place" and told.time is None and self._is_old(when):
                    continue
                if (harm and told.harm) or told.lemmas & lemmas:
                    return told
        if not harm or self._closed(here, what):
            return None
        for sentence in range(here - 1, max(-1, here - 3), -1):
            for told in self._happenings(sentence):
                if getattr(told, what) is not None and not are_apart(told.time, when):
                    return told
        return None

    def _is_ahead(self, when: Dated) -> bool:
        """Whether a time is after publication, when nothing happened yet."""
        published = self._times.published
        return published is not None and when.start > published

    def _is_past_news(self, when: Dated | None) -> bool:
        """Whether a time is that of what a text recalls, and not of its news."""
        published = self._times.published
        return when is not None and published is not None and (published - when.end).days > NEWS

    def _is_old(self, when: Dated | None) -> bool:
        """Whether a time is long before the story, whose undated scene is another then."""
        published = self._times.published
        if when is None or published is None:
            return False
        return (published - when.end).days > OLD

    def _closed(self, sentence: int, what: str) -> bool:
        """Whether a sentence names a place or a time of its own."""
        if what == "place":
            return names_place(self._places, sentence)
        return sentence in self._times.by_sentence

    def _happenings(self, sentence: int) -> list[Told]:
        if sentence not in self._happened:
            tokens = self._tree.sentences[sentence]
            found = happenings(self._tree, self._places, self._times, tokens)
            self._happened[sentence] = found
        return self._happened[sentence]

    def _of(self, sentence: int) -> list[Told]:
        if sentence not in self._told:
            tokens = self._tree.sentences[sentence]
            self._told[sentence] = told_in(self._tree, self._places, self._times, tokens)
        return self._told[sentence]
