"""Reported statements: who says what stands where.

Four ways in English: a reporting verb with its clause ("X said that ...", "..., X told reporters"),
a citation ("according to X"), an estimate ("X's estimate of"), and quotation marks, whose speaker
may stand in the sentence before. A source that closes or opens a sentence speaks for all of it. A
pronoun inside somebody else's report is that source's ("X said he believed ...").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transforms.events.en.attributions import attributions, cites
from transforms.events.en.quotations import quotes
from transforms.events.en.sources import Source, source_of
from transforms.events.en.ways import opening
from transforms.events.rules import Saying
from transforms.events.tree import Tree
from transforms.words import reporting, words

#: What opens a clause that tells when, not who says so: it paid 12 million when it admitted to it.
_TIMES = frozenset(["when", "after", "before", "while", "since", "until", "if", "because"])
_SPEAKING = frozenset(("i", "we"))
_PRONOUNS = frozenset(("he", "she", "they", "it"))
_NOUNS = ("NOUN", "PROPN", "PRON", "SYM", "X")


class Statements:
    """The reported statements of an article, asked for by token."""

    def __init__(self, tree: Tree, text: str, bounds: Sequence[tuple[int, int]]) -> None:
        self._tree = tree
        self._text = text
        #: First and last token of each sentence.
        self._bounds = bounds
        self._quotes = quotes(text)
        self._whole = set(self._quotes)
        self._speakers: dict[int, Source | None] = {}
        self._tags: dict[int, list[tuple[int, int, Source]]] = {}

    def source(self, token: int, start: int, end: int) -> Source | None:
        """Who says what stands at a token (characters ``start`` to ``end``); None: the author."""
        found = self._source(token, start, end)
        if found is None or not found.first <= token <= found.last:
            return found
        return None  # what is said of the source itself: according to three people

    @property
    def quotations(self) -> Sequence[tuple[int, int]]:
        """Start and end of each quotation, marks inside."""
        return self._quotes

    def in_quotation(self, token: int) -> bool:
        """Whether a token stands between quotation marks."""
        return self._quoted(token)

    def is_quotation(self, start: int, end: int) -> bool:
        """Whether some characters are one quotation from mark to mark."""
        return (start, end) in self._whole

    def subject(self, verb: int, rule: Saying = "reported") -> Source | None:
        """Who reports by a verb."""
        return self._subject(verb, rule)

    def phrase(self, head: int, verb: int) -> Source | None:
        """The phrase of who speaks a quotation, by its head."""
        return source_of(self._tree, head, verb, "quoted")

    def speaker(self, start: int, end: int) -> Source | None:
        """Who speaks a quotation that nothing beside it tells the speaker of."""
        return self._speaker(start, end)

    def _source(self, token: int, start: int, end: int) -> Source | None:
        tree = self._tree
        found = (
            self._gap(token)
            or self._by_parse(token)
            or self._according(token)
            or self._estimate(token)
        )
        quote = next(((a, b) for a, b in self._quotes if a <= start and end <= b), None)
        if found is not None and not (quote and tree.lower[found.head] in _SPEAKING):
            return self._outer(found)
        if quote is not None:
            speaker = self._speaker(*quote)
            if speaker is not None:
                return speaker
        return self._tag(token)

    def _outer(self, found: Source) -> Source:
        """Of a pronoun that speaks inside another's report, that other."""
        tree = self._tree
        if tree.lower[found.head] not in _PRONOUNS or found.verb is None:
            return found
        outer = self._by_parse(found.verb)
        return found if outer is None else outer

    # a reporting verb and its clause

    def _by_parse(self, token: int) -> Source | None:
        tree = self._tree
        verbs = reporting("verb", "claim")
        below = token
        for head in tree.up(token)[1:]:
            if tree.pos[head] in ("VERB", "AUX"):
                said = tree.lemma[head] in verbs and not self._bracketed(token, head)
                if said and self._reports(head, below, token):
                    source = self._subject(head, "reported")
                    if source is not None and not source.first <= token <= source.last:
                        return source
                for child in tree.children[head]:
                    if (
                        tree.dep[child] in ("parataxis", "ccomp", "dep", "advcl")
                        and child != below
                        and not (tree.dep[child] == "advcl" and opening(tree, child) in _TIMES)
                        and not self._bracketed(token, child)
                        and (child > token or tree.dep[child] == "parataxis")
                        and tree.lemma[child] in verbs
                        and tree.pos[child] == "VERB"
                        and self._is_tag(child)
                    ):
                        source = self._subject(child, "reported")
                        if source is not None and not source.first <= token <= source.last:
                            return source
            below = head
        return None

    def _bracketed(self, token: int, verb: int) -> bool:
        """Whether a verb stands in brackets and a token outside."""
        between = self._tree.lower[min(token, verb) : max(token, verb)]
        opened = between.count("(") - between.count(")")
        return opened > 0 if token < verb else opened < 0

    def _gap(self, token: int) -> Source | None:
        """Who says it in a relative clause: the 5% (that) analysts had expected."""
        tree = self._tree
        for noun in tree.up(token)[:4]:
            if tree.is_verb(noun):
                return None
            for clause in tree.children[noun]:
                subject, thing = tree.child(clause, "nsubj"), tree.child(clause, "dobj")
                said = tree.dep[clause] == "relcl" and tree.lemma[clause] in reporting(
                    "verb", "claim"
                )
                own = subject is not None and tree.tag[subject] not in ("WDT", "WP")
                free = thing is None or tree.tag[thing] == "WDT"
                if said and own and free and clause > token:
                    return source_of(tree, subject, clause, "reported") if subject else None
        return None

    def _is_tag(self, verb: int) -> bool:
        """ "he said" beside a clause: a verb with a subject and without a clause of its own."""
        tree = self._tree
        return not any(
            tree.dep[c] in ("ccomp", "dobj", "xcomp") and c > verb and tree.tag[c] != "PRP"
            for c in tree.children[verb]
        )

    def _reports(self, verb: int, below: int, token: int) -> bool:
        """Whether a token stands in what a verb reports, not in who reports it or when."""
        tree = self._tree
        dep, lemma = tree.dep[below], tree.lemma[verb]
        if dep in ("ccomp", "parataxis", "dep", "xcomp", "acl", "pcomp", "oprd"):
            return not (below < verb and ";" in tree.lower[token:verb])
        if dep == "conj" and lemma in reporting("verb", "object"):
            return tree.pos[below] in ("NOUN", "PROPN", "PRON", "SYM", "X", "NUM")
        if dep in ("dobj", "prep", "npadvmod", "attr") and lemma in reporting("verb", "object"):
            return dep != "prep" or (below > verb and lemma in reporting("verb", "preposition"))
        told = any(tree.dep[c] == "ccomp" and c < verb for c in tree.children[verb])
        if dep == "prep" and below > verb and told and tree.lower[below] == "with":
            return True  # ..., the report said, with a total of 36
        if dep == "advcl" and below > verb:  # ..., a spokesman said, although four were hurt
            return told
        return dep == "nsubjpass" and tree.child(verb, "agent") is not None

    def _subject(self, verb: int, rule: Saying) -> Source | None:
        """The one who reports, as subject or after "by"; a coordinated verb shares its subject."""
        tree = self._tree
        here = verb
        for _ in range(4):
            for child in tree.children[here]:
                if tree.dep[child] == "nsubj" and tree.tag[child] != "EX":
                    if tree.tag[child] in ("WP", "WDT") and tree.dep[here] == "relcl":
                        return source_of(tree, tree.head[here], verb, rule)
                    if tree.pos[child] not in _NOUNS or tree.tag[child] == "WDT":
                        continue
                    known = tree.lower[child] in ("that", "this", "which") or (
                        tree.lower[child] == "it"
                        and tree.lemma[here] not in reporting("verb", "preposition")
                    )
                    if known and tree.lemma[here] in reporting("verb", "finding"):
                        return None
                    return source_of(tree, child, verb, rule)
                if tree.dep[child] == "agent":
                    inner = tree.child(child, "pobj")
                    if inner is not None:
                        return source_of(tree, inner, verb, rule)
            if tree.dep[here] not in ("conj", "xcomp", "advcl"):
                return None
            if any(tree.dep[c] in ("nsubjpass", "auxpass") for c in tree.children[here]):
                return None
            aside = tree.dep[here] == "advcl"
            here = tree.head[here]
            outer = tree.head[here]
            if (
                aside
                and tree.dep[here] == "ccomp"
                and tree.lemma[outer] in reporting("verb", "claim")
            ):
                here = outer  # the minister said exports rose, noting that
        return None

    # a citation or an estimate

    def _according(self, token: int) -> Source | None:
        for head in [*self._tree.up(token)[1:], token]:
            for source in self._phrases(head, token):
                return source
        return None

    def _phrases(self, head: int, token: int) -> Iterator[Source]:
        tree = self._tree
        above = tree.up(token)
        for child in tree.children[head]:
            if child in above:
                continue  # according to a suit of four women
            word = tree.lower[child]
            source: Source | None = None
            opens = word == "per" and tree.dep[child] == "prep" and child == self._first(child)
            if word == "according" or opens:
                inner = next(
                    (
                        i
                        for i in range(child + 1, tree.right_edge(child) + 1)
                        if tree.dep[i] == "pobj"
                        and tree.lower[tree.head[i]] in ("to", "per", "according")
                    ),
                    None,
                )
                source = source_of(tree, inner, None, "according") if inner is not None else None
            elif cites(tree, child) and tree.dep[child] in ("advcl", "prep", "acl"):
                inner = tree.child(child, "dobj", "pobj")
                source = source_of(tree, inner, child, "according") if inner is not None else None
            elif word in ("by", "in", "on") and tree.dep[child] == "prep":
                inner = tree.child(child, "pobj")  # by the agency's estimate
                if (
                    inner is not None
                    and inner != token
                    and tree.lemma[inner] in words("sources.estimate")
                ):
                    owner = tree.child(inner, "poss")
                    if owner is not None and tree.tag[owner] != "PRP$":
                        source = source_of(tree, owner, None, "estimate")
            if source is not None:
                yield source
                return

    def _estimate(self, token: int) -> Source | None:
        """X's estimate of 500, an estimate by X, UN figures show."""
        tree = self._tree
        for head in tree.up(token)[1:]:
            if tree.pos[head] != "NOUN" or tree.lemma[head] not in reporting("noun", "claim"):
                if tree.pos[head] in ("VERB", "AUX"):
                    return None
                continue
            for child in tree.children[head]:
                if tree.dep[child] == "poss" and tree.tag[child] != "PRP$" and child != token:
                    return source_of(tree, child, None, "estimate")
                if tree.dep[child] in ("prep", "agent") and tree.lower[child] in ("by", "from"):
                    inner = tree.child(child, "pobj")
                    if inner is not None and tree.tag[inner] != "CD":
                        return source_of(tree, inner, None, "estimate")
            giver = tree.head[head]
            if tree.dep[head] == "dobj" and tree.lemma[giver] in words("events.giving"):
                return self._subject(giver, "estimate")  # police gave a figure of eight
        return None

    # quotation marks

    def _speaker(self, start: int, end: int) -> Source | None:
        """Who speaks a quotation: in its sentence, else in the sentence before or after it."""
        tree = self._tree
        inner = max(start, end - 2)  # a closing mark may stand in the next sentence
        first, last = tree.sent[tree.at(start)], tree.sent[tree.at(inner)]
        for no in (*range(first, last + 1), first - 1, last + 1):
            if not 0 <= no < len(self._bounds):
                continue
            if no not in self._speakers:
                self._speakers[no] = self._of_sentence(no)
            found = self._speakers[no]
            if found is not None and (first <= no <= last or self._near(no, first, last)):
                return found
        return None

    def _of_sentence(self, no: int) -> Source | None:
        tree = self._tree
        first, last = self._bounds[no]
        said = reporting("verb", "claim") | reporting("verb", "quote")
        for token in range(first, last + 1):
            if tree.pos[token] == "VERB" and tree.lemma[token] in said:
                source = self._subject(token, "quoted")
                if source is not None and not self._quoted(source.head):
                    return source
        for token in range(first, last + 1):  # she went to the court again: "..."
            if tree.lower[token] == ":" and token < last + 1:
                root = next((i for i in range(first, token) if tree.head[i] == i), None)
                subject = tree.child(root, "nsubj") if root is not None else None
                if subject is None or self._quoted(subject):
                    continue
                if tree.pos[subject] in ("PROPN", "PRON"):
                    return source_of(tree, subject, root, "quoted")
        return None

    def _quoted(self, token: int) -> bool:
        at = self._tree.start[token]
        return any(a < at < b for a, b in self._quotes)

    def _near(self, no: int, first: int, last: int) -> bool:
        """A neighbouring sentence introduces a quotation when it ends in a colon or is one."""
        tree, text = self._tree, self._text
        start = tree.start[self._bounds[no][0]]
        end = tree.end[self._bounds[no][1]]
        told = text[start:end].rstrip()
        if no < first:
            marks = (":", ",", "”", '"', "''", "»")
            return told.endswith(marks) or any(mark in told for mark in '“"«')
        return "\n" not in text[tree.end[self._bounds[last][1]] : start]

    # a source for a whole sentence

    def _first(self, token: int) -> int:
        return self._bounds[self._tree.sent[token]][0]

    def _tag(self, token: int) -> Source | None:
        sentence = self._tree.sent[token]
        if sentence not in self._tags:
            self._tags[sentence] = list(attributions(self._tree, *self._bounds[sentence]))
        return next((s for a, b, s in self._tags[sentence] if a <= token <= b), None)
