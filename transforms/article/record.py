"""Articles as JSON objects: ours, whose text is clean already and is kept to the character, and
others', whose keys are known or are named by the settings."""

from __future__ import annotations

import dataclasses
import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from transforms.article.address import canonical_url
from transforms.article.days import is_placeholder
from transforms.article.found import Found, NoArticle
from transforms.article.fragment import is_markup, read_fragment
from transforms.article.lines import read_dateline
from transforms.article.names import clean_authors, end_byline
from transforms.article.publishers import country_of_address
from transforms.article.record_keys import OURS, Value, values_of
from transforms.article.times import Stamp, from_epoch, leading_time, read_time
from transforms.article.unused_keys import likely_text

_LINE = re.compile(r"#L(\d+)$")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[^\s/]+/\S", re.IGNORECASE)
#: What tables write for a value that is not there; a text or a title may be such a word.
_NOTHING = frozenset({"nan", "nat", "none", "null", "n/a", "<na>"})
#: A list of names in a cell of a table, as JSON or Python write it.
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_LISTED = re.compile(rf"\[\s*(?:{_QUOTED.pattern})(?:\s*,\s*(?:{_QUOTED.pattern}))*\s*\]")
_LONGEST_LIST = 4000
_TAG = re.compile(r"<[^<>]*>")

_Keys = Mapping[str, str]


def read_record(
    text: str,
    source_uri: str,
    country: str | None = None,
    keys: Sequence[tuple[str, str]] = (),
) -> Found:
    """The article in one JSON object.

    Keys: ``text``, and if known ``id``, ``title``, ``url``, ``published_at`` (or ``date``),
    ``modified_at``, ``source``, ``authors`` (a list or one string), ``publisher``, ``language``.
    ``keys`` (our key, theirs) replaces some of them; what neither gives is taken from a key that is
    known from others (:mod:`.record_keys`). Raises :class:`NoArticle` with reason ``malformed`` or
    ``no_text``; of a key that is only known from others nothing but its text can be at fault.
    """
    record = unwrapped(_load(text, source_uri))
    mapping = dict(keys)
    told = _text(record, mapping, source_uri, country)
    if told is None:
        _refuse(record, mapping)
    body, page = told
    url = _string(record, "url", mapping)
    at = canonical_url(url)
    if country is None and at is not None:
        country = country_of_address(at)
    found = Found(
        text=body,
        title=_string(record, "title", mapping),
        authors=clean_authors(_authors(record, mapping)),
        publisher=_string(record, "publisher", mapping),
        published=_time(record, "published_at", country, mapping),
        modified=_time(record, "modified_at", country, mapping),
        url=url,
        language=_string(record, "language", mapping),
        external_id=_identifier(record, mapping),
        source=_string(record, "source", mapping, but=url),
    )
    return _with_byline(found if page is None else _filled(found, page))


def unwrapped(record: dict[str, Any]) -> dict[str, Any]:
    """The article's own object, where a search engine wrote its own around it."""
    inner = record.get("_source")
    if not isinstance(inner, dict) or "text" in record:
        return record
    return {"_id": record["_id"], **inner} if "_id" in record else inner


def _filled(found: Found, page: Found) -> Found:
    """What was found, and what the page in the record's text says beyond it."""
    names = ("title", "authors", "publisher", "published", "modified", "url", "language",
             "location_line")  # fmt: skip
    more = {name: getattr(found, name) or getattr(page, name) for name in names}
    return dataclasses.replace(found, **more)


def _with_byline(found: Found) -> Found:
    signed, publisher = end_byline([line.strip() for line in found.text.split("\n")])
    place, agency = read_dateline(found.text)
    return dataclasses.replace(
        found,
        authors=found.authors or signed,
        publisher=found.publisher or publisher or agency,
        location_line=found.location_line or place,
    )


def _load(text: str, source_uri: str) -> dict[str, Any]:
    line = _LINE.search(source_uri)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        at = f"column {error.colno}" if line else f"line {error.lineno}, column {error.colno}"
        raise _malformed(f"not JSON at {at}: {error.msg[0].lower()}{error.msg[1:]}") from error
    except RecursionError as error:
        raise _malformed("the JSON is nested too deeply to be an article") from error
    except ValueError as error:  # a number of thousands of digits
        raise _malformed(f"not JSON that can be read: {error}") from error
    if not isinstance(value, dict):
        raise _malformed(f"the JSON is {_kind(value)}, not an object with a text")
    return value


def _text(
    record: dict[str, Any], keys: _Keys, source_uri: str, country: str | None
) -> tuple[str, Found | None] | None:
    """The text, and what more it says if it is a page; None where there is none."""
    wrong: NoArticle | None = None
    for one in values_of(record, "text", keys):
        value = one.value
        if isinstance(value, list) and not (one.promised and one.path in OURS):
            value = "\n".join(part for part in value if isinstance(part, str)) or value
        if not isinstance(value, str):
            fault = _malformed(f"{one.path} is {_kind(value)}, not a string")
            if one.promised:
                raise fault
            wrong = wrong or fault
            continue
        if not value.strip():
            continue
        text = _sound(one.path, value)
        if not is_markup(text):
            return text, None
        page = read_fragment(text, source_uri, country)
        return page.text, page
    if wrong:
        raise wrong
    return None


