"""Names by their shape: runs of capitalised words that the tagger cut, split or missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from transforms.entities.bodies import (
    COMMON,
    continues,
    end_of_body,
    end_of_fields,
    is_capitalised,
    is_field_of_office,
    is_of,
    stands_before,
)
from transforms.entities.candidate import HYPHENS, Candidate, candidate, standing
from transforms.entities.introduced import introduced_start
from transforms.entities.lexicon import lexicon
from transforms.entities.names import particles, parts_of
from transforms.entities.tagged import hyphenated
from transforms.entities.titled import opening_noun, title_of
from transforms.entities.wording import (
    fields,
    is_capital,
    longest_title,
    may_begin_title,
    may_end_title,
    not_names,
    shapes,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

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
        if index < taken or not is_capitalised(doc[index]):
            continue
        end = index + 1
        while end < size and end - index < _LONGEST:
            if is_capitalised(doc[end]) or (doc[end].is_digit and doc[end - 1].whitespace_):
                end += 1
            elif (
                (doc[end].text in HYPHENS or doc[end].text == "&")
                and end + 1 < size
                and is_capitalised(doc[end + 1])
            ):
                end += 2
            elif _joins(doc[end].text):
                further = end + 1
                while further < size and (_joins(doc[further].text) or doc[further].text == "the"):
                    further += 1
                if not (further < size and further - end < 3 and is_capitalised(doc[further])):
                    break
                if doc[end].text in ("and", "&") and doc[further].text in shapes("first"):
                    break
                if longest_title([doc[further].text])[1] in ("office", "rank", "honorific"):
                    break
                end = further + 1
            elif (listed := end_of_fields(doc, index, end)) > end:
                end = listed
            else:
                break
        if end - index > 1:
            yield index, end
        taken = end


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
            end = end_of_body(doc, start, last)
            if end > start:
                yield _named(doc, start, end, "ORG")
                start = index = end
                continue
        if _joins(text) and not (
            _opens(doc, start, index) or _is_field(doc, index) or _is_namesake(doc, index, last)
        ):
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
            while begin < index and stands_before(doc[begin].lower_):
                begin += 1
            if (
                begin < index
                and not doc[index - 1].text.islower()
                and not _is_any_of(doc, begin, index)
            ):
                yield _named(doc, begin, index + 1, shapes("last")[text.rstrip(".")])
                start = index + 1
        index += 1
    if doc[last - 1].is_digit and len(doc[last - 1]) == 4:
        last -= 1  # the year of what follows: "Ministry of Health 2020 survey"
    if last - start > 2 and _opens(doc, start, last):
        yield _named(doc, start, last, shapes("first")[doc[start].text])


def _is_any_of(doc: Doc, begin: int, head: int) -> bool:
    """Whether it is any one of a country's: "US District"."""
    return (
        head - begin == 1
        and shapes("last").get(doc[head].text) == "GPE"
        and any(entry.country and entry.kind == "GPE" for entry in lexicon().get(doc[begin].text))
    )


def _is_field(doc: Doc, index: int) -> bool:
    """Whether the words on both sides of the joint are one field: "Savings and Loan"."""
    return (doc[index - 1].text, doc[index + 1].text) in fields()


def _is_namesake(doc: Doc, index: int, last: int) -> bool:
    """Whether a building is called after one of a title: "Prince of Wales Hospital"."""
    return (
        is_of(doc[index].text)
        and longest_title([doc[index - 1].text])[1] == "honorific"
        and any(shapes("last").get(doc[i].text) == "FAC" for i in range(index + 2, last))
    )


def _ends(doc: Doc, index: int, last: int) -> bool:
    """Whether the head is the last of its name: "Bank" is not in "Bank of Ghana", nor in
    "Security Service Bureau"."""
    following = index + 1
    if following >= last:
        return True
    text = doc[following].text
    if _joins(text):
        is_and = text in ("and", "&") or text in particles("and")
        return is_and and not continues(doc, following + 1, last)
    return not any(
        doc[later].text.rstrip(".") in shapes("last") for later in range(following, last)
    )


def _opens(doc: Doc, start: int, index: int) -> bool:
    """Whether the run begins with a word that "of" follows in names: Ministry, University."""
    if start >= index or doc[start].text not in shapes("first"):
        return False
    after = doc[start + 1].text if start + 1 < len(doc) else ""
    return is_of(after)


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
                and not _in_longer(doc, index, end, covered)
            ):
                yield index, end
                taken = end
                break


def _stands_alone(doc: Doc, first: int, last: int) -> bool:
    """Whether the words are no part of a longer name and no common word at a sentence's start."""
    token = doc[first]
    if last - first == 1:
        if token.is_sent_start and token.pos_ in COMMON:
            return False
        if token.text in not_names():
            return False
        if token.pos_ in ("VERB", "AUX", "DET", "PRON", "ADP"):
            return False
    if last < len(doc) and doc[last].text in HYPHENS and not doc[last - 1].whitespace_:
        return False
    return not (first > 0 and doc[first - 1].text in HYPHENS and not doc[first - 1].whitespace_)


def _in_longer(doc: Doc, first: int, last: int, covered: bytearray) -> bool:
    """Whether a word of a name that was not read stands right beside the words: the Yukon of Yukon
    Arts Centre is none of its own; titles and dates beside it say nothing."""
    after = last < len(doc) and doc[last - 1].whitespace_ and not doc[last].is_sent_start
    beside = [last] * bool(after) + [first - 1] * bool(first and doc[first - 1].whitespace_)
    return any(not covered[i] and _is_of_name(doc[i]) for i in beside)


def _is_of_name(token: Token) -> bool:
    if token.tag_ not in ("NNP", "NNPS") or not is_capitalised(token):
        return False
    parts = parts_of(token.text)
    return not (may_begin_title(parts) or may_end_title(parts))


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
    while first > 0 and item.rule != "title":  # a title that was cut off stands before it
        token = doc[first - 1]
        if token.text in HYPHENS and not token.whitespace_ and first > 1:
            if doc[first - 2].is_alpha and not doc[first - 2].whitespace_:
                first -= 2
                continue
            break
        if (
            _personal(doc, first - 1)
            and token.whitespace_ == " "
            and not is_field_of_office(doc, first - 1)
        ):
            first -= 1
            continue
        break
    return first, last


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
