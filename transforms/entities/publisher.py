"""What a publisher's name or address says of its place: "columbusherald.com", ".co.uk"."""

from __future__ import annotations

import re
from functools import cache

from transforms.article.address import country_of_host
from transforms.entities.gazetteer import gazetteer
from transforms.entities.names import fold
from transforms.model import Article
from transforms.reference import reference

_HOST = re.compile(r"^(?:https?://)?([a-z0-9.-]+)", re.IGNORECASE)


def home_country(article: Article) -> str | None:
    """The publisher's country (alpha-3): as known, else by the country code of its address."""
    if article.country is not None:
        return article.country
    host = _host(article)
    return country_of_host(host) if host else None


def home_towns(article: Article) -> list[str]:
    """Names of places in the publisher's name or address, as the gazetteer spells them."""
    found = []
    if article.publisher:
        found.append(_without_press_words(fold(article.publisher).split()))
    host = _host(article)
    if host:
        label = host.removesuffix(".uk").removesuffix(".au").rsplit(".", 1)[0]
        label = label.removesuffix(".co").removesuffix(".com").rpartition(".")[2]
        found.append(_stripped(label.replace("-", "")))
    return [name for name in dict.fromkeys(found) if len(name) > 3 and gazetteer().known(name)]


def _host(article: Article) -> str:
    for text in (article.url, article.source):
        if text and "." in text:
            match = _HOST.match(text)
            if match:
                return match[1].lower()
    return ""


def _without_press_words(words: list[str]) -> str:
    return " ".join(word for word in words if word not in _press_words())


def _stripped(label: str) -> str:
    """The label without the words of newspapers at its ends."""
    changed = True
    while changed and len(label) > 4:
        changed = False
        for word in sorted(_press_words(), key=lambda w: (-len(w), w)):
            if label.endswith(word) and len(label) - len(word) > 3:
                label, changed = label[: -len(word)], True
            elif label.startswith(word) and len(label) - len(word) > 3 and len(word) > 2:
                label, changed = label[len(word) :], True
    return label


@cache
def _press_words() -> frozenset[str]:
    return frozenset(
        row["word"] for row in reference("press_words") if "affix" in row["uses"].split("|")
    )
