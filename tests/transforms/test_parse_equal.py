"""The parse says of every token what spaCy's own pipeline says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.parse import differences
from flows.readers import SourceSpec, read
from transforms.article import read_article
from transforms.model import Article, RawArticle

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"

TEXTS = {
    "empty": "",
    "a space": " ",
    "lines only": "\n\n \n",
    "one letter": "a",
    "one word": "Ceasefire",
    "a headline": "Ferry firm to cut 300 jobs after winter of losses",
    "a headline, its date and two paragraphs": (
        "Ferry firm to cut jobs\n2 March 2021\n\nFerries are to sail less often from May.\n"
        "Unions said they would fight the plan. The firm did not answer calls."
    ),
    "capitals": "POLICE HOLD FOUR IN HARBOUR RAID\nFOUR MEN WERE HELD ON TUESDAY. NO ONE WAS HURT.",
    "no capitals: no stops": "we went there on monday and nobody was in\nthey came back at 5pm",
    "quotes": (
        '"We will not leave," she said. "Not today." He nodded: \'Why?\' “Because,” she said.\n'
        '‘Never!’ they shouted (all of them). "It\'s over." And it was.'
    ),
    "contractions": (
        "I'm gonna go 'cause we gotta. Let's not: y'all ain't ready, I dunno. C'mon, nothin' "
        "doesn't happen. There're two. Who's there? It's I. They'd've said so."
    ),
    "numbers and dots": (
        "1. 2. 3. A. B. C. No. 5 rose 3.5% to $1.2m. vs. U.S. No.1 ... Prof. M. A. Khan et al. "
        "See p. 12. It was 10 a.m. Then. Now. Gone. Why? Because! . . . End"
    ),
    "stops before names": (
        "The talks with Dr. Abara and Gen. Osei ended at St. Mary's. Mr. Li spoke. Mt. Elgon "
        "is high. The U.N. Security Council met. J. Smith left. In Jan. Peru will vote."
    ),
    "words alone on lines": "Rivals\nmeet\nagain\n.\nOslo\n\n\nThey talked.\nTwice\n1\n2\n\n",
    "emoji": "Great news 🎉🎉 for fans 👩‍👩‍👧‍👦!\n🇳🇴 won 3–0 😀. RT @team: #win https://example.org/a?b=c",
    "other scripts": (
        "Президент встретился с министром в Москве.\n東京で会議が開かれた。政府は発表した。\n"
        "وقال المتحدث إن القتال مستمر.\nΗ Αθήνα είναι μεγάλη. मौसम अच्छा है।"
    ),
    "controls and rare spaces": (
        "One\u00a0two\u2009three\u200bfour\ttab\x0bvt\r\nnext\u2028line\x00 end"
    ),
    "a list": "- Apples: 3 kg\n- Pears; 4\n* Plums (5)\n\t• Nuts\n\n1) First\n2) Second",
    "a table": "Team | P | W\nHarrow | 3 | 2\nLuton | 3 | 1\n\nTotal | 6 | 3",
    "long sentence": "He said " + "that the man who saw " * 50 + "it had gone.",
    "long token": "x" * 400 + " " + "http://example.org/" + "a/" * 200,
    "one line of many sentences": "Rain fell. " * 150,
    "many lines": "Rain fell in Bergen\n" * 150,
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts_of_every_kind_are_parsed_as_by_spacy(name: str) -> None:
    assert differences(TEXTS[name]) == []


def test_the_sample_articles_are_parsed_as_by_spacy() -> None:
    records = read([SourceSpec(path=str(SEEDS))])
    found = [read_article(record) for record in records if isinstance(record, RawArticle)]
    texts = [article.text for article in found if isinstance(article, Article)]
    assert len(texts) > 10
    assert [differing for text in texts if (differing := differences(text))] == []


def test_texts_run_together_are_parsed_as_by_spacy() -> None:
    assert differences("\n".join(TEXTS.values())) == []
    assert differences(" ".join(reversed(TEXTS.values()))) == []


_PROSE = """\
The a Minister ministers said says Kyiv Oslo 12 5,000 people killed not to in of and that which
will be been gone . . . , ; : ? ! " ' ( ) - Mr. U.S. £3m 's n't ain't let 's IS is He I you it May
Monday é 中"""
_WORDS = st.sampled_from([*_PROSE.split(), "\n", "\n\n", "  "])


@settings(max_examples=40, deadline=None)
@given(words=st.lists(_WORDS, max_size=60), space=st.sampled_from([" ", ""]))
def test_any_words_in_any_order_are_parsed_as_by_spacy(words: list[str], space: str) -> None:
    assert differences(space.join(words)) == []
