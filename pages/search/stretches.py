"""Where is the index cut into stretches of articles, so that new articles change few of them?

Articles stand in the order of their days, and a stretch begins with an article whose id says so, by
chance one in a thousand: most such cuts stay where they are whatever comes or goes elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

#: How many articles a stretch has at least, but for the newest, and at most.
FEWEST, MOST = 700, 3_000
_ONE_IN = 1 << 10


def stretches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids, those of the newest articles first, in stretches, the newest first.

    Ids are digests in hexadecimal digits. They are counted from the oldest on, so that newer ones
    change no stretch but the newest.
    """
    ends = []
    end = len(ids)
    for at in range(len(ids) - 1, -1, -1):
        size = end - at - 1
        if size >= MOST or (size >= FEWEST and _begins(ids[at])):
            ends.append(end)
            end = at + 1
    if end:
        ends.append(end)
    ends.reverse()
    yield from (ids[a:b] for a, b in pairwise([0, *ends]))


def _begins(article_id: str) -> bool:
    return int(article_id[-8:], 16) % _ONE_IN == 0
