"""Where the names of bodies and offices end in a run of words: over commas, "and" and "of"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.entities.names import particles
from transforms.entities.titled import title_of
from transforms.entities.wording import heads, is_capital, longest_title, shapes
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Parts of speech with which a sentence may begin in a capital without naming anything.
COMMON = frozenset(
    (
        "DET", "ADP", "CCONJ", "SCONJ", "PRON", "ADV", "AUX", "VERB", "INTJ", "PART", "PUNCT",
        "SPACE", "SYM",
    )
)  # fmt: skip


def is_capitalised(token: Token) -> bool:
    text = token.text
    if not text[0].isupper() or token.ent_type_ in ("DATE", "TIME"):
        return False
    if token.pos_ not in COMMON:
        return True
    first = token.is_sent_start or token.nbor(-1).is_punct
    return not first


def end_of_fields(doc: Doc, start: int, comma: int) -> int:
    """The end of the fields of a body's work that go on after a comma: "Ministry of Gender,
    Labour | and Social Development"; the comma's place if they do not."""
    if doc[comma].text != "," or not any(
        is_capital(doc[i].text, "entities.of_fields") and is_of(doc[i + 1].text)
        for i in range(start, comma)
    ):
        return comma
    index = comma
    while index + 1 < len(doc) and doc[index].text == "," and _is_a_field(doc[index + 1]):
        index += 1
        while _is_a_field(doc[index]):
            index += 1
    index += doc[index].text == ","
    closes = index > comma + 1 and doc[index].text in ("and", "&")
    if not closes or index + 1 == len(doc) or not _is_a_field(doc[index + 1]):
        return comma
    return index + 2


def _is_a_field(token: Token) -> bool:
    if not is_capitalised(token) or token.ent_type_ in ("PERSON", "GPE"):
        return False
    return not longest_title([token.text])[0] and token.text not in shapes("first")


def end_of_body(doc: Doc, start: int, last: int) -> int:
    """The end of a body's name that begins here and whose head stands within it: "Communications
    Authority of Namibia"; its start if there is none. "Press Unit of the Ports Authority" is two.
    """
    of = next((i for i in range(start, last) if is_of(doc[i].text)), last)
    body = of < last and doc[of].text != "for" and shapes("last").get(doc[of - 1].text) == "ORG"
    if not body or of - start < 2 or doc[start].text in shapes("first"):
        return start
    if doc[of - 1].text in heads("trade"):
        return start  # "Arbor Inc. of Toronto"
    if title_of(doc, start, last)[0] > start or any(
        stands_before(doc[i].lower_) or _parts(doc, i) for i in range(start, of)
    ):
        return start
    end = of + 1 + (doc[of + 1].lower_ == "the")
    while end < last:
        text = doc[end].text
        is_and = text in ("and", "&")
        if longest_title([text])[1] in ("office", "rank", "honorific") or (
            is_and and (doc[end + 1].text == "the" or continues(doc, end + 1, last))
        ):
            break
        end += 1
    other = any(shapes("last").get(doc[i].text) == "ORG" for i in range(of + 1, end))
    return start if other or not is_capitalised(doc[end - 1]) else end


def _parts(doc: Doc, index: int) -> bool:
    """Whether an "and" parts two names: "Hall County and Rail Corporation of"."""
    before = doc[index - 1]
    return doc[index].text in ("and", "&") and (
        before.ent_type_ in ("GPE", "LOC", "PERSON", "NORP") or before.text in shapes("last")
    )


def is_of(word: str) -> bool:
    return word in ("of", "for") or word in particles("of")


def continues(doc: Doc, index: int, last: int) -> bool:
    return any(doc[later].text in shapes("last") for later in range(index, last))


def stands_before(word: str) -> bool:
    return word in ("the", "a", "an") or word in words("entities.former")


def after_field(doc: Doc, first: int, last: int) -> int:
    """Where a person's span begins behind the field of an office: "Minister of Foreign | Affairs
    Ito Chie"."""
    for index in range(last - 2, first - 1, -1):
        if is_field_of_office(doc, index):
            return index + 1
    return first


def is_field_of_office(doc: Doc, index: int) -> bool:
    if not is_capital(doc[index].text, "entities.field"):
        return False
    while index > 0 and (
        doc[index].text[0].isupper() or doc[index].text == "," or doc[index].lower_ in ("and", "&")
    ):
        index -= 1
    return doc[index].text in ("of", "for") and doc[index - 1].lower_ in words(
        "entities.office_after_field"
    )
