"""Names by their shape: runs of capitalised words that the tagger cut, split or missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from transforms.entities.candidate import HYPHENS, Candidate, candidate, standing
from transforms.entities.introduced import introduced_start
from transforms.entities.names import particles
from transforms.entities.tagged import hyphenated
from transforms.entities.titled import opening_noun, title_of
from transforms.entities.wording import fields, is_capital, longest_title, not_names, shapes
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Parts of speech with which a sentence may begin in a capital without naming anything.
_COMMON = frozenset(
    (
        "DET", "ADP", "CCONJ", "SCONJ", "PRON", "ADV", "AUX", "VERB", "INTJ", "PART", "PUNCT",
        "SPACE", "SYM",
    )
)  # fmt: skip
_LONGEST = 14


def _joins(word: str) -> bool:
    """Whether the word may join the capitalised words of a name: "Bank of", "Savings and"."""
    return word in ("of", "for", "and", "&") or word in particles("joint")


def shaped(doc: Doc, capitals: list[int]) -> Iterator[Candidate]:
    """Runs of capitalised words whose first or last word tells that they are one name.

    ``capitals`` are the indices of the tokens that begin with a capital.
    """
    for first, last in _runs(doc, capitals):
        yield from _headed(doc, first, last)


def _runs(doc: Doc, capitals: list[int]) -> Iterator[tuple[int, int]]:
    """Maximal runs of capitalised words, with hyphens and joints between them."""
    size = len(doc)
    taken = 0
    for index in capitals:
        if index < taken or not _capital(doc[index]):
            continue
        end = index + 1
        while end < size and end - index < _LONGEST:
            if _capital(doc[end]) or (doc[end].is_digit and doc[end - 1].whitespace_):
                end += 1
            elif (
                (doc[end].text in HYPHENS or doc[end].text == "&")
                and end + 1 < size
                and _capital(doc[end + 1])
            ):
                end += 2
            elif _joins(doc[end].text):
                further = end + 1
                while further < size and (_joins(doc[further].text) or doc[further].text == "the"):
                    further += 1
                if not (further < size and further - end < 3 and _capital(doc[further])):
                    break
                if doc[end].text in ("and", "&") and doc[further].text in shapes("first"):
                    break
                if longest_title([doc[further].text])[1] in ("office", "rank", "honorific"):
                    break
                end = further + 1
            elif (listed := _end_of_fields(doc, index, end)) > end:
                end = listed
            else:
                break
        if end - index > 1:
            yield index, end
        taken = end


def _end_of_fields(doc: Doc, start: int, comma: int) -> int:
    """The end of the fields of a body's work that go on after a comma: "Ministry of Gender,
    Labour | and Social Development"; the comma's place if they do not."""
    if doc[comma].text != "," or not any(
        is_capital(doc[i].text, "entities.of_fields") and _is_of(doc[i + 1].text)
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
    if not _capital(token) or token.ent_type_ in ("PERSON", "GPE"):
        return False
    return not longest_title([token.text])[0] and token.text not in shapes("first")


def _capital(token: Token) -> bool:
    text = token.text
    if not text[0].isupper() or token.ent_type_ in ("DATE", "TIME"):
        return False
    if token.pos_ not in _COMMON:
        return True
    first = token.is_sent_start or token.nbor(-1).is_punct
    return not first


def _headed(doc: Doc, first: int, last: int) -> Iterator[Candidate]:
    """The parts of a run that a head word closes or opens, or an acronym behind it spells."""
    start = introduced_start(doc, first, last)
    if start is not None:
        yield _named(doc, start, last, shapes("last").get(doc[last - 1].text, "ORG"))
        return
    start = first
    index = first
    while index < last:
        text = doc[index].text
        if index == start:
            end = _end_of_body(doc, start, last)
            if end > start:
                yield _named(doc, start, end, "ORG")
                start = index = end
                continue
        if _joins(text) and not (_opens(doc, start, index) or _is_field(doc, index)):
            # a joint only holds names together that begin like an organisation
            start = index + 1
        elif text.rstrip(".") in shapes("last") and index > start and _ends(doc, index, last):
            begin, title = title_of(doc, start, index)
            if (
                shapes("last")[text.rstrip(".")] == "FAC"
                and title in ("honorific", "rank")
                and (begin < index)
            ):
                begin = start  # King Fahd Causeway: called after one of that title
            begin += begin + 1 < index and bool(opening_noun(doc, begin))
            while begin < index and _stands_before(doc[begin].lower_):
                begin += 1
            if begin < index and not doc[index - 1].text.islower():
                yield _named(doc, begin, index + 1, shapes("last")[text.rstrip(".")])
                start = index + 1
        index += 1
    if doc[last - 1].is_digit and len(doc[last - 1]) == 4:
        last -= 1  # the year of what follows: "Ministry of Health 2020 survey"
    if last - start > 2 and _opens(doc, start, last):
        yield _named(doc, start, last, shapes("first")[doc[start].text])


def _end_of_body(doc: Doc, start: int, last: int) -> int:
    """The end of a body's name that begins here and whose head stands within it: "Communications
    Authority of Namibia"; its start if there is none. "Press Unit of the Ports Authority" is two.
    """
    of = next((i for i in range(start, last) if _is_of(doc[i].text)), last)
    body = of < last and doc[of].text != "for" and shapes("last").get(doc[of - 1].text) == "ORG"
    if not body or of - start < 2 or doc[start].text in shapes("first"):
        return start
    if title_of(doc, start, last)[0] > start or any(
        _stands_before(doc[i].lower_) for i in range(start, of)
    ):
        return start
    the = doc[of + 1].lower_ == "the"
    end = of + 1 + the
    while end < last:
        text = doc[end].text
        is_and = text in ("and", "&")
        if longest_title([text])[1] in ("office", "rank", "honorific") or (
            is_and and (doc[end + 1].text == "the" or _continues(doc, end + 1, last))
        ):
            break
        end += 1
    other = the and shapes("last").get(doc[end - 1].text) == "ORG"
    return start if other or not _capital(doc[end - 1]) else end


def _is_of(word: str) -> bool:
    return word in ("of", "for") or word in particles("of")


def _stands_before(word: str) -> bool:
    return word in ("the", "a", "an") or word in words("entities.former")


def _is_field(doc: Doc, index: int) -> bool:
    """Whether the words on both sides of the joint are one field: "Savings and Loan"."""
    return (doc[index - 1].text, doc[index + 1].text) in fields()


def _ends(doc: Doc, index: int, last: int) -> bool:
    """Whether the head is the last of its name: "Bank" is not in "Bank of Ghana", nor in
    "Security Service Bureau"."""
    following = index + 1
    if following >= last:
        return True
    text = doc[following].text
    if _joins(text):
        is_and = text in ("and", "&") or text in particles("and")
        return is_and and not _continues(doc, following + 1, last)
    return not any(
        doc[later].text.rstrip(".") in shapes("last") for later in range(following, last)
    )


def _continues(doc: Doc, index: int, last: int) -> bool:
    return any(doc[later].text in shapes("last") for later in range(index, last))


def _opens(doc: Doc, start: int, index: int) -> bool:
    """Whether the run begins with a word that "of" follows in names: Ministry, University."""
    if start >= index or doc[start].text not in shapes("first"):
        return False
    after = doc[start + 1].text if start + 1 < len(doc) else ""
    return _is_of(after)


def _named(doc: Doc, first: int, last: int, kind: str) -> Candidate:
    return candidate(doc, first, last, kind, "shape")


def missed(
    doc: Doc, items: list[Candidate], wanted: dict[str, list[tuple[str, ...]]]
) -> Iterator[tuple[int, int]]:
    """Where names that the article establishes stand untagged: token spans.

    ``wanted`` are the token texts of the names by their first token, the longest first.
    """
    covered = bytearray(len(doc))
    for item in items:
        for index in range(item.first, item.last):
            covered[index] = 1
    taken = 0
    for index in standing(doc, wanted):
        if covered[index] or index < taken:
            continue
        for tokens in wanted[doc[index].text]:
            end = index + len(tokens)
            if (
                end <= len(doc)
                and not any(covered[index:end])
                and all(doc[index + i].text == text for i, text in enumerate(tokens))
                and _stands_alone(doc, index, end)
            ):
                yield index, end
                taken = end
                break


def _stands_alone(doc: Doc, first: int, last: int) -> bool:
    """Whether the words are no part of a longer name and no common word at a sentence's start."""
    token = doc[first]
    if last - first == 1:
        if token.is_sent_start and token.pos_ in _COMMON:
            return False
        if token.text in not_names():
            return False
        if token.pos_ in ("VERB", "AUX", "DET", "PRON", "ADP"):
            return False
    if last < len(doc) and doc[last].text in HYPHENS and not doc[last - 1].whitespace_:
        return False
    return not (first > 0 and doc[first - 1].text in HYPHENS and not doc[first - 1].whitespace_)


def widened(doc: Doc, item: Candidate) -> tuple[int, int]:
    """A person's span over the capitalised words and hyphens that belong to it."""
    first, last = item.first, item.last
    while last < len(doc):
        token = doc[last]
        if token.text in HYPHENS:
            end = hyphenated(doc, first, last)
            if end == last:
                break
            last = end
            continue
        if _personal(doc, last) and doc[last - 1].whitespace_ == " ":
            last += 1
            continue
        if (
            token.text in particles("person")
            and token.text not in particles("and")
            and last + 1 < len(doc)
            and _personal(doc, last + 1)
            and token.pos_ == "PROPN"
        ):
            last += 2
            continue
        break
    while first > 0:
        token = doc[first - 1]
        if token.text in HYPHENS and not token.whitespace_ and first > 1:
            if doc[first - 2].is_alpha and not doc[first - 2].whitespace_:
                first -= 2
                continue
            break
        if (
            _personal(doc, first - 1)
            and token.whitespace_ == " "
            and not _is_field_of_office(doc, first - 1)
        ):
            first -= 1
            continue
        break
    return first, last


def after_field(doc: Doc, first: int, last: int) -> int:
    """Where a person's span begins behind the field of an office: "Minister of Foreign | Affairs
    Ito Chie"."""
    for index in range(last - 2, first - 1, -1):
        if _is_field_of_office(doc, index):
            return index + 1
    return first


def _is_field_of_office(doc: Doc, index: int) -> bool:
    if not is_capital(doc[index].text, "entities.field"):
        return False
    while index > 0 and (
        doc[index].text[0].isupper() or doc[index].text == "," or doc[index].lower_ in ("and", "&")
    ):
        index -= 1
    return doc[index].text in ("of", "for") and doc[index - 1].lower_ in words(
        "entities.office_after_field"
    )


def _personal(doc: Doc, index: int) -> bool:
    """Whether the word may be part of a person's name next to one."""
    token = doc[index]
    text = token.text
    return (
        token.is_alpha
        and text[0].isupper()
        and (len(text) == 1 or not text.isupper())
        and token.pos_ == "PROPN"
        and not (token.is_sent_start and token.is_stop)
        and not longest_title([text])[0]
        and text not in not_names()
        and text not in shapes("last")
        and not is_capital(text, "entities.signing")
    )
