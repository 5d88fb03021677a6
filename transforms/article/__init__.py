"""From the bytes of an input to an article, or to the reason why it is none.

``read_article`` is the door. Behind it: :mod:`.encoding` makes characters of bytes, :mod:`.plain`,
:mod:`.html` and :mod:`.record` read one format each into a :class:`.found.Found`, and
:mod:`.reader` settles what they found (times, zone, publisher, address, language, ids).
"""

from transforms.article.reader import read_article

__all__ = ["read_article"]
