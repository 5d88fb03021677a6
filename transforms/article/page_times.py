"""When a page says it was published and modified."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from transforms.article.days import day_of_address, plausible, weighed
from transforms.article.lines import begins_with_label
from transforms.article.page import Page, meta_names, types_of
from transforms.article.times import Stamp, from_epoch, read_time

#: How much of a script is looked through, in characters.
_SCRIPT_LENGTH = 500_000
#: How many of a script's times are read.
_MOST_IN_SCRIPTS = 20


def _stamp(value: Any, country: str | None) -> Stamp | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return from_epoch(value)
    return read_time(value, country) if isinstance(value, str) and len(value) < 100 else None


def _stamps(page: Page, keys: tuple[str, ...], names: Iterable[str]) -> list[Stamp]:
    written = [page.article.get(key) for key in keys]
    return _read([*written, *page.first(names)], page.country)


def _read(written: Iterable[Any], country: str | None) -> list[Stamp]:
    stamps = (_stamp(value, country) for value in written)
    return [stamp for stamp in stamps if stamp is not None]


def read_published(page: Page, url: str | None) -> Stamp | None:
    """The time of publication, told in the page's own zone where it gives one.

    The day in ``url``, its address, decides where the page's times disagree and stands in for one.
    """
    address = day_of_address(url)
    stated = _stamps(page, ("datePublished", "dateCreated", "uploadDate"), meta_names("published"))
    shown = _time_elements(page)
    stamps = weighed(stated, shown, address)
    if stamps:
        return _told_in_zone(stamps) if stated else stamps[0]
    for node in page.nodes:
        if types_of(node)[:1] in (["WebPage"], ["ItemPage"]):
            stamps += weighed(_read([node.get("datePublished")], page.country), (), address)
    stamps = stamps or weighed((), list(_in_scripts(page)), address)
    if stamps:
        return stamps[0]
    return address.stamp if address is not None else None


def read_modified(page: Page) -> Stamp | None:
    """The time of the last change, if the page tells one."""
    stamps = plausible(_stamps(page, ("dateModified",), meta_names("modified")))
    for element in page.tree.iter("time"):
        marks = " ".join(element.get(a) or "" for a in ("class", "itemprop"))
        if not stamps and _MODIFIED_CLASS.search(marks):
            stamp = _stamp(element.get("datetime"), page.country)
            stamps += plausible([stamp] if stamp else [])
    return _told_in_zone(stamps) if stamps else None


def _told_in_zone(stamps: list[Stamp]) -> Stamp:
    """The first stamp, in the page's own zone if another one tells the same instant in it.

    Systems write UTC where editors write local time: of two notations of one instant, the local
    one says more.
    """
    first = stamps[0]
    if first.has_time and first.zone is None:
        same = [s for s in stamps[1:] if s.zone and s.local == first.local]
        return same[0] if same else first
    if first.zone != "UTC" or not first.has_time:
        return first
    instant = first.settle("UTC")[0].replace(second=0, microsecond=0)
    for other in stamps[1:]:
        if other.zone not in (None, "UTC") and other.has_time:
            try:
                at = other.settle("UTC")[0]
            except (OverflowError, ValueError):
                continue
            if at.replace(second=0, microsecond=0) == instant:
                return other
    return first


#: What sites call the elements that show a date, and those that show a later one.
_DATE_CLASS = re.compile(
    r"publish|posted|timestamp|dateline|byline|post-date|entry-date|date", re.IGNORECASE
)
_MODIFIED_CLASS = re.compile(r"updat|modif", re.IGNORECASE)


def _time_elements(page: Page) -> list[Stamp]:
    """Times shown on the page in elements that mark themselves as its date: those marked as
    that of publication first, then those below the headline (above it may stand today's date).
    """
    sure: list[Stamp] = []
    others: list[Stamp] = []
    above: list[Stamp] = []
    headed = False
    for element in page.tree.iter("time", "abbr", "span", "div", "p", "li", "h1"):
        if element.tag == "h1":
            if not headed:
                above, others, headed = others, [], True
            continue
        marks = " ".join(element.get(a) or "" for a in ("class", "id", "itemprop"))
        prop = (element.get("itemprop") or "").lower()
        if element.tag != "time" and not _DATE_CLASS.search(marks):
            continue
        if _MODIFIED_CLASS.search(marks) or prop == "datemodified":
            continue
        written = element.get("datetime") or element.get("content") or element.get("title")
        stamp = _stamp(written, page.country) if written else None
        if stamp is None:
            text = " ".join(element.text_content().split()) if len(element) < 6 else ""
            if not text or len(text) > 80 or begins_with_label(text, "modified"):
                continue
            stamp = _stamp(text, page.country)
        if stamp is None:
            continue
        if prop == "datepublished" or element.get("pubdate") is not None:
            sure.append(stamp)
        else:
            others.append(stamp)
    return [*sure, *others, *above]


_IN_SCRIPT = re.compile(
    r"""["'](?:date_?published|(?:first_?)?publish(?:ed)?(?:_?(?:at|on|date|time))?|"""
    r"""publication_?(?:date|time)|pub_?date|publish_?time|date_?created)["']"""
    r"""\s*:\s*["']([^"'<>]{8,40})["']""",
    re.IGNORECASE,
)


def _in_scripts(page: Page) -> Iterator[Stamp]:
    """The times of publication among the data that the page's scripts carry."""
    for script in page.tree.iter("script"):
        written = (match[1] for match in _IN_SCRIPT.finditer((script.text or "")[:_SCRIPT_LENGTH]))
        yield from _read(islice(written, _MOST_IN_SCRIPTS), page.country)
