"""What does a site cost to make, and to open?

    python -m benchmarks.site LAKE [--at SNAPSHOT ...] [--keep DIR]

Makes the site of LAKE at each of the states in turn in one folder (without ``--at`` of the newest,
twice), by the command in a process of its own, and prints of each: seconds, CPU seconds, the most
memory, files and bytes, and what of them was written. Then opens the first page in Chromium from
the folder and prints the bytes that it loads and the milliseconds until it is drawn (first
contentful paint) and loaded, beside those of an empty page: medians.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

#: How often a page is opened.
TIMES = 9
_EMPTY = '<!DOCTYPE html><html lang="en"><head><title>empty</title></head><body>.</body></html>'
_DRAWN = """async () => {
  const painted = () => performance.getEntriesByName('first-contentful-paint')[0];
  for (let turn = 0; turn < 500 && !painted(); turn++) await new Promise(requestAnimationFrame);
  const [page] = performance.getEntriesByType('navigation');
  return [painted().startTime, page.loadEventEnd];
}"""


def main(arguments: list[str]) -> None:
    """The command."""
    command = argparse.ArgumentParser(prog="benchmarks.site", description=__doc__)
    command.add_argument("lake", type=Path)
    command.add_argument("--at", nargs="+", default=["", ""], help="states, in turn")
    command.add_argument("--keep", type=Path, help="the folder of the site, which stays")
    given = command.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="dateline-site-") as scratch:
        folder = given.keep or Path(scratch) / "site"
        for at in given.at:
            _made(given.lake, folder, at)
        _opened(folder / "index.html", Path(scratch))


def _made(lake: Path, folder: Path, at: str) -> None:
    """Makes the site of one state, in a process of its own."""
    begun = time.perf_counter()
    arguments = ["site", str(folder), "--lake", str(lake), *(["--at", at] if at else [])]
    child = os.posix_spawn(
        sys.executable, [sys.executable, "-m", "flows.command", *arguments], os.environ
    )
    _, status, used = os.wait4(child, 0)
    if code := os.waitstatus_to_exitcode(status):
        raise SystemExit(code)
    _say(
        f"{time.perf_counter() - begun:.1f} s, {used.ru_utime + used.ru_stime:.1f} CPU-s, "
        f"at most {used.ru_maxrss / 1e3:.0f} MB of memory"
    )


def _opened(page: Path, scratch: Path) -> None:
    """Opens the page and an empty one in turn."""
    from playwright.sync_api import sync_playwright

    empty = scratch / "empty.html"
    empty.write_text(_EMPTY, encoding="utf-8")
    seen: dict[Path, list[tuple[float, float]]] = {page: [], empty: []}
    loaded: dict[str, int] = {}
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for _ in range(TIMES):
            for one, taken in seen.items():
                tab = browser.new_page()
                if one == page:
                    tab.on("response", lambda answer: _note(loaded, answer))
                tab.goto(one.as_uri(), wait_until="load")
                taken.append(tuple(tab.evaluate(_DRAWN)))
                tab.close()
        browser.close()
    _say(f"the first page loads {sum(loaded.values()):,} bytes in {len(loaded)} files")
    for at, what in enumerate(("drawn", "loaded")):
        ours, least = (statistics.median(both[at] for both in seen[one]) for one in (page, empty))
        _say(f"{what} after {ours:.0f} ms, an empty page after {least:.0f}: {ours / least:.2f}")


def _note(loaded: dict[str, int], answer: Any) -> None:
    loaded[answer.url] = len(answer.body())


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
