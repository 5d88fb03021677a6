"""Words and sentences that are too long to be any are cut, and nothing of the text is lost."""

from __future__ import annotations

import pytest

from transforms.parse import PIECE, load_model, parse_text, tokens
from transforms.parse.sentences import MOST

PROSE = "On Monday some 300 people left the town of Oslo by boat, the mayor, Kari Holm, said."
LONG = {
    "numbers": "1 " * 1000,
    "dates": "3 March 2024 " * 400,
    "clauses": "he said that she heard, " * 200,
    "brackets": "(" * 3000,
    "marks": "&" * 3000 + " and more",
    "dashes": "a-" * 2000,
    "one word": "x" * 20_000,
    "addresses": "http://" * 500,
    "accents": "e" + "\u0301" * 3000,
    "signs": "\U0001f600" * 1500,
}


@pytest.mark.parametrize("kind", LONG)
def test_no_sentence_is_longer_than_it_may_be(kind: str) -> None:
    text = f"{PROSE} {LONG[kind]} {PROSE}\n{PROSE}"
    doc = parse_text(text)
    assert doc.text == text
    assert max(len(sentence) for sentence in doc.sents) <= MOST
    assert all(len(token) <= tokens.MOST for token in doc)
    assert [token.head.sent.start for token in doc] == [token.sent.start for token in doc]


def test_a_long_sentence_is_cut_behind_a_mark() -> None:
    doc = parse_text("he said that she heard, " * 200)
    assert {sentence[-1].text for sentence in doc.sents} == {","}


def test_a_word_is_cut_only_where_it_is_too_long() -> None:
    make = load_model().make_doc
    short = f"{PROSE} {'a-' * (tokens.MOST // 2)}\n{PROSE}"
    assert [t.text for t in tokens.tokenised(short, make)] == [t.text for t in make(short)]
    doc = tokens.tokenised("y" * (tokens.MOST + 1), make)
    assert [len(token) for token in doc] == [tokens.MOST, 1]


def test_pieces_of_one_long_line_are_cut_as_well() -> None:
    text = "and 7 of them " * (2 * PIECE // 14)
    doc = parse_text(text)
    assert doc.text == text
    assert max(len(sentence) for sentence in doc.sents) <= MOST
