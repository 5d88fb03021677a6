"""What the reader of one format found in an input, before it is settled."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.article.times import Stamp


class NoArticle(Exception):  # noqa: N818 - an outcome with a reason, not an error of the program
    """The input is no article. ``reason`` is one of ``REJECT_REASONS``."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Found:
    """The text and what the input says of itself; what it does not say is None or empty.

    ``language`` is as declared (any tag), ``url`` as written.
    """

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: Stamp | None = None
    modified: Stamp | None = None
    url: str | None = None
    language: str | None = None
    location_line: str | None = None
    external_id: str | None = None
    source: str | None = None
