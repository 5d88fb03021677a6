"""Posts of others that an article shows: quotations, whatever box they stand in."""

from __future__ import annotations

from lxml.html import HtmlElement

from transforms.article.blocks import line_of

#: Boxes around a post, each of which says no more than the post.
_MOST_BOXES = 4


def free_quotations(tree: HtmlElement) -> None:
    """Takes their names off the boxes that hold a quotation alone which links to where it was said:
    extraction leaves out what is called social or embedded."""
    for quotation in tree.iter("blockquote"):
        text = line_of(quotation)
        if not text or not any(_is_away(a) for a in quotation.iter("a")):
            continue  # what the article says itself, in large letters, has no source
        box: HtmlElement | None = quotation
        for _ in range(_MOST_BOXES):
            if box is None or box.getparent() is None or line_of(box) != text:
                break
            for name in ("class", "id"):
                box.attrib.pop(name, None)
            box = box.getparent()


def _is_away(a: HtmlElement) -> bool:
    return (a.get("href") or "").startswith(("http:", "https:"))
