"""What holds of any text."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties import examples
from tests.transforms.entities.conftest import read_text, study_text
from transforms.entities.names import fold, spells_out
from warehouse.tables import ENTITIES, MENTIONS
from warehouse.vocabulary import ENTITY_TYPES, LINK_STATUSES

_PIECES = st.sampled_from(
    [
        "Kim Jong-un", "President", "the North's", "North Korea", "said", "in", "Paris, Texas",
        "U.S.-led", "(KCNA)", "Ministry of Health", "Mr.", "Zelenskyy’s", "“Kursk”", "and", ",",
        ".", "\n", "\n\n", "Al-Shabaab", "of", "the", "Republic of", "Georgia", "é", "١٢", "\t",
        "New York-based", "St. John's", "&", "—", "NT$10,000", "van der Berg", "DR Congo", " ",
    ]
)  # fmt: skip


@settings(max_examples=examples(60))
@given(st.lists(_PIECES, min_size=1, max_size=40))
def test_rows_keep_to_the_text_and_the_tables(pieces: list[str]) -> None:
    text = " ".join(pieces)
    reading = read_text(text)
    ids = {row["entity_id"] for row in reading.entities}
    assert len(ids) == len(reading.entities)
    counts = dict.fromkeys(ids, 0)
    end = 0
    for row in reading.mentions:
        assert text[row["char_start"] : row["char_end"]] == row["surface"]
        assert row["surface"].strip() == row["surface"] != ""
        assert row["char_start"] >= end
        end = row["char_end"]
        assert row["entity_type"] in ENTITY_TYPES
        counts[row["entity_id"]] += 1
    for row in reading.entities:
        assert row["mention_count"] == counts[row["entity_id"]] > 0
        assert row["link_status"] in LINK_STATUSES
        assert (row["runner_up"] is not None) == (row["link_status"] == "ambiguous")
    MENTIONS.arrow(reading.mentions)
    ENTITIES.arrow(reading.entities)
    again = study_text(text)
    assert (again.mentions, again.entities) == (reading.mentions, reading.entities)
    for one in again.considered:
        assert text[one.start : one.end] == one.text != ""
        assert (one.left_out is None) == (one.entity_id in ids)


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd", "Zs", "Pd"])))
def test_folding_keeps_to_one_case_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert folded == folded.casefold()


def test_what_an_acronym_stands_for() -> None:
    assert spells_out("Korean Central News Agency", "KCNA")
    assert spells_out("National Union of Metalworkers", "Num")
    assert not spells_out("Ministry of Health", "KCNA")


def test_an_empty_text_has_no_rows(read: Any) -> None:
    assert read("").mentions == []
    assert read("   \n").entities == []
