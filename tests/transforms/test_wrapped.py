"""Hard-wrapped text is read as if it were not, and quoted as it is."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from transforms.extract import read_rows
from transforms.model import Article
from transforms.wrapped import unwrapped

WRAPPED = """\
Ferry services on the lower estuary were halted on Monday after two
boats collided in thick fog off Port Alder, the harbour authority
said, and at least
    Divers from the coast guard searched until dusk for eleven
crew members. The master of the harbour, the engineer Maria
Quintero, said some 2,400 passengers had been waiting for the past two
days at the terminal on the north bank.
 ends"""

HEADLINES = """\
Ferries halted after boats collide in thick fog off Port Alder
Divers search for crew until dusk as families wait at the quay
Harbour master promises boats again on Thursday if fog lifts
Council votes to raise the toll on the estuary bridge in spring"""


def test_breaks_in_mid_sentence_are_spaces_and_the_others_stay() -> None:
    lines = unwrapped(WRAPPED).split("\n")
    assert [len(line.split()) for line in lines] == [27, 40, 1]
    assert lines[0].endswith("and at least")


def test_headlines_stay_apart() -> None:
    assert unwrapped(HEADLINES) == HEADLINES


def test_rows_go_over_the_breaks_and_quote_the_text() -> None:
    article = Article(
        "0" * 16, "wire", "0" * 64, WRAPPED, "0" * 16, published_date=dt.date(2025, 3, 12),
    )  # fmt: skip
    rows = read_rows(article)
    for table in ("mentions", "dates", "figures"):
        for row in rows[table]:
            assert WRAPPED[row["char_start"] : row["char_end"]] == row["surface"]
    names = {row["name"]: row for row in rows["entities"]}
    assert names["Maria Quintero"]["entity_type"] == "PERSON"
    assert "Maria\nQuintero" in {row["surface"] for row in rows["mentions"]}
    assert "the past two\ndays" in {row["surface"] for row in rows["dates"]}
    counted = {(row["value"], row["counted"]) for row in rows["figures"]}
    assert {(2, "boats"), (11, "crew members"), (2400, "passengers")} <= counted


@given(st.text(alphabet="aB .\n,\t", max_size=400))
def test_the_length_and_all_but_breaks_stay(text: str) -> None:
    read = unwrapped(text)
    assert len(read) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, read, strict=True))
