"""Sentences and a parse by spaCy, once per article.

Documents are parsed one by one: a batched matrix product may round differently with its
neighbours, and rows must not depend on the size of a batch. Lines are sentences' limits
(headlines and bylines carry no full stop), and a text longer than ``PIECE`` characters is parsed
in pieces cut at a line's end, so that memory is bounded by the piece. A sentence or a word that is
too long to be one is cut too, so that the time taken is in proportion to the text.

What the components of the pipeline say is found in quicker ways where their shape is known
(``transforms.parse.steps``); ``load_model(...)`` itself is spaCy's pipeline as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from transforms.model import Article, Parsed
from transforms.parse.loading import DEFAULT_MODEL, load_model
from transforms.parse.sentences import overlong, sentences
from transforms.parse.tokens import tokenised
from transforms.wrapped import unwrapped

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from transforms.parse.steps import Step

__all__ = ["DEFAULT_MODEL", "PIECE", "load_model", "model_version", "parse", "parse_text"]

PIECE = 50_000

#: The steps work in memory of their own, which threads would share.
_ONE_BY_ONE = Lock()


@cache
def model_version(name: str = DEFAULT_MODEL) -> str:
    """Name and version of the pipeline, e.g. ``en_core_web_md-3.8.0``."""
    meta = load_model(name).meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def parse(article: Article, model: str = DEFAULT_MODEL) -> Parsed:
    """The article's text, parsed; hard-wrapped lines as if they were not."""
    text = unwrapped(article.text)
    doc = parse_text(text, model)
    return Parsed(article, doc, sentences(doc, text), text)


def parse_text(text: str, model: str = DEFAULT_MODEL) -> Doc:
    """The text as one spaCy ``Doc`` whose text is the same to the character."""
    from spacy.tokens import Doc

    docs = [_parsed(piece, model) for piece in _pieces(text)]
    if len(docs) == 1:
        return docs[0]
    doc = Doc.from_docs(docs, ensure_whitespace=False)
    assert doc is not None
    return doc


def _parsed(text: str, model: str) -> Doc:
    with _ONE_BY_ONE:
        return _stepped(text, model)


def _stepped(text: str, model: str, begins: Sequence[int] = ()) -> Doc:
    """The text after all steps; sentences begin at these tokens if any are given."""
    doc = tokenised(text, load_model(model).make_doc)
    for token in begins:
        doc[token].is_sent_start = True
    for step in _steps(model):
        doc = step(doc)
        if not begins and doc.has_annotation("DEP") and (found := overlong(doc)):
            return _stepped(text, model, found)
    return doc


@cache
def _steps(model: str) -> list[Step]:
    from transforms.parse.steps import steps

    return steps(load_model(model))


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
