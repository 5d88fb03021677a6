"""A word has one home: words of grammar and labels stand in code, all others in seeds/reference.

    python -m tests.transforms.test_words [FOLDER]

counts the word literals of a checkout's transforms/ (this one by default) by module.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest

from tests.transforms import labels
from tests.transforms.literals import Literal, literals, own_names, words_of
from transforms.closed import CLOSED
from transforms.reference import reference
from transforms.words import reporting

ROOT = Path(__file__).parents[2]
#: Open words that still stand in modules which are being cleaned, by module.
ALLOWED: dict[str, int] = {}
MODULES = sorted((ROOT / "transforms").rglob("*.py"))


def is_closed(word: str) -> bool:
    """Whether a word is of a closed class; a compound is if its parts are."""
    lower = word.lower()
    return lower in CLOSED or all(part in CLOSED for part in lower.split("-"))


@dataclass
class Sorted:
    """The words of a literal: of grammar, labels, and others."""

    closed: list[str]
    labels: list[str]
    open: list[str]


def sort(literal: Literal, own: Set[str]) -> Sorted:
    """Sort the words of a literal; ``own`` are the labels of its module.

    What a table or a rule is called is a label only where all of the literal is: elsewhere, and
    where it is held against a text, it is a word like others.
    """
    closed = [word for word in literal.words if is_closed(word)]
    others = [word for word in literal.words if not is_closed(word)]
    known = labels.of_the_parse() | own
    declared = frozenset() if literal.compared else labels.of_tables() | labels.of_the_grammar()
    if literal.text in declared or all(word in known or word in declared for word in others):
        return Sorted(closed, others, [])
    found = Sorted(closed, [], [])
    for word in others:
        (found.labels if word in known else found.open).append(word)
    return found


def sorted_literals(path: Path, root: Path = ROOT) -> Iterator[tuple[int, Sorted]]:
    """The line and the words of each literal of a module."""
    own = own_names(path) | labels.of_formats(path.relative_to(root).as_posix())
    for literal in literals(path):
        yield literal.line, sort(literal, own)


def open_words(path: Path, root: Path = ROOT) -> list[tuple[int, str]]:
    """(line, word) of each open word in a module's literals."""
    return [(line, word) for line, found in sorted_literals(path, root) for word in found.open]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_code_holds_words_of_grammar_and_labels_only(path: Path) -> None:
    module = path.relative_to(ROOT).as_posix()
    found = [f"{module}:{line}: {word}" for line, word in open_words(path)]
    assert len(found) <= ALLOWED.get(module, 0), (
        "words that belong in seeds/reference (see transforms/words.py), or labels that "
        "tests/transforms/labels.txt does not list:\n" + "\n".join(found)
    )


def test_the_words_of_a_regular_expression_are_seen() -> None:
    assert words_of(r"(?P<day>\d+)\s(?:of|de)\s[A-Z]\w+, (?i:week(?:end)?s?)\b don’t x_1 Q3") == (
        "of", "de", "week", "end", "don't",
    )  # fmt: skip


def test_what_no_text_is_read_by_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        '''"""Docstring."""
__all__ = ["exported"]
SIDES: dict[Literal["left"], Callable[["annotated"], str]] = {}

def side(token: "Annotated") -> str:
    """Docstring."""
    if token.lemma_ in ("harbour", "quay") or token.dep_ == "label":
        raise ValueError(f"explained {token}")
    if tree.lower[i] == "wharf":
        return ""
    assert token, "explained"
    return f"formatted {token.text:padded}"
''',
        encoding="utf-8",
    )
    found = [(literal.words, literal.compared) for literal in literals(path)]
    assert found == [
        (("harbour",), True),
        (("quay",), True),
        (("label",), False),
        (("wharf",), True),
        (("formatted",), False),
    ]
    assert own_names(path) == {"left"}


def test_every_reviewed_label_stands_in_the_modules_that_it_is_reviewed_for() -> None:
    for where, names in labels.reviewed():
        held = {
            word
            for path in MODULES
            if labels.holds_for(path.relative_to(ROOT).as_posix(), where)
            for literal in literals(path)
            for word in literal.words
        }
        assert sorted(names - held) == [], where


# the tables


