"""robots.txt (RFC 9309): what a host lets be fetched, asked once in a run."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from flows.fetching.answer import Answer, Trouble
from flows.fetching.transport import PASSING

#: The name that robots.txt may call us by.
TOKEN = "Dateline"
#: Bytes that are read of it; RFC 9309 asks for 500 KiB at least.
MOST = 512 * 1024


@dataclass(frozen=True)
class Rules:
    """What a host's file says, or why it is not known."""

    rules: Protego | None = None
    trouble: Trouble | None = None

    @property
    def delay(self) -> float:
        """Seconds that it asks for between two requests."""
        asked = self.rules.crawl_delay(TOKEN) if self.rules else None
        return float(asked or 0)

    def allows(self, address: str) -> bool:
        return self.rules is None or self.rules.can_fetch(address, TOKEN)


class Robots:
    """The rules by origin. ``ask`` fetches an address without asking here."""

    def __init__(self, ask: Callable[[str], Answer | Trouble]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._rules: dict[str, Rules] = {}

    def of(self, origin: str) -> Rules:
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            if origin not in self._rules:
                self._rules[origin] = self._fetched(origin)
            return self._rules[origin]

    def _fetched(self, origin: str) -> Rules:
        answer = self._ask(f"{origin}/robots.txt")
        if isinstance(answer, Answer):
            with answer.open() as body:
                text = body.read(MOST).decode("utf-8", "replace")
            answer.close()
            return Rules(Protego.parse(text))
        refused = answer.status is not None and 400 <= answer.status < 500
        if (refused and answer.status not in PASSING) or answer.reason == "not_fetched":
            return Rules()  # there is none
        return Rules(trouble=answer)
