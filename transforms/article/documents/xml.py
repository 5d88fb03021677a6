"""XML of news agencies: parsed without what it could reach out for, told by bare names."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from transforms.article.documents.stated import one_line
from transforms.article.found import NoArticle
from transforms.limits import DEFAULT, Limits, excess

#: Elements that begin a line of their own, and those whose text is none of the article's.
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 hl1 hl2 li tr dt dd pre blockquote block caption div bq credit".split()  # noqa: SIM905
)
_SKIPPED = frozenset("media script style head figure note".split())  # noqa: SIM905
_CELLS = frozenset({"td", "th"})


def parsed(payload: bytes, limits: Limits = DEFAULT) -> etree._Element:
    """The root. Entities are left alone and nothing is fetched.

    Raises :class:`NoArticle` with reason ``empty``, ``too_many_tags`` or ``malformed``.
    """
    if not payload.strip():
        raise NoArticle("empty", f"there is nothing in it ({len(payload)} bytes)")
    tags = payload.count(b"<") // 2  # most elements have two
    if tags > limits.tags:
        raise NoArticle("too_many_tags", excess(tags, "elements", "tags", limits.tags))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(payload.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        told = one_line(str(error))[:200]
        raise NoArticle("malformed", f"it is not XML that can be read: {told}") from error
    if root is None:
        raise NoArticle("malformed", "it is not XML that can be read: it has no element")
    return root


def name_of(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def every(element: etree._Element | None, *path: str) -> Iterator[etree._Element]:
    """The elements at a path of names below an element: the first anywhere, the others within."""
    if element is None or not path:
        return
    for one in element.iter():
        if one is not element and name_of(one) == path[0]:
            if len(path) == 1:
                yield one
            else:
                yield from every(one, *path[1:])


def first(element: etree._Element | None, *path: str) -> etree._Element | None:
    return next(every(element, *path), None)


def text_of(element: etree._Element | None) -> str | None:
    """All text of an element as one line, or None."""
    if element is None:
        return None
    return one_line("".join(str(text) for text in element.itertext(tag=etree.Element))) or None


def attribute(element: etree._Element | None, name: str) -> str | None:
    if element is None:
        return None
    return one_line(str(element.get(name) or "")) or None


def blocks(element: etree._Element) -> list[str]:
    """The lines of text: one a paragraph, heading, item or row of a table."""
    lines: list[str] = []
    current: list[str] = []
    skipped = 0

    def end() -> None:
        line = one_line("".join(current))
        if line:
            lines.append(line)
        current.clear()

    for event, one in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        name = name_of(one)
        if event == "start":
            skipped += name in _SKIPPED
            if name in _BLOCKS:
                end()
            if name in _CELLS and any(part.strip() for part in current):
                current.append(" | ")
            if not skipped and one.text:
                current.append(one.text)
            if name == "br":
                current.append(" ")
            continue
        if event == "end":
            skipped -= name in _SKIPPED
            if name in _BLOCKS:
                end()
        if one is not element and not skipped and one.tail:
            current.append(one.tail)
    end()
    return lines
