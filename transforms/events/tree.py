"""The parse of an article as plain lists, with the attachments that are known to be wrong mended.

Everything about clauses is asked of this tree, so it is made once an article. Indices are those
of the tokens of the document.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from transforms.events.rules import Mending
from transforms.reference import reference

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Labels of subjects of a verb.
SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(slots=True)
class Tree:
    """Heads, labels and words of every token; ``children`` in the order of the text.

    ``head`` of a root is the token itself. ``mended`` names the rule that moved a token; ``topics``
    has what the sentences that were asked for are about.
    """

    head: list[int]
    dep: list[str]
    pos: list[str]
    tag: list[str]
    lemma: list[str]
    lower: list[str]
    start: list[int]
    end: list[int]
    sent: list[int]
    ent: list[str]
    #: The tokens of each sentence.
    sentences: list[range]
    children: list[list[int]] = field(default_factory=list)
    mended: dict[int, Mending] = field(default_factory=dict)
    topics: dict[int, frozenset[str]] = field(default_factory=dict)

    def at(self, char: int) -> int:
        """The token that covers a character, or the last one before it."""
        return max(0, bisect_right(self.start, char) - 1)

    def move(self, token: int, head: int, dep: str, rule: Mending) -> None:
        """Attach a token anew; the rule's name is kept."""
        old = self.head[token]
        if old != token:
            self.children[old].remove(token)
        self.head[token] = head
        self.dep[token] = dep
        below = self.children[head]
        below.append(token)
        below.sort()
        self.mended[token] = rule

    def up(self, token: int) -> list[int]:
        """The token and its heads, nearest first."""
        chain = [token]
        while self.head[token] != token and len(chain) < 40:
            token = self.head[token]
            chain.append(token)
        return chain

    def child(self, token: int, *deps: str) -> int | None:
        """The first child with one of the labels."""
        return next((c for c in self.children[token] if self.dep[c] in deps), None)

    def left_edge(self, token: int) -> int:
        while self.children[token] and self.children[token][0] < token:
            token = self.children[token][0]
        return token

    def right_edge(self, token: int) -> int:
        while self.children[token] and self.children[token][-1] > token:
            token = self.children[token][-1]
        return token

    def is_verb(self, token: int) -> bool:
        """A full verb, or a form of "be" and the like that is no auxiliary."""
        return self.pos[token] == "VERB" or (
            self.pos[token] == "AUX" and self.dep[token] not in ("aux", "auxpass")
        )


@cache
def _verb_forms() -> dict[str, str]:
    return {row["form"]: row["lemma"] for row in reference("verb_forms")}


#: What is asked of each token, in the order of the columns.
_ASKED = ("DEP", "POS", "TAG", "LEMMA", "LOWER", "ENT_TYPE", "HEAD", "IDX", "LENGTH", "SENT_START")


def tree_of(doc: Doc) -> Tree:
    """The tree of a parsed document as the parser left it. Lemmas are in lower case, right also
    where the lemmatizer's rules are not (hopes)."""
    strings, forms = doc.vocab.strings, _verb_forms()
    columns = [column.tolist() for column in doc.to_array(list(_ASKED)).T]
    known: dict[int, str] = {}
    for key in {key for column in columns[:6] for key in column}:
        known[key] = strings[key]
    dep, pos, tag, lemma, lower, ent = ([known[key] for key in column] for column in columns[:6])
    heads, start, lengths, starts = columns[6:]
    begins = [i for i, mark in enumerate(starts) if mark == 1 or i == 0]
    sentences = [range(*ends) for ends in pairwise([*begins, len(starts)])]
    sent = [number for number, tokens in enumerate(sentences) for _ in tokens]
    tree = Tree(
        head=[i + _signed(by) for i, by in enumerate(heads)],
        dep=dep,
        pos=pos,
        tag=tag,
        lemma=[
            forms[form] if kind == "VERB" and form in forms else word.lower()
            for kind, form, word in zip(pos, lower, lemma, strict=True)
        ],
        lower=lower,
        start=start,
        end=[i + length for i, length in zip(start, lengths, strict=True)],
        sent=sent,
        ent=ent,
        sentences=sentences,
    )
    tree.children = [[] for _ in heads]
    for i, head in enumerate(tree.head):
        if head != i:
            tree.children[head].append(i)
    return tree


def _signed(number: int) -> int:
    """An offset that spaCy's array holds without its sign."""
    return number - 2**64 if number >= 2**63 else number
