"""The names of a text with their kinds: spans found, repaired, decided, and found again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from transforms.entities import joined, rewriting
from transforms.entities.candidate import Candidate, candidate, capitalised
from transforms.entities.contextual import contextual
from transforms.entities.dateline import of_dateline
from transforms.entities.filters import is_amount, refused
from transforms.entities.gazetteer import gazetteer
from transforms.entities.kinds import decide
from transforms.entities.lexicon import Known, lexicon
from transforms.entities.name import Name
from transforms.entities.names import fold
from transforms.entities.runs import missed
from transforms.entities.scores import ExplainedScores, Scores
from transforms.entities.spans import candidates
from transforms.entities.subdivisions import regions_after
from transforms.entities.support import unsupported
from transforms.entities.trace import Trace

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Kinds whose names are sought again where the tagger missed them.
_SOUGHT = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC"))


def names_of(
    doc: Doc,
    text: str,
    authors: Sequence[str] = (),
    publisher: str | None = None,
    trace: Trace | None = None,
    home: str | None = None,
) -> dict[str, Name]:
    """The names in the text by folded spelling, each with its kind and its mentions.

    ``text`` is the document's, which spaCy joins anew whenever it is asked. ``authors`` and
    ``publisher`` are known from the article's page: a person and an organisation; ``home`` is
    the publisher's country (alpha-3). ``trace`` takes down what is left out.
    """
    capitals = capitalised(doc)
    items = _without_amounts(doc, candidates(doc, text, lexicon(), trace), trace)
    items = _step(items, contextual(doc, items, home, trace), trace)
    rewriting.know_companies(items)
    items = _step(items, rewriting.widen(doc, items), trace)
    rewriting.know_people(items)
    items = _step(items, rewriting.typed(doc, items), trace)
    items = _step(items, joined.directed(doc, items), trace)
    items = _step(items, joined.branches(doc, items), trace)
    items = _step(items, rewriting.reshape(doc, items, capitals, trace), trace)
    items = _step(items, joined.bracketed(doc, items), trace)
    items = _step(items, of_dateline(doc, text, items, publisher), trace)
    items = _step(items, regions_after(doc, text, items), trace)
    items = rewriting.acronyms(doc, text, items)
    items = rewriting.untagged(doc, items, capitals)
    given = {fold(author): "PERSON" for author in authors}
    if publisher:
        given.setdefault(fold(publisher), "ORG")
    scores = Scores if trace is None else ExplainedScores
    names = decide(doc, text, items, gazetteer(), given, scores)
    if trace is not None:
        trace.decided(names.values())
    names = {
        key: name for key, name in names.items() if _is_kept(doc, text, name, names.values(), trace)
    }
    _find_missed(doc, names, trace)
    if trace is not None:
        trace.decided(names.values())
    return names


def _without_amounts(doc: Doc, items: list[Candidate], trace: Trace | None) -> list[Candidate]:
    kept = [item for item in items if not is_amount(doc, item)]
    if trace is not None:
        trace.missing(items, kept, "amount")
    return kept


def _step(before: list[Candidate], after: list[Candidate], trace: Trace | None) -> list[Candidate]:
    """The candidates after a step that replaces some of those before it."""
    if trace is not None:
        trace.replaced(before, after)
    return after


def _is_kept(doc: Doc, text: str, name: Name, others: Iterable[Name], trace: Trace | None) -> bool:
    """Whether the name is one; mentions that are none are taken out of it."""
    refusal = unsupported(doc, text, name, others, trace)
    if refusal is None and name.items:
        refusal = refused(doc, text, name, trace)
    if refusal is not None and trace is not None:
        for item in name.items:
            trace.leave(item, *refusal)
    return refusal is None and bool(name.items)


def mentions_of(names: Iterable[Name]) -> list[Candidate]:
    """The mentions of all names in text order."""
    return sorted((item for name in names for item in name.items), key=lambda item: item.start)


def _find_missed(doc: Doc, names: dict[str, Name], trace: Trace | None) -> None:
    """Mentions of established names that the tagger missed, surnames too."""
    wanted: dict[str, set[tuple[str, ...]]] = {}
    owner: dict[tuple[str, ...], tuple[str, str, tuple[Known, ...]]] = {}
    for name in names.values():
        if name.kind not in _SOUGHT or not name.sure:
            continue
        for item in name.items:
            tokens = tuple(doc[i].text for i in range(item.first, item.last))
            if len(item.text) > 1 and doc[item.first].idx == item.start:
                _want(tokens, name, item.known, wanted, owner)
            surname = tokens[-1]
            if name.kind == "PERSON" and len(tokens) > 1 and _is_surname(surname):
                _want(tokens[-1:], name, (), wanted, owner)
    ordered = {
        first: sorted(options, key=lambda tokens: (-len(tokens), tokens))
        for first, options in wanted.items()
    }
    items = mentions_of(names.values())
    for first, last in missed(doc, items, ordered):
        tokens = tuple(doc[i].text for i in range(first, last))
        kind, _, known = owner[tokens]
        item = candidate(doc, first, last, "", "repeated")
        item.kind, item.known = kind, known
        key = fold(item.text)
        if key not in names:
            names[key] = Name(key, item.text, kind=kind)
        if names[key].kind == kind:
            names[key].items.append(item)
        elif trace is not None:
            trace.leave(item, "other_kind", names[key].kind)


def _is_surname(word: str) -> bool:
    return word[0].isupper() and len(word) > 2 and word.isalpha()


def _want(
    tokens: tuple[str, ...],
    name: Name,
    known: tuple[Known, ...],
    wanted: dict[str, set[tuple[str, ...]]],
    owner: dict[tuple[str, ...], tuple[str, str, tuple[Known, ...]]],
) -> None:
    wanted.setdefault(tokens[0], set()).add(tokens)
    owner.setdefault(tokens, (name.kind, name.key, known))
