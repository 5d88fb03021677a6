"""What several carriers of a story state is counted once."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from transforms.stories.repeated import Statement, repeated


def carriers(*contents: str) -> list[list[Statement]]:
    """A carrier for each word, a statement for each of its letters."""
    return [
        [Statement(f"{number}{at}", content) for at, content in enumerate(some)]
        for number, some in enumerate(contents)
    ]


def test_a_figure_repeats_that_of_the_first_carrier_that_states_it() -> None:
    found = repeated(carriers("ab", "bc", "cba"))
    assert found == [("10", "01"), ("20", "11"), ("21", "01"), ("22", "00")]


def test_the_second_of_two_repeats_the_second() -> None:
    assert repeated(carriers("aba", "aab")) == [("10", "00"), ("11", "02"), ("12", "01")]


def test_a_third_of_two_repeats_the_last() -> None:
    assert repeated(carriers("aa", "aaa"))[-1] == ("12", "01")


def test_what_an_article_says_twice_itself_is_not_told_here() -> None:
    assert repeated(carriers("aab")) == []
    assert repeated(carriers("b", "aa")) == []


@given(st.lists(st.text("abc", max_size=5), max_size=5))
def test_each_content_is_counted_as_often_as_its_first_carrier_states_it(some: list[str]) -> None:
    stated = carriers(*some)
    content = {one.figure_id: one.content for carrier in stated for one in carrier}
    found = repeated(stated)
    assert len({figure_id for figure_id, _ in found}) == len(found)
    repeats = dict(found)
    left = Counter(content[figure_id] for figure_id in content if figure_id not in repeats)
    first: Counter[str] = Counter()
    for carrier in some:
        first.update({c: n for c, n in Counter(carrier).items() if c not in first})
    assert left == first
    for figure_id, of in found:
        assert content[figure_id] == content[of]
        assert of not in repeats
        assert of[0] < figure_id[0]
