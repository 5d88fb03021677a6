"""Two runs at once and ten readers: nobody is disturbed and nobody sees half a batch.

    python -m benchmarks.crowd CORPUS.jsonl.gz --articles 200

Two commands read overlapping parts of a corpus into one lake at the same time; the second waits
for the first. Eight readers connect anew for every round of questions, one holds a transaction
open from the first batch to the end and asks again and again, one is the command ``dateline
sql``. No answer may show a child without its parent or a key twice, the transaction's answers may
not change, no reader may fail, and the lake is in the end that of a single run over everything.
Ends with 1 and says what, if any of this does not hold.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.faults import QUESTIONS, Findings, Reader, begin, plain, same
from benchmarks.pipeline import lines

READERS = 8
_COUNTS = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM figures)"


def hold(lake: Path, found: Findings, ended: threading.Event) -> None:
    """One transaction, open until the end, whose answers must not change."""
    import warehouse

    try:
        while not _has_articles(lake) and not ended.wait(0.5):
            pass
        with warehouse.connect(lake) as connection:
            connection.execute("BEGIN")
            first = connection.execute(_COUNTS).fetchone()
            while not ended.wait(0.5):
                found.questions += 1
                now = connection.execute(_COUNTS).fetchone()
                if now != first:
                    found.wrong.append(f"a transaction saw {first}, then {now}")
    except Exception as error:
        found.wrong.append(f"the open transaction failed: {type(error).__name__}: {error}")


def _has_articles(lake: Path) -> bool:
    import warehouse

    if not (lake / "catalog.sqlite").is_file():
        return False
    with warehouse.connect(lake) as connection:
        row = connection.execute("SELECT count(*) FROM articles").fetchone()
    return bool(row and row[0])


def ask_command(lake: Path, found: Findings, ended: threading.Event) -> None:
    """``dateline sql``, again and again."""
    asks = [sys.executable, "-m", "flows.command", "sql", QUESTIONS[0], "--lake", str(lake)]
    while not ended.wait(1.0):
        if (lake / "catalog.sqlite").is_file():
            done = subprocess.run([*asks, "--format", "csv"], capture_output=True, check=False)
            found.questions += 1
            if done.returncode or done.stdout.split()[-1:] != [b"0"]:
                found.wrong.append(f"dateline sql: {done.stdout!r} {done.stderr!r}")


def crowd(corpus: Path, articles: int) -> tuple[Findings, str]:
    """All of it: what was found, and what the second run said of its waiting."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-crowd-"))
    found, ended = Findings(), threading.Event()
    environment = {"DATELINE_BATCH_SIZE": "20", "DATELINE_WORKERS": "2"}
    try:
        news = folder / "news"
        news.mkdir()
        for name, count in (("all", articles), ("half", articles // 2)):
            with (news / f"{name}.jsonl").open("wb") as file:
                file.writelines(lines(corpus, count))
        lake, expected = folder / "lake", folder / "expected"
        readers: list[threading.Thread] = [Reader(lake, found) for _ in range(READERS)]
        readers += [
            threading.Thread(target=target, args=(lake, found, ended))
            for target in (hold, ask_command)
        ]
        for reader in readers:
            reader.start()
        first = begin(["run", str(news / "half.jsonl"), "--lake", str(lake)], environment)
        time.sleep(8)
        second = begin(["run", str(news), "--lake", str(lake)], environment)
        told = [one.communicate()[0].decode(errors="replace") for one in (first, second)]
        codes = first.returncode, second.returncode
        if codes != (0, 0):
            found.wrong.append(f"the runs ended with {codes}: {told}")
        ended.set()
        for reader in readers:
            if isinstance(reader, Reader):
                reader.ended.set()
            reader.join()
        plain(["run", str(news), "--lake", str(expected)], environment)
        same(lake, expected, found)
    finally:
        ended.set()
        shutil.rmtree(folder, ignore_errors=True)
    waited = [line for text in told for line in text.splitlines() if line.startswith("Waiting")]
    if not waited:
        found.wrong.append("neither run waited")
    return found, "; ".join(waited)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="a JSONL file, as dateline reads it")
    parser.add_argument("--articles", type=int, default=200)
    options = parser.parse_args()
    found, waited = crowd(options.corpus, options.articles)
    print(f"{waited}\n{found.questions} questions of {READERS + 2} readers meanwhile")
    for wrong in found.wrong:
        print(f"WRONG: {wrong}")
    print("nobody was disturbed" if not found.wrong else "IT DOES NOT HOLD")
    sys.exit(bool(found.wrong))


if __name__ == "__main__":
    main()
