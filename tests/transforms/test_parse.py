"""The parse: one thread, and the lemmas that the model's own lookups give."""

from __future__ import annotations

from typing import Any

import pytest
from threadpoolctl import threadpool_info

from transforms.parse import load_model, parse_text

TEXT = """\
The fishermen's wives had gathered on the quays by half past five, watching the boats being
dragged higher. Axes, geese, matrices, oxen and criteria were heard of; nobody had flown, sung,
written or lain longer, and the worst storms bit deeper than the heaviest of the earlier ones.
"""


def test_matrix_products_use_one_thread_whoever_imported_numpy_first() -> None:
    load_model()
    # NumPy's: what else a process has loaded since (SciPy brings its own) multiplies nothing here
    pools = [
        pool
        for pool in threadpool_info()
        if pool["user_api"] == "blas" and "numpy" in pool["filepath"]
    ]
    assert pools
    assert {pool["num_threads"] for pool in pools} == {1}


def test_quick_lemmas_are_those_of_the_models_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    lemmatizer: Any = load_model().get_pipe("lemmatizer")
    quick = [token.lemma_ for token in parse_text(TEXT)]
    index = lemmatizer.lookups.get_table("lemma_index")
    for part, words in list(index.items()):
        assert isinstance(words, frozenset)
        monkeypatch.setitem(index, part, sorted(words))
    monkeypatch.setattr(lemmatizer, "cache", {})
    assert [token.lemma_ for token in parse_text(TEXT)] == quick
    assert {"write", "bite", "heavy", "early"} <= set(quick)
