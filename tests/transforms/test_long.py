"""A text that is longer than a piece of the parse is read whole, with offsets that are true."""

from __future__ import annotations

from transforms.extract import read_rows
from transforms.model import Article
from transforms.parse import PIECE

LINE = "About {} soldiers crossed the Rhine near Basel on Monday, the army said.\n"


def test_a_text_of_several_pieces_is_read_as_one() -> None:
    text = ""
    while len(text) < 2 * PIECE + 1000:
        text += LINE.format(f"{1000 + len(text):,}") + "Nothing else happened there. " * 40 + "\n"
    rows = read_rows(Article("0" * 16, "long.txt", "0" * 64, text, "0" * 16))
    for table in ("mentions", "dates", "figures"):
        for row in rows[table]:
            assert text[row["char_start"] : row["char_end"]] == row["surface"]
    troops = [row for row in rows["figures"] if row["category"] == "troops"]
    assert len(troops) == text.count("soldiers")
    assert troops[-1]["char_start"] > 2 * PIECE
    numbers = [row["sentence_no"] for row in troops]
    assert numbers == sorted(set(numbers))
    assert rows["articles"][0]["sentence_count"] > numbers[-1]
