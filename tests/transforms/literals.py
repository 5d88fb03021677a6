"""The words that stand in string literals of code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[A-Za-z])")
_NAMED = re.compile(r"\(\?P<(\w+)>")
_GROUP = re.compile(r"\(\?(?:P?<[=!]?|P=)\w*[>)]?|\(\?[aiLmsux]+\)")
_SET = re.compile(r"\[(?:\\.|[^\]\\])*\]")
_TOKEN = re.compile(r"['’]?[^\W\d_](?:[\w'’-]*\w)?")

#: Attributes and methods that give the text of a token, a word or a match.
_TEXTS = frozenset(
    {"lemma_", "lower_", "text", "norm_", "orth_", "lemma", "lower", "casefold", "surface"}
)


@dataclass(frozen=True)
class Literal:
    """A string literal: its line, all of it as written, and its words.

    ``compared`` says that it is held against the text of a token: a word, not a label.
    """

    line: int
    text: str
    words: tuple[str, ...]
    compared: bool = False


def words_of(text: str) -> tuple[str, ...]:
    """The words in a text or in a regular expression: two letters or more, curly apostrophes made
    straight. What holds an underscore or a digit is a name, not a word."""
    for pattern in (_ESCAPE, _GROUP, _SET):
        text = pattern.sub(" ", text)
    found = (word.replace("’", "'") for word in _TOKEN.findall(text))
    return tuple(
        word for word in found if sum(map(str.isalpha, word)) > 1 and not re.search(r"[\d_]", word)
    )


def literals(path: Path) -> Iterator[Literal]:
    """The literals of a module that hold words.

    Left out is what no text is read by: docstrings, annotations, ``__all__`` and ``__slots__``,
    format specifications, and what a ``raise`` or an ``assert`` says.
    """
    yield from _literals(_parsed(path), False)


def own_names(path: Path) -> set[str]:
    """The names that a module gives to groups of its regular expressions, and the values of the
    types that it declares (``Literal["up", "down"]``)."""
    found: set[str] = set()
    for node in ast.walk(_parsed(path)):
        text = _text(node)
        if text is not None:
            found |= set(_NAMED.findall(text))
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
            found |= {value for each in ast.walk(node.slice) if (value := _text(each)) is not None}
    return found


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _literals(node: ast.AST, compared: bool) -> Iterator[Literal]:
    if _is_silent(node):
        return
    text = _text(node)
    if text is not None and (words := words_of(text)):
        yield Literal(getattr(node, "lineno", 0), text, words, compared)
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        compared = any(map(_is_text, sides))
    elif not isinstance(node, ast.Tuple | ast.List | ast.Set):
        compared = False
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "format_spec"):
            continue
        if name == "msg" and isinstance(node, ast.Assert):
            continue
        for child in value if isinstance(value, list) else [value]:
            part = text is not None and isinstance(child, ast.Constant)
            if isinstance(child, ast.AST) and not part:
                yield from _literals(child, compared)


def _is_silent(node: ast.AST) -> bool:
    """Whether what stands in a node is for people or for the type checker."""
    if isinstance(node, ast.Expr):
        return _text(node.value) is not None
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) in ("__all__", "__slots__")
    if isinstance(node, ast.AnnAssign):  # what each of the names of a type says
        kind = re.fullmatch(r"Mapping\[(\w+), str\]", ast.unparse(node.annotation))
        return kind is not None and kind[1] != "str"
    if isinstance(node, ast.Subscript):  # Literal[...], Callable[...]
        return ast.unparse(node.value)[0].isupper()
    return isinstance(node, ast.Raise)


def _is_text(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Subscript):  # tree.lower[i]
        node = node.value
    return isinstance(node, ast.Attribute) and node.attr in _TEXTS


def _text(node: ast.AST) -> str | None:
    """The text of a string, its f-string's holes left blank."""
    if isinstance(node, ast.Constant):
        value = (
            node.value.decode("ascii", "ignore") if isinstance(node.value, bytes) else node.value
        )
        return value if isinstance(value, str) else None
    if isinstance(node, ast.JoinedStr):
        return " ".join(_text(value) or "" for value in node.values)
    return None
