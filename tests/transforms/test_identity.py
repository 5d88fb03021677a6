"""Texts that desks write in different ways are one text; others are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.identity import normalised_text, text_id

PLAIN = (
    """The mayor's office - closed since May - said: "We don't know yet." It reopens on Friday."""
)


@pytest.mark.parametrize(
    "other",
    [
        PLAIN.replace("'", "’"),
        PLAIN.replace("'", "‘"),
        PLAIN.replace("'", "`"),
        PLAIN.replace("'", "´"),
        PLAIN.replace("'", "ʼ"),
        PLAIN.replace('"We', "“We").replace('yet."', "yet.”"),
        PLAIN.replace('"We', "„We").replace('yet."', "yet.“"),
        PLAIN.replace('"We', "«We").replace('yet."', "yet.»"),
        PLAIN.replace('"We', "``We").replace('yet."', "yet.''"),
        PLAIN.replace("-", "–"),
        PLAIN.replace("-", "—"),
        PLAIN.replace("-", "−"),
        PLAIN.replace("-", "--"),
        PLAIN.replace("-", "---"),
        PLAIN.replace(" ", "\n"),
        PLAIN.replace(" ", "\u00a0 \t"),
        f"\ufeff  {PLAIN}\n\n",
        PLAIN.replace("reopens", "re\u00adopens"),
        PLAIN.replace("reopens", "reo\u200bpens"),
        PLAIN.upper(),
        PLAIN.replace("office", "o\ufb03ce"),
    ],
)
def test_the_styles_of_desks_are_one_text(other: str) -> None:
    assert other != PLAIN
    assert normalised_text(other) == normalised_text(PLAIN)
    assert text_id(other) == text_id(PLAIN)


@pytest.mark.parametrize(
    "other",
    [
        PLAIN.replace("Friday", "Monday"),
        PLAIN.replace("yet.", "yet!"),
        PLAIN.replace(" - ", " "),
        PLAIN.replace('"', ""),
        PLAIN.replace("reopens", "re opens"),
    ],
)
def test_other_words_and_other_marks_are_another_text(other: str) -> None:
    assert text_id(other) != text_id(PLAIN)


@given(st.text(st.sampled_from("aÉß '\"-–—“”‘’`´\n\u00a0\u00ad\u200b"), max_size=40))
def test_a_normalised_text_is_its_own(text: str) -> None:
    once = normalised_text(text)
    assert normalised_text(once) == once
