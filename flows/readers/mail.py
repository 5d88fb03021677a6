"""Mailboxes: each message of an .mbox as an input, in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from flows.readers.item import Item
from transforms.model import MAIL, RawArticle, Reject

_FROM = re.compile(rb"From \S.*\d{4}")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def read_mailbox(stream: BinaryIO, item: Item) -> Iterator[RawArticle | Reject]:
    """The messages of a mailbox, ``file#3``, without the line that parts them.

    A message begins behind a line ``From ... 2025`` at the beginning or after a blank line, as
    programs for mail write it; a ``>`` that they put before such words in a text is taken away. Of
    a message larger than ``limits.input_bytes`` a reject is left.
    """
    limit = item.limits.input_bytes
    number = size = 0
    lines: list[bytes] = []
    blank = True
    while line := stream.readline(limit + 1):
        if blank and _FROM.match(line):
            if number:
                yield _message(item, number, lines, size)
            number, size, lines = number + 1, 0, []
            if number > item.limits.members:
                yield item.reject(
                    "too_large",
                    f"it holds more than {item.limits.members:,} messages (limits.members); "
                    "split it",
                )
                return
        elif number:
            size += len(line)
            if size <= limit:
                lines.append(line)
        elif line.strip():
            yield item.reject(
                "malformed", "it does not begin with a line like From a@b.example Tue Mar 4 2025"
            )
            return
        blank = not line.strip()
    if number:
        yield _message(item, number, lines, size)
    else:
        yield item.reject("empty", "the mailbox holds no message")


def _message(item: Item, number: int, lines: list[bytes], size: int) -> RawArticle | Reject:
    part = f"#{number}"
    if size > item.limits.input_bytes:
        return item.too_large("the message", part)
    return item.raw(part, MAIL, _QUOTED.sub(rb"\1", b"".join(lines)))
