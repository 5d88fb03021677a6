"""What holds of every figure, whatever the text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.figures_fuzz import fuzz
from tests.properties import examples
from transforms.figures.en.numbers import read_number
from transforms.figures.lexer import atoms

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen""".split()  # noqa: SIM905
_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905


def _in_words(n: int, joined: str = " and ") -> str:
    """A number below a billion in words, by the rules of schoolbooks."""
    for power, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= power:
            rest = n % power
            link = joined if rest < 100 else " "
            return (
                _in_words(n // power, joined)
                + f" {name}"
                + (link + _in_words(rest, joined) if rest else "")
            )
    if n < 20:
        return _UNITS[n]
    return _TENS[n // 10] + (f"-{_UNITS[n % 10]}" if n % 10 else "")


def _value(text: str) -> float | None:
    page = atoms(text)
    number = read_number(page, 0)
    assert number is not None
    assert number.last == len(page), f"{text!r} was read up to {number.last}"
    return number.value


@given(st.integers(0, 999_999_999), st.sampled_from([" and ", " "]))
@settings(max_examples=examples(300))
def test_words_are_read_back(n: int, joined: str) -> None:
    assert _value(_in_words(n, joined)) == n


@given(st.integers(0, 10**12))
@settings(max_examples=examples(200))
def test_digits_are_read_back_in_every_style(n: int) -> None:
    commas = f"{n:,}"
    styles = [str(n), commas]
    if n >= 1000:
        styles += [commas.replace(",", s) for s in (" ", "\u00a0", "\u2009", "\u202f")]
    if n >= 1_000_000:
        styles.append(commas.replace(",", "."))
    assert [_value(style) for style in styles] == [n] * len(styles)


@given(st.integers(1, 999), st.integers(0, 9), st.sampled_from(["thousand", "million", "billion"]))
def test_scales_are_read_back(whole: int, tenth: int, scale: str) -> None:
    power = {"thousand": 1e3, "million": 1e6, "billion": 1e9}[scale]
    for text in (f"{whole}.{tenth} {scale}", f"{whole}.{tenth}-{scale}"):
        assert _value(text) == pytest.approx((whole + tenth / 10) * power)


@given(st.text(max_size=200))
@settings(max_examples=examples(200))
def test_atoms_lie_in_the_text_and_apart(text: str) -> None:
    end = 0
    for atom in atoms(text):
        assert text[atom.start : atom.end] == atom.text
        assert atom.start >= end
        end = atom.end


def test_mutated_sentences_raise_nothing_and_spans_stay_true() -> None:
    assert fuzz(300, quiet=True) == 0


def test_the_same_text_gives_the_same_rows(figures: Any) -> None:
    text = "Some 300 of the 1,200 tents, worth $4.5m, burned in 2 hours."
    assert figures(text) == figures(text)
    rows = figures(text)
    assert len({row["figure_id"] for row in rows}) == len(rows)
    assert [row["char_start"] for row in rows] == sorted(row["char_start"] for row in rows)
