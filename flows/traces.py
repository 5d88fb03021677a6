"""What a lake's folder holds of an article outside its tables: report, logs, Prefect's database.

None of these is made to keep texts, but each may quote one: the report shows the rows that failed,
a log what a program said when it broke.
"""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

#: Characters of a stretch that is looked for: who quotes a text at length quotes one of them.
STRETCH = 20


@dataclass(frozen=True)
class Marks:
    """What tells that a file speaks of certain articles: their ids, stretches of their words."""

    ids: frozenset[str]
    stretches: frozenset[bytes]

    def found_in(self, content: bytes) -> bool:
        """Whether the bytes of a file hold one of the marks."""
        return any(one.encode() in content for one in self.ids) or any(
            one in content for one in self.stretches
        )


def marks(article_ids: Iterable[str], texts: Iterable[str]) -> Marks:
    """The marks of the articles with those ids and texts, as pages escape them too."""
    stretches = {
        form.encode()
        for text in texts
        for one in _stretches(text)
        for form in (one, html.escape(one))
    }
    return Marks(frozenset(article_ids), frozenset(stretches))


def remove_from(folder: Path, sought: Marks) -> list[Path]:
    """Remove the report and the logs of the lake in ``folder`` that speak of the articles.

    Gives what may not be removed since a program may use it: Prefect's database.
    """
    report = folder / "report"
    if any(sought.found_in(path.read_bytes()) for path in _files(report)):
        shutil.rmtree(report)
    for path in _files(folder / "logs"):
        if sought.found_in(path.read_bytes()):
            path.unlink()
    return [path for path in _files(folder / "prefect") if sought.found_in(path.read_bytes())]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _stretches(text: str) -> Iterator[str]:
    for start in range(0, len(text) - STRETCH + 1, STRETCH):
        yield text[start : start + STRETCH]
