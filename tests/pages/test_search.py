"""The index of search: by which words, which units, in which pieces."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.search import pieces
from pages.search.cutting import sentences
from pages.search.folding import LEFT_OUT, words
from pages.search.postings import encoded
from pages.search.reading import Article
from pages.search.stretches import FEWEST, MOST, stretches
from tests.pages.search_index import decoded, laid, scanned, texts


@pytest.mark.parametrize(
    ("text", "found_by"),
    [
        ("The Ferry’s 12,000 tonnes, 4.25% more", "the ferri 12000 tonne 4.25 more"),
        ("U.S. troops; the U.S.A. and e.g. us", "us troop the usa and eg us"),
        ("Łódź Málaga STRASSE straße İzmir ﬁne", "lodz malaga strasse strasse izmir fine"),
        ("cities city party's churches boxes", "citi citi parti church box"),
        ("buses bus crisis gas miss", "buse bus crisis gas miss"),
        ("news new classes class days day", "news new class class day day"),
        ("inter\u00adnet zero\u200bwidth", "internet zerowidth"),
        ("Σίσυφος ΣΊΣΥΦΟΣ", "σισυφοσ σισυφοσ"),
        ("don't O'Brien Vavaʻu Vava’u", "don t o brien vava u vava u"),
        ("1,2345 3.5m 1.2.3 2024.", "1 2345 3 5m 1.2 3 2024"),
        ("snake_case a/b …", "snake case a b"),
        ("\U00010400 \U0001f600", "\U00010428"),
    ],
)  # fmt: skip
def test_words_are_folded(text: str, found_by: str) -> None:
    assert words(text) == found_by.split()


def test_the_words_left_out_are_as_texts_have_them() -> None:
    assert sorted(LEFT_OUT) == sorted(word for one in LEFT_OUT for word in words(one))


@given(st.text())
def test_words_are_letters_and_digits_without_case(text: str) -> None:
    for word in words(text):
        assert word
        assert " " not in word
        assert "\n" not in word
        assert word.replace(".", "").isalnum()
        assert word == word.lower() or not word.isascii()


@given(st.sets(st.integers(0, 1 << 34)))
def test_numbers_are_read_as_written(numbers: set[int]) -> None:
    assert decoded(encoded(sorted(numbers))) == sorted(numbers)


def test_numbers_that_do_not_rise_are_an_error() -> None:
    for numbers in ([3, 3], [2, 1], [-1]):
        with pytest.raises(ValueError, match="do not rise"):
            encoded(numbers)


def test_near_numbers_take_a_character_each() -> None:
    assert encoded(range(5)) == "AAAAA"
    assert len(encoded(range(0, 320, 32))) == 10


VOCABULARY = [
    "the", "ferry", "ferries", "Zürich", "U.S.", "12,000", "aground", "of", "\U00010428", "￰",
    "x" * 30,
]  # fmt: skip
SENTENCE = st.lists(st.sampled_from(VOCABULARY), max_size=5).map(" ".join)
ARTICLE = st.builds(
    lambda number, title, said: Article(
        f"{number:016x}", title, "", None, [(text, f"{n:x}") for n, text in enumerate(said)]
    ),
    st.integers(0, 999),
    SENTENCE,
    st.lists(SENTENCE, max_size=12),
)


@given(
    st.lists(ARTICLE, max_size=8),
    st.lists(st.sampled_from([*VOCABULARY, "nowhere"]), min_size=1, max_size=3),
    st.integers(1, 60),
    st.integers(1, 80),
)
def test_the_index_finds_what_a_scan_finds(
    articles: list[Article], asked: list[str], words_a_piece: int, texts_a_piece: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "WORDS", words_a_piece)
        patch.setattr(pieces, "TEXTS", texts_a_piece)
        patch.setattr(pieces, "MOST", 2 * texts_a_piece)
        index = laid(articles)
    wanted = [word for one in asked for word in words(one)]
    assert [index.all(wanted)] == scanned(articles, [wanted])
    every = [
        (one, text, row) for one in articles for text, row in [(one.title, ""), *one.sentences]
    ]
    for unit, (article, text, row) in enumerate(every):
        assert index.said(unit) == ([article.article_id, article.title], text, row)
    assert index.directory["units"] == len(texts(articles))


def test_a_word_that_is_left_out_finds_nothing_alone() -> None:
    index = laid([Article("0" * 16, "The end of the line", "", None, [])])
    assert index.all(["the"]) == []
    assert index.all(["the", "line"]) == [0]


def test_a_piece_is_a_script_whatever_it_holds() -> None:
    written = pieces.script("piece", "a", ['</script>"\\ \u2028 \x00 é']).decode()
    assert written == 'dateline.piece("a",["</script>\\"\\\\ \u2028 \\u0000 é"]);\n'


TEXT = "Gen. Smith left. “He is gone,” said J. Doe of the U.S. Army. It rained!\nA last line"


def cut(text: str, known: list[tuple[int, str]]) -> list[str]:
    return [text[start:end] for start, end in sentences(text, known)]


def test_a_text_is_cut_at_lines_and_behind_full_stops_but_not_behind_titles() -> None:
    assert cut(TEXT, []) == [
        "Gen. Smith left.",
        "“He is gone,” said J. Doe of the U.S. Army.",
        "It rained!",
        "A last line",
    ]
    assert cut(" \n ", []) == []
    assert cut("It is over in the U.S. (He said.)  Go 1", []) == [
        "It is over in the U.S. (He said.)",
        "Go 1",
    ]


def test_sentences_that_the_lake_knows_are_whole() -> None:
    whole = "Army. It rained!\nA last"
    assert cut(TEXT, [(TEXT.index("rained"), whole)]) == [
        "Gen. Smith left.",
        "“He is gone,” said J. Doe of the U.S.",
        whole,
        "line",
    ]
    assert cut("Go. Go. Go.", [(5, "Go.")]) == ["Go.", "Go.", "Go."]
    # what is not there, or crosses another, changes nothing
    assert cut(TEXT, [(3, "Nobody said this."), (3, "")]) == cut(TEXT, [])
    crossing = [(0, "Gen. Smith left."), (6, "Smith left. “He")]
    assert cut(TEXT, crossing) == cut(TEXT, crossing[:1])


@given(st.text("aA.!?\n “”", max_size=60), st.data())
def test_no_character_is_lost(text: str, data: st.DataObject) -> None:
    edges = st.integers(0, len(text))
    known = [
        (min(a, b), text[min(a, b) : max(a, b)])
        for a, b in data.draw(st.lists(st.tuples(edges, edges), max_size=4))
    ]
    spans = sentences(text, known)
    assert [c for a, b in spans for c in text[a:b] if not c.isspace()] == [
        c for c in text if not c.isspace()
    ]
    assert all(a < b <= c for (a, b), (c, _) in pairwise(spans))


def ids(count: int, seed: str = "") -> list[str]:
    return [hashlib.sha256(f"{seed}{n}".encode()).hexdigest()[:16] for n in range(count)]


def test_newer_articles_change_the_newest_stretch_only() -> None:
    old, new = ids(9_000), ids(100, "new")
    before, after = list(stretches(old)), list(stretches([*new, *old]))
    assert before[1:] == after[-len(before) + 1 :]
    assert len(before) > 3


def test_after_the_oldest_are_gone_most_stretches_are_as_they_were() -> None:
    old = ids(20_000)
    before = {tuple(one) for one in stretches(old)}
    after = {tuple(one) for one in stretches(old[:-300])}
    assert len(before & after) >= len(before) / 2


@given(st.integers(0, 9_000), st.integers(0, 99))
def test_stretches_are_the_articles_in_their_order(count: int, seed: int) -> None:
    every = ids(count, str(seed))
    parts = list(stretches(every))
    assert [one for part in parts for one in part] == every
    assert all(FEWEST <= len(part) <= MOST for part in parts[1:])
    assert all(part for part in parts)
