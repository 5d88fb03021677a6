"""A signature says how much of their words two texts share, and bands find those that share."""

from __future__ import annotations

import hashlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties import examples
from transforms.stories.sketch import (
    BANDS,
    MINIMA,
    SHINGLE,
    bands,
    signature,
    similarity,
    stacked,
    words,
)

HARVEST = (
    "The plum harvest in the hills above Sorel won't be brought in before the rain, growers said - "
    'and "nobody will insure what hangs on the trees." Pickers came late from the coast because '
    "the ferry lay in dock for a week, and two of the three presses in the valley are still being "
    "repaired after the spring flood."
)
LENGTH = 300


def text_of(tokens: list[str]) -> str:
    return " ".join(tokens)


def shared(one: str, other: str) -> float:
    """The share of three-word sequences in common, counted."""
    first, second = (
        {tuple(found[at : at + SHINGLE]) for at in range(len(found) - SHINGLE + 1)}
        for found in (words(one), words(other))
    )
    return len(first & second) / len(first | second)


@pytest.mark.parametrize(
    "other",
    [
        HARVEST.upper(),
        HARVEST.replace(" ", "\n\n"),
        HARVEST.replace("'", "’"),
        HARVEST.replace('"', "“"),
        HARVEST.replace('"', "«"),
        HARVEST.replace(" - ", " — "),
        HARVEST.replace(" - ", " -- "),
        HARVEST.replace(".", "!").replace(",", ";"),
        HARVEST.replace("insure", "in\u00adsure"),
    ],
)
def test_the_style_of_a_desk_changes_no_signature(other: str) -> None:
    assert other != HARVEST
    assert signature(other) == signature(HARVEST)


def test_a_word_changes_the_signature_a_little() -> None:
    other = signature(HARVEST.replace("ferry", "steamer"))
    assert other != signature(HARVEST)
    alike = similarity(other, signature(HARVEST))
    assert alike is not None
    assert 0.75 < alike < 1


def test_signatures_are_those_of_the_lakes_that_there_are() -> None:
    """They are kept and compared with those of later releases."""
    made = signature(HARVEST)
    assert len(made) == 4 * MINIMA
    assert hashlib.sha256(made).hexdigest()[:16] == "9eb6260f79933a00"
    assert bands(made)[:2] == [2989833048181479363, 723673572139159475]


def test_a_short_text_has_no_signature_and_is_alike_to_nothing() -> None:
    short = text_of(words(HARVEST)[:19])
    enough = text_of(words(HARVEST)[:20])
    assert signature("") == signature(short) == b""
    assert signature(enough)
    assert bands(b"") == []
    assert similarity(b"", b"") is None
    assert similarity(signature(enough), b"") is None
    assert similarity(signature(enough), signature(enough)) == 1


def test_a_band_is_three_minima_at_their_place() -> None:
    made = signature(HARVEST)
    assert len(set(bands(made))) == BANDS
    width = len(made) // BANDS
    changed = bytes([made[0] ^ 1]) + made[1:]
    assert [a == b for a, b in zip(bands(made), bands(changed), strict=True)] == [
        False,
        *[True] * (BANDS - 1),
    ]
    # the same minima in another place are another band
    assert not set(bands(made[width:] + made[:width])) & set(bands(made))


def test_stacked_signatures_are_rows() -> None:
    some = [signature(HARVEST), signature(HARVEST.replace("plum", "pear"))]
    rows = stacked(some)
    assert rows.shape == (2, MINIMA)
    assert [row.tobytes() for row in rows] == some


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A text of words that occur once each, and the same with some of them replaced."""
    chance = random.Random(draw(st.integers(0, 10**6)))
    tokens = [f"w{chance.randrange(10**9)}" for _ in range(LENGTH)]
    other = list(tokens)
    for at in chance.sample(range(LENGTH), draw(st.integers(0, 120))):
        other[at] = f"x{chance.randrange(10**9)}"
    return text_of(tokens), text_of(other)


@settings(max_examples=examples(), deadline=None)
@given(edited())
def test_the_estimate_is_near_the_share_that_is_counted(pair: tuple[str, str]) -> None:
    """Within five standard errors of 192 minima."""
    one, other = pair
    estimate = similarity(signature(one), signature(other))
    assert estimate is not None
    exact = shared(one, other)
    error = (exact * (1 - exact) / MINIMA) ** 0.5
    assert abs(estimate - exact) <= 5 * error + 1 / MINIMA


@settings(max_examples=examples(), deadline=None)
@given(edited())
def test_texts_that_share_half_meet_in_a_band(pair: tuple[str, str]) -> None:
    one, other = pair
    if shared(one, other) >= 0.5:
        assert set(bands(signature(one))) & set(bands(signature(other)))


def test_strangers_meet_in_no_band() -> None:
    chance = random.Random(3)
    every = [
        signature(text_of([f"w{chance.randrange(10**9)}" for _ in range(LENGTH)]))
        for _ in range(40)
    ]
    met = [set(bands(one)) for one in every]
    assert sum(len(one) for one in met) == len(set().union(*met))
