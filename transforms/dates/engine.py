"""The engine of the grammar: named rules over classes of words, in stages.

Every token has one class, and a rule is a pattern over classes (:mod:`.patterns`) with a function
that reads what it matches. A stage walks the nodes from the left; where rules match, the longest
wins, and of equally long ones the one that stands first among the stage's rules, unless its
function declines by returning None. What a rule read becomes one node, which the next stage sees
as one word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from transforms.dates.meanings import Meaning
from transforms.dates.patterns import Pattern, class_name, code


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why what looks like a time is none where it stands: the test's name and what it saw."""

    reason: str
    detail: str = ""


@dataclass(slots=True)
class Node:
    """A token or what a rule read: class, characters ``start`` to ``end``, value and rule.

    ``value`` is what the lexicon gives for a token and a :data:`Meaning` for an expression.
    ``parts`` are the ends of a range, for those who want them apart. ``refused`` says why it is
    no time, of what looks like one.
    """

    cls: str
    start: int
    end: int
    value: Any = None
    rule: str = ""
    parts: tuple[Node, ...] = ()
    refused: Refusal | None = None


#: The groups of the regular expression that fill a slot: one for each place of it.
Groups = Mapping[str, Sequence[int]]


class Match:
    """A rule's match: ``match["slot"]`` is the value in a slot, None if it is empty."""

    __slots__ = ("_found", "_groups", "nodes", "text")

    def __init__(
        self, nodes: Sequence[Node], found: re.Match[str], groups: Groups, text: str
    ) -> None:
        self.nodes = nodes
        self._found = found
        self._groups = groups
        self.text = text

    def __getitem__(self, slot: str) -> Any:
        node = self.node(slot)
        return None if node is None else node.value

    def node(self, slot: str) -> Node | None:
        for group in self._groups.get(slot, ()):
            at = self._found.start(group)
            if at >= 0:
                return self.nodes[at]
        return None

    def class_of(self, slot: str) -> str:
        """The class in a slot, "" if it is empty."""
        node = self.node(slot)
        return "" if node is None else class_name(node.cls)

    def begins(self, *classes: str) -> bool:
        """Whether the first node of the match is of one of these classes."""
        return class_name(self.nodes[self.first].cls) in classes

    def has(self, slot: str) -> bool:
        return self.node(slot) is not None

    def surface(self, slot: str | None = None) -> str:
        if slot is None:
            return self.text[self.nodes[self.first].start : self.nodes[self.last].end]
        node = self.node(slot)
        return "" if node is None else self.text[node.start : node.end]

    @property
    def first(self) -> int:
        return self._found.start()

    @property
    def last(self) -> int:
        return self._found.end() - 1

    @property
    def before(self) -> Node | None:
        """The node before the match."""
        return self.nodes[self.first - 1] if self.first else None

    @property
    def after(self) -> Node | None:
        """The node after the match."""
        end = self.last + 1
        return self.nodes[end] if end < len(self.nodes) else None

    def tight(self, first: int = 0, last: int | None = None) -> bool:
        """Whether the nodes of the match stand without white space between them."""
        nodes = self.nodes[self.first : self.last + 1][first:last]
        return all(a.end == b.start for a, b in pairwise(nodes))


@dataclass(slots=True)
class Read:
    """What a rule gives back when a bare meaning does not say all."""

    value: Any
    cls: str = ""
    parts: tuple[Node, ...] = ()
    #: How many nodes to leave out at the left and at the right of what the pattern matched.
    left: int = 0
    right: int = 0


#: What a rule makes of a match; None to decline it.
Build = Callable[[Match], Meaning | Read | None]


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    pattern: str
    build: Build


Compiled = tuple[re.Pattern[str], Rule, Groups]


class Rules:
    """The rules that one module declares, in the order in which they stand there."""

    def __init__(self) -> None:
        self.declared: list[Rule] = []

    def rule(self, name: str, *patterns: str) -> Callable[[Build], Build]:
        """Declare a rule: its name and the patterns it reads."""

        def declare(build: Build) -> Build:
            self.declared += [Rule(name, pattern, build) for pattern in patterns]
            return build

        return declare


class Stage:
    """One pass over the classes, with the rules of its modules in the order given."""

    def __init__(self, name: str, categories: Mapping[str, str], *modules: Rules) -> None:
        self.name = name
        self.rules = tuple(rule for module in modules for rule in module.declared)
        self._categories = categories

    def expressions(self) -> Iterator[tuple[Rule, str, set[str], Groups]]:
        """Each rule's pattern as a regular expression over classes, those it may begin with, and
        the groups of its slots. Raises ``ValueError`` for a pattern that cannot be read."""
        for rule in self.rules:
            pattern = Pattern(rule.pattern, self._categories)
            expression, first, nullable = pattern.parse()
            if nullable:
                raise ValueError(f"rule {rule.name} matches nothing: {rule.pattern}")
            yield rule, expression, first, pattern.groups

    @cached_property
    def compiled(self) -> Mapping[str, Sequence[Compiled]]:
        """The rules that may begin with each class, in the order in which they are tried."""
        by_first: dict[str, list[Compiled]] = {}
        for rule, expression, first, groups in self.expressions():
            compiled = re.compile(expression)
            for character in first:
                by_first.setdefault(character, []).append((compiled, rule, groups))
        return by_first

    @cached_property
    def _begin(self) -> re.Pattern[str]:
        return re.compile("[" + "".join(sorted(self.compiled)) + "]")

    def apply(self, nodes: list[Node], text: str) -> list[Node]:
        """The nodes with everything that this stage's rules read made one node each."""
        compiled, search = self.compiled, self._begin.search
        classes = "".join([node.cls for node in nodes])
        out: list[Node] = []
        done = at = 0
        while begin := search(classes, at):
            at = begin.start()
            read = self._read(compiled[classes[at]], nodes, classes, at, text)
            if read is None:
                at += 1
                continue
            node, first, end = read
            out += nodes[done:first]
            out.append(node)
            done = at = end
        if not done:
            return nodes
        out += nodes[done:]
        return out

    def _read(
        self,
        rules: Iterable[Compiled],
        nodes: list[Node],
        classes: str,
        at: int,
        text: str,
    ) -> tuple[Node, int, int] | None:
        found = [
            (m, rule, groups)
            for expression, rule, groups in rules
            if (m := expression.match(classes, at))
        ]
        if len(found) > 1:
            found.sort(key=lambda one: -one[0].end())
        for match, rule, groups in found:
            value = rule.build(Match(nodes, match, groups, text))
            if value is None:
                continue
            first, end = match.span()
            if isinstance(value, Read):
                first, end = first + value.left, end - value.right
                cls, parts, value = value.cls or value.value.node, value.parts, value.value
            else:
                cls, parts = value.node, ()
            node = Node(code(cls), nodes[first].start, nodes[end - 1].end, value, rule.name, parts)
            return node, first, end
        return None
