"""The parse of an article as plain lists, with the attachments that are known to be wrong mended.

Everything about clauses is asked of this tree, so it is made once an article. Indices are those
of the tokens of the document.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from transforms.events.rules import Mending
from transforms.reference import reference

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Labels of subjects of a verb.
SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(slots=True)
class Tree:
    """Heads, labels and words of every token; ``children`` in the order of the text.

    ``head`` of a root is the token itself. ``mended`` names the rule that moved a token.
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
    children: list[list[int]] = field(default_factory=list)
    mended: dict[int, Mending] = field(default_factory=dict)

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


def _lemma(token: Token) -> str:
    """The lemma in lower case, right also where the lemmatizer's rules are not (hopes)."""
    if token.pos_ == "VERB" and token.lower_ in _verb_forms():
        return _verb_forms()[token.lower_]
    return str(token.lemma_).lower()


@cache
def _verb_forms() -> dict[str, str]:
    return {row["form"]: row["lemma"] for row in reference("verb_forms")}


def tree_of(doc: Doc) -> Tree:
    """The tree of a parsed document as the parser left it."""
    tokens = list(doc)
    sent: list[int] = []
    number = -1
    for token in tokens:
        number += bool(token.is_sent_start) or number < 0
        sent.append(number)
    tree = Tree(
        head=[t.head.i for t in tokens],
        dep=[t.dep_ for t in tokens],
        pos=[t.pos_ for t in tokens],
        tag=[t.tag_ for t in tokens],
        lemma=[_lemma(t) for t in tokens],
        lower=[t.lower_ for t in tokens],
        start=[t.idx for t in tokens],
        end=[t.idx + len(t) for t in tokens],
        sent=sent,
        ent=[t.ent_type_ for t in tokens],
    )
    tree.children = [[] for _ in tokens]
    for i, head in enumerate(tree.head):
        if head != i:
            tree.children[head].append(i)
    return tree