def _refuse(record: dict[str, Any], keys: _Keys) -> NoReturn:
    """Raises for a record without a text, naming the keys that there are."""
    key = keys.get("text", "text")
    if isinstance(record.get(key), str):
        raise NoArticle("no_text", f"{key} is blank")
    names = ", ".join(map(_shown, sorted(record)[:12])) or "none"
    likely = likely_text(record)
    if likely:
        raise NoArticle(
            "no_text",
            f"the object has no {key} (its keys: {names}): is `{_shown(likely)}` the text? "
            f'say [sources.keys] text = "{_shown(likely)}"',
        )
    raise NoArticle(
        "no_text",
        f"the object has no {key} (its keys: {names}): put the article under 'text', or name its "
        'key: [sources.keys] text = "..."',
    )


def _string(record: dict[str, Any], ours: str, keys: _Keys, but: str | None = None) -> str | None:
    for one in values_of(record, ours, keys):
        value = one.value
        if not isinstance(value, str):
            inner = ours not in keys and _leads_on(record, ours, one.path, keys)
            if one.promised and not inner:
                raise _malformed(f"{one.path} is {_kind(value)}, not a string")
            if not isinstance(value, list) or one.promised:
                continue
            value = next((part for part in value if isinstance(part, str)), "")
        value = value.strip()
        if value in ("", but) or (ours != "title" and value.casefold() in _NOTHING):
            continue
        if not one.promised and ours == "url" and not _ADDRESS.match(value):
            continue
        if not one.promised and ours == "title":
            value = " ".join(html.unescape(_TAG.sub("", value)).split())
        return _sound(one.path, value)
    return None


def _leads_on(record: dict[str, Any], ours: str, path: str, keys: _Keys) -> bool:
    """Whether others write an object under that key, and say in it what is looked for."""
    inner = (one for one in values_of(record, ours, keys) if not one.promised)
    return any(one.path.startswith(f"{path}.") and isinstance(one.value, str) for one in inner)


def _identifier(record: dict[str, Any], keys: _Keys) -> str | None:
    for one in values_of(record, "id", keys):
        value = one.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # tables with gaps make such of whole numbers
        if isinstance(value, bool) or not isinstance(value, str | int):
            if one.promised:
                raise _malformed(f"{one.path} is {_kind(value)}, not a string or a whole number")
            continue
        if told := str(value).strip():
            return _sound(one.path, told)
    return None


def _authors(record: dict[str, Any], keys: _Keys) -> list[str]:
    for one in values_of(record, "authors", keys):
        names = _names(one.value, one)
        if names is None:
            if one.promised:
                raise _malformed(f"{one.path} is {_kind(one.value)}, not a list of strings")
            continue
        if names := [name for name in names if name.strip().casefold() not in _NOTHING]:
            return [_sound(one.path, name) for name in names]
    return []


def _names(value: object, one: Value) -> list[str] | None:
    """The names in what stands under a key: a string, a list of them, objects with a name."""
    if isinstance(value, str):
        if len(value) <= _LONGEST_LIST and _LISTED.fullmatch(value.strip()):
            return [a or b for a, b in _QUOTED.findall(value)]
        return [value] if value.strip() not in ("[]", "{}") else []
    if isinstance(value, dict):
        name = value.get("name")
        return [name] if isinstance(name, str) and not one.promised else None
    if not isinstance(value, list):
        return None
    names = [part.get("name") if isinstance(part, dict) else part for part in value]
    told = [name for name in names if isinstance(name, str)]
    return told if len(told) == sum(name is not None for name in names) else None


def _time(record: dict[str, Any], ours: str, country: str | None, keys: _Keys) -> Stamp | None:
    """The first time that can be read and is no placeholder; without one a record is undated."""
    for one in values_of(record, ours, keys):
        if isinstance(one.value, bool) or not isinstance(one.value, str | int | float):
            continue
        stamp = as_time(one.value, country)
        if stamp is not None and not is_placeholder(stamp):
            return stamp
    return None


def unread_time(record: dict[str, Any], keys: _Keys) -> tuple[str, str] | None:
    """Key and value of a time of publication that the record promises and that cannot be read."""
    promised = [one for one in values_of(record, "published_at", keys) if one.promised]
    if not promised or _time(record, "published_at", None, keys) is not None:
        return None
    written = json.dumps(promised[0].value, ensure_ascii=False)
    return promised[0].path, _shown(written)


def as_time(value: str | float, country: str | None = None) -> Stamp | None:
    """The time that a value of a record states, or None."""
    if isinstance(value, str):
        return read_time(value, country) or leading_time(value, country)
    if isinstance(value, int) and 16_000_101 <= value <= 22_001_231:
        return read_time(str(value))
    try:
        return from_epoch(float(value))
    except OverflowError:
        return None


def _sound(path: str, value: str) -> str:
    if _HALF_PAIR.search(value):
        raise _malformed(f"{path} holds half of a surrogate pair, which is not a character")
    return value


def _shown(text: str) -> str:
    """A piece of the record that can be printed."""
    return _HALF_PAIR.sub("\ufffd", text[:60])


def _malformed(detail: str) -> NoArticle:
    return NoArticle("malformed", detail)


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", str: "a string", bool: "true or false"}
    return kinds.get(type(value), "null" if value is None else "a number")
