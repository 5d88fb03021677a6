"""Which part of a text is shown around a row, and how its marks overlap."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from flows.excerpt import Mark, around, pieces, sentences, within

TEXT = 'He left. "She stayed." Mr. Smith of the U.S. Army, 40,\nsaid so! A last one'


def parts(text: str, known: list[tuple[int, str]]) -> list[str]:
    return [text[a:b] for a, b in sentences(text, known)]


def test_a_text_is_cut_at_lines_and_behind_full_stops() -> None:
    assert parts(TEXT, []) == [
        "He left. ",
        '"She stayed." ',
        "Mr. ",
        "Smith of the U.S. ",
        "Army, 40,\n",
        "said so! ",
        "A last one",
    ]
    assert parts("", []) == []


def test_sentences_that_the_lake_knows_are_whole() -> None:
    known = "Mr. Smith of the U.S. Army, 40,\nsaid so!"
    assert parts(TEXT, [(TEXT.index("40"), known)]) == [
        "He left. ",
        '"She stayed." ',
        f"{known} ",
        "A last one",
    ]
    again = "Go. Go. Go."
    assert parts(again, [(5, "Go.")]) == ["Go. ", "Go. ", "Go."]
    # one that is not there changes nothing
    assert parts(TEXT, [(3, "Nobody said this.")]) == parts(TEXT, [])


def test_around_counts_sentences_on_each_side() -> None:
    spans = sentences(TEXT, [])
    assert around(spans, (0, 2), 0) == spans[0]
    assert around(spans, (10, 12), 1) == (spans[0][0], spans[2][1])
    assert around(spans, (3, 12), 0) == (spans[0][0], spans[1][1])
    assert around(spans, (len(TEXT) - 1, len(TEXT)), 99) == (0, len(TEXT))
    assert around([], (4, 6), 1) == (4, 6)


MARKS = st.builds(
    lambda start, length, kind, number: Mark(start, start + length, kind, f"{number:016x}"),
    st.integers(0, 40),
    st.integers(1, 20),
    st.sampled_from(["figures", "dates", "claims"]),
    st.integers(0, 9),
)


@given(st.lists(MARKS, max_size=8), st.integers(0, 30), st.integers(1, 30))
def test_pieces_are_the_whole_stretch_and_say_what_lies_over_each_character(
    marks: list[Mark], start: int, length: int
) -> None:
    shown = (start, start + length)
    cut = list(pieces(marks, shown))
    assert (cut[0].start, cut[-1].end) == shown
    assert all(a.end == b.start for a, b in pairwise(cut))
    for piece in cut:
        for at in range(piece.start, piece.end):
            over = sorted((m for m in marks if m.start <= at < m.end), key=repr)
            assert sorted(piece.marks, key=repr) == over
        lengths = [mark.end - mark.start for mark in piece.marks]
        assert lengths == sorted(lengths, reverse=True)
    assert all(m.start < shown[1] and m.end > shown[0] for m in within(marks, shown))
