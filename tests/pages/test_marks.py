"""Rows that lie over one another as a tree: nested, split where they cross and where lines end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.marks import Piece, Span, leaves, lines, tree

TEXTS = st.text(st.sampled_from("ab \n😀ש"), max_size=40)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(TEXTS)
    if not text:
        return text, []
    places = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(places, places, st.integers(0, 2)), max_size=12))
    return text, [
        Span(min(a, b), max(a, b), f"row {number}", rank)
        for number, (a, b, rank) in enumerate(pairs)
        if a != b
    ]


def walk(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        yield piece
        yield from walk(piece.parts)


def by_row(roots: Sequence[Piece]) -> dict[str, list[Piece]]:
    found: dict[str, list[Piece]] = defaultdict(list)
    for piece in walk(roots):
        if piece.row_id is not None:
            found[piece.row_id].append(piece)
    return found


@given(TEXTS)
def test_lines_are_the_text_and_end_behind_their_breaks(text: str) -> None:
    told = [text[a:b] for a, b in lines(text)]
    assert "".join(told) == text
    assert all("\n" not in one.rstrip("\n") for one in told[1:])
    assert all(one.endswith("\n") for one in told[:-1])


@given(marked())
def test_the_pieces_joined_are_the_text(given_: tuple[str, list[Span]]) -> None:
    text, spans = given_
    roots = tree(text, spans, lines(text))
    assert "".join(text[leaf.start : leaf.end] for leaf, _ in leaves(roots)) == text
    for piece in walk(roots):
        if piece.parts:
            bounds = [piece.start, *(part.end for part in piece.parts)]
            assert [part.start for part in piece.parts] == bounds[:-1]
            assert bounds[-1] == piece.end
        assert piece.start < piece.end


@given(marked())
def test_the_pieces_of_a_row_joined_are_its_characters(given_: tuple[str, list[Span]]) -> None:
    text, spans = given_
    found = by_row(tree(text, spans, lines(text)))
    assert found.keys() == {span.row_id for span in spans}
    for span in spans:
        pieces = found[span.row_id]
        assert "".join(text[one.start : one.end] for one in pieces) == text[span.start : span.end]
        assert [one.first for one in pieces] == [True, *[False] * (len(pieces) - 1)]
        assert all(one.whole == (len(pieces) == 1) for one in pieces)


@given(marked())
def test_a_row_that_crosses_none_is_in_one_piece(given_: tuple[str, list[Span]]) -> None:
    text, spans = given_
    found = by_row(tree(text, spans, lines(text)))
    cuts = {end for _, end in lines(text)}
    for span in spans:
        crossed = any(
            span.start < other.start < span.end < other.end
            or other.start < span.start < other.end < span.end
            for other in spans
        )
        if not crossed and not any(span.start < cut < span.end for cut in cuts):
            assert len(found[span.row_id]) == 1


@given(marked())
def test_over_each_character_lie_its_rows(given_: tuple[str, list[Span]]) -> None:
    text, spans = given_
    for leaf, rows in leaves(tree(text, spans, lines(text))):
        over = {one.row_id for one in spans if one.start <= leaf.start and leaf.end <= one.end}
        touching = {one.row_id for one in spans if one.start < leaf.end and leaf.start < one.end}
        assert over == touching == set(rows)
        assert len(rows) == len(set(rows))


def test_of_equal_rows_that_of_the_higher_rank_is_the_inner_one() -> None:
    spans = [Span(0, 3, "name", 2), Span(0, 3, "claim", 0), Span(0, 3, "date", 1)]
    ((_, rows),) = leaves(tree("May", spans, [(0, 3)]))
    assert rows == ("claim", "date", "name")


def test_of_two_that_cross_the_later_one_is_split() -> None:
    found = by_row(tree("abcdef", [Span(0, 4, "one"), Span(2, 6, "two")], [(0, 6)]))
    assert [(one.start, one.end) for one in found["one"]] == [(0, 4)]
    assert [(one.start, one.end, one.first) for one in found["two"]] == [
        (2, 4, True),
        (4, 6, False),
    ]


def test_a_row_is_split_where_a_line_ends_and_keeps_its_break() -> None:
    text = "one\n\ntwo"
    found = by_row(tree(text, [Span(0, 8, "row")], lines(text)))
    assert [text[one.start : one.end] for one in found["row"]] == ["one\n\n", "two"]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 4)])
def test_a_row_outside_the_text_is_an_error(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="row x: characters"):
        tree("abc", [Span(start, end, "x")], [(0, 3)])
