"""How much one input may come to. What is more is a reject whose reason says of what."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.model import LARGEST


@dataclass(frozen=True)
class Limits:
    """The limits of one input; each is a key of ``[limits]`` in dateline.toml.

    They are far above what articles come to, and low enough that an input at all of them at once is
    read in about a minute and a gigabyte.
    """

    #: Bytes of an input: a file, a JSON value, a line.
    input_bytes: int = LARGEST
    #: Characters of a page with its markup. The parser gives up, silently, at a text of 10 million.
    markup: int = 10_000_000
    #: Elements of a page, counted by their opening tags.
    tags: int = 100_000
    #: Attributes of one tag.
    attributes: int = 1_000
    #: Elements within elements of a page. The parser gives up, silently, at 256.
    nesting: int = 250
    #: Lines of a text.
    lines: int = 200_000
    #: Characters of the text that was found in an input.
    characters: int = 1_000_000
    #: Characters of a title, an address, an id, a name.
    line: int = 10_000
    #: Seconds that reading an input may take, and then making its rows (``flows.pool``).
    seconds: int = 300


DEFAULT = Limits()


def excess(found: int, what: str, setting: str, limit: int) -> str:
    """What a reject says of an input that is over a limit."""
    return (
        f"{found:,} {what}, where at most {limit:,} are read: it is hardly an article; "
        f"limits.{setting} in dateline.toml allows more"
    )