def calls_of(*names: str) -> Iterator[tuple[str, ...]]:
    """The string arguments of every call of a function in transforms/."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                given = [a.value for a in node.args if isinstance(a, ast.Constant)]
                yield tuple(value for value in given if isinstance(value, str))


def literals_of_transforms() -> set[str]:
    """Every string of the code, also one that holds no word (of_a_part)."""
    return {
        node.value
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_use_is_described_and_every_description_is_of_a_use_that_code_asks_for() -> None:
    described = [row["use"] for row in reference("word_uses")]
    assert described == sorted(set(described))
    put_to = {use for row in reference("words") for use in row["uses"].split("|")}
    assert put_to == set(described)
    asked = literals_of_transforms()
    assert [use for use in described if use not in asked] == []
    for arguments in calls_of("words"):
        assert all(use in described for use in arguments if "." in use), arguments
    for row in reference("word_uses"):
        assert row["form"] in ("lemma", "form")
        assert row["description"]


def test_reporting_words_are_put_to_uses_that_code_asks_for() -> None:
    asked = literals_of_transforms()
    for row in reference("reporting_words"):
        assert set(row["uses"].split("|")) <= asked, row
    for kind, *uses in calls_of("reporting", "reporting_forms"):
        assert all(reporting(kind, use) for use in uses), (kind, uses)


@pytest.mark.parametrize(
    ("table", "keys"), [("words", ("word", "part")), ("reporting_words", ("word", "kind"))]
)
def test_a_word_has_one_row(table: str, keys: tuple[str, ...]) -> None:
    rows = [tuple(row[key] for key in keys) for row in reference(table)]
    assert rows == sorted(set(rows))
    for row in reference(table):
        uses = row["uses"].split("|")
        assert uses == sorted(set(uses)), row


#: Columns that hold the words of a row, and those that say what they are used for.
WORDED = ("word", "words", "title", "label", "phrase")
USED = ("kind", "class", "category", "direction", "position", "qualifier", "where", "column")

#: Columns that part the uses of one table only: elsewhere a use has a word of one part.
PARTED = {"event_words": ("part",), "event_senses": ("part", "sense")}


def lists() -> dict[tuple[str, ...], list[str]]:
    """The words of seeds/reference by the table and by what they are used for."""
    found: dict[tuple[str, ...], list[str]] = {}
    for path in sorted((ROOT / "seeds" / "reference").glob("*.csv")):
        for row in reference(path.stem):
            held = next((row[name] for name in WORDED if name in row), "")
            told = [row[name] for name in (*USED, *PARTED.get(path.stem, ())) if name in row]
            for use in row.get("uses", "").split("|"):
                found.setdefault((path.stem, *told, use), []).extend(filter(None, held.split("|")))
    return found


def test_no_word_stands_twice_for_one_use() -> None:
    for use, held in lists().items():
        assert [word for word, count in Counter(held).items() if count > 1] == [], use


def test_no_use_is_a_copy_of_another() -> None:
    """Two lists of which most words are the same are one list with two homes."""
    sets = {use: frozenset(map(str.lower, held)) for use, held in lists().items()}
    # the letters of scales: T is a trillion of money and a thousand before a code (TUSD)
    sets = {use: held for use, held in sets.items() if max(map(len, held), default=0) > 1}
    copies = [
        (use, other)
        for (use, held), (other, others) in combinations(sets.items(), 2)
        if len(held & others) >= max(4, 0.6 * len(held | others))
    ]
    assert copies == []


def main(root: Path) -> None:
    total: Counter[str] = Counter()
    left: dict[str, str] = {}
    print(f"{'module':48} closed  label   open")
    for path in sorted((root / "transforms").rglob("*.py")):
        module = path.relative_to(root).as_posix()
        counts: Counter[str] = Counter()
        for _, found in sorted_literals(path, root):
            counts.update(closed=len(found.closed), label=len(found.labels), open=len(found.open))
        total += counts
        if counts.total():
            print(f"{module:48} {counts['closed']:6} {counts['label']:6} {counts['open']:6}")
        if counts["open"]:
            left[module] = " ".join(word for _, word in open_words(path, root))
    print(f"{'all':48} {total['closed']:6} {total['label']:6} {total['open']:6}")
    for module, said in left.items():
        print(f"\nleft in {module}: {said}")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)
