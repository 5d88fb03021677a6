"""What ``dateline maintain`` does for a lake of many small batches, with a reader beside it.

    python -m benchmarks.maintenance [BATCHES]

Writes BATCHES (300) synthetic batches of 10 articles, remembers the lake as it was after a third
of them, and maintains it with a reader that asks throughout and one that holds a transaction
open. Prints the files that the newest state is made of, their bytes and the CPU time of two
questions before and after. Ends with 1 if a reader failed or saw another answer, if a digest
changed, or if the lake of a third cannot be asked for any more.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

import warehouse
from benchmarks.storage import synthetic_batch
from warehouse.lake import Lake, Publication
from warehouse.maintain import Policy

SIZE = 10
QUESTIONS = {
    "all texts": "SELECT sum(length(text)) FROM articles",
    "figures of a month": "SELECT category, sum(value) FROM figures WHERE published_date BETWEEN "
    "DATE '2022-05-01' AND DATE '2022-05-31' GROUP BY ALL ORDER BY ALL",
}
Answers = dict[str, list[tuple[object, ...]]]


def batches(count: int) -> list[dict[str, pa.Table]]:
    """Batches of ``SIZE`` articles, each with all its rows."""
    cut: list[dict[str, pa.Table]] = []
    for number in range(-(-count * SIZE // 500)):
        whole = synthetic_batch(number)
        ids = whole["articles"]["article_id"].to_pylist()
        for start in range(0, len(ids), SIZE):
            some = pa.array(ids[start : start + SIZE])
            cut.append(
                {
                    name: data.filter(pc.is_in(data["article_id"], value_set=some))
                    for name, data in whole.items()
                }
            )
    return cut[:count]


def ask(lake: Path, at: int | None = None) -> tuple[Answers, float]:
    """The answers to both questions and the CPU seconds of a third asking."""
    with warehouse.connect(lake, at) as connection:
        for _ in range(2):
            answers = {n: connection.execute(sql).fetchall() for n, sql in QUESTIONS.items()}
        begun = time.process_time()
        for sql in QUESTIONS.values():
            connection.execute(sql).fetchall()
        return answers, time.process_time() - begun


class Beside(threading.Thread):
    """A reader that asks while the lake is maintained; ``held`` keeps one transaction open."""

    def __init__(self, lake: Path, expected: Answers, held: bool) -> None:
        super().__init__(daemon=True)
        self.lake, self.expected, self.held = lake, expected, held
        self.ended, self.asked, self.wrong = threading.Event(), 0, ""

    def run(self) -> None:
        try:
            while not self.ended.is_set():
                with warehouse.connect(self.lake) as connection:
                    if self.held:
                        connection.execute("BEGIN")
                    while True:
                        for name, sql in QUESTIONS.items():
                            if connection.execute(sql).fetchall() != self.expected[name]:
                                self.wrong = f"another answer to {name}"
                        self.asked += 1
                        if not self.held or self.ended.wait(0.1):
                            break
        except Exception as error:
            self.wrong = f"{type(error).__name__}: {error}"


def measure(folder: Path, count: int) -> list[str]:
    """Write, maintain, ask; prints a table and gives what is wrong."""
    with Lake.open(folder, create=True) as lake:
        for number, batch in enumerate(batches(count), 1):
            snapshot = lake.publish(Publication(insert=batch), "benchmark")
            if number == count // 3:
                third = snapshot
        digests = lake.digests()
        answers, before = ask(folder)
        old, _ = ask(folder, third)
        readers = [Beside(folder, answers, held) for held in (False, True)]
        for reader in readers:
            reader.start()
        time.sleep(1)
        begun = time.process_time()
        done = lake.maintain(Policy(expire_days=1, grace_hours=1))
        seconds = time.process_time() - begun
        for reader in readers:
            reader.ended.set()
            reader.join()
        wrong = [f"a reader: {reader.wrong}" for reader in readers if reader.wrong]
        wrong += [name for name, digest in lake.digests().items() if digest != digests[name]]
    again, after = ask(folder)
    if again != answers:
        wrong.append("the answers changed")
    if ask(folder, third)[0] != old:
        wrong.append(f"snapshot {third} has other answers than before")
    files = [sum(size.files for size in sizes) for sizes in (done.before, done.after)]
    bytes_ = [sum(size.bytes for size in sizes) / 1e6 for sizes in (done.before, done.after)]
    print(f"{count} batches of {SIZE} articles, maintained in {seconds:.1f} CPU-s")
    print(f"files of the newest state  {files[0]:>8,} {files[1]:>8,}")
    print(f"their MB                   {bytes_[0]:>8.1f} {bytes_[1]:>8.1f}")
    print(f"both questions, CPU-ms     {before * 1e3:>8.0f} {after * 1e3:>8.0f}")
    print(f"readers asked {' and '.join(str(reader.asked) for reader in readers)} times meanwhile")
    return [*wrong, *done.problems]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory(prefix="dateline-maintenance-") as folder:
        wrong = measure(Path(folder) / "lake", count)
    for what in wrong:
        print(f"WRONG: {what}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
