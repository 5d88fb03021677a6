"""Words that are names only in certain company: "the North", "Congress", "on X"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from transforms.countries import country_names
from transforms.entities.candidate import HYPHENS, Candidate, candidate, standing
from transforms.entities.lexicon import Known, by_reference, split
from transforms.entities.trace import Trace
from transforms.reference import reference
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class _Contextual:
    """What a word means where some countries are spoken of and others are not, or less often."""

    text: str
    known: Known
    needs: frozenset[str]
    unless: frozenset[str]
    stands: str

    def is_meant(self, spoken: Mapping[str, int]) -> bool:
        most = max((spoken.get(code, 0) for code in self.unless), default=0)
        return all(code in spoken for code in self.needs) and (
            most == 0 or most < spoken.get(self.known.country or "", 0)
        )


@cache
def _contextual_names() -> tuple[_Contextual, ...]:
    return tuple(
        _Contextual(
            row["text"],
            by_reference()[row["meaning"]]
            if ":" in row["meaning"]
            else Known("GPE", country_names()[row["meaning"]], row["meaning"]),
            frozenset(split(row["needs"])),
            frozenset(split(row["unless"])),
            row["stands"],
        )
        for row in reference("contextual_names")
    )


def contextual(
    doc: Doc, items: list[Candidate], home: str | None = None, trace: Trace | None = None
) -> list[Candidate]:
    """ "The North" where North Korea is spoken of, "the Channel" where Britain is; "Congress" is
    that of the country spoken of most, of which the publisher's ``home`` is one."""
    spoken = Counter(
        code
        for item in items
        for code in sorted({entry.country for entry in item.known if entry.country and entry.alone})
    )
    wanted: dict[str, Known] = {}
    idle: dict[str, Known] = {}
    bare: dict[str, _Contextual] = {}
    platforms: dict[str, Known] = {}
    at_home = Counter({home: 1}) if home is not None else Counter()
    for name in _contextual_names():
        if name.stands == "on":
            platforms[name.text] = name.known
        elif name.stands != "the":
            if name.is_meant(spoken + at_home):
                bare.setdefault(name.text, name)
        else:
            (wanted if name.is_meant(spoken) else idle)[name.text] = name.known
    for item in items:
        meant = bare.get(item.text)
        if meant is not None and _stands_bare(doc, item, meant):
            item.known, item.rule = (meant.known,), "contextual"
    if trace is not None:
        for item in _with_article(doc, idle):
            trace.leave(item, "not_spoken_of", idle[doc[item.last - 1].text].name)
    found = [*_with_article(doc, wanted), *_platforms(doc, platforms)]
    if not found:
        return items
    kept = [item for item in items if not any(item.overlaps(other) for other in found)]
    return sorted([*kept, *found], key=lambda item: item.start)


def _stands_bare(doc: Doc, item: Candidate, name: _Contextual) -> bool:
    """Whether nothing before the word tells which one is meant: "Congress", no "8th Congress"."""
    if any(entry.reference_id for entry in item.known):
        return False
    before = doc[item.first - 1] if item.first else None
    if before is not None and before.lower_ == "the":
        return name.stands == "either"
    return before is None or before.pos_ not in ("ADJ", "NUM", "NOUN", "PROPN")


def _platforms(doc: Doc, known: Mapping[str, Known]) -> Iterator[Candidate]:
    """Media platforms whose name is a letter or word: "on X", "his X account"."""
    for index in standing(doc, [form for text in known for form in (text, f"{text}.")]):
        token = doc[index]
        text = token.text.rstrip(".")
        before = doc[index - 1] if index else None
        following = doc[index + 1] if index + 1 < len(doc) else None
        ends = token.text != text
        beside = [token for token in (before, None if ends else following) if token is not None]
        if any(one.lower_ in words("entities.platform") for one in beside) or (
            before is not None and before.lower_ == "on" and (ends or not _goes_on(following))
        ):
            item = Candidate(
                token.idx, token.idx + len(text), index, index + 1, text, "ORG", "contextual"
            )
            item.known = (known[text],)
            yield item


def _goes_on(token: Token | None) -> bool:
    """Whether a name goes on with the token: "on X Street", but "on X Friday"."""
    if token is None or token.is_sent_start:
        return False
    capital = token.text[:1].isupper() and token.ent_type_ not in ("DATE", "TIME")
    return capital or token.text in HYPHENS or token.text[:1].isdigit()


def _with_article(doc: Doc, wanted: Mapping[str, Known]) -> Iterator[Candidate]:
    """Where the words stand with "the" and no name goes on after them."""
    for index in standing(doc, wanted):
        token = doc[index]
        if index == 0 or doc[index - 1].lower_ != "the":
            continue
        following = doc[index + 1] if index + 1 < len(doc) else None
        if following is not None and (
            following.text[:1].isupper()
            or following.text[:1].isdigit()
            or following.text in HYPHENS
            or following.lower_ == "of"
        ):
            continue
        known = wanted[token.text]
        first = index - 1 if known.kind == "GPE" else index
        item = candidate(doc, first, index + 1, known.kind, "contextual")
        item.known = (known,)
        yield item
