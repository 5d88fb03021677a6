"""A word has one home: no row of the tables that names are read by is hidden by another."""

from __future__ import annotations

from collections import Counter

import pytest

from transforms.reference import reference


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("name_contexts", ("word", "position")),
        ("name_shapes", ("word", "position")),
        ("name_particles", ("word",)),
        ("name_fields", ("first", "second")),
        ("not_names", ("word",)),
        ("place_words", ("word",)),
        ("press_words", ("word",)),
        ("sport_words", ("word",)),
        ("titles", ("title",)),
    ],
)
def test_a_word_stands_once(table: str, key: tuple[str, ...]) -> None:
    counts = Counter(tuple(row[column] for column in key) for row in reference(table))
    assert [word for word, count in counts.items() if count > 1] == []
