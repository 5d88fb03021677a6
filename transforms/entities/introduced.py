"""Short forms introduced beside the full name, in either order: "Croatian Radiotelevision (HRT)",
"HRT (Croatian Radiotelevision)", "the Norwegian Refugee Council, or NRC,".

A short form in the letters of another language spells nothing out; it is taken for one where it
stands alone in brackets beside a body's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from transforms.entities.lexicon import lexicon
from transforms.entities.names import is_acronym, spells_out
from transforms.entities.wording import not_names
from transforms.reference import reference
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Tokens between a full name and its short form at most: ", also known as the".
_BETWEEN = 5
_QUOTES = "\"“”'‘’"


@cache
def _links() -> frozenset[str]:
    return frozenset(("(", "[", ",", "or", "as", "the", "also", "by", *_QUOTES)) | words(
        "entities.called"
    )


@cache
def _before() -> re.Pattern[str]:
    """What stands between a full name and the short form after it."""
    called = "|".join(sorted(words("entities.called")))
    return re.compile(
        rf"(?:\s*(?P<bracket>[(\[])|"
        rf",(?: or(?: the)?| (?:also )?(?:{called})(?: (?:as|by))?(?: the)?)?)"
        rf"\s?[{_QUOTES}]?$"
    )


_AFTER = re.compile(rf"[{_QUOTES}]?(?:\s(?P<bracket>\()|,(?: or)?\s)(?:the |[{_QUOTES}])?")


def full_before(text: str, start: int) -> tuple[int, bool] | None:
    """Where the full name may end before a short form that begins at ``start``, and whether the
    short form is in brackets."""
    found = _before().search(text, max(0, start - 40), start)
    if found is None:
        return None
    end = len(text[: found.start()].rstrip(f" {_QUOTES}"))
    return end, found["bracket"] is not None


def full_after(text: str, end: int) -> tuple[int, bool] | None:
    """Where the full name may begin after a short form that ends at ``end``, and whether the full
    name is in brackets."""
    found = _AFTER.match(text, end)
    return (found.end(), found["bracket"] is not None) if found is not None else None


def is_short_for(acronym: str, full: str) -> bool:
    """Whether an acronym in brackets beside a body's name of several words may be its, in
    whatever language: no country, currency or code of the nationality, and not that of its end."""
    first, *rest = full.split()
    return (
        bool(rest)
        and is_acronym(acronym)
        and acronym.isalpha()
        and acronym not in not_names()
        and acronym not in _currencies()
        and not first.upper().startswith(acronym)
        and not lexicon().get(acronym)
        and not any(spells_out(" ".join(rest[i:]), acronym) for i in range(len(rest)))
    )


def introduced_start(doc: Doc, first: int, last: int) -> int | None:
    """Where in a run of capitalised words the name begins that an acronym beside it stands for."""
    for acronym in _beside(doc, first, last):
        if len(acronym) < 3 or acronym in not_names():
            continue
        for start in range(first, last - 1):
            if doc[start].text[0] == acronym[0] and spells_out(doc[start:last].text, acronym):
                return start
    return _native_start(doc, first, last)


def _beside(doc: Doc, first: int, last: int) -> Iterator[str]:
    """The acronyms that stand beside the run with nothing but the links between."""
    index = last
    while index < min(len(doc), last + _BETWEEN) and doc[index].lower_ in _links():
        index += 1
    if last < index < len(doc) and is_acronym(doc[index].text) and doc[last].text in "([,":
        yield doc[index].text
    index = first - 1
    while index >= max(0, first - 1 - _BETWEEN) and doc[index].lower_ in _links():
        index -= 1
    if 0 <= index < first - 1 and is_acronym(doc[index].text) and doc[index + 1].text in "([,":
        yield doc[index].text


def _native_start(doc: Doc, first: int, last: int) -> int | None:
    """A body of a nation whose acronym in brackets is in the letters of its own language."""
    if last + 2 < len(doc) and doc[last].text == "(" and doc[last + 2].text == ")":
        acronym = doc[last + 1].text
    elif first > 1 and last < len(doc) and doc[first - 1].text == "(" and doc[last].text == ")":
        acronym = doc[first - 2].text
    else:
        return None
    if any(doc[i].ent_type_ == "PERSON" for i in range(first, last)):
        return None
    for start in range(first, last - 1):
        national = any(entry.country for entry in lexicon().get(doc[start].text))
        if national and len(acronym) > 2 and is_short_for(acronym, doc[start:last].text):
            return start
    return None


@cache
def _currencies() -> frozenset[str]:
    return frozenset(row["code"] for row in reference("currencies"))
